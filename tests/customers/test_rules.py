"""What a card is, and what is wrong with one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.customers import rules
from bot.customers.rules import DayOfYear, Details, Mistake

TODAY = date(2026, 11, 24)
JANSEN = Details(name="Mevr. Jansen", contact_id="UNOOR")


@pytest.mark.parametrize(
    ("written", "mistakes"),
    [
        ({}, []),
        ({"name": ""}, [Mistake.NO_NAME]),
        ({"name": "-"}, [Mistake.NO_NAME]),
        ({"name": "李"}, []),
        ({"name": "x" * 121}, [Mistake.NAME_TOO_LONG]),
        ({"reference": "x" * 61}, [Mistake.REFERENCE_TOO_LONG]),
        ({"preferences": "x" * 1001, "note": "x" * 1001}, [Mistake.PREFERENCES_TOO_LONG, Mistake.NOTE_TOO_LONG]),
        ({"customer_since": date(2026, 11, 25)}, []),
        ({"customer_since": date(2026, 11, 26)}, [Mistake.CUSTOMER_IN_THE_FUTURE]),
        ({"customer_since": date(1899, 12, 31)}, [Mistake.CUSTOMER_IN_THE_FUTURE]),
        ({"has_consented": True}, [Mistake.CONSENT_WITHOUT_A_DATE]),
        ({"has_consented": True, "consent_on": TODAY}, []),
        ({"has_consented": False, "consent_on": TODAY}, []),
        ({"has_consented": True, "consent_on": date(2027, 1, 1)}, [Mistake.CONSENT_IN_THE_FUTURE]),
        ({"last_contact_on": date(2027, 1, 1)}, [Mistake.CONTACT_IN_THE_FUTURE]),
    ],
)
def test_what_is_wrong_with_a_card(written: dict[str, Any], mistakes: list[Mistake]) -> None:
    found = rules.mistakes(replace(JANSEN, **written), TODAY)
    assert found == mistakes
    assert all(hasattr(JANSEN, mistake.field) for mistake in found)


def test_a_tidy_card_has_nothing_where_nothing_was_written_and_keeps_its_lines() -> None:
    written = replace(JANSEN, name=" Mevr.\n Jansen\t", reference=" ", preferences="", note=" one \r\n\ttwo  three\n")
    assert rules.tidy(written) == replace(JANSEN, note="one\ntwo three")


def test_the_same_name_typed_on_two_machines_is_the_same_name() -> None:
    assert rules.tidy(replace(JANSEN, name="Zoe\u0308")) == rules.tidy(replace(JANSEN, name="Zoë"))


def test_each_field_is_looked_at_for_what_may_not_be_kept() -> None:
    written = replace(JANSEN, name="Jansen (moslim)", preferences="is diabetic", note="thee")
    assert sorted(rules.may_not_be_kept(written)) == ["name", "preferences"]


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (0, 1), (4, 31), (1, 0)])
def test_there_is_no_such_day(month: int, day: int) -> None:
    with pytest.raises(ValueError, match=r"must be in|out of range"):
        DayOfYear(month, day)


def test_a_day_is_read_as_it_is_written() -> None:
    assert DayOfYear.read(str(DayOfYear(2, 29))) == DayOfYear(2, 29)
    assert str(DayOfYear(3, 7)) == "03-07"


@pytest.mark.parametrize(
    ("first_day", "is_on"), [(date(2027, 2, 27), date(2027, 2, 28)), (date(2028, 2, 27), date(2028, 2, 29))]
)
def test_a_birthday_on_29_february_is_kept_every_year(first_day: date, is_on: date) -> None:
    assert [on for on, day in rules.days_from(first_day, 7) if day == DayOfYear(2, 29)] == [is_on]


def test_the_coming_days_go_past_the_end_of_the_year() -> None:
    days = [str(day) for _on, day in rules.days_from(date(2026, 12, 30), 4)]
    assert days == ["12-30", "12-31", "01-01", "01-02"]
