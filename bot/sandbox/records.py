"""What the workspace holds: people, channels, messages and views, as plain records."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "dm", "app"]
ChangeType = Literal[
    "message", "changed", "deleted", "status", "prompts", "home", "modal", "workspace", "connected", "reset"
]
GuestKind = Literal["multi_channel", "single_channel"]


@dataclass(kw_only=True)
class Person:
    """Somebody with an account; the bot is one of them.

    `tz` is empty for somebody who never opened Slack. `home_team` is the workspace of somebody from elsewhere, who
    is seen here through a connected channel.
    """

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "Europe/Amsterdam"
    lang: Literal["nl", "en"] | None = None
    color: str = "4d5e26"
    email: str = ""
    presence: Literal["active", "away"] = "active"
    do_not_disturb: tuple[datetime, datetime] | None = None
    is_admin: bool = False
    is_owner: bool = False
    guest: GuestKind | None = None
    home_team: str = ""
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0

    @property
    def initials(self) -> str:
        words = self.real_name.split()
        return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()


@dataclass(kw_only=True)
class Channel:
    """A conversation. Kind `app` is the direct message between the bot and one person.

    `connected_teams` are the other workspaces that share it.
    """

    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    created: int
    creator: str = ""
    topic: str = ""
    purpose: str = ""
    is_general: bool = False
    is_archived: bool = False
    previous_names: list[str] = field(default_factory=list[str])
    connected_teams: list[str] = field(default_factory=list[str])


@dataclass(kw_only=True)
class UserGroup:
    """People who can be mentioned together. What is deleted is kept, disabled: it has a `date_delete`."""

    id: str
    name: str
    handle: str
    users: list[str]
    created_by: str = ""
    updated_by: str = ""
    deleted_by: str | None = None
    date_create: int = 0
    date_update: int = 0
    date_delete: int = 0


@dataclass(kw_only=True)
class Message:
    """One message, its text as Slack stores it (`&amp;`, `<@U…>`).

    `ephemeral_to` names the one person who sees it; such a message is in no history.
    """

    channel: str
    ts: str
    user: str
    text: str
    bot_id: str | None = None
    blocks: list[Json] = field(default_factory=list[Json])
    attachments: list[Json] = field(default_factory=list[Json])
    files: list[Json] = field(default_factory=list[Json])
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    ephemeral_to: str | None = None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(kw_only=True)
class View:
    """A modal or a Home tab. `content` is what the app sent, `state` what the person filled in."""

    id: str
    user: str
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict[str, dict[str, Json]])

    @property
    def type(self) -> str:
        return self.content["type"]

    @property
    def callback_id(self) -> str:
        return self.content.get("callback_id") or ""

    @property
    def private_metadata(self) -> str:
        return self.content.get("private_metadata") or ""

    @property
    def blocks(self) -> list[Json]:
        return self.content["blocks"]


@dataclass(kw_only=True)
class Status:
    """What "Acht is thinking…" says in a thread."""

    text: str
    loading_messages: list[str]
    since: datetime


@dataclass(kw_only=True)
class Change:
    """Something that a screen may want to draw again; `only_for` names the one person it concerns."""

    type: ChangeType
    channel: str | None = None
    thread_ts: str | None = None
    ts: str | None = None
    only_for: str | None = None
    message: Message | None = None
    previous: Message | None = None
