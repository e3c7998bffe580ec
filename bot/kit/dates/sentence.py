"""A text as a row of tokens, each of a kind, for both languages at once: people mix them."""

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.kit.dates.vocabulary import LOOKALIKES, VOCABULARY, Kind
from bot.kit.i18n import Language

LONGEST = 2_000
"""Characters in which a date is looked for: nobody says it after that."""


@dataclass(frozen=True)
class Word:
    kind: Kind
    value: int
    languages: frozenset[Language]


@dataclass(frozen=True)
class Token:
    kind: Kind
    value: int
    languages: frozenset[Language]
    """Where it is a word; both for a number."""
    text: str
    begin: int
    end: int


def tokens(text: str, language: Language) -> list[Token]:
    """`language` decides where a word means one thing in Dutch and another in English."""
    words, pattern = _words(language), _pattern(language)
    return list(_tokens(words, pattern, _plain(text)[:LONGEST]))


def _tokens(words: dict[str, Word], pattern: re.Pattern[str], plain: str) -> Iterator[Token]:
    for found in pattern.finditer(plain):
        text = found[0]
        word = words.get(text) or _NUMERIC.get(found.lastgroup or "") or _guessed(text)
        value = int(_DIGITS.match(text)[0]) if word.kind in _COUNTING and text[0] in string.digits else word.value
        yield Token(word.kind, value, word.languages, text, found.start(), found.end())


def _plain(text: str) -> str:
    """Without capitals and accents, and as long as it was."""
    return "".join(map(_plain_letter, text))


@lru_cache(maxsize=1024)
def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return {"’": "'", "‘": "'", "`": "'"}.get(base, base) if len(base) == 1 else letter
