"""A Slack that has a bad day, and the retry handlers of the real client."""

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
