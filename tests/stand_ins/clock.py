"""The moment at which most tests begin."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday, so a working day."""


class HurryingClock:
    """A clock that is ten minutes later each time it is read: what is due later today is due soon."""

    def __init__(self) -> None:
        self._at = NOON

    def now(self) -> datetime:
        self._at += timedelta(minutes=10)
        return self._at
