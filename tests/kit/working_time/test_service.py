"""Hours, absences and pushes as they are kept, and what follows from them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.database import Database
from bot.kit.working_time.holidays import UnknownCountry
from bot.kit.working_time.rules import (
    BackingOff,
    DayOff,
    DoNotDisturb,
    HadOneToday,
    Holiday,
    Kind,
    OnLeave,
    OutsideHours,
    Paused,
    Verdict,
)
from bot.kit.working_time.service import EndsBeforeItBegins, WorkingTimes
from bot.kit.working_time.tables import Absence, Push, WorkingTime
from bot.kit.working_time.wall_clock import UnknownZone

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

times = WorkingTimes()


async def set_hours(session: AsyncSession, whom: str = "U1", workspace_id: str = "T1", **other: Any) -> None:
    usual = {"zone": "Europe/Amsterdam", "days": range(5), "begins": time(9), "ends": time(17)}
    await times.set_hours(session, workspace_id, whom, **{**usual, "country": "NL", "region": None, **other})


async def judge(session: AsyncSession, now: datetime = NOW, whom: str = "U1", workspace_id: str = "T1") -> Verdict:
    return (await times.judge(session, workspace_id, [whom], now))[whom]


async def leave(
    session: AsyncSession, first_day: date, last_day: date, kind: Kind = Kind.LEAVE, whom: str = "U1"
) -> None:
    await times.absent(session, "T1", whom, kind, first_day=first_day, last_day=last_day)


async def how_many(session: AsyncSession, table: type[Absence | Push | WorkingTime]) -> int | None:
    return await session.scalar(select(func.count()).select_from(table))


@contextmanager
def statements(session: AsyncSession) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def hear(*arguments: Any) -> None:
        asked.append(arguments[2])

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", hear)
    yield asked
    event.remove(engine, "before_cursor_execute", hear)


# --- hours -------------------------------------------------------------------------------------------


async def test_somebody_without_hours_works_office_hours_in_utc(database: Database) -> None:
    async with database.reading() as session:
        assert (await judge(session)).allowed
        assert (await judge(session, NOW + 8 * HOUR)).reason == OutsideHours()
        assert (await judge(session, NOW + DAY)).reason == DayOff()


async def test_hours_are_kept_for_each_workspace_and_the_last_ones_count(database: Database) -> None:
    async with database.writing() as session:
        await set_hours(session, begins=time(6), ends=time(8))
        await set_hours(session, zone="Asia/Tokyo", days=[6, 5], begins=time(22), ends=time(6, 30), country=None)
        await set_hours(session, workspace_id="T2")
    async with database.reading() as session:
        assert await judge(session) == Verdict(
            allowed=False, reason=DayOff(), when=datetime(2026, 11, 21, 13, tzinfo=UTC)
        )
        assert (await judge(session, datetime(2026, 11, 21, 21, 29, tzinfo=UTC))).allowed
        assert (await judge(session, workspace_id="T2")).allowed


async def test_a_holiday_is_free_but_for_who_works_on_it(database: Database) -> None:
    christmas = datetime(2026, 12, 25, 10, tzinfo=UTC)
    async with database.writing() as session:
        await set_hours(session)
        await set_hours(session, "U2", works_on=["Christmas Day"])
        await set_hours(session, "U3", country=None)
        verdicts = await times.judge(session, "T1", ["U1", "U2", "U3"], christmas)
    assert verdicts["U1"].reason == Holiday("Christmas Day")
    assert verdicts["U2"].allowed
    assert verdicts["U3"].allowed


async def test_unknown_zones_and_countries_are_refused_and_nothing_is_kept(database: Database) -> None:
    async with database.writing() as session:
        with pytest.raises(UnknownZone):
            await set_hours(session, zone="Europe/Delft")
        with pytest.raises(UnknownCountry):
            await set_hours(session, country="XX")
        with pytest.raises(UnknownCountry):
            await set_hours(session, region="ZZ")
        assert await how_many(session, WorkingTime) == 0


# --- leave and pauses --------------------------------------------------------------------------------


async def test_leave_and_a_pause_last_until_their_last_day_or_until_somebody_is_back(database: Database) -> None:
    monday = FRIDAY + 3 * DAY
    async with database.writing() as session:
        await leave(session, FRIDAY, FRIDAY + 3 * DAY)
        await leave(session, FRIDAY, FRIDAY, Kind.PAUSE)
        assert (await judge(session)).reason == OnLeave(monday)
        assert (await judge(session, NOW + 3 * DAY)).reason == OnLeave(monday)
        assert (await judge(session, NOW + 4 * DAY)).allowed
        assert (await judge(session, whom="U2")).allowed
        await times.back(session, "T1", "U1", Kind.LEAVE, FRIDAY)
        assert (await judge(session)).reason == Paused(FRIDAY)
        await times.back(session, "T1", "U1", Kind.PAUSE, FRIDAY)
        assert (await judge(session)).allowed


async def test_who_is_back_keeps_the_leave_that_is_still_to_come(database: Database) -> None:
    async with database.writing() as session:
        await leave(session, FRIDAY - 7 * DAY, FRIDAY)
        await leave(session, FRIDAY + 7 * DAY, FRIDAY + 14 * DAY)
        await times.back(session, "T1", "U1", Kind.LEAVE, FRIDAY)
        assert (await judge(session)).allowed
        assert (await judge(session, NOW + 7 * DAY)).reason == OnLeave(FRIDAY + 14 * DAY)


CONTINUED = {
    "shorter after all": ((0, 9), (0, 4), (0, 4)),
    "longer": ((0, 9), (7, 14), (0, 14)),
    "ended sooner": ((0, 4), (1, 2), (0, 2)),
    "brought forward": ((7, 14), (0, 9), (0, 9)),
    "from its last day on": ((0, 4), (4, 6), (0, 6)),
}
"""Days from Friday on: what there was, what is said now, and what is kept."""


async def test_leave_that_overlaps_continues_what_there_was_and_says_when_it_ends(database: Database) -> None:
    async with database.writing() as session:
        for whom, (earlier, later, _) in CONTINUED.items():
            for first, last in (earlier, later):
                await leave(session, FRIDAY + first * DAY, FRIDAY + last * DAY, whom=whom)
        found = (await session.execute(select(Absence.whom, Absence.first_day, Absence.last_day))).all()
    assert {whom: ((first - FRIDAY).days, (last - FRIDAY).days) for whom, first, last in found} == {
        whom: kept for whom, (_, _, kept) in CONTINUED.items()
    }


async def test_an_absence_that_ends_before_it_begins_is_refused(database: Database) -> None:
    async with database.writing() as session:
        with pytest.raises(EndsBeforeItBegins):
            await leave(session, FRIDAY, FRIDAY - DAY)


# --- pushes ------------------------------------------------------------------------------------------


async def test_a_push_is_taken_once_a_working_day(database: Database) -> None:
    async with database.writing() as session:
        assert await times.reserve(session, "T1", {"U1": "goal", "U2": "goal-2"}, NOW) == {"U1", "U2"}
        assert await times.reserve(session, "T1", {"U1": "story", "U3": "story-3"}, NOW + HOUR) == {"U3"}
        assert await times.reserve(session, "T2", {"U1": "story"}, NOW) == {"U1"}
        assert (await judge(session, NOW + HOUR)).reason == HadOneToday()
        assert await times.reserve(session, "T1", {"U1": "story"}, NOW + 3 * DAY) == {"U1"}


async def test_a_delivery_that_is_tried_again_still_holds_its_push(database: Database) -> None:
    async with database.writing() as session:
        for _ in range(2):
            assert await times.reserve(session, "T1", {"U1": "goal"}, NOW) == {"U1"}
        assert await how_many(session, Push) == 1


async def test_who_is_not_at_work_gets_no_push(database: Database) -> None:
    async with database.writing() as session:
        await set_hours(session, zone="Asia/Tokyo")
        assert await times.reserve(session, "T1", {"U1": "a", "U2": "b"}, NOW) == {"U2"}
        assert await times.reserve(session, "T1", {"U1": "a"}, NOW) == set()


async def test_a_push_after_midnight_is_the_night_shifts(database: Database) -> None:
    async with database.writing() as session:
        await set_hours(session, zone="UTC", begins=time(22), ends=time(6))
        assert await times.reserve(session, "T1", {"U1": "a"}, datetime(2026, 11, 20, 1, tzinfo=UTC)) == {"U1"}
        assert await times.reserve(session, "T1", {"U1": "b"}, datetime(2026, 11, 20, 5, tzinfo=UTC)) == set()
        assert await times.reserve(session, "T1", {"U1": "b"}, datetime(2026, 11, 20, 23, tzinfo=UTC)) == {"U1"}


async def test_what_was_not_sent_is_given_back(database: Database) -> None:
    async with database.writing() as session:
        await times.reserve(session, "T1", {"U1": "goal", "U2": "story"}, NOW)
        await times.reserve(session, "T2", {"U1": "goal"}, NOW)
        await times.give_back(session, "T1", ["goal"])
        assert await times.reserve(session, "T1", {"U1": "new", "U2": "new"}, NOW) == {"U1"}
        assert await times.reserve(session, "T2", {"U1": "new"}, NOW) == set()


async def test_several_at_once_that_want_the_same_pushes_share_them_out(database: Database) -> None:
    people = [f"U{number:03}" for number in range(700)]

    async def take(key: str, order: int) -> set[str]:
        async with database.writing() as session:
            return await times.reserve(session, "T1", dict.fromkeys(people[::order], key), NOW)

    got = await asyncio.gather(*(take(f"notice-{number}", (-1) ** number) for number in range(6)))
    assert sum(map(len, got)) == len(people)
    assert set().union(*got) == set(people)


async def test_five_without_an_answer_make_us_back_off_until_there_is_one(database: Database) -> None:
    async with database.writing() as session:
        for whom in ("U1", "U2"):
            await set_hours(session, whom, days=range(7), zone="UTC")
        for back in range(6, 0, -1):
            await times.reserve(session, "T1", {"U1": f"{back}", "U2": f"{back}"}, NOW - back * DAY)
            if back == 6:
                await times.heard_from(session, "T1", ["U1"], NOW - back * DAY)
        assert await judge(session) == Verdict(
            allowed=False, reason=BackingOff(FRIDAY - DAY), when=datetime(2026, 11, 26, 9, tzinfo=UTC)
        )
        await times.heard_from(session, "T1", ["U1"], NOW)
        assert (await judge(session)).allowed
        assert (await judge(session, whom="U2")).reason == BackingOff(FRIDAY - DAY)


async def test_what_was_answered_stays_answered_when_it_was(database: Database) -> None:
    async with database.writing() as session:
        await times.reserve(session, "T1", {"U1": "a"}, NOW)
        for later in (HOUR, 2 * HOUR):
            await times.heard_from(session, "T1", ["U1"], NOW + later)
        assert await session.scalar(select(Push.answered_at)) == NOW + HOUR


# --- Do Not Disturb ----------------------------------------------------------------------------------


async def test_do_not_disturb_holds_until_it_ends_or_slack_says_otherwise(database: Database) -> None:
    async with database.writing() as session:
        await set_hours(session, zone="UTC", ends=time(20))
        await times.note_do_not_disturb(session, "T1", {"U1": (NOW, NOW + HOUR), "U2": None}, NOW)
        assert await judge(session) == Verdict(allowed=False, reason=DoNotDisturb(NOW + HOUR), when=NOW + HOUR)
        assert (await judge(session, NOW + HOUR)).allowed
        assert (await judge(session, whom="U2")).allowed
        await times.note_do_not_disturb(session, "T1", {"U1": None}, NOW)
        assert (await judge(session)).allowed
        assert (await judge(session, NOW + 9 * HOUR)).allowed, "the hours are still those that were set"


async def test_hours_that_are_set_leave_do_not_disturb_alone(database: Database) -> None:
    async with database.writing() as session:
        await times.note_do_not_disturb(session, "T1", {"U1": (NOW, NOW + HOUR)}, NOW)
        await set_hours(session, zone="UTC")
        assert (await judge(session)).reason == DoNotDisturb(NOW + HOUR)


async def test_do_not_disturb_is_stale_when_slack_was_not_asked_since(database: Database) -> None:
    async with database.writing() as session:
        await set_hours(session, "U1")
        await times.note_do_not_disturb(session, "T1", {"U2": None}, NOW - HOUR)
        await times.note_do_not_disturb(session, "T1", {"U3": None}, NOW)
        people = ["U1", "U2", "U3", "U4"]
        assert await times.whose_do_not_disturb_is_stale(session, "T1", people, NOW) == {"U1", "U2", "U4"}
        assert await times.whose_do_not_disturb_is_stale(session, "T2", people, NOW) == set(people)


# --- many, and long ago ------------------------------------------------------------------------------


async def test_many_are_judged_with_as_many_queries_as_one(database: Database) -> None:
    async with database.writing() as session:
        await set_hours(session)
        await times.reserve(session, "T1", {"U1": "a"}, NOW)
        with statements(session) as one:
            await judge(session)
        with statements(session) as many:
            verdicts = await times.judge(session, "T1", [f"U{number}" for number in range(500)], NOW)
    assert len(verdicts) == 500
    assert sum(verdict.allowed for verdict in verdicts.values()) == 499
    assert len(one) == len(many) == 3


async def test_nobody_is_no_trouble(database: Database) -> None:
    async with database.writing() as session:
        assert await times.judge(session, "T1", [], NOW) == {}
        assert await times.reserve(session, "T1", {}, NOW) == set()
        assert await times.whose_do_not_disturb_is_stale(session, "T1", [], NOW) == set()
        await times.give_back(session, "T1", [])
        await times.heard_from(session, "T1", [], NOW)
        await times.note_do_not_disturb(session, "T1", {}, NOW)


async def test_what_is_long_past_is_forgotten(database: Database) -> None:
    async with database.writing() as session:
        await times.reserve(session, "T1", {"U1": "old"}, NOW - DAY)
        await times.reserve(session, "T1", {"U1": "new"}, NOW)
        await leave(session, FRIDAY - 9 * DAY, FRIDAY - 2 * DAY)
        await leave(session, FRIDAY - DAY, FRIDAY)
        await times.forget(session, FRIDAY)
        assert list(await session.scalars(select(Push.notice_key))) == ["new"]
        assert list(await session.scalars(select(Absence.last_day))) == [FRIDAY]
