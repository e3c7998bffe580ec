"""Slack's pages: a limit, and a cursor that says where the next page starts."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Message

T = TypeVar("T")

MOST = 999


def page_of(items: Sequence[T], arguments: Arguments, *, usual: int = 100) -> tuple[list[T], str]:
    """The page asked for, and the cursor of the next one (empty on the last)."""
    limit = arguments.number("limit", usual, highest=MOST)
    place = _read(arguments, "next")
    if place and not place.isdigit():
        raise SlackError("invalid_cursor")
    start = int(place or 0)
    end = start + limit
    return list(items[start:end]), _cursor("next", str(end)) if end < len(items) else ""


def page_of_talk(
    messages: Sequence[Message], arguments: Arguments, *, usual: int = 100, newest_first: bool = False
) -> tuple[list[Message], str]:
    """The same for messages, given oldest first: the cursor names a moment, so what is written meanwhile moves none."""
    limit = arguments.number("limit", usual, highest=MOST)
    ordered = messages[::-1] if newest_first else messages
    if moment := _read(arguments, "next_ts"):
        ordered = [each for each in ordered if (each.ts <= moment if newest_first else each.ts >= moment)]
    page, rest = list(ordered[:limit]), ordered[limit:]
    return page, _cursor("next_ts", rest[0].ts) if rest else ""


def _cursor(kind: str, place: str) -> str:
    return base64.b64encode(f"{kind}:{place}".encode()).decode()


def _read(arguments: Arguments, kind: str) -> str:
    """The place that a cursor of this kind names; empty without a cursor."""
    cursor = arguments.text("cursor")
    if not cursor:
        return ""
    try:
        found, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if found != kind or not place:
        raise SlackError("invalid_cursor")
    return place
