"""The local Slack as a web server: the Web API, Socket Mode, response urls and the page."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, cast

from aiohttp import web

from bot.sandbox import responses
from bot.sandbox.arguments import Arguments
from bot.sandbox.delivery import Delivery, SocketHub
from bot.sandbox.errors import RateLimited, SlackError
from bot.sandbox.faults import Faults
from bot.sandbox.hands import Hands
from bot.sandbox.methods import METHODS
from bot.sandbox.page import Page, never_stale
from bot.sandbox.records import Change, Json
from bot.sandbox.workspace import Workspace

CALLS_KEPT = 1000


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of the Web API, without its token."""

    method: str
    args: Json
    answer: Json
    at: datetime


class LocalSlack:
    """A Slack on this machine: `async with LocalSlack(workspace) as slack`.

    `delivery` is how the bot hears of things, Socket Mode unless another is given; `on_reset` is awaited
    after the workspace was put back to how it was at the start; `language_model` and `notes` are told
    to the page. `accepted` counts the calls that did their work, `refused` those that came too fast (HTTP 429, be
    it a limit or a fault), both by method.
    """

    def __init__(
        self,
        workspace: Workspace,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        delivery: Delivery | None = None,
        patience: float = 3.0,
        on_reset: Callable[[], Awaitable[None]] | None = None,
        language_model: str | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        self.workspace = workspace
        self.faults = Faults()
        self.calls: list[Call] = []
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.on_answer: list[Callable[[str, Json], None]] = []
        self.socket = SocketHub(workspace.app_id, self.faults, patience, on_change=self._tell_connected)
        self.hands = Hands(workspace, delivery or self.socket)
        self._host, self._port = host, port
        self._on_reset = on_reset
        self._at_start: Json = {}
        self._runner: web.AppRunner | None = None
        self._page = Page(
            workspace,
            self.hands,
            is_connected=lambda: delivery is not None or self.socket.connections > 0,
            reset=self.reset,
            language_model=language_model,
            notes=notes,
        )

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self._port}"

    @property
    def api_url(self) -> str:
        """What the bot's client takes as its `base_url`."""
        return f"{self.url}/api/"

    async def start(self) -> None:
        """Listens; with port 0 the system chooses a free one."""
        self._at_start = self.workspace.snapshot()
        application = web.Application(client_max_size=8 * 1024**2)
        application.on_response_prepare.append(never_stale)
        application.add_routes(
            [
                web.get("/api/{method}", self._api),
                web.post("/api/{method}", self._api),
                web.get("/socket", self.socket.accept),
                web.post("/response/{token}", self._response),
                *self._page.routes(),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.hands.site = self.url

    async def stop(self) -> None:
        if self._runner is not None:
            self._page.close()
            await self.socket.drop()
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def reset(self) -> None:
        """Everything as it was at the start."""
        self.workspace.restore(self._at_start)
        self.faults.clear()
        if self._on_reset is not None:
            await self._on_reset()
        self.workspace.announce(Change(type="reset"))

    def _tell_connected(self) -> None:
        self.workspace.announce(Change(type="connected"))

    # The Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            token, arguments = await _read(request)
        except SlackError as refusal:
            return web.json_response(_refusal(refusal))
        faults = self.faults.met(method)
        if fault := faults.get("slow"):
            await asyncio.sleep(fault.seconds)
        if "drop_before" in faults:
            return _dropped(request, web.Response())
        if fault := faults.get("fail"):
            return self._answer(method, arguments, {"ok": False, "error": "internal_error"}, fault.status)
        try:
            if fault := faults.get("rate_limit"):
                raise RateLimited(fault.retry_after)
            if fault := faults.get("refuse"):
                raise SlackError(fault.error)
            answer = {"ok": True, **self._call(method, token, arguments)}
        except RateLimited as limit:
            answer = {"ok": False, "error": limit.code}
            response = self._answer(method, arguments, answer, status=429)
            response.headers["Retry-After"] = str(limit.retry_after)
            return response
        except SlackError as refusal:
            answer = _refusal(refusal)
        response = self._answer(method, arguments, answer)
        return _dropped(request, response) if "drop_after" in faults else response

    def _call(self, method: str, token: str | None, arguments: Arguments) -> Json:
        if method == "api.test":
            return {"args": arguments.values} if arguments.values else {}
        if method not in METHODS and method != "apps.connections.open":
            raise SlackError("unknown_method")
        if not token:
            raise SlackError("not_authed")
        if token not in (self.workspace.bot_token, self.workspace.app_token):
            raise SlackError("invalid_auth")
        if token == self.workspace.bot_token and self.workspace.token_revoked:
            raise SlackError("token_revoked")
        if (token == self.workspace.app_token) != (method == "apps.connections.open"):
            raise SlackError("not_allowed_token_type")
        if self.workspace.enforce_limits:
            self.workspace.pace.call(method)
        if method == "apps.connections.open":
            return {"url": f"ws://{self._host}:{self._port}/socket?ticket={self.socket.issue_ticket()}"}
        return METHODS[method](self.workspace, arguments)

    def _answer(self, method: str, arguments: Arguments, answer: Json, status: int = 200) -> web.Response:
        self.calls.append(Call(method=method, args=arguments.values, answer=answer, at=self.workspace.now()))
        del self.calls[:-CALLS_KEPT]
        if answer["ok"]:
            self.accepted[method] += 1
        if status == 429:
            self.refused[method] += 1
        for listener in self.on_answer:
            listener(method, answer)
        return web.json_response(answer, status=status)

    # Response urls

    async def _response(self, request: web.Request) -> web.Response:
        try:
            to = self.workspace.passes.redeem_response(request.match_info["token"])
            body = Arguments(await _body(request))
            answer: Json = body.values | {
                name: body.objects(name) for name in ("blocks", "attachments") if body.has(name)
            }
            responses.write(self.workspace, answer, channel=to.channel, user=to.user, message_ts=to.message_ts)
        except SlackError as refusal:
            gone = refusal.code in ("invalid_url", "expired_url", "used_url")
            return web.json_response(_refusal(refusal), status=404 if gone else 200)
        return web.json_response({"ok": True})


def _dropped(request: web.Request, response: web.Response) -> web.Response:
    """The response, on a connection that is gone."""
    if request.transport is not None:
        request.transport.abort()
    return response


def _refusal(refusal: SlackError) -> Json:
    answer: Json = {"ok": False, "error": refusal.code}
    if refusal.details:
        answer["response_metadata"] = {"messages": refusal.details}
    return answer


async def _read(request: web.Request) -> tuple[str | None, Arguments]:
    """The token, from the header or the arguments, and the arguments without it."""
    values = {**request.query, **await _body(request)}
    in_arguments: str | None = values.pop("token", None)
    scheme, _, in_header = request.headers.get("Authorization", "").partition(" ")
    return (in_header if scheme == "Bearer" else in_arguments), Arguments(values)


async def _body(request: web.Request) -> Mapping[str, Any]:
    if not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        return dict(await request.post())
    try:
        values: Any = await request.json()
    except json.JSONDecodeError:
        raise SlackError("invalid_json") from None
    if not isinstance(values, dict):
        raise SlackError("json_not_object")
    return cast(Json, values)
