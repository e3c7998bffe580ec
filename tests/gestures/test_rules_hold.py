"""Whatever colleagues, customers and the calendar do, in whichever order: the promises to the customer hold.

The diary below is kept without the rules, and is asked after each gesture whether a promise was broken.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.gestures import rules
from bot.gestures.gesture import Gesture
from bot.gestures.rules import CustomerFacts, Limits, Spent, Verdict
from bot.trade import Occasion, Wish
from tests.gestures.facts import TODAY, a_gesture

APART = {Wish.LESS: 4, Wish.NORMAL: 2, Wish.TOLD_FIRST: 2}
LIMITS = Limits(
    days_between=APART,
    days_after_case=3,
    most_per_gesture=Decimal(6),
    colleague_decides=Decimal(4),
    colleague_a_month=Decimal(7),
    team_a_month=Decimal(9),
    gifts_a_year=Decimal(8),
)
GESTURES = [
    *(a_gesture(id=f"free-{n}", level=3 + n) for n in range(2)),
    *(a_gesture(id=f"gift-{n}", kind="gift", cost=cost, level=4) for n, cost in enumerate((2.5, 3.5, 4, 5, 6, 11))),
    *(a_gesture(id=f"help-{n}", kind="help", cost=cost) for n, cost in enumerate((1.25, 2.5, 3, 4, 4, 5))),
    *(a_gesture(id=f"after-{n}", level=2, occasions=["put-right"], cost=n) for n in range(2)),
    *(a_gesture(id=f"asked-{n}", initiative="asked", cost=n) for n in range(5)),
    *(a_gesture(id=f"news-{n}", occasions=["told-first", "everyday"]) for n in range(2)),
]
COLLEAGUES = ["Noor", "Daan"]


@dataclass(frozen=True)
class Given:
    """A line of the diary."""

    on: date
    by: str
    gesture: Gesture
    is_answer: bool


class Customer(RuleBasedStateMachine):
    """One customer, two colleagues of one team, and the days that pass."""

    @initialize(wish=st.sampled_from(Wish))
    def come_in(self, wish: Wish) -> None:
        self.today = TODAY
        self.wish = wish
        self.has_consent = True
        self.has_case = self.has_broken_promise = False
        self.put_right_on: date | None = None
        self.diary: list[Given] = []

    @rule(days=st.integers(1, 3) | st.just(25))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(wish=st.sampled_from(Wish))
    def wishes_change(self, wish: Wish) -> None:
        self.wish = wish

    @rule(has_consent=st.sampled_from([True, True, False]))
    def consent_changes(self, has_consent: bool) -> None:
        self.has_consent = has_consent

    @precondition(lambda self: not self.has_case)
    @rule(is_promise=st.booleans())
    def something_goes_wrong(self, is_promise: bool) -> None:
        self.has_case, self.has_broken_promise = not is_promise, is_promise

    @precondition(lambda self: self.has_case or self.has_broken_promise)
    @rule()
    def it_is_put_right(self) -> None:
        self.has_case = self.has_broken_promise = False
        self.put_right_on = self.today

    @rule(
        gesture=st.sampled_from(GESTURES),
        by=st.sampled_from(COLLEAGUES),
        occasion=st.sampled_from([Occasion.EVERYDAY, Occasion.TOLD_FIRST, Occasion.PUT_RIGHT]),
        is_approved=st.booleans(),
    )
    def a_colleague_wants_to_give(self, gesture: Gesture, by: str, occasion: Occasion, is_approved: bool) -> None:
        verdict = self._judged(gesture, by, occasion, is_approved, self.today)
        if not verdict.allowed:
            if verdict.until is not None:  # where nothing else happens, it is true
                assert verdict.until > self.today
                then = self._judged(gesture, by, occasion, is_approved, verdict.until)
                assert then.allowed or then.until is None, "what has no day of its own"
            return
        was_news = gesture.id.startswith("news") and occasion is Occasion.TOLD_FIRST and self.wish is Wish.TOLD_FIRST
        self._keeps_its_promises(gesture, is_answer=gesture.id.startswith("asked") or was_news, is_approved=is_approved)
        self.diary.append(Given(self.today, by, gesture, gesture.id.startswith("asked") or was_news))
        self._stays_within_budgets()

    def _judged(self, gesture: Gesture, by: str, occasion: Occasion, is_approved: bool, day: date) -> Verdict:
        unasked = [given.on for given in self.diary if not given.is_answer]
        customer = CustomerFacts(
            has_consent=self.has_consent,
            wish=self.wish,
            has_open_case=self.has_case,
            has_broken_promise=self.has_broken_promise,
            put_right_on=self.put_right_on,
            reached_out_on=max(unasked, default=None),
            given=frozenset(given.gesture.id for given in self.diary),
            gifts_this_year=self._gifts(day.year),
        )
        spent = Spent(by_colleague=self._spent(day, by), by_team=self._spent(day))
        return rules.judge(gesture, customer, spent, LIMITS, occasion=occasion, today=day, is_approved=is_approved)

    def _keeps_its_promises(self, gesture: Gesture, *, is_answer: bool, is_approved: bool) -> None:
        assert self.has_consent
        assert not self.has_case
        assert not self.has_broken_promise
        if gesture.level == 2:
            assert self.put_right_on is not None
        elif self.put_right_on is not None:
            assert (self.today - self.put_right_on).days >= 3
        if not is_answer:
            unasked = [given.on for given in self.diary if not given.is_answer]
            if gesture.level == 2 and self.put_right_on:  # what was given before it went wrong is past
                unasked = [day for day in unasked if day >= self.put_right_on]
            assert all((self.today - day).days >= APART[self.wish] for day in unasked)
        assert gesture not in [given.gesture for given in self.diary]
        assert gesture.cost <= 6
        assert is_approved or gesture.cost <= 4

    def _stays_within_budgets(self) -> None:
        assert self._spent(self.today) <= 9
        assert all(self._spent(self.today, by) <= 7 for by in COLLEAGUES)
        assert self._gifts(self.today.year) <= 8

    def _spent(self, month: date, by: str | None = None) -> Decimal:
        return sum(
            (
                given.gesture.cost
                for given in self.diary
                if (given.on.year, given.on.month) == (month.year, month.month) and by in {None, given.by}
            ),
            Decimal(0),
        )

    def _gifts(self, year: int) -> Decimal:
        gifts = (given for given in self.diary if given.on.year == year and given.gesture.id.startswith("gift"))
        return sum((given.gesture.cost for given in gifts), Decimal(0))


Customer.TestCase.settings = settings(max_examples=200, stateful_step_count=60)
test_no_sequence_of_actions_breaks_a_promise = Customer.TestCase
