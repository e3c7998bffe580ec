"""The door for HTTP: Slack's requests, and the pages that tell how the process is doing.

A request is looked at for its signature before anything in it is read, and sent away with 503, so that Slack comes
again, while we do not know yet who we are.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.kit.metrics import Metrics

STOPPING = 2.0
"""Seconds that requests under way get when the bot stops."""

_CANNOT_BE_READ = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What Bolt raises over a body that is no JSON, or another JSON than Slack's."""

Readiness = Callable[[], Awaitable[dict[str, bool]]]


class Door:
    """`/healthz`, `/readyz` and `/metrics` in every mode; `/slack/events` where Slack comes to us."""

    def __init__(self, metrics: Metrics, readiness: Readiness, measure: Callable[[], Awaitable[None]]) -> None:
        """`measure` brings up to date what is not counted as it happens."""
        self._metrics = metrics
        self._readiness = readiness
        self._measure = measure
        self._slack: AsyncApp | None = None
        self._runner: web.AppRunner | None = None

    def let_slack_in(self, app: AsyncApp, signing_secret: str, is_known: Callable[[], bool]) -> None:
        """`is_known`: whether Slack has told us who we are; before that, no request can be answered."""
        self._slack = app
        self._verifier = SignatureVerifier(signing_secret)
        self._is_known = is_known

    async def open(self, host: str, port: int) -> int:
        """The port it listens on. Raises OSError when the port is taken."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics_page)
        if self._slack is not None:
            app.router.add_post("/slack/events", self._events)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOPPING)
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
        body = await request.read()
        stamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
        try:
            is_slacks = self._verifier.is_valid(body, stamp, signature)
        except ValueError:  # no text, or a stamp that is no number
            is_slacks = False
        if not is_slacks:
            return web.Response(status=401)
        if not self._is_known():
            return web.Response(status=503)
        try:
            asked = await to_bolt_request(request)
        except _CANNOT_BE_READ:
            return web.Response(status=400)
        return await to_aiohttp_response(await self._slack.async_dispatch(asked))

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _request: web.Request) -> web.Response:
        parts = await self._readiness()
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def _metrics_page(self, _request: web.Request) -> web.Response:
        await self._measure()
        return web.Response(body=self._metrics.page(), headers={"Content-Type": Metrics.content_type})
