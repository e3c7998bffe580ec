"""Who is in the channels of teams: asked of Slack when a team is set up, at the start, and every hour.

In between Slack tells who comes and goes (`channels.py`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.metrics import Metrics
from bot.kit.slack.errors import refusal_of
from bot.kit.slack.incoming import Conversation
from bot.kit.worker import LOOK_AGAIN, Worker
from bot.teams.reading import Readings, Taken
from bot.teams.rules import Standing
from bot.teams.service import Teams

log = structlog.get_logger(__name__)

PAGE = 200
"""Members in one answer. Slack advises against more; each page is a short transaction, and progress that can be seen.
At a hundred pages a minute, which Slack lets us ask for, a channel of 10,000 is read in half a minute."""

AFTER_A_REFUSAL, AFTER_SILENCE = 300.0, 60.0
"""Seconds until Slack is asked again about a team of which it would not, or could not, tell."""

TOO_FAST = {"ratelimited", "rate_limited"}
NOT_IN_IT = {"channel_not_found", "not_in_channel"}


class Membership:
    def __init__(
        self,
        teams: Teams,
        client: AsyncWebClient,
        database: Database,
        clock: Clock,
        metrics: Metrics,
        *,
        changed: Callable[[str, str], None],
        profiles_wanted: Callable[[str], Awaitable[None]],
    ) -> None:
        """`client`: one that may take its time. `changed(workspace, person)`: their Home tab shows something else now.
        `profiles_wanted(workspace)`: there are people of whom nothing is known."""
        self._teams = teams
        self._client = client
        self._database = database
        self._clock = clock
        self._changed = changed
        self._profiles_wanted = profiles_wanted
        self._readings = Readings(database, clock, teams.members)
        self._worker = Worker("membership", self.read_next, teams.bell, metrics)
        self._is_begun = False
        self._rests_until = 0.0
        self._own_id: str | None = None

    def open(self) -> None:
        """Reads every team now, and whatever is due from then on."""
        self._is_begun = False
        self._worker.open()

    async def close(self, grace: float) -> None:
        """The page under way may still come, within `grace` seconds."""
        await self._worker.close(grace)

    async def read_next(self) -> float:
        """One page of one team. Seconds until there may be another to read."""
        if not self._is_begun:
            async with self._database.writing() as session:
                await self._readings.all_due(session)
            self._is_begun = True
        now = asyncio.get_running_loop().time()
        if now < self._rests_until:
            return self._rests_until - now
        taken = await self._readings.take()
        if taken is None:
            due = await self._readings.next_due()
            return min(LOOK_AGAIN, max(0.0, (due - self._clock.now()).total_seconds())) if due else LOOK_AGAIN
        try:
            await self._read(taken)
        except SlackApiError as error:
            await self._refused(taken, error)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("members_not_read", reason=type(error).__name__)
            self._rest(LOOK_AGAIN)
            await self._readings.later(taken, AFTER_SILENCE)
        return 0

    async def _read(self, taken: Taken) -> None:
        if taken.cursor is None and not await self._is_there(taken):
            return
        if self._own_id is None:
            own: Any = await self._client.auth_test()
            self._own_id = str(own["user_id"])
        answer: Any = await self._client.conversations_members(
            channel=taken.channel_id, limit=PAGE, cursor=taken.cursor
        )
        people = [str(person) for person in answer["members"] if person != self._own_id]
        more: dict[str, str] = answer.get("response_metadata") or {}
        progress = await self._readings.page(taken, people, more.get("next_cursor") or None)
        if progress is None or not taken.is_first_reading:
            return
        if progress.is_done:
            await self._profiles_wanted(taken.workspace_id)
        if progress.is_done or progress.passed_a_quarter:
            for lead in progress.leads:
                self._changed(taken.workspace_id, lead)

    async def _is_there(self, taken: Taken) -> bool:
        """Whether there is a channel to read, with the bot in it; what became of it meanwhile has its consequences."""
        answer: Any = await self._client.conversations_info(channel=taken.channel_id, include_num_members=True)
        channel = Conversation.model_validate(answer["channel"])
        place = (taken.workspace_id, taken.channel_id)
        if channel.is_archived or not channel.is_member:
            await (self._teams.archived(*place) if channel.is_archived else self._teams.removed(*place))
            await self._readings.nothing_to_read(taken)
            return False
        if taken.standing is not Standing.ACTIVE:
            await self._teams.found_again(*place)
            return False  # it is due at once, and taken anew
        await self._readings.described(taken, channel.name, channel.num_members)
        return True

    async def _refused(self, taken: Taken, error: SlackApiError) -> None:
        refusal = refusal_of(error)
        place = (taken.workspace_id, taken.channel_id)
        if refusal.reason in TOO_FAST or refusal.status == 429:
            self._rest(refusal.retry_after)
            await self._readings.later(taken, refusal.retry_after)
        elif refusal.reason in NOT_IN_IT:
            await self._teams.removed(*place)
            await self._readings.nothing_to_read(taken)
        elif refusal.reason == "is_archived":
            await self._teams.archived(*place)
            await self._readings.nothing_to_read(taken)
        elif refusal.reason == "invalid_cursor":
            await self._readings.anew(taken)
        else:
            log.warning("members_not_read", reason=refusal.reason)
            self._rest(LOOK_AGAIN)
            await self._readings.later(taken, AFTER_A_REFUSAL)

    def _rest(self, seconds: float) -> None:
        """Nothing is asked of Slack until then."""
        self._rests_until = asyncio.get_running_loop().time() + seconds
