"""A colleague is welcomed once, in the Home tab or in their messages, whichever comes first."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from bot.first_day.service import WELCOME, FirstDay, FirstDays, is_welcomed_now
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring, new_key
from bot.kit.i18n import Language
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.service import WorkingTimes
from bot.people.service import Known, People
from bot.people.tables import Colleague
from tests.stand_ins.clock import NOON
from tests.world import NOOR

T1 = "T1"
TOKYO = "Asia/Tokyo"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first_day", "since", "now", "zone", "is_welcomed"),
    [
        (None, None, at(23, 12), None, True),
        (FirstDay.SHOWN, at(23, 9), at(23, 23), None, True),
        (FirstDay.SHOWN, at(23, 9), at(24, 0), None, False),
        (FirstDay.SHOWN, at(23, 14), at(23, 15), TOKYO, False),  # there the 24th has begun
        (FirstDay.SHOWN, at(23, 15), at(24, 14), TOKYO, True),
        (FirstDay.SHOWN, at(23, 9), at(23, 23), "Mars/Olympus_Mons", True),
        (FirstDay.OVER, at(23, 9), at(23, 9), None, False),
        (FirstDay.OVER, at(23, 9), at(25, 9), TOKYO, False),
    ],
)
def test_the_home_tab_welcomes_at_the_first_look_and_until_that_day_is_over(
    first_day: FirstDay | None, since: datetime | None, now: datetime, zone: str | None, is_welcomed: bool
) -> None:
    assert is_welcomed_now(Known(first_day=first_day, first_day_at=since, zone=zone), now) is is_welcomed


class Process:
    """One of several that serve the same colleague."""

    def __init__(self, database: Database, clock: HeldClock) -> None:
        self.database = database
        self.people = People(database, clock, Language.EN)
        self.first_days = FirstDays(database, self.people, Outbox(database, clock, WorkingTimes()), clock)

    async def opens_home(self) -> bool:
        """Whether they see the welcome there."""
        shows = self.first_days.shows(await self.people.known(T1, NOOR))
        await self.first_days.shown(T1, NOOR)
        return shows

    async def writes(self) -> None:
        await self.first_days.welcome(T1, NOOR)

    async def begins_or_skips(self) -> None:
        await self.first_days.over(T1, NOOR)

    async def messages(self) -> int:
        async with self.database.reading() as session:
            return await session.scalar(select(func.count()).where(Notice.kind == WELCOME)) or 0

    async def is_over(self) -> bool:
        async with self.database.reading() as session:
            kept = await session.get(Colleague, (T1, NOOR))
        return kept is not None and kept.first_day == FirstDay.OVER


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


async def test_who_looks_at_the_home_tab_first_is_not_welcomed_in_their_messages(
    database: Database, clock: HeldClock
) -> None:
    noor = Process(database, clock)
    assert await noor.opens_home()
    await noor.writes()
    assert await noor.messages() == 0
    assert await noor.opens_home(), "it stands there all day"
    clock.move(timedelta(days=1))
    assert not await noor.opens_home()


async def test_who_writes_first_is_not_welcomed_in_the_home_tab(database: Database, clock: HeldClock) -> None:
    noor = Process(database, clock)
    for _ in range(2):
        await noor.writes()
        assert await noor.messages() == 1
    assert not await noor.opens_home()


async def test_who_writes_and_looks_at_the_same_moment_is_welcomed_in_one_place(
    database: Database, clock: HeldClock
) -> None:
    for _turn in range(5):
        async with database.writing() as session:
            for table in (Notice, Colleague):
                await session.execute(delete(table))
        here, there = Process(database, clock), Process(database, clock)
        await asyncio.gather(here.first_days.shown(T1, NOOR), there.writes(), there.writes())
        assert (await here.messages(), await here.is_over()) in [(0, False), (1, True)]


deeds = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["opens home", "writes", "begins or skips", "half a minute", "a day"])
    ),
    max_size=8,
)


@pytest.fixture
async def one_database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url, Keyring([new_key()]))
    yield database
    await database.close()


@given(deeds)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_in_whatever_order_and_wherever_nobody_is_asked_again(one_database: Database, deeds: list) -> None:
    async with one_database.writing() as session:
        for table in (Notice, Colleague):
            await session.execute(delete(table))
    clock = HeldClock(NOON)
    processes = [Process(one_database, clock), Process(one_database, clock)]
    was_over, began_on = False, None
    for number, deed in deeds:
        process = processes[number]
        match deed:
            case "opens home":
                began_on = began_on or clock.now().date()
                await process.opens_home()
            case "writes":
                began_on = began_on or clock.now().date()
                await process.writes()
            case "begins or skips":
                await process.begins_or_skips()
            case "half a minute":
                clock.move(timedelta(seconds=30))
            case "a day":
                clock.move(timedelta(days=1))
        is_over = await process.is_over()
        assert is_over or not was_over, "what is over stays over"
        was_over = is_over
        just_started = Process(one_database, clock)
        shows = just_started.first_days.shows(await just_started.people.known(T1, NOOR))
        assert not (shows and is_over)
        assert not (shows and began_on and began_on < clock.now().date()), "a day is enough"
        assert await process.messages() <= 1
