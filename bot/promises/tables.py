"""What is kept of a promise."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class Promise(Base):
    """What a colleague said that they would do for a customer, and by when."""

    __tablename__ = "promises"
    __table_args__ = (
        UniqueConstraint("workspace_id", "event_key"),
        Index("ix_promises_customer", "customer_id"),
        Index("ix_promises_made", "workspace_id", "made_by", "state", "due_at"),
        Index(
            "ix_promises_due",
            "tell_at",
            sqlite_where=text("tell_at is not null"),
            postgresql_where=text("tell_at is not null"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    event_key: Mapped[str]
    """Slack's own id of the command or form that made it: delivered twice, promised once."""
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(EncryptedText)
    due_on: Mapped[date]
    """The day, where the colleague is, by the end of which it is to be done, or at `due_at` where an hour was said."""
    due_at: Mapped[datetime]
    has_hour: Mapped[bool]
    state: Mapped[str]
    """Open, kept or broken (`State`)."""
    times_moved: Mapped[int] = mapped_column(default=0)
    tell_at: Mapped[datetime | None]
    """When its colleague is to hear of it next: before it is due, and when it is overdue; null: not any more."""
    ended_at: Mapped[datetime | None]
