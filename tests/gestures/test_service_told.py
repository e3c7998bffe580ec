"""What colleagues hear by the clock, what they tell afterwards, and who sees what of it."""

import asyncio
from datetime import time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from bot.customers.service import NotTheirCustomer
from bot.gestures.course import (
    ANSWERED,
    ASKED,
    RECEPTION,
    REMINDER,
    Ambassador,
    AnsweredData,
    Emotion,
    Felt,
    ReceptionData,
    Reminder,
    ReminderData,
    State,
)
from bot.gestures.diary import NotTheirGesture
from bot.gestures.doing import NotADay
from bot.gestures.rules import Reason
from bot.gestures.tables import Given
from bot.gestures.telling import AGAIN_AFTER
from bot.kit.clock import HeldClock
from bot.kit.outbox.rules import Manner
from bot.kit.working_time.rules import Kind
from bot.people.roles import Standing
from bot.trade import Occasion
from tests.customers.shop import DAAN, NOOR
from tests.gestures.counter import ANSWER, CAKE, CALL, HAMPER, TALK, Counter
from tests.teams.plans import C1, FEMKE, T1, TOM

HEARD = frozenset({Felt.HEARD, Felt.SURPRISED})


async def _answers(counter: Counter) -> list[AnsweredData]:
    return [AnsweredData.model_validate_json(notice.data) for notice in await counter.notices(ANSWERED)]


async def _told(counter: Counter) -> list[ReminderData]:
    await counter.gestures.tell_due()
    return [ReminderData.model_validate_json(notice.data) for notice in await counter.notices(REMINDER)]


# --- reminders ---


async def test_a_colleague_is_reminded_on_the_day_in_working_hours_and_once(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(
        customer, on_day=counter.in_days(3), remind=True, words="Many happy returns", occasion=Occasion.BIRTHDAY
    )
    counter.days_pass(2)
    assert await _told(counter) == []
    counter.days_pass(1)
    for _twice in range(2):
        [told] = await _told(counter)
        assert (told.given_id, told.customer, told.words) == (given, "Mevr. A. Jansen", "Many happy returns")
        assert (told.occasion, told.held_by) == (Occasion.BIRTHDAY, None)
    [notice] = await counter.notices(REMINDER)
    assert notice.whom == NOOR


async def test_what_is_moved_is_reminded_of_on_its_new_day(counter: Counter) -> None:
    customer = await counter.add()
    given = await counter.given(customer, CAKE, on_day=counter.in_days(3), remind=True)
    counter.days_pass(3)
    assert len(await _told(counter)) == 1
    assert (await counter.gestures.move(T1, given, counter.in_days(1), by=NOOR)).verdict.allowed
    assert await _told(counter) == [], "the one that is not sent yet is withdrawn"
    counter.days_pass(1)
    [told] = await _told(counter)
    assert (told.on_day, told.which) == (counter.today, Reminder.ITS_DAY)

    for there, back in ((1, 0), (0, 0)):  # there and back, and to where it was
        for days in (there, back):
            assert (await counter.gestures.move(T1, given, counter.in_days(days), by=NOOR)).verdict.allowed
        assert await _told(counter) == []
        at = (await counter.line(given)).tell_at
        assert at is not None
        counter.clock.move(at - counter.clock.now())
        assert len(await _told(counter)) == 1, "it is said that they are reminded"

    next_month = (counter.today.replace(day=1) + timedelta(days=31)).replace(day=10)
    assert (await counter.gestures.move(T1, given, next_month, by=NOOR)).verdict.allowed
    assert (await counter.spent(), await counter.spent(month=next_month)) == (0, Decimal(4))
    await counter.given(customer, TALK, on_day=next_month + timedelta(days=25))
    near = await counter.gestures.move(T1, given, next_month + timedelta(days=10), by=NOOR)
    assert near.verdict.reason is Reason.PLANNED_BY_YOU
    assert (await counter.line(given)).on_day == next_month
    for wrong in (counter.in_days(-1), counter.in_days(367)):
        with pytest.raises(NotADay):
            await counter.gestures.move(T1, given, wrong, by=NOOR)
    with pytest.raises(NotTheirGesture):
        await counter.gestures.move(T1, given, next_month, by=DAAN)


async def test_who_wants_no_reminder_gets_none(counter: Counter) -> None:
    await counter.given(await counter.add(), on_day=counter.in_days(1))
    counter.days_pass(5)
    assert await _told(counter) == []


async def test_what_is_done_or_dropped_before_is_not_reminded_of(counter: Counter) -> None:
    done = await counter.given(await counter.add(), on_day=counter.today, remind=True)
    dropped = await counter.given(await counter.add("B"), on_day=counter.today, remind=True)
    await counter.gestures.done(T1, done, by=NOOR)
    await counter.gestures.drop(T1, dropped, by=NOOR)
    counter.days_pass(1)
    assert await _told(counter) == []


async def test_while_something_is_wrong_the_reminder_says_so_and_comes_when_it_is_put_right(counter: Counter) -> None:
    customer = await counter.add()
    await counter.given(customer, on_day=counter.in_days(1), remind=True)
    case = await counter.goes_wrong(customer)
    counter.days_pass(1)
    [held] = await _told(counter)
    assert (held.held_by, held.until) == (Reason.OPEN_CASE, None)
    counter.days_pass(1)
    assert len(await _told(counter)) == 1
    await counter.put_right(case)
    counter.days_pass(7)
    assert len(await _told(counter)) == 1
    counter.days_pass(8)
    [_held, told] = await _told(counter)
    assert told.held_by is None


async def test_who_is_on_leave_is_reminded_when_they_are_back(counter: Counter) -> None:
    await counter.given(await counter.add(), on_day=counter.in_days(1), remind=True)
    async with counter.database.writing() as session:
        first, last = counter.in_days(1), counter.in_days(2)
        await counter.house.working_times.absent(session, T1, NOOR, Kind.LEAVE, first_day=first, last_day=last)
    counter.days_pass(1)
    assert await _told(counter) == []
    counter.days_pass(2)
    assert len(await _told(counter)) == 1


async def test_what_was_planned_for_a_customer_whom_one_serves_no_more_is_dropped(counter: Counter) -> None:
    customer = await counter.add(contact_id=DAAN)
    given = await counter.given(customer, CAKE, on_day=counter.in_days(1), remind=True)
    await counter.house.teams.leaves(T1, C1, NOOR)
    with pytest.raises(NotTheirCustomer):
        await counter.gestures.done(T1, given, by=NOOR)
    counter.days_pass(1)
    assert await _told(counter) == []
    assert ((await counter.line(given)).state, await counter.spent()) == (State.DROPPED, 0)
    [told] = await _answers(counter)
    assert (told.state, told.customer, told.words) == (State.DROPPED, None, ""), "without who it was for"


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.GONE])
async def test_who_became_a_guest_or_is_gone_hears_of_nobody_any_more(counter: Counter, standing: Standing) -> None:
    given = await counter.given(await counter.add(), CAKE, on_day=counter.in_days(1), remind=True)
    done = await counter.given(await counter.add("B"))
    await counter.house.met(NOOR, standing)
    counter.days_pass(1)
    assert await _told(counter) == []
    assert await counter.notices(RECEPTION) == await counter.notices(ANSWERED) == []
    assert ((await counter.line(given)).state, await counter.spent()) == (State.DROPPED, 0)
    assert (await counter.line(done)).tell_at is None


# --- what nobody says anything of ---


async def test_what_is_planned_and_not_told_of_is_asked_about_once_more_and_then_let_go(counter: Counter) -> None:
    given = await counter.given(await counter.add(), CAKE, on_day=counter.in_days(1), remind=True)
    counter.days_pass(1)
    [first] = await _told(counter)
    counter.days_pass(2)
    assert len(await _told(counter)) == 1
    counter.days_pass(4)
    [_first, again] = await _told(counter)
    assert (first.which, again.which) == (Reminder.ITS_DAY, Reminder.AGAIN)
    assert await counter.spent() == 4
    counter.days_pass(3)
    await _told(counter)
    assert ((await counter.line(given)).state, await counter.spent()) == (State.DROPPED, 0)
    [told] = await _answers(counter)
    assert (told.state, told.customer) == (State.DROPPED, "Mevr. A. Jansen")


async def test_while_everything_is_stopped_nothing_is_let_go_and_no_request_runs_out(counter: Counter) -> None:
    given = await counter.given(await counter.add(), on_day=counter.today, remind=True)
    asked, approved = [await counter.ask(await counter.add(name)) for name in "BC"]
    assert asked.line
    assert approved.line
    async with counter.database.writing() as session:
        await counter.house.outbox.hold(session, T1, TOM)
    await counter.gestures.answer(T1, approved.line.id, by=FEMKE, yes=True)
    [told] = await _answers(counter)
    assert (told.reminds, told.is_stopped) == (True, True)
    for _day in range(14):
        counter.days_pass(1)
        await _told(counter)
    assert (await counter.line(given)).state == State.PLANNED
    line = await counter.line(asked.line.id)
    assert (line.state, line.tell_at and line.tell_at > counter.clock.now()) == (State.ASKED, True)
    assert all(notice.expires_at is None for notice in await counter.notices(ASKED)), "they are asked afterwards"


async def test_what_is_done_withdraws_its_reminder_that_is_not_sent_yet(counter: Counter) -> None:
    given = await counter.given(await counter.add(), on_day=counter.in_days(1), remind=True)
    counter.days_pass(1)
    assert len(await _told(counter)) == 1
    await counter.gestures.done(T1, given, by=NOOR)
    assert await counter.notices(REMINDER) == []


# --- when it may be told ---


async def test_after_a_night_without_the_bot_a_reminder_waits_for_working_hours(
    counter: Counter, clock: HeldClock
) -> None:
    given = await counter.given(await counter.add(), on_day=counter.in_days(1), remind=True)
    clock.move(timedelta(days=1, hours=15))
    assert await _told(counter) == []
    at = (await counter.line(given)).tell_at
    assert at is not None
    clock.move(at - clock.now())
    assert clock.now().astimezone(ZoneInfo("Europe/Amsterdam")).hour == 9
    [told] = await _told(counter)
    assert told.zone == "Europe/Amsterdam"


async def test_a_reminder_is_of_no_use_after_its_day(counter: Counter) -> None:
    await counter.given(await counter.add(), on_day=counter.in_days(1), remind=True)
    counter.days_pass(1)
    await counter.gestures.tell_due()
    [notice] = await counter.notices(REMINDER)
    assert notice.expires_at is not None
    assert notice.expires_at.astimezone(ZoneInfo("Europe/Amsterdam")).isoformat() == "2026-11-25T00:00:00+01:00"


async def test_a_reminder_of_an_erased_customer_is_not_told(counter: Counter) -> None:
    customer = await counter.add()
    await counter.given(customer, on_day=counter.in_days(1), remind=True)
    counter.days_pass(1)
    assert len(await _told(counter)) == 1
    await counter.customers.erase(T1, customer, by=NOOR)
    assert await counter.notices(REMINDER) == []


async def test_leave_that_is_known_is_no_working_day(counter: Counter) -> None:
    async with counter.database.writing() as session:
        first, last = counter.in_days(1), counter.in_days(2)
        await counter.house.working_times.absent(session, T1, NOOR, Kind.LEAVE, first_day=first, last_day=last)
    given = await counter.given(await counter.add())
    at = (await counter.line(given)).tell_at
    assert at is not None
    assert at.date() == counter.in_days(3), "how it was received is asked when they are back"


# --- one that cannot be told ---


async def test_one_line_that_cannot_be_read_holds_up_no_other(counter: Counter, clock: HeldClock) -> None:
    broken = await counter.given(await counter.add(), on_day=counter.in_days(1), remind=True)
    await counter.given(await counter.add("B. de Vries"), on_day=counter.in_days(1), remind=True)
    async with counter.database.writing() as session:
        await session.execute(text("update gestures_given set words = 'not encrypted' where id = :id"), {"id": broken})
    counter.days_pass(1)
    [told] = await _told(counter)
    assert told.customer == "B. de Vries"
    async with counter.database.reading() as session:
        at = await session.scalar(select(Given.tell_at).where(Given.id == broken))
    assert at == clock.now() + AGAIN_AFTER


async def test_two_that_tell_at_once_tell_everything_once(counter: Counter) -> None:
    for n in range(6):
        customer = await counter.add(f"Customer {n}", contact_id=DAAN)
        await counter.given(customer, CAKE if n % 2 else TALK, on_day=counter.in_days(1), remind=True)
    await counter.house.teams.leaves(T1, C1, NOOR)
    counter.days_pass(1)
    await asyncio.gather(*(counter.gestures.tell_due() for _each in range(3)))
    assert len(await _answers(counter)) == 6
    assert await counter.spent() == await counter.spent(NOOR) == 0


# --- requests that nobody answers ---


async def test_after_three_working_days_without_an_answer_who_asked_is_told(counter: Counter) -> None:
    decision = await counter.ask(await counter.add())
    assert decision.line is not None
    counter.days_pass(2)
    await counter.gestures.tell_due()
    assert await counter.notices(ANSWERED) == []
    counter.days_pass(1)
    await counter.gestures.tell_due()
    [notice] = await counter.notices(ANSWERED)
    told = AnsweredData.model_validate_json(notice.data)
    assert (notice.whom, told.state, told.answered_by) == (NOOR, State.UNANSWERED, None)
    late = await counter.gestures.answer(T1, decision.line.id, by=FEMKE, yes=True)
    assert late.request.state is State.UNANSWERED


async def test_a_request_is_over_by_the_hours_of_the_team_that_is_to_answer(counter: Counter) -> None:
    async with counter.database.writing() as session:
        every_day = {"days": range(7), "begins": time(6), "ends": time(23)}
        await counter.house.working_times.choose_hours(session, T1, NOOR, **every_day)
    counter.days_pass(4)  # it is Friday
    await counter.ask(await counter.add())
    counter.days_pass(4)
    await counter.gestures.tell_due()
    assert await counter.notices(ANSWERED) == [], "the team had Monday and Tuesday only"
    counter.days_pass(1)
    await counter.gestures.tell_due()
    [told] = await _answers(counter)
    assert told.state is State.UNANSWERED


# --- how it was received ---


async def test_the_working_day_after_it_is_asked_how_it_was_received_and_once(counter: Counter) -> None:
    given = await counter.given(await counter.add())
    counter.days_pass(1)
    for _twice in range(2):
        await counter.gestures.tell_due()
        [notice] = await counter.notices(RECEPTION)
        assert notice.whom == NOOR
        assert ReceptionData.model_validate_json(notice.data).given_id == given


async def test_before_a_day_that_is_to_come_it_is_asked_after_it_however_far_ahead_that_is(counter: Counter) -> None:
    customer = await counter.add()
    await counter.moments.note(T1, customer, "moving", counter.in_days(10), by=NOOR, about="the new flat")
    await counter.given(customer, occasion=Occasion.MOVING)
    for days, asked in ((10, 0), (1, 1)):
        counter.days_pass(days)
        await counter.gestures.tell_due()
        assert len(await counter.notices(RECEPTION)) == asked


async def test_of_several_gestures_one_a_day_is_asked_about(counter: Counter) -> None:
    ids = [await counter.given(await counter.add(name)) for name in "ABC"]
    asked: list[int] = []
    for _day in range(3):
        counter.days_pass(1)
        for _twice in range(2):
            await counter.gestures.tell_due()
        told = [ReceptionData.model_validate_json(notice.data).given_id for notice in await counter.notices(RECEPTION)]
        asked.append(len(told))
    assert asked == [1, 2, 3]
    assert sorted(told) == ids
    assert {notice.manner for notice in await counter.notices(RECEPTION)} == {Manner.POST}


async def test_what_was_told_already_is_not_asked(counter: Counter) -> None:
    told, skipped = [await counter.given(await counter.add(name)) for name in ("A", "B")]
    await counter.gestures.diary.received(T1, told, by=NOOR, felt=HEARD)
    await counter.gestures.diary.skip_reception(T1, skipped, by=NOOR)
    counter.days_pass(5)
    await counter.gestures.tell_due()
    assert await counter.notices(RECEPTION) == []


async def test_how_it_was_received_counts_once(counter: Counter) -> None:
    given = await counter.given(await counter.add())
    for felt, is_new in ((HEARD, True), (frozenset[Felt](), False)):
        assert (await counter.gestures.diary.received(T1, given, by=NOOR, felt=felt)).is_new is is_new
    assert not (await counter.gestures.diary.skip_reception(T1, given, by=NOOR)).is_new
    assert await counter.received(TALK) == (1, 1, 0)
    assert (await counter.line(given)).felt == "heard,surprised"


async def test_not_so_much_counts_as_an_answer_and_a_skip_does_not(counter: Counter) -> None:
    told, skipped = [await counter.given(await counter.add(name)) for name in ("A", "B")]
    await counter.gestures.diary.received(T1, told, by=NOOR, felt=frozenset())
    await counter.gestures.diary.skip_reception(T1, skipped, by=NOOR)
    assert await counter.received(TALK) == (0, 1, 0)


async def test_more_is_told_after_the_first_tap_and_each_thing_once(counter: Counter) -> None:
    given = await counter.given(await counter.add())
    gestures = counter.gestures
    assert not (await gestures.diary.told_more(T1, given, by=NOOR, emotion=Emotion.JOY)).is_new
    await gestures.diary.received(T1, given, by=NOOR, felt=HEARD)
    assert (await gestures.diary.told_more(T1, given, by=NOOR, emotion=Emotion.JOY)).is_new
    assert (await gestures.diary.told_more(T1, given, by=NOOR, ambassador=Ambassador.REVIEW, was_asked=False)).is_new
    assert not (await gestures.diary.told_more(T1, given, by=NOOR, emotion=Emotion.ANGER)).is_new
    line = await counter.line(given)
    assert (line.emotion, line.ambassador, line.was_asked) == ("joy", "review", False)


async def test_what_is_only_planned_was_not_received(counter: Counter) -> None:
    given = await counter.given(await counter.add(), on_day=counter.today)
    assert not (await counter.gestures.diary.received(T1, given, by=NOOR, felt=HEARD)).is_new
    assert await counter.received(TALK) == (0, 0, 0)


async def test_what_is_received_well_is_suggested_before_what_is_not(counter: Counter) -> None:
    for n in range(6):
        given = await counter.given(await counter.add(f"Customer {n}"), CALL)
        await counter.gestures.diary.received(T1, given, by=NOOR, felt=HEARD)
    found = await counter.gestures.suggest(T1, await counter.add(), by=NOOR)
    assert found.suggestions[0].gesture.id == "call"


# --- who sees what ---


async def test_what_somebody_is_about_to_do_is_seen_by_them_only(counter: Counter) -> None:
    customer, other = await counter.add(), await counter.add("B. de Vries")
    await counter.given(customer, TALK)
    await counter.given(other, CALL, on_day=counter.in_days(2))
    await counter.gestures.drop(T1, await counter.given(other, ANSWER, on_day=counter.in_days(3)), by=NOOR)
    await counter.given(customer, ANSWER, by=DAAN, on_day=counter.in_days(1))
    assert await _about_to_do(counter, NOOR) == [("call", "B. de Vries")]
    assert await _about_to_do(counter, DAAN) == [("answer", "Mevr. A. Jansen")]
    assert await _about_to_do(counter, FEMKE) == []


async def test_who_left_the_team_sees_no_names_of_its_customers_any_more(counter: Counter) -> None:
    theirs, own = await counter.add(contact_id=DAAN), await counter.add("B. de Vries")
    planned = await counter.given(theirs, CAKE, on_day=counter.in_days(1), remind=True)
    done = await counter.given(theirs, ANSWER)
    await counter.given(own, CALL, on_day=counter.in_days(2))
    await counter.house.teams.leaves(T1, C1, NOOR)
    assert await _about_to_do(counter, NOOR) == [("call", "B. de Vries")]
    with pytest.raises(NotTheirCustomer):
        await counter.gestures.drop(T1, planned, by=NOOR)
    with pytest.raises(NotTheirCustomer):
        await counter.gestures.diary.received(T1, done, by=NOOR, felt=HEARD)
    with pytest.raises(NotTheirCustomer):
        await counter.gestures.diary.skip_reception(T1, done, by=NOOR)


async def _about_to_do(counter: Counter, by: str) -> list[tuple[str, str]]:
    async with counter.database.reading() as session:
        lines = await counter.gestures.diary.planned(session, T1, by=by, limit=10)
    return [(line.gesture_id, line.customer) for line in lines]


async def test_a_card_says_what_was_done_and_not_who_did_it(counter: Counter) -> None:
    customer = await counter.add()
    await counter.given(customer, TALK)
    await counter.given(customer, ANSWER, by=DAAN, on_day=counter.in_days(1))
    await counter.ask(customer, HAMPER, on_day=counter.in_days(40))
    async with counter.database.reading() as session:
        lines = await counter.gestures.diary.on_card(session, T1, customer, by=NOOR)
    assert [(line.gesture_id, line.state, line.is_own) for line in lines] == [
        ("answer", State.PLANNED, False),
        ("talk", State.DONE, True),
    ]


@pytest.mark.parametrize(("days", "is_taken"), [(-25, False), (-15, True), (0, True), (15, True), (25, False)])
async def test_a_customer_is_taken_only_where_the_rules_would_leave_them_in_peace(
    counter: Counter, days: int, is_taken: bool
) -> None:
    customer = await counter.add()
    await counter.given(customer, on_day=counter.in_days(max(days, 0)))
    counter.days_pass(max(-days, 0))
    async with counter.database.reading() as session:
        taken = await counter.gestures.diary.taken(session, T1, [customer], by=NOOR, today=counter.today)
    assert bool(taken) is is_taken
    assert (await counter.give(customer, CALL)).verdict.allowed is not is_taken


async def test_a_budget_says_what_is_left_of_what(counter: Counter) -> None:
    await counter.given(await counter.add(), CAKE)
    await counter.given(await counter.add("B"), CAKE, by=DAAN, on_day=counter.in_days(1))
    async with counter.database.reading() as session:
        team = await counter.gestures.diary.team_budget(session, T1, C1, counter.today)
    assert (team.spent, team.limit) == (Decimal(8), Decimal(150))


async def _month(counter: Counter, colleagues: int, told_by: int):
    people = [f"U{n}" for n in range(colleagues)]
    await counter.house.join(C1, *people)
    for n, person in enumerate(people):
        customer = await counter.add(f"Customer {n}")
        given = await counter.given(customer, CAKE if n == 0 else ANSWER, by=person)
        if n < told_by:
            ambassador = Ambassador.REVIEW if n == 1 else None
            await counter.gestures.diary.received(T1, given, by=person, felt=HEARD)
            await counter.gestures.diary.told_more(T1, given, by=person, ambassador=ambassador)
    await counter.given(await counter.add("Not done"), on_day=counter.in_days(2))
    async with counter.database.reading() as session:
        assert await counter.gestures.diary.month_for_leadership(session, T1, counter.today) is None
    counter.clock.move(timedelta(days=31))
    async with counter.database.reading() as session:
        return await counter.gestures.diary.month_for_leadership(session, T1, counter.today)


async def test_leadership_sees_the_sums_of_the_last_whole_month(counter: Counter) -> None:
    month = await _month(counter, colleagues=5, told_by=5)
    assert month is not None
    assert (month.gestures, month.customers, month.spent, month.without_cost) == (5, 5, Decimal(4), 4)
    assert (month.told, month.ambassadors) == (5, 1)
    assert month.felt == {Felt.HEARD: 5, Felt.IMPORTANT: 0, Felt.SURPRISED: 5}


async def test_leadership_sees_nothing_of_fewer_than_five_colleagues(counter: Counter) -> None:
    assert await _month(counter, colleagues=4, told_by=4) is None


async def test_what_fewer_than_five_colleagues_told_is_no_figure_either(counter: Counter) -> None:
    month = await _month(counter, colleagues=6, told_by=4)
    assert month is not None
    assert (month.gestures, month.told, month.felt, month.ambassadors) == (6, None, None, None)
