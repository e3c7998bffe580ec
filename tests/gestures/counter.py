"""A team at the counter: Noor and Daan serve, Femke leads them, and what they do for their customers."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.cases.service import Cases
from bot.gestures import catalogue
from bot.gestures.catalogue import Catalogue
from bot.gestures.course import COUNTS, Decision
from bot.gestures.gesture import Gesture
from bot.gestures.service import Gestures
from bot.gestures.tables import Budget, Given, Reception
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.outbox.tables import Notice, State
from bot.moments import calendar
from bot.moments.service import Moments
from bot.trade import Occasion
from tests.customers.shop import NOOR, Shop
from tests.gestures.facts import a_gesture
from tests.teams.plans import C1, T1

TALK = a_gesture(id="talk", kind="words")
CALL = a_gesture(id="call", kind="help")
CAKE = a_gesture(id="cake", kind="gift", cost=4, level=4)
HAMPER = a_gesture(id="hamper", kind="gift", cost=8, level=4)
ANSWER = a_gesture(id="answer", kind="tip", initiative="asked")
SORRY = a_gesture(id="sorry", level=2, occasions=["put-right"])
MOVING = a_gesture(
    id="moving",
    kind="tip",
    occasions=["moving"],
    needs=["thing"],
    **{each: {**a_gesture().model_dump()[each], "words": "{customer}, about {thing}. {me}"} for each in ("nl", "en")},
)
GESTURES = (TALK, CALL, CAKE, HAMPER, ANSWER, SORRY, MOVING)

_clicks = count()


class Counter(Shop):
    def __init__(
        self, database: Database, clock: HeldClock, gestures: tuple[Gesture, ...] | None = GESTURES, **other: Any
    ) -> None:
        super().__init__(database, clock, **other)
        house = self.house
        self.cases = Cases(database, clock, self.customers, house.outbox)
        self.moments = Moments(database, clock, self.customers, self.cases, calendar.load())
        self.gestures = Gestures(
            database,
            clock,
            customers=self.customers,
            moments=self.moments,
            cases=self.cases,
            teams=house.teams,
            people=house.people,
            roles=house.roles,
            working_times=house.working_times,
            outbox=house.outbox,
            catalogue=catalogue.load() if gestures is None else Catalogue({each.id: each for each in gestures}),
        )

    @property
    def today(self) -> date:
        """In Utrecht, in winter."""
        return (self.clock.now() + timedelta(hours=1)).date()

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def days_pass(self, days: int = 1) -> None:
        self.clock.move(timedelta(days=days))

    async def add(self, name: str = "Mevr. A. Jansen", **other: Any) -> int:
        """A customer who agreed to be surprised."""
        return await super().add(name, **{"has_consented": True, "consent_on": self.today, **other})

    async def change(self, customer_id: int, by: str = NOOR, **changes: Any) -> None:
        card = await self.customers.card(T1, customer_id, by=by)
        details = type(card.details)(**{**vars(card.details), **changes})
        await self.customers.change(T1, customer_id, details, by=by, seen_version=card.version)

    async def goes_wrong(self, customer_id: int) -> int:
        return await self.cases.open(T1, customer_id, "The parcel never came", by=NOOR)

    async def breaks_a_promise(self, customer_id: int) -> int:
        async with self.database.writing() as session:
            promise_id = next(_clicks)
            return await self.cases.open_for_promise(session, T1, customer_id, promise_id, "The quote", by=NOOR)

    async def put_right(self, case_id: int) -> None:
        await self.cases.close(T1, case_id, by=NOOR, on=self.today)

    async def give(self, customer_id: int, gesture: Gesture = TALK, **how: Any) -> Decision:
        return await self.gestures.give(T1, customer_id, gesture.id, **self._said(how))

    async def ask(self, customer_id: int, gesture: Gesture = HAMPER, **how: Any) -> Decision:
        return await self.gestures.ask_lead(T1, customer_id, gesture.id, **self._said(how))

    def _said(self, how: dict[str, Any]) -> dict[str, Any]:
        usual = {"by": NOOR, "occasion": Occasion.EVERYDAY, "words": "Hello", "event_key": f"click {next(_clicks)}"}
        return {**usual, **how}

    async def given(self, customer_id: int, gesture: Gesture = TALK, **how: Any) -> int:
        """Its line in the diary."""
        decision = await self.give(customer_id, gesture, **how)
        assert decision.line is not None, decision.verdict
        return decision.line.id

    async def suggested(self, customer_id: int, **how: Any) -> list[str]:
        found = await self.gestures.suggest(T1, customer_id, **{"by": NOOR, **how})
        return sorted(one.gesture.id for one in found.suggestions)

    async def line(self, given_id: int) -> Given:
        async with self.database.reading() as session:
            return await session.get_one(Given, given_id)

    async def lines(self) -> list[Given]:
        """All that takes space and money."""
        async with self.database.reading() as session:
            found = select(Given).where(Given.state.in_(COUNTS)).order_by(Given.on_day, Given.id)
            return list(await session.scalars(found))

    async def spent(self, whose: str = C1, month: date | None = None) -> Decimal:
        async with self.database.reading() as session:
            of_month = (month or self.today).replace(day=1)
            return await session.scalar(select(Budget.spent).filter_by(whose=whose, month=of_month)) or Decimal(0)

    async def received(self, gesture: Gesture = TALK) -> tuple[int, int, int]:
        """Well, answered, and set aside."""
        async with self.database.reading() as session:
            figures = await session.get(Reception, (T1, gesture.id))
        return (figures.well, figures.answered, figures.set_aside) if figures else (0, 0, 0)

    async def notices(self, kind: str) -> list[Notice]:
        """Without what another notice took the place of before it was sent."""
        of_kind = select(Notice).where(Notice.kind == kind, Notice.state != State.EXPIRED).order_by(Notice.id)
        async with self.database.reading() as session:
            return list(await session.scalars(of_kind))
