"""What an administrator decides for the whole workspace, and what they see of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit import audit
from bot.kit.audit import Entry
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.outbox.service import Hold, Outbox
from bot.kit.outbox.tables import State
from bot.people.register import workspace_row
from bot.people.role_groups import RoleGroups
from bot.people.roles import Role
from bot.people.roles_given import Holders, RolesGiven
from bot.people.service import People
from bot.people.tables import Workspace

ENTRIES_SHOWN = 20


@dataclass(frozen=True)
class Overview:
    """What the Home tab shows an administrator."""

    holders: Mapping[Role, Holders]
    hold: Hold | None
    guests_may_browse: bool


@dataclass(frozen=True)
class Post:
    """How the outbox of a workspace stands: what waits, what failed in the last 30 days, and the longest wait."""

    waiting: int
    failed: int
    oldest_due: datetime | None


class Administration:
    def __init__(
        self,
        database: Database,
        *,
        people: People,
        roles: RolesGiven,
        role_groups: RoleGroups,
        outbox: Outbox,
        clock: Clock,
    ) -> None:
        self._database = database
        self._people = people
        self.roles = roles
        self.role_groups = role_groups
        self._outbox = outbox
        self._clock = clock

    async def overview(self, session: AsyncSession, workspace_id: str) -> Overview:
        row = await session.get(Workspace, workspace_id)
        return Overview(
            holders=await self.roles.holders(session, workspace_id),
            hold=await self._outbox.held(session, workspace_id),
            guests_may_browse=row is not None and row.guests_may_browse,
        )

    async def is_stopped(self, session: AsyncSession, workspace_id: str) -> bool:
        """Whether an administrator has stopped everything unasked. Part of the caller's transaction."""
        return await self._outbox.held(session, workspace_id) is not None

    async def look(self, workspace_id: str) -> Overview:
        async with self._database.reading() as session:
            return await self.overview(session, workspace_id)

    async def stop_all(self, workspace_id: str, *, by: str) -> None:
        """Nothing unprompted goes out any more; what is asked is still answered. Raises NotAnAdministrator."""
        async with self._database.writing() as session:
            await self.roles.check(session, workspace_id, by)
            if await self._outbox.held(session, workspace_id) is None:
                await self._outbox.hold(session, workspace_id, by)
                audit.note(session, workspace_id, "all_stopped", by=by, about=None, at=self._clock.now())

    async def go_on(self, workspace_id: str, *, by: str) -> None:
        """Raises NotAnAdministrator."""
        async with self._database.writing() as session:
            await self.roles.check(session, workspace_id, by)
            if await self._outbox.held(session, workspace_id) is not None:
                await self._outbox.go_on(session, workspace_id)
                audit.note(session, workspace_id, "all_goes_on", by=by, about=None, at=self._clock.now())

    async def set_limits(self, workspace_id: str, *, guests_may_browse: bool, by: str) -> None:
        """Raises NotAnAdministrator."""
        async with self._database.writing() as session:
            await self.roles.check(session, workspace_id, by)
            row = await workspace_row(session, workspace_id, self._clock)
            if row.guests_may_browse == guests_may_browse:
                return
            row.guests_may_browse = guests_may_browse
            now = self._clock.now()
            audit.note(session, workspace_id, "limits_set", by=by, about=None, at=now, guests=guests_may_browse)
            self._people.forget_when_committed(session, workspace_id)

    async def changes(self, workspace_id: str, *, skip: int) -> tuple[Sequence[Entry], int]:
        """A page of the audit log, the newest first, and how many lines there are."""
        async with self._database.reading() as session:
            page = await audit.entries(session, workspace_id, skip=skip, limit=ENTRIES_SHOWN)
            return page, await audit.how_many(session, workspace_id)

    async def post(self, workspace_id: str) -> Post:
        queue = await self._outbox.queue((State.WAITING, State.FAILED), workspace_id)
        in_state = queue.in_state
        return Post(in_state.get(State.WAITING, 0), in_state.get(State.FAILED, 0), queue.oldest_due)

    async def forget(self) -> None:
        """Changes of longer than a year ago, of all workspaces."""
        async with self._database.writing() as session:
            await audit.forget(session, self._clock.now())
