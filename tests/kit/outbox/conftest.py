from collections.abc import AsyncIterator

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import new_key
from bot.kit.migrate import migrate
from tests.kit.outbox.office import Office, opened
from tests.stand_ins.clock import NOON


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
def key() -> str:
    return new_key()


@pytest.fixture
async def database(database_url: str, key: str) -> AsyncIterator[Database]:
    """With a key that a test can open it with once more, as another process does."""
    async with opened(database_url, key) as database:
        await migrate(database.url)
        yield database


@pytest.fixture
def office(database: Database, clock: HeldClock) -> Office:
    return Office(database, clock)
