"""Above what a colleague decides: a lead is asked, answers once, and everybody who was asked knows."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from bot.customers.rules import DayOfYear
from bot.gestures.answering import NobodyToAsk, NotTheirsToAnswer
from bot.gestures.course import ANSWERED, ASKED, AnsweredData, Decision, Request, State
from bot.gestures.diary import NoSuchGesture
from bot.gestures.rules import Reason
from bot.kit.clock import HeldClock
from bot.kit.working_time.rules import Kind, Wish
from bot.people.roles import Role
from bot.trade import Occasion
from tests.customers.shop import DAAN, NOOR
from tests.gestures.counter import CALL, HAMPER, TALK, Counter
from tests.teams.plans import C1, FEMKE, T1, TOM


@pytest.fixture
async def asked(counter: Counter) -> int:
    return _id(await counter.ask(await counter.add(), on_day=counter.in_days(3)))


def _id(decision: Decision) -> int:
    assert decision.line is not None, decision.verdict
    return decision.line.id


async def _requests(counter: Counter) -> list[tuple[str, Request]]:
    notices = await counter.notices(ASKED)
    return [(notice.whom, Request.model_validate_json(notice.data)) for notice in notices]


async def _answers(counter: Counter) -> list[tuple[str, AnsweredData]]:
    notices = await counter.notices(ANSWERED)
    return [(notice.whom, AnsweredData.model_validate_json(notice.data)) for notice in notices]


async def test_what_is_above_the_limit_needs_a_yes(counter: Counter) -> None:
    refused = await counter.give(await counter.add(), HAMPER)
    assert (refused.verdict.reason, refused.line) == (Reason.NEEDS_APPROVAL, None)


async def test_a_lead_is_asked_and_sees_no_name_of_a_customer_whom_they_do_not_serve(
    counter: Counter, asked: int
) -> None:
    [(whom, request)] = await _requests(counter)
    assert whom == FEMKE
    assert (request.given_id, request.gesture_id, request.cost) == (asked, "hamper", Decimal(8))
    assert (request.colleague_id, request.team_left, request.state) == (NOOR, Decimal(150), State.ASKED)
    assert (request.customer, request.words) == (None, None)
    assert await counter.spent() == 0
    await counter.house.join(C1, FEMKE)
    async with counter.database.reading() as session:
        [request] = await counter.gestures.diary.requests(session, T1, by=FEMKE, limit=5)
        assert await counter.gestures.diary.requests(session, T1, by=DAAN, limit=5) == []
    assert (request.customer, request.words) == ("Mevr. A. Jansen", "Hello")


async def test_a_lead_who_serves_the_customer_sees_the_day_of_the_moment_which_is_kept_on_the_card_only(
    counter: Counter,
) -> None:
    birthday = counter.in_days(5)
    customer = await counter.add(birthday=DayOfYear.of(birthday))
    asked = _id(await counter.ask(customer, occasion=Occasion.BIRTHDAY, on_day=counter.today))
    [(_femke, request)] = await _requests(counter)
    assert request.occasion_on is None
    await counter.house.join(C1, FEMKE)
    await counter.gestures.move(T1, asked, counter.in_days(1), by=NOOR)
    [(_femke, request)] = await _requests(counter)
    assert request.occasion_on == birthday
    async with counter.database.reading() as session:
        [row] = await session.execute(text("select * from gestures_given"))
    assert str(birthday) not in str(row)


async def test_it_is_asked_for_the_day_of_what_is_going_on_and_can_be_moved_while_the_lead_thinks(
    counter: Counter,
) -> None:
    moves_on = counter.in_days(3)
    customer = await counter.add()
    await counter.moments.note(T1, customer, "moving", moves_on, by=NOOR, about="the new flat")
    asked = _id(await counter.ask(customer, occasion=Occasion.MOVING))
    assert (await counter.line(asked)).on_day == moves_on
    for days in (40, 5, 40, 5):
        decision = await counter.gestures.move(T1, asked, counter.in_days(days), by=NOOR)
        assert (decision.line and decision.line.state, decision.is_new) == (State.ASKED, True)
        [(_femke, request)] = await _requests(counter)
        assert (request.state, request.on_day) == (State.ASKED, counter.in_days(days))
    await counter.goes_wrong(customer)
    refused = await counter.gestures.move(T1, asked, counter.in_days(6), by=NOOR)
    assert (refused.verdict.reason, (await counter.line(asked)).on_day) == (Reason.OPEN_CASE, counter.in_days(5))
    assert await counter.spent() == 0
    other = _id(await counter.ask(await counter.add("B"), occasion=Occasion.MOVING))
    assert (await counter.line(other)).on_day == counter.today, "nothing is going on that has a day"


async def test_a_lead_sees_the_money_of_the_month_in_which_it_would_be_done(counter: Counter, clock: HeldClock) -> None:
    next_month = (counter.today.replace(day=1) + timedelta(days=31)).replace(day=1)
    clock.move(next_month - timedelta(days=1) - counter.today)
    customer = await counter.add()
    asked, other = _id(await counter.ask(customer)), _id(await counter.ask(await counter.add("B")))
    await counter.gestures.answer(T1, other, by=FEMKE, yes=True)
    await counter.goes_wrong(customer)
    for days, left in ((0, 142), (1, 150)):
        counter.days_pass(days)
        async with counter.database.reading() as session:
            [seen] = await counter.gestures.diary.requests(session, T1, by=FEMKE, limit=5)
        refused = await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)
        assert seen.team_left == refused.request.team_left == left


async def test_the_same_click_twice_asks_once(counter: Counter) -> None:
    customer = await counter.add()
    first, second = [await counter.ask(customer, event_key="the click") for _twice in range(2)]
    assert _id(first) == _id(second)
    assert len(await _requests(counter)) == 1


async def test_after_a_yes_it_is_planned_and_both_are_told(counter: Counter, asked: int) -> None:
    answered = await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)
    assert (answered.is_new, answered.request.state, answered.request.answered_by) == (True, State.PLANNED, FEMKE)
    assert answered.request.team_left == 142
    [(whom, told)] = await _answers(counter)
    assert (whom, told.state, told.customer, told.reminds) == (NOOR, State.PLANNED, "Mevr. A. Jansen", True)
    [(lead, settled)] = await _requests(counter)
    assert (lead, settled.state) == (FEMKE, State.PLANNED)
    assert await counter.spent(NOOR) == 8
    counter.days_pass(3)
    assert (await counter.gestures.done(T1, asked, by=NOOR)).verdict.allowed


async def test_after_a_no_nothing_is_spent_and_it_is_not_suggested_for_a_month(counter: Counter, asked: int) -> None:
    answered = await counter.gestures.answer(T1, asked, by=FEMKE, yes=False, why="Too much.")
    assert (answered.request.state, await counter.spent()) == (State.DECLINED, 0)
    [(_noor, told)] = await _answers(counter)
    assert (told.state, told.answered_by, told.why) == (State.DECLINED, FEMKE, "Too much.")
    line = await counter.line(asked)
    for days, is_offered in ((30, False), (1, True)):
        counter.days_pass(days)
        found = await counter.gestures.suggest(T1, line.customer_id, by=NOOR)
        assert (found.askable is not None) is is_offered
    assert (await counter.ask(line.customer_id)).verdict.allowed


async def test_what_was_answered_is_not_answered_again(counter: Counter, asked: int) -> None:
    await counter.gestures.answer(T1, asked, by=FEMKE, yes=False)
    second = await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)
    assert (second.is_new, second.request.state) == (False, State.DECLINED)
    assert len(await _answers(counter)) == 1


async def test_of_two_leads_at_once_one_decides(counter: Counter) -> None:
    await counter.house.give(TOM, Role.LEAD)
    await counter.house.set_up(leads=(FEMKE, TOM), seen=1)
    asked = _id(await counter.ask(await counter.add()))
    answers = await asyncio.gather(
        counter.gestures.answer(T1, asked, by=FEMKE, yes=True),
        counter.gestures.answer(T1, asked, by=TOM, yes=False),
    )
    assert sorted(answer.is_new for answer in answers) == [False, True]
    assert answers[0].request.state == answers[1].request.state
    assert len(await _answers(counter)) == 1
    assert await counter.spent() == (8 if answers[0].is_new else 0)
    assert sorted(whom for whom, _request in await _requests(counter)) == [FEMKE, TOM]


async def test_who_does_not_lead_the_team_does_not_answer(counter: Counter, asked: int) -> None:
    await counter.house.give(TOM, Role.ADMINISTRATOR)
    for person in (DAAN, NOOR, TOM):
        with pytest.raises(NotTheirsToAnswer):
            await counter.gestures.answer(T1, asked, by=person, yes=True)
    with pytest.raises(NoSuchGesture):
        await counter.gestures.answer("T2", asked, by=FEMKE, yes=True)


async def test_where_the_team_has_no_lead_an_administrator_is_asked(counter: Counter) -> None:
    customer = await counter.add()
    await counter.house.takes_away(FEMKE, Role.LEAD)
    asked = _id(await counter.ask(customer))
    assert [whom for whom, _request in await _requests(counter)] == [TOM]
    assert (await counter.gestures.answer(T1, asked, by=TOM, yes=True)).request.state == State.PLANNED


async def test_where_there_is_neither_nobody_can_be_asked(counter: Counter) -> None:
    customer = await counter.add()
    await counter.house.takes_away(FEMKE, Role.LEAD)
    async with counter.database.writing() as session:
        await counter.house.roles.take(session, T1, Role.ADMINISTRATOR, [TOM], by=None)
    with pytest.raises(NobodyToAsk):
        await counter.ask(customer)
    assert await counter.notices(ASKED) == []


async def test_a_yes_that_comes_too_late_changes_nothing_and_says_why(counter: Counter, asked: int) -> None:
    line = await counter.line(asked)
    case = await counter.goes_wrong(line.customer_id)
    late = await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)
    assert (late.verdict.reason, late.request.state, late.is_new) == (Reason.OPEN_CASE, State.ASKED, False)
    assert await counter.spent() == 0
    await counter.put_right(case)
    counter.days_pass(14)
    late = await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)
    assert (late.verdict.allowed, late.request.on_day) == (True, counter.today)


async def test_a_yes_does_not_go_beyond_the_budget(counter: Counter) -> None:
    asked = [_id(await counter.ask(await counter.add(f"Customer {n}"))) for n in range(4)]
    answers = [await counter.gestures.answer(T1, one, by=FEMKE, yes=True) for one in asked]
    assert [answer.verdict.reason for answer in answers] == [None, None, None, Reason.OWN_BUDGET_SPENT]
    assert await counter.spent(NOOR) == 24


async def test_who_asks_does_not_take_space_and_is_not_offered_the_same_again(counter: Counter, asked: int) -> None:
    customer = (await counter.line(asked)).customer_id
    found = await counter.gestures.suggest(T1, customer, by=NOOR)
    assert found.askable is None
    assert (await counter.give(customer, TALK)).verdict.allowed
    assert (await counter.ask(customer)).verdict.reason is Reason.NEEDS_SPACE


async def test_what_needs_no_yes_is_planned_at_once(counter: Counter) -> None:
    decision = await counter.ask(await counter.add(), CALL)
    assert decision.line is not None
    assert decision.line.state is State.PLANNED
    assert await counter.notices(ASKED) == []


async def test_a_request_can_be_withdrawn_and_the_leads_see_it(counter: Counter, asked: int) -> None:
    assert (await counter.gestures.drop(T1, asked, by=NOOR)).is_new
    [(whom, settled)] = await _requests(counter)
    assert (whom, settled.state) == (FEMKE, State.DROPPED)
    assert (await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)).request.state == State.DROPPED
    assert await _answers(counter) == []


async def test_a_request_of_who_serves_the_customer_no_more_is_gone(counter: Counter) -> None:
    customer = await counter.add(contact_id=DAAN)
    asked = _id(await counter.ask(customer, HAMPER))
    await counter.house.teams.leaves(T1, C1, NOOR)
    with pytest.raises(NoSuchGesture):
        await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)


# --- when they hear of it, and how much is read for it ---


async def test_a_lead_who_is_away_is_asked_when_they_are_back(counter: Counter) -> None:
    await _is_away(counter, FEMKE, days=2)
    await counter.ask(await counter.add())
    [notice] = await counter.notices(ASKED)
    assert notice.due_at.date() == counter.in_days(2)


async def test_who_asked_hears_the_answer_when_they_are_at_work(counter: Counter, asked: int, clock: HeldClock) -> None:
    clock.move(timedelta(hours=10))
    await counter.gestures.answer(T1, asked, by=FEMKE, yes=True)
    [notice] = await counter.notices(ANSWERED)
    assert notice.due_at.date() == counter.in_days(1)
    assert notice.expires_at is not None


async def test_who_asked_and_is_having_a_pause_hears_the_answer_after_it(counter: Counter, asked: int) -> None:
    await _is_away(counter, NOOR, days=3)
    await counter.gestures.answer(T1, asked, by=FEMKE, yes=False)
    [notice] = await counter.notices(ANSWERED)
    assert notice.due_at.date() == counter.in_days(3)


async def test_of_two_leads_the_one_who_wants_messages_is_asked(counter: Counter) -> None:
    await counter.house.give(TOM, Role.LEAD)
    await counter.house.set_up(leads=(FEMKE, TOM), seen=1)
    async with counter.database.writing() as session:
        await counter.house.working_times.wishes(session, T1, TOM, Wish.NOTHING)
    await counter.ask(await counter.add())
    assert [whom for whom, _request in await _requests(counter)] == [FEMKE]
    async with counter.database.writing() as session:
        await counter.house.working_times.wishes(session, T1, FEMKE, Wish.CHANNEL)
    await counter.ask(await counter.add("B"))
    assert sorted(whom for whom, _request in await _requests(counter)) == [FEMKE, FEMKE, TOM], "somebody has to be"


async def _is_away(counter: Counter, whom: str, days: int) -> None:
    async with counter.database.writing() as session:
        first, last = counter.today, counter.in_days(days - 1)
        await counter.house.working_times.absent(session, T1, whom, Kind.PAUSE, first_day=first, last_day=last)


@pytest.mark.parametrize("by", [FEMKE, DAAN])
async def test_more_requests_are_not_more_queries(counter: Counter, by: str) -> None:
    asked: list[int] = []
    for n in range(6):
        await counter.ask(await counter.add(f"Customer {n}"))
        with counted() as queries:
            async with counter.database.reading() as session:
                await counter.gestures.diary.requests(session, T1, by=by, limit=50)
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 9


@contextmanager
def counted() -> Generator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_other: Any) -> None:
        if statement.lstrip().lower().startswith("select"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
