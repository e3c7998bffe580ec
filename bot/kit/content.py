"""Content (playbooks, prompts) on disk: where it stands, and how it is read: strictly."""

from pathlib import Path
from typing import Any, TypeVar

import frontmatter
import yaml
from pydantic import BaseModel, ValidationError

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


def _checked(path: Path, shape: type[Shape], data: Any) -> Shape:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ContentError(path, f"{where}: {first['msg']}") from None
