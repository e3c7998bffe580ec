"""Bolt, set up the way this house uses it."""

import logging
from collections.abc import Sequence

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient


def patience() -> list[AsyncRetryHandler]:
    """For calls that may take their time and may be made twice."""
    return [
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
        AsyncConnectionErrorRetryHandler(),
        AsyncServerErrorRetryHandler(),
    ]


def quiet() -> logging.Logger:
    """A logger for Bolt that keeps its warnings and drops the rest: its verifier logs whole bodies at INFO."""
    logger = logging.getLogger("bolt")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_is_news)
    return logger


def web_client(
    token: str, api_url: str, session: aiohttp.ClientSession, retry: Sequence[AsyncRetryHandler] = ()
) -> AsyncWebClient:
    """A client on one pooled session; the session's timeout counts, the SDK's own is ignored then.

    Without `retry` it does not try again: for posts, because Slack may have taken the message before the connection
    broke, and it would be said twice; for what is opened within a click, because the click cannot wait.
    """
    return AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=list(retry))


class Workspaces:
    """Who the bot is in a workspace: asked of Slack once, remembered from then on.

    One workspace now, with the token from the environment; many would come through OAuth by this same door.
    """

    def __init__(self, client: AsyncWebClient, token: str) -> None:
        self._client = client
        self._token = token
        self._known: dict[str, AuthorizeResult] = {}

    async def greet(self) -> AuthorizeResult:
        """Asks Slack whether it takes the token. Raises SlackApiError or a connection error."""
        if "" not in self._known:
            self._known[""] = await self._ask()
        return self._known[""]

    @property
    def is_accepted(self) -> bool:
        return "" in self._known

    @property
    def name(self) -> str | None:
        """None until Slack has answered."""
        return self._known[""].team if self.is_accepted else None

    async def of(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """None for a workspace that the token does not belong to."""
        known = await self.greet()
        is_ours = team_id in {known.team_id, None} or enterprise_id == known.enterprise_id is not None
        return known if is_ours else None

    async def _ask(self) -> AuthorizeResult:
        said = await self._client.auth_test()
        return AuthorizeResult.from_auth_test_response(auth_test_response=said, bot_token=self._token)


def build(workspaces: Workspaces, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """An app that acknowledges after its listener has run: what must not be lost is saved by then."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return await workspaces.of(enterprise_id, team_id)

    return AsyncApp(
        client=client,
        authorize=authorize,  # pyright: ignore[reportArgumentType] — None is allowed: not our workspace
        signing_secret=signing_secret,
        process_before_response=True,
        logger=quiet(),
        attaching_function_token_enabled=False,
    )


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt warns that it leaves the token in the environment alone, which is what we ask of it."""
    return "(or SLACK_BOT_TOKEN env variable) will be ignored" not in record.getMessage()
