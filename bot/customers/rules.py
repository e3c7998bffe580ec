"""What a customer's card is, what is wrong with one, and what of it may not be kept."""

import calendar
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.customers import names, screening
from bot.customers.screening import Finding
from bot.kit.i18n import Language
from bot.trade import Channel, Phase, Wish

LONGEST_NAME, LONGEST_REFERENCE, LONGEST_TEXT = 120, 60, 1_000
"""Characters. A card is read in half a minute, with the customer there."""

BY_FILE = "file"
"""Who made or changed a card that was brought in: no colleague did."""

EARLIEST = date(1900, 1, 1)

_A_LEAP_YEAR = 2000


@dataclass(frozen=True, order=True)
class DayOfYear:
    """A birthday: nobody needs the year to be kind."""

    month: int
    day: int

    def __post_init__(self) -> None:
        """Raises ValueError when there is no such day."""
        date(_A_LEAP_YEAR, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    @classmethod
    def of(cls, day: date) -> "DayOfYear":
        return cls(day.month, day.day)

    @classmethod
    def read(cls, text: str) -> "DayOfYear":
        """As it is kept: “02-29”. Raises ValueError."""
        month, _, day = text.partition("-")
        return cls(int(month), int(day))


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a colleague writes on a card."""

    name: str
    contact_id: str
    """Slack's id of the colleague who is their contact."""
    channel_id: str | None = None
    """The team that serves them: everybody in it sees the card."""
    reference: str | None = None
    """The organisation's own, from its customer system."""
    preferences: str | None = None
    note: str | None = None
    birthday: DayOfYear | None = None
    customer_since: date | None = None
    phase: Phase = Phase.KNOW
    wish: Wish = Wish.NORMAL
    language: Language = Language.NL
    """In which they are spoken to."""
    channels: frozenset[Channel] = frozenset()
    """How they like to be reached; empty where that is not known."""
    has_consented: bool = False
    """Whether they agreed that this is kept, and that they are surprised now and then."""
    consent_on: date | None = None
    """When they agreed, or else when they said no."""
    last_contact_on: date | None = None


@dataclass(frozen=True)
class Card:
    """A card as it is kept. `version` is what a change has to have seen.

    `silent_since`: the last contact, or until there is one the day the card was made.
    """

    id: int
    details: Details
    version: int
    changed_by: str
    changed_at: datetime
    silent_since: date


def about(customer_id: int) -> str:
    """What a notice carries that tells of a customer, so that their erasing takes it away."""
    return f"customer:{customer_id}"


@dataclass(frozen=True)
class Found:
    """A customer in a list of those whom somebody looks for. `reference` tells two of the same name apart."""

    id: int
    name: str
    reference: str | None
    is_own: bool
    """Whether who looks is their contact."""


@dataclass(frozen=True)
class Meant:
    """Who is meant by what was typed."""

    found: Sequence[Found]
    is_sure: bool = True
    """Only a name was typed, or words beside it that are nobody's name."""
    near: Sequence[Found] = ()
    """Where nobody was found: whose name looks like what was typed."""


@dataclass(frozen=True)
class Sees:
    """Whose cards a colleague sees at all."""

    anybodys: bool
    """They serve a team, or are somebody's contact."""
    everybodys: bool


@dataclass(frozen=True)
class ComingDay:
    """A day that comes back each year. `years`: as a customer, where that is the occasion."""

    customer_id: int
    name: str
    on: date
    years: int | None = None


@dataclass(frozen=True)
class Silence:
    """A customer of whom nothing was heard. `since`: the last contact, or the day the card was made."""

    customer_id: int
    name: str
    since: date


class Mistake(StrEnum):
    """What is wrong with a card."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    REFERENCE_TOO_LONG = "reference_too_long"
    PREFERENCES_TOO_LONG = "preferences_too_long"
    NOTE_TOO_LONG = "note_too_long"
    CUSTOMER_IN_THE_FUTURE = "customer_in_the_future"
    """Or since before anybody who lives was born."""
    CONSENT_WITHOUT_A_DATE = "consent_without_a_date"
    CONSENT_IN_THE_FUTURE = "consent_in_the_future"
    CONTACT_IN_THE_FUTURE = "contact_in_the_future"

    @property
    def field(self) -> str:
        """Of the card, and of the form."""
        return _FIELDS[self]


_FIELDS = {
    Mistake.NO_NAME: "name",
    Mistake.NAME_TOO_LONG: "name",
    Mistake.REFERENCE_TOO_LONG: "reference",
    Mistake.PREFERENCES_TOO_LONG: "preferences",
    Mistake.NOTE_TOO_LONG: "note",
    Mistake.CUSTOMER_IN_THE_FUTURE: "customer_since",
    Mistake.CONSENT_WITHOUT_A_DATE: "consent_on",
    Mistake.CONSENT_IN_THE_FUTURE: "consent_on",
    Mistake.CONTACT_IN_THE_FUTURE: "last_contact_on",
}


def tidy(details: Details) -> Details:
    """Without what nobody can see, and with nothing where nothing was written."""
    return replace(
        details,
        name=_one_line(details.name),
        reference=_one_line(details.reference or "") or None,
        preferences=_text(details.preferences or "") or None,
        note=_text(details.note or "") or None,
    )


def mistakes(details: Details, today: date) -> list[Mistake]:
    """Of a tidy card; at most one for each field."""
    tomorrow = today + timedelta(days=1)  # which it may be already, where the colleague is
    since, consent, contact = details.customer_since, details.consent_on, details.last_contact_on
    found = {
        Mistake.NO_NAME: not names.words_of(details.name),
        Mistake.NAME_TOO_LONG: len(details.name) > LONGEST_NAME,
        Mistake.REFERENCE_TOO_LONG: len(details.reference or "") > LONGEST_REFERENCE,
        Mistake.PREFERENCES_TOO_LONG: len(details.preferences or "") > LONGEST_TEXT,
        Mistake.NOTE_TOO_LONG: len(details.note or "") > LONGEST_TEXT,
        Mistake.CUSTOMER_IN_THE_FUTURE: since is not None and not EARLIEST <= since <= tomorrow,
        Mistake.CONSENT_WITHOUT_A_DATE: details.has_consented and consent is None,
        Mistake.CONSENT_IN_THE_FUTURE: consent is not None and consent > tomorrow,
        Mistake.CONTACT_IN_THE_FUTURE: contact is not None and contact > tomorrow,
    }
    return [mistake for mistake, is_made in found.items() if is_made]


def may_not_be_kept(details: Details) -> Mapping[str, Sequence[Finding]]:
    """What was found in each field that something was found in."""
    found = {
        "name": screening.screen_name(details.name),
        "preferences": screening.screen(details.preferences or ""),
        "note": screening.screen(details.note or ""),
    }
    return {field: findings for field, findings in found.items() if findings}


def changed_fields(before: Details, after: Details) -> list[str]:
    return [field.name for field in fields(Details) if getattr(before, field.name) != getattr(after, field.name)]


def days_from(first_day: date, days: int) -> Iterator[tuple[date, DayOfYear]]:
    """The coming days with whose birthday they are. In a year without 29 February it is kept on the 28th."""
    for n in range(days):
        day = first_day + timedelta(days=n)
        yield day, DayOfYear.of(day)
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            yield day, DayOfYear(2, 29)


def _one_line(text: str) -> str:
    return " ".join(_visible(text).split())


def _text(text: str) -> str:
    """Its lines stay."""
    lines = (" ".join(_visible(line).split()) for line in text.splitlines())
    return "\n".join(lines).strip()


def _visible(text: str) -> str:
    """Composed, so that the same name is the same text whatever it was typed on."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    return unicodedata.normalize("NFC", text)


_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, halves of characters, and ends of lines and paragraphs."""
