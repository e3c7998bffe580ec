"""When people and teams work, when they are away, and when they were pushed."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base


class WorkingTime(Base):
    """Of a person, or of a team, which is its channel."""

    __tablename__ = "working_times"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    whom: Mapped[str] = mapped_column(primary_key=True)
    """Slack's id of a person or of a channel."""
    zone: Mapped[str]
    days: Mapped[str]
    """A digit for each working day; 0 is Monday."""
    begins: Mapped[time]
    ends: Mapped[time]
    country: Mapped[str | None]
    region: Mapped[str | None]
    works_on: Mapped[list[str]] = mapped_column(JSON)
    """Names of public holidays that are worked here."""
    is_pushed: Mapped[bool]
    """Whether a person wants to be told things unasked at all."""
    dnd_from: Mapped[datetime | None]
    dnd_until: Mapped[datetime | None]
    dnd_seen_at: Mapped[datetime | None]
    """When Slack was asked for Do Not Disturb last."""


class Absence(Base):
    """Leave, or a pause that somebody asked for. Why is nobody's business, and is not kept."""

    __tablename__ = "absences"
    __table_args__ = (
        Index("ix_absences_whom", "workspace_id", "whom", "last_day"),
        Index("ix_absences_past", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    whom: Mapped[str]
    kind: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]


class Push(Base):
    """A working day's one push: it is taken before the notice is sent, and given back when it was not."""

    __tablename__ = "pushes"
    __table_args__ = (
        Index("ix_pushes_notice", "workspace_id", "notice_key"),
        Index("ix_pushes_past", "working_day"),
    )

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    whom: Mapped[str] = mapped_column(primary_key=True)
    working_day: Mapped[date] = mapped_column(primary_key=True)
    notice_key: Mapped[str]
    pushed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
