"""Accounts as they come, change and end: colleagues, administrators, guests, and people from elsewhere."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.errors import NotPossible
from bot.sandbox.hands import Hands
from bot.sandbox.workspace import Workspace

from .stand_ins import DAAN, NOOR, TOM, Ear

PARTNER = "T0PARTNER01"


@pytest.fixture
def told(workspace: Workspace, ear: Ear) -> Ear:
    workspace.events |= {"team_join", "user_change", "member_joined_channel", "member_left_channel"}
    return ear


async def info(client: AsyncWebClient, user: str) -> dict[str, Any]:
    return (await client.users_info(user=user))["user"]


async def test_somebody_new_is_told_of_and_stands_in_the_channel_for_everybody(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace
) -> None:
    general = workspace.channel("#general").id
    await hands.invite_bot(NOOR, general)
    sanne = await hands.add_person("sanne", "Sanne Bakker", tz="Europe/Amsterdam")
    _, joined, entered = told.events
    assert (joined["type"], joined["user"]["id"], joined["user"]["tz"]) == ("team_join", sanne, "Europe/Amsterdam")
    assert (entered["type"], entered["user"], entered["channel"]) == ("member_joined_channel", sanne, general)
    assert sanne in (await client.conversations_members(channel=general))["members"]


async def test_a_changed_profile_is_told_whole(hands: Hands, told: Ear, client: AsyncWebClient) -> None:
    await hands.change_profile(NOOR, real_name="Noor de Vries", tz="America/New_York")
    (changed,) = told.events
    assert changed["type"] == "user_change"
    user = changed["user"]
    assert (user["real_name"], user["tz"], user["tz_offset"]) == ("Noor de Vries", "America/New_York", -18_000)
    assert user["profile"]["last_name"] == "de Vries"
    assert await info(client, NOOR) | {"updated": 0} == user | {"updated": 0}


@pytest.mark.parametrize(("tz", "offset"), [("", -28_800), ("Mars/Olympus_Mons", 0), ("Australia/Lord_Howe", 39_600)])
async def test_a_time_zone_may_be_missing_or_unknown(
    hands: Hands, client: AsyncWebClient, tz: str, offset: int
) -> None:
    await hands.change_profile(NOOR, tz=tz)
    noor = await info(client, NOOR)
    assert (noor["tz"] or "", noor["tz_offset"]) == (tz, offset)


async def test_roles_come_and_go(hands: Hands, told: Ear, client: AsyncWebClient) -> None:
    async def roles(user: str) -> set[str]:
        shape = await info(client, user)
        return {name for name in shape if name.startswith("is_") and shape[name]}

    assert await roles(TOM) == {"is_admin", "is_owner"}
    assert await roles(NOOR) == set()
    await hands.make_admin(NOOR)
    assert await roles(NOOR) == {"is_admin"}
    await hands.make_guest(NOOR)
    assert await roles(NOOR) == {"is_restricted"}
    await hands.make_member(NOOR)
    assert await roles(NOOR) == set()
    assert told.event_types == ["user_change"] * 3


async def test_a_guest_in_one_channel_leaves_the_others_and_enters_none(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    leeds = workspace.channel("#team-leeds").id
    await hands.join(NOOR, leeds)
    await hands.make_guest(NOOR, only_in=utrecht)
    noor = await info(client, NOOR)
    assert noor["is_restricted"]
    assert noor["is_ultra_restricted"]
    assert [channel.id for channel in workspace.channels_of(NOOR) if channel.kind == "public"] == [utrecht]
    assert told.event_types == ["member_joined_channel", "user_change", "member_left_channel"]
    with pytest.raises(NotPossible, match="invited"):
        await hands.join(NOOR, leeds)
    with pytest.raises(NotPossible, match="one channel"):
        await hands.invite(workspace.channels[leeds].members[0], leeds, NOOR)


async def test_who_comes_back_has_an_account_and_no_channels(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace
) -> None:
    await hands.deactivate(NOOR)
    await hands.reactivate(NOOR)
    assert [event["user"]["deleted"] for event in told.events] == [True, False]
    assert (await info(client, NOOR))["tz"] == "Europe/Amsterdam"
    assert [channel.kind for channel in workspace.channels_of(NOOR)] == ["app"]
    with pytest.raises(NotPossible):
        await hands.reactivate(NOOR)


async def test_everybody_is_listed_in_pages_with_slackbot_who_says_it_is_no_bot(
    client: AsyncWebClient, workspace: Workspace, hands: Hands
) -> None:
    await hands.deactivate(DAAN)
    workspace.add_person("erik", "Erik Elders", home_team=PARTNER)
    found: list[dict[str, Any]] = []
    async for page in await client.users_list(limit=4):
        assert len(page["members"]) <= 4
        found += page["members"]
    own = [person.id for person in workspace.people.values() if not person.home_team]
    assert [member["id"] for member in found] == ["USLACKBOT", *own]
    assert [member["id"] for member in found if member["is_bot"]] == [workspace.bot_user_id]
    assert (await client.users_list())["members"] == found
    assert (await info(client, "USLACKBOT"))["is_bot"] is False


async def test_somebody_from_elsewhere_is_a_stranger_until_a_channel_is_shared(
    hands: Hands, ear: Ear, client: AsyncWebClient, workspace: Workspace, utrecht: str
) -> None:
    erik = workspace.add_person("erik", "Erik Elders", home_team=PARTNER, email="erik@partner.example").id
    stranger = await info(client, erik)
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, PARTNER)
    assert not {"is_admin", "is_owner"} & set(stranger)
    assert "email" not in stranger["profile"]
    with pytest.raises(NotPossible, match="not shared"):
        await hands.invite(NOOR, utrecht, erik)
    workspace.channels[utrecht].connected_teams.append(PARTNER)
    await hands.invite(NOOR, utrecht, erik)
    assert (await info(client, erik))["is_stranger"] is False
    assert (await client.conversations_info(channel=utrecht))["channel"]["is_ext_shared"]
    await hands.say(erik, utrecht, "@Acht hello")
    assert ear.events[0]["team"] == PARTNER
    assert ear.heard[0]["is_ext_shared_channel"] is True
    for deed in (hands.command(erik, utrecht, "/acht"), hands.shortcut(erik, "observe")):
        with pytest.raises(NotPossible, match="workspace that has the app"):
            await deed


async def test_nobody_administers_the_bot_or_people_from_elsewhere(hands: Hands, workspace: Workspace) -> None:
    erik = workspace.add_person("erik", "Erik Elders", home_team=PARTNER).id
    for user in (workspace.bot_user_id, erik):
        for deed in (hands.make_admin(user), hands.make_guest(user), hands.make_member(user)):
            with pytest.raises(NotPossible):
                await deed
