"""Who comes into a channel and who goes, what it is called, and what the bot hears of it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.errors import NotPossible
from bot.sandbox.hands import Hands
from bot.sandbox.workspace import Workspace

from .stand_ins import DAAN, LIES, NOOR, PRIYA, TOM, Ear

EVENTS = {
    *("member_joined_channel", "member_left_channel"),
    *("channel_rename", "channel_deleted", "channel_left", "group_rename", "group_deleted", "group_left"),
}


@pytest.fixture
def told(workspace: Workspace, ear: Ear) -> Ear:
    workspace.events |= EVENTS
    return ear


@pytest.fixture
def general(workspace: Workspace) -> str:
    return workspace.channel("#general").id


@pytest.fixture
def leadership(workspace: Workspace) -> str:
    return workspace.channel("#leadership").id


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


async def test_the_bot_hears_that_it_was_invited_and_by_whom(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, general: str
) -> None:
    await hands.invite_bot(NOOR, general)
    (joined,) = told.events
    assert joined["type"] == "member_joined_channel"
    assert (joined["user"], joined["inviter"]) == (workspace.bot_user_id, NOOR)
    assert (joined["channel"], joined["channel_type"]) == (general, "C")
    await client.chat_postMessage(channel=general, text="Hello")


async def test_into_a_private_channel_too(hands: Hands, told: Ear, workspace: Workspace) -> None:
    secret = workspace.add_channel("party", [NOOR, DAAN], kind="private").id
    await hands.invite_bot(DAAN, secret)
    assert (told.events[0]["channel"], told.events[0]["channel_type"]) == (secret, "G")


async def test_it_hears_of_joiners_and_leavers_where_it_is(
    hands: Hands, told: Ear, client: AsyncWebClient, utrecht: str, general: str
) -> None:
    await hands.join(PRIYA, utrecht)
    await hands.invite(NOOR, utrecht, LIES, TOM)
    await hands.leave(PRIYA, utrecht)
    await hands.remove(NOOR, utrecht, TOM)
    assert [(event["type"], event["user"], event.get("inviter")) for event in told.events] == [
        ("member_joined_channel", PRIYA, None),
        ("member_joined_channel", LIES, NOOR),
        ("member_joined_channel", TOM, NOOR),
        ("member_left_channel", PRIYA, None),
        ("member_left_channel", TOM, None),
    ]
    members = (await client.conversations_members(channel=utrecht))["members"]
    assert LIES in members
    assert PRIYA not in members
    assert TOM not in members


async def test_it_hears_nothing_of_members_where_it_is_not(hands: Hands, told: Ear, workspace: Workspace) -> None:
    elsewhere = workspace.add_channel("bikes", [NOOR]).id
    await hands.join(DAAN, elsewhere)
    await hands.leave(DAAN, elsewhere)
    assert told.events == []


async def test_taken_out_by_name_it_hears_that_it_left(
    hands: Hands, told: Ear, workspace: Workspace, utrecht: str
) -> None:
    await hands.remove(NOOR, utrecht, workspace.bot_user_id)
    assert told.event_types == ["channel_left"]


@pytest.mark.parametrize(
    ("why", "deed"),
    [
        ("already", lambda hands, utrecht, general: hands.invite(NOOR, utrecht, DAAN)),
        ("already", lambda hands, utrecht, general: hands.join(NOOR, utrecht)),
        ("has to be in", lambda hands, utrecht, general: hands.invite(PRIYA, utrecht, LIES)),
        ("has to be in", lambda hands, utrecht, general: hands.leave(PRIYA, utrecht)),
        ("Nobody leaves", lambda hands, utrecht, general: hands.leave(NOOR, general)),
        ("nobody here", lambda hands, utrecht, general: hands.remove(NOOR, general, DAAN)),
        ("nobody here", lambda hands, utrecht, general: hands.remove(NOOR, utrecht, PRIYA)),
        ("between two", lambda hands, utrecht, general: hands.leave(NOOR, hands.workspace.app_dm(NOOR).id)),
        ("invited", lambda hands, utrecht, general: hands.join(NOOR, "#leadership")),
        ("made private", lambda hands, utrecht, general: hands.make_private(NOOR, general)),
        ("administrator", lambda hands, utrecht, general: hands.delete_channel(NOOR, utrecht)),
        ("has no capitals", lambda hands, utrecht, general: hands.rename(NOOR, utrecht, "Team Utrecht")),
        ("already", lambda hands, utrecht, general: hands.rename(NOOR, utrecht, "general")),
    ],
)
async def test_slacks_own_screen_would_not_let_one(
    hands: Hands,
    told: Ear,
    utrecht: str,
    general: str,
    *,
    why: str,
    deed: Callable[[Hands, str, str], Awaitable[None]],
) -> None:
    with pytest.raises(NotPossible, match=why):
        await deed(hands, utrecht, general)
    assert told.heard == []


@pytest.mark.parametrize(("name", "event"), [("team-utrecht", "channel_rename"), ("leadership", "group_rename")])
async def test_a_channel_with_another_name_keeps_its_id(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, *, name: str, event: str
) -> None:
    channel = workspace.channel(f"#{name}")
    await hands.rename(channel.members[0], channel.id, "a-new-name")
    (renamed,) = told.events
    assert (renamed["type"], renamed["channel"]["id"], renamed["channel"]["name"]) == (event, channel.id, "a-new-name")
    info = (await client.conversations_info(channel=channel.id))["channel"]
    assert (info["name"], info["previous_names"]) == ("a-new-name", [name])


async def test_what_became_private_stays_open_to_a_bot_that_is_in_it(
    hands: Hands, told: Ear, client: AsyncWebClient, utrecht: str
) -> None:
    await hands.make_private(NOOR, utrecht)
    assert (await client.conversations_info(channel=utrecht))["channel"]["is_private"]
    assert utrecht not in [channel["id"] for channel in (await client.conversations_list())["channels"]]
    mine = await client.users_conversations(types="private_channel")
    assert utrecht in [channel["id"] for channel in mine["channels"]]
    # Slack has no event for it.
    assert told.heard == []


async def test_only_a_bot_that_reads_along_is_told_that_it_became_private(
    hands: Hands, told: Ear, workspace: Workspace, utrecht: str
) -> None:
    workspace.events.add("message.groups")
    await hands.make_private(NOOR, utrecht)
    (said,) = told.events
    assert (said["type"], said["subtype"], said["channel_type"]) == ("message", "channel_convert_to_private", "group")


async def test_what_became_private_without_the_bot_exists_for_it_no_more(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace
) -> None:
    bikes = workspace.add_channel("bikes", [NOOR]).id
    await hands.make_private(NOOR, bikes)
    assert told.heard == []
    assert await refusal(client.conversations_info(channel=bikes)) == "channel_not_found"


@pytest.mark.parametrize(("name", "event"), [("general-two", "channel_deleted"), ("leadership", "group_deleted")])
async def test_a_deleted_channel_is_nowhere(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, *, name: str, event: str
) -> None:
    workspace.add_channel("general-two", [TOM])
    channel = workspace.channel(f"#{name}").id
    await hands.delete_channel(TOM, channel)
    assert [(heard["type"], heard["channel"]) for heard in told.events] == [(event, channel)]
    for call in (client.conversations_info(channel=channel), client.chat_postMessage(channel=channel, text="x")):
        assert await refusal(call) == "channel_not_found"
    assert channel not in [each.id for each in workspace.channels_of(TOM)]


async def test_a_reset_brings_channels_and_members_back(workspace: Workspace, hands: Hands, leadership: str) -> None:
    start = workspace.snapshot()
    await hands.leave(LIES, leadership)
    await hands.delete_channel(TOM, leadership)
    workspace.restore(start)
    assert LIES in workspace.channel("#leadership").members
    assert leadership in [channel.id for channel in workspace.channels_of(LIES)]
