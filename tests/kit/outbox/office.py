"""An outbox on a database of its own, and what a test asks of it: no Slack, and no pace unless it is handed in."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Claims, Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.service import WorkingTimes

T1, T2 = "T1", "T2"
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))


class Told(NoticeData):
    text: str = "Hello"


def a_notice(key: str = "hello", **given: Any) -> NewNotice:
    usual = {"workspace_id": T1, "kind": "test.told", "data": Told(), "whom": f"C-{key}", "manner": Manner.POST}
    return NewNotice(**{**usual, "key": key, **given})


class NoHurry(Pace):
    """Anything may be posted at any time."""

    def seconds_until(self, workspace_id: str, channel: str, now: float) -> float:
        return 0

    def take(self, workspace_id: str, channel: str, now: float) -> None:
        pass

    def resting(self, now: float) -> tuple[dict[str, float], dict[str, float]]:
        return {}, {}


@dataclass
class Office:
    database: Database
    clock: HeldClock
    pace: Pace = field(default_factory=NoHurry)
    working_times: WorkingTimes = field(default_factory=WorkingTimes)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.database, self.clock, self.working_times)

    async def post(self, *notices: NewNotice) -> None:
        """Each in a transaction of its own, a second after the other, so that there is an order."""
        for notice in notices:
            async with self.database.writing() as session:
                await self.outbox.post(session, notice)
            self.clock.move(SECOND)

    async def claims(self, limit: int = 100, seconds: float = 0) -> Claims:
        return await self.outbox.claim(limit, self.pace, seconds)

    async def claim(self, limit: int = 100) -> Sequence[Notice]:
        return (await self.claims(limit)).notices

    async def claim_one(self) -> Notice:
        [notice] = await self.claim()
        return notice

    async def turns(self, limit: int = 100) -> list[str]:
        """The keys of what is delivered now, in their order."""
        return [notice.key for notice in await self.claim(limit)]

    async def send(self, notice: Notice) -> bool:
        return await self.outbox.sent(notice, notice.whom, "1.000001", nothing_else)

    async def of(self, key: str, workspace_id: str = T1) -> Notice:
        """The notice as it stands now."""
        async with self.database.reading() as session:
            mine = select(Notice).where(Notice.key == key, Notice.workspace_id == workspace_id)
            return (await session.scalars(mine)).one()

    async def states(self) -> dict[str, str]:
        async with self.database.reading() as session:
            rows = await session.execute(select(Notice.key, Notice.state).order_by(Notice.id))
            return dict(iter(rows))

    async def raw(self, key: str) -> dict[str, Any]:
        """The row as it lies in the database, for whoever steals the file."""
        async with self.database.reading() as session:
            found = await session.execute(text("select * from notices where key = :key"), {"key": key})
            return dict(found.mappings().one())

    async def may_be_disturbed(self, people: Collection[str], workspace_id: str = T1) -> None:
        """Slack has been asked just now."""
        async with self.database.writing() as session:
            seen = dict.fromkeys(people)
            await self.working_times.note_do_not_disturb(session, workspace_id, seen, self.clock.now())


async def nothing_else(_session: AsyncSession) -> None:
    """Nothing is to be written down with the mark."""


@asynccontextmanager
async def opened(url: Any, key: str) -> AsyncIterator[Database]:
    """The database as another process opens it."""
    database = Database(url if isinstance(url, str) else url.render_as_string(hide_password=False), Keyring([key]))
    try:
        yield database
    finally:
        await database.close()
