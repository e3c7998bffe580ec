"""When an appointment comes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.appointments import rules
from bot.kit.appointments.rules import NeverComes
from bot.kit.working_time import wall_clock

EVERY_DAY, MONDAYS = frozenset(range(7)), frozenset({0})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "days", "at", "after", "expected"),
    [
        ("Europe/Amsterdam", EVERY_DAY, "09:00", "2026-11-20 07:59", "2026-11-20 08:00"),
        ("Europe/Amsterdam", EVERY_DAY, "09:00", "2026-11-20 08:00", "2026-11-21 08:00"),
        ("Europe/Amsterdam", MONDAYS, "10:00", "2026-11-20 09:00", "2026-11-23 09:00"),
        ("Europe/Amsterdam", EVERY_DAY, "00:00", "2026-12-31 12:00", "2026-12-31 23:00"),
        ("Europe/Amsterdam", frozenset({1}), "09:00", "2028-02-28 09:00", "2028-02-29 08:00"),
        ("Europe/Amsterdam", EVERY_DAY, "02:30", "2026-03-28 12:00", "2026-03-29 01:30"),
        ("Europe/Amsterdam", EVERY_DAY, "02:30", "2026-10-24 12:00", "2026-10-25 00:30"),
        ("Europe/Amsterdam", EVERY_DAY, "02:30", "2026-10-25 00:30", "2026-10-26 01:30"),
        ("Europe/Amsterdam", EVERY_DAY, "09:00", "2026-03-28 08:00", "2026-03-29 07:00"),
        ("America/New_York", EVERY_DAY, "02:30", "2026-03-07 12:00", "2026-03-08 07:30"),
        ("America/New_York", EVERY_DAY, "01:30", "2026-10-31 12:00", "2026-11-01 05:30"),
        ("America/New_York", EVERY_DAY, "01:30", "2026-11-01 05:30", "2026-11-02 06:30"),
        ("Australia/Lord_Howe", EVERY_DAY, "02:15", "2026-10-03 00:00", "2026-10-03 15:45"),
        ("Australia/Lord_Howe", EVERY_DAY, "01:45", "2026-04-04 00:00", "2026-04-04 14:45"),
        ("Pacific/Apia", EVERY_DAY, "09:00", "2011-12-29 19:00", "2011-12-30 19:00"),
        ("Pacific/Apia", frozenset({4}), "09:00", "2011-12-29 19:00", "2012-01-05 19:00"),
        ("America/Nuuk", EVERY_DAY, "23:30", "2026-03-29 01:00", "2026-03-29 01:30"),
    ],
)
def test_it_comes_at_its_local_time(zone: str, days: frozenset[int], at: str, after: str, expected: str) -> None:
    assert rules.next_moment(ZoneInfo(zone), days, time.fromisoformat(at), utc(after)) == utc(expected)


@pytest.mark.parametrize(
    ("zone", "days", "at", "now", "expected"),
    [
        ("Europe/Amsterdam", EVERY_DAY, "09:00", "2026-11-20 07:59", date(2026, 11, 19)),
        ("Europe/Amsterdam", EVERY_DAY, "09:00", "2026-11-20 08:00", date(2026, 11, 20)),
        ("Europe/Amsterdam", MONDAYS, "10:00", "2026-11-20 09:00", date(2026, 11, 16)),
        ("Pacific/Apia", EVERY_DAY, "09:00", "2011-12-30 18:59", date(2011, 12, 29)),
        ("America/Nuuk", EVERY_DAY, "23:30", "2026-03-29 01:29", date(2026, 3, 27)),
        ("America/Nuuk", EVERY_DAY, "23:30", "2026-03-29 01:30", date(2026, 3, 28)),
        ("America/St_Johns", EVERY_DAY, "00:00", "2010-11-07 02:45", date(2010, 11, 7)),
    ],
)
def test_the_latest_is_the_last_that_has_come(
    zone: str, days: frozenset[int], at: str, now: str, expected: date
) -> None:
    assert rules.latest_date(ZoneInfo(zone), days, time.fromisoformat(at), utc(now)) == expected


def test_on_no_day_it_never_comes() -> None:
    with pytest.raises(NeverComes):
        rules.next_moment(ZoneInfo("UTC"), (), time(9), utc("2026-11-20"))
    with pytest.raises(NeverComes):
        rules.latest_date(ZoneInfo("UTC"), (), time(9), utc("2026-11-20"))


@pytest.mark.parametrize(
    ("old", "new", "next_at", "expected"),
    [
        pytest.param("Europe/Amsterdam", "Europe/Amsterdam", "2026-11-20 08:00", "2026-11-20 08:00", id="nowhere"),
        pytest.param("Europe/Amsterdam", "America/New_York", "2026-11-20 08:00", "2026-11-20 14:00", id="west"),
        pytest.param("Europe/Amsterdam", "Asia/Tokyo", "2026-11-20 08:00", "2026-11-20 00:00", id="east"),
        pytest.param(
            "Pacific/Auckland", "Pacific/Honolulu", "2026-11-19 20:00", "2026-11-20 19:00", id="over the line"
        ),
        pytest.param("UTC", "Pacific/Apia", "2011-12-30 09:00", "2011-12-31 19:00", id="to where the date was skipped"),
        pytest.param("America/Nuuk", "UTC", "2026-03-29 10:00", "2026-03-29 09:00", id="from a summer's day"),
    ],
)
def test_after_a_move_the_next_comes_on_the_same_date_at_the_same_local_time(
    old: str, new: str, next_at: str, expected: str
) -> None:
    moved = rules.in_another_zone(ZoneInfo(old), ZoneInfo(new), EVERY_DAY, time(9), utc(next_at))
    assert moved == utc(expected)


ZONES = st.sampled_from(
    ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Nuuk", "Pacific/Apia"]
).map(ZoneInfo)
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
TIMES = st.one_of(st.times(), st.builds(time, st.sampled_from([0, 1, 2, 3, 22, 23]), st.integers(0, 59)))
BEGINS = st.one_of(
    st.dates(date(2011, 1, 1), date(2030, 1, 1)),
    st.sampled_from([date(2011, 12, 20), date(2026, 3, 1), date(2026, 3, 25), date(2026, 10, 1), date(2026, 10, 20)]),
)


@given(ZONES, DAYS, TIMES, BEGINS)
def test_there_is_one_for_each_local_date_and_one_after_the_other(
    zone: ZoneInfo, days: frozenset[int], at: time, begins: date
) -> None:
    moment = begun = wall_clock.first(zone, begins, time(0)) - timedelta(hours=3)
    end = begun + timedelta(days=21)
    seen: list[date] = []
    while (following := rules.next_moment(zone, days, at, moment)) < end:
        assert following > moment
        moment = following
        seen.append(rules.latest_date(zone, days, at, moment))
        assert wall_clock.first(zone, seen[-1], at) == moment
        assert rules.latest_date(zone, days, at, moment - timedelta(microseconds=1)) < seen[-1]
    expected = [
        day
        for day in (begins + timedelta(days=n) for n in range(-2, 24))
        if day.weekday() in days
        and (zone.key, day) != ("Pacific/Apia", date(2011, 12, 30))
        and begun < datetime.combine(day, at, zone).astimezone(UTC) < end
    ]
    assert seen == expected
