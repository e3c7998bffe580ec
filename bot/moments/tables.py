"""What is kept of a moment that a colleague noted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class NotedMoment(Base):
    """Something that a colleague heard: she moves house, his repair is done.

    What follows from the card by itself, such as a birthday, is not kept here.
    """

    __tablename__ = "noted_moments"
    __table_args__ = (
        # No index by day: what is coming is looked for from a contact's own customers, not in a whole workspace.
        UniqueConstraint("customer_id", "workspace_id", "moment_id", "falls_on"),
        # An id is never given again: a button in an old message takes nobody else's moment away.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    moment_id: Mapped[str]
    """Of `moments.yaml`."""
    falls_on: Mapped[date]
    about: Mapped[str | None] = mapped_column(EncryptedText)
    """The thing that it is about, with its article: “the new kitchen”."""
    their_words: Mapped[str | None] = mapped_column(EncryptedText)
    """What the customer said of it."""
    noted_by: Mapped[str]
    noted_at: Mapped[datetime]
