"""How cards and the beginnings of their names are written, many at once: all of it part of a caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import queries, records
from bot.customers.names import beginnings
from bot.customers.records import Keys
from bot.customers.rules import Details
from bot.customers.tables import Customer, CustomerWord


class ReferenceTaken(Exception):
    """Another customer of the workspace has this reference."""


async def new(
    session: AsyncSession,
    keys: Keys,
    cards: Sequence[Details],
    *,
    by: str,
    now: datetime,
    event_key: str | None = None,
) -> list[int]:
    """Their ids, in the order of the cards. `event_key`: of a form, which makes one. Raises ReferenceTaken."""
    if not cards:
        return []
    ids = await _new_ids(session, len(cards))
    once = {
        "workspace_id": keys.workspace_id,
        "version": 1,
        "event_key": event_key,
        "created_by": by,
        "created_at": now,
    }
    rows = [
        {"id": new_id, **once, **records.values(card, keys, made_on=now.date(), by=by, now=now)}
        for new_id, card in zip(ids, cards, strict=True)
    ]
    try:
        await session.execute(insert(Customer.__table__), rows)  # pyright: ignore[reportArgumentType]
    except IntegrityError:
        raise ReferenceTaken from None
    await names(session, keys, {new_id: card.name for new_id, card in zip(ids, cards, strict=True)})
    return ids


async def _new_ids(session: AsyncSession, n: int) -> list[int]:
    """Taken beforehand: to be told the ids of many rows takes longer than to write them."""
    if session.get_bind().dialect.name == "postgresql":
        taken = "select nextval(pg_get_serial_sequence('customers', 'id')) from generate_series(1, :n)"
        return list(await session.scalars(text(taken), {"n": n}))
    # On SQLite nobody else writes meanwhile; it never goes back in this count, whoever was erased.
    last = await session.scalar(text("select seq from sqlite_sequence where name = 'customers'")) or 0
    return list(range(last + 1, last + 1 + n))


async def changed(
    session: AsyncSession, keys: Keys, changes: Iterable[tuple[Customer, Details]], *, by: str, now: datetime
) -> None:
    """Of customers that the transaction holds. Raises ReferenceTaken."""
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for customer, details in changes:
        if customer.name != details.name:
            before[customer.id], after[customer.id] = customer.name, details.name
        made_on = customer.created_at.date()
        for column, value in records.values(details, keys, made_on=made_on, by=by, now=now).items():
            if getattr(customer, column) != value:
                setattr(customer, column, value)
        customer.version += 1
    try:
        await session.flush()
    except IntegrityError:
        raise ReferenceTaken from None
    await forget_names(session, keys, before)
    await names(session, keys, after)


async def names(session: AsyncSession, keys: Keys, names: Mapping[int, str]) -> None:
    """By these names the customers are found from now on."""
    begin = {customer_id: beginnings(name) for customer_id, name in names.items()}
    blind = {beginning: keys.of_word(beginning) for beginning in set[str]().union(*begin.values())}
    # Neighbours in the index are written together.
    rows = sorted((blind[beginning], customer_id) for customer_id, some in begin.items() for beginning in some)
    if not rows:
        return
    if session.get_bind().dialect.name == "postgresql":
        found_by, ids = zip(*rows, strict=True)
        lists = {"workspace_id": keys.workspace_id, "keys": list(found_by), "ids": list(ids)}
        await session.execute(_KEEP_IN_POSTGRESQL, lists)
    else:
        as_they_are = [(keys.workspace_id, *row) for row in rows]
        await (await session.connection()).exec_driver_sql(_KEEP_IN_SQLITE, as_they_are)


_KEEP_IN_POSTGRESQL = text(
    "insert into customer_words (workspace_id, key, customer_id)"
    " select :workspace_id, * from unnest(cast(:keys as text[]), cast(:ids as integer[]))"
    " on conflict do nothing"
)
"""One statement for all, as two lists: its driver else sends each row by itself, which takes four times as long."""

_KEEP_IN_SQLITE = "insert or ignore into customer_words (workspace_id, key, customer_id) values (?, ?, ?)"
"""Straight to the driver: there are ten for each customer, and to look at each takes longer than to write it."""


async def forget_names(session: AsyncSession, keys: Keys, names: Mapping[int, str]) -> None:
    """By these names they were found until now."""
    rows = [
        {"of_key": key, "of_customer": customer_id} for customer_id, name in names.items() for key in keys.of_name(name)
    ]
    if not rows:
        return
    words = CustomerWord.__table__.c
    those = delete(CustomerWord.__table__).where(  # pyright: ignore[reportArgumentType]
        words.workspace_id == keys.workspace_id,
        words.key == bindparam("of_key"),
        words.customer_id == bindparam("of_customer"),
    )
    await session.execute(those, rows)


async def index_anew(session: AsyncSession, keys: Keys, customers: Sequence[Customer]) -> int:
    """Of customers that the transaction holds, in the order of their ids, whose blind keys were made with a key that
    is gone. Those before them have theirs already.

    Until now no reference was known, so a file that was brought in meanwhile made second cards: the first one keeps the
    reference. Tells how many are a second one. Raises ReferenceTaken.
    """
    ids = [customer.id for customer in customers]
    await _forget_whatever_their_names_were(session, keys.workspace_id, ids)
    await names(session, keys, {customer.id: customer.name for customer in customers})
    of_each = {customer.id: keys.of_details(records.details_of(customer)) for customer in customers}
    references = {key for columns in of_each.values() if (key := columns["reference_key"])}
    later = await queries.ids_with_references_from(session, keys.workspace_id, ids[0], references)
    await session.execute(
        update(Customer)
        .where(Customer.workspace_id == keys.workspace_id, Customer.id.in_(later))
        .values(reference_key=None)
    )
    taken, second = await queries.references_there(session, keys.workspace_id, references), 0
    for customer in customers:
        columns = of_each[customer.id]
        reference = columns["reference_key"]
        if reference in taken:
            columns["reference_key"] = None
            second += 1
        elif reference:
            taken.add(reference)
        for column, key in columns.items():
            setattr(customer, column, key)
    try:
        await session.flush()
    except IntegrityError:
        raise ReferenceTaken from None
    return second


async def _forget_whatever_their_names_were(session: AsyncSession, workspace_id: str, ids: Sequence[int]) -> None:
    """Of customers in the order of their ids. The key that their names were found by cannot be made any more."""
    is_near = CustomerWord.customer_id.between(ids[0], ids[-1])  # every word is looked at, so what costs least first
    those = (CustomerWord.workspace_id == workspace_id, is_near, CustomerWord.customer_id.in_(ids))
    await session.execute(delete(CustomerWord).where(*those))


async def forget_names_of_nobody(session: AsyncSession, workspace_id: str) -> None:
    """Of who was erased when the key that their name was found by was gone."""
    is_there = exists().where(Customer.id == CustomerWord.customer_id)
    await session.execute(delete(CustomerWord).where(CustomerWord.workspace_id == workspace_id, ~is_there))
