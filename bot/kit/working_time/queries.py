"""Named reads of working time. `people` is a chunk: at most `AT_ONCE` of them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.kit.working_time.rules import UNANSWERED_IN_A_ROW
from bot.kit.working_time.tables import Absence, Push, WorkingTime

AT_ONCE = 500

OF_A_TEAM = ("zone", "days", "begins", "ends", "country", "region", "works_on")


def chunks(ids: Collection[str]) -> Iterator[Sequence[str]]:
    """Each once, and always in the same order: two that lock the same rows never wait for each other."""
    ordered = sorted(set(ids))
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def of(table: type[WorkingTime | Absence | Push], workspace_id: str, people: Sequence[str]) -> ColumnElement[bool]:
    return (table.workspace_id == workspace_id) & table.whom.in_(people)


async def working_times(session: AsyncSession, workspace_id: str, people: Sequence[str]) -> Sequence[Row[Any]]:
    """With what is their team's: `team_zone` and so on."""
    team = aliased(WorkingTime)
    columns = [*WorkingTime.__table__.columns, *(getattr(team, name).label(f"team_{name}") for name in OF_A_TEAM)]
    is_theirs = (team.workspace_id == WorkingTime.workspace_id) & (team.whom == WorkingTime.team)
    found = select(*columns).outerjoin(team, is_theirs)
    return (await session.execute(found.where(of(WorkingTime, workspace_id, people)))).all()


async def absences(
    session: AsyncSession, workspace_id: str, people: Sequence[str], since: date
) -> Sequence[Row[str, str, date, date]]:
    """Those that are not over by `since`."""
    found = select(Absence.whom, Absence.kind, Absence.first_day, Absence.last_day)
    return (await session.execute(found.where(of(Absence, workspace_id, people), Absence.last_day >= since))).all()


async def last_pushes(
    session: AsyncSession, workspace_id: str, people: Sequence[str]
) -> Sequence[Row[str, date, datetime, bool]]:
    """Of each person as many as it takes to judge, newest first, and whether they were answered."""
    was_answered = Push.answered_at.is_not(None).label("was_answered")
    place = func.row_number().over(partition_by=Push.whom, order_by=Push.working_day.desc()).label("place")
    ranked = (
        select(Push.whom, Push.working_day, Push.pushed_at, was_answered, place)
        .where(of(Push, workspace_id, people))
        .subquery()
    )
    columns = (ranked.c.whom, ranked.c.working_day, ranked.c.pushed_at, ranked.c.was_answered)
    newest = select(*columns).where(ranked.c.place <= UNANSWERED_IN_A_ROW).order_by(ranked.c.whom, ranked.c.place)
    return (await session.execute(newest)).all()


async def pushes_on(
    session: AsyncSession, workspace_id: str, people: Sequence[str], days: Collection[date]
) -> Sequence[Row[str, date, str]]:
    found = select(Push.whom, Push.working_day, Push.notice_key)
    return (await session.execute(found.where(of(Push, workspace_id, people), Push.working_day.in_(days)))).all()


async def seen_since(session: AsyncSession, workspace_id: str, people: Sequence[str], moment: datetime) -> set[str]:
    """Whose Do Not Disturb was asked for at this moment or later."""
    seen = select(WorkingTime.whom).where(of(WorkingTime, workspace_id, people), WorkingTime.dnd_seen_at >= moment)
    return set(await session.scalars(seen))
