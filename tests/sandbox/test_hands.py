"""What people do, and what the bot hears of it."""

from typing import Any

import pytest

from bot.sandbox.delivery import Answer
from bot.sandbox.errors import NotPossible, SlackError
from bot.sandbox.hands import Hands
from bot.sandbox.workspace import Workspace

from .stand_ins import DAAN, NOOR, PRIYA, Ear

PLAIN = {"type": "plain_text", "text": "x"}
OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("tea", "cake")]


@pytest.fixture
def dm(workspace: Workspace) -> str:
    return workspace.app_dm(NOOR).id


def button(value: str) -> dict[str, Any]:
    return {"type": "button", "action_id": "pick", "value": value, "text": PLAIN}


async def test_the_bot_hears_its_own_direct_messages_and_its_name(
    hands: Hands, ear: Ear, workspace: Workspace, dm: str, utrecht: str
) -> None:
    ts = await hands.say(NOOR, dm, "Hello")
    await hands.say(NOOR, dm, "More", thread_ts=ts)
    await hands.say(NOOR, utrecht, "Just us here")
    await hands.say(NOOR, utrecht, "@Acht, you too")
    await hands.say(NOOR, workspace.channel("#general").id, "@acht is not in here")
    await hands.say(NOOR, workspace.dm(NOOR, DAAN).id, "@acht neither")
    assert [event["type"] for event in ear.events] == ["message", "message", "app_mention"]
    assert ear.events[0]["channel_type"] == "im"
    assert ear.events[1]["thread_ts"] == ts
    assert ear.events[2]["text"] == f"<@{workspace.bot_user_id}>, you too"


async def test_only_subscribed_events_are_sent(
    hands: Hands, ear: Ear, workspace: Workspace, dm: str, utrecht: str
) -> None:
    workspace.events = {"message.channels"}
    await hands.say(NOOR, dm, "Hello")
    await hands.open_home(NOOR)
    await hands.say(NOOR, utrecht, "@acht hello")
    assert [(event["type"], event["channel_type"]) for event in ear.events] == [("message", "channel")]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("R&D <now>", "R&amp;D &lt;now&gt;"),
        ("ask @Noor Jansen or @daan", "ask <@U0NOOR00000> or <@U0DAAN00000>"),
        ("see https://x.example/a?b=c.", "see <https://x.example/a?b=c>."),
        ("mail noor@vandam.example", "mail <mailto:noor@vandam.example|noor@vandam.example>"),
        ("https://x.example/noor@vandam.example", "<https://x.example/noor@vandam.example>"),
        ("<https://x.example/>", "&lt;<https://x.example/>&gt;"),
        ("<@U0NOOR00000>", "&lt;@U0NOOR00000&gt;"),
    ],
)
async def test_text_is_stored_as_slack_stores_it(
    hands: Hands, workspace: Workspace, dm: str, typed: str, stored: str
) -> None:
    ts = await hands.say(NOOR, dm, typed)
    assert workspace.message(dm, ts).text == stored


async def test_a_channel_in_a_text_becomes_a_link_to_it(
    hands: Hands, workspace: Workspace, dm: str, utrecht: str
) -> None:
    ts = await hands.say(NOOR, dm, "see #team-utrecht!")
    assert workspace.message(dm, ts).text == f"see <#{utrecht}|team-utrecht>!"


async def test_one_edits_and_deletes_ones_own_messages_only(
    hands: Hands, ear: Ear, workspace: Workspace, dm: str, utrecht: str
) -> None:
    ts = await hands.say(NOOR, dm, "Helo")
    await hands.edit(NOOR, dm, ts, "Hello")
    await hands.delete(NOOR, dm, ts)
    changed, deleted = ear.events[1:]
    assert changed["previous_message"]["text"] == "Helo"
    assert changed["message"]["text"] == "Hello"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)
    theirs = next(message for message in workspace.messages(utrecht) if message.user == DAAN)
    with pytest.raises(NotPossible):
        await hands.edit(NOOR, utrecht, theirs.ts, "x")


async def test_files_come_as_a_file_share(hands: Hands, ear: Ear, dm: str) -> None:
    await hands.say(NOOR, dm, "", files=[{"id": "F1", "name": "photo.jpg"}])
    assert (ear.events[0]["subtype"], ear.events[0]["files"][0]["id"]) == ("file_share", "F1")


async def test_one_cannot_speak_where_one_is_not(hands: Hands, utrecht: str) -> None:
    with pytest.raises(NotPossible):
        await hands.say(PRIYA, utrecht, "Hello")


async def test_a_command_carries_where_and_who(
    hands: Hands, ear: Ear, workspace: Workspace, dm: str, utrecht: str
) -> None:
    await hands.command(NOOR, utrecht, "/acht", "help @daan")
    await hands.command(NOOR, dm, "/acht")
    first, second = ear.heard
    assert (first["channel_name"], first["text"], first["user_name"]) == (
        "team-utrecht",
        "help @daan",
        "noor",
    )
    assert second["channel_name"] == "directmessage"
    workspace.commands[0]["should_escape"] = True
    await hands.command(NOOR, utrecht, "/acht", "help @daan")
    assert ear.heard[-1]["text"] == "help <@U0DAAN00000|daan>"


async def test_slack_itself_turns_down_unknown_commands_and_commands_in_threads(
    hands: Hands, ear: Ear, dm: str
) -> None:
    with pytest.raises(NotPossible, match="not a valid command"):
        await hands.command(NOOR, dm, "/nine")
    with pytest.raises(NotPossible, match="not supported in threads"):
        await hands.command(NOOR, dm, "/acht", thread_ts="1.000001")
    assert ear.heard == []


async def test_a_command_may_be_answered_in_the_channel(
    hands: Hands, ear: Ear, workspace: Workspace, utrecht: str
) -> None:
    ear.answer = Answer(acknowledged=True, body={"response_type": "in_channel", "text": "Hello all"})
    await hands.command(NOOR, utrecht, "/acht")
    assert workspace.messages(utrecht)[-1].text == "Hello all"
    ear.answer = Answer(acknowledged=True, body={"blocks": [{"type": "hologram"}]})
    with pytest.raises(SlackError, match="invalid_blocks"):
        await hands.command(NOOR, utrecht, "/acht")


async def test_shortcuts_on_a_message_and_anywhere(hands: Hands, ear: Ear, workspace: Workspace, utrecht: str) -> None:
    message = workspace.messages(utrecht)[0]
    await hands.shortcut(NOOR, "note", utrecht, message.ts)
    await hands.shortcut(NOOR, "observe")
    assert ear.heard[0]["message"]["text"] == message.text
    assert ear.heard[1]["type"] == "shortcut"
    with pytest.raises(NotPossible):
        await hands.shortcut(NOOR, "note")


async def test_opening_the_app_tells_which_tab(hands: Hands, ear: Ear, workspace: Workspace) -> None:
    workspace.surfaces.publish(NOOR, {"type": "home", "blocks": []})
    await hands.open_home(NOOR)
    await hands.open_dm(NOOR)
    assert [event["tab"] for event in ear.events] == ["home", "messages"]
    assert ear.events[0]["view"]["type"] == "home"


async def test_buttons_with_one_action_id_are_told_apart_by_their_value(
    hands: Hands, ear: Ear, workspace: Workspace, dm: str
) -> None:
    row = {"type": "actions", "block_id": "a", "elements": [button("tea")]}
    other = {"type": "actions", "block_id": "b", "elements": [button("cake")]}
    workspace.post(dm, workspace.bot_user_id, "Pick", blocks=[row, other])
    await hands.click(NOOR, "pick", dm, value="cake")
    await hands.click(NOOR, "pick", dm, block_id="a")
    actions = [payload["actions"][0] for payload in ear.heard]
    assert [(action["block_id"], action["value"]) for action in actions] == [("b", "cake"), ("a", "tea")]
    assert ear.heard[0]["container"]["message_ts"] == workspace.messages(dm)[-1].ts
    with pytest.raises(NotPossible):
        await hands.click(NOOR, "pick", dm, value="soup")


@pytest.mark.parametrize(
    ("element", "value", "chosen"),
    [
        ({"type": "static_select", "options": OPTIONS}, "tea", {"selected_option": OPTIONS[0]}),
        ({"type": "overflow", "options": OPTIONS}, "cake", {"selected_option": OPTIONS[1]}),
        ({"type": "checkboxes", "options": OPTIONS}, ["tea", "cake"], {"selected_options": OPTIONS}),
        ({"type": "checkboxes", "options": OPTIONS}, [], {"selected_options": []}),
        ({"type": "users_select"}, DAAN, {"selected_user": DAAN}),
        ({"type": "multi_users_select"}, [DAAN], {"selected_users": [DAAN]}),
        ({"type": "datepicker"}, "2026-11-21", {"selected_date": "2026-11-21"}),
        ({"type": "timepicker"}, {"selected_time": "16:30"}, {"selected_time": "16:30"}),
    ],
)
async def test_a_choice_has_the_shape_of_its_element(
    hands: Hands, ear: Ear, workspace: Workspace, dm: str, *, element: dict[str, Any], value: Any, chosen: Any
) -> None:
    named = element | {"action_id": "e"}
    block = {"type": "section", "block_id": "b", "text": PLAIN, "accessory": named}
    workspace.post(dm, workspace.bot_user_id, "x", blocks=[block])
    await hands.click(NOOR, "e", dm, value=value)
    action = ear.heard[0]["actions"][0]
    assert action | chosen == action
    if element["type"] != "overflow":
        assert ear.heard[0]["state"]["values"] == {"b": {"e": {"type": element["type"], **chosen}}}


async def test_feedback_is_one_of_two_buttons(hands: Hands, ear: Ear, workspace: Workspace, dm: str) -> None:
    element = {
        "type": "feedback_buttons",
        "action_id": "f",
        "positive_button": {"text": PLAIN, "value": "good"},
        "negative_button": {"text": PLAIN, "value": "bad"},
    }
    block = {"type": "context_actions", "block_id": "b", "elements": [element]}
    workspace.post(dm, workspace.bot_user_id, "x", blocks=[block])
    await hands.click(NOOR, "f", dm, value="bad")
    assert ear.heard[0]["actions"][0]["value"] == "bad"
    with pytest.raises(NotPossible):
        await hands.click(NOOR, "f", dm, value="meh")


async def test_an_option_that_is_not_offered_cannot_be_chosen(hands: Hands, workspace: Workspace, dm: str) -> None:
    element = {"type": "radio_buttons", "action_id": "e", "options": OPTIONS}
    block = {"type": "actions", "block_id": "b", "elements": [element]}
    workspace.post(dm, workspace.bot_user_id, "x", blocks=[block])
    with pytest.raises(NotPossible, match="soup is not one of the options"):
        await hands.click(NOOR, "e", dm, value="soup")


async def test_an_external_select_asks_the_bot(hands: Hands, ear: Ear, workspace: Workspace, dm: str) -> None:
    element = {"type": "external_select", "action_id": "e"}
    block = {"type": "actions", "block_id": "b", "elements": [element]}
    workspace.post(dm, workspace.bot_user_id, "x", blocks=[block])
    ear.answer = Answer(acknowledged=True, body={"options": OPTIONS})
    assert await hands.options(NOOR, "e", "te", dm) == {"options": OPTIONS}
    assert (ear.heard[0]["type"], ear.heard[0]["value"]) == ("block_suggestion", "te")
    await hands.click(NOOR, "e", dm, value={"selected_option": OPTIONS[0]})
    assert ear.heard[1]["actions"][0]["selected_option"] == OPTIONS[0]


async def test_nobody_clicks_on_what_only_another_sees(hands: Hands, workspace: Workspace, utrecht: str) -> None:
    block = {"type": "actions", "block_id": "b", "elements": [button("tea")]}
    message = workspace.post(utrecht, workspace.bot_user_id, "x", blocks=[block], ephemeral_to=NOOR)
    with pytest.raises(NotPossible):
        await hands.click(DAAN, "pick", utrecht)
    with pytest.raises(SlackError, match="message_not_found"):
        await hands.click(DAAN, "pick", utrecht, message.ts)
