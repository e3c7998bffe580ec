"""Roles, user groups and profiles on a database, without Slack."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from bot.kit.audit import Entry
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.i18n import Language
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.service import WorkingTimes
from bot.people.register import Register
from bot.people.role_groups import RoleGroups
from bot.people.roles import Role, Standing
from bot.people.roles_given import Holders, RolesGiven
from bot.people.service import People, Profile
from bot.people.tables import RoleGroup

T1, TOM, LIES, FEMKE, NOOR, DAAN = "T1", "UTOM", "ULIES", "UFEMKE", "UNOOR", "UDAAN"


def a_profile(person: str, standing: Standing = Standing.MEMBER, zone: str | None = None, **more: Any) -> Profile:
    return Profile(person, standing, zone, **{"is_slack_admin": False, **more})


class Personnel:
    """What one process has; a second one on the same database is another process."""

    def __init__(self, database: Database, clock: Clock, administrators: Collection[str] = ()) -> None:
        self.database = database
        self.clock = clock
        self.working_times = WorkingTimes()
        self.people = People(database, clock, Language.EN, administrators)
        self.outbox = Outbox(database, clock, self.working_times)
        self.roles = RolesGiven(database, self.people, self.outbox, clock)
        self.groups = RoleGroups(database, self.people, self.roles, self.outbox, clock)
        self.register = Register(database, self.people, self.working_times, clock)

    async def met(self, *people: str, standing: Standing = Standing.MEMBER) -> None:
        for person in people:
            await self.people.meets(T1, a_profile(person, standing))

    async def hold(self, role: Role) -> Holders:
        async with self.database.reading() as session:
            return (await self.roles.holders(session, T1))[role]

    async def administrators(self) -> list[str]:
        async with self.database.reading() as session:
            return await self.roles.administrators(session, T1)

    async def group(self, role: Role) -> RoleGroup | None:
        async with self.database.reading() as session:
            return await session.get(RoleGroup, (T1, role))

    async def read(self, role: Role, *members: str) -> None:
        """Slack says who is in the group that the role follows."""
        group = await self.group(role)
        assert group is not None
        await self.groups.members_are(group, members)

    async def log(self) -> list[tuple[str | None, str, str | None]]:
        """By whom, what, and about whom; the oldest first."""
        async with self.database.reading() as session:
            entries: Sequence[Entry] = (await session.scalars(select(Entry).order_by(Entry.id))).all()
        return [(entry.by, entry.what, entry.about) for entry in entries]

    async def told(self, kind: str) -> list[str]:
        """To whom."""
        async with self.database.reading() as session:
            return sorted(await session.scalars(select(Notice.whom).where(Notice.kind == kind)))
