"""What is told of promises: kept as data, put into words when it is delivered."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack.outgoing import Said
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.promises import views
from bot.promises.reminding import GIVEN_UP, QUESTION, REMINDER
from bot.promises.rules import ToldData
from bot.promises.service import Promises
from bot.promises.views import Elsewhere


def kinds(promises: Promises, clock: Clock, elsewhere: Elsewhere) -> list[Kind[Any]]:
    def today(told: ToldData) -> date:
        return clock.now().astimezone(zone_or_utc(told.zone)).date()

    def reminder(told: ToldData, _: Words) -> Said:
        return views.reminder(told, today(told), _)

    def question(told: ToldData, _: Words) -> Said:
        return views.question(told, today(told), _)

    async def was_asked(
        session: AsyncSession, workspace_id: str, told: ToldData, _channel: str | None, _ts: str | None
    ) -> None:
        await promises.was_asked(session, workspace_id, told)

    def given_up(told: ToldData, _: Words) -> Said:
        return views.given_up(told, today(told), elsewhere, _)

    return [
        Kind(REMINDER, ToldData, reminder),
        Kind(QUESTION, ToldData, question, sent=was_asked),
        Kind(GIVEN_UP, ToldData, given_up),
    ]
