"""Who is in the channels of teams is asked of Slack, page by page, and never holds anything up."""

import asyncio
import gc
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.teams.membership import PAGE
from bot.teams.reading import EVERY, LEASE, Readings
from bot.teams.rules import Standing
from bot.teams.service import CHANNEL_GONE, LOOK_AGAIN_AFTER
from tests.stand_ins.post_room import local_slack
from tests.teams.plans import FEMKE, House, a_plan
from tests.teams.town import Town, process

PRIYA = "U0PRIYA0000"


@pytest.fixture
async def town(database: Database, clock: HeldClock) -> AsyncIterator[Town]:
    async with local_slack(clock) as slack, process(slack, House(database, clock)) as town:
        yield town


async def test_members_are_there_soon_after_the_set_up_and_the_bot_is_none_of_them(town: Town) -> None:
    town.membership.open()
    channel_id = await town.set_up()
    async with asyncio.timeout(10):
        await town.told.is_told.wait()
    assert await town.house.members(channel_id) == town.people()
    team = await town.team(channel_id)
    assert (team.channel_name, team.members_read) == ("team-utrecht", 4)
    assert team.read_again_at is not None
    assert EVERY * 0.8 <= team.read_again_at - town.house.clock.now() <= EVERY * 1.2
    assert (town.told.changed, town.told.wanted) == ([FEMKE], [town.workspace_id])


async def test_two_thousand_are_read_in_pages_with_progress_for_the_lead_and_hold_nobody_up(town: Town) -> None:
    channel_id = town.many(2_000)
    await town.set_up("everybody")
    gc.collect()
    gc.freeze()  # to look through what earlier tests left behind is not our work
    longest, loop = 0.0, asyncio.get_running_loop()
    reading = asyncio.create_task(town.read_all())
    while not reading.done():
        began = loop.time()
        async with town.house.database.writing() as session:
            await session.execute(text("select 1"))
        longest = max(longest, loop.time() - began)
    await reading
    assert town.calls("conversations.members") == 2_001 // PAGE + 1
    assert len(await town.house.members(channel_id)) == 2_000
    assert town.told.changed == [FEMKE] * 4, "a quarter, half, three quarters, all"
    assert longest < 1, "somebody else writes in between"


async def test_a_channel_without_anybody_is_read_too(town: Town) -> None:
    channel_id = town.many(0)
    await town.set_up("everybody")
    await town.read_all()
    assert await town.house.members(channel_id) == set()


async def test_who_came_and_went_while_nobody_listened_is_caught_up_after_a_start(town: Town) -> None:
    channel_id = await town.set_up()
    await town.rounds(1)
    members = town.workspace.channel(channel_id).members
    gone, came = members.pop(0), PRIYA
    members.append(came)
    town.house.clock.move(timedelta(minutes=5))
    told = await town.restart()
    assert await town.house.members(channel_id) == town.people()
    assert gone not in await town.house.members(channel_id)
    assert (told.changed, told.wanted) == ([], []), "its lead watches the first reading, not every one"


async def test_it_is_read_again_after_an_hour(town: Town) -> None:
    channel_id = await town.set_up()
    await town.read_all()
    town.workspace.channel(channel_id).members.append(PRIYA)
    town.house.clock.move(EVERY * 1.3)
    await town.read_all()
    assert await town.house.members(channel_id) == town.people()


async def test_who_joins_during_a_reading_is_not_forgotten_at_its_end(town: Town) -> None:
    channel_id = town.many(PAGE + 10)
    await town.set_up("everybody")
    await town.rounds(1)
    town.house.clock.move(timedelta(seconds=1))
    await town.house.teams.joins(town.workspace_id, channel_id, PRIYA)
    await town.rounds(1)
    assert (await town.team(channel_id)).members_read_at is not None
    assert PRIYA in await town.house.members(channel_id)


@pytest.mark.parametrize("is_back", [False, True])
async def test_who_leaves_while_the_page_with_them_is_under_way_is_not_put_back(town: Town, is_back: bool) -> None:
    channel_id = await town.set_up()
    house, leaver = town.house, sorted(town.people())[0]
    readings = Readings(house.database, house.clock, house.teams.members)
    taken = await readings.take()
    assert taken is not None
    await house.teams.leaves(town.workspace_id, channel_id, leaver)
    if is_back:
        await house.teams.joins(town.workspace_id, channel_id, leaver)
    await readings.page(taken, town.people(), None)
    assert await house.members(channel_id) == town.people() - (set() if is_back else {leaver})
    assert (await town.team(channel_id)).left_meanwhile == []


async def test_who_left_before_a_page_was_asked_for_is_in_it_when_slack_says_so(town: Town) -> None:
    channel_id = await town.set_up()
    house, back = town.house, sorted(town.people())[0]
    readings = Readings(house.database, house.clock, house.teams.members)
    first = await readings.take()
    assert first is not None
    await house.teams.leaves(town.workspace_id, channel_id, back)
    await readings.page(first, [], "page 2")
    second = await readings.take()
    assert second is not None
    await readings.page(second, town.people(), None)
    assert await house.members(channel_id) == town.people()


async def test_after_a_crash_another_process_goes_on_at_the_same_page(town: Town) -> None:
    channel_id = town.many(3 * PAGE)
    await town.set_up("everybody")
    await town.rounds(1)
    town.slack.faults.drop_before("conversations.members")  # and the process dies with it
    await town.rounds(1)
    town.house.clock.move(2 * LEASE)
    async with process(town.slack, town.house) as other:
        await other.read_all()
        assert len(await town.house.members(channel_id)) == 3 * PAGE
        assert town.calls("conversations.info") == 1, "it was not begun anew"


async def test_two_processes_do_not_read_the_same_page_twice(town: Town) -> None:
    channel_id = town.many(6 * PAGE)
    await town.set_up("everybody")
    async with process(town.slack, town.house) as other:
        await asyncio.gather(*(each.rounds(12) for each in (town, other)))
        await town.read_all()
        assert len(await town.house.members(channel_id)) == 6 * PAGE
    assert (await town.team(channel_id)).members_read == 6 * PAGE


async def test_slack_that_finds_us_too_fast_is_left_alone_for_a_while(town: Town) -> None:
    channel_id = await town.set_up()
    town.slack.faults.rate_limit("conversations.members", retry_after=7)
    await town.rounds(3)
    assert town.calls("conversations.members") == 1
    assert (await town.team(channel_id)).read_again_at == town.house.clock.now() + timedelta(seconds=7)


@pytest.mark.parametrize("error", ["fetch_members_failed", "internal_error", "missing_scope"])
async def test_a_refusal_that_passes_is_tried_again_later_and_changes_nothing(town: Town, error: str) -> None:
    channel_id = await town.set_up()
    town.slack.faults.refuse("conversations.members", error)
    await town.rounds(1)
    team = await town.team(channel_id)
    assert (team.standing, team.members_read_at) == (Standing.ACTIVE, None)
    assert team.read_again_at is not None
    assert team.read_again_at > town.house.clock.now()


async def test_a_cursor_that_slack_does_not_know_any_more_begins_the_reading_anew(town: Town) -> None:
    channel_id = town.many(2 * PAGE)
    await town.set_up("everybody")
    await town.rounds(1)
    town.slack.faults.refuse("conversations.members", "invalid_cursor")
    await town.rounds(4)
    assert len(await town.house.members(channel_id)) == 2 * PAGE


@pytest.mark.parametrize(
    ("happens", "standing"),
    [
        ("is_archived", Standing.ARCHIVED),
        ("bot_removed", Standing.LEFT),
        ("private_without_the_bot", Standing.LEFT),
        ("deleted", Standing.LEFT),
    ],
)
async def test_what_became_of_a_channel_while_nobody_listened_is_found_at_the_start(
    town: Town, happens: str, standing: Standing
) -> None:
    workspace = town.workspace
    channel_id = await town.set_up()
    await town.rounds(1)
    channel = workspace.channel(channel_id)
    match happens:
        case "is_archived":
            channel.is_archived = True
        case "deleted":
            workspace.remove_channel(channel_id)
        case _:
            channel.members.remove(workspace.bot_user_id)
            channel.kind = "private" if happens.startswith("private") else "public"
    for _twice in range(2):
        await town.restart()
    assert (await town.team(channel_id)).standing == standing
    assert await town.house.told(CHANNEL_GONE) == [FEMKE]


async def test_a_channel_that_came_back_while_nobody_listened_goes_on(town: Town) -> None:
    channel_id = await town.set_up()
    await town.rounds(1)
    await town.house.teams.archived(town.workspace_id, channel_id)
    await town.restart()
    assert (await town.team(channel_id)).standing == Standing.ACTIVE
    assert await town.house.members(channel_id) == town.people()


async def test_an_archive_that_slack_told_of_after_its_end_mends_itself(town: Town) -> None:
    channel_id = await town.set_up()
    await town.read_all()
    await town.house.teams.unarchived(town.workspace_id, channel_id)
    await town.house.teams.archived(town.workspace_id, channel_id)
    town.house.clock.move(LOOK_AGAIN_AFTER)
    await town.read_all()
    team = await town.team(channel_id)
    assert (team.standing, team.members_read_at) == (Standing.ACTIVE, town.house.clock.now())


async def test_a_channel_that_is_really_archived_is_looked_at_once_more_and_then_left_alone(town: Town) -> None:
    channel_id = await town.set_up()
    await town.read_all()
    town.workspace.channel(channel_id).is_archived = True
    await town.house.teams.archived(town.workspace_id, channel_id)
    town.house.clock.move(LOOK_AGAIN_AFTER)
    await town.read_all()
    team = await town.team(channel_id)
    assert (team.standing, team.read_again_at) == (Standing.ARCHIVED, None)


async def test_a_channel_made_private_goes_on(town: Town) -> None:
    channel_id = await town.set_up()
    await town.rounds(1)
    town.workspace.channel(channel_id).kind = "private"
    town.workspace.channel(channel_id).members.append(PRIYA)
    await town.restart()
    assert await town.house.members(channel_id) == town.people()
    assert (await town.team(channel_id)).standing == Standing.ACTIVE


async def test_a_rename_that_nobody_told_of_is_found(town: Town) -> None:
    channel_id = await town.set_up()
    await town.rounds(1)
    await town.house.teams.set_up(town.workspace_id, channel_id, a_plan(name="Team Utrecht"), by=FEMKE, seen_version=1)
    town.workspace.channel(channel_id).name = "team-midden"
    town.house.clock.move(2 * EVERY)
    await town.rounds(1)
    assert (await town.team(channel_id)).name == "Team Midden"
