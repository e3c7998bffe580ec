"""The two ways into the database, and what a moment is in it."""

import asyncio
import socket
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Dialect, Integer, MetaData, Table, func, insert, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from structlog.testing import capture_logs

from bot.kit.database import Base, Database, DatabaseAway, UtcTime, newest_migration
from bot.kit.encryption import Keyring, new_key
from bot.kit.migrate import migrate

MARKS = Table(
    "marks",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("n", Integer, nullable=False, default=0),
    Column("at", UtcTime),
)
MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
async def marks(database: Database) -> Database:
    """A database with a table of the test's own."""
    async with database.writing() as session:
        await (await session.connection()).run_sync(MARKS.create)
    return database


async def keep(database: Database, **values: Any) -> None:
    async with database.writing() as session:
        await session.execute(insert(MARKS).values(**values))


async def kept(database: Database) -> list[int]:
    async with database.reading() as session:
        return list(await session.scalars(select(MARKS.c.id).order_by(MARKS.c.id)))


# --- moments -----------------------------------------------------------------------------------------

DIALECT: Dialect = sqlite.dialect()


async def test_a_moment_without_a_time_zone_is_refused(marks: Database) -> None:
    with pytest.raises(SQLAlchemyError, match="without a time zone"):
        await keep(marks, id=1, at=MOMENT.replace(tzinfo=None))
    assert await kept(marks) == []


@pytest.mark.parametrize(
    "zone", [UTC, ZoneInfo("Europe/Amsterdam"), ZoneInfo("Asia/Kathmandu"), timezone(timedelta(hours=-11))]
)
async def test_a_moment_comes_back_as_the_same_moment_in_utc(marks: Database, zone: Any) -> None:
    await keep(marks, id=1, at=MOMENT.astimezone(zone))
    async with marks.reading() as session:
        at = await session.scalar(select(MARKS.c.at))
    assert at == MOMENT
    assert at.utcoffset() == timedelta(0)


@given(st.datetimes(min_value=datetime(1900, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.timezones()))  # noqa: DTZ001 — hypothesis adds the zone
def test_any_moment_anywhere_is_kept_in_utc_and_comes_back(moment: datetime) -> None:
    bound = UtcTime().process_bind_param(moment, DIALECT)
    assert bound is not None
    assert bound.tzinfo is UTC
    assert bound.replace(tzinfo=None) == moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta(0))
    assert UtcTime().process_result_value(bound.replace(tzinfo=None), DIALECT) == bound


def test_every_moment_of_the_bots_tables_is_kept_in_utc() -> None:
    moments = [column for table in Base.metadata.tables.values() for column in table.c if column.name.endswith("_at")]
    assert all(isinstance(column.type, UtcTime) for column in moments)


# --- transactions ------------------------------------------------------------------------------------


async def test_a_block_that_ends_well_is_kept(marks: Database) -> None:
    await keep(marks, id=1)
    assert await kept(marks) == [1]


async def keep_two_that_clash(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(insert(MARKS).values(id=2))
        await session.execute(insert(MARKS).values(id=1))


async def keep_one_and_fail(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(insert(MARKS).values(id=3))
        raise ZeroDivisionError


async def test_a_block_that_fails_is_undone_as_a_whole_and_the_next_one_works(marks: Database) -> None:
    await keep(marks, id=1)
    with pytest.raises(IntegrityError):
        await keep_two_that_clash(marks)
    with pytest.raises(ZeroDivisionError):
        await keep_one_and_fail(marks)
    await keep(marks, id=4)
    assert await kept(marks) == [1, 4]


async def test_a_block_that_is_cancelled_is_undone_and_holds_nobody_up(marks: Database) -> None:
    written, never = asyncio.Event(), asyncio.Event()

    async def write_and_wait() -> None:
        async with marks.writing() as session:
            await session.execute(insert(MARKS).values(id=1))
            written.set()
            await never.wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await keep(marks, id=2)
    assert await kept(marks) == [2]


async def test_many_writers_at_once_all_succeed(marks: Database) -> None:
    await asyncio.gather(*(keep(marks, id=number) for number in range(60)))
    assert await kept(marks) == list(range(60))


async def test_writers_of_two_processes_all_succeed_and_no_update_is_lost(marks: Database) -> None:
    """Two Databases on one file do to each other what two processes do."""
    other = Database(str(marks.url), Keyring([new_key()]))
    await keep(marks, id=1, n=0)

    async def add_one(database: Database) -> None:
        async with database.writing() as session:
            n = await session.scalar(select(MARKS.c.n).where(MARKS.c.id == 1).with_for_update())
            assert n is not None
            await session.execute(update(MARKS).where(MARKS.c.id == 1).values(n=n + 1))

    await asyncio.gather(*(add_one(database) for database in (marks, other) for _ in range(20)))
    async with other.reading() as session:
        assert await session.scalar(select(MARKS.c.n)) == 40
    await other.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_that_wait_for_each_other_are_our_mistake_and_no_database_that_is_away(marks: Database) -> None:
    for number in (1, 2):
        await keep(marks, id=number)
    both_have_one = asyncio.Barrier(2)

    async def take(first: int, second: int) -> None:
        async with marks.writing() as session:
            await session.execute(update(MARKS).where(MARKS.c.id == first).values(n=first))
            await both_have_one.wait()
            await session.execute(update(MARKS).where(MARKS.c.id == second).values(n=first))

    with capture_logs() as logged:
        ends = await asyncio.gather(take(1, 2), take(2, 1), return_exceptions=True)
    assert {type(end) for end in ends} == {type(None), OperationalError}
    assert logged == []
    async with marks.reading() as session:
        assert len(set(await session.scalars(select(MARKS.c.n)))) == 1, "the other one got both"


async def test_who_reads_sees_what_was_there_and_waits_for_no_writer(marks: Database) -> None:
    async with marks.writing() as session:
        await session.execute(insert(MARKS).values(id=1))
        assert await kept(marks) == []
    assert await kept(marks) == [1]


async def test_a_relation_to_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await session.execute(
                text(
                    "insert into ratings (workspace_id, question_id, colleague_id, helpful, rated_at)"
                    " values ('T', 404, 'U', true, '2026-11-20')"
                )
            )


# --- where it stands ---------------------------------------------------------------------------------


@pytest.mark.empty_database
async def test_an_empty_database_has_no_version_and_a_migrated_one_the_newest(database_url: str) -> None:
    database = Database(database_url, Keyring([new_key()]))
    assert await database.version() is None
    assert not await database.is_migrated()
    await migrate(database.url)
    assert await database.version() == newest_migration()
    assert await database.is_migrated()
    await database.close()


async def test_a_database_that_was_emptied_has_no_version(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(text("delete from alembic_version"))
    assert await database.version() is None


async def test_a_database_that_is_away_is_an_error_and_not_an_empty_one(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        port = taken.getsockname()[1]
        for url in (
            f"sqlite+aiosqlite:///{tmp_path}/no/such/folder/acht.db",
            f"postgresql+psycopg://acht:secret@127.0.0.1:{port}/acht?connect_timeout=2",
        ):
            database = Database(url, Keyring([new_key()]))
            with pytest.raises(DatabaseAway) as away:
                await database.version()
            assert "secret" not in str(away.value)
            await database.close()
    # aiosqlite does not wait for the thread of a connection that failed, which has a last word for the loop.
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 5)


async def test_reading_leaves_no_transaction_behind(marks: Database) -> None:
    for _ in range(10):
        async with marks.reading() as session:
            await session.scalar(select(func.count()).select_from(MARKS))
    await keep(marks, id=1)
    assert await kept(marks) == [1]
