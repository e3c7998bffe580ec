"""What Slack tells the bot of people, channels and user groups: the events that nobody causes by talking."""

from collections.abc import Collection

from bot.sandbox import shapes
from bot.sandbox.payloads import event
from bot.sandbox.records import Channel, Json, Message, Person, UserGroup
from bot.sandbox.workspace import Workspace

# The event of a changed group names no more of its people than these, though it counts them all.
PEOPLE_NAMED = 500


# People


def team_joined(workspace: Workspace, person: Person) -> Json:
    """The event `team_join`: somebody has an account."""
    return event(workspace, {"type": "team_join", "user": shapes.user(workspace, person)})


def user_changed(workspace: Workspace, person: Person) -> Json:
    """The event `user_change`: somebody's account is not what it was."""
    shape = shapes.user(workspace, person)
    return event(workspace, {"type": "user_change", "user": shape, "cache_ts": int(workspace.now().timestamp())})


def do_not_disturb_changed(workspace: Workspace, person: Person) -> Json:
    shape: Json = {
        "type": "dnd_updated_user",
        "user": person.id,
        "dnd_status": shapes.do_not_disturb(workspace, person),
        "event_ts": workspace.new_ts(),
    }
    return event(workspace, shape)


def tokens_revoked(workspace: Workspace) -> Json:
    tokens: Json = {"oauth": [], "bot": [workspace.bot_user_id]}
    return event(workspace, {"type": "tokens_revoked", "tokens": tokens})


# Channels


def member_joined(workspace: Workspace, channel: Channel, user: str, inviter: str | None = None) -> Json:
    """The event `member_joined_channel`; the bot hears it of itself too."""
    shape = _coming_and_going(workspace, "member_joined_channel", channel, user)
    if inviter:
        shape["inviter"] = inviter
    return event(workspace, shape)


def member_left(workspace: Workspace, channel: Channel, user: str) -> Json:
    """The event `member_left_channel`, for those who stay."""
    return event(workspace, _coming_and_going(workspace, "member_left_channel", channel, user))


def channel_left(workspace: Workspace, channel: Channel, by: str) -> Json:
    """The event that tells the bot it is in a channel no more."""
    shape: Json = {"type": f"{_family(channel)}_left", "channel": channel.id, "actor_id": by}
    return event(workspace, shape | {"event_ts": workspace.new_ts()})


def channel_renamed(workspace: Workspace, channel: Channel) -> Json:
    named: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "public",
        "is_mpim": False,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
    }
    shape: Json = {"type": f"{_family(channel)}_rename", "channel": named}
    return event(workspace, shape | {"event_ts": workspace.new_ts()})


def channel_archived(workspace: Workspace, channel: Channel, by: str) -> Json:
    shape: Json = {"type": f"{_family(channel)}_archive", "channel": channel.id, "user": by}
    return event(workspace, shape | {"is_moved": 0, "event_ts": workspace.new_ts()})


def channel_unarchived(workspace: Workspace, channel: Channel, by: str) -> Json:
    # Slack calls the one who did it `user` in a public channel, `actor_id` in a private one.
    who = "user" if channel.kind == "public" else "actor_id"
    shape: Json = {"type": f"{_family(channel)}_unarchive", "channel": channel.id, who: by}
    return event(workspace, shape | {"event_ts": workspace.new_ts()})


def channel_deleted(workspace: Workspace, channel: Channel, by: str) -> Json:
    shape: Json = {"type": f"{_family(channel)}_deleted", "channel": channel.id}
    if channel.kind == "private":
        shape |= {"date_deleted": int(workspace.now().timestamp()), "actor_id": by, "event_ts": workspace.new_ts()}
    return event(workspace, shape)


def made_private(workspace: Workspace, message: Message) -> Json:
    """Slack has no event for it: it is a message in the channel, of the subtype `channel_convert_to_private`."""
    shape: Json = {
        "type": "message",
        "subtype": message.subtype,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "channel": message.channel,
        "event_ts": message.ts,
        "channel_type": "group",
    }
    return event(workspace, shape)


def _coming_and_going(workspace: Workspace, kind: str, channel: Channel, user: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": shapes.team_of(workspace, workspace.people.get(user)),
        "event_ts": workspace.new_ts(),
    }


def _family(channel: Channel) -> str:
    return "group" if channel.kind == "private" else "channel"


# User groups


def group_created(workspace: Workspace, group: UserGroup) -> Json:
    return _of_group(workspace, "subteam_created", group)


def group_updated(workspace: Workspace, group: UserGroup) -> Json:
    """The event `subteam_updated`, which also tells that a group is disabled: by its `date_delete`."""
    return _of_group(workspace, "subteam_updated", group)


def group_members_changed(
    workspace: Workspace, group: UserGroup, *, added: Collection[str], removed: Collection[str], since: int
) -> Json:
    """The event `subteam_members_changed`; `since` is when the group had last changed."""
    shape: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": workspace.team_id,
        "date_previous_update": since,
        "date_update": group.date_update,
        "added_users": list(added),
        "added_users_count": len(added),
        "removed_users": list(removed),
        "removed_users_count": len(removed),
        "event_ts": workspace.new_ts(),
    }
    return event(workspace, shape)


def _of_group(workspace: Workspace, kind: str, group: UserGroup) -> Json:
    shape = shapes.usergroup(workspace, group, users=group.users[:PEOPLE_NAMED], with_count=True)
    return event(workspace, {"type": kind, "subteam": shape, "event_ts": workspace.new_ts()})
