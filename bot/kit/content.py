"""Content (playbooks, prompts) on disk: where it stands, and how it is read: strictly."""

from pathlib import Path
from typing import Any, TypeVar

import frontmatter
import yaml
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from bot.kit.i18n import Language

Shape = TypeVar("Shape", bound=BaseModel)


class ContentError(Exception):
    """Content that cannot be used: names the file, and what to mend."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


def path_of(name: str) -> Path:
    """A folder or file of content: inside an installed wheel, else at the top of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "content" / name
    return installed if installed.exists() else package.parent / name


def read_markdown(path: Path, shape: type[Shape]) -> tuple[Shape, str]:
    """Front matter, checked against `shape`, and the text below it. Raises ContentError."""
    try:
        meta, body = frontmatter.parse(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(path, f"cannot be read: {error}") from error
    return _checked(path, shape, meta), body.strip()


def read_yaml(path: Path, shape: type[Shape]) -> Shape:
    """A YAML file, checked against `shape`. Raises ContentError."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(path, f"cannot be read: {error}") from error
    return _checked(path, shape, data)


def read_list(path: Path, key: str, shape: type[Shape]) -> dict[str, Shape]:
    """What a YAML file lists under its only key, by id: each has one, and none stands twice. Raises ContentError."""
    entries = read_yaml(path, _ListFile).root
    if entries.keys() != {key}:
        raise ContentError(path, f"{key}: there is this list, and nothing else")
    found: dict[str, Shape] = {}
    for entry in entries[key]:
        name = str(entry.get("id", "?"))
        if name in found:
            raise ContentError(path, f"{name} stands twice")
        found[name] = _checked(path, shape, entry, name)  # who mends it looks for its id, not for its number
    return found


def sources_in(folder: Path) -> set[str]:
    """The names of the sources that content may cite, from its `sources.yaml`, if it has one. Raises ContentError."""
    path = folder / "sources.yaml"
    return set(read_yaml(path, _SourcesFile).sources) if path.exists() else set()


class _ListFile(RootModel[dict[str, list[dict[str, Any]]]]):
    pass


class _SourcesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: dict[str, dict[Language, str]]


def _checked(path: Path, shape: type[Shape], data: Any, name: str | None = None) -> Shape:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in ((name,) if name else ()) + first["loc"])
        raise ContentError(path, f"{where}: {first['msg']}") from None
