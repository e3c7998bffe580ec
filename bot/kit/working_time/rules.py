"""May we push this person now? If not: when, and why not.

Everything is judged by *working day*: the local date on which a shift began. 01:00 on a night shift belongs to the
day before, so a night shift that begins on Christmas Eve goes on into Christmas, and one that begins at Christmas
is free to its end. Source: domain rules 6 and 7.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.kit.working_time import wall_clock
from bot.kit.working_time.wall_clock import DAY

UNANSWERED_IN_A_ROW = 5
"""After so many pushes without an answer we back off."""

BACK_OFF = timedelta(days=7)
"""From one push to the next, in working days, until there is an answer."""

HORIZON = timedelta(days=400)
"""How far ahead a moment is looked for."""

LONGEST_SHIFT = timedelta(hours=26)
"""24 hours, on a day that the clocks make longer, with room."""


class Kind(StrEnum):
    """Why somebody is away."""

    LEAVE = "leave"
    PAUSE = "pause"


class Wish(StrEnum):
    """Where somebody wants to be told what they did not ask for."""

    MESSAGES = "messages"
    """They may be pushed in their messages."""
    CHANNEL = "channel"
    """Only what stands in their team's channel."""
    NOTHING = "nothing"
    """Nothing: they are not even mentioned there."""


@dataclass(frozen=True)
class Hours:
    """When a person or a team works."""

    zone: ZoneInfo
    days: frozenset[int]
    """0 is Monday."""
    begins: time
    ends: time
    """Not later than `begins`: a night shift, that ends the next day. The same: 24 hours."""
    holiday_on: Callable[[date], str | None]
    """The name of the public holiday on which nobody works."""


def no_holidays(_day: date) -> None:
    return None


USUAL = Hours(ZoneInfo("UTC"), frozenset(range(5)), time(9), time(17), no_holidays)
"""Of whom we know nothing."""


@dataclass(frozen=True)
class Away:
    """Leave, or a pause: from the first to the last working day, both included."""

    kind: Kind
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Pushed:
    working_day: date
    at: datetime
    was_answered: bool


@dataclass(frozen=True)
class Reach:
    """All that is known about pushing one person."""

    hours: Hours
    absences: tuple[Away, ...] = ()
    do_not_disturb: tuple[datetime, datetime] | None = None
    """From, and until: at that moment it is over."""
    pushes: tuple[Pushed, ...] = ()
    """Newest first; at least the last five."""
    wish: Wish = Wish.MESSAGES


@dataclass(frozen=True)
class Unwanted:
    """They wish for no messages."""


@dataclass(frozen=True)
class OnLeave:
    until: date
    """The last day of it, as for a pause."""


@dataclass(frozen=True)
class Paused:
    until: date


@dataclass(frozen=True)
class DayOff:
    pass


@dataclass(frozen=True)
class Holiday:
    name: str


@dataclass(frozen=True)
class OutsideHours:
    pass


@dataclass(frozen=True)
class DoNotDisturb:
    until: datetime


@dataclass(frozen=True)
class BackingOff:
    last: date
    """The working day of the last push."""


@dataclass(frozen=True)
class HadOneToday:
    pass


Reason = Unwanted | OnLeave | Paused | DayOff | Holiday | OutsideHours | DoNotDisturb | BackingOff | HadOneToday


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    reason: Reason | None
    when: datetime | None
    """The first moment (UTC) at which the answer is yes if nothing else changes; None: not within `HORIZON`."""


def may_push(reach: Reach, now: datetime) -> Verdict:
    """Of several reasons the first in the order of `Reason` is told: the person's own word, then the calendar, then
    the clock, then our own restraint, and of each the one that lasts longest."""
    now = now.astimezone(UTC)
    if reach.wish is not Wish.MESSAGES:
        return Verdict(allowed=False, reason=Unwanted(), when=None)
    when = _first_moment(reach, now)
    if when == now:
        return Verdict(allowed=True, reason=None, when=now)
    return Verdict(allowed=False, reason=_reason(reach, now), when=when)


def working_day(hours: Hours, moment: datetime) -> date | None:
    """The day whose shift the moment belongs to; None outside working hours, on a day off and on a holiday."""
    day = _day_at_work(hours, moment.astimezone(UTC))
    return day if day is not None and _is_worked(hours, day) else None


def _first_moment(reach: Reach, now: datetime) -> datetime | None:
    hours = reach.hours
    pushed = {push.working_day for push in reach.pushes}
    day = _earliest_day(hours, now)
    horizon = now.date() + HORIZON
    if backed_off := _unanswered_since(reach):
        day = max(day, backed_off + BACK_OFF)
    while day <= horizon:
        if away := _away(reach, day):
            day = min(away.last_day, horizon)  # the last day may be the last there is
        elif day not in pushed and _is_worked(hours, day):
            begins, ends = _shift(hours.zone, hours.begins, hours.ends, day)
            moment = _undisturbed(reach, max(begins, now))
            if moment < ends:
                return moment
        day += DAY
    return None


def _reason(reach: Reach, now: datetime) -> Reason:
    """Why not now. Outside working hours it is the local date that may be free."""
    hours = reach.hours
    at_work = _day_at_work(hours, now)
    day = at_work or now.astimezone(hours.zone).date()
    if away := _away(reach, day):
        return OnLeave(away.last_day) if away.kind is Kind.LEAVE else Paused(away.last_day)
    if free := _why_free(hours, day):
        return free
    if at_work is None:
        return OutsideHours()
    if (until := _undisturbed(reach, now)) != now:
        return DoNotDisturb(until)
    backed_off = _unanswered_since(reach)
    if backed_off and day < backed_off + BACK_OFF:
        return BackingOff(backed_off)
    return HadOneToday()


def _away(reach: Reach, day: date) -> Away | None:
    """Leave before a pause, and of several the one that lasts longest."""
    if not reach.absences:
        return None
    covering = [away for away in reach.absences if away.first_day <= day <= away.last_day]
    return max(covering, key=lambda away: (away.kind is Kind.LEAVE, away.last_day), default=None)


def _undisturbed(reach: Reach, moment: datetime) -> datetime:
    """The moment itself, or the end of Do Not Disturb."""
    if reach.do_not_disturb is None:
        return moment
    begins, until = reach.do_not_disturb
    return until.astimezone(UTC) if begins <= moment < until else moment


def _unanswered_since(reach: Reach) -> date | None:
    """The working day of the last push, where we back off."""
    newest = reach.pushes[:UNANSWERED_IN_A_ROW]
    if len(newest) < UNANSWERED_IN_A_ROW or any(push.was_answered for push in newest):
        return None
    return newest[0].working_day


def _is_worked(hours: Hours, day: date) -> bool:
    return day.weekday() in hours.days and hours.holiday_on(day) is None


def _why_free(hours: Hours, day: date) -> DayOff | Holiday | None:
    if day.weekday() not in hours.days:
        return DayOff()
    name = hours.holiday_on(day)
    return Holiday(name) if name else None


def _day_at_work(hours: Hours, moment: datetime) -> date | None:
    """The day whose hours the moment falls in, whether it is worked or not."""
    for day in _days_around(hours, moment):
        begins, ends = _shift(hours.zone, hours.begins, hours.ends, day)
        if begins <= moment < ends:
            return day
    return None


def _days_around(hours: Hours, moment: datetime) -> Iterator[date]:
    """The days whose shift the moment can belong to."""
    day, today = _earliest_day(hours, moment), moment.astimezone(hours.zone).date()
    while day <= today:
        yield day
        day += DAY


def _earliest_day(hours: Hours, moment: datetime) -> date:
    return (moment - LONGEST_SHIFT).astimezone(hours.zone).date()


@lru_cache(maxsize=4096)
def _shift(zone: ZoneInfo, begins: time, ends: time, day: date) -> tuple[datetime, datetime]:
    """From and until, in UTC. It is over when the next begins, and can be empty where the clocks are moved.

    A date that was skipped whole has none: its times are those of the next.

    Of an hour that comes twice only what is inside by both its readings counts: no push is too early or too late.
    """
    tomorrow = day + DAY
    from_ = wall_clock.last(zone, day, begins)
    until = wall_clock.first(zone, day if begins < ends else tomorrow, ends)
    return from_, min(until, wall_clock.last(zone, tomorrow, begins))
