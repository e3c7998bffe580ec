"""What a channel is now: asked of Slack within a click, before anything is set up there."""

import asyncio
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.i18n import Words
from bot.kit.slack.errors import Refused, reason_of
from bot.kit.slack.incoming import Conversation
from bot.teams import views

log = structlog.get_logger(__name__)

TOLD_WITHIN = 2.0
"""Seconds for all that is asked, so that the click is answered within Slack's three."""

NO_PLACE = {"channel_not_found", "not_in_channel", "is_archived"}

ONE_PAGE = 200
"""Members in one answer; Slack advises against more."""


class NoPlaceToPost(Refused):
    """The channel is archived or gone, or the bot is not in it."""

    def said(self, _: Words) -> str:
        return views.no_place_to_post(_)


class NotInTheChannel(Refused):
    """The channel is private, and who wants to set it up is not in it."""

    def said(self, _: Words) -> str:
        return views.not_in_the_channel(_)


async def name_of(client: AsyncWebClient, channel_id: str) -> str:
    """Empty where Slack does not tell in time: then the lead gives the team its name."""
    try:
        return (await _asked(client, channel_id)).name
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("no_name_of_the_channel", reason=type(error).__name__)
        return ""


async def check(client: AsyncWebClient, channel_id: str, person: str, *, is_new: bool) -> None:
    """Whether this person's first post can be posted there. `is_new`: it is no team yet.

    When Slack does not tell in time, it is set up all the same: a first post that fails comes again with the next
    change. Raises NoPlaceToPost, NotInTheChannel.
    """
    try:
        async with asyncio.timeout(TOLD_WITHIN):
            channel = await _asked(client, channel_id)
            if channel.is_archived or not channel.is_member:
                raise NoPlaceToPost
            # In a public one everybody may be. Of a team that is there it was decided before who may change it.
            if is_new and channel.is_private and not await _is_in(client, channel_id, person):
                raise NotInTheChannel
    except SlackApiError as error:
        if reason_of(error) in NO_PLACE:
            raise NoPlaceToPost from None
        log.warning("channel_not_looked_at", reason=reason_of(error))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("channel_not_looked_at", reason=type(error).__name__)


async def _asked(client: AsyncWebClient, channel_id: str) -> Conversation:
    answer: Any = await client.conversations_info(channel=channel_id)
    return Conversation.model_validate(answer["channel"])


async def _is_in(client: AsyncWebClient, channel_id: str, person: str) -> bool:
    """Slack tells it only as a list of all members. In one that is longer than a page it is taken on trust, because a
    click has no time for more: the button stands in the channel, where only those see it who were in it."""
    answer: Any = await client.conversations_members(channel=channel_id, limit=ONE_PAGE)
    more: dict[str, str] = answer.get("response_metadata") or {}
    return person in answer["members"] or bool(more.get("next_cursor"))
