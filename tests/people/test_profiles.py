"""Who somebody is in Slack is followed, of those who have to do with the bot, and written down when it is new."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.kit.clock import HeldClock
from bot.kit.slack.incoming import User
from bot.people.profiles import profile_of
from bot.people.roles import Standing
from bot.people.tables import Colleague
from tests.people.personnel import T1
from tests.stand_ins.clock import NOON
from tests.world import DAAN, NOOR, PRIYA, World, open_world

ADMIN, OWNER = {"is_admin": True}, {"is_owner": True}


@pytest.mark.parametrize(
    ("told", "standing", "is_slack_admin"),
    [
        ({}, Standing.MEMBER, False),
        (ADMIN, Standing.MEMBER, True),
        (OWNER, Standing.MEMBER, True),
        (ADMIN | {"is_restricted": True}, Standing.GUEST, False),
        (ADMIN | {"team_id": "T2"}, Standing.OUTSIDER, False),
        (OWNER | {"is_stranger": True}, Standing.OUTSIDER, False),
        (ADMIN | {"is_bot": True}, Standing.BOT, False),
        (OWNER | {"deleted": True}, Standing.GONE, False),
    ],
)
def test_only_who_is_of_here_looks_after_this_workspace(
    told: dict[str, Any], standing: Standing, is_slack_admin: bool
) -> None:
    """Somebody from a connected workspace may well look after theirs."""
    profile = profile_of(User.model_validate({"id": NOOR, "team_id": T1, **told}), T1)
    assert (profile.standing, profile.is_slack_admin) == (standing, is_slack_admin)


# --- what Slack tells of everybody -------------------------------------------------------------------


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
async def world(sqlite_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with open_world(sqlite_url, clock=clock) as world:
        yield world


async def kept_of(world: World, person: str) -> Colleague | None:
    assert world.acht.reception is not None
    await asyncio.gather(*world.acht.reception.profiles._meeting.values())
    async with world.acht.database.reading() as session:
        return await session.get(Colleague, (world.workspace.team_id, person))


async def test_of_somebody_who_was_never_here_nothing_is_kept_and_slack_is_not_asked(world: World) -> None:
    """In a large company somebody changes their status every second."""
    await world.hands.change_profile(DAAN, title="On holiday", tz="Asia/Tokyo")
    await world.hands.do_not_disturb(DAAN, NOON, NOON + timedelta(hours=1))
    await world.hands.join(DAAN, world.channel("team-leeds"))  # which nobody has set up
    await world.hands.make_guest(DAAN)
    assert await kept_of(world, DAAN) is None
    assert world.slack.accepted["users.info"] == 0
    await world.ask(DAAN, "there is an angry customer in front of me, how do I begin?")
    kept = await kept_of(world, DAAN)
    assert kept is not None
    assert (kept.standing, kept.zone) == (Standing.GUEST, "Asia/Tokyo"), "asked when he came"
    assert world.slack.accepted["users.info"] == 1


async def test_what_is_nothing_new_is_not_written_down(world: World, clock: HeldClock) -> None:
    await world.command(PRIYA, "playbook")
    for what, is_new in (({"title": "On holiday"}, False), ({"tz": "Asia/Tokyo"}, True), ({"title": "Back"}, False)):
        clock.move(timedelta(minutes=1))
        await world.hands.change_profile(PRIYA, **what)
        kept = await kept_of(world, PRIYA)
        assert kept is not None
        assert (kept.seen_at == clock.now()) is is_new, what
