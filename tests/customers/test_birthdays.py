"""A birthday is read from what people write, and its year is not."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.customers import birthdays
from bot.customers.birthdays import Birthday
from bot.customers.rules import DayOfYear
from bot.kit.i18n import Language


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3 mei", "05-03"),
        ("3 Mei.", "05-03"),
        ("3mei", "05-03"),
        ("3 May", "05-03"),
        ("May 3", "05-03"),
        ("May 3rd", "05-03"),
        ("the 3rd of May", "05-03"),
        ("op 3 mei", "05-03"),
        ("geboren op 3 mei", "05-03"),
        ("3/5", "05-03"),
        ("03-05", "05-03"),
        ("3.5.", "05-03"),
        ("3 - 5", "05-03"),
        ("5/13", "05-13"),
        ("12/31", "12-31"),
        ("1 mrt", "03-01"),
        ("1 okt.", "10-01"),
        ("Sept 9", "09-09"),
        ("3e mei", "05-03"),
        ("8ste van maart", "03-08"),
        ("29 februari", "02-29"),
        ("eerste mei", "05-01"),
        ("de achtste van maart", "03-08"),
        ("tweeëntwintigste juni", "06-22"),
        ("the first of May", "05-01"),
        ("May first", "05-01"),
        ("December thirty-first", "12-31"),
        ("twenty second of June", "06-22"),
    ],
)
def test_a_day_and_a_month_are_enough(written: str, day: str) -> None:
    assert birthdays.read(written) == Birthday(DayOfYear.read(day), has_year=False)


@pytest.mark.parametrize(
    "written",
    [
        *("3 mei 1980", "3 mei '80", "3 mei (1980)", "May 3, 1980", "3-5-1980", "3/5/80", "3.5.1980", "1980-05-03"),
        *("may 3 80", "3 mei 80", "May 3rd, 80", "3 mei (80)", "derde mei 1980", "May third 80"),
    ],
)
def test_a_year_is_left_out_and_it_is_known_that_there_was_one(written: str) -> None:
    assert birthdays.read(written) == Birthday(DayOfYear(5, 3), has_year=True)


@pytest.mark.parametrize(
    "written",
    [
        *("", "mei", "3", "1980", "30 februari", "31/4", "0/5", "13/13", "morgen", "next friday", "over 3 weken"),
        *(
            "eind mei",
            "eerste",
            "eerste week",
            "dertigste februari",
            "may 3-12",
            "may 3 8",
            "may 3 198",
            "3 may or june",
            "3 meiden",
            "3/5 of 4/5",
            "3-5-1980 Zeist",
            "99999999 mei",
            "٣ mei x",
            "5",
            "3 ²",
        ),
    ],
)
def test_what_is_no_day_of_the_year_is_not_read(written: str) -> None:
    assert birthdays.read(written) is None


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.sampled_from(Language))
def test_whatever_day_the_card_shows_is_read_as_that_day(day: date, language: Language) -> None:
    for form in ("d MMMM", "d MMM"):
        assert birthdays.read(format_date(day, form, locale=language)) == Birthday(DayOfYear.of(day), has_year=False)


@given(st.text(max_size=30))
def test_whatever_is_written_nothing_breaks(written: str) -> None:
    found = birthdays.read(written)
    assert found is None or date(2000, found.day.month, found.day.day) - date(2000, 1, 1) >= timedelta(0)
