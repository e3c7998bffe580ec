from datetime import timedelta

import pytest

from bot.cases.service import Cases
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from tests.customers.shop import Shop
from tests.stand_ins.clock import NOON


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON + timedelta(days=1))


@pytest.fixture
async def shop(database: Database, clock: HeldClock) -> Shop:
    """Noor and Daan serve the customers of team-utrecht, and Iris is in no team."""
    shop = Shop(database, clock)
    await shop.open()
    return shop


@pytest.fixture
def cases(shop: Shop) -> Cases:
    return Cases(shop.database, shop.clock, shop.customers, shop.house.outbox)
