"""What may not go to a customer is noticed in a draft, and an ordinary sentence is let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gestures.drafts import Fault, FaultKind, draft_check
from bot.kit.i18n import Language

NL, EN = Language.NL, Language.EN
FACTS = {
    NL: ["mevrouw De Boer-Özdemir", "Noor", "Van Dam & Dochters", "de fiets van 2 jaar oud", "thee zonder suiker",
         "daar ben ik voor altijd blij mee", "4 maart"],
    EN: ["Mr Hughes", "Noor", "Bell & Daughters", "the bike, 2 years old, from Leeds", "tea without sugar",
         "I'll be happy with it for ever", "4 March"],
}  # fmt: skip
START = {NL: "Beste mevrouw De Boer, ik schrijf u omdat ik aan u dacht. ",
         EN: "Dear Mr Hughes, I'm writing because I was thinking of you. "}  # fmt: skip


def faults(rest: str, language: Language) -> list[tuple[FaultKind, str]]:
    return [(fault.kind, fault.said) for fault in draft_check(START[language] + rest, FACTS[language], language)]


@pytest.mark.parametrize(
    ("language", "rest", "kind", "said"),
    [
        (NL, "Tot snel, {me}", FaultKind.PLACEHOLDER, "{me}"),
        (EN, "See you soon, [your name]", FaultKind.PLACEHOLDER, "[your name]"),
        (NL, "Kijk op https://vandam.example/actie voor meer.", FaultKind.LINK, "https://vandam.example/actie"),
        (EN, "Write to noor@bell.example if it isn't.", FaultKind.LINK, "noor@bell.example"),
        (NL, "U zei: “de mooiste winkel van de stad”.", FaultKind.QUOTE, "de mooiste winkel van de stad"),
        (EN, 'You said "best shop ever" to me.', FaultKind.QUOTE, "best shop ever"),
        (NL, "U bent al 12 maanden bij ons.", FaultKind.NUMBER, "12"),
        (NL, "U kwam al drie keer langs.", FaultKind.NUMBER, "drie keer"),
        (EN, "Your bike is 3 years old.", FaultKind.NUMBER, "3"),
        (EN, "You have been with us for five long years.", FaultKind.NUMBER, "five long years"),
        (EN, "It cost £7.50 at the time.", FaultKind.NUMBER, "7.50"),
        (NL, "Tot maandag!", FaultKind.DATE, "maandag"),
        (NL, "Gisteren sprak ik u nog.", FaultKind.DATE, "Gisteren"),
        (NL, "Fijne Pasen gewenst.", FaultKind.DATE, "Pasen"),
        (EN, "See you on Monday.", FaultKind.DATE, "Monday"),
        (EN, "It was good to see you last week.", FaultKind.DATE, "last week"),
        (EN, "You bought it in May.", FaultKind.DATE, "May"),
        (NL, "Doe de groeten aan Lotte.", FaultKind.NAME, "Lotte"),
        (NL, "Veel plezier met uw Gazelle!", FaultKind.NAME, "Gazelle"),
        (NL, "Lotte vertelde dat u blij was.", FaultKind.NAME, "Lotte"),
        (EN, "I hope the trip to Bristol was good.", FaultKind.NAME, "Bristol"),
        (EN, "Sarah told us how happy you were.", FaultKind.NAME, "Sarah"),
        (NL, "Hoe gaat het met uw dochter?", FaultKind.PRIVATE, "uw dochter"),
        (NL, "Beterschap gewenst.", FaultKind.PRIVATE, "beterschap"),
        (EN, "I hope your husband likes it too.", FaultKind.PRIVATE, "your husband"),
        (NL, "Wij zullen er altijd voor u zijn.", FaultKind.PROMISE, "wij zullen er altijd"),
        (NL, "Dat het blijft werken, garandeer ik u.", FaultKind.PROMISE, "garandeer"),
        (NL, "De koffie is voortaan altijd gratis.", FaultKind.PROMISE, "altijd gratis"),
        (NL, "Dit zal niet meer gebeuren.", FaultKind.PROMISE, "niet meer gebeuren"),
        (EN, "We’ll always be there for you.", FaultKind.PROMISE, "we'll always"),
        (EN, "It's guaranteed to work.", FaultKind.PROMISE, "guaranteed"),
        (EN, "Your coffee is free for good.", FaultKind.PROMISE, "free for good"),
        (EN, "I promise it goes well.", FaultKind.PROMISE, "i promise"),
        (NL, "U bent een gewaardeerde klant.", FaultKind.FLATTERY, "gewaardeerde klant"),
        (NL, "U bent echt geweldig.", FaultKind.FLATTERY, "u bent echt geweldig"),
        (NL, "Het was een waar genoegen.", FaultKind.FLATTERY, "een waar genoegen"),
        (EN, "You are a valued customer.", FaultKind.FLATTERY, "valued customer"),
        (EN, "You're simply the best.", FaultKind.FLATTERY, "you're simply the best"),
        (EN, "It means the world to us.", FaultKind.FLATTERY, "means the world"),
    ],
)
def test_what_may_not_be_said_is_named(language: Language, rest: str, kind: FaultKind, said: str) -> None:
    assert faults(rest, language) == [(kind, said)]


@pytest.mark.parametrize(
    ("language", "rest"),
    [
        (NL, "Hoe gaat het met de fiets? Ik ben benieuwd. Groet van Noor, Van Dam & Dochters"),
        (NL, "Uw fiets is nu twee jaar oud, en op 4 maart kijk ik hem graag na."),
        (NL, "U zei: “daar ben ik voor altijd blij mee”. Dat vond ik mooi."),
        (NL, "Het duurt twee minuten, en U hoeft er niets voor te doen. Tot gauw!"),
        (NL, "Mevrouw Özdemir, er staat thee klaar. Zonder suiker."),
        (NL, "De garantie loopt nog; bewaar het bonnetje dus even."),
        (NL, "U bent altijd welkom. Zal ik iets apart zetten?"),
        (EN, "How is the bike? I'd love to hear. Best wishes from Noor, Bell & Daughters"),
        (EN, "Your bike from Leeds is two years old, so on 4 March I'd like to look it over."),
        (EN, "You said “I’ll be happy with it for ever.” That stayed with me."),
        (EN, "It takes two minutes. May I show you? We may be busy, but do march straight in."),
        (EN, "Hughes's bike is ready, I said to a colleague. You needn't do anything."),
        (EN, "You're always welcome. Tea without sugar, wasn't it?"),
        (EN, "Good news:\nThe part is in.\n– Noor"),
    ],
)
def test_an_ordinary_sentence_is_let_through(language: Language, rest: str) -> None:
    assert faults(rest, language) == []


def test_a_draft_is_neither_a_letter_nor_a_shout() -> None:
    assert draft_check("Gefeliciteerd, mevrouw De Boer!", FACTS[NL], NL) == [
        Fault(FaultKind.TOO_SHORT, "Gefeliciteerd, mevrouw De Boer!")
    ]
    long = START[NL] + "Ik vind het fijn. " * 30
    assert [fault.kind for fault in draft_check(long, FACTS[NL], NL)] == [FaultKind.TOO_LONG]
    assert draft_check(START[NL], FACTS[NL], NL) == []


def test_all_that_is_wrong_is_named() -> None:
    kinds = [kind for kind, _ in faults("Lotte vertelde dat U 3 keer kwam. Wij beloven u een geweldige tijd!", NL)]
    assert kinds == [FaultKind.NUMBER, FaultKind.NAME, FaultKind.PROMISE]


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=4), st.sampled_from(Language))
def test_any_text_can_be_looked_at(words: str, facts: list[str], language: Language) -> None:
    assert all(fault.said for fault in draft_check(words, facts, language) if fault.kind is not FaultKind.TOO_SHORT)


@given(st.integers(2, 10**6), st.sampled_from(Language))
def test_a_number_may_be_said_when_it_is_a_fact(number: int, language: Language) -> None:
    words = f"{START[language]} {number}."
    assert draft_check(words, [*FACTS[language], str(number)], language) == []
    assert bool(draft_check(words, FACTS[language], language)) is (number not in {2, 4})
