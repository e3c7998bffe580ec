"""Who the bot knows."""

from datetime import datetime

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
