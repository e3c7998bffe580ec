"""A promise is held against the working hours of its colleague: whether it can be met, and when they hear of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.dates import Meant
from bot.kit.working_time.rules import Hours, no_holidays
from bot.promises import calendar
from bot.promises.calendar import Doubt
from bot.promises.rules import Due

ZONE = ZoneInfo("Europe/Amsterdam")
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 23) + timedelta(days=n) for n in range(7))
NEXT_MON = MON + timedelta(days=7)


def sinterklaas(day: date) -> str | None:
    return "Holiday" if day == WED else None


OFFICE = Hours(ZONE, frozenset(range(5)), time(9), time(17), no_holidays)
WITH_A_HOLIDAY = Hours(ZONE, frozenset(range(5)), time(9), time(17), sinterklaas)
NIGHTS = Hours(ZONE, frozenset(range(5)), time(22), time(6), no_holidays)
ALWAYS = Hours(ZONE, frozenset(range(7)), time(0), time(0), no_holidays)
NEVER = Hours(ZONE, frozenset(), time(9), time(17), no_holidays)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "now", "due", "asked"),
    [
        # Nothing speaks against it.
        (OFFICE, at(MON, 10), Due(MON), None),
        (OFFICE, at(MON, 16), Due(MON), None),
        (OFFICE, at(MON, 10), Due(MON, time(17)), None),
        (OFFICE, at(MON, 16, 50), Due(MON, time(17)), None),
        (OFFICE, at(MON, 16, 50), Due(TUE), None),
        (OFFICE, at(SAT, 20), Due(NEXT_MON), None),
        (OFFICE, at(MON, 7), Due(MON), None),
        (NIGHTS, at(MON, 23), Due(TUE, time(3)), None),
        (NIGHTS, at(FRI, 23), Due(SAT, time(3)), None),
        (ALWAYS, at(SUN, 23), Due(NEXT_MON, time(3)), None),
        # “Today”, on a Saturday evening.
        (OFFICE, at(SAT, 20), Due(SAT), (Doubt.DAY_OFF, Due(NEXT_MON))),
        (OFFICE, at(SAT, 20), Due(SAT, time(21)), (Doubt.DAY_OFF, Due(NEXT_MON))),
        (OFFICE, at(MON, 10), Due(SAT), (Doubt.DAY_OFF, Due(NEXT_MON))),
        (WITH_A_HOLIDAY, at(MON, 10), Due(WED), (Doubt.DAY_OFF, Due(THU))),
        # The day is nearly over.
        (OFFICE, at(MON, 16, 1), Due(MON), (Doubt.HARDLY_ANY_TIME, Due(TUE))),
        (OFFICE, at(MON, 19), Due(MON), (Doubt.HARDLY_ANY_TIME, Due(TUE))),
        (OFFICE, at(FRI, 19), Due(FRI), (Doubt.HARDLY_ANY_TIME, Due(NEXT_MON))),
        # Before or after work.
        (OFFICE, at(MON, 10), Due(MON, time(20)), (Doubt.OUTSIDE_HOURS, Due(MON))),
        (OFFICE, at(MON, 16, 30), Due(MON, time(20)), (Doubt.OUTSIDE_HOURS, Due(TUE))),
        (OFFICE, at(MON, 10), Due(TUE, time(7)), (Doubt.OUTSIDE_HOURS, Due(TUE))),
        (OFFICE, at(MON, 10), Due(TUE, time(17, 1)), (Doubt.OUTSIDE_HOURS, Due(TUE))),
        # It has been.
        (OFFICE, at(TUE, 12), Due(MON), (Doubt.PAST, Due(TUE))),
        (OFFICE, at(TUE, 8), Due(MON), (Doubt.PAST, Due(TUE))),
        (OFFICE, at(MON, 12), Due(MON, time(12)), (Doubt.PAST, Due(MON))),
        (OFFICE, at(MON, 12), Due(MON, time(11)), (Doubt.PAST, Due(MON))),
        (NEVER, at(MON, 12), Due(TUE), (Doubt.DAY_OFF, Due(WED))),
    ],
)
def test_a_promise_that_cannot_be_met_gets_a_question_back(
    hours: Hours, now: datetime, due: Due, asked: tuple[Doubt, Due] | None
) -> None:
    question = calendar.question(hours, now, due)
    assert (question and (question.doubt, question.instead)) == asked


def test_what_is_offered_for_today_says_until_when() -> None:
    asked = calendar.question(OFFICE, at(MON, 10), Due(MON, time(21)))
    assert (asked and (asked.instead, asked.until)) == (Due(MON), time(17))
    tomorrow = calendar.question(OFFICE, at(MON, 16, 30), Due(MON))
    assert (tomorrow and (tomorrow.instead, tomorrow.until)) == (Due(TUE), None)


def test_a_span_ends_on_the_last_day_that_is_worked() -> None:
    assert calendar.last_worked(OFFICE, MON, SUN) == FRI
    assert calendar.last_worked(WITH_A_HOLIDAY, MON, WED) == TUE
    assert calendar.last_worked(OFFICE, SAT, SUN) is None
    assert calendar.last_worked(OFFICE, MON, MON) == MON
    assert calendar.last_worked(OFFICE, TUE, MON) is None
    before_next_week = Meant(NEXT_MON, None, "", latest=SUN)
    assert calendar.due_of(OFFICE, at(THU, 10), before_next_week) == Due(FRI)
    assert calendar.due_of(OFFICE, at(SAT, 10), before_next_week) == Due(SUN), "which gets a question back"


def test_only_of_the_past_one_cannot_insist() -> None:
    past, off = calendar.question(OFFICE, at(TUE, 12), Due(MON)), calendar.question(OFFICE, at(MON, 10), Due(SAT))
    assert past is not None
    assert off is not None
    assert (past.may_insist, off.may_insist) == (False, True)


@pytest.mark.parametrize(
    ("now", "due", "moment"),
    [
        (at(MON, 10), Due(MON), at(MON, 17)),
        (at(MON, 10), Due(FRI), at(FRI, 17)),
        (at(MON, 10), Due(FRI, time(15)), at(FRI, 15)),
        (at(MON, 16, 30), Due(MON), at(TUE, 0)),
        (at(SAT, 20), Due(SAT), at(SUN, 0)),
        (at(MON, 10), Due(SAT), at(SAT, 17)),
    ],
)
def test_without_an_hour_it_is_due_at_the_end_of_the_working_day(now: datetime, due: Due, moment: datetime) -> None:
    assert calendar.due_at(OFFICE, due, now) == moment


@pytest.mark.parametrize(
    ("now", "due", "reminded"),
    [
        # The same day: two hours before, but not right after it was promised.
        (at(MON, 10), Due(MON), at(MON, 15)),
        (at(MON, 10), Due(MON, time(14)), at(MON, 12)),
        (at(MON, 10), Due(MON, time(11)), at(MON, 10, 15)),
        (at(MON, 10), Due(MON, time(10, 16)), at(MON, 10, 15)),
        (at(MON, 10), Due(MON, time(10, 15)), None),
        (at(MON, 10), Due(MON, time(10, 5)), None),
        # A later day: an hour into it.
        (at(MON, 10), Due(TUE), at(TUE, 10)),
        (at(MON, 10), Due(FRI, time(15)), at(FRI, 10)),
        (at(MON, 10), Due(FRI, time(12)), at(FRI, 10)),
        (at(FRI, 16, 55), Due(NEXT_MON), at(NEXT_MON, 10)),
        # Due early: the working day before.
        (at(MON, 10), Due(FRI, time(11, 59)), at(THU, 10)),
        (at(MON, 10), Due(FRI, time(9)), at(THU, 10)),
        (at(MON, 12), Due(TUE, time(9, 30)), at(MON, 15)),
        (at(MON, 16), Due(TUE, time(9, 30)), at(TUE, 9)),
        (at(MON, 16), Due(TUE, time(9)), at(MON, 16, 15)),
        (at(MON, 16, 50), Due(TUE, time(9)), None),
        (at(THU, 10), Due(NEXT_MON, time(9)), at(FRI, 10)),
        # On a day off, for who insists.
        (at(MON, 10), Due(SAT), at(FRI, 10)),
        (at(FRI, 16), Due(SAT), at(SAT, 15)),
        (at(SAT, 20), Due(SAT), at(SAT, 22)),
        (at(SAT, 20), Due(SUN), at(SUN, 15)),
    ],
)
def test_a_colleague_is_reminded_while_there_is_time_to_do_it(
    now: datetime, due: Due, reminded: datetime | None
) -> None:
    assert calendar.remind_at(OFFICE, now, due) == reminded


@pytest.mark.parametrize(
    ("due", "asked"),
    [
        (at(MON, 12), at(MON, 13)),
        (at(MON, 17), at(TUE, 9)),
        (at(MON, 15, 59), at(MON, 16, 59)),
        (at(FRI, 17), at(NEXT_MON, 9)),
        (at(SUN, 0), at(NEXT_MON, 9)),
        (at(TUE, 7), at(TUE, 9)),
    ],
)
def test_it_is_asked_about_an_hour_later_or_when_they_are_back(due: datetime, asked: datetime) -> None:
    assert calendar.ask_at(OFFICE, due) == asked


@pytest.mark.parametrize(
    ("asked", "given_up"),
    [
        (at(TUE, 9), at(TUE, 17)),
        (at(TUE, 9, 30), at(TUE, 17)),
        (at(TUE, 10, 1), at(WED, 17)),
        (at(FRI, 13), at(NEXT_MON, 17)),
        (at(SAT, 13), at(NEXT_MON, 17)),
    ],
)
def test_it_is_given_up_when_nobody_answered_for_a_working_day(asked: datetime, given_up: datetime) -> None:
    assert calendar.gives_up_at(OFFICE, asked) == given_up


HOURS = st.builds(
    Hours,
    st.sampled_from([ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")]),
    st.frozensets(st.integers(0, 6)),
    st.times(),
    st.times(),
    st.sampled_from([no_holidays, sinterklaas]),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(HOURS, MOMENTS, st.integers(-3, 40), st.none() | st.times())
def test_whatever_the_hours_everything_comes_in_its_order(
    hours: Hours, now: datetime, days: int, hour: time | None
) -> None:
    due = Due(now.astimezone(hours.zone).date() + timedelta(days=days), hour)
    question = calendar.question(hours, now, due)
    if question is not None:
        asked_back = calendar.question(hours, now, question.instead)
        assert asked_back is None or not hours.days, "what is offered would do"
    if question is None or question.may_insist:
        by = calendar.due_at(hours, due, now)
        assert by > now
        reminded = calendar.remind_at(hours, now, due)
        assert reminded is None or now < reminded < by
        asked = calendar.ask_at(hours, by)
        assert asked >= by
        assert calendar.gives_up_at(hours, asked) > asked
