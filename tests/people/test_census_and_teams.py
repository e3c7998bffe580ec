"""The census writes down who the people of a team are, while others come into it."""

import asyncio
from collections.abc import Mapping

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.working_time.service import WorkingTimes
from bot.people.register import Register
from bot.people.roles import Standing
from bot.teams.members import Members
from tests.people.personnel import NOOR, T1, Personnel, a_profile

TOKYO = "Asia/Tokyo"


class Slow(WorkingTimes):
    """On a busy machine: whoever else comes gets as far as they can meanwhile."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_half_way = asyncio.Event()

    async def move(self, session: AsyncSession, workspace_id: str, zones: Mapping[str, str]) -> None:
        await super().move(session, workspace_id, zones)
        self.is_half_way.set()
        somebody_waits = text("select exists (select from pg_locks where not granted)")
        async with asyncio.timeout(10), self._database.reading() as other:
            while not await other.scalar(somebody_waits):
                pass


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_somebody_who_comes_into_a_team_waits_for_the_census_and_not_it_for_them(
    database: Database, clock: HeldClock
) -> None:
    personnel, slow = Personnel(database, clock), Slow(database)
    members = Members(personnel.people, personnel.working_times, clock)
    async with database.writing() as session:
        await personnel.people.expects(session, T1, [NOOR])
    register = Register(database, personnel.people, slow, clock)
    await register.wanted(T1)
    page = await register.due()
    assert page is not None

    async def comes() -> None:
        await slow.is_half_way.wait()
        async with database.writing() as session:
            await members.come(session, T1, "C1", [NOOR], clock.now())

    await asyncio.gather(register.counted(page, [a_profile(NOOR, zone=TOKYO)], next_page=None), comes())
    known = await Personnel(database, clock).people.known(T1, NOOR)
    assert (known.standing, known.zone) == (Standing.MEMBER, TOKYO)
