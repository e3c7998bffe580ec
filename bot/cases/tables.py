"""What is kept of a case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


def _of_what_is_open(name: str, *columns: str) -> Index:
    is_open = text("closed_at is null")
    return Index(name, *columns, sqlite_where=is_open, postgresql_where=is_open)


class Case(Base):
    """Something went wrong for a customer."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("workspace_id", "event_key"),
        Index("ix_cases_customer", "customer_id", "closed_on"),
        _of_what_is_open("ix_cases_open", "workspace_id", "handled_by", "opened_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    event_key: Mapped[str | None]
    """Slack's own id of the form that opened it, or the promise that it came of: told twice, opened once."""
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    cause: Mapped[str]
    """By hand, or a broken promise (`Cause`)."""
    what: Mapped[str] = mapped_column(EncryptedText)
    handled_by: Mapped[str]
    """Slack's id of the colleague who sees it through."""
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    steps: Mapped[str]
    """The steps of a good recovery that were done, in the order of `Step`, with commas between."""
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    """The day, where the colleague is, on which the customer said that it is put right."""
    spoken_to_before: Mapped[date | None]
    """When the customer was last spoken to before it was closed, for who opens it again."""
    contact: Mapped[int | None]
    """Which contact with the customer it was that closed it (`Customer.contacts`), for the same."""
