"""Who has which role: given and taken away by administrators, and by whatever else is a source of roles."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit import audit
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.people.register import workspace_row
from bot.people.roles import GIVEN, Role, Standing
from bot.people.service import People
from bot.people.tables import Colleague, RoleGiven, RoleGroup

BY_HAND = "hand"

ROLE_GIVEN = "people.role_given"
"""A kind of notice."""

AT_ONCE = 500
"""Rows in one statement."""


class RoleGivenData(NoticeData):
    role: Role
    by: str


class NotAnAdministrator(Exception):
    """Whoever asked for it is none any more."""


class LastAdministrator(Exception):
    """Nobody would be left to look after the bot."""


@dataclass(frozen=True)
class Holders:
    """Who has a role. `group` and `handle`: the user group whose members have it."""

    by_hand: tuple[str, ...] = ()
    by_settings: tuple[str, ...] = ()
    by_group: tuple[str, ...] = ()
    group: str | None = None
    handle: str | None = None

    @property
    def everybody(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.by_hand, *self.by_settings, *self.by_group)))


class RolesGiven:
    """A public method is one transaction, or takes part in its caller's, whose session it is given."""

    def __init__(self, database: Database, people: People, outbox: Outbox, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._outbox = outbox
        self._clock = clock

    # --- who has what ---

    async def holders(self, session: AsyncSession, workspace_id: str) -> Mapping[Role, Holders]:
        """Of each role that can be given. Whose account is closed has none, nor has a guest."""
        rows = await session.execute(
            select(RoleGiven.role, RoleGiven.source, RoleGiven.slack_id)
            .join(Colleague, _is_them, isouter=True)
            .where(RoleGiven.workspace_id == workspace_id, _is_colleague)
            .order_by(RoleGiven.given_at, RoleGiven.slack_id)
        )
        by_hand: dict[str, list[str]] = defaultdict(list)
        by_group: dict[str, list[str]] = defaultdict(list)
        for role, source, slack_id in rows:
            (by_hand if source == BY_HAND else by_group)[role].append(slack_id)
        groups = await session.scalars(select(RoleGroup).where(RoleGroup.workspace_id == workspace_id))
        group_of = {group.role: group for group in groups}
        return {
            role: Holders(
                by_hand=tuple(by_hand[role]),
                by_settings=tuple(sorted(self._people.administrators)) if role is Role.ADMINISTRATOR else (),
                by_group=tuple(by_group[role]),
                group=group_of[role].group_id if role in group_of else None,
                handle=group_of[role].handle if role in group_of else None,
            )
            for role in GIVEN
        }

    async def administrators(self, session: AsyncSession, workspace_id: str) -> list[str]:
        """Who can look after the bot now.

        Of whom Slack was not asked yet, only those that somebody chose: a group may hold guests and apps, and the
        settings a misspelt name.
        """
        found = await session.scalars(
            select(RoleGiven.slack_id)
            .join(Colleague, _is_them, isouter=True)
            .where(
                RoleGiven.workspace_id == workspace_id,
                RoleGiven.role == Role.ADMINISTRATOR,
                (Colleague.standing == Standing.MEMBER)
                | (Colleague.standing.is_(None) & (RoleGiven.source == BY_HAND)),
            )
        )
        of_settings = await session.scalars(
            select(Colleague.slack_id).where(
                Colleague.workspace_id == workspace_id,
                Colleague.slack_id.in_(self._people.administrators),
                Colleague.standing == Standing.MEMBER,
            )
        )
        return sorted({*found, *of_settings})

    # --- by hand ---

    async def claim(self, workspace_id: str, slack_id: str) -> bool:
        """The first of Slack's own administrators who comes is the first here, unless the settings name others.

        Whether it is this one.
        """
        if self._people.administrators:
            return False
        async with self._database.reading() as session:
            if await self.administrators(session, workspace_id):
                return False
        async with self._database.writing() as session:
            await self.lock(session, workspace_id)
            if await self.administrators(session, workspace_id):
                return False
            await self.give(session, workspace_id, Role.ADMINISTRATOR, [slack_id], by=None)
        return True

    async def appoint(self, workspace_id: str, role: Role, people: Collection[str], *, by: str) -> None:
        """An administrator gives a role; whoever gets it is told. Raises NotAnAdministrator."""
        async with self._database.writing() as session:
            await self.lock(session, workspace_id)
            await self.check(session, workspace_id, by)
            await self.give(session, workspace_id, role, people, by=by)

    async def dismiss(self, workspace_id: str, role: Role, people: Collection[str], *, by: str) -> list[str]:
        """An administrator takes away a role that was given by hand. Those who have it for another reason keep it:
        they are returned. Raises NotAnAdministrator, LastAdministrator.
        """
        async with self._database.writing() as session:
            await self.lock(session, workspace_id)
            await self.check(session, workspace_id, by)
            await self.take(session, workspace_id, role, people, by=by)
            if role is Role.ADMINISTRATOR and not await self.administrators(session, workspace_id):
                raise LastAdministrator
            held = (await self.holders(session, workspace_id))[role].everybody
        return [slack_id for slack_id in people if slack_id in held]

    async def give(
        self,
        session: AsyncSession,
        workspace_id: str,
        role: Role,
        people: Collection[str],
        *,
        by: str | None,
        source: str = BY_HAND,
    ) -> None:
        """Part of the caller's transaction. Who has it from the same source already is not told again."""
        now = self._clock.now()
        for some in _chunks(people):
            rows = [
                {
                    "workspace_id": workspace_id,
                    "slack_id": slack_id,
                    "role": role,
                    "source": source,
                    "given_at": now,
                }
                for slack_id in some
            ]
            new = insert_into(session, RoleGiven).values(rows).on_conflict_do_nothing()
            given = (await session.scalars(new.returning(RoleGiven.slack_id))).all()
            await self._note(session, "role_given", workspace_id, role, given, source=source, by=by)
            if by is not None:
                data = RoleGivenData(role=role, by=by)
                told = [
                    NewNotice(
                        workspace_id=workspace_id,
                        key=f"role:{role}:{slack_id}:{now.isoformat()}",
                        kind=ROLE_GIVEN,
                        data=data,
                        whom=slack_id,
                        manner=Manner.POST,
                    )
                    for slack_id in given
                    if slack_id != by
                ]
                await self._outbox.post_all(session, told)

    async def take(
        self,
        session: AsyncSession,
        workspace_id: str,
        role: Role,
        people: Collection[str],
        *,
        by: str | None,
        source: str = BY_HAND,
    ) -> None:
        """Part of the caller's transaction. Those who have it from another source as well keep it."""
        for some in _chunks(people):
            gone = delete(RoleGiven).where(
                RoleGiven.workspace_id == workspace_id,
                RoleGiven.role == role,
                RoleGiven.source == source,
                RoleGiven.slack_id.in_(some),
            )
            taken = (await session.scalars(gone.returning(RoleGiven.slack_id))).all()
            await self._note(session, "role_taken", workspace_id, role, taken, source=source, by=by)

    async def _note(
        self,
        session: AsyncSession,
        what: str,
        workspace_id: str,
        role: Role,
        people: Collection[str],
        *,
        source: str,
        by: str | None,
    ) -> None:
        detail = {"role": role} if source == BY_HAND else {"role": role, "group": source}
        now = self._clock.now()
        await audit.note_of_each(session, workspace_id, what, by=by, about=people, at=now, **detail)
        if people:
            self._people.forget_when_committed(session, workspace_id, *people)

    async def colleagues_among(self, session: AsyncSession, workspace_id: str, people: Collection[str]) -> list[str]:
        """Those of whom Slack said that they are neither guests nor apps, and here still."""
        found: list[str] = []
        for some in _chunks(people):
            members = (Colleague.workspace_id == workspace_id, Colleague.standing == Standing.MEMBER)
            found += await session.scalars(select(Colleague.slack_id).where(*members, Colleague.slack_id.in_(some)))
        return found

    async def with_source(self, session: AsyncSession, workspace_id: str, role: Role, source: str) -> list[str]:
        """Who has the role for this reason."""
        given = select(RoleGiven.slack_id).where(
            RoleGiven.workspace_id == workspace_id, RoleGiven.role == role, RoleGiven.source == source
        )
        return list(await session.scalars(given))

    # --- what all of these hold to ---

    async def lock(self, session: AsyncSession, workspace_id: str) -> None:
        """One change of roles at a time in a workspace: two that each leave one administrator would leave none."""
        await workspace_row(session, workspace_id, self._clock)

    async def check(self, session: AsyncSession, workspace_id: str, by: str) -> None:
        """Raises NotAnAdministrator."""
        if by not in await self.administrators(session, workspace_id):
            raise NotAnAdministrator


_is_them = (Colleague.workspace_id == RoleGiven.workspace_id) & (Colleague.slack_id == RoleGiven.slack_id)
_is_colleague = Colleague.standing.is_(None) | (Colleague.standing == Standing.MEMBER)
"""Also who was named and has not had to do with the bot yet."""


def _chunks(people: Collection[str]) -> list[list[str]]:
    ordered = sorted(set(people))
    return [ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE)]
