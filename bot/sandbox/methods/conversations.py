"""conversations.*: which channels there are, who is in them and what was said."""

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal

from bot.sandbox import shapes
from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.paging import page_of, page_of_talk
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.workspace import Workspace

KINDS = {"public_channel": "public", "private_channel": "private", "im": "app"}


def visible(workspace: Workspace, reference: str) -> Channel:
    """A channel the bot may know of: a private one without the bot does not exist for it."""
    channel = workspace.channel(reference)
    if channel.kind != "public" and workspace.bot_user_id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def joined(workspace: Workspace, reference: str) -> Channel:
    """A channel the bot is a member of."""
    channel = visible(workspace, reference)
    if workspace.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def writable(workspace: Workspace, reference: str) -> Channel:
    """A channel the bot may write in."""
    channel = joined(workspace, reference)
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.kind == "app" and any(workspace.person(member).deleted for member in channel.members):
        # The choice of this error is ours: Slack names none for a message to somebody who is gone, and in 2022 took
        # it in silence (slackapi/python-slack-sdk#1156). Here nothing that nobody reads may seem to have arrived.
        raise SlackError("channel_not_found")
    return channel


def open_direct(workspace: Workspace, arguments: Arguments) -> Json:
    if arguments.has("channel"):
        channel = visible(workspace, arguments.required("channel"))
        return {"channel": {"id": channel.id}}
    users = arguments.words("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        # The bot speaks with one person at a time; group messages would be a channel of their own.
        raise SlackError("method_not_supported_for_channel_type")
    if users[0] in (workspace.bot_user_id, shapes.SLACKBOT.id):
        raise SlackError("cannot_dm_bot")
    if workspace.person(users[0]).deleted:
        raise SlackError("user_disabled")
    known = workspace.has_app_dm(users[0])
    channel = workspace.app_dm(users[0])
    answer: Json = {"channel": {"id": channel.id}, "no_op": known, "already_open": known}
    if arguments.flag("return_im"):
        answer["channel"] = {
            key: value
            for key, value in shapes.channel(workspace, channel).items()
            if key in ("id", "created", "is_archived", "is_im", "is_org_shared", "user", "updated")
        }
    return answer


def info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible(workspace, arguments.required("channel"))
    shape = shapes.channel(workspace, channel)
    if channel.kind in ("app", "dm"):
        del shape["user"]  # Slack's own list of this method's keys does not name it.
    else:
        shape["is_member"] = workspace.bot_user_id in channel.members
        if arguments.flag("include_num_members"):
            shape["num_members"] = len(channel.members)
    return {"channel": shape}


def list_all(workspace: Workspace, arguments: Arguments) -> Json:
    channels = workspace.rooms()
    if "im" in arguments.words("types"):
        channels += workspace.direct_messages(workspace.bot_user_id)
    page, cursor = page_of(_of_kinds(workspace, channels, arguments), arguments)
    return {"channels": [_listed(workspace, c) for c in page], "response_metadata": {"next_cursor": cursor}}


def _listed(workspace: Workspace, channel: Channel) -> Json:
    shape = shapes.channel(workspace, channel)
    if channel.kind in ("public", "private"):
        shape["is_member"] = workspace.bot_user_id in channel.members
        shape["num_members"] = len(channel.members)
    return shape


def of_person(workspace: Workspace, arguments: Arguments) -> Json:
    """users.conversations: the channels that a person (or else the bot) and the bot may both know."""
    user = arguments.text("user") or workspace.bot_user_id
    workspace.person(user)
    page, cursor = page_of(_of_kinds(workspace, workspace.channels_of(user), arguments), arguments)
    return {
        "channels": [shapes.channel(workspace, channel) for channel in page],
        "response_metadata": {"next_cursor": cursor},
    }


def _of_kinds(workspace: Workspace, channels: list[Channel], arguments: Arguments) -> list[Channel]:
    """Those of the channels that are asked for, and that the bot may know of."""
    types = arguments.words("types") or ["public_channel"]
    if unknown := set(types) - {*KINDS, "mpim"}:
        raise SlackError("invalid_types", [f"[ERROR] unknown type: {sorted(unknown)[0]}"])
    kinds = {KINDS.get(type_) for type_ in types}
    skip_archived = arguments.flag("exclude_archived")
    return [
        channel
        for channel in channels
        if channel.kind in kinds
        and not (skip_archived and channel.is_archived)
        and (channel.kind == "public" or workspace.bot_user_id in channel.members)
    ]


def members(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible(workspace, arguments.required("channel"))
    page, cursor = page_of(channel.members, arguments)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def join(workspace: Workspace, arguments: Arguments) -> Json:
    channel = visible(workspace, arguments.required("channel"))
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    answer: Json = {}
    if workspace.bot_user_id in channel.members:
        answer = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        channel.members.append(workspace.bot_user_id)
    return {"channel": shapes.channel(workspace, channel) | {"is_member": True}} | answer


def history(workspace: Workspace, arguments: Arguments) -> Json:
    """What stands in the channel, newest first; replies are asked for with conversations.replies."""
    channel = joined(workspace, arguments.required("channel"))
    messages = _between(workspace.messages(channel.id), arguments)
    page, cursor = page_of_talk(messages, arguments, newest_first=True)
    return _messages(workspace, arguments, page, cursor) | {"pin_count": 0}


def replies(workspace: Workspace, arguments: Arguments) -> Json:
    """A thread, oldest first; its first message opens every answer, as on Slack."""
    channel = joined(workspace, arguments.required("channel"))
    thread = workspace.thread(channel.id, arguments.required("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    root, rest = thread[0], thread[1:]
    page, cursor = page_of_talk(_between(rest, arguments), arguments, usual=999)
    answer = _messages(workspace, arguments, [root, *page], cursor)
    for message in answer["messages"]:
        message.pop("subtype", None)  # Slack's own list of this method's keys does not name it.
    return answer


def _between(messages: list[Message], arguments: Arguments) -> list[Message]:
    """What was written after `oldest` and before `latest`, or at these very moments where they are included."""
    oldest, latest = _moment(arguments, "oldest"), _moment(arguments, "latest")
    after, before = (bisect_left, bisect_right) if arguments.flag("inclusive") else (bisect_right, bisect_left)
    start = after(messages, oldest, key=_written) if oldest else 0
    end = before(messages, latest, key=_written) if latest else len(messages)
    return messages[start:end]


def _moment(arguments: Arguments, name: str) -> Decimal | None:
    text = arguments.text(name)
    if not re.fullmatch(r"\d*\.?\d*", text):
        raise SlackError(f"invalid_ts_{name}")
    # Slack's own default for the oldest is "0", and "now" for the latest.
    return Decimal(text) if text.strip("0.") else None


def _written(message: Message) -> Decimal:
    return Decimal(message.ts)


def _messages(workspace: Workspace, arguments: Arguments, page: list[Message], cursor: str) -> Json:
    with_metadata = arguments.flag("include_all_metadata")
    answer: Json = {
        "messages": [shapes.message_in_history(workspace, message, with_metadata=with_metadata) for message in page],
        "has_more": bool(cursor),
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer
