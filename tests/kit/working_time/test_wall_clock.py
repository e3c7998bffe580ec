"""At which moment the clock on the wall reads what."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.kit.working_time import wall_clock
from bot.kit.working_time.wall_clock import UnknownZone

AMSTERDAM, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"))
APIA, NUUK = map(ZoneInfo, ("Pacific/Apia", "America/Nuuk"))


@pytest.mark.parametrize(
    ("zone", "day", "at", "first", "last"),
    [
        pytest.param(AMSTERDAM, date(2026, 11, 20), time(9), "2026-11-20 08:00", "2026-11-20 08:00", id="once"),
        pytest.param(AMSTERDAM, date(2026, 3, 29), time(2, 30), "2026-03-29 01:30", "2026-03-29 01:30", id="skipped"),
        pytest.param(AMSTERDAM, date(2026, 10, 25), time(2, 30), "2026-10-25 00:30", "2026-10-25 01:30", id="twice"),
        pytest.param(NEW_YORK, date(2026, 3, 8), time(2, 30), "2026-03-08 07:30", "2026-03-08 07:30", id="skipped"),
        pytest.param(NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01 05:30", "2026-11-01 06:30", id="twice"),
        pytest.param(
            LORD_HOWE,
            date(2026, 10, 4),
            time(2, 15),
            "2026-10-03 15:45",
            "2026-10-03 15:45",
            id="skipped by half an hour",
        ),
        pytest.param(
            LORD_HOWE,
            date(2026, 4, 5),
            time(1, 45),
            "2026-04-04 14:45",
            "2026-04-04 15:15",
            id="twice, half an hour apart",
        ),
        pytest.param(
            NUUK, date(2026, 3, 28), time(23, 30), "2026-03-29 01:30", "2026-03-29 01:30", id="skipped over midnight"
        ),
    ],
)
def test_a_time_that_is_skipped_comes_later_and_one_that_comes_twice_has_a_first_and_a_last_moment(
    zone: ZoneInfo, day: date, at: time, first: str, last: str
) -> None:
    assert wall_clock.first(zone, day, at) == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert wall_clock.last(zone, day, at) == datetime.fromisoformat(last).replace(tzinfo=UTC)


def test_a_date_can_be_skipped_whole() -> None:
    days = [date(2011, 12, day) for day in (29, 30, 31)]
    assert [wall_clock.was_skipped(APIA, day) for day in days] == [False, True, False]
    assert not wall_clock.was_skipped(AMSTERDAM, date(2026, 3, 29))


@pytest.mark.parametrize("name", ["Europe/Delft", "", "Europe", "../etc/passwd", "/etc/localtime", "a\0b"])
def test_a_zone_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(UnknownZone):
        wall_clock.zone_named(name)


def test_days_of_the_week_are_kept_in_their_order_and_once() -> None:
    assert wall_clock.as_digits([4, 0, 0, 2]) == "024"
    assert wall_clock.from_digits("024") == {0, 2, 4}
    assert wall_clock.from_digits(wall_clock.as_digits([])) == frozenset()
