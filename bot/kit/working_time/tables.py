"""When people and teams work, when they are away, and when they were pushed."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.working_time.rules import Wish

_UNANSWERED = text("answered_at is null")


class WorkingTime(Base):
    """Of a person, or of a team, which is its channel. Where a person has none of their own, their team's holds."""

    __tablename__ = "working_times"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    whom: Mapped[str] = mapped_column(primary_key=True)
    """Slack's id of a person or of a channel."""
    team: Mapped[str | None]
    """Of a person: the channel of their team."""
    zone: Mapped[str | None]
    """Null: not known."""
    days: Mapped[str | None]
    """A digit for each working day; 0 is Monday. Null, with both times: not chosen."""
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    country: Mapped[str | None]
    """Null, with region and `works_on`: not chosen; of a team: no public holidays."""
    region: Mapped[str | None]
    works_on: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Names of public holidays that are worked here."""
    wish: Mapped[str] = mapped_column(default=Wish.MESSAGES)
    """Of a person."""
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
        Index("ix_pushes_unanswered", "workspace_id", "whom", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
    )

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    whom: Mapped[str] = mapped_column(primary_key=True)
    working_day: Mapped[date] = mapped_column(primary_key=True)
    notice_key: Mapped[str]
    pushed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
