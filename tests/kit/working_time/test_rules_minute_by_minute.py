"""The rules against somebody who stands before the clock on the wall and looks once a minute."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.working_time import rules
from bot.kit.working_time.rules import Away, Hours, Kind, Pushed, Reach

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WEEKS = 3


class Wall:
    """Three weeks of a wall clock, read every minute."""

    def __init__(self, zone: str, begins: datetime) -> None:
        self.zone = ZoneInfo(zone)
        self.begins = begins
        minutes = range(WEEKS * 7 * 24 * 60)
        self.readings = [(begins + n * MINUTE).astimezone(self.zone).replace(tzinfo=None) for n in minutes]

    @cached_property
    def read_at(self) -> Mapping[datetime, list[int]]:
        """The minutes at which a reading is seen."""
        found: dict[datetime, list[int]] = {}
        for minute, reading in enumerate(self.readings):
            found.setdefault(reading, []).append(minute)
        return found

    @cached_property
    def dates(self) -> list[date]:
        """The dates that are seen whole or in part."""
        return sorted({reading.date() for reading in self.readings})

    def minutes_of(self, reading: datetime) -> list[int]:
        """When it is seen; where it is skipped, that much after the jump. None when that is not in these weeks."""
        if seen := self.read_at.get(reading):
            return seen
        after = bisect_left(self.readings, reading)  # only skipped readings come here: before them all is smaller
        if after in {0, len(self.readings)}:
            return []
        return [after + (reading - self.readings[after - 1] - MINUTE) // MINUTE]

    def working_days(self, hours: Hours) -> Iterator[date | None]:
        """Of each minute the day whose shift is going on."""
        beginnings: dict[int, tuple[date, int]] = {}
        for day in self.dates[1:-2]:
            from_ = self.minutes_of(datetime.combine(day, hours.begins))[-1]
            until = datetime.combine(day if hours.begins < hours.ends else day + DAY, hours.ends)
            beginnings[from_] = day, self.minutes_of(until)[0]
        day, end = date.min, 0
        for minute in range(len(self.readings)):
            day, end = beginnings.get(minute, (day, end))
            yield day if minute < end else None


@lru_cache
def wall(zone: str, around: date) -> Wall:
    return Wall(zone, datetime.combine(around - timedelta(days=7), time(), UTC))


def first_moment(wall: Wall, reach: Reach, holidays: Mapping[date, str], now: datetime) -> datetime | None:
    """The obvious way: look at every minute, and ask all there is to ask."""
    unanswered = 0
    for push in reach.pushes:
        if push.was_answered:
            break
        unanswered += 1
    for minute, day in enumerate(wall.working_days(reach.hours)):
        moment = wall.begins + minute * MINUTE
        if (
            moment >= now
            and day is not None
            and day.weekday() in reach.hours.days
            and day not in holidays
            and not any(away.first_day <= day <= away.last_day for away in reach.absences)
            and not (reach.do_not_disturb and reach.do_not_disturb[0] <= moment < reach.do_not_disturb[1])
            and day not in {push.working_day for push in reach.pushes}
            and (unanswered < 5 or (day - reach.pushes[0].working_day).days >= 7)
        ):
            return moment
    return None


WALLS = st.sampled_from(
    [
        ("Europe/Amsterdam", date(2026, 3, 29)),
        ("Europe/Amsterdam", date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Apia", date(2012, 4, 1)),
        ("Pacific/Apia", date(2012, 9, 30)),
        ("America/Nuuk", date(2026, 3, 28)),
        ("America/Nuuk", date(2026, 10, 24)),
        ("Asia/Kolkata", date(2026, 12, 31)),
        ("Europe/Amsterdam", date(2028, 2, 29)),
    ]
)
TIMES = st.builds(
    time,
    st.one_of(st.integers(0, 23), st.sampled_from([0, 1, 2, 3, 4, 22, 23])),
    st.sampled_from([0, 1, 10, 15, 30, 45, 50, 59]),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Wall, Reach, Mapping[date, str], datetime]:
    zone, around = draw(WALLS)
    near = st.integers(-3, 6).map(lambda days: around + timedelta(days=days))
    now = datetime.combine(around, time(), UTC) + draw(st.integers(-3 * 24 * 60, 5 * 24 * 60)) * MINUTE
    holidays = dict.fromkeys(draw(st.sets(near, max_size=3)), "a holiday")
    days = draw(st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6))))
    away = st.tuples(st.sampled_from(Kind), near, st.integers(0, 4)).map(
        lambda drawn: Away(drawn[0], drawn[1], drawn[1] + timedelta(days=drawn[2]))
    )
    disturbed_from = now + draw(st.integers(-1500, 1500)) * MINUTE
    do_not_disturb = (disturbed_from, disturbed_from + draw(st.integers(1, 3000)) * MINUTE)
    pushed_on = sorted(draw(st.sets(st.integers(-9, 2), max_size=7)), reverse=True)
    answers = draw(st.lists(st.sampled_from([False, False, False, True]), min_size=7, max_size=7))
    reach = Reach(
        Hours(ZoneInfo(zone), days, draw(TIMES), draw(TIMES), holidays.get),
        tuple(draw(st.lists(away, max_size=2))),
        draw(st.sampled_from([None, do_not_disturb])),
        tuple(Pushed(now.date() + timedelta(days=n), now, answers[place]) for place, n in enumerate(pushed_on)),
    )
    return wall(zone, around), reach, holidays, now


@settings(max_examples=120)
@given(cases())
def test_the_verdict_is_what_somebody_sees_who_looks_once_a_minute(
    case: tuple[Wall, Reach, Mapping[date, str], datetime],
) -> None:
    wall, reach, holidays, now = case
    seen = first_moment(wall, reach, holidays, now)
    verdict = rules.may_push(reach, now)
    assert verdict.allowed == (seen == now)
    assert (verdict.reason is None) == verdict.allowed
    if seen is None:
        assert verdict.when is None or verdict.when > wall.begins + (WEEKS * 7 - 4) * DAY
    else:
        assert verdict.when == seen


@settings(max_examples=100)
@given(cases())
def test_the_moment_that_is_told_is_a_moment_at_which_it_is_allowed(
    case: tuple[Wall, Reach, Mapping[date, str], datetime],
) -> None:
    _, reach, _, now = case
    when = rules.may_push(reach, now).when
    if when is not None:
        assert rules.may_push(reach, when) == rules.Verdict(allowed=True, reason=None, when=when)
        assert rules.working_day(reach.hours, when) is not None
        assert when == now or not rules.may_push(reach, when - timedelta(microseconds=1)).allowed


@settings(max_examples=30)
@given(cases())
def test_the_working_day_of_a_moment_is_what_somebody_sees_who_looks_once_a_minute(
    case: tuple[Wall, Reach, Mapping[date, str], datetime],
) -> None:
    wall, reach, holidays, _ = case
    for minute, day in enumerate(wall.working_days(reach.hours)):
        if minute % 45 == 0 and 4 * 1440 < minute < 15 * 1440:
            is_worked = day is not None and day.weekday() in reach.hours.days and day not in holidays
            assert rules.working_day(reach.hours, wall.begins + minute * MINUTE) == (day if is_worked else None)
