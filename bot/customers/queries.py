"""Named reads of customers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.customers.tables import Customer, CustomerWord
from bot.trade import Wish


async def as_the_tables_are_now(session: AsyncSession) -> None:
    """For the rest of the transaction. PostgreSQL else keeps to the way it chose when there was next to nothing, and
    goes through all customers for each thousand that is brought in.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("set local plan_cache_mode = force_custom_plan"))


_NO_HELPERS = "set_config('max_parallel_workers_per_gather', '0', true)"


async def by_the_index(session: AsyncSession) -> None:
    """For the rest of the transaction. PostgreSQL takes it that there are names with each of hundreds of beginnings,
    of which hardly one is there, and goes through all words or customers instead, with several processes.
    """
    if session.get_bind().dialect.name == "postgresql":
        ways = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
        off = [*(f"set_config('{way}', 'off', true)" for way in ways), _NO_HELPERS]
        await session.execute(text(f"select {', '.join(off)}"))


async def count(session: AsyncSession) -> None:
    """A third of a second, however many there are; nobody has to wait for it."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("analyze customers"))


async def customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, lock: bool = False
) -> Customer | None:
    theirs = select(Customer).where(Customer.workspace_id == workspace_id, Customer.id == customer_id)
    return await session.scalar(theirs.with_for_update() if lock else theirs)


async def made_by(session: AsyncSession, workspace_id: str, event_key: str) -> int | None:
    """The customer whose card this form has made already."""
    theirs = (Customer.workspace_id == workspace_id, Customer.event_key == event_key)
    return await session.scalar(select(Customer.id).where(*theirs))


class Named(NamedTuple):
    """Of a customer who was looked for."""

    id: int
    name: str
    reference: str | None
    contact_id: str


_NAMED = (Customer.id, Customer.name, Customer.reference, Customer.contact_id)


async def of_contact(session: AsyncSession, workspace_id: str, contact_id: str, limit: int) -> Sequence[Named]:
    """A colleague's own customers, the one that was changed last first."""
    own = select(*_NAMED).where(Customer.workspace_id == workspace_id, Customer.contact_id == contact_id)
    rows = await session.execute(own.order_by(Customer.changed_at.desc(), Customer.id.desc()).limit(limit))
    return [Named(*row) for row in rows]


async def has_unseen(session: AsyncSession, workspace_id: str, by: str, teams: Collection[str]) -> bool:
    """Whether there is a customer of whom this colleague is not the contact, and whom none of these teams serves."""
    of_others = or_(Customer.channel_id.is_(None), Customer.channel_id.not_in(teams))
    unseen = select(Customer.id).where(Customer.workspace_id == workspace_id, Customer.contact_id != by, of_others)
    return (await session.scalar(unseen.limit(1))) is not None


async def with_ids(session: AsyncSession, workspace_id: str, ids: Collection[int]) -> Sequence[Customer]:
    """Locked, in order, so that two that change the same never wait for each other."""
    those = select(Customer).where(Customer.workspace_id == workspace_id, Customer.id.in_(ids))
    return (await session.scalars(those.order_by(Customer.id).with_for_update())).all()


async def names(session: AsyncSession, workspace_id: str, ids: Collection[int]) -> dict[int, str]:
    those = select(Customer.id, Customer.name).where(Customer.workspace_id == workspace_id, Customer.id.in_(ids))
    return dict((await session.execute(those)).all())


async def with_references(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> Sequence[Customer]:
    those = select(Customer).where(Customer.workspace_id == workspace_id, Customer.reference_key.in_(keys))
    return (await session.scalars(those)).all()


async def references_there(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> set[str]:
    """Those of these blind keys that some card has."""
    those = select(Customer.reference_key).where(
        Customer.workspace_id == workspace_id, Customer.reference_key.in_(keys)
    )
    return {key for key in await session.scalars(those) if key}


async def ids_with_references_from(
    session: AsyncSession, workspace_id: str, customer_id: int, keys: Collection[str]
) -> Sequence[int]:
    """Of this customer and those after it that have one of these blind keys, locked, in order."""
    those = select(Customer.id).where(Customer.workspace_id == workspace_id, Customer.reference_key.in_(keys))
    return (
        await session.scalars(those.where(Customer.id >= customer_id).order_by(Customer.id).with_for_update())
    ).all()


async def how_many(session: AsyncSession) -> dict[str, int]:
    """Customers in each workspace that has any."""
    in_each = select(Customer.workspace_id, func.count()).group_by(Customer.workspace_id)
    return dict((await session.execute(in_each.order_by(Customer.workspace_id))).all())


async def a_few(session: AsyncSession, workspace_id: str, of_each: int) -> Sequence[tuple[int, str]]:
    """Id and name of some customers: one of each so many, and the first and the last."""
    theirs = Customer.workspace_id == workspace_id
    ends = select(func.min(Customer.id), func.max(Customer.id)).where(theirs)
    [[first, last]] = await session.execute(ends)
    is_one = or_(Customer.id % of_each == 0, Customer.id.in_([first, last]))
    rows = await session.execute(select(Customer.id, Customer.name).where(theirs, is_one))
    return [(customer_id, name) for customer_id, name in rows]


async def found_by(session: AsyncSession, workspace_id: str, key_of: Mapping[int, str]) -> int:
    """How many of these customers have the blind key that is given for each."""
    is_one = tuple_(CustomerWord.customer_id, CustomerWord.key).in_(list(key_of.items()))
    theirs = (CustomerWord.workspace_id == workspace_id, CustomerWord.key.in_(key_of.values()), is_one)
    return await session.scalar(select(func.count()).select_from(CustomerWord).where(*theirs)) or 0


async def after(session: AsyncSession, workspace_id: str, customer_id: int, limit: int) -> Sequence[Customer]:
    """The next ones by id, locked."""
    following = select(Customer).where(Customer.workspace_id == workspace_id, Customer.id > customer_id)
    return (await session.scalars(following.order_by(Customer.id).limit(limit).with_for_update())).all()


async def named(
    session: AsyncSession, workspace_id: str, keys: Sequence[str], seen: ColumnElement[bool], limit: int
) -> Sequence[Named]:
    """Those whose name has all these beginnings, and who may be seen.

    It goes from the beginning that comes first, of which fewest names should be, past each name that has it, and stops
    at `limit`: in the order of the index, so that nothing has to be sorted.
    """
    first, *others = keys
    found = (
        select(*_NAMED)
        .select_from(CustomerWord)
        .join(Customer, Customer.id == CustomerWord.customer_id)
        .where(CustomerWord.workspace_id == workspace_id, CustomerWord.key == first)
        .where(Customer.workspace_id == workspace_id, seen)
    )
    found = found.where(*(_has_also(workspace_id, key) for key in others))
    rows = await session.execute(found.order_by(CustomerWord.customer_id).limit(limit))
    return [Named(*row) for row in rows]


def _has_also(workspace_id: str, key: str) -> ColumnElement[bool]:
    """Of a word: whether the same name has this beginning."""
    other = aliased(CustomerWord)
    also = (other.workspace_id == workspace_id, other.key == key, other.customer_id == CustomerWord.customer_id)
    return exists().where(*also)


async def with_any_beginning(
    session: AsyncSession,
    workspace_id: str,
    keys: Collection[str],
    seen: ColumnElement[bool],
    limit: int,
    *,
    and_all: Sequence[str] = (),
) -> Sequence[Named]:
    """Those whose name has at least one of these beginnings, and who may be seen; who has most of them first.

    `and_all`: beginnings that their name has as well.
    """
    if not keys:
        return []
    best = (
        select(*_NAMED)
        .select_from(CustomerWord)
        .join(Customer, Customer.id == CustomerWord.customer_id)
        .where(CustomerWord.workspace_id == workspace_id, CustomerWord.key.in_(keys))
        .where(Customer.workspace_id == workspace_id, seen)
        .where(*(_has_also(workspace_id, key) for key in and_all))
        .group_by(Customer.id)
        .order_by(func.count().desc(), Customer.id)
        .limit(limit)
    )
    return sorted(Named(*row) for row in await session.execute(best))


async def names_with(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> dict[str, int]:
    """How many names have each of these beginnings, of those that some name has."""
    there = (CustomerWord.workspace_id == workspace_id, CustomerWord.key.in_(keys))
    counted = select(CustomerWord.key, func.count()).where(*there).group_by(CustomerWord.key)
    return dict((await session.execute(counted)).all())


async def on_days(
    session: AsyncSession,
    workspace_id: str,
    of: InstrumentedAttribute[str | None],
    keys: Collection[str],
    contact_id: str,
) -> Sequence[Row[int, str, str | None, str | None]]:
    """Id, name, blind day and since when a customer, of one colleague's, where the day in the column `of` is one of
    these.
    """
    theirs = select(Customer.id, Customer.name, of, Customer.customer_since).where(
        Customer.workspace_id == workspace_id, of.in_(keys), Customer.contact_id == contact_id
    )
    return (await session.execute(theirs.order_by(Customer.id))).all()


async def silent(
    session: AsyncSession, workspace_id: str, since: Mapping[Wish, date], contact_id: str, limit: int
) -> Sequence[Row[int, str, date]]:
    """Id, name and since when, of one colleague's customers who are silent since before the day of their wish, the
    longest first.
    """
    is_silent = or_(*(and_(Customer.wish == wish, Customer.silent_since < day) for wish, day in since.items()))
    theirs = select(Customer.id, Customer.name, Customer.silent_since).where(
        Customer.workspace_id == workspace_id,
        Customer.contact_id == contact_id,
        Customer.silent_since < max(since.values()),
        is_silent,
    )
    return (await session.execute(theirs.order_by(Customer.silent_since, Customer.id).limit(limit))).all()


async def with_wish(
    session: AsyncSession, workspace_id: str, wish: Wish, contact_id: str, limit: int
) -> Sequence[Row[int, str]]:
    """Id and name of one colleague's customers who want this much contact."""
    theirs = select(Customer.id, Customer.name).where(
        Customer.workspace_id == workspace_id, Customer.contact_id == contact_id, Customer.wish == wish
    )
    return (await session.execute(theirs.order_by(Customer.id).limit(limit))).all()
