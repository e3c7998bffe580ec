"""What is kept of gestures: the diary, what was spent, what was set aside, how they were received, and the limits."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, Dialect, ForeignKey, Index, Integer, TypeDecorator, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.kit.database import Base
from bot.kit.encryption import EncryptedText


class Amount(TypeDecorator[Decimal]):
    """In the workspace's currency, kept in whole cents: SQLite has no decimals, and would count with broken ones."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002 — SQLAlchemy's signature
        """Raises ValueError for parts of a cent."""
        if value is None:
            return None
        if value * 100 % 1:
            raise ValueError("an amount with parts of a cent")
        return int(value * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 — SQLAlchemy's signature
        return None if value is None else Decimal(value) / 100


class Given(Base):
    """A line in the diary: one gesture for one customer, from the wish to give it to how it was received."""

    __tablename__ = "gestures_given"
    __table_args__ = (
        UniqueConstraint("workspace_id", "event_key"),
        # With the workspace second: else SQLite, which keeps no statistics, takes one of the others for one customer's.
        Index("ix_gestures_given_customer", "customer_id", "workspace_id", "on_day"),
        Index("ix_gestures_given_colleague", "workspace_id", "colleague_id", "on_day"),
        Index("ix_gestures_given_month", "workspace_id", "on_day"),
        Index("ix_gestures_given_state", "workspace_id", "state", "colleague_id"),
        Index(
            "ix_gestures_given_due",
            "tell_at",
            sqlite_where=text("tell_at is not null"),
            postgresql_where=text("tell_at is not null"),
        ),
        # An id is never given again: what still stands in Slack about an erased customer is about nobody else.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    event_key: Mapped[str]
    """Slack's own id of the click: delivered twice, given once."""
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    gesture_id: Mapped[str]
    occasion: Mapped[str]
    colleague_id: Mapped[str]
    channel_id: Mapped[str | None]
    """The team of whose budget it goes; null: of none."""
    level: Mapped[int]
    kind: Mapped[str]
    cost: Mapped[Decimal] = mapped_column(Amount)
    reaches_out: Mapped[bool]
    """Whether it takes of the customer's space."""
    words: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[str]
    """How far it is (`State`)."""
    on_day: Mapped[date]
    """The day, where the colleague is, on which it is given: space is counted from there."""
    month: Mapped[date]
    """The first day of the month in whose budgets it is: that of the day it was planned for."""
    created_at: Mapped[datetime]
    asked_of: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The leads who were asked for a yes."""
    answered_by: Mapped[str | None]
    """The lead who said yes or no."""
    answered_at: Mapped[datetime | None]
    tell_at: Mapped[datetime | None]
    """When its colleague is to hear of it next: that nobody answered, a reminder, or the question how it was received;
    null: not any more."""
    remind: Mapped[bool]
    """Whether they wanted a reminder, also while a lead has not said yes yet."""
    reminded: Mapped[int] = mapped_column(default=0)
    """How often they were told that its day is there: first that it is, then once more when it has passed."""
    plans: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often its day was chosen: what was told of an earlier plan is told anew of the next one."""
    done_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    """When it was told how it was received, or that nobody wants to tell."""
    felt: Mapped[str | None]
    """Heard, important, surprised (`Felt`), with commas between; empty: none of these, null: nobody told."""
    emotion: Mapped[str | None]
    ambassador: Mapped[str | None]
    """A signal that the customer tells others."""
    was_asked: Mapped[bool | None]
    """Whether the customer had asked for something; else it was on our own initiative."""


class Budget(Base):
    """What somebody, or a team, has spent in one month, with what is planned. Whoever spends locks its row."""

    __tablename__ = "gesture_budgets"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    whose: Mapped[str] = mapped_column(primary_key=True)
    """Slack's id of a colleague or of a team's channel."""
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    spent: Mapped[Decimal] = mapped_column(Amount)


class Reception(Base):
    """How a gesture was received in a workspace: figures only."""

    __tablename__ = "gesture_receptions"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    gesture_id: Mapped[str] = mapped_column(primary_key=True)
    well: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    set_aside: Mapped[int] = mapped_column(default=0)


class SetAside(Base):
    """“Not this one”, said of a gesture for a customer."""

    __tablename__ = "gestures_set_aside"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    gesture_id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    on_day: Mapped[date]


class GestureLimits(Base):
    """What a workspace, or one team, decided about limits. Null: what is usual, or what the workspace decided."""

    __tablename__ = "gesture_limits"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    """A team's; empty for the whole workspace."""
    sector: Mapped[str | None]
    """Of the workspace only, and so the next two."""
    currency: Mapped[str | None]
    known_as: Mapped[str | None]
    """What customers call the organisation."""
    days_between: Mapped[int | None]
    """For customers with the usual wish; those who want less get the same number of times more as is usual."""
    days_after_case: Mapped[int | None]
    most_per_gesture: Mapped[Decimal | None] = mapped_column(Amount)
    colleague_decides: Mapped[Decimal | None] = mapped_column(Amount)
    colleague_a_month: Mapped[Decimal | None] = mapped_column(Amount)
    team_a_month: Mapped[Decimal | None] = mapped_column(Amount)
    gifts_a_year: Mapped[Decimal | None] = mapped_column(Amount)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
