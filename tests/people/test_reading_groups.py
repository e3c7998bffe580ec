"""When Slack is asked who is in a group, and which of its answers counts."""

import asyncio
import gc
import time
from datetime import timedelta

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.people.role_groups import READ_AGAIN_AFTER, READ_WITHIN, Group
from bot.people.roles import Role
from bot.people.tables import RoleGroup
from tests.people.personnel import DAAN, FEMKE, NOOR, T1, TOM, Personnel

S1 = "S1"
SECOND = timedelta(seconds=1)


async def leads(personnel: Personnel) -> Personnel:
    """Who leads a team follows a group."""
    await personnel.roles.claim(T1, TOM)
    await personnel.groups.follow(T1, {Role.LEAD: Group(S1, "leads")}, by=TOM)
    return personnel


@pytest.fixture
async def personnel(personnel: Personnel) -> Personnel:
    return await leads(personnel)


async def taken(personnel: Personnel) -> RoleGroup:
    """The group that Slack is to be asked about now."""
    group = await personnel.groups.due()
    assert group is not None
    return group


async def in_it(personnel: Personnel) -> tuple[str, ...]:
    return (await personnel.hold(Role.LEAD)).by_group


# --- when --------------------------------------------------------------------------------------------


async def test_a_group_is_read_when_it_changes_and_every_hour(personnel: Personnel, clock: HeldClock) -> None:
    group = await taken(personnel)
    assert (group.workspace_id, group.group_id) == (T1, S1), "from the moment it was chosen"
    await personnel.groups.members_are(group, [FEMKE])
    await personnel.groups.group_changed(T1, "S-OTHER")
    assert await personnel.groups.due() is None
    await personnel.groups.group_changed(T1, S1)
    await personnel.groups.members_are(await taken(personnel), [FEMKE])
    clock.move(READ_AGAIN_AFTER - SECOND)
    assert await personnel.groups.due() is None
    clock.move(SECOND)
    assert await personnel.groups.due() is not None


async def test_a_group_of_which_slack_did_not_tell_is_asked_for_again_in_a_minute(
    personnel: Personnel, clock: HeldClock
) -> None:
    """Or whoever asked was stopped before the answer came."""
    await taken(personnel)
    clock.move(READ_WITHIN - SECOND)
    assert await personnel.groups.due() is None, "nobody else asks meanwhile"
    clock.move(SECOND)
    assert await personnel.groups.due() is not None


async def test_two_processes_never_read_the_same_group_at_the_same_moment(database: Database, clock: HeldClock) -> None:
    here, there = await leads(Personnel(database, clock)), Personnel(database, clock)
    for turn in range(5):
        await here.groups.follow(T1, {Role.LEAD: Group(f"S1{turn}", "leads")}, by=TOM)
        found = await asyncio.gather(here.groups.due(), there.groups.due())
        assert len([group for group in found if group is not None]) == 1


# --- which answer counts -----------------------------------------------------------------------------


async def test_an_answer_that_is_older_than_a_change_counts_for_nothing(database: Database, clock: HeldClock) -> None:
    here, there = await leads(Personnel(database, clock)), Personnel(database, clock)
    before = await taken(here)
    clock.move(SECOND)
    await there.groups.group_changed(T1, S1)
    after = await taken(there)
    await there.groups.members_are(after, [FEMKE])
    await here.groups.members_are(before, [FEMKE, NOOR])
    assert await in_it(here) == (FEMKE,), "Noor was taken out"
    clock.move(READ_AGAIN_AFTER - SECOND)
    assert await here.groups.due() is None, "the newer answer is an hour old only then"


async def test_a_group_that_changed_while_slack_was_asked_is_asked_for_anew_at_once(
    personnel: Personnel, clock: HeldClock
) -> None:
    before = await taken(personnel)
    clock.move(SECOND)
    await personnel.groups.group_changed(T1, S1)
    await personnel.groups.members_are(before, [NOOR])
    assert await in_it(personnel) == ()
    await personnel.groups.members_are(await taken(personnel), [DAAN])
    assert await in_it(personnel) == (DAAN,)


async def test_an_answer_that_comes_after_another_process_asked_counts_for_nothing(
    personnel: Personnel, clock: HeldClock
) -> None:
    slow = await taken(personnel)
    clock.move(READ_WITHIN)
    await personnel.groups.members_are(await taken(personnel), [DAAN])
    await personnel.groups.members_are(slow, [NOOR])
    assert await in_it(personnel) == (DAAN,)


# --- a large one -------------------------------------------------------------------------------------


async def longest_step(during: asyncio.Task[None]) -> float:
    """Seconds of work in which nothing else got its turn; those in which another process worked do not count."""
    longest, before = 0.0, time.thread_time()
    while not during.done():
        await asyncio.sleep(0.005)
        now = time.thread_time()
        longest, before = max(longest, now - before), now
    await during
    return longest


async def test_a_group_of_ten_thousand_is_read_in_seconds_and_holds_nobody_up(
    personnel: Personnel, clock: HeldClock
) -> None:
    """The bounds are wide, for a slow machine: it takes a second, in steps of a tenth."""
    gc.collect()
    gc.freeze()  # to look through what earlier tests left behind is not our work
    everybody = [f"U{number:08}" for number in range(10_000)]
    for members in (everybody, everybody[:0:-1]):
        group, began = await taken(personnel), time.process_time()
        assert await longest_step(asyncio.create_task(personnel.groups.members_are(group, members))) < 0.6
        assert time.process_time() - began < 5
        assert len(await in_it(personnel)) == len(members)
        clock.move(READ_AGAIN_AFTER)
