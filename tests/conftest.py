import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.kit.database import Database
from bot.kit.encryption import Keyring, new_key
from bot.kit.migrate import migrate
from tests.world import World, open_world


@pytest.fixture(autouse=True)
def _nothing_from_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests changes what they see, and no .env is read."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "OPENAI_", "ACHT_")) or name in {"DATABASE_URL", "HOST", "PORT"}:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/acht.db"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, Keyring([new_key()]))
    await migrate(database.url)
    yield database
    await database.close()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as world:
        yield world
