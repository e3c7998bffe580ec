"""What Slack sends to the bot of what is said, opened, typed and pressed; the rest of its events is in `events`."""

import secrets

from bot.sandbox import fields, shapes
from bot.sandbox.records import Channel, Json, Message, View
from bot.sandbox.workspace import Workspace

# Apps are told the token too, long since replaced by signatures.
VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105

CHANNEL_TYPES = {"public": "channel", "private": "group", "dm": "im", "app": "im"}
MESSAGE_EVENTS = {
    "public": "message.channels",
    "private": "message.groups",
    "dm": "message.im",
    "app": "message.im",
}


# Events


def event(workspace: Workspace, event: Json) -> Json:
    """An event in the envelope of the Events API."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": _is_shared(workspace, event.get("channel")),
        "event_context": f"4-{secrets.token_hex(12)}",
    }


def _is_shared(workspace: Workspace, channel: Json | str | None) -> bool:
    place = workspace.channels.get(channel) if isinstance(channel, str) else None
    return place is not None and bool(place.connected_teams)


def message(workspace: Workspace, channel: Channel, message: Message) -> Json:
    """The event `message`, with files as the subtype `file_share`."""
    shape = shapes.message(workspace, message)
    shape.pop("app_id", None)
    if message.files:
        shape |= {"subtype": "file_share", "upload": False, "display_as_bot": False}
        del shape["team"]
    if message.is_reply:
        shape["parent_user_id"] = workspace.thread(channel.id, message.thread_ts or "")[0].user
    return event(workspace, _in_channel(shape, channel) | {"event_ts": message.ts})


def mention(workspace: Workspace, channel: Channel, message: Message) -> Json:
    """The event `app_mention`; it knows no files and no type of channel."""
    shape = shapes.message(workspace, message)
    for key in ("files", "attachments", "metadata"):
        shape.pop(key, None)
    return event(workspace, shape | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts})


def message_changed(workspace: Workspace, channel: Channel, message: Message, previous: Message) -> Json:
    shape: Json = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": _inner(workspace, message),
        "previous_message": _inner(workspace, previous),
        "ts": (ts := workspace.new_ts()),
        "event_ts": ts,
    }
    return event(workspace, _in_channel(shape, channel))


def message_deleted(workspace: Workspace, channel: Channel, message: Message) -> Json:
    shape: Json = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": _inner(workspace, message),
        "ts": (ts := workspace.new_ts()),
        "event_ts": ts,
    }
    return event(workspace, _in_channel(shape, channel))


def is_heard(workspace: Workspace, channel: Channel) -> bool:
    """Whether the bot is told of messages in this channel."""
    return MESSAGE_EVENTS[channel.kind] in workspace.events and workspace.bot_user_id in channel.members


def app_home_opened(workspace: Workspace, user: str, tab: str) -> Json:
    shape: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": workspace.app_dm(user).id,
        "tab": tab,
        "event_ts": workspace.new_ts(),
    }
    home = workspace.home(user)
    if tab == "home" and home is not None:
        shape["view"] = _view(workspace, home)
    return event(workspace, shape)


def _in_channel(shape: Json, channel: Channel) -> Json:
    return shape | {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}


def _inner(workspace: Workspace, message: Message) -> Json:
    shape = shapes.message(workspace, message)
    for key in ("app_id", "metadata", "files"):
        shape.pop(key, None)
    return shape


# Commands and interactions


def slash_command(
    workspace: Workspace, user: str, channel: Channel, *, command: str, text: str, response_url: str
) -> Json:
    names = {"dm": "directmessage", "app": "directmessage", "private": "privategroup"}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": names.get(channel.kind, channel.name),
        "user_id": user,
        "user_name": workspace.person(user).name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.passes.issue_trigger(user),
    }


def message_action(
    workspace: Workspace, user: str, action: Json, message: Message, *, state: fields.State, response_url: str
) -> Json:
    """The payload `block_actions` of something pressed in a message."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return _interaction(workspace, "block_actions", user) | {
        "container": container,
        "trigger_id": workspace.passes.issue_trigger(user),
        "channel": _channel(workspace, message.channel),
        "message": _message(workspace, message),
        "state": {"values": state},
        "response_url": response_url,
        "actions": [action],
    }


def view_action(workspace: Workspace, user: str, action: Json, view: View) -> Json:
    """The payload `block_actions` of something pressed in a modal or a Home tab."""
    shape = _view(workspace, view)
    return _interaction(workspace, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.passes.issue_trigger(user),
        "view": shape,
        "actions": [action],
    }


def options_wanted(workspace: Workspace, user: str, field: fields.Field, typed: str, place: Message | View) -> Json:
    """The payload `block_suggestion`: what may be chosen in an external select."""
    shape = _interaction(workspace, "block_suggestion", user) | {
        "action_id": field.action_id,
        "block_id": field.block_id,
        "value": typed,
    }
    if isinstance(place, View):
        return shape | {
            "container": {"type": "view", "view_id": place.id},
            "view": _view(workspace, place),
        }
    return shape | {
        "container": {"type": "message", "message_ts": place.ts, "channel_id": place.channel},
        "channel": _channel(workspace, place.channel),
        "message": _message(workspace, place),
    }


def view_submission(workspace: Workspace, view: View) -> Json:
    return _interaction(workspace, "view_submission", view.user) | {
        "trigger_id": workspace.passes.issue_trigger(view.user),
        "view": _view(workspace, view),
    }


def view_closed(workspace: Workspace, view: View, *, is_cleared: bool) -> Json:
    return _interaction(workspace, "view_closed", view.user) | {
        "view": _view(workspace, view),
        "is_cleared": is_cleared,
    }


def global_shortcut(workspace: Workspace, user: str, callback_id: str) -> Json:
    shape = _interaction(workspace, "shortcut", user) | {
        "callback_id": callback_id,
        "trigger_id": workspace.passes.issue_trigger(user),
        "action_ts": workspace.new_ts(),
    }
    return _for_shortcut(shape)


def message_shortcut(workspace: Workspace, user: str, callback_id: str, message: Message, response_url: str) -> Json:
    shape = _interaction(workspace, "message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": workspace.passes.issue_trigger(user),
        "action_ts": workspace.new_ts(),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": _channel(workspace, message.channel),
        "message": _message(workspace, message),
    }
    return _for_shortcut(shape)


def _interaction(workspace: Workspace, type_: str, user: str) -> Json:
    person = workspace.person(user)
    return {
        "type": type_,
        "user": {
            "id": user,
            "username": person.name,
            "name": person.name,
            "team_id": shapes.team_of(workspace, person),
        },
        "api_app_id": workspace.app_id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _for_shortcut(shape: Json) -> Json:
    # Shortcuts name neither the app nor the person's user name.
    del shape["api_app_id"], shape["user"]["username"]
    return shape


def _message(workspace: Workspace, message: Message) -> Json:
    shape = shapes.message_in_history(workspace, message)
    shape.pop("reactions", None)
    return shape


def _channel(workspace: Workspace, channel_id: str) -> Json:
    channel = workspace.channel(channel_id)
    return {"id": channel.id, "name": channel.name or "directmessage"}


def _view(workspace: Workspace, view: View) -> Json:
    shape = shapes.view(workspace, view) | {"state": {"values": fields.state_of(view.blocks, view.state)}}
    # Slack's own samples of payloads show a view without its blocks: nothing may lean on them.
    del shape["blocks"]
    return shape
