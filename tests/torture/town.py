"""A workspace with hundreds of channels and people, and a Slack that has a very bad day."""

import random
from collections import Counter
from dataclasses import dataclass

from bot.kit.clock import SystemClock
from bot.sandbox.faults import EVENTS, Fault, FaultKind, Faults
from bot.sandbox.workspace import Workspace
from tests.torture.ordeal import Ordeal
from tests.world import manifest

POSTS_A_SECOND = 20

LATE = 2.5
"""Seconds that Slack takes to post now and then; whoever asked for it may be dead by then."""

OF_POSTS: dict[FaultKind, float] = {"fail": 0.02, "drop_before": 0.02, "drop_after": 0.03, "slow": 0.04}
TOO_FAST = 0.004
"""Rare: the pace halves with each, and it takes half a minute to come back."""
OF_LOOKING: dict[FaultKind, float] = {"rate_limit": 0.04, "fail": 0.04, "drop_before": 0.04}
OF_EVENTS: dict[FaultKind, float] = {"repeat_events": 0.3}


@dataclass(frozen=True)
class Town:
    workspace: Workspace
    channels: dict[str, str]
    """Channels that the bot is in, each with the ts of a message to reply to."""
    people: list[str]
    to_push: list[str]
    """People who work day and night, and are told one thing each."""


class BadDay(Faults):
    """Counts what went wrong, by method and kind."""

    def __init__(self) -> None:
        super().__init__()
        self.were: Counter[tuple[str, FaultKind]] = Counter()

    def met(self, method: str = EVENTS) -> dict[FaultKind, Fault]:
        met = super().met(method)
        self.were.update((method, kind) for kind in met)
        return met

    def begin(self, chance: random.Random) -> None:
        for method in ("chat.postMessage", "chat.update"):
            self.at_random(chance, method=method, kinds={"rate_limit": TOO_FAST, **OF_POSTS}, seconds=LATE)
        for method in ("conversations.history", "conversations.replies", "conversations.open"):
            self.at_random(chance, method=method, kinds=OF_LOOKING)
        self.at_random(chance, kinds=OF_EVENTS)

    def of(self, kind: FaultKind) -> int:
        return sum(number for (_, each), number in self.were.items() if each == kind)


def town_for(ordeal: Ordeal) -> Town:
    workspace = Workspace(now=SystemClock().now, enforce_limits=True, posts_per_second=POSTS_A_SECOND)
    workspace.install(manifest())
    people = [workspace.add_person(f"person{n}", f"Person {n}").id for n in range(ordeal.people)]
    to_push = [workspace.add_person(f"pushed{n}", f"Pushed {n}").id for n in range(ordeal.pushes)]
    channels: dict[str, str] = {}
    for n in range(ordeal.channels):
        channel = workspace.add_channel(f"channel{n}", [*people, workspace.bot_user_id])
        channels[channel.id] = workspace.post(channel.id, people[n % len(people)], "Good morning!").ts
    return Town(workspace, channels, people, to_push)
