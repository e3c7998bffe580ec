"""What was agreed, and when it comes next."""

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base


class Appointment(Base):
    """A moment that comes back for a person, or for a team, which is its channel."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("workspace_id", "whom", "kind"),
        Index("ix_appointments_due", "kind", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    whom: Mapped[str]
    """Slack's id of a person or of a channel."""
    kind: Mapped[str]
    zone: Mapped[str]
    days: Mapped[str]
    """A digit for each day of the week on which it comes; 0 is Monday."""
    at: Mapped[time]
    """Local time."""
    next_at: Mapped[datetime]
    taken_on: Mapped[date | None]
    """The last local date for which it was taken: never again for that one, whatever is agreed anew."""
