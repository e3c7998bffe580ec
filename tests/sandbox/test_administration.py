"""What people and administrators do to accounts and channels, and what is left for the bot."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.errors import NotPossible
from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import DAAN, LIES, NOOR, PRIYA, Clock, Ear

EVENTS = {
    *("user_change", "dnd_updated_user", "tokens_revoked"),
    *("channel_archive", "channel_unarchive", "channel_left"),
    *("group_archive", "group_unarchive", "group_left"),
}


@pytest.fixture
def told(workspace: Workspace, ear: Ear) -> Ear:
    """A bot that is subscribed to all of it."""
    workspace.events |= EVENTS
    return ear


@pytest.fixture
def leadership(workspace: Workspace) -> str:
    return workspace.channel("#leadership").id


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


async def test_somebody_who_is_gone_is_known_but_cannot_be_written_to(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    dm = workspace.app_dm(NOOR).id
    said = workspace.post(utrecht, NOOR, "I was here").ts
    await hands.deactivate(NOOR)
    (event,) = told.events
    assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == ("user_change", NOOR, True)
    gone = (await client.users_info(user=NOOR, include_locale=True))["user"]
    assert gone["deleted"]
    assert "tz" not in gone
    assert NOOR in [member["id"] for member in (await client.users_list())["members"] if member["deleted"]]
    assert await refusal(client.chat_postMessage(channel=dm, text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel=NOOR, text="x")) == "channel_not_found"
    assert await refusal(client.conversations_open(users=NOOR)) == "user_disabled"
    ephemeral = client.chat_postEphemeral(channel=utrecht, user=NOOR, text="x")
    assert await refusal(ephemeral) == "user_not_in_channel"
    assert NOOR not in (await client.conversations_members(channel=utrecht))["members"]
    assert workspace.message(utrecht, said)


async def test_somebody_who_is_gone_does_nothing_more(hands: Hands, workspace: Workspace) -> None:
    dm = workspace.app_dm(NOOR).id
    await hands.deactivate(NOOR)
    for deed in (
        hands.say(NOOR, dm, "Hello"),
        hands.command(NOOR, dm, "/acht"),
        hands.shortcut(NOOR, "observe"),
        hands.open_home(NOOR),
        hands.click(NOOR, "go"),
        hands.submit(NOOR, "V1", {}),
        hands.deactivate(NOOR),
    ):
        with pytest.raises(NotPossible, match="deactivated"):
            await deed
    with pytest.raises(NotPossible):
        await hands.deactivate(workspace.bot_user_id)


@pytest.mark.parametrize(
    ("name", "family", "reopened_by"), [("team-utrecht", "channel", "user"), ("leadership", "group", "actor_id")]
)
async def test_an_archived_channel_takes_nothing_until_it_is_open_again(
    hands: Hands,
    told: Ear,
    client: AsyncWebClient,
    workspace: Workspace,
    *,
    name: str,
    family: str,
    reopened_by: str,
) -> None:
    channel = workspace.channel(f"#{name}")
    member, ts = channel.members[0], workspace.messages(channel.id)[0].ts
    await hands.archive(member, channel.id)
    for call in (
        client.chat_postMessage(channel=channel.id, text="x"),
        client.chat_postEphemeral(channel=channel.id, user=member, text="x"),
        client.reactions_add(channel=channel.id, timestamp=ts, name="eyes"),
    ):
        assert await refusal(call) == "is_archived"
    assert (await client.conversations_info(channel=channel.id))["channel"]["is_archived"]
    assert (await client.conversations_history(channel=channel.id))["messages"]
    with pytest.raises(NotPossible):
        await hands.say(member, channel.id, "x")
    await hands.unarchive(member, channel.id)
    await client.chat_postMessage(channel=channel.id, text="x")
    archived, opened = told.events
    assert (archived["type"], archived["channel"], archived["user"]) == (f"{family}_archive", channel.id, member)
    assert (opened["type"], opened["channel"], opened[reopened_by]) == (f"{family}_unarchive", channel.id, member)


async def test_of_a_private_channel_without_it_the_bot_hears_nothing(
    hands: Hands, told: Ear, workspace: Workspace
) -> None:
    secret = workspace.add_channel("party", [NOOR, DAAN], kind="private")
    await hands.archive(NOOR, secret.id)
    await hands.unarchive(DAAN, secret.id)
    assert told.events == []


async def test_only_a_channel_that_is_open_and_ones_own_can_be_archived(
    hands: Hands, workspace: Workspace, utrecht: str
) -> None:
    for user, channel in [
        (PRIYA, utrecht),
        (NOOR, workspace.channel("#general").id),
        (NOOR, workspace.app_dm(NOOR).id),
    ]:
        with pytest.raises(NotPossible):
            await hands.archive(user, channel)
    with pytest.raises(NotPossible, match="not archived"):
        await hands.unarchive(NOOR, utrecht)
    await hands.archive(NOOR, utrecht)
    with pytest.raises(NotPossible, match="is archived"):
        await hands.archive(NOOR, utrecht)


@pytest.mark.parametrize(
    ("name", "event", "error"),
    [("team-utrecht", "channel_left", "not_in_channel"), ("leadership", "group_left", "channel_not_found")],
)
async def test_a_bot_that_was_removed_neither_writes_nor_reads_there(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, *, name: str, event: str, error: str
) -> None:
    channel = workspace.channel(f"#{name}")
    member = channel.members[0]
    await hands.remove_bot(member, channel.id)
    (left,) = told.events
    assert (left["type"], left["channel"], left["actor_id"]) == (event, channel.id, member)
    assert await refusal(client.chat_postMessage(channel=channel.id, text="x")) == error
    assert await refusal(client.conversations_history(channel=channel.id)) == error
    with pytest.raises(NotPossible):
        await hands.remove_bot(member, channel.id)
    with pytest.raises(NotPossible):
        await hands.remove_bot(NOOR, workspace.app_dm(NOOR).id)


async def test_a_revoked_token_is_good_for_nothing_until_it_is_given_back(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    await hands.revoke_token()
    for call in (client.auth_test(), client.chat_postMessage(channel=utrecht, text="x"), client.users_list()):
        assert await refusal(call) == "token_revoked"
    (event,) = told.events
    assert event["tokens"] == {"oauth": [], "bot": [workspace.bot_user_id]}
    await client.apps_connections_open(app_token=workspace.app_token)
    hands.give_back_token()
    await client.auth_test()


async def test_a_reset_undoes_it_all(
    slack: LocalSlack, hands: Hands, client: AsyncWebClient, workspace: Workspace, leadership: str
) -> None:
    await hands.revoke_token()
    await hands.deactivate(NOOR)
    await hands.remove_bot(LIES, leadership)
    await hands.archive(LIES, leadership)
    await slack.reset()
    await client.chat_postMessage(channel=leadership, text="x")
    await client.chat_postMessage(channel=NOOR, text="x")


async def test_who_is_not_to_be_disturbed_says_so_until_it_is_over(
    hands: Hands, told: Ear, client: AsyncWebClient, clock: Clock
) -> None:
    start, end = clock() - timedelta(hours=1), clock() + timedelta(hours=9)
    quiet = {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }
    free = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    await hands.do_not_disturb(NOOR, start, end)
    assert (told.events[0]["type"], told.events[0]["user"]) == ("dnd_updated_user", NOOR)
    assert told.events[0]["dnd_status"] == quiet
    assert (await client.dnd_teamInfo(users=[NOOR, PRIYA]))["users"] == {NOOR: quiet, PRIYA: free}
    assert (await client.dnd_info(user=NOOR)).data == {"ok": True, **quiet}
    clock.move(hours=10)
    assert (await client.dnd_teamInfo(users=[NOOR]))["users"] == {NOOR: free}
    await hands.do_not_disturb(NOOR, clock() - timedelta(hours=2), clock() - timedelta(hours=1))
    assert told.events[1]["dnd_status"] == free


async def test_a_bot_that_did_not_subscribe_hears_of_none_of_it(
    hands: Hands, ear: Ear, clock: Clock, utrecht: str
) -> None:
    await hands.archive(NOOR, utrecht)
    await hands.unarchive(NOOR, utrecht)
    await hands.remove_bot(NOOR, utrecht)
    await hands.do_not_disturb(NOOR, clock(), clock() + timedelta(hours=1))
    await hands.deactivate(NOOR)
    await hands.revoke_token()
    assert ear.heard == []
