"""Whether a promise can be met, and when its colleague hears of it: all by their own working hours.

Without an hour a promise is due at the end of that day's work. It is reminded of while there is time to do it, asked
about when it should have been done, and given up when nobody answered for one working day more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.kit.dates import Meant
from bot.kit.working_time import wall_clock
from bot.kit.working_time.rules import Away, Hours
from bot.kit.working_time.wall_clock import DAY
from bot.promises.rules import Due

LEAD = timedelta(hours=2)
"""From the reminder to the moment at which it is due, where that is the same day."""

AFTER_PROMISING = timedelta(minutes=15)
"""Nobody is reminded sooner of what they have only just said."""

INTO_THE_DAY = timedelta(hours=1)
"""A working day begins with what is there; then there is room for promises."""

TIME_NEEDED = timedelta(hours=1)
"""Of work that is left today: with less, “today” gets a question back."""

GRACE = timedelta(hours=1)
"""From the moment at which it is due to the question whether it is done."""

WEEK = timedelta(days=7)

HORIZON = 400
"""Days in which a working day is looked for: no leave is longer."""

LONGEST_AHEAD = timedelta(days=365)
"""Nobody sees further what they will be able to do."""

AWAY = "away"
"""Why somebody does not work on a day of leave, or of a pause."""


class Doubt(StrEnum):
    """Why a promise may be hard to keep."""

    PAST = "past"
    DAY_OFF = "day_off"
    """Or a public holiday."""
    AWAY = "away"
    """On leave, or having a pause."""
    TOO_FAR = "too_far"
    OUTSIDE_HOURS = "outside_hours"
    HARDLY_ANY_TIME = "hardly_any_time"
    """Today, and there is less than an hour's work left."""


@dataclass(frozen=True)
class Question:
    """What is asked back, with a day that would do; no hour, because nobody said one."""

    doubt: Doubt
    instead: Due
    until: time | None = None
    """When work ends on that day, where it is today."""

    @property
    def may_insist(self) -> bool:
        return self.doubt not in {Doubt.PAST, Doubt.TOO_FAR}


def but_for(hours: Hours, absences: Iterable[Away]) -> Hours:
    """These hours, without the days on which they are away."""
    away = [(one.first_day, one.last_day) for one in absences]

    def why_not(day: date) -> str | None:
        return AWAY if any(first <= day <= last for first, last in away) else hours.holiday_on(day)

    return replace(hours, holiday_on=why_not)


def is_away(hours: Hours, moment: datetime) -> bool:
    """Whether that is a day on which they are away. `hours`: those of `but_for`."""
    return hours.holiday_on(_today(hours, moment)) == AWAY


def question(hours: Hours, now: datetime, due: Due) -> Question | None:
    """None: nothing speaks against it. `hours`: without the days on which they are away."""
    doubt = _doubt(hours, now, due)
    if doubt is None:
        return None
    after = now
    if doubt is Doubt.TOO_FAR:
        after = now + LONGEST_AHEAD - WEEK
    elif doubt is not Doubt.PAST:
        after = max(now, _shift(hours, due.on)[0])
    instead = _with_time_for_it(hours, after)
    until = hours.ends if instead == _today(hours, now) else None
    return Question(doubt, Due(instead), until)


def last_worked(hours: Hours, first: date, last: date) -> date | None:
    """The last of these days on which they work; None: they work on none. `hours`: without the days on which they are
    away.
    """
    days = (last - n * DAY for n in range(min((last - first).days + 1, HORIZON)))
    return next((day for day in days if _is_worked(hours, day)), None)


def due_of(hours: Hours, now: datetime, meant: Meant) -> Due | None:
    """By when, as somebody said it. “Next week” is until its last working day, and “next year” no day yet; an hour that
    they did not say, that of “tonight”, holds where they are at work then.
    """
    day = meant.day
    if meant.latest is not None:
        if meant.latest > now.date() + LONGEST_AHEAD:
            return None
        is_ahead = meant.latest >= meant.day and not meant.included
        first, if_none = (meant.day, meant.day) if is_ahead else (now.date(), meant.latest)
        day = last_worked(hours, first, meant.latest) or if_none
    if meant.at is None or (meant.is_hour_of_a_part and not _is_at_work(hours, due_at(hours, Due(day, meant.at), now))):
        return Due(day)
    return Due(day, meant.at)


def _doubt(hours: Hours, now: datetime, due: Due) -> Doubt | None:
    today = _today(hours, now)
    if due.on > today + LONGEST_AHEAD:
        return Doubt.TOO_FAR
    if due.on < today or (by := due_at(hours, due, now)) <= now:
        return Doubt.PAST
    if due.at is not None and _is_at_work(hours, by):
        return None
    if not _is_worked(hours, due.on):
        return Doubt.AWAY if hours.holiday_on(due.on) == AWAY else Doubt.DAY_OFF
    if due.at is not None:
        return Doubt.OUTSIDE_HOURS
    _begins, ends = _shift(hours, due.on)
    return Doubt.HARDLY_ANY_TIME if ends - now < TIME_NEEDED else None


def due_at(hours: Hours, due: Due, now: datetime) -> datetime:
    """The moment by which it is to be done. Whoever insists on today, when work is over, has until midnight."""
    if due.at is not None:
        return wall_clock.first(hours.zone, due.on, due.at)
    _begins, ends = _shift(hours, due.on)
    return ends if ends - now >= TIME_NEEDED else wall_clock.first(hours.zone, due.on + DAY, time(0))


def remind_at(hours: Hours, now: datetime, due: Due) -> datetime | None:
    """Before it is due, with time to do it; None: it is due so soon that only the question is left."""
    by, soonest = due_at(hours, due, now), now + AFTER_PROMISING
    if due.on == _today(hours, now):
        moment = max(by - LEAD, soonest)
        return moment if moment < by else None
    return next((moment for moment in _good_moments(hours, due.on, by, soonest) if soonest <= moment < by), None)


def ask_at(hours: Hours, due: datetime) -> datetime:
    """While they are at work, when it should have been done."""
    return at_work(hours, due + GRACE)


def at_work(hours: Hours, moment: datetime) -> datetime:
    """This moment, or the beginning of the next working day."""
    for begins, ends in _shifts_from(hours, _today(hours, moment) - DAY):
        if moment < ends:
            return max(begins, moment)
    return moment


def gives_up_at(hours: Hours, asked: datetime) -> datetime:
    """The end of the first working day of which hardly anything was over when they were asked."""
    for begins, ends in _shifts_from(hours, _today(hours, asked)):
        if begins >= asked - INTO_THE_DAY:
            return ends
    return asked + DAY


def _good_moments(hours: Hours, on: date, by: datetime, soonest: datetime) -> Iterator[datetime]:
    """To be reminded of what is due on a later day, the best first."""
    begins, _ends = _shift(hours, on)
    is_worked = _is_worked(hours, on)
    if is_worked and begins + INTO_THE_DAY <= by - LEAD:
        yield begins + INTO_THE_DAY
    day_before = _working_day_before(hours, on)
    if day_before is None:
        yield by - LEAD
        return
    begins_before, ends_before = _shift(hours, day_before)
    yield begins_before + INTO_THE_DAY
    yield ends_before - LEAD
    yield begins if is_worked else by - LEAD
    if soonest < ends_before:
        yield soonest


def _working_day_before(hours: Hours, on: date) -> date | None:
    return next((day for n in range(1, HORIZON) if _is_worked(hours, day := on - n * DAY)), None)


def _with_time_for_it(hours: Hours, after: datetime) -> date:
    """The first day on which there is time left to do something."""
    days = (
        begins.astimezone(hours.zone).date()
        for begins, ends in _shifts_from(hours, _today(hours, after))
        if ends - after >= TIME_NEEDED
    )
    return next(days, _today(hours, after) + DAY)


def _is_at_work(hours: Hours, moment: datetime) -> bool:
    """The very end of the day is still of it: “by five”."""
    days = (_today(hours, moment) - DAY, _today(hours, moment))
    shifts = (_shift(hours, day) for day in days if _is_worked(hours, day))
    return any(begins <= moment <= ends for begins, ends in shifts)


def _shifts_from(hours: Hours, day: date) -> Iterator[tuple[datetime, datetime]]:
    days = (day + n * DAY for n in range(HORIZON))
    return (_shift(hours, day) for day in days if _is_worked(hours, day))


def _shift(hours: Hours, day: date) -> tuple[datetime, datetime]:
    ends_on = day if hours.begins < hours.ends else day + DAY
    return wall_clock.first(hours.zone, day, hours.begins), wall_clock.first(hours.zone, ends_on, hours.ends)


def _is_worked(hours: Hours, day: date) -> bool:
    return day.weekday() in hours.days and hours.holiday_on(day) is None


def _today(hours: Hours, moment: datetime) -> date:
    return moment.astimezone(hours.zone).date()
