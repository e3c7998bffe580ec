"""Who does not want to be disturbed now, as Slack knows it: asked before a push, and heard when it changes."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.slack.errors import reason_of
from bot.kit.working_time.service import WorkingTimes

log = structlog.get_logger(__name__)

NOT_OURS_TO_KNOW = {"missing_scope", "user_not_visible", "no_users_provided", "not_allowed_token_type"}

AT_ONCE = 50
"""People in one call, says Slack."""


class SlackIsAway(Exception):
    """Slack could not be asked: later again."""


Interval = tuple[datetime, datetime] | None


class DoNotDisturb:
    def __init__(self, client: AsyncWebClient, database: Database, working_times: WorkingTimes, clock: Clock) -> None:
        self._client = client
        self._database = database
        self._working_times = working_times
        self._clock = clock

    async def ask(self, workspace_id: str, people: Collection[str]) -> None:
        """Asks Slack for some of these people and writes it down. What Slack does not tell holds nothing up.

        Raises SlackIsAway.
        """
        asked = sorted(people)[:AT_ONCE]
        try:
            answer: Any = await self._client.dnd_teamInfo(users=asked)
            told: dict[str, Any] = answer.get("users") or {}
        except SlackApiError as error:
            if reason_of(error) not in NOT_OURS_TO_KNOW:
                raise SlackIsAway from None
            log.warning("no_word_on_do_not_disturb", workspace=workspace_id, reason=reason_of(error))
            told = {}
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise SlackIsAway from None
        seen = {person: _interval(told.get(person, {})) for person in asked}
        async with self._database.writing() as session:
            await self._working_times.note_do_not_disturb(session, workspace_id, seen, self._clock.now())

    def listen(self, app: AsyncApp) -> None:
        app.event("dnd_updated_user")(self.changes)

    async def changes(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Slack tells of everybody; of whom we know no working time, nothing is kept."""
        interval = _interval(event["dnd_status"])
        async with self._database.writing() as session:
            await self._working_times.do_not_disturb_changes(
                session, str(body["team_id"]), str(event["user"]), interval, self._clock.now()
            )


def _interval(status: dict[str, Any]) -> Interval:
    """From and until. Slack gives the one that is going on, or the next."""
    if not status.get("dnd_enabled"):
        return None
    begins, ends = (datetime.fromtimestamp(int(status.get(f"next_dnd_{at}_ts") or 0), UTC) for at in ("start", "end"))
    return (begins, ends) if begins < ends else None
