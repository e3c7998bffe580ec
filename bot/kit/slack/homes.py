"""Home tabs that are kept up to date: whoever changes something sees it there at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.database import DatabaseAway
from bot.kit.slack.errors import new_error_id, refusal_of

log = structlog.get_logger(__name__)

AGAIN_AFTER, LONGEST_WAIT = 3.0, 60.0
"""Seconds until a tab that could not be shown is tried once more: as Slack says, but not for ever."""

Compose = Callable[[str, str], Awaitable[dict[str, Any]]]
"""Makes the Home tab of a person in a workspace."""


class Homes:
    def __init__(self, client: AsyncWebClient, compose: Compose) -> None:
        self._client = client
        self._compose = compose
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        """Of those whose tab is being published; who has no turn any more is forgotten."""
        self._publishing: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._changed_meanwhile: set[tuple[str, str]] = set()

    async def publish(self, workspace_id: str, slack_id: str) -> None:
        """Composed now, and shown. Raises SlackApiError, DatabaseAway.

        One after the other for one person, so that the newest is what stays.
        """
        turn = self._turns.setdefault((workspace_id, slack_id), asyncio.Lock())
        async with turn:
            view = await self._compose(workspace_id, slack_id)
            await self._client.views_publish(user_id=slack_id, view=view)

    def changed(self, workspace_id: str, slack_id: str) -> None:
        """Something that their Home tab shows is different now: it is published again, in the background.

        However often that is while it is being published, it is once more after that.
        """
        key = (workspace_id, slack_id)
        if key in self._publishing:
            self._changed_meanwhile.add(key)
            return
        task = self._publishing[key] = asyncio.create_task(self._publish_again(workspace_id, slack_id))
        task.add_done_callback(lambda _: self._done(key))

    def _done(self, key: tuple[str, str]) -> None:
        del self._publishing[key]
        if key in self._changed_meanwhile:
            self._changed_meanwhile.discard(key)
            self.changed(*key)

    async def _publish_again(self, workspace_id: str, slack_id: str) -> None:
        """When it does not succeed the second time either, the tab is fresh again as soon as it is opened."""
        wait = await self._try(workspace_id, slack_id)
        if wait is not None:
            await asyncio.sleep(wait)
            self._changed_meanwhile.discard((workspace_id, slack_id))  # it is composed anew, and holds that too
            await self._try(workspace_id, slack_id)

    async def _try(self, workspace_id: str, slack_id: str) -> float | None:
        """Seconds until it is worth another try; None when it is shown, or nothing helps."""
        try:
            await self.publish(workspace_id, slack_id)
        except SlackApiError as error:
            refusal = refusal_of(error)
            log.warning("home_not_published", reason=refusal.reason)
            return min(max(AGAIN_AFTER, refusal.retry_after), LONGEST_WAIT)
        except (aiohttp.ClientError, TimeoutError, OSError, DatabaseAway) as error:
            log.warning("home_not_published", reason=type(error).__name__)
            return AGAIN_AFTER
        except Exception:
            log.exception("home_not_published", error_id=new_error_id())
        return None

    async def close(self) -> None:
        """What was not shown yet is shown when the tab is opened."""
        self._changed_meanwhile.clear()
        for task in list(self._publishing.values()):
            task.cancel()
        await asyncio.gather(*self._publishing.values(), return_exceptions=True)
