"""What goes wrong with Slack now and then, on request."""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["rate_limit", "fail", "slow", "drop_after", "repeat_events"]

EVENTS = "events"


@dataclass(kw_only=True)
class Fault:
    kind: FaultKind
    method: str
    times: int
    retry_after: int = 0
    status: int = 0
    seconds: float = 0


class Faults:
    """Faults of the next calls of a method; each lasts for `times` calls, in the order asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        """HTTP 429 with Retry-After in seconds; the call does nothing."""
        self._faults.append(Fault(kind="rate_limit", method=method, times=times, retry_after=retry_after))

    def fail(self, method: str, times: int = 1, status: int = 500) -> None:
        """A server error; the call does nothing."""
        self._faults.append(Fault(kind="fail", method=method, times=times, status=status))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The call waits before it does its work."""
        self._faults.append(Fault(kind="slow", method=method, times=times, seconds=seconds))

    def drop_after(self, method: str, times: int = 1) -> None:
        """The call does its work, and then the connection is gone before the answer."""
        self._faults.append(Fault(kind="drop_after", method=method, times=times))

    def repeat_events(self, times: int = 1) -> None:
        """The next events arrive a second time although the bot acknowledged them."""
        self._faults.append(Fault(kind="repeat_events", method=EVENTS, times=times))

    def clear(self) -> None:
        self._faults.clear()

    def take(self, kind: FaultKind, method: str = EVENTS) -> Fault | None:
        """The fault that this call meets, if any; counts it."""
        for fault in self._faults:
            if fault.kind == kind and fault.method == method:
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None
