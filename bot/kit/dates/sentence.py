"""A text as a row of tokens, each of a kind. The words of both languages count: people mix them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_lowercase

from bot.kit.dates.vocabulary import ABBREVIATED, LOOKALIKES, VOCABULARY, Kind
from bot.kit.i18n import Language

LONGEST = 2000
"""Characters in which a date is looked for."""


@dataclass(frozen=True)
class Word:
    kind: Kind
    value: int = 0
    languages: frozenset[Language] = frozenset(Language)


@dataclass(frozen=True)
class Token:
    word: Word
    text: str
    begin: int
    end: int

    @property
    def kind(self) -> Kind:
        return self.word.kind

    @property
    def value(self) -> int:
        return int(digits[0]) if (digits := _DIGITS.match(self.text)) else self.word.value


def tokens(text: str, language: Language) -> Iterator[Token]:
    """`language` decides what a word is that means one thing in Dutch and another in English."""
    words = _words(language)
    for found in _pattern(language).finditer(_plain(text[:LONGEST])):
        word = Word(Kind[found.lastgroup]) if found.lastgroup else words.get(found[0]) or _unlisted(found[0])
        yield Token(word, found[0], found.start(), found.end())


_DIGITS = re.compile("[0-9]+")
_HOUR, _MINUTE, _AM_PM = "(?:[01]?[0-9]|2[0-3])", "[0-5][0-9]", r"(?: ?[ap]m(?!\w)| ?[ap]\.m\.)"
_N, _DAY = "[0-9]{1,2}", "(?:3[01]|[12][0-9]|0?[1-9])"
_NUMERIC = {
    Kind.ISO: "20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}",
    Kind.DMY: f"{_N}-{_N}-(?:20)?[0-9]{{2}}(?!-)|{_N}/{_N}/(?:20)?[0-9]{{2}}|{_N}[.]{_N}[.]20[0-9]{{2}}",
    Kind.CLOCK: f"{_HOUR}:{_MINUTE}{_AM_PM}?|{_HOUR}[.]{_MINUTE}{_AM_PM}|{_HOUR}{_AM_PM}|{_HOUR}[uh]{_MINUTE}",
    Kind.DM_DASH: f"(?<![0-9]-){_N}-{_N}(?!-[0-9])",
    Kind.DM_SLASH: f"(?!24/7){_N}/{_N}",
    Kind.DOTTED: f"{_HOUR}[.]{_MINUTE}",
    Kind.ORDINAL: rf"{_DAY}(?:st|nd|rd|th|ste|de|e)(?!\w)",
    Kind.YEAR: "20[0-9]{2}",
    Kind.NUMBER: "(?<![0-9]-)[0-9]{1,3}(?!-[0-9])",
}
_NOT_WITHIN_A_NUMBER = r"(?<![\w€$£#])(?<![0-9][/.,:])", "(?![0-9%]|[/.,:][0-9])"
_MARKS = {",": Kind.COMMA, "€": Kind.MONEY, "$": Kind.MONEY, "£": Kind.MONEY}


@lru_cache
def _pattern(language: Language) -> re.Pattern[str]:
    before, after = _NOT_WITHIN_A_NUMBER
    numbers = [f"{before}(?P<{kind.name}>{pattern}){after}" for kind, pattern in _NUMERIC.items()]
    word = rf"(?:{_any_of(_words(language))})(?!\w|'\w)"
    days, parts = (
        _any_of(text for text, word in _words(language).items() if word.kind in kinds)
        for kinds in ({Kind.WEEKDAY, Kind.MORGEN}, {Kind.PART, Kind.MORGEN})
    )
    day_of_a_part = rf"(?:{days})(?=(?:{parts})(?!\w))"  # vrijdagmiddag
    return re.compile("|".join([*numbers, word, day_of_a_part, r"\w+(?:'\w+)*", r"\S"]))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache
def _words(language: Language) -> Mapping[str, Word]:
    """Those of this language go before those of the other."""
    words: dict[str, Word] = {}
    for whose in sorted(Language, key=lambda each: each is not language):
        for kind, values in VOCABULARY[whose].items():
            for value, alike in values.items():
                for text in _spellings(kind, alike):
                    known = words.get(text, Word(kind, value, frozenset()))
                    words[text] = replace(known, languages=known.languages | {whose})
    return words


def _spellings(kind: Kind, alike: str) -> Iterator[str]:
    for text in alike.replace("_", " ").split("|"):
        yield text
        if kind in ABBREVIATED and len(text) <= 4:
            yield text + "."


def _unlisted(text: str) -> Word:
    if not text[0].isalnum():
        return Word(_MARKS.get(text, Kind.STOP))
    weekday = _misspelled().get(text)
    return Word(Kind.OTHER) if weekday is None else weekday


@lru_cache
def _misspelled() -> Mapping[str, Word]:
    """Weekdays with one letter missing, added, wrong, or changed with the next; the first letter is right."""
    words = {text: word for text, word in _words(Language.NL).items() if word.kind is Kind.WEEKDAY and len(text) > 5}
    return {
        typo: word
        for text, word in words.items()
        for i in range(1, len(text) + 1)
        for typo in (
            text[:i] + text[i + 1 :],
            text[:i] + text[i + 1 : i + 2] + text[i : i + 1] + text[i + 2 :],
            *(text[:i] + letter + text[i:] for letter in ascii_lowercase),
            *(text[:i] + letter + text[i + 1 :] for letter in ascii_lowercase),
        )
        if typo not in LOOKALIKES
    }


def _plain(text: str) -> str:
    """Without capitals and accents, and as long as it was."""
    return "".join(map(_plain_letter, text))


@lru_cache(maxsize=1024)
def _plain_letter(letter: str) -> str:
    lower = unicodedata.normalize("NFD", letter)[0].lower()
    return "'" if lower in "’‘`" else lower[0]
