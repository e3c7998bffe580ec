"""Whether words that a model wrote may go to a customer: nothing that we do not know, cannot keep, or do not mean.

What is found wrong is excused where it stands in the facts: a customer's own "for ever" may be quoted. A false alarm
costs little, as the catalogue's own words are used instead; yet the patterns let an ordinary sentence through. They
cannot tell whether a sentence is true: an invented fact in small words, without a figure, passes.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.gestures import draft_words
from bot.gestures.gesture import LONGEST_WORDS
from bot.kit.i18n import Language
from bot.kit.language import SMALL_WORDS

SHORTEST = 8
"""Words; fewer hold no reason, and a gesture without its reason does less (Kim & Mattila)."""


class FaultKind(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PLACEHOLDER = "placeholder"
    """A gap that nobody filled in."""
    LINK = "link"
    """An address in the web or by mail."""
    QUOTE = "quote"
    """Between quotation marks stands what this customer did not say."""
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    """Of a person, a place or a make."""
    PRIVATE = "private"
    """Family or health."""
    PROMISE = "promise"
    """What nobody can keep."""
    FLATTERY = "flattery"
    """What could be said to anybody."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where it stands."""

    kind: FaultKind
    said: str


def draft_check(words: str, facts: Collection[str], language: Language) -> list[Fault]:
    """Empty when the words are sound. `facts`: every text that the draft may lean on, names and template included."""
    known = _Known(facts)
    found = [Fault(kind, said) for kind, look in _LOOKS for said in look(words, known, language)]
    return _length(words) + found


class _Known:
    """What the card and the gesture hold, in a form to look things up in."""

    def __init__(self, facts: Collection[str]) -> None:
        self.text = " ".join(f" {' '.join(_fold(fact).split())} " for fact in facts)
        self.words = {part for word in _WORD.findall(self.text) for part in (word, _bare(word), *word.split("-"))}
        self.numbers = {_value(number) for number in _NUMBER.findall(self.text)}
        self.numbers |= {draft_words.NUMBERS[word] for word in self.words if word in draft_words.NUMBERS}

    def holds(self, said: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(' '.join(_fold(said).split()))}(?!\w)", self.text) is not None


def _length(words: str) -> list[Fault]:
    if len(words) > LONGEST_WORDS:
        return [Fault(FaultKind.TOO_LONG, words[LONGEST_WORDS:])]
    return [Fault(FaultKind.TOO_SHORT, words)] if len(_WORD.findall(words)) < SHORTEST else []


def _placeholders(words: str, known: _Known, language: Language) -> Iterator[str]:  # noqa: ARG001 — all checks are called alike
    yield from (said for said in re.findall(r"\{[^}]*\}?|\[[^\]]*\]?|<[^>]*>?|_{2,}|\bX{2,}\b", words))


def _links(words: str, known: _Known, language: Language) -> Iterator[str]:  # noqa: ARG001 — all checks are called alike
    links = re.findall(r"https?://\S+|\bwww\.\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:nl|com|be|org|net|co\.uk)\b", words)
    yield from (said for said in links if not known.holds(said))


def _quotes(words: str, known: _Known, language: Language) -> Iterator[str]:  # noqa: ARG001 — all checks are called alike
    for said in re.findall(r"[“„”\"«]([^“„”\"«»]+)[”“\"»]", words):
        if not known.holds(said.strip(" .,!?…")):
            yield said


def _numbers(words: str, known: _Known, language: Language) -> Iterator[str]:
    yield from (said for said in _NUMBER.findall(words) if _value(said) not in known.numbers)
    for match in draft_words.COUNTED[language].finditer(_fold(words)):
        if draft_words.NUMBERS[match["number"]] not in known.numbers:
            yield match[0]


def _dates(words: str, known: _Known, language: Language) -> Iterator[str]:
    yield from _unknown(draft_words.DATES[language].findall(words), known)


def _names(words: str, known: _Known, language: Language) -> Iterator[str]:
    """A word with a capital within a sentence; at its beginning only where a person must be meant."""
    usual = SMALL_WORDS[language] | draft_words.WITH_A_CAPITAL[language] | draft_words.CALENDAR[language]
    begins = {match.end() for match in _BEGINNING.finditer(words)}
    for match in _CAPITALISED.finditer(words):
        word = _fold(match[0])
        if word in usual or _bare(word) in known.words or all(part in known.words for part in word.split("-")):
            continue
        if match.start() not in begins or draft_words.SAYS[language].match(words, match.end()):
            yield match[0]


def _private(words: str, known: _Known, language: Language) -> Iterator[str]:
    yield from _unknown(draft_words.PRIVATE[language].findall(_fold(words)), known)


def _promises(words: str, known: _Known, language: Language) -> Iterator[str]:
    yield from _unknown(draft_words.PROMISES[language].findall(_fold(words)), known)


def _flattery(words: str, known: _Known, language: Language) -> Iterator[str]:
    yield from _unknown(draft_words.FLATTERY[language].findall(_fold(words)), known)


def _unknown(found: list[str], known: _Known) -> Iterator[str]:
    yield from (said for said in found if not known.holds(said))


def _fold(text: str) -> str:
    """Small letters without accents, and one kind of apostrophe."""
    apart = unicodedata.normalize("NFD", text.replace("’", "'").replace("‘", "'"))
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c))).casefold()


def _bare(word: str) -> str:
    """“Hughes's” and “Jansens'” without what makes them a possessive."""
    return re.sub(r"'s?$", "", word)


def _value(number: str) -> str:
    """€ 7,50 is 7.5 in either language; a time and a date are kept as they stand."""
    plain = number.replace(",", ".")
    return plain.rstrip("0").rstrip(".") if plain.count(".") == 1 else plain


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_CAPITALISED = re.compile(r"(?<![\w'’-])[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’-][^\W\d_]+)*")
_BEGINNING = re.compile(r"(?:\A|[.!?…:]['’\"”»)]*\s+|\n\s*)[“\"'‘„«(—–-]*\s?|[“\"„«]")

_Look = Callable[[str, _Known, Language], Iterator[str]]
_LOOKS: tuple[tuple[FaultKind, _Look], ...] = (
    (FaultKind.PLACEHOLDER, _placeholders),
    (FaultKind.LINK, _links),
    (FaultKind.QUOTE, _quotes),
    (FaultKind.NUMBER, _numbers),
    (FaultKind.DATE, _dates),
    (FaultKind.NAME, _names),
    (FaultKind.PRIVATE, _private),
    (FaultKind.PROMISE, _promises),
    (FaultKind.FLATTERY, _flattery),
)
