"""A customer is found by the beginning of any word of their name, in either order, accents and case aside."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.customers import names
from bot.kit.i18n import Language

FOUND = [
    ("Ayşe Özdemir", "oz"),
    ("Ayşe Özdemir", "ÖZDEMIR"),
    ("Ayşe Özdemir", "ozdemir ay"),
    ("René de Groot", "rene"),
    ("Sanne van der Berg", "berg"),
    ("Sanne van der Berg", "van der b"),
    ("Sanne van der Berg", "berg san"),
    ("'t Hoen", "hoen"),
    ("’t Hoen", "'t hoen"),
    ("Piet in 't Veld", "in t veld"),
    ("Siobhán O'Brien", "obrien"),
    ("Siobhán O’Brien", "o'br"),
    ("Siobhán O'Brien", "brien"),
    ("Anne-Marie Jansen", "anne-m"),
    ("Anne-Marie Jansen", "marie"),
    ("Anne-Marie Jansen", "annemarie"),
    ("Kim Smith-O'Neill", "o'neill"),
    ("Jansen, mevr. A.", "jansen a"),
    ("Mevr. Jansen", "mevr jansen"),
    ("De heer Drenth", "dr"),
    ("Jan de Heer", "heer"),
    ("Yılmaz", "yilmaz"),
    ("Straßer", "strasser"),
    ("Bjørn Łukasz", "luk bjo"),
    ("李小龙", "李小"),
    ("李", "李"),
    ("Wu", "wu"),
    ("Schouwenaarsveldhuizen", "schouwenaarsveldh"),
    ("J. de Vries", "j de vries"),
    ("Dr", "dr"),
]


@pytest.mark.parametrize(("name", "typed"), FOUND)
def test_a_name_is_found_by(name: str, typed: str) -> None:
    words = names.typed_words(typed)
    assert names.sieves(words)
    assert set(names.sieves(words)) <= names.beginnings(name)
    assert names.is_meant(name, words)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ayşe Özdemir", "demir"),
        ("Sanne van der Berg", "sanne jansen"),
        ("Anna Visser", "annabel"),
        ("J. de Vries", "k de vries"),
        ("Schouwenaarsveld", "schouwenaarsdijk"),
    ],
)
def test_a_name_is_not_found_by(name: str, typed: str) -> None:
    words = names.typed_words(typed)
    assert not set(names.sieves(words)) <= names.beginnings(name) or not names.is_meant(name, words)


@pytest.mark.parametrize("typed", ["", " ", "-", "'", "…", "a b"])
def test_too_little_is_looked_for_by_nothing(typed: str) -> None:
    assert names.sieves(names.typed_words(typed)) == []


def test_forms_of_address_are_not_kept() -> None:
    assert names.words_of("Mevr. dr. A. Jansen") == ["a", "jansen"]
    assert names.words_of("de heer Jansen") == ["jansen"]
    assert names.words_of("Fam. de Wit") == ["de", "wit"]


def test_beginnings_have_two_to_twelve_letters() -> None:
    assert names.beginnings("Jo Vos") == {"jo", "vo", "vos"}
    assert max(map(len, names.beginnings("Schouwenaarsveldhuizen"))) == 12


def test_names_with_many_words_are_looked_for_by_the_longest() -> None:
    words = names.typed_words("jan pieter van der velden tot zwanenburg")
    assert names.sieves(words) == ["zwanenburg", "pieter", "velden", "der"]
    assert not names.are_decided_by_sieves(words)


@given(st.text(), st.data())
def test_any_name_is_found_by_the_beginnings_of_its_words_in_any_order(name: str, data: st.DataObject) -> None:
    """What is typed as the name is written finds it; and so does the beginning of some words, in another order."""
    words = names.typed_words(name)
    assume(any(len(word) >= names.SHORTEST for word in words))
    assert set(names.sieves(words)) <= names.beginnings(name)
    assert names.is_meant(name, words)
    long_enough = [word for word in words if len(word) >= names.SHORTEST]
    some = data.draw(st.lists(st.sampled_from(long_enough), min_size=1, max_size=3))
    typed = [word[: data.draw(st.integers(names.SHORTEST, len(word)))] for word in some]
    assert set(names.sieves(typed)) <= names.beginnings(name)
    assert names.is_meant(name, typed)


@given(st.text())
def test_case_does_not_matter_and_what_is_folded_stays(name: str) -> None:
    words = names.words_of(name)
    assert names.words_of(name.casefold()) == words
    assert all(names.typed_words(word) in ([word], []) for word in words if word.isascii())


ABOUT_SOMEBODY = [
    "",
    "Jansen",
    "mevr. A.C. van der Berg-de Vries uit Zeist",
    "Mevrouw Wilhelmina Johanna Petronella van der Heijden-Bartholomeusdochter tot Wijk bij Duurstede",
    "Margaret Thistlethwaite-Featherstonehaugh of Upper Wharfedale & Daughters (Est. 1893) Limited",
    "whitfield the shade is dented",
    "jansen haar lamp is stuk en ze wacht al een week",
    "voor mevrouw Jansen, die niet blij is",
    "for the Hendersons",
    "My Nguyen",
    "Do",
    "Is",
    "Wil van Dam",
    "jansen, anna",
]
QUESTIONS = [
    "is boos",
    "is boos, wat nu?",
    "wants money back",
    "wil zijn geld terug, wat doe ik als hij niet luistert",
    "my parcel is late",
    "heeft zijn pakje niet",
    "boos?",
    "with a complaint",
    "voor een vaste klant",
    "hasn’t been helped",
    "staat hier al een kwartier in de rij te wachten",
]


def test_what_names_somebody_is_told_apart_from_a_question_that_begins_with_the_same_word() -> None:
    assert [typed for typed in ABOUT_SOMEBODY if not names.may_begin_with_a_name(typed)] == []
    assert [typed for typed in QUESTIONS if names.may_begin_with_a_name(typed)] == []


NL, EN = Language.NL, Language.EN


@pytest.mark.parametrize(
    ("name", "language", "to", "of"),
    [
        ("De heer Henk Bakker", NL, "meneer Bakker", "de heer Bakker"),
        ("Mevrouw Anneke Jansen", NL, "mevrouw Jansen", "mevrouw Jansen"),
        ("Mevr. A. Jansen", NL, "mevrouw Jansen", "mevrouw Jansen"),
        ("mw. drs. E.M. Jansen-de Boer", NL, "mevrouw Jansen-de Boer", "mevrouw Jansen-de Boer"),
        ("Dhr. J. de Vries", NL, "meneer De Vries", "de heer De Vries"),
        ("dhr. de Vries", NL, "meneer De Vries", "de heer De Vries"),
        ("Mevrouw Sanne van der Berg", NL, "mevrouw Van der Berg", "mevrouw Van der Berg"),
        ("Mevrouw Fatima 't Hoen", NL, "mevrouw 't Hoen", "mevrouw 't Hoen"),
        ("Familie El Amrani", NL, "familie El Amrani", "de familie El Amrani"),
        ("fam. de Wit", NL, "familie De Wit", "de familie De Wit"),
        ("De heer en mevrouw Smit", NL, "meneer en mevrouw Smit", "de heer en mevrouw Smit"),
        ("Mrs Margaret Okoye", NL, "mevrouw Okoye", "mevrouw Okoye"),
        ("Mrs Margaret Okoye", EN, "Mrs Okoye", "Mrs Okoye"),
        ("Mr Pugh", EN, "Mr Pugh", "Mr Pugh"),
        ("Dr Ngozi Okoye", EN, "Dr Okoye", "Dr Okoye"),
        ("Mr and Mrs Pugh", EN, "Mr and Mrs Pugh", "Mr and Mrs Pugh"),
        ("De heer Henk Bakker", EN, "Mr Bakker", "Mr Bakker"),
        ("Familie Jansen", EN, "Jansen family", "the Jansen family"),
        ("The Hendersons", EN, "Hendersons", "the Hendersons"),
        ("Sanne", NL, "Sanne", "Sanne"),
        ("Anneke Jansen", NL, "Anneke Jansen", "Anneke Jansen"),
        ("Jansen, mevr. A.", NL, "Jansen, mevr. A.", "Jansen, mevr. A."),
        ("Bakkerij De Korenaar BV", EN, "Bakkerij De Korenaar BV", "Bakkerij De Korenaar BV"),
        ("mevrouw", NL, "mevrouw", "mevrouw"),
    ],
)  # fmt: skip
def test_a_customer_is_spoken_to_and_of_as_people_do(name: str, language: Language, to: str, of: str) -> None:
    assert names.spoken_to(name, language) == to
    assert names.spoken_of(name, language) == of


def test_within_a_dutch_sentence_a_form_of_address_has_no_capital() -> None:
    assert names.in_full("Mevrouw Anneke Jansen", NL) == "mevrouw Anneke Jansen"
    assert names.in_full("De heer Bakker", NL) == "de heer Bakker"
    assert names.in_full("Mevrouw Jansen", EN) == "Mevrouw Jansen"
    assert names.in_full("Anneke", NL) == "Anneke"
    assert names.in_full("The Hendersons", EN) == "the Hendersons"


def test_in_english_the_verb_is_of_several_where_the_name_is() -> None:
    for said, sentence, agreed in [
        ("the Hendersons", "{} has been a customer for a year", "The Hendersons have been customers for a year"),
        ("the Hendersons", "Is it done? {} was promised this", "Is it done? the Hendersons were promised this"),
        ("Mr and Mrs Pugh", "{} is moving house", "Mr and Mrs Pugh are moving house"),
        ("the Jansen family", "{} has to wait", "The Jansen family has to wait"),
        ("Mrs Jones", "{} has to wait", "Mrs Jones has to wait"),
    ]:
        stands = sentence.format(said)
        assert names.agreeing(stands[:1].upper() + stands[1:], said, EN) == agreed
    assert names.agreeing("the Hendersons is", "the Hendersons", NL) == "the Hendersons is"


def test_a_name_in_small_letters_gets_its_capitals_and_any_other_stays() -> None:
    for typed, name in [
        ("mevrouw a.c. van der berg-de vries", "Mevrouw A.C. van der Berg-de Vries"),
        ("jan de boer", "Jan de Boer"),
        ("van dam", "Van Dam"),
        ("margaret o'neill and sons", "Margaret O'Neill and Sons"),
        ("fatima 't hoen", "Fatima 't Hoen"),
        ("özdemir", "Özdemir"),
        ("iPhone winkel", "iPhone winkel"),
        ("", ""),
    ]:
        assert names.with_capitals(typed) == name


@given(st.text(), st.sampled_from(Language))
def test_any_name_can_be_said(name: str, language: Language) -> None:
    assert bool(names.spoken_of(name, language)) == bool(name)
