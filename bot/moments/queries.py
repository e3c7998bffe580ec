"""Named reads of moments that were noted, and of what was put right; with names where their contact is to see them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.cases.tables import Case
from bot.customers.tables import Customer
from bot.moments.tables import NotedMoment


async def of_customer(session: AsyncSession, workspace_id: str, customer_id: int) -> Sequence[NotedMoment]:
    theirs = select(NotedMoment).where(NotedMoment.workspace_id == workspace_id, NotedMoment.customer_id == customer_id)
    return (await session.scalars(theirs.order_by(NotedMoment.falls_on, NotedMoment.id))).all()


async def noted_of(
    session: AsyncSession,
    workspace_id: str,
    moment_id: str,
    whose: Collection[int] | str,
    *,
    after: date,
    limit: int,
) -> Sequence[Row[NotedMoment, str, int]]:
    """One moment with a day after that one, the newest first, with the customer's name, and how many there are in all.
    `whose`: those customers, or those of one contact.
    """
    is_theirs = Customer.contact_id == whose if isinstance(whose, str) else Customer.id.in_(whose)
    theirs = (
        select(NotedMoment, Customer.name, func.count().over())
        .join(Customer, Customer.id == NotedMoment.customer_id)
        .where(
            NotedMoment.workspace_id == workspace_id,
            NotedMoment.moment_id == moment_id,
            NotedMoment.falls_on > after,
            Customer.workspace_id == workspace_id,
            is_theirs,
        )
        .order_by(NotedMoment.falls_on.desc(), NotedMoment.id)
        .limit(limit)
    )
    return (await session.execute(theirs)).all()


async def noted(session: AsyncSession, workspace_id: str, noted_id: int) -> NotedMoment | None:
    return await session.scalar(
        select(NotedMoment).where(NotedMoment.workspace_id == workspace_id, NotedMoment.id == noted_id)
    )


async def noted_between(
    session: AsyncSession, workspace_id: str, contact_id: str, noted_in: Mapping[str, tuple[date, date]]
) -> Sequence[Row[int, str, str, date, str | None]]:
    """Customer, name, moment, day and what it is about, of one colleague's customers. `noted_in`: for each moment the
    first and last day that was noted.
    """
    is_near = or_(
        *(
            and_(NotedMoment.moment_id == moment_id, NotedMoment.falls_on.between(first, last))
            for moment_id, (first, last) in noted_in.items()
        )
    )
    theirs = (
        select(Customer.id, Customer.name, NotedMoment.moment_id, NotedMoment.falls_on, NotedMoment.about)
        .join(Customer, Customer.id == NotedMoment.customer_id)
        .where(
            NotedMoment.workspace_id == workspace_id,
            is_near,
            Customer.workspace_id == workspace_id,
            Customer.contact_id == contact_id,
        )
    )
    return (await session.execute(theirs)).all()


async def put_right_between(
    session: AsyncSession, workspace_id: str, contact_id: str, first: date, last: date
) -> Sequence[Row[int, str, date | None]]:
    """Customer, name and the last day on which they said so, of one colleague's customers with nothing open."""
    other = aliased(Case)
    is_open = exists().where(
        other.workspace_id == workspace_id, other.customer_id == Case.customer_id, other.closed_on.is_(None)
    )
    theirs = (
        select(Customer.id, Customer.name, func.max(Case.closed_on))
        .join(Customer, Customer.id == Case.customer_id)
        .where(
            Case.workspace_id == workspace_id,
            Case.closed_on >= first,
            ~is_open,
            Customer.workspace_id == workspace_id,
            Customer.contact_id == contact_id,
        )
        .group_by(Customer.id)
        .having(func.max(Case.closed_on) <= last)  # one that was closed later is the one that counts
    )
    return (await session.execute(theirs)).all()
