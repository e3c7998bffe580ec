"""What gestures look like in Slack, and what all these views have in common: why, how much, and the words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum

from babel.numbers import format_currency

from bot.customers import names
from bot.gestures.catalogue import Catalogue
from bot.gestures.gesture import Currency, Gesture
from bot.gestures.ranking import Suggestion, Why
from bot.kit import dates
from bot.kit.i18n import N_, Language, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.trade import Occasion, level_name


class Action(StrEnum):
    """Everything in these views that can be clicked, chosen or submitted."""

    SUGGEST = "gestures.suggest"
    """Value: a customer's id, or that and an occasion, or these and `asked` or `free`: “12:birthday”, “12::asked”."""
    SAID_YES = "gestures.said_yes"
    """The customer agrees that we do something unasked. Value: their id."""
    WHO = "gestures.who"
    FOR_WHOM = "gestures.for_whom"
    NOT_THIS = "gestures.not_this"
    DO = "gestures.do"
    TODAY = "gestures.today"
    ON_DAY = "gestures.on_day"
    REMIND = "gestures.remind"
    DONE_ALREADY = "gestures.done_already"
    ASK_LEAD = "gestures.ask_lead"
    YES = "gestures.yes"
    NO = "gestures.no"
    NO_BECAUSE = "gestures.no_because"
    SAY_NO = "gestures.say_no"
    DONE = "gestures.done"
    DROP = "gestures.drop"
    ANOTHER_DAY = "gestures.another_day"
    MOVE = "gestures.move"
    FELT = "gestures.felt"
    SKIP = "gestures.skip"
    TELL_MORE = "gestures.tell_more"
    LIMITS = "gestures.limits"
    SET_LIMITS = "gestures.set_limits"


def money(amount: Decimal, currency: Currency, _: Words) -> str:
    """“€ 2,50” in Dutch, “€2.50” in English; cents only where there are any."""
    pattern = None if amount % 1 else {Language.NL: "¤\xa0#,##0", Language.EN: "¤#,##0"}[_.language]
    return format_currency(amount, currency, pattern, locale=_.language, currency_digits=pattern is None)


def cost(amount: Decimal, currency: Currency, _: Words) -> str:
    return money(amount, currency, _) if amount else _("costs nothing")


def cost_above(amount: Decimal, above: Decimal | None, currency: Currency, _: Words) -> str:
    """`above`: what a colleague decides alone, where this is more."""
    said = cost(amount, currency, _)
    if above is None:
        return said
    return _(
        "{cost}, above the {limit} that colleagues decide by themselves", cost=said, limit=money(above, currency, _)
    )


def remind_you(at: datetime, zone: tzinfo, today: date, _: Words) -> str:
    """With the hour, so that nobody waits for it."""
    local = at.astimezone(zone)
    return _("I remind you {day}.", day=dates.said(local.date(), local.time(), today, _))


def facts(gesture: Gesture, currency: Currency, _: Words) -> str:
    """Level, effort and cost."""
    level = _("Level {level}: {name}", level=gesture.level.value, name=level_name(gesture.level, _))
    minutes = _.plural("{n} minute", "{n} minutes", gesture.minutes)
    return " · ".join([level, minutes, cost(gesture.cost, currency, _)])


def title_of(catalogue: Catalogue, gesture_id: str, _: Words) -> str:
    """Also of one that an organisation has taken away since."""
    try:
        return catalogue.gesture(gesture_id).in_language(_.language).title
    except KeyError:
        return _("A gesture")


def do_of(catalogue: Catalogue, gesture_id: str, _: Words) -> str:
    """What to do; nothing where the gesture has been taken away."""
    try:
        return catalogue.gesture(gesture_id).in_language(_.language).do
    except KeyError:
        return ""


# --- why -----------------------------------------------------------------------------------------------

_WHY_NOW = {
    Occasion.EVERYDAY: N_("Good on any day"),
    Occasion.FIRST_VISIT: N_("{name} is with us for the first time"),
    Occasion.WAITING: N_("{name} has to wait"),
    Occasion.PUT_RIGHT: N_("Something was put right for {name}"),
    Occasion.REPAIR_DONE: N_("A repair for {name} is done"),
    Occasion.AFTER_PURCHASE: N_("{name} bought something from us a while ago"),
    Occasion.SECOND_PURCHASE: N_("{name} came back for a second purchase"),
    Occasion.COMPLIMENT: N_("{name} paid us a compliment"),
    Occasion.GOODBYE: N_("{name} is saying goodbye"),
    Occasion.BIRTHDAY: N_("{name} has a birthday"),
    Occasion.ANNIVERSARY: N_("{name} has been a customer for another year"),
    Occasion.MOVING: N_("{name} is moving house"),
    Occasion.NEW_JOB: N_("{name} has a new job"),
    Occasion.WEDDING: N_("{name} is getting married"),
    Occasion.RETIREMENT: N_("{name} is retiring"),
    Occasion.HOLIDAY_SEASON: N_("The holidays are near"),
    Occasion.NOT_FORGOTTEN: N_("{name} has not heard from us for a long time"),
    Occasion.TOLD_FIRST: N_("There is news, and {name} asked to hear it first"),
}
_WHY_THIS = {
    Why.WELL_RECEIVED: N_("customers here were glad of it"),
    Why.PHASE: N_("it suits how well you know each other"),
    Why.THEIR_OWN: N_("it builds on something they told you"),
    Why.CHANNEL: N_("this is how they like to hear from us"),
    Why.SOMETHING_ELSE: N_("it is something else than last time"),
    Why.LITTLE_EFFORT: N_("it takes little time"),
}


def why_now(occasion: Occasion, name: str, on: date | None, today: date, _: Words, *, years: int | None = None) -> str:
    """Without a full stop. `on`: the day that it falls on, where it has one. `years`: as a customer."""
    name = names.spoken_of(name, _.language)
    if occasion is Occasion.ANNIVERSARY and years:
        said = _.plural(
            "{name} has been a customer for a year", "{name} has been a customer for {n} years", years, name=name
        )
    else:
        said = _(_WHY_NOW[occasion], name=name)
    said = names.agreeing(said[:1].upper() + said[1:], name, _.language)
    return f"{said} ({dates.said(on, None, today, _)})" if on else said


def why(
    fits: Suggestion,
    name: str,
    on: date | None,
    today: date,
    _: Words,
    *,
    this: Why | None,
    years: int | None = None,
) -> str:
    """Why now and why this one, in one sentence."""
    now = why_now(fits.why_now, name, on, today, _, years=years)
    return _("{now}, and {this}.", now=now, this=_(_WHY_THIS[this])) if this else f"{now}."


def why_this(this: Why | None, _: Words) -> str:
    """By itself, where what makes it fit now is said once of all; nothing where nothing speaks for it."""
    if this is None:
        return ""
    said = _(_WHY_THIS[this])
    return f"{said[:1].upper()}{said[1:]}."


def reasons(suggestions: Sequence[Suggestion], said: Mapping[str, Why | None]) -> dict[str, Why | None]:
    """Of each gesture, by its id, what speaks for it most and not for all of them. `said`: what was said before, which
    it stays."""
    unsaid = shared(suggestions)
    first = {fits.gesture.id: next((why for why in fits.why_this if why not in unsaid), None) for fits in suggestions}
    return {gesture_id: said.get(gesture_id, this) for gesture_id, this in first.items()}


def shared(suggestions: Sequence[Suggestion]) -> frozenset[Why]:
    """What speaks for each of several, and so tells none from another."""
    reasons = [frozenset(fits.why_this) for fits in suggestions]
    return frozenset(why for why in Why if len(reasons) > 1 and all(why in each for each in reasons))


# --- the words -----------------------------------------------------------------------------------------


def quoted(words: str) -> Block:
    """Ready to be copied. Where the colleague's own name comes, it is in italics."""
    parts = _GAP.split(words)
    runs = [b.run(part, italic=bool(n % 2)) for n, part in enumerate(parts) if part]
    return b.rich({"type": "rich_text_quote", "elements": runs})


_GAP = re.compile(r"(\[(?:je naam|your name)\])")
