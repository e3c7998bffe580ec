"""Whatever happens at the same moment, or fails once: what stays is the newest."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.kit.database import DatabaseAway
from bot.kit.slack import homes
from bot.kit.slack.homes import Homes

T, U = "T1", "U1"
SOON = 0.01


def slack_says(status: int, error: str, retry_after: str = "") -> SlackApiError:
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="views.publish",
        req_args={},
        data={"ok": False, "error": error},
        headers={"Retry-After": retry_after},
        status_code=status,
    )
    return SlackApiError(error, response)


class Wall:
    """Where Home tabs hang: what is `there` to be shown, and what is shown."""

    def __init__(self) -> None:
        self.there = "old"
        self.composed = 0
        self.shown: list[str] = []
        self.fails: list[Exception] = []
        self.opens = asyncio.Event()
        self.opens.set()
        self.homes = Homes(self, self._compose)
        self._moved = asyncio.Event()

    async def _compose(self, _workspace_id: str, _slack_id: str) -> dict[str, Any]:
        self.composed += 1
        self._moved.set()
        return {"says": self.there}

    async def views_publish(self, *, user_id: str, view: dict[str, Any]) -> None:
        await self.opens.wait()
        self._moved.set()
        if self.fails:
            raise self.fails.pop(0)
        self.shown.append(view["says"])

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await self._moved.wait()
                self._moved.clear()


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    monkeypatch.setattr(homes, "AGAIN_AFTER", SOON)
    return Wall()


async def test_a_change_while_the_tab_is_being_opened_is_shown_after_it(wall: Wall) -> None:
    wall.opens.clear()
    opening = asyncio.create_task(wall.homes.publish(T, U))
    await wall.until(lambda: wall.composed == 1)
    wall.there = "new"
    wall.homes.changed(T, U)
    await asyncio.sleep(SOON)
    wall.opens.set()
    await opening
    await wall.until(lambda: wall.shown == ["old", "new"])


async def test_many_changes_while_one_is_being_shown_are_shown_once(wall: Wall) -> None:
    wall.opens.clear()
    wall.homes.changed(T, U)
    await wall.until(lambda: wall.composed == 1)
    for n in range(5):
        wall.there = f"change {n}"
        wall.homes.changed(T, U)
    wall.opens.set()
    await wall.until(lambda: wall.shown == ["old", "change 4"])


async def test_one_person_does_not_wait_for_another(wall: Wall) -> None:
    wall.opens.clear()
    both = [asyncio.create_task(wall.homes.publish(T, person)) for person in (U, "U2")]
    await wall.until(lambda: wall.composed == 2)
    wall.opens.set()
    await asyncio.gather(*both)


@pytest.mark.parametrize(
    "failure", [slack_says(500, "internal_error"), aiohttp.ClientError(), TimeoutError(), DatabaseAway("gone")]
)
async def test_a_tab_that_could_not_be_shown_is_tried_once_more_as_it_is_then(wall: Wall, failure: Exception) -> None:
    wall.fails = [failure]
    wall.homes.changed(T, U)
    await wall.until(lambda: not wall.fails)
    wall.there = "new"
    wall.homes.changed(T, U)
    await wall.until(lambda: bool(wall.shown))
    await asyncio.sleep(3 * SOON)
    assert (wall.shown, wall.composed) == (["new"], 2)


async def test_it_is_not_tried_for_ever(wall: Wall) -> None:
    wall.fails = [TimeoutError() for _n in range(5)]
    wall.homes.changed(T, U)
    await wall.until(lambda: wall.composed == 2)
    await asyncio.sleep(3 * SOON)
    assert (wall.composed, len(wall.fails)) == (2, 3)


async def test_it_is_tried_when_slack_says_so_but_not_after_a_day(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    for retry_after in ("30", "86400"):
        wall.fails = [slack_says(429, "ratelimited", retry_after)]
        with monkeypatch.context() as patch:
            patch.setattr(homes.asyncio, "sleep", sleep)
            await wall.homes._publish_again(T, U)
    assert waited == [30, homes.LONGEST_WAIT]
    assert wall.shown == ["old", "old"]


async def test_who_opens_the_tab_hears_that_it_did_not_succeed(wall: Wall) -> None:
    wall.fails = [TimeoutError()]
    with pytest.raises(TimeoutError):
        await wall.homes.publish(T, U)


async def test_what_waits_for_another_try_does_not_hold_up_the_end(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "AGAIN_AFTER", 60.0)
    wall.fails = [TimeoutError()]
    wall.homes.changed(T, U)
    await wall.until(lambda: not wall.fails)
    async with asyncio.timeout(1):
        await wall.homes.close()
    assert wall.shown == []
