"""What a lead does with a team: the steps of the journeys that set one up and look after it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.people.roles import Role
from bot.sandbox.delivery import Answer
from bot.sandbox.records import View
from bot.teams.service import Teams
from bot.teams.tables import Team
from bot.teams.views import Action
from tests.world import DAAN, LIES, NOOR, PRIYA, World, open_world

FEMKE, TOM = "U0FEMKE0000", "U0TOM000000"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WEBSHOP = "team-webshop"

DRY_RUN = {"is_dry_run": {"is_dry_run": {"selected_options": [{"value": "dry_run"}]}}}
NO_DRY_RUN: dict[str, Any] = {"is_dry_run": {"is_dry_run": {"selected_options": []}}}


@asynccontextmanager
async def a_lead_in(database_url: str, clock: HeldClock) -> AsyncGenerator[World]:
    """Femke leads, and everybody has written before, so that it is known who they are and what they speak."""
    async with open_world(database_url, clock=clock) as world:
        for person in (FEMKE, NOOR, DAAN, PRIYA, LIES, TOM):
            await world.acht.people.hears(world.workspace.team_id, person, Language.EN)
            assert world.acht.reception is not None
            await world.acht.reception.profiles.of(world.workspace.team_id, person)
        await give(world, FEMKE, Role.LEAD)
        yield world


async def give(world: World, person: str, role: Role) -> None:
    async with world.acht.database.writing() as session:
        await world.acht.services.roles.give(session, world.workspace.team_id, role, [person], by=None)


def teams(world: World) -> Teams:
    return world.acht.services.teams


async def invited(world: World, channel: str = WEBSHOP, by: str = FEMKE) -> str:
    """The bot comes into a channel, and has said hello there."""
    channel_id = world.channel(channel)
    await world.hands.invite_bot(by, channel_id)
    await world.until(lambda: bool(world.said(channel_id)))
    return channel_id


async def opens_the_form(world: World, channel_id: str, person: str = FEMKE) -> View:
    assert (await world.hands.click(person, Action.SET_UP, channel_id)).acknowledged
    return world.modal_of(person)


async def submits(world: World, values: dict[str, Any] | None = None, person: str = FEMKE) -> Answer:
    """Sends the modal that is open, with the rest as it was filled in beforehand."""
    answer = await world.hands.submit(person, world.modal_of(person).id, values or {})
    assert answer.acknowledged
    return answer


def typed(**fields: str) -> dict[str, Any]:
    return {name: {name: {"value": value}} for name, value in fields.items()}


async def sets_up(world: World, channel: str = WEBSHOP, **fields: str) -> str:
    channel_id = await invited(world, channel)
    await opens_the_form(world, channel_id)
    await submits(world, typed(**fields))
    await submits(world)
    await is_introduced(world, channel_id)
    await world.hands.close(FEMKE, world.modal_of(FEMKE).id)
    return channel_id


async def is_introduced(world: World, channel_id: str) -> None:
    """The first post is in the channel, and it was written down that it is."""
    await world.until(lambda: len(world.said(channel_id)) == 2)
    await becomes(world, channel_id, lambda team: team.introduced_at is not None)


async def becomes(world: World, channel_id: str, condition: Callable[[Team], bool]) -> None:
    """Waits until something about a team has become so."""
    async with asyncio.timeout(5):
        while (team := await team_of(world, channel_id)) is None or not condition(team):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def team_of(world: World, channel_id: str) -> Team | None:
    async with world.acht.database.reading() as session:
        return await session.get(Team, (world.workspace.team_id, channel_id))
