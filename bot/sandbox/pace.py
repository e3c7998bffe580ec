"""How fast Slack lets the bot call: a tier for every method, and a pace of its own for messages.

The tiers are those of docs.slack.dev/apis/web-api/rate-limits and of each method's page. Slack promises "at least"
so many calls a minute, and this workspace gives no more than that: what passes here passes there.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.errors import RateLimited

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
# Slack's special tiers allow "hundreds" a minute; the number is ours.
HUNDREDS = 600

# Calls a minute for each method of a workspace. chat.postMessage has its own rules, below.
A_MINUTE = {
    "apps.connections.open": TIER_1,
    "assistant.threads.setStatus": HUNDREDS,
    "assistant.threads.setSuggestedPrompts": TIER_3,
    "assistant.threads.setTitle": TIER_3,
    "auth.test": HUNDREDS,
    "bots.info": TIER_3,
    "chat.delete": TIER_3,
    "chat.getPermalink": HUNDREDS,
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "dnd.info": TIER_3,
    "dnd.teamInfo": TIER_2,
    "reactions.add": TIER_3,
    "reactions.get": TIER_3,
    "team.info": TIER_3,
    "usergroups.list": TIER_2,
    "usergroups.users.list": TIER_2,
    "users.conversations": TIER_2,
    "users.getPresence": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}

# Messages: one a second a channel. Slack publishes no cap for the workspace, only "several hundred a minute".
POSTS_PER_SECOND = 5.0
BURST_SECONDS = 2

# "A small amount of burst behaviour is tolerated", in a channel and in tier 1.
BURST = 3

# Seconds and tokens are fractions: what misses a whole by less than this is a whole.
A_HAIR = 1e-6


@dataclass(kw_only=True)
class Bucket:
    """Tokens that come back at a steady rate, up to `size`."""

    size: float
    a_second: float
    tokens: float
    since: datetime

    def wait(self, now: datetime) -> float:
        """Seconds until there is a token; 0 where there is one."""
        passed = max(0.0, (now - self.since).total_seconds())
        self.tokens = min(self.size, self.tokens + passed * self.a_second)
        self.since = now
        missing = 1 - self.tokens
        return missing / self.a_second if missing > A_HAIR else 0.0


class Pace:
    """Counts calls and messages; raises RateLimited, and counts nothing, where one is too many."""

    def __init__(self, now: Callable[[], datetime], posts_per_second: float = POSTS_PER_SECOND) -> None:
        self._now = now
        self._posts_per_second = posts_per_second
        self._buckets: dict[str, Bucket] = {}

    def call(self, method: str) -> None:
        """One call of a method: a minute's worth may come at once."""
        if method in A_MINUTE:
            a_minute = A_MINUTE[method]
            self._take(self._bucket(method, size=max(BURST, a_minute), a_second=a_minute / 60))

    def post(self, channel: str) -> None:
        """One message, which counts for its channel and for the workspace."""
        rate = self._posts_per_second
        self._take(
            self._bucket(channel, size=BURST, a_second=1),
            self._bucket("chat.postMessage", size=max(1, BURST_SECONDS * rate), a_second=rate),
        )

    def _bucket(self, name: str, *, size: float, a_second: float) -> Bucket:
        if name not in self._buckets:
            self._buckets[name] = Bucket(size=size, a_second=a_second, tokens=size, since=self._now())
        return self._buckets[name]

    def _take(self, *buckets: Bucket) -> None:
        now = self._now()
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise RateLimited(retry_after=max(1, math.ceil(wait - A_HAIR)))
        for bucket in buckets:
            bucket.tokens -= 1
