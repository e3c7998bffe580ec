"""Whatever colleagues, leads, customers and the calendar do, in whichever order, on the real service and a database:
no budget is overspent, no customer has too much, and nobody is surprised on top of something that went wrong.

What is promised is worked out here from the lines in the diary, without the rules.
"""

import asyncio
import shutil
import tempfile
from collections import Counter as Tally
from collections.abc import Awaitable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.gestures.course import COUNTS, UNDER_WAY, State
from bot.gestures.gesture import Gesture
from bot.gestures.limits import OwnLimits
from bot.gestures.rules import Limits
from bot.gestures.tables import Budget, Given
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.people.roles import Role
from bot.trade import Occasion, Wish
from tests.customers.shop import DAAN, KEY, NOOR
from tests.gestures.counter import Counter
from tests.gestures.facts import a_gesture
from tests.stand_ins.clock import NOON
from tests.teams.plans import C1, FEMKE, T1, TOM

T = TypeVar("T")

GESTURES = (
    *(a_gesture(id=f"free-{n}", kind="words", level=3 + n % 2) for n in range(6)),
    *(a_gesture(id=f"gift-{n}", kind="gift", cost=cost, level=4) for n, cost in enumerate((1, 2.5, 3, 4, 5, 7))),
    *(a_gesture(id=f"asked-{n}", kind="help", initiative="asked", cost=n) for n in range(6)),
    *(a_gesture(id=f"sorry-{n}", level=2, occasions=["put-right"], cost=n) for n in range(2)),
)
DEAR = [gesture for gesture in GESTURES if 3 < gesture.cost <= 6]
"""A lead has to say yes to them."""

LIMITS = OwnLimits(
    days_between=4,
    days_after_case=3,
    most_per_gesture=Decimal(6),
    colleague_decides=Decimal(3),
    colleague_a_month=Decimal(8),
    team_a_month=Decimal(11),
    gifts_a_year=Decimal(9),
)

amount = st.sampled_from([Decimal(each) for each in (4, 6, 8, 11)])
share = st.sampled_from([Decimal("0.5"), Decimal(1)])
limits = st.fixed_dictionaries(
    {
        "colleague_decides": amount,
        "colleague_a_month": amount,
        "team_a_month": amount,
        "days_between": st.integers(0, 6),
    }
)
customers = st.integers(0, 1)
colleagues = st.sampled_from([NOOR, DAAN])
which = st.integers(0, 30)
days_ahead = st.sampled_from([None, None, 0, 2, 5, 28])


class InUse(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory(prefix="acht-in-use-")
        shutil.copyfile(self.template, f"{self.folder.name}/acht.db")
        self.database = Database(f"sqlite+aiosqlite:///{self.folder.name}/acht.db", Keyring([KEY]))
        self.counter = Counter(self.database, HeldClock(NOON), GESTURES)
        self.put_right_on: dict[int, date] = {}
        self.cases: dict[int, list[int]] = {0: [], 1: []}
        self.wish = {0: Wish.NORMAL, 1: Wish.NORMAL}
        self.diary: list[Given] = []

    def teardown(self) -> None:
        self.run(self.database.close())
        self.runner.close()
        self.folder.cleanup()

    def run(self, work: Awaitable[T]) -> T:
        async def done() -> T:
            return await work

        return self.runner.run(done())

    @initialize()
    def open_the_shop(self) -> None:
        async def open_it() -> list[int]:
            await self.counter.open()
            await self.counter.house.give(TOM, Role.ADMINISTRATOR)
            await self.counter.gestures.limits.decide(T1, None, LIMITS, by=TOM)
            return [await self.counter.add(name) for name in ("A", "B")]

        self.customers = self.run(open_it())

    # --- what happens ---

    @rule(days=st.integers(1, 4) | st.just(25))
    def days_pass(self, days: int) -> None:
        self.counter.days_pass(days)
        self.run(self.counter.gestures.tell_due())

    @precondition(lambda self: not any(self.cases.values()))
    @rule(customer=customers, is_promise=st.booleans())
    def something_goes_wrong(self, customer: int, is_promise: bool) -> None:
        goes_wrong = self.counter.breaks_a_promise if is_promise else self.counter.goes_wrong
        self.cases[customer].append(self.run(goes_wrong(self.customers[customer])))

    @precondition(lambda self: any(self.cases.values()))
    @rule()
    def it_is_put_right(self) -> None:
        for customer, cases in self.cases.items():
            while cases:
                self.run(self.counter.put_right(cases.pop()))
                self.put_right_on[customer] = self.counter.today

    @rule(customer=customers, wish=st.sampled_from([Wish.NORMAL, Wish.LESS]), limits=st.none() | limits, team=share)
    def something_is_decided_otherwise(
        self, customer: int, wish: Wish, limits: dict[str, Any] | None, team: Decimal
    ) -> None:
        """How much contact a customer wants, or what the workspace and the team allow."""
        if limits is None:
            self.run(self.counter.change(self.customers[customer], wish=wish))
            self.wish[customer] = wish
            return
        gestures, of_team = self.counter.gestures, OwnLimits(team_a_month=limits["team_a_month"] * team)
        self.run(gestures.limits.decide(T1, None, OwnLimits(**{**vars(LIMITS), **limits}), by=TOM))
        self.run(gestures.limits.decide(T1, C1, of_team, by=FEMKE))

    @rule(customer=customers, gesture=st.sampled_from(GESTURES), by=colleagues, in_days=days_ahead)
    def a_colleague_wants_to_give(self, customer: int, gesture: Gesture, by: str, in_days: int | None) -> None:
        self._wants(customer, gesture, by, in_days, asks=False)

    @rule(customer=customers, gesture=st.sampled_from(DEAR), by=colleagues, in_days=days_ahead)
    def a_colleague_asks_for_something_dear(
        self, customer: int, gesture: Gesture, by: str, in_days: int | None
    ) -> None:
        self._wants(customer, gesture, by, in_days, asks=True)

    def _wants(self, customer: int, gesture: Gesture, by: str, in_days: int | None, *, asks: bool) -> None:
        occasion = Occasion.PUT_RIGHT if gesture.level == 2 else Occasion.EVERYDAY
        how: dict[str, Any] = {"by": by, "occasion": occasion, "remind": True}
        on_day = None if in_days is None else self.counter.in_days(in_days)
        want = self.counter.ask if asks else self.counter.give
        decision = self.run(want(self.customers[customer], gesture, on_day=on_day, **how))
        if decision.line is not None:
            line = self._line(decision.line.id)
            if line.state != State.ASKED:
                self._keeps_the_promises(line, customer, is_approved=False)
                self._stays_within_budgets(line)

    @precondition(lambda self: self._in_state(State.ASKED))
    @rule(which=which, yes=st.sampled_from([True, True, False]))
    def a_lead_answers(self, which: int, yes: bool) -> None:
        line = self._some(which, State.ASKED)
        answered = self.run(self.counter.gestures.answer(T1, line.id, by=FEMKE, yes=yes))
        if answered.request.state is State.PLANNED:
            line = self._line(line.id)
            self._keeps_the_promises(line, self.customers.index(line.customer_id), is_approved=True)
            self._stays_within_budgets(line)

    @precondition(lambda self: self._in_state(State.PLANNED))
    @rule(which=which)
    def it_is_done(self, which: int) -> None:
        planned = self._some(which, State.PLANNED)
        decision = self.run(self.counter.gestures.done(T1, planned.id, by=planned.colleague_id))
        if decision.verdict.allowed:
            line, customer = self._line(planned.id), self.customers.index(planned.customer_id)
            assert (line.state, line.on_day) == (State.DONE, self.counter.today)
            self._is_no_surprise_on_top_of_a_fault(line, customer)
            if _month(planned) != _month(line):
                self._stays_within_budgets(line)
            if planned.on_day != line.on_day:
                self._leaves_space(line, customer)

    @precondition(lambda self: self._in_state(State.PLANNED, State.ASKED))
    @rule(which=which, in_days=st.sampled_from([0, 1, 3, 6, 20, 33, 60]))
    def it_is_moved(self, which: int, in_days: int) -> None:
        planned = self._some(which, State.PLANNED, State.ASKED)
        day = self.counter.in_days(in_days)
        decision = self.run(self.counter.gestures.move(T1, planned.id, day, by=planned.colleague_id))
        if decision.verdict.allowed:
            line, customer = self._line(planned.id), self.customers.index(planned.customer_id)
            assert (line.state, line.on_day) == (planned.state, day)
            self._is_no_surprise_on_top_of_a_fault(line, customer)
            if planned.state == State.PLANNED and _month(planned) != _month(line):
                self._stays_within_budgets(line)
            if planned.on_day != line.on_day:
                self._leaves_space(line, customer)

    @precondition(lambda self: self._in_state(State.PLANNED, State.ASKED))
    @rule(which=which)
    def it_is_dropped(self, which: int) -> None:
        line = self._some(which, State.PLANNED, State.ASKED)
        self.run(self.counter.gestures.drop(T1, line.id, by=line.colleague_id))

    # --- what is promised ---

    @invariant()
    def the_books_are_in_order(self) -> None:
        """What is spent is what stands in the diary, and nobody gets the same twice."""
        spent: Tally[tuple[str, date]] = Tally()
        self.diary = self.run(self._all(Given))
        lines = [line for line in self.diary if line.state in UNDER_WAY]
        for line in lines:
            if line.state in COUNTS:
                for whose in (line.colleague_id, line.channel_id or ""):
                    spent[whose, _month(line)] += line.cost
        kept = {(row.whose, row.month): row.spent for row in self.run(self._all(Budget))}
        assert {key: amount for key, amount in kept.items() if amount} == {key: n for key, n in spent.items() if n}
        assert len({(line.customer_id, line.gesture_id) for line in lines}) == len(lines)

    def _keeps_the_promises(self, line: Given, customer: int, *, is_approved: bool) -> None:
        self._is_no_surprise_on_top_of_a_fault(line, customer)
        self._leaves_space(line, customer)
        assert is_approved or line.cost <= self._limits(C1).colleague_decides

    def _is_no_surprise_on_top_of_a_fault(self, line: Given, customer: int) -> None:
        assert not self.cases[customer]
        if line.level >= 3 and customer in self.put_right_on:
            assert (line.on_day - self.put_right_on[customer]).days >= self._limits(C1).days_after_case
        if line.level == 2:
            assert customer in self.put_right_on

    def _leaves_space(self, line: Given, customer: int) -> None:
        if line.gesture_id.startswith("asked"):
            return
        days = self._limits(C1).days_between[self.wish[customer]]
        for other in self.run(self.counter.lines()):
            if other.customer_id != line.customer_id or other.id == line.id or not other.reaches_out:
                continue
            if line.level > 2 or other.on_day >= self.put_right_on[customer]:  # else it was before it went wrong
                assert abs((other.on_day - line.on_day).days) >= days

    def _stays_within_budgets(self, line: Given) -> None:
        limits, lines = self._limits(C1), self.run(self.counter.lines())
        if not line.cost:
            return
        same_month = [other for other in lines if _month(other) == _month(line)]
        assert line.cost <= limits.most_per_gesture
        assert sum(other.cost for other in same_month) <= limits.team_a_month
        own = [other.cost for other in same_month if other.colleague_id == line.colleague_id]
        assert sum(own) <= limits.colleague_a_month
        gifts = [
            other.cost
            for other in lines
            if (other.customer_id, other.kind, other.on_day.year) == (line.customer_id, "gift", line.on_day.year)
        ]
        assert line.kind != "gift" or sum(gifts) <= 9

    # --- parts of these ---

    def _limits(self, channel_id: str | None) -> Limits:
        return self.run(self.counter.gestures.limits.of(T1, channel_id)).holds

    def _line(self, given_id: int) -> Given:
        return self.run(self.counter.line(given_id))

    def _in_state(self, *states: State) -> list[Given]:
        return [line for line in self.diary if line.state in states]

    def _some(self, which: int, *states: State) -> Given:
        found = self._in_state(*states)
        return found[which % len(found)]

    async def _all(self, table: Any) -> list[Any]:
        async with self.database.reading() as session:
            return list(await session.scalars(select(table)))


def _month(line: Given) -> date:
    """In which it is done, or is to be done."""
    return line.on_day.replace(day=1)


def test_no_sequence_of_actions_breaks_a_promise(sqlite_template: Path) -> None:
    InUse.template = sqlite_template
    # Shrinking takes minutes, each example being a database of its own; what fails is short enough.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    run_state_machine_as_test(InUse, settings=settings(max_examples=11, stateful_step_count=40, phases=phases))


# --- at the same moment ---


@pytest.fixture
async def counter(database: Database) -> Counter:
    counter = Counter(database, HeldClock(NOON), GESTURES)
    await counter.open()
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    await counter.gestures.limits.decide(T1, None, LIMITS, by=TOM)
    return counter


async def test_two_at_once_do_not_spend_more_than_one_has(counter: Counter) -> None:
    one, other = await counter.add("A"), await counter.add("B")
    asked = await counter.ask(one, GESTURES[10], by=NOOR)
    assert asked.line is not None
    await counter.gestures.answer(T1, asked.line.id, by=FEMKE, yes=True)
    decisions = await asyncio.gather(
        counter.give(one, GESTURES[16], by=NOOR), counter.give(other, GESTURES[8], by=NOOR)
    )
    assert sorted(decision.verdict.allowed for decision in decisions) == [False, True]
    assert await counter.spent(NOOR) <= 8


async def test_two_colleagues_at_once_do_not_spend_more_than_their_team_has(counter: Counter) -> None:
    ids = [await counter.add(f"Customer {n}") for n in range(8)]
    people = [NOOR, DAAN] * 4
    decisions = await asyncio.gather(
        *(counter.give(customer, GESTURES[8], by=by) for customer, by in zip(ids, people, strict=True))
    )
    assert sum(decision.verdict.allowed for decision in decisions) == 3
    assert await counter.spent(C1) == 9


async def test_two_colleagues_at_once_do_not_both_surprise_one_customer(counter: Counter) -> None:
    customer = await counter.add()
    decisions = await asyncio.gather(
        counter.give(customer, GESTURES[0], by=NOOR), counter.give(customer, GESTURES[1], by=DAAN)
    )
    assert sorted(decision.verdict.allowed for decision in decisions) == [False, True]


async def test_the_same_click_twice_at_once_is_one_gesture(counter: Counter) -> None:
    customer = await counter.add()
    decisions = await asyncio.gather(*(counter.give(customer, GESTURES[7], event_key="the click") for _n in range(3)))
    assert sorted(decision.is_new for decision in decisions) == [False, False, True]
    assert len({decision.line.id for decision in decisions if decision.line}) == 1
    assert await counter.spent() == Decimal("2.5")


async def test_dropping_doing_and_giving_at_once_leave_the_books_in_order(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(customer, GESTURES[7], on_day=counter.today)
    await asyncio.gather(
        counter.gestures.drop(T1, given, by=NOOR),
        counter.gestures.done(T1, given, by=NOOR),
        counter.give(customer, GESTURES[13], by=DAAN),
        counter.gestures.tell_due(),
    )
    assert await counter.spent() == sum(line.cost for line in await counter.lines())
