"""Who delivers: claims what is due, has it told, at most so many at once, and as fast as Slack bears.

A notice stays claimed until it is marked or its lease runs out, so whatever stops this process in between, another
one (or this one, later) first looks whether Slack has it, and tells it if not.
"""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

import structlog

from bot.kit.clock import Clock
from bot.kit.database import DatabaseAway
from bot.kit.metrics import Metrics
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.outbox.telling import Teller
from bot.kit.slack.do_not_disturb import DoNotDisturb, SlackIsAway
from bot.kit.slack.errors import new_error_id

log = structlog.get_logger(__name__)

AT_ONCE = 20
"""Posts under way at the same time; how many a second there are is up to the pace."""

LOOK_AGAIN = 3.0
"""Seconds after which it is looked what another process has posted, or left behind."""

ASK_AGAIN = 5.0
"""Seconds until Slack, which is away, is asked again who may be disturbed."""

SHORTEST_WAIT, SHORT_WAIT = 0.01, 0.3
"""Seconds until the next look when something is due: as the pace says, or, when it has nothing to say, a moment."""


class Delivery:
    def __init__(
        self,
        outbox: Outbox,
        teller: Teller,
        do_not_disturb: DoNotDisturb,
        *,
        pace: Pace,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._outbox = outbox
        self._teller = teller
        self._do_not_disturb = do_not_disturb
        self._pace = pace
        self._clock = clock
        self._metrics = metrics
        self._serving: asyncio.Task[None] | None = None
        self._busy: dict[asyncio.Task[None], Notice] = {}
        self._asking: asyncio.Task[None] | None = None
        self._closing = False

    def open(self) -> None:
        """Delivers from now on, until it is closed."""
        self._closing = False
        self._serving = asyncio.create_task(self._serve())

    async def close(self, grace: float) -> None:
        """Claims nothing more, lets what is under way end within `grace` seconds and releases the rest."""
        self._closing = True
        self._outbox.bell.set()
        if self._serving is not None:
            await asyncio.wait([self._serving], timeout=grace)  # not cancelled: what it claims just now is not lost
        for task in (self._serving, self._asking):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        if not self._busy:
            return
        _, late = await asyncio.wait(self._busy, timeout=grace)
        released = [self._busy[task] for task in late]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        with suppress(DatabaseAway):  # then their leases run out
            await self._outbox.release(released)

    async def _serve(self) -> None:
        while not self._closing:
            self._outbox.bell.clear()
            try:
                wait = await self._deliver_what_is_due()
            except DatabaseAway:
                wait = LOOK_AGAIN
            except Exception:
                log.exception("could_not_look_into_the_outbox", error_id=new_error_id())
                self._metrics.errors.labels("outbox").inc()
                wait = LOOK_AGAIN
            if not self._closing:
                await self._rung_within(wait)

    async def _rung_within(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._outbox.bell.wait()
        except TimeoutError:
            return

    async def _deliver_what_is_due(self) -> float:
        """Seconds until there may be something again; what is posted until then rings."""
        free = AT_ONCE - len(self._busy)
        if free == 0:
            return LOOK_AGAIN
        due, now = await self._outbox.next_due(), self._clock.now()
        turns = [turn for turn, moment in due.items() if moment <= now]
        if not turns:
            return min((*((moment - now).total_seconds() for moment in due.values()), LOOK_AGAIN))
        seconds = asyncio.get_running_loop().time()
        busy = {notice.whom for notice in self._busy.values()}
        claims = await self._outbox.claim(free, self._pace, seconds, turns, busy)
        for notice in claims.notices:
            task = asyncio.create_task(self._teller.tell(notice, claimed_at=seconds))
            self._busy[task] = notice
            task.add_done_callback(self._done)
        if claims.to_ask_about and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._ask_about(claims.to_ask_about))
        workspaces, channels = self._pace.resting(asyncio.get_running_loop().time())
        wait = min((*workspaces.values(), *channels.values()), default=SHORT_WAIT)
        return min(max(wait, SHORTEST_WAIT), LOOK_AGAIN)

    async def _ask_about(self, to_ask_about: Mapping[str, Collection[str]]) -> None:
        """Their pushes wait for Slack's answer; answers to others do not."""
        for workspace_id, people in to_ask_about.items():
            try:
                await self._do_not_disturb.ask(workspace_id, people)
            except DatabaseAway:
                return
            except SlackIsAway:
                await asyncio.sleep(ASK_AGAIN)
        self._outbox.bell.set()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._busy.pop(task, None)
        self._outbox.bell.set()  # there is room again, and the next notice for the same person may go
