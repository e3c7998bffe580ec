"""Slack's limit for messages: one a second a channel, with a little air for a burst."""

from datetime import datetime

from bot.sandbox.errors import RateLimited

BURST = 3


class Pace:
    def __init__(self) -> None:
        self._tokens: dict[str, tuple[float, datetime]] = {}

    def take(self, channel: str, now: datetime) -> None:
        """Counts one message; raises RateLimited when the channel had its share."""
        tokens, since = self._tokens.get(channel, (float(BURST), now))
        tokens = min(float(BURST), tokens + (now - since).total_seconds())
        if tokens < 1:
            raise RateLimited(retry_after=1)
        self._tokens[channel] = (tokens - 1, now)
