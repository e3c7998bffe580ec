"""From the wish to the deed: what is suggested, given, and refused."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.customers.service import NoSuchCustomer, NotTheirCustomer
from bot.gestures.course import State
from bot.gestures.diary import NoSuchGesture, NotTheirGesture
from bot.gestures.doing import NotADay
from bot.gestures.gesture import Currency, Need
from bot.gestures.limits import OwnLimits
from bot.gestures.records import Fillings
from bot.gestures.rules import Instead, Reason
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.people.roles import Role
from bot.trade import Occasion, Phase, Wish
from tests.customers.shop import DAAN, IRIS, NOOR
from tests.gestures.counter import ANSWER, CAKE, CALL, HAMPER, MOVING, SORRY, TALK, Counter
from tests.gestures.facts import a_gesture
from tests.teams.plans import C1, C2, FEMKE, T1, TOM

OTHER_CAKE = a_gesture(id="other-cake", kind="gift", cost=4, level=4)

# --- suggestions ---


async def test_three_of_different_kinds_are_suggested_and_one_that_a_lead_has_to_agree_to(counter: Counter) -> None:
    customer = await counter.add()
    found = await counter.gestures.suggest(T1, customer, by=NOOR)
    assert sorted(one.gesture.id for one in found.suggestions) == ["cake", "call", "talk"]
    assert found.askable is not None
    assert found.askable.gesture.id == "hamper"
    assert found.hindrance is None
    assert found.customer.name == "Mevr. A. Jansen"


async def test_words_that_say_who_we_are_wait_until_that_is_known(counter: Counter) -> None:
    naming = {each: {**a_gesture().model_dump()[each], "words": "{customer}, from {us}"} for each in ("nl", "en")}
    counter = Counter(counter.database, counter.clock, (a_gesture(id="naming", **naming),))
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    customer = await counter.add()
    assert await counter.suggested(customer) == []
    in_slack = await counter.gestures.suggest(T1, customer, by=NOOR, organisation="Quay Ltd")
    await counter.gestures.limits.decide(T1, None, OwnLimits(known_as="The Quay", currency=Currency.GBP), by=TOM)
    decided = await counter.gestures.suggest(T1, customer, by=NOOR, organisation="Quay Ltd")
    for found, called in ((in_slack, "Quay Ltd"), (decided, "The Quay")):
        assert found.facts_for(found.suggestions[0])["us"] == called
    assert (in_slack.currency, decided.currency) == (Currency.EUR, Currency.GBP)


async def test_whoever_says_yes_to_others_needs_no_yes(counter: Counter) -> None:
    await counter.house.join(C1, FEMKE)
    customer = await counter.add(contact_id=FEMKE)
    found = await counter.gestures.suggest(T1, customer, by=FEMKE)
    assert found.askable is None
    assert (await counter.give(customer, HAMPER, by=FEMKE)).verdict.allowed


async def test_what_a_customer_asked_for_is_suggested_when_the_colleague_says_so(counter: Counter) -> None:
    customer = await counter.add()
    assert "answer" not in await counter.suggested(customer)
    assert "answer" in await counter.suggested(customer, has_asked=True)


async def test_what_was_noted_is_leant_on_for_its_own_occasion(counter: Counter) -> None:
    customer = await counter.add()
    assert "moving" not in await counter.suggested(customer)
    await counter.moments.note(T1, customer, "moving", counter.in_days(3), by=NOOR, about="the new flat.")
    found = await counter.gestures.suggest(T1, customer, by=NOOR)
    [moving] = [one for one in found.suggestions if one.gesture.id == "moving"]
    assert moving.why_now is Occasion.MOVING
    facts = found.facts_for(moving)
    assert facts == {"customer": "mevrouw Jansen", "thing": "the new flat"}
    assert MOVING.en.said({**facts, "me": "Noor"}) == "mevrouw Jansen, about the new flat. Noor"


async def test_a_colleague_says_what_is_going_on_and_what_it_is_about(counter: Counter) -> None:
    customer = await counter.add(preferences="Tea without milk.\nCalls in the morning")
    found = await counter.gestures.suggest(T1, customer, by=NOOR, occasion=Occasion.MOVING, about="the boat")
    [moving] = [one for one in found.suggestions if one.gesture.id == "moving"]
    assert found.facts_for(moving)["thing"] == "the boat"
    assert found.facts_for(moving)["preference"] == "tea without milk"


async def test_what_the_customer_had_is_not_suggested_again(counter: Counter) -> None:
    customer = await counter.add()
    await counter.given(customer, CALL, on_day=counter.in_days(1))
    counter.days_pass(60)
    assert "call" not in await counter.suggested(customer)


async def test_not_this_one_brings_another_and_counts_once(counter: Counter) -> None:
    customer, other = await counter.add(), await counter.add("B. de Vries")
    for _twice in range(2):
        await counter.gestures.set_aside(T1, customer, "talk", by=NOOR)
    assert "talk" not in await counter.suggested(customer)
    assert "talk" in await counter.suggested(other)
    assert await counter.received(TALK) == (0, 0, 1)
    counter.days_pass(100)
    assert "talk" in await counter.suggested(customer)


async def test_who_has_been_a_customer_for_over_a_year_is_no_newcomer_whatever_an_imported_card_says(
    counter: Counter,
) -> None:
    counter = Counter(counter.database, counter.clock, (a_gesture(id="hello", phases=["know"]), CALL))
    for days, suggested in ((365, ["call", "hello"]), (366, ["call"])):
        since = counter.in_days(-days)
        customer = await counter.add(f"Customer {days}", phase=Phase.KNOW, customer_since=since)
        assert await counter.suggested(customer, occasion=Occasion.EVERYDAY) == suggested


async def test_when_one_is_put_aside_the_others_stay_in_their_places(counter: Counter) -> None:
    customer = await counter.add()
    await counter.gestures.set_aside(T1, customer, "cake", by=NOOR)
    shown = ["talk", None, "call"]
    found = await counter.gestures.suggest(T1, customer, by=NOOR, has_asked=True, shown=shown)
    assert [one.gesture.id for one in found.suggestions] == ["talk", "answer", "call"]


async def test_nothing_is_suggested_with_an_open_case_and_the_hindrance_says_so(counter: Counter) -> None:
    customer = await counter.add()
    case = await counter.goes_wrong(customer)
    found = await counter.gestures.suggest(T1, customer, by=NOOR)
    assert (found.suggestions, found.askable) == ((), None)
    assert found.hindrance is not None
    assert (found.hindrance.reason, found.hindrance.instead) == (Reason.OPEN_CASE, Instead.PUT_RIGHT)
    await counter.put_right(case)
    assert await counter.suggested(customer) == ["sorry"]


async def test_only_those_who_may_see_the_card_are_suggested_anything(counter: Counter) -> None:
    customer = await counter.add()
    with pytest.raises(NotTheirCustomer):
        await counter.gestures.suggest(T1, customer, by=IRIS)
    with pytest.raises(NotTheirCustomer):
        await counter.give(customer, by=IRIS)
    with pytest.raises(NotTheirCustomer):
        await counter.gestures.set_aside(T1, customer, "talk", by=IRIS)
    with pytest.raises(NoSuchCustomer):
        await counter.gestures.suggest("T2", customer, by=NOOR)


# --- given ---


async def test_a_gesture_on_the_spot_is_done_and_the_customer_was_spoken_to(counter: Counter) -> None:
    customer = await counter.add()
    decision = await counter.give(customer, CAKE)
    assert decision.line is not None
    assert (decision.line.state, decision.line.on_day, decision.line.words) == (State.DONE, counter.today, "Hello")
    card = await counter.customers.card(T1, customer, by=NOOR)
    assert card.details.last_contact_on == counter.today
    assert (await counter.spent(NOOR), await counter.spent(C1)) == (Decimal(4), Decimal(4))


async def test_the_same_click_twice_gives_one_gesture_and_the_same_answer(counter: Counter) -> None:
    customer = await counter.add()
    first = await counter.give(customer, CAKE, event_key="the click")
    second = await counter.give(customer, CAKE, event_key="the click")
    assert (first.line, first.is_new) == (second.line, True)
    assert not second.is_new
    assert len(await counter.lines()) == 1
    assert await counter.spent() == 4


async def test_a_second_gesture_within_the_cooldown_is_refused_and_an_answer_is_not(counter: Counter) -> None:
    customer = await counter.add()
    await counter.given(customer, TALK)
    counter.days_pass(20)
    refused = await counter.give(customer, CALL)
    assert (refused.verdict.reason, refused.verdict.until) == (Reason.NEEDS_SPACE, counter.in_days(1))
    assert refused.line is None
    assert (await counter.give(customer, ANSWER)).verdict.allowed
    counter.days_pass(1)
    assert (await counter.give(customer, CALL)).verdict.allowed


async def test_there_is_as_much_space_before_a_planned_gesture_as_after_it(counter: Counter) -> None:
    customer = await counter.add()
    await counter.given(customer, TALK, on_day=counter.in_days(30))
    assert (await counter.give(customer, CALL, on_day=counter.in_days(10))).verdict.reason is Reason.PLANNED_BY_YOU
    assert (await counter.give(customer, CALL, on_day=counter.in_days(9))).verdict.allowed


async def test_customers_who_want_less_contact_have_more_peace(counter: Counter) -> None:
    customer = await counter.add(wish=Wish.LESS)
    await counter.given(customer, TALK)
    counter.days_pass(59)
    assert (await counter.give(customer, CALL)).verdict.reason is Reason.NEEDS_SPACE
    counter.days_pass(1)
    assert (await counter.give(customer, CALL)).verdict.allowed


async def test_without_consent_nothing_is_given(counter: Counter) -> None:
    customer = await counter.add(has_consented=False)
    assert (await counter.give(customer)).verdict.reason is Reason.NO_CONSENT


async def test_a_budget_is_of_the_month_in_which_the_gesture_is_planned(counter: Counter) -> None:
    december = counter.in_days(10)
    for n in range(6):
        customer = await counter.add(f"Customer {n}")
        await counter.given(customer, CAKE, on_day=december)
    customer = await counter.add()
    refused = await counter.give(customer, CAKE, on_day=december)
    assert refused.verdict.reason is Reason.OWN_BUDGET_SPENT
    assert (await counter.spent(month=counter.today), await counter.spent(month=december)) == (0, 24)
    assert (await counter.give(customer, CAKE)).verdict.allowed
    assert (await counter.give(customer, ANSWER, by=DAAN)).verdict.allowed


async def test_a_broken_promise_goes_before_anything_else_that_is_open(counter: Counter) -> None:
    customer = await counter.add()
    await counter.breaks_a_promise(customer)
    assert (await counter.give(customer)).verdict.reason is Reason.BROKEN_PROMISE


async def test_a_day_that_has_passed_and_one_too_far_ahead_are_no_days(counter: Counter) -> None:
    customer = await counter.add()
    for days in (-1, 367):
        with pytest.raises(NotADay):
            await counter.give(customer, on_day=counter.in_days(days))


async def test_what_is_not_in_the_catalogue_cannot_be_given(counter: Counter) -> None:
    with pytest.raises(NoSuchGesture):
        await counter.gestures.give(
            T1, await counter.add(), "x", by=NOOR, occasion=Occasion.EVERYDAY, words="", event_key="k"
        )


async def test_out_of_which_budget_it_goes_is_the_customers_team_or_else_the_colleagues_own(counter: Counter) -> None:
    await counter.house.set_up(C2, name="team-zeist")
    await counter.house.join(C2, DAAN)
    in_zeist, own = await counter.add(channel_id=C2, contact_id=DAAN), await counter.add("B", contact_id=DAAN)
    nobodys = await counter.add("C", contact_id=IRIS, channel_id=None)
    found = [
        (await counter.line(await counter.given(customer, by=by))).channel_id
        for customer, by in ((in_zeist, DAAN), (own, DAAN), (nobodys, IRIS))
    ]
    assert found == [C2, C1, None]


# --- done or dropped ---


async def test_what_was_planned_is_done_and_done_once(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(customer, CAKE, on_day=counter.in_days(1), remind=True)
    counter.days_pass()
    first, second = [await counter.gestures.done(T1, given, by=NOOR) for _twice in range(2)]
    assert first.line is not None
    assert (first.line.state, first.is_new, second.is_new) == (State.DONE, True, False)
    assert await counter.spent() == 4


async def test_what_was_planned_waits_while_something_is_wrong_for_the_customer(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(customer, TALK, on_day=counter.today)
    case = await counter.goes_wrong(customer)
    held = await counter.gestures.done(T1, given, by=NOOR)
    assert held.line is not None
    assert (held.verdict.reason, held.line.state) == (Reason.OPEN_CASE, State.PLANNED)
    await counter.put_right(case)
    held = await counter.gestures.done(T1, given, by=NOOR)
    assert (held.verdict.reason, held.verdict.until) == (Reason.JUST_PUT_RIGHT, counter.in_days(14))
    counter.days_pass(14)
    assert (await counter.gestures.done(T1, given, by=NOOR)).verdict.allowed


async def test_what_is_done_on_another_day_takes_its_space_there(counter: Counter) -> None:
    customer = await counter.add()
    first = await counter.given(customer, TALK, on_day=counter.in_days(2))
    await counter.given(customer, CALL, on_day=counter.in_days(23))
    counter.days_pass(5)
    late = await counter.gestures.done(T1, first, by=NOOR)
    assert late.verdict.reason is Reason.PLANNED_BY_YOU
    counter.days_pass(-4)
    assert (await counter.gestures.done(T1, first, by=NOOR)).verdict.allowed
    assert (await counter.line(first)).on_day == counter.today


async def test_what_is_dropped_leaves_budget_space_and_the_gesture_free(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(customer, CAKE, on_day=counter.in_days(1))
    for is_new in (True, False):
        dropped = await counter.gestures.drop(T1, given, by=NOOR)
        assert dropped.is_new is is_new
    assert await counter.spent() == 0
    assert (await counter.give(customer, CAKE)).verdict.allowed


async def test_what_is_done_cannot_be_dropped(counter: Counter) -> None:
    given = await counter.given(await counter.add(), CAKE)
    assert not (await counter.gestures.drop(T1, given, by=NOOR)).is_new
    assert await counter.spent() == 4


async def test_only_who_gives_it_says_what_became_of_it(counter: Counter) -> None:
    given = await counter.given(await counter.add(), on_day=counter.today)
    gestures = counter.gestures
    for deed in (gestures.done, gestures.drop, gestures.diary.skip_reception):
        with pytest.raises(NotTheirGesture):
            await deed(T1, given, by=DAAN)
        with pytest.raises(NoSuchGesture):
            await deed("T2", given, by=NOOR)
        with pytest.raises(NoSuchGesture):
            await deed(T1, given + 1, by=NOOR)


async def test_nothing_is_left_of_an_erased_customer_but_figures(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(customer, CAKE)
    await counter.gestures.diary.received(T1, given, by=NOOR, felt=frozenset())
    await counter.gestures.set_aside(T1, customer, "talk", by=NOOR)
    await counter.customers.erase(T1, customer, by=NOOR)
    assert await counter.lines() == []
    assert (await counter.received(CAKE), await counter.spent()) == ((0, 1, 0), Decimal(4))
    with pytest.raises(NoSuchGesture):
        await counter.gestures.done(T1, given, by=NOOR)
    assert await counter.given(await counter.add("Somebody else")) > given


async def test_level_two_is_for_who_something_was_put_right_for(counter: Counter) -> None:
    customer = await counter.add()
    refused = await counter.give(customer, SORRY, occasion=Occasion.PUT_RIGHT)
    assert refused.verdict.reason is Reason.NOTHING_PUT_RIGHT
    case = await counter.goes_wrong(customer)
    await counter.put_right(case)
    assert (await counter.give(customer, SORRY, occasion=Occasion.PUT_RIGHT)).verdict.allowed
    counter.clock.move(timedelta(minutes=1))
    assert (await counter.give(customer, CAKE)).verdict.reason is Reason.JUST_PUT_RIGHT


# --- in another month than planned ---


async def test_what_is_done_in_another_month_is_paid_in_that_month(counter: Counter) -> None:
    given = await counter.given(await counter.add(), CAKE, on_day=counter.in_days(9))
    december = counter.in_days(9)
    assert (await counter.spent(), await counter.spent(month=december)) == (0, 4)
    assert (await counter.gestures.done(T1, given, by=NOOR)).verdict.allowed
    assert (await counter.spent(), await counter.spent(month=december)) == (4, 0)
    assert await counter.spent(NOOR) == 4


async def test_a_plan_for_another_month_is_no_way_around_the_budget_of_this_one(counter: Counter) -> None:
    for n in range(6):
        await counter.given(await counter.add(f"Customer {n}"), CAKE)
    planned = await counter.given(await counter.add(), CAKE, on_day=counter.in_days(9))
    early = await counter.gestures.done(T1, planned, by=NOOR)
    assert early.verdict.reason is Reason.OWN_BUDGET_SPENT
    assert (await counter.spent(NOOR), (await counter.line(planned)).state) == (24, State.PLANNED)
    counter.days_pass(9)
    assert (await counter.gestures.done(T1, planned, by=NOOR)).verdict.allowed


async def test_a_plan_for_next_year_is_no_way_around_the_gift_limit_of_this_one(
    database: Database, clock: HeldClock
) -> None:
    counter = Counter(database, clock, (CAKE, OTHER_CAKE))
    await counter.open()
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    limits = OwnLimits(gifts_a_year=Decimal(6), days_between=0)
    await counter.gestures.limits.decide(T1, None, limits, by=TOM)
    customer = await counter.add()
    await counter.given(customer, CAKE)
    planned = await counter.given(customer, OTHER_CAKE, on_day=counter.in_days(60))
    assert (await counter.gestures.done(T1, planned, by=NOOR)).verdict.reason is Reason.GIFT_LIMIT


# --- what is written down of it ---


async def test_who_is_not_the_contact_and_sees_suggestions_has_looked_at_the_card(counter: Counter) -> None:
    customer = await counter.add(contact_id=DAAN)
    await counter.gestures.suggest(T1, customer, by=DAAN)
    assert await counter.written_down() == []
    await counter.gestures.suggest(T1, customer, by=NOOR)
    assert await counter.written_down() == [("customer_seen", NOOR, DAAN)]


async def test_what_it_is_about_is_of_the_most_pressing_occasion(counter: Counter) -> None:
    customer = await counter.add()
    assert _things((await counter.gestures.suggest(T1, customer, by=NOOR, about="the boat")).known) == {
        Occasion.EVERYDAY: "the boat"
    }
    for moment, days in (("moving", 3), ("birthday", 5)):
        await counter.moments.note(T1, customer, moment, counter.in_days(days), by=NOOR)
    found = await counter.gestures.suggest(T1, customer, by=NOOR, about="the boat")
    assert _things(found.known) == {found.moments[0].occasion: "the boat"}


def _things(known: Mapping[Occasion, Fillings]) -> dict[Occasion, str]:
    return {occasion: texts[Need.THING] for occasion, texts in known.items() if Need.THING in texts}
