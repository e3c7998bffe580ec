"""What a cell says: days in the usual forms, the day before the month, and words in both languages.

A day is read as it stands, and never guessed: 03/04/2026 is 3 April, and what can only be 31 December written as
12/31/2026 is told, because the other days of that column may then be wrong as well.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from babel.dates import get_month_names

from bot.customers.importing.why import Reason
from bot.customers.rules import DayOfYear
from bot.kit.i18n import Language
from bot.trade import Channel, Phase, Wish

T = TypeVar("T", bound=StrEnum)


REMEMBERED = 10_000
"""Days and words that were read: they come back, line after line."""


class NotUnderstood(Exception):
    """The cell says nothing that fits its column."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Read:
    """A day as it was written; `year` is None where none stands."""

    year: int | None
    month: int
    day: int
    is_day_first: bool = False
    """It can be nothing else: 31/12."""


def says_nothing(cell: str) -> bool:
    """What programs write where they know nothing. Not of a name: there are people called Null."""
    return not cell or (len(cell) <= _LONGEST_NOTHING and cell.casefold() in _NOTHING)


def reference(cell: str) -> str:
    """As it is kept on a card, so that it is found there."""
    visible = cell if cell.isprintable() else "".join(sign if sign.isprintable() else " " for sign in cell)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def birthday(cell: str) -> DayOfYear:
    """The year is dropped. Raises NotUnderstood."""
    read = day_read(cell)
    return DayOfYear(read.month, read.day)


def day(cell: str) -> date:
    """Raises NotUnderstood."""
    read = day_read(cell)
    if read.year is None:
        raise NotUnderstood(Reason.NOT_A_DAY)
    if read.year < 100:
        raise NotUnderstood(Reason.SHORT_YEAR)
    return date(read.year, read.month, read.day)


@lru_cache(REMEMBERED)
def day_read(cell: str) -> Read:
    """Raises NotUnderstood."""
    text = cell.casefold().strip()
    for form in _forms():
        if found := form.fullmatch(text):
            return _checked(found)
    raise NotUnderstood(Reason.NOT_A_DAY)


def yes_or_no(cell: str) -> bool:
    """Raises NotUnderstood."""
    text = cell.casefold()
    if text not in _YES | _NO:
        raise NotUnderstood(Reason.NOT_YES_OR_NO)
    return text in _YES


@lru_cache(REMEMBERED)
def phase(cell: str) -> Phase:
    """Raises NotUnderstood."""
    return _one(cell, _PHASES, Reason.NOT_A_PHASE)


@lru_cache(REMEMBERED)
def wish(cell: str) -> Wish:
    """Raises NotUnderstood."""
    return _one(cell, _WISHES, Reason.NOT_A_WISH)


@lru_cache(REMEMBERED)
def channels(cell: str) -> frozenset[Channel]:
    """Raises NotUnderstood."""
    parts = [part for part in _BETWEEN.split(cell) if part.strip()]
    return frozenset(_one(part, _CHANNELS, Reason.NOT_A_CHANNEL) for part in parts)


@lru_cache(REMEMBERED)
def language(cell: str) -> Language:
    """Raises NotUnderstood."""
    return _one(cell, _LANGUAGES, Reason.NOT_A_LANGUAGE)


# --- days ---


@lru_cache
def _months() -> Mapping[str, int]:
    names = {"sept": 9}
    for spoken in Language:
        for width in ("wide", "abbreviated"):
            of_year = get_month_names(width, locale=spoken)
            names |= {of_year[number].casefold().rstrip("."): number for number in range(1, 13)}
    return names


@lru_cache
def _forms() -> Sequence[re.Pattern[str]]:
    at_midnight = r"(?:[t ]\d{1,2}:\d\d\S*(?: [ap]m)?)?"  # which programs write with a day; it is left out
    year = r"(?P<year>\d{4}|'?\d\d)"
    month = rf"(?P<month>{'|'.join(sorted(_months(), key=len, reverse=True))})"
    return [
        re.compile(form, re.ASCII)
        for form in (
            rf"(?P<year>\d{{4}})(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?){at_midnight}",
            r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
            r"--(?P<month>\d\d)-?(?P<day>\d\d)",
            rf"(?P<first>\d\d?)(?P<sign>[-/. ])(?P<second>\d\d?)(?:(?P=sign){year}{at_midnight})?\.?",
            rf"(?P<day>\d\d?)(?:st|nd|rd|th|e|ste|de)?(?:\.|-| of |\.? ){month}\.?(?:(?:,? |-){year})?",
            rf"{month}\.? (?P<day>\d\d?)(?:st|nd|rd|th)?(?:,? {year})?",
        )
    ]


def _checked(found: re.Match[str]) -> Read:
    """Raises NotUnderstood."""
    said = found.groupdict()
    year = int(said["year"].removeprefix("'")) if said.get("year") else None
    if "first" in said:
        day, month = int(said["first"]), int(said["second"])
        if month > 12 >= day:
            _real(year, day, month)
            raise NotUnderstood(Reason.MONTH_FIRST)
    else:
        day, month = int(said["day"]), _months().get(said["month"]) or int(said["month"])
    _real(year, month, day)
    return Read(year, month, day, is_day_first="first" in said and day > 12)


def _real(year: int | None, month: int, day: int) -> None:
    """Raises NotUnderstood when the calendar has no such day. Any year has, whose last two figures alone stand."""
    try:
        date(2000 if year is None or year < 100 else year, month, day)
    except ValueError:
        is_day_of_some_month = 1 <= month <= 12 and 1 <= day <= 31
        raise NotUnderstood(Reason.NO_SUCH_DAY if is_day_of_some_month else Reason.NOT_A_DAY) from None


# --- words ---

_NOTHING = {"-", "–", "—", "null", "n/a", "#n/a", "#n/b", "nvt", "n.v.t.", "0000-00-00", "00-00-0000"}

_LONGEST_NOTHING = max(map(len, _NOTHING))

_YES = {"yes", "y", "ja", "j", "true", "waar", "1", "x", "✓"}
_NO = {"no", "n", "nee", "neen", "false", "onwaar", "0"}

# As the card says them, and as others do.
_PHASES = {
    Phase.KNOW: "know knows kennen kent",
    Phase.LIKE: "like likes mogen mag",
    Phase.TRUST: "trust trusts vertrouwen vertrouwt",
    Phase.LOVE: "love loves fan liefde houdenvan houdtvan ambassador ambassadeur",
}
_WISHES = {
    Wish.LESS: "less little minder weinig",
    Wish.NORMAL: "normal usual asusual normaal gewoon",
    Wish.TOLD_FIRST: "toldfirst first alseerste eerst",
}
_CHANNELS = {
    Channel.IN_PERSON: "inperson person visit persoonlijk bezoek winkel",
    Channel.PHONE: "phone telephone telefoon telefonisch bellen",
    Channel.CHAT: "chat inchat whatsapp app sms",
    Channel.CARD: "card letter post kaart kaartje brief",
    Channel.PARCEL: "parcel package pakket pakje",
    Channel.E_MAIL: "email",
}
_LANGUAGES = {
    Language.NL: "nl nld nlnl nlbe dutch nederlands",
    Language.EN: "en eng engb enus english engels",
}
_BETWEEN = re.compile(r"[,;/|+&\n]|\b(?:en|and)\b", re.IGNORECASE)
_WITHOUT = set("us ons is by with a the per via de met een".split())  # noqa: SIM905 — a sentence's small words


def _one(cell: str, words: Mapping[T, str], reason: Reason) -> T:
    """Small words, hyphens and capitals do not matter. Raises NotUnderstood."""
    text = "".join(word for word in re.findall(r"[^\W_]+", cell.casefold()) if word not in _WITHOUT)
    for meaning, alike in words.items():
        if text in alike.split():
            return meaning
    raise NotUnderstood(reason)
