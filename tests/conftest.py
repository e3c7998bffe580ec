import asyncio
import os
import shutil
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.engine import URL, make_url

from bot.kit.clock import SystemClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring, new_key
from bot.kit.migrate import migrate
from bot.sandbox.company import company
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from tests import our_content, postgres
from tests.world import World, manifest, open_world

MEMORY, ROOM = Path("/dev/shm"), 3 * 2**30
"""A folder that Linux keeps in memory, and the bytes that three whole runs leave there, with as much again."""

# A busy machine is no failure.
hypothesis.settings.register_profile("acht", deadline=None)
hypothesis.settings.load_profile("acht")

LONGEST = "tests/torture/", "tests/test_failing.py", "tests/test_sandbox_page.py"


def pytest_configure() -> None:
    """Hundreds of databases come and go, which a disk feels: they are kept in memory where there is room, unless
    whoever runs the tests has said where (TMPDIR).
    """
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--journeys-in-turn", action="store_true", help="each journey on one of the two databases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first, or at the end one process has it all to itself while the others are done."""
    if config.getoption("--journeys-in-turn"):
        left_out = [item for item in items if _is_the_other_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def _is_the_other_database(item: pytest.Item) -> bool:
    """What a journey asks of the databases its slice's own tests ask of both: half of the journeys go over each, by
    their names, and `make torture` takes all of them over both.
    """
    if not item.nodeid.startswith("tests/journeys/") or not isinstance(item, pytest.Function):
        return False
    on = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
    return on is not None and on != ("sqlite", "postgresql")[zlib.crc32(item.name.replace(on, "").encode()) % 2]


@pytest.fixture(scope="session", autouse=True)
def _our_content_is_read_once() -> Iterator[None]:
    with our_content.read_once():
        yield


@pytest.fixture(autouse=True)
def _nothing_from_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests changes what they see, and no .env is read."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "OPENAI_", "ACHT_")) or name in {"DATABASE_URL", "HOST", "PORT"}:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """One for each process that tests."""
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated(postgres_server: URL) -> Iterator[postgres.Migrated]:
    databases = postgres.Migrated(postgres_server, lambda url: asyncio.run(migrate(url)))
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to make copies of. Nobody has it open, so all of it is in this one file."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(make_url(f"sqlite+aiosqlite:///{file}")))
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated file of the test's own, for what PostgreSQL would only say once more."""
    shutil.copyfile(sqlite_template, tmp_path / "acht.db")
    return f"sqlite+aiosqlite:///{tmp_path}/acht.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Whoever asks for a database is tested on both. It is migrated already, to save time."""
    is_empty = request.node.get_closest_marker("empty_database") is not None
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/acht.db" if is_empty else request.getfixturevalue("sqlite_url")
        return
    if is_empty:
        server: URL = request.getfixturevalue("postgres_server")
        database = postgres.database(server, f"empty_{os.getpid()}")
    else:
        migrated: postgres.Migrated = request.getfixturevalue("migrated")
        database = migrated.database()
    with database as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, Keyring([new_key()]))
    yield database
    await database.close()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as world:
        yield world


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    workspace = Workspace(now=SystemClock().now)
    workspace.install(manifest())
    company(workspace)
    async with LocalSlack(workspace) as slack:
        yield slack


@pytest.fixture
def settings(slack: LocalSlack, tmp_path: Path) -> dict[str, str]:
    """For `acht run` as a process of its own, in HTTP mode, on a file that is not there yet; a test for Socket Mode
    adds the app token.
    """
    return {
        "SLACK_BOT_TOKEN": slack.workspace.bot_token,
        "SLACK_SIGNING_SECRET": slack.workspace.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/acht.db",
        "HOST": "127.0.0.1",
        "PORT": "0",
        "ACHT_ENCRYPTION_KEYS": new_key(),
        "ACHT_EMBEDDINGS": "false",
    }
