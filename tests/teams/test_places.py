"""Time zones and countries are found by the names that people know."""

import pytest

from bot.kit import i18n
from bot.kit.i18n import Language
from bot.kit.working_time import holidays, wall_clock
from bot.teams import places

NL, EN = i18n.dictionary()[Language.NL], i18n.dictionary()[Language.EN]


@pytest.mark.parametrize(
    ("typed", "words", "found"),
    [
        ("londen", NL, "Europe/London"),
        ("LONDON", EN, "Europe/London"),
        ("europe/amst", EN, "Europe/Amsterdam"),
        ("curacao", NL, "America/Curacao"),
        ("  new   york", EN, "America/New_York"),
        ("kolkata", NL, "Asia/Kolkata"),
    ],
)
def test_a_zone_is_found_by_city_country_or_its_own_name(typed: str, words: i18n.Words, found: str) -> None:
    assert found in [place.value for place in places.zones(typed, words)]


@pytest.mark.parametrize("words", [NL, EN])
@pytest.mark.parametrize("typed", ["", "a", "e", "zzzz", "(", "%", "é" * 200])
def test_a_list_is_never_longer_than_slack_takes_and_names_nothing_twice(typed: str, words: i18n.Words) -> None:
    for found in (places.zones(typed, words), places.countries(typed, words)):
        assert len(found) <= places.MOST_OFFERED
        assert len({place.value for place in found}) == len({place.name for place in found}) == len(found)
        assert all(place.name and 0 < len(place.value) <= 150 for place in found)


def test_with_nothing_typed_the_common_ones_are_there() -> None:
    assert places.zones(" ", NL)[0].name == "Amsterdam, Nederland"
    assert [places.countries("", EN)[n].name for n in (0, -1)] == ["Netherlands", "No public holidays"]


def test_every_country_that_is_offered_has_holidays_that_we_know() -> None:
    codes = [place.value for letter in "aeiouy" for place in places.countries(letter, EN)]
    offered = {places.parted(code) for code in codes} - {(None, None)}
    assert len(offered) > 150
    assert [code for code in offered if code[0] is None or not holidays.is_known(*code)] == []


def test_every_zone_that_is_offered_is_one() -> None:
    for place in places.zones("", EN):
        wall_clock.zone_named(place.value)


@pytest.mark.parametrize("country", [("NL", None), ("GB", "ENG"), (None, None)])
def test_a_country_is_read_back_as_it_was_written(country: tuple[str | None, str | None]) -> None:
    assert places.parted(places.joined(*country)) == country
    assert places.parted(places.country_named(places.joined(*country), EN).value) == country
