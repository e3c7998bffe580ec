"""What is written down of a change, and for how long it is kept."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit import audit
from bot.kit.database import Database
from tests.stand_ins.clock import NOON

T1, T2, TOM = "T1", "T2", "UTOM"


async def lines(session: AsyncSession, workspace_id: str = T1, skip: int = 0, limit: int = 10) -> list[str | None]:
    """About whom."""
    found = await audit.entries(session, workspace_id, skip=skip, limit=limit)
    return [entry.about for entry in found]


async def test_of_many_there_is_a_line_each_and_of_nobody_none(database: Database) -> None:
    async with database.writing() as session:
        await audit.note_of_each(session, T1, "role_given", by=TOM, about=["U1", "U2"], at=NOON, role="lead")
        await audit.note_of_each(session, T1, "role_taken", by=TOM, about=[], at=NOON, role="lead")
        audit.note(session, T1, "all_stopped", by=None, about=None, at=NOON)
        audit.note(session, T2, "role_given", by=TOM, about="U3", at=NOON)
    async with database.reading() as session:
        newest, *given = await audit.entries(session, T1, skip=0, limit=10)
        assert (newest.what, newest.by, newest.about, newest.detail) == ("all_stopped", None, None, {})
        assert [(entry.by, entry.what, entry.about, entry.at, entry.detail) for entry in given] == [
            (TOM, "role_given", person, NOON, {"role": "lead"}) for person in ("U2", "U1")
        ]
        assert await audit.how_many(session, T1) == 3


async def test_a_page_is_of_one_workspace_the_newest_first(database: Database) -> None:
    async with database.writing() as session:
        await audit.note_of_each(session, T1, "x", by=TOM, about=[f"U{n}" for n in range(5)], at=NOON)
        await audit.note_of_each(session, T2, "x", by=TOM, about=["UELSEWHERE"], at=NOON)
    async with database.reading() as session:
        assert await lines(session, limit=2) == ["U4", "U3"]
        assert await lines(session, skip=4, limit=2) == ["U0"]
        assert await lines(session, T2) == ["UELSEWHERE"]


async def test_a_change_that_is_undone_leaves_no_line(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await _change_and_fail(database)
    async with database.reading() as session:
        assert await lines(session) == []


async def _change_and_fail(database: Database) -> None:
    async with database.writing() as session:
        audit.note(session, T1, "all_stopped", by=TOM, about=None, at=NOON)
        await audit.note_of_each(session, T1, "role_given", by=TOM, about=["U1"], at=NOON)
        raise ZeroDivisionError


async def test_it_is_kept_for_a_year(database: Database) -> None:
    year = timedelta(days=365)
    async with database.writing() as session:
        for workspace_id in (T1, T2):
            for about, at in (("U1", NOON), ("U2", NOON + timedelta(seconds=1))):
                audit.note(session, workspace_id, "x", by=TOM, about=about, at=at)
        await audit.forget(session, NOON + year)
        assert await lines(session) == ["U2", "U1"]
        await audit.forget(session, NOON + year + timedelta(seconds=1))
        assert await lines(session) == await lines(session, T2) == ["U2"]
