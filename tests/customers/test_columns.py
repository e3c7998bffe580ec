"""Which column holds what: by its heading, in both languages."""

from collections import defaultdict

import pytest

from bot.customers import columns
from bot.customers.columns import Column, TwiceTheSame
from bot.kit import i18n

DUTCH = {
    Column.REFERENCE: "Klantnummer",
    Column.NAME: "Naam",
    Column.CONTACT: "Aanspreekpunt",
    Column.TEAM: "Team",
    Column.PHASE: "Fase",
    Column.PREFERENCES: "Voorkeuren",
    Column.NOTE: "Notitie",
    Column.BIRTHDAY: "Geboortedatum",
    Column.SINCE: "Klant sinds",
    Column.LAST_CONTACT: "Laatste contact",
    Column.WISH: "Hoeveel contact",
    Column.CHANNELS: "Liefst via",
    Column.LANGUAGE: "Taal",
    Column.CONSENT: "Toestemming",
    Column.CONSENT_ON: "Toestemming op",
}
ENGLISH = {
    Column.REFERENCE: "Customer number",
    Column.NAME: "Name",
    Column.CONTACT: "Account manager",
    Column.TEAM: "Team",
    Column.PHASE: "Phase",
    Column.PREFERENCES: "Preferences",
    Column.NOTE: "Note",
    Column.BIRTHDAY: "Date of birth",
    Column.SINCE: "Customer since",
    Column.LAST_CONTACT: "Last contact",
    Column.WISH: "How much contact",
    Column.CHANNELS: "How to reach",
    Column.LANGUAGE: "Language",
    Column.CONSENT: "Consent",
    Column.CONSENT_ON: "Consent date",
}


@pytest.mark.parametrize("headings", [DUTCH, ENGLISH])
def test_the_headings_of_a_card_are_recognised_in_both_languages(headings: dict[Column, str]) -> None:
    found = columns.recognised(list(headings.values()))
    assert found.at == {column: place for place, column in enumerate(headings)}
    assert found.unused == []


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("KLANT-NR.", Column.REFERENCE),
        ("  klant_nr ", Column.REFERENCE),
        ("Relatienummer", Column.REFERENCE),
        ("Customer ID", Column.REFERENCE),
        ("Verjaardag:", Column.BIRTHDAY),
        ("E-mail", None),
        ("Telefoon", None),
        ("", None),
        ("naam van de hond", None),
    ],
)
def test_signs_and_capitals_do_not_matter_and_the_rest_is_told_as_not_used(heading: str, column: Column | None) -> None:
    found = columns.recognised([heading])
    assert list(found.at) == ([column] if column else [])
    assert found.unused == ([heading] if heading and not column else [])


def test_two_columns_for_the_same_are_not_chosen_between() -> None:
    with pytest.raises(TwiceTheSame) as told:
        columns.recognised(["Klantnr", "Naam", "Relatienummer"])
    assert (told.value.first, told.value.second) == ("Klantnr", "Relatienummer")


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (["Naam"], {Column.NAME}),
        (["Voornaam", "Tussenvoegsel", "Achternaam"], {Column.FIRST_NAME, Column.PREFIX, Column.SURNAME}),
        (["Voornaam", "Naam"], {Column.FIRST_NAME, Column.SURNAME}),
        (["Naam", "Voornaam", "Achternaam"], {Column.NAME}),
        (["Naam", "Achternaam"], {Column.NAME}),
    ],
)
def test_a_name_is_taken_whole_or_from_its_parts(headings: list[str], parts: set[Column]) -> None:
    found = columns.recognised(headings)
    assert set(found.at) == parts
    assert len(found.unused) == len(headings) - len(parts)


def test_no_heading_could_mean_two_things() -> None:
    meant: defaultdict[str, set[Column]] = defaultdict(set)
    for column, headings in columns._HEADINGS.items():  # pyright: ignore[reportPrivateUsage]
        for heading in headings.strip().replace("\n", "|").split("|"):
            meant[heading.strip()].add(column)
    assert [heading for heading, found in meant.items() if len(found) > 1] == []


def test_every_column_has_a_name_for_who_looks_at_what_was_recognised() -> None:
    words = i18n.dictionary()[i18n.Language.EN]
    assert all(column.name_in(words) for column in Column)


def test_every_heading_is_written_as_headings_are_compared() -> None:
    known = columns._COLUMNS  # pyright: ignore[reportPrivateUsage]
    assert [heading for heading in known if columns.plain(heading) != heading] == []
