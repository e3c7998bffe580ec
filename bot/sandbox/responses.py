"""What the bot answers to a command or an interaction, and what becomes of it in the channel."""

from typing import Any

from bot.sandbox import blocks
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace


def write(workspace: Workspace, body: Json | str, *, channel: str, user: str, message_ts: str | None = None) -> None:
    """Posts, replaces or deletes as the body asks; ephemeral unless it says `in_channel`."""
    answer: Json = {"text": body} if isinstance(body, str) else body
    if answer.get("delete_original"):
        workspace.delete(_original(workspace, channel, message_ts))
        return
    content = _content(answer)
    if answer.get("replace_original"):
        workspace.edit(_original(workspace, channel, message_ts), **content)
        return
    in_channel = answer.get("response_type") == "in_channel"
    workspace.post(
        channel,
        workspace.bot_user_id,
        **content,
        thread_ts=answer.get("thread_ts"),
        ephemeral_to=None if in_channel else user,
    )


def _content(answer: Json) -> dict[str, Any]:
    text: str = answer.get("text") or ""
    given: list[Json] = answer.get("blocks") or []
    if not text and not given and not answer.get("attachments"):
        raise SlackError("no_text")
    blocks.check_message(given)
    return {
        "text": text,
        "blocks": blocks.with_ids(given),
        "attachments": answer.get("attachments") or [],
    }


def _original(workspace: Workspace, channel: str, message_ts: str | None) -> Any:
    if message_ts is None:
        raise SlackError("message_not_found")
    return workspace.message(channel, message_ts)
