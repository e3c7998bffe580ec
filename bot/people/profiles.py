"""Who somebody is in Slack: asked once, and followed from then on."""

import asyncio
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.database import Database, DatabaseAway
from bot.kit.slack.errors import new_error_id, reason_of
from bot.kit.slack.incoming import User
from bot.kit.working_time.service import WorkingTimes
from bot.kit.working_time.wall_clock import UnknownZone
from bot.people.roles import Standing
from bot.people.service import REMEMBERED, Known, People, Profile

log = structlog.get_logger(__name__)


ASK_AGAIN = 60.0
"""Seconds until Slack is asked again about somebody of whom it did not tell."""


class Profiles:
    def __init__(self, client: AsyncWebClient, database: Database, people: People, working_times: WorkingTimes) -> None:
        """`client`: one that does not let a click wait for long."""
        self._client = client
        self._database = database
        self._people = people
        self._working_times = working_times
        self._meeting: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._asked_at: dict[tuple[str, str], float] = {}

    def listen(self, app: AsyncApp) -> None:
        app.event("user_change")(self.changes)

    async def of(self, workspace_id: str, slack_id: str) -> Known:
        """What is known of somebody, from Slack if need be. Without a standing when Slack does not tell now."""
        known = await self._people.known(workspace_id, slack_id)
        if known.standing is not None:
            return known
        try:
            answer: Any = await self._client.users_info(user=slack_id)
        except SlackApiError as error:
            log.warning("slack_does_not_tell_who_it_is", reason=reason_of(error))
            return known
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("slack_does_not_tell_who_it_is", reason=type(error).__name__)
            return known
        profile = profile_of(User.model_validate(answer["user"]), workspace_id)
        known = await self._people.meets(workspace_id, profile)
        if profile.zone is not None:
            await self._moves(workspace_id, slack_id, profile.zone)
        return known

    async def meet(self, workspace_id: str, slack_id: str) -> None:
        """Asks Slack in the background who it is, when nobody has asked yet: they need not wait for that."""
        key, now = (workspace_id, slack_id), asyncio.get_running_loop().time()
        if now - self._asked_at.get(key, -ASK_AGAIN) < ASK_AGAIN:
            return
        if (await self._people.known(*key)).standing is None:
            if len(self._asked_at) >= REMEMBERED:
                self._asked_at.clear()
            self._asked_at[key] = now
            task = self._meeting[key] = asyncio.create_task(self._meet(workspace_id, slack_id))
            task.add_done_callback(lambda _: self._meeting.pop(key, None))

    async def _meet(self, workspace_id: str, slack_id: str) -> None:
        try:
            await self.of(workspace_id, slack_id)
        except DatabaseAway:
            return
        except Exception:
            log.exception("could_not_meet", error_id=new_error_id())

    async def close(self) -> None:
        """Whom we were about to meet we meet another time."""
        for task in list(self._meeting.values()):
            task.cancel()
        await asyncio.gather(*self._meeting.values(), return_exceptions=True)

    async def changes(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Of somebody who was never here nothing is kept."""
        workspace_id, profile = str(body["team_id"]), profile_of(User.model_validate(event["user"]), body["team_id"])
        known = await self._people.known(workspace_id, profile.slack_id)
        if not known.is_here:
            return
        await self._people.meets(workspace_id, profile)
        if profile.zone is not None and profile.zone != known.zone:
            await self._moves(workspace_id, profile.slack_id, profile.zone)

    async def _moves(self, workspace_id: str, slack_id: str, zone: str) -> None:
        try:
            async with self._database.writing() as session:
                await self._working_times.moves(session, workspace_id, slack_id, zone)
        except UnknownZone:
            log.warning("unknown_time_zone", zone=zone)


def profile_of(user: User, workspace_id: str) -> Profile:
    standing = _standing(user, workspace_id)
    is_slack_admin = standing is Standing.MEMBER and (user.is_admin or user.is_owner)
    return Profile(user.id, standing=standing, zone=user.tz, is_slack_admin=is_slack_admin)


def _standing(user: User, workspace_id: str) -> Standing:
    if user.deleted:
        return Standing.GONE
    if user.is_bot:
        return Standing.BOT
    if user.is_stranger or user.team_id not in {workspace_id, None}:
        return Standing.OUTSIDER
    return Standing.GUEST if user.is_restricted or user.is_ultra_restricted else Standing.MEMBER
