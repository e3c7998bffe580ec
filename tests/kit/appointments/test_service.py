"""Appointments as they are agreed, moved and taken."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.kit.appointments.rules import NeverComes
from bot.kit.appointments.service import Agreement, Appointments, Due
from bot.kit.appointments.tables import Appointment
from bot.kit.database import Database
from bot.kit.working_time.wall_clock import UnknownZone

FRIDAY, EVERY_DAY = date(2026, 11, 20), range(7)
AMSTERDAM, TOKYO, HONOLULU = "Europe/Amsterdam", "Asia/Tokyo", "Pacific/Honolulu"
ALL = 1_000

appointments = Appointments()


def in_amsterdam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(AMSTERDAM)).astimezone(UTC)


EARLY, NINE, LATE = (in_amsterdam(f"2026-11-20 {clock}") for clock in ("08:00", "09:00", "12:00"))
DAY = timedelta(days=1)


async def agree(
    session: AsyncSession,
    now: datetime = EARLY,
    at: time = time(9),
    zone: str = AMSTERDAM,
    days: Sequence[int] = EVERY_DAY,
) -> None:
    await appointments.agree(session, "T1", "U1", "goal", zone=zone, days=days, at=at, now=now)


async def taken(session: AsyncSession, now: datetime) -> list[tuple[date, datetime]]:
    return [(due.on, due.at) for due in await appointments.take_due(session, "goal", now, ALL)]


async def dates(session: AsyncSession, now: datetime) -> list[date]:
    return [on for on, _ in await taken(session, now)]


async def next_at(session: AsyncSession) -> datetime | None:
    return await session.scalar(select(Appointment.next_at))


# --- agreed and taken --------------------------------------------------------------------------------


async def test_it_is_taken_when_it_is_due_and_once(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        assert await taken(session, NINE - timedelta(seconds=1)) == []
        assert await taken(session, NINE) == [(FRIDAY, NINE)]
        assert await taken(session, NINE) == []
        assert await taken(session, LATE + DAY) == [(FRIDAY + DAY, NINE + DAY)]


async def test_each_kind_is_taken_apart_and_of_all_workspaces_the_longest_overdue_first(database: Database) -> None:
    async with database.writing() as session:
        rows = [
            Agreement("T1", "U1", "goal", AMSTERDAM, EVERY_DAY, time(9)),
            Agreement("T2", "U1", "goal", TOKYO, EVERY_DAY, time(17, 30)),
            Agreement("T1", "C1", "challenge", AMSTERDAM, [4], time(10)),
        ]
        await appointments.agree_many(session, rows, EARLY)
        assert [due.workspace_id for due in await appointments.take_due(session, "goal", LATE, 1)] == ["T1"]
        assert [due.workspace_id for due in await appointments.take_due(session, "goal", LATE, ALL)] == ["T2"]
        assert await appointments.take_due(session, "challenge", LATE, ALL) == [
            Due("T1", "C1", FRIDAY, in_amsterdam("2026-11-20 10:00"))
        ]


async def test_of_missed_days_only_the_latest_comes(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        assert await dates(session, EARLY + 5 * DAY) == [FRIDAY + 4 * DAY]
        assert await dates(session, LATE + 5 * DAY) == [FRIDAY + 5 * DAY]


async def test_one_that_was_cancelled_does_not_come(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        await appointments.cancel(session, "T1", "U1", "challenge")
        await appointments.cancel(session, "T2", "U1", "goal")
        assert await next_at(session) == NINE
        await appointments.cancel(session, "T1", "U1", "goal")
        assert await dates(session, LATE) == []


async def take_and_fail(database: Database) -> None:
    async with database.writing() as session:
        assert await dates(session, LATE) == [FRIDAY]
        raise ZeroDivisionError


async def test_what_is_undone_is_not_taken(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
    with pytest.raises(ZeroDivisionError):
        await take_and_fail(database)
    async with database.writing() as session:
        assert await dates(session, LATE) == [FRIDAY]


async def test_an_unknown_zone_and_no_days_are_refused(database: Database) -> None:
    async with database.writing() as session:
        with pytest.raises(UnknownZone):
            await agree(session, zone="Europe/Delft")
        with pytest.raises(NeverComes):
            await agree(session, days=())
        await agree(session)
        with pytest.raises(UnknownZone):
            await appointments.moved(session, "T1", "U1", "Europe/Delft")
        with pytest.raises(NeverComes):
            await agree(session, days=())
        assert await next_at(session) == NINE


# --- agreed anew -------------------------------------------------------------------------------------


async def test_what_is_due_is_not_lost_when_the_same_is_agreed_again(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        await agree(session, LATE)
        assert await dates(session, LATE) == [FRIDAY]
        await agree(session, LATE)
        assert await dates(session, LATE) == []


async def test_a_later_time_on_a_day_that_was_taken_begins_the_day_after(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        assert await dates(session, NINE) == [FRIDAY]
        await agree(session, NINE, time(15))
        assert await next_at(session) == in_amsterdam("2026-11-21 15:00")


async def test_a_later_time_on_a_day_that_was_not_taken_holds_for_that_day(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        await agree(session, EARLY, time(15))
        assert await dates(session, LATE) == []
        assert await dates(session, LATE + DAY / 4) == [FRIDAY]


async def test_other_days_begin_with_the_first_of_them(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        await agree(session, days=[0])
        assert await next_at(session) == NINE + 3 * DAY


async def test_the_same_agreed_for_another_zone_is_a_move(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        await agree(session, zone=TOKYO)
        assert await dates(session, EARLY) == [FRIDAY]


async def test_of_two_agreements_in_one_go_the_last_counts(database: Database) -> None:
    async with database.writing() as session:
        rows = [Agreement("T1", "U1", "goal", AMSTERDAM, EVERY_DAY, time(hour)) for hour in (9, 10)]
        await appointments.agree_many(session, rows, EARLY)
        assert await next_at(session) == in_amsterdam("2026-11-20 10:00")


# --- moves -------------------------------------------------------------------------------------------


async def test_after_a_move_west_what_was_taken_today_does_not_come_again(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        assert await dates(session, NINE) == [FRIDAY]
        await appointments.moved(session, "T1", "U1", HONOLULU)
        nine_in_honolulu = datetime(2026, 11, 20, 19, tzinfo=UTC)
        assert await dates(session, nine_in_honolulu) == []
        assert await taken(session, nine_in_honolulu + DAY) == [(FRIDAY + DAY, nine_in_honolulu + DAY)]


async def test_after_a_move_east_what_was_still_to_come_today_is_due_at_once(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        await appointments.moved(session, "T1", "U1", TOKYO)  # where it is four in the afternoon
        assert await taken(session, EARLY) == [(FRIDAY, datetime(2026, 11, 20, tzinfo=UTC))]
        assert await taken(session, EARLY) == []
        assert await dates(session, datetime(2026, 11, 21, tzinfo=UTC)) == [FRIDAY + DAY]


async def test_a_move_there_and_back_changes_nothing(database: Database) -> None:
    async with database.writing() as session:
        await agree(session)
        for zone in (TOKYO, HONOLULU, AMSTERDAM):
            await appointments.moved(session, "T1", "U1", zone)
        assert await next_at(session) == NINE


async def test_all_appointments_of_who_moves_come_along_and_no_one_elses(database: Database) -> None:
    async with database.writing() as session:
        rows = [
            Agreement(workspace_id, whom, kind, AMSTERDAM, EVERY_DAY, time(9))
            for workspace_id, whom, kind in [("T1", "U1", "a"), ("T1", "U1", "b"), ("T1", "U2", "a"), ("T2", "U1", "a")]
        ]
        await appointments.agree_many(session, rows, EARLY)
        await appointments.moved(session, "T1", "U1", TOKYO)
        there = select(Appointment.whom, Appointment.kind).where(Appointment.zone == TOKYO).order_by(Appointment.kind)
        assert (await session.execute(there)).all() == [("U1", "a"), ("U1", "b")]


async def test_every_date_comes_once_on_a_journey_around_the_world(database: Database) -> None:
    journey = [TOKYO, AMSTERDAM, HONOLULU, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", AMSTERDAM]
    came: list[date] = []
    async with database.writing() as session:
        await agree(session)
        for hour in range(24 * 14):
            now = EARLY + timedelta(hours=hour)
            if hour % 41 == 40:
                await appointments.moved(session, "T1", "U1", journey[hour // 41 % len(journey)])
            came += await dates(session, now)
    assert came == [came[0] + n * DAY for n in range(len(came))]
    assert len(came) >= 13


# --- many --------------------------------------------------------------------------------------------


async def test_planners_at_once_take_each_once(database: Database) -> None:
    people = [f"U{number:04}" for number in range(1_200)]
    rows = [Agreement("T1", whom, "goal", AMSTERDAM, EVERY_DAY, time(8, int(whom[1:]) % 60)) for whom in people]
    async with database.writing() as session:
        await appointments.agree_many(session, rows, EARLY - DAY / 12)

    async def plan() -> list[str]:
        found: list[str] = []
        while True:
            async with database.writing() as session:
                some = await appointments.take_due(session, "goal", NINE, 100)
                await asyncio.sleep(0)  # the others get a turn while these are held
            if not some:
                return found
            found += [due.whom for due in some]

    found = await asyncio.gather(*(plan() for _ in range(4)))
    assert Counter(whom for whoms in found for whom in whoms) == Counter(people)


async def test_what_one_planner_holds_another_does_not_wait_for(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("there writers queue")
    async with database.writing() as session:
        await agree(session)
    async with database.writing() as one, database.writing() as other:
        assert await dates(one, NINE) == [FRIDAY]
        assert await dates(other, NINE) == []


# --- a zone that is gone -----------------------------------------------------------------------------


async def somewhere_that_is_gone(session: AsyncSession) -> None:
    """Zones are renamed: one that was known when it was agreed may not be known to the machine that plans."""
    for whom in ("U1", "U2"):
        await appointments.agree(session, "T1", whom, "goal", zone="UTC", days=EVERY_DAY, at=time(9), now=EARLY)
    await session.execute(update(Appointment).values(zone="Europe/Delft"))


async def test_where_nobody_knows_the_zone_any_longer_it_comes_by_utc_and_the_log_says_so_once(
    database: Database,
) -> None:
    async with database.writing() as session:
        await somewhere_that_is_gone(session)
        with capture_logs() as logged:
            assert await dates(session, NINE) == []
            assert await dates(session, NINE + timedelta(hours=1)) == [FRIDAY, FRIDAY]
    assert [(line["event"], line["log_level"], line["zones"]) for line in logged] == [
        ("appointments_in_an_unknown_time_zone", "warning", ["Europe/Delft"])
    ]


async def test_from_a_zone_that_is_gone_one_can_still_move(database: Database) -> None:
    async with database.writing() as session:
        await somewhere_that_is_gone(session)
        await appointments.moved(session, "T1", "U1", AMSTERDAM)
        await appointments.agree(session, "T1", "U2", "goal", zone=AMSTERDAM, days=EVERY_DAY, at=time(9), now=EARLY)
        assert await dates(session, NINE) == [FRIDAY, FRIDAY]
