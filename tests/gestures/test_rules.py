"""Which rule refuses a gesture, until when, and what can be done instead."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.coaching import playbooks
from bot.gestures import rules
from bot.gestures.gesture import Gesture, Sector
from bot.gestures.rules import ALLOWED, CustomerFacts, Instead, Limits, Reason, Spent, Verdict
from bot.kit.i18n import Language
from bot.trade import Occasion, Wish
from tests.gestures.facts import TODAY, a_customer, a_gesture

LIMITS = Limits(gifts_a_year=Decimal(50))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def judged(
    gesture: Gesture,
    customer: CustomerFacts,
    spent: Spent = Spent(),  # noqa: B008 — it is frozen
    *,
    occasion: Occasion = Occasion.EVERYDAY,
    today: date = TODAY,
    is_approved: bool = False,
) -> Verdict:
    return rules.judge(gesture, customer, spent, LIMITS, occasion=occasion, today=today, is_approved=is_approved)


def test_without_anything_in_the_way_it_may() -> None:
    assert judged(a_gesture(), a_customer()) == ALLOWED


PLANS = (Reason.PLANNED, Reason.PLANNED_BY_YOU)
"""In the place of `NEEDS_SPACE`, of what is still to be done."""

# Each with what takes it out of the way again: of the customer, of what was spent, or of the gesture.
ORDER: list[tuple[Reason, dict[str, Any]]] = [
    (Reason.NO_CONSENT, {"has_consent": True}),
    (Reason.OPEN_CASE, {"has_open_case": False}),
    (Reason.BROKEN_PROMISE, {"has_broken_promise": False}),
    (Reason.JUST_PUT_RIGHT, {"put_right_on": ago(14)}),
    (Reason.NEEDS_SPACE, {"reached_out_on": ago(21)}),
    (Reason.TOO_DEAR, {"cost": Decimal(25)}),
    (Reason.OWN_BUDGET_SPENT, {"by_colleague": Decimal(0)}),
    (Reason.TEAM_BUDGET_SPENT, {"by_team": Decimal(125)}),
    (Reason.GIFT_LIMIT, {"gifts_this_year": Decimal(25)}),
    (Reason.GIVEN_BEFORE, {"given": frozenset()}),
    (Reason.NEEDS_APPROVAL, {"cost": Decimal(5)}),
]


def test_the_first_rule_that_refuses_names_itself_and_they_go_in_this_order() -> None:
    gesture = a_gesture(id="a-bottle", kind="gift", cost="25.01", level=4)
    spent = Spent(by_colleague=Decimal("0.01"), by_team=Decimal("125.01"))
    customer = CustomerFacts(
        has_consent=False,
        has_open_case=True,
        has_broken_promise=True,
        put_right_on=ago(13),
        reached_out_on=ago(20),
        gifts_this_year=Decimal("25.01"),
        given=frozenset({"a-bottle"}),
    )
    for reason, out_of_the_way in ORDER:
        assert judged(gesture, customer, spent).reason is reason
        ours = {key: value for key, value in out_of_the_way.items() if key in {f.name for f in fields(customer)}}
        theirs = {key: value for key, value in out_of_the_way.items() if key in {f.name for f in fields(spent)}}
        customer, spent = replace(customer, **ours), replace(spent, **theirs)
        gesture = gesture.model_copy(update={"cost": out_of_the_way.get("cost", gesture.cost)})
    assert judged(gesture, customer, spent) == ALLOWED


def test_every_reason_stands_in_the_order_or_is_of_level_2() -> None:
    beside = {Reason.NOTHING_PUT_RIGHT, *PLANS}
    assert [reason for reason, _ in ORDER] == [reason for reason in Reason if reason not in beside]


FREE, GIFT, CARD = a_gesture(), a_gesture(id="gift", kind="gift", cost=4), a_gesture(id="card", cost=2)
DEAR = a_gesture(id="dear", cost="5.01")
AFTER = a_gesture(id="after", level=2, occasions=["put-right"])
ASKED = a_gesture(id="asked", initiative="asked")
NEWS = a_gesture(id="news", occasions=["told-first", "birthday"])
LESS, NORMAL, FIRST = Wish.LESS, Wish.NORMAL, Wish.TOLD_FIRST
NOT_YET, NEW_YEAR, APRIL = ago(-1), date(2027, 1, 1), date(2026, 4, 1)

CASES: list[tuple[Gesture, dict[str, Any], dict[str, Any], Reason | None, date | None, Instead | None]] = [
    (FREE, {"has_consent": False}, {}, Reason.NO_CONSENT, None, Instead.ASK_CONSENT),
    (ASKED, {"has_consent": False}, {}, Reason.NO_CONSENT, None, Instead.ASK_CONSENT),
    # An open case: nothing but putting it right.
    (FREE, {"has_open_case": True}, {}, Reason.OPEN_CASE, None, Instead.PUT_RIGHT),
    (AFTER, {"has_open_case": True, "put_right_on": ago(3)}, {}, Reason.OPEN_CASE, None, Instead.PUT_RIGHT),
    (ASKED, {"has_open_case": True}, {}, Reason.OPEN_CASE, None, Instead.PUT_RIGHT),
    (NEWS, {"has_broken_promise": True, "wish": FIRST}, {}, Reason.BROKEN_PROMISE, None, Instead.PUT_RIGHT),
    # After it was put right: level 2 at once, 3 and 4 after the set time.
    (AFTER, {}, {}, Reason.NOTHING_PUT_RIGHT, None, Instead.ANOTHER),
    (AFTER, {"put_right_on": TODAY}, {}, None, None, None),
    (FREE, {"put_right_on": TODAY}, {}, Reason.JUST_PUT_RIGHT, ago(-14), Instead.ASK_HOW_IT_IS),
    (FREE, {"put_right_on": ago(13)}, {}, Reason.JUST_PUT_RIGHT, NOT_YET, Instead.ASK_HOW_IT_IS),
    (FREE, {"put_right_on": ago(14)}, {}, None, None, None),
    (a_gesture(level=4), {"put_right_on": ago(13)}, {}, Reason.JUST_PUT_RIGHT, NOT_YET, Instead.ASK_HOW_IT_IS),
    # Space, as the customer wants it.
    (FREE, {"wish": NORMAL, "reached_out_on": ago(20)}, {}, Reason.NEEDS_SPACE, NOT_YET, Instead.LEAVE_IN_PEACE),
    (FREE, {"wish": NORMAL, "reached_out_on": ago(21)}, {}, None, None, None),
    (FREE, {"wish": LESS, "reached_out_on": ago(59)}, {}, Reason.NEEDS_SPACE, NOT_YET, Instead.LEAVE_IN_PEACE),
    (FREE, {"wish": LESS, "reached_out_on": ago(60)}, {}, None, None, None),
    (FREE, {"wish": FIRST, "reached_out_on": ago(20)}, {}, Reason.NEEDS_SPACE, NOT_YET, Instead.LEAVE_IN_PEACE),
    (ASKED, {"wish": LESS, "reached_out_on": TODAY}, {}, None, None, None),
    (NEWS, {"wish": FIRST, "reached_out_on": TODAY}, {"occasion": Occasion.TOLD_FIRST}, None, None, None),
    (NEWS, {"wish": FIRST, "reached_out_on": ago(20)}, {"occasion": Occasion.BIRTHDAY}, Reason.NEEDS_SPACE, NOT_YET,
     Instead.LEAVE_IN_PEACE),
    (NEWS, {"wish": NORMAL, "reached_out_on": ago(20)}, {"occasion": Occasion.TOLD_FIRST}, Reason.NEEDS_SPACE, NOT_YET,
     Instead.LEAVE_IN_PEACE),
    (FREE, {"wish": FIRST, "reached_out_on": ago(20)}, {"occasion": Occasion.TOLD_FIRST}, Reason.NEEDS_SPACE, NOT_YET,
     Instead.LEAVE_IN_PEACE),
    # Level 2: only what was given since it was put right takes the space.
    (AFTER, {"put_right_on": TODAY, "reached_out_on": ago(1)}, {}, None, None, None),
    (AFTER, {"put_right_on": ago(20), "reached_out_on": ago(20)}, {}, Reason.NEEDS_SPACE, NOT_YET,
     Instead.LEAVE_IN_PEACE),
    # The day that is named is the last of all that stand in the way.
    (FREE, {"put_right_on": ago(13), "reached_out_on": ago(1)}, {}, Reason.JUST_PUT_RIGHT, ago(-20),
     Instead.ASK_HOW_IT_IS),
    (FREE, {"put_right_on": ago(13), "given": frozenset({"a-gesture"})}, {}, Reason.JUST_PUT_RIGHT, NOT_YET,
     Instead.ASK_HOW_IT_IS),
    (DEAR, {"put_right_on": ago(13)}, {}, Reason.JUST_PUT_RIGHT, NOT_YET, Instead.ASK_HOW_IT_IS),
    # Budgets: what costs nothing is never in their way.
    (a_gesture(cost="25.01"), {}, {"is_approved": True}, Reason.TOO_DEAR, None, Instead.WITHOUT_COST),
    (a_gesture(cost=25), {}, {"is_approved": True}, None, None, None),
    (CARD, {}, {"spent": Spent(by_colleague=Decimal("23.01"))}, Reason.OWN_BUDGET_SPENT, APRIL, Instead.WITHOUT_COST),
    (CARD, {}, {"spent": Spent(by_colleague=Decimal(23))}, None, None, None),
    (CARD, {}, {"spent": Spent(by_team=Decimal("148.01"))}, Reason.TEAM_BUDGET_SPENT, APRIL, Instead.WITHOUT_COST),
    (CARD, {}, {"spent": Spent(by_team=Decimal(148))}, None, None, None),
    (FREE, {}, {"spent": Spent(by_colleague=Decimal(99), by_team=Decimal(999))}, None, None, None),
    (CARD, {}, {"spent": Spent(by_team=Decimal(149)), "today": date(2026, 12, 31)}, Reason.TEAM_BUDGET_SPENT, NEW_YEAR,
     Instead.WITHOUT_COST),
    (CARD, {}, {"spent": Spent(by_team=Decimal(149)), "today": date(2026, 1, 31)}, Reason.TEAM_BUDGET_SPENT,
     date(2026, 2, 1), Instead.WITHOUT_COST),
    # Gifts, where the sector knows a limit.
    (GIFT, {"gifts_this_year": Decimal("46.01")}, {}, Reason.GIFT_LIMIT, NEW_YEAR, Instead.WITHOUT_COST),
    (GIFT, {"gifts_this_year": Decimal(46)}, {}, None, None, None),
    (CARD, {"gifts_this_year": Decimal(60)}, {}, None, None, None),
    # Not the same twice, and not above what a colleague may decide.
    (FREE, {"given": frozenset({"a-gesture"})}, {}, Reason.GIVEN_BEFORE, None, Instead.ANOTHER),
    (FREE, {"given": frozenset({"another"})}, {}, None, None, None),
    (DEAR, {}, {}, Reason.NEEDS_APPROVAL, None, Instead.ASK_LEAD),
    (DEAR, {}, {"is_approved": True}, None, None, None),
    (DEAR, {"has_open_case": True}, {"is_approved": True}, Reason.OPEN_CASE, None, Instead.PUT_RIGHT),
]  # fmt: skip


@pytest.mark.parametrize(("gesture", "customer", "asked", "reason", "until", "instead"), CASES)
def test_each_verdict_names_its_reason_until_when_and_what_to_do_instead(
    gesture: Gesture,
    customer: dict[str, Any],
    asked: dict[str, Any],
    reason: Reason | None,
    until: date | None,
    instead: Instead | None,
) -> None:
    verdict = judged(gesture, a_customer(**customer), **asked)
    assert verdict == Verdict(allowed=reason is None, reason=reason, until=until, instead=instead)


@pytest.mark.parametrize(("is_own", "reason"), list(enumerate(PLANS)))
def test_what_is_planned_is_named_with_its_day_and_whose_it_is_only_to_themselves(is_own: int, reason: Reason) -> None:
    thursday = TODAY + timedelta(days=2)
    customer = a_customer(reached_out_on=thursday, is_planned=True, is_own=bool(is_own))
    verdict = judged(FREE, customer)
    assert (verdict.reason, verdict.planned_for) == (reason, thursday)
    assert verdict.until == thursday + timedelta(days=21)


def test_every_reason_is_met_in_the_table() -> None:
    assert {case[3] for case in CASES} - {None} == set(Reason) - set(PLANS)
    assert {case[5] for case in CASES} - {None} == set(Instead) - {Instead.ASK_IN_WORDS}


def test_an_open_case_and_a_broken_promise_lead_to_a_play_that_is_there() -> None:
    playbook = playbooks.load()
    for facts, play in [("has_open_case", "put-right-before-surprise"), ("has_broken_promise", "i-forgot-you")]:
        verdict = judged(FREE, a_customer(**{facts: True}))
        assert verdict.play == play
        assert playbook.play(play, Language.NL).meta.step == 6
    assert judged(FREE, a_customer()).play is None
    assert judged(DEAR, a_customer()).play is None


@pytest.mark.parametrize(
    ("gesture", "wish", "occasion", "reaches_out"),
    [
        (FREE, NORMAL, Occasion.EVERYDAY, True),
        (ASKED, NORMAL, Occasion.EVERYDAY, False),
        (NEWS, FIRST, Occasion.TOLD_FIRST, False),
        (NEWS, FIRST, Occasion.BIRTHDAY, True),
        (NEWS, LESS, Occasion.TOLD_FIRST, True),
        (FREE, FIRST, Occasion.TOLD_FIRST, True),
    ],
)
def test_an_answer_and_news_that_was_asked_for_take_no_space(
    gesture: Gesture, wish: Wish, occasion: Occasion, reaches_out: bool
) -> None:
    assert rules.reaches_out(gesture, wish, occasion) is reaches_out


def test_a_team_may_have_limits_of_its_own() -> None:
    own = replace(LIMITS, colleague_decides=Decimal(10), days_between={**LIMITS.days_between, Wish.NORMAL: 7})
    facts = a_customer(reached_out_on=ago(7))
    assert rules.judge(DEAR, facts, Spent(), own, occasion=Occasion.EVERYDAY, today=TODAY) == ALLOWED


@pytest.mark.parametrize("sector", list(Sector))
def test_gifts_are_limited_where_they_may_look_like_a_favour(sector: Sector) -> None:
    limited = {Sector.BANK, Sector.CARE, Sector.MUNICIPALITY, Sector.BUSINESS}
    assert rules.usual_limits(sector).gifts_a_year == (Decimal(50) if sector in limited else None)


def test_without_a_limit_of_the_sector_the_budgets_alone_decide() -> None:
    facts = a_customer(gifts_this_year=Decimal(1000))
    limits = rules.usual_limits(Sector.SHOP)
    assert rules.judge(GIFT, facts, Spent(), limits, occasion=Occasion.EVERYDAY, today=TODAY) == ALLOWED
