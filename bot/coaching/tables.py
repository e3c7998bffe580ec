"""What is kept of a question and its answer. Texts are encrypted."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class State(StrEnum):
    WAITING = "waiting"
    ANSWERING = "answering"
    ANSWERED = "answered"
    FAILED = "failed"


class Place(StrEnum):
    """Where a question was asked, which is where its answer goes."""

    DIRECT = "direct"
    CHANNEL = "channel"
    COMMAND = "command"
    ELSEWHERE = "elsewhere"
    """In a form or on a message: the answer goes to the person's own messages with the bot."""


class Question(Base):
    """One question. It is saved before Slack is told that it arrived, and a worker answers it."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "event_key"),
        Index("ix_questions_due", "state", "due_at"),
        Index("ix_questions_conversation", "workspace_id", "conversation"),
        Index("ix_questions_colleague", "workspace_id", "colleague_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    event_key: Mapped[str]
    """Slack's own id of what brought it here: the same one twice is the same question."""
    colleague_id: Mapped[str]
    place: Mapped[str]
    channel_id: Mapped[str]
    thread_ts: Mapped[str | None]
    """Null where there is none: a command is answered through its `response_url`."""
    response_url: Mapped[str | None] = mapped_column(EncryptedText)
    conversation: Mapped[str]
    """What belongs together: a thread, or a command and what was clicked under its answer."""
    text: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str]
    unclear: Mapped[str | None]
    another_angle: Mapped[bool]
    """The same question once more: what was shown in this thread is not shown again."""
    asked_at: Mapped[datetime]

    state: Mapped[str]
    due_at: Mapped[datetime]
    """When a worker may take it: at once, after a failed try, or when the one who took it did not come back."""
    tries: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    play_id: Mapped[str | None]
    origin: Mapped[str | None]
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    is_gap: Mapped[bool] = mapped_column(default=False)
    """No play fitted: something the playbooks lack."""


class Rating(Base):
    """Whether an answer helped the colleague who asked."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("question_id", "colleague_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    colleague_id: Mapped[str]
    helpful: Mapped[bool]
    reason: Mapped[str | None]
    comment: Mapped[str | None] = mapped_column(EncryptedText)
    rated_at: Mapped[datetime]
