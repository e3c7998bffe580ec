"""Which three gestures fit this customer now, and why these: a small model that can be read as a table.

Each part of the model is between 0 and 1 and counts for as many points as stand in `POINTS`. Who asks sees the parts
that spoke for a gesture, never the figure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.gestures import rules
from bot.gestures.gesture import Gesture, Initiative, Kind, Need, Sector
from bot.gestures.rules import CustomerFacts, Limits, Spent, Verdict
from bot.trade import Channel, Occasion, Phase

MOST = 3


class Why(StrEnum):
    """What speaks for a gesture."""

    OCCASION = "occasion"
    """There is something going on in the customer's life, or between them and us."""
    WELL_RECEIVED = "well_received"
    """Customers of this workspace were glad of such gestures."""
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
    has_asked: bool = False
    """The customer asked for something."""
    known: frozenset[Need] = frozenset()
    """What the card holds, for words to lean on."""
    channels: frozenset[Channel] = frozenset()
    """How the customer likes to be reached; empty where that is not known."""
    last_kind: Kind | None = None
    """Of the gesture that this customer got last."""
    not_these: frozenset[str] = frozenset()
    """Ids of the gestures that were set aside for this customer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One of the three."""

    gesture: Gesture
    why_now: Occasion
    why_this: tuple[Why, ...]
    """What speaks for it most, first, beside the occasion."""
    points: float


def suggest(gestures: Sequence[Gesture], situation: Situation, received: Mapping[str, Tally]) -> tuple[Suggestion, ...]:
    """At most three, best first: of different kinds, one of them without cost wherever there is one that may be given.

    `received`: by id of gesture. None is suggested that `rules.judge` refuses.
    """
    ratings = _ratings(gestures, received)
    allowed = [
        _weighed(gesture, why_now, situation, ratings[gesture.id])
        for gesture, why_now in _fitting(gestures, situation)
        if _judged(gesture, why_now, situation).allowed
    ]
    # Of two that fit as well, the one of which least is known: that is how the workspace learns.
    allowed.sort(key=lambda fits: (-fits.points, received.get(fits.gesture.id, _NOTHING).answered, fits.gesture.id))
    return _different(allowed)


def hindrance(gestures: Sequence[Gesture], situation: Situation) -> Verdict | None:
    """What stands in the way when nothing is suggested: the reason that meets most of what fits. None: nothing fits."""
    verdicts = [_judged(gesture, why_now, situation) for gesture, why_now in _fitting(gestures, situation)]
    refusals = Counter(verdict for verdict in verdicts if not verdict.allowed)
    return refusals.most_common(1)[0][0] if refusals else None


def _fitting(gestures: Sequence[Gesture], situation: Situation) -> Iterator[tuple[Gesture, Occasion]]:
    """What can be done for this customer now, whether it may or not, and what makes it fit."""
    now = (*situation.occasions, Occasion.EVERYDAY)
    for gesture in gestures:
        why_now = next((occasion for occasion in now if occasion in gesture.occasions), None)
        if (
            why_now is not None
            and situation.sector in gesture.sectors
            and gesture.id not in situation.not_these
            and situation.known.issuperset(gesture.needs)
            and (gesture.initiative is Initiative.OWN or situation.has_asked)
        ):
            yield gesture, why_now


def _judged(gesture: Gesture, why_now: Occasion, situation: Situation) -> Verdict:
    return rules.judge(
        gesture, situation.customer, situation.spent, situation.limits, occasion=why_now, today=situation.today
    )


def _weighed(gesture: Gesture, why_now: Occasion, situation: Situation, rating: float) -> Suggestion:
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
    speaking = [why for why, part in parts.items() if part >= SPEAKS_FOR and why is not Why.OCCASION]
    return Suggestion(
        gesture=gesture,
        why_now=why_now,
        why_this=tuple(sorted(speaking, key=lambda why: -points[why])),
        points=sum(points.values()),
    )


def _pressing(occasion: Occasion, occasions: Sequence[Occasion]) -> float:
    if occasion is Occasion.EVERYDAY:
        return 0.0
    return 1.0 if occasion is occasions[0] else 0.75


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


def _different(allowed: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The best of its kind, of three kinds; the best without cost takes the place of its kind, or of the last."""
    best_of_kind: dict[Kind, Suggestion] = {}
    for fits in allowed:
        best_of_kind.setdefault(fits.gesture.kind, fits)
    chosen = list(best_of_kind.values())[:MOST]
    free = next((fits for fits in allowed if not fits.gesture.cost), None)
    if free is not None and all(fits.gesture.cost for fits in chosen):
        place = next((n for n, fits in enumerate(chosen) if fits.gesture.kind is free.gesture.kind), -1)
        chosen[place] = free
    return tuple(sorted(chosen, key=lambda fits: -fits.points))


_NOTHING = Tally()
_PHASES = list(Phase)
_PERSONAL = frozenset({Need.THEIR_WORDS, Need.PREFERENCE})
