"""A lead invites Acht, sets up a team, and sees its first post before anybody else does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.teams.views import Action
from tests.journeys.leading import (
    DRY_RUN,
    FEMKE,
    MONDAY,
    NO_DRY_RUN,
    WEBSHOP,
    a_lead_in,
    invited,
    opens_the_form,
    sets_up,
    submits,
    teams,
    typed,
)
from tests.world import PRIYA, World, texts, words_of


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def world(database_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with a_lead_in(database_url, clock) as world:
        yield world


@pytest.mark.parametrize(
    ("language", "welcome", "submit", "post", "asks", "is_set_up"),
    [
        (
            Language.EN,
            "Hello, I'm Acht.",
            "Look at the first post",
            "Post it",
            "Don't know what to say to a customer?",
            "Team Webshop is set up. The first post is in the channel.",
        ),
        (
            Language.NL,
            "Hallo, ik ben Acht.",
            "Bekijk eerste bericht",
            "Plaatsen",
            "Weet je niet wat je tegen een klant moet zeggen?",
            "Team Webshop is ingesteld. Het eerste bericht staat in het kanaal.",
        ),
    ],
)
async def test_a_lead_comes_from_the_invitation_to_the_first_post_in_at_most_six_clicks(
    world: World, language: Language, welcome: str, submit: str, post: str, asks: str, is_set_up: str
) -> None:
    await world.acht.people.hears(world.workspace.team_id, FEMKE, language)
    channel_id = world.channel(WEBSHOP)
    clicks = 1
    await world.hands.invite_bot(FEMKE, channel_id)
    await world.until(lambda: bool(world.said(channel_id)))
    [said] = world.said(channel_id)
    assert welcome in words_of(said)

    clicks += 1
    form = await opens_the_form(world, channel_id)
    assert form.content["submit"]["text"] == submit
    assert len(form.blocks) <= 15

    clicks += 1
    await submits(world, typed(vision="Nobody waits for an answer."))
    preview = world.modal_of(FEMKE)
    assert preview.content["submit"]["text"] == post
    assert "Nobody waits for an answer." in texts(preview.blocks)
    assert len(world.said(channel_id)) == 1, "nothing is posted yet"
    previewed = shown(preview.blocks)[2:-2]

    clicks += 1
    await submits(world)
    assert is_set_up in texts(world.modal_of(FEMKE).blocks)
    await world.until(lambda: len(world.said(channel_id)) == 2)
    first_post = world.said(channel_id)[1]
    assert asks in words_of(first_post)
    assert previewed == shown(first_post.blocks), "it looks as it did in the preview"

    clicks += 1
    await world.hands.close(FEMKE, world.modal_of(FEMKE).id)
    assert world.workspace.modal(FEMKE) is None, "the form under it is closed too"
    assert clicks <= 6


def shown(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the ids that Slack gives to blocks."""
    return [{key: value for key, value in block.items() if key != "block_id"} for block in blocks]


async def test_the_step_of_the_first_post_can_be_read_there_and_in_the_preview(world: World) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    await submits(world)
    assert (await world.hands.click(FEMKE, "coaching.read_step")).acknowledged
    await world.hands.close(FEMKE, world.modal_of(FEMKE).id)
    await submits(world)
    await world.until(lambda: len(world.said(channel_id)) == 2)
    await world.hands.click(PRIYA, "coaching.read_step", channel_id)
    assert world.workspace.modal(PRIYA) is not None


VISIONS = [
    "<!channel> *bold* _it_ ~no~ `code` <https://evil.example|click> & <@U0NOOR00000> :tada:",
    "😀" * 150,
    "https://evil.example {name} {0} %s \\ \" '",
]


@pytest.mark.parametrize("vision", VISIONS)
async def test_a_vision_with_markup_stays_as_it_was_written(world: World, vision: str) -> None:
    channel_id = await sets_up(world, vision=vision, name="*Team* <!here>")
    first_post = world.said(channel_id)[1]
    [quote] = [part for block in first_post.blocks for part in block.get("elements", []) if "quote" in part["type"]]
    assert quote["elements"] == [{"type": "text", "text": vision}]
    assert "<!" not in first_post.text


@pytest.mark.parametrize("length", [301, 3000])
async def test_a_vision_that_is_too_long_is_refused_by_the_form(world: World, length: int) -> None:
    await opens_the_form(world, await invited(world))
    answer = await submits(world, typed(vision="x" * length))
    assert "vision" in answer.body["errors"]


async def test_what_is_wrong_is_said_beside_its_field(world: World) -> None:
    await opens_the_form(world, await invited(world))
    sunday = {"challenge_day": {"challenge_day": {"selected_option": {"value": "6"}}}}
    answer = await submits(world, typed(name=" \n ") | sunday)
    assert answer.body["errors"] == {
        "name": "Give the team a name.",
        "challenge_day": "Choose a day on which the team works.",
    }


async def test_a_zone_and_a_country_are_found_by_typing(world: World) -> None:
    form = await opens_the_form(world, await invited(world))
    zones = await world.hands.options(FEMKE, Action.ZONE, "lisb", view_id=form.id)
    assert zones["options"][0]["text"]["text"] == "Lisbon, Portugal"
    countries = await world.hands.options(FEMKE, Action.COUNTRY, "", view_id=form.id)
    assert countries["options"][-1]["text"]["text"] == "No public holidays"
    await submits(
        world,
        {
            "zone": {Action.ZONE: {"selected_option": zones["options"][0]}},
            "country": {Action.COUNTRY: {"selected_option": countries["options"][-1]}},
        },
    )
    await submits(world)
    there = await teams(world).to_change(world.workspace.team_id, world.channel(WEBSHOP), by=FEMKE)
    assert there is not None
    assert (there.plan.zone, there.plan.country) == ("Europe/Lisbon", None)


async def test_in_a_dry_run_the_lead_alone_gets_the_post_and_the_channel_when_it_ends(world: World) -> None:
    channel_id = await invited(world)
    await opens_the_form(world, channel_id)
    await submits(world, DRY_RUN)
    assert "the channel sees nothing" in " ".join(texts(world.modal_of(FEMKE).blocks))
    await submits(world)
    await world.until(lambda: "Dry run" in " ".join(words_of(said) for said in world.said(world.dm(FEMKE))))
    assert len(world.said(channel_id)) == 1
    await world.hands.close(FEMKE, world.modal_of(FEMKE).id)

    form = await opens_the_form(world, channel_id)
    assert form.content["submit"]["text"] == "Save"
    await submits(world, NO_DRY_RUN)
    assert world.modal_of(FEMKE).content["submit"]["text"] == "Post it", "something new will be posted"
    await submits(world)
    await world.until(lambda: len(world.said(channel_id)) == 2)
