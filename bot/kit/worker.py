"""Who works in the background: round after round does what is due, and ends well when told to.

What is to be done stands in a table, so whatever stops a worker, the next round (or another process) does it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, Generic, TypeVar

import structlog

from bot.kit.database import DatabaseAway
from bot.kit.metrics import Metrics
from bot.kit.slack.errors import new_error_id

log = structlog.get_logger(__name__)

LOOK_AGAIN = 3.0
"""Seconds after which it is looked what another process has saved or left behind, or whether the database is back."""

Work = Callable[[], Awaitable[float]]
"""Does what is due. Seconds until there may be something again; what comes until then rings the bell."""

T = TypeVar("T")


class Worker:
    def __init__(self, name: str, work: Work, bell: asyncio.Event, metrics: Metrics) -> None:
        """`name`: what its errors are counted under."""
        self._name = name
        self._work = work
        self._bell = bell
        self._metrics = metrics
        self._serving: asyncio.Task[None] | None = None
        self._closing = False

    def open(self) -> None:
        """Works from now on, until it is closed."""
        self._closing = False
        self._serving = asyncio.create_task(self._serve())

    async def close(self, grace: float) -> float:
        """Begins no new round, and lets the one under way end within `grace` seconds. What is left of these: for what
        the rounds have begun, so that all of it together ends in time."""
        loop = asyncio.get_running_loop()
        until = loop.time() + grace
        self._closing = True
        self._bell.set()
        if self._serving is not None:
            await asyncio.wait([self._serving], timeout=grace)  # not cancelled: what it takes just now is not lost
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
        return max(0.0, until - loop.time())

    async def _serve(self) -> None:
        while not self._closing:
            self._bell.clear()
            wait = await self._round()
            if not self._closing:
                await self._rung_within(wait)

    async def _round(self) -> float:
        try:
            return await self._work()
        except DatabaseAway:
            return LOOK_AGAIN
        except Exception:
            log.exception("worker_failed", error_id=new_error_id(), worker=self._name)
            self._metrics.errors.labels(self._name).inc()
            return LOOK_AGAIN

    async def _rung_within(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return


class UnderWay(Generic[T]):
    """What a worker has taken and is busy with, each thing as a task of its own."""

    def __init__(self, bell: asyncio.Event) -> None:
        """The bell is rung when one is done: there is room again."""
        self._bell = bell
        self._tasks: dict[asyncio.Task[None], T] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def __iter__(self) -> Iterator[T]:
        return iter(self._tasks.values())

    def begin(self, thing: T, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks[task] = thing
        task.add_done_callback(self._done)

    async def end(self, grace: float) -> list[T]:
        """Lets them end within `grace` seconds. The others are cancelled: these are to be given back."""
        if not self._tasks:
            return []
        _, late = await asyncio.wait(self._tasks, timeout=grace)
        given_back = [self._tasks[task] for task in late]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return given_back

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (error := task.exception()):
            log.error("work_under_way_failed", exc_info=error)
        self._bell.set()
