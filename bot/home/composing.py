"""Which sections somebody's Home tab has, and what stands in them."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.administration import views as administration_views
from bot.administration.service import Administration
from bot.coaching.playbooks import Playbook
from bot.first_day import views as first_day_views
from bot.first_day.service import FirstDays
from bot.home import views
from bot.kit.database import Database
from bot.kit.i18n import Dictionary, Words
from bot.kit.slack import blocks as b
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.people import roles
from bot.people import views as people_views
from bot.people.preferences import Choices
from bot.people.roles import Deed, Role
from bot.people.service import Known, People
from bot.teams import home_views as team_views
from bot.teams.rules import TeamsSeen
from bot.teams.service import Teams
from bot.trade import step_names


class Home:
    def __init__(
        self,
        database: Database,
        *,
        people: People,
        choices: Choices,
        first_days: FirstDays,
        teams: Teams,
        administration: Administration,
        playbook: Playbook,
        dictionary: Dictionary,
    ) -> None:
        self._database = database
        self._people = people
        self._choices = choices
        self._first_days = first_days
        self._teams = teams
        self._administration = administration
        self._playbook = playbook
        self._dictionary = dictionary

    async def compose(self, workspace_id: str, slack_id: str) -> dict[str, Any]:
        known = await self._people.known(workspace_id, slack_id)
        theirs = await self._people.roles(workspace_id, slack_id)
        _ = self._dictionary[known.language or self._people.default]
        if not roles.may(theirs, Deed.BROWSE):
            return views.home_of_a_guest(_)
        async with self._database.reading() as session:
            mine = await self._teams.of_member(session, workspace_id, slack_id)
            pause = await self._choices.pause_of(session, workspace_id, slack_id)
            led = await self._teams.led_by(session, workspace_id, slack_id, team_views.SHOWN)
            return views.home(
                [
                    first_day_views.welcome(_) if self._first_days.shows(known) else [],
                    views.asking(_),
                    team_views.my_teams(mine, step_names, _, led=[team.channel_id for team in led.teams]),
                    await self._leading(session, workspace_id, led, theirs, _),
                    *await self._overseeing(session, workspace_id, theirs, known, _),
                    views.roadmap(self._playbook.counts(_.language), _),
                    people_views.in_the_home_tab(pause, _),
                ]
            )

    async def _leading(
        self, session: AsyncSession, workspace_id: str, led: TeamsSeen, theirs: frozenset[Role], _: Words
    ) -> list[b.Block]:
        if not led.teams_in_all:
            return views.no_team_yet(_) if Role.LEAD in theirs else []
        is_stopped = await self._administration.is_stopped(session, workspace_id)
        return team_views.led_teams(led, step_names, _, is_stopped=is_stopped)

    async def _overseeing(
        self, session: AsyncSession, workspace_id: str, theirs: frozenset[Role], known: Known, _: Words
    ) -> list[list[b.Block]]:
        """All teams for leadership; administrators look after the rest as well."""
        if not roles.may(theirs, Deed.OVERSEE):
            return []
        teams = await self._teams.overview(session, workspace_id, skip=0, limit=team_views.SHOWN)
        sections = [team_views.all_teams(teams, step_names, _)]
        if roles.may(theirs, Deed.ADMINISTER):
            overview = await self._administration.overview(session, workspace_id)
            has_teams, zone = teams.teams_in_all > 0, zone_or_utc(known.zone)
            sections.insert(0, administration_views.section(overview, has_teams=has_teams, zone=zone, _=_))
        return sections

    async def was_looked_at(self, workspace_id: str, slack_id: str) -> None:
        """A colleague saw their Home tab, perhaps for the first time."""
        if await self._people.may(workspace_id, slack_id, Deed.CHOOSE):
            await self._first_days.shown(workspace_id, slack_id)
