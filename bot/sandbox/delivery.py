"""How what people do reaches the bot: over Socket Mode, or as signed HTTP requests.

Slack waits three seconds for an answer, and sends an event again up to three times without one.
"""

import asyncio
import hashlib
import hmac
import json
import secrets
import uuid
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, cast
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.records import Json

Kind = Literal["events_api", "slash_commands", "interactive"]

PATIENCE = 3.0
RETRIES = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the bot said to a delivery; `status` is 0 where nobody answered in time."""

    acknowledged: bool
    body: Json | str | None = None
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Retry:
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """One attempt at a delivery, for the log."""

    kind: Kind
    payload: Json
    retry: Retry | None
    answer: Answer


class Delivery(Protocol):
    async def deliver(self, kind: Kind, payload: Json) -> Answer: ...


class Insistent(ABC):
    """Delivers, sends events again when nobody answers, and keeps a log of every attempt."""

    def __init__(self, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.log: deque[Delivered] = deque(maxlen=1000)

    async def deliver(self, kind: Kind, payload: Json) -> Answer:
        answer = await self._attempt(kind, payload, None)
        if kind != "events_api":
            return answer
        for number in range(1, RETRIES + 1):
            if answer.acknowledged:
                break
            reason = "http_error" if answer.status else "http_timeout"
            answer = await self._attempt(kind, payload, Retry(number=number, reason=reason))
        if answer.acknowledged and "repeat_events" in self.faults.met():
            answer = await self._attempt(kind, payload, Retry(number=1, reason="http_timeout"))
        return answer

    async def _attempt(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer:
        answer = await self._send(kind, payload, retry)
        self.log.append(Delivered(kind=kind, payload=payload, retry=retry, answer=answer))
        return answer

    @abstractmethod
    async def _send(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer: ...


class SocketHub(Insistent):
    """The open Socket Mode connections of the app; each delivery goes to one of them in turn.

    `patience` is how long, in seconds, it waits for a connection and for an acknowledgement.
    """

    def __init__(
        self,
        app_id: str,
        faults: Faults | None = None,
        patience: float = PATIENCE,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(faults)
        self.patience = patience
        self._app_id = app_id
        self._on_change = on_change
        self._tickets: set[str] = set()
        self._connections: deque[web.WebSocketResponse] = deque()
        self._retired: set[web.WebSocketResponse] = set()
        self._awaited: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Json | None]]] = {}
        self._open = asyncio.Event()

    @property
    def connections(self) -> int:
        return len(self._connections)

    async def connected(self, patience: float | None = None) -> bool:
        """Waits until the bot is connected; False when it did not come in time."""
        try:
            await asyncio.wait_for(self._open.wait(), self.patience if patience is None else patience)
        except TimeoutError:
            return False
        return True

    def issue_ticket(self) -> str:
        """What a WebSocket url carries; good for one connection."""
        ticket = secrets.token_urlsafe(18)
        self._tickets.add(ticket)
        return ticket

    def void_tickets(self) -> None:
        """Makes every url that was handed out useless, as when the bot waited too long to use it."""
        self._tickets.clear()

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """One connection of the bot, from its hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404, text="invalid ticket")
        self._tickets.remove(ticket)
        connection = web.WebSocketResponse(max_msg_size=0)
        await connection.prepare(request)
        self._add(connection)
        try:
            await connection.send_json(
                {
                    "type": "hello",
                    "num_connections": self.connections,
                    "connection_info": {"app_id": self._app_id},
                    "debug_info": {"host": "applink", "approximate_connection_time": 3600},
                }
            )
            async for message in connection:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self._acknowledge(message.data)
        except ConnectionError:
            pass
        finally:
            self._remove(connection)
        return connection

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks the bot to come back on a new connection, as Slack does every hour or so."""
        for connection in self._retire_all():
            await connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    async def drop(self) -> None:
        """Closes every connection without a word."""
        for connection in [*self._retire_all(), *self._retired]:
            await connection.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    def _retire_all(self) -> list[web.WebSocketResponse]:
        retired = list(self._connections)
        self._connections.clear()
        self._retired.update(retired)
        self._open.clear()
        self._on_change()
        return retired

    async def deliver(self, kind: Kind, payload: Json) -> Answer:
        # Without a connection there is nothing to try three times.
        if not await self.connected():
            return Answer(acknowledged=False, status=0)
        return await super().deliver(kind, payload)

    async def _send(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer:
        if not await self.connected():
            return Answer(acknowledged=False, status=0)
        connection = self._connections[0]
        self._connections.rotate(-1)
        envelope = _envelope(kind, payload, retry)
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._awaited[envelope["envelope_id"]] = (connection, future)
        try:
            await connection.send_json(envelope)
            body = await asyncio.wait_for(future, self.patience)
        except (TimeoutError, ConnectionError):
            return Answer(acknowledged=False, status=0)
        finally:
            del self._awaited[envelope["envelope_id"]]
        return Answer(acknowledged=True, body=body)

    def _acknowledge(self, text: str) -> None:
        reply = cast(Json, json.loads(text))
        _, future = self._awaited.get(reply.get("envelope_id", ""), (None, None))
        if future is not None and not future.done():
            future.set_result(reply.get("payload"))

    def _add(self, connection: web.WebSocketResponse) -> None:
        self._connections.append(connection)
        self._open.set()
        self._on_change()

    def _remove(self, connection: web.WebSocketResponse) -> None:
        self._retired.discard(connection)
        if connection in self._connections:
            self._connections.remove(connection)
        if not self._connections:
            self._open.clear()
        for awaited_on, future in self._awaited.values():
            if awaited_on is connection and not future.done():
                future.set_exception(ConnectionResetError())
        self._on_change()


def _envelope(kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.number if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope


class SignedHttp(Insistent):
    """Posts to the bot's own url as Slack does: signed, events as JSON, the rest as forms.

    `patience` is how long, in seconds, it waits for the answer.
    """

    def __init__(
        self,
        url: str,
        signing_secret: str,
        now: Callable[[], datetime],
        faults: Faults | None = None,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(faults)
        self._url = url
        self._signing_secret = signing_secret
        self._now = now
        self._patience = aiohttp.ClientTimeout(total=patience)

    async def _send(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer:
        body, content_type = _encoded(kind, payload)
        headers = self._signature(body) | {"Content-Type": content_type, "User-Agent": "Slackbot 1.0"}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._patience) as session,
                session.post(self._url, data=body.encode(), headers=headers) as response,
            ):
                text = await response.text()
                answer: Any = text or None
                if text and response.content_type == "application/json":
                    answer = json.loads(text)
                return Answer(acknowledged=response.ok, body=answer, status=response.status)
        except (aiohttp.ClientError, TimeoutError):
            return Answer(acknowledged=False, status=0)

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(self._now().timestamp()))
        signed = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self._signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(kind: Kind, payload: Json) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields), "application/x-www-form-urlencoded"
