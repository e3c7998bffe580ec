"""Every promise about the gestures and the moments."""

import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations, product

import pytest

from bot.gestures import catalogue, ranking, rules
from bot.gestures.drafts import draft_check
from bot.gestures.gesture import Gesture, Initiative, Kind, Need, Sector, Timing, Wording
from bot.gestures.ranking import Suggestion
from bot.kit.i18n import Language
from bot.kit.language import language_of
from bot.moments import calendar
from bot.moments.moment import Moment
from bot.trade import Channel, Level, Occasion, Phase, Principle
from tests.gestures.facts import TODAY, a_customer, a_situation

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


def test_each_sector_has_something_without_cost_for_each_occasion() -> None:
    free = [gesture for gesture in GESTURES if not gesture.cost]
    there = {(sector, occasion) for gesture in free for sector in gesture.sectors for occasion in gesture.occasions}
    assert there == set(product(Sector, Occasion))


HAS_A_DAY = {Occasion(moment.occasion) for moment in MOMENTS} - {Occasion.PUT_RIGHT}


def three_for_an_empty_card(
    sector: Sector, phase: Phase, occasion: Occasion, days_to: int | None
) -> tuple[Suggestion, ...]:
    """With consent and nothing else on it, while no limit is reached."""
    was_put_right = occasion is Occasion.PUT_RIGHT
    situation = a_situation(
        customer=a_customer(put_right_on=TODAY - timedelta(days=2) if was_put_right else None),
        limits=rules.usual_limits(sector),
        sector=sector,
        phase=phase,
        occasions=[occasion],
        days_to={} if days_to is None else {occasion: days_to},
    )
    return ranking.suggest(GESTURES, situation, {})


@pytest.mark.parametrize("occasion", list(Occasion))
def test_an_empty_card_gets_three_of_different_kinds_whatever_the_sector_the_phase_and_the_day(
    occasion: Occasion,
) -> None:
    days = (None, 5, 1, 0, -3) if occasion in HAS_A_DAY else (None,)
    for sector, phase, days_to in product(Sector, Phase, days):
        three = three_for_an_empty_card(sector, phase, occasion, days_to)
        assert len({suggestion.gesture.kind for suggestion in three}) == 3, (sector, phase, days_to)
        assert any(not suggestion.gesture.cost for suggestion in three), (sector, phase, days_to)
        is_put_right = {suggestion.gesture.level for suggestion in three} == {Level.PUT_RIGHT}
        assert is_put_right == (occasion is Occasion.PUT_RIGHT), (sector, phase, days_to)


@pytest.mark.parametrize("sector", list(Sector))
def test_a_birthday_in_three_days_becomes_a_card_in_the_post(sector: Sector) -> None:
    for phase in Phase:
        three = three_for_an_empty_card(sector, phase, Occasion.BIRTHDAY, 3)
        assert "birthday-card-by-hand" in {suggestion.gesture.id for suggestion in three}, phase


def test_three_months_after_the_purchase_nothing_is_said_to_somebody_who_has_just_bought() -> None:
    just = re.compile(r"\b(?:net|pas|zojuist|bedenktijd|eerste keer|just|first time|change your mind)\b")
    of_it = [gesture for gesture in GESTURES if Occasion.AFTER_PURCHASE in gesture.occasions]
    for gesture, language in product(of_it, Language):
        assert not just.search(gesture.in_language(language).words.lower()), gesture.id


@EACH
def test_one_customer_is_not_spoken_of_as_several_in_dutch(gesture: Gesture) -> None:
    assert not re.search(r"\b(?:hun|hen|henzelf|ze)\b", gesture.nl.title.lower())


def test_words_that_are_true_on_one_side_of_a_day_only_say_on_which() -> None:
    """“You're moving” is no news once they have moved."""
    still_to_come = re.compile(
        r"\b(?:you're moving|are getting married|you're getting married|soon|nearly|almost|about to)\b"
    )
    is_past = re.compile(r"\b(?:it's been your birthday|you've got married|first monday without)\b")
    for gesture in GESTURES:
        if not HAS_A_DAY.isdisjoint(gesture.occasions):
            words = gesture.en.words.lower()
            assert not still_to_come.search(words) or gesture.when is Timing.BEFORE, gesture.id
            assert not is_past.search(words) or gesture.when is Timing.AFTER, gesture.id


def test_words_are_true_of_whatever_a_customer_said() -> None:
    """“It was my grandad's, I'd hate to lose it” is no joke, no idea and no compliment, and did not turn out."""
    what_it_was = re.compile(
        r"\b(?:laugh|joke|idea|compliment|kind|wish|ask(?:ed)? for|turn(?:ed)? out|last time|lachen|grapje|grappig|idee"
        r"|complimentje|wens|vroeg|afgelopen|de vorige keer|hoe is het)\b"
    )
    for gesture in GESTURES:
        if Need.THEIR_WORDS in gesture.needs:
            said = f"{gesture.nl.words} {gesture.en.words}".lower()
            assert not what_it_was.search(said), gesture.id


@EACH
def test_no_week_is_named_for_a_day_that_may_fall_in_the_next(gesture: Gesture) -> None:
    """Words for a birthday are suggested days ahead, and over a weekend."""
    if gesture.when is not Timing.ON and not HAS_A_DAY.isdisjoint(gesture.occasions):
        said = f"{gesture.nl.words} {gesture.en.words}".lower()
        assert not re.search(r"\b(?:deze week jarig|vandaag jarig|your birthday (?:this week|today))\b", said)


@EACH
def test_nothing_is_claimed_that_no_card_holds(gesture: Gesture) -> None:
    """How far somebody moves, or whether they know this colleague already."""
    said = f"{gesture.nl.words} {gesture.en.words}".lower()
    assert not re.search(r"\b(?:stuk verderop|die u al kent|quite a way from here|you already know)\b", said)


def test_a_name_is_given_to_who_does_not_know_it_yet() -> None:
    introducing = [gesture for gesture in GESTURES if "and I'm giving you my name" in gesture.en.words]
    assert introducing
    assert all(gesture.phases == (Phase.KNOW,) for gesture in introducing)


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
