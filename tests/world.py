"""A small company in a local Slack, and the bot in it: what the journeys are told in.

Everything is real but Slack: the bot listens over HTTP, its client calls the local Slack over HTTP, the database
is a file or PostgreSQL.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from slack_sdk.signature import SignatureVerifier

from bot import settings as bot_settings
from bot.app import Acht
from bot.kit import content
from bot.kit.clock import Clock, SystemClock
from bot.kit.encryption import new_key
from bot.kit.slack import blocks as block_kit
from bot.sandbox.company import company
from bot.sandbox.delivery import Answer, Delivered, Kind, SignedHttp
from bot.sandbox.hands import Hands
from bot.sandbox.records import Change, Message, View
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from tests.sandbox.slack_keys import assert_as_slack_answers, assert_as_slack_sends

NOOR, DAAN, PRIYA, LIES = "U0NOOR00000", "U0DAAN00000", "U0PRIYA0000", "U0LIES00000"
PATIENCE = 10.0


@dataclass
class World:
    acht: Acht
    slack: LocalSlack
    hands: Hands
    delivery: "Strict"
    settings: bot_settings.Settings

    @property
    def url(self) -> str:
        """Where the bot listens for Slack."""
        return self.delivery.url

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    def dm(self, person: str) -> str:
        return self.workspace.app_dm(person).id

    def channel(self, name: str) -> str:
        return self.workspace.channel(f"#{name}").id

    def home_of(self, person: str) -> View:
        """The Home tab, as this person sees it now."""
        home = self.workspace.home(person)
        assert home is not None
        return home

    def modal_of(self, person: str) -> View:
        """The modal on top."""
        modal = self.workspace.modal(person)
        assert modal is not None
        return modal

    async def ask(self, person: str, text: str, thread_ts: str | None = None) -> Message:
        """A person writes to Acht, and reads the answer."""
        before = len(self.in_thread(self.dm(person), thread_ts)) if thread_ts else 0
        ts = await self.hands.say(person, self.dm(person), text, thread_ts=thread_ts)
        return await self.answer_under(self.dm(person), thread_ts or ts, before)

    async def answer_under(self, channel: str, ts: str, before: int = 0) -> Message:
        """The bot's next message in that thread; `before` are those that stood there."""
        await self.until(lambda: len(self.in_thread(channel, ts)) > before)
        return self.in_thread(channel, ts)[-1]

    def in_thread(self, channel: str, ts: str) -> list[Message]:
        """What the bot said in a thread."""
        return [message for message in self.workspace.thread(channel, ts) if message.bot_id]

    def said(self, channel: str, viewer: str | None = None) -> list[Message]:
        """Everything the bot said in a channel, also what only `viewer` sees."""
        return [message for message in self.workspace.everything(channel, viewer=viewer or "") if message.bot_id]

    async def command(self, person: str, text: str, channel: str | None = None) -> Message:
        """A person types `/acht …`; what they see at once."""
        place = channel or self.dm(person)
        answer = await self.hands.command(person, place, "/acht", text)
        assert answer.acknowledged
        return self.said(place, person)[-1]

    async def deliver_event(self, event: dict[str, Any]) -> Answer:
        """An event that no hand in the local Slack can cause."""
        payload = {
            "token": "",
            "team_id": self.workspace.team_id,
            "api_app_id": self.workspace.app_id,
            "type": "event_callback",
            "event_id": f"Ev{len(self.slack.calls)}{event['type']}",
            "event_time": 0,
            "event": event,
        }
        return await self.delivery.deliver("events_api", payload)

    async def say_as_the_bot(self, channel: str, action_id: str, value: str = "x") -> None:
        """A message of the bot's from before an update, with a button that it may no longer know."""
        button = {"type": "button", "text": {"type": "plain_text", "text": "…"}, "action_id": action_id, "value": value}
        blocks = [{"type": "actions", "elements": [button]}]
        await self.acht.client.chat_postMessage(
            channel=channel, text="…", blocks=blocks, token=self.workspace.bot_token
        )

    def signature(self, timestamp: str, body: bytes) -> str:
        return SignatureVerifier(self.workspace.signing_secret).generate_signature(timestamp=timestamp, body=body) or ""

    async def until(self, condition: Callable[[], bool]) -> None:
        await until(self.workspace, condition)


async def until(workspace: Workspace, condition: Callable[[], bool]) -> None:
    """Waits until something in Slack has become so."""
    changed = asyncio.Event()

    def note(_change: Change) -> None:
        changed.set()

    workspace.listeners.append(note)
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await changed.wait()
                changed.clear()
    finally:
        workspace.listeners.remove(note)


@asynccontextmanager
async def open_world(
    database_url: str, *, clock: Clock | None = None, key: str | None = None, **settings: Any
) -> AsyncGenerator[World]:
    """The company, with a bot that searches by words (embeddings take seconds to compute) and has no model."""
    clock = clock or SystemClock()
    workspace = Workspace(now=clock.now)
    workspace.install(manifest())
    company(workspace)
    async with LocalSlack(workspace, patience=2.0) as slack:
        slack.on_answer.append(assert_as_slack_answers)
        async with connected(slack, settings_for(slack, database_url, key, **settings), clock) as world:
            yield world


@asynccontextmanager
async def connected(
    slack: LocalSlack, settings: bot_settings.Settings, clock: Clock | None = None
) -> AsyncGenerator[World]:
    """A bot on a Slack that is there already, listening for its requests."""
    acht = Acht(settings, clock or SystemClock())
    port = await acht.start()
    delivery = Strict(slack, f"http://127.0.0.1:{port}/slack/events")
    try:
        yield World(acht, slack, Hands(slack.workspace, delivery, slack.url), delivery, settings)
    finally:
        await acht.stop()


class Strict:
    """Delivers over signed HTTP, and holds every payload against the keys that Slack's own have."""

    def __init__(self, slack: LocalSlack, url: str) -> None:
        self.url = url
        secret = slack.workspace.signing_secret
        self._http = SignedHttp(url, secret, now=lambda: datetime.now(UTC), faults=slack.faults, patience=3)

    @property
    def log(self) -> list[Delivered]:
        return list(self._http.log)

    async def deliver(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        assert_as_slack_sends(payload)
        return await self._http.deliver(kind, payload)


def settings_for(
    slack: LocalSlack, database_url: str, key: str | None = None, **settings: Any
) -> bot_settings.Settings:
    given: dict[str, Any] = {
        "slack_bot_token": slack.workspace.bot_token,
        "slack_signing_secret": slack.workspace.signing_secret,
        "slack_app_token": None,
        "slack_api_url": slack.api_url,
        "database_url": database_url,
        "host": "127.0.0.1",
        "port": 0,
        "acht_encryption_keys": key or new_key(),
        "acht_embeddings": False,
        "openai_api_key": None,
        **settings,
    }
    return bot_settings.load(_env_file=None, **given)


def manifest() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads(content.path_of("manifest.json").read_text(encoding="utf-8")))


def refuse_to_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Views fail where what they say does not fit, instead of ending in an ellipsis."""

    def whole(text: str, length: int) -> str:
        assert len(text) <= length, f"{len(text)} characters where {length} fit: {text}"
        return text

    monkeypatch.setattr(block_kit, "short", whole)


def words_of(message: Message) -> str:
    """All that can be read in a message, in one string."""
    return " ".join(texts(message.blocks)) or message.text


def buttons_of(blocks: Any) -> list[dict[str, Any]]:
    """All buttons in a message or view, from top to bottom."""
    if isinstance(blocks, list):
        return [button for item in cast(list[Any], blocks) for button in buttons_of(item)]
    if isinstance(blocks, dict):
        held = cast(dict[str, Any], blocks)
        here = [held] if held.get("type") == "button" else []
        return here + [button for value in held.values() for button in buttons_of(value)]
    return []


def texts(value: Any) -> list[str]:
    """Every text in blocks, from top to bottom."""
    if isinstance(value, list):
        return [text for item in cast(list[Any], value) for text in texts(item)]
    if isinstance(value, dict):
        held = cast(dict[str, Any], value)
        return [
            text
            for key, item in held.items()
            for text in ([item] if key == "text" and isinstance(item, str) else texts(item))
        ]
    return []
