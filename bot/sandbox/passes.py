"""What Slack hands out for one use or a short time: trigger ids and response urls."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import SlackError

TRIGGER_LIVES = timedelta(seconds=3)
RESPONSE_URL_LIVES = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass(kw_only=True)
class Trigger:
    user: str
    issued: datetime
    used: bool = False


@dataclass(kw_only=True)
class ResponsePass:
    """Where an answer to a response url goes: whose action it was, and on which message."""

    channel: str
    user: str
    issued: datetime
    message_ts: str | None = None
    uses: int = 0


class Passes:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponsePass] = {}

    def issue_trigger(self, user: str) -> str:
        """A trigger id, good for one view within three seconds."""
        trigger_id = f"{int(self._now().timestamp())}.{len(self._triggers) + 1}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user=user, issued=self._now())
        return trigger_id

    def redeem_trigger(self, trigger_id: str) -> str:
        """The person whose action the trigger stands for; raises SlackError if it is unknown, used or old."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._now() - trigger.issued > TRIGGER_LIVES:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def issue_response(self, *, channel: str, user: str, message_ts: str | None = None) -> str:
        """The token at the end of a response url: five answers within half an hour."""
        token = secrets.token_urlsafe(18)
        self._responses[token] = ResponsePass(channel=channel, user=user, issued=self._now(), message_ts=message_ts)
        return token

    def redeem_response(self, token: str) -> ResponsePass:
        """Where the answer goes; raises SlackError when the url is unknown, spent or expired."""
        response = self._responses.get(token)
        if response is None:
            raise SlackError("invalid_url")
        if self._now() - response.issued > RESPONSE_URL_LIVES:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response
