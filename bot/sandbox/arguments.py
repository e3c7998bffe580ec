"""The arguments of a Web API call, which come as a query, a form or JSON."""

import json
from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.errors import SlackError
from bot.sandbox.records import Json


class Arguments:
    """Reads arguments as Slack does: forms carry everything as text, JSON keeps its types."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return self.values.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int, highest: int, lowest: int = 1) -> int:
        value = self.text(name, str(default))
        if not value.isdigit():
            raise SlackError("invalid_arguments", [f"[ERROR] must be a number [json-pointer:/{name}]"])
        return max(lowest, min(int(value), highest))

    def words(self, name: str) -> list[str]:
        """A list given as `a,b` or as JSON."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in cast(list[Any], value)]
        return [word for word in self.text(name).split(",") if word]

    def objects(self, name: str) -> list[Json]:
        value = self._structure(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise SlackError("invalid_arguments", [f"[ERROR] must be an array [json-pointer:/{name}]"])
        items = cast(list[Any], value)
        if not all(isinstance(item, dict) for item in items):
            raise SlackError("invalid_arguments", [f"[ERROR] must be objects [json-pointer:/{name}]"])
        return items

    def object(self, name: str) -> Json | None:
        value = self._structure(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise SlackError("invalid_arguments", [f"[ERROR] must be an object [json-pointer:/{name}]"])
        return cast(Json, value)

    def _structure(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            message = f"[ERROR] failed to parse JSON [json-pointer:/{name}]"
            raise SlackError("invalid_arguments", [message]) from None
