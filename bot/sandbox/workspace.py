"""The workspace: who is in it, what was said, and what everybody sees. No I/O."""

import copy
import re
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.pace import POSTS_PER_SECOND, Pace
from bot.sandbox.passes import Passes
from bot.sandbox.records import Change, Channel, ChannelKind, Json, Message, Person, Status, UserGroup, View
from bot.sandbox.surfaces import Surfaces
from bot.sandbox.talk import Talk

DEFAULT_EVENTS = frozenset({"app_home_opened", "app_mention", "message.im"})
STATUS_LIVES = timedelta(minutes=2)


class Workspace:
    """One Slack workspace with one app installed in it.

    `now` answers with an aware time; `events` names the events the app is subscribed to;
    `enforce_limits` makes the Web API refuse what is faster than Slack's tiers (`pace`), and messages faster than
    one a second a channel or `posts_per_second` in all.
    """

    # Everything that a reset brings back.
    _KEPT = (
        *("people", "channels", "usergroups", "commands", "shortcuts", "events"),
        *("passes", "surfaces", "pace", "token_revoked"),
        *("_rooms", "_dms", "_dms_of", "_talks", "_statuses", "_prompts", "_last_read", "_ids"),
    )

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        name: str = "Sandbox",
        bot_name: str = "Acht",
        events: Collection[str] = DEFAULT_EVENTS,
        enforce_limits: bool = False,
        posts_per_second: float = POSTS_PER_SECOND,
    ) -> None:
        self.now = now
        self.name = name
        self.team_id = "T0SANDBOX1"
        self.app_id = "A0SANDBOX1"
        self.bot_id = "B0SANDBOX1"
        self.bot_user_id = "U0SANDBOX1"
        self.bot_token = f"xoxb-sandbox-{secrets.token_hex(12)}"
        self.app_token = f"xapp-sandbox-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.token_revoked = False
        self.enforce_limits = enforce_limits
        self.listeners: list[Callable[[Change], None]] = []

        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: list[UserGroup] = []
        self.commands: list[Json] = []
        self.shortcuts: list[Json] = []
        self.events: set[str] = set(events)
        self.passes = Passes(now)
        self.surfaces = Surfaces(self.announce)
        self.pace = Pace(now, posts_per_second)
        # A look at somebody's channels may not pass the messages of everybody else: ids of each kind apart.
        self._rooms: dict[str, None] = {}
        self._dms: dict[tuple[ChannelKind, frozenset[str]], str] = {}
        self._dms_of: dict[str, list[str]] = {}
        self._talks: dict[str, Talk] = {}
        self._statuses: dict[str, dict[str, Status]] = {}
        self._prompts: dict[str, Json] = {}
        self._last_read: dict[tuple[str, str], str] = {}
        self._last_ts = (0, 0)
        self._ids = 0
        self.add_person(bot_name.lower(), bot_name, id=self.bot_user_id, tz="UTC", is_bot=True)

    @property
    def domain(self) -> str:
        """What stands before .slack.com."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    # Who and what there is

    def add_person(self, name: str, real_name: str, **more: Any) -> Person:
        """A new account; `more` are fields of Person."""
        person = Person(id=more.pop("id", None) or self._new_id("U"), name=name, real_name=real_name, **more)
        self.people[person.id] = person
        return person

    def add_channel(
        self, name: str, members: Collection[str] = (), kind: ChannelKind = "public", **more: Any
    ) -> Channel:
        """A new channel; `more` are fields of Channel."""
        prefix = "D" if kind in ("dm", "app") else "C"
        channel = Channel(
            id=self._new_id(prefix),
            name=name,
            kind=kind,
            members=list(members),
            created=int(self.now().timestamp()),
            **more,
        )
        self.channels[channel.id] = channel
        self._talks[channel.id] = Talk()
        if kind in ("dm", "app"):
            self._dms.setdefault((kind, frozenset(members)), channel.id)
            for member in members:
                self._dms_of.setdefault(member, []).append(channel.id)
        else:
            self._rooms[channel.id] = None
        return channel

    def remove_channel(self, channel_id: str) -> None:
        """A channel and all that was said in it are gone."""
        del self.channels[channel_id], self._rooms[channel_id], self._talks[channel_id]
        self._statuses.pop(channel_id, None)

    def add_usergroup(self, name: str, handle: str, users: Collection[str] = (), *, created_by: str = "") -> UserGroup:
        now = int(self.now().timestamp())
        group = UserGroup(
            id=self._new_id("S"),
            name=name,
            handle=handle,
            users=list(users),
            created_by=created_by,
            updated_by=created_by,
            date_create=now,
            date_update=now,
        )
        self.usergroups.append(group)
        return group

    def install(self, manifest: Json) -> None:
        """Takes the slash commands, shortcuts and subscribed events from an app manifest."""
        features = manifest.get("features", {})
        self.commands = [dict(command) for command in features.get("slash_commands", [])]
        self.shortcuts = [dict(shortcut) for shortcut in features.get("shortcuts", [])]
        subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
        self.events = set(subscriptions.get("bot_events", []))

    def person(self, user_id: str) -> Person:
        if user_id not in self.people:
            raise SlackError("user_not_found")
        return self.people[user_id]

    def usergroup(self, group_id: str) -> UserGroup:
        for group in self.usergroups:
            if group.id == group_id:
                return group
        raise SlackError("no_such_subteam")

    def channel(self, reference: str) -> Channel:
        """The channel with this id, `#name`, or the app's direct message with this person."""
        if reference in self.channels:
            return self.channels[reference]
        if reference in self.people and reference != self.bot_user_id:
            return self.app_dm(reference)
        if reference.startswith("#"):
            for channel in self.rooms():
                if channel.name == reference[1:]:
                    return channel
        raise SlackError("channel_not_found")

    def app_dm(self, user_id: str) -> Channel:
        """The direct message between the bot and a person, made when first asked for."""
        return self._dm("app", self.bot_user_id, self.person(user_id).id)

    def has_app_dm(self, user_id: str) -> bool:
        return ("app", frozenset({self.bot_user_id, user_id})) in self._dms

    def dm(self, one: str, other: str) -> Channel:
        """The direct message between two colleagues."""
        return self._dm("dm", one, other)

    def _dm(self, kind: ChannelKind, *people: str) -> Channel:
        members = frozenset(people)
        known = self._dms.get((kind, members))
        return self.channels[known] if known else self.add_channel("", sorted(members), kind)

    def channels_of(self, user_id: str) -> list[Channel]:
        """Public and private channels, then direct messages, each as they were made."""
        return [channel for channel in self.rooms() if user_id in channel.members] + self.direct_messages(user_id)

    def rooms(self) -> list[Channel]:
        """Every public and private channel."""
        return [self.channels[channel_id] for channel_id in self._rooms]

    def direct_messages(self, user_id: str) -> list[Channel]:
        return [self.channels[channel_id] for channel_id in self._dms_of.get(user_id, ())]

    # What was said

    def messages(self, channel_id: str, viewer: str | None = None) -> list[Message]:
        """What stands in the channel itself, oldest first; with a `viewer` also what only they see."""
        return [m for m in self._talks[channel_id].in_channel() if m.ephemeral_to in (None, viewer)]

    def everything(self, channel_id: str, viewer: str | None = None) -> list[Message]:
        """The channel with all its threads, oldest first; with a `viewer` also what only they see."""
        return [m for m in self._talks[channel_id] if m.ephemeral_to in (None, viewer)]

    def thread(self, channel_id: str, ts: str, viewer: str | None = None) -> list[Message]:
        """The first message of a thread and its replies, oldest first."""
        return [m for m in self._talks[channel_id].thread(ts) if m.ephemeral_to in (None, viewer)]

    def message(self, channel_id: str, ts: str) -> Message:
        message = self._talks[channel_id].message(ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def post(self, channel_id: str, user: str, text: str, *, at: datetime | None = None, **more: Any) -> Message:
        """Adds a message, as if written `at` some time; `more` are fields of Message."""
        bot_id = self.bot_id if user == self.bot_user_id else None
        message = Message(channel=channel_id, ts=self.new_ts(at), user=user, text=text, bot_id=bot_id, **more)
        self._talks[channel_id].add(message)
        if bot_id and not message.ephemeral_to:
            self._clear_status(channel_id, message.thread_ts)
        self._announce_message("message", message)
        return message

    def edit(self, message: Message, **new: Any) -> None:
        """Replaces fields of a message."""
        previous = copy.deepcopy(message)
        for name, value in new.items():
            setattr(message, name, value)
        self._announce_message("changed", message, previous)

    def delete(self, message: Message) -> None:
        """Takes a message away; where a thread hangs on it, a tombstone stays."""
        talk = self._talks[message.channel]
        if talk.replies(message.ts):
            self.edit(message, text="This message was deleted.", blocks=[], subtype="tombstone")
            return
        talk.remove(message)
        self._announce_message("deleted", message, message)

    def react(self, message: Message, name: str, user: str) -> None:
        users = message.reactions.setdefault(name, [])
        if user in users:
            raise SlackError("already_reacted")
        users.append(user)
        self._announce_message("changed", message, message)

    def unread(self, channel_id: str, user_id: str) -> int:
        """Messages of others in the channel since this person last looked."""
        since = self._last_read.get((channel_id, user_id), "")
        return sum(m.ts > since and m.user != user_id for m in self.messages(channel_id, viewer=user_id))

    def mark_read(self, channel_id: str, user_id: str) -> None:
        messages = self.messages(channel_id, viewer=user_id)
        if messages:
            self._last_read[channel_id, user_id] = messages[-1].ts

    # What the agent shows beside its messages

    def set_status(self, channel_id: str, thread_ts: str, text: str, loading_messages: list[str]) -> None:
        """Shown until the bot writes, two minutes pass, or the text is empty."""
        if text:
            status = Status(text=text, loading_messages=loading_messages, since=self.now())
            self._statuses.setdefault(channel_id, {})[thread_ts] = status
            self.announce(Change(type="status", channel=channel_id, thread_ts=thread_ts))
        else:
            self._clear_status(channel_id, thread_ts)

    def status(self, channel_id: str, thread_ts: str | None = None) -> Status | None:
        """The status of a thread, or without one the newest of the channel."""
        standing = [
            status
            for thread, status in self._statuses.get(channel_id, {}).items()
            if thread_ts in (None, thread) and self.now() - status.since < STATUS_LIVES
        ]
        return max(standing, key=lambda status: status.since, default=None)

    def _clear_status(self, channel_id: str, thread_ts: str | None) -> None:
        # A message outside any thread ends every wait in the channel, as it does on Slack's screen.
        standing = self._statuses.get(channel_id, {})
        for thread in [thread for thread in standing if thread_ts in (None, thread)]:
            del standing[thread]
            self.announce(Change(type="status", channel=channel_id, thread_ts=thread))

    def set_prompts(self, channel_id: str, title: str | None, prompts: list[Json]) -> None:
        self._prompts[channel_id] = {"title": title, "prompts": prompts}
        self.announce(Change(type="prompts", channel=channel_id))

    def prompts(self, channel_id: str) -> Json | None:
        """Suggested prompts: {title, prompts: [{title, message}]}."""
        return self._prompts.get(channel_id)

    def modal(self, user_id: str) -> View | None:
        """The modal on top of this person's stack."""
        return self.surfaces.modal(user_id)

    def home(self, user_id: str) -> View | None:
        """The app's Home tab as this person sees it."""
        return self.surfaces.home(user_id)

    # Time, ids and change

    def new_ts(self, at: datetime | None = None) -> str:
        """The time as Slack writes it, later than every one before."""
        moment = at or self.now()
        seconds = int(moment.timestamp())
        now = (seconds, moment.microsecond)
        if now <= self._last_ts:
            second, micro = self._last_ts
            now = (second, micro + 1) if micro < 999_999 else (second + 1, 0)
        self._last_ts = now
        return f"{now[0]}.{now[1]:06d}"

    def _new_id(self, prefix: str) -> str:
        self._ids += 1
        return f"{prefix}0{self._ids:08d}"

    def announce(self, change: Change) -> None:
        for listener in list(self.listeners):
            listener(change)

    def _announce_message(self, type_: Any, message: Message, previous: Message | None = None) -> None:
        self.announce(
            Change(
                type=type_,
                channel=message.channel,
                thread_ts=message.thread_ts,
                ts=message.ts,
                only_for=message.ephemeral_to,
                message=message,
                previous=previous,
            )
        )

    def snapshot(self) -> Json:
        """Everything as it is now, for `restore`."""
        return {name: self._copied(getattr(self, name)) for name in self._KEPT}

    def restore(self, snapshot: Json) -> None:
        for name in self._KEPT:
            setattr(self, name, self._copied(snapshot[name]))

    def _copied(self, value: Any) -> Any:
        # The clock, and the workspace behind `announce`, are shared, not copied.
        return copy.deepcopy(value, {id(self): self, id(self.now): self.now})
