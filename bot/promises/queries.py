"""Named reads of promises, with the name and the contact of the customer where somebody is to see it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CompoundSelect, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.tables import Customer
from bot.promises.rules import Due, PromiseSeen, State
from bot.promises.tables import Promise


async def customer_of(session: AsyncSession, workspace_id: str, promise_id: int) -> int | None:
    """The customer to whom it was made."""
    theirs = (Promise.workspace_id == workspace_id, Promise.id == promise_id)
    return await session.scalar(select(Promise.customer_id).where(*theirs))


async def promise(
    session: AsyncSession, workspace_id: str, promise_id: int, *, lock: bool = False
) -> Row[Promise, str, str] | None:
    theirs = _with_name().where(Promise.workspace_id == workspace_id, Promise.id == promise_id)
    return (await session.execute(theirs.with_for_update(of=Promise) if lock else theirs)).one_or_none()


async def made_by(session: AsyncSession, workspace_id: str, event_key: str) -> Row[Promise, str, str] | None:
    """The one that this command or form made already."""
    theirs = _with_name().where(Promise.workspace_id == workspace_id, Promise.event_key == event_key)
    return (await session.execute(theirs)).one_or_none()


async def open_of_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, limit: int
) -> tuple[Sequence[Row[Promise, str, str]], int]:
    theirs = (Promise.workspace_id == workspace_id, Promise.customer_id == customer_id, Promise.state == State.OPEN)
    return await _first(session, workspace_id, select(Promise.id, Promise.due_at).where(*theirs), limit)


async def open_of_colleague(
    session: AsyncSession, workspace_id: str, colleague_id: str, teams: Collection[str], limit: int
) -> tuple[Sequence[Row[Promise, str, str]], int]:
    """Those to customers whose contact they are, and those that they made to customers of their teams."""
    with_customer = select(Promise.id, Promise.due_at).join(Customer, Customer.id == Promise.customer_id)
    are_open = (Promise.workspace_id == workspace_id, Promise.state == State.OPEN)
    to_their_customers = with_customer.where(
        *are_open, Customer.workspace_id == workspace_id, Customer.contact_id == colleague_id
    )
    made = with_customer.where(*are_open, Promise.made_by == colleague_id, Customer.channel_id.in_(teams))
    # Each of the two has an index of its own; “or” between them would read all that was ever promised.
    return await _first(session, workspace_id, to_their_customers.union(made), limit)


async def _first(
    session: AsyncSession,
    workspace_id: str,
    which: Select[int, datetime] | CompoundSelect[int, datetime],
    limit: int,
) -> tuple[Sequence[Row[Promise, str, str]], int]:
    """The first due first, and how many there are in all. `which`: ids, and by when."""
    those = which.subquery()
    in_order = select(those.c.id, func.count().over()).order_by(those.c.due_at, those.c.id).limit(limit)
    first = (await session.execute(in_order)).all()
    if not first:
        return [], 0
    theirs = (Promise.workspace_id == workspace_id, Promise.id.in_([promise_id for promise_id, _in_all in first]))
    rows = (await session.execute(_with_name().where(*theirs).order_by(Promise.due_at, Promise.id))).all()
    return rows, first[0][1]


async def due(
    session: AsyncSession, now: datetime, limit: int
) -> Sequence[Row[int, str, int, str, str, datetime, str, str | None]]:
    """Of whose promises somebody is to hear now, of all workspaces: id, workspace, customer, who made it, what is ahead
    and by when, and the customer's contact and team. What was written is not read, so that nothing keeps it from being
    found.
    """
    columns = (Promise.id, Promise.workspace_id, Promise.customer_id, Promise.made_by, Promise.ahead, Promise.due_at)
    there_are = (
        select(*columns, Customer.contact_id, Customer.channel_id)
        .join(Customer, Customer.id == Promise.customer_id)
        .where(Promise.tell_at <= now, Customer.workspace_id == Promise.workspace_id)
        .order_by(Promise.tell_at, Promise.id)
        .limit(limit)
    )
    return (await session.execute(there_are)).all()


def _with_name() -> Select[Promise, str, str]:
    theirs = (Customer.id == Promise.customer_id) & (Customer.workspace_id == Promise.workspace_id)
    return select(Promise, Customer.name, Customer.contact_id).join(Customer, theirs)


def seen_of(promise: Promise, customer: str, contact_id: str) -> PromiseSeen:
    """One of these rows."""
    return PromiseSeen(
        id=promise.id,
        customer_id=promise.customer_id,
        customer=customer,
        what=promise.what,
        made_by=promise.made_by,
        contact_id=contact_id,
        due=Due(promise.due_on, promise.due_hour),
        due_at=promise.due_at,
        state=State(promise.state),
        times_moved=promise.times_moved,
        ended_at=promise.ended_at,
        case_id=promise.case_id,
    )
