"""Round after round, whatever happens in one of them; and an end that loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.kit import worker
from bot.kit.database import DatabaseAway
from bot.kit.metrics import Metrics
from bot.kit.worker import UnderWay, Worker

SOON, NEVER = 0.01, 60.0


class Shift:
    """A worker, and what becomes of it."""

    def __init__(self, work: Callable[[], Awaitable[None]] | None = None, wait: float = NEVER) -> None:
        self.rounds = 0
        self.ended_rounds = 0
        self.bell = asyncio.Event()
        self.metrics = Metrics()
        self.worker = Worker("test", self._round, self.bell, self.metrics)
        self._work = work
        self._wait = wait
        self._began = asyncio.Event()

    async def _round(self) -> float:
        self.rounds += 1
        self._began.set()
        if self._work is not None:
            await self._work()
        self.ended_rounds += 1
        return self._wait

    async def until_rounds(self, number: int) -> None:
        async with asyncio.timeout(5):
            while self.rounds < number:
                self._began.clear()
                await self._began.wait()

    @property
    def errors(self) -> float | None:
        return self.metrics.registry.get_sample_value("acht_errors_total", {"where": "test"})


@pytest.fixture(autouse=True)
async def nothing_is_left_running() -> AsyncIterator[None]:
    yield
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        assert task.get_coro().__qualname__ != "Worker._serve", "a worker was not closed"


async def test_it_works_as_soon_as_it_is_open_and_again_when_the_bell_rings() -> None:
    shift = Shift()
    shift.worker.open()
    await shift.until_rounds(1)
    shift.bell.set()
    await shift.until_rounds(2)
    await asyncio.sleep(SOON)
    assert shift.rounds == 2, "nobody rang"
    await shift.worker.close(grace=0)


async def test_without_a_bell_it_works_again_when_it_said_there_may_be_something() -> None:
    shift = Shift(wait=SOON)
    shift.worker.open()
    await shift.until_rounds(3)
    await shift.worker.close(grace=0)


async def test_a_bell_that_rings_during_a_round_is_not_missed() -> None:
    shift = Shift()

    async def rings_once() -> None:
        if shift.rounds == 1:
            shift.bell.set()

    shift._work = rings_once
    shift.worker.open()
    await shift.until_rounds(2)
    await shift.worker.close(grace=0)


@pytest.mark.parametrize(("error", "counted"), [(DatabaseAway("gone"), None), (ZeroDivisionError(), 1)])
async def test_a_round_that_fails_is_made_up_for_in_a_moment(
    monkeypatch: pytest.MonkeyPatch, error: Exception, counted: float | None
) -> None:
    monkeypatch.setattr(worker, "LOOK_AGAIN", SOON)
    shift = Shift()

    async def fails_once() -> None:
        if shift.rounds == 1:
            raise error

    shift._work = fails_once
    shift.worker.open()
    await shift.until_rounds(2)
    await shift.worker.close(grace=1)
    assert shift.errors == counted, "that the database is away is known already"


async def test_the_round_under_way_ends_and_no_other_begins() -> None:
    shift = Shift(lambda: asyncio.sleep(SOON), wait=0)
    shift.worker.open()
    await shift.until_rounds(1)
    await shift.worker.close(grace=5)
    assert shift.rounds == shift.ended_rounds
    before = shift.rounds
    shift.bell.set()
    await asyncio.sleep(2 * SOON)
    assert shift.rounds == before


async def test_a_round_that_takes_too_long_is_cut_off() -> None:
    shift = Shift(lambda: asyncio.sleep(NEVER))
    shift.worker.open()
    await shift.until_rounds(1)
    async with asyncio.timeout(1):
        await shift.worker.close(grace=SOON)
    assert shift.ended_rounds == 0


async def test_what_the_rounds_have_begun_gets_what_the_last_round_left_of_the_time() -> None:
    slow = Shift(lambda: asyncio.sleep(0.2))
    slow.worker.open()
    await slow.until_rounds(1)
    assert 0 < await slow.worker.close(grace=1) < 0.9
    stuck = Shift(lambda: asyncio.sleep(NEVER))
    stuck.worker.open()
    await stuck.until_rounds(1)
    assert await stuck.worker.close(grace=SOON) == 0


async def test_one_that_was_closed_can_be_opened_again_and_one_that_never_was_open_can_be_closed() -> None:
    shift = Shift()
    await shift.worker.close(grace=0)
    shift.worker.open()
    await shift.until_rounds(1)
    await shift.worker.close(grace=0)
    shift.worker.open()
    await shift.until_rounds(2)
    await shift.worker.close(grace=0)


# --- what it is busy with -----------------------------------------------------------------------------


async def test_what_is_done_makes_room_and_rings() -> None:
    bell = asyncio.Event()
    under_way = UnderWay[str](bell)
    under_way.begin("quick", asyncio.sleep(0))
    assert list(under_way) == ["quick"]
    await asyncio.wait_for(bell.wait(), 1)
    assert len(under_way) == 0
    assert await under_way.end(grace=1) == []


async def test_what_is_not_done_in_time_is_given_back_and_stopped() -> None:
    stopped: list[str] = []

    async def slow(name: str) -> None:
        try:
            await asyncio.sleep(NEVER)
        except asyncio.CancelledError:
            stopped.append(name)
            raise

    under_way = UnderWay[str](asyncio.Event())
    under_way.begin("quick", asyncio.sleep(0))
    under_way.begin("slow", slow("slow"))
    assert await under_way.end(grace=SOON) == ["slow"]
    assert (stopped, list(under_way)) == (["slow"], [])


async def test_what_fails_makes_room_all_the_same() -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    bell = asyncio.Event()
    under_way = UnderWay[str](bell)
    under_way.begin("it", fails())
    await asyncio.wait_for(bell.wait(), 1)
    assert list(under_way) == []
