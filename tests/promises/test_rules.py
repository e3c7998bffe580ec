"""What a line says, what sounds like too much, and who promises something."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.customers.rules import Found
from bot.kit.i18n import Language
from bot.promises import hearing, rules
from bot.promises.hearing import Told, what_was_told

NL, EN = Language.NL, Language.EN
NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 — by somebody's own clock


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Jansen offerte", ("Jansen offerte", ""), ("Jansen", "offerte")),
        ("Jansen de offerte", ("Jansen de offerte", ""), ("Jansen", "de offerte")),
        ("aan Jansen: offerte", ("Jansen: offerte", ""), ("Jansen", "offerte")),
        ("for mrs Jansen, a quote", ("mrs Jansen, a quote", ""), ("mrs", "Jansen, a quote")),
    ],
)
def test_a_line_begins_with_a_name(line: str, first: tuple[str, str], last: tuple[str, str]) -> None:
    guesses = list(rules.names_in(line))
    assert (guesses[0], guesses[-1]) == (first, last)


def test_no_name_ends_with_a_word_that_what_is_promised_begins_with() -> None:
    assert [name for name, _rest in rules.names_in("Jansen de offerte")] == ["Jansen de offerte", "Jansen"]
    assert list(rules.names_in("")) == list(rules.names_in("the")) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Jansen the quote", ["jansen"]),
        ("aan de heer Jansen: offerte", ["jansen"]),
        ("van den Berg offerte", ["berg", "van"]),
        ("J. de Vries de offerte", ["vries", "j"]),
        ("", []),
    ],
)
def test_a_customer_is_looked_for_by_the_word_that_tells_most(line: str, words: list[str]) -> None:
    assert rules.words_to_find(line) == words


@pytest.mark.parametrize(
    ("line", "customers", "meant", "rest", "is_sure"),
    [
        ("Jansen the quote", ["Mevr. A. Jansen"], ["Mevr. A. Jansen"], "the quote", True),
        ("mevr Jansen offerte", ["Mevr. A. Jansen"], ["Mevr. A. Jansen"], "offerte", True),
        ("jans the quote", ["Mevr. A. Jansen"], ["Mevr. A. Jansen"], "the quote", False),
        ("call her back", ["Mrs Callaghan"], ["Mrs Callaghan"], "her back", False),
        ("Jansen the quote", ["A. Jansen", "P. Jansen"], ["A. Jansen", "P. Jansen"], "the quote", False),
        ("Jansen Piet the quote", ["A. Jansen", "Piet Jansen"], ["Piet Jansen"], "the quote", True),
        ("Jansen the quote", ["Mr Bakker"], [], "Jansen the quote", False),
    ],
)
def test_only_who_is_named_in_whole_words_is_meant_for_sure(
    line: str, customers: list[str], meant: list[str], rest: str, is_sure: bool
) -> None:
    found = [Found(n, name, None, is_own=True) for n, name in enumerate(customers)]
    who, after, sure = rules.who_is_meant(line, found)
    assert ([one.name for one in who], after, sure) == (meant, rest, is_sure)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("dat ik haar terugbel", "haar terugbellen"),
        ("dat ik de maten mail", "de maten mailen"),
        ("dat we het uitzoeken", "het uitzoeken"),
        ("that I'd send the quote", "send the quote"),
        ("that I send the quote", "send the quote"),
        # What cannot be turned into that for sure stays as it was said.
        ("dat ik kijk of het past en haar bel", "dat ik kijk of het past en haar bel"),
        ("dat ik haar kan bellen", "dat ik haar kan bellen"),
        ("dat ik haar laat weten", "dat ik haar laat weten"),
        ("dat de tafel er is", "dat de tafel er is"),
        ("that it is ready", "that it is ready"),
        ("that I am there", "that I am there"),
        ("om haar te bellen", "om haar te bellen"),
        ("that I'll call her back", "call her back"),
        ("the quote,", "the quote"),
        (": de offerte", "de offerte"),
        ("Datum doorgeven", "Datum doorgeven"),
        ("", ""),
    ],
)
def test_what_is_promised_stands_without_the_words_before_it(typed: str, what: str) -> None:
    assert rules.what_is_promised(typed) == what
    assert rules.is_a_clause(what) == (what[:4] in {"dat ", "that", "om h"})


def test_words_that_are_no_day_to_come_are_named() -> None:
    found = {
        "de offerte gisteren": "gisteren",
        "de offerte 31-11": "31-11",
        "de offerte vóór kerst": "kerst",
        "de offerte zsm": "zsm",
        "the quote asap": "asap",
        "call her as soon as possible": "as soon as possible",
        "the quote by last friday": "last friday",
        "the quote 31 november": "31 november",
        "the quote in december": "in december",
        "open 24/7": None,
        "de 2-3 stalen": None,
        "as she may": None,
        "the quote": None,
    }
    assert {text: (said := rules.no_day_in(text)) and said[0] for text in found} == found
    why = {
        "31-11": rules.NoDay.NONE,
        "31 november": rules.NoDay.NONE,
        "29 feb": rules.NoDay.VAGUE,
        "last friday": rules.NoDay.GONE,
    }
    assert {text: rules.why_no_day(text) for text in why} == why
    assert rules.no_day_in("uiterlijk gisteren de offerte") == ("gisteren", "de offerte")


def test_the_same_words_are_the_same_however_they_are_typed() -> None:
    assert rules.same_words("De offerte, José!", "de OFFERTE jose")
    assert not rules.same_words("de offerte", "de offertes")


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("we komen altijd op tijd", NL, "altijd"),
        ("dit gebeurt nooit meer", NL, "nooit meer"),
        ("Gegarandeerd voor de kerst binnen", NL, "gegarandeerd"),
        ("ik garandeer dat het past", NL, "ik garandeer"),
        ("ze krijgt meteen antwoord", NL, "meteen"),
        ("direct terugbellen", NL, "direct"),
        ("hoe dan ook voor vrijdag", NL, "hoe dan ook"),
        ("100% vergoeding", NL, "100%"),
        ("24/7 bereikbaar zijn", NL, "24/7"),
        ("we always answer within a minute", EN, "always"),
        ("this will never happen again", EN, "never happen again"),
        ("it never happens again", EN, "never happens again"),
        ("guaranteed before Christmas", EN, "guaranteed"),
        ("I guarantee that it fits", EN, "i guarantee"),
        ("she gets an answer at once", EN, "at once"),
        ("call back right away", EN, "right away"),
        ("no matter what, by Friday", EN, "no matter what"),
        ("100 % refund", EN, "100 %"),
        # What can be promised.
        ("de offerte vrijdag", NL, None),
        ("bellen, zoals altijd op vrijdag", NL, None),
        ("het garantiebewijs opsturen", NL, None),
        ("bellen meteen na het weekend", NL, None),
        ("een directe lijn doorgeven", NL, None),
        ("de directeur belt", NL, None),
        ("niet meteen, wel morgen", NL, None),
        ("ze is nooit gebeld: bellen", NL, None),
        ("10% korting", NL, None),
        ("de kast nooitgedacht leveren", NL, None),
        ("as always, the invoice by mail", EN, None),
        ("not always possible: look it up", EN, None),
        ("send the guarantee card", EN, None),
        ("deliver both at once", EN, None),
        ("call immediately after the weekend", EN, None),
        ("send the hallways sketch", EN, None),
        ("a quote by Friday", EN, None),
    ],
)
def test_what_sounds_like_more_than_anybody_can_promise(text: str, language: Language, said: str | None) -> None:
    assert rules.sounds_too_big(text, language) == said


PROMISES = {
    NL: [
        "Ik heb mevrouw Jansen beloofd dat ik vandaag bel, wat nu?",
        "Ik heb beloofd vrijdag een offerte te sturen",
        "Gisteren heb ik hem een antwoord beloofd",
        "We hebben de klant toegezegd dat het maandag klaar is",
        "Wat ik haar beloofd heb lukt niet meer",
        "Ik beloofde de klant een telefoontje",
        "Toen beloofde ik dat ik het uit zou zoeken",
        "Ik beloof haar dat ze morgen iets hoort",
        "Dan beloof ik dat we bellen",
        "Ik ga haar beloven dat het vrijdag klaar is",
        "Ik wil de klant iets beloven",
        "Kan ik haar beloven dat het morgen komt?",
        "Mag ik toezeggen dat we de kosten betalen?",
        "Moet ik hem beloven dat we bellen?",
        "Ik heb gezegd dat ik vanmiddag terugbel",
        "Ik heb met haar afgesproken dat ik de offerte stuur",
        "Ik zou meneer De Wit vandaag terugbellen",
        "Ik zou haar gisteren een offerte sturen en ben het vergeten",
        "Ik had de klant nog zo beloofd te bellen",
    ],
    EN: [
        "I promised Mrs Jansen that I would call today",
        "I've promised to send a quote by Friday",
        "We have promised the customer a new one",
        "I already promised her a call",
        "I promise that she hears tomorrow",
        "I'm going to promise her Friday",
        "I want to promise the customer something",
        "Can I promise her that it comes tomorrow?",
        "May I promise a refund?",
        "Should we promise him a call?",
        "I told her I'd call this afternoon",
        "I told Mr De Wit that we would send a quote",
        "I said I would get back to him",
        "I’ll promise to look into it",
        "I was supposed to call her back today and forgot",
        "I was going to send her the quote yesterday",
        "We gave her our word",
    ],
}
DOES_NOT = {
    NL: [
        "De klant beloofde te betalen",
        "Hij heeft beloofd langs te komen",
        "De klant zegt dat hij heeft beloofd te betalen",
        "Ik kan niets beloven",
        "Ik kan haar niet beloven dat het lukt",
        "Ik heb niets beloofd maar ze denkt van wel",
        "Ik heb dat nooit beloofd",
        "Wat kan ik beloven?",
        "Hoeveel mag ik beloven?",
        "Hoe zeg ik nee zonder iets te beloven?",
        "Mij is beloofd dat de leverancier vandaag komt",
        "De leverancier heeft ons beloofd te leveren",
        "Ik heb van de fabriek levering beloofd gekregen",
        "Mijn collega heeft de klant iets beloofd",
        "Ik hoorde dat hij had beloofd te bellen",
        "Ik sprak een klant die beloofd had te bellen",
        "De klant wil dat we geen dingen beloven",
        "Een belofte breken, hoe vertel ik dat?",
        "Ik zou haar graag helpen",
        "Zou ik haar moeten bellen?",
        "Ik heb gezegd dat ik het niet weet",
        "Ik wil weten of de klant beloofd heeft te betalen",
        "De klant is boos",
    ],
    EN: [
        "The customer promised to pay",
        "She promised me to come",
        "I can't promise that",
        "I cannot promise her anything",
        "I can’t promise it",
        "I never promised her that",
        "I haven't promised anything",
        "I didn't promise a refund",
        "I promised nothing",
        "What can I promise?",
        "How do I say no without promising anything?",
        "I was promised a delivery by the supplier",
        "I've been promised stock by Monday",
        "We were promised new stock",
        "A promising customer wants a discount",
        "My colleague promised the customer a discount",
        "The customer says that they promised a discount",
        "I wouldn't promise that",
        "I told her that I don't know",
        "I said that it was our fault",
        "She told me she would call",
        "The customer is angry",
    ],
}


@pytest.mark.parametrize(
    ("text", "language"), [(text, language) for language in Language for text in PROMISES[language]]
)
def test_a_colleague_who_promises_is_heard(text: str, language: Language) -> None:
    assert hearing.promises_something(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [(text, language) for language in Language for text in DOES_NOT[language]]
)
def test_who_promises_nothing_or_is_somebody_else_is_not(text: str, language: Language) -> None:
    assert not hearing.promises_something(text, language)


@given(st.text(max_size=200), st.sampled_from(Language))
def test_any_text_is_read(text: str, language: Language) -> None:
    hearing.promises_something(text, language)
    rules.sounds_too_big(text, language)
    for name, rest in rules.names_in(text):
        assert name or rest or not text.strip()


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        (
            "ik heb mevrouw Jansen beloofd dat ik haar vrijdag terugbel",
            NL,
            "mevrouw Jansen dat ik haar vrijdag terugbel",
        ),
        ("Ik beloofde meneer Bakker de maten morgen. Hij was blij.", NL, "meneer Bakker de maten morgen"),
        ("heb ik haar toegezegd de offerte te sturen", NL, "haar de offerte te sturen"),
        ("ik zou mevrouw Jansen vrijdag terugbellen", NL, "mevrouw Jansen vrijdag terugbellen"),
        ("ik heb vandaag beloofd dat ik morgen bel", NL, "dat ik morgen bel"),
        ("I promised Mrs Green to send it on Friday", EN, "Mrs Green to send it on Friday"),
        ("I’ve promised to call Mrs Green; she was pleased", EN, "to call Mrs Green"),
        ("I told Mrs Green I'd call her back tomorrow", EN, "Mrs Green call her back tomorrow"),
        ("my customer promised to pay", EN, None),
    ],
)
def test_what_is_told_of_a_promise_is_the_line_that_would_be_typed(
    text: str, language: Language, line: str | None
) -> None:
    assert what_was_told(text, language) == line


@given(st.text(max_size=100), st.sampled_from(Language))
def test_however_long_a_promise_is_told_its_button_holds_it(text: str, language: Language) -> None:
    said = {NL: "ik heb beloofd dat ik", EN: "I promised to"}[language]
    line = what_was_told(f"{said} {text * 30}", language)
    assert line is not None
    told = Told(line, "Mrs Green", NOON)
    assert Told.read(told.value) == told
    assert len(told.value) < 2000


def test_a_name_is_put_before_the_line_that_has_none_there() -> None:
    assert Told("to call her", "Mrs Green", NOON).lines == ["Mrs Green: to call her", "to call her"]
    assert Told("aan de familie Vos de maten", "familie Vos", NOON).lines == ["aan de familie Vos de maten"]
    assert Told("to call her", None, NOON).lines == ["to call her"]
    assert Told.read("12") is None
