"""conversations.history and conversations.replies: what the bot can read back."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.workspace import Workspace

from .stand_ins import NOOR

METADATA = {"event_type": "notice", "event_payload": {"id": 8}}


@pytest.fixture
def dm(workspace: Workspace) -> str:
    return workspace.app_dm(NOOR).id


def say(workspace: Workspace, channel: str, *texts: str, thread_ts: str | None = None) -> list[str]:
    return [workspace.post(channel, workspace.bot_user_id, text, thread_ts=thread_ts).ts for text in texts]


def texts(page: Any) -> list[str]:
    return [message["text"] for message in page["messages"]]


async def test_history_comes_in_pages_newest_first(client: AsyncWebClient, workspace: Workspace, dm: str) -> None:
    say(workspace, dm, *"0123456")
    read: list[str] = []
    async for page in await client.conversations_history(channel=dm, limit=3):
        read += texts(page)
        assert page["has_more"] == (len(read) < 7)
    assert read == list("6543210")


async def test_a_cursor_keeps_its_place_when_more_is_said(
    client: AsyncWebClient, workspace: Workspace, dm: str
) -> None:
    say(workspace, dm, *"abcd")
    first = await client.conversations_history(channel=dm, limit=2)
    say(workspace, dm, "e")
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=dm, limit=2, cursor=cursor)
    assert texts(first) + texts(second) == list("dcba")


async def test_a_page_holds_a_hundred_messages_and_at_most_999(
    client: AsyncWebClient, workspace: Workspace, dm: str
) -> None:
    (root,) = say(workspace, dm, "root")
    say(workspace, dm, *["x"] * 1100)
    say(workspace, dm, *["y"] * 1100, thread_ts=root)
    assert len(texts(await client.conversations_history(channel=dm))) == 100
    assert len(texts(await client.conversations_history(channel=dm, limit=2000))) == 999
    assert len(texts(await client.conversations_replies(channel=dm, ts=root))) == 1 + 999


@pytest.mark.parametrize(
    ("oldest", "latest", "inclusive", "found"),
    [
        ("a", "c", False, "b"),
        ("a", "c", True, "cba"),
        ("a", None, False, "dcb"),
        (None, "c", False, "ba"),
        (None, "c", True, "cba"),
        (None, None, True, "dcba"),
        ("d", None, False, ""),
        ("c", "a", True, ""),
    ],
)
async def test_history_between_two_times(
    client: AsyncWebClient,
    workspace: Workspace,
    dm: str,
    *,
    oldest: str | None,
    latest: str | None,
    inclusive: bool,
    found: str,
) -> None:
    at = dict(zip("abcd", say(workspace, dm, *"abcd"), strict=True))
    page = await client.conversations_history(
        channel=dm, oldest=oldest and at[oldest], latest=latest and at[latest], inclusive=inclusive
    )
    assert texts(page) == list(found)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "-1"}, "invalid_ts_latest"),
        ({"cursor": "?"}, "invalid_cursor"),
        ({"cursor": "bmV4dDoz"}, "invalid_cursor"),  # of a list, not of a history
        ({"limit": "many"}, "invalid_arguments"),
    ],
)
async def test_a_place_that_is_none_is_refused(
    client: AsyncWebClient, dm: str, arguments: dict[str, str], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call("conversations.history", params={"channel": dm, **arguments})
    assert refused.value.response["error"] == error


async def test_replies_stand_in_the_thread_and_not_in_the_channel(client: AsyncWebClient, utrecht: str) -> None:
    root = (await client.chat_postMessage(channel=utrecht, text="Root"))["ts"]
    for text in ("one", "two", "three"):
        await client.chat_postMessage(channel=utrecht, text=text, thread_ts=root)
    await client.chat_postMessage(channel=utrecht, text="all", thread_ts=root, reply_broadcast=True)
    history = await client.conversations_history(channel=utrecht, limit=2)
    assert texts(history) == ["all", "Root"]
    assert history["messages"][1]["reply_count"] == 4
    read: list[str] = []
    async for page in await client.conversations_replies(channel=utrecht, ts=root, limit=3):
        assert texts(page)[0] == "Root"
        read += texts(page)[1:]
    assert read == ["one", "two", "three", "all"]


async def test_what_was_deleted_is_neither_in_the_channel_nor_in_the_thread(
    client: AsyncWebClient, workspace: Workspace, dm: str
) -> None:
    root, other = say(workspace, dm, "Root", "Other")
    one, two = say(workspace, dm, "one", "two", thread_ts=root)
    await client.chat_delete(channel=dm, ts=other)
    await client.chat_delete(channel=dm, ts=one)
    assert texts(await client.conversations_history(channel=dm)) == ["Root"]
    assert texts(await client.conversations_replies(channel=dm, ts=root)) == ["Root", "two"]
    assert [message.ts for message in workspace.everything(dm)] == [root, two]


@pytest.mark.parametrize("thread", [False, True])
async def test_metadata_is_kept_and_shown_to_those_who_ask(
    client: AsyncWebClient, workspace: Workspace, dm: str, *, thread: bool
) -> None:
    (root,) = say(workspace, dm, "Root")
    posted = await client.chat_postMessage(channel=dm, text="x", metadata=METADATA, thread_ts=root if thread else None)
    assert posted["message"]["metadata"] == METADATA
    read = client.conversations_replies if thread else client.conversations_history
    place = {"channel": dm, "oldest": root} | ({"ts": root} if thread else {})
    plain, full = await read(**place), await read(**place, include_all_metadata=True)
    assert "metadata" not in plain["messages"][-1]
    assert full["messages"][-1]["metadata"] == METADATA
    await client.chat_update(channel=dm, ts=posted["ts"], text="y")
    assert (await read(**place, include_all_metadata=True))["messages"][-1]["metadata"] == METADATA


async def test_metadata_without_its_parts_is_refused(client: AsyncWebClient, dm: str) -> None:
    with pytest.raises(SlackApiError, match="invalid_metadata_schema"):
        await client.chat_postMessage(channel=dm, text="x", metadata={"event_type": "notice"})
