"""When an appointment comes: once on each of its dates, whatever the clocks do.

A time that the clocks skip comes that much later; one that comes twice, the first time. A date that was skipped
whole has none.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.kit.working_time import wall_clock
from bot.kit.working_time.wall_clock import DAY

FURTHEST = 15
"""Days: a week to the next date, one more when that date was skipped whole, and the day we begin at."""


class NeverComes(Exception):
    """An appointment on no day of the week."""


def next_moment(zone: ZoneInfo, days: Collection[int], at: time, after: datetime) -> datetime:
    """The first one after this moment, in UTC. Raises NeverComes."""
    # From yesterday on: what the clocks skip at the end of a day comes after midnight.
    for day in _dates(zone, days, after.astimezone(zone).date() - DAY, DAY):
        if (moment := wall_clock.first(zone, day, at)) > after:
            return moment
    raise NeverComes


def latest_date(zone: ZoneInfo, days: Collection[int], at: time, now: datetime) -> date:
    """The local date of the last one up to and with now. Raises NeverComes."""
    # From tomorrow on: where the clocks are set back over midnight, its first minutes have been.
    for day in _dates(zone, days, now.astimezone(zone).date() + DAY, -DAY):
        if wall_clock.first(zone, day, at) <= now:
            return day
    raise NeverComes


def in_another_zone(old: ZoneInfo, new: ZoneInfo, days: Collection[int], at: time, next_at: datetime) -> datetime:
    """When the one that was to come at `next_at` comes after a move: on the same date, at the same local time.

    So what was had today does not come again after a move west, and what was still to come today is due at once when
    a move east has put the time behind us.
    """
    day = latest_date(old, days, at, next_at)
    if wall_clock.was_skipped(new, day):
        return next_moment(new, days, at, wall_clock.first(new, day, at))
    return wall_clock.first(new, day, at)


def _dates(zone: ZoneInfo, days: Collection[int], day: date, step: timedelta) -> Iterator[date]:
    for _ in range(FURTHEST):
        if day.weekday() in days and not wall_clock.was_skipped(zone, day):
            yield day
        day += step
