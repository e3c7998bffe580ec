"""Which of the two languages a colleague types, in a queue, with a typo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.i18n import Language
from bot.kit.language import SMALL_WORDS, language_of

NL, EN = Language.NL, Language.EN


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # Dutch
        ("mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?", NL),
        pytest.param("klant is boos", NL),
        pytest.param("hij is woedend", NL),
        ("boze klant voor me", NL),
        ("er staat iemand te schreeuwen aan de balie", NL),
        ("hoe zeg ik nee", NL),
        ("ze wil haar geld terug maar heeft geen bon", NL),
        ("kan ik iets extra's doen voor een vaste klant?", NL),
        ("WAT MOET IK ZEGGEN", NL),
        pytest.param("meneer is weduwnaar geworden, kaartje sturen?", NL),
        ("pakket weer niet bezorgd", NL),
        ("gast zegt dat het prima is maar kijkt sip", NL),
        ("wachttijd loopt op, mensen worden ongeduldig", NL),
        ("mevr belt voor de 3e x over dezelfde storing", NL),
        ("ik heb een fout gemaakt", NL),
        ("mag ik korting geven?", NL),
        ("hij doet een review, wat nu", NL),
        ("klant vraagt om de manager", NL),
        ("die service desk van ons is echt een ramp voor klanten", NL),
        ("wat doe je met een customer die boos is", NL),
        ("Goedemorgen! Heb je een tip voor me?", NL),
        # English
        ("my customer has been waiting for his parcel three times now, what do I say?", EN),
        ("customer is angry", EN),
        ("angry customer in front of me", EN),
        ("how do i say no", EN),
        ("she wants her money back but has no receipt", EN),
        ("what's the best way to say sorry", EN),
        ("what’s the best way to say sorry", EN),
        ("can i give a discount?", EN),
        ("WHAT SHOULD I SAY", EN),
        ("a guest says it's fine but looks disappointed", EN),
        ("parcel still not delivered", EN),
        ("he's shouting at the till", EN),
        ("dont know what to tell this guy", EN),
        ("regular's husband died, send a card?", EN),
        ("queue is out the door", EN),
        ("I made a mistake with an order", EN),
        ("hi, quick one: customer wants the manager", EN),
        ("the man from Van der Berg & Zonen is back again", EN),
        # Neither tells
        ("retour", None),
        ("refund", None),
        ("?", None),
        ("", None),
        ("😀 👍", None),
        ("12345 €50,-", None),
        ("Samira Jansen", None),
        ("KPN", None),
        # Other languages: no guess, or none that would be a surprise
        ("のお客様が怒っています", None),
        ("клиент очень сердится", None),
        ("müşteri çok kızgın", None),
        ("klient czeka trzeci raz", None),
        ("الزبون غاضب جدا", None),
        ("cliente enojado", None),
    ],
)
def test_the_small_words_tell_the_language(text: str, language: Language | None) -> None:
    assert language_of(text) is language


@given(st.text())
def test_any_text_is_one_of_the_two_or_undecided(text: str) -> None:
    assert language_of(text) in {NL, EN, None}


@pytest.mark.parametrize(
    "word",
    [
        *(pytest.param(word) for word in ("is", "in", "want")),
        *("was", "we", "me", "of", "over", "had"),
    ],
)
def test_a_word_that_both_languages_have_tells_nothing(word: str) -> None:
    assert language_of(word) is None


in_two_orders = st.lists(st.sampled_from(sorted(SMALL_WORDS[NL] | SMALL_WORDS[EN])), max_size=12).flatmap(
    lambda words: st.tuples(st.just(words), st.permutations(words))
)


@given(in_two_orders)
def test_neither_the_order_of_the_words_nor_capitals_nor_marks_change_it(orders: tuple[list[str], list[str]]) -> None:
    one, other = orders
    assert language_of(" ".join(one)) is language_of(", ".join(other).upper() + "?!")


@given(st.lists(st.sampled_from(sorted(SMALL_WORDS[NL] - SMALL_WORDS[EN])), min_size=1, max_size=12))
def test_words_that_only_dutch_has_are_dutch(words: list[str]) -> None:
    assert language_of(" ".join(words)) is NL


@given(st.lists(st.sampled_from(sorted(SMALL_WORDS[EN] - SMALL_WORDS[NL])), min_size=1, max_size=12))
def test_words_that_only_english_has_are_english(words: list[str]) -> None:
    assert language_of(" ".join(words)) is EN
