"""Holds what the sandbox says against the keys that Slack's own answers and payloads have."""

import json
from pathlib import Path
from typing import Any

KEYS: dict[str, Any] = json.loads((Path(__file__).parent / "slack_keys.json").read_text())

# What Slack sends and its key lists leave out: choices of more than one thing in a `block_actions` payload,
# the whole of `block_suggestion`, the details of a refusal.
BEYOND_THE_LISTS = {
    "block_actions": {
        "actions": dict.fromkeys(
            ["selected_options", "selected_users", "selected_channels", "selected_conversations", "selected_date_time"]
        )
    },
    "block_suggestion": {"action_id": None, "block_id": None, "value": None},
}
REFUSAL = {"response_metadata": {"messages": None}}


def unknown_keys(value: Any, known: Any, at: str = "") -> list[str]:
    """Where `value` holds keys that Slack's list of keys does not have; None in a list allows anything."""
    if isinstance(value, list):
        return [path for item in value for path in unknown_keys(item, known, at)]
    if not isinstance(value, dict) or known is None:
        return []
    found: list[str] = []
    for key, item in value.items():
        if key not in known and "*" not in known:
            found.append(f"{at}/{key}")
        else:
            found += unknown_keys(item, known.get(key, known.get("*")), f"{at}/{key}")
    return found


def merged(one: Any, other: Any) -> Any:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return one if other is None else other
    return {key: merged(one.get(key), other.get(key)) for key in {**one, **other}}


def name_of(payload: dict[str, Any]) -> str:
    """The name of a payload in slack_keys.json."""
    event = payload.get("event")
    if event is None:
        return payload.get("type", "slash_command")
    listed = f"{event['type']}/{event.get('subtype')}"
    return listed if listed in KEYS else event["type"]


def assert_as_slack_sends(payload: dict[str, Any]) -> None:
    name = name_of(payload)
    known = KEYS.get({"shortcut": "message_action", "block_suggestion": "block_actions"}.get(name, name))
    _refuse(name, unknown_keys(payload, merged(known, BEYOND_THE_LISTS.get(name))))


def assert_as_slack_answers(method: str, answer: dict[str, Any]) -> None:
    if method in KEYS:
        known = KEYS[method] if answer["ok"] else merged(KEYS[method], REFUSAL)
        _refuse(method, unknown_keys(answer, known))


def _refuse(name: str, unknown: list[str]) -> None:
    if unknown:
        raise AssertionError(f"Slack's own {name} has no {', '.join(unknown)}")
