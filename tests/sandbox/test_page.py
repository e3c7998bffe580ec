"""The routes that the page in the browser lives on."""

import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.delivery import Answer
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import NOOR, PRIYA, Ear

Json = dict[str, Any]


class Browser:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def look(self, what: str, **query: str) -> Json:
        async with self.session.get(f"{self.url}/page/{what}", params={"as": NOOR, **query}) as response:
            return await response.json()

    async def do(self, what: str, **body: Any) -> Json:
        async with self.session.post(f"{self.url}/page/{what}", json={"as": NOOR, **body}) as response:
            return await response.json()


class Resets:
    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def resets() -> Resets:
    return Resets()


@pytest.fixture
async def slack(workspace: Workspace, ear: Ear, resets: Resets) -> Any:
    async with LocalSlack(
        workspace, delivery=ear, on_reset=resets, language_model="none", notes=["Nothing leaves."]
    ) as slack:
        yield slack


@pytest.fixture
def browser(slack: LocalSlack, session: aiohttp.ClientSession) -> Browser:
    return Browser(slack.url, session)


async def test_the_state_is_what_one_person_sees(browser: Browser) -> None:
    state = await browser.look("state")
    assert state["me"] == {
        "id": NOOR,
        "name": "noor",
        "real_name": "Noor Jansen",
        "title": "Servicedesk, Utrecht",
        "color": "2f7f79",
        "initials": "NJ",
        "tz": "Europe/Amsterdam",
        "is_bot": False,
        "lang": "nl",
    }
    assert [channel["name"] for channel in state["channels"]] == ["general", "team-utrecht", "Acht"]
    assert state["channels"][2]["kind"] == "app"
    assert state["commands"] == [{"command": "/acht", "description": "Ask Acht", "usage_hint": "help"}]
    assert {shortcut["type"] for shortcut in state["shortcuts"]} == {"message", "global"}
    assert state["bot"]["connected"] is True
    assert (state["home"], state["modal"]) == (None, None)
    assert state["sandbox"] == {"language_model": "none", "notes": ["Nothing leaves."]}


async def test_a_newcomer_looks_as_somebody_at_the_front(slack: LocalSlack, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{slack.url}/page/state") as response:
        assert (await response.json())["me"]["id"] == NOOR


async def test_the_page_and_its_files_are_served_fresh(slack: LocalSlack, session: aiohttp.ClientSession) -> None:
    for path in ("/", "/static/main.js"):
        async with session.get(slack.url + path) as response:
            assert (response.status, response.headers["Cache-Control"]) == (200, "no-cache")


async def test_saying_editing_and_deleting(browser: Browser, workspace: Workspace) -> None:
    dm = workspace.app_dm(NOOR).id
    ts = (await browser.do("say", channel=dm, text="Helo"))["ts"]
    await browser.do("say", channel=dm, text="And?", thread_ts=ts)
    await browser.do("edit", channel=dm, ts=ts, text="Hello")
    page = await browser.look("messages", channel=dm)
    assert [(message["text"], message["reply_count"]) for message in page["messages"]] == [("Hello", 1)]
    assert (page["status"], page["prompts"]) == (None, None)
    thread = await browser.look("thread", channel=dm, ts=ts)
    assert [message["text"] for message in thread["messages"]] == ["Hello", "And?"]
    await browser.do("delete", channel=dm, ts=ts)
    page = await browser.look("messages", channel=dm)
    assert page["messages"][0]["deleted"] is True


async def test_looking_at_a_channel_marks_it_read(browser: Browser, workspace: Workspace, utrecht: str) -> None:
    workspace.post(utrecht, workspace.bot_user_id, "New")
    workspace.post(utrecht, workspace.bot_user_id, "For you", ephemeral_to=NOOR)
    counts = [c["unread"] for c in (await browser.look("state"))["channels"] if c["id"] == utrecht]
    messages = (await browser.look("messages", channel=utrecht))["messages"]
    after = [c["unread"] for c in (await browser.look("state"))["channels"] if c["id"] == utrecht]
    assert (counts, after) == ([2], [0])
    assert messages[-1]["ephemeral"] is True


async def test_a_command_that_fails_says_so(browser: Browser, workspace: Workspace, ear: Ear, utrecht: str) -> None:
    assert await browser.do("command", channel=utrecht, text="/acht help me") == {"ok": True}
    assert ear.heard[0]["text"] == "help me"
    ear.answer = Answer(acknowledged=False, status=0)
    failed = await browser.do("command", channel=utrecht, text="/acht help me")
    assert failed == {"ok": False, "error": "/acht failed because the app did not respond."}
    assert await browser.do("command", channel=utrecht, text="/nine") == {"error": "/nine is not a valid command."}


async def test_a_form_is_filled_in_and_closed(browser: Browser, workspace: Workspace, ear: Ear) -> None:
    text = {"type": "plain_text", "text": "x"}
    select = {"type": "external_select", "action_id": "e"}
    block = {"type": "input", "block_id": "b", "label": text, "element": select}
    content = {"type": "modal", "title": text, "submit": text, "blocks": [block]}
    view = workspace.surfaces.open(NOOR, content)
    modal = (await browser.look("state"))["modal"]
    assert modal["id"] == view.id
    assert modal["blocks"] == [block]
    option = {"text": text, "value": "1"}
    ear.answer = Answer(acknowledged=True, body={"options": [option]})
    named = {"view_id": view.id, "block_id": "b", "action_id": "e"}
    assert await browser.do("options", **named, value="x") == {"options": [option]}
    refused = await browser.do("submit", view_id=view.id, values={})
    assert refused == {"errors": {"b": "Please complete this required field."}}
    ear.answer = Answer(acknowledged=True)
    values = {"b": {"e": {"selected_option": option}}}
    assert await browser.do("submit", view_id=view.id, values=values) == {}
    again = workspace.surfaces.open(NOOR, content)
    assert await browser.do("close", view_id=again.id) == {}
    assert (await browser.look("state"))["modal"] is None


async def test_buttons_shortcuts_and_the_apps_own_places(
    browser: Browser, workspace: Workspace, ear: Ear, utrecht: str
) -> None:
    button = {"type": "button", "action_id": "go", "value": "1", "text": {"type": "plain_text", "text": "Go"}}
    block = {"type": "actions", "block_id": "b", "elements": [button]}
    ts = workspace.post(utrecht, workspace.bot_user_id, "x", blocks=[block]).ts
    pressed = {"channel": utrecht, "ts": ts, "block_id": "b", "action_id": "go", "value": {"value": "1"}}
    assert await browser.do("click", **pressed) == {"ok": True}
    assert await browser.do("shortcut", callback_id="note", channel=utrecht, ts=ts) == {"ok": True}
    await browser.do("home")
    await browser.do("dm")
    assert [payload["type"] for payload in ear.heard] == [
        *("block_actions", "message_action", "event_callback", "event_callback")
    ]


async def test_people_bring_the_bot_in_and_look_after_the_channel(
    browser: Browser, workspace: Workspace, ear: Ear
) -> None:
    workspace.events |= {"member_joined_channel"}
    general = workspace.channel("#general").id

    async def seen() -> Json:
        return next(c for c in (await browser.look("state"))["channels"] if c["id"] == general)

    assert [(await seen())[key] for key in ("has_bot", "archived", "general")] == [False, False, True]
    await browser.do("invite", channel=general, user=workspace.bot_user_id)
    assert ear.event_types == ["member_joined_channel"]
    assert (await seen())["has_bot"]
    assert workspace.bot_user_id in (await browser.look("members", channel=general))["members"]
    await browser.do("remove", channel=general, user=workspace.bot_user_id)
    assert not (await seen())["has_bot"]
    refused = await browser.do("rename", channel=general, name="No Good")
    assert refused["error"].startswith("A name of a channel")


async def test_one_joins_another_channel_and_ends_it(browser: Browser, workspace: Workspace) -> None:
    leeds, webshop = (await browser.look("elsewhere"))["channels"]
    assert (leeds["name"], leeds["members"]) == ("team-leeds", 5)
    await browser.do("join", channel=leeds["id"])
    await browser.do("rename", channel=leeds["id"], name="leeds")
    await browser.do("make_private", channel=leeds["id"])
    await browser.do("archive", channel=leeds["id"])
    channel = workspace.channels[leeds["id"]]
    assert (channel.name, channel.kind, channel.is_archived) == ("leeds", "private", True)
    await browser.do("unarchive", channel=leeds["id"])
    await browser.do("leave", channel=leeds["id"])
    assert leeds["id"] not in [c["id"] for c in (await browser.look("state"))["channels"]]
    assert (await browser.look("elsewhere"))["channels"] == [webshop]


async def test_nobody_looks_as_somebody_who_is_gone(browser: Browser, workspace: Workspace) -> None:
    workspace.people[NOOR].deleted = True
    assert await browser.look("state") == {"error": "This account is deactivated."}


async def test_errors_are_one_sentence(browser: Browser, utrecht: str) -> None:
    assert await browser.look("messages", channel=utrecht, **{"as": PRIYA}) == {
        "error": "One has to be in a channel to read it."
    }
    assert await browser.look("messages") == {"error": "The request lacks 'channel'."}
    assert await browser.look("thread", channel="C404", ts="1") == {"error": "Slack refuses this: channel_not_found."}


async def test_the_stream_tells_each_person_what_concerns_them(
    slack: LocalSlack, session: aiohttp.ClientSession, browser: Browser, utrecht: str
) -> None:
    workspace = slack.workspace
    async with session.get(f"{slack.url}/page/stream", params={"as": NOOR}) as stream:
        await stream.content.readuntil(b"\n\n")
        workspace.post(workspace.app_dm(PRIYA).id, PRIYA, "Not for Noor")
        message = workspace.post(utrecht, workspace.bot_user_id, "For Noor")
        workspace.edit(message, text="Still for Noor")
        workspace.surfaces.publish(NOOR, {"type": "home", "blocks": []})
        await browser.do("reset")
        told = [json.loads((await stream.content.readuntil(b"\n\n"))[6:]) for _ in range(4)]
    assert told == [
        {"type": "message", "channel": utrecht, "ts": message.ts},
        {"type": "changed", "channel": utrecht, "ts": message.ts},
        {"type": "home"},
        {"type": "reset"},
    ]


async def test_a_reset_brings_back_the_start(
    browser: Browser, workspace: Workspace, resets: Resets, utrecht: str
) -> None:
    before = (await browser.look("messages", channel=utrecht))["messages"]
    await browser.do("say", channel=utrecht, text="Hello")
    await browser.do("reset")
    assert (await browser.look("messages", channel=utrecht))["messages"] == before
    assert resets.count == 1
