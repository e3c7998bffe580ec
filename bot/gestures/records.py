"""A customer, their diary and what goes on, as the rules and the ranking take it; and a line of the diary as people
see it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.cases.rules import Standing
from bot.customers.rules import Card
from bot.gestures.course import COUNTS, UNDER_WAY, CardLine, Felt, Line, State
from bot.gestures.gesture import Kind, Need
from bot.gestures.queries import Past
from bot.gestures.rules import CustomerFacts, Limits
from bot.gestures.tables import Given
from bot.moments.rules import MomentNow
from bot.teams.rules import TeamSeen
from bot.trade import Occasion

LONGEST_PREFERENCE = 6
"""Words: what is longer is hardly one thing."""

Fillings = Mapping[Need, str]
"""What words can lean on."""


@dataclass(frozen=True, slots=True)
class Before:
    """One of the gestures that were ever wanted for a customer."""

    id: int
    gesture_id: str
    state: str
    kind: str
    level: int
    reaches_out: bool
    cost: Decimal
    on_day: date
    month: date
    occasion: str
    colleague_id: str
    answered_at: datetime | None
    """When a lead said yes or no."""


def before(rows: Iterable[Past]) -> list[Before]:
    return [Before(*row) for row in rows]


def customer_facts(
    card: Card, standing: Standing, diary: Sequence[Before], limits: Limits, on_day: date, *, month: date, by: str
) -> CustomerFacts:
    """For a gesture on that day, out of the budgets of that month. `by`: who wants to give it."""
    details = card.details
    counts = [one for one in diary if one.state in COUNTS]
    last = _reached_out(counts, limits.days_between[details.wish], on_day)
    return CustomerFacts(
        has_consent=details.has_consented,
        wish=details.wish,
        has_open_case=standing.has_open and not standing.has_broken_promise,
        has_broken_promise=standing.has_broken_promise,
        put_right_on=standing.put_right_on,
        reached_out_on=last.on_day if last else None,
        is_planned=last is not None and last.state == State.PLANNED,
        is_own=last is not None and last.colleague_id == by,
        given=frozenset(one.gesture_id for one in diary if one.state in UNDER_WAY),
        gifts_this_year=sum(
            (one.cost for one in counts if one.kind == Kind.GIFT and one.month.year == month.year), Decimal(0)
        ),
    )


def declined(diary: Sequence[Before], since: datetime) -> frozenset[str]:
    """Ids of the gestures to which a lead said no since."""
    return frozenset(
        one.gesture_id for one in diary if one.state == State.DECLINED and one.answered_at and one.answered_at >= since
    )


def last_kind(diary: Sequence[Before]) -> Kind | None:
    """Of the gesture that the customer got, or is to get, last. `diary`: the newest day first."""
    return next((Kind(one.kind) for one in diary if one.state in COUNTS), None)


def team_of(served_by: str | None, teams: Sequence[TeamSeen]) -> TeamSeen | None:
    """For which a colleague of these teams does something: the customer's, else the one they are pushed from."""
    customers = (team for team in teams if team.channel_id == served_by)
    return next(customers, None) or next((team for team in teams if team.is_first), None)


def fillings(
    card: Card, moments: Sequence[MomentNow], occasion: Occasion | None, about: str | None
) -> dict[Occasion, Fillings]:
    """What is known of each occasion, and of any day. `about`: what the colleague says that it is about; where they say
    no occasion, the most pressing is meant.

    Of several moments with one occasion, and on any day of all of them, the most pressing counts.
    """
    preference = _preference(card.details.preferences)
    occasions = [Occasion.EVERYDAY, *(moment.occasion for moment in moments), *([occasion] if occasion else [])]
    meant = occasion or next((moment.occasion for moment in moments), Occasion.EVERYDAY)
    found: dict[Occasion, Fillings] = {}
    for each in occasions:
        of_it = [moment for moment in moments if each in {moment.occasion, Occasion.EVERYDAY}]
        said = about if each is meant else None
        thing = said or next((moment.about for moment in of_it if moment.about), None)
        their_words = next((moment.their_words for moment in of_it if moment.their_words), None)
        known = {Need.THING: thing, Need.THEIR_WORDS: their_words, Need.PREFERENCE: preference}
        found[each] = {need: _within_a_sentence(text) for need, text in known.items() if text}
    return found


def day_of(moments: Sequence[MomentNow], occasion: str) -> date | None:
    """Of what is going on; of what is looked back on, there is none that a customer looks forward to."""
    return next((one.falls_on for one in moments if one.occasion == occasion and one.was_on is None), None)


def line(given: Given, customer: str) -> Line:
    return Line(
        id=given.id,
        customer_id=given.customer_id,
        customer=customer,
        gesture_id=given.gesture_id,
        occasion=Occasion(given.occasion),
        words=given.words,
        cost=given.cost,
        state=State(given.state),
        on_day=given.on_day,
        tell_at=given.tell_at,
        reminds=given.remind and given.tell_at is not None,
        asked_of=tuple(given.asked_of),
        answered_by=given.answered_by,
        was_received=given.received_at is not None,
    )


def card_line(one: Before, by: str) -> CardLine:
    return CardLine(
        gesture_id=one.gesture_id,
        occasion=Occasion(one.occasion),
        state=State(one.state),
        on_day=one.on_day,
        is_own=one.colleague_id == by,
    )


def as_kept(felt: Iterable[Felt]) -> str:
    return ",".join(sorted(felt))


def as_felt(kept: str) -> frozenset[Felt]:
    return frozenset(Felt(name) for name in kept.split(",") if name)


def _reached_out(counts: Sequence[Before], days: int, on_day: date) -> Before | None:
    """The last that was, or one that comes too soon after that day."""
    near = (one for one in counts if one.reaches_out and (one.on_day - on_day).days < days)
    return max(near, key=lambda one: one.on_day, default=None)


def _preference(text: str | None) -> str | None:
    """The first line that was written, where it is plainly a thing: “what you like: …” can end with it, in either
    language. Rather none than “what you like: Collects old keys”.
    """
    first = (text or "").partition("\n")[0].strip().rstrip(".")
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", first.casefold().replace("’", "'"))
    is_one_thing = not re.search(r"[;:.!?()/|]", first) and not _NO_THING.intersection(words)
    begins_well = 0 < len(words) <= LONGEST_PREFERENCE and words[0] not in _NO_LIKING and not _begins_with_a_verb(words)
    return _as_of_a_thing(first) if is_one_thing and begins_well else None


def _begins_with_a_verb(words: Sequence[str]) -> bool:
    """Or with what may be one: “verzamelt postzegels”, “collects stamps”. By itself it is more likely a thing."""
    return len(words) > 1 and words[0].endswith(("t", "s")) and words[0] != "het"


def _as_of_a_thing(text: str) -> str:
    """With a small letter, but for a name: “Earl Grey”, “NRC op zaterdag”."""
    is_a_name = re.match(r"\w\S*[^\W\d_a-zà-ÿ]|\w\S*\s+[A-ZÀ-ÖØ-Þ]", text)
    return text if is_a_name else text[0].lower() + text[1:]


_SENTENCES = """
    niet nooit liever liefst houdt hou houden wil wilt willen heeft hebben had is zijn was wordt word worden
    moet mag kan kunnen drinkt eet gaat komt vindt belt bellen leest krijgt doet werkt rookt woont speelt
    wandelt fietst tuiniert reist koopt neemt kijkt luistert zit ligt staat weet vraagt zegt spreekt haat hij
    zij ze hem haar hun u je wel omdat want maar als dat not never rather isn't doesn't don't won't can't
    likes like loves love prefers prefer wants want has have had is are was hates dislikes drinks eats goes
    comes needs enjoys reads works smokes plays walks travels buys takes sits lives knows asks says speaks he
    she they him her them you because but that if
"""
_NO_THING = frozenset(_SENTENCES.split())
"""Verbs and other words that make a sentence, or a no, of what was noted."""

_NO_LIKING = frozenset({"geen", "no", "without", "zonder"})


def _within_a_sentence(text: str) -> str:
    return text.strip().rstrip(".")
