"""What is told of promises: kept as data, put into words when it is delivered."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import names
from bot.kit.clock import Clock
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.promises import views
from bot.promises.reminding import GIVEN_UP, QUESTION, REMINDER
from bot.promises.rules import Due, ToldData
from bot.promises.service import Promises
from bot.promises.views import Elsewhere


def kinds(promises: Promises, clock: Clock, elsewhere: Elsewhere) -> list[Kind[Any]]:
    def today(told: ToldData) -> date:
        return clock.now().astimezone(zone_or_utc(told.zone)).date()

    def reminder(told: ToldData, _: Words) -> Said:
        return reminder_said(told, today(told), _)

    def question(told: ToldData, _: Words) -> Said:
        return question_said(told, today(told), _)

    async def was_asked(
        session: AsyncSession, workspace_id: str, told: ToldData, _channel: str | None, _ts: str | None
    ) -> None:
        await promises.was_asked(session, workspace_id, told)

    def given_up(told: ToldData, _: Words) -> Said:
        return given_up_said(told, today(told), elsewhere, _)

    return [
        Kind(REMINDER, ToldData, reminder),
        Kind(QUESTION, ToldData, question, sent=was_asked),
        Kind(GIVEN_UP, ToldData, given_up),
    ]


def reminder_said(told: ToldData, today: date, _: Words) -> Said:
    name = names.in_full(told.customer, _.language)
    day = _day(told, today, _)
    match told.made_by == told.whom, told.on == today:
        case True, True:
            text = _("You promised {name} something for {day}.", name=name, day=day)
        case True, False:
            text = _("You promised {name} something, by {day}.", name=name, day=day)
        case False, True:
            text = _("{name} was promised something for {day}.", name=name, day=day)
        case _other:
            text = _("{name} was promised something, by {day}.", name=name, day=day)
    return _told(text, told, _, is_due=False)


def question_said(told: ToldData, today: date, _: Words) -> Said:
    name = names.in_full(told.customer, _.language)
    day = _day(told, today, _)
    match told.made_by == told.whom, told.on == today:
        case True, True:
            text = _("Is it done? You promised {name} this for {day}.", name=name, day=day)
        case True, False:
            text = _("Is it done? You promised {name} this, by {day}.", name=name, day=day)
        case False, True:
            text = _("Is it done? {name} was promised this for {day}.", name=name, day=day)
        case _other:
            text = _("Is it done? {name} was promised this, by {day}.", name=name, day=day)
    return _told(text, told, _, is_due=True)


def _told(text: str, told: ToldData, _: Words, *, is_due: bool) -> Said:
    name = names.in_full(told.customer, _.language)
    begins = names.agreeing(text, name, _.language).replace(f"? {name}", f"? {name[:1].upper()}{name[1:]}")
    text = begins[:1].upper() + begins[1:]
    what_to_do = views.what_to_do(told.promise_id, _, is_due=is_due)
    return Said(b.escaped(text), [*_what_it_is_about(text, told, _), what_to_do])


def given_up_said(told: ToldData, today: date, elsewhere: Elsewhere, _: Words) -> Said:
    text = _(
        "I heard nothing about your promise to {name}, by {day}. I count it as not kept, so that nobody surprises this"
        " customer now. If you did keep it: ask whether all is well, and close the case.",
        name=names.in_full(told.customer, _.language),
        day=_day(told, today, _),
    )
    case = b.button(_("Put it right"), elsewhere.show_case, str(told.case_id), style="primary")
    play = b.button(_("What do I say?"), elsewhere.read_play, views.PLAY)
    return Said(b.escaped(text), [*_what_it_is_about(text, told, _), b.actions(case, play)])


def _what_it_is_about(text: str, told: ToldData, _: Words) -> list[Block]:
    blocks = [b.rich(b.rich_line(b.run(text)), b.rich_quote(told.what))]
    if told.made_by != told.whom:
        blocks.append(b.context(_("Promised by <@{who}>, who cannot see to it now.", who=told.made_by)))
    return blocks


def _day(told: ToldData, today: date, _: Words) -> str:
    return views.said(Due(told.on, told.at), today, _)
