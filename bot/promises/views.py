"""What a promise looks like in Slack: the form, the question back, what is told of it, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from babel.dates import format_date
from pydantic import BaseModel, ConfigDict

from bot.cases.rules import LONGEST_WHAT, FirstOf, Mistake
from bot.cases.views import and_more, customer_field, nobody_found
from bot.customers import names
from bot.customers.rules import Found
from bot.kit import dates
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import of_a_reminder
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.promises.calendar import Doubt, Question
from bot.promises.rules import (
    Due,
    Noted,
    PromiseSeen,
    State,
    Understood,
    is_a_clause,
    sounds_too_big,
)


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    OPEN_FORM = "promises.open_form"
    MAKE = "promises.make"
    SHOW = "promises.show"
    KEPT = "promises.kept"
    MOVE = "promises.move"
    BROKEN = "promises.broken"
    TAKE_BACK = "promises.take_back"
    NOT_BROKEN = "promises.not_broken"
    LIST = "promises.list"
    PROMISE = "promises.promise"
    """Modals with nothing to submit: their `private_metadata` is empty, or `LISTED_THERE`."""


class Answer(StrEnum):
    """To the question whether a promise can be met."""

    INSTEAD = "instead"
    INSIST = "insist"
    OTHER = "other"


@dataclass(frozen=True)
class Elsewhere:
    """The ids of buttons that others listen to."""

    show_case: str
    read_play: str


PLAY = "i-forgot-you"
"""The id of the play for who could not keep a promise."""

LISTED_THERE = "list"
"""What travels with a list of promises: what is done in it is answered above it."""

TOLD = "told"

LATE = "late"


class Draft(BaseModel):
    """What travels with a question back. `promise_id`: of one that is moved; None: it is new."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    customer_id: int
    customer: str
    what: str
    on: date
    at: time | None
    instead_on: date
    instead_at: time | None
    promise_id: int | None = None


def said(due: Due, today: date, _: Words) -> str:
    """ "tomorrow at 15:00"."""
    return dates.said(due.on, due.at, today, _)


# --- the form ----------------------------------------------------------------------------------------


def form(found: Sequence[Found], what: str, due: Due | None, _: Words, *, note: str | None = None) -> dict[str, Any]:
    """With what was understood filled in. `note`: markup above it."""
    return b.modal(
        _("Note a promise"),
        [
            *([b.section(note)] if note else []),
            customer_field(found, _),
            b.field(
                _("What did you promise?"),
                b.text_input(
                    "what",
                    longest=LONGEST_WHAT,
                    placeholder=_("For example: send the quote"),
                    written=b.short(what, LONGEST_WHAT) or None,
                ),
                "what",
            ),
            *_by_when(due, _),
            b.context(_("I remind you in time, in your working hours.")),
        ],
        callback_id=Action.MAKE,
        close=_("Cancel"),
        submit=_("Note it"),
    )


def _by_when(due: Due | None, _: Words) -> list[Block]:
    hour: b.Element = {"type": "timepicker", "action_id": "at"}
    if due is not None and due.at is not None:
        hour = b.time_of_day("at", due.at)
    return [
        b.field(_("By which day?"), b.date_picker("on", due.on if due else None), "on"),
        b.field(
            _("Before what time?"),
            hour,
            "at",
            optional=True,
            hint=_("Leave it empty for the end of your working day."),
        ),
    ]


def why_the_form(understood: Understood, _: Words) -> str:
    """Why what was typed is not noted yet, as markup."""
    missing = [_who(understood, _), _when(understood, _)]
    if not any(missing) and not understood.what:
        name = names.in_full(understood.customers[0].name, _.language)
        missing = [_("What did you promise {name}? Write it in a few words.", name=b.escaped(name))]
    return " ".join(filter(None, missing))


def _who(understood: Understood, _: Words) -> str | None:
    match understood.customers:
        case []:
            return nobody_found(_)
        case [one]:
            name = b.escaped(names.in_full(one.name, _.language))
            return None if understood.is_sure else _("I think you mean {name}: have a look first.", name=name)
        case _several:
            return _("More than one customer has that name. Choose who you mean.")


def _when(understood: Understood, _: Words) -> str | None:
    if understood.no_day is not None:
        words = b.escaped(understood.no_day)
        return _("I can't note “{words}” as a day. Choose one that you can keep.", words=words)
    if understood.due is None:
        return _("I don't know yet by which day. Choose one that you can keep.")
    return None


def mistake(made: Mistake, _: Words) -> str:
    return {
        Mistake.NOTHING_WRITTEN: _("Say in a few words what you promised."),
        Mistake.TOO_LONG: _("Keep it within {n} characters: one line.", n=LONGEST_WHAT),
    }[made]


# --- the question back -------------------------------------------------------------------------------


def question_back(draft: Draft, question: Question, now: datetime, _: Words) -> dict[str, Any]:
    """`now`: by the colleague's own clock."""
    due, today = Due(draft.on, draft.at), now.date()
    offered = said(question.instead, today, _)
    if question.until is not None:
        offered = _("{day}, until {time}", day=offered, time=f"{question.until:%H:%M}")
    instead = b.button(_capital(offered), f"{Action.MAKE}.{Answer.INSTEAD}", Answer.INSTEAD)
    insist = b.button(_("Yes, {day}", day=said(due, today, _)), f"{Action.MAKE}.{Answer.INSIST}", Answer.INSIST)
    other = b.button(_("Another day"), f"{Action.MAKE}.{Answer.OTHER}", Answer.OTHER)
    buttons = [instead, *([insist] if question.may_insist else []), other]
    return b.modal(
        _("Can you do that?"),
        [
            b.rich(b.rich_line(b.run(draft.customer, bold=True)), b.rich_quote(draft.what)),
            b.section(_doubt(question.doubt, due, now, _)),
            b.actions(*buttons),
            b.context(_("A day that you can keep is worth more to a customer than a day that is soon.")),
        ],
        callback_id=Action.PROMISE,
        close=_("Cancel"),
        private_metadata=draft.model_dump_json(),
    )


def _doubt(doubt: Doubt, due: Due, now: datetime, _: Words) -> str:
    day, is_today = said(due, now.date(), _), due.on == now.date()
    clock = _("It is {weekday}, {time}", weekday=format_date(now, "EEEE", locale=_.language), time=f"{now:%H:%M}")
    if doubt is Doubt.DAY_OFF and is_today:
        return _("{clock}, and you don't work today. Can you still do it today?", clock=clock)
    return {
        Doubt.PAST: _("That moment has been: {day}. By when will you do it?", day=day),
        Doubt.TOO_FAR: _("That is more than a year from now: {day}. Choose a day that you can oversee.", day=day),
        Doubt.AWAY: _("You are away then: {day}. Can you do it all the same?", day=day),
        Doubt.DAY_OFF: _("You don't work on that day: {day}. Can you do it then all the same?", day=day),
        Doubt.HARDLY_ANY_TIME: _(
            "{clock}: your working day is as good as over. Can you still do it today?", clock=clock
        ),
        Doubt.OUTSIDE_HOURS: _("That is outside your working hours: {day}. Can you do it then all the same?", day=day),
    }[doubt]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- noted, and how it stands ------------------------------------------------------------------------


def noted(made: Noted, by: str, _: Words, *, is_moved: bool = False) -> Said:
    """`by`: who noted or moved it; its reminder is for who made it."""
    promise = made.promise
    day = said(promise.due, made.today, _)
    if not made.is_new:
        text = _("Nothing changes. {name}: by {day}.", name=promise.customer, day=day)
        return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), b.rich_quote(promise.what))])
    text = _("Moved. {name}: by {day}.", name=promise.customer, day=day) if is_moved else None
    text = text or _("Noted. {name}: by {day}.", name=promise.customer, day=day)
    blocks = [b.rich(b.rich_line(b.run(text)), b.rich_quote(promise.what))]
    if too_big := sounds_too_big(promise.what, _.language):
        blocks.append(b.section(_too_big(too_big, _)))
    after = [of_a_reminder(_reminder(made, by, _), _, is_stopped=made.is_stopped)]
    if made.is_contact:
        after.append(_("On the card, today is now the last contact."))
    blocks.append(b.context(" ".join(after)))
    if not is_moved:
        blocks.append(b.actions(b.button(_("Not right? Take it back"), Action.TAKE_BACK, str(promise.id))))
    return Said(b.escaped(text), blocks)


def _reminder(made: Noted, by: str, _: Words) -> str:
    maker = made.promise.made_by
    if made.reminder is None and maker == by:
        return _("That is so soon that I don't remind you: I ask you afterwards.")
    if made.reminder is None:
        return _("That is so soon that I don't remind <@{who}>: I ask afterwards.", who=maker)
    day = said(made.reminder, made.today, _)
    return _("I remind you {day}.", day=day) if maker == by else _("I remind <@{who}> {day}.", who=maker, day=day)


def _too_big(words: str, _: Words) -> str:
    warning = _(
        ":warning: “{words}” is more than anybody can be sure of. Did you say that? Then say today what you *will* do,"
        " and by when. A customer would rather hear an honest no with a reason than a promise that breaks.",
        words=b.escaped(words),
    )
    honest = _("_“I can't promise that it is ready on Friday. I do promise that I call you on Friday.”_")
    return f"{warning}\n{honest}"


def is_there_already(promise: PromiseSeen, now: datetime, _: Words) -> Said:
    """The same, noted once more: what there is, and what can be done about it."""
    text = _("This is noted already. {name}: by {day}.", name=promise.customer, day=said(promise.due, now.date(), _))
    to_do = what_to_do(promise.id, _, is_due=promise.is_overdue(now))
    return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), b.rich_quote(promise.what)), to_do])


def modal(told: Said, _: Words) -> dict[str, Any]:
    """The same as a message says, where somebody looks at a modal."""
    return b.modal(_("Promise"), told.blocks, callback_id=Action.PROMISE, close=_("Close"))


def taken_back(_: Words) -> Said:
    text = _("Taken back: nothing is noted.")
    return Said(text, [b.section(text)])


def standing(promise: PromiseSeen, now: datetime, elsewhere: Elsewhere, _: Words, *, may_undo: bool = False) -> Said:
    """How it stands with a promise, and what can be done about it. `now`: by the clock of who looks. `may_undo`: they
    noted just now that it is broken.
    """
    name = names.in_full(promise.customer, _.language)
    day = said(promise.due, now.date(), _)
    quote = b.rich_quote(promise.what)
    match promise.state:
        case State.OPEN:
            text = _("{name}: by {day}.", name=promise.customer, day=day)
            to_do = what_to_do(promise.id, _, is_due=promise.is_overdue(now))
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), quote), to_do])
        case State.KEPT:
            text = _("You kept your word to {name}.", name=name)
            if promise.is_late:
                text = _("Kept, later than promised. Tell {name} why before they ask.", name=name)
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run("✅ "), b.run(text)), quote)])
        case State.BROKEN:
            text = _("The promise to {name} was not kept, and is a case to put right now.", name=name)
            return Said(
                b.escaped(text),
                [b.rich(b.rich_line(b.run(text)), quote), *_to_put_right(promise, elsewhere, _, may_undo=may_undo)],
            )


def _to_put_right(promise: PromiseSeen, elsewhere: Elsewhere, _: Words, *, may_undo: bool) -> list[Block]:
    how = _("Tell it yourself, today, before they find out: what went wrong, and what you will do now.")
    case = [b.button(_("Put it right"), elsewhere.show_case, str(promise.case_id), style="primary")]
    undo = [b.button(_("Noted by mistake"), Action.NOT_BROKEN, str(promise.id))] if may_undo else []
    return [
        b.section(how),
        b.actions(*(case if promise.case_id else []), b.button(_("What do I say?"), elsewhere.read_play, PLAY), *undo),
    ]


def what_to_do(promise_id: int, _: Words, *, is_due: bool, many: bool = False) -> Block:
    """`is_due`: whether it was in time is for them to say. `many`: in a view with several, in which Slack wants every
    id only once.
    """
    value = str(promise_id)
    ending = f".{promise_id}" if many else ""
    sure = b.confirmation(
        _("Couldn't you keep it?"),
        _("Then it becomes a case: something to put right. Only moved, and does the customer know? Choose Move."),
        yes=_("Not kept"),
        no=_("Cancel"),
    )
    kept = [b.button(_("Kept"), f"{Action.KEPT}{ending}", value, style="primary")]
    if is_due:
        kept = [
            b.button(_("Kept in time"), f"{Action.KEPT}{ending}", value, style="primary"),
            b.button(_("Kept, but late"), f"{Action.KEPT}{ending}.{LATE}", f"{value}:{LATE}"),
        ]
    return b.actions(
        *kept,
        b.button(_("Move"), f"{Action.MOVE}{ending}", value),
        b.button(_("Couldn't keep it"), f"{Action.BROKEN}{ending}", value) | {"confirm": sure},
    )


# --- moved -------------------------------------------------------------------------------------------


def move_form(promise: PromiseSeen, _: Words) -> dict[str, Any]:
    told = [b.option(_("I told the customer"), TOLD)]
    return b.modal(
        _("Move a promise"),
        [
            b.rich(b.rich_line(b.run(promise.customer, bold=True)), b.rich_quote(promise.what)),
            *_by_when(promise.due, _),
            b.field(
                _("Does the customer know?"),
                b.checkboxes(TOLD, told),
                TOLD,
                optional=True,
                hint=_("Tell them first. A promise that moves in silence is a broken promise."),
            ),
        ],
        callback_id=Action.MOVE,
        close=_("Cancel"),
        submit=_("Move"),
        private_metadata=str(promise.id),
    )


def tell_first(_: Words) -> str:
    return _("Call or write to the customer first, then tick this. That is what keeps their trust.")


# --- elsewhere ---------------------------------------------------------------------------------------


def on_the_card(promises: FirstOf[PromiseSeen], now: datetime, _: Words) -> list[Block]:
    """Nothing where nothing is promised."""
    if not promises.shown:
        return []
    rows = [
        b.plain_section(f"{in_a_line(promise.what)}\n{when(promise, now, _)}")
        | {"accessory": b.button(_("See the promise"), f"{Action.SHOW}.{promise.id}", str(promise.id))}
        for promise in promises.shown
    ]
    return [b.section(_("*Promised*")), *rows, *and_more(promises.more, _)]


def in_a_line(what: str) -> str:
    """Half a sentence, “that it is ready”, is quoted as what somebody said."""
    return f"“{what}”" if is_a_clause(what) else what


def when(promise: PromiseSeen, now: datetime, _: Words) -> str:
    day = said(promise.due, now.date(), _)
    if promise.is_overdue(now):
        return _("Late: {day}", day=day)
    return _("By {day}", day=day)


def promise_is_gone(_: Words) -> str:
    return _("This promise isn't there any more: it was taken back, or the customer's card was erased.")


def stands_as_broken(_: Words) -> str:
    return _("This can only be undone in the first quarter of an hour, by who did it.")


def too_late_to_take_back(_: Words) -> str:
    return _(
        "This stands as a promise by now. You can keep it, move it with the customer, or say that it can't be kept."
    )
