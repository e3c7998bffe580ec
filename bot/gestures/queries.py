"""Named reads of gestures."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Row, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.tables import Customer
from bot.gestures.course import COUNTS, State
from bot.gestures.tables import Budget, GestureLimits, Given, Reception, SetAside

# --- one line ---


async def whose(session: AsyncSession, workspace_id: str, given_id: int) -> Row[int, str] | None:
    """Its customer and its colleague, who never change."""
    line = select(Given.customer_id, Given.colleague_id)
    return (await session.execute(line.where(Given.workspace_id == workspace_id, Given.id == given_id))).one_or_none()


async def given(session: AsyncSession, workspace_id: str, given_id: int, *, lock: bool = False) -> Given | None:
    line = select(Given).where(Given.workspace_id == workspace_id, Given.id == given_id)
    return await session.scalar(line.with_for_update() if lock else line)


async def of_event(session: AsyncSession, workspace_id: str, event_key: str) -> Given | None:
    return await session.scalar(select(Given).where(Given.workspace_id == workspace_id, Given.event_key == event_key))


# --- what a suggestion is made of ---

Past = Row[int, str, str, str, int, bool, Decimal, date, date, str, str, datetime | None]


async def past(session: AsyncSession, workspace_id: str, customer_id: int) -> Sequence[Past]:
    """Id, gesture, state, kind, level, whether it takes space, cost, day, month, occasion, colleague and time of
    a lead's answer of all that was ever wanted for a customer; the newest day first. Without the words, which take
    long to decrypt.
    """
    lines = select(
        *(Given.id, Given.gesture_id, Given.state, Given.kind, Given.level, Given.reaches_out, Given.cost),
        *(Given.on_day, Given.month, Given.occasion, Given.colleague_id, Given.answered_at),
    ).where(Given.workspace_id == workspace_id, Given.customer_id == customer_id)
    return (await session.execute(lines.order_by(Given.on_day.desc(), Given.id.desc()))).all()


async def reached_out(
    session: AsyncSession, workspace_id: str, customer_ids: Collection[int], since: date
) -> Sequence[Row[int, str, str | None, str, str, date]]:
    """Customer, their wish and team, occasion, state and day of all that takes space since that day, the first day
    first.
    """
    theirs = (
        Given.workspace_id == workspace_id,
        Given.customer_id.in_(customer_ids),
        Given.on_day >= since,
        Given.reaches_out,
        Given.state.in_(COUNTS),
    )
    what = (Given.occasion, Given.state, Given.on_day)
    lines = select(Given.customer_id, Customer.wish, Customer.channel_id, *what)
    lines = lines.join(Customer, Customer.id == Given.customer_id).where(*theirs, Customer.workspace_id == workspace_id)
    return (await session.execute(lines.order_by(Given.on_day, Given.id))).all()


async def set_aside(session: AsyncSession, workspace_id: str, customer_id: int, since: date) -> Sequence[str]:
    """Ids of the gestures that were set aside for a customer on that day or after."""
    theirs = (SetAside.workspace_id == workspace_id, SetAside.customer_id == customer_id, SetAside.on_day >= since)
    return (await session.scalars(select(SetAside.gesture_id).where(*theirs))).all()


async def receptions(session: AsyncSession, workspace_id: str) -> Sequence[Row[str, int, int, int]]:
    """Gesture, and how often it was received well, answered, and set aside."""
    figures = select(Reception.gesture_id, Reception.well, Reception.answered, Reception.set_aside)
    return (await session.execute(figures.where(Reception.workspace_id == workspace_id))).all()


async def spent(
    session: AsyncSession, workspace_id: str, whose: Collection[str], month: date, *, lock: bool = False
) -> dict[str, Decimal]:
    """Of each that has spent anything. Locked in order, so that two that lock the same never wait for each other."""
    rows = select(Budget.whose, Budget.spent).where(
        Budget.workspace_id == workspace_id, Budget.whose.in_(whose), Budget.month == month
    )
    rows = rows.order_by(Budget.whose)
    return dict(iter(await session.execute(rows.with_for_update() if lock else rows)))


async def limits(session: AsyncSession, workspace_id: str, channel_ids: Collection[str]) -> Sequence[GestureLimits]:
    theirs = (GestureLimits.workspace_id == workspace_id, GestureLimits.channel_id.in_(channel_ids))
    return (await session.scalars(select(GestureLimits).where(*theirs))).all()


# --- lists ---


async def about_to(
    session: AsyncSession, workspace_id: str, colleague_id: str, teams: Collection[str], limit: int
) -> Sequence[Row[Given, str]]:
    """What somebody asked for or planned, the first day first, with the name of the customer: for those whose contact
    they are, or who are served by one of these teams.
    """
    states = (State.ASKED, State.PLANNED)
    theirs = (Given.workspace_id == workspace_id, Given.state.in_(states), Given.colleague_id == colleague_id)
    is_served = or_(Customer.contact_id == colleague_id, Customer.channel_id.in_(teams))
    lines = select(Given, Customer.name).join(Customer, Customer.id == Given.customer_id)
    lines = lines.where(*theirs, Customer.workspace_id == workspace_id, is_served)
    return (await session.execute(lines.order_by(Given.on_day, Given.id).limit(limit))).all()


async def teams_asking(session: AsyncSession, workspace_id: str) -> Sequence[str | None]:
    """The teams that have an open request; None: somebody asked who is in none."""
    is_open = (Given.workspace_id == workspace_id, Given.state == State.ASKED)
    return (await session.scalars(select(Given.channel_id).where(*is_open).distinct())).all()


async def asked(
    session: AsyncSession, workspace_id: str, teams: Collection[str | None], limit: int
) -> Sequence[Row[Given, str, str, str | None]]:
    """The open requests of these teams, the oldest first, with the customer's name, contact and team."""
    is_open = (Given.workspace_id == workspace_id, Given.state == State.ASKED)
    of_teams = Given.channel_id.in_([team for team in teams if team])
    of_them = or_(of_teams, Given.channel_id.is_(None)) if None in teams else of_teams
    lines = select(Given, Customer.name, Customer.contact_id, Customer.channel_id)
    lines = lines.join(Customer, Customer.id == Given.customer_id).where(Customer.workspace_id == workspace_id)
    return (await session.execute(lines.where(*is_open, of_them).order_by(Given.id).limit(limit))).all()


# --- sums ---


async def month_in_sum(
    session: AsyncSession, workspace_id: str, first_day: date, next_month: date
) -> Row[int, int, int, Decimal, int]:
    """Gestures done, by how many colleagues, for how many customers, what they cost, and how many cost nothing."""
    sums = select(
        func.count(Given.id),
        func.count(Given.colleague_id.distinct()),
        func.count(Given.customer_id.distinct()),
        func.sum(Given.cost),
        func.count(case((Given.cost == Decimal(0), 1))),
    )
    return (await session.execute(sums.where(*_done(workspace_id, first_day, next_month)))).one()


async def month_as_told(
    session: AsyncSession, workspace_id: str, first_day: date, next_month: date
) -> Sequence[Row[str | None, str | None, str, int]]:
    """What was felt, signal of an ambassador, colleague, and how often: of what was told."""
    alike = (Given.felt, Given.ambassador, Given.colleague_id)
    told = select(*alike, func.count()).where(*_done(workspace_id, first_day, next_month), Given.felt.is_not(None))
    return (await session.execute(told.group_by(*alike))).all()


def _done(workspace_id: str, first_day: date, next_month: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Given.workspace_id == workspace_id,
        Given.on_day >= first_day,
        Given.on_day < next_month,
        Given.state == State.DONE,
    )


# --- of the job that tells: of all workspaces ---


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Row[str, int, int, str]]:
    """Workspace, id, customer and colleague, the longest overdue first. Without the words, which may be unreadable."""
    waiting = select(Given.workspace_id, Given.id, Given.customer_id, Given.colleague_id).where(Given.tell_at <= now)
    return (await session.execute(waiting.order_by(Given.tell_at, Given.id).limit(limit))).all()


async def ask_later(session: AsyncSession, this: Given, at: datetime) -> None:
    """What else its colleague would be asked about sooner. What somebody holds just now is left as it is."""
    others = select(Given.id).where(
        Given.workspace_id == this.workspace_id,
        Given.colleague_id == this.colleague_id,
        Given.state == State.DONE,
        Given.tell_at < at,
        Given.id != this.id,
    )
    ids = (await session.scalars(others.with_for_update(skip_locked=True))).all()
    if ids:
        await session.execute(update(Given).where(Given.id.in_(ids)).values(tell_at=at))
