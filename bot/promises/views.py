"""What a promise looks like in Slack: the form, the question back, what is told of it, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from babel.dates import format_date
from pydantic import BaseModel, ConfigDict

from bot.cases.rules import LONGEST_WHAT, FirstOf, Mistake
from bot.cases.views import and_more, customer_field
from bot.customers.rules import Found
from bot.kit import dates
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.promises.calendar import Doubt, Question
from bot.promises.rules import Due, Noted, PromiseSeen, State, ToldData, sounds_too_big


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    OPEN_FORM = "promises.open_form"
    MAKE = "promises.make"
    SHOW = "promises.show"
    KEPT = "promises.kept"
    MOVE = "promises.move"
    BROKEN = "promises.broken"
    TAKE_BACK = "promises.take_back"
    PROMISE = "promises.promise"
    """Modals with nothing to submit."""


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

TOLD = "told"

LATE = "late"


class Draft(BaseModel):
    """What travels with a question back. `promise_id`: of one that is moved; None: it is new."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    customer_id: int
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


def mistake(made: Mistake, _: Words) -> str:
    return {
        Mistake.NOTHING_WRITTEN: _("Say in a few words what you promised."),
        Mistake.TOO_LONG: _("Keep it within {n} characters: one line.", n=LONGEST_WHAT),
    }[made]


# --- the question back -------------------------------------------------------------------------------


def question_back(draft: Draft, question: Question, now: datetime, _: Words) -> dict[str, Any]:
    """`now`: by the colleague's own clock."""
    due, today = Due(draft.on, draft.at), now.date()
    instead = b.button(_capital(said(question.instead, today, _)), f"{Action.MAKE}.{Answer.INSTEAD}", Answer.INSTEAD)
    insist = b.button(_("Yes, {day}", day=said(due, today, _)), f"{Action.MAKE}.{Answer.INSIST}", Answer.INSIST)
    other = b.button(_("Another day"), f"{Action.MAKE}.{Answer.OTHER}", Answer.OTHER)
    buttons = [instead, *([insist] if question.may_insist else []), other]
    return b.modal(
        _("Can you do that?"),
        [
            b.rich(b.rich_quote(draft.what)),
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


def noted(made: Noted, _: Words, *, is_moved: bool = False) -> Said:
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
    if made.reminder is not None:
        reminder = _("I remind you {day}.", day=said(made.reminder, made.today, _))
    else:
        reminder = _("That is so soon that I don't remind you: I ask you afterwards.")
    blocks.append(b.context(reminder))
    if not is_moved:
        blocks.append(b.actions(b.button(_("Not right? Take it back"), Action.TAKE_BACK, str(promise.id))))
    return Said(b.escaped(text), blocks)


def _too_big(words: str, _: Words) -> str:
    warning = _(
        ":warning: “{words}” is more than anybody can be sure of. Did you say that? Then say today what you *will* do,"
        " and by when. A customer rather hears an honest no with a reason than a promise that breaks.",
        words=b.escaped(words),
    )
    honest = _("_“I can't promise that it is ready on Friday. I do promise that I call you on Friday.”_")
    return f"{warning}\n{honest}"


def modal(told: Said, _: Words) -> dict[str, Any]:
    """The same as a message says, where somebody looks at a modal."""
    return b.modal(_("Promise"), told.blocks, callback_id=Action.PROMISE, close=_("Close"))


def taken_back(_: Words) -> Said:
    text = _("Taken back: nothing is noted.")
    return Said(text, [b.section(text)])


def standing(promise: PromiseSeen, now: datetime, elsewhere: Elsewhere, _: Words) -> Said:
    """How it stands with a promise, and what can be done about it. `now`: by the clock of who looks."""
    day = said(promise.due, now.date(), _)
    quote = b.rich_quote(promise.what)
    match promise.state:
        case State.OPEN:
            text = _("{name}: by {day}.", name=promise.customer, day=day)
            what_to_do = _what_to_do(promise.id, _, is_due=promise.due_at < now)
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), quote), what_to_do])
        case State.KEPT:
            text = _("You kept your word to {name}.", name=promise.customer)
            if promise.is_late:
                text = _("Kept, later than promised. Tell {name} why before they ask.", name=promise.customer)
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run("✅ "), b.run(text)), quote)])
        case State.BROKEN:
            text = _("The promise to {name} was not kept, and is a case to put right now.", name=promise.customer)
            return Said(
                b.escaped(text), [b.rich(b.rich_line(b.run(text)), quote), *_to_put_right(promise, elsewhere, _)]
            )


def _to_put_right(promise: PromiseSeen, elsewhere: Elsewhere, _: Words) -> list[Block]:
    how = _("Tell it yourself, today, before they find out: what went wrong, and what you will do now.")
    case = [b.button(_("Put it right"), elsewhere.show_case, str(promise.case_id), style="primary")]
    return [
        b.section(how),
        b.actions(*(case if promise.case_id else []), b.button(_("What do I say?"), elsewhere.read_play, PLAY)),
    ]


def _what_to_do(promise_id: int, _: Words, *, is_due: bool, many: bool = False) -> Block:
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


# --- told later --------------------------------------------------------------------------------------


def reminder(told: ToldData, today: date, _: Words) -> Said:
    text = _("{name} was promised something, by {day}.", name=told.customer, day=_day(told, today, _))
    if told.made_by == told.whom:
        text = _("You promised {name} something, by {day}.", name=told.customer, day=_day(told, today, _))
    return _told(text, told, _, is_due=False)


def question(told: ToldData, today: date, _: Words) -> Said:
    text = _("Is it done? {name} was promised this, by {day}.", name=told.customer, day=_day(told, today, _))
    if told.made_by == told.whom:
        text = _("Is it done? You promised {name} this, by {day}.", name=told.customer, day=_day(told, today, _))
    return _told(text, told, _, is_due=True)


def _told(text: str, told: ToldData, _: Words, *, is_due: bool) -> Said:
    what_to_do = _what_to_do(told.promise_id, _, is_due=is_due)
    return Said(b.escaped(text), [*_what_it_is_about(text, told, _), what_to_do])


def given_up(told: ToldData, today: date, elsewhere: Elsewhere, _: Words) -> Said:
    text = _(
        "I heard nothing about your promise to {name}, by {day}. I count it as not kept, so that nobody surprises this"
        " customer now. If you did keep it: ask whether all is well, and close the case.",
        name=told.customer,
        day=_day(told, today, _),
    )
    case = b.button(_("Put it right"), elsewhere.show_case, str(told.case_id), style="primary")
    play = b.button(_("What do I say?"), elsewhere.read_play, PLAY)
    return Said(b.escaped(text), [*_what_it_is_about(text, told, _), b.actions(case, play)])


def _what_it_is_about(text: str, told: ToldData, _: Words) -> list[Block]:
    blocks = [b.rich(b.rich_line(b.run(text)), b.rich_quote(told.what))]
    if told.made_by != told.whom:
        blocks.append(b.context(_("Promised by <@{who}>, who cannot see to it now.", who=told.made_by)))
    return blocks


def _day(told: ToldData, today: date, _: Words) -> str:
    return said(Due(told.on, told.at), today, _)


# --- elsewhere ---------------------------------------------------------------------------------------


def on_the_card(promises: FirstOf[PromiseSeen], now: datetime, _: Words) -> list[Block]:
    """Nothing where nothing is promised."""
    if not promises.shown:
        return []
    rows = [
        b.plain_section(f"{promise.what}\n{when(promise, now, _)}")
        | {"accessory": b.button(_("See the promise"), f"{Action.SHOW}.{promise.id}", str(promise.id))}
        for promise in promises.shown
    ]
    return [b.section(_("*Promised*")), *rows, *and_more(promises.more, _)]


def when(promise: PromiseSeen, now: datetime, _: Words) -> str:
    day = said(promise.due, now.date(), _)
    if promise.due_at < now:
        return _("Overdue: {day}", day=day)
    return _("By {day}", day=day)


def row(promise: PromiseSeen, by: str, now: datetime, _: Words) -> list[Block]:
    """In a list of several. `by`: who looks."""
    who = [] if promise.made_by == by else [b.run(" · "), b.mention(promise.made_by)]
    return [
        b.rich(
            b.rich_line(b.run(promise.customer, bold=True), b.run(f": {promise.what}")),
            b.rich_line(b.run(when(promise, now, _), italic=True), *who),
        ),
        _what_to_do(promise.id, _, is_due=promise.due_at < now, many=True),
    ]


def promise_is_gone(_: Words) -> str:
    return _("This promise isn't there any more: it was taken back, or the customer's card was erased.")


def too_late_to_take_back(_: Words) -> str:
    return _(
        "This stands as a promise by now. You can keep it, move it with the customer, or say that it can't be kept."
    )
