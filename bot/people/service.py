"""Colleagues: who they are in Slack, and in which language they are spoken to."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into, when_committed
from bot.kit.i18n import Language
from bot.people import roles
from bot.people.roles import Deed, Role, Standing
from bot.people.tables import Colleague, RoleGiven, Workspace

REMEMBERED_FOR = timedelta(seconds=30)
"""What another process has changed is known here after so long."""

REMEMBERED = 50_000


@dataclass(frozen=True)
class Known:
    """What is known of a colleague. `is_here`: anything is kept of them at all."""

    is_here: bool = False
    heard: Language | None = None
    chosen: Language | None = None
    standing: Standing | None = None
    zone: str | None = None
    is_slack_admin: bool = False
    given: frozenset[Role] = frozenset()
    first_day: str | None = None
    first_day_at: datetime | None = None

    @property
    def language(self) -> Language | None:
        return self.chosen or self.heard


@dataclass(frozen=True)
class Profile:
    """Somebody, as Slack has them."""

    slack_id: str
    standing: Standing
    zone: str | None
    is_slack_admin: bool


class People:
    """Who it is is asked for with everything that anybody does, so the answer is remembered for a moment."""

    def __init__(
        self, database: Database, clock: Clock, default: Language, administrators: Collection[str] = ()
    ) -> None:
        """`administrators`: who is one whatever was decided here, because the settings say so."""
        self._database = database
        self._clock = clock
        self.default = default
        self.administrators = frozenset(administrators)
        self._known: dict[tuple[str, str], tuple[Known, datetime]] = {}
        self._guests_may_browse: dict[str, tuple[bool, datetime]] = {}
        self._forgotten = 0
        """How often something was forgotten: what was read before that is not remembered after it."""

    async def language(self, workspace_id: str, slack_id: str) -> Language:
        """The one they chose, or else wrote in last; the workspace's until then."""
        return (await self.known(workspace_id, slack_id)).language or self.default

    async def known(self, workspace_id: str, slack_id: str) -> Known:
        key = (workspace_id, slack_id)
        if remembered := self._remembered(key):
            return remembered
        theirs = (RoleGiven.workspace_id == workspace_id, RoleGiven.slack_id == slack_id)
        forgotten = self._forgotten
        async with self._database.reading() as session:
            row = await session.get(Colleague, key)
            given = (await session.scalars(select(RoleGiven.role).where(*theirs))).all()
        if remembered := self._remembered(key):  # somebody was faster, and may know something newer
            return remembered
        known = replace(_known(row) if row else Known(), given=frozenset(map(Role, given)))
        if slack_id in self.administrators:
            known = replace(known, given=known.given | {Role.ADMINISTRATOR})
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        if forgotten == self._forgotten:
            self._known[key] = (known, self._clock.now())
        return known

    async def roles(self, workspace_id: str, slack_id: str) -> frozenset[Role]:
        """What somebody is here; nothing, of whom it is not known who they are in Slack."""
        known = await self.known(workspace_id, slack_id)
        if known.standing is None:
            return frozenset()
        guests_may_browse = known.standing in _NOT_OF_HERE and await self.guests_may_browse(workspace_id)
        return roles.roles_of(known.standing, known.given, guests_may_browse=guests_may_browse)

    async def may(self, workspace_id: str, slack_id: str, deed: Deed) -> bool:
        return roles.may(await self.roles(workspace_id, slack_id), deed)

    async def guests_may_browse(self, workspace_id: str) -> bool:
        """Whether guests are treated as colleagues of the front line."""
        may_browse, since = self._guests_may_browse.get(workspace_id, (False, None))
        if since is None or self._clock.now() - since >= REMEMBERED_FOR:
            forgotten = self._forgotten
            async with self._database.reading() as session:
                row = await session.get(Workspace, workspace_id)
            may_browse = row is not None and row.guests_may_browse
            if forgotten == self._forgotten:
                self._guests_may_browse[workspace_id] = (may_browse, self._clock.now())
        return may_browse

    async def hears(self, workspace_id: str, slack_id: str, language: Language) -> None:
        """A colleague wrote in this language: from now on it is theirs, unless they chose one."""
        known = await self.known(workspace_id, slack_id)
        if known.heard is language:
            return
        async with self._database.writing() as session:
            await self._keep(session, workspace_id, slack_id, language=language)
        self._change((workspace_id, slack_id), heard=language, is_here=True)

    async def chooses(self, session: AsyncSession, workspace_id: str, slack_id: str, language: Language) -> None:
        """A colleague asked to be spoken to in this language. Part of the caller's transaction."""
        await self._keep(session, workspace_id, slack_id, chosen_language=language)
        self.forget_when_committed(session, workspace_id, slack_id)

    async def begins_first_day(self, session: AsyncSession, workspace_id: str, slack_id: str, first_day: str) -> bool:
        """Whether they had not begun it before. Part of the caller's transaction."""
        values = {"first_day": first_day, "first_day_at": self._clock.now()}
        new = insert_into(session, Colleague).values(workspace_id=workspace_id, slack_id=slack_id, **values)
        if_not_begun = new.on_conflict_do_update(
            index_elements=["workspace_id", "slack_id"], set_=values, where=Colleague.first_day.is_(None)
        )
        self.forget_when_committed(session, workspace_id, slack_id)
        return await session.scalar(if_not_begun.returning(Colleague.slack_id)) is not None

    async def first_day_is(self, session: AsyncSession, workspace_id: str, slack_id: str, first_day: str) -> None:
        """How far it is, from now on. Part of the caller's transaction."""
        values = {"first_day": first_day, "first_day_at": self._clock.now()}
        await self._keep(session, workspace_id, slack_id, **values)
        self.forget_when_committed(session, workspace_id, slack_id)

    async def meets(self, workspace_id: str, profile: Profile) -> Known:
        """Slack told who somebody is, or what changed about them."""
        known = await self.known(workspace_id, profile.slack_id)
        if (known.standing, known.zone, known.is_slack_admin) == (
            profile.standing,
            profile.zone,
            profile.is_slack_admin,
        ):
            return known
        values = {"standing": profile.standing, "zone": profile.zone, "is_slack_admin": profile.is_slack_admin}
        async with self._database.writing() as session:
            await self._keep(session, workspace_id, profile.slack_id, **values, seen_at=self._clock.now())
        self._change((workspace_id, profile.slack_id), **values, is_here=True)
        return await self.known(workspace_id, profile.slack_id)

    async def expects(self, session: AsyncSession, workspace_id: str, slack_ids: Collection[str]) -> None:
        """These are in a team: who they are in Slack is read with the next census. Part of the caller's transaction."""
        if slack_ids:
            rows = [{"workspace_id": workspace_id, "slack_id": slack_id} for slack_id in sorted(slack_ids)]
            await session.execute(insert_into(session, Colleague.__table__).on_conflict_do_nothing(), rows)

    def forget_when_committed(self, session: AsyncSession, workspace_id: str, *slack_ids: str) -> None:
        """What is remembered of some people, or else of a whole workspace, is about to be different."""

        def forget() -> None:
            self._forgotten += 1
            if not slack_ids:
                self._guests_may_browse.pop(workspace_id, None)
            gone = slack_ids or [slack_id for here, slack_id in self._known if here == workspace_id]
            for slack_id in gone:
                self._known.pop((workspace_id, slack_id), None)

        when_committed(session, forget)

    async def _keep(self, session: AsyncSession, workspace_id: str, slack_id: str, **values: object) -> None:
        row = insert_into(session, Colleague).values(workspace_id=workspace_id, slack_id=slack_id, **values)
        await session.execute(row.on_conflict_do_update(index_elements=["workspace_id", "slack_id"], set_=values))

    def _remembered(self, key: tuple[str, str]) -> Known | None:
        known, since = self._known.get(key, (None, self._clock.now()))
        return known if self._clock.now() - since < REMEMBERED_FOR else None

    def _change(self, key: tuple[str, str], **changes: Any) -> None:
        """Of what is remembered now, and not of what was known before the database was written."""
        if key in self._known:
            known, since = self._known[key]
            self._known[key] = (replace(known, **changes), since)


_NOT_OF_HERE = {Standing.GUEST, Standing.OUTSIDER}


def _known(row: Colleague) -> Known:
    return Known(
        is_here=True,
        heard=Language(row.language) if row.language else None,
        chosen=Language(row.chosen_language) if row.chosen_language else None,
        standing=Standing(row.standing) if row.standing else None,
        zone=row.zone,
        is_slack_admin=bool(row.is_slack_admin),
        first_day=row.first_day,
        first_day_at=row.first_day_at,
    )
