"""A role follows a user group: who comes gets it, who goes loses it, and nobody loses it by accident."""

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.people.role_groups import GROUP_GONE, Group
from bot.people.roles import Role, Standing
from bot.people.roles_given import ROLE_GIVEN, LastAdministrator, NotAnAdministrator
from bot.people.tables import Workspace
from tests.people.personnel import DAAN, FEMKE, LIES, NOOR, T1, TOM, Personnel

S1, S2 = "S1", "S2"


@pytest.fixture
async def personnel(personnel: Personnel) -> Personnel:
    """Tom looks after the bot, and of Lies and Femke Slack has told who they are."""
    await personnel.roles.claim(T1, TOM)
    await personnel.met(LIES, FEMKE)
    return personnel


async def test_who_comes_into_the_group_gets_the_role_and_who_goes_loses_it(
    database: Database, clock: HeldClock
) -> None:
    personnel = Personnel(database, clock)
    await personnel.roles.claim(T1, TOM)
    await personnel.met(FEMKE, NOOR)
    await personnel.groups.follow(T1, {Role.LEAD: Group(S1, "leads")}, by=TOM)
    await personnel.read(Role.LEAD, FEMKE, DAAN)
    held = await personnel.hold(Role.LEAD)
    assert (held.by_group, held.group, held.handle) == ((DAAN, FEMKE), S1, "leads")
    assert Role.LEAD in await personnel.people.roles(T1, FEMKE)
    await personnel.read(Role.LEAD, DAAN, NOOR)
    assert (await personnel.hold(Role.LEAD)).by_group == (DAAN, NOOR)
    assert Role.LEAD not in await personnel.people.roles(T1, FEMKE)
    assert Role.LEAD in await personnel.people.roles(T1, NOOR)
    assert await personnel.told(ROLE_GIVEN) == [], "whoever put them into the group told them"
    assert (await personnel.log())[1:] == [
        (TOM, "group_followed", None),
        (None, "role_given", DAAN),
        (None, "role_given", FEMKE),
        (None, "role_given", NOOR),
        (None, "role_taken", FEMKE),
    ]
    await personnel.read(Role.LEAD, NOOR, DAAN)
    assert len(await personnel.log()) == 6, "the same members once more are no change"


async def test_what_was_given_by_hand_stays_by_hand(personnel: Personnel) -> None:
    await personnel.roles.appoint(T1, Role.LEAD, [FEMKE], by=TOM)
    await personnel.groups.follow(T1, {Role.LEAD: Group(S1, "leads")}, by=TOM)
    await personnel.read(Role.LEAD, FEMKE)
    assert await personnel.roles.dismiss(T1, Role.LEAD, [FEMKE], by=TOM) == [FEMKE], "she is in the group still"
    await personnel.roles.appoint(T1, Role.LEAD, [FEMKE], by=TOM)
    await personnel.groups.follow(T1, {Role.LEAD: None}, by=TOM)
    held = await personnel.hold(Role.LEAD)
    assert (held.by_hand, held.by_group, held.group) == ((FEMKE,), (), None)


async def test_another_group_takes_the_place_of_the_first(personnel: Personnel) -> None:
    await personnel.groups.follow(T1, {Role.LEAD: Group(S1, "leads")}, by=TOM)
    late = await personnel.group(Role.LEAD)
    assert late is not None
    await personnel.read(Role.LEAD, FEMKE)
    await personnel.groups.follow(T1, {Role.LEAD: Group(S2, "captains")}, by=TOM)
    await personnel.groups.members_are(late, [NOOR])
    assert (await personnel.hold(Role.LEAD)).by_group == (), "an answer about the first group comes too late"
    await personnel.read(Role.LEAD, DAAN)
    assert (await personnel.hold(Role.LEAD)).by_group == (DAAN,)
    before = await personnel.log()
    await personnel.groups.follow(T1, {Role.LEAD: Group(S2, "captains")}, by=TOM)
    assert await personnel.log() == before, "it follows it already"


async def test_several_groups_are_chosen_together_or_not_at_all(personnel: Personnel) -> None:
    """Also by somebody who is administrator because of one of them."""
    await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S1, "us")}, by=TOM)
    await personnel.read(Role.ADMINISTRATOR, LIES)
    others = {Role.ADMINISTRATOR: Group(S2, "others"), Role.LEADERSHIP: Group(S1, "us"), Role.LEAD: Group(S1, "us")}
    await personnel.groups.follow(T1, others, by=LIES)
    assert [(await personnel.hold(role)).group for role in others] == [S2, S1, S1]
    assert await personnel.administrators() == [TOM]

    await personnel.read(Role.ADMINISTRATOR, LIES)
    await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=LIES)
    before = await personnel.log()
    with pytest.raises(LastAdministrator):
        await personnel.groups.follow(T1, {Role.LEAD: None, Role.LEADERSHIP: None, Role.ADMINISTRATOR: None}, by=LIES)
    assert [(await personnel.hold(role)).group for role in others] == [S2, S1, S1]
    assert await personnel.log() == before


async def test_who_is_no_administrator_links_no_group(personnel: Personnel) -> None:
    with pytest.raises(NotAnAdministrator):
        await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S1, "us")}, by=NOOR)
    await personnel.groups.follow(T1, {Role.LEAD: Group(S1, "leads")}, by=TOM)
    with pytest.raises(NotAnAdministrator):
        await personnel.groups.follow(T1, {Role.LEAD: None}, by=NOOR)
    assert (await personnel.hold(Role.LEAD)).group == S1


async def test_a_deleted_group_leaves_its_people_the_role_and_administrators_are_told(
    database: Database, clock: HeldClock
) -> None:
    personnel = Personnel(database, clock)
    await personnel.roles.claim(T1, TOM)
    await personnel.roles.appoint(T1, Role.ADMINISTRATOR, [LIES], by=TOM)
    await personnel.met(TOM, LIES, FEMKE, DAAN)
    await personnel.met(NOOR, standing=Standing.GUEST)
    for role in (Role.LEAD, Role.LEADERSHIP):
        await personnel.groups.follow(T1, {role: Group(S1, "floor")}, by=TOM)
        await personnel.read(role, FEMKE, DAAN, NOOR, "UNOBODYKNOWS")
    await personnel.groups.group_is_gone(T1, S1)
    await personnel.groups.group_is_gone(T1, S1)
    for role in (Role.LEAD, Role.LEADERSHIP):
        held = await personnel.hold(role)
        assert (held.by_hand, held.by_group, held.group) == ((DAAN, FEMKE), (), None), "colleagues, as Slack said"
    assert await personnel.told(GROUP_GONE) == sorted([LIES, TOM] * 2), "each of them, of each role, once"
    await personnel.groups.follow(T1, {Role.LEAD: Group(S2, "captains")}, by=TOM)
    assert (await personnel.hold(Role.LEAD)).by_hand == (DAAN, FEMKE)


async def test_an_emptied_group_of_administrators_leaves_those_who_were_in_it_when_nobody_else_is(
    personnel: Personnel,
) -> None:
    await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S1, "us")}, by=TOM)
    await personnel.read(Role.ADMINISTRATOR, LIES, FEMKE)
    await personnel.read(Role.ADMINISTRATOR)
    assert await personnel.administrators() == [TOM], "he is there"
    await personnel.read(Role.ADMINISTRATOR, LIES, FEMKE)
    await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    with pytest.raises(LastAdministrator):
        await personnel.groups.follow(T1, {Role.ADMINISTRATOR: None}, by=LIES)
    with pytest.raises(LastAdministrator):
        await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S2, "others")}, by=LIES)
    assert (await personnel.hold(Role.ADMINISTRATOR)).group == S1, "nothing was changed"
    await personnel.read(Role.ADMINISTRATOR)
    assert (await personnel.hold(Role.ADMINISTRATOR)).by_hand == (FEMKE, LIES)


async def test_a_guest_in_the_place_of_the_administrators_does_not_count(personnel: Personnel) -> None:
    await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S1, "us")}, by=TOM)
    await personnel.read(Role.ADMINISTRATOR, LIES)
    await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    await personnel.met(NOOR, standing=Standing.GUEST)
    await personnel.read(Role.ADMINISTRATOR, NOOR)
    assert await personnel.administrators() == [LIES]


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.BOT])
async def test_whom_nobody_has_met_yet_is_no_last_administrator_because_of_a_group(
    personnel: Personnel, standing: Standing
) -> None:
    """There are guests and apps in groups."""
    await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S1, "us")}, by=TOM)
    await personnel.read(Role.ADMINISTRATOR, NOOR)
    with pytest.raises(LastAdministrator):
        await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    await personnel.met(NOOR, standing=standing)
    assert await personnel.administrators() == [TOM]
    await personnel.met(NOOR)
    await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    assert await personnel.administrators() == [NOOR], "a colleague after all"


async def test_whom_nobody_has_met_yet_is_none_either_when_the_group_is_deleted(personnel: Personnel) -> None:
    await personnel.groups.follow(T1, {Role.ADMINISTRATOR: Group(S1, "us")}, by=TOM)
    await personnel.read(Role.ADMINISTRATOR, NOOR)
    await personnel.groups.group_is_gone(T1, S1)
    with pytest.raises(LastAdministrator):
        await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)


async def test_who_they_are_who_came_into_a_group_is_read_with_a_census(personnel: Personnel) -> None:
    await personnel.groups.follow(T1, {Role.LEAD: Group(S1, "leads")}, by=TOM)
    assert await personnel.register.due() is not None, "the first one, of a workspace that is new"
    await personnel.read(Role.LEAD, FEMKE, NOOR)
    assert (await personnel.people.known(T1, NOOR)).is_here
    async with personnel.database.reading() as session:
        assert (await session.get_one(Workspace, T1)).profiles_wanted_again
