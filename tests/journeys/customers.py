"""What colleagues do with customers' cards: the steps of the journeys in which a customer comes by."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bot.customers.rules import Details
from bot.customers.views import Action
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.sandbox.delivery import Answer
from bot.sandbox.records import View
from bot.teams import rules as team_rules
from tests.journeys.leading import FEMKE, a_lead_in, typed
from tests.world import DAAN, NOOR, World

TEAM = "team-utrecht"
MRS_JANSEN = "Mevr. A. Jansen"


@asynccontextmanager
async def a_shop_in(database_url: str, clock: HeldClock) -> AsyncGenerator[World]:
    """Noor and Daan serve the customers of team-utrecht, which Femke leads; Priya does not."""
    async with a_lead_in(database_url, clock) as world:
        await set_up(world, TEAM, NOOR, DAAN)
        yield world


async def set_up(world: World, channel: str, *members: str, language: Language = Language.NL) -> str:
    """A team that Femke leads, with these in it, without a click."""
    services, workspace_id, channel_id = world.acht.services, world.workspace.team_id, world.channel(channel)
    plan = team_rules.usual(channel, language, "Europe/Amsterdam", [FEMKE])
    await services.teams.set_up(workspace_id, channel_id, plan, by=FEMKE, seen_version=None)
    for member in members:
        await services.teams.joins(workspace_id, channel_id, member)
    return channel_id


# --- a card, without a click -------------------------------------------------------------------------


async def has_a_customer(world: World, contact: str = NOOR, name: str = MRS_JANSEN, **details: Any) -> int:
    """A customer of the team's, for journeys in which making the card is not the story."""
    channel_id = world.channel(TEAM)
    card = Details(**{"name": name, "contact_id": contact, "channel_id": channel_id, **details})
    return await world.acht.services.customers.add(world.workspace.team_id, card, by=contact)


# --- the card, as it is made and found in Slack ------------------------------------------------------


async def opens_the_form(world: World, person: str = NOOR) -> View:
    """`/acht customer`, and *New customer*."""
    assert (await world.hands.command(person, world.dm(person), "/acht", "customer")).acknowledged
    assert (await world.hands.click(person, Action.NEW)).acknowledged
    return world.modal_of(person)


async def makes_a_card(
    world: World, person: str = NOOR, name: str = MRS_JANSEN, values: dict[str, Any] | None = None
) -> int:
    """By the form, with the rest as it is filled in beforehand; `values` as Slack has them. Closes the card after."""
    await opens_the_form(world, person)
    await saves(world, person, typed(name=name) | (values or {}))
    customer_id = on_screen(world, person)
    await world.hands.close(person, world.modal_of(person).id)
    return customer_id


async def saves(world: World, person: str, values: dict[str, Any] | None = None) -> Answer:
    """Sends the form that is open."""
    answer = await world.hands.submit(person, world.modal_of(person).id, values or {})
    assert answer.acknowledged
    return answer


def on_screen(world: World, person: str) -> int:
    """Whose card is open."""
    view = world.modal_of(person)
    assert view.content["callback_id"] == Action.CARD, view.content
    return int(view.content["private_metadata"])


async def offered(world: World, person: str, written: str, view: View | None = None) -> list[dict[str, Any]]:
    """What the list of customers shows in a form for what was written; each is an option to choose."""
    form = view or world.modal_of(person)
    answer = await world.hands.options(person, Action.FIND, written, view_id=form.id)
    return answer["options"]


def chosen(option: dict[str, Any], block_id: str = "customer") -> dict[str, Any]:
    """A customer who was offered, as a value of the form."""
    return {block_id: {Action.FIND: {"selected_option": option}}}
