"""How people, channels, messages and views look in Slack's JSON."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.records import Channel, Json, Message, Person, UserGroup, View
from bot.sandbox.workspace import Workspace

# Titles as Slack shows them for the zones the sandbox's company lives in; elsewhere the zone's own name.
TZ_LABELS = {"Europe/Amsterdam": "Central European Time", "Europe/London": "Greenwich Mean Time"}

# Slack's own voice. It stands in users.list and, of all things, says that it is no bot.
SLACKBOT = Person(id="USLACKBOT", name="slackbot", real_name="Slackbot", tz="", color="757575")


def user(workspace: Workspace, person: Person, *, with_locale: bool = False) -> Json:
    first, _, last = person.real_name.partition(" ")
    profile: Json = {
        "title": person.title,
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "team": team_of(workspace, person),
    }
    if person.email and not person.home_team:
        profile["email"] = person.email
    if person.id == workspace.bot_user_id:
        profile |= {"bot_id": workspace.bot_id, "api_app_id": workspace.app_id}
    shape: Json = {
        "id": person.id,
        "team_id": team_of(workspace, person),
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        **_zone(workspace, person.tz),
        "profile": profile,
        "is_admin": person.is_admin or person.is_owner,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.guest is not None,
        "is_ultra_restricted": person.guest == "single_channel",
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.deleted:
        # Of somebody who is gone Slack tells no more than this: neither zone nor role.
        left = ("id", "team_id", "name", "deleted", "profile", "is_bot", "is_app_user", "updated")
        return {key: shape[key] for key in left}
    if person.home_team:
        # Of somebody from elsewhere Slack does not tell what they are at home.
        for role in ("is_admin", "is_owner", "is_primary_owner"):
            del shape[role]
        shape["is_stranger"] = not _is_met(workspace, person)
    if with_locale:
        # Slack has no Dutch: everybody who is not on a British screen reads the American one.
        shape["locale"] = "en-GB" if person.tz == "Europe/London" else "en-US"
    return shape


def team_of(workspace: Workspace, person: Person | None) -> str:
    """The workspace that somebody's account belongs to."""
    return (person.home_team if person else "") or workspace.team_id


def _zone(workspace: Workspace, tz: str) -> Json:
    if not tz:
        # Slack's own default, for those whose clock it never saw.
        return {"tz": None, "tz_label": "Pacific Standard Time", "tz_offset": -28_800}
    try:
        offset = workspace.now().astimezone(ZoneInfo(tz)).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    return {
        "tz": tz,
        "tz_label": TZ_LABELS.get(tz, tz),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def _is_met(workspace: Workspace, person: Person) -> bool:
    """Whether the bot shares a channel with somebody from elsewhere: Slack calls only those it does not strangers."""
    seen = (channel for channel in workspace.channels_of(person.id) if channel.connected_teams)
    return any(channel.kind == "public" or workspace.bot_user_id in channel.members for channel in seen)


def usergroup(
    workspace: Workspace, group: UserGroup, *, users: list[str] | None = None, with_count: bool = False
) -> Json:
    """A user group; `users` are those it is to name, if any."""
    shape: Json = {
        "id": group.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": group.date_create,
        "date_update": group.date_update,
        "date_delete": group.date_delete,
        "auto_provision": False,
        "created_by": group.created_by,
        "updated_by": group.updated_by,
        "deleted_by": group.deleted_by,
        "prefs": {"channels": [], "groups": []},
    }
    if users is not None:
        shape["users"] = users
    if with_count:
        shape["user_count"] = len(group.users)
    return shape


def do_not_disturb(workspace: Workspace, person: Person) -> Json:
    """Whether, and from when to when, somebody is not to be disturbed; what is over is not told."""
    if person.do_not_disturb is None or person.do_not_disturb[1] < workspace.now():
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    start, end = person.do_not_disturb
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }


def channel(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as the bot sees it."""
    if channel.kind in ("app", "dm"):
        other = next(m for m in channel.members if m != workspace.bot_user_id)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.is_archived,
            "is_im": True,
            "is_org_shared": False,
            "user": other,
            "updated": channel.created * 1000,
        }
    shape: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_shared": bool(channel.connected_teams),
        "is_ext_shared": bool(channel.connected_teams),
        "is_org_shared": False,
        "created": channel.created,
        "creator": channel.creator,
        "previous_names": list(channel.previous_names),
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": 0},
        "updated": channel.created * 1000,
    }
    if channel.connected_teams:
        shape["shared_team_ids"] = [workspace.team_id, *channel.connected_teams]
    return shape


def bot_profile(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot_id,
        "deleted": False,
        "name": workspace.people[workspace.bot_user_id].real_name,
        "updated": 0,
        "app_id": workspace.app_id,
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
        "team_id": workspace.team_id,
    }


def message(workspace: Workspace, message: Message, *, with_metadata: bool = True) -> Json:
    """The message itself, without what its thread adds."""
    shape: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": team_of(workspace, workspace.people.get(message.user)),
    }
    if message.bot_id:
        shape |= {
            "bot_id": message.bot_id,
            "app_id": workspace.app_id,
            "bot_profile": bot_profile(workspace),
        }
    optional = {
        "subtype": "thread_broadcast" if message.broadcast else message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "metadata": message.metadata if with_metadata else None,
    }
    return shape | {name: value for name, value in optional.items() if value}


def message_in_history(workspace: Workspace, message_: Message, *, with_metadata: bool = True) -> Json:
    """The message with its reactions, and with what its thread adds to it."""
    shape = message(workspace, message_, with_metadata=with_metadata)
    if message_.reactions:
        shape["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message_.reactions.items()
        ]
    if message_.is_reply:
        root = workspace.thread(message_.channel, message_.thread_ts or "")[0]
        return shape | {"parent_user_id": root.user}
    replies = [reply for reply in workspace.thread(message_.channel, message_.ts) if reply.is_reply]
    if replies:
        repliers = list(dict.fromkeys(reply.user for reply in replies))
        shape |= {
            "thread_ts": message_.ts,
            "reply_count": len(replies),
            "reply_users_count": len(repliers),
            "reply_users": repliers,
            "latest_reply": replies[-1].ts,
            "subscribed": False,
            "is_locked": False,
        }
    return shape


def view(workspace: Workspace, view: View) -> Json:
    content = view.content
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.type,
        "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "submit": content.get("submit"),
        "close": content.get("close"),
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "external_id": content.get("external_id") or "",
        "state": {"values": {}},
        "hash": view.hash,
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "submit_disabled": False,
        "root_view_id": view.root_view_id,
        "previous_view_id": view.previous_view_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
