"""The real client of slack_sdk against the local Web API."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import UserGroup
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import LIES, NOOR, PRIYA, Clock

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
ACTIONS = [{"type": "actions", "elements": [BUTTON]}]


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


async def test_a_message_is_posted_and_stands_in_the_history(client: AsyncWebClient, utrecht: str) -> None:
    posted = await client.chat_postMessage(channel=utrecht, text="Hello", blocks=ACTIONS)
    history = await client.conversations_history(channel=utrecht, limit=1)
    assert history["messages"][0]["ts"] == posted["ts"]
    assert history["messages"][0]["blocks"][0]["elements"][0]["action_id"] == "go"


async def test_a_message_can_be_posted_to_a_person(client: AsyncWebClient, workspace: Workspace) -> None:
    posted = await client.chat_postMessage(channel=NOOR, text="Hello")
    opened = await client.conversations_open(users=NOOR, return_im=True)
    assert posted["channel"] == opened["channel"]["id"] == workspace.app_dm(NOOR).id
    assert opened["channel"]["user"] == NOOR


async def test_blocks_get_the_ids_that_slack_gives_them(client: AsyncWebClient, utrecht: str) -> None:
    nameless = {key: value for key, value in BUTTON.items() if key != "action_id"}
    posted = await client.chat_postMessage(
        channel=utrecht, text="x", blocks=[{"type": "actions", "elements": [nameless]}]
    )
    block = posted["message"]["blocks"][0]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


async def test_an_update_with_text_alone_takes_the_blocks_away(client: AsyncWebClient, utrecht: str) -> None:
    posted = await client.chat_postMessage(channel=utrecht, text="Hello", blocks=ACTIONS)
    kept = await client.chat_update(channel=utrecht, ts=posted["ts"], text="Hi", blocks=ACTIONS)
    assert "edited" not in kept["message"]
    bare = await client.chat_update(channel=utrecht, ts=posted["ts"], text="Bye")
    assert "blocks" not in bare["message"]
    assert bare["message"]["edited"]


async def test_only_the_bots_own_messages_can_be_changed_or_deleted(
    client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    theirs = workspace.messages(utrecht)[0].ts
    assert await refusal(client.chat_update(channel=utrecht, ts=theirs, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel=utrecht, ts=theirs)) == "cant_delete_message"
    assert await refusal(client.chat_delete(channel=utrecht, ts="1.000001")) == "message_not_found"


async def test_a_deleted_message_is_gone_but_its_thread_keeps_a_tombstone(
    client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    root = await client.chat_postMessage(channel=utrecht, text="Root")
    reply = await client.chat_postMessage(channel=utrecht, text="Reply", thread_ts=root["ts"])
    await client.chat_delete(channel=utrecht, ts=root["ts"])
    assert [m.subtype for m in workspace.thread(utrecht, root["ts"])] == ["tombstone", None]
    await client.chat_delete(channel=utrecht, ts=reply["ts"])
    assert [m.text for m in workspace.thread(utrecht, root["ts"])] == ["This message was deleted."]


async def test_a_reply_needs_the_first_message_of_an_existing_thread(client: AsyncWebClient, utrecht: str) -> None:
    root = (await client.chat_postMessage(channel=utrecht, text="Root"))["ts"]
    reply = (await client.chat_postMessage(channel=utrecht, text="Reply", thread_ts=root))["ts"]
    post = client.chat_postMessage
    assert await refusal(post(channel=utrecht, text="x", thread_ts="1.000001")) == "thread_not_found"
    assert await refusal(post(channel=utrecht, text="x", thread_ts=reply)) == "cannot_reply_to_message"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "#general", "text": "x"}, "not_in_channel"),
        ({"channel": "#team-utrecht", "text": ""}, "no_text"),
        ({"channel": "#team-utrecht", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "#team-utrecht", "text": "x", "blocks": "["}, "invalid_arguments"),
        ({"channel": "#team-utrecht", "text": "x", "blocks": [{"type": "hologram"}]}, "invalid_blocks"),
        ({"text": "x"}, "invalid_arguments"),
    ],
)
async def test_what_cannot_be_posted_is_refused_with_slacks_own_error(
    client: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    assert await refusal(client.api_call("chat.postMessage", json=arguments)) == error


async def test_an_archived_channel_takes_no_messages(
    client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    workspace.channels[utrecht].is_archived = True
    assert await refusal(client.chat_postMessage(channel=utrecht, text="x")) == "is_archived"


async def test_a_private_channel_without_the_bot_does_not_exist(client: AsyncWebClient, workspace: Workspace) -> None:
    secret = workspace.add_channel("party", [NOOR], kind="private")
    assert await refusal(client.conversations_info(channel=secret.id)) == "channel_not_found"
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [channel["name"] for channel in listed["channels"]] == [
        *("general", "team-utrecht", "team-leeds", "team-webshop", "leadership")
    ]


async def test_the_bot_joins_a_public_channel_and_sees_its_members(
    client: AsyncWebClient, workspace: Workspace
) -> None:
    general = workspace.channel("#general").id
    await client.conversations_join(channel=general)
    again = await client.conversations_join(channel=general)
    assert again["warning"] == "already_in_channel"
    info = await client.conversations_info(channel=general, include_num_members=True)
    assert info["channel"]["num_members"] == 10
    members = await client.conversations_members(channel=general, limit=3)
    assert len(members["members"]) == 3
    assert members["response_metadata"]["next_cursor"]
    mine = await client.users_conversations(types="public_channel,private_channel,im")
    assert general in [channel["id"] for channel in mine["channels"]]


async def test_people_with_their_time_zone_and_presence(
    client: AsyncWebClient, workspace: Workspace, clock: Clock
) -> None:
    priya = (await client.users_info(user=PRIYA, include_locale=True))["user"]
    assert (priya["tz"], priya["tz_offset"], priya["locale"]) == ("Europe/London", 0, "en-GB")
    assert priya["profile"]["email"] == "priya@vandam.example"
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
    workspace.people[NOOR].presence = "away"
    assert (await client.users_getPresence(user=NOOR))["presence"] == "away"
    workspace.people[NOOR].do_not_disturb = (clock(), clock())
    quiet = await client.dnd_teamInfo(users=[NOOR, PRIYA])
    assert quiet["users"][NOOR]["dnd_enabled"]
    assert not (await client.dnd_info(user=PRIYA))["dnd_enabled"]


async def test_the_workspace_its_groups_and_the_bot_itself(client: AsyncWebClient, workspace: Workspace) -> None:
    workspace.usergroups.append(UserGroup(id="S1", name="Desk", handle="desk", users=[NOOR]))
    assert (await client.auth_test())["user_id"] == workspace.bot_user_id
    assert (await client.team_info())["team"]["domain"] == "van-dam-daughters"
    assert (await client.bots_info(bot=workspace.bot_id))["bot"]["user_id"] == workspace.bot_user_id
    assert (await client.usergroups_list(include_users=True))["usergroups"][-1]["users"] == [NOOR]
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == [NOOR]
    assert (await client.api_test(foo="bar"))["ok"]


async def test_a_reaction_counts_once(client: AsyncWebClient, workspace: Workspace, utrecht: str) -> None:
    ts = workspace.messages(utrecht)[0].ts
    await client.reactions_add(channel=utrecht, timestamp=ts, name="eyes")
    again = client.reactions_add(channel=utrecht, timestamp=ts, name="eyes")
    assert await refusal(again) == "already_reacted"
    got = await client.reactions_get(channel=utrecht, timestamp=ts)
    assert got["message"]["reactions"] == [{"name": "eyes", "users": [workspace.bot_user_id], "count": 1}]
    await client.conversations_history(channel=utrecht)


async def test_an_ephemeral_message_is_seen_by_one_person_and_is_in_no_history(
    client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    await client.chat_postEphemeral(channel=utrecht, user=NOOR, text="psst")
    assert workspace.messages(utrecht, viewer=NOOR)[-1].text == "psst"
    assert "psst" not in str((await client.conversations_history(channel=utrecht)).data)
    outsider = client.chat_postEphemeral(channel=utrecht, user=PRIYA, text="psst")
    assert await refusal(outsider) == "user_not_in_channel"


async def test_a_permalink_leads_into_the_thread(client: AsyncWebClient, utrecht: str) -> None:
    root = (await client.chat_postMessage(channel=utrecht, text="Root"))["ts"]
    reply = (await client.chat_postMessage(channel=utrecht, text="Reply", thread_ts=root))["ts"]
    link = (await client.chat_getPermalink(channel=utrecht, message_ts=reply))["permalink"]
    assert link.endswith(f"/p{reply.replace('.', '')}?thread_ts={root}&cid={utrecht}")


async def test_a_status_stands_until_the_bot_writes_or_two_minutes_pass(
    client: AsyncWebClient, workspace: Workspace, clock: Clock
) -> None:
    channel = workspace.app_dm(NOOR).id
    ts = workspace.post(channel, NOOR, "Help").ts
    say = {"channel_id": channel, "thread_ts": ts, "status": "is thinking…", "loading_messages": ["Reading"]}
    await client.assistant_threads_setStatus(**say)
    status = workspace.status(channel, ts)
    assert status
    assert (status.text, status.loading_messages) == ("is thinking…", ["Reading"])
    await client.chat_postMessage(channel=channel, thread_ts=ts, text="Here")
    assert workspace.status(channel, ts) is None
    await client.assistant_threads_setStatus(**say)
    clock.move(minutes=2)
    assert workspace.status(channel) is None
    await client.assistant_threads_setTitle(channel_id=channel, thread_ts=ts, title="Help")


async def test_at_most_four_prompts_are_suggested(client: AsyncWebClient, workspace: Workspace) -> None:
    channel = workspace.app_dm(NOOR).id
    prompts = [{"title": "Hi", "message": "Say hi"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts, title="Try")
    assert workspace.prompts(channel) == {"title": "Try", "prompts": prompts}
    five = client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts * 5)
    assert await refusal(five) == "invalid_arguments"


async def test_a_token_is_needed_and_must_be_the_right_one(client: AsyncWebClient, workspace: Workspace) -> None:
    for token, error in [("", "not_authed"), ("xoxb-no", "invalid_auth")]:
        client.token = token
        assert await refusal(client.auth_test()) == error
    client.token = workspace.app_token
    assert await refusal(client.auth_test()) == "not_allowed_token_type"
    assert (await client.apps_connections_open(app_token=workspace.app_token))["url"].startswith("ws://")
    assert await refusal(client.api_call("no.such.method")) == "unknown_method"


async def test_forms_and_queries_are_read_as_well_as_json(
    slack: LocalSlack, session: aiohttp.ClientSession, utrecht: str
) -> None:
    form = {
        "token": slack.workspace.bot_token,
        "channel": utrecht,
        "text": "Hi",
        "blocks": '[{"type":"divider"}]',
    }
    async with session.post(f"{slack.api_url}chat.postMessage", data=form) as response:
        assert (await response.json())["message"]["blocks"][0]["type"] == "divider"
    async with session.get(f"{slack.api_url}users.info", params={"token": form["token"], "user": LIES}) as response:
        assert (await response.json())["user"]["real_name"] == "Lies van Dam"
    assert [call.method for call in slack.calls] == ["chat.postMessage", "users.info"]
    assert "token" not in slack.calls[0].args


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_a_body_that_is_no_object_is_refused(
    slack: LocalSlack, session: aiohttp.ClientSession, body: str, error: str
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {slack.workspace.bot_token}"}
    async with session.post(f"{slack.api_url}auth.test", data=body, headers=headers) as response:
        assert (await response.json())["error"] == error
