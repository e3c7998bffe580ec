"""One minute in which it is everybody's time: 20,000 people of 2,000 teams in 14 time zones, each to be told once.

Set up is what it takes until all appointments stand in the database; the tick takes those that are due and puts a
notice for each into the outbox, until nothing is due. Both are also done by the obvious alternative (`cron_jobs`), on
an empty database of the same server or in a file of the same disk. Ours is measured several times over, of which the
median is told; the alternative, which takes half a minute, once.

PostgreSQL is the one of the tests: `TEST_DATABASE_URL`, or one of our own that does not wait for the disk. That favours
the alternative, which commits once for each person where we commit once for thousands.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import URL, func, make_url, select

from benchmarks import cron_jobs, payloads, table
from benchmarks.cron_jobs import Measured
from benchmarks.processes import House
from benchmarks.table import Row
from bot.kit.appointments.service import Agreement, Appointments, Due
from bot.kit.clock import HeldClock, SystemClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.migrate import migrate
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.service import WorkingTimes
from tests import postgres

PEOPLE, TEAMS = 20_000, 2_000
ZONES = (
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Helsinki",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
)
WORKSPACE, KIND = "T0SANDBOX1", "goals.today"
EVERY_DAY = frozenset(range(7))

AT_ONCE = 5_000
"""Due people that one transaction takes and posts for."""

ROUNDS = 3
FASTER_TO_SET_UP, FASTER_TO_TICK = 5, 10


class Todays(NoticeData):
    """About what such a notice holds: what the team tries today."""

    team: str
    goal: str


class NotAllPlanned(Exception):
    """The measurement would be of something else: not everybody has exactly one notice in the outbox."""


class Empty(Protocol):
    """Where an empty database is to be had."""

    def __call__(self) -> AbstractContextManager[URL]: ...


def rows(house: House) -> Iterator[Row]:
    with postgres.server() as server:
        yield from _on("PostgreSQL", _on_server(server), limit=4)
    yield from _on("SQLite", _in_folder(house), limit=8)


def _on(name: str, empty: Empty, limit: float) -> Iterator[Row]:
    """`limit`: seconds that the tick may take."""
    moment = SystemClock().now().replace(second=0, microsecond=0)  # APScheduler asks the system what time it is
    agreements = everybody(moment)
    rounds: list[Measured] = []
    for _round in range(ROUNDS):
        with empty() as url:
            rounds.append(asyncio.run(_ours(url, agreements, moment)))
    with empty() as url:
        theirs = cron_jobs.measure(url, agreements, moment)
    set_up = statistics.median(measured.set_up for measured in rounds)
    tick = statistics.median(measured.tick for measured in rounds)
    yield table.at_most(f"{PEOPLE:,} people due in one minute, in the outbox, {name}", tick, limit, "s")
    yield table.at_least_times(
        f"  the tick, against as many cron jobs, people a second, {name}",
        PEOPLE / tick,
        PEOPLE / theirs.tick,
        FASTER_TO_TICK,
        "/s",
    )
    yield table.at_least_times(
        f"  the set-up, against as many cron jobs, people a second, {name}",
        PEOPLE / set_up,
        PEOPLE / theirs.set_up,
        FASTER_TO_SET_UP,
        "/s",
    )


def everybody(moment: datetime) -> list[Agreement]:
    """An appointment for each, at this moment, by the clock of their team's zone."""
    agreements: list[Agreement] = []
    for n in range(PEOPLE):
        zone = ZONES[n % TEAMS % len(ZONES)]
        at = moment.astimezone(ZoneInfo(zone)).time()
        agreements.append(Agreement(WORKSPACE, f"U0{n:09}", KIND, zone, EVERY_DAY, at))
    return agreements


async def _ours(url: URL, agreements: Sequence[Agreement], moment: datetime) -> Measured:
    await migrate(url)
    clock = HeldClock(moment - timedelta(hours=1))
    database = Database(url.render_as_string(hide_password=False), Keyring([payloads.KEY]))
    outbox, appointments = Outbox(database, clock, WorkingTimes()), Appointments()
    try:
        start = time.perf_counter()
        async with database.writing() as session:
            await appointments.agree_many(session, agreements, clock.now())
        set_up = time.perf_counter() - start
        clock.move(timedelta(hours=1))
        start = time.perf_counter()
        while await _plan(database, appointments, outbox, clock.now()):
            pass
        tick = time.perf_counter() - start
        async with database.reading() as session:
            told = await session.scalar(select(func.count(Notice.whom.distinct())))
    finally:
        await database.close()
    if told != len(agreements):
        raise NotAllPlanned(told)
    return Measured(set_up, tick)


async def _plan(database: Database, appointments: Appointments, outbox: Outbox, now: datetime) -> int:
    """As the job of a slice does it; how many there were."""
    async with database.writing() as session:
        due = await appointments.take_due(session, KIND, now, AT_ONCE)
        await outbox.post_all(session, [_notice(one) for one in due])
    return len(due)


def _notice(due: Due) -> NewNotice:
    team = int(due.whom[2:]) % TEAMS
    return NewNotice(
        workspace_id=due.workspace_id,
        key=f"{KIND}:{due.whom}:{due.on}",
        kind=KIND,
        data=Todays(team=f"C0{team:09}", goal="Name the customer's feeling before you say what you will do."),
        whom=due.whom,
        manner=Manner.PUSH,
        expires_at=due.at + timedelta(hours=8),
    )


def _on_server(server: URL) -> Empty:
    numbers = count()
    return lambda: postgres.database(server, f"planning_{next(numbers)}")


def _in_folder(house: House) -> Empty:
    numbers = count()

    @contextmanager
    def empty() -> Iterator[URL]:
        yield make_url(f"sqlite+aiosqlite:///{house.folder}/planning_{next(numbers)}.db")

    return empty
