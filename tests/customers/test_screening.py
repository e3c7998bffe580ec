"""What may not be kept is noticed, with a better way to say it; an ordinary card is let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.customers import numbers
from bot.customers.screening import screen, screen_name
from bot.customers.signs import Kind
from bot.kit import i18n
from bot.kit.i18n import Language

NOTICED = [
    ("heeft diabetes type 2", Kind.HEALTH, "diabetes"),
    ("is diabetic", Kind.HEALTH, "diabetic"),
    ("Ze heeft suikerziekte.", Kind.HEALTH, "suikerziekte"),
    ("is ernstig ziek geweest", Kind.HEALTH, "ernstig ziek"),
    ("was ill last winter", Kind.HEALTH, "was ill"),
    ("ligt in het ziekenhuis", Kind.HEALTH, "ligt in het ziekenhuis"),
    ("was in hospital in May", Kind.HEALTH, "was in hospital"),
    ("is allergisch voor noten", Kind.HEALTH, "allergisch"),
    ("allergic to peanuts", Kind.HEALTH, "allergic"),
    ("zit in een rolstoel", Kind.HEALTH, "rolstoel"),
    ("uses a wheelchair", Kind.HEALTH, "wheelchair"),
    ("zwanger van een tweeling", Kind.HEALTH, "zwanger"),
    ("pregnant, due in June", Kind.HEALTH, "pregnant"),
    ("zit thuis met een burn-out", Kind.HEALTH, "burn-out"),
    ("heeft kanker gehad", Kind.HEALTH, "kanker"),
    ("had a stroke in 2021", Kind.HEALTH, "had a stroke"),
    ("is slechthorend", Kind.HEALTH, "slechthorend"),
    ("slikt medicijnen", Kind.HEALTH, "slikt medicijnen"),
    ("loopt bij een psycholoog", Kind.HEALTH, "loopt bij een psycholoog"),
    ("verslaafd aan gokken", Kind.HEALTH, "verslaafd aan gokken"),
    ("broke her leg skiing", Kind.HEALTH, "broke her leg"),
    ("is moslim", Kind.RELIGION, "moslim"),
    ("is Catholic", Kind.RELIGION, "Catholic"),
    ("gaat elke zondag naar de kerk", Kind.RELIGION, "gaat elke zondag naar de kerk"),
    ("goes to church on Sundays", Kind.RELIGION, "goes to church"),
    ("is a Christian", Kind.RELIGION, "is a Christian"),
    ("doet mee met de ramadan", Kind.RELIGION, "ramadan"),
    ("stemt PVV", Kind.POLITICS, "stemt PVV"),
    ("votes Labour", Kind.POLITICS, "votes Labour"),
    ("een echte D66'er", Kind.POLITICS, "D66'er"),
    ("is lid van de FNV", Kind.POLITICS, "lid van de FNV"),
    ("is van Marokkaanse afkomst", Kind.ETHNICITY, "Marokkaanse afkomst"),
    ("is Turks", Kind.ETHNICITY, "is Turks"),
    ("komt uit Suriname", Kind.ETHNICITY, "komt uit Suriname"),
    ("is from Ghana", Kind.ETHNICITY, "is from Ghana"),
    ("is gay", Kind.ORIENTATION, "gay"),
    ("dochtertje Lotte zit op zwemles", Kind.CHILD, "dochtertje Lotte"),
    ("her son Tim plays football", Kind.CHILD, "son Tim"),
    ("kleinkinderen Sem en Noor", Kind.CHILD, "kleinkinderen Sem"),
    ("kids: Emma and Finn", Kind.CHILD, "kids: Emma"),
    ("haar dochter heet lotte", Kind.CHILD, "dochter heet lotte"),
    ("Tim, her youngest son, plays football", Kind.CHILD, "Tim, her youngest son"),
    ("BSN 111222333", Kind.ID_NUMBER, "…333"),
    ("1112.22.333", Kind.ID_NUMBER, "…333"),
    ("BSN: 123456789", Kind.ID_NUMBER, "…789"),
    ("passport number NX1234567", Kind.ID_NUMBER, "…567"),
    ("paspoort: SPECI2014", Kind.ID_NUMBER, "…014"),
    ("NI AB 12 34 56 C", Kind.ID_NUMBER, "…56C"),
    ("rekening NL91 ABNA 0417 1643 00 graag", Kind.ACCOUNT_NUMBER, "…300"),
    ("pays from GB29NWBK60161331926819", Kind.ACCOUNT_NUMBER, "…819"),
    ("card 4111 1111 1111 1111", Kind.CARD_NUMBER, "…111"),
    ("5500005555555559 is de kaart", Kind.CARD_NUMBER, "…559"),
]

HARMLESS = [
    "houdt van zijn Kerst-ster",
    "werkt bij de Gezondheidsdienst",
    "works at the hospital",
    "werkt in het ziekenhuis als arts",
    "is ziek van het wachten",
    "sick of waiting",
    "is allergisch voor lange wachttijden",
    "allergic to small talk",
    "verslaafd aan chocola",
    "addicted to coffee",
    "won a blind date in our restaurant",
    "wants blinds for the kitchen",
    "a stroke of luck",
    "her star sign is Cancer",
    "woont naast de kerk, in de Kerkstraat",
    "haar zoon studeert Duits",
    "her son called yesterday",
    "her son plays on Mondays",
    "Jansen & Zoon Utrecht",
    "mevrouw Zoon belt graag",
    "stemt altijd af met zijn vrouw",
    "stemde in met het voorstel",
    "thinks the labour costs too high",
    "houdt van Turks fruit",
    "loves Indian food",
    "spreekt Turks en Engels",
    "gaat naar Marokko op vakantie",
    "haar favoriete keuken is Indiaas",
    "vrijwilliger bij het Joods Museum",
    "teaches at a Catholic school",
    "drinks coffee religiously",
    "Christian Bakker is zijn collega",
    "runs for cancer research",
    "collecteert voor het Diabetes Fonds",
    "order 123456782",
    "klantnummer 111222333",
    "tel 06-12345678",
    "+31 6 12345678",
    "ordernummer 4111111111111111",
    "EAN 8712345678906",
    "passport photos ready on 12 May",
    "speelt golf, handicap 12",
    "gebroken wit is haar kleur",
    "notifications are disabled",
    "studeert medicijnen",
    "is psycholoog",
    "prefers non-alcoholic drinks",
    "houdt van haar kinderen, Ajax en koffie",
    "rode en zwarte schoenen",
    "werkt met vluchtelingen",
    "geen varkensvlees, glutenvrij brood",
    "hij is doof voor kritiek",
    "heeft twee kinderen",
    "klant sinds 2019-03-12, jarig op 12-05",
    "komt op 3 mei uit India terug",
    "invoice 2026-000123 paid",
    "Likes a handwritten card; drinks tea without milk",
    "Wil rechts van de deur parkeren",
]


@pytest.mark.parametrize(("text", "kind", "said"), NOTICED)
def test_what_may_not_be_kept_is_noticed(text: str, kind: Kind, said: str) -> None:
    assert [(finding.kind, finding.said) for finding in screen(text)] == [(kind, said)]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_let_through(text: str) -> None:
    assert screen(text) == []


@pytest.mark.parametrize(("text", "_kind", "_said"), NOTICED)
def test_every_better_way_may_be_kept_itself(text: str, _kind: Kind, _said: str) -> None:
    assert [screen(finding.better) for finding in screen(text)] == [[]]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Mevr. Turk", []),
        ("A. Islam", []),
        ("Zoon Bakker", []),
        ("Christian Black", []),
        ("Michael Parkinson", []),
        ("Jansen-de Vries", []),
        ("Jansen (diabetes)", [Kind.HEALTH]),
        ("Jansen - is moslim", [Kind.RELIGION]),
        ("Jansen 111222333", [Kind.ID_NUMBER]),
    ],
)
def test_a_name_is_a_name_until_a_remark_begins(name: str, kinds: list[Kind]) -> None:
    assert [finding.kind for finding in screen_name(name)] == kinds


def test_several_are_told_once_each_in_the_order_of_the_text() -> None:
    found = screen("Moslim, heeft diabetes, dochter Lotte. Zei weer dat hij diabetes heeft.")
    assert [finding.said for finding in found] == ["Moslim", "diabetes", "dochter Lotte"]


@pytest.mark.parametrize("text", ["send the diabetes leaflet", "de folder over diabetes", "Diabetes folders sturen"])
def test_of_a_leaflet_is_said_what_may_be_written_of_a_leaflet(text: str) -> None:
    assert [finding.better for finding in screen(text)] == ["the leaflet that was asked for"]


def test_a_finding_says_why_and_what_would_be_better() -> None:
    [finding] = screen("is diabetic")
    said = finding.sentence(i18n.dictionary()[Language.EN])
    assert said == (
        "“diabetic” says something about health, which we may not keep. Better: “prefers no sugar in the coffee”."
    )


@given(st.text())
def test_whatever_is_written_can_be_screened_and_no_number_is_repeated(text: str) -> None:
    for finding in [*screen(text), *screen_name(text)]:
        assert finding.said
        assert sum(sign.isdigit() for sign in finding.said) <= 3 or finding.kind is Kind.CHILD


# --- check digits ------------------------------------------------------------------------------------


@given(st.integers(10_000_000, 99_999_999), st.integers(1, 9), st.integers(0, 8))
def test_a_citizen_number_with_one_digit_wrong_is_none(start: int, more: int, place: int) -> None:
    for last in range(10):
        digits = f"{start}{last}"
        if numbers.is_citizen_number(digits):
            wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
            assert not numbers.is_citizen_number(wrong)


@given(st.from_regex(r"[0-9]{15}", fullmatch=True), st.integers(1, 9), st.integers(0, 15))
def test_a_card_number_with_one_digit_wrong_is_none(start: str, more: int, place: int) -> None:
    [digits] = [start + str(last) for last in range(10) if numbers.is_luhn(start + str(last))]
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not numbers.is_luhn(wrong)


@pytest.mark.parametrize("iban", ["NL91ABNA0417164300", "DE89370400440532013000", "BE68539007547034"])
def test_an_account_number_with_one_digit_wrong_is_none(iban: str) -> None:
    assert numbers.is_iban(iban)
    assert not any(numbers.is_iban(iban[:-1] + str(other)) for other in range(10) if str(other) != iban[-1])
