from collections.abc import AsyncIterator

import pytest

from bot.kit.appointments.tables import Appointment
from bot.kit.database import Database
from tests.kit.working_time.conftest import database_url, only_with

__all__ = ["database_url"]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with only_with(database_url, Appointment) as database:
        yield database
