"""How far reading the members of each team is: page by page, each in a transaction of its own.

How far it is stands in the table, so whoever comes next goes on: another page, another process, or the same one after
a crash.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.teams import queries, records
from bot.teams.members import Members
from bot.teams.rules import Standing
from bot.teams.tables import Team

LEASE = timedelta(seconds=60)
"""After this a page that was taken and did not come is somebody else's: longer than Slack ever takes."""

EVERY = timedelta(hours=1)
"""Slack tells of everybody who comes and goes; what got lost on the way is caught up after so long."""

GOES_ON_WITHIN = timedelta(minutes=10)
"""A reading that lay longer begins anew: its cursor may mean nothing any more, and who was seen may have left."""


@dataclass(frozen=True)
class Taken:
    """A team of which a page is to be read now."""

    workspace_id: str
    channel_id: str
    standing: Standing
    since: datetime
    cursor: str | None
    is_first_reading: bool


@dataclass(frozen=True)
class Progress:
    """`before` this page and `now`: so many members of so many. `leads`: who leads the team."""

    before: int
    now: int
    expected: int | None
    is_done: bool
    leads: Sequence[str]

    @property
    def passed_a_quarter(self) -> bool:
        return bool(self.expected) and 4 * self.before // (self.expected or 1) < 4 * self.now // (self.expected or 1)


class Readings:
    def __init__(self, database: Database, clock: Clock, members: Members) -> None:
        self._database = database
        self._clock = clock
        self._members = members

    async def all_due(self, session: AsyncSession) -> None:
        """Nobody listened for a while: of every channel it is looked what became of it, and who is in it. What is
        being read just now goes on. Part of the caller's transaction."""
        idle = (Team.standing != Standing.DELETED, Team.reading_since.is_(None))
        await session.execute(update(Team).where(*idle).values(read_again_at=self._clock.now()))

    async def take(self) -> Taken | None:
        """What is due, held for `LEASE`: nobody else gets it until then."""
        now = self._clock.now()
        async with self._database.writing() as session:
            team = await queries.due(session, now)
            if team is None:
                return None
            lay_since = team.read_again_at or now
            if team.reading_since is None or now - lay_since > GOES_ON_WITHIN:
                team.reading_since, team.reading_cursor, team.members_read = now, None, 0
            team.read_again_at, team.left_meanwhile = now + LEASE, []
            return Taken(
                workspace_id=team.workspace_id,
                channel_id=team.channel_id,
                standing=Standing(team.standing),
                since=team.reading_since,
                cursor=team.reading_cursor,
                is_first_reading=team.members_read_at is None,
            )

    async def next_due(self) -> datetime | None:
        """When there is something to read next."""
        async with self._database.reading() as session:
            return await queries.next_due(session)

    async def described(self, taken: Taken, channel_name: str, members: int | None) -> None:
        """What Slack calls the channel, and how many are in it."""
        async with self._database.writing() as session:
            team = await queries.team(session, taken.workspace_id, taken.channel_id, lock=True)
            if team is not None:
                team.members_expected = members
                records.follow_name(team, channel_name, self._clock.now())

    async def page(self, taken: Taken, people: Collection[str], next_page: str | None) -> Progress | None:
        """These are in it, but for who left since the page was asked for.

        None when somebody else went on with it meanwhile: the page is theirs then.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            values = {
                "reading_cursor": next_page,
                "members_read": Team.members_read + len(people),
                "read_again_at": now,
            }
            marked = update(Team).where(*_as_taken(taken)).values(values)
            columns = (Team.members_read, Team.members_expected, Team.left_meanwhile)
            counted = (await session.execute(marked.returning(*columns))).one_or_none()
            if counted is None:
                return None
            read, expected, left = counted
            still_there = set(people) - set(left)
            await self._members.come(session, taken.workspace_id, taken.channel_id, still_there, taken.since)
            if next_page is None:
                await self._members.go_unseen(session, taken.workspace_id, taken.channel_id, taken.since)
                await session.execute(update(Team).where(*_it(taken)).values(self._read(now)))
            leads = await queries.leads(session, taken.workspace_id, taken.channel_id)
        return Progress(read - len(people), read, expected, next_page is None, leads)

    async def anew(self, taken: Taken) -> None:
        """From the first page."""
        values = {"reading_since": None, "reading_cursor": None, "read_again_at": self._clock.now()}
        await self._mark(taken, values)

    async def later(self, taken: Taken, seconds: float) -> None:
        """The same page, in a while."""
        await self._mark(taken, {"read_again_at": self._clock.now() + timedelta(seconds=seconds)})

    async def nothing_to_read(self, taken: Taken) -> None:
        """There is no channel to ask about, until it is back."""
        await self._mark(taken, {"reading_since": None, "reading_cursor": None, "read_again_at": None})

    async def _mark(self, taken: Taken, values: dict[str, Any]) -> None:
        async with self._database.writing() as session:
            await session.execute(update(Team).where(*_as_taken(taken)).values(values))

    def _read(self, now: datetime) -> dict[str, Any]:
        """All of it was read; the next time is spread, so that what was due at once at the start is not for ever."""
        return {
            "reading_since": None,
            "reading_cursor": None,
            "left_meanwhile": [],
            "members_read_at": now,
            "read_again_at": now + EVERY * random.uniform(0.8, 1.2),  # noqa: S311 — chance that spreads, not a secret
        }


def _it(taken: Taken) -> tuple[ColumnElement[bool], ...]:
    return (Team.workspace_id == taken.workspace_id, Team.channel_id == taken.channel_id)


def _as_taken(taken: Taken) -> tuple[ColumnElement[bool], ...]:
    """It, unless somebody else has taken it since, or its reading was begun anew."""
    where = Team.reading_cursor == taken.cursor if taken.cursor is not None else Team.reading_cursor.is_(None)
    return (*_it(taken), Team.reading_since == taken.since, where)
