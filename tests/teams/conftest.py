from datetime import timedelta

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.people.roles import Role
from tests.stand_ins.clock import NOON
from tests.teams.plans import FEMKE, House


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON + timedelta(days=1))


@pytest.fixture
async def house(database: Database, clock: HeldClock) -> House:
    """Femke is a lead, of no team yet."""
    house = House(database, clock)
    await house.give(FEMKE, Role.LEAD)
    return house
