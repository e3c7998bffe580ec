"""What a promise looks like in Slack: what is told of it, how it stands, and the form that moves it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from babel.dates import format_date

from bot.cases.rules import FirstOf
from bot.cases.views import and_more
from bot.customers import names
from bot.kit import dates
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import of_a_reminder
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.promises.rules import (
    Due,
    Noted,
    PromiseSeen,
    State,
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

IN_TIME, LATE = "in_time", "late"
"""What a button says of a promise that was due when it was shown."""


def said(due: Due, today: date, _: Words) -> str:
    """ "tomorrow at 15:00"."""
    return dates.said(due.on, due.at, today, _)


def until(due: Due, today: date, _: Words) -> str:
    """ "by tomorrow at 15:00", "today, before 15:00": nothing is by today."""
    if due.on != today:
        return _("by {day}", day=said(due, today, _))
    day = dates.said(due.on, None, today, _)
    return day if due.at is None else _("{day}, before {time}", day=day, time=f"{due.at:%H:%M}")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- noted, and how it stands ------------------------------------------------------------------------


def noted(made: Noted, by: str, _: Words, *, is_moved: bool = False) -> Said:
    """`by`: who noted or moved it; its reminder is for who made it."""
    promise = made.promise
    day = until(promise.due, made.today, _)
    if not made.is_new:
        text = _("Nothing changes. {name}: {day}.", name=promise.customer, day=day)
        return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), b.rich_quote(promise.what))])
    text = _("Moved. {name}: {day}.", name=promise.customer, day=day) if is_moved else None
    text = text or _("Noted. {name}: {day}.", name=promise.customer, day=day)
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
    text = _("This is noted already. {name}: {day}.", name=promise.customer, day=_when(promise, now, _))
    to_do = what_to_do(promise.id, _, is_due=promise.is_overdue(now))
    return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), b.rich_quote(promise.what)), to_do])


def modal(told: Said, _: Words) -> dict[str, Any]:
    """The same as a message says, where somebody looks at a modal."""
    return b.modal(_("Promise"), told.blocks, callback_id=Action.PROMISE, close=_("Close"))


def taken_back(_: Words) -> Said:
    text = _("Taken back: nothing is noted.")
    return Said(text, [b.section(text)])


def in_time_or_late(promise: PromiseSeen, now: datetime, _: Words) -> Said:
    """Asked back of one that was due, where the button did not say so yet."""
    day = said(promise.due, now.date(), _)
    text = _("In time, or late? {name}: was due {day}.", name=promise.customer, day=day)
    to_do = what_to_do(promise.id, _, is_due=True)
    return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), b.rich_quote(promise.what)), to_do])


def standing(
    promise: PromiseSeen,
    now: datetime,
    elsewhere: Elsewhere,
    _: Words,
    *,
    may_undo: bool = False,
    put_right_on: date | None = None,
) -> Said:
    """How it stands with a promise, and what can be done about it. `now`: by the clock of who looks. `may_undo`: they
    noted just now that it is broken. `put_right_on`: when the case was closed that came of a broken one.
    """
    name = names.in_full(promise.customer, _.language)
    quote = b.rich_quote(promise.what)
    match promise.state:
        case State.OPEN:
            text = _("{name}: {day}.", name=promise.customer, day=_when(promise, now, _))
            to_do = what_to_do(promise.id, _, is_due=promise.is_overdue(now))
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), quote), to_do])
        case State.KEPT:
            text = _("You kept your word to {name}.", name=name)
            if promise.is_late:
                text = _("Kept, later than promised. Tell {name} why before they ask.", name=name)
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run("✅ "), b.run(text)), quote)])
        case State.BROKEN if put_right_on is not None:
            pattern = "d MMMM" if put_right_on.year == now.year else "d MMMM y"
            day = format_date(put_right_on, pattern, locale=_.language)
            text = _("The promise to {name} was not kept. This was put right on {day}.", name=name, day=day)
            return Said(b.escaped(text), [b.rich(b.rich_line(b.run(text)), quote)])
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
            b.button(_("Kept in time"), f"{Action.KEPT}{ending}", f"{value}:{IN_TIME}"),
            b.button(_("Kept, but late"), f"{Action.KEPT}{ending}.{LATE}", f"{value}:{LATE}"),
        ]
    return b.actions(
        *kept,
        b.button(_("Move"), f"{Action.MOVE}{ending}", value),
        b.button(_("Couldn't keep it"), f"{Action.BROKEN}{ending}", value) | {"confirm": sure},
    )


# --- moved -------------------------------------------------------------------------------------------


def by_when(due: Due | None, _: Words) -> list[Block]:
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


def move_form(promise: PromiseSeen, _: Words) -> dict[str, Any]:
    told = [b.option(_("I told the customer"), TOLD)]
    return b.modal(
        _("Move a promise"),
        [
            b.rich(b.rich_line(b.run(promise.customer, bold=True)), b.rich_quote(promise.what)),
            *by_when(promise.due, _),
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
    """On a line of its own."""
    return capital(_when(promise, now, _))


def _when(promise: PromiseSeen, now: datetime, _: Words) -> str:
    if promise.is_overdue(now):
        return _("was due {day}", day=said(promise.due, now.date(), _))
    return until(promise.due, now.date(), _)


def promise_is_gone(_: Words) -> str:
    return _("This promise isn't there any more: it was taken back, or the customer's card was erased.")


def too_late_to_take_back(_: Words) -> str:
    return _(
        "This stands as a promise by now. You can keep it, move it with the customer, or say that it can't be kept."
    )
