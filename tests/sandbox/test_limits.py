"""Slack's limits, when they are enforced: who comes too fast waits, and nobody waits for nothing."""

import asyncio
from collections.abc import Iterable

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.errors import RateLimited
from bot.sandbox.methods import METHODS
from bot.sandbox.pace import A_MINUTE, Pace
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import NOOR, PRIYA, Clock


@pytest.fixture
def strict(workspace: Workspace) -> Workspace:
    workspace.enforce_limits = True
    return workspace


def accepted(pace: Pace, channels: Iterable[str]) -> int:
    """How many messages pass at this moment, one after the other."""
    count = 0
    for channel in channels:
        try:
            pace.post(channel)
        except RateLimited:
            continue
        count += 1
    return count


async def test_a_channel_takes_one_message_a_second_after_a_burst_of_three(
    client: AsyncWebClient, strict: Workspace, utrecht: str, clock: Clock
) -> None:
    for _ in range(3):
        await client.chat_postMessage(channel=utrecht, text="x")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=utrecht, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    assert refused.value.response.data == {"ok": False, "error": "ratelimited"}
    clock.move(seconds=1)
    await client.chat_postMessage(channel=utrecht, text="x")


@pytest.mark.parametrize(("rate", "at_once"), [(5, 10), (20, 40), (0.5, 1), (0.1, 1)])
def test_a_workspace_takes_two_seconds_of_messages_at_once_and_then_its_rate(rate: float, at_once: int) -> None:
    clock = Clock()
    pace = Pace(clock, posts_per_second=rate)
    channels = [f"D{number}" for number in range(100)]
    assert accepted(pace, channels) == at_once
    clock.move(seconds=60)
    assert accepted(pace, channels) == at_once
    passed = 0
    for second in range(60):
        clock.move(seconds=1)
        passed += accepted(pace, [f"D{second}.{number}" for number in range(100)])
    assert passed == pytest.approx(60 * rate)


async def test_the_rate_of_a_workspace_can_be_set(clock: Clock) -> None:
    workspace = Workspace(now=clock, enforce_limits=True, posts_per_second=1)
    people = [workspace.add_person(name, name).id for name in "abc"]
    async with LocalSlack(workspace) as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=workspace.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        posts = [client.chat_postMessage(channel=person, text="x") for person in people]
        answers = await asyncio.gather(*posts, return_exceptions=True)
        assert sum(isinstance(answer, SlackApiError) for answer in answers) == 1
        assert (slack.accepted["chat.postMessage"], slack.refused["chat.postMessage"]) == (2, 1)


def test_a_message_that_its_channel_refuses_costs_the_workspace_nothing() -> None:
    pace = Pace(Clock())
    assert accepted(pace, ["busy"] * 20) == 3
    assert accepted(pace, [f"D{number}" for number in range(20)]) == 7


def test_a_message_that_the_workspace_refuses_costs_its_channel_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    accepted(pace, [f"D{number}" for number in range(10)])
    assert accepted(pace, ["quiet"] * 20) == 0
    clock.move(seconds=2)
    assert accepted(pace, ["quiet"] * 20) == 3


def test_every_method_but_that_for_messages_has_a_tier() -> None:
    assert set(A_MINUTE) == {*METHODS, "apps.connections.open"} - {"chat.postMessage"}


@pytest.mark.parametrize(
    ("method", "a_minute", "retry_after"),
    [
        ("apps.connections.open", 3, 60),
        ("dnd.teamInfo", 20, 3),
        ("chat.update", 50, 2),
        ("users.info", 100, 1),
        ("auth.test", 600, 1),
    ],
)
def test_a_method_takes_a_minutes_worth_at_once_and_says_how_long_to_wait(
    method: str, a_minute: int, retry_after: int
) -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(a_minute):
        pace.call(method)
    with pytest.raises(RateLimited) as limited:
        pace.call(method)
    assert limited.value.retry_after == retry_after
    pace.call("views.open")
    clock.move(seconds=retry_after)
    pace.call(method)


@given(
    waits=st.lists(st.floats(min_value=0, max_value=90), max_size=200),
    method=st.sampled_from(["apps.connections.open", "users.list", "conversations.open", "views.publish"]),
)
def test_who_waits_as_long_as_told_is_let_in(waits: list[float], method: str) -> None:
    clock = Clock()
    pace = Pace(clock)
    for wait in waits:
        clock.move(seconds=wait)
        try:
            pace.call(method)
        except RateLimited as limited:
            clock.move(seconds=max(1, int(limited.retry_after)))
            pace.call(method)


@given(rate=st.floats(min_value=0.05, max_value=50), pauses=st.lists(st.floats(min_value=0, max_value=3), max_size=100))
def test_no_span_of_time_holds_more_messages_than_the_rate_and_the_burst(rate: float, pauses: list[float]) -> None:
    clock = Clock()
    pace = Pace(clock, posts_per_second=rate)
    passed = 0
    for number, pause in enumerate(pauses):
        clock.move(seconds=pause)
        passed += accepted(pace, [f"D{number}.{each}" for each in range(3)])
    assert passed <= sum(pauses) * rate + max(1, 2 * rate) + 0.001


async def test_reading_too_fast_is_refused_and_counted(
    client: AsyncWebClient, slack: LocalSlack, strict: Workspace, clock: Clock
) -> None:
    for _ in range(20):
        await client.dnd_teamInfo(users=[NOOR, PRIYA])
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await client.dnd_teamInfo(users=[NOOR])
    assert refused.value.response.headers["Retry-After"] == "3"
    await client.dnd_info(user=NOOR)
    assert (slack.accepted["dnd.teamInfo"], dict(slack.refused)) == (20, {"dnd.teamInfo": 2})
    clock.move(seconds=3)
    await client.dnd_teamInfo(users=[NOOR])


async def test_without_limits_nothing_is_refused(client: AsyncWebClient, slack: LocalSlack, utrecht: str) -> None:
    for _ in range(15):
        await client.chat_postMessage(channel=utrecht, text="x")
    assert slack.accepted["chat.postMessage"] == 15
    assert not slack.refused


async def test_a_reset_gives_everybody_their_share_again(
    client: AsyncWebClient, slack: LocalSlack, strict: Workspace, utrecht: str
) -> None:
    for _ in range(3):
        await client.chat_postMessage(channel=utrecht, text="x")
    await slack.reset()
    await client.chat_postMessage(channel=utrecht, text="x")
