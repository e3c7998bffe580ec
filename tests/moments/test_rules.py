"""What is going on for a customer today, and in which order it presses."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.customers.rules import Card, DayOfYear, Details
from bot.kit import i18n
from bot.kit.i18n import Language
from bot.moments import calendar, rules
from bot.moments.rules import Coming, Mistake, MomentNow, Noted
from bot.trade import Occasion, Wish
from tests.stand_ins.clock import NOON

MOMENTS = calendar.load().by_id
TODAY = date(2026, 11, 24)


def a_card(silent_since: date = TODAY, **other: Any) -> Card:
    details = Details(**{"name": "Mevr. A. Jansen", "contact_id": "UNOOR", **other})
    return Card(id=1, details=details, version=1, changed_by="UNOOR", changed_at=NOON, silent_since=silent_since)


def now(
    card: Card | None = None,
    *noted: Noted,
    put_right_on: date | None = None,
    today: date = TODAY,
) -> list[MomentNow]:
    return rules.now(card or a_card(silent_since=today), noted, put_right_on, MOMENTS, today)


def noted(moment_id: str, day: date, **other: Any) -> Noted:
    return Noted(id=1, moment_id=moment_id, day=day, **other)


@pytest.mark.parametrize(
    ("today", "falls_on"),
    [
        (date(2026, 11, 20), None),
        (date(2026, 11, 21), date(2026, 11, 26)),
        (date(2026, 11, 26), date(2026, 11, 26)),
        (date(2026, 12, 3), date(2026, 11, 26)),
        (date(2026, 12, 4), None),
    ],
)
def test_a_birthday_is_there_from_five_days_before_until_a_week_after(today: date, falls_on: date | None) -> None:
    found = now(a_card(today, birthday=DayOfYear(11, 26)), today=today)
    assert [moment.falls_on for moment in found if moment.occasion is Occasion.BIRTHDAY] == [falls_on][: bool(falls_on)]


@pytest.mark.parametrize(
    ("birthday", "today", "falls_on"),
    [
        (DayOfYear(1, 2), date(2026, 12, 30), date(2027, 1, 2)),
        (DayOfYear(12, 30), date(2027, 1, 2), date(2026, 12, 30)),
        (DayOfYear(2, 29), date(2027, 2, 26), date(2027, 2, 28)),
        (DayOfYear(2, 29), date(2028, 2, 26), date(2028, 2, 29)),
    ],
)
def test_a_birthday_is_found_over_new_year_and_in_years_without_its_day(
    birthday: DayOfYear, today: date, falls_on: date
) -> None:
    assert now(a_card(today, birthday=birthday), today=today)[0].falls_on == falls_on


@pytest.mark.parametrize(
    ("since", "is_there"),
    [(date(2019, 11, 26), True), (date(2025, 11, 26), True), (date(2026, 11, 20), False), (date(2019, 6, 1), False)],
)
def test_an_anniversary_begins_after_one_year(since: date, is_there: bool) -> None:
    found = now(a_card(customer_since=since))
    assert [moment.occasion for moment in found] == [Occasion.ANNIVERSARY][:is_there]


@pytest.mark.parametrize(("days_ago", "is_there"), [(0, True), (7, True), (21, True), (22, False)])
def test_what_was_put_right_is_asked_after_for_three_weeks(days_ago: int, is_there: bool) -> None:
    closed = TODAY - timedelta(days=days_ago)
    found = now(put_right_on=closed)
    assert [(moment.occasion, moment.falls_on) for moment in found] == [
        (Occasion.PUT_RIGHT, closed + timedelta(days=7))
    ][:is_there]


@pytest.mark.parametrize(("days_ago", "is_there"), [(0, False), (89, False), (90, True), (120, True), (121, False)])
def test_a_purchase_is_there_after_three_months(days_ago: int, is_there: bool) -> None:
    found = now(None, noted("after-purchase", TODAY - timedelta(days=days_ago), about="the kitchen"))
    assert [(moment.occasion, moment.about) for moment in found] == [(Occasion.AFTER_PURCHASE, "the kitchen")][
        :is_there
    ]


@pytest.mark.parametrize(
    ("today", "is_there"),
    [
        (date(2026, 12, 3), False),
        (date(2026, 12, 4), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 15), True),
        (date(2027, 1, 16), False),
    ],
)
def test_the_season_comes_by_itself_each_year(today: date, is_there: bool) -> None:
    assert [moment.occasion for moment in now(today=today)] == [Occasion.HOLIDAY_SEASON][:is_there]


@pytest.mark.parametrize(
    ("wish", "days", "is_there"),
    [
        (Wish.NORMAL, 119, False),
        (Wish.NORMAL, 120, True),
        (Wish.TOLD_FIRST, 120, True),
        (Wish.LESS, 239, False),
        (Wish.LESS, 240, True),
    ],
)
def test_who_was_silent_for_the_agreed_time_is_not_forgotten(wish: Wish, days: int, is_there: bool) -> None:
    since = TODAY - timedelta(days=days)
    assert [moment.occasion for moment in now(a_card(since, wish=wish))] == [Occasion.NOT_FORGOTTEN][:is_there]
    assert rules.is_silent(since, wish, TODAY) is is_there
    assert (since < rules.silent_before(TODAY)[wish]) is is_there


def test_what_presses_most_comes_first_and_the_season_last() -> None:
    today = date(2026, 12, 20)
    card = a_card(date(2026, 1, 1), birthday=DayOfYear(12, 23))
    found = now(
        card,
        noted("moving", date(2026, 12, 30)),
        noted("repair-done", date(2026, 12, 19)),
        noted("new-job", date(2026, 12, 21)),
        noted("after-purchase", date(2026, 9, 21)),
        put_right_on=date(2026, 12, 1),
        today=today,
    )
    assert [moment.occasion for moment in found] == [
        Occasion.PUT_RIGHT,
        Occasion.NEW_JOB,
        Occasion.REPAIR_DONE,
        Occasion.BIRTHDAY,
        Occasion.MOVING,
        Occasion.AFTER_PURCHASE,
        Occasion.NOT_FORGOTTEN,
        Occasion.HOLIDAY_SEASON,
    ]


def test_what_is_looked_back_on_is_named_with_its_own_day() -> None:
    bought, closed = date(2026, 8, 23), date(2026, 11, 23)
    [put_right, purchase] = now(None, noted("after-purchase", bought), put_right_on=closed)
    assert (purchase.falls_on, purchase.day) == (date(2026, 11, 21), bought)
    assert (put_right.falls_on, put_right.day) == (date(2026, 11, 30), closed)
    [birthday] = now(a_card(birthday=DayOfYear(11, 26)))
    assert birthday.day == date(2026, 11, 26)


def test_what_was_noted_goes_before_the_same_from_the_card() -> None:
    card = a_card(birthday=DayOfYear(11, 26))
    found = now(card, noted("birthday", date(2026, 11, 26), their_words="we go to the sea"))
    assert [(moment.occasion, moment.their_words) for moment in found] == [(Occasion.BIRTHDAY, "we go to the sea")]


def test_a_moment_that_an_organisation_took_away_is_not_there() -> None:
    assert now(None, noted("our-open-day", TODAY)) == []


def test_a_customer_who_wants_to_hear_news_first_is_no_occasion_by_themselves() -> None:
    """There has to be news, and that only a colleague can say."""
    assert now(a_card(wish=Wish.TOLD_FIRST)) == []
    assert Occasion.TOLD_FIRST in dict(rules.sayable(i18n.dictionary()[Language.EN]))


def test_everything_that_makes_a_gesture_fit_comes_by_itself_is_noted_or_can_be_said() -> None:
    by_moment = {moment.occasion for moment in MOMENTS.values()}
    said = {occasion for occasion, _label in rules.sayable(i18n.dictionary()[Language.NL])}
    assert by_moment.isdisjoint(said)
    assert by_moment | said | {Occasion.NOT_FORGOTTEN, Occasion.EVERYDAY} == set(Occasion)


def test_what_is_coming_comes_soonest_first_and_what_was_noted_once() -> None:
    def coming(name: str, day: int, **other: Any) -> Coming:
        falls_on = date(2026, 11, day)
        return Coming(
            customer_id=ord(name),
            name=name,
            occasion=Occasion.BIRTHDAY,
            moment_id="birthday",
            falls_on=falls_on,
            **other,
        )

    told, of_card = coming("c", 25, about="the party"), coming("c", 25)
    assert rules.in_order([told, coming("b", 26), coming("a", 26), of_card]) == [told, coming("a", 26), coming("b", 26)]


@pytest.mark.parametrize(
    ("day", "about", "their_words", "mistakes"),
    [
        (TODAY, None, None, []),
        (TODAY, "x" * 80, "x" * 300, []),
        (TODAY + timedelta(days=731), None, None, [Mistake.FAR_AWAY]),
        (TODAY - timedelta(days=731), "x" * 81, "x" * 301, list(Mistake)),
    ],
)
def test_what_is_wrong_is_told_of_each_field(
    day: date, about: str | None, their_words: str | None, mistakes: list[Mistake]
) -> None:
    assert rules.mistakes(day, about, their_words, TODAY) == mistakes
    assert {mistake.field for mistake in mistakes} <= {"day", "about", "their_words"}


def test_what_was_noted_long_ago_is_not_shown_any_more() -> None:
    days = [date(2025, 11, 24), date(2026, 1, 5), date(2027, 3, 1)]
    shown = rules.worth_showing([noted("moving", day) for day in days], TODAY)
    assert [one.day for one in shown] == [date(2027, 3, 1), date(2026, 1, 5)]
