"""How a customer is found in Slack, and what everything on a card is called."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from babel.dates import format_date

from bot.customers import likeness, names
from bot.customers.rules import LONGEST_NAME, DayOfYear, Found, Meant
from bot.kit.i18n import N_, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.trade import Channel, Phase, Wish


class Action(StrEnum):
    """Everything in the views of customers that can be clicked, looked up or submitted."""

    OPEN = "customers.open"
    NEW = "customers.new"
    FIND = "customers.find"
    """A list of customers in a form of any part: its value is the customer's id."""
    LOOK_UP = "customers.look_up"
    """The same list where the choice opens the card at once."""
    CHANGE = "customers.change"
    TELL_FIRST = "customers.tell_first"
    """Their card to be changed, with the wish to hear news first in it already. Carries a name, or a customer's id."""
    SAVE = "customers.save"
    ERASE = "customers.erase"
    CARD = "customers.card"
    """The card itself."""
    SHOWN = "customers.shown"
    """Other modals with nothing to submit."""


LISTED = 10
"""Customers under a command, of many with such a name."""

OFFERED = 100
"""Customers in a list: the most that Slack shows."""

_PHASES = {
    Phase.KNOW: (N_("Knows us"), N_("Found us, came once, or asked something")),
    Phase.LIKE: (N_("Likes us"), N_("Comes back, and is glad to see you")),
    Phase.TRUST: (N_("Trusts us"), N_("Asks your advice, and leaves things to you")),
    Phase.LOVE: (N_("Loves us"), N_("Tells others about us")),
}
_WISHES = {
    Wish.LESS: (N_("Little"), N_("Only when there is a good reason")),
    Wish.NORMAL: (N_("As usual"), N_("Now and then something small is fine")),
    Wish.TOLD_FIRST: (N_("Told first"), N_("Wants to hear news before others do")),
}
_CHANNELS = {
    Channel.IN_PERSON: N_("in person"),
    Channel.PHONE: N_("by phone"),
    Channel.CHAT: N_("in the chat"),
    Channel.CARD: N_("with a card"),
    Channel.PARCEL: N_("with a parcel"),
    Channel.E_MAIL: N_("by e-mail"),
}
_A_LEAP_YEAR = 2000


# --- what things are called --------------------------------------------------------------------------


def phase_name(phase: Phase, _: Words) -> str:
    return _(_PHASES[phase][0])


def phase_looks_like(phase: Phase, _: Words) -> str:
    """By what a colleague recognises it."""
    return _(_PHASES[phase][1])


def wish_name(wish: Wish, _: Words) -> str:
    return _(_WISHES[wish][0])


def wish_means(wish: Wish, _: Words) -> str:
    return _(_WISHES[wish][1])


def channel_name(channel: Channel, _: Words) -> str:
    """How somebody is reached: “by phone”."""
    return _(_CHANNELS[channel])


def day_name(day: date, _: Words) -> str:
    """With its year, because it may be long ago."""
    return format_date(day, "d MMMM y", locale=_.language)


def birthday_name(day: DayOfYear, _: Words) -> str:
    return format_date(date(_A_LEAP_YEAR, day.month, day.day), "d MMMM", locale=_.language)


# --- finding -----------------------------------------------------------------------------------------


def offered(found: Sequence[Found]) -> list[b.Element]:
    """The options of a list of customers."""
    return [option(one) for one in found[:OFFERED]]


def option(found: Found) -> b.Element:
    """One customer in such a list, also for who fills in a form beforehand."""
    return b.option(_label(found, 75), str(found.id))


def _label(found: Found, longest: int) -> str:
    """The reference, which tells two of the same name apart, is never cut off."""
    if not found.reference:
        return b.short(found.name, longest)
    return f"{b.short(found.name, longest - len(found.reference) - 3)} · {found.reference}"


def which(_: Words) -> dict[str, Any]:
    """Which customer? Choosing one opens the card."""
    return b.modal(
        _("Customers"),
        [
            b.section(_("*Who is it about?* The beginning of a name is enough, in any order.")),
            b.actions(b.looked_up(Action.LOOK_UP, None, _("Type a name"))),
            b.divider(),
            b.section(_("Not there yet?"), _new("", _)),
        ],
        callback_id=Action.SHOWN,
        close=_("Close"),
    )


def several(meant: Meant, typed: str, _: Words) -> Said:
    """To choose from; or, when it is nobody of these, to make a card."""
    text = _("Which one do you mean?") if meant.is_sure else _one_of_these(meant.found, _)
    more = _("There are more. Type a bit more of the name, or the first name too.")
    return Said(
        text,
        [
            b.section(f"*{text}*"),
            *rows(meant.found[:LISTED], _),
            *([b.context(more)] if len(meant.found) > LISTED else []),
            *_nobody_of_these(typed, _),
        ],
    )


def rows(found: Sequence[Found], _: Words, *, pick: str = Action.OPEN) -> list[Block]:
    """`pick`: what the button beside each does."""
    label = _("Open") if pick == Action.OPEN else _("Choose")
    return [b.section(b.escaped(_label(one, 200)), b.button(label, f"{pick}.{one.id}", str(one.id))) for one in found]


def nobody(
    typed: str,
    _: Words,
    *,
    near: Sequence[Found] = (),
    pick: str = Action.OPEN,
    is_new_next: bool,
) -> Said:
    """`near`: whose name looks like what was typed. `is_new_next`: there is nowhere else that they may have a card."""
    if names.are_too_short(names.typed_words(typed)):
        text = _("Type at least two letters of the name.")
        return Said(text, [b.section(text)])
    if near:
        text = _("I know nobody of yours or your team's by that name.") + " " + _one_of_these(near, _)
        return Said(text, [b.section(text), *rows(near[:LISTED], _, pick=pick), *_nobody_of_these(typed, _)])
    text = _("I know no customer of yours or your team's whose name begins like that.")
    ask = _("Is it a question for me? Ask it in a whole sentence, without this word in front.")
    new = _new(likeness.name_in(typed), _) | ({"style": "primary"} if is_new_next else {})
    return Said(text, [b.section(text), b.actions(new), b.context(ask)])


def named(meant: Meant, name: str, _: Words, *, pick: str) -> dict[str, Any]:
    """To choose who was meant where only a name was told; or, when it is nobody of these, to make a card."""
    nobody_known = _("I know no customer of yours or your team's whose name begins like that.")
    text = f"*{_('Which one do you mean?')}*" if meant.found or meant.near else nobody_known
    listed = rows((meant.found or meant.near)[:LISTED], _, pick=pick)
    return b.modal(
        _("Customer"),
        [b.section(text), *listed, *_nobody_of_these(name, _)],
        callback_id=Action.SHOWN,
        close=_("Close"),
    )


def of_who_was_named(name: str) -> str:
    """What the button to `Action.TELL_FIRST` carries where a name is all that is known."""
    return f":{name}"


def who_was_named(chosen: str) -> str | None:
    """The name, if that is what the button carries."""
    return chosen[1:] if chosen.startswith(":") else None


def sees_sums(typed: str, _: Words) -> Said:
    """To who oversees all teams, and serves none."""
    text = _(
        "You see sums, not cards: the sums are in your Home tab. A customer's card is for their contact and the team"
        " that serves them."
    )
    return Said(text, [b.section(text), *_nobody_of_these(typed, _)])


def _one_of_these(found: Sequence[Found], _: Words) -> str:
    return _("Do you mean this customer?") if len(found) == 1 else _("Do you mean one of these?")


def _nobody_of_these(typed: str, _: Words) -> list[Block]:
    name = likeness.name_in(typed)
    return [] if names.are_too_short(names.typed_words(name)) else [b.actions(_new(name, _))]


def _new(name: str, _: Words) -> b.Element:
    if not name:
        return b.button(_("New customer"), Action.NEW, NO_NAME)
    name = names.with_capitals(name)
    label = _("New customer “{name}”", name=b.short(name, 50))
    return b.button(label, Action.NEW, b.short(name, LONGEST_NAME))


NO_NAME = "-"
"""What a button that makes a card carries where no name is known: Slack wants it to carry something."""


# --- what is said instead of a card ------------------------------------------------------------------


def told(text: str, _: Words) -> dict[str, Any]:
    """`text` is markup."""
    return b.modal(_("Customer"), [b.section(text)], callback_id=Action.SHOWN, close=_("Close"))


def erased(_: Words) -> str:
    return _("The card is erased, with everything that was kept of this customer.")


def handed_over(contact: str, _: Words) -> str:
    return _(
        "Saved. <@{contact}> is the contact now. You are not in the team that serves this customer, so you don't see"
        " the card any more.",
        contact=contact,
    )


def card_is_gone(_: Words) -> str:
    return _("This card isn't there any more: it was erased.")


def not_your_customer(_: Words) -> str:
    return _("A customer's card is for their contact and the team that serves them. Ask the contact for what you need.")
