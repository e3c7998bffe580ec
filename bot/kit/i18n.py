"""Two languages, equals: gettext catalogues under bot/locales, with English as the key.

The catalogues are read as .po files at the start, so that a checkout needs no build step.
"""

from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALES = Path(__file__).parents[1] / "locales"


class Language(StrEnum):
    NL = "nl"
    EN = "en"


class Words:
    """What the bot says, in one language: `_("Hello {name}", name=name)`."""

    def __init__(self, language: Language, translations: Translations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, text: str, /, **values: object) -> str:
        return self._translations.gettext(text).format(**values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        return self._translations.ngettext(one, many, n).format(n=n, **values)


Dictionary = Mapping[Language, Words]


def N_(text: str) -> str:  # noqa: N802 — gettext's own name for "translate this later"
    """Marks a text for the catalogue where it stands as data."""
    return text


def dictionary() -> Dictionary:
    return {language: Words(language, _catalogue(language)) for language in Language}


def _catalogue(language: Language) -> Translations:
    with (LOCALES / language / "LC_MESSAGES" / "acht.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
