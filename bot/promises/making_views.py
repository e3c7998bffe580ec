"""What making a promise looks like in Slack: the form, and the question whether it can be met."""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from babel.dates import format_date
from pydantic import BaseModel, ConfigDict

from bot.cases.rules import LONGEST_WHAT, Mistake
from bot.cases.views import customer_field, who_is_meant
from bot.customers import names
from bot.customers.rules import Found
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.promises.calendar import Doubt, Question
from bot.promises.rules import Due, NoDay, Understood, why_no_day
from bot.promises.views import Action, by_when, capital, said


class Answer(StrEnum):
    """To the question whether a promise can be met."""

    INSTEAD = "instead"
    INSIST = "insist"
    OTHER = "other"


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
            *by_when(due, _),
            b.context(_("I remind you in time, in your working hours.")),
        ],
        callback_id=Action.MAKE,
        close=_("Cancel"),
        submit=_("Note it"),
    )


def why_the_form(understood: Understood, _: Words) -> str:
    """Why what was typed is not noted yet, as markup."""
    missing = [who_is_meant(understood.customers, _, is_sure=understood.is_sure), _when(understood, _)]
    if not any(missing) and not understood.what:
        name = names.in_full(understood.customers[0].name, _.language)
        missing = [_("What did you promise {name}? Write it in a few words.", name=b.escaped(name))]
    return " ".join(filter(None, missing))


def _when(understood: Understood, _: Words) -> str | None:
    if understood.no_day is not None:
        return _no_day(understood.no_day, _)
    if understood.due is None:
        return _("I don't know yet by which day. Choose one that you can keep.")
    return None


def _no_day(words: str, _: Words) -> str:
    match why_no_day(words):
        case NoDay.GONE:
            return _("That day has gone. Choose one that you can keep.")
        case NoDay.NONE:
            return _("{words} doesn't exist. Choose a day that you can keep.", words=b.escaped(words))
        case NoDay.VAGUE:
            return _("I can't note “{words}” as a day. Choose one that you can keep.", words=b.escaped(words))


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
    instead = b.button(capital(offered), f"{Action.MAKE}.{Answer.INSTEAD}", Answer.INSTEAD)
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
