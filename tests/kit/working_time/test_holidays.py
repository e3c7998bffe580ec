"""Public holidays, and what they are known by."""

import subprocess
import sys
from datetime import date

import pytest

from bot.kit.working_time import holidays
from bot.kit.working_time.holidays import UnknownCountry


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        pytest.param("NL", None, date(2026, 12, 25), "Christmas Day", id="in English"),
        pytest.param("NL", None, date(2026, 12, 24), None, id="a working day"),
        pytest.param("NL", None, date(2025, 4, 26), "King's Day", id="moved, since the 27th was a Sunday"),
        pytest.param("NL", None, date(2025, 4, 27), None, id="and not kept on the day it moved from"),
        pytest.param("DE", None, date(2026, 1, 6), None, id="not in the whole country"),
        pytest.param("DE", "BY", date(2026, 1, 6), "Epiphany", id="but in one region"),
        pytest.param("US", None, date(2026, 7, 4), "Independence Day", id="a holiday on a Saturday"),
        pytest.param("US", None, date(2026, 7, 3), "Independence Day", id="and the day off that comes in its place"),
        pytest.param("US", None, date(2027, 12, 31), "New Year's Day", id="in its place in the year before"),
        pytest.param("ID", None, date(2029, 2, 15), "Eid al-Fitr", id="as the moon is expected"),
        pytest.param("AT", None, date(2026, 12, 24), None, id="a bank holiday"),
        pytest.param("BB", None, date(2026, 11, 30), "Independence Day", id="a country without translations"),
    ],
)
def test_a_public_holiday_has_a_name(country: str, region: str | None, day: date, name: str | None) -> None:
    assert holidays.in_country(country, region)(day) == name


def test_a_holiday_that_is_switched_off_is_worked_also_in_its_place() -> None:
    works = holidays.in_country("US", None, {"Independence Day"})
    assert works(date(2026, 7, 3)) is works(date(2026, 7, 4)) is None
    assert works(date(2026, 12, 25)) == "Christmas Day"


def test_of_two_holidays_on_a_date_the_one_that_is_not_switched_off_stays() -> None:
    labour_and_ascension = date(2008, 5, 1)
    both = holidays.in_country("DE", None)(labour_and_ascension)
    assert both is not None
    other = holidays.in_country("DE", None, {both})(labour_and_ascension)
    assert {both, other} == {"Labor Day", "Ascension Day"}


def test_a_holiday_has_the_same_name_every_year() -> None:
    names = {
        name
        for year in range(2024, 2031)
        for month in range(1, 13)
        for day in range(1, 29)
        if (name := holidays.in_country("TR", None)(date(year, month, day)))
    }
    assert {name for name in names if name.startswith("Eid")} == {"Eid al-Fitr", "Eid al-Adha"}


@pytest.mark.parametrize(
    ("country", "region"),
    [("XX", None), ("", None), ("nl", None), ("Netherlands", None), ("HolidayBase", None), ("NL", "ZZ")],
)
def test_a_country_or_region_that_does_not_exist_is_named(country: str, region: str | None) -> None:
    assert not holidays.is_known(country, region)
    with pytest.raises(UnknownCountry):
        holidays.in_country(country, region)


def test_countries_and_regions_are_known() -> None:
    assert holidays.is_known("NL", None)
    assert holidays.is_known("DE", "BY")


def test_the_package_is_loaded_when_it_is_used() -> None:
    asks = "import sys, bot.kit.working_time.service; print('holidays' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asks], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "False"
