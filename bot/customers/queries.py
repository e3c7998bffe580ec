"""Named reads of customers."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Row, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.customers.tables import Customer, CustomerWord


async def customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, lock: bool = False
) -> Customer | None:
    theirs = select(Customer).where(Customer.workspace_id == workspace_id, Customer.id == customer_id)
    return await session.scalar(theirs.with_for_update() if lock else theirs)


async def with_ids(session: AsyncSession, workspace_id: str, ids: Collection[int]) -> Sequence[Customer]:
    """Locked, in order, so that two that change the same never wait for each other."""
    those = select(Customer).where(Customer.workspace_id == workspace_id, Customer.id.in_(ids))
    return (await session.scalars(those.order_by(Customer.id).with_for_update())).all()


async def names(session: AsyncSession, workspace_id: str, ids: Collection[int]) -> dict[int, str]:
    those = select(Customer.id, Customer.name).where(Customer.workspace_id == workspace_id, Customer.id.in_(ids))
    return dict((await session.execute(those)).tuples().all())


async def with_references(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> Sequence[Customer]:
    those = select(Customer).where(Customer.workspace_id == workspace_id, Customer.reference_key.in_(keys))
    return (await session.scalars(those)).all()


async def references_there(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> set[str]:
    """Those of these blind keys that some card has."""
    those = select(Customer.reference_key).where(
        Customer.workspace_id == workspace_id, Customer.reference_key.in_(keys)
    )
    return {key for key in await session.scalars(those) if key}


async def after(session: AsyncSession, workspace_id: str, customer_id: int, limit: int) -> Sequence[Customer]:
    """The next ones by id, locked."""
    following = select(Customer).where(Customer.workspace_id == workspace_id, Customer.id > customer_id)
    return (await session.scalars(following.order_by(Customer.id).limit(limit).with_for_update())).all()


async def named(
    session: AsyncSession, workspace_id: str, keys: Sequence[str], seen: ColumnElement[bool], limit: int
) -> Sequence[Row[int, str, str | None]]:
    """Id, name and reference of those whose name has all these beginnings, and who may be seen.

    It goes from the beginning that comes first, of which fewest names should be, past each name that has it, and stops
    at `limit`: in the order of the index, so that nothing has to be sorted.
    """
    first, *others = keys
    found = (
        select(Customer.id, Customer.name, Customer.reference)
        .select_from(CustomerWord)
        .join(Customer, Customer.id == CustomerWord.customer_id)
        .where(CustomerWord.workspace_id == workspace_id, CustomerWord.key == first)
        .where(Customer.workspace_id == workspace_id, seen)
    )
    for key in others:
        other = aliased(CustomerWord)
        also = (other.workspace_id == workspace_id, other.key == key, other.customer_id == CustomerWord.customer_id)
        found = found.where(exists().where(*also))
    return (await session.execute(found.order_by(CustomerWord.customer_id).limit(limit))).all()


async def on_days(
    session: AsyncSession,
    workspace_id: str,
    of: InstrumentedAttribute[str | None],
    keys: Collection[str],
    contact_id: str | None,
) -> Sequence[Row[int, str, str, str | None, str | None, str | None]]:
    """Id, name, contact, team, blind day and since when a customer, where the day in the column `of` is one of these.

    Of the customers of one colleague, or of all.
    """
    theirs = select(
        Customer.id, Customer.name, Customer.contact_id, Customer.channel_id, of, Customer.customer_since
    ).where(Customer.workspace_id == workspace_id, of.in_(keys), *_of_contact(contact_id))
    return (await session.execute(theirs.order_by(Customer.id))).all()


async def silent(
    session: AsyncSession, workspace_id: str, since: date, contact_id: str | None, limit: int
) -> Sequence[Row[int, str, str, str | None, str, date]]:
    """Id, name, contact, team, wish and since when, of those silent since before that day, the longest first."""
    theirs = select(
        Customer.id,
        Customer.name,
        Customer.contact_id,
        Customer.channel_id,
        Customer.wish,
        Customer.silent_since,
    ).where(Customer.workspace_id == workspace_id, Customer.silent_since < since, *_of_contact(contact_id))
    return (await session.execute(theirs.order_by(Customer.silent_since, Customer.id).limit(limit))).all()


def _of_contact(contact_id: str | None) -> list[ColumnElement[bool]]:
    return [] if contact_id is None else [Customer.contact_id == contact_id]
