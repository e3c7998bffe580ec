"""Teams: a lead sets one up, people see theirs, and its channel may end. One public method is one transaction, but for
the reads that take part in their caller's.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit import audit
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into, when_committed
from bot.kit.i18n import Language
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.service import WorkingTimes
from bot.people.roles import Role
from bot.people.roles_given import RolesGiven
from bot.people.service import People
from bot.teams import queries, records, rules
from bot.teams.members import Members
from bot.teams.rules import (
    BackData,
    ChannelGoneData,
    FirstPostData,
    Standing,
    TeamAsItIs,
    TeamPlan,
    TeamSeen,
    TeamsSeen,
    WelcomeData,
)
from bot.teams.tables import Team, TeamLead

WELCOME, BACK, FIRST_POST, CHANNEL_GONE = "teams.welcome", "teams.back", "teams.first_post", "teams.channel_gone"
"""Kinds of notices."""

LOOK_AGAIN_AFTER = timedelta(minutes=5)
"""When it is looked once more whether a channel is really gone: Slack tells in any order, and may have told of its
return before."""


class ChangedMeanwhile(Exception):
    """The team was set up, changed or renamed since it was looked at."""


class NotALead(Exception):
    """Who sets up a team has the role of a lead, or is an administrator."""


class NotTheirTeam(Exception):
    """They do not lead this team."""


class Teams:
    def __init__(  # noqa: PLR0917 — what it is made of
        self,
        database: Database,
        clock: Clock,
        people: People,
        roles: RolesGiven,
        working_times: WorkingTimes,
        outbox: Outbox,
    ) -> None:
        self._database = database
        self._clock = clock
        self._people = people
        self._roles = roles
        self._working_times = working_times
        self._outbox = outbox
        self.members = Members(people, working_times, clock)
        self.bell = asyncio.Event()
        """Rung when Slack is to be asked who is in a channel."""

    # --- set up ---

    async def set_up(
        self, workspace_id: str, channel_id: str, plan: TeamPlan, *, by: str, seen_version: int | None
    ) -> bool:
        """A new team, or a change of the version that was seen (None: there was no team).

        The same once more changes nothing. Whether its first post has to wait now, because everything unasked is
        stopped. Raises ChangedMeanwhile, NotALead, NotTheirTeam.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            before = await queries.team(session, workspace_id, channel_id, lock=True)
            team = before or await self._begin(session, workspace_id, channel_id, plan, by)
            if team is None:  # set up by somebody else within these milliseconds
                before = team = await queries.team(session, workspace_id, channel_id, lock=True)
                assert team is not None  # noqa: S101 — that is why it could not be begun
            await self._roles.lock(session, workspace_id)  # nobody loses the role between here and the end
            named = await queries.named_leads(session, workspace_id, channel_id)
            there = records.as_it_is(before, named) if before else None
            told = rules.first_post_goes_to(plan, channel_id, there)
            changed = rules.changed_fields(there.plan, plan) if there else []
            if there is None:
                await self._check_may_begin(session, workspace_id, by)
            else:
                is_as_seen = there.version == seen_version
                if not changed and not (told and is_as_seen):  # what was not delivered can be posted once more
                    return False
                if not is_as_seen:
                    raise ChangedMeanwhile
                await self._check(session, team, by)
                team.version += 1
            records.write(team, plan, by, now)
            await self._name_leads(session, team, plan.leads)
            # Who was named before and has no role any more has lost it, and not by this decision.
            await self._roles.give(session, workspace_id, Role.LEAD, set(plan.leads) - set(named), by=by)
            begins, ends = rules.hours(plan)
            await self._working_times.set_hours(
                session,
                workspace_id,
                channel_id,
                zone=plan.zone,
                days=plan.days,
                begins=begins,
                ends=ends,
                country=plan.country,
                region=plan.region,
            )
            if there is None:
                audit.note(session, workspace_id, "team_set_up", by=by, about=channel_id, at=now)
                self._read_now(session, team)
            elif changed:
                audit.note(session, workspace_id, "team_changed", by=by, about=channel_id, at=now, fields=changed)
            await self._outbox.post_all(session, _first_posts(team, plan, told))
            return bool(told) and await self._outbox.held(session, workspace_id) is not None

    async def _begin(
        self, session: AsyncSession, workspace_id: str, channel_id: str, plan: TeamPlan, by: str
    ) -> Team | None:
        """None when there is one already."""
        now = self._clock.now()
        values: dict[str, Any] = {
            **records.values(plan),
            "standing": Standing.ACTIVE,
            "version": 1,
            "set_up_by": by,
            "set_up_at": now,
            "changed_by": by,
            "changed_at": now,
            "members_read": 0,
        }
        new = insert_into(session, Team).values(workspace_id=workspace_id, channel_id=channel_id, **values)
        begun = await session.scalar(new.on_conflict_do_nothing().returning(Team.channel_id))
        return await queries.team(session, workspace_id, channel_id) if begun else None

    async def _name_leads(self, session: AsyncSession, team: Team, leads: Sequence[str]) -> None:
        key = {"workspace_id": team.workspace_id, "channel_id": team.channel_id}
        await session.execute(delete(TeamLead).filter_by(**key).where(TeamLead.slack_id.not_in(leads)))
        rows = [{**key, "slack_id": slack_id} for slack_id in leads]
        await session.execute(insert_into(session, TeamLead).on_conflict_do_nothing(), rows)

    async def was_introduced(
        self, session: AsyncSession, workspace_id: str, told: FirstPostData, _channel_id: str | None, _ts: str | None
    ) -> None:
        """Its first post was delivered. Part of the caller's transaction."""
        if not told.is_dry_run:
            it = (Team.workspace_id == workspace_id, Team.channel_id == told.channel_id, Team.introduced_at.is_(None))
            await session.execute(update(Team).where(*it).values(introduced_at=self._clock.now()))

    async def _check_may_begin(self, session: AsyncSession, workspace_id: str, by: str) -> None:
        """Raises NotALead."""
        if await queries.is_a_lead(session, workspace_id, by):
            return
        if by not in await self._roles.administrators(session, workspace_id):
            raise NotALead

    async def _check(self, session: AsyncSession, team: Team, by: str) -> None:
        """Raises NotTheirTeam."""
        if by in await queries.leads(session, team.workspace_id, team.channel_id):
            return
        if by not in await self._roles.administrators(session, team.workspace_id):
            raise NotTheirTeam

    async def to_change(self, workspace_id: str, channel_id: str, *, by: str) -> TeamAsItIs | None:
        """What is there, for somebody who wants to change it; None when the channel is no team yet.

        Who has lost the role is no lead any more; with nobody left it is who looks. Raises NotTheirTeam.
        """
        async with self._database.reading() as session:
            team = await queries.team(session, workspace_id, channel_id)
            if team is None:
                return None
            await self._check(session, team, by)
            return records.as_it_is(team, await queries.leads(session, workspace_id, channel_id) or [by])

    async def list_led(self, workspace_id: str, slack_id: str, *, skip: int, limit: int) -> TeamsSeen:
        async with self._database.reading() as session:
            return await self.led_by(session, workspace_id, slack_id, limit, skip=skip)

    async def list_all(self, workspace_id: str, *, skip: int, limit: int) -> TeamsSeen:
        async with self._database.reading() as session:
            return await self.overview(session, workspace_id, skip=skip, limit=limit)

    # --- who sees what; part of the caller's transaction ---

    async def led_by(
        self, session: AsyncSession, workspace_id: str, slack_id: str, limit: int, *, skip: int = 0
    ) -> TeamsSeen:
        """By name. Who has lost the role leads nothing."""
        teams = await queries.led_by(session, workspace_id, slack_id, skip, limit)
        seen = await self._seen(session, workspace_id, teams)
        return TeamsSeen(seen, await queries.how_many_led_by(session, workspace_id, slack_id))

    async def of_member(self, session: AsyncSession, workspace_id: str, slack_id: str) -> Sequence[TeamSeen]:
        """The teams somebody is in, by name."""
        return [
            records.seen(team, is_first=is_first)
            for team, is_first in await queries.of_member(session, workspace_id, slack_id)
        ]

    async def overview(self, session: AsyncSession, workspace_id: str, *, skip: int, limit: int) -> TeamsSeen:
        """All teams, by name."""
        teams = await queries.all_of(session, workspace_id, skip, limit)
        seen = await self._seen(session, workspace_id, teams)
        teams_in_all = await queries.how_many(session, workspace_id)
        return TeamsSeen(seen, teams_in_all, await queries.how_many_people(session, workspace_id))

    async def leads(self, session: AsyncSession, workspace_id: str, channel_id: str) -> Sequence[str]:
        """Who leads the team now: named, and with the role."""
        return await queries.leads(session, workspace_id, channel_id)

    async def leads_of(
        self, session: AsyncSession, workspace_id: str, channel_ids: Collection[str]
    ) -> Mapping[str, Sequence[str]]:
        """As `leads`, of many teams; who has none is not there."""
        leads: dict[str, list[str]] = {}
        for channel_id, slack_id in await queries.leads_of(session, workspace_id, channel_ids):
            leads.setdefault(channel_id, []).append(slack_id)
        return leads

    async def _seen(self, session: AsyncSession, workspace_id: str, teams: Sequence[Team]) -> list[TeamSeen]:
        members = await queries.members_count(session, workspace_id, [team.channel_id for team in teams])
        return [records.seen(team, members=members.get(team.channel_id, 0)) for team in teams]

    # --- its members ---

    async def chooses_team(self, workspace_id: str, slack_id: str, channel_id: str) -> None:
        """They are pushed from this team from now on. Nothing when they are not in it any more."""
        async with self._database.writing() as session:
            await self.members.choose(session, workspace_id, slack_id, channel_id)

    async def joins(self, workspace_id: str, channel_id: str, slack_id: str) -> bool:
        """Somebody came into a channel. Whether it is a team's."""
        async with self._database.reading() as session:  # most channels are no team's, and nothing needs writing
            if await queries.team(session, workspace_id, channel_id) is None:
                return False
        async with self._database.writing() as session:
            await self._notes_who_left(session, workspace_id, channel_id, slack_id, is_gone=False)
            await self.members.come(session, workspace_id, channel_id, [slack_id], self._clock.now())
        return True

    async def leaves(self, workspace_id: str, channel_id: str, slack_id: str) -> None:
        async with self._database.reading() as session:
            if await queries.team(session, workspace_id, channel_id) is None:
                return
        async with self._database.writing() as session:
            await self._notes_who_left(session, workspace_id, channel_id, slack_id, is_gone=True)
            await self.members.go(session, workspace_id, channel_id, [slack_id])

    async def _notes_who_left(
        self, session: AsyncSession, workspace_id: str, channel_id: str, slack_id: str, *, is_gone: bool
    ) -> None:
        """For the page of members that may be under way: Slack may have made it before they left."""
        team = await queries.team(session, workspace_id, channel_id, lock=True)
        if team is not None and team.reading_since is not None and is_gone != (slack_id in team.left_meanwhile):
            others = [other for other in team.left_meanwhile if other != slack_id]
            team.left_meanwhile = [*others, slack_id] if is_gone else others

    # --- its channel ---

    async def invited(self, workspace_id: str, channel_id: str, inviter: str | None) -> None:
        """The bot came into a channel: of a team it is at work again, elsewhere it says what it does.

        Once a day, however often it is taken out and brought in.
        """
        language = await self._people.language(workspace_id, inviter) if inviter else self._people.default
        today = self._clock.now().date()
        async with self._database.writing() as session:
            team = await queries.team(session, workspace_id, channel_id, lock=True)
            if team is None:
                kind, data = WELCOME, WelcomeData(channel_id=channel_id)
            else:
                await self._wakes(session, team)
                language = Language(team.language)
                kind, data = BACK, BackData(channel_id=channel_id, name=team.name)
            notices = _notices(workspace_id, kind, str(today), data, to=[channel_id], language=language)
            await self._outbox.post_all(session, notices)

    async def removed(self, workspace_id: str, channel_id: str) -> None:
        """The bot was taken out of the channel."""
        await self._ends(workspace_id, channel_id, Standing.LEFT, {Standing.ACTIVE, Standing.ARCHIVED})

    async def archived(self, workspace_id: str, channel_id: str) -> None:
        await self._ends(workspace_id, channel_id, Standing.ARCHIVED, {Standing.ACTIVE})

    async def deleted(self, workspace_id: str, channel_id: str) -> None:
        """Its members are forgotten."""
        await self._ends(workspace_id, channel_id, Standing.DELETED, set(Standing) - {Standing.DELETED})

    async def unarchived(self, workspace_id: str, channel_id: str) -> None:
        await self._is_back(workspace_id, channel_id, {Standing.ARCHIVED})

    async def found_again(self, workspace_id: str, channel_id: str) -> None:
        """The channel turns out to be there, and the bot in it, though nobody told."""
        await self._is_back(workspace_id, channel_id, {Standing.ARCHIVED, Standing.LEFT})

    async def renamed(self, workspace_id: str, channel_id: str, channel_name: str) -> None:
        """A team that bears the channel's name is renamed with it; one that was given a name of its own keeps that."""
        async with self._database.writing() as session:
            team = await queries.team(session, workspace_id, channel_id, lock=True)
            if team is not None:
                records.follow_name(team, channel_name, self._clock.now())

    async def _is_back(self, workspace_id: str, channel_id: str, those_in: Collection[str]) -> None:
        async with self._database.writing() as session:
            team = await queries.team(session, workspace_id, channel_id, lock=True)
            if team is not None and team.standing in those_in:
                await self._wakes(session, team)

    async def _wakes(self, session: AsyncSession, team: Team) -> None:
        if team.standing != Standing.ACTIVE:
            team.standing = Standing.ACTIVE
            await session.flush()
            await self.members.wake(session, team.workspace_id, team.channel_id)
        self._read_now(session, team)

    async def _ends(self, workspace_id: str, channel_id: str, standing: Standing, those_in: Collection[str]) -> None:
        """Goals and reading stop, and its leads are told: once, because a team that is there already stays there."""
        now = self._clock.now()
        async with self._database.writing() as session:
            team = await queries.team(session, workspace_id, channel_id, lock=True)
            if team is None or team.standing not in those_in:
                return
            team.standing = standing
            team.reading_since = team.reading_cursor = None
            team.read_again_at = now + LOOK_AGAIN_AFTER if standing is not Standing.DELETED else None
            await session.flush()
            if standing is Standing.DELETED:
                await self.members.forget(session, workspace_id, channel_id)
            else:
                await self.members.rest(session, workspace_id, channel_id)
            data = ChannelGoneData(channel_id=channel_id, name=team.name, standing=standing)
            leads = await queries.leads(session, workspace_id, channel_id)
            key = f"{channel_id}:{now.isoformat()}"
            await self._outbox.post_all(session, _notices(workspace_id, CHANNEL_GONE, key, data, to=leads))

    def _read_now(self, session: AsyncSession, team: Team) -> None:
        team.read_again_at = self._clock.now()
        team.reading_since = team.reading_cursor = None
        when_committed(session, self.bell.set)


def _first_posts(team: Team, plan: TeamPlan, told: Collection[str]) -> list[NewNotice]:
    """In the channel it takes the place of one that waits still: the newest is posted, and once."""
    data, place = rules.first_post_of(plan, team.channel_id), f"{FIRST_POST}:{team.channel_id}"
    key = f"{team.channel_id}:{team.version}"
    notices = _notices(team.workspace_id, FIRST_POST, key, data, to=told, language=plan.language)
    return [replace(notice, updates=place) if notice.whom == team.channel_id else notice for notice in notices]


def _notices(
    workspace_id: str, kind: str, key: str, data: NoticeData, *, to: Collection[str], language: Language | None = None
) -> list[NewNotice]:
    """Each in its turn; without a language, in the reader's own."""
    return [
        NewNotice(
            workspace_id=workspace_id,
            key=f"{kind}:{key}:{whom}",
            kind=kind,
            data=data,
            whom=whom,
            manner=Manner.POST,
            language=language,
        )
        for whom in to
    ]
