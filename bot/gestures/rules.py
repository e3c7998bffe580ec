"""Whether a gesture may be given to this customer now: seven questions in a fixed order, the first "no" decides.

Consent, an open case or broken promise, space, budget, the gift limit of the sector, novelty, approval. The order is
from what matters to the customer to what matters to us: nobody is sent to their lead for money, for a customer who is
still waiting for a repair.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.gestures.gesture import Gesture, Initiative, Kind, Sector
from bot.trade import Level, Occasion, Wish


class Reason(StrEnum):
    """Why a gesture may not be given, in the order in which it is asked."""

    NO_CONSENT = "no_consent"
    OPEN_CASE = "open_case"
    BROKEN_PROMISE = "broken_promise"
    NOTHING_PUT_RIGHT = "nothing_put_right"
    """A gesture of level 2, and nothing went wrong."""
    JUST_PUT_RIGHT = "just_put_right"
    NEEDS_SPACE = "needs_space"
    PLANNED = "planned"
    """As `NEEDS_SPACE`, for what is still to be done."""
    PLANNED_BY_YOU = "planned_by_you"
    TOO_DEAR = "too_dear"
    OWN_BUDGET_SPENT = "own_budget_spent"
    TEAM_BUDGET_SPENT = "team_budget_spent"
    GIFT_LIMIT = "gift_limit"
    GIVEN_BEFORE = "given_before"
    NEEDS_APPROVAL = "needs_approval"


class Instead(StrEnum):
    """What a colleague can do now."""

    ASK_CONSENT = "ask_consent"
    PUT_RIGHT = "put_right"
    """The recovery play, `RECOVERY_PLAY`."""
    ASK_HOW_IT_IS = "ask_how_it_is"
    """A gesture of level 2."""
    ASK_IN_WORDS = "ask_in_words"
    """The same, where none of those may be given."""
    LEAVE_IN_PEACE = "leave_in_peace"
    """And answer whatever the customer asks."""
    WITHOUT_COST = "without_cost"
    ANOTHER = "another"
    ASK_LEAD = "ask_lead"


RECOVERY_PLAY: Mapping[Reason, str] = {
    Reason.OPEN_CASE: "put-right-before-surprise",
    Reason.BROKEN_PROMISE: "i-forgot-you",
}
"""Ids of plays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """May it, and if not: which rule says so, until when, and what can be done instead."""

    allowed: bool
    reason: Reason | None = None
    until: date | None = None
    """The first day on which this reason no longer holds, nor any other with a day; None where none can be named."""
    instead: Instead | None = None
    planned_for: date | None = None
    """Of what stands in the way because it is planned."""

    @property
    def play(self) -> str | None:
        """The id of the play that helps, where there is one."""
        return RECOVERY_PLAY.get(self.reason) if self.reason else None


ALLOWED = Verdict(allowed=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerFacts:
    """What the rules have to know of a customer."""

    has_consent: bool
    wish: Wish = Wish.NORMAL
    has_open_case: bool = False
    has_broken_promise: bool = False
    put_right_on: date | None = None
    """The day on which the customer said that the last case was closed."""
    reached_out_on: date | None = None
    """The day of the last gesture that nobody had asked for; see `reaches_out`. One that is planned counts before its
    day as well as after."""
    is_planned: bool = False
    """Whether that one is still to be done."""
    is_own: bool = False
    """Whether whoever asks gives it: nobody hears of another colleague's plans whose they are."""
    given: frozenset[str] = frozenset()
    """Ids of the gestures that this customer ever got, from whomever."""
    gifts_this_year: Decimal = Decimal(0)
    """In this calendar year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """In this calendar month, with what was approved and is still to be done."""

    by_colleague: Decimal = Decimal(0)
    by_team: Decimal = Decimal(0)


def _usual_cooldown() -> Mapping[Wish, int]:
    return {Wish.LESS: 60, Wish.NORMAL: 21, Wish.TOLD_FIRST: 21}


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a workspace decided, with a team's own in their place: `dataclasses.replace(workspace_limits, …)`.

    That there are limits comes from the trade; the figures are ours, small enough to be given without asking around.
    Amounts are in the workspace's currency, whichever that is.
    """

    days_between: Mapping[Wish, int] = field(default_factory=_usual_cooldown)
    """Days between two gestures that nobody asked for; beside their news, those who are told first are as others are.

    Source: 001, principle 6.
    """
    days_after_case: int = 14
    """Before level 3 and 4 after something was put right. Source: 004, and rule 1 of the trade (basics first)."""
    most_per_gesture: Decimal = Decimal(25)
    """Whoever approves. Source: 001, principle 4 (small gifts)."""
    colleague_decides: Decimal = Decimal(5)
    """For one gesture, without asking a lead. Source: 001, principle 7 (outside the lines)."""
    colleague_a_month: Decimal = Decimal(25)
    team_a_month: Decimal = Decimal(150)
    gifts_a_year: Decimal | None = None
    """Of gifts to one customer. None: the sector knows no limit."""


GIFTS_A_YEAR: Mapping[Sector, Decimal] = {
    sector: Decimal(50) for sector in (Sector.BANK, Sector.CARE, Sector.MUNICIPALITY, Sector.BUSINESS)
}
"""Where a gift may look like a favour. Source: € 50 is the usual line in Dutch codes of conduct, that of the civil
service first (Gedragscode Integriteit Rijk); we take it for a whole year. A workspace's own code goes before it."""


def usual_limits(sector: Sector) -> Limits:
    """For a workspace that decided nothing yet."""
    return Limits(gifts_a_year=GIFTS_A_YEAR.get(sector))


def judge(
    gesture: Gesture,
    customer: CustomerFacts,
    spent: Spent,
    limits: Limits,
    *,
    occasion: Occasion,
    today: date,
    is_approved: bool = False,
) -> Verdict:
    """`today` is the colleague's own date. `is_approved`: a lead said yes to this gesture for this customer."""
    takes_space = reaches_out(gesture, customer.wish, occasion)
    return _the_first(
        [
            _consent(customer),
            _open_case(gesture.level, customer, limits, today),
            _space(gesture.level, customer, limits, today) if takes_space else None,
            _budget(gesture.cost, spent, limits, today),
            _gift_limit(gesture.kind, gesture.cost, customer, limits, today),
            _novelty(gesture, customer),
            None if is_approved else _approval(gesture, limits),
        ]
    )


def may_still(
    customer: CustomerFacts, limits: Limits, *, level: Level, takes_space: bool, planned_for: date, today: date
) -> Verdict:
    """Whether what was planned may be done today: its space was kept on the day planned for, and its money set aside in
    that month; in another one see `may_be_paid`.
    """
    return _the_first(
        [
            _consent(customer),
            _open_case(level, customer, limits, today),
            _space(level, customer, limits, today) if takes_space and today != planned_for else None,
        ]
    )


def may_be_paid(
    kind: Kind, cost: Decimal, customer: CustomerFacts, spent: Spent, limits: Limits, *, today: date
) -> Verdict:
    """Whether what was planned for another month may go out of the money of this one."""
    return _the_first([_budget(cost, spent, limits, today), _gift_limit(kind, cost, customer, limits, today)])


def reaches_out(gesture: Gesture, wish: Wish, occasion: Occasion) -> bool:
    """Whether it takes of the customer's space. An answer does not, nor does news that they asked to hear first."""
    return gesture.initiative is Initiative.OWN and not is_awaited_news(gesture, wish, occasion)


def is_awaited_news(gesture: Gesture, wish: Wish, occasion: Occasion) -> bool:
    """They asked once, for whatever there would be to tell."""
    return occasion is Occasion.TOLD_FIRST and occasion in gesture.occasions and wish is Wish.TOLD_FIRST


def _the_first(refusals: Iterable[Verdict | None]) -> Verdict:
    """It decides; the day that it names is one on which none of the others that have a day refuses either."""
    there = [each for each in refusals if each]
    if not there or there[0].until is None:
        return there[0] if there else ALLOWED
    return replace(there[0], until=max(each.until for each in there if each.until))


def _consent(customer: CustomerFacts) -> Verdict | None:
    return None if customer.has_consent else _no(Reason.NO_CONSENT, Instead.ASK_CONSENT)


def _open_case(level: Level, customer: CustomerFacts, limits: Limits, today: date) -> Verdict | None:
    if customer.has_open_case:
        return _no(Reason.OPEN_CASE, Instead.PUT_RIGHT)
    if customer.has_broken_promise:
        return _no(Reason.BROKEN_PROMISE, Instead.PUT_RIGHT)
    if level <= Level.PUT_RIGHT:
        return None if customer.put_right_on else _no(Reason.NOTHING_PUT_RIGHT, Instead.ANOTHER)
    if customer.put_right_on is None:
        return None
    until = customer.put_right_on + timedelta(days=limits.days_after_case)
    return _no(Reason.JUST_PUT_RIGHT, Instead.ASK_HOW_IT_IS, until) if today < until else None


def _space(level: Level, customer: CustomerFacts, limits: Limits, today: date) -> Verdict | None:
    """Nobody waits to hear that something is put right because of what they had before it went wrong."""
    if customer.reached_out_on is None:
        return None
    if level <= Level.PUT_RIGHT and customer.put_right_on and customer.reached_out_on < customer.put_right_on:
        return None
    until = customer.reached_out_on + timedelta(days=limits.days_between[customer.wish])
    if today >= until:
        return None
    if not customer.is_planned:
        return _no(Reason.NEEDS_SPACE, Instead.LEAVE_IN_PEACE, until)
    reason = Reason.PLANNED_BY_YOU if customer.is_own else Reason.PLANNED
    return replace(_no(reason, Instead.LEAVE_IN_PEACE, until), planned_for=customer.reached_out_on)


def _budget(cost: Decimal, spent: Spent, limits: Limits, today: date) -> Verdict | None:
    if not cost:
        return None
    if cost > limits.most_per_gesture:
        return _no(Reason.TOO_DEAR, Instead.WITHOUT_COST)
    if spent.by_colleague + cost > limits.colleague_a_month:
        return _no(Reason.OWN_BUDGET_SPENT, Instead.WITHOUT_COST, _next_month(today))
    if spent.by_team + cost > limits.team_a_month:
        return _no(Reason.TEAM_BUDGET_SPENT, Instead.WITHOUT_COST, _next_month(today))
    return None


def _gift_limit(kind: Kind, cost: Decimal, customer: CustomerFacts, limits: Limits, today: date) -> Verdict | None:
    if kind is not Kind.GIFT or limits.gifts_a_year is None:
        return None
    if customer.gifts_this_year + cost <= limits.gifts_a_year:
        return None
    return _no(Reason.GIFT_LIMIT, Instead.WITHOUT_COST, date(today.year + 1, 1, 1))


def _novelty(gesture: Gesture, customer: CustomerFacts) -> Verdict | None:
    """What delights today is expected tomorrow. Source: Kano; rule 4 of the trade (rotate)."""
    return _no(Reason.GIVEN_BEFORE, Instead.ANOTHER) if gesture.id in customer.given else None


def _approval(gesture: Gesture, limits: Limits) -> Verdict | None:
    return _no(Reason.NEEDS_APPROVAL, Instead.ASK_LEAD) if gesture.cost > limits.colleague_decides else None


def _no(reason: Reason, instead: Instead, until: date | None = None) -> Verdict:
    return Verdict(allowed=False, reason=reason, until=until, instead=instead)


def _next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)
