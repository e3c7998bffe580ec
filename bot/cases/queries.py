"""Named reads of cases, with the name and the contact of the customer where somebody is to see it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import CompoundSelect, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.tables import Case
from bot.customers.tables import Customer


async def customer_of(session: AsyncSession, workspace_id: str, case_id: int) -> int | None:
    """The customer whose case it is."""
    return await session.scalar(select(Case.customer_id).where(Case.workspace_id == workspace_id, Case.id == case_id))


async def case(session: AsyncSession, workspace_id: str, case_id: int, *, lock: bool = False) -> Case | None:
    theirs = select(Case).where(Case.workspace_id == workspace_id, Case.id == case_id)
    return await session.scalar(theirs.with_for_update() if lock else theirs)


async def how_it_went(session: AsyncSession, workspace_id: str, customer_id: int) -> Sequence[Row[str, date | None]]:
    """Of each case of a customer, its cause and the day on which it was closed."""
    theirs = select(Case.cause, Case.closed_on).where(
        Case.workspace_id == workspace_id, Case.customer_id == customer_id
    )
    return (await session.execute(theirs)).all()


async def open_of_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, limit: int
) -> tuple[Sequence[Row[Case, str, str]], int]:
    theirs = select(Case.id, Case.opened_at).where(
        Case.workspace_id == workspace_id, Case.customer_id == customer_id, Case.closed_at.is_(None)
    )
    return await _first(session, workspace_id, theirs, limit)


async def closed_on(session: AsyncSession, workspace_id: str, case_id: int) -> date | None:
    """None: it is open, or there is none."""
    return await session.scalar(select(Case.closed_on).where(Case.workspace_id == workspace_id, Case.id == case_id))


async def closed_by_since(
    session: AsyncSession, workspace_id: str, customer_id: int, *, by: str, since: datetime, limit: int
) -> Sequence[Row[Case, str, str]]:
    """Of one customer, the last first."""
    theirs = (Case.workspace_id == workspace_id, Case.customer_id == customer_id, Customer.workspace_id == workspace_id)
    rows = (
        select(Case, Customer.name, Customer.contact_id)
        .join(Customer, Customer.id == Case.customer_id)
        .where(*theirs, Case.closed_by == by, Case.closed_at >= since)
        .order_by(Case.closed_at.desc(), Case.id)
    )
    return (await session.execute(rows.limit(limit))).all()


async def customers_with_one(session: AsyncSession, workspace_id: str, customer_ids: Collection[int]) -> Sequence[int]:
    """Those of these customers of whom one is open."""
    those = select(Case.customer_id).where(
        Case.workspace_id == workspace_id, Case.customer_id.in_(customer_ids), Case.closed_at.is_(None)
    )
    return (await session.scalars(those.distinct())).all()


async def open_of_colleague(
    session: AsyncSession, workspace_id: str, colleague_id: str, teams: Collection[str], limit: int
) -> tuple[Sequence[Row[Case, str, str]], int]:
    """Those of customers whose contact they are, and those that they handle of customers of their teams."""
    is_open = (Case.workspace_id == workspace_id, Case.closed_at.is_(None))
    of_their_customers = (
        select(Case.id, Case.opened_at)
        .join(Customer, Customer.id == Case.customer_id)
        .where(*is_open, Customer.workspace_id == workspace_id, Customer.contact_id == colleague_id)
    )
    handled = (
        select(Case.id, Case.opened_at)
        .join(Customer, Customer.id == Case.customer_id)
        .where(*is_open, Case.handled_by == colleague_id, Customer.channel_id.in_(teams))
    )
    # Each of the two has an index of its own; “or” between them would have none.
    return await _first(session, workspace_id, of_their_customers.union(handled), limit)


async def _first(
    session: AsyncSession,
    workspace_id: str,
    which: Select[int, datetime] | CompoundSelect[int, datetime],
    limit: int,
) -> tuple[Sequence[Row[Case, str, str]], int]:
    """The longest open first, and how many there are in all. `which`: ids, and since when."""
    those = which.subquery()
    in_order = select(those.c.id, func.count().over()).order_by(those.c.opened_at, those.c.id).limit(limit)
    first = (await session.execute(in_order)).all()
    if not first:
        return [], 0
    rows = (
        select(Case, Customer.name, Customer.contact_id)
        .join(Customer, Customer.id == Case.customer_id)
        .where(Case.workspace_id == workspace_id, Customer.workspace_id == workspace_id)
        .where(Case.id.in_([case_id for case_id, _in_all in first]))
        .order_by(Case.opened_at, Case.id)
    )
    return (await session.execute(rows)).all(), first[0][1]
