"""What is remembered of a colleague is never older than what somebody else has just written."""

import asyncio

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.i18n import Language
from bot.people.roles import Role, Standing
from bot.people.service import REMEMBERED_FOR, Known, People, Profile
from tests.people.personnel import Personnel
from tests.stand_ins.clock import NOON
from tests.world import NOOR


async def test_who_is_met_while_they_are_heard_is_known_for_both(database: Database) -> None:
    for turn in range(20):
        people, workspace = People(database, HeldClock(NOON), Language.EN), f"T{turn}"
        await asyncio.gather(
            people.hears(workspace, NOOR, Language.NL),
            people.meets(workspace, Profile(NOOR, Standing.MEMBER, "Europe/Amsterdam", is_slack_admin=False)),
        )
        everything = Known(is_here=True, heard=Language.NL, standing=Standing.MEMBER, zone="Europe/Amsterdam")
        assert await people.known(workspace, NOOR) == everything
        assert await People(database, HeldClock(NOON), Language.EN).known(workspace, NOOR) == everything


async def test_what_another_process_heard_is_known_here_soon(database: Database) -> None:
    clock = HeldClock(NOON)
    here, there = People(database, clock, Language.EN), People(database, clock, Language.EN)
    assert await here.language("T1", NOOR) is Language.EN
    await there.hears("T1", NOOR, Language.NL)
    clock.move(REMEMBERED_FOR)
    assert await here.language("T1", NOOR) is Language.NL


async def test_who_gets_a_role_while_they_are_looked_up_is_known_to_have_it(database: Database) -> None:
    personnel = Personnel(database, HeldClock(NOON))
    for turn in range(20):
        workspace = f"T{turn}"
        await asyncio.gather(
            personnel.people.known(workspace, NOOR),
            personnel.roles.claim(workspace, NOOR),
            personnel.people.known(workspace, NOOR),
        )
        assert Role.ADMINISTRATOR in (await personnel.people.known(workspace, NOOR)).given
