"""The ways in which this Slack says no."""

from collections.abc import Sequence


class SlackError(Exception):
    """Slack refuses: becomes `{"ok": false, "error": code}` in an answer of the Web API.

    `details` are the lines that Slack puts into `response_metadata.messages`.
    """

    def __init__(self, code: str, details: Sequence[str] = ()) -> None:
        super().__init__(": ".join([code, *details]))
        self.code = code
        self.details = list(details)


class RateLimited(SlackError):
    """Too many calls: HTTP 429 with Retry-After, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotPossible(Exception):
    """A person tries what Slack's own screen would not let them do; the text says why in one sentence."""
