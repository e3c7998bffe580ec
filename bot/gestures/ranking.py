"""Which three gestures fit this customer now, and why these: a small model that can be read as a table.

Each part of the model is between 0 and 1 and counts for as many points as stand in `POINTS`. Who asks sees the parts
that spoke for a gesture, never the figure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import product

from bot.gestures import rules
from bot.gestures.gesture import Gesture, Initiative, Kind, Need, Sector
from bot.gestures.rules import CustomerFacts, Instead, Limits, Spent, Verdict
from bot.trade import Channel, Level, Occasion, Phase, Wish

MOST = 3


class Why(StrEnum):
    """What speaks for a gesture."""

    OCCASION = "occasion"
    """There is something going on in the customer's life, or between them and us."""
    WELL_RECEIVED = "well_received"
    """Customers of this workspace were glad of it: named only of a gesture that was told about a few times."""
    PHASE = "phase"
    THEIR_OWN = "their_own"
    """It leans on something that this customer said or likes."""
    CHANNEL = "channel"
    """This is how the customer likes to be reached."""
    SOMETHING_ELSE = "something_else"
    """Another kind than what this customer got last."""
    LITTLE_EFFORT = "little_effort"


POINTS: Mapping[Why, float] = {
    Why.OCCASION: 4,
    Why.WELL_RECEIVED: 4,
    Why.PHASE: 2,
    Why.THEIR_OWN: 1.5,
    Why.CHANNEL: 1.5,
    Why.SOMETHING_ELSE: 1,
    Why.LITTLE_EFFORT: 1,
}

SPEAKS_FOR = 0.6
"""From here on a part is named as a reason; what is not known counts for a half, and is no reason."""

MUCH_EFFORT = 20
"""Minutes; a front-line colleague has no more between two customers."""

A_FEW = 4
"""How many answers weigh as much as what was believed before: of a kind at first a half, of a gesture its kind."""

SAID_FROM = 3
"""Answers about a gesture itself; of fewer nobody can say that customers were glad of it."""

SET_ASIDE_COUNTS = 0.25
"""“Not this one” says something about the gesture, and less than what a customer said of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How a gesture was received in this workspace."""

    well: int = 0
    """How often the customer felt heard, important or surprised."""
    answered: int = 0
    """How often a colleague told how it was received."""
    set_aside: int = 0
    """How often a colleague wanted another one instead."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One customer, one colleague, now."""

    customer: CustomerFacts
    spent: Spent
    limits: Limits
    sector: Sector
    phase: Phase
    today: date
    occasions: Sequence[Occasion] = ()
    """What is going on, most pressing first. Any day will do for what is everyday."""
    days_to: Mapping[Occasion, int] = field(default_factory=dict[Occasion, int])
    """Days from today to the day it falls on, negative when that is past; absent where the day is not known."""
    has_asked: bool = False
    """The customer asked for something."""
    known_of: Mapping[Occasion, frozenset[Need]] = field(default_factory=dict[Occasion, frozenset[Need]])
    """What is known for words to lean on, of each occasion: “the new kitchen” is nothing to lean on for a birthday."""
    channels: frozenset[Channel] = frozenset()
    """How the customer likes to be reached; empty where that is not known."""
    last_kind: Kind | None = None
    """Of the gesture that this customer got last."""
    not_these: frozenset[str] = frozenset()
    """Ids of the gestures that were set aside for this customer."""
    is_no_newcomer: bool = False
    """A customer for over a year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One of the three."""

    gesture: Gesture
    why_now: Occasion
    why_this: tuple[Why, ...]
    """What speaks for it most, first, beside the occasion."""
    points: float


def suggest(gestures: Sequence[Gesture], situation: Situation, received: Mapping[str, Tally]) -> tuple[Suggestion, ...]:
    """At most three, best first: of different kinds, for each of the most pressing occasions one, and one of them
    without cost, wherever there are such that may be given.

    `received`: by id of gesture. None is suggested that `rules.judge` refuses.
    """
    allowed = _best_first(gestures, situation, received, lambda verdict: verdict.allowed)
    return _different(allowed, situation.occasions)


def in_place_of(
    gestures: Sequence[Gesture], situation: Situation, received: Mapping[str, Tally], shown: Sequence[str | None]
) -> tuple[Suggestion, ...]:
    """Those that were shown stay in their places, as far as they may still be given; where there is none, the best of
    another kind comes: for an occasion that none of them is for, and without cost where all of them cost something.

    `shown`: ids of gestures; None: it was put aside.
    """
    allowed = _best_first(gestures, situation, received, lambda verdict: verdict.allowed)
    of_id = {fits.gesture.id: fits for fits in allowed}
    places = [of_id.get(gesture_id) if gesture_id else None for gesture_id in shown]
    for n, place in enumerate(places):
        stay = [fits for fits in places if fits]
        kinds, served = {fits.gesture.kind for fits in stay}, {fits.why_now for fits in stay}
        others = [fits for fits in allowed if fits.gesture.kind not in kinds]
        if place is None and others:
            is_dear = all(fits.gesture.cost for fits in stay)
            places[n] = min(others, key=lambda fits: (is_dear and bool(fits.gesture.cost), fits.why_now in served))
    return tuple(fits for fits in places if fits)


def askable(gestures: Sequence[Gesture], situation: Situation, received: Mapping[str, Tally]) -> Suggestion | None:
    """The best of what needs a lead's yes, and nothing else."""
    needs_a_yes = _best_first(
        gestures, situation, received, lambda verdict: verdict.reason is rules.Reason.NEEDS_APPROVAL
    )
    return needs_a_yes[0] if needs_a_yes else None


def hindrance(gestures: Sequence[Gesture], situation: Situation) -> Verdict | None:
    """What stands in the way when nothing is suggested: the reason that meets most of what fits, until the first of it
    may be given. None: nothing fits.
    """
    verdicts = [_judged(gesture, why_now, situation) for gesture, why_now in _fitting(gestures, situation)]
    reasons = Counter(verdict.reason for verdict in verdicts if not verdict.allowed)
    if not reasons:
        return None
    [(reason, _often)] = reasons.most_common(1)
    refusals = [verdict for verdict in verdicts if verdict.reason is reason]
    until = min((verdict.until for verdict in refusals if verdict.until), default=None)
    instead = refusals[0].instead
    if instead is Instead.ASK_HOW_IT_IS and not _may_ask_how_it_is(gestures, situation):
        instead = Instead.ASK_IN_WORDS
    return replace(refusals[0], until=until, instead=instead)


def _may_ask_how_it_is(gestures: Sequence[Gesture], situation: Situation) -> bool:
    """With a gesture of level 2."""
    put_right = replace(situation, occasions=(Occasion.PUT_RIGHT, *situation.occasions))
    return any(
        gesture.level is Level.PUT_RIGHT and _judged(gesture, why_now, put_right).allowed
        for gesture, why_now in _fitting(gestures, put_right)
    )


def _best_first(
    gestures: Sequence[Gesture],
    situation: Situation,
    received: Mapping[str, Tally],
    is_meant: Callable[[Verdict], bool],
) -> list[Suggestion]:
    ratings = _ratings(gestures, received)
    found = [
        _weighed(gesture, why_now, situation, ratings[gesture.id], received.get(gesture.id, _NOTHING))
        for gesture, why_now in _fitting(gestures, situation)
        if is_meant(_judged(gesture, why_now, situation))
    ]
    # Of two that fit as well, the one of which least is known: that is how the workspace learns.
    found.sort(key=lambda fits: (-fits.points, received.get(fits.gesture.id, _NOTHING).answered, fits.gesture.id))
    return found


def _fitting(gestures: Sequence[Gesture], situation: Situation) -> Iterator[tuple[Gesture, Occasion]]:
    """What can be done for this customer now, whether it may or not, and what makes it fit."""
    now = (*situation.occasions, Occasion.EVERYDAY)
    for gesture in gestures:
        why_now = next((occasion for occasion in now if _is_now(gesture, occasion, situation)), None)
        if (
            why_now is not None
            and situation.sector in gesture.sectors
            and gesture.id not in situation.not_these
            and not _is_beside_the_point(gesture, why_now, situation)
            and (situation.has_asked or _needs_no_question(gesture, why_now, situation.customer.wish))
        ):
            yield gesture, why_now


def _needs_no_question(gesture: Gesture, why_now: Occasion, wish: Wish) -> bool:
    return gesture.initiative is Initiative.OWN or rules.is_awaited_news(gesture, wish, why_now)


def _is_now(gesture: Gesture, occasion: Occasion, situation: Situation) -> bool:
    return (
        occasion in gesture.occasions
        and situation.known_of.get(occasion, _NOTHING_KNOWN).issuperset(gesture.needs)
        and gesture.is_in_time(situation.days_to.get(occasion))
    )


def _is_beside_the_point(gesture: Gesture, why_now: Occasion, situation: Situation) -> bool:
    """What is answered on the card need not be asked; nobody makes acquaintance after a year; who wants less contact is
    left alone without an occasion; and who was not here for months is not about to walk in.
    """
    wish = situation.customer.wish
    if gesture.asks_wish and wish is not Wish.NORMAL:
        return True
    if situation.is_no_newcomer and gesture.phases == (Phase.KNOW,):
        return True
    if why_now is Occasion.EVERYDAY and wish is Wish.LESS and not situation.has_asked:
        return True
    is_away = Occasion.NOT_FORGOTTEN in situation.occasions and not situation.has_asked
    waits_for_a_visit = gesture.channels == (Channel.IN_PERSON,)
    return is_away and waits_for_a_visit and why_now in {Occasion.NOT_FORGOTTEN, Occasion.EVERYDAY}


def _judged(gesture: Gesture, why_now: Occasion, situation: Situation) -> Verdict:
    return rules.judge(
        gesture, situation.customer, situation.spent, situation.limits, occasion=why_now, today=situation.today
    )


def _weighed(gesture: Gesture, why_now: Occasion, situation: Situation, rating: float, tally: Tally) -> Suggestion:
    parts = {
        Why.OCCASION: _pressing(why_now, situation.occasions),
        Why.WELL_RECEIVED: rating,
        Why.PHASE: _at_home(gesture, situation.phase),
        Why.THEIR_OWN: 1.0 if _PERSONAL.intersection(gesture.needs) else 0.0,
        Why.CHANNEL: float(not situation.channels.isdisjoint(gesture.channels)) if situation.channels else 0.5,
        Why.SOMETHING_ELSE: float(gesture.kind is not situation.last_kind) if situation.last_kind else 0.5,
        Why.LITTLE_EFFORT: max(0.0, 1 - gesture.minutes / MUCH_EFFORT),
    }
    points = {why: part * POINTS[why] for why, part in parts.items()}
    unsaid = {Why.OCCASION} if tally.answered >= SAID_FROM else {Why.OCCASION, Why.WELL_RECEIVED}
    speaking = [why for why, part in parts.items() if part >= SPEAKS_FOR and why not in unsaid]
    return Suggestion(
        gesture=gesture,
        why_now=why_now,
        why_this=tuple(sorted(speaking, key=lambda why: -points[why])),
        points=sum(points.values()),
    )


def _pressing(occasion: Occasion, occasions: Sequence[Occasion]) -> float:
    if occasion is Occasion.EVERYDAY:
        return 0.0
    return max(0.25, 1 - occasions.index(occasion) / 4)


def _at_home(gesture: Gesture, phase: Phase) -> float:
    """Half for the phase beside it: the four run into each other."""
    far = min(abs(_PHASES.index(phase) - _PHASES.index(of_gesture)) for of_gesture in gesture.phases)
    return max(0.0, 1 - far / 2)


def _ratings(gestures: Iterable[Gesture], received: Mapping[str, Tally]) -> dict[str, float]:
    """How likely a customer is to be glad of it: Beta, smoothed towards its kind, and the kind towards a half."""
    well: Counter[Kind] = Counter()
    answered: Counter[Kind] = Counter()
    tallies = [(gesture, received.get(gesture.id, _NOTHING)) for gesture in gestures]
    for gesture, tally in tallies:
        well[gesture.kind] += tally.well
        answered[gesture.kind] += tally.answered
    of_kind = {kind: (well[kind] + A_FEW / 2) / (answered[kind] + A_FEW) for kind in Kind}
    return {
        gesture.id: (tally.well + A_FEW * of_kind[gesture.kind])
        / (tally.answered + SET_ASIDE_COUNTS * tally.set_aside + A_FEW)
        for gesture, tally in tallies
    }


def _different(allowed: Sequence[Suggestion], occasions: Sequence[Occasion]) -> tuple[Suggestion, ...]:
    """One for each occasion, then the best of other kinds."""
    best_of_kind = {fits.gesture.kind: fits for fits in _one_for_each(allowed, occasions)}
    for fits in allowed:
        best_of_kind.setdefault(fits.gesture.kind, fits)
    chosen = sorted(list(best_of_kind.values())[:MOST], key=allowed.index)
    free = [fits for fits in allowed if not fits.gesture.cost]
    if free and all(fits.gesture.cost for fits in chosen):
        chosen = _with_one_of(free, chosen)
    return tuple(sorted(chosen, key=lambda fits: -fits.points))


def _one_for_each(allowed: Sequence[Suggestion], occasions: Sequence[Occasion]) -> Sequence[Suggestion]:
    """The best together, of different kinds; the least pressing is left out where that cannot be."""
    best: dict[Occasion, dict[Kind, Suggestion]] = {}
    for fits in allowed:
        best.setdefault(fits.why_now, {}).setdefault(fits.gesture.kind, fits)
    choices = [list(best[occasion].values()) for occasion in occasions if occasion in best][:MOST]
    while choices:
        together = [many for many in product(*choices) if len({fits.gesture.kind for fits in many}) == len(many)]
        if together:
            return max(together, key=lambda many: sum(fits.points for fits in many))
        choices.pop()
    return ()


def _with_one_of(free: Sequence[Suggestion], chosen: Sequence[Suggestion]) -> list[Suggestion]:
    """The last makes room, unless there would be two of a kind, or an occasion would have nothing any more."""
    for place in reversed(range(len(chosen))):
        others = [fits for n, fits in enumerate(chosen) if n != place]
        kinds = {fits.gesture.kind for fits in others}
        served = {fits.why_now for fits in others}
        for fits in free:
            if fits.gesture.kind not in kinds and chosen[place].why_now in {*served, fits.why_now}:
                return [*others, fits]
    of_other_kinds = [fits for fits in chosen if fits.gesture.kind is not free[0].gesture.kind]
    return [*of_other_kinds[: MOST - 1], free[0]]


_NOTHING = Tally()
_NOTHING_KNOWN: frozenset[Need] = frozenset()
_PHASES = list(Phase)
_PERSONAL = frozenset({Need.THEIR_WORDS, Need.PREFERENCE})
