"""What is to be told, and how far it has come."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class State(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    """Somebody is delivering it now."""
    SENT = "sent"
    EXPIRED = "expired"
    """It was of no use any more, or another notice took its place, before it could be sent."""
    FAILED = "failed"
    """Slack will not take it; `reason` has Slack's word for why."""


def _of_what_is_to_be_done(name: str, *columns: str) -> Index:
    """Most notices are done with: those are not in the way."""
    is_to_be_done = text("due_at is not null")
    return Index(name, *columns, sqlite_where=is_to_be_done, postgresql_where=is_to_be_done)


class Notice(Base):
    """One thing to tell one person or channel."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        _of_what_is_to_be_done("ix_notices_due", "turn", "due_at", "id"),
        _of_what_is_to_be_done("ix_notices_whom", "workspace_id", "whom", "due_at", "id"),
        Index("ix_notices_updates", "workspace_id", "updates"),
        Index("ix_notices_done", "state", "done_at"),
        Index(
            "ix_notices_about",
            "workspace_id",
            "about",
            sqlite_where=text("about is not null"),
            postgresql_where=text("about is not null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    key: Mapped[str]
    """What it tells, such as `coaching.answer:17`: the same one twice is told once."""
    kind: Mapped[str]
    data: Mapped[str] = mapped_column(EncryptedText)
    """What its kind needs to put it into words, as JSON; emptied, as the link is, when it was sent or expired."""
    about: Mapped[str | None]
    """Whom it tells of, such as `customer:17`: when they are erased, so are these words."""
    whom: Mapped[str]
    """A person's or a channel's id."""
    thread_ts: Mapped[str | None]
    response_url: Mapped[str | None] = mapped_column(EncryptedText)
    """For what only the one who typed a command sees."""
    language: Mapped[str | None]
    """Null: the reader's, as it is when it is delivered."""
    manner: Mapped[str]
    turn: Mapped[int]
    """Of what is due: 0 goes before 1, and 1 before 2. It follows from the manner."""
    updates: Mapped[str | None]
    """The key of an earlier notice whose message this one takes the place of."""
    expires_at: Mapped[datetime | None]
    posted_at: Mapped[datetime]
    planned_for: Mapped[datetime]
    """The moment at which it should be told: delays are counted from there."""

    state: Mapped[str]
    due_at: Mapped[datetime | None]
    """When it may be taken: at its moment, after a failed try, or when the one who took it did not come back.
    Null when nothing is to be done any more."""
    tries: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    in_doubt: Mapped[bool] = mapped_column(default=False)
    """Slack may have it already: it is looked up before it is sent again."""
    reason: Mapped[str | None]
    """Why it failed, expired or was put off last."""
    done_at: Mapped[datetime | None]
    channel_id: Mapped[str | None]
    message_ts: Mapped[str | None]


class Hold(Base):
    """In this workspace nothing is told that nobody asked for, until somebody ends it."""

    __tablename__ = "holds"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    """Slack's id of the administrator."""
    since: Mapped[datetime]


def done(state: State, now: datetime, reason: str | None = None) -> dict[str, Any]:
    """The values of a notice with which nothing is to be done any more."""
    values: dict[str, Any] = {"state": state, "due_at": None, "done_at": now, "reason": reason}
    return values if state is State.FAILED else values | {"in_doubt": False, "data": "", "response_url": None}
