"""Who is in which team, and which of their teams people are pushed from. All of it is part of a caller's transaction.

Whoever is in teams that are at work has exactly one that comes first: the one they chose, else the one they came to
first, and when that ends another of theirs. Their working hours are that team's, where they chose none. Slack tells of
channels in any order and twice, so everything here may be done twice.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import insert_into
from bot.kit.working_time.service import WorkingTimes
from bot.people.register import workspace_row
from bot.people.service import People
from bot.teams.rules import Standing
from bot.teams.tables import Team, TeamMember

AT_ONCE = 500
"""People in one statement."""


class Members:
    def __init__(self, people: People, working_times: WorkingTimes, clock: Clock) -> None:
        self._people = people
        self._working_times = working_times
        self._clock = clock

    async def come(
        self, session: AsyncSession, workspace_id: str, channel_id: str, people: Collection[str], seen_at: datetime
    ) -> None:
        """They are in the channel, says Slack."""
        await self._lock(session, workspace_id)
        for some in _chunks(people):
            rows = [
                {
                    "workspace_id": workspace_id,
                    "channel_id": channel_id,
                    "slack_id": slack_id,
                    "seen_at": seen_at,
                    "is_first": False,
                }
                for slack_id in some
            ]
            new = insert_into(session, TeamMember)
            later = new.on_conflict_do_update(
                index_elements=["workspace_id", "channel_id", "slack_id"],
                set_={"seen_at": new.excluded.seen_at},
                where=TeamMember.seen_at < new.excluded.seen_at,
            )
            await session.execute(later, rows)
            await self._people.expects(session, workspace_id, some)
            await self._find_a_first(session, workspace_id, some)

    async def go(self, session: AsyncSession, workspace_id: str, channel_id: str, people: Collection[str]) -> None:
        """They are in the channel no more."""
        await self._lock(session, workspace_id)
        for some in _chunks(people):
            gone = delete(TeamMember).where(*_of(workspace_id, channel_id), TeamMember.slack_id.in_(some))
            await self._go(session, workspace_id, gone)

    async def go_unseen(self, session: AsyncSession, workspace_id: str, channel_id: str, since: datetime) -> None:
        """Who was not seen in the channel since then is in it no more."""
        await self._lock(session, workspace_id)
        unseen = delete(TeamMember).where(*_of(workspace_id, channel_id), TeamMember.seen_at < since)
        await self._go(session, workspace_id, unseen)

    async def forget(self, session: AsyncSession, workspace_id: str, channel_id: str) -> None:
        """The channel is no more."""
        await self._lock(session, workspace_id)
        await self._go(session, workspace_id, delete(TeamMember).where(*_of(workspace_id, channel_id)))

    async def rest(self, session: AsyncSession, workspace_id: str, channel_id: str) -> None:
        """The team is not at work any more: it comes first for nobody."""
        await self._lock(session, workspace_id)
        first = (*_of(workspace_id, channel_id), TeamMember.is_first)
        lost = update(TeamMember).where(*first).values(is_first=False).returning(TeamMember.slack_id)
        await self._find_another(session, workspace_id, (await session.scalars(lost)).all())

    async def wake(self, session: AsyncSession, workspace_id: str, channel_id: str) -> None:
        """The team is at work again: it comes first for who chose it, and for who has no other."""
        await self._lock(session, workspace_id)
        members = select(TeamMember.slack_id).where(*_of(workspace_id, channel_id))
        for some in _chunks((await session.scalars(members)).all()):
            await self._find_a_first(session, workspace_id, some)

    async def choose(self, session: AsyncSession, workspace_id: str, slack_id: str, channel_id: str) -> bool:
        """This team comes first for them from now on. False when they are not in it, or it is not at work."""
        await self._lock(session, workspace_id)
        membership = await session.get(TeamMember, (workspace_id, channel_id, slack_id))
        team = await session.get(Team, (workspace_id, channel_id))
        if membership is None or team is None or team.standing != Standing.ACTIVE:
            return False
        theirs = (TeamMember.workspace_id == workspace_id, TeamMember.slack_id == slack_id)
        is_it = TeamMember.channel_id == channel_id
        chosen = {"is_first": is_it, "is_chosen": is_it}
        await session.execute(update(TeamMember).where(*theirs).values(chosen))
        await self._working_times.belongs_to(session, workspace_id, [slack_id], channel_id)
        return True

    async def _lock(self, session: AsyncSession, workspace_id: str) -> None:
        """One change at a time in a workspace: two teams to which somebody comes at once would both come first."""
        await workspace_row(session, workspace_id, self._clock)

    async def _go(self, session: AsyncSession, workspace_id: str, gone: Delete) -> None:
        left = (await session.execute(gone.returning(TeamMember.slack_id, TeamMember.is_first))).all()
        await self._find_another(session, workspace_id, [slack_id for slack_id, was_first in left if was_first])

    async def _find_another(self, session: AsyncSession, workspace_id: str, people: Collection[str]) -> None:
        """Of those whose first team it was no longer is."""
        for some in _chunks(people):
            found = await self._find_a_first(session, workspace_id, some)
            without = [slack_id for slack_id in some if slack_id not in found]
            if without:
                await self._working_times.belongs_to(session, workspace_id, without, None)

    async def _find_a_first(self, session: AsyncSession, workspace_id: str, people: Sequence[str]) -> set[str]:
        """The one they chose, or, for who has none, any of their teams that is at work. Returns who got another."""
        at_work = (
            select(TeamMember.slack_id, TeamMember.channel_id, TeamMember.is_first)
            .join(Team, (Team.workspace_id == TeamMember.workspace_id) & (Team.channel_id == TeamMember.channel_id))
            .where(
                TeamMember.workspace_id == workspace_id,
                TeamMember.slack_id.in_(people),
                Team.standing == Standing.ACTIVE,
            )
            .order_by(
                TeamMember.slack_id, TeamMember.is_chosen.desc(), TeamMember.is_first.desc(), TeamMember.channel_id
            )
        )
        on_top: dict[str, tuple[str, bool]] = {}
        for slack_id, channel_id, is_first in await session.execute(at_work):
            on_top.setdefault(slack_id, (channel_id, is_first))
        new = {slack_id: channel_id for slack_id, (channel_id, is_first) in on_top.items() if not is_first}
        if new:
            until_now = (TeamMember.workspace_id == workspace_id, TeamMember.slack_id.in_(new), TeamMember.is_first)
            await session.execute(update(TeamMember).where(*until_now).values(is_first=False))
            key = {"workspace_id": workspace_id, "is_first": True}
            rows = [{**key, "slack_id": slack_id, "channel_id": channel_id} for slack_id, channel_id in new.items()]
            await session.execute(update(TeamMember), rows)
        by_team: dict[str, list[str]] = defaultdict(list)
        for slack_id, channel_id in new.items():
            by_team[channel_id].append(slack_id)
        for channel_id, members in by_team.items():
            await self._working_times.belongs_to(session, workspace_id, members, channel_id)
        return set(new)


def _of(workspace_id: str, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    return (TeamMember.workspace_id == workspace_id, TeamMember.channel_id == channel_id)


def _chunks(people: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(set(people))
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))
