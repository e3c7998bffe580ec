"""A shop with a customer, and what was promised to her."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.rules import CaseSeen, Standing
from bot.cases.service import Cases
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.outbox.kinds import Kinds
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.tables import Notice
from bot.kit.outbox.tables import State as NoticeState
from bot.kit.working_time.rules import Kind
from bot.promises import notices
from bot.promises.rules import Due, Noted, PromiseSeen
from bot.promises.service import Promises
from bot.promises.tables import Promise
from bot.promises.views import Elsewhere
from tests.customers.shop import DAAN, NOOR, Shop
from tests.teams.plans import T1

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = MONDAY.date()
ELSEWHERE = Elsewhere(show_case="cases.show", read_play="coaching.read_play")
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


class Ledger:
    def __init__(self, shop: Shop, jansen: int) -> None:
        self.shop = shop
        self.jansen = jansen
        self.clock = shop.clock
        self.cases = Cases(shop.database, shop.clock, shop.customers, shop.house.outbox)
        self.promises = Promises(
            shop.database,
            shop.clock,
            customers=shop.customers,
            cases=self.cases,
            people=shop.house.people,
            working_times=shop.house.working_times,
            outbox=shop.house.outbox,
        )
        self._made = 0

    @classmethod
    async def open(cls, database: Database, clock: HeldClock) -> "Ledger":
        shop = Shop(database, clock)
        await shop.open()
        async with database.writing() as session:
            for person in (NOOR, DAAN):
                await shop.house.working_times.moves(session, T1, person, "UTC")
                await shop.house.working_times.choose_hours(
                    session, T1, person, days=range(5), begins=time(9), ends=time(17)
                )
        return cls(shop, await shop.add())

    async def noted(
        self, on: date = FRIDAY, at: time | None = None, *, what: str = "The quote", by: str = NOOR, key: str = ""
    ) -> Noted:
        self._made += 1
        return await self.promises.make(
            T1, self.jansen, what, Due(on, at), by=by, event_key=key or f"V{self._made}", insists=True
        )

    async def made(self, on: date = FRIDAY, at: time | None = None, **other: str) -> PromiseSeen:
        return (await self.noted(on, at, **other)).promise

    async def now(self, promise: PromiseSeen, by: str = NOOR) -> PromiseSeen:
        return await self.promises.promise(T1, promise.id, by=by)

    async def tell_at(self, day: date, hour: int, minute: int = 0) -> list[str]:
        """What is told by then, with the clock going from minute to minute's job; the kinds of all notices so far."""
        await self.later(datetime.combine(day, time(hour, minute), UTC))
        return await self.told()

    async def later(self, moment: datetime) -> None:
        self.clock.move(moment - self.clock.now())
        await self.promises.tell_due()
        await self.deliver()

    async def on_leave(self, first_day: date, last_day: date, person: str = NOOR, kind: Kind = Kind.LEAVE) -> None:
        async with self.shop.database.writing() as session:
            await self.shop.house.working_times.absent(
                session, T1, person, kind, first_day=first_day, last_day=last_day
            )

    async def deliver(self) -> None:
        """What may be told now has reached who is to hear it."""
        outbox, kinds = self.shop.house.outbox, Kinds(notices.kinds(self.promises, self.clock, ELSEWHERE))
        while claimed := (await outbox.claim(100, Pace(), 0)).notices:
            for notice in claimed:
                await outbox.sent(notice, "D1", "1.0", partial(self._was_sent, kinds, notice))

    async def _was_sent(self, kinds: Kinds, notice: Notice, session: AsyncSession) -> None:
        if notice.kind.startswith("promises.") and (sent := kinds[notice.kind].sent):
            told = kinds[notice.kind].data.model_validate_json(notice.data)
            await sent(session, notice.workspace_id, told, "D1", "1.0")

    async def hours_until(self, moment: datetime) -> None:
        """The job runs at the hours of a day at which something can be due."""
        while (now := self.clock.now()) < moment:
            later = now + timedelta(hours=1)
            while later.hour not in (0, 9, 10, 12, 15, 16, 17):
                later += timedelta(hours=1)
            await self.later(min(moment, later.replace(minute=0)))

    async def told(self) -> list[str]:
        return [kind for kind, _whom in await self.notices()]

    async def waiting(self) -> str:
        """The data of what is to be told yet, or could not be."""
        async with self.shop.database.reading() as session:
            return " ".join(await session.scalars(select(Notice.data).where(Notice.state != NoticeState.SENT)))

    async def notices(self) -> Sequence[tuple[str, str]]:
        of_promises = select(Notice.kind, Notice.whom).where(Notice.kind.like("promises.%")).order_by(Notice.id)
        async with self.shop.database.reading() as session:
            return [(kind, whom) for kind, whom in await session.execute(of_promises)]

    async def standing(self) -> Standing:
        async with self.shop.database.reading() as session:
            return await self.cases.standing(session, T1, self.jansen)

    async def open_cases(self) -> Sequence[CaseSeen]:
        async with self.shop.database.reading() as session:
            return (await self.cases.of_customer(session, T1, self.jansen, limit=1000)).shown

    async def of_colleague(self, colleague: str = NOOR, workspace_id: str = T1) -> Sequence[PromiseSeen]:
        async with self.shop.database.reading() as session:
            return (await self.promises.of_colleague(session, workspace_id, colleague)).shown

    async def all(self) -> Sequence[Promise]:
        async with self.shop.database.reading() as session:
            return (await session.scalars(select(Promise))).all()
