from datetime import timedelta

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from tests.gestures.counter import Counter
from tests.stand_ins.clock import NOON


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON - timedelta(hours=2))


@pytest.fixture
async def counter(database: Database, clock: HeldClock) -> Counter:
    counter = Counter(database, clock)
    await counter.open()
    return counter
