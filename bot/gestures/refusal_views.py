"""Why a gesture may not be given, said politely, and what can be done instead, with a button where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.customers import names
from bot.gestures.rules import Instead, Reason, Verdict
from bot.gestures.views import Action
from bot.kit import dates
from bot.kit.i18n import N_, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block, Element
from bot.trade import Occasion

HAS_ASKED, IS_FREE = "asked", "free"
"""In the value of a button that asks for a gesture: the customer asked for something; only what costs nothing."""


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Actions of other parts of the house, for buttons."""

    open_card: str
    """Value: a customer's id."""
    find_customer: str
    """A list to choose from."""
    read_play: str
    """Value: the id of a play."""


_REASONS = {
    Reason.NO_CONSENT: N_("{name} has not agreed yet that we do something unasked now and then."),
    Reason.OPEN_CASE: N_("Something is still to be put right for {name}, and a surprise on top of that backfires."),
    Reason.BROKEN_PROMISE: N_("We did not keep a promise to {name}, and that comes before anything nice."),
    Reason.NOTHING_PUT_RIGHT: N_("This is for when something was put right, and nothing was for {name}."),
    Reason.JUST_PUT_RIGHT: N_(
        "Something was put right for {name} only just now; a surprise would look like buying it off."
    ),
    Reason.NEEDS_SPACE: N_("{name} had something from us not long ago, and attention is pleasant with room around it."),
    Reason.PLANNED: N_("Something is already planned for {name}: {day}."),
    Reason.PLANNED_BY_YOU: N_("You have already planned something for {name}: {day}."),
    Reason.TOO_DEAR: N_("This costs more than we spend on one gesture."),
    Reason.OWN_BUDGET_SPENT: N_("Your own budget does not stretch to this any more this month."),
    Reason.TEAM_BUDGET_SPENT: N_("Your team's budget does not stretch to this any more this month."),
    Reason.GIFT_LIMIT: N_("{name} has had as much in gifts this year as our code of conduct allows."),
    Reason.GIVEN_BEFORE: N_("{name} has had this before, and what surprised once is expected the second time."),
    Reason.NEEDS_APPROVAL: N_("This costs more than you decide by yourself."),
}
_REASONS_FOR_LEAD = _REASONS | {
    Reason.PLANNED_BY_YOU: _REASONS[Reason.PLANNED],
    Reason.OWN_BUDGET_SPENT: N_("The budget of the colleague who asks does not stretch to this any more this month."),
    Reason.TEAM_BUDGET_SPENT: N_("The team's budget does not stretch to this any more this month."),
}
_INSTEAD = {
    Instead.ASK_CONSENT: N_(
        "Ask for it when you speak to them: “May I write down what matters to you, and surprise you now and then?” Put"
        " a yes on the card."
    ),
    Instead.PUT_RIGHT: N_("Put that right first. When the customer says that it is, there is room again."),
    Instead.ASK_HOW_IT_IS: N_("Ask how it is now: that says more than a present."),
    Instead.ASK_IN_WORDS: N_(
        "Just ask how it is when you speak to them. For example: “How is it now? Is there anything that isn't right"
        " yet?”"
    ),
    Instead.LEAVE_IN_PEACE: N_("Leave them in peace for now, and do answer whatever they ask."),
    Instead.WITHOUT_COST: N_("Choose something that costs nothing: it is the attention that counts."),
    Instead.ANOTHER: N_("Choose another one."),
    Instead.ASK_LEAD: N_("A team lead may say yes."),
}
_INSTEAD_FOR_LEAD = _INSTEAD | {
    Instead.WITHOUT_COST: N_("If you say no, they can choose something that costs nothing."),
    Instead.ANOTHER: N_("If you say no, they can choose another one."),
}


def refusal(verdict: Verdict, name: str, today: date, _: Words, *, for_lead: bool = False) -> str:
    """Which rule, until when, and what to do instead. Nothing that people wrote is markup yet: `name` as it stands.

    `for_lead`: who is to say yes to what somebody else wants to do.
    """
    assert verdict.reason is not None  # noqa: S101 — a refusal always has its reason
    assert verdict.instead is not None  # noqa: S101 — and what to do instead
    reasons, ways = (_REASONS_FOR_LEAD, _INSTEAD_FOR_LEAD) if for_lead else (_REASONS, _INSTEAD)
    day = dates.said(verdict.planned_for, None, today, _) if verdict.planned_for else ""
    said = names.spoken_of(name, _.language)
    reason = names.agreeing(_(reasons[verdict.reason], name=said, day=day), said, _.language)
    sentences = [reason[:1].upper() + reason[1:]]
    if verdict.until:
        sentences.append(_("It is possible from {day}.", day=_day(verdict.until, today, _)))
    return " ".join([*sentences, _(ways[verdict.instead])])


def refused(verdict: Verdict, customer_id: int, name: str, today: date, elsewhere: Elsewhere, _: Words) -> list[Block]:
    """The refusal, and the buttons that lead on from it."""
    buttons = ways_on(verdict, customer_id, elsewhere, _)
    return [b.plain_section(refusal(verdict, name, today, _)), *([b.actions(*buttons)] if buttons else [])]


def ways_on(verdict: Verdict, customer_id: int, elsewhere: Elsewhere, _: Words) -> Sequence[Element]:
    card = b.button(_("The card"), elsewhere.open_card, str(customer_id))
    match verdict.instead:
        case Instead.ASK_CONSENT:
            return [b.button(_("They said yes"), Action.SAID_YES, str(customer_id)), card]
        case Instead.PUT_RIGHT:
            play = verdict.play
            read = [b.button(_("How do I put it right?"), elsewhere.read_play, play, style="primary")] if play else []
            return [*read, b.button(_("The card and what is open"), elsewhere.open_card, str(customer_id))]
        case Instead.ASK_HOW_IT_IS:
            return [_again(_("Words to ask it with"), f"{customer_id}:{Occasion.PUT_RIGHT}")]
        case Instead.LEAVE_IN_PEACE:
            return [_again(_("They asked for something"), f"{customer_id}::{HAS_ASKED}"), card]
        case Instead.WITHOUT_COST | Instead.ANOTHER:
            is_dear = verdict.instead is Instead.WITHOUT_COST
            return [without_cost(customer_id, _) if is_dear else _again(_("Other gestures"), str(customer_id))]
        case Instead.ASK_IN_WORDS | Instead.ASK_LEAD | None:
            return []


def without_cost(customer_id: int, _: Words) -> Element:
    return _again(_("Show something without cost"), f"{customer_id}::{IS_FREE}")


def _again(text: str, value: str) -> Element:
    return b.button(text, Action.SUGGEST, value)


def _day(day: date, today: date, _: Words) -> str:
    return format_date(day, "d MMMM" if day.year == today.year else "d MMMM y", locale=_.language)
