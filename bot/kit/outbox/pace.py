"""How fast we may post: once a second in a channel, and in a workspace as fast as Slack has shown to bear.

Slack tells the limit of a channel, but not that of a workspace. So the pace grows until Slack says that it is too
much (429); then it halves, and comes back slowly to just under what was too much. From there it tries a little more
only now and then. Times are seconds of a clock that never goes back.
"""

import math
from dataclasses import dataclass

CHANNEL_RATE = 1.0
CHANNEL_BURST = 2.0
"""Slack bears a short burst; an answer need not wait because another one has just gone there."""

FIRST_RATE = 4.0
"""Posts a second in a workspace that we know nothing of: Slack promises “several hundred a minute”."""

BURST = 2.0
"""Seconds' worth of posts that may go at once: who asks at the same moment is answered at the same moment."""

SHORTEST_BURST = 0.5
HEARD_WITHIN = 1.0
"""Seconds from a burst to Slack's answer that it was too much."""

LOWEST_RATE = 0.2
FULL_SPEED = 2.0
"""Posts that follow each other within so many of the pace's own intervals go at full speed: only those teach us."""

GROWTH = 0.02
"""A second at full speed makes the pace so much faster, as long as the limit was never met."""

UNDER_THE_LIMIT, NEARER_TO_IT = 0.92, 0.96
"""Of what was too much: where to stay from then on, the first time and every other time."""

RECOVERY = 10.0
"""Seconds at full speed from half to just under what was too much."""

CREEP = 1 / 30_000
"""After that a second at full speed makes it so much faster: two percent in ten minutes …"""

TRUST = 200.0
"""… and more and more, the longer it goes well: after so many seconds twice as much, after thrice as many ten times."""


class Pace:
    def __init__(self) -> None:
        self._channels: dict[str, _Bucket] = {}
        self._workspaces: dict[str, _Workspace] = {}

    def seconds_until(self, workspace_id: str, channel: str, now: float) -> float:
        """How long a post there has to wait; 0: not at all."""
        channel_waits = self._channel(channel, now).seconds_until_one(CHANNEL_RATE)
        return max(self._workspace(workspace_id, now).seconds_until_one(now), channel_waits)

    def take(self, workspace_id: str, channel: str, now: float) -> None:
        """A post begins."""
        self._workspace(workspace_id, now).take(now)
        self._channel(channel, now).tokens -= 1

    def was_too_fast(self, workspace_id: str, now: float, retry_after: float) -> None:
        """Slack said so (429). Several posts under way that hear it together count as one."""
        workspace = self._workspace(workspace_id, now)
        if now >= workspace.rests_until:
            workspace.slow_down(now)
        workspace.rest(now + retry_after)

    def rest(self, workspace_id: str, now: float, seconds: float) -> None:
        """Nothing is posted there for so long."""
        self._workspace(workspace_id, now).rest(now + seconds)

    def resting(self, now: float) -> tuple[dict[str, float], dict[str, float]]:
        """Workspaces and channels in which nothing may be posted now, with the seconds until it may."""
        workspaces = {name: self._workspace(name, now).seconds_until_one(now) for name in self._workspaces}
        # A channel that has been quiet for a while has its full burst again, and need not be remembered.
        for name in [name for name in self._channels if self._channel(name, now).tokens >= CHANNEL_BURST]:
            del self._channels[name]
        channels = {name: bucket.seconds_until_one(CHANNEL_RATE) for name, bucket in self._channels.items()}
        return _waiting(workspaces), _waiting(channels)

    def _workspace(self, workspace_id: str, now: float) -> "_Workspace":
        if workspace_id not in self._workspaces:
            self._workspaces[workspace_id] = _Workspace(now)
        self._workspaces[workspace_id].fill(now)
        return self._workspaces[workspace_id]

    def _channel(self, channel: str, now: float) -> "_Bucket":
        if channel not in self._channels:
            self._channels[channel] = _Bucket(CHANNEL_BURST, now)
        self._channels[channel].fill(now, CHANNEL_RATE, CHANNEL_BURST)
        return self._channels[channel]


@dataclass
class _Bucket:
    """Tokens that come at a rate, up to a burst. A post costs one."""

    tokens: float
    since: float

    def fill(self, now: float, rate: float, burst: float) -> None:
        self.tokens = min(burst, self.tokens + max(0.0, now - self.since) * rate)
        self.since = max(self.since, now)

    def seconds_until_one(self, rate: float) -> float:
        # A billionth is nothing: sums of small times come out just under one.
        return max(0.0, (1 - self.tokens - 1e-9) / rate)


class _Workspace:
    def __init__(self, now: float) -> None:
        self.rests_until = now
        self._rate = FIRST_RATE
        self._ceiling: float | None = None
        """Just under what was too much; None as long as nothing was."""
        self._went_well = 0.0
        """Seconds at full speed at the ceiling."""
        self._taken_at = -math.inf
        self._burst_seconds = BURST
        self._burst_at = -math.inf
        self._bucket = _Bucket(self._burst, now)

    @property
    def _burst(self) -> float:
        return max(1.0, self._rate * self._burst_seconds)

    def fill(self, now: float) -> None:
        self._bucket.fill(now, self._rate, self._burst)

    def seconds_until_one(self, now: float) -> float:
        return max(self.rests_until - now, self._bucket.seconds_until_one(self._rate))

    def take(self, now: float) -> None:
        if self._bucket.tokens >= max(2.0, self._burst / 2):  # and not because a look came a little late
            self._burst_at = now
        self._bucket.tokens -= 1
        since, self._taken_at = now - self._taken_at, now
        if since < FULL_SPEED / self._rate:
            self._grow(since)

    def slow_down(self, now: float) -> None:
        if now - self._burst_at < HEARD_WITHIN:
            self._burst_seconds = max(SHORTEST_BURST, self._burst_seconds / 2)  # that tells nothing of the rate
        else:
            under = UNDER_THE_LIMIT if self._ceiling is None else NEARER_TO_IT
            self._ceiling = max(LOWEST_RATE, self._rate * under)
        self._rate = max(LOWEST_RATE, self._rate / 2)
        self._went_well = 0.0

    def rest(self, until: float) -> None:
        self.rests_until = max(self.rests_until, until)
        self._bucket = _Bucket(1.0, self.rests_until)

    def _grow(self, seconds: float) -> None:
        """Posting went well at this pace for so long."""
        if self._ceiling is None:
            self._rate *= 1 + GROWTH * seconds
        elif self._rate < self._ceiling:
            self._rate = min(self._ceiling, self._rate + self._ceiling / 2 / RECOVERY * seconds)
        else:
            self._went_well += seconds
            trust = 1 + (self._went_well / TRUST) ** 2
            self._rate = self._ceiling = self._ceiling * (1 + CREEP * trust * seconds)


def _waiting(seconds: dict[str, float]) -> dict[str, float]:
    return {name: wait for name, wait in seconds.items() if wait > 0}
