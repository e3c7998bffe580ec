import json
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.delivery import Answer, Kind

from .slack_keys import assert_as_slack_sends

MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/acht", "description": "Ask Acht", "usage_hint": "help"}],
        "shortcuts": [
            {"type": "message", "name": "Note it", "callback_id": "note", "description": "x"},
            {"type": "global", "name": "Observe", "callback_id": "observe", "description": "x"},
        ],
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]},
    },
}

NOOR, DAAN, PRIYA, LIES = "U0NOOR00000", "U0DAAN00000", "U0PRIYA0000", "U0LIES00000"
TOM = "U0TOM000000"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


class Ear:
    """A bot that only listens: it keeps what it hears and answers with what it was told to."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.answer = Answer(acknowledged=True)

    async def deliver(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        assert_as_slack_sends(json.loads(json.dumps(payload)))
        self.heard.append(payload)
        return self.answer

    @property
    def events(self) -> list[dict[str, Any]]:
        return [payload["event"] for payload in self.heard if "event" in payload]

    @property
    def event_types(self) -> list[str]:
        return [event["type"] for event in self.events]
