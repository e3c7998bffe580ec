"""`acht` as a process of its own, as it runs in earnest."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.kit.clock import SystemClock
from bot.sandbox.delivery import SignedHttp
from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack


@dataclass
class Process:
    """A running `acht`, and what it logs (empty for what was read through `communicate`)."""

    process: asyncio.subprocess.Process
    port: int = 0
    log: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    said: list[str] = field(default_factory=list[str])
    _reading: asyncio.Task[None] | None = None

    async def started(self) -> None:
        """Reads its log from now on, and waits until it says that it has started."""
        has_started = asyncio.Event()
        self._reading = asyncio.create_task(self._read(has_started))
        async with asyncio.timeout(30):
            await has_started.wait()
        assert self.port, "it ended before it had started"

    async def _read(self, has_started: asyncio.Event) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            self.said.append(line.decode())
            if line.startswith(b"{"):
                self.log.append(json.loads(line))
                if self.log[-1]["event"] == "started":
                    self.port = int(self.log[-1]["port"])
                    has_started.set()
        has_started.set()

    def logged(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.log if line["event"] == event]

    async def get(self, path: str) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}{path}") as response,
        ):
            return response.status, await response.text()

    async def told(self, sign: signal.Signals) -> int:
        """Its exit status, once it has ended."""
        self.process.send_signal(sign)
        async with asyncio.timeout(15):
            return await self.process.wait()

    async def ended(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        if self._reading is None:
            await self.process.communicate()
        else:
            await self._reading
            await self.process.wait()


@asynccontextmanager
async def acht(command: str, settings: dict[str, str], *options: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command, *options,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **settings},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    running = Process(process)
    try:
        yield running
    finally:
        await running.ended()


async def output_of(command: str, settings: dict[str, str], *options: str) -> tuple[int, str]:
    """Its exit status, and all that it said."""
    async with acht(command, settings, *options) as running:
        out, err = await asyncio.wait_for(running.process.communicate(), 30)
        return running.process.returncode or 0, (out + err).decode()


def over_http(slack: LocalSlack, port: int) -> SignedHttp:
    """Slack's own way to a bot that listens on this port: with a signature, and again when it is not answered."""
    url, secret = f"http://127.0.0.1:{port}/slack/events", slack.workspace.signing_secret
    return SignedHttp(url, secret, now=SystemClock().now)


def hands_over_http(slack: LocalSlack, port: int) -> Hands:
    return Hands(slack.workspace, over_http(slack, port), slack.url)
