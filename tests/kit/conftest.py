from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.kit.clock import HeldClock
from tests.stand_ins.model_server import ModelServer, open_model_server


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with open_model_server() as server:
        yield server


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
