"""What is kept of a team: what its lead set up, who is in it, and how far reading its members is."""

from datetime import datetime, time

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class Team(Base):
    """A channel that a lead has set up. Its working time is kept with everybody's, under the channel's id."""

    __tablename__ = "teams"
    __table_args__ = (Index("ix_teams_reading", "read_again_at"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str]
    days: Mapped[str]
    """A digit for each working day; 0 is Monday."""
    goal_time: Mapped[time]
    """Local time of the goal of the day, on working days."""
    challenge_day: Mapped[int]
    challenge_time: Mapped[time]
    country: Mapped[str | None]
    """For public holidays; null: none are kept."""
    region: Mapped[str | None]
    vision: Mapped[str | None] = mapped_column(EncryptedText)
    """What this team wants to be for its customers, in one sentence."""
    sponsor: Mapped[str | None]
    """Slack's id of who stands for the vision."""
    step: Mapped[int]
    """The step of the roadmap that they work on now."""
    is_dry_run: Mapped[bool]
    """Posts go to the leads only."""
    standing: Mapped[str]
    """What became of the channel (`Standing`)."""
    version: Mapped[int]
    """Counts the changes, so that two who change the team at once do not undo each other's work."""
    set_up_by: Mapped[str]
    set_up_at: Mapped[datetime]
    changed_by: Mapped[str | None]
    """Null: nobody did, but its channel was renamed."""
    changed_at: Mapped[datetime]
    introduced_at: Mapped[datetime | None]
    """When the first post was delivered to the channel; null: not yet, or the leads alone had it."""
    channel_name: Mapped[str | None]
    """What Slack calls the channel: a team that bears its name is renamed with it. Null: Slack was not asked yet."""

    read_again_at: Mapped[datetime | None]
    """When Slack is to be asked next about the channel and who is in it; null: there is nothing to ask about."""
    reading_since: Mapped[datetime | None]
    """When the reading that is going on began; null: none is."""
    reading_cursor: Mapped[str | None]
    left_meanwhile: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Who left while the page was under way that is being read now: it may still name them."""
    members_read: Mapped[int]
    """So many in this reading, until now."""
    members_expected: Mapped[int | None]
    members_read_at: Mapped[datetime | None]
    """When all of them were read last."""


class TeamLead(Base):
    """Who leads a team. They all have the role as well (`bot/people/roles.py`)."""

    __tablename__ = "team_leads"
    __table_args__ = (Index("ix_team_leads_person", "workspace_id", "slack_id"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    slack_id: Mapped[str] = mapped_column(primary_key=True)


class TeamMember(Base):
    """Who is in the channel of a team."""

    __tablename__ = "team_members"
    __table_args__ = (Index("ix_team_members_person", "workspace_id", "slack_id"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    slack_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
    """When Slack told last that they are in it: who was not seen by a whole reading has left."""
    is_first: Mapped[bool]
    """Whether this is the team they are pushed from: the one they chose, or else came to first, if it is at work."""
    is_chosen: Mapped[bool] = mapped_column(default=False)
    """Whether it is the one they chose, also while it rests."""
