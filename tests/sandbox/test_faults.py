"""A Slack that has a bad day, and the retry handlers of the real client."""

import contextlib
import random
from collections import Counter

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import builtin_async_handlers
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.faults import FaultKind, Faults
from bot.sandbox.server import LocalSlack


class Waits:
    """Stands for asyncio in the module of the retry handlers: notes whole seconds instead of sleeping."""

    def __init__(self) -> None:
        self.seconds: list[int] = []

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(int(seconds))


AT_ONCE = FixedValueRetryIntervalCalculator(0)


async def test_the_rate_limit_handler_comes_back_after_the_time_given(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits()
    monkeypatch.setattr(builtin_async_handlers, "asyncio", waits)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    slack.faults.rate_limit("chat.postMessage", times=2, retry_after=7)
    await client.chat_postMessage(channel=utrecht, text="Patience")
    assert waits.seconds == [7, 7]
    assert [call.answer["ok"] for call in slack.calls] == [False, False, True]


async def test_a_rate_limit_without_a_handler_is_an_error(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=30)
    with pytest.raises(SlackApiError) as limited:
        await client.chat_postMessage(channel=utrecht, text="x")
    assert limited.value.response["error"] == "ratelimited"
    assert limited.value.response.headers["Retry-After"] == "30"


async def test_a_server_error_does_nothing_and_passes(slack: LocalSlack, client: AsyncWebClient, utrecht: str) -> None:
    before = len(slack.workspace.messages(utrecht))
    client.retry_handlers.append(AsyncServerErrorRetryHandler(interval_calculator=AT_ONCE))
    slack.faults.fail("chat.postMessage", status=503)
    await client.chat_postMessage(channel=utrecht, text="x")
    assert len(slack.workspace.messages(utrecht)) == before + 1


async def test_a_dropped_connection_hides_that_the_work_was_done(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    before = len(slack.workspace.messages(utrecht))
    slack.faults.drop_after("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=utrecht, text="Once")
    assert len(slack.workspace.messages(utrecht)) == before + 1


async def test_the_clients_own_connection_retry_sends_a_message_twice(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    before = len(slack.workspace.messages(utrecht))
    client.retry_handlers.append(AsyncConnectionErrorRetryHandler(interval_calculator=AT_ONCE))
    slack.faults.drop_after("chat.postMessage")
    await client.chat_postMessage(channel=utrecht, text="Twice")
    assert len(slack.workspace.messages(utrecht)) == before + 2


async def test_a_slow_call_outlasts_an_impatient_client(slack: LocalSlack, utrecht: str) -> None:
    slack.faults.slow("chat.postMessage", seconds=30)
    timeout = aiohttp.ClientTimeout(total=0.05)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        token = slack.workspace.bot_token
        client = AsyncWebClient(token=token, base_url=slack.api_url, session=session)
        with pytest.raises(TimeoutError):
            await client.chat_postMessage(channel=utrecht, text="x")


async def test_faults_meet_only_their_method_and_can_be_taken_back(slack: LocalSlack, client: AsyncWebClient) -> None:
    slack.faults.fail("users.info", times=5)
    await client.auth_test()
    slack.faults.clear()
    await client.users_info(user=slack.workspace.bot_user_id)


async def test_a_refusal_is_slacks_own_and_does_nothing(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    before = len(slack.workspace.messages(utrecht))
    slack.faults.refuse("chat.postMessage", "is_archived", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel=utrecht, text="x")
        assert refused.value.response.data == {"ok": False, "error": "is_archived"}
        assert refused.value.response.status_code == 200
    await client.chat_postMessage(channel=utrecht, text="x")
    assert len(slack.workspace.messages(utrecht)) == before + 1


async def test_a_connection_dropped_before_leaves_nothing_behind(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    before = len(slack.workspace.messages(utrecht))
    slack.faults.drop_before("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=utrecht, text="x")
    assert len(slack.workspace.messages(utrecht)) == before
    assert slack.calls == []


async def test_what_was_done_and_what_came_too_fast_is_counted(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    slack.faults.rate_limit("chat.postMessage")
    slack.faults.fail("chat.postMessage")
    slack.faults.drop_after("chat.postMessage")
    for _ in range(4):
        with contextlib.suppress(SlackApiError, aiohttp.ClientError):
            await client.chat_postMessage(channel=utrecht, text="x")
    assert (slack.refused["chat.postMessage"], slack.accepted["chat.postMessage"]) == (1, 2)


def test_a_call_goes_wrong_in_one_way_in_the_order_asked_for_and_may_be_slow_as_well() -> None:
    faults = Faults()
    faults.drop_after("a")
    faults.slow("a", seconds=3)
    faults.fail("a", status=503)
    assert [set(faults.met("a")) for _ in range(3)] == [{"slow", "drop_after"}, {"fail"}, set()]


def kinds_met(faults: Faults, method: str, calls: int) -> list[str]:
    return [next(iter(faults.met(method)), "") for _ in range(calls)]


def test_a_share_of_the_calls_goes_wrong_and_the_same_seed_breaks_the_same_ones() -> None:
    runs: list[list[str]] = []
    for _ in range(2):
        faults = Faults()
        faults.at_random(
            random.Random(7),
            method="chat.postMessage",
            kinds={"rate_limit": 0.02, "fail": 0.02, "drop_after": 0.05, "drop_before": 0.1, "refuse": 0.01},
            retry_after=4,
        )
        runs.append(kinds_met(faults, "chat.postMessage", 10_000))
        assert kinds_met(faults, "users.info", 100) == [""] * 100
    assert runs[0] == runs[1]
    counts = Counter(runs[0])
    for kind, share in (
        ("rate_limit", 200),
        ("fail", 200),
        ("drop_after", 500),
        ("drop_before", 1000),
        ("refuse", 100),
    ):
        assert counts[kind] == pytest.approx(share, rel=0.3)


def test_what_was_asked_for_comes_before_what_is_left_to_chance() -> None:
    faults = Faults()
    faults.at_random(random.Random(7), kinds={"fail": 1}, status=502)
    faults.rate_limit("a", times=2)
    assert kinds_met(faults, "a", 3) == ["rate_limit", "rate_limit", "fail"]
    assert faults.met("b")["fail"].status == 502
    assert faults.met() == {}
    faults.clear()
    assert kinds_met(faults, "a", 3) == [""] * 3


def test_events_are_repeated_at_random_too() -> None:
    faults = Faults()
    faults.at_random(random.Random(7), kinds={"repeat_events": 0.25}, method="chat.postMessage")
    assert sum("repeat_events" in faults.met() for _ in range(1000)) == pytest.approx(250, rel=0.2)
    assert faults.met("chat.postMessage") == {}


@pytest.mark.parametrize("kinds", [{"fail": 0.6, "refuse": 0.6}, {"fail": -0.1}, {"repeat_events": 1.5}])
def test_shares_are_parts_of_one_whole(kinds: dict[FaultKind, float]) -> None:
    with pytest.raises(ValueError, match="at most 1"):
        Faults().at_random(random.Random(7), kinds=kinds)


async def test_under_random_faults_a_patient_client_gets_every_message_through(
    slack: LocalSlack, client: AsyncWebClient, utrecht: str
) -> None:
    slack.faults.at_random(random.Random(7), kinds={"fail": 0.2, "drop_before": 0.2, "drop_after": 0.1, "refuse": 0.1})
    lost = 0
    for number in range(40):
        while True:
            try:
                await client.chat_postMessage(channel=utrecht, text=str(number))
                break
            except (SlackApiError, aiohttp.ClientError):
                lost += 1
    said = [message.text for message in slack.workspace.messages(utrecht) if message.bot_id]
    assert list(dict.fromkeys(said)) == [str(number) for number in range(40)]
    assert lost > 10
