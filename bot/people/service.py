"""Colleagues: who they are in Slack, and in which language they are spoken to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.kit.i18n import Language
from bot.people.roles import Standing
from bot.people.tables import Colleague

REMEMBERED_FOR = timedelta(seconds=30)
"""What another process has changed is known here after so long."""

REMEMBERED = 50_000


@dataclass(frozen=True)
class Known:
    """What is known of a colleague; all None of somebody who was never here."""

    heard: Language | None = None
    chosen: Language | None = None
    standing: Standing | None = None
    zone: str | None = None

    @property
    def language(self) -> Language | None:
        return self.chosen or self.heard


@dataclass(frozen=True)
class Profile:
    """Somebody, as Slack has them."""

    slack_id: str
    standing: Standing
    zone: str | None


class People:
    """Who it is is asked for with everything that anybody does, so the answer is remembered for a moment."""

    def __init__(self, database: Database, clock: Clock, default: Language) -> None:
        self._database = database
        self._clock = clock
        self.default = default
        self._known: dict[tuple[str, str], tuple[Known, datetime]] = {}

    async def language(self, workspace_id: str, slack_id: str) -> Language:
        """The one they chose, or else wrote in last; the workspace's until then."""
        return (await self.known(workspace_id, slack_id)).language or self.default

    async def known(self, workspace_id: str, slack_id: str) -> Known:
        key = (workspace_id, slack_id)
        if remembered := self._remembered(key):
            return remembered
        async with self._database.reading() as session:
            row = await session.get(Colleague, key)
        if remembered := self._remembered(key):  # somebody was faster, and may know something newer
            return remembered
        known = _known(row) if row else Known()
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[key] = (known, self._clock.now())
        return known

    async def hears(self, workspace_id: str, slack_id: str, language: Language) -> None:
        """A colleague wrote in this language: from now on it is theirs, unless they chose one."""
        known = await self.known(workspace_id, slack_id)
        if known.heard is language:
            return
        async with self._database.writing() as session:
            await self._keep(session, workspace_id, slack_id, language=language)
        self._change((workspace_id, slack_id), heard=language)

    async def chooses(self, session: AsyncSession, workspace_id: str, slack_id: str, language: Language) -> None:
        """A colleague asked to be spoken to in this language. Part of the caller's transaction."""
        await self._keep(session, workspace_id, slack_id, chosen_language=language)
        self._known.pop((workspace_id, slack_id), None)

    async def meets(self, workspace_id: str, profile: Profile) -> Known:
        """Slack told who somebody is, or what changed about them."""
        await self.known(workspace_id, profile.slack_id)
        values = {"standing": profile.standing, "zone": profile.zone}
        async with self._database.writing() as session:
            await self._keep(session, workspace_id, profile.slack_id, **values, seen_at=self._clock.now())
        self._change((workspace_id, profile.slack_id), standing=profile.standing, zone=profile.zone)
        return await self.known(workspace_id, profile.slack_id)

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


def _known(row: Colleague) -> Known:
    return Known(
        heard=Language(row.language) if row.language else None,
        chosen=Language(row.chosen_language) if row.chosen_language else None,
        standing=Standing(row.standing) if row.standing else None,
        zone=row.zone,
    )
