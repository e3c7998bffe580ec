"""Errors, in one place: a log line with an id, and one polite sentence with that id for the person.

Events are not acknowledged when something unexpected happens, so that Slack sends
them again; a command, click or modal is, because its person gets the sentence instead.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.kit.database import DatabaseAway
from bot.kit.i18n import Words
from bot.kit.metrics import Metrics
from bot.kit.slack import blocks as b

log = structlog.get_logger(__name__)


REFUSED_TOKEN = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"})
"""Slack's words for a token that will not work however often it is tried."""


@dataclass(frozen=True)
class Refusal:
    """Slack's answer to a call that it did not do: its HTTP status, its own word for why, when to come back."""

    status: int
    reason: str
    retry_after: float


def refusal_of(error: SlackApiError) -> Refusal:
    response: Any = error.response  # pyright: ignore[reportUnknownVariableType]
    if not hasattr(response, "status_code"):  # an answer that is no JSON at all: something between us and Slack
        return Refusal(response.status, "unreadable", 1)
    retry_after = str(response.headers.get("Retry-After") or response.headers.get("retry-after") or "")
    return Refusal(
        response.status_code,
        str(response.get("error") or "no_reason"),
        float(retry_after) if retry_after.isdigit() else 1,
    )


def reason_of(error: SlackApiError) -> str:
    """Slack's own word for why it refused, such as `channel_not_found`."""
    return refusal_of(error).reason


class Refused(Exception):
    """Something that is not done, for a reason that fits in one polite sentence. Nothing is wrong."""

    def said(self, _: Words) -> str:
        raise NotImplementedError


def new_error_id() -> str:
    return secrets.token_hex(4)


def catch_errors(app: AsyncApp, metrics: Metrics, words_for: Callable[[str, str], Awaitable[Words]]) -> None:
    """`words_for(workspace, person)` gives the language in which a person is told; it may not fail."""

    async def on_error(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        if isinstance(error, Refused):
            _ = await words_for(context.team_id or "", context.user_id or "")
            return await _tell(error.said(_), body, context, _)
        error_id = new_error_id()
        kind = body.get("type") or "command"
        metrics.errors.labels("request").inc()
        if isinstance(error, DatabaseAway):
            log.warning("request_turned_away", error_id=error_id, kind=kind)  # the database has its own line
        else:
            log.error("request_failed", error_id=error_id, kind=kind, exc_info=error)
        if kind == "event_callback":
            return BoltResponse(status=503)
        _ = await words_for(context.team_id or "", context.user_id or "")
        sentence = _not_now if isinstance(error, DatabaseAway) else unexpected
        return await _tell(sentence(error_id, _), body, context, _)

    app.error(on_error)


def unexpected(error_id: str, _: Words) -> str:
    """The one polite sentence for what nobody foresaw."""
    return _(
        "Sorry, something went wrong here. It has been noted; if it keeps happening, give your administrator this"
        " number: {error_id}",
        error_id=error_id,
    )


def _not_now(error_id: str, _: Words) -> str:
    return _(
        "I can't keep this right now. Please try again in a minute; if it keeps happening, give your administrator this"
        " number: {error_id}",
        error_id=error_id,
    )


async def _tell(text: str, body: dict[str, Any], context: AsyncBoltContext, _: Words) -> BoltResponse:
    """Where the person looks: in the modal, under the command, beside the button, else in their messages."""
    if body.get("type") == "view_submission":
        view = b.modal(_("That didn't work"), [b.section(b.escaped(text))], callback_id="kit.error", close=_("Close"))
        return BoltResponse(status=200, body={"response_action": "update", "view": view})
    if body.get("command"):
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": b.escaped(text)})
    try:
        if context.response_url and context.respond:
            await context.respond(text=b.escaped(text), response_type="ephemeral", replace_original=False)
        elif context.user_id:
            await context.client.chat_postMessage(channel=context.user_id, text=b.escaped(text))
    except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
        log.warning("could_not_tell", reason=type(error).__name__)
    return BoltResponse(status=200, body="")
