"""Two at once, late, without the role, or in a channel that is gone: nothing is set up that should not be."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.kit.clock import HeldClock
from bot.people.roles import Role
from bot.teams.views import Action
from tests.journeys.leading import (
    FEMKE,
    MONDAY,
    TOM,
    WEBSHOP,
    a_lead_in,
    becomes,
    give,
    invited,
    is_introduced,
    opens_the_form,
    sets_up,
    submits,
    team_of,
    teams,
    typed,
)
from tests.teams.plans import House
from tests.world import DAAN, PRIYA, World, texts, words_of


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def world(database_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with a_lead_in(database_url, clock) as world:
        yield world


def said_in_the_modal(world: World) -> str:
    return " ".join(texts(world.modal_of(FEMKE).blocks))


# --- two at once, or late ------------------------------------------------------------------------------


async def test_who_was_overtaken_sees_what_is_there_now_and_can_change_it(world: World) -> None:
    channel_id = await invited(world)
    await give(world, DAAN, Role.LEAD)
    both = {"leads": {"leads": {"selected_users": [FEMKE, DAAN]}}}
    for person in (FEMKE, DAAN):
        await opens_the_form(world, channel_id, person)
        await submits(world, typed(vision=f"By {person}") | both, person)
    await submits(world, person=DAAN)
    await is_introduced(world, channel_id)
    await submits(world, person=FEMKE)
    assert f"<@{DAAN}> set this up a moment ago." in said_in_the_modal(world)
    await submits(world, typed(vision="Together"))
    assert "Saved. This holds from now on." in texts(world.modal_of(FEMKE).blocks)
    there = await teams(world).to_change(world.workspace.team_id, channel_id, by=DAAN)
    assert there is not None
    assert (there.version, there.plan.vision) == (2, "Together")


async def test_who_was_overtaken_by_somebody_who_did_not_name_them_hears_it_in_one_sentence(world: World) -> None:
    channel_id = await invited(world)
    await give(world, DAAN, Role.LEAD)
    for person in (FEMKE, DAAN):
        await opens_the_form(world, channel_id, person)
        await submits(world, person=person)
    await submits(world, person=DAAN)
    await submits(world, person=FEMKE)
    assert "You don't lead this team" in said_in_the_modal(world)


async def test_a_rename_while_the_form_is_open_is_shown_before_anything_is_saved(world: World) -> None:
    channel_id = await sets_up(world)
    await becomes(world, channel_id, lambda team: team.channel_name == WEBSHOP)
    await opens_the_form(world, channel_id)
    await world.hands.rename(FEMKE, channel_id, "team-internet")
    await submits(world, typed(vision="Nobody waits"))
    assert "The channel got another name a moment ago." in said_in_the_modal(world)
    [name] = [block for block in world.modal_of(FEMKE).blocks if block.get("block_id") == "name"]
    assert name["element"]["initial_value"] == "Team Internet"


async def test_a_form_that_is_sent_an_hour_later_is_as_good(world: World, clock: HeldClock) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    clock.move(timedelta(hours=1))
    await submits(world)
    clock.move(timedelta(hours=1))
    await submits(world)
    await world.until(lambda: len(world.said(channel_id)) == 2)


# --- without the role --------------------------------------------------------------------------------


async def test_who_is_no_lead_gets_one_friendly_sentence(world: World) -> None:
    channel_id = await invited(world)
    await world.hands.click(PRIYA, Action.SET_UP, channel_id)
    assert world.workspace.modal(PRIYA) is None
    assert "This is for team leads." in words_of(world.said(channel_id, PRIYA)[-1])


async def test_who_has_lost_the_role_meanwhile_sets_nothing_up(world: World) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    await submits(world)
    await give(world, TOM, Role.ADMINISTRATOR)
    await world.acht.services.roles.dismiss(world.workspace.team_id, Role.LEAD, [FEMKE], by=TOM)
    await submits(world)
    assert "This is for team leads." in said_in_the_modal(world)
    assert await teams(world).to_change(world.workspace.team_id, channel_id, by=TOM) is None


async def test_a_role_that_was_lost_in_another_process_is_lost_here_too(world: World, clock: HeldClock) -> None:
    channel_id = await invited(world)
    await give(world, TOM, Role.ADMINISTRATOR)
    await opens_the_form(world, channel_id)
    await submits(world)
    elsewhere = House(world.acht.database, clock)
    await elsewhere.roles.dismiss(world.workspace.team_id, Role.LEAD, [FEMKE], by=TOM)
    await submits(world)
    assert "This is for team leads." in said_in_the_modal(world)
    assert await team_of(world, channel_id) is None


async def test_guests_and_apps_are_no_leads(world: World) -> None:
    channel_id = await invited(world)
    await world.hands.make_guest(DAAN)
    await opens_the_form(world, channel_id)
    answer = await submits(world, {"leads": {"leads": {"selected_users": [FEMKE, DAAN]}}})
    assert answer.body["errors"] == {"leads": "Leads are colleagues, not guests or apps."}


# --- a channel in which nothing can be posted --------------------------------------------------------


@pytest.mark.parametrize("when", ["before the preview", "after it"])
@pytest.mark.parametrize("happens", ["the bot is out", "archived", "gone", "private and the bot is out"])
async def test_a_channel_in_which_the_bot_cannot_post_becomes_no_team(world: World, happens: str, when: str) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    if when == "after it":
        await submits(world)
    channel = world.workspace.channel(channel_id)
    match happens:
        case "archived":
            channel.is_archived = True
        case "gone":
            world.workspace.remove_channel(channel_id)
        case _:
            channel.members.remove(world.workspace.bot_user_id)
            channel.kind = "private" if happens.startswith("private") else "public"
    await submits(world)
    assert "I can't post in this channel" in said_in_the_modal(world)
    assert await team_of(world, channel_id) is None


async def test_who_is_not_in_a_private_channel_sets_up_no_team_there(world: World) -> None:
    channel_id = world.workspace.add_channel("team-stil", [FEMKE, PRIYA], kind="private").id
    await invited(world, "team-stil")
    await opens_the_form(world, channel_id)
    await submits(world)
    world.workspace.channel(channel_id).members.remove(FEMKE)
    await submits(world)
    assert "This channel is private and you are not in it." in said_in_the_modal(world)
    assert await team_of(world, channel_id) is None


async def test_while_slack_is_away_it_is_set_up_all_the_same(world: World) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    world.slack.faults.drop_before("conversations.info")
    await submits(world)
    world.slack.faults.rate_limit("conversations.info")
    await submits(world)
    await is_introduced(world, channel_id)


async def test_a_first_post_that_slack_refused_comes_with_the_next_change(world: World) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    await submits(world)
    world.slack.faults.refuse("chat.postMessage", "not_in_channel")
    await submits(world)
    await world.until(lambda: any(call.answer.get("error") == "not_in_channel" for call in world.slack.calls))
    await world.hands.close(FEMKE, world.modal_of(FEMKE).id)
    await opens_the_form(world, channel_id)
    await submits(world, typed(vision="Nobody waits"))
    assert world.modal_of(FEMKE).content["submit"]["text"] == "Post it"
    await submits(world)
    await is_introduced(world, channel_id)
    assert "Nobody waits" in texts(world.said(channel_id)[-1].blocks)


async def test_while_everything_is_stopped_the_lead_hears_that_the_first_post_waits(world: World) -> None:
    channel_id = await invited(world)
    await give(world, TOM, Role.ADMINISTRATOR)
    await world.acht.services.administration.stop_all(world.workspace.team_id, by=TOM)
    await opens_the_form(world, channel_id)
    await submits(world)
    await submits(world)
    assert "I post it when an administrator starts again." in said_in_the_modal(world)
    assert len(world.said(channel_id)) == 1
    await world.acht.services.administration.go_on(world.workspace.team_id, by=TOM)
    await is_introduced(world, channel_id)
