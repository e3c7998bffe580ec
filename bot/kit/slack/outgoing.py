"""What the bot says, and the one place that says it through the Web API."""

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.slack.blocks import Block


@dataclass(frozen=True)
class Said:
    """A message: blocks to look at, and a text that says the same to a notification or a screen reader.

    `text` is markup: what people wrote in it is escaped.
    """

    text: str
    blocks: list[Block] = field(default_factory=list[Block])

    def as_arguments(self) -> dict[str, Any]:
        return {"text": self.text, "blocks": self.blocks}


@dataclass(frozen=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str


class LinkExpired(Exception):
    """A response_url that Slack does not take: 30 minutes have gone, it was used five times, or not now."""


class Mouth:
    """Posts, with a client that tries nothing again, because a retried post is said twice.

    `patient`: a client that does, to look something up with.
    """

    def __init__(self, client: AsyncWebClient, patient: AsyncWebClient, http: aiohttp.ClientSession) -> None:
        self._client = client
        self._patient = patient
        self._http = http

    async def post(self, channel: str, said: Said, *, thread_ts: str | None = None, mark: str | None = None) -> Posted:
        """In a channel, or, given a person's id, in their conversation with the bot. Raises SlackApiError.

        `mark`: something that only we see, to find the message by.
        """
        posted: Any = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            metadata=_metadata(mark) if mark else None,
            **said.as_arguments(),
        )
        return Posted(str(posted["channel"]), str(posted["ts"]))

    async def update(self, posted: Posted, said: Said, *, mark: str) -> None:
        """Something else in place of what was said. Raises SlackApiError."""
        await self._client.chat_update(
            channel=posted.channel, ts=posted.ts, metadata=_metadata(mark), **said.as_arguments()
        )

    async def find(self, channel: str, mark: str, since: datetime, *, thread_ts: str | None = None) -> Posted | None:
        """A message that was posted with this mark, where `post` was asked to put it. Raises SlackApiError."""
        if channel.startswith(("U", "W")):
            opened: Any = await self._patient.conversations_open(users=channel)
            channel = str(opened["channel"]["id"])
        look: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "limit": 200,
            "include_all_metadata": True,
        }
        while True:
            said: Any = await (
                self._patient.conversations_replies(ts=thread_ts, **look)
                if thread_ts
                else self._patient.conversations_history(**look)
            )
            for message in said["messages"]:
                if message.get("metadata") == _metadata(mark):
                    return Posted(channel, str(message["ts"]))
            look["cursor"] = (said.get("response_metadata") or {}).get("next_cursor")
            if not look["cursor"]:
                return None

    async def reply(self, response_url: str, said: Said) -> None:
        """Only visible to the one who typed the command or clicked. Raises LinkExpired.

        Always a new message: Slack does not let a command's first response be replaced.
        """
        body = {"response_type": "ephemeral", "replace_original": False, **said.as_arguments()}
        async with self._http.post(response_url, json=body) as response:
            taken = response.status == HTTPStatus.OK and '"ok":false' not in (await response.text()).replace(" ", "")
        if not taken:
            raise LinkExpired

    async def show_status(self, channel: str, thread_ts: str, status: str) -> None:
        """“Acht is …” under the thread, until the next message. Only a courtesy: a refusal changes nothing."""
        try:
            await self._client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread_ts, status=status)
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            return


def _metadata(mark: str) -> dict[str, Any]:
    return {"event_type": "acht_notice", "event_payload": {"notice": mark}}
