"""The database is brought up to date at every start, by whoever comes first."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.engine import make_url

import bot.app  # noqa: F401 — knows every table there is
from bot.kit.database import Base, Database, newest_migration
from bot.kit.migrate import config, migrate

PROCESSES, ROUNDS = 4, 4

MIGRATES_WHEN_TOLD = """
import asyncio, sys
import bot.app
from sqlalchemy.engine import make_url
from bot.kit.migrate import migrate
print("ready", flush=True)
for url in sys.stdin:
    try:
        asyncio.run(migrate(make_url(url.strip())))
        print("done", flush=True)
    except Exception as error:
        print(f"{type(error).__name__}: {error}".splitlines()[0], flush=True)
"""


@contextmanager
def connected(database: Database) -> Iterator[Connection]:
    url = database.url.set(drivername="sqlite") if database.is_sqlite else database.url
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


async def test_twice_is_once(database: Database) -> None:
    await migrate(database.url)
    assert await database.version() == newest_migration()


async def test_the_tables_are_what_the_code_says_they_are(database: Database) -> None:
    with connected(database) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


async def test_all_the_way_back_leaves_nothing_and_forth_again_everything(database: Database) -> None:
    with connected(database) as connection:
        command.downgrade(config(connection), "base")
        connection.commit()
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    assert await database.version() is None
    await migrate(database.url)
    with connected(database) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_newest_migration_by_its_number_is_the_newest_by_what_it_follows() -> None:
    script = ScriptDirectory.from_config(config())
    assert script.get_heads() == [newest_migration()]


def test_processes_that_start_together_all_find_the_database_ready(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATES_WHEN_TOLD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    try:
        lines = [next(iter(process.stdout or ())) for process in processes]
        assert lines == ["ready\n"] * PROCESSES
        for number in range(ROUNDS):
            url = make_url(f"sqlite+aiosqlite:///{tmp_path}/{number}.db")
            for process in processes:
                assert process.stdin is not None
                process.stdin.write(f"{url}\n")
                process.stdin.flush()
            assert [next(iter(process.stdout or ())) for process in processes] == ["done\n"] * PROCESSES
    finally:
        for process in processes:
            process.communicate()
