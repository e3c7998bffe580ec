"""Slack's pages: a limit, and a cursor that says where the next page starts."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError

T = TypeVar("T")


def page_of(items: Sequence[T], arguments: Arguments, *, usual: int = 100) -> tuple[list[T], str]:
    """The page asked for, and the cursor of the next one (empty on the last)."""
    limit = arguments.number("limit", usual, highest=999)
    start = _start(arguments.text("cursor"))
    end = start + limit
    return list(items[start:end]), _cursor(end) if end < len(items) else ""


def _cursor(start: int) -> str:
    return base64.b64encode(f"next:{start}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None
