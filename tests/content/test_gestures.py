"""Every promise about the gestures and the moments."""

import re
from collections import Counter
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from bot.gestures import catalogue
from bot.gestures.drafts import draft_check
from bot.gestures.gesture import Gesture, Initiative, Kind, Need, Sector, Wording
from bot.kit.i18n import Language
from bot.kit.language import language_of
from bot.moments import calendar
from bot.moments.moment import Moment
from bot.trade import Channel, Level, Occasion, Phase, Principle

CATALOGUE = catalogue.load()
GESTURES, MOMENTS = CATALOGUE.gestures, calendar.load().moments
EACH = pytest.mark.parametrize("gesture", GESTURES, ids=lambda gesture: gesture.id)
EACH_MOMENT = pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.id)
FILLINGS: dict[Language, list[dict[str, str]]] = {
    Language.NL: [
        {"customer": "mevrouw De Boer", "me": "Noor", "us": "Van Dam & Dochters", "thing": "de nieuwe kraan",
         "their_words": "ik sta hier altijd met koude voeten", "preference": "thee zonder suiker"},
        {"customer": "Sam", "me": "Daan-Willem", "us": "’t Hoekje", "thing": "100% {wol}", "their_words": "tja…",
         "preference": "aan het raam"},
    ],
    Language.EN: [
        {"customer": "Mr Hughes", "me": "Noor", "us": "Bell & Daughters", "thing": "the new tap",
         "their_words": "my feet are always cold in here", "preference": "tea without sugar"},
        {"customer": "Zoë O'Neill-Özdemir", "me": "Jo", "us": "H&Co.", "thing": "100% {wool}", "their_words": "well…",
         "preference": "by the window"},
    ],
}  # fmt: skip


def texts(wording: Wording) -> tuple[str, ...]:
    return wording.title, wording.do, wording.words, wording.not_when, wording.why


def share(part: list[Gesture]) -> float:
    return len(part) / len(GESTURES)


def test_there_are_at_least_72_and_half_of_them_cost_nothing() -> None:
    assert len(GESTURES) >= 72
    assert share([gesture for gesture in GESTURES if not gesture.cost]) >= 0.5


def test_none_costs_more_than_something_small() -> None:
    assert max(gesture.cost for gesture in GESTURES) <= 10
    assert all(gesture.cost % Decimal("0.5") == 0 for gesture in GESTURES)


def test_they_are_spread_over_the_levels_phases_and_principles() -> None:
    levels = Counter(gesture.level for gesture in GESTURES)
    assert set(levels) == {Level.PUT_RIGHT, Level.PERSONAL, Level.SURPRISE}
    assert levels[Level.PUT_RIGHT] >= 5
    assert min(levels[Level.PERSONAL], levels[Level.SURPRISE]) >= 24
    phases = Counter(phase for gesture in GESTURES for phase in gesture.phases)
    assert min(phases[phase] for phase in Phase) >= 8, phases
    principles = Counter(principle for gesture in GESTURES for principle in gesture.principles)
    assert min(principles[principle] for principle in Principle) >= 6, principles


def test_they_are_spread_over_the_occasions_channels_and_sectors() -> None:
    occasions = Counter(occasion for gesture in GESTURES for occasion in gesture.occasions)
    assert min(occasions[occasion] for occasion in Occasion) >= 3, occasions
    channels = Counter(channel for gesture in GESTURES for channel in gesture.channels)
    assert min(channels[channel] for channel in Channel) >= 6, channels
    for sector in Sector:
        assert len([gesture for gesture in GESTURES if sector in gesture.sectors]) >= 36, sector
    assert 0.35 <= share([gesture for gesture in GESTURES if gesture.sectors == tuple(Sector)]) <= 0.65


def test_no_kind_is_more_than_a_third_and_both_initiatives_are_there() -> None:
    kinds = Counter(gesture.kind for gesture in GESTURES)
    assert set(kinds) == set(Kind)
    assert max(kinds.values()) <= len(GESTURES) / 3
    assert {gesture.initiative for gesture in GESTURES} == set(Initiative)
    assert {need for gesture in GESTURES for need in gesture.needs} == set(Need)


@pytest.mark.parametrize("sector", list(Sector))
@pytest.mark.parametrize("occasion", list(Occasion))
def test_each_sector_has_something_without_cost_for_each_occasion(sector: Sector, occasion: Occasion) -> None:
    fitting = [gesture for gesture in GESTURES if sector in gesture.sectors and occasion in gesture.occasions]
    assert any(not gesture.cost for gesture in fitting)


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_its_texts_are_as_long_as_a_minute_allows(gesture: Gesture, language: Language) -> None:
    wording = gesture.in_language(language)
    assert len(wording.title) <= 60
    assert not wording.title.endswith(".")
    assert 40 <= len(wording.do) <= 300
    assert 40 <= len(wording.words) <= 500
    assert all(text[-1] in ".!?" for text in (wording.do, wording.not_when, wording.why))


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_it_is_written_in_its_language(gesture: Gesture, language: Language) -> None:
    assert language_of(" ".join(texts(gesture.in_language(language)))) is language


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_its_words_read_well_with_any_filling(gesture: Gesture, language: Language) -> None:
    wording = gesture.in_language(language)
    assert "{customer}" in wording.words
    assert not re.search(r"(?i)\b(mevrouw|meneer|heer|mr|mrs|ms|miss)\.? \{customer\}", wording.words)
    for fillings in FILLINGS[language]:
        said = wording.said(fillings)
        assert not re.search(r" [,.!?;:]|,,|\s{2}|[,.!?;:][,.!;:]|\n", said.replace("…”", "”").replace("o.", "o"))
        without_fillings = wording.said(dict.fromkeys(fillings, ""))
        assert "{" not in without_fillings
        assert "}" not in without_fillings


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_its_words_pass_the_check_on_drafts(gesture: Gesture, language: Language) -> None:
    wording, fillings = gesture.in_language(language), FILLINGS[language][0]
    assert draft_check(wording.said(fillings), [*fillings.values(), wording.words], language) == []


@EACH
def test_colleagues_are_spoken_to_with_je(gesture: Gesture) -> None:
    wording = gesture.nl
    for text in (wording.title, wording.do, wording.not_when, wording.why):
        to_a_colleague = re.sub(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’", "", text)
        assert not re.search(r"\b[uU]w?\b", to_a_colleague), text


@EACH
def test_customers_are_spoken_to_with_u(gesture: Gesture) -> None:
    """“Je” may still stand in the words where it means anybody: “wat je op zo'n dag moet weten”."""
    assert not re.search(r"\b(?:jij|jou|jouw|jullie)\b", gesture.nl.words.lower())


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_it_speaks_plainly(gesture: Gesture, language: Language) -> None:
    whole = " ".join(texts(gesture.in_language(language)))
    jargon = (
        r"\b(klantbeleving|customer experience|customer journey|stakeholder|touchpoint|proactie\w+|pro-active|leverage"
        r"|synergy|omnichannel|kpi|ambassadeurs?|ambassadors?|wow)\b"
    )
    assert not re.search(jargon, whole.lower())
    assert whole.count("!") <= 2
    assert not re.search(r"[\U0001F300-\U0001FAFF]|\*\*|<[@!#]", whole)


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_it_never_asks_for_a_score(gesture: Gesture, language: Language) -> None:
    words = gesture.in_language(language).words.lower()
    assert not re.search(r"\b(review|rating|stars?|sterren|cijfer|beoordeling|score)\b", words)


@pytest.mark.parametrize("language", list(Language))
def test_no_two_say_nearly_the_same(language: Language) -> None:
    assert len({gesture.in_language(language).title for gesture in GESTURES}) == len(GESTURES)
    matcher = SequenceMatcher(autojunk=False)
    for one, other in combinations(GESTURES, 2):
        matcher.set_seqs(*(words_of(each, language) for each in (one, other)))
        alike = matcher.real_quick_ratio() > 0.6 and matcher.quick_ratio() > 0.6 and matcher.ratio() > 0.6
        assert not alike, f"{one.id} and {other.id}"


def words_of(gesture: Gesture, language: Language) -> list[str]:
    return re.findall(r"\w+", gesture.in_language(language).words.lower())


def test_every_day_that_comes_back_and_every_event_is_a_moment() -> None:
    named = {Occasion.BIRTHDAY, Occasion.ANNIVERSARY, Occasion.MOVING, Occasion.NEW_JOB, Occasion.WEDDING,
             Occasion.RETIREMENT, Occasion.REPAIR_DONE, Occasion.AFTER_PURCHASE, Occasion.PUT_RIGHT,
             Occasion.HOLIDAY_SEASON}  # fmt: skip
    assert {moment.id for moment in MOMENTS} == {moment.occasion for moment in MOMENTS} == named


@EACH_MOMENT
@pytest.mark.parametrize("language", list(Language))
def test_a_moment_is_heard_and_means_something_for_the_trade(moment: Moment, language: Language) -> None:
    wording = moment.in_language(language)
    assert len(wording.heard) >= 6
    assert all(phrase == phrase.lower() for phrase in wording.heard)
    assert 3 <= len(wording.also) <= 6
    assert all(point.endswith((".", "?")) for point in wording.also)


@pytest.mark.parametrize("language", list(Language))
def test_no_phrase_belongs_to_two_moments(language: Language) -> None:
    phrases = Counter(phrase for moment in MOMENTS for phrase in moment.in_language(language).heard)
    assert max(phrases.values()) == 1
