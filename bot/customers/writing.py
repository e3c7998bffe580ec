"""How cards and the beginnings of their names are written, many at once: all of it part of a caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import records
from bot.customers.records import Keys
from bot.customers.rules import Details
from bot.customers.tables import Customer, CustomerWord
from bot.kit.database import insert_into


class ReferenceTaken(Exception):
    """Another customer of the workspace has this reference."""


async def new(session: AsyncSession, keys: Keys, cards: Sequence[Details], *, by: str, now: datetime) -> list[int]:
    """Their ids, in the order of the cards. Raises ReferenceTaken."""
    if not cards:
        return []
    ids = await _new_ids(session, len(cards))
    once = {"workspace_id": keys.workspace_id, "version": 1, "created_by": by, "created_at": now}
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
    rows = [
        {"workspace_id": keys.workspace_id, "key": key, "customer_id": customer_id}
        for customer_id, name in names.items()
        for key in keys.of_name(name)
    ]
    if not rows:
        return
    rows.sort(key=lambda row: row["key"])  # neighbours in the index are written together
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(_KEEP_IN_POSTGRESQL, {name: [row[name] for row in rows] for name in rows[0]})
    else:
        await session.execute(insert_into(session, CustomerWord.__table__).on_conflict_do_nothing(), rows)


_KEEP_IN_POSTGRESQL = text(
    "insert into customer_words (workspace_id, key, customer_id)"
    " select * from unnest(cast(:workspace_id as text[]), cast(:key as text[]), cast(:customer_id as integer[]))"
    " on conflict do nothing"
)
"""One statement for all, as three lists: its driver else sends each row by itself, which takes four times as long."""


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
