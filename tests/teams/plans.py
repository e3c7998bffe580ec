"""Plans for teams, and teams in a database of their own."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.i18n import Language
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice, State
from bot.kit.working_time.service import WorkingTimes
from bot.people.roles import Role, Standing
from bot.people.roles_given import RolesGiven
from bot.people.service import People, Profile
from bot.teams import rules
from bot.teams.rules import TeamAsItIs, TeamPlan
from bot.teams.service import Teams
from bot.teams.tables import Team, TeamMember

T1, C1, C2 = "T1", "C1", "C2"
FEMKE, TOM = "UFEMKE", "UTOM"


def a_plan(**other: Any) -> TeamPlan:
    return replace(rules.usual("team-utrecht", Language.NL, "Europe/Amsterdam", [FEMKE]), **other)


class House:
    """Teams and what they lean on, on one database."""

    def __init__(self, database: Database, clock: HeldClock) -> None:
        self.database = database
        self.clock = clock
        self.working_times = WorkingTimes()
        self.people = People(database, clock, Language.EN)
        self.outbox = Outbox(database, clock, self.working_times)
        self.roles = RolesGiven(database, self.people, self.outbox, clock)
        self.teams = Teams(database, clock, self.people, self.roles, self.working_times, self.outbox)

    async def set_up(self, channel_id: str = C1, by: str = FEMKE, seen: int | None = None, **plan: Any) -> bool:
        return await self.teams.set_up(T1, channel_id, a_plan(**plan), by=by, seen_version=seen)

    async def seen(self, by: str = FEMKE, channel_id: str = C1) -> TeamAsItIs:
        """What the form shows when it is opened."""
        there = await self.teams.to_change(T1, channel_id, by=by)
        assert there is not None
        return there

    async def first_post_arrives(self, channel_id: str = C1, **plan: Any) -> None:
        told = rules.first_post_of(a_plan(**plan), channel_id)
        async with self.database.writing() as session:
            await self.teams.was_introduced(session, T1, told, channel_id, "1.0")

    async def team(self, channel_id: str = C1) -> Team:
        async with self.database.reading() as session:
            return await session.get_one(Team, (T1, channel_id))

    async def give(self, person: str, role: Role, workspace_id: str = T1) -> None:
        async with self.database.writing() as session:
            await self.roles.give(session, workspace_id, role, [person], by=None)

    async def has(self, person: str, role: Role) -> bool:
        async with self.database.reading() as session:
            return person in (await self.roles.holders(session, T1))[role].everybody

    async def takes_away(self, person: str, role: Role) -> None:
        await self.give(TOM, Role.ADMINISTRATOR)
        await self.roles.dismiss(T1, role, [person], by=TOM)

    async def met(self, person: str, standing: Standing) -> None:
        await self.people.meets(T1, Profile(person, standing, zone=None, is_slack_admin=False))

    async def join(self, channel_id: str, *people: str) -> None:
        for person in people:
            await self.teams.joins(T1, channel_id, person)

    async def firsts(self, person: str) -> list[str]:
        """The channels of the teams that somebody is pushed from."""
        theirs = (TeamMember.slack_id == person, TeamMember.is_first)
        async with self.database.reading() as session:
            return list(await session.scalars(select(TeamMember.channel_id).where(*theirs)))

    async def members(self, channel_id: str = C1) -> set[str]:
        async with self.database.reading() as session:
            return set(await session.scalars(select(TeamMember.slack_id).where(TeamMember.channel_id == channel_id)))

    async def told(self, kind: str) -> list[str]:
        """To whom; what another notice took the place of is not told."""
        told = select(Notice.whom).where(Notice.kind == kind, Notice.state != State.EXPIRED)
        async with self.database.reading() as session:
            return sorted(await session.scalars(told))
