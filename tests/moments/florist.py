"""A shop that knows what goes on in the lives of its customers, in a database of its own."""

from datetime import date
from typing import Any

from bot.cases.service import Cases
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.moments import calendar
from bot.moments.rules import Coming, MomentNow
from bot.moments.service import Moments, OnCard
from tests.customers.shop import NOOR, Shop
from tests.teams.plans import T1


class Florist(Shop):
    """Noor and Daan serve the customers of team-utrecht; Iris is in no team."""

    def __init__(self, database: Database, clock: HeldClock) -> None:
        super().__init__(database, clock)
        self.cases = Cases(database, clock, self.customers, self.house.outbox)
        self.moments = Moments(database, clock, self.customers, self.cases, calendar.load())

    @property
    def today(self) -> date:
        return self.clock.now().date()

    async def note(self, customer_id: int, moment_id: str, day: date, *, by: str = NOOR, **said: Any) -> None:
        await self.moments.note(T1, customer_id, moment_id, day, by=by, **said)

    async def on_card(self, customer_id: int, by: str = NOOR) -> OnCard:
        async with self.database.reading() as session:
            card = await self.customers.seen_by(session, T1, customer_id, by)
            return await self.moments.on_card(session, T1, card, self.today)

    async def now(self, customer_id: int) -> list[MomentNow]:
        async with self.database.reading() as session:
            card = await self.customers.seen_by(session, T1, customer_id, NOOR)
            return list(await self.moments.now(session, T1, card, self.today))

    async def coming(self, colleague_id: str = NOOR) -> list[Coming]:
        async with self.database.reading() as session:
            return list(await self.moments.coming(session, T1, colleague_id, self.today))
