"""What moments look like in Slack: the form to note one, what it means for the trade, and what stands on the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from babel.dates import format_timedelta

from bot.cases.rules import FirstOf
from bot.cases.views import and_more, customer_field
from bot.customers import names
from bot.customers.rules import Card, Found
from bot.kit import dates
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.moments.moment import Moment
from bot.moments.rules import LONGEST_ABOUT, LONGEST_WORDS, Mistake, MomentNow, Noted
from bot.trade import Occasion


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    OPEN_FORM = "moments.open_form"
    NOTE = "moments.note"
    FORGET = "moments.forget"
    CALL_OFF = "moments.call_off"
    SHOW_COMING = "moments.show_coming"
    NOTED = "moments.noted"
    """Modals with nothing to submit."""


@dataclass(frozen=True)
class Elsewhere:
    """The ids of what others listen to. `suggest` carries a customer and an occasion, `open_card` a customer."""

    suggest: str
    open_card: str


MOST_OPTIONS = 100
"""Says Slack."""

SHOWN_ON_A_CARD, ALSO_ON_A_CARD = 5, 2
"""Moments, and what to think of with the most pressing: below them stands what was given before."""

USUALLY_TODAY = frozenset({Occasion.REPAIR_DONE, Occasion.AFTER_PURCHASE})
"""Who hears of these is there."""


def name_of(moment: Moment, _: Words) -> str:
    return moment.in_language(_.language).name


def noted_name(moment: Moment, _: Words) -> str:
    """What a colleague notes: of a while after the purchase it is the purchase."""
    return moment.in_language(_.language).noted_as or name_of(moment, _)


# --- the form ----------------------------------------------------------------------------------------


def form(
    found: Sequence[Found], moments: Sequence[Moment], chosen: Moment | None, day: date | None, _: Words
) -> dict[str, Any]:
    """`found`: who may be meant. `moments`: those that a colleague notes; `chosen` and `day` are filled in."""
    options = [b.option(noted_name(moment, _), moment.id, _comes_back(moment, _)) for moment in moments[:MOST_OPTIONS]]
    what = b.select("moment", options, chosen.id if chosen else None, _("Choose a moment"))
    about = b.text_input("about", longest=LONGEST_ABOUT, placeholder=_("For example: the new kitchen"))
    their_words = b.text_input(
        "their_words", longest=LONGEST_WORDS, multiline=True, placeholder=_("For example: finally a garden of our own")
    )
    return b.modal(
        _("Note a moment"),
        [
            customer_field(found, _),
            b.field(_("What is going on?"), what, "moment"),
            b.field(
                _("On which day?"),
                b.date_picker("day", day),
                "day",
                hint=_("A rough date will do. For a purchase: when it was bought. For a repair: when it was ready."),
            ),
            b.field(
                _("What is it about?"),
                about,
                "about",
                optional=True,
                hint=_("With “the” or “a” in front, so that it fits into a sentence."),
            ),
            b.field(
                _("What did they say?"),
                their_words,
                "their_words",
                optional=True,
                hint=_("Word for word, as far as you remember. It makes a gesture theirs."),
            ),
            b.context(_("It goes on the customer's card. The contact sees it in time in the Home tab.")),
        ],
        callback_id=Action.NOTE,
        close=_("Cancel"),
        submit=_("Note it"),
    )


def _comes_back(moment: Moment, _: Words) -> str | None:
    """When there is something to do, of what only comes later."""
    return _("I remind you {when}", when=_ahead(moment.days_later, _)) if moment.days_later else None


def _ahead(days: int, _: Words) -> str:
    """ "in 3 months"."""
    return format_timedelta(timedelta(days=days), add_direction=True, locale=_.language)


def mistake(made: Mistake, _: Words) -> str:
    return {
        Mistake.FAR_AWAY: _("Choose a day within two years from today."),
        Mistake.ABOUT_TOO_LONG: _("Keep it within {n} characters.", n=LONGEST_ABOUT),
        Mistake.WORDS_TOO_LONG: _("Keep it within {n} characters.", n=LONGEST_WORDS),
    }[made]


def no_such_moment(_: Words) -> str:
    return _("This moment isn't there any more. Choose another one.")


def noted(
    card: Card, moment: Moment, day: date, elsewhere: Elsewhere, _: Words, *, by: str, today: date
) -> dict[str, Any]:
    """After it was noted, `by` whom: what it means for the trade, and what can be done now; or when that will be.

    `day`: the one that was noted.
    """
    about = f" · {names.in_full(card.details.name, _.language)} · {_day(day, today, _)}"
    back = b.button(_("The card"), elsewhere.open_card, str(card.id))
    falls_on = moment.falls_on(day)
    if moment.days_later and falls_on - timedelta(days=moment.days_before) > today:
        when, on_day = _ahead((falls_on - today).days, _), _day(falls_on, today, _)
        if by == card.details.contact_id:
            reminder = _("I remind you {when} in your Home tab: {day}.", when=when, day=on_day)
        else:
            reminder = _("I remind the contact {when} in their Home tab: {day}.", when=when, day=on_day)
        rest = [b.plain_section(reminder), b.actions(back)]
    else:
        gesture = b.button(_("A gesture"), elsewhere.suggest, f"{card.id}:{moment.occasion}", style="primary")
        rest = [*_also(moment, _), b.actions(gesture, back)]
    return b.modal(
        _("Noted"),
        [b.rich(b.rich_line(b.run(noted_name(moment, _), bold=True), b.run(about))), *rest],
        callback_id=Action.NOTED,
        close=_("Close"),
    )


def called_off(
    found: FirstOf[tuple[str, Noted]], moment: Moment, today: date, _: Words, *, is_named: bool
) -> dict[str, Any]:
    """What was noted of a moment that is off, of whoever may be meant, by name. `is_named`: somebody was, and else
    these are of one's own customers.
    """
    what = noted_name(moment, _)
    blocks = [
        b.plain_section(_line(f"{name} · {what}", one.day, one.about, today, _)) | {"accessory": _forget(one.id, _)}
        for name, one in found.shown
    ]
    if not blocks:
        blocks = [b.section(_nothing_to_take_off(what, _, is_named=is_named))]
    elif found.more or not is_named:
        elsewhere = _("Not in this list? Look on the card: `/acht customer` and the name.")
        blocks += [*and_more(found.more, _), b.context(elsewhere)]
    return b.modal(_("Not after all"), blocks, callback_id=Action.NOTED, close=_("Close"))


def _nothing_to_take_off(what: str, _: Words, *, is_named: bool) -> str:
    moment = b.escaped(what)
    if is_named:
        return _(
            "Under that name I find nothing to take off: {moment}. Look on the card: `/acht customer` and the name.",
            moment=moment,
        )
    return _(
        "Of your own customers I find nothing to take off: {moment}. Look on the card: `/acht customer` and the name.",
        moment=moment,
    )


def forgotten(customer_id: int, elsewhere: Elsewhere, _: Words) -> dict[str, Any]:
    card = b.button(_("The card"), elsewhere.open_card, str(customer_id))
    text = _("It is off the card.")
    return b.modal(_("Note a moment"), [b.section(text), b.actions(card)], callback_id=Action.NOTED, close=_("Close"))


def _also(moment: Moment, _: Words, *, at_most: int | None = None) -> list[Block]:
    """What has to change with it, and what is easily forgotten, most important first."""
    also = moment.in_language(_.language).also[:at_most]
    return [b.rich(b.rich_line(b.run(_("Also think of"), bold=True)), b.rich_list(also))] if also else []


# --- on the card -------------------------------------------------------------------------------------


def on_the_card(
    now: Sequence[MomentNow], others: Sequence[Noted], moments: Mapping[str, Moment], today: date, _: Words
) -> list[Block]:
    """What is going on, with what the most pressing of it means for the trade; and what else was noted.

    The season is not about this customer, so it does not stand here.
    """
    theirs = [one for one in now if one.moment_id is None or moments[one.moment_id].each_year is None]
    rest = [one for one in others if one.moment_id in moments][:SHOWN_ON_A_CARD]
    blocks: list[Block] = []
    if theirs:
        blocks.append(b.section(_("*What is going on now*")))
        blocks += [block for one in theirs[:SHOWN_ON_A_CARD] for block in _now(one, moments, today, _)]
        pressing = theirs[0].moment_id
        blocks += _also(moments[pressing], _, at_most=ALSO_ON_A_CARD) if pressing else []
    if rest:
        blocks.append(b.section(_("*Noted*")))
        blocks += [_noted(one, moments[one.moment_id], today, _) for one in rest]
    return blocks


def _now(one: MomentNow, moments: Mapping[str, Moment], today: date, _: Words) -> list[Block]:
    if one.moment_id is None or one.day is None:
        return [b.plain_section(_("Not in touch for a long time"))]
    moment = moments[one.moment_id]
    line = _line(noted_name(moment, _) if one.was_on else name_of(moment, _), one.day, one.about, today, _)
    block = b.plain_section(line)
    if one.noted_id is not None:
        block["accessory"] = _forget(one.noted_id, _)
    return [block, *([b.rich(b.rich_quote(one.their_words))] if one.their_words else [])]


def _noted(one: Noted, moment: Moment, today: date, _: Words) -> Block:
    return b.plain_section(_line(noted_name(moment, _), one.day, one.about, today, _)) | {
        "accessory": _forget(one.id, _)
    }


def _line(name: str, day: date, about: str | None, today: date, _: Words) -> str:
    return " · ".join(part for part in (name, _day(day, today, _), about) if part)


def _forget(noted_id: int, _: Words) -> b.Element:
    sure = b.confirmation(
        _("Take it off the card?"),
        _("It isn't so after all, or it was a mistake. What was said about it goes too."),
        yes=_("Take it off"),
        no=_("Cancel"),
    )
    # Slack wants every id in a view only once.
    return b.button(_("Take it off"), f"{Action.FORGET}.{noted_id}", str(noted_id)) | {"confirm": sure}


def _day(day: date, today: date, _: Words) -> str:
    return dates.said(day, None, today, _)
