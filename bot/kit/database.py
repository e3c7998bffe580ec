"""The database: one SQLite file for one process, PostgreSQL for many.

`reading()` and `writing()` are the only two ways in; each is one transaction. On SQLite all writing goes
through a single connection that queues in order, so that no writer ever finds the file locked by another
task of the same process.
"""

import asyncio
import importlib
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import structlog
from sqlalchemy import DateTime, Dialect, Engine, FromClause, MetaData, TypeDecorator, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from bot.kit.encryption import Keyring, give_keyring

log = structlog.get_logger(__name__)

MIGRATIONS = Path(__file__).parents[1] / "migrations"

READING, WRITING = "reading", "writing"

CONNECT_WITHIN = 5
"""Seconds in which PostgreSQL has to take a new connection."""

ANSWERS_WITHIN = 20
"""Seconds for one transaction, with the wait for its turn."""


DEADLOCK = "40P01"
"""PostgreSQL's code for two transactions that wait for each other: it is there, and we locked in the wrong order."""


class DatabaseAway(Exception):
    """The database does not answer, or cannot write (the disk is full, say): nothing was done, later again."""


class UtcTime(TypeDecorator[datetime]):
    """A moment: always handed in and out with its time zone, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — SQLAlchemy's signature
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcTime}


class Database:
    def __init__(self, url: str, keyring: Keyring) -> None:
        self.url = make_url(url)
        self._reader = _engine(self.url, keyring)
        self._writer = _engine(self.url, keyring, writer=True) if self.is_sqlite else self._reader
        self._reading = async_sessionmaker(self._reader, expire_on_commit=False)
        self._writing = async_sessionmaker(self._writer, expire_on_commit=False)
        self._fails_at: set[str] = set()

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that only reads. Raises DatabaseAway."""
        async with self._watched(READING), self._reading() as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that is committed when the block ends well, and undone when it does not.

        Raises DatabaseAway.
        """
        async with self._watched(WRITING), self._writing() as session, session.begin():
            yield session

    @asynccontextmanager
    async def _watched(self, work: str) -> AsyncGenerator[None]:
        """One line in the log when the database goes, and one when it is back; not one for each who finds out."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                yield
        except (DBAPIError, NoConnectionFree, TimeoutError) as error:
            if not _is_away(error):
                raise
            if not self._fails_at:
                log.error("database_is_away", at=work, reason=_cause(error))
            self._fails_at.add(work)
            raise DatabaseAway(_cause(error)) from error
        if self._fails_at:
            self._fails_at.discard(work)
            if not self._fails_at:
                log.warning("database_is_back")

    async def try_again(self) -> None:
        """After it could not be written (a full disk, say): looks whether it can by now. Raises DatabaseAway."""
        if WRITING in self._fails_at:
            async with self.writing() as session:
                await session.execute(text("update alembic_version set version_num = version_num"))

    async def clock_differs_by(self, now: datetime) -> float:
        """Seconds by which PostgreSQL's clock is ahead of ours. A file has none of its own. Raises DatabaseAway."""
        if self.is_sqlite:
            return 0
        async with self.reading() as session:
            there = await session.scalar(text("select clock_timestamp()"))
        return (there - now).total_seconds() if there else 0

    async def version(self) -> str | None:
        """The migration that the database stands at; None before the first. Raises DatabaseAway."""
        async with self._watched(READING), self._reader.connect() as connection:
            try:
                return (await connection.execute(text("select version_num from alembic_version"))).scalar()
            except SQLAlchemyError:
                await connection.rollback()
                await connection.execute(text("select 1"))  # away, or only empty?
                return None

    async def is_migrated(self) -> bool:
        return await self.version() == newest_migration()

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()


def when_committed(session: AsyncSession, do: Callable[[], None]) -> None:
    """Does something once what this transaction wrote can be seen by others; nothing when it is undone."""

    def committed(_session: Any) -> None:
        do()

    event.listen(session.sync_session, "after_commit", committed, once=True)


def insert_into(session: AsyncSession, table: type[Base] | FromClause) -> Any:
    """An insert that knows `on_conflict_do_update`, which both our databases spell alike and SQLAlchemy keeps apart."""
    # The dialects are loaded when they are used: PostgreSQL's brings its drivers' modules along.
    name = session.get_bind().dialect.name
    return importlib.import_module(f"sqlalchemy.dialects.{name}").insert(table)


def newest_migration() -> str:
    """Migrations are numbered files, so the newest is known without loading alembic."""
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _is_away(error: DBAPIError | NoConnectionFree | TimeoutError) -> bool:
    """Both our drivers call it an operational error when they cannot reach, read or write the database."""
    if not isinstance(error, DBAPIError) or error.connection_invalidated:
        return True
    is_our_mistake = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR  # no such column, say
    is_our_mistake |= getattr(error.orig, "sqlstate", None) == DEADLOCK
    return isinstance(error, OperationalError | InterfaceError) and not is_our_mistake


def _cause(error: DBAPIError | NoConnectionFree | TimeoutError) -> str:
    """In the driver's own words, one line, without the statement."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().partition("\n")[0] or f"no answer within {ANSWERS_WITHIN} seconds"


def _engine(url: URL, keyring: Keyring, *, writer: bool = False) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(
            url, pool_size=1 if writer else 4, max_overflow=0, pool_timeout=60, hide_parameters=True
        )
        tune_sqlite(engine.sync_engine, begin="BEGIN IMMEDIATE" if writer else "BEGIN")
    else:
        engine = create_async_engine(
            url,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_WITHIN},
        )
    give_keyring(engine.dialect, keyring)
    return engine


def tune_sqlite(engine: Engine, *, begin: str, foreign_keys: bool = True) -> None:
    """Our own transactions (`begin` is how one begins), on a file that several connections share.

    `foreign_keys`: a migration that writes a table anew takes the old one away, and must not take with it what refers
    to its rows.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.isolation_level = None  # we begin transactions ourselves, below
        cursor = connection.cursor()
        # FULL: a committed question survives a power cut, not only a crash.
        for pragma in ("busy_timeout=10000", "synchronous=FULL", f"foreign_keys={int(foreign_keys)}"):
            cursor.execute(f"PRAGMA {pragma}")
        with suppress(sqlite3.OperationalError):  # another process is doing it, and it is done once for the file
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.close()

    @event.listens_for(engine, "invalidate")
    def on_invalidate(connection: Any, _record: Any, _error: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        # Somebody was cancelled in the middle: without this the file stays locked as long as a cursor is remembered.
        connection.rollback()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.exec_driver_sql(begin)
