"""What is wrong with a moment ends the start, and names the file and which one."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.kit.content import ContentError
from bot.moments import calendar
from bot.trade import Occasion


def a_moment(**changes: Any) -> dict[str, Any]:
    wording = {"name": "A moment", "heard": ["is here"], "also": ["Something else changes."]}
    return {"id": "birthday", "days_before": 5, "days_after": 7, "nl": wording, "en": wording, **changes}


def own(folder: Path, *moments: dict[str, Any]) -> Path:
    """An organisation's folder."""
    (folder / "moments.yaml").write_text(yaml.safe_dump({"moments": list(moments)}), encoding="utf-8")
    return folder


def test_an_organisation_puts_its_own_moment_in_the_place_of_ours(tmp_path: Path) -> None:
    with_ours = calendar.load(own(tmp_path, a_moment(days_before=2)))
    assert len(with_ours.moments) == len(calendar.load().moments)
    assert with_ours.moment("birthday").days_before == 2


def test_an_organisations_own_moment_says_whose_gestures_fit(tmp_path: Path) -> None:
    folder = own(tmp_path, a_moment(id="shop-day", occasion="anniversary"))
    assert calendar.load(folder).moment("shop-day").occasion is Occasion.ANNIVERSARY


def test_a_moment_that_is_not_there_any_more_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        calendar.load().moment("not-there")


@pytest.mark.parametrize(
    ("moments", "problem"),
    [
        ([a_moment(), a_moment()], "birthday stands twice"),
        ([a_moment(colour="red")], "birthday.colour"),
        ([a_moment(id="shop-day")], "shop-day.occasion"),
        ([a_moment(days_before=-1)], "birthday.days_before"),
        ([a_moment(en={"name": "Birthday", "heard": [], "also": []})], "birthday.en.heard"),
        ([a_moment(days_later=731)], "birthday.days_later"),
        ([a_moment(each_year="02-30")], "birthday.each_year"),
        ([a_moment(each_year="Christmas")], "birthday.each_year"),
        ([{"id": "birthday"}], "birthday.days_before: Field required"),
        ([{"days_before": 1}], "?.id: Field required"),
    ],
)
def test_what_is_wrong_with_a_moment_ends_the_start(
    tmp_path: Path, moments: list[dict[str, Any]], problem: str
) -> None:
    with pytest.raises(ContentError, match=re.escape(problem)) as caught:
        calendar.load(own(tmp_path, *moments))
    assert "moments.yaml" in str(caught.value)


@pytest.mark.parametrize(("days", "is_near"), [(-6, False), (-5, True), (0, True), (7, True), (8, False)])
def test_a_moment_is_near_from_some_days_before_until_some_days_after(days: int, is_near: bool) -> None:
    day = date(2026, 3, 1)
    assert calendar.load().moment("birthday").is_near(day, day + timedelta(days=days)) is is_near


def test_a_moment_is_noted_by_a_colleague_unless_it_comes_by_itself() -> None:
    by_themselves = {moment.id for moment in calendar.load().moments if not moment.is_told}
    assert by_themselves == {"put-right", "holiday-season"}


def test_three_months_after_the_day_that_is_noted_a_purchase_comes_back() -> None:
    assert calendar.load().moment("after-purchase").falls_on(date(2026, 3, 1)) == date(2026, 5, 30)
    assert calendar.load().moment("moving").falls_on(date(2026, 3, 1)) == date(2026, 3, 1)
