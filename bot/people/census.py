"""Everybody's profile, read page by page: what changed in Slack while nobody listened is caught up."""

from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.slack.errors import reason_of
from bot.kit.slack.incoming import User
from bot.people.profiles import profile_of
from bot.people.register import Register

log = structlog.get_logger(__name__)

PAGE = 500
"""Profiles in one answer: Slack gives at most 1,000, of which a page is some megabytes."""


class Census:
    def __init__(self, client: AsyncWebClient, register: Register) -> None:
        self._client = client
        self._register = register

    async def go_on(self) -> None:
        """Reads one page where one is due."""
        page = await self._register.due()
        if page is None:
            return
        try:
            answer: Any = await self._client.users_list(limit=PAGE, cursor=page.cursor)
        except SlackApiError as error:
            log.warning("profiles_not_read", workspace=page.workspace_id, reason=reason_of(error))
            if reason_of(error) == "invalid_cursor":
                await self._register.lost(page)
            return  # it is due again in a minute
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("profiles_not_read", workspace=page.workspace_id, reason=type(error).__name__)
            return
        users = [User.model_validate(user) for user in answer["members"]]
        more: dict[str, str] = answer.get("response_metadata") or {}
        profiles = [profile_of(user, page.workspace_id) for user in users]
        await self._register.counted(page, profiles, next_page=more.get("next_cursor") or None)
