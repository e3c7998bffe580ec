"""From a customer to a gesture that is planned: who it is for, the three that fit, when, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.customers import names
from bot.customers.rules import Found
from bot.gestures.course import Line, State
from bot.gestures.ranking import Suggestion, Why
from bot.gestures.refusal_views import HAS_ASKED, Elsewhere, refused
from bot.gestures.rules import Verdict
from bot.gestures.service import Suggested
from bot.gestures.views import Action, facts, quoted, remind_you, why, why_this
from bot.kit import dates
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import of_a_reminder
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block, Element
from bot.kit.slack.incoming import View
from bot.kit.slack.outgoing import Said
from bot.moments.rules import LONGEST_ABOUT
from bot.trade import Occasion

ROOM = 3000
"""For what travels with a modal, says Slack."""

REMIND = "remind"

SHOWN = 10
"""Customers in a list to choose from; who has more of them types more of the name."""


class Showing(BaseModel):
    """What travels with the three gestures, so that another click is about the same."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    customer_id: int
    occasion: Occasion | None = None
    """What the colleague says is going on."""
    has_asked: bool = False
    only_free: bool = False
    about: str | None = None
    shown: tuple[str | None, ...] = ()
    """Ids of the gestures, which stay in their places when one is put aside (None)."""
    reasons: dict[str, Why | None] = Field(default_factory=dict[str, Why | None])
    """What was said of each, which stays too."""
    drafts: dict[str, str] = Field(default_factory=dict[str, str])
    """What the model made of the words, by id of gesture."""


class Choosing(BaseModel):
    """What travels with the question when it is to be done."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    customer_id: int
    name: str
    gesture_id: str
    occasion: Occasion
    """What makes it fit."""
    words: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Who looks, and when."""

    today: date
    """Where they are."""
    zone: tzinfo
    elsewhere: Elsewhere
    is_stopped: bool = False
    """An administrator has stopped all reminders."""


# --- for whom ------------------------------------------------------------------------------------------


def for_whom(occasions: Sequence[tuple[Occasion, str]], elsewhere: Elsewhere, _: Words) -> dict[str, Any]:
    """`occasions`: what may be going on, with how it is said."""
    options = [b.option(said, occasion) for occasion, said in occasions]
    return b.modal(
        _("A gesture"),
        [
            b.field(
                _("For which customer?"),
                b.looked_up(elsewhere.find_customer, None, _("Type the beginning of a name")),
                "customer",
            ),
            b.field(
                _("What is going on?"),
                b.select("occasion", options, None, _("Nothing special")),
                "occasion",
                optional=True,
                hint=_("What stands on the card, such as a birthday, I find by myself."),
            ),
            b.field(
                _("What is it about?"),
                b.text_input("about", longest=LONGEST_ABOUT, placeholder=_("For example: the new kitchen")),
                "about",
                optional=True,
            ),
            b.field(
                _("Did the customer ask for something?"),
                b.checkboxes(HAS_ASKED, [b.option(_("Yes, and I want to do it in a special way"), HAS_ASKED)]),
                HAS_ASKED,
                optional=True,
            ),
        ],
        callback_id=Action.FOR_WHOM,
        close=_("Cancel"),
        submit=_("Show gestures"),
    )


def which_customer(found: Sequence[Found], _: Words) -> Said:
    """Several have a name that begins like that."""
    text = _("Which customer is it for?")
    lines = [
        b.section(b.escaped(_name(one)), b.button(_("Choose"), f"{Action.SUGGEST}.{one.id}", str(one.id)))
        for one in found[:SHOWN]
    ]
    more = [b.context(_("There are more. Type a little more of the name."))] if len(found) > SHOWN else []
    return Said(text, [b.section(text), *lines, *more])


def _name(one: Found) -> str:
    return f"{one.name} · {one.reference}" if one.reference else one.name


# --- the three -----------------------------------------------------------------------------------------


def suggestions(
    suggested: Suggested, words: Mapping[str, str], showing: Showing, seen: Seen, _: Words, *, is_drafting: bool = False
) -> dict[str, Any]:
    """`words`: of each gesture, by its id. `is_drafting`: the model is still at it."""
    name = suggested.customer.name
    blocks: list[Block] = [b.header(_("For {name}", name=names.in_full(name, _.language)))]
    if is_drafting:
        blocks.append(b.context(_("I am making the words fit this customer. You can read on meanwhile.")))
    if nothing_special := _is_nothing_special(suggested, showing):
        text = _(
            "Nothing special is going on for {name} now: this can be done any day.",
            name=names.spoken_of(name, _.language),
        )
        blocks.append(b.plain_section(text))
    for fits in suggested.suggestions:
        do = b.button(_("I'll do it"), f"{Action.DO}.{fits.gesture.id}", _value(fits), style="primary")
        reason = _why(fits, suggested, showing, seen, _, by_itself=nothing_special)
        blocks += [*_gesture(fits, reason, suggested, words, _), _buttons(fits, do, _), b.divider()]
    if not suggested.suggestions:
        blocks += _nothing(suggested, seen, _)
    if (fits := suggested.askable) is not None:
        ask = b.button(_("Ask a team lead"), f"{Action.ASK_LEAD}.{fits.gesture.id}", _value(fits))
        blocks += [
            b.context(_("This one costs more than you decide by yourself. A team lead may say yes.")),
            *_gesture(fits, _why(fits, suggested, showing, seen, _, by_itself=nothing_special), suggested, words, _),
            _buttons(fits, ask, _),
        ]
    if blocks[-1] == b.divider():
        blocks.pop()
    return b.modal(
        _("A gesture"),
        blocks,
        callback_id=Action.SUGGEST,
        close=_("Close"),
        private_metadata=as_travels(showing),
    )


def as_travels(showing: Showing) -> str:
    return showing.model_dump_json(exclude_defaults=True)


def chosen(value: str) -> tuple[str, Occasion]:
    """What a button under a gesture is about: its id, and what makes it fit."""
    gesture_id, _colon, occasion = value.partition(":")
    return gesture_id, Occasion(occasion)


def _value(fits: Suggestion) -> str:
    return f"{fits.gesture.id}:{fits.why_now}"


def _is_nothing_special(suggested: Suggested, showing: Showing) -> bool:
    """Then it is said once of all of them, and not of each."""
    going_on = {*(moment.occasion for moment in suggested.moments), *([showing.occasion] if showing.occasion else [])}
    return bool(suggested.shown) and going_on <= {Occasion.EVERYDAY} and not showing.has_asked


def _why(fits: Suggestion, suggested: Suggested, showing: Showing, seen: Seen, _: Words, *, by_itself: bool) -> str:
    this = showing.reasons[fits.gesture.id]
    if by_itself:
        return why_this(this, _)
    on = next((moment.day for moment in suggested.moments if moment.occasion is fits.why_now), None)
    since = suggested.customer.customer_since
    years = on.year - since.year if on and since else None
    return why(fits, suggested.customer.name, on, seen.today, _, this=this, years=years)


def _gesture(fits: Suggestion, reason: str, suggested: Suggested, words: Mapping[str, str], _: Words) -> list[Block]:
    wording = fits.gesture.in_language(_.language)
    return [
        b.section(f"*{b.escaped(wording.title)}*\n{b.escaped(reason)}".rstrip()),
        b.context(facts(fits.gesture, suggested.currency, _)),
        b.plain_section(wording.do),
        quoted(words[fits.gesture.id]),
        b.context(f":no_entry_sign: {b.escaped(wording.not_when)}"),
    ]


def _buttons(fits: Suggestion, first: Element, _: Words) -> Block:
    return b.actions(first, b.button(_("Not this one"), f"{Action.NOT_THIS}.{fits.gesture.id}", fits.gesture.id))


def _nothing(suggested: Suggested, seen: Seen, _: Words) -> list[Block]:
    name = suggested.customer.name
    if suggested.hindrance is not None:
        return refused(suggested.hindrance, suggested.customer_id, name, seen.today, seen.elsewhere, _)
    if suggested.askable is not None:
        return []
    text = _(
        "I have nothing for {name} right now that you have not put aside. Write down what you hear from them, and I can"
        " build on that.",
        name=names.spoken_of(name, _.language),
    )
    card = b.button(_("The card"), seen.elsewhere.open_card, str(suggested.customer_id))
    return [b.plain_section(text), b.actions(card)]


# --- when ----------------------------------------------------------------------------------------------


def when(choosing: Choosing, title: str, seen: Seen, _: Words, *, is_no_day: bool = False) -> dict[str, Any]:
    """One more tap. `is_no_day`: the day that was chosen has passed, or is too far ahead."""
    at = choosing.gesture_id
    another_day = b.date_picker(Action.ON_DAY, None) | {"placeholder": b.plain(_("Another day"))}
    no_day = b.section(_(":point_right: Choose today or a later day, within a year from now."))
    return b.modal(
        _("When will you do it?"),
        [
            *([no_day] if is_no_day else []),
            b.section(f"*{b.escaped(title)}*"),
            quoted(choosing.words),
            b.actions(
                b.button(_("Today"), Action.TODAY, at, style="primary"),
                another_day,
                b.button(_("I have just done it"), Action.DONE_ALREADY, at),
            ),
            b.actions(_remind(_)) | {"block_id": REMIND},
            *_while_stopped(seen, _),
        ],
        callback_id=Action.DO,
        close=_("Back"),
        private_metadata=choosing.model_dump_json(),
    )


def wants_a_reminder(form: View) -> bool:
    """Whether that is ticked in `when`, or in `move_form`."""
    return REMIND in form.values(REMIND, Action.REMIND)


def _remind(_: Words) -> Element:
    return b.checkboxes(Action.REMIND, [b.option(_("Remind me that day, within my working hours"), REMIND)], [REMIND])


def _while_stopped(seen: Seen, _: Words) -> list[Block]:
    return [b.context(of_a_reminder("", _, is_stopped=True))] if seen.is_stopped else []


def another_day(given_id: int, _: Words) -> Element:
    return b.button(_("Another day"), Action.ANOTHER_DAY, str(given_id))


def move_form(given_id: int, on_day: date, seen: Seen, _: Words) -> dict[str, Any]:
    """`on_day`: to begin with."""
    return b.modal(
        _("Another day"),
        [
            b.field(_("When will you do it?"), b.date_picker("day", on_day), "day"),
            b.field(_("A reminder"), _remind(_), REMIND, optional=True),
            *_while_stopped(seen, _),
        ],
        callback_id=Action.MOVE,
        close=_("Cancel"),
        submit=_("Save"),
        private_metadata=str(given_id),
    )


# --- what comes next -----------------------------------------------------------------------------------


def not_now(verdict: Verdict, customer_id: int, name: str, seen: Seen, _: Words) -> dict[str, Any]:
    """The rules say no."""
    blocks = refused(verdict, customer_id, name, seen.today, seen.elsewhere, _)
    return b.modal(_("Not now"), blocks, callback_id=Action.DO, close=_("Close"))


def noted(line: Line, title: str, seen: Seen, _: Words) -> dict[str, Any]:
    """How it stands now. Closed, it takes the three along."""
    blocks = [
        b.section(f"*{b.escaped(title)}*\n{how_it_stands(line, seen, _)}"),
        quoted(line.words),
        *([b.actions(*buttons)] if (buttons := _after(line, _)) else []),
    ]
    return b.modal(_("Noted"), blocks, callback_id=Action.DO, close=_("Close")) | {"clear_on_close": True}


def how_it_stands(line: Line, seen: Seen, _: Words) -> str:
    """And what happens next, as markup."""
    name = b.escaped(names.in_full(line.customer, _.language))
    match line.state:
        case State.PLANNED:
            said = _("For {name}, {day}.", name=name, day=dates.said(line.on_day, None, seen.today, _))
            after = ""
            if line.reminds and line.tell_at:
                reminder = remind_you(line.tell_at, seen.zone, seen.today, _)
                after = of_a_reminder(reminder, _, is_stopped=seen.is_stopped)
        case State.DONE:
            said = _("Done, for {name}.", name=name)
            after = ""
            if line.tell_at:
                after = of_a_reminder(_asked_once(line.tell_at, seen, _), _, is_stopped=seen.is_stopped)
        case State.ASKED:
            day = dates.said(line.on_day, None, seen.today, _)
            leads = named(line.asked_of, _)
            said = _(
                "I have asked {leads} whether this may be done for {name} ({day}).", leads=leads, name=name, day=day
            )
            answer = _("You hear from me as soon as there is an answer.")
            after = of_a_reminder(answer, _, is_stopped=seen.is_stopped)
        case State.DECLINED:
            said, after = _("<@{lead}> said no to this one for {name}.", lead=line.answered_by, name=name), ""
        case State.UNANSWERED:
            said, after = _("Nobody answered in time whether this may be done for {name}.", name=name), ""
        case State.DROPPED:
            said, after = _("You are not doing this for {name}.", name=name), ""
    return f"{said} {after}".rstrip()


def _asked_once(at: datetime, seen: Seen, _: Words) -> str:
    day = dates.said(at.astimezone(seen.zone).date(), None, seen.today, _)
    return _("I'll ask you {day} how it was received, just once.", day=day)


def named(leads: Sequence[str], _: Words) -> str:
    """As markup: two of them at most."""
    marks = [f"<@{lead}>" for lead in leads]
    if len(marks) == 2:
        return _("{one} and {other}", one=marks[0], other=marks[1])
    if (more := len(marks) - 2) > 0:
        names_of_two = ", ".join(marks[:2])
        return _.plural("{names} and one other", "{names} and {n} others", more, names=names_of_two)
    return marks[0] if marks else _("your team lead")


def _after(line: Line, _: Words) -> Sequence[Element]:
    drop = b.button(_("I won't do it after all"), Action.DROP, str(line.id))
    match line.state:
        case State.PLANNED:
            return [b.button(_("It's done"), Action.DONE, str(line.id)), another_day(line.id, _), drop]
        case State.ASKED:
            return [another_day(line.id, _), drop]
        case _:
            return []
