"""A team and the customers whom it serves, in a database of their own."""

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from bot.customers.many import ManyCustomers
from bot.customers.rules import ComingDay, Details, Silence
from bot.customers.service import Customers
from bot.customers.tables import CustomerWord
from bot.kit.audit import Entry
from bot.kit.blind_index import BlindIndex
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import new_key
from bot.people.roles import Role
from bot.trade import Wish
from tests.teams.plans import C1, FEMKE, T1, House

NOOR, DAAN, IRIS = "UNOOR", "UDAAN", "UIRIS"
KEY = new_key()
T = TypeVar("T")


def a_customer(name: str = "Mevr. A. Jansen", **other: Any) -> Details:
    return Details(**{"name": name, "contact_id": NOOR, "channel_id": C1, **other})


class Shop:
    def __init__(self, database: Database, clock: HeldClock, key: str = KEY) -> None:
        self.database = database
        self.clock = clock
        self.house = House(database, clock)
        index = BlindIndex([key])
        self.customers = Customers(database, clock, self.house.teams, index)
        self.many = ManyCustomers(database, clock, index)

    async def open(self) -> None:
        await self.house.give(FEMKE, Role.LEAD)
        await self.house.set_up()
        await self.house.join(C1, NOOR, DAAN)

    async def add(self, name: str = "Mevr. A. Jansen", *, by: str = NOOR, **other: Any) -> int:
        return await self.customers.add(T1, a_customer(name, **other), by=by)

    async def found(self, typed: str, by: str = NOOR, **how: Any) -> list[str]:
        return [one.name for one in await self.customers.find(T1, typed, by=by, **how)]

    async def birthdays(
        self, first_day: date, days: int, workspace_id: str = T1, contact: str = NOOR
    ) -> Sequence[ComingDay]:
        async with self.database.reading() as session:
            return await self.customers.whose_birthday(session, workspace_id, first_day, days, contact=contact)

    async def anniversaries(self, first_day: date, days: int) -> Sequence[ComingDay]:
        async with self.database.reading() as session:
            return await self.customers.whose_anniversary(session, T1, first_day, days, contact=NOOR)

    async def silent(self, since: date, workspace_id: str = T1, limit: int = 100) -> Sequence[Silence]:
        """Noor's, who have been silent since before that day, whatever they want."""
        before = dict.fromkeys(Wish, since)
        async with self.database.reading() as session:
            return await self.customers.not_heard_from(session, workspace_id, before, contact=NOOR, limit=limit)

    async def words(self) -> int:
        async with self.database.reading() as session:
            return len((await session.execute(select(CustomerWord.key))).all())

    async def written_down(self) -> list[tuple[str, str | None, str | None]]:
        async with self.database.reading() as session:
            entries = await session.scalars(select(Entry).where(Entry.what.like("customer%")).order_by(Entry.id))
            return [(entry.what, entry.by, entry.about) for entry in entries]


async def all_of(chunks: AsyncGenerator[T]) -> list[T]:
    return [chunk async for chunk in chunks]
