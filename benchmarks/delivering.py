"""An outbox full of notices, delivered to a Slack that enforces its limits, against what those limits allow.

The bot is not told what the workspace bears: its pace has to find that, for which it gets five minutes; then two
minutes count. Each workspace has a Slack and a bot of its own, in processes of their own, all at the same time: they
mostly wait. Slack publishes no cap for a workspace but "several hundred a minute": five a second is that, and ten is
more than most will meet.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import payloads, table
from benchmarks.processes import House, free_port
from benchmarks.strict_slack import strict
from benchmarks.table import Row
from bot.kit.clock import SystemClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.migrate import migrate
from bot.kit.outbox.kinds import SORRY, Sorry
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.service import WorkingTimes

OF_THE_LIMIT = 0.95
REFUSALS = 1
SPARE = 1.5
"""So many times what Slack allows waits in the outbox, so that there is always more."""


class RanOut(Exception):
    """The measurement would be of something else: there was not always a notice that waited."""


@dataclass(frozen=True)
class Case:
    name: str
    posts_per_second: float
    """What the workspace bears."""
    allowed: float
    """Posts a second that Slack's limits allow in these channels."""
    channels: int
    warm_up: float
    """Seconds until it counts."""
    steady: float = 120.0
    """Seconds that count."""

    @property
    def lasts(self) -> float:
        return self.warm_up + self.steady

    @property
    def notices(self) -> int:
        return int(self.allowed * self.lasts * SPARE)


@dataclass(frozen=True)
class Measured:
    """Posts that Slack took and refused, while it counted and before."""

    taken: int
    refused: int
    taken_before: int
    refused_before: int


ONE_CHANNEL = Case("in one channel", posts_per_second=5, allowed=1, channels=1, warm_up=10)
WORKSPACES = (
    Case("in a workspace that bears 5/s", posts_per_second=5, allowed=5, channels=500, warm_up=300),
    Case("in a workspace that bears 10/s", posts_per_second=10, allowed=10, channels=500, warm_up=300),
)
CASES = (ONE_CHANNEL, *WORKSPACES)


def rows(house: House) -> Iterator[Row]:
    databases = [_filled(house, case) for case in CASES]
    with ThreadPoolExecutor(len(CASES)) as together:
        for case, measured in zip(CASES, together.map(partial(_measured, house), CASES, databases), strict=True):
            yield from _told(case, measured)


def _told(case: Case, measured: Measured) -> Iterator[Row]:
    a_second = measured.taken / case.steady
    yield table.at_least_times(f"delivered {case.name}, of what it allows", a_second, case.allowed, OF_THE_LIMIT, "/s")
    yield table.at_most(f"  posts refused meanwhile (429), in {case.steady:g} s", measured.refused, REFUSALS)
    if case in WORKSPACES:
        before = measured.taken_before / case.warm_up
        yield table.beside(
            f"  in the {case.warm_up:g} s before, while the limit was looked for", before, case.allowed, "/s"
        )
        yield table.shown("  posts refused in those", measured.refused_before)


def _measured(house: House, case: Case, database: Path) -> Measured:
    at, port, posts = free_port(), free_port(), database.with_suffix(".posts")
    workspace = (str(case.posts_per_second), str(case.channels), str(posts))
    with house.running("-m", "benchmarks.strict_slack", str(at), *workspace, port=at, path="/api/api.test"):
        with house.acht(port, at, database, ACHT_EMBEDDINGS="false"):
            counts_from = time.time() + case.warm_up
            time.sleep(case.lasts)
        written = posts.read_text(encoding="ascii").splitlines()
    return _counted([(float(moment), taken == "1") for moment, taken in map(str.split, written)], case, counts_from)


def _filled(house: House, case: Case) -> Path:
    """A database with the case's notices in its outbox."""
    database = house.folder / f"delivering_{case.channels}_{case.posts_per_second:g}.db"
    asyncio.run(_fill(f"sqlite+aiosqlite:///{database}", case))
    return database


async def _fill(url: str, case: Case) -> None:
    database = Database(url, Keyring([payloads.KEY]))
    outbox = Outbox(database, SystemClock(), WorkingTimes())
    workspace = strict(case.posts_per_second, case.channels)
    channels = list(workspace.channels)
    try:
        await migrate(database.url)
        async with database.writing() as session:
            await outbox.post_all(
                session,
                [
                    NewNotice(
                        workspace_id=workspace.team_id,
                        key=f"benchmark:{n}",
                        kind=SORRY.name,
                        data=Sorry(error_id=f"E{n}"),
                        whom=channels[n % len(channels)],
                        manner=Manner.POST,
                    )
                    for n in range(case.notices)
                ],
            )
    finally:
        await database.close()


def _counted(posts: Sequence[tuple[float, bool]], case: Case, counts_from: float) -> Measured:
    """`posts`: of each the moment, and whether Slack took it."""
    before = [taken for moment, taken in posts if moment < counts_from]
    steady = [taken for moment, taken in posts if counts_from <= moment < counts_from + case.steady]
    if sum(before) + sum(steady) >= case.notices:
        raise RanOut(case.name)
    return Measured(sum(steady), steady.count(False), sum(before), before.count(False))
