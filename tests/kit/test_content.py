"""Content on disk is read strictly: what is wrong with it names the file and what to mend."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from bot.kit.content import ContentError, path_of, read_markdown, read_yaml


class Card(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    steps: list[int]


GOOD = "name: Noor\nsteps: [1, 2]\n"


def a_file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_markdown_is_its_front_matter_and_the_text_below(tmp_path: Path) -> None:
    path = a_file(tmp_path, "card.md", f"---\n{GOOD}---\n\n# Één\n\n---\nbelow\n")
    assert read_markdown(path, Card) == (Card(name="Noor", steps=[1, 2]), "# Één\n\n---\nbelow")


def test_yaml_is_its_shape(tmp_path: Path) -> None:
    assert read_yaml(a_file(tmp_path, "card.yaml", GOOD), Card) == Card(name="Noor", steps=[1, 2])


WRONG = [
    ("name: [Noor\nsteps: [1]\n", "cannot be read"),
    ("name: Noor\n\tsteps: [1]\n", "cannot be read"),
    ("name: !!python/object/apply:os.getcwd []\nsteps: [1]\n", "cannot be read"),
    ("name: Noor\n", "steps: Field required"),
    (GOOD + "colour: red\n", "colour: Extra inputs"),
    ("name: Noor\nsteps: [1, two]\n", r"steps\.1: Input should be a valid integer"),
    ("name: Noor\nsteps: 1\n", "steps: Input should be a valid list"),
    ("name: 12\nsteps: [1]\n", "name: Input should be a valid string"),
    (b"name: Noor\xff\nsteps: [1]\n", "cannot be read"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_whatever_is_wrong_is_named_together_with_the_file(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(ContentError, match=says) as error:
        read_yaml(a_file(tmp_path, "card.yaml", text), Card)
    assert "card.yaml" in str(error.value)
    framed = b"---\n" + (text if isinstance(text, bytes) else text.encode()) + b"---\nbelow\n"
    with pytest.raises(ContentError, match=says) as error:
        read_markdown(a_file(tmp_path, "card.md", framed), Card)
    assert "card.md" in str(error.value)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_that_is_something_else_altogether_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError, match="valid dictionary"):
        read_yaml(a_file(tmp_path, "card.yaml", text), Card)
    with pytest.raises(ContentError, match="name: Field required"):
        read_markdown(a_file(tmp_path, "card.md", text), Card)


def test_a_yaml_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"none\.yaml"):
        read_yaml(tmp_path / "none.yaml", Card)


def test_a_markdown_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder.en.md"
    folder.mkdir()
    with pytest.raises(ContentError, match=r"folder\.en\.md"):
        read_markdown(folder, Card)


@pytest.mark.parametrize("name", ["playbooks", "prompts", "manifest.json"])
def test_our_content_is_where_we_look(name: str) -> None:
    assert path_of(name).exists()
