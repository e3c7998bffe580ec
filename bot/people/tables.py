"""Who the bot knows, what their roles are, and what holds for a whole workspace."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base


class Colleague(Base):
    """Somebody who has had to do with the bot. Their name is Slack's, and is not kept."""

    __tablename__ = "colleagues"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    slack_id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str | None]
    """The one they wrote in last."""
    chosen_language: Mapped[str | None]
    """The one they asked for: it goes before what they write in."""
    standing: Mapped[str | None]
    """Who they are in Slack; null until Slack was asked."""
    zone: Mapped[str | None]
    seen_at: Mapped[datetime | None]
    """When Slack told of them last."""
    is_slack_admin: Mapped[bool | None]
    """Whether they look after the workspace in Slack, which is not yet a role here."""
    first_day: Mapped[str | None]
    """How far their first day is (`bot/first_day`); null: not begun."""
    first_day_at: Mapped[datetime | None]
    """When they were welcomed."""


class RoleGiven(Base):
    """A role that somebody has, and why. Somebody may have the same one for several reasons."""

    __tablename__ = "roles_given"
    __table_args__ = (Index("ix_roles_given_role", "workspace_id", "role", "source"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    slack_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    """`hand`, or Slack's id of the user group that it comes with."""
    given_at: Mapped[datetime]


class RoleGroup(Base):
    """The user group in Slack whose members have a role."""

    __tablename__ = "role_groups"
    __table_args__ = (Index("ix_role_groups_due", "read_again_at"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str]
    handle: Mapped[str]
    """As it was called when it was chosen, for when it is gone."""
    read_again_at: Mapped[datetime]
    """When Slack is to be asked next who is in it."""


class Workspace(Base):
    """What an administrator decided for all, and when everybody's profile is read again."""

    __tablename__ = "workspaces"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    guests_may_browse: Mapped[bool]
    """Whether guests are treated as colleagues of the front line."""
    profiles_due_at: Mapped[datetime]
    profiles_cursor: Mapped[str | None]
    """Slack's word for the page at which reading them goes on."""
    profiles_wanted_again: Mapped[bool]
    """Whether another census is to follow the one that is going on."""
