"""Its colleague is reminded, asked, and in the end told that it counts as broken: once each, in working hours."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.rules import Cause
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring, new_key
from bot.kit.outbox.rules import NewNotice
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.rules import Kind
from bot.people.roles import Standing
from bot.promises.reminding import GIVEN_UP, QUESTION, REMINDER
from bot.promises.rules import Due, State
from bot.promises.service import CannotBeMet, PromiseIsOver
from tests.customers.shop import DAAN, NOOR
from tests.promises.ledger import FRIDAY, MONDAY, TODAY, Ledger
from tests.teams.plans import T1

NEXT_MONDAY, NEXT_TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


async def test_it_is_reminded_asked_and_given_up(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    assert await ledger.tell_at(FRIDAY, 9, 59) == []
    assert await ledger.tell_at(FRIDAY, 10) == [REMINDER]
    assert await ledger.tell_at(FRIDAY, 17) == [REMINDER]
    assert await ledger.tell_at(NEXT_MONDAY, 8, 59) == [REMINDER]
    assert await ledger.tell_at(NEXT_MONDAY, 9) == [REMINDER, QUESTION]
    assert await ledger.tell_at(NEXT_MONDAY, 16, 59) == [REMINDER, QUESTION]
    assert (await ledger.now(promise)).is_open
    assert await ledger.tell_at(NEXT_MONDAY, 17) == [REMINDER, QUESTION, GIVEN_UP]
    assert (await ledger.now(promise)).state is State.BROKEN
    [case] = await ledger.open_cases()
    assert (case.cause, case.handled_by) == (Cause.BROKEN_PROMISE, NOOR)
    await ledger.later(ledger.clock.now())
    assert await ledger.notices() == [(REMINDER, NOOR), (QUESTION, NOOR), (GIVEN_UP, NOOR)]


async def test_nothing_more_is_told_of_what_was_kept(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    await ledger.promises.keep(T1, promise.id, by=NOOR)
    assert await ledger.tell_at(NEXT_TUESDAY, 17) == []


async def test_what_was_moved_is_reminded_of_anew(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    assert await ledger.tell_at(FRIDAY, 10) == [REMINDER]
    await ledger.promises.move(T1, promise.id, Due(NEXT_TUESDAY), by=NOOR, customer_was_told=True)
    assert await ledger.tell_at(NEXT_MONDAY, 17) == [REMINDER]
    assert await ledger.tell_at(NEXT_TUESDAY, 10) == [REMINDER, REMINDER]


async def test_what_is_due_within_minutes_is_only_asked_about(ledger: Ledger) -> None:
    noted = await ledger.noted(TODAY, time(10, 10))
    assert noted.reminder is None
    assert await ledger.tell_at(TODAY, 11) == []
    assert await ledger.tell_at(TODAY, 11, 10) == [QUESTION]


async def test_after_a_night_of_being_down_nobody_is_woken_and_a_late_reminder_is_the_question(ledger: Ledger) -> None:
    await ledger.made(FRIDAY)
    assert await ledger.tell_at(FRIDAY, 23) == []
    assert await ledger.tell_at(NEXT_MONDAY, 8) == []
    assert await ledger.tell_at(NEXT_MONDAY, 9) == [QUESTION]


async def test_after_days_of_being_down_nothing_is_given_up_that_was_not_asked_about(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    assert await ledger.tell_at(date(2026, 12, 9), 11) == [QUESTION]
    assert (await ledger.now(promise)).is_open
    assert await ledger.tell_at(date(2026, 12, 10), 17) == [QUESTION, GIVEN_UP]


async def test_while_everything_is_stopped_nothing_is_given_up(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    outbox = ledger.shop.house.outbox
    async with ledger.shop.database.writing() as session:
        await outbox.hold(session, T1, "UADMIN")
    await ledger.hours_until(datetime(2026, 12, 3, 12, tzinfo=UTC))
    assert (await ledger.now(promise)).is_open
    async with ledger.shop.database.writing() as session:
        await outbox.go_on(session, T1)
    await ledger.hours_until(datetime(2026, 12, 4, 17, tzinfo=UTC))
    assert (await ledger.now(promise)).state is State.BROKEN


async def test_the_promise_of_a_closed_account_is_told_to_the_contact(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY, by=DAAN)
    await ledger.shop.house.met(DAAN, Standing.GONE)
    await ledger.hours_until(datetime(2026, 11, 30, 17, tzinfo=UTC))
    assert await ledger.notices() == [(REMINDER, NOOR), (QUESTION, NOOR), (GIVEN_UP, NOOR)]
    [case] = await ledger.open_cases()
    assert case.handled_by == NOOR
    assert (await ledger.now(promise)).made_by == DAAN


async def test_who_is_away_is_reminded_when_they_are_back(ledger: Ledger) -> None:
    promise = await ledger.made(NEXT_TUESDAY)
    await ledger.on_leave(FRIDAY, NEXT_MONDAY)
    await ledger.hours_until(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert await ledger.notices() == [(REMINDER, NOOR)]
    await ledger.hours_until(datetime(2026, 12, 2, 10, tzinfo=UTC))
    assert await ledger.told() == [REMINDER, QUESTION]
    await ledger.on_leave(date(2026, 12, 2), date(2026, 12, 10))
    await ledger.hours_until(datetime(2026, 12, 11, 16, tzinfo=UTC))
    assert (await ledger.now(promise)).is_open, "who is away cannot answer"
    await ledger.hours_until(datetime(2026, 12, 11, 17, tzinfo=UTC))
    assert (await ledger.now(promise)).state is State.BROKEN


async def test_what_falls_due_while_they_are_away_is_for_the_contact(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY, by=DAAN)
    await ledger.on_leave(TODAY + timedelta(days=1), date(2026, 12, 11), DAAN)
    await ledger.hours_until(datetime(2026, 12, 11, 17, tzinfo=UTC))
    assert await ledger.notices() == [(REMINDER, NOOR), (QUESTION, NOOR)]
    assert (await ledger.now(promise)).is_open


async def test_where_nobody_is_there_it_waits(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY, by=DAAN)
    for person in (NOOR, DAAN):
        await ledger.on_leave(TODAY + timedelta(days=1), date(2026, 12, 4), person, Kind.PAUSE)
    await ledger.hours_until(datetime(2026, 12, 4, 17, tzinfo=UTC))
    assert await ledger.notices() == []
    await ledger.hours_until(datetime(2026, 12, 7, 10, tzinfo=UTC))
    assert await ledger.notices() == [(QUESTION, DAAN)]
    assert (await ledger.now(promise)).is_open


async def test_the_promise_of_who_left_the_team_is_told_to_the_contact(ledger: Ledger) -> None:
    await ledger.made(FRIDAY, by=DAAN)
    await ledger.shop.house.teams.leaves(T1, "C1", DAAN)
    await ledger.hours_until(datetime(2026, 11, 30, 17, tzinfo=UTC))
    assert await ledger.notices() == [(REMINDER, NOOR), (QUESTION, NOOR), (GIVEN_UP, NOOR)]
    [case] = await ledger.open_cases()
    assert case.handled_by == NOOR


async def test_after_a_hold_there_is_a_working_day_to_answer(ledger: Ledger) -> None:
    promise = await ledger.made(TODAY, time(15))
    outbox = ledger.shop.house.outbox
    async with ledger.shop.database.writing() as session:
        await outbox.hold(session, T1, "UADMIN")
    await ledger.hours_until(datetime(2026, 11, 26, 16, tzinfo=UTC))
    async with ledger.shop.database.writing() as session:
        await outbox.go_on(session, T1)
    await ledger.hours_until(datetime(2026, 11, 27, 16, tzinfo=UTC))
    assert (await ledger.now(promise)).is_open
    await ledger.hours_until(datetime(2026, 11, 27, 17, tzinfo=UTC))
    assert (await ledger.now(promise)).state is State.BROKEN


@pytest.mark.parametrize("deed", ["keep", "move", "take back", "break", "erase"])
async def test_what_is_so_no_longer_is_not_told_any_more(ledger: Ledger, deed: str) -> None:
    async with ledger.shop.database.writing() as session:
        await ledger.shop.house.outbox.hold(session, T1, "UADMIN")
    promise = await ledger.made(TODAY, time(12))
    await ledger.later(MONDAY + timedelta(minutes=15))
    assert "The quote" in await ledger.waiting()
    match deed:
        case "keep":
            await ledger.promises.keep(T1, promise.id, by=NOOR)
        case "move":
            await ledger.promises.move(T1, promise.id, Due(FRIDAY), by=NOOR, customer_was_told=True)
        case "take back":
            await ledger.promises.take_back(T1, promise.id, by=NOOR)
        case "break":
            await ledger.promises.break_(T1, promise.id, by=NOOR)
        case _:
            await ledger.shop.customers.erase(T1, ledger.jansen, by=DAAN)
    assert "The quote" not in await ledger.waiting()


async def test_a_reminder_that_comes_after_it_was_due_is_not_told(ledger: Ledger) -> None:
    await ledger.made(TODAY, time(12))
    async with ledger.shop.database.writing() as session:
        await ledger.shop.house.outbox.hold(session, T1, "UADMIN")
    await ledger.later(MONDAY + timedelta(minutes=15))
    async with ledger.shop.database.reading() as session:
        [notice] = await session.scalars(select(Notice).where(Notice.kind == REMINDER))
    assert notice.expires_at == MONDAY + timedelta(hours=2)


async def test_one_that_cannot_be_told_holds_up_no_other(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for what in ("Broken", "Sound"):
        await ledger.made(FRIDAY, what=what)
    post = ledger.shop.house.outbox.post

    async def cannot_always(session: AsyncSession, notice: NewNotice) -> None:
        if "Broken" in notice.data.model_dump_json():
            raise ValueError("a bad row")
        await post(session, notice)

    monkeypatch.setattr(ledger.shop.house.outbox, "post", cannot_always)
    assert await ledger.tell_at(FRIDAY, 10) == [REMINDER]
    monkeypatch.undo()
    assert await ledger.tell_at(FRIDAY, 10, 1) == [REMINDER]
    assert await ledger.tell_at(FRIDAY, 11) == [REMINDER, REMINDER]


async def test_two_processes_tell_each_once(ledger: Ledger) -> None:
    for n in range(5):
        await ledger.made(FRIDAY, what=f"Promise {n}")
    ledger.clock.move(datetime(2026, 11, 27, 10, tzinfo=UTC) - MONDAY)
    await asyncio.gather(ledger.promises.tell_due(), ledger.promises.tell_due())
    assert await ledger.told() == [REMINDER] * 5


async def test_a_kept_that_comes_with_the_last_tick_hears_how_it_stands(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    await ledger.hours_until(datetime(2026, 11, 30, 17, tzinfo=UTC))
    with pytest.raises(PromiseIsOver) as over:
        await ledger.promises.keep(T1, promise.id, by=NOOR)
    assert over.value.promise.case_id == (await ledger.open_cases())[0].id


# --- whatever is done, in whatever order -------------------------------------------------------------

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["make", "keep", "move", "break", "close", "wait"]), st.integers(0, 3), st.integers(0, 40)
    ),
    max_size=25,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
async def test_a_broken_promise_has_an_open_case_until_the_customer_says_that_it_is_put_right(
    sqlite_template: object, tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, int]]
) -> None:
    file = tmp_path_factory.mktemp("ledger") / "acht.db"
    file.write_bytes(sqlite_template.read_bytes())  # type: ignore[attr-defined]
    database = Database(f"sqlite+aiosqlite:///{file}", Keyring([new_key()]))
    try:
        ledger = await Ledger.open(database, HeldClock(MONDAY))
        put_right: set[int] = set()
        for deed, which, hours in deeds:
            await _does(ledger, deed, which, hours, put_right)
            broken = {promise.case_id for promise in await ledger.all() if promise.state == State.BROKEN}
            open_cases = {case.id for case in await ledger.open_cases()}
            assert None not in broken
            assert open_cases == broken - put_right
            assert (await ledger.standing()).has_broken_promise == bool(open_cases)
    finally:
        await database.close()


async def _does(ledger: Ledger, deed: str, which: int, hours: int, put_right: set[int]) -> None:
    promises = await ledger.all()
    now = ledger.clock.now()
    promise_id = promises[which % len(promises)].id if promises else 0
    due = Due(now.date() + timedelta(days=which), time(hours % 24))
    try:
        match deed:
            case "make":
                await ledger.made(due.on, due.at)
            case "keep" if promises:
                await ledger.promises.keep(T1, promise_id, by=NOOR, was_late=False)
            case "move" if promises:
                await ledger.promises.move(T1, promise_id, due, by=NOOR, customer_was_told=True, insists=True)
            case "break" if promises:
                await ledger.promises.break_(T1, promise_id, by=DAAN)
            case "close" if open_cases := await ledger.open_cases():
                case_id = open_cases[which % len(open_cases)].id
                await ledger.cases.close(T1, case_id, by=NOOR, on=now.date())
                put_right.add(case_id)
            case "wait":
                await ledger.later(now + timedelta(hours=hours))
            case _:
                pass
    except (CannotBeMet, PromiseIsOver):
        pass
