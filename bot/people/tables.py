"""Who the bot knows."""

from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base


class Colleague(Base):
    """Somebody who has spoken to the bot."""

    __tablename__ = "colleagues"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    slack_id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str | None]
