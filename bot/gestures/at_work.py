"""When somebody is at work: in their hours, and neither on leave nor having a pause."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.working_time.rules import Hours, Reach, Wish, may_push
from bot.kit.working_time.service import WorkingTimes
from bot.kit.working_time.wall_clock import DAY
from bot.promises.calendar import but_for


async def hours_of(
    session: AsyncSession, working_times: WorkingTimes, workspace_id: str, whom: str, now: datetime
) -> Hours:
    """Of a person or a team: days on which they are away are days off. Part of the caller's transaction."""
    hours, _wish = await working_times.hours_of(session, workspace_id, whom)
    # A night shift that goes on belongs to the day before.
    since = now.astimezone(hours.zone).date() - DAY
    return but_for(hours, await working_times.absences(session, workspace_id, whom, since))


async def wants_messages(session: AsyncSession, working_times: WorkingTimes, workspace_id: str, whom: str) -> bool:
    """Part of the caller's transaction."""
    _hours, wish = await working_times.hours_of(session, workspace_id, whom)
    return wish is Wish.MESSAGES


def next_at_work(hours: Hours, now: datetime) -> datetime:
    """Now, or when they are at work next. Of whoever never works: now."""
    return may_push(Reach(hours), now).when or now
