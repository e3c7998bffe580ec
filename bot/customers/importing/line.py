"""What one line of a file says of a customer, and what becomes of their card by it.

What a line leaves open, in an empty cell or for want of a column, stays on the card as it is. The last contact and
consent go by their days: what a colleague wrote down later than the file says is not undone by it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from bot.customers import columns, rules
from bot.customers.columns import Column, Columns
from bot.customers.importing import cells
from bot.customers.importing.cells import NotUnderstood
from bot.customers.importing.sheet import Row
from bot.customers.importing.why import LONGEST, Reason, Refusal
from bot.customers.rules import DayOfYear, Details, Mistake
from bot.customers.signs import Kind
from bot.kit.i18n import Language
from bot.trade import Channel, Phase, Wish


class Refused(Exception):
    """The line is left out."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.line, refusal.why)
        self.refusal = refusal


@dataclass(frozen=True)
class Team:
    channel_id: str
    language: Language


@dataclass(frozen=True)
class Here:
    """Who customers can be given to: colleagues by their member id, teams by channel and by plain name."""

    colleagues: frozenset[str]
    teams: Mapping[str, Team]
    named: Mapping[str, list[Team]]


@dataclass(frozen=True)
class ForNew:
    """What holds for new customers where their line does not say."""

    contact_id: str | None
    team: Team | None
    language: Language


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a line says; None where it leaves that open. Named as on the card."""

    line: int
    reference: str
    name: str | None = None
    contact_id: str | None = None
    channel_id: str | None = None
    phase: Phase | None = None
    preferences: str | None = None
    note: str | None = None
    birthday: DayOfYear | None = None
    customer_since: date | None = None
    last_contact_on: date | None = None
    wish: Wish | None = None
    channels: frozenset[Channel] | None = None
    language: Language | None = None
    has_consented: bool | None = None
    consent_on: date | None = None


class LineReader:
    """Reads the lines of one file."""

    def __init__(self, found: Columns, here: Here) -> None:
        self._columns = found
        self._here = here
        self._values = [(column, at, read) for column, at in found.at.items() if (read := self._readers().get(column))]
        self._names = [found.at[part] for part in _NAME_PARTS if part in found.at]
        self._day_first: set[Column] = set()
        self._month_first: dict[Column, int] = {}

    def read(self, row: Row) -> Said:
        """Raises Refused."""
        said, width = row.cells, len(self._columns.headings)
        if any(said[width:]):
            raise Refused(Refusal(row.line, Reason.TOO_MANY_CELLS))
        if row.is_cut_off:
            raise Refused(Refusal(row.line, Reason.CUT_OFF))
        said = [*said, *[""] * (width - len(said))]
        reference = cells.reference(said[self._columns.at[Column.REFERENCE]])
        if cells.says_nothing(reference):
            raise Refused(self._refusal(row.line, Reason.NO_REFERENCE, Column.REFERENCE))
        values: dict[str, Any] = {}
        for column, at, read in self._values:
            if cells.says_nothing(said[at]):
                continue
            try:
                values[column] = read(said[at])
            except NotUnderstood as refused:
                if refused.reason is Reason.MONTH_FIRST:
                    self._month_first.setdefault(column, row.line)
                raise Refused(self._refusal(row.line, refused.reason, column)) from None
            if column in _DAYS and cells.day_read(said[at]).is_day_first:
                self._day_first.add(column)
        name = _whole_name([said[at] for at in self._names])
        return Said(line=row.line, reference=reference, name=name, **_with_consent_day(values))

    def month_comes_first(self) -> tuple[str, int] | None:
        """The heading of a column whose days seem to begin with the month, and the first line of which that is clear.

        None where some days of the same column begin with the day: then somebody made a slip.
        """
        for column, line in self._month_first.items():
            if column not in self._day_first:
                return self._columns.heading(column), line
        return None

    def check(self, line: int, details: Details, today: date) -> None:
        """Of a tidy card. Raises Refused for what is wrong with it, or may not be kept."""
        if found := rules.mistakes(details, today):
            raise Refused(self._mistaken(line, found[0]))
        for field, findings in rules.may_not_be_kept(details).items():
            raise Refused(self._refusal(line, findings[0].kind, Column(field), better=findings[0].better))

    def _mistaken(self, line: int, mistake: Mistake) -> Refusal:
        longest = {"longest": LONGEST[mistake]} if mistake in LONGEST else {}
        return self._refusal(line, mistake, Column(mistake.field), **longest)

    def _refusal(self, line: int, why: Reason | Mistake | Kind, column: Column, **values: object) -> Refusal:
        at = [part for part in (column, *_INSTEAD.get(column, ())) if part in self._columns.at]
        return Refusal(line, why, self._columns.heading(at[0]) if at else None, values)

    def _readers(self) -> Mapping[Column, Callable[[str], Any]]:
        return {
            Column.CONTACT: self._contact,
            Column.TEAM: self._team,
            Column.PHASE: cells.phase,
            Column.PREFERENCES: str,
            Column.NOTE: str,
            Column.BIRTHDAY: cells.birthday,
            Column.SINCE: cells.day,
            Column.LAST_CONTACT: cells.day,
            Column.WISH: cells.wish,
            Column.CHANNELS: cells.channels,
            Column.LANGUAGE: cells.language,
            Column.CONSENT: _consent,
            Column.CONSENT_ON: cells.day,
        }

    def _contact(self, cell: str) -> str:
        return colleague(cell, self._here)

    def _team(self, cell: str) -> str:
        return team(cell, self._here).channel_id


def colleague(text: str, here: Here) -> str:
    """By member id. Raises NotUnderstood."""
    member_id = text.strip().removeprefix("@")
    if member_id not in here.colleagues:
        is_an_id = member_id[:1] in {"U", "W"} and member_id.isalnum() and member_id.isupper()
        raise NotUnderstood(Reason.NOT_A_COLLEAGUE if is_an_id else Reason.NOT_A_MEMBER_ID)
    return member_id


def team(text: str, here: Here) -> Team:
    """By its name or its channel's, or by the channel's id. Raises NotUnderstood."""
    if text in here.teams:
        return here.teams[text]
    named = here.named.get(columns.plain(text), [])
    if len(named) != 1:
        raise NotUnderstood(Reason.SEVERAL_TEAMS if named else Reason.NOT_A_TEAM)
    return named[0]


def new_card(said: Said, for_new: ForNew, here: Here) -> Details:
    """Raises Refused."""
    contact_id = said.contact_id or for_new.contact_id
    if contact_id is None:
        raise Refused(Refusal(said.line, Reason.NO_CONTACT))
    serving = here.teams.get(said.channel_id) if said.channel_id else for_new.team
    nothing = Details(
        name="",
        reference=said.reference,
        contact_id=contact_id,
        channel_id=serving.channel_id if serving else None,
        language=serving.language if serving else for_new.language,
    )
    return changed_card(said, nothing)


def changed_card(said: Said, card: Details) -> Details:
    """With what the line says, and else as it is."""
    plain = {field: value for field in _PLAIN if (value := getattr(said, field)) is not None}
    has_consented, consent_on = _consent_of(said, card)
    last = max(filter(None, (card.last_contact_on, said.last_contact_on)), default=None)
    return replace(card, **plain, has_consented=has_consented, consent_on=consent_on, last_contact_on=last)


def _consent_of(said: Said, card: Details) -> tuple[bool, date | None]:
    """What was said later counts, and on one and the same day “no”. A “no” without a day counts from any day."""
    before = (card.has_consented, card.consent_on)
    if said.has_consented is None:
        return before
    if said.consent_on is None:
        return before if said.has_consented == card.has_consented else (said.has_consented, None)
    if card.consent_on and (card.consent_on, not card.has_consented) > (said.consent_on, not said.has_consented):
        return before
    return said.has_consented, said.consent_on


def _whole_name(parts: Sequence[str]) -> str | None:
    """Some write all of it where the surname belongs."""
    there = [part for part in parts if part]
    if len(there) > 1 and there[-1].casefold().startswith(there[0].casefold() + " "):
        there = there[-1:]
    return " ".join(there) or None


def _consent(cell: str) -> bool | date:
    """A day is a yes from that day on. Raises NotUnderstood."""
    try:
        return cells.yes_or_no(cell)
    except NotUnderstood:
        if not cell[:1].isdigit():
            raise
        return cells.day(cell)


def _with_consent_day(values: dict[str, Any]) -> dict[str, Any]:
    """A day alone says that there is consent since then."""
    said = values.get(Column.CONSENT)
    if isinstance(said, date):
        return {**values, Column.CONSENT: True, Column.CONSENT_ON: values.get(Column.CONSENT_ON, said)}
    if said is None and Column.CONSENT_ON in values:
        return {**values, Column.CONSENT: True}
    return values


_NAME_PARTS = (Column.NAME, Column.FIRST_NAME, Column.PREFIX, Column.SURNAME)
_DAYS = {Column.BIRTHDAY, Column.SINCE, Column.LAST_CONTACT, Column.CONSENT_ON}
_INSTEAD = {Column.NAME: (Column.SURNAME, Column.FIRST_NAME), Column.CONSENT_ON: (Column.CONSENT,)}
"""Where else something stands of which the column is not there."""

_NOT_PLAIN = {"line", "reference", "has_consented", "consent_on", "last_contact_on"}
_PLAIN = [field.name for field in fields(Said) if field.name not in _NOT_PLAIN]
