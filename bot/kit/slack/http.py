"""The door for HTTP: Slack's requests, and the pages that tell how the process is doing."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.kit.metrics import Metrics

Readiness = Callable[[], Awaitable[dict[str, bool]]]


class Door:
    """`/healthz`, `/readyz` and `/metrics` in every mode; `/slack/events` where Slack comes to us."""

    def __init__(self, metrics: Metrics, readiness: Readiness, *, slack: AsyncApp | None) -> None:
        self._metrics = metrics
        self._readiness = readiness
        self._slack = slack
        self._runner: web.AppRunner | None = None

    async def open(self, host: str, port: int) -> int:
        """The port it listens on. Raises OSError when the port is taken."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics_page)
        if self._slack is not None:
            app.router.add_post("/slack/events", self._events)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Takes no more requests, and lets those under way end."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _events(self, request: web.Request) -> web.Response:
        assert self._slack is not None  # noqa: S101 — the route exists only then
        try:
            asked = await to_bolt_request(request)
        except ValueError:  # neither text nor JSON: not from Slack
            return web.Response(status=400)
        return await to_aiohttp_response(await self._slack.async_dispatch(asked))

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _request: web.Request) -> web.Response:
        parts = await self._readiness()
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def _metrics_page(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._metrics.page(), headers={"Content-Type": Metrics.content_type})
