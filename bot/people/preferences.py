"""What a colleague chooses: language, working hours, where to be told things unasked, and a pause."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.i18n import Language
from bot.kit.working_time import wall_clock
from bot.kit.working_time.rules import Kind, Wish
from bot.kit.working_time.service import WorkingTimes
from bot.people.service import People

LONGEST_PAUSE = timedelta(days=366)


class PauseTooLong(Exception):
    """More than a year: that is no pause."""


class PauseIsOver(Exception):
    """It would end today or before."""


@dataclass(frozen=True)
class WorkingHours:
    """Of `days`, 0 is Monday."""

    days: frozenset[int]
    begins: time
    ends: time


@dataclass(frozen=True)
class Pause:
    """`until`: the day on which it is over, if there is one. `today`: by the colleague's own clock."""

    until: date | None
    today: date


@dataclass(frozen=True)
class Preferences:
    """`paused_until`: the day on which the pause is over, if there is one."""

    language: Language
    hours: WorkingHours
    wish: Wish
    paused_until: date | None


class Choices:
    def __init__(self, database: Database, people: People, working_times: WorkingTimes, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._working_times = working_times
        self._clock = clock

    async def now_of(self, workspace_id: str, slack_id: str) -> datetime:
        """The colleague's own time, or their team's."""
        zone = wall_clock.zone_or_none((await self._people.known(workspace_id, slack_id)).zone)
        if zone is None:
            async with self._database.reading() as session:
                zone = (await self._working_times.hours_of(session, workspace_id, slack_id))[0].zone
        return self._clock.now().astimezone(zone)

    async def of(self, workspace_id: str, slack_id: str) -> Preferences:
        """What holds now; what was never chosen is the team's, or the usual."""
        async with self._database.reading() as session:
            hours, wish = await self._working_times.hours_of(session, workspace_id, slack_id)
            pause = await self.pause_of(session, workspace_id, slack_id)
        return Preferences(
            language=await self._people.language(workspace_id, slack_id),
            hours=WorkingHours(hours.days, hours.begins, hours.ends),
            wish=wish,
            paused_until=pause.until,
        )

    async def pause_of(self, session: AsyncSession, workspace_id: str, slack_id: str) -> Pause:
        """Part of the caller's transaction."""
        today = (await self.now_of(workspace_id, slack_id)).date()
        last_day = await self._working_times.away_until(session, workspace_id, slack_id, Kind.PAUSE, today)
        return Pause(last_day + wall_clock.DAY if last_day else None, today)

    async def choose(
        self, workspace_id: str, slack_id: str, language: Language, hours: WorkingHours, wish: Wish | None = None
    ) -> None:
        """From now on. What was chosen for holidays stays, and hours that are as they were still follow the team's.

        `wish`: None leaves it.
        """
        before = await self.of(workspace_id, slack_id)
        async with self._database.writing() as session:
            await self._people.chooses(session, workspace_id, slack_id, language)
            if hours != before.hours:
                await self._working_times.choose_hours(
                    session, workspace_id, slack_id, days=hours.days, begins=hours.begins, ends=hours.ends
                )
            if wish is not None and wish is not before.wish:
                await self._working_times.wishes(session, workspace_id, slack_id, wish)

    async def speak(self, workspace_id: str, slack_id: str, language: Language) -> None:
        """They want to be spoken to in this language, from now on."""
        async with self._database.writing() as session:
            await self._people.chooses(session, workspace_id, slack_id, language)

    async def pause(self, workspace_id: str, slack_id: str, until: date) -> None:
        """Nothing unasked from now on; on the day `until` it begins again. Raises PauseIsOver, PauseTooLong."""
        today = (await self.now_of(workspace_id, slack_id)).date()
        if until <= today:
            raise PauseIsOver
        if until - today > LONGEST_PAUSE:
            raise PauseTooLong
        async with self._database.writing() as session:
            await self._working_times.absent(
                session, workspace_id, slack_id, Kind.PAUSE, first_day=today, last_day=until - wall_clock.DAY
            )

    async def go_on(self, workspace_id: str, slack_id: str) -> None:
        """The pause is over."""
        today = (await self.now_of(workspace_id, slack_id)).date()
        async with self._database.writing() as session:
            await self._working_times.back(session, workspace_id, slack_id, Kind.PAUSE, today)
