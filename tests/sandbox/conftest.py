from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.company import company
from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .slack_keys import assert_as_slack_answers, assert_as_slack_sends
from .stand_ins import MANIFEST, Clock, Ear


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(clock: Clock) -> Workspace:
    workspace = Workspace(now=clock)
    company(workspace)
    workspace.install(MANIFEST)
    return workspace


@pytest.fixture
def utrecht(workspace: Workspace) -> str:
    return workspace.channel("#team-utrecht").id


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def hands(workspace: Workspace, ear: Ear) -> Hands:
    return Hands(workspace, ear)


@pytest.fixture
async def slack(workspace: Workspace) -> AsyncIterator[LocalSlack]:
    async with LocalSlack(workspace) as slack:
        answers: list[tuple[str, dict[str, Any]]] = []
        slack.on_answer.append(lambda method, answer: answers.append((method, answer)))
        yield slack
        for method, answer in answers:
            assert_as_slack_answers(method, answer)
        for delivered in slack.socket.log:
            assert_as_slack_sends(delivered.payload)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def client(slack: LocalSlack, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(token=slack.workspace.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
def app(client: AsyncWebClient, workspace: Workspace) -> AsyncApp:
    return AsyncApp(client=client, signing_secret=workspace.signing_secret, process_before_response=True)


@pytest.fixture
async def handler(app: AsyncApp, slack: LocalSlack) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app, connected; a test adds its listeners to `app`."""
    handler = AsyncSocketModeHandler(app, slack.workspace.app_token)
    await handler.connect_async()
    assert await slack.socket.connected()
    yield handler
    await handler.close_async()
