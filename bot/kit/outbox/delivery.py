"""Who delivers: claims what is due, has it told, at most so many at once, and as fast as Slack bears.

A notice stays claimed until it is marked or its lease runs out, so whatever stops this process in between, another
one (or this one, later) first looks whether Slack has it, and tells it if not.
"""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

from bot.kit.clock import Clock
from bot.kit.database import DatabaseAway
from bot.kit.metrics import Metrics
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice
from bot.kit.outbox.telling import Teller
from bot.kit.slack.do_not_disturb import DoNotDisturb, SlackIsAway
from bot.kit.worker import LOOK_AGAIN, UnderWay, Worker

AT_ONCE = 20
"""Posts under way at the same time; how many a second there are is up to the pace."""

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
        self._under_way = UnderWay[Notice](outbox.bell)  # also because the next one for the same person may go
        self._worker = Worker("outbox", self._deliver_what_is_due, outbox.bell, metrics)
        self._asking: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Delivers from now on, until it is closed."""
        self._worker.open()

    async def close(self, grace: float) -> None:
        """Claims nothing more, lets what is under way end within `grace` seconds and releases the rest."""
        left = await self._worker.close(grace)
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        released = await self._under_way.end(left)
        with suppress(DatabaseAway):  # then their leases run out
            await self._outbox.release(released)

    async def _deliver_what_is_due(self) -> float:
        free = AT_ONCE - len(self._under_way)
        if free == 0:
            return LOOK_AGAIN
        due, now = await self._outbox.next_due(), self._clock.now()
        turns = [turn for turn, moment in due.items() if moment <= now]
        if not turns:
            return min((*((moment - now).total_seconds() for moment in due.values()), LOOK_AGAIN))
        seconds = asyncio.get_running_loop().time()
        busy = {notice.whom for notice in self._under_way}
        claims = await self._outbox.claim(free, self._pace, seconds, turns, busy)
        for notice in claims.notices:
            self._under_way.begin(notice, self._teller.tell(notice, claimed_at=seconds))
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
