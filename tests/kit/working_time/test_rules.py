"""May we push this person now? If not: when, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.kit.working_time import rules
from bot.kit.working_time.rules import (
    USUAL,
    Away,
    BackingOff,
    DayOff,
    DoNotDisturb,
    HadOneToday,
    Holiday,
    Hours,
    Kind,
    OnLeave,
    OutsideHours,
    Paused,
    Pushed,
    Reach,
    Reason,
    Unwanted,
    Wish,
    no_holidays,
)

AMSTERDAM, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"))
MONDAY_TO_FRIDAY, EVERY_DAY = frozenset(range(5)), frozenset(range(7))
CHRISTMAS = {date(2026, 12, 25): "Christmas Day"}
FRIDAY = date(2026, 11, 20)


def hours(
    begins: str = "09:00",
    ends: str = "17:00",
    zone: ZoneInfo = AMSTERDAM,
    days: frozenset[int] = MONDAY_TO_FRIDAY,
    holidays: dict[date, str] | None = None,
) -> Hours:
    return Hours(zone, days, time.fromisoformat(begins), time.fromisoformat(ends), (holidays or {}).get)


DAYS, NIGHTS = hours(), hours("22:00", "06:00")


def local(text: str, zone: ZoneInfo = AMSTERDAM, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def on_leave(first: date, last: date, kind: Kind = Kind.LEAVE) -> Away:
    return Away(kind, first, last)


def pushed(*days: date, answered: tuple[int, ...] = ()) -> tuple[Pushed, ...]:
    """Newest first; `answered` are places in that order."""
    noon = time(12, tzinfo=UTC)
    return tuple(Pushed(day, datetime.combine(day, noon), n in answered) for n, day in enumerate(days))


FIVE_DAYS = tuple(date(2026, 11, day) for day in (19, 18, 17, 16, 13))


# --- yes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reach", "now"),
    [
        pytest.param(Reach(DAYS), "2026-11-20 09:00", id="as the day begins"),
        pytest.param(Reach(DAYS), "2026-11-20 16:59:59", id="up to its end"),
        pytest.param(Reach(NIGHTS), "2026-11-20 23:59:59", id="before midnight"),
        pytest.param(Reach(NIGHTS), "2026-11-21 01:00", id="on Saturday, on the night shift of Friday"),
        pytest.param(Reach(hours("08:00", "08:00")), "2026-11-21 07:59", id="in 24 hours that began on Friday"),
        pytest.param(Reach(DAYS, pushes=pushed(date(2026, 11, 19))), "2026-11-20 09:00", id="pushed yesterday"),
        pytest.param(Reach(NIGHTS, pushes=pushed(FRIDAY)), "2026-11-20 01:00", id="yesterday's shift, pushed today"),
        pytest.param(Reach(DAYS, pushes=pushed(*FIVE_DAYS[:4])), "2026-11-20 09:00", id="four without an answer"),
        pytest.param(
            Reach(DAYS, pushes=pushed(*FIVE_DAYS, answered=(4,))), "2026-11-20 09:00", id="one answer in five"
        ),
        pytest.param(Reach(DAYS, pushes=pushed(*FIVE_DAYS)), "2026-11-26 09:00", id="a week after the fifth"),
        pytest.param(
            Reach(DAYS, (on_leave(date(2026, 11, 1), date(2026, 11, 19)),)), "2026-11-20 09:00", id="back from leave"
        ),
        pytest.param(
            Reach(DAYS, (), (local("2026-11-19 18:00"), local("2026-11-20 09:00"))),
            "2026-11-20 09:00",
            id="as Do Not Disturb ends",
        ),
        pytest.param(Reach(hours(holidays=CHRISTMAS)), "2026-12-24 16:00", id="on the day before a holiday"),
        pytest.param(
            Reach(hours("22:00", "06:00", holidays=CHRISTMAS)),
            "2026-12-25 01:00",
            id="Christmas Eve's shift, at Christmas",
        ),
    ],
)
def test_it_is_allowed(reach: Reach, now: str) -> None:
    moment = local(now)
    verdict = rules.may_push(reach, moment)
    assert verdict == rules.Verdict(allowed=True, reason=None, when=moment)
    assert verdict.when is not None
    assert verdict.when.tzinfo is UTC


# --- no, why, and when -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reach", "now", "reason", "when"),
    [
        pytest.param(Reach(DAYS), "2026-11-20 08:59:59", OutsideHours(), "2026-11-20 09:00", id="too early"),
        pytest.param(Reach(DAYS), "2026-11-20 17:00", OutsideHours(), "2026-11-23 09:00", id="Friday, after work"),
        pytest.param(Reach(DAYS), "2026-11-20 00:00", OutsideHours(), "2026-11-20 09:00", id="midnight"),
        pytest.param(Reach(DAYS), "2026-11-21 12:00", DayOff(), "2026-11-23 09:00", id="Saturday"),
        pytest.param(Reach(DAYS), "2026-11-22 23:00", DayOff(), "2026-11-23 09:00", id="Sunday night"),
        pytest.param(
            Reach(NIGHTS), "2026-11-21 06:00", DayOff(), "2026-11-23 22:00", id="Saturday, after Friday's night"
        ),
        pytest.param(Reach(NIGHTS), "2026-11-23 01:00", DayOff(), "2026-11-23 22:00", id="Sunday's night is free"),
        pytest.param(Reach(NIGHTS), "2026-11-19 12:00", OutsideHours(), "2026-11-19 22:00", id="a night worker by day"),
        pytest.param(
            Reach(hours(holidays=CHRISTMAS)),
            "2026-12-25 10:00",
            Holiday("Christmas Day"),
            "2026-12-28 09:00",
            id="a holiday on a working day",
        ),
        pytest.param(
            Reach(hours("22:00", "06:00", holidays=CHRISTMAS)),
            "2026-12-26 01:00",
            Holiday("Christmas Day"),
            "2026-12-28 22:00",
            id="Christmas's night shift, the day after",
        ),
        pytest.param(
            Reach(DAYS, (on_leave(FRIDAY, date(2026, 12, 4)),)),
            "2026-11-20 10:00",
            OnLeave(date(2026, 12, 4)),
            "2026-12-07 09:00",
            id="leave",
        ),
        pytest.param(
            Reach(DAYS, (on_leave(FRIDAY, FRIDAY, Kind.PAUSE),)),
            "2026-11-20 10:00",
            Paused(FRIDAY),
            "2026-11-23 09:00",
            id="a pause of a day",
        ),
        pytest.param(
            Reach(NIGHTS, (on_leave(FRIDAY, FRIDAY),)),
            "2026-11-21 01:00",
            OnLeave(FRIDAY),
            "2026-11-23 22:00",
            id="a night off",
        ),
        pytest.param(
            Reach(DAYS, (on_leave(FRIDAY, date.max, Kind.PAUSE),)),
            "2026-11-20 10:00",
            Paused(date.max),
            None,
            id="for good",
        ),
        pytest.param(
            Reach(DAYS, (), (local("2026-11-20 09:30"), local("2026-11-20 11:00"))),
            "2026-11-20 10:00",
            DoNotDisturb(local("2026-11-20 11:00")),
            "2026-11-20 11:00",
            id="Do Not Disturb",
        ),
        pytest.param(
            Reach(DAYS, (), (local("2026-11-20 16:00"), local("2026-11-21 08:00"))),
            "2026-11-20 16:30",
            DoNotDisturb(local("2026-11-21 08:00")),
            "2026-11-23 09:00",
            id="Do Not Disturb past the end of the day",
        ),
        pytest.param(
            Reach(DAYS, (), (local("2026-11-20 08:00"), local("2026-11-20 10:00"))),
            "2026-11-20 07:00",
            OutsideHours(),
            "2026-11-20 10:00",
            id="Do Not Disturb that is still to come",
        ),
        pytest.param(
            Reach(DAYS, pushes=pushed(FRIDAY)), "2026-11-20 10:00", HadOneToday(), "2026-11-23 09:00", id="one today"
        ),
        pytest.param(
            Reach(NIGHTS, pushes=pushed(FRIDAY)),
            "2026-11-21 01:00",
            HadOneToday(),
            "2026-11-23 22:00",
            id="one this night",
        ),
        pytest.param(
            Reach(DAYS, pushes=pushed(*FIVE_DAYS)),
            "2026-11-20 10:00",
            BackingOff(date(2026, 11, 19)),
            "2026-11-26 09:00",
            id="five without an answer",
        ),
        pytest.param(
            Reach(DAYS, pushes=pushed(*FIVE_DAYS, date(2026, 11, 12), answered=(5,))),
            "2026-11-25 10:00",
            BackingOff(date(2026, 11, 19)),
            "2026-11-26 09:00",
            id="five without an answer, after one with",
        ),
        pytest.param(Reach(hours(days=frozenset())), "2026-11-20 10:00", DayOff(), None, id="no working days at all"),
        pytest.param(Reach(DAYS, wish=Wish.CHANNEL), "2026-11-20 10:00", Unwanted(), None, id="only in the channel"),
        pytest.param(Reach(DAYS, wish=Wish.NOTHING), "2026-11-20 10:00", Unwanted(), None, id="nothing at all"),
    ],
)
def test_it_is_refused_with_a_reason_and_the_first_moment_to_come(
    reach: Reach, now: str, reason: Reason, when: str | None
) -> None:
    expected = None if when is None else local(when)
    assert rules.may_push(reach, local(now)) == rules.Verdict(allowed=False, reason=reason, when=expected)


def test_the_reason_that_comes_first_in_order_is_told() -> None:
    """Each case takes away the reason that was told, and the next one shows."""
    everything = Reach(
        hours(days=frozenset(), holidays={FRIDAY: "Founder's Day"}),
        (
            on_leave(FRIDAY, date(2026, 11, 24), Kind.PAUSE),
            on_leave(FRIDAY, FRIDAY),
            on_leave(FRIDAY, date(2026, 11, 23)),
        ),
        (local("2026-11-20 06:00"), local("2026-11-20 20:00")),
        pushed(FRIDAY, *FIVE_DAYS),
    )
    early, late = local("2026-11-20 07:00"), local("2026-11-20 10:00")
    told: list[Reason | None] = []
    for now, reach in [
        (early, everything),
        (early, only_paused := replace(everything, absences=everything.absences[:1])),
        (early, present := replace(only_paused, absences=())),
        (early, works := replace(present, hours=hours(holidays={FRIDAY: "Founder's Day"}))),
        (early, no_holiday := replace(works, hours=DAYS)),
        (late, no_holiday),
        (late, undisturbed := replace(no_holiday, do_not_disturb=None)),
        (late, answers := replace(undisturbed, pushes=pushed(FRIDAY, *FIVE_DAYS, answered=(0,)))),
        (late, replace(answers, pushes=())),
    ]:
        told.append(rules.may_push(reach, now).reason)
    assert told == [
        OnLeave(date(2026, 11, 23)),
        Paused(date(2026, 11, 24)),
        DayOff(),
        Holiday("Founder's Day"),
        OutsideHours(),
        DoNotDisturb(local("2026-11-20 20:00")),
        BackingOff(FRIDAY),
        HadOneToday(),
        None,
    ]


def test_a_moment_is_looked_for_up_to_400_days_ahead() -> None:
    now = local("2026-11-20 10:00")
    last = FRIDAY + timedelta(days=399)
    reach = Reach(hours(days=EVERY_DAY), (on_leave(FRIDAY, last),))
    assert rules.may_push(reach, now).when == local("2027-12-25 09:00")
    assert rules.may_push(replace(reach, absences=(on_leave(FRIDAY, last + timedelta(days=1)),)), now).when is None


# --- when the clocks are moved -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shift", "begins", "ends"),
    [
        pytest.param(hours("01:00", "05:00"), "2026-03-29 00:00", "2026-03-29 03:00", id="Amsterdam, an hour shorter"),
        pytest.param(
            hours("02:30", "10:00"), "2026-03-29 01:30", "2026-03-29 08:00", id="Amsterdam, begins when skipped"
        ),
        pytest.param(
            hours("02:30", "10:00"), "2026-10-25 01:30", "2026-10-25 09:00", id="Amsterdam, begins the last time"
        ),
        pytest.param(
            hours("00:30", "02:30"), "2026-10-24 22:30", "2026-10-25 00:30", id="Amsterdam, ends the first time"
        ),
        pytest.param(
            hours("22:00", "06:00"), "2026-10-24 20:00", "2026-10-25 05:00", id="Amsterdam, the longest night"
        ),
        pytest.param(
            hours("22:00", "06:00"), "2026-03-28 21:00", "2026-03-29 04:00", id="Amsterdam, the shortest night"
        ),
        pytest.param(
            hours("03:10", "02:50"), "2026-03-28 02:10", "2026-03-29 01:10", id="Amsterdam, till the next begins"
        ),
        pytest.param(hours("22:00", "06:00", NEW_YORK), "2026-03-08 03:00", "2026-03-08 10:00", id="New York, spring"),
        pytest.param(hours("22:00", "06:00", NEW_YORK), "2026-11-01 02:00", "2026-11-01 11:00", id="New York, autumn"),
        pytest.param(
            hours("01:45", "09:00", LORD_HOWE), "2026-04-04 15:15", "2026-04-04 22:30", id="Lord Howe, autumn"
        ),
        pytest.param(
            hours("02:15", "09:00", LORD_HOWE), "2026-10-03 15:45", "2026-10-03 22:00", id="Lord Howe, spring"
        ),
    ],
)
def test_a_shift_begins_with_the_last_and_ends_with_the_first_reading(shift: Hours, begins: str, ends: str) -> None:
    from_, until = (datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (begins, ends))
    reach = Reach(replace(shift, days=EVERY_DAY))
    moment = timedelta(seconds=1)
    is_next = shift.begins.replace(hour=2, minute=50) == shift.ends
    day = rules.working_day(reach.hours, from_)
    assert day is not None
    assert rules.working_day(reach.hours, from_ - moment) != day
    assert rules.working_day(reach.hours, until - moment) == day
    assert rules.working_day(reach.hours, until) == (day + timedelta(days=1) if is_next else None)


def test_of_an_hour_that_comes_twice_a_shift_within_it_has_no_part_that_is_inside_by_both_readings() -> None:
    within = hours("02:15", "02:45", days=EVERY_DAY)
    assert rules.may_push(Reach(within), local("2026-10-25 02:20")).when == local("2026-10-26 02:15")


def test_a_date_that_is_skipped_whole_has_no_shift() -> None:
    apia = ZoneInfo("Pacific/Apia")
    fridays = Reach(hours(zone=apia, days=frozenset({4})))
    saturday = rules.may_push(fridays, local("2011-12-31 10:00", apia))
    assert saturday.reason == DayOff()
    assert saturday.when == local("2012-01-06 09:00", apia)


def test_who_moves_to_another_zone_works_by_the_clocks_there() -> None:
    now = local("2026-11-20 15:30")
    assert rules.may_push(Reach(DAYS), now).allowed
    assert rules.may_push(Reach(replace(DAYS, zone=ZoneInfo("Asia/Tokyo"))), now).when == local("2026-11-23 01:00")
    assert rules.may_push(Reach(replace(DAYS, zone=NEW_YORK)), now).allowed


# --- which day a moment belongs to -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whose", "moment", "day"),
    [
        (DAYS, "2026-11-20 09:00", FRIDAY),
        (DAYS, "2026-11-20 17:00", None),
        (DAYS, "2026-11-21 10:00", None),
        (NIGHTS, "2026-11-20 22:00", FRIDAY),
        (NIGHTS, "2026-11-21 05:59", FRIDAY),
        (NIGHTS, "2026-11-22 23:00", None),
        (hours("22:00", "06:00", days=EVERY_DAY), "2027-01-01 01:00", date(2026, 12, 31)),
        (hours("22:00", "06:00", days=EVERY_DAY), "2028-03-01 01:00", date(2028, 2, 29)),
        (hours("00:00", "00:00"), "2026-11-20 00:00", FRIDAY),
        (hours("23:30", "23:30", days=EVERY_DAY), "2026-10-25 23:29", date(2026, 10, 24)),
        (hours(holidays=CHRISTMAS), "2026-12-25 10:00", None),
        (hours(days=EVERY_DAY), "2028-02-29 10:00", date(2028, 2, 29)),
    ],
)
def test_a_moment_belongs_to_the_day_on_which_the_shift_began(whose: Hours, moment: str, day: date | None) -> None:
    assert rules.working_day(whose, local(moment)) == day


def test_of_whom_nothing_is_known_works_office_hours_in_utc() -> None:
    assert replace(USUAL, holiday_on=no_holidays) == Hours(
        ZoneInfo("UTC"), MONDAY_TO_FRIDAY, time(9), time(17), no_holidays
    )
    assert rules.working_day(USUAL, datetime(2026, 12, 25, 9, tzinfo=UTC)) == date(2026, 12, 25)
