"""Home tabs in a company of 20,000 people and 2,000 teams, a year on, and large channels that are read the first time.

Everybody opens theirs twice: cold, when the bot has to look up who it is, and warm, when it remembers. Counted is from
the event on its way until the local Slack, which refuses what Slack refuses, has taken the tab. That Slack keeps no
pace, so that what the bot reads beside it, it reads as fast as it can.

The bot is a process of its own, which writes down a hundred times a second how late its event loop is:
`python -m benchmarks.homes <file> run`.
"""

import asyncio
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Select, func, make_url, select

from benchmarks import big_company, payloads, table
from benchmarks.big_company import ASK, IN_LARGE, LED_BY_ONE, OPENED, PEOPLE, TEAMS, Company
from benchmarks.processes import House, free_port, settings_of
from benchmarks.table import Row
from bot import app
from bot.__main__ import main
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.sandbox.delivery import SignedHttp
from bot.sandbox.hands import Hands
from bot.sandbox.records import Change
from bot.sandbox.server import LocalSlack
from bot.teams.tables import Team, TeamLead, TeamMember
from tests import postgres

LIMIT = 150
"""Milliseconds, the median of every kind."""

BETWEEN = 0.02
"""Seconds between one tab or question and the next, by hands that do not wait for anything else."""

BEFORE = 4.0
"""Seconds of the same hands before a large channel is read."""

BEAT = 0.01
PATIENCE = 300.0


class NotPublished(Exception):
    """A Home tab that did not come, or that the local Slack refused."""


class NeverRead(Exception):
    """The members of a team were not read in time."""


def rows(house: House) -> Iterator[Row]:
    yield from _on("SQLite", house, make_url(f"sqlite+aiosqlite:///{house.folder}/homes.db"), limit=LIMIT)
    with postgres.server() as server, postgres.database(server, "homes") as url:
        yield from _on("PostgreSQL", house, url, limit=None)


def _on(name: str, house: House, url: URL, limit: float | None) -> Iterator[Row]:
    """`limit`: None where nothing was promised."""
    measured = asyncio.run(_measured(house, url))
    for kind, (cold, warm) in measured.opened.items():
        what, median = f"Home tab of {kind}, {name}, median", statistics.median(cold)
        yield table.at_most(what, median, limit, "ms") if limit else table.shown(what, median, "ms")
        others = (table.number(ms) for ms in (_most(cold), statistics.median(warm), _most(warm)))
        yield Row("  95 of 100 within; opened again, median, 95 of 100", f"{'  '.join(others)} ms")
    at_start = statistics.median(measured.at_start)
    yield table.shown(f"Home tab while all teams are read again, after a start, {name}, median", at_start, "ms")
    yield table.shown("  until all were read, by a Slack that keeps no pace", measured.caught_up, "s")
    yield from _of_large_channels(name, measured.readings)


def _of_large_channels(name: str, readings: Sequence["Reading"]) -> Iterator[Row]:
    """All of them together; of how long it took the median, of pauses the longest, of progress the least."""
    quiet, busy = _together([each.quiet for each in readings]), _together([each.busy for each in readings])
    took = statistics.median(each.took for each in readings)
    yield table.shown(f"{IN_LARGE:,} members of a channel read for the first time, {name}", took, "s")
    homes, saved = _medians(busy.homes, quiet.homes), _medians(busy.saved, quiet.saved)
    yield table.beside("  Home tab meanwhile, against before, median", *homes, "ms")
    yield table.beside("  question saved meanwhile, against before, median", *saved, "ms")
    yield table.beside("  longest pause of the event loop", max(busy.pauses), max(quiet.pauses), "ms")
    yield table.shown("  times that the lead saw it go on in their Home tab", min(each.moved_on for each in readings))


def _together(stretches: Sequence["Stretch"]) -> "Stretch":
    homes, saved, pauses = (
        [each for stretch in stretches for each in getattr(stretch, name)] for name in Stretch.__annotations__
    )
    return Stretch(homes, saved, pauses)


def _medians(*times: Sequence[float]) -> list[float]:
    return [statistics.median(some) for some in times]


def _most(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


# --- what is measured --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """Some time: what hands waited for meanwhile, and how late the event loop was, in milliseconds."""

    homes: list[float] = field(default_factory=list[float])
    saved: list[float] = field(default_factory=list[float])
    pauses: list[float] = field(default_factory=list[float])


@dataclass(frozen=True)
class Reading:
    """Of a large channel: what the hands met before it and during it, the seconds it took, and how often its lead's
    Home tab moved on."""

    quiet: Stretch
    busy: Stretch
    took: float
    moved_on: int


@dataclass(frozen=True)
class Measured:
    opened: dict[str, tuple[list[float], list[float]]]
    """Of each kind of people, cold and warm."""
    at_start: list[float]
    caught_up: float
    readings: list[Reading]


async def _measured(house: House, url: URL) -> Measured:
    there, address = big_company.company(), url.render_as_string(hide_password=False)
    database = Database(address, Keyring([payloads.KEY]))
    try:
        await big_company.fill(database, there)
        async with _at_work(house, there, database, address) as floor:
            at_start, caught_up = await floor.catches_up()
            opened = {kind: await floor.open_twice(people) for kind, people in there.kinds.items()}
            readings = [await floor.reads(channel, n) for n, channel in enumerate(there.large)]
    finally:
        await database.close()
    return Measured(opened, at_start, caught_up, readings)


@asynccontextmanager
async def _at_work(house: House, there: Company, database: Database, address: str) -> AsyncGenerator["Floor"]:
    async with LocalSlack(there.slack) as slack:
        port, at = free_port(), int(slack.url.rpartition(":")[2])
        beats = house.folder / f"homes_{port}.beats"
        settings = settings_of(port, at, house.folder / "none.db")
        settings |= {"DATABASE_URL": address, "ACHT_EMBEDDINGS": "false"}
        started = datetime.now(UTC)
        acht = house.running("-m", "benchmarks.homes", str(beats), "run", port=port, path="/readyz", **settings)
        await asyncio.to_thread(acht.__enter__)
        try:
            delivery = SignedHttp(f"http://127.0.0.1:{port}/slack/events", payloads.SECRET, lambda: datetime.now(UTC))
            yield Floor(there, Hands(there.slack, delivery, slack.url), database, beats, started)
        finally:
            await asyncio.to_thread(acht.__exit__, None, None, None)


class Floor:
    """The company at work, with the bot."""

    def __init__(self, there: Company, hands: Hands, database: Database, beats: Path, started: datetime) -> None:
        self._there = there
        self._hands = hands
        self._database = database
        self._beats = beats
        self._started = started
        self._published_at: dict[str, float] = {}
        self._published: Counter[str] = Counter()
        there.slack.listeners.append(self._note)
        self._others = cycle(there.people[4 :: PEOPLE // TEAMS])
        self._askers = cycle(there.people[6 :: PEOPLE // TEAMS])

    def _note(self, change: Change) -> None:
        if change.type == "home" and change.only_for is not None:
            self._published_at[change.only_for] = time.perf_counter()
            self._published[change.only_for] += 1

    async def opens(self, person: str) -> float:
        """Milliseconds until the tab was there."""
        start = time.perf_counter()
        await self._hands.open_home(person)
        if self._published_at.get(person, 0) < start:
            raise NotPublished(person)
        return (self._published_at[person] - start) * 1000

    async def asks(self, person: str) -> float:
        """Milliseconds until the question was saved."""
        start = time.perf_counter()
        await self._hands.say(person, self._there.slack.app_dm(person).id, ASK)
        return (time.perf_counter() - start) * 1000

    async def open_twice(self, people: Sequence[str]) -> tuple[list[float], list[float]]:
        cold, warm = list[float](), list[float]()
        for person in people:
            for times in (cold, warm):
                times.append(await self.opens(person))
                await asyncio.sleep(BETWEEN)
        return cold, warm

    async def catches_up(self) -> tuple[list[float], float]:
        """How long Home tabs take until every team was read again since the start, and how many seconds that takes."""
        homes = list[float]()
        start = time.perf_counter()
        not_yet = select(func.count()).select_from(Team).where(Team.members_read_at < self._started)
        while await self._scalar(not_yet):
            homes.append(await self.opens(next(self._others)))
            await asyncio.sleep(BETWEEN)
            if time.perf_counter() - start > PATIENCE:
                raise NeverRead
        return homes, time.perf_counter() - start

    async def reads(self, channel: str, number: int) -> Reading:
        """A large channel is set up as a team, while others go on with what they do."""
        lead = self._there.people[(OPENED * LED_BY_ONE + number) * PEOPLE // TEAMS]  # who looks at nothing now
        hands = {"homes": list[tuple[float, float]](), "saved": list[tuple[float, float]]()}
        working = [
            asyncio.create_task(_again_and_again(lambda: self.opens(next(self._others)), hands["homes"])),
            asyncio.create_task(_again_and_again(lambda: self.asks(next(self._askers)), hands["saved"])),
        ]
        try:
            begun_at = time.time()
            await asyncio.sleep(BEFORE)
            already = self._published[lead]
            since, until = await self._is_read(channel, lead)
            await asyncio.sleep(BEFORE / 4)
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        pauses = [(float(moment), float(late)) for moment, late in map(str.split, self._beats.read_text().splitlines())]
        quiet, busy = (
            Stretch(**{name: _between(times, *stretch) for name, times in (hands | {"pauses": pauses}).items()})
            for stretch in ((begun_at, since), (since, until))
        )
        return Reading(quiet, busy, until - since, self._published[lead] - already)

    async def _is_read(self, channel: str, lead: str) -> tuple[float, float]:
        """When reading it began, and when it ended."""
        here = {"workspace_id": self._there.slack.team_id, "channel_id": channel}
        async with self._database.writing() as session:
            now = datetime.now(UTC)
            session.add(big_company.team(self._there, channel, now, members_read_at=None, read_again_at=now))
            session.add(TeamLead(**here, slack_id=lead))
        end = time.perf_counter() + PATIENCE
        read_at = select(Team.members_read_at).filter_by(**here)
        while (until := await self._scalar(read_at)) is None:
            if time.perf_counter() > end:
                raise NeverRead(channel)
            await asyncio.sleep(BETWEEN)
        since: datetime = await self._scalar(select(func.min(TeamMember.seen_at)).filter_by(**here))
        return since.timestamp(), until.timestamp()

    async def _scalar(self, query: Select[Any]) -> Any:
        async with self._database.reading() as session:
            return await session.scalar(query)


async def _again_and_again(do: Callable[[], Awaitable[float]], times: list[tuple[float, float]]) -> None:
    """`times`: of each the moment at which it began, and its milliseconds."""
    while True:
        began = time.time()
        times.append((began, await do()))
        await asyncio.sleep(BETWEEN)


def _between(times: Sequence[tuple[float, float]], since: float, until: float) -> list[float]:
    """Those that were under way in that time."""
    return [took for began, took in times if began < until and began + took / 1000 > since]


# --- the bot's side ----------------------------------------------------------------------------------


def beating(file: Path) -> type[app.Acht]:
    """The bot, with a line for each beat of its event loop: the moment, and how many milliseconds it came late."""

    class Beating(app.Acht):
        async def start(self) -> int:
            self._beats = asyncio.create_task(self._beat())
            return await super().start()

        async def _beat(self) -> None:
            with file.open("a", encoding="ascii", buffering=1) as lines:
                while True:
                    began = time.perf_counter()
                    await asyncio.sleep(BEAT)
                    late = time.perf_counter() - began - BEAT
                    lines.write(f"{time.time() - late} {late * 1000}\n")

    return Beating


if __name__ == "__main__":
    app.Acht = beating(Path(sys.argv.pop(1)))
    main()
