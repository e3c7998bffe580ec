"""The course of a gesture: asked for, planned, done, and how it was received; and when its colleague hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.gestures.gesture import Currency
from bot.gestures.rules import ALLOWED, Reason, Verdict
from bot.kit.outbox.rules import NoticeData
from bot.kit.working_time import wall_clock
from bot.kit.working_time.rules import Hours, Reach, may_push, working_day
from bot.kit.working_time.wall_clock import DAY
from bot.trade import Occasion

ASKED, ANSWERED = "gestures.asked", "gestures.answered"
REMINDER, RECEPTION = "gestures.reminder", "gestures.reception"
"""Kinds of notices: `Request`, `AnsweredData`, `ReminderData` and `ReceptionData`."""


class Reminder(StrEnum):
    """Which reminder of what was planned it is."""

    ITS_DAY = "reminder"
    AGAIN = "again"
    """Its day has passed, and nobody said what came of it."""
    HELD = "held"
    """It has to wait."""


def reminder_key(given_id: int, which: Reminder, plans: int) -> str:
    """Of the notice: planned anew, also for the same day, it is told again."""
    return f"gesture:{given_id}:{which}:{plans}"


FARTHEST_AHEAD = 366
"""Days. Nobody plans a birthday card for the year after next."""

TO_DO_IT = timedelta(hours=1)
"""How long before the end of their working day somebody is reminded of what they are to do that day."""

NOT_AT_ONCE = timedelta(minutes=15)
"""Who is reminded sooner has only just said it."""

WORKING_DAYS_BY_POST = 3
"""After these a customer has what was posted."""

WORKING_DAYS_TO_ANSWER = 3
"""After these a request that nobody answered is over, and nobody waits any longer for a word of what was planned."""


class State(StrEnum):
    """How far it is."""

    ASKED = "asked"
    """A lead has to say yes or no."""
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    """No lead said anything."""
    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"
    """The colleague will not do it after all."""


UNDER_WAY = frozenset({State.ASKED, State.PLANNED, State.DONE})
"""What is not suggested to the same customer once more."""

COUNTS = frozenset({State.PLANNED, State.DONE})
"""What takes of the customer's space, and of the budgets."""


class Felt(StrEnum):
    """What the customer felt. Source: 000, “heard, important, surprised”."""

    HEARD = "heard"
    IMPORTANT = "important"
    SURPRISED = "surprised"


class Emotion(StrEnum):
    """What the colleague saw. Source: 004."""

    JOY = "joy"
    SURPRISE = "surprise"
    SADNESS = "sadness"
    DISAPPOINTMENT = "disappointment"
    ANGER = "anger"


class Ambassador(StrEnum):
    """A signal that the customer tells others. Source: 000."""

    COMPLIMENT = "compliment"
    REVIEW = "review"
    TOLD_A_FRIEND = "told_a_friend"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the diary, as its own colleague sees it."""

    id: int
    customer_id: int
    customer: str
    gesture_id: str
    """Of the catalogue, in which it may be no more."""
    occasion: Occasion
    words: str
    cost: Decimal
    state: State
    on_day: date
    tell_at: datetime | None
    """When its colleague hears of it next: a reminder, or the question how it was received."""
    reminds: bool
    """Whether they wanted a reminder on its day."""
    asked_of: tuple[str, ...]
    """The leads who were asked for a yes."""
    answered_by: str | None
    """The one who said yes or no."""
    was_received: bool
    """Whether it was told how it was received, or that nobody wants to tell."""


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """A gesture as it stands on the customer's card: who gave it is told to nobody else."""

    gesture_id: str
    occasion: Occasion
    state: State
    """Planned or done."""
    on_day: date
    is_own: bool


class Request(NoticeData):
    """A gesture above what a colleague decides, as a lead sees it.

    As a notice (`ASKED`): to each lead. When it is answered, withdrawn or over, the same message says so.
    """

    given_id: int
    gesture_id: str
    occasion: Occasion
    occasion_on: date | None = None
    """The day that it falls on. None: it has none, or this lead does not serve the customer."""
    cost: Decimal
    currency: Currency
    on_day: date
    colleague_id: str
    channel_id: str | None
    """The team of whose budget it goes."""
    above: Decimal | None = None
    """What a colleague decides alone, where this costs more."""
    team_left: Decimal | None
    """What that has left in the month of the gesture; None: there is no team."""
    customer: str | None
    """None: this lead does not serve the customer."""
    words: str | None
    """Likewise."""
    state: State
    answered_by: str | None = None
    zone: str | None = None
    """Where the lead is, to say “today” and “tomorrow” as they do; so below."""


class AnsweredData(NoticeData):
    """To who asked (`ANSWERED`): planned after a yes, declined, or unanswered; to who asked or planned: let go."""

    given_id: int
    gesture_id: str
    customer: str | None
    """None: they serve them no more."""
    customer_id: int | None = None
    """Likewise."""
    on_day: date
    words: str
    state: State
    answered_by: str | None
    why: str | None = None
    """What the lead said to a no."""
    reminds: bool = False
    """Whether they hear of it again on that day."""
    remind_at: datetime | None = None
    """When they do."""
    is_stopped: bool = False
    """An administrator had stopped all reminders when it was told."""
    zone: str | None = None


class ReminderData(NoticeData):
    """To who planned it (`REMINDER`)."""

    given_id: int
    gesture_id: str
    customer_id: int
    customer: str
    occasion: Occasion
    on_day: date
    """That day, a day off that comes, or a day that has passed because they were away."""
    words: str
    which: Reminder = Reminder.ITS_DAY
    held_by: Reason | None = None
    """It has to wait: consent is withdrawn, or something went wrong for the customer."""
    until: date | None = None
    """The first day on which it may; None: until that is put right."""
    zone: str | None = None


class ReceptionData(NoticeData):
    """How was it received? To who did it (`RECEPTION`), once."""

    given_id: int
    gesture_id: str
    customer: str
    on_day: date


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What came of what somebody wanted to do."""

    verdict: Verdict = ALLOWED
    line: Line | None = None
    """How it stands now. None: it was refused, and nothing of it is kept."""
    is_new: bool = True
    """Whether this very click did it; else it was so already."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came of a lead's answer."""

    request: Request
    """How it stands now, also where somebody else was first or the colleague withdrew it."""
    verdict: Verdict = ALLOWED
    """A yes that may not be: nothing has changed, and the request stays open."""
    is_new: bool = True


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A customer who has had something of our own accord lately, or is about to."""

    chosen_for: Mapping[Occasion, tuple[State, date]]
    """What was planned or done for which occasion, and for which day."""
    last_on: date
    until: date
    """The first day on which there is space again."""


@dataclass(frozen=True, kw_only=True)
class Purse:
    """A budget of one month."""

    spent: Decimal
    """With what is planned."""
    limit: Decimal
    currency: Currency


@dataclass(frozen=True, kw_only=True)
class Month:
    """What was done in one month, in the whole workspace: sums over at least five colleagues."""

    first_day: date
    gestures: int
    customers: int
    spent: Decimal
    currency: Currency
    without_cost: int
    told: int | None
    """How often it was told how a gesture was received; None, as the three below: by fewer than five colleagues."""
    felt: dict[Felt, int] | None
    ambassadors: int | None


# --- when somebody is told -----------------------------------------------------------------------------


def reminder_at(hours: Hours, on_day: date, now: datetime) -> datetime:
    """When a colleague is reminded of what they are to do on that day.

    As that working day begins; on a day off, as the last working day before it does. Of today an hour before they go
    home. What is too late for that comes when they are at work next.
    """
    today = now.astimezone(hours.zone).date()
    for day in (on_day - n * DAY for n in range((on_day - today).days)):
        if begins := _begins(hours, day):
            return begins
    if on_day == today and working_day(hours, now) == today:
        ends = wall_clock.first(hours.zone, today if hours.begins < hours.ends else today + DAY, hours.ends)
        at = max(ends - TO_DO_IT, now + NOT_AT_ONCE)
        return at if at < ends else _next_beginning(hours, today)
    return may_push(Reach(hours), now + NOT_AT_ONCE).when or now + DAY


def reception_at(
    hours: Hours, done_at: datetime, *, falls_on: date | None = None, goes_by_post: bool = False
) -> datetime:
    """As the working day after begins: by then most customers have said something. `falls_on`: the day of what is going
    on, on which they get to it where that is still to come; else what is posted has to reach them.
    """
    today = done_at.astimezone(hours.zone).date()
    if falls_on and falls_on > today:
        return _next_beginning(hours, falls_on)
    return _beginning_after(hours, today, WORKING_DAYS_BY_POST if goes_by_post else 1)


def over_at(hours: Hours, asked_at: datetime) -> datetime:
    """When a request that nobody answered is over. `hours`: those of the team, or else of who asked."""
    return ask_again_at(hours, asked_at.astimezone(hours.zone).date())


def ask_again_at(hours: Hours, on_day: date) -> datetime:
    """When it is enough of waiting for a word of what was to be done, or answered, on that day."""
    return _beginning_after(hours, on_day, WORKING_DAYS_TO_ANSWER)


def day_over(hours: Hours, on_day: date) -> datetime:
    """From here on it is no news any more what was to be done on that day."""
    return wall_clock.first(hours.zone, on_day + DAY, time(0))


def look_again_at(hours: Hours, now: datetime, until: date | None) -> datetime:
    """When it is looked next whether a gesture that has to wait may be given. `until`: as in its verdict."""
    today = now.astimezone(hours.zone).date()
    return _next_beginning(hours, max(today, until - DAY) if until else today)


def _begins(hours: Hours, day: date) -> datetime | None:
    """None on a day off."""
    begins = wall_clock.last(hours.zone, day, hours.begins)
    return begins if working_day(hours, begins) == day else None


def _beginning_after(hours: Hours, day: date, working_days: int) -> datetime:
    at = _next_beginning(hours, day)
    for _working_day in range(1, working_days):
        at = _next_beginning(hours, at.astimezone(hours.zone).date())
    return at


def _next_beginning(hours: Hours, day: date) -> datetime:
    """Of the first working day after that one; of whoever never works, the next day."""
    following = (_begins(hours, day + n * DAY) for n in range(1, FARTHEST_AHEAD))
    return next((begins for begins in following if begins), wall_clock.last(hours.zone, day + DAY, hours.begins))
