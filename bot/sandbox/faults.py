"""What goes wrong with Slack now and then: on request, or at random."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["rate_limit", "fail", "refuse", "slow", "drop_before", "drop_after", "repeat_events"]

EVENTS = "events"


@dataclass(kw_only=True)
class Fault:
    kind: FaultKind
    method: str
    times: int = 1
    retry_after: int = 0
    status: int = 0
    seconds: float = 0
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Share:
    """The part of the calls of a method, or of every method, that meets one of these faults."""

    chance: random.Random
    method: str | None
    faults: list[tuple[float, Fault]]

    def concerns(self, method: str) -> bool:
        return method == self.method or (self.method is None and method != EVENTS)

    def drawn(self) -> Fault | None:
        """What chance has for one call: one throw, whatever comes of it."""
        throw = self.chance.random()
        for part, fault in self.faults:
            if throw < part:
                return fault
            throw -= part
        return None


class Faults:
    """Faults of the next calls of a method, each for `times` calls, in the order asked for; then those at random."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._shares: list[Share] = []

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        """HTTP 429 with Retry-After in seconds; the call does nothing."""
        self._faults.append(Fault(kind="rate_limit", method=method, times=times, retry_after=retry_after))

    def fail(self, method: str, times: int = 1, status: int = 500) -> None:
        """A server error; the call does nothing."""
        self._faults.append(Fault(kind="fail", method=method, times=times, status=status))

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Slack says no, with an error of its own such as `is_archived`; the call does nothing."""
        self._faults.append(Fault(kind="refuse", method=method, times=times, error=error))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The call waits before it does its work."""
        self._faults.append(Fault(kind="slow", method=method, times=times, seconds=seconds))

    def drop_before(self, method: str, times: int = 1) -> None:
        """The connection is gone before the call did anything."""
        self._faults.append(Fault(kind="drop_before", method=method, times=times))

    def drop_after(self, method: str, times: int = 1) -> None:
        """The call does its work, and then the connection is gone before the answer."""
        self._faults.append(Fault(kind="drop_after", method=method, times=times))

    def repeat_events(self, times: int = 1) -> None:
        """The next events arrive a second time although the bot acknowledged them."""
        self._faults.append(Fault(kind="repeat_events", method=EVENTS, times=times))

    def at_random(
        self,
        chance: random.Random,
        *,
        kinds: Mapping[FaultKind, float],
        method: str | None = None,
        retry_after: int = 1,
        status: int = 500,
        error: str = "internal_error",
        seconds: float = 1.0,
    ) -> None:
        """Breaks a share of the calls of a method, or of every method, until `clear`.

        `kinds` says of each fault what part of the calls meets it, between 0 and 1; `repeat_events` is a part of
        the events. The same seed and the same order of calls meet the same faults. The rest is as for the faults
        that are asked for: `retry_after` of rate_limit, `status` of fail, `error` of refuse, `seconds` of slow.
        """
        calls: list[tuple[float, Fault]] = []
        events: list[tuple[float, Fault]] = []
        for kind, part in kinds.items():
            fault = Fault(
                kind=kind,
                method=method or "",
                retry_after=retry_after,
                status=status,
                error=error,
                seconds=seconds,
            )
            (events if kind == "repeat_events" else calls).append((part, fault))
        for what, faults in ((method, calls), (EVENTS, events)):
            parts = [part for part, _ in faults]
            if min(parts, default=0) < 0 or math.fsum(parts) > 1:
                raise ValueError("Every share is at least 0, and together they are at most 1.")
            if faults:
                self._shares.append(Share(chance=chance, method=what, faults=faults))

    def clear(self) -> None:
        self._faults.clear()
        self._shares.clear()

    def met(self, method: str = EVENTS) -> dict[FaultKind, Fault]:
        """What this call meets, by kind, and counts it: a call goes wrong in one way, and may be slow as well."""
        waiting = (self._asked_for(method, slow=True), self._asked_for(method, slow=False))
        faults = [fault for fault in waiting if fault] or self._drawn(method)
        return {fault.kind: fault for fault in faults}

    def _asked_for(self, method: str, *, slow: bool) -> Fault | None:
        for fault in self._faults:
            if fault.method == method and (fault.kind == "slow") == slow:
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None

    def _drawn(self, method: str) -> list[Fault]:
        """The first fault that chance has for this call, if any."""
        for share in self._shares:
            if share.concerns(method) and (fault := share.drawn()):
                return [fault]
        return []
