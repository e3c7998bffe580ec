"""Prompts: what the language model is told, one Markdown file a task and a language.

Front matter lists the variables. A variable that the file does not list, or lists and does not use, ends the
start; one that the code does not give fails the call.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, meta
from pydantic import BaseModel, ConfigDict

from bot.kit import content
from bot.kit.content import ContentError
from bot.kit.i18n import Language


class _Meta(BaseModel):
    model_config = ConfigDict(extra="forbid")

    purpose: str
    variables: list[str]


@dataclass(frozen=True)
class Prompt:
    """One task for the model, in both languages."""

    templates: dict[Language, Template]

    def told(self, language: Language, **variables: object) -> str:
        return self.templates[language].render(**variables)


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """`prompts/<name>.<language>.md` for each language. Raises ContentError."""
    root = folder or content.path_of("prompts")
    return Prompt({language: _read(root / f"{name}.{language}.md") for language in Language})


def as_data(text: str) -> str:
    """What somebody wrote, as one quoted string that cannot be mistaken for instructions or close its own quotes."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def _read(path: Path) -> Template:
    if not path.is_file():
        raise ContentError(path, "is missing")
    shape, body = content.read_markdown(path, _Meta)
    # No escaping for HTML: a prompt is none. What people wrote goes through `as_data`.
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.filters["as_data"] = as_data
    try:
        used = meta.find_undeclared_variables(environment.parse(body))
    except TemplateSyntaxError as error:
        raise ContentError(path, f"line {error.lineno}: {error.message}") from error
    if used != set(shape.variables):
        raise ContentError(path, f"variables: says {sorted(shape.variables)}, uses {sorted(used)}")
    return environment.from_string(body)
