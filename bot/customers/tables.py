"""What is kept of a customer, and the beginnings of words by which their name is found."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class Customer(Base):
    """A card. What says who somebody is, and what they are like, can be read only with a key."""

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("workspace_id", "reference_key"),
        Index("ix_customers_contact", "workspace_id", "contact_id", "changed_at"),
        # Of those that were made by a form: a file of a hundred thousand has nothing to do with it.
        Index(
            "ix_customers_event",
            "workspace_id",
            "event_key",
            unique=True,
            sqlite_where=text("event_key is not null"),
            postgresql_where=text("event_key is not null"),
        ),
        Index("ix_customers_birthday", "workspace_id", "birthday_key", "contact_id"),
        Index("ix_customers_since", "workspace_id", "since_key", "contact_id"),
        Index("ix_customers_silence", "workspace_id", "contact_id", "silent_since", "id"),
        # An id is never given again: what still stands in Slack about an erased customer is about nobody else.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    contact_id: Mapped[str]
    """Slack's id of the colleague who is their contact."""
    channel_id: Mapped[str | None]
    """The team that serves them."""
    phase: Mapped[str]
    wish: Mapped[str]
    language: Mapped[str]
    """In which they are spoken to."""
    channels: Mapped[list[str]] = mapped_column(JSON)
    """How they like to be reached; empty where that is not known."""
    has_consented: Mapped[bool]
    consent_on: Mapped[date | None]
    last_contact_on: Mapped[date | None]
    contacts: Mapped[int] = mapped_column(default=0)
    """Counts how often somebody spoke to them: whoever undoes one knows whether there was another since."""
    silent_since: Mapped[date]
    """The last contact, or until there is one the day the card was made: “not forgotten” counts from there."""
    reference_key: Mapped[str | None]
    """Blind, as the two below (`bot/kit/blind_index.py`)."""
    birthday_key: Mapped[str | None]
    since_key: Mapped[str | None]
    """Of the month and day."""
    version: Mapped[int]
    """Counts the changes, so that two who change a card at once do not undo each other's work."""
    event_key: Mapped[str | None]
    """Slack's own id of the form that it was made by: handed in twice, it is one card."""
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]

    # Last, because they are long: what decides who sees a card is read without them.
    name: Mapped[str] = mapped_column(EncryptedText)
    reference: Mapped[str | None] = mapped_column(EncryptedText)
    preferences: Mapped[str | None] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    birthday: Mapped[str | None] = mapped_column(EncryptedText)
    """Month and day: 02-29."""
    customer_since: Mapped[str | None] = mapped_column(EncryptedText)
    """2019-03-12."""


class CustomerWord(Base):
    """One beginning of one word of a customer's name, blind.

    There are a dozen for each customer, so the table is its own index. They are taken away by the name they were made
    of, so there is no second index, and no foreign key, which would need one.
    """

    __tablename__ = "customer_words"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(primary_key=True)
