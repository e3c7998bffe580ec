"""Which sections somebody's Home tab has, and what stands in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.administration import views as administration_views
from bot.administration.service import Administration
from bot.cases import home_views as case_views
from bot.cases.service import Cases
from bot.coaching.playbooks import Playbook
from bot.customers.views import Action as CustomerAction
from bot.first_day import views as first_day_views
from bot.first_day.service import FirstDays
from bot.gestures import home_views as gesture_views
from bot.gestures.home_views import TeamPurse
from bot.gestures.service import Gestures
from bot.gestures.views import Action as GestureAction
from bot.gestures.views import title_of
from bot.home import views
from bot.home.arranged import Arranged
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.i18n import Dictionary, Words
from bot.kit.slack import blocks as b
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.moments import home_views as moment_views
from bot.moments.service import Moments
from bot.moments.views import Elsewhere
from bot.people import roles
from bot.people import views as people_views
from bot.people.preferences import Choices
from bot.people.roles import Deed, Role
from bot.people.service import Known, People
from bot.promises import home_views as promise_views
from bot.promises.service import Promises
from bot.teams import home_views as team_views
from bot.teams.rules import TeamsSeen
from bot.teams.service import Teams
from bot.trade import step_names

FROM_MOMENTS = Elsewhere(suggest=GestureAction.SUGGEST, open_card=CustomerAction.OPEN)
"""Where moments lead to."""


class Home:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        people: People,
        choices: Choices,
        first_days: FirstDays,
        teams: Teams,
        cases: Cases,
        promises: Promises,
        moments: Moments,
        gestures: Gestures,
        arranged: Arranged,
        administration: Administration,
        playbook: Playbook,
        dictionary: Dictionary,
    ) -> None:
        self._database = database
        self._clock = clock
        self._people = people
        self._choices = choices
        self._first_days = first_days
        self._teams = teams
        self._cases = cases
        self._promises = promises
        self._moments = moments
        self._gestures = gestures
        self._arranged = arranged
        self._administration = administration
        self._playbook = playbook
        self._dictionary = dictionary

    async def compose(self, workspace_id: str, slack_id: str) -> dict[str, Any]:
        known = await self._people.known(workspace_id, slack_id)
        theirs = await self._people.roles(workspace_id, slack_id)
        _ = self._dictionary[known.language or self._people.default]
        if not roles.may(theirs, Deed.BROWSE):
            return views.home_of_a_guest(_)
        may_serve = roles.may(theirs, Deed.SERVE)
        at_work = await self._promises.now_of(workspace_id, slack_id) if may_serve else None
        async with self._database.reading() as session:
            mine = await self._teams.of_member(session, workspace_id, slack_id)
            pause = await self._choices.pause_of(session, workspace_id, slack_id)
            led = await self._teams.led_by(session, workspace_id, slack_id, team_views.SHOWN)
            pressing, planned = await self._for_customers(session, workspace_id, slack_id, known, at_work, _)
            in_short = any([*pressing, *planned])
            at_most = team_views.SHOWN_IN_SHORT if in_short else team_views.SHOWN
            led_channels = [team.channel_id for team in led.teams]
            return views.home(
                [
                    first_day_views.welcome(_) if self._first_days.shows(known) else [],
                    *pressing,
                    views.asking(_),
                    *planned,
                    team_views.my_teams(mine, step_names, _, led_channels, at_most=at_most),
                    await self._leading(session, workspace_id, led, theirs, _, at_most=at_most),
                    await self._budgets(session, workspace_id, led, self._today(known), _),
                    *await self._overseeing(session, workspace_id, theirs, known, _, in_short=in_short),
                    views.roadmap(self._playbook.counts(_.language), _, in_short=in_short),
                    people_views.in_the_home_tab(pause, _),
                ],
                _,
            )

    async def _for_customers(
        self, session: AsyncSession, workspace_id: str, slack_id: str, known: Known, now: datetime | None, _: Words
    ) -> tuple[list[list[b.Block]], list[list[b.Block]]]:
        """What somebody waits for now, a customer first, then a colleague; and what is planned or coming, the soonest
        first. `now`: by the clock on the wall of their work; None for who has no customers.
        """
        if now is None:
            return [], []
        today = self._today(known)
        cases = await self._cases.of_colleague(session, workspace_id, slack_id)
        promises = await self._promises.of_colleague(session, workspace_id, slack_id)
        promised = promise_views.my_promises(promises, slack_id, now, _)
        is_late = any(promise.is_overdue(now) for promise in promises.shown)
        pressing = [
            promised if is_late else [],
            case_views.open_cases(cases, _),
            await self._requests(session, workspace_id, slack_id, today, _),
        ]
        planned = [
            await self._about_to_do(session, workspace_id, slack_id, today, _),
            [] if is_late else promised,
            await self._coming(session, workspace_id, slack_id, today, _),
        ]
        return pressing, planned

    async def _coming(
        self, session: AsyncSession, workspace_id: str, slack_id: str, today: date, _: Words
    ) -> list[b.Block]:
        """What is coming for the customers whose contact they are."""
        coming = await self._moments.coming(session, workspace_id, slack_id, today)
        arranged = await self._arranged.of(session, workspace_id, coming, by=slack_id, today=today, _=_)
        return moment_views.coming_this_week(
            coming, self._moments.calendar.by_id, today, FROM_MOMENTS, _, arranged=arranged
        )

    async def _requests(
        self, session: AsyncSession, workspace_id: str, slack_id: str, today: date, _: Words
    ) -> list[b.Block]:
        """What waits for their yes."""
        catalogue, most = self._gestures.catalogue, gesture_views.SHOWN + 1
        asked = await self._gestures.diary.requests(session, workspace_id, by=slack_id, limit=most)
        return gesture_views.requests([(one, title_of(catalogue, one.gesture_id, _)) for one in asked], today, _)

    async def _about_to_do(
        self, session: AsyncSession, workspace_id: str, slack_id: str, today: date, _: Words
    ) -> list[b.Block]:
        catalogue, most = self._gestures.catalogue, gesture_views.SHOWN + 1
        lines = await self._gestures.diary.planned(session, workspace_id, by=slack_id, limit=most)
        titled = [(line, title_of(catalogue, line.gesture_id, _)) for line in lines]
        return gesture_views.about_to_do(titled, today, _)

    async def _budgets(
        self, session: AsyncSession, workspace_id: str, led: TeamsSeen, today: date, _: Words
    ) -> list[b.Block]:
        """Of the teams that they lead."""
        purses = [
            TeamPurse(
                team.channel_id,
                team.name,
                await self._gestures.diary.team_budget(session, workspace_id, team.channel_id, today),
            )
            for team in led.teams
        ]
        return gesture_views.budgets(purses, _)

    def _today(self, known: Known) -> date:
        """Where they are."""
        return self._now(known).date()

    def _now(self, known: Known) -> datetime:
        return self._clock.now().astimezone(zone_or_utc(known.zone))

    async def _leading(
        self,
        session: AsyncSession,
        workspace_id: str,
        led: TeamsSeen,
        theirs: frozenset[Role],
        _: Words,
        *,
        at_most: int,
    ) -> list[b.Block]:
        if not led.teams_in_all:
            return views.no_team_yet(_) if Role.LEAD in theirs else []
        is_stopped = await self._administration.is_stopped(session, workspace_id)
        return team_views.led_teams(led, step_names, _, is_stopped=is_stopped, at_most=at_most)

    async def _overseeing(
        self,
        session: AsyncSession,
        workspace_id: str,
        theirs: frozenset[Role],
        known: Known,
        _: Words,
        *,
        in_short: bool,
    ) -> list[list[b.Block]]:
        """All teams for leadership; administrators look after the rest as well."""
        if not roles.may(theirs, Deed.OVERSEE):
            return []
        teams = await self._teams.overview(session, workspace_id, skip=0, limit=team_views.SHOWN)
        month = await self._gestures.diary.month_for_leadership(session, workspace_id, self._today(known))
        sections = [team_views.all_teams(teams, step_names, _, in_short=in_short), gesture_views.last_month(month, _)]
        if roles.may(theirs, Deed.ADMINISTER):
            overview = await self._administration.overview(session, workspace_id)
            has_teams, zone = teams.teams_in_all > 0, zone_or_utc(known.zone)
            administration = administration_views.section(overview, has_teams=has_teams, zone=zone, _=_)
            sections.insert(0, [*administration, *gesture_views.limits_of_all(_)])
        return sections

    async def was_looked_at(self, workspace_id: str, slack_id: str) -> None:
        """A colleague saw their Home tab, perhaps for the first time."""
        if await self._people.may(workspace_id, slack_id, Deed.CHOOSE):
            await self._first_days.shown(workspace_id, slack_id)
