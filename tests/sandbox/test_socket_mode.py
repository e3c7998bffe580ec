"""A real Bolt app over real WebSockets."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import NOOR

FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "story",
            "label": {"type": "plain_text", "text": "Story"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


@pytest.fixture
def dm(workspace: Workspace) -> str:
    return workspace.app_dm(NOOR).id


async def test_a_message_reaches_the_bot_and_its_answer_reaches_the_thread(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, dm: str
) -> None:
    @app.event("message")
    async def answer(event: dict[str, Any], say: Any, set_status: Any) -> None:
        await set_status("is thinking…")
        await say(f"You said: {event['text']}", thread_ts=event["ts"])

    ts = await slack.hands.say(NOOR, dm, "Tea & <cake>")
    thread = slack.workspace.thread(dm, ts)
    assert [message.text for message in thread] == [
        "Tea &amp; &lt;cake&gt;",
        "You said: Tea &amp; &lt;cake&gt;",
    ]
    assert slack.workspace.status(dm, ts) is None


async def test_a_command_is_acknowledged_with_words_that_only_the_sender_sees(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, utrecht: str
) -> None:
    @app.command("/acht")
    async def greet(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"Hello {command['user_name']}")

    answer = await slack.hands.command(NOOR, utrecht, "/acht", "hello")
    assert answer.body == {"text": "Hello noor"}
    assert slack.workspace.messages(utrecht, viewer=NOOR)[-1].ephemeral_to == NOOR


async def test_a_form_is_opened_refused_and_accepted(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, utrecht: str
) -> None:
    @app.shortcut("observe")
    async def open_form(ack: Any, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

    @app.view("form")
    async def take(ack: Any, view: dict[str, Any]) -> None:
        if view["state"]["values"]["story"]["text"]["value"] == "no":
            await ack(response_action="errors", errors={"story": "Say a little more."})
        else:
            await ack()

    await slack.hands.shortcut(NOOR, "observe")
    form = slack.workspace.modal(NOOR)
    assert form
    refused = await slack.hands.submit(NOOR, form.id, {"story": {"text": {"value": "no"}}})
    assert refused.body == {"response_action": "errors", "errors": {"story": "Say a little more."}}
    assert slack.workspace.modal(NOOR) is form
    await slack.hands.submit(NOOR, form.id, {"story": {"text": {"value": "yes"}}})
    assert slack.workspace.modal(NOOR) is None


async def test_a_button_is_pressed_and_answered_through_its_response_url(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, client: AsyncWebClient, dm: str
) -> None:
    @app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Gone", replace_original=True)

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    actions = [{"type": "actions", "elements": [button]}]
    posted = await client.chat_postMessage(channel=dm, text="Go?", blocks=actions)
    await slack.hands.click(NOOR, "go", dm)
    message = slack.workspace.message(dm, posted["ts"])
    assert (message.text, message.blocks) == ("Gone", [])


async def test_an_event_that_nobody_acknowledges_is_sent_three_times_more(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, dm: str
) -> None:
    heard: list[str] = []

    @app.event("message")
    async def stumble(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])
        raise RuntimeError("no")

    app.error(_silence)
    slack.socket.patience = 0.05
    await slack.hands.say(NOOR, dm, "Hello")
    assert len(heard) == 4
    assert len(set(heard)) == 1
    retries = [delivered.retry and delivered.retry.number for delivered in slack.socket.log]
    assert retries == [None, 1, 2, 3]


async def _silence(error: Exception) -> None:
    raise error


async def test_an_acknowledged_event_can_be_made_to_come_twice(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, dm: str
) -> None:
    heard: list[str] = []

    @app.event("message")
    async def listen(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    slack.faults.repeat_events()
    await slack.hands.say(NOOR, dm, "Hello")
    await slack.hands.say(NOOR, dm, "And again")
    assert len(heard) == 3
    assert len(set(heard)) == 2


async def test_the_bot_comes_back_when_slack_asks_it_to(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, dm: str
) -> None:
    @app.event("message")
    async def listen(say: Any) -> None:
        await say("Still here")

    await slack.socket.refresh()
    await slack.hands.say(NOOR, dm, "Are you there?")
    assert slack.workspace.messages(dm)[-1].text == "Still here"


async def test_the_bot_comes_back_when_the_connection_breaks(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, dm: str
) -> None:
    @app.event("message")
    async def listen(say: Any) -> None:
        await say("Still here")

    await slack.socket.drop()
    await slack.hands.say(NOOR, dm, "Are you there?")
    assert slack.workspace.messages(dm)[-1].text == "Still here"


async def test_deliveries_go_round_the_open_connections(
    app: AsyncApp, handler: AsyncSocketModeHandler, slack: LocalSlack, dm: str
) -> None:
    second = AsyncSocketModeHandler(app, slack.workspace.app_token)
    await second.connect_async()
    reached: list[str] = []

    for name, each in (("first", handler), ("second", second)):

        async def note(_: Any, request: Any, name: str = name) -> None:
            reached.append(name)

        each.client.socket_mode_request_listeners.insert(0, note)

    @app.event("message")
    async def listen() -> None: ...

    for _ in range(4):
        await slack.hands.say(NOOR, dm, "Hello")
    assert sorted(reached) == ["first", "first", "second", "second"]
    await second.close_async()


async def test_a_ticket_is_good_for_one_connection(
    slack: LocalSlack, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    opened = await client.apps_connections_open(app_token=slack.workspace.app_token)
    async with session.ws_connect(opened["url"]) as connection:
        assert (await connection.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])
    unused = await client.apps_connections_open(app_token=slack.workspace.app_token)
    slack.socket.void_tickets()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(unused["url"])


async def test_without_a_connection_nothing_is_delivered(slack: LocalSlack, dm: str) -> None:
    slack.socket.patience = 0.01
    ts = await slack.hands.say(NOOR, dm, "Anybody?")
    assert slack.workspace.message(dm, ts)
    assert list(slack.socket.log) == []


async def test_a_delivery_does_not_wait_for_a_connection_that_is_gone(
    slack: LocalSlack, client: AsyncWebClient, session: aiohttp.ClientSession, dm: str
) -> None:
    opened = await client.apps_connections_open(app_token=slack.workspace.app_token)
    connection = await session.ws_connect(opened["url"])
    await slack.socket.connected()
    saying = asyncio.create_task(slack.hands.say(NOOR, dm, "Hello"))
    await connection.receive_json()
    await connection.receive_json()
    slack.socket.patience = 0.01
    await connection.close()
    async with asyncio.timeout(2):
        await saying
