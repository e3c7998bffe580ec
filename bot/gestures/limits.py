"""Limits as a workspace and its teams decided them: a team may be tighter than the workspace, and never looser."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gestures import queries, rules
from bot.gestures.gesture import Currency, Sector
from bot.gestures.rules import Limits
from bot.gestures.tables import GestureLimits
from bot.kit import audit
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.people.roles_given import RolesGiven
from bot.teams.service import NotTheirTeam, Teams
from bot.trade import Wish

LIMITS_SET = "gesture_limits_set"
"""In the audit log."""

OF_WORKSPACE = ""
"""In the place of a team's channel."""

USUAL_SECTOR = Sector.SHOP
"""Until an administrator says which one it is."""

USUAL_CURRENCY = Currency.EUR

LONGEST_KNOWN_AS = 60
"""Characters of what customers call the organisation."""

MOST_DAYS, MOST_MONEY = 365, Decimal(10_000)

OF_ALL = ("sector", "currency", "known_as")
"""What only the whole workspace has."""

DAYS = ("days_between", "days_after_case")
MONEY = ("most_per_gesture", "colleague_decides", "colleague_a_month", "team_a_month", "gifts_a_year")


@dataclass(frozen=True, kw_only=True)
class OwnLimits:
    """What was decided of a workspace or a team; None: what is usual, or what the workspace decided."""

    sector: Sector | None = None
    """Of the workspace only, and so the next two."""
    currency: Currency | None = None
    known_as: str | None = None
    """What customers call the organisation."""
    days_between: int | None = None
    """For customers with the usual wish; those who want less get as many times more as is usual."""
    days_after_case: int | None = None
    most_per_gesture: Decimal | None = None
    colleague_decides: Decimal | None = None
    colleague_a_month: Decimal | None = None
    team_a_month: Decimal | None = None
    gifts_a_year: Decimal | None = None


class Mistake(StrEnum):
    """What is wrong with a limit."""

    NO_SUCH_NUMBER = "no_such_number"
    """Below zero, over `MOST_DAYS` or `MOST_MONEY`, or with parts of a cent."""
    LOOSER = "looser"
    """Than the workspace allows."""
    OF_WORKSPACE = "of_workspace"
    """Only the whole workspace has it."""


class NotLimits(Exception):
    """The mistake of each field that has one."""

    def __init__(self, mistakes: Mapping[str, Mistake]) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


@dataclass(frozen=True, kw_only=True)
class LimitsSeen:
    """For the form."""

    sector: Sector
    currency: Currency
    own: OwnLimits
    """What was decided here."""
    holds: Limits
    """What holds here, all told."""
    at_most: Limits
    """Of a team: what the workspace allows. Of the workspace: what is usual."""
    changed_by: str | None
    """Who decided it last; None: nobody."""


class DecidedLimits:
    """One public method is one transaction."""

    def __init__(self, database: Database, clock: Clock, teams: Teams, roles: RolesGiven) -> None:
        self._database = database
        self._clock = clock
        self._teams = teams
        self._roles = roles

    async def of(self, workspace_id: str, channel_id: str | None) -> LimitsSeen:
        """Of a team, or of the whole workspace (None)."""
        async with self._database.reading() as session:
            return _seen(await decided(session, workspace_id, channel_id), channel_id)

    async def decide(self, workspace_id: str, channel_id: str | None, wanted: OwnLimits, *, by: str) -> None:
        """Of the whole workspace by an administrator, of a team by its lead too. The same once more changes nothing.

        Raises NotAnAdministrator, NotTheirTeam, NotLimits.
        """
        async with self._database.writing() as session:
            if channel_id is None:
                await self._roles.check(session, workspace_id, by)
            elif by not in {
                *await self._teams.leads(session, workspace_id, channel_id),
                *await self._roles.administrators(session, workspace_id),
            }:
                raise NotTheirTeam
            found = await decided(session, workspace_id, channel_id)
            if wrong := mistakes(wanted, found, channel_id):
                raise NotLimits(wrong)
            if channel_id is None:
                wanted = _without_what_holds_anyway(wanted, found)
            changed = _changed(found.team if channel_id else found.workspace, wanted)
            if not changed:
                return
            now = self._clock.now()
            values = {**asdict(wanted), "changed_by": by, "changed_at": now}
            new = insert_into(session, GestureLimits).values(
                workspace_id=workspace_id, channel_id=channel_id or OF_WORKSPACE, **values
            )
            await session.execute(new.on_conflict_do_update(index_elements=["workspace_id", "channel_id"], set_=values))
            audit.note(session, workspace_id, LIMITS_SET, by=by, about=channel_id, at=now, fields=changed)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a workspace and one of its teams decided."""

    workspace: OwnLimits
    team: OwnLimits
    changed_by: Mapping[str, str]
    """Who decided it last, by channel."""

    @property
    def sector(self) -> Sector:
        return self.workspace.sector or USUAL_SECTOR

    @property
    def currency(self) -> Currency:
        return self.workspace.currency or USUAL_CURRENCY

    @property
    def usual(self) -> Limits:
        return rules.usual_limits(self.sector)

    @property
    def of_workspace(self) -> Limits:
        return _with(self.usual, self.workspace)

    @property
    def of_team(self) -> Limits:
        """The tighter of both: the workspace may have become tighter since the team decided."""
        return _tighter(self.of_workspace, _with(self.of_workspace, self.team))


async def decided(session: AsyncSession, workspace_id: str, channel_id: str | None) -> Decided:
    """Part of the caller's transaction."""
    rows = {
        row.channel_id: row for row in await queries.limits(session, workspace_id, {OF_WORKSPACE, channel_id or ""})
    }
    return Decided(
        workspace=_own(rows.get(OF_WORKSPACE)),
        team=_own(rows.get(channel_id)) if channel_id else OwnLimits(),
        changed_by={channel: row.changed_by for channel, row in rows.items()},
    )


def _seen(found: Decided, channel_id: str | None) -> LimitsSeen:
    return LimitsSeen(
        sector=found.sector,
        currency=found.currency,
        own=found.team if channel_id else found.workspace,
        holds=found.of_team if channel_id else found.of_workspace,
        at_most=found.of_workspace if channel_id else found.usual,
        changed_by=found.changed_by.get(channel_id or OF_WORKSPACE),
    )


def mistakes(wanted: OwnLimits, found: Decided, channel_id: str | None) -> dict[str, Mistake]:
    """By field. A workspace decides what it likes; a team may not be looser than that."""
    wrong = {name: Mistake.NO_SUCH_NUMBER for name in (*DAYS, *MONEY) if not _is_a_limit(name, getattr(wanted, name))}
    if channel_id is None or wrong:
        return wrong
    wrong = {name: Mistake.OF_WORKSPACE for name in OF_ALL if getattr(wanted, name) is not None}
    allowed, theirs = found.of_workspace, _with(found.of_workspace, wanted)
    held = _tighter(allowed, theirs)
    return wrong | {name: Mistake.LOOSER for name in (*DAYS, *MONEY) if getattr(held, name) != getattr(theirs, name)}


def _without_what_holds_anyway(wanted: OwnLimits, found: Decided) -> OwnLimits:
    """The form always names a sector and a currency: left as nobody decided them, nobody has now."""
    sector, currency = wanted.sector, wanted.currency
    if found.workspace.sector is None and sector is found.sector:
        sector = None
    if found.workspace.currency is None and currency is found.currency:
        currency = None
    return replace(wanted, sector=sector, currency=currency)


def _changed(was: OwnLimits, wanted: OwnLimits) -> list[str]:
    return [field.name for field in fields(OwnLimits) if getattr(was, field.name) != getattr(wanted, field.name)]


def _own(row: GestureLimits | None) -> OwnLimits:
    if row is None:
        return OwnLimits()
    figures = {name: getattr(row, name) for name in (*DAYS, *MONEY)}
    sector, currency = Sector(row.sector) if row.sector else None, Currency(row.currency) if row.currency else None
    return OwnLimits(sector=sector, currency=currency, known_as=row.known_as, **figures)


def _with(limits: Limits, own: OwnLimits) -> Limits:
    """What was decided, in the place of what holds else."""
    figures = {name: getattr(limits, name) if (value := getattr(own, name)) is None else value for name in MONEY}
    after_case = limits.days_after_case if own.days_after_case is None else own.days_after_case
    between = limits.days_between if own.days_between is None else _for_each_wish(own.days_between)
    return Limits(days_between=between, days_after_case=after_case, **figures)


def _for_each_wish(days: int) -> dict[Wish, int]:
    """Who wants less contact has as many times more peace as is usual; parts of a day count as one."""
    usual = Limits().days_between
    return {wish: -(-days * usual[wish] // usual[Wish.NORMAL]) for wish in Wish}


def _tighter(one: Limits, other: Limits) -> Limits:
    between = {wish: max(one.days_between[wish], other.days_between[wish]) for wish in Wish}
    gifts = [limits.gifts_a_year for limits in (one, other) if limits.gifts_a_year is not None]
    figures = {name: min(getattr(one, name), getattr(other, name)) for name in MONEY if name != "gifts_a_year"}
    after_case = max(one.days_after_case, other.days_after_case)
    return Limits(days_between=between, days_after_case=after_case, gifts_a_year=min(gifts, default=None), **figures)


def _is_a_limit(name: str, value: int | Decimal | None) -> bool:
    if value is None:
        return True
    if name in DAYS:
        return 0 <= value <= MOST_DAYS
    return Decimal(value).is_finite() and 0 <= value <= MOST_MONEY and not Decimal(value) * 100 % 1
