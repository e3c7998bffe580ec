"""What day somebody means. In doubt: none, so that whoever asked can ask again.

- A day is to come: "monday" is the next that is not today, a date without a year that has been is next year's, and
  one that neither year has, 29 February, is none. A past day is meant only where it is typed with its year.
- Weeks begin on Monday. "Next friday" is Friday of next week, "komende vrijdag" and "this friday" the first to come.
  A whole week, month or year to come is its first day ("until next week"); "this week" and "the end of" are Friday,
  in the weekend Sunday, or the last day.
- A span counts from now, and its day is the one on which it is over: "a week", said on a Monday, is next Monday.
  Without "in" it counts only when nothing else is said: "waiting for two weeks" is no date.
- 1/12 is 1 December, in English too: the house is European. 12/31 can only be the other way around.
- A date goes before the weekday that it is said with.
- Hours before seven are in the afternoon and evening, when people work, unless it is said otherwise ("03:00", "3
  am"). A part of a day is the hour at which it is over. A time alone is the next that comes.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from bot.kit.dates import sentence
from bot.kit.dates.forms import DAYS, Meaning, NotADay, Phrase
from bot.kit.dates.grammar import compiled
from bot.kit.dates.hours import AFTER_A_DAY, BEFORE_A_DAY, FURTHER_ON, SAYS_THE_HOUR, WITHOUT_A_DAY, time_said
from bot.kit.dates.sentence import Token
from bot.kit.dates.vocabulary import Kind
from bot.kit.i18n import Language


@dataclass(frozen=True)
class Meant:
    day: date
    at: time | None
    """None: no time of day was said."""
    rest: str
    """The text without the words of the date."""
    included: bool = False
    """The day itself belongs to it: "t/m vrijdag", "through friday", "this week"."""
    latest: date | None = None
    """Of a whole week, month or year that was said, its last day, for who has until then: of "next week" its Sunday.
    Of what is to be before one, the day before it begins."""
    is_hour_of_a_part: bool = False
    """No hour was said, but a part of the day: `at` is when it is over."""


def day_meant(text: str, now: datetime, language: Language) -> Meant | None:
    """The first date in the text; None: there is none. `now` is in the person's own zone.

    `language` decides what a word is that means one thing in Dutch and another in English.
    """
    text = " ".join(text.replace("\u200b", " ").split())
    said = _Said(text, list(sentence.tokens(text, language)), now, language)
    return _on_a_day(said) or _at_a_time(said)


@dataclass(frozen=True)
class _Said:
    text: str
    tokens: Sequence[Token]
    now: datetime
    language: Language

    @cached_property
    def kinds(self) -> str:
        return "".join(token.kind for token in self.tokens)

    def words(self, found: re.Match[str], part: str = "words") -> Sequence[Token]:
        return self.tokens[slice(*found.span(part))]

    def is_all(self, found: re.Match[str]) -> bool:
        """Whether nothing else is said, but for marks and courtesies."""
        others = self.kinds[: found.start()] + self.kinds[found.end() :]
        return not set(others) - {Kind.STOP, Kind.COMMA, Kind.POLITE}

    def rest(self, *used: re.Match[str]) -> str:
        """The text without these, tidied."""
        kept = self.text
        for found in sorted(used, key=lambda found: found.start(), reverse=True):
            first, last = self.tokens[found.start()], self.tokens[found.end() - 1]
            kept = f"{kept[: first.begin]} {kept[last.end :]}"
        for untidy, tidy in _TIDY:
            kept = untidy.sub(tidy, kept)
        return kept if any(map(str.isalnum, kept)) or not kept.isascii() else ""


def _on_a_day(said: _Said) -> Meant | None:
    passed = 0
    for found, meaning in _days(said.kinds):
        if found.start() < passed:
            continue
        leads, words = said.words(found, "leads"), said.words(found)
        try:
            day = meaning(Phrase(words, leads, said.now, said.language, said.is_all(found)))
        except (NotADay, ValueError, OverflowError):
            passed = found.end()
            continue
        if day:
            at, used = _time_of(said, found)
            of_the_time = [token for one in used for token in said.words(one)]
            reaches = any(token.kind in {Kind.THROUGH, Kind.AFTER} for token in leads) and not day.is_after
            included = day.included or reaches
            at = at or day.at
            is_of_a_part = at is not None and _is_of_a_part(words, of_the_time)
            return Meant(day.day, at, said.rest(found, *used), included, day.latest, is_of_a_part)
    return None


def _days(kinds: str) -> Sequence[tuple[re.Match[str], Meaning]]:
    """What may be a date: first what is said first, and of that the longest."""
    forms = [(found, meaning) for form, meaning in _forms() for found in form.finditer(kinds)]
    return sorted(forms, key=lambda form: (form[0].start(), -form[0].end()))


def _time_of(said: _Said, day: re.Match[str]) -> tuple[time | None, Sequence[re.Match[str]]]:
    """The time that is said with a day, and its words: right after it, right before it, or further on."""
    hours, (begin, end) = _hours(), day.span()
    part = next((token.value for token in said.words(day) if token.kind is Kind.TODAY_PART), None)
    for found in (
        hours.after_a_day.match(said.kinds, end),
        hours.before_a_day.search(said.kinds, 0, begin),
        hours.further_on.search(said.kinds, end),
    ):
        if found and (at := time_said(said.words(found), said.language, part)):
            return at, [found]
    return None, []


def _is_of_a_part(words: Sequence[Token], of_the_time: Sequence[Token]) -> bool:
    """Whether the time is that of a part of the day, said with it or of itself ("tonight"), and no hour was said."""
    if of_the_time:
        return not any(token.kind in SAYS_THE_HOUR for token in of_the_time)
    return any(token.kind in {Kind.TODAY_PART, Kind.END_OF_DAY, Kind.END} for token in words)


def _at_a_time(said: _Said) -> Meant | None:
    """The next that comes: today, or tomorrow."""
    for found in _hours().without_a_day.finditer(said.kinds):
        at = time_said(said.words(found), said.language)
        if at and (found["leads"] is not None or said.is_all(found)):
            today = said.now.date()
            with suppress(OverflowError):
                day = today if at > said.now.time() else today + timedelta(days=1)
                return Meant(day, at, said.rest(found))
    return None


@lru_cache
def _forms() -> Sequence[tuple[re.Pattern[str], Meaning]]:
    return [(compiled(f"(?P<leads>leads*)(?P<words>{form}) still*"), meaning) for form, meaning in DAYS]


@dataclass(frozen=True)
class _Hours:
    after_a_day: re.Pattern[str]
    before_a_day: re.Pattern[str]
    further_on: re.Pattern[str]
    without_a_day: re.Pattern[str]


@lru_cache
def _hours() -> _Hours:
    return _Hours(*map(compiled, (AFTER_A_DAY, BEFORE_A_DAY, FURTHER_ON, WITHOUT_A_DAY)))


_TIDY = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\(\s*\)|\[\s*\]|\*\s*\*|(?<!\w)_\s*_(?!\w)|~\s*~|\"\s*\"", " "),  # what a date stood in
        (r"\s+", " "),
        (r" (?=[,.;:!?])", ""),
        (r"[,;:]+(?=[,.;:!?])", ""),
        (r"^[\s,.;:!?–—-]+|[\s,;:–—-]+$", ""),
    )
]
