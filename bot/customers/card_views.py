"""A customer's card, to be read in half a minute on a phone with the customer there, and what can be done next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.customers.rules import BY_FILE, Card, Details
from bot.customers.views import (
    Action,
    birthday_name,
    channel_name,
    day_name,
    phase_looks_like,
    phase_name,
    wish_means,
    wish_name,
)
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block, Element
from bot.teams.views import OWN_NAMES
from bot.trade import Wish


@dataclass(frozen=True)
class NextSteps:
    """The ids of the buttons on a card that other parts listen to; each carries the customer's id."""

    gesture: str
    promise: str
    went_wrong: str
    moment: str


def card(
    seen: Card,
    next_steps: NextSteps,
    more: Sequence[Sequence[Block]],
    _: Words,
    *,
    pressing: Sequence[Block] = (),
    said: Sequence[str] = (),
) -> dict[str, Any]:
    """`more`: what each of the other parts has to show of the customer. `pressing`: what has to be done before
    anything else. `said`: what has just been done."""
    details = seen.details
    who_sees = _("The contact and their team see this card. A look by anybody but the contact is written down.")
    known, first = lines(details, _), _helps_now(details)
    return b.modal(
        _("Customer"),
        [
            *([b.plain_section(" ".join(said))] if said else []),
            b.header(details.name),
            *pressing,
            *_first_of_all(details, _),
            b.rich(*(line.as_element() for line in known if line.field in first)),
            _what_to_do(seen.id, next_steps, _, is_gesture_next=details.has_consented and not pressing),
            *(block for part in more if part for block in (b.divider(), *part)),
            b.divider(),
            b.rich(*(line.as_element() for line in known if line.field not in {"name", "wish", *first})),
            b.actions(b.button(_("Change"), Action.CHANGE, str(seen.id)), _erase(seen, _)),
            b.context(f"{who_sees} {_by_whom(seen, _)}"),
        ],
        callback_id=Action.CARD,
        close=_("Close"),
        private_metadata=str(seen.id),
    )


def _by_whom(seen: Card, _: Words) -> str:
    by, day = seen.changed_by, day_name(seen.changed_at.date(), _)
    if by == BY_FILE:
        return _("Brought in from a file on {day}.", day=day)
    if seen.version == 1:
        return _("Made by <@{by}> on {day}.", by=by, day=day)
    return _("Changed by <@{by}> on {day}.", by=by, day=day)


def _helps_now(details: Details) -> set[str]:
    """What is read with the customer there. The rest stands below, where it is looked up."""
    helps = {"preferences", "note", "phase", "channels", "last_contact_on"}
    if details.wish is not Wish.TOLD_FIRST:  # which stands above already
        helps.add("wish")
    return helps if details.has_consented else helps | {"has_consented"}


def _first_of_all(details: Details, _: Words) -> list[Block]:
    if details.wish is not Wish.TOLD_FIRST:
        return []
    return [b.section(_(":mega: *Tell this customer first.* When there is news, they want to hear it before others."))]


def _what_to_do(customer_id: int, next_steps: NextSteps, _: Words, *, is_gesture_next: bool) -> Block:
    value = str(customer_id)
    return b.actions(
        b.button(_("A gesture"), next_steps.gesture, value, style="primary" if is_gesture_next else None),
        b.button(_("Promise"), next_steps.promise, value),
        b.button(_("Something went wrong"), next_steps.went_wrong, value),
        b.button(_("Note a moment"), next_steps.moment, value),
    )


def _erase(seen: Card, _: Words) -> Element:
    sure = b.confirmation(
        _("Erase this card?"),
        _(
            "All that is kept of {name} goes: the card, promises, moments, cases and gestures. It can't be undone.",
            name=seen.details.name,
        ),
        yes=_("Erase"),
        no=_("Cancel"),
    )
    return b.button(_("Erase"), Action.ERASE, str(seen.id), style="danger") | {"confirm": sure}


# --- line by line ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One thing that a card says. `field`: of the details."""

    field: str
    label: str
    said: tuple[Element, ...]

    def as_element(self) -> Element:
        return b.rich_line(b.run(f"{self.label}  ", bold=True), *self.said)


def lines(details: Details, _: Words) -> list[Line]:
    """What is known, with what helps in a conversation first."""
    said: list[tuple[str, str, Element | Sequence[Element] | str | None]] = [
        ("name", _("Name"), details.name),
        ("preferences", _("Preferences"), details.preferences),
        ("note", _("Good to know"), details.note),
        ("phase", _("Phase"), _and_what_it_means(phase_name(details.phase, _), phase_looks_like(details.phase, _))),
        ("wish", _("How much contact"), _and_what_it_means(wish_name(details.wish, _), wish_means(details.wish, _))),
        ("channels", _("Reached best"), ", ".join(channel_name(channel, _) for channel in sorted(details.channels))),
        ("language", _("Language"), OWN_NAMES[details.language]),
        ("birthday", _("Birthday"), details.birthday and birthday_name(details.birthday, _)),
        ("customer_since", _("Customer since"), details.customer_since and day_name(details.customer_since, _)),
        ("last_contact_on", _("Last contact"), details.last_contact_on and day_name(details.last_contact_on, _)),
        ("contact_id", _("Contact person"), b.mention(details.contact_id)),
        ("channel_id", _("Team"), b.channel_mention(details.channel_id) if details.channel_id else None),
        ("has_consented", _("Permission"), _consent(details, _)),
        ("reference", _("Reference"), details.reference),
    ]
    return [Line(field, label, tuple(_elements(what))) for field, label, what in said if what]


def _elements(said: Element | Sequence[Element] | str) -> Iterable[Element]:
    if isinstance(said, str):
        return [b.run(said)]
    return [said] if isinstance(said, dict) else said


def _and_what_it_means(name: str, meaning: str) -> Sequence[Element]:
    return [b.run(name), b.run(f" · {meaning}", italic=True)]


def _consent(details: Details, _: Words) -> str:
    if details.has_consented and details.consent_on is not None:
        return _("yes, on {day}", day=day_name(details.consent_on, _))
    if details.consent_on is not None:
        return _("no, on {day}: no surprises, and keep only what you need", day=day_name(details.consent_on, _))
    return _("not asked yet: ask before you surprise them")
