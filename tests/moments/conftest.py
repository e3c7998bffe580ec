from datetime import timedelta

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from tests.moments.florist import Florist
from tests.stand_ins.clock import NOON


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON + timedelta(days=1))


@pytest.fixture
async def florist(database: Database, clock: HeldClock) -> Florist:
    florist = Florist(database, clock)
    await florist.open()
    return florist
