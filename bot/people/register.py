"""Who of those we know is still who they were: a census of the workspace, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.kit.working_time import wall_clock
from bot.kit.working_time.service import WorkingTimes
from bot.people.service import People, Profile
from bot.people.tables import Colleague, Workspace

EVERY = timedelta(days=1)
BETWEEN_PAGES = timedelta(seconds=4)
"""Of all processes together: Slack lets us ask twenty times a minute."""

PAGE_WITHIN = timedelta(minutes=1)
"""A page that did not come by then is asked for again, perhaps by another process."""


@dataclass(frozen=True)
class Page:
    """Of everybody's profiles. `cursor`: Slack's word for it; None is the first."""

    workspace_id: str
    cursor: str | None
    held_until: datetime


class Register:
    def __init__(self, database: Database, people: People, working_times: WorkingTimes, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._working_times = working_times
        self._clock = clock

    async def wanted(self, workspace_id: str) -> None:
        """A census: people have come of whom nothing is known."""
        async with self._database.writing() as session:
            await census_wanted(session, workspace_id, self._clock)

    async def all_wanted(self) -> None:
        """A census of every workspace: Slack told nobody what changed while nobody was there to listen."""
        async with self._database.writing() as session:
            await session.execute(update(Workspace).values(profiles_due_at=self._clock.now(), profiles_cursor=None))

    async def lost(self, page: Page) -> None:
        """Slack knows the cursor no longer: from the beginning."""
        async with self._database.writing() as session:
            row = await workspace_row(session, page.workspace_id, self._clock)
            row.profiles_cursor, row.profiles_due_at = None, self._clock.now()

    async def due(self) -> Page | None:
        """A page to read now, of any workspace."""
        now = self._clock.now()
        first = select(Workspace).where(Workspace.profiles_due_at <= now).order_by(Workspace.profiles_due_at).limit(1)
        async with self._database.writing() as session:
            workspace = await session.scalar(first.with_for_update(skip_locked=True))
            if workspace is None:
                return None
            workspace.profiles_due_at = now + PAGE_WITHIN
            return Page(workspace.workspace_id, workspace.profiles_cursor, now + PAGE_WITHIN)

    async def counted(self, page: Page, profiles: Sequence[Profile], *, next_page: str | None) -> None:
        """A page was read. Of people who never had to do with the bot nothing is kept.

        After the last one, another census follows where one was wanted meanwhile.
        """
        now, workspace_id = self._clock.now(), page.workspace_id
        by_id = {profile.slack_id: profile for profile in profiles}
        async with self._database.writing() as session:
            row = await workspace_row(session, workspace_id, self._clock)
            theirs = (Colleague.workspace_id == workspace_id, Colleague.slack_id.in_(by_id))
            asked_at = page.held_until - PAGE_WITHIN  # what Slack has told since of somebody is newer than the page
            is_news = Colleague.seen_at.is_(None) | (Colleague.seen_at <= asked_at)
            known = (await session.scalars(select(Colleague).where(*theirs, is_news))).all()
            changed = [(each, by_id[each.slack_id]) for each in known if not _is_as_told(each, by_id[each.slack_id])]
            moved = {
                colleague.slack_id: profile.zone
                for colleague, profile in changed
                if colleague.zone != profile.zone and profile.zone and wall_clock.zone_or_none(profile.zone)
            }
            for colleague, profile in changed:
                colleague.standing, colleague.zone, colleague.seen_at = profile.standing, profile.zone, now
                colleague.is_slack_admin = profile.is_slack_admin
            if changed:
                ids = [colleague.slack_id for colleague, _profile in changed]
                self._people.forget_when_committed(session, workspace_id, *ids)
            await self._working_times.move(session, workspace_id, moved)
            if row.profiles_due_at != page.held_until:
                return  # a start wants all of it from the beginning, or another process has the page by now
            row.profiles_cursor = next_page
            if next_page:
                row.profiles_due_at = now + BETWEEN_PAGES
            elif row.profiles_wanted_again:
                row.profiles_wanted_again, row.profiles_due_at = False, now + BETWEEN_PAGES
            else:
                row.profiles_due_at = now + EVERY


async def workspace_row(session: AsyncSession, workspace_id: str, clock: Clock) -> Workspace:
    """The workspace's own row, made if need be, and locked until the transaction ends."""
    new = insert_into(session, Workspace).values(
        workspace_id=workspace_id, guests_may_browse=False, profiles_due_at=clock.now(), profiles_wanted_again=False
    )
    await session.execute(new.on_conflict_do_nothing())
    row = await session.get(Workspace, workspace_id, with_for_update=True)
    assert row is not None  # noqa: S101 — it was put there just now
    return row


async def census_wanted(session: AsyncSession, workspace_id: str, clock: Clock) -> None:
    """One that is going on goes on to its end, and another one follows. Part of the caller's transaction."""
    row, now = await workspace_row(session, workspace_id, clock), clock.now()
    if row.profiles_cursor is not None or now < row.profiles_due_at <= now + PAGE_WITHIN:
        row.profiles_wanted_again = True
    else:
        row.profiles_due_at = min(row.profiles_due_at, now)


def _is_as_told(row: Colleague, profile: Profile) -> bool:
    kept = (row.standing, row.zone, bool(row.is_slack_admin))
    return kept == (profile.standing, profile.zone, profile.is_slack_admin)
