"""What a case is, and the steps of a good recovery."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from bot.kit.outbox.rules import NoticeData

T = TypeVar("T")

LONGEST_WHAT = 300
"""Characters. What happened, or what was promised, in one line; the story is for the customer to tell."""

LISTED = 5
"""In a list that stands among others."""

LISTED_ALONE = 40
"""In a list of its own."""

SLIP = timedelta(minutes=15)
"""In which can be undone what was noted by mistake."""


class Cause(StrEnum):
    """Where a case comes from."""

    BY_HAND = "by_hand"
    BROKEN_PROMISE = "broken_promise"


class Step(StrEnum):
    """Of a good recovery, in the order in which they are done. Source: 001, principles 3 and 8."""

    QUICK = "quick"
    OPEN = "open"
    MADE_TO_MEASURE = "made_to_measure"
    TOLD_NEXT = "told_next"


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a customer, for who wants to do something for them."""

    has_open: bool = False
    has_broken_promise: bool = False
    """An open case came of one."""
    put_right_on: date | None = None
    """The day on which the customer said that the last case was put right."""


@dataclass(frozen=True, kw_only=True)
class CaseSeen:
    """A case, as who may see the customer's card sees it."""

    id: int
    customer_id: int
    customer: str
    what: str
    cause: Cause
    handled_by: str
    contact_id: str
    """Of the customer."""
    opened_by: str
    opened_at: datetime
    done: frozenset[Step]
    closed_by: str | None
    closed_at: datetime | None
    closed_on: date | None
    promise_id: int | None
    """Of the broken promise that it came of."""

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_begun(self) -> bool:
        """Somebody is putting it right."""
        return self.is_open and bool(self.done)

    def may_take_back(self, by: str, now: datetime) -> bool:
        """They noted it just now, and nobody has begun to put it right."""
        return self.is_open and not self.done and self.opened_by == by and now - self.opened_at <= SLIP

    def may_reopen(self, by: str, now: datetime) -> bool:
        """They closed it just now."""
        return self.closed_at is not None and self.closed_by == by and now - self.closed_at <= SLIP

    @property
    def concerned(self) -> frozenset[str]:
        """Who has it in their list of what to do."""
        return frozenset({self.handled_by, self.contact_id})


@dataclass(frozen=True)
class FirstOf(Generic[T]):
    """The first few of a list, and how many there are in all."""

    shown: Sequence[T]
    in_all: int

    @property
    def more(self) -> int:
        return self.in_all - len(self.shown)


class Mistake(StrEnum):
    """What is wrong with what was written."""

    NOTHING_WRITTEN = "nothing_written"
    TOO_LONG = "too_long"


class GivenData(NoticeData):
    """A colleague hands a case over."""

    case_id: int
    customer: str
    what: str
    by: str


def one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def mistakes(what: str) -> list[Mistake]:
    """Of one line."""
    if not any(sign.isalnum() for sign in what):
        return [Mistake.NOTHING_WRITTEN]
    return [Mistake.TOO_LONG] if len(what) > LONGEST_WHAT else []


def standing(rows: Iterable[tuple[str, date | None]]) -> Standing:
    """Of all cases of one customer: the cause of each, and the day on which it was closed."""
    cases = [(Cause(cause), closed_on) for cause, closed_on in rows]
    is_open = {cause for cause, closed_on in cases if closed_on is None}
    return Standing(
        has_open=bool(is_open),
        has_broken_promise=Cause.BROKEN_PROMISE in is_open,
        put_right_on=max((closed_on for _cause, closed_on in cases if closed_on is not None), default=None),
    )


def as_kept(steps: Collection[Step]) -> str:
    return ",".join(step for step in Step if step in steps)


def as_steps(kept: str) -> frozenset[Step]:
    return frozenset(Step(name) for name in kept.split(",") if name)


def still_to_do(done: Collection[Step]) -> Sequence[Step]:
    return [step for step in Step if step not in done]
