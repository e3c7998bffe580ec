"""What Slack is told about the app, against Slack's own schema and against the code."""

import re
from pathlib import Path
from typing import Any

import jsonschema

from bot.coaching.views import Action
from tests.world import manifest


def thing(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """An object that has these properties and no others."""
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def text(most: int, least: int = 1, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": pattern}


def listed(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": most, "uniqueItems": True}


YES_OR_NO = {"type": "boolean"}
NAME = text(50)
SHORTCUT = thing(
    ("name", "type", "callback_id", "description"),
    name=text(24),
    type={"enum": ["message", "global"]},
    callback_id=text(255),
    description=text(150),
)
COMMAND = thing(
    ("command", "description"),
    command=text(32, 2, "^/"),
    description=text(2000),
    usage_hint=text(1000),
    should_escape=YES_OR_NO,
)
# The limits of Slack's manifest schema, version 1, for the parts that we use.
SCHEMA = thing(
    ("display_information",),
    display_information=thing(
        ("name",),
        name=text(35),
        description=text(140),
        background_color=text(7, 4, "^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
        long_description=text(4000, 175),
    ),
    features=thing(
        app_home=thing(
            home_tab_enabled=YES_OR_NO, messages_tab_enabled=YES_OR_NO, messages_tab_read_only_enabled=YES_OR_NO
        ),
        bot_user=thing(("display_name",), display_name=text(80), always_online=YES_OR_NO),
        agent_view=thing(agent_description=text(300)),
        slash_commands=listed(COMMAND, 50),
        shortcuts=listed(SHORTCUT, 10),
    ),
    oauth_config=thing(scopes=thing(bot=listed(NAME, 255))),
    settings=thing(
        event_subscriptions=thing(bot_events=listed(NAME, 100)),
        interactivity=thing(("is_enabled",), is_enabled=YES_OR_NO),
        org_deploy_enabled=YES_OR_NO,
        socket_mode_enabled=YES_OR_NO,
        token_rotation_enabled=YES_OR_NO,
    ),
)
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "bot").rglob("*.py"))


def test_the_manifest_is_valid_in_slacks_own_eyes() -> None:
    jsonschema.validate(manifest(), SCHEMA)


def test_every_shortcut_has_a_listener() -> None:
    reserved = manifest()["features"]["shortcuts"]
    assert [shortcut["type"] for shortcut in reserved] == ["global", "global", "message", "message"]
    assert {shortcut["callback_id"] for shortcut in reserved} <= set(Action)


def test_it_subscribes_to_what_the_code_listens_to_and_no_more() -> None:
    heard = set(re.findall(r'app\.event\("(\w+)"', CODE))
    subscribed = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert {name.partition(".")[0] for name in subscribed} == heard


SCOPE_OF = {
    "chat_postMessage": "chat:write",
    "conversations_open": "im:write",
    "conversations_history": "channels:history groups:history",
    "dnd_teamInfo": "dnd:read",
    "users_info": "users:read",
    "users_list": "users:read",
    "conversations_members": "channels:read groups:read",
    "conversations_info": "channels:read groups:read",
    "usergroups_users_list": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "assistant_threads_setStatus": "assistant:write",
    "set_suggested_prompts": "assistant:write",
    "app_mention": "app_mentions:read",
    "app.command": "commands",
    "message.im": "im:history",
}


def test_it_asks_for_the_scopes_that_the_code_needs_and_no_more() -> None:
    subscribed = " ".join(manifest()["settings"]["event_subscriptions"]["bot_events"])
    signs = [sign for sign in SCOPE_OF if sign in CODE or sign in subscribed]
    needed = {scope for sign in signs for scope in SCOPE_OF[sign].split()}
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == needed


def test_each_word_for_people_is_there_in_both_languages() -> None:
    features = manifest()["features"]
    told = [features["agent_view"]["agent_description"], features["slash_commands"][0]["description"]]
    told += [shortcut["description"] for shortcut in features["shortcuts"]]
    assert all(" · " in text for text in told)
