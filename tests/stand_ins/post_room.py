"""The outbox and who delivers it, on the company's local Slack, without the rest of the bot.

Everything is real but Slack. `deliver` goes from round to round, so that a test says what time it is; `open` lets
the delivery find its own.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit import i18n
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.i18n import Language, Words
from bot.kit.metrics import Metrics
from bot.kit.migrate import migrate
from bot.kit.outbox.delivery import Delivery
from bot.kit.outbox.kinds import Kind, Kinds
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.outbox.telling import Teller
from bot.kit.slack import app as slack_app
from bot.kit.slack.do_not_disturb import DoNotDisturb
from bot.kit.slack.outgoing import Mouth, Said
from bot.kit.working_time.service import WorkingTimes
from bot.people.service import People
from bot.sandbox.company import company
from bot.sandbox.delivery import SignedHttp
from bot.sandbox.hands import Hands
from bot.sandbox.records import Message
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from tests.sandbox.slack_keys import assert_as_slack_answers
from tests.world import NOOR, manifest, until


class Told(NoticeData):
    text: str = "Hello"


class Ill(Exception):
    """These words cannot be made."""


def _told(told: Told, _: Words) -> Said:
    return Said(f"{_.language}: {told.text}")


def _too_much(told: Told, _: Words) -> Said:
    """What Slack does not take."""
    return Said(told.text, [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}])


def _ill(told: Told, _: Words) -> Said:
    raise Ill


TOLD, TOO_MUCH, ILL, UNKNOWN = "test.told", "test.too_much", "test.ill", "test.of_tomorrow"


@dataclass
class PostRoom:
    slack: LocalSlack
    database: Database
    clock: HeldClock
    http: aiohttp.ClientSession
    patient_http: aiohttp.ClientSession
    pace: Pace = field(default_factory=Pace)
    metrics: Metrics = field(default_factory=Metrics)
    written_down: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """What was noted with the mark that a notice was sent: its text, and where it stands."""

    def __post_init__(self) -> None:
        working_times = WorkingTimes()
        self.people = People(self.database, self.clock, Language.EN)
        self.outbox = Outbox(self.database, self.clock, working_times)
        token = self.workspace.bot_token
        client = slack_app.web_client(token, self.slack.api_url, self.http)
        patient = slack_app.web_client(token, self.slack.api_url, self.patient_http, slack_app.patience())
        self.mouth = Mouth(client, patient, self.http)
        self.do_not_disturb = DoNotDisturb(patient, self.database, working_times, self.clock)
        self.teller = Teller(
            self.outbox,
            self.mouth,
            Kinds([Kind(TOLD, Told, _told, self._write_down), Kind(TOO_MUCH, Told, _too_much), Kind(ILL, Told, _ill)]),
            dictionary=i18n.dictionary(),
            language_of=self.people.language,
            pace=self.pace,
            clock=self.clock,
            metrics=self.metrics,
        )
        self.delivery = Delivery(
            self.outbox, self.teller, self.do_not_disturb, pace=self.pace, clock=self.clock, metrics=self.metrics
        )
        self.hands = Hands(self.workspace, SignedHttp("http://127.0.0.1:9/", "x", now=lambda: datetime.now(UTC)))
        self.hands.site = self.slack.url
        self._ahead = 0.0

    async def _write_down(
        self, _session: AsyncSession, _workspace: str, told: Told, channel: str | None, ts: str | None
    ) -> None:
        self.written_down.append((told.text, channel, ts))

    # --- what is told ---

    async def post(self, key: str = "hello", whom: str | None = None, text: str = "", **given: Any) -> None:
        usual: Mapping[str, Any] = {"kind": TOLD, "manner": Manner.POST, "data": Told(text=text or key)}
        notice = NewNotice(
            workspace_id=self.workspace.team_id, key=key, whom=whom or self.channel(), **{**usual, **given}
        )
        async with self.database.writing() as session:
            await self.outbox.post(session, notice)

    async def deliver(self) -> None:
        """All that is due now, round after round, as fast as a patient Slack would have it."""
        while True:
            self._ahead += 5  # so that the pace, which is not what is tested here, holds nothing up
            loop = asyncio.get_running_loop()
            claims = await self.outbox.claim(20, self.pace, loop.time() + self._ahead)
            for workspace_id, people in claims.to_ask_about.items():
                await self.do_not_disturb.ask(workspace_id, people)
            if not claims.notices and not claims.to_ask_about:
                return
            await asyncio.gather(*(self.teller.tell(notice, claimed_at=loop.time()) for notice in claims.notices))

    async def later(self, **by: float) -> None:
        """The hands of both clocks are moved: that of the notices, and that of the pace."""
        self.clock.move(timedelta(**by))
        self._ahead += timedelta(**by).total_seconds()
        await self.deliver()

    async def claim(self) -> Notice:
        """Takes one, as a process does that dies with it."""
        self._ahead += 5
        [notice] = (await self.outbox.claim(1, self.pace, asyncio.get_running_loop().time() + self._ahead)).notices
        return notice

    async def of(self, key: str = "hello") -> Notice:
        async with self.database.reading() as session:
            return (await session.scalars(select(Notice).where(Notice.key == key))).one()

    async def states(self) -> dict[str, str]:
        async with self.database.reading() as session:
            return dict(iter(await session.execute(select(Notice.key, Notice.state).order_by(Notice.id))))

    # --- what stands in Slack ---

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    def channel(self, name: str = "team-utrecht") -> str:
        return self.workspace.channel(f"#{name}").id

    def dm(self, person: str = NOOR) -> str:
        return self.workspace.app_dm(person).id

    def messages(self, channel: str | None = None, viewer: str = "") -> list[Message]:
        everything = self.workspace.everything(channel or self.channel(), viewer=viewer)
        return [message for message in everything if message.bot_id]

    def said(self, channel: str | None = None, viewer: str = "") -> list[str]:
        """What the bot said in a channel, threads and all, without the language it is said in."""
        return [message.text.removeprefix("en: ") for message in self.messages(channel, viewer)]

    async def until_said(self, *texts: str, channel: str | None = None) -> None:
        await until(self.workspace, lambda: sorted(self.said(channel)) == sorted(texts))

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)


@asynccontextmanager
async def local_slack(clock: HeldClock, **of_workspace: Any) -> AsyncGenerator[LocalSlack]:
    workspace = Workspace(now=clock.now, **of_workspace)
    workspace.install(manifest())
    company(workspace)
    async with LocalSlack(workspace) as slack:
        slack.on_answer.append(assert_as_slack_answers)
        yield slack


@asynccontextmanager
async def post_room(
    slack: LocalSlack, database_url: str, key: str, clock: HeldClock, *, patience: float = 5, **parts: Any
) -> AsyncGenerator[PostRoom]:
    """One process that delivers. `patience`: seconds that a post may take."""
    database = Database(database_url, Keyring([key]))
    await migrate(database.url)
    timeout = aiohttp.ClientTimeout(total=patience)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http, aiohttp.ClientSession() as patient_http:
            yield PostRoom(slack, database, clock, http, patient_http, **parts)
    finally:
        await database.close()
