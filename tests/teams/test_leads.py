"""Who may set up or change a team is looked at when it is saved, and who has lost the role gets it back from nobody."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.people.roles import Role, Standing
from bot.teams.service import NotALead, NotTheirTeam
from bot.teams.tables import Team
from tests.teams.plans import C1, FEMKE, T1, TOM, House, a_plan

LIES, EVE = "ULIES", "UEVE"


async def test_who_is_neither_lead_nor_administrator_sets_up_nothing_and_gets_no_role(house: House) -> None:
    await house.met(EVE, Standing.MEMBER)
    with pytest.raises(NotALead):
        await house.set_up(by=EVE, leads=(EVE,))
    assert not await house.has(EVE, Role.LEAD)
    async with house.database.reading() as session:
        assert await session.scalar(select(Team.channel_id)) is None


async def test_a_role_that_was_lost_in_another_process_is_not_good_for_a_new_team(house: House) -> None:
    assert Role.LEAD in (await house.people.known(T1, FEMKE)).given, "here it is remembered for a while"
    elsewhere = House(house.database, house.clock)
    await elsewhere.takes_away(FEMKE, Role.LEAD)
    with pytest.raises(NotALead):
        await house.set_up()
    assert not await house.has(FEMKE, Role.LEAD)


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.GONE])
async def test_who_is_no_colleague_any_more_sets_up_nothing(house: House, standing: Standing) -> None:
    await house.met(FEMKE, standing)
    with pytest.raises(NotALead):
        await house.set_up()


async def test_an_administrator_sets_up_a_team_and_names_its_leads(house: House) -> None:
    await house.give(TOM, Role.ADMINISTRATOR)
    await house.set_up(by=TOM, leads=(EVE,))
    assert await house.has(EVE, Role.LEAD)
    assert not await house.has(TOM, Role.LEAD)


async def test_a_dismissed_lead_is_not_in_the_form_and_does_not_get_the_role_back_when_it_is_saved(
    house: House,
) -> None:
    await house.set_up(leads=(FEMKE, LIES))
    await house.takes_away(LIES, Role.LEAD)
    there = await house.seen()
    assert there.plan.leads == (FEMKE,)
    await house.teams.set_up(T1, C1, replace(there.plan, vision="Nobody waits"), by=FEMKE, seen_version=1)
    assert not await house.has(LIES, Role.LEAD)


async def test_a_form_from_before_a_dismissal_does_not_undo_it(house: House) -> None:
    await house.set_up(leads=(FEMKE, LIES))
    await house.takes_away(LIES, Role.LEAD)
    await house.set_up(seen=1, leads=(FEMKE, LIES), vision="Nobody waits")
    assert (await house.team()).vision == "Nobody waits"
    assert not await house.has(LIES, Role.LEAD)


async def test_who_is_named_a_lead_later_becomes_one(house: House) -> None:
    await house.set_up()
    await house.set_up(seen=1, leads=(FEMKE, LIES))
    assert await house.has(LIES, Role.LEAD)


async def test_where_no_lead_is_left_the_form_names_who_opens_it(house: House) -> None:
    await house.set_up()
    await house.takes_away(FEMKE, Role.LEAD)
    assert (await house.seen(by=TOM)).plan == a_plan(leads=(TOM,))
    with pytest.raises(NotTheirTeam):
        await house.seen(by=FEMKE)
