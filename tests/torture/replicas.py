"""Processes of `acht run` that are killed, and started again at once."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.sandbox.delivery import Answer, Insistent, Kind, Retry
from bot.sandbox.records import Json
from bot.sandbox.server import LocalSlack
from tests.processes import Process, acht, over_http


class Replica:
    """A place in which one process lives after the other."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.lives: list[Process] = []
        self._settings = dict(settings)
        self._started = asyncio.Event()

    @property
    def port(self) -> int:
        """Where the last one listens, or listened; 0 before the first has started."""
        return next((process.port for process in reversed(self.lives) if process.port), 0)

    async def started(self) -> None:
        await self._started.wait()

    async def live(self) -> None:
        """Starts the next whenever one was killed. None may end in any other way."""
        while True:
            async with acht("run", self._settings) as process:
                self.lives.append(process)
                with suppress(AssertionError):  # killed before it had started
                    await process.started()
                    self._started.set()
                status = await process.process.wait()
            assert status == -signal.SIGKILL, f"it ended by itself: {process.said[-20:]}"

    def kill(self) -> bool:
        """With SIGKILL, wherever it is. False when it is dead already, and the next has not come yet."""
        self._started.clear()
        with suppress(ProcessLookupError):
            if self.lives[-1].process.returncode is None:
                self.lives[-1].process.kill()
                return True
        return False

    def logged_of(self, notice: int) -> list[dict[str, Any]]:
        return [line for process in self.lives for line in process.log if line.get("notice") == notice]


@asynccontextmanager
async def living(settings: Mapping[str, str], number: int) -> AsyncIterator[Sequence[Replica]]:
    """So many, all of them started; the test ends when one of them ends without having been killed."""
    async with asyncio.TaskGroup() as group:
        replicas = [Replica(settings) for _ in range(number)]
        lives = [group.create_task(replica.live()) for replica in replicas]
        await all_started(replicas)
        yield replicas
        for life in lives:
            life.cancel()


async def all_started(replicas: Sequence[Replica]) -> None:
    async with asyncio.timeout(60):
        await asyncio.gather(*(replica.started() for replica in replicas))


class ToAny(Insistent):
    """As a load balancer does it: an event goes to any of them, dead or alive, and again to one that is there."""

    def __init__(self, slack: LocalSlack, replicas: Sequence[Replica], chance: random.Random) -> None:
        super().__init__(slack.faults)
        self._slack = slack
        self._replicas = replicas
        self._chance = chance

    @property
    def acknowledged(self) -> set[str]:
        """The ts of every message that the bot was told of, and said so."""
        return {attempt.payload["event"]["ts"] for attempt in self.log if attempt.answer.acknowledged}

    async def _send(self, kind: Kind, payload: Json, retry: Retry | None) -> Answer:
        replica = self._chance.choice(self._replicas)
        if retry:
            await replica.started()
        return await over_http(self._slack, replica.port)._send(kind, payload, retry)
