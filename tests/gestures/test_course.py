"""When a colleague hears of a gesture: in working hours, in time, and never on a day off."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gestures import course
from bot.kit.working_time.rules import Hours, no_holidays, working_day

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KING = date(2026, 4, 27)
HOURS = Hours(AMSTERDAM, frozenset(range(5)), time(9), time(17), lambda day: "King's Day" if day == KING else None)
NIGHTS = Hours(AMSTERDAM, frozenset(range(5)), time(22), time(6), no_holidays)
NEVER = Hours(AMSTERDAM, frozenset(), time(9), time(17), no_holidays)

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 4, day) for day in (20, 21, 24, 25, 26))
NEXT_TUESDAY = date(2026, 4, 28)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "on_day", "now", "reminded"),
    [
        (HOURS, TUESDAY, at(MONDAY, 10), at(TUESDAY, 9)),
        (HOURS, SATURDAY, at(MONDAY, 10), at(FRIDAY, 9)),  # on a day off: the last working day before
        (HOURS, KING, at(MONDAY, 10), at(FRIDAY, 9)),
        (HOURS, SUNDAY, at(FRIDAY, 10), at(FRIDAY, 10, 15)),  # the weekend begins: in a moment, while they are there
        (HOURS, SUNDAY, at(SATURDAY, 10), at(NEXT_TUESDAY, 9)),
        (HOURS, MONDAY, at(MONDAY, 10), at(MONDAY, 16)),  # today: an hour before they go home
        (HOURS, MONDAY, at(MONDAY, 16, 30), at(MONDAY, 16, 45)),
        (HOURS, MONDAY, at(MONDAY, 16, 50), at(TUESDAY, 9)),
        (HOURS, MONDAY, at(MONDAY, 7), at(MONDAY, 9)),  # before they begin
        (HOURS, MONDAY, at(MONDAY, 20), at(TUESDAY, 9)),
        (NIGHTS, MONDAY, at(MONDAY, 23), at(TUESDAY, 5)),
        (NIGHTS, TUESDAY, at(MONDAY, 10), at(TUESDAY, 22)),
    ],
)
def test_a_colleague_is_reminded_in_time(hours: Hours, on_day: date, now: datetime, reminded: datetime) -> None:
    assert course.reminder_at(hours, on_day, now) == reminded


@pytest.mark.parametrize(
    ("done_at", "falls_on", "goes_by_post", "asked_at"),
    [
        (at(MONDAY, 10), None, False, at(TUESDAY, 9)),
        (at(FRIDAY, 16), None, False, at(NEXT_TUESDAY, 9)),
        (at(SATURDAY, 12), None, False, at(NEXT_TUESDAY, 9)),
        (at(MONDAY, 10), None, True, at(date(2026, 4, 23), 9)),
        (at(FRIDAY, 16), None, True, at(date(2026, 4, 30), 9)),
        (at(MONDAY, 10), SATURDAY, True, at(NEXT_TUESDAY, 9)),  # the day itself is still to come
        (at(MONDAY, 10), TUESDAY, False, at(date(2026, 4, 22), 9)),
        (at(MONDAY, 10), MONDAY, False, at(TUESDAY, 9)),
        (at(TUESDAY, 10), MONDAY, True, at(FRIDAY, 9)),
    ],
)
def test_how_it_was_received_is_asked_when_the_customer_has_it(
    done_at: datetime, falls_on: date | None, goes_by_post: bool, asked_at: datetime
) -> None:
    assert course.reception_at(HOURS, done_at, falls_on=falls_on, goes_by_post=goes_by_post) == asked_at


def test_a_request_is_over_after_three_working_days() -> None:
    assert course.over_at(HOURS, at(MONDAY, 10)) == at(date(2026, 4, 23), 9)
    assert course.over_at(HOURS, at(FRIDAY, 16)) == at(date(2026, 4, 30), 9)


@pytest.mark.parametrize(
    ("until", "again"),
    [
        (None, at(TUESDAY, 9)),
        (date(2026, 4, 23), at(date(2026, 4, 23), 9)),
        (SATURDAY, at(NEXT_TUESDAY, 9)),
        (date(2026, 4, 1), at(TUESDAY, 9)),
    ],
)
def test_what_has_to_wait_is_looked_at_again_on_the_first_working_day_it_may(
    until: date | None, again: datetime
) -> None:
    assert course.look_again_at(HOURS, at(MONDAY, 10), until) == again


@given(
    hours=st.sampled_from([HOURS, NIGHTS]),
    days=st.integers(0, 40),
    minutes=st.integers(0, 365 * 24 * 60),
)
def test_a_reminder_comes_later_than_now_and_within_working_hours(hours: Hours, days: int, minutes: int) -> None:
    now = at(MONDAY, 0) + timedelta(minutes=minutes)
    on_day = now.astimezone(AMSTERDAM).date() + days * course.DAY
    reminded = course.reminder_at(hours, on_day, now)
    assert reminded > now
    assert working_day(hours, reminded) is not None


def test_who_never_works_hears_of_it_all_the_same() -> None:
    now = at(MONDAY, 10)
    for moment in (
        course.reminder_at(NEVER, TUESDAY, now),
        course.reception_at(NEVER, now),
        course.over_at(NEVER, now),
        course.look_again_at(NEVER, now, None),
    ):
        assert now < moment < at(SATURDAY, 23)
