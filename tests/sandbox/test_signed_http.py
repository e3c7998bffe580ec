"""The bot behind a url: a real Bolt app that checks Slack's signature."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.sandbox.delivery import SignedHttp
from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack

from .stand_ins import NOOR


class Backend:
    """Where the bot listens; keeps the headers of what came."""

    def __init__(self, app: AsyncApp) -> None:
        self.app = app
        self.headers: list[dict[str, str]] = []
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        return await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))


@pytest.fixture
async def backend(app: AsyncApp) -> AsyncIterator[Backend]:
    backend = Backend(app)
    application = web.Application()
    application.router.add_post("/slack/events", backend.receive)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    backend.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield backend
    await runner.cleanup()


def posting(slack: LocalSlack, backend: Backend, secret: str | None = None) -> Hands:
    """Hands whose deeds are posted; the signature carries the real time, for Bolt looks at its own clock."""
    delivery = SignedHttp(
        backend.url,
        secret or slack.workspace.signing_secret,
        now=lambda: datetime.now(UTC),
        faults=slack.faults,
        patience=2,
    )
    return Hands(slack.workspace, delivery, slack.url)


async def test_events_commands_and_actions_are_believed(
    app: AsyncApp, backend: Backend, slack: LocalSlack, utrecht: str
) -> None:
    @app.event("app_mention")
    async def mentioned(say: Any) -> None:
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        await say(text="Yes?", blocks=[{"type": "actions", "elements": [button]}])

    @app.command("/acht")
    async def command(ack: Any) -> None:
        await ack(text="In the open", response_type="in_channel")

    @app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Going")

    hands = posting(slack, backend)
    await hands.say(NOOR, utrecht, "@acht are you there?")
    assert slack.workspace.messages(utrecht)[-1].text == "Yes?"
    await hands.click(NOOR, "go", utrecht)
    assert slack.workspace.messages(utrecht, viewer=NOOR)[-1].text == "Going"
    answer = await hands.command(NOOR, utrecht, "/acht", "a & b = c")
    assert answer.acknowledged
    assert slack.workspace.messages(utrecht)[-1].text == "In the open"


async def test_a_wrong_signature_is_turned_away(
    app: AsyncApp, backend: Backend, slack: LocalSlack, utrecht: str
) -> None:
    hands = posting(slack, backend, secret="guessed")
    answer = await hands.command(NOOR, utrecht, "/acht", "help")
    assert not answer.acknowledged
    assert answer.status == 401


async def test_an_event_answered_with_an_error_comes_again_with_its_number(
    app: AsyncApp, backend: Backend, slack: LocalSlack
) -> None:
    @app.error
    async def fail(error: Exception) -> None:
        raise error

    @app.event("message")
    async def stumble() -> None:
        raise RuntimeError("no")

    await posting(slack, backend).say(NOOR, slack.workspace.app_dm(NOOR).id, "Hello")
    numbers = [headers.get("X-Slack-Retry-Num") for headers in backend.headers]
    assert numbers == [None, "1", "2", "3"]
    assert backend.headers[-1]["X-Slack-Retry-Reason"] == "http_error"


async def test_where_nobody_listens_nothing_is_acknowledged(slack: LocalSlack, utrecht: str) -> None:
    delivery = SignedHttp("http://127.0.0.1:9", "secret", now=slack.workspace.now, patience=0.5)
    answer = await Hands(slack.workspace, delivery).command(NOOR, utrecht, "/acht")
    assert (answer.acknowledged, answer.status) == (False, 0)
