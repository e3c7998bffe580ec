"""A team that is set up: what becomes of its channel and its people, and what they see of it in their Home tab."""

from collections.abc import AsyncIterator

import pytest

from bot.kit.clock import HeldClock
from bot.people.roles import Role
from bot.sandbox.records import View
from bot.teams.views import Action
from tests.journeys.leading import (
    FEMKE,
    MONDAY,
    TOM,
    WEBSHOP,
    a_lead_in,
    give,
    invited,
    opens_the_form,
    sets_up,
    submits,
    teams,
    typed,
)
from tests.world import DAAN, LIES, NOOR, PRIYA, World, buttons_of, texts, words_of


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def world(database_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with a_lead_in(database_url, clock) as world:
        yield world


async def test_members_follow_the_channel(world: World) -> None:
    channel_id = await sets_up(world)
    await world.hands.join(NOOR, channel_id)
    await world.hands.leave(DAAN, channel_id)
    async with world.acht.database.reading() as session:
        of_noor = await teams(world).of_member(session, world.workspace.team_id, NOOR)
        of_daan = await teams(world).of_member(session, world.workspace.team_id, DAAN)
    assert [team.name for team in of_noor] == ["Team Webshop"]
    assert list(of_daan) == []


async def test_an_archived_channel_is_told_to_its_lead_and_goes_on_when_it_is_back(world: World) -> None:
    channel_id = await sets_up(world)
    await world.hands.archive(FEMKE, channel_id)
    await world.until(lambda: "has been archived" in " ".join(words_of(m) for m in world.said(world.dm(FEMKE))))
    await world.hands.unarchive(FEMKE, channel_id)
    async with world.acht.database.reading() as session:
        led = await teams(world).led_by(session, world.workspace.team_id, FEMKE, 5)
    assert [team.standing for team in led.teams] == ["active"]


async def test_a_bot_that_was_taken_out_is_back_when_it_is_invited_again(world: World) -> None:
    channel_id = await sets_up(world)
    await world.hands.remove_bot(FEMKE, channel_id)
    await world.until(lambda: "Invite me again" in " ".join(words_of(m) for m in world.said(world.dm(FEMKE))))
    await world.hands.invite_bot(FEMKE, channel_id)
    await world.until(lambda: "I'm back." in words_of(world.said(channel_id)[-1]))


async def test_a_team_in_a_private_channel_works_the_same(world: World) -> None:
    channel_id = world.workspace.add_channel("team-stil", [FEMKE, PRIYA], kind="private").id
    await invited(world, "team-stil")
    form = await opens_the_form(world, channel_id)
    [name] = [block for block in form.blocks if block.get("block_id") == "name"]
    assert name["element"]["initial_value"] == "Team Stil"
    await submits(world)
    await submits(world)
    await world.until(lambda: len(world.said(channel_id)) == 2)
    await world.hands.rename(FEMKE, channel_id, "team-zacht")


# --- in the Home tab ---------------------------------------------------------------------------------


async def home(world: World, person: str) -> View:
    await world.hands.open_home(person)
    tab = world.workspace.home(person)
    assert tab is not None
    return tab


async def test_a_lead_changes_a_team_from_the_home_tab(world: World) -> None:
    channel_id = await sets_up(world)
    tab = await home(world, FEMKE)
    assert "No customer vision yet" in " ".join(texts(tab.blocks))
    await world.hands.click(FEMKE, f"{Action.CHANGE}.{channel_id}", view_id=tab.id)
    await submits(world, typed(vision="Nobody waits"))
    assert "Saved. This holds from now on." in texts(world.modal_of(FEMKE).blocks)
    await world.until(lambda: "Nobody waits" in texts(world.workspace.home(FEMKE).blocks))  # type: ignore[union-attr]


async def test_who_is_in_two_teams_chooses_from_which_they_are_pushed(world: World) -> None:
    here = world.workspace.team_id
    first, second = await sets_up(world), await _second_team(world)
    for channel_id in (first, second):
        await teams(world).joins(here, channel_id, NOOR)
    tab = await home(world, NOOR)
    await world.hands.click(NOOR, Action.CHOOSE, view_id=tab.id, value=second)
    async with world.acht.database.reading() as session:
        chosen = await teams(world).of_member(session, here, NOOR)
    assert [team.channel_id for team in chosen if team.is_first] == [second]


async def _second_team(world: World) -> str:
    channel_id = world.workspace.add_channel("team-two", [FEMKE]).id
    await sets_up(world, "team-two")
    return channel_id


async def test_more_teams_than_fit_are_one_click_away_page_by_page(world: World) -> None:
    here, plan = world.workspace.team_id, None
    await sets_up(world)
    there = await teams(world).to_change(here, world.channel(WEBSHOP), by=FEMKE)
    assert there is not None
    plan = there.plan
    for n in range(45):
        await teams(world).set_up(here, f"C9{n:04}", plan, by=FEMKE, seen_version=None)
    tab = await home(world, FEMKE)
    assert "And 41 more" in texts(tab.blocks)
    await world.hands.click(FEMKE, Action.SHOW_LED, view_id=tab.id)
    await world.hands.click(FEMKE, f"{Action.TURN_LED}.after")
    await world.hands.click(FEMKE, f"{Action.TURN_LED}.after")
    last = world.modal_of(FEMKE)
    changes = [button for button in buttons_of(last.blocks) if button["action_id"].startswith(Action.CHANGE)]
    assert len(changes) == 6
    await world.hands.click(FEMKE, changes[0]["action_id"], view_id=last.id)
    assert world.modal_of(FEMKE).callback_id == Action.PLAN
    assert len(world.workspace.surfaces.stack(FEMKE)) == 1

    await give(world, LIES, Role.LEADERSHIP)
    await give(world, TOM, Role.ADMINISTRATOR)
    for person, may_change in ((LIES, 0), (TOM, 20)):
        tab = await home(world, person)
        await world.hands.click(person, Action.SHOW_ALL, view_id=tab.id)
        seen = world.modal_of(person)
        buttons = [button["action_id"] for button in buttons_of(seen.blocks)]
        assert sum(id_.startswith(Action.CHANGE) for id_ in buttons) == may_change
