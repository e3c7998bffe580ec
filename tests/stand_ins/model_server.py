"""A server on this machine that speaks OpenAI's API and says what it is told to: chat completions and embeddings.

What it was asked is kept, so that a test can look at every word that left the bot.
"""

import asyncio
import base64
import hashlib
import json
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from aiohttp import web

DIMENSIONS = 8
EVERY_FORMAT = frozenset({"json_schema", "json_object", "text"})
AT_ONCE = {"retry-after-ms": "1"}
"""The client tries once more after a 5xx; this spares the tests the half second it would take a breath for."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Says:
    """An answer of the model. Without `tokens` the server does not count, as some do not."""

    text: str | None
    tokens: int | None = 100
    finish: str = "stop"
    refusal: str | None = None


@dataclass(frozen=True)
class Fails:
    """Another status than 200, with an error in OpenAI's shape."""

    status: int
    code: str | None = None


@dataclass(frozen=True)
class Sends:
    """A body as it stands: for servers that are not what they say they are."""

    body: str
    content_type: str = "application/json"


Answer = Says | Fails | Sends


class ModelServer:
    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Json] = []
        """The bodies of the chat requests, in order."""
        self.embedded: list[list[str]] = []
        """The texts of each request for embeddings."""
        self.takes: frozenset[str] = EVERY_FORMAT
        """The response formats it knows; to others it says 400, as servers do."""
        self.embeds_as: Answer | None = None
        """What a request for embeddings gets instead of vectors."""
        self.knows_base64 = True
        """Some servers send vectors as lists of numbers, whatever they were asked for."""
        self._next: deque[Answer] = deque()
        self._always: Answer = Fails(500)
        self._gate = asyncio.Event()
        self._gate.set()
        self._held_from = 0

    def will(self, *answers: Answer) -> None:
        """The next answers; after them it says the last one again and again."""
        self._next = deque(answers)
        self._always = answers[-1]

    def hold(self, *, after: int = 0) -> None:
        """Keeps everybody waiting until `let_go`; `after` so many chat requests more."""
        self._held_from = len(self.asked) + after
        self._gate.clear()

    def let_go(self) -> None:
        self._gate.set()

    @property
    def formats(self) -> list[str]:
        """How firmly each request held the model to a shape."""
        return [_format(body) for body in self.asked]

    @property
    def last(self) -> Json:
        return self.asked[-1]

    async def chat(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        if len(self.asked) > self._held_from:
            await self._gate.wait()
        if _format(body) not in self.takes:
            return _failed(Fails(400, "unsupported_response_format"))
        answer = self._next.popleft() if self._next else self._always
        if isinstance(answer, Says):
            return web.json_response(_completion(body["model"], answer))
        return _otherwise(answer)

    async def embeddings(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.embedded.append(body["input"])
        await self._gate.wait()
        if self.embeds_as is not None:
            return _otherwise(self.embeds_as)
        as_base64 = body.get("encoding_format") == "base64" and self.knows_base64
        data = [
            {"object": "embedding", "index": index, "embedding": _embedding(text, as_base64=as_base64)}
            for index, text in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return web.json_response({"object": "list", "model": body["model"], "data": data, "usage": usage})


@asynccontextmanager
async def open_model_server() -> AsyncGenerator[ModelServer]:
    server = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.chat)
    app.router.add_post("/v1/embeddings", server.embeddings)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        server.let_go()
        await runner.cleanup()


def vector(text: str) -> Sequence[float]:
    """The vector that this server gives a text: always the same one, and not of length one."""
    digest = hashlib.sha256(text.encode()).digest()
    return [float(byte) + 1 for byte in digest[:DIMENSIONS]]


def messages_of(body: Json, role: str) -> list[str]:
    """What was said in one role, in order."""
    return [message["content"] for message in body["messages"] if message["role"] == role]


def _format(body: Json) -> str:
    return body.get("response_format", {"type": "text"})["type"]


def _completion(model: str, says: Says) -> Json:
    message = {"role": "assistant", "content": says.text, "refusal": says.refusal}
    completion: Json = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_760_000_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": says.finish, "logprobs": None}],
    }
    if says.tokens is not None:
        completion["usage"] = {
            "prompt_tokens": says.tokens - 1,
            "completion_tokens": 1,
            "total_tokens": says.tokens,
        }
    return completion


def _otherwise(answer: Answer) -> web.Response:
    if isinstance(answer, Fails):
        return _failed(answer)
    assert isinstance(answer, Sends)
    return web.Response(text=answer.body, content_type=answer.content_type)


def _failed(fails: Fails) -> web.Response:
    error = {"message": "No.", "type": "an_error", "param": None, "code": fails.code}
    return web.json_response({"error": error}, status=fails.status, headers=AT_ONCE)


def _embedding(text: str, *, as_base64: bool) -> Any:
    values = vector(text)
    return base64.b64encode(np.array(values, dtype=np.float32).tobytes()).decode() if as_base64 else values


def as_json(**values: object) -> str:
    """What a model held to a shape says."""
    return json.dumps(values, ensure_ascii=False)
