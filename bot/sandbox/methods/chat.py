"""chat.* and reactions.*: what the bot says, and takes back."""

from typing import Any

from bot.sandbox import blocks, shapes
from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.conversations import joined, visible, writable
from bot.sandbox.records import Json, Message
from bot.sandbox.workspace import Workspace

TEXT_LIMIT = 40_000
MARKDOWN_LIMIT = 12_000
ATTACHMENTS_LIMIT = 100


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    channel = writable(workspace, arguments.required("channel"))
    content = _content(arguments)
    thread_ts = _thread_ts(workspace, channel.id, arguments)
    metadata = _metadata(arguments)
    if workspace.enforce_limits:
        workspace.pace.post(channel.id)
    message = workspace.post(
        channel.id,
        workspace.bot_user_id,
        **content,
        thread_ts=thread_ts,
        broadcast=bool(thread_ts) and arguments.flag("reply_broadcast"),
        metadata=metadata,
    )
    return {"channel": channel.id, "ts": message.ts, "message": shapes.message(workspace, message)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    channel = writable(workspace, arguments.required("channel"))
    user = arguments.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = workspace.post(
        channel.id,
        workspace.bot_user_id,
        **_content(arguments),
        thread_ts=_thread_ts(workspace, channel.id, arguments),
        ephemeral_to=user,
    )
    return {"message_ts": message.ts}


def update(workspace: Workspace, arguments: Arguments) -> Json:
    message = _own_message(workspace, arguments, refusal="cant_update_message")
    new: dict[str, Any] = {}
    if any(arguments.has(name) for name in ("text", "markdown_text", "blocks", "attachments")):
        new = _content(arguments, keep_text=message.text)
        if not arguments.has("attachments"):
            del new["attachments"]
        if not new["blocks"]:
            # Slack marks a message as edited only where its text is what is seen.
            new["edited"] = {"user": workspace.bot_user_id, "ts": workspace.new_ts()}
    elif not arguments.has("metadata"):
        raise SlackError("no_text")
    if arguments.has("metadata"):
        new["metadata"] = _metadata(arguments)
    workspace.edit(message, **new)
    shape = shapes.message(workspace, message)
    for key in ("ts", "thread_ts", "subtype"):
        shape.pop(key, None)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shape}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    message = _own_message(workspace, arguments, refusal="cant_delete_message")
    workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible(workspace, arguments.required("channel"))
    message = workspace.message(channel.id, arguments.required("message_ts"))
    link = f"https://{workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(workspace: Workspace, arguments: Arguments) -> Json:
    channel = joined(workspace, arguments.required("channel"))
    if channel.is_archived:
        raise SlackError("is_archived")
    name = arguments.required("name").strip(":")
    message = workspace.message(channel.id, arguments.required("timestamp"))
    workspace.react(message, name, workspace.bot_user_id)
    return {}


def get_reactions(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible(workspace, arguments.required("channel"))
    message = workspace.message(channel.id, arguments.required("timestamp"))
    listed = ("type", "user", "bot_id", "app_id", "bot_profile", "text", "ts", "team", "blocks", "reactions")
    shape = shapes.message_in_history(workspace, message)
    return {
        "type": "message",
        "channel": channel.id,
        "message": {key: shape[key] for key in listed if key in shape},
    }


def _content(arguments: Arguments, keep_text: str = "") -> dict[str, Any]:
    """Text, blocks and attachments of a message that Slack would take."""
    text, markdown = arguments.text("text"), arguments.text("markdown_text")
    given = arguments.objects("blocks")
    attachments = arguments.objects("attachments")
    if markdown and (text or given):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_LIMIT or len(text) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    if markdown:
        text, given = markdown, [{"type": "markdown", "text": markdown}]
    if not text and not given and not attachments:
        raise SlackError("no_text")
    if len(attachments) > ATTACHMENTS_LIMIT:
        raise SlackError("too_many_attachments")
    blocks.check_message(given)
    for index, attachment in enumerate(attachments):
        blocks.check_message(attachment.get("blocks") or [], at=f"/attachments/{index}/blocks")
    return {"text": text or keep_text, "blocks": blocks.with_ids(given), "attachments": attachments}


def _thread_ts(workspace: Workspace, channel: str, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts")
    if not thread_ts:
        return None
    thread = workspace.thread(channel, thread_ts)
    if not thread:
        raise SlackError("thread_not_found")
    if thread[0].is_reply:
        # Slack asks for the first message of the thread, never for one of its replies.
        raise SlackError("cannot_reply_to_message")
    return thread_ts


def _metadata(arguments: Arguments) -> Json | None:
    metadata = arguments.object("metadata")
    if not metadata:
        return None
    if set(metadata) - {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    return metadata


def _own_message(workspace: Workspace, arguments: Arguments, *, refusal: str) -> Message:
    channel = visible(workspace, arguments.required("channel"))
    message = workspace.message(channel.id, arguments.required("ts"))
    if message.ephemeral_to:
        raise SlackError("message_not_found")
    if message.user != workspace.bot_user_id:
        raise SlackError(refusal)
    return message
