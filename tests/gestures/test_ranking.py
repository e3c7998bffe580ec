"""Which three are suggested, and why these."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gestures import catalogue, ranking, rules
from bot.gestures.gesture import Gesture, Kind, Need, Sector
from bot.gestures.ranking import Situation, Suggestion, Tally, Why
from bot.gestures.rules import Instead, Reason, Spent
from bot.trade import Channel, Occasion, Phase, Wish
from tests.gestures.facts import TODAY, a_customer, a_gesture, a_situation

CATALOGUE = catalogue.load().gestures


def ids(suggestions: Sequence[Suggestion]) -> list[str]:
    return [suggestion.gesture.id for suggestion in suggestions]


def preferred(better: dict[str, Any], worse: dict[str, Any], **situation: Any) -> bool:
    """Whether the one is put before the other, whatever they are called; they are of different kinds."""
    for first, second in (("a", "b"), ("b", "a")):
        two = [
            a_gesture(**{"id": second, "kind": "help", **worse}),
            a_gesture(**{"id": first, "kind": "tip", **better}),
        ]
        if ids(ranking.suggest(two, a_situation(**situation), {})) != [first, second]:
            return False
    return True


def test_what_is_going_on_goes_before_what_can_be_done_any_day() -> None:
    birthday = {"occasions": ["birthday"]}
    assert preferred(birthday, {}, occasions=[Occasion.BIRTHDAY])


def test_what_presses_most_goes_first() -> None:
    now = [Occasion.MOVING, Occasion.BIRTHDAY]
    assert preferred({"occasions": ["moving"]}, {"occasions": ["birthday"]}, occasions=now)


def test_nothing_is_suggested_for_an_occasion_that_is_not_there() -> None:
    assert ranking.suggest([a_gesture(occasions=["birthday"])], a_situation(occasions=[Occasion.MOVING]), {}) == ()


@pytest.mark.parametrize(
    ("when", "channels", "days_to", "fits"),
    [
        ("any", ["card"], 1, True),
        ("any", ["phone"], -9, True),
        ("before", ["phone"], 1, True),
        ("before", ["phone"], 0, False),
        ("before", ["phone"], -1, False),
        ("before", ["card"], 2, True),
        ("before", ["card"], 1, False),
        ("before", ["card", "parcel"], 1, False),
        ("before", ["card", "in-person"], 1, True),
        ("on", ["phone"], 1, False),
        ("on", ["phone"], 0, True),
        ("on", ["phone"], -1, False),
        ("after", ["card"], 0, False),
        ("after", ["card"], -1, True),
        ("before", ["card"], None, True),
        ("on", ["card"], None, True),
        ("after", ["card"], None, True),
    ],
)
def test_what_is_for_before_on_or_after_the_day_is_suggested_in_time(
    when: str, channels: list[str], days_to: int | None, fits: bool
) -> None:
    gesture = a_gesture(occasions=["birthday"], when=when, channels=channels)
    days = {} if days_to is None else {Occasion.BIRTHDAY: days_to}
    situation = a_situation(occasions=[Occasion.BIRTHDAY], days_to=days)
    assert bool(ranking.suggest([gesture], situation, {})) is fits


def test_what_is_too_late_for_one_occasion_can_be_in_time_for_another() -> None:
    gesture = a_gesture(occasions=["birthday", "wedding"], when="before")
    now, days = [Occasion.BIRTHDAY, Occasion.WEDDING], {Occasion.BIRTHDAY: -1, Occasion.WEDDING: 6}
    [suggestion] = ranking.suggest([gesture], a_situation(occasions=now, days_to=days), {})
    assert suggestion.why_now is Occasion.WEDDING


def test_what_is_out_of_time_is_no_hindrance() -> None:
    gesture = a_gesture(occasions=["birthday"], when="after")
    situation = a_situation(occasions=[Occasion.BIRTHDAY], days_to={Occasion.BIRTHDAY: 3})
    assert ranking.hindrance([gesture], situation) is None


@pytest.mark.parametrize(
    ("better", "worse", "phase"),
    [(["trust"], ["like"], Phase.TRUST), (["like"], ["know"], Phase.TRUST), (["know", "love"], ["like"], Phase.LOVE)],
)
def test_the_nearer_to_the_customers_phase_the_better(better: list[str], worse: list[str], phase: Phase) -> None:
    assert preferred({"phases": better}, {"phases": worse}, phase=phase)


def test_what_leans_on_the_customers_own_words_is_better_than_what_fits_anybody() -> None:
    words = {"title": "T", "do": "D", "words": "“{their_words}”, {customer}", "not_when": "N", "why": "W"}
    own = {"needs": ["their_words"], "nl": words, "en": words}
    assert preferred(own, {}, known_of={Occasion.EVERYDAY: frozenset({Need.THEIR_WORDS})})
    other = a_situation(known_of={Occasion.EVERYDAY: frozenset({Need.THING})})
    assert ids(ranking.suggest([a_gesture(**own)], other, {})) == []


def test_the_customers_own_channel_is_better() -> None:
    assert preferred({"channels": ["card"]}, {"channels": ["phone"]}, channels=frozenset({Channel.CARD}))


def test_another_kind_than_the_last_is_better() -> None:
    assert preferred({"kind": "tip"}, {"kind": "help"}, last_kind=Kind.HELP)


def test_little_effort_is_better_than_much() -> None:
    assert preferred({"minutes": 3}, {"minutes": 10})


def test_what_was_set_aside_for_this_customer_does_not_come_back() -> None:
    assert ranking.suggest([a_gesture()], a_situation(not_these=frozenset({"a-gesture"})), {}) == ()


def test_what_is_not_of_this_sector_is_not_suggested() -> None:
    gesture = a_gesture(sectors=["bank", "care"])
    assert ranking.suggest([gesture], a_situation(sector=Sector.SHOP), {}) == ()
    assert ids(ranking.suggest([gesture], a_situation(sector=Sector.CARE), {})) == [gesture.id]


def test_an_answer_is_suggested_only_to_who_asked() -> None:
    gesture = a_gesture(initiative="asked")
    assert ranking.suggest([gesture], a_situation(), {}) == ()
    assert ids(ranking.suggest([gesture], a_situation(has_asked=True), {})) == [gesture.id]


TIP, HELP, WORDS = (a_gesture(id=kind, kind=kind) for kind in ("tip", "help", "words"))


@pytest.mark.parametrize(
    ("received", "order"),
    [
        ({}, ["help", "tip", "words"]),
        ({"words": Tally(well=9, answered=10)}, ["words", "help", "tip"]),
        ({"help": Tally(well=1, answered=10)}, ["tip", "words", "help"]),
        # One answer weighs less than many that say nearly the same.
        ({"help": Tally(well=1, answered=1), "words": Tally(well=27, answered=30)}, ["words", "help", "tip"]),
        ({"help": Tally(set_aside=8)}, ["tip", "words", "help"]),
        # Of as much promise: first what is known least of.
        ({"help": Tally(well=2, answered=4), "tip": Tally(well=1, answered=2)}, ["words", "tip", "help"]),
    ],
)
def test_it_learns_how_gestures_are_received_in_this_workspace(received: dict[str, Tally], order: list[str]) -> None:
    assert ids(ranking.suggest([WORDS, TIP, HELP], a_situation(), received)) == order


def test_a_gesture_that_nobody_gave_yet_is_judged_by_its_kind() -> None:
    other_tip = a_gesture(id="zz-other-tip", kind="tip", occasions=["birthday"])
    new = ranking.suggest([WORDS, TIP, other_tip], a_situation(), {"zz-other-tip": Tally(well=8, answered=8)})
    assert ids(new) == ["tip", "words"]


@pytest.mark.parametrize(("answered", "is_said"), [(0, False), (2, False), (3, True)])
def test_that_customers_were_glad_of_it_is_said_of_a_gesture_that_was_told_about_a_few_times(
    answered: int, is_said: bool
) -> None:
    received = {"tip": Tally(well=answered, answered=answered), "other-tip": Tally(well=9, answered=9)}
    others = [a_gesture(id="other-tip", kind="tip", occasions=["birthday"])]
    [suggestion] = ranking.suggest([TIP, *others], a_situation(), received)
    assert (Why.WELL_RECEIVED in suggestion.why_this) is is_said


def test_each_of_three_occasions_gets_a_gesture_however_much_better_others_are() -> None:
    now = [Occasion.BIRTHDAY, Occasion.MOVING, Occasion.AFTER_PURCHASE]
    birthday = [a_gesture(id=f"birthday-{kind}", kind=kind, occasions=["birthday"], minutes=1) for kind in Kind]
    moving = a_gesture(id="moving", kind="words", occasions=["moving"], phases=["love"], minutes=30)
    bought = a_gesture(id="bought", kind="help", occasions=["after-purchase"], phases=["love"], minutes=30)
    three = ranking.suggest([*birthday, moving, bought], a_situation(occasions=now), {})
    assert [suggestion.why_now for suggestion in three] == now


def test_of_two_occasions_with_gestures_of_one_kind_the_most_pressing_has_it() -> None:
    two = [a_gesture(id=occasion, occasions=[occasion]) for occasion in ("moving", "birthday")]
    now = [Occasion.BIRTHDAY, Occasion.MOVING]
    assert ids(ranking.suggest(two, a_situation(occasions=now), {})) == ["birthday"]


def test_who_was_not_here_for_months_is_not_waited_for_at_the_counter() -> None:
    here, by_phone = a_gesture(channels=["in-person"]), a_gesture(id="by-phone", channels=["phone", "in-person"])
    silent = {"occasions": [Occasion.NOT_FORGOTTEN]}
    assert ids(ranking.suggest([here], a_situation(), {})) == ["a-gesture"]
    assert ids(ranking.suggest([here, by_phone], a_situation(**silent), {})) == ["by-phone"]
    assert ids(ranking.suggest([here], a_situation(**silent, has_asked=True), {})) == ["a-gesture"]


@pytest.mark.parametrize(("wish", "is_told"), [(Wish.NORMAL, False), (Wish.LESS, False), (Wish.TOLD_FIRST, True)])
def test_news_is_for_who_asked_to_hear_it_first_though_they_ask_nothing_now(wish: Wish, is_told: bool) -> None:
    news = a_gesture(occasions=["told-first"], initiative="asked")
    situation = a_situation(customer=a_customer(wish=wish), occasions=[Occasion.TOLD_FIRST])
    assert bool(ranking.suggest([news], situation, {})) is is_told


@pytest.mark.parametrize(("wish", "is_asked"), [(Wish.NORMAL, True), (Wish.LESS, False), (Wish.TOLD_FIRST, False)])
def test_how_much_contact_somebody_wants_is_not_asked_when_the_card_says_so(wish: Wish, is_asked: bool) -> None:
    gesture = a_gesture(asks_wish=True)
    assert bool(ranking.suggest([gesture], a_situation(customer=a_customer(wish=wish)), {})) is is_asked


def test_it_says_why_now_and_what_speaks_for_it_most() -> None:
    gesture = a_gesture(occasions=["birthday"], channels=["card"], minutes=6)
    situation = a_situation(
        occasions=[Occasion.BIRTHDAY], channels=frozenset({Channel.CARD}), last_kind=Kind.TIP, phase=Phase.LIKE
    )
    suggestion = ranking.suggest([gesture], situation, {})[0]
    assert suggestion.why_now is Occasion.BIRTHDAY
    assert suggestion.why_this == (Why.PHASE, Why.CHANNEL, Why.SOMETHING_ELSE, Why.LITTLE_EFFORT)


def test_what_is_not_known_is_no_reason() -> None:
    gesture = a_gesture(phases=["love"], minutes=20)
    assert ranking.suggest([gesture], a_situation(phase=Phase.KNOW), {})[0].why_this == ()


def test_three_of_different_kinds_are_chosen_out_of_many() -> None:
    many = [a_gesture(id=f"{kind}-{n}", kind=kind, minutes=1 + n) for kind in Kind for n in range(3)]
    assert ids(ranking.suggest(many, a_situation(), {})) == ["access-0", "gift-0", "help-0"]


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        ({"id": "free", "kind": "words", "minutes": 19}, ["gift", "help", "free"]),
        ({"id": "free", "kind": "gift", "minutes": 19}, ["help", "tip", "free"]),
    ],
)
def test_one_without_cost_is_always_among_them(free: dict[str, Any], expected: list[str]) -> None:
    dear = [a_gesture(id=kind, kind=kind, cost=2) for kind in ("gift", "help", "tip")]
    assert ids(ranking.suggest([*dear, a_gesture(**free)], a_situation(), {})) == expected


def test_what_is_put_aside_makes_room_and_the_others_stay_where_they_are() -> None:
    kinds = [a_gesture(id=f"{kind}-{n}", kind=kind, minutes=1 + n) for kind in Kind for n in range(2)]
    three = ids(ranking.suggest(kinds, a_situation(), {}))
    for n, aside in enumerate(three):
        left = [None if each == aside else each for each in three]
        situation = a_situation(not_these=frozenset({aside}), last_kind=Kind.HELP)
        new = ids(ranking.in_place_of(kinds, situation, {}, left))
        assert [each for m, each in enumerate(new) if m != n] == [each for each in left if each]
        assert len({each[:-2] for each in new}) == 3, "of three kinds"
        assert new[n] not in three
    dear = [a_gesture(id=kind, kind=kind, cost=2) for kind in ("gift", "help", "tip")]
    free = a_gesture(id="free", minutes=19)
    assert ids(ranking.in_place_of([*dear, free], a_situation(), {}, ["gift", None])) == ["gift", "free"]
    assert ids(ranking.in_place_of(dear[:1], a_situation(), {}, ["gift", None])) == ["gift"]


def test_who_has_been_here_for_a_year_needs_no_introduction() -> None:
    known = a_situation(phase=Phase.KNOW, is_no_newcomer=True)
    both = [a_gesture(id="hello", phases=["know"]), a_gesture(id="again", kind="help", phases=["know", "like"])]
    assert ids(ranking.suggest(both, known, {})) == ["again"]


def test_where_only_dear_ones_may_be_given_they_are_suggested() -> None:
    assert ids(ranking.suggest([a_gesture(cost=2)], a_situation(), {})) == ["a-gesture"]


def test_when_nothing_may_be_given_it_says_what_stands_in_the_way() -> None:
    situation = a_situation(customer=a_customer(reached_out_on=TODAY, given=frozenset({CATALOGUE[0].id})))
    assert ranking.suggest(CATALOGUE, situation, {}) == ()
    verdict = ranking.hindrance(CATALOGUE, situation)
    assert verdict is not None
    assert (verdict.reason, verdict.until) == (Reason.NEEDS_SPACE, TODAY + timedelta(days=21))


def test_after_something_was_put_right_level_2_is_suggested_and_no_more() -> None:
    situation = a_situation(customer=a_customer(put_right_on=TODAY), occasions=[Occasion.PUT_RIGHT])
    assert {suggestion.gesture.level for suggestion in ranking.suggest(CATALOGUE, situation, {})} == {2}
    hindrance = ranking.hindrance(CATALOGUE, situation)
    assert hindrance is not None
    assert hindrance.instead is Instead.ASK_HOW_IT_IS


def test_where_level_2_may_not_be_given_either_there_are_words_to_ask_how_it_is_and_a_day_that_is_true() -> None:
    asked_today = a_customer(put_right_on=TODAY - timedelta(days=1), reached_out_on=TODAY)
    situation = a_situation(customer=asked_today, occasions=[Occasion.PUT_RIGHT])
    hindrance = ranking.hindrance(CATALOGUE, situation)
    assert hindrance is not None
    assert (hindrance.reason, hindrance.instead) == (Reason.JUST_PUT_RIGHT, Instead.ASK_IN_WORDS)
    assert hindrance.until == TODAY + timedelta(days=21)


def test_nothing_stands_in_the_way_where_nothing_fits() -> None:
    assert ranking.hindrance([a_gesture(occasions=["birthday"])], a_situation()) is None


EUROS = st.decimals(0, 60, places=2)
DAYS = st.none() | st.integers(0, 40).map(lambda days: TODAY - timedelta(days=days))
SOME_IDS = st.frozensets(st.sampled_from([gesture.id for gesture in CATALOGUE]), max_size=70)
SITUATIONS = st.builds(
    a_situation,
    customer=st.builds(
        a_customer,
        has_consent=st.sampled_from([True, True, True, False]),
        wish=st.sampled_from(Wish),
        has_open_case=st.sampled_from([False, False, False, True]),
        put_right_on=DAYS,
        reached_out_on=DAYS,
        given=SOME_IDS,
        gifts_this_year=EUROS,
    ),
    spent=st.builds(Spent, by_colleague=EUROS, by_team=st.decimals(0, 160, places=2)),
    limits=st.sampled_from([rules.usual_limits(sector) for sector in Sector]),
    sector=st.sampled_from(Sector),
    phase=st.sampled_from(Phase),
    occasions=st.lists(st.sampled_from(Occasion), max_size=4, unique=True),
    days_to=st.dictionaries(st.sampled_from(Occasion), st.integers(-9, 9)),
    has_asked=st.booleans(),
    known_of=st.dictionaries(st.sampled_from(Occasion), st.frozensets(st.sampled_from(Need))),
    channels=st.frozensets(st.sampled_from(Channel)),
    last_kind=st.none() | st.sampled_from(Kind),
    not_these=SOME_IDS,
)
SOME = st.integers(0, 50)
TALLIES = st.dictionaries(
    st.sampled_from([gesture.id for gesture in CATALOGUE]),
    st.builds(lambda well, other, aside: Tally(well=well, answered=well + other, set_aside=aside), SOME, SOME, SOME),
)


@settings(max_examples=300)
@given(situation=SITUATIONS, received=TALLIES)
def test_whatever_is_known_the_three_keep_what_is_promised(situation: Situation, received: dict[str, Tally]) -> None:
    three = ranking.suggest(CATALOGUE, situation, received)
    assert len(three) <= 3
    assert len({suggestion.gesture.kind for suggestion in three}) == len(three)
    assert [suggestion.points for suggestion in three] == sorted((each.points for each in three), reverse=True)
    for suggestion in three:
        assert may_be_given(suggestion.gesture, situation, suggestion.why_now)
        assert suggestion.gesture.id not in situation.not_these
        assert situation.sector in suggestion.gesture.sectors
        assert situation.known_of.get(suggestion.why_now, frozenset()).issuperset(suggestion.gesture.needs)
        assert suggestion.why_now in (*situation.occasions, Occasion.EVERYDAY)
        assert suggestion.gesture.is_in_time(situation.days_to.get(suggestion.why_now))
    if not three:
        verdict = ranking.hindrance(CATALOGUE, situation)
        assert verdict is None or not verdict.allowed
        if verdict and verdict.instead is Instead.ASK_HOW_IT_IS:  # what it leads to is no refusal again
            put_right = replace(situation, occasions=[Occasion.PUT_RIGHT, *situation.occasions])
            assert ranking.suggest(CATALOGUE, put_right, received)
    # Where none of the three is without cost, none that is may be given.
    if three and all(suggestion.gesture.cost for suggestion in three):
        free = [gesture for gesture in CATALOGUE if gesture.cost == Decimal(0)]
        assert ranking.suggest(free, situation, received) == ()


def may_be_given(gesture: Gesture, situation: Situation, why_now: Occasion) -> bool:
    return rules.judge(
        gesture, situation.customer, situation.spent, situation.limits, occasion=why_now, today=situation.today
    ).allowed
