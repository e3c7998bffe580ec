"""Socket Mode, and the watchdog for a ticket that Slack refuses."""

import asyncio
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp

from bot.kit.clock import SystemClock
from bot.kit.slack.app import web_client
from bot.kit.slack.socket import Socket
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace


async def test_a_refused_ticket_is_forgotten_so_that_a_new_one_is_asked_for() -> None:
    async with LocalSlack(Workspace(now=SystemClock().now)) as slack, aiohttp.ClientSession() as session:
        asked_again = asyncio.Event()
        tickets = 0

        def spoil_the_second_ticket(method: str, _answer: dict[str, Any]) -> None:
            nonlocal tickets
            if method == "apps.connections.open":
                tickets += 1
                if tickets == 2:
                    slack.socket.void_tickets()
                    asked_again.set()

        slack.on_answer.append(spoil_the_second_ticket)
        client = web_client(slack.workspace.bot_token, slack.api_url, session)
        app = AsyncApp(client=client, signing_secret="unused")
        socket = Socket(app, slack.workspace.app_token, client, ping_interval=0.02)
        await socket.open()
        assert await slack.socket.connected(5)
        await slack.socket.drop()
        await asked_again.wait()
        assert not await slack.socket.connected(0.3), "it tries the same dead address for ever"
        async with asyncio.timeout(5):
            while not await slack.socket.connected(0.02):
                await socket.watch()
        assert tickets == 3
        await socket.close()
