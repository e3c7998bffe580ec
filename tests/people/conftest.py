from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring, new_key
from bot.kit.slack import app as slack_app
from bot.sandbox.company import company
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from tests.people.personnel import T1, Personnel
from tests.stand_ins.clock import NOON
from tests.world import manifest


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
async def personnel(sqlite_url: str, clock: HeldClock) -> AsyncIterator[Personnel]:
    """On SQLite. What the database itself has a part in is told with `database`, and so on both."""
    database = Database(sqlite_url, Keyring([new_key()]))
    yield Personnel(database, clock)
    await database.close()


@pytest.fixture
async def slack(clock: HeldClock) -> AsyncIterator[LocalSlack]:
    """The company, whose workspace is the one that the personnel is of."""
    workspace = Workspace(now=clock.now)
    workspace.team_id = T1
    workspace.install(manifest())
    company(workspace)
    async with LocalSlack(workspace) as slack:
        yield slack


@pytest.fixture
async def client(slack: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
        yield slack_app.web_client(slack.workspace.bot_token, slack.api_url, http)
