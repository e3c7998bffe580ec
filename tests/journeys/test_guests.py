"""Guests of the workspace, and people of another one, may ask; the rest is for colleagues."""

from typing import Any

import pytest

from bot.people.roles import Standing
from bot.people.service import Profile
from tests.world import NOOR, PRIYA, World, texts, words_of

GUESTS_MAY = "As a guest you can ask me what to say or do for a customer. The rest is for colleagues."


@pytest.fixture
async def guest(world: World) -> str:
    """Priya is a guest of the workspace today."""
    await world.acht.people.meets(
        world.workspace.team_id, Profile(PRIYA, Standing.GUEST, "Europe/London", is_slack_admin=False)
    )
    return PRIYA


async def test_a_guest_is_answered(world: World, guest: str) -> None:
    assert "Say" in words_of(await world.ask(guest, "there is an angry customer in front of me, how do I begin?"))


@pytest.mark.parametrize("command", ["playbook 6", "draaiboek", "settings", "pauze tot maandag"])
async def test_a_guest_who_does_what_is_for_colleagues_hears_so_in_one_sentence(
    world: World, guest: str, command: str
) -> None:
    assert words_of(await world.command(guest, command)) == GUESTS_MAY


async def test_a_guest_who_clicks_what_is_for_colleagues_hears_so(world: World, guest: str) -> None:
    await world.hands.shortcut(guest, "coaching.browse")
    await world.until(lambda: any(said.text == GUESTS_MAY for said in world.said(world.dm(guest), guest)))
    assert world.workspace.modal(guest) is None


async def test_the_home_tab_of_a_guest_has_what_a_guest_may(world: World, guest: str) -> None:
    await world.hands.open_home(guest)
    home = world.workspace.home(guest)
    assert home is not None
    assert "Ask the coach" in texts(home.blocks)
    assert "Settings" not in texts(home.blocks)


async def test_while_slack_does_not_tell_who_somebody_is_they_may_ask_and_nothing_else(world: World) -> None:
    world.slack.faults.refuse("users.info", "internal_error", times=9)
    assert "I can't see in Slack who you are" in words_of(await world.command(NOOR, "playbook"))
    await world.ask(NOOR, "mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?")


async def test_who_becomes_a_guest_is_one_from_then_on(world: World) -> None:
    await world.command(PRIYA, "playbook")
    assert world.acht.reception is not None
    changed: dict[str, Any] = {"id": PRIYA, "team_id": world.workspace.team_id, "tz": "Asia/Tokyo"}
    body = {"team_id": world.workspace.team_id}
    await world.acht.reception.profiles.changes(body, {"user": {**changed, "is_restricted": True}})
    assert words_of(await world.command(PRIYA, "playbook")) == GUESTS_MAY
    known = await world.acht.people.known(world.workspace.team_id, PRIYA)
    assert (known.standing, known.zone) == (Standing.GUEST, "Asia/Tokyo")
