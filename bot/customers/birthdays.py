"""A birthday as people write it: a day and a month, in either language, such as `3 mei`, `3/5`, `eerste mei` and
`May 3rd`.

`bot/kit/dates` reads a day that is to come; here nothing but a day of the year will do. A year may stand with it and is
left out. 3/5 is 3 May, in English too: the house is European. 5/13 can only be the other way around.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from bot.customers.rules import DayOfYear
from bot.kit.dates.vocabulary import VOCABULARY, Kind
from bot.kit.i18n import Language


@dataclass(frozen=True)
class Birthday:
    day: DayOfYear
    has_year: bool
    """Whether a year was written, which is not kept."""


def read(written: str) -> Birthday | None:
    """None: it is not clear which day that is, or there is no such day."""
    text = written.casefold().replace("ë", "e").strip(" .,")
    for form in _FORMS:
        if found := form.fullmatch(text):
            day, month = _day(found["day"]), _month(found["month"])
            if found["month"].isdecimal() and month > 12:
                day, month = month, day
            try:
                return Birthday(DayOfYear(month, day), has_year=found["year"] is not None)
            except ValueError:
                return None
    return None


_DUTCH = """
    eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende
    vijftiende zestiende zeventiende achttiende negentiende twintigste eenentwintigste tweeentwintigste
    drieentwintigste vierentwintigste vijfentwintigste zesentwintigste zevenentwintigste achtentwintigste
    negenentwintigste dertigste eenendertigste
"""
_ENGLISH = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third
    twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
"""
_ORDINALS = {word: day for language in (_DUTCH, _ENGLISH) for day, word in enumerate(language.split(), 1)}

_LEADS = r"(?:(?:geboren|born|op|on|de|the) )*"
_IN_WORDS = "|".join(_ORDINALS).replace("-", "[ -]")
_DAY, _WORD = rf"(?P<day>\d{{1,2}}(?:e|ste|de|st|nd|rd|th)?|{_IN_WORDS})", r"(?P<month>[^\W\d_]+)\.?"
# After a dash, two bare digits may be the last of some days: May 3-12.
_YEAR = r"(?:[\s,(-]+(?P<year>\d{4}|'\d\d|(?<=[\s,(])\d\d)\)?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        _LEADS + r"(?P<day>\d{1,2})\s*[-/.]\s*(?P<month>\d{1,2})(?:\s*[-/. ]\s*(?P<year>\d{4}|'?\d\d))?",
        rf"{_LEADS}{_DAY}[\s-]*(?:of |van )?{_WORD}{_YEAR}",
        rf"{_LEADS}{_WORD}[\s-]*(?:the )?{_DAY}{_YEAR}",
    )
)


def _day(written: str) -> int:
    return _ORDINALS.get(written.replace(" ", "-")) or int(written.rstrip(ascii_lowercase))


def _month(written: str) -> int:
    """0, which no month has, when it is none."""
    return int(written) if written.isdecimal() else _months().get(written, 0)


@cache
def _months() -> dict[str, int]:
    return dict(_spellings())


def _spellings() -> Iterator[tuple[str, int]]:
    for language in Language:
        for kind in (Kind.MONTH, Kind.MAYBE_MONTH):
            for month, alike in VOCABULARY[language].get(kind, {}).items():
                yield from ((text, month) for text in alike.split("|"))
