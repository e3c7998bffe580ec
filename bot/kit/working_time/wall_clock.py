"""At which moment the clock on somebody's wall reads what.

Clocks are moved. A time that they skip counts as that much later as they were moved: where 02:00 becomes 03:00,
02:30 is when they read 03:30. A time that comes twice has a first and a last moment. And a date can be skipped
whole, as 30 December 2011 was on Samoa: it is nobody's day.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)


class UnknownZone(Exception):
    """There is no time zone of this name."""


@lru_cache(maxsize=1024)  # zoneinfo itself keeps no more than eight, and reads the others from disk each time
def zone_named(name: str) -> ZoneInfo:
    """`Europe/Amsterdam`, as Slack spells it too. Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that is a path, or a folder of zones
        raise UnknownZone(name) from None


def zone_or_none(name: str | None) -> ZoneInfo | None:
    """None for a zone that nobody told, or that nobody knows any longer."""
    try:
        return zone_named(name) if name is not None else None
    except UnknownZone:
        return None


def zone_or_utc(name: str | None) -> ZoneInfo:
    """Of somebody whose zone nobody knows: UTC."""
    return zone_or_none(name) or zone_named("UTC")


def first(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first moment, in UTC, at which the clock reads this."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def last(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The last moment, in UTC, at which the clock reads this."""
    # Where a time is skipped it is the other way around: fold 1 is the earlier.
    return max(first(zone, day, at), first(zone, day, at.replace(fold=1)))


def was_skipped(zone: ZoneInfo, day: date) -> bool:
    """Whether the clocks went past the whole date."""
    return first(zone, day, time(12)).astimezone(zone).date() != day


def as_digits(days: Collection[int]) -> str:
    """Days of the week as they are kept: Monday to Friday is `01234`."""
    return "".join(map(str, sorted(set(days))))


def from_digits(digits: str) -> frozenset[int]:
    return frozenset(map(int, digits))
