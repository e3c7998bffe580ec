"""The load generator, a process of its own: a job comes in as JSON, and what it measured goes out as JSON.

Requests are made and signed before the clock starts, and travel over connections that stay open, so that the
generator is not what is measured.
"""

import asyncio
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Literal

from benchmarks import payloads

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Job:
    port: int
    what: Literal["help", "question"]
    requests: int
    connections: int = 1
    warm_up: int = 0
    """Requests before the clock starts."""
    pause: float = 0.0
    """Seconds between one answer and the next request."""
    at_once: bool = False
    """Every request on a connection that is opened for it, all in the same moment; opening counts."""


@dataclass(frozen=True)
class Measured:
    median_ms: float
    slowest_ms: float
    per_second: float


class Refused(Exception):
    """A server answered with something else than 200."""


class Connection(asyncio.Protocol):
    """One connection that stays open; one request at a time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._received = b""
        self._loop = asyncio.get_running_loop()

    def send(self, request: bytes) -> asyncio.Future[None]:
        self._answered = self._loop.create_future()
        self.transport.write(request)
        return self._answered

    def data_received(self, data: bytes) -> None:
        self._received += data
        if complete(self._received):
            if self._received.startswith(b"HTTP/1.1 200"):
                self._answered.set_result(None)
            else:
                self._answered.set_exception(Refused(self._received[:300]))
            self._received = b""

    def connection_lost(self, exc: Exception | None) -> None:
        if hasattr(self, "_answered") and not self._answered.done():
            self._answered.set_exception(exc or ConnectionResetError())


def complete(message: bytes) -> bool:
    """Whether a request or an answer has arrived as a whole."""
    head = message.find(b"\r\n\r\n")
    length = _LENGTH.search(message, 0, head + 2)
    return head >= 0 and len(message) - head - 4 >= (int(length[1]) if length else 0)


async def do(job: Job) -> Measured:
    source = payloads.commands("help") if job.what == "help" else payloads.questions()
    warm_up, requests = [list(islice(source, n)) for n in (job.warm_up, job.requests)]
    if job.at_once:
        start = time.perf_counter()
        times = await asyncio.gather(*(_on_its_own(job.port, request) for request in requests))
    else:
        connections = [await _connect(job.port) for _ in range(job.connections)]
        await _share(connections, iter(warm_up), job.pause)
        start = time.perf_counter()
        times = await _share(connections, iter(requests), job.pause)
    seconds = time.perf_counter() - start
    return Measured(statistics.median(times) * 1000, max(times) * 1000, len(times) / seconds)


async def _share(connections: list[Connection], requests: Iterator[bytes], pause: float) -> list[float]:
    """Each connection takes the next request as soon as it has the answer to its last one."""
    times: list[float] = []

    async def work(connection: Connection) -> None:
        for request in requests:
            start = time.perf_counter()
            await connection.send(request)
            times.append(time.perf_counter() - start)
            if pause:
                await asyncio.sleep(pause)

    await asyncio.gather(*(work(connection) for connection in connections))
    return times


async def _on_its_own(port: int, request: bytes) -> float:
    start = time.perf_counter()
    connection = await _connect(port)
    await connection.send(request)
    connection.transport.close()
    return time.perf_counter() - start


async def _connect(port: int) -> Connection:
    _transport, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return connection


if __name__ == "__main__":
    json.dump(asdict(asyncio.run(do(Job(**json.load(sys.stdin))))), sys.stdout)
