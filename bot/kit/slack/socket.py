"""Socket Mode: we come to Slack. With a watchdog for the case that Slack's client cannot leave by itself."""

import asyncio
import logging
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger(__name__)

CHECKS_BEFORE_A_NEW_TICKET = 2


class Socket:
    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient, ping_interval: float = 10) -> None:
        """`ping_interval`: seconds between looks at the connection, and between tries to get it back."""
        # The client's own lines hold the ticket with which we connect; what matters is logged by `watch`.
        silent = logging.getLogger("slack_socket")
        silent.setLevel(logging.CRITICAL)
        self._app_token = app_token
        self._web = client
        self._handler = AsyncSocketModeHandler(
            app, app_token, logger=silent, web_client=client, ping_interval=ping_interval
        )
        self._client = self._handler.client
        self._checks_without_connection = 0
        self._connecting: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begins to connect. Raises SlackApiError when Slack does not take the app token, or a connection error."""
        ticket: Any = await self._web.apps_connections_open(app_token=self._app_token)
        self._client.wss_uri = str(ticket["url"])
        # Not waited for: with a dead ticket it tries for ever, and `watch` is what ends that.
        self._connecting = asyncio.create_task(self._handler.connect_async())

    async def is_open(self) -> bool:
        return await self._client.is_connected()

    async def watch(self) -> None:
        """One look at the connection, every few seconds.

        The client keeps the address that its ticket stands in. When Slack refuses that ticket, it tries the
        same dead address for ever; when the address is forgotten, it asks for a new one.
        """
        if await self.is_open():
            self._checks_without_connection = 0
            return
        self._checks_without_connection += 1
        if self._checks_without_connection >= CHECKS_BEFORE_A_NEW_TICKET:
            log.warning("socket_mode_is_away", checks=self._checks_without_connection)
            self._client.wss_uri = None

    async def close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await self._handler.close_async()
