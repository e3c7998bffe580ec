"""Roles that follow a user group in Slack: who is in the group has the role."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit import audit
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.people.register import census_wanted
from bot.people.roles import Role
from bot.people.roles_given import LastAdministrator, RolesGiven
from bot.people.service import People
from bot.people.tables import RoleGroup

GROUP_GONE = "people.group_gone"
"""A kind of notice."""

READ_WITHIN = timedelta(minutes=1)
"""A group of which Slack did not tell by then is asked for again, perhaps by another process."""

READ_AGAIN_AFTER = timedelta(hours=1)
"""Slack tells when a group changes; what it told while nobody listened is caught up after so long."""


class GroupGoneData(NoticeData):
    role: Role
    handle: str
    people: int


@dataclass(frozen=True)
class Group:
    """A user group, as it is called now."""

    id: str
    handle: str


class RoleGroups:
    """Every public method is one transaction."""

    def __init__(self, database: Database, people: People, roles: RolesGiven, outbox: Outbox, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._roles = roles
        self._outbox = outbox
        self._clock = clock

    async def follow(self, workspace_id: str, wanted: Mapping[Role, Group | None], *, by: str) -> None:
        """From now on the members of these groups have these roles, in place of those of other groups; None: no group.

        Who is in them is read at once by whoever works. All of it is done, or nothing.
        Raises NotAnAdministrator, LastAdministrator.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            await self._roles.lock(session, workspace_id)
            await self._roles.check(session, workspace_id, by)
            for role, group in wanted.items():
                before = await session.get(RoleGroup, (workspace_id, role))
                if (before and before.group_id) == (group and group.id):
                    continue
                if before is not None:
                    await self._end(session, before, by=by)
                if group is None:
                    continue
                new = RoleGroup(
                    workspace_id=workspace_id, role=role, group_id=group.id, handle=group.handle, read_again_at=now
                )
                session.add(new)
                audit.note(
                    session, workspace_id, "group_followed", by=by, about=None, at=now, role=role, handle=group.handle
                )

    async def _end(self, session: AsyncSession, group: RoleGroup, *, by: str) -> None:
        workspace_id, role = group.workspace_id, Role(group.role)
        members = await self._roles.with_source(session, workspace_id, role, group.group_id)
        await session.delete(group)
        await session.flush()
        await self._roles.take(session, workspace_id, role, members, by=by, source=group.group_id)
        audit.note(
            session, workspace_id, "group_left", by=by, about=None, at=self._clock.now(), role=role, handle=group.handle
        )
        if role is Role.ADMINISTRATOR and not await self._roles.administrators(session, workspace_id):
            raise LastAdministrator

    async def due(self) -> RoleGroup | None:
        """A group to ask Slack about now, of any workspace; in a minute it is somebody else's."""
        now = self._clock.now()
        first = select(RoleGroup).where(RoleGroup.read_again_at <= now).order_by(RoleGroup.read_again_at).limit(1)
        async with self._database.writing() as session:
            group = await session.scalar(first.with_for_update(skip_locked=True))
            if group is not None:
                group.read_again_at = now + READ_WITHIN
        return group

    async def group_changed(self, workspace_id: str, group_id: str) -> None:
        """Slack tells that its members are different: they are read at once."""
        theirs = (RoleGroup.workspace_id == workspace_id, RoleGroup.group_id == group_id)
        async with self._database.writing() as session:
            await session.execute(update(RoleGroup).where(*theirs).values(read_again_at=self._clock.now()))

    async def members_are(self, group: RoleGroup, members: Collection[str]) -> None:
        """Those who came get the role, those who went lose it. `group`: as it was when Slack was asked; what changed
        since is asked for anew, and this answer counts for nothing.

        The last administrator stays one, also when a group is emptied: by hand then.
        """
        workspace_id, role, there = group.workspace_id, Role(group.role), set(members)
        async with self._database.writing() as session:
            await self._roles.lock(session, workspace_id)
            now = await session.get(RoleGroup, (workspace_id, role), with_for_update=True)
            if now is None or (now.group_id, now.read_again_at) != (group.group_id, group.read_again_at):
                return
            now.read_again_at = self._clock.now() + READ_AGAIN_AFTER
            before = set(await self._roles.with_source(session, workspace_id, role, group.group_id))
            came, gone = there - before, before - there
            if came:
                await self._people.expects(session, workspace_id, came)
                await census_wanted(session, workspace_id, self._clock)
            await self._roles.give(session, workspace_id, role, came, by=None, source=group.group_id)
            await self._roles.take(session, workspace_id, role, gone, by=None, source=group.group_id)
            if role is Role.ADMINISTRATOR and gone and not await self._roles.administrators(session, workspace_id):
                await self._roles.give(session, workspace_id, role, gone, by=None)

    async def group_is_gone(self, workspace_id: str, group_id: str) -> None:
        """A group was deleted in Slack: who had a role because of it keeps it, by hand, and administrators are told.

        Nobody decided that these people lose their roles; and a team without its lead is worse.
        """
        theirs = (RoleGroup.workspace_id == workspace_id, RoleGroup.group_id == group_id)
        async with self._database.writing() as session:
            await self._roles.lock(session, workspace_id)
            for group in (await session.scalars(select(RoleGroup).where(*theirs))).all():
                role = Role(group.role)
                members = await self._roles.with_source(session, workspace_id, role, group_id)
                colleagues = await self._roles.colleagues_among(session, workspace_id, members)
                await self._roles.give(session, workspace_id, role, colleagues, by=None)
                await self._roles.take(session, workspace_id, role, members, by=None, source=group_id)
                data = GroupGoneData(role=role, handle=group.handle, people=len(colleagues))
                now = self._clock.now()
                audit.note(
                    session, workspace_id, "group_gone", by=None, about=None, at=now, role=role, handle=group.handle
                )
                await session.delete(group)
                told = [
                    NewNotice(
                        workspace_id=workspace_id,
                        key=f"group_gone:{role}:{group_id}:{now.isoformat()}:{whom}",
                        kind=GROUP_GONE,
                        data=data,
                        whom=whom,
                        manner=Manner.POST,
                    )
                    for whom in await self._roles.administrators(session, workspace_id)
                ]
                await self._outbox.post_all(session, told)
