"""A colleague's first day: they are welcomed once, in the Home tab or in their messages, whichever comes first."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.kit.working_time import wall_clock
from bot.people.service import Known, People

WELCOME = "first_day.welcome"
"""A kind of notice."""

AFTER_THE_ANSWER = timedelta(seconds=3)
"""Somebody may have a customer in front of them: what they asked for comes first."""


class FirstDay(StrEnum):
    SHOWN = "shown"
    """The welcome stands in their Home tab, today still."""
    OVER = "over"
    """They began, or skipped it, or were welcomed in their messages: it is never asked again."""


class WelcomeData(NoticeData):
    """A welcome says the same to everybody."""


def is_welcomed_now(known: Known, now: datetime) -> bool:
    """Whether the Home tab shows the welcome: at the first look, and until that day is over."""
    if known.first_day is None or known.first_day_at is None:
        return known.first_day is None
    zone = wall_clock.zone_or_utc(known.zone)
    is_today = known.first_day_at.astimezone(zone).date() == now.astimezone(zone).date()
    return known.first_day == FirstDay.SHOWN and is_today


class FirstDays:
    def __init__(self, database: Database, people: People, outbox: Outbox, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._outbox = outbox
        self._clock = clock

    def shows(self, known: Known) -> bool:
        return is_welcomed_now(known, self._clock.now())

    async def shown(self, workspace_id: str, slack_id: str) -> None:
        """The welcome stands in their Home tab now."""
        known = await self._people.known(workspace_id, slack_id)
        if known.first_day is None:
            async with self._database.writing() as session:
                await self._people.begins_first_day(session, workspace_id, slack_id, FirstDay.SHOWN)

    async def welcome(self, workspace_id: str, slack_id: str) -> None:
        """They wrote for the first time: the welcome comes beside the answer, if they were not welcomed before."""
        known = await self._people.known(workspace_id, slack_id)
        if known.first_day is not None:
            return
        async with self._database.writing() as session:
            if not await self._people.begins_first_day(session, workspace_id, slack_id, FirstDay.OVER):
                return
            notice = NewNotice(
                workspace_id=workspace_id,
                key=f"welcome:{slack_id}",
                kind=WELCOME,
                data=WelcomeData(),
                whom=slack_id,
                manner=Manner.ASKED,
                not_before=self._clock.now() + AFTER_THE_ANSWER,
            )
            await self._outbox.post(session, notice)

    async def over(self, workspace_id: str, slack_id: str) -> None:
        async with self._database.writing() as session:
            await self._people.first_day_is(session, workspace_id, slack_id, FirstDay.OVER)
