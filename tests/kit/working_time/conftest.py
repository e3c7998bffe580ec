import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.database import Base, Database
from bot.kit.encryption import Keyring, new_key
from bot.kit.working_time.tables import Absence, Push, WorkingTime
from tests import postgres


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One for all tests of a file, and empty: to make a database for each takes longer than all tests together."""
    name = f"{Path(str(request.path)).parent.name}_{os.getpid()}"
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp(name)}/acht.db"
        return
    with postgres.database(request.getfixturevalue("postgres_server"), name) as url:
        yield url.render_as_string(hide_password=False)


@asynccontextmanager
async def only_with(database_url: str, *of: type[Base]) -> AsyncIterator[Database]:
    """A database with these tables, that are gone afterwards."""
    tables = [Base.metadata.tables[table.__tablename__] for table in of]

    async def do(session: AsyncSession, what: str) -> None:
        connection = await session.connection()
        await connection.run_sync(lambda sync: getattr(Base.metadata, what)(sync, tables=tables))

    database = Database(database_url, Keyring([new_key()]))
    async with database.writing() as session:
        await do(session, "create_all")
    yield database
    async with database.writing() as session:
        await do(session, "drop_all")
    await database.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with only_with(database_url, WorkingTime, Absence, Push) as database:
        yield database
