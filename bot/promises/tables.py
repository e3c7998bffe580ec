"""What is kept of a promise."""

from datetime import date, datetime, time

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
        Index(
            "ix_promises_open",
            "workspace_id",
            "made_by",
            "due_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
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
    """The day where the colleague is."""
    due_hour: Mapped[time | None]
    """On their clock; null: by the end of their working day."""
    due_at: Mapped[datetime]
    state: Mapped[str]
    """Open, kept or broken (`State`)."""
    times_moved: Mapped[int] = mapped_column(default=0)
    times_told_anew: Mapped[int] = mapped_column(default=0)
    """How often what is told of it began anew: it was moved, or opened again when it was noted as broken by mistake."""
    ahead: Mapped[str]
    """What its colleague hears next (`Ahead`)."""
    tell_at: Mapped[datetime | None]
    """When they hear it; null: nothing more."""
    ended_at: Mapped[datetime | None]
    """When it was kept, as its colleague says, or broken."""
    case_id: Mapped[int | None]
    """Of a broken one."""
    spoken_to_before: Mapped[date | None]
    """When the customer was last spoken to before it was made, for who takes it back."""
    contact: Mapped[int | None]
    """Which contact with the customer it was (`Customer.contacts`), for the same."""
