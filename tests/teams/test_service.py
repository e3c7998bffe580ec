"""A lead sets up a team, and what becomes of its channel."""

import asyncio
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from bot.kit.audit import Entry
from bot.kit.i18n import Language
from bot.people.roles import Role, Standing
from bot.teams.rules import Standing as OfChannel
from bot.teams.service import BACK, CHANNEL_GONE, FIRST_POST, WELCOME, ChangedMeanwhile, NotTheirTeam
from tests.teams.plans import C1, C2, FEMKE, T1, TOM, House

NOOR, DAAN = "UNOOR", "UDAAN"


async def audit(house: House) -> list[tuple[str, str | None, dict[str, object]]]:
    async with house.database.reading() as session:
        entries = await session.scalars(select(Entry).where(Entry.about == C1).order_by(Entry.id))
        return [(entry.what, entry.by, entry.detail) for entry in entries]


# --- set up ------------------------------------------------------------------------------------------


async def test_a_team_is_set_up_with_its_leads_hours_first_post_and_a_line_in_the_log(house: House) -> None:
    await house.set_up(leads=(FEMKE, DAAN), vision="Nobody goes home with a question", goal_time=time(8, 30))
    team = await house.team()
    assert (team.name, team.version, team.standing) == ("Team Utrecht", 1, OfChannel.ACTIVE)
    assert team.read_again_at == house.clock.now(), "its members are read at once"
    assert house.teams.bell.is_set()
    async with house.database.reading() as session:
        hours, _wish = await house.working_times.hours_of(session, T1, C1)
        assert (hours.zone.key, hours.begins, hours.ends) == ("Europe/Amsterdam", time(8, 30), time(17))
    assert await house.told(FIRST_POST) == [C1]
    assert await audit(house) == [("team_set_up", FEMKE, {})]


async def test_whoever_is_named_a_lead_becomes_one(house: House) -> None:
    await house.met(DAAN, Standing.MEMBER)
    await house.set_up(leads=(FEMKE, DAAN))
    assert Role.LEAD in await house.people.roles(T1, DAAN)


async def test_two_who_set_up_the_same_team_at_once_get_one_team_and_one_first_post(house: House) -> None:
    await house.give(DAAN, Role.LEAD)
    outcomes = await asyncio.gather(
        house.set_up(name="Femke's"), house.set_up(by=DAAN, name="Daan's", leads=(DAAN,)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [ChangedMeanwhile]
    team = await house.team()
    assert team.name == ("Femke's" if team.set_up_by == FEMKE else "Daan's")
    assert await house.told(FIRST_POST) == [C1]
    assert len(await audit(house)) == 1


async def test_the_same_set_up_handed_in_twice_is_one(house: House) -> None:
    await house.set_up()
    await house.set_up()
    assert (await house.team()).version == 1
    assert len(await audit(house)) == 1


async def test_of_two_changes_of_the_same_version_the_second_hears_of_the_first(house: House) -> None:
    await house.set_up(leads=(FEMKE, DAAN))
    house.clock.move(timedelta(minutes=1))
    await house.set_up(by=DAAN, seen=1, leads=(FEMKE, DAAN), vision="One")
    with pytest.raises(ChangedMeanwhile):
        await house.set_up(seen=1, leads=(FEMKE, DAAN), vision="Two")
    there = await house.seen()
    assert (there.plan.vision, there.changed_by, there.changed_at) == ("One", DAAN, house.clock.now())
    assert (await audit(house))[1:] == [("team_changed", DAAN, {"fields": ["vision"]})]


async def test_only_its_leads_and_administrators_change_a_team(house: House) -> None:
    await house.set_up()
    await house.give(DAAN, Role.LEAD)  # of another team
    with pytest.raises(NotTheirTeam):
        await house.set_up(by=DAAN, seen=1, vision="Mine")
    with pytest.raises(NotTheirTeam):
        await house.teams.to_change(T1, C1, by=DAAN)
    await house.give(TOM, Role.ADMINISTRATOR)
    await house.set_up(by=TOM, seen=1, vision="Everybody's")
    await house.takes_away(FEMKE, Role.LEAD)
    with pytest.raises(NotTheirTeam):
        await house.set_up(by=FEMKE, seen=2, vision="Still mine")


async def test_who_is_no_lead_any_more_of_this_team_cannot_change_it(house: House) -> None:
    await house.set_up(leads=(FEMKE, DAAN))
    await house.set_up(seen=1, leads=(DAAN,))
    with pytest.raises(NotTheirTeam):
        await house.set_up(seen=2, leads=(DAAN,), vision="Mine")


# --- who sees what -----------------------------------------------------------------------------------


async def test_who_has_lost_the_role_leads_nothing(house: House) -> None:
    await house.set_up()
    async with house.database.reading() as session:
        assert [team.name for team in (await house.teams.led_by(session, T1, FEMKE, 5)).teams] == ["Team Utrecht"]
    await house.takes_away(FEMKE, Role.LEAD)
    async with house.database.reading() as session:
        led = await house.teams.led_by(session, T1, FEMKE, 5)
    assert (led.teams, led.teams_in_all) == ([], 0)


async def test_teams_are_listed_by_name_and_counted_past_what_is_shown(house: House) -> None:
    for n, name in enumerate(["beta", "Alpha", "delta", "Gamma"]):
        await house.set_up(f"C{n}", name=name)
    await house.join("C0", NOOR, DAAN)
    await house.join("C1", NOOR)
    async with house.database.reading() as session:
        led = await house.teams.led_by(session, T1, FEMKE, 2)
        everything = await house.teams.overview(session, T1, skip=1, limit=2)
        elsewhere = await house.teams.overview(session, "T2", skip=0, limit=5)
    assert ([team.name for team in led.teams], led.teams_in_all) == (["Alpha", "beta"], 4)
    assert [(team.name, team.members) for team in everything.teams] == [("beta", 2), ("delta", 0)]
    assert (everything.teams_in_all, everything.people_in_all) == (4, 2)
    assert elsewhere.teams_in_all == elsewhere.people_in_all == 0


async def test_bots_and_closed_accounts_are_not_counted(house: House) -> None:
    await house.set_up()
    await house.join(C1, NOOR, DAAN, "UBOT", "UGONE")
    await house.met(NOOR, Standing.MEMBER)
    await house.met("UBOT", Standing.BOT)
    await house.met("UGONE", Standing.GONE)
    seen = await house.teams.list_all(T1, skip=0, limit=5)
    assert ([team.members for team in seen.teams], seen.people_in_all) == ([2], 2)


# --- its channel -------------------------------------------------------------------------------------


async def test_an_invitation_is_answered_once_a_day_in_the_language_of_who_invited(house: House) -> None:
    await house.people.hears(T1, NOOR, Language.NL)
    for _twice in range(2):
        await house.teams.invited(T1, C1, NOOR)
    assert await house.told(WELCOME) == [C1]
    house.clock.move(timedelta(days=1))
    await house.teams.invited(T1, C1, None)
    assert await house.told(WELCOME) == [C1, C1]


ENDS = [("archived", OfChannel.ARCHIVED), ("removed", OfChannel.LEFT), ("deleted", OfChannel.DELETED)]


@pytest.mark.parametrize(("end", "standing"), ENDS)
async def test_a_channel_that_ends_stops_everything_and_its_leads_hear_it_once(
    house: House, end: str, standing: OfChannel
) -> None:
    await house.set_up(leads=(FEMKE, DAAN))
    await house.join(C1, NOOR)
    for _twice in range(2):
        await getattr(house.teams, end)(T1, C1)
        house.clock.move(timedelta(seconds=3))
    assert (await house.team()).standing == standing
    assert await house.told(CHANNEL_GONE) == [DAAN, FEMKE]
    assert await house.firsts(NOOR) == []
    assert await house.members() == (set() if end == "deleted" else {NOOR})
    async with house.database.reading() as session:
        assert await house.teams.of_member(session, T1, NOOR) == []


@pytest.mark.parametrize(("end", "returns"), [("archived", "unarchived"), ("removed", "invited")])
async def test_a_channel_that_is_back_goes_on_where_it_was(house: House, end: str, returns: str) -> None:
    await house.set_up()
    await house.join(C1, NOOR)
    await getattr(house.teams, end)(T1, C1)
    house.clock.move(timedelta(hours=1))
    await getattr(house.teams, returns)(T1, C1, *([None] if returns == "invited" else []))
    team = await house.team()
    assert (team.standing, team.read_again_at) == (OfChannel.ACTIVE, house.clock.now())
    assert await house.firsts(NOOR) == [C1]
    assert await house.told(BACK) == ([C1] if returns == "invited" else [])


async def test_a_channel_that_the_bot_was_taken_out_of_is_not_back_when_it_is_unarchived(house: House) -> None:
    await house.set_up()
    await house.teams.removed(T1, C1)
    await house.teams.archived(T1, C1)
    await house.teams.unarchived(T1, C1)
    assert (await house.team()).standing == OfChannel.LEFT


@pytest.mark.parametrize(("given", "then"), [("Team Utrecht", "Team Midden Nederland"), ("The best", "The best")])
async def test_a_team_is_renamed_with_its_channel_unless_it_has_a_name_of_its_own(
    house: House, given: str, then: str
) -> None:
    await house.set_up(name=given)
    await house.teams.renamed(T1, C1, "team-utrecht")  # what Slack calls it now is learnt at the first reading
    for _twice in range(2):
        await house.teams.renamed(T1, C1, "team-midden-nederland")
    assert (await house.team()).name == then


async def test_a_rename_while_the_form_is_open_is_not_undone_by_saving_it(house: House) -> None:
    await house.set_up()
    await house.teams.renamed(T1, C1, "team-utrecht")
    assert (await house.seen()).version == 1, "it is called that already"
    await house.teams.renamed(T1, C1, "team-midden")
    with pytest.raises(ChangedMeanwhile):
        await house.set_up(seen=1, step=3)
    there = await house.seen()
    assert (there.plan.name, there.version, there.changed_by) == ("Team Midden", 2, None)


async def test_events_of_channels_that_are_no_team_change_nothing(house: House) -> None:
    for end in ("archived", "unarchived", "removed", "deleted"):
        await getattr(house.teams, end)(T1, C2)
    await house.teams.renamed(T1, C2, "x")
    await house.teams.joins(T1, C2, NOOR)
    await house.teams.leaves(T1, C2, NOOR)
    assert await house.told(CHANNEL_GONE) == []
    assert await house.members(C2) == set()
