"""Brings the database up to date: at every start, under a lock, and only when there is something to do."""

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL

from bot.kit.database import MIGRATIONS, tune_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

ASK_AGAIN = 0.2
"""Seconds."""

ONE_AT_A_TIME = 88_000_008
"""The number of PostgreSQL's advisory lock; any will do, as long as all processes use the same."""


async def migrate(url: URL, revision: str = "head") -> None:
    """Several processes may call this at once: one does the work, the others wait and find it done."""
    while not await asyncio.to_thread(_migrate, url, revision):  # noqa: ASYNC110 — another process, which cannot tell us
        await asyncio.sleep(ASK_AGAIN)


def config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 — most starts have nothing to migrate

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def _migrate(url: URL, revision: str) -> bool:
    """False when another process is at it."""
    from alembic import command  # noqa: PLC0415

    engine = create_engine(_without_async(url))
    try:
        if engine.dialect.name == "sqlite":
            tune_sqlite(engine, begin="BEGIN IMMEDIATE", foreign_keys=False)
        # Begun here, alembic leaves it alone; else it commits each step on SQLite, and another comes in between.
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                got_it = connection.execute(text("select pg_try_advisory_xact_lock(:n)"), {"n": ONE_AT_A_TIME})
                if not got_it.scalar():
                    return False
            command.upgrade(config(connection), revision)
            return True
    finally:
        engine.dispose()


def _without_async(url: URL) -> URL:
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url
