"""Whoever is in teams that are at work is pushed from exactly one of them."""

import asyncio
import random

import pytest
from sqlalchemy import select

from bot.kit.database import Database
from bot.kit.working_time.tables import WorkingTime
from bot.teams.rules import Standing
from bot.teams.tables import Team, TeamMember
from tests.teams.plans import C1, C2, FEMKE, T1, House

NOOR = "UNOOR"
CHANNELS, PEOPLE = ["C1", "C2", "C3"], [f"U{n}" for n in range(4)]


async def team_of_hours(database: Database, person: str) -> str | None:
    async with database.reading() as session:
        row = await session.get(WorkingTime, (T1, person))
        return row.team if row else None


async def test_a_newcomer_is_pushed_from_the_first_team_they_come_to_and_keeps_its_hours(house: House) -> None:
    await house.set_up(C1)
    await house.set_up(C2)
    await house.join(C2, NOOR)
    await house.join(C1, NOOR)
    assert await house.firsts(NOOR) == [C2]
    assert await team_of_hours(house.database, NOOR) == C2


async def test_who_leaves_their_first_team_gets_another(house: House) -> None:
    await house.set_up(C1)
    await house.set_up(C2)
    await house.join(C1, NOOR)
    await house.join(C2, NOOR)
    await house.teams.leaves(T1, C1, NOOR)
    assert (await house.firsts(NOOR), await team_of_hours(house.database, NOOR)) == ([C2], C2)
    await house.teams.leaves(T1, C2, NOOR)
    assert (await house.firsts(NOOR), await team_of_hours(house.database, NOOR)) == ([], None)


async def test_who_chooses_a_team_is_pushed_from_it(house: House) -> None:
    await house.set_up(C1)
    await house.set_up(C2)
    await house.join(C1, NOOR)
    await house.join(C2, NOOR)
    await house.teams.chooses_team(T1, NOOR, C2)
    assert (await house.firsts(NOOR), await team_of_hours(house.database, NOOR)) == ([C2], C2)
    async with house.database.reading() as session:
        mine = [(team.channel_id, team.is_first) for team in await house.teams.of_member(session, T1, NOOR)]
    assert mine == [(C1, False), (C2, True)]


async def test_the_team_that_somebody_chose_is_theirs_again_when_its_channel_is_back(house: House) -> None:
    await house.set_up(C1)
    await house.set_up(C2)
    await house.join(C1, NOOR)
    await house.join(C2, NOOR)
    await house.teams.chooses_team(T1, NOOR, C2)
    await house.teams.archived(T1, C2)
    assert await house.firsts(NOOR) == [C1]
    await house.teams.unarchived(T1, C2)
    assert (await house.firsts(NOOR), await team_of_hours(house.database, NOOR)) == ([C2], C2)


async def test_a_team_that_nobody_chose_does_not_come_first_again_when_its_channel_is_back(house: House) -> None:
    await house.set_up(C1)
    await house.set_up(C2)
    await house.join(C1, NOOR)
    await house.join(C2, NOOR)
    await house.teams.archived(T1, C1)
    await house.teams.unarchived(T1, C1)
    assert await house.firsts(NOOR) == [C2]


@pytest.mark.parametrize("chosen", ["C3", "C9"])
async def test_a_team_that_somebody_is_not_in_cannot_be_chosen(house: House, chosen: str) -> None:
    await house.set_up(C1)
    await house.set_up("C3")
    await house.join(C1, NOOR)
    await house.teams.chooses_team(T1, NOOR, chosen)
    assert await house.firsts(NOOR) == [C1]


async def test_who_comes_to_two_teams_at_the_same_moment_is_pushed_from_one(house: House) -> None:
    await house.set_up(C1)
    await house.set_up(C2)
    people = [f"U{n}" for n in range(10)]
    await asyncio.gather(*(house.join(channel, person) for person in people for channel in (C1, C2)))
    assert [len(await house.firsts(person)) for person in people] == [1] * 10


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_everybody_in_a_team_at_work_has_one_that_comes_first(house: House, seed: int) -> None:
    chance = random.Random(seed)
    for channel in CHANNELS:
        await house.set_up(channel)
    teams = house.teams
    for _step in range(60):
        channel, person = chance.choice(CHANNELS), chance.choice(PEOPLE)
        happening = chance.choice(
            [
                lambda c=channel, p=person: teams.joins(T1, c, p),
                lambda c=channel, p=person: teams.joins(T1, c, p),
                lambda c=channel, p=person: teams.leaves(T1, c, p),
                lambda c=channel, p=person: teams.chooses_team(T1, p, c),
                lambda c=channel: teams.archived(T1, c),
                lambda c=channel: teams.unarchived(T1, c),
                lambda c=channel: teams.removed(T1, c),
                lambda c=channel: teams.invited(T1, c, FEMKE),
            ]
        )
        await happening()
        await _everybody_has_one(house)


async def _everybody_has_one(house: House) -> None:
    at_work = Team.standing == Standing.ACTIVE
    theirs = (
        select(TeamMember.slack_id, TeamMember.channel_id, TeamMember.is_first, at_work)
        .join(Team, (Team.workspace_id == TeamMember.workspace_id) & (Team.channel_id == TeamMember.channel_id))
        .where(TeamMember.workspace_id == T1)
    )
    async with house.database.reading() as session:
        rows = (await session.execute(theirs)).all()
        hours = dict(iter(await session.execute(select(WorkingTime.whom, WorkingTime.team))))
    for person in PEOPLE:
        active = [row for row in rows if row.slack_id == person and row[3]]
        first = [row.channel_id for row in rows if row.slack_id == person and row.is_first]
        assert len(first) == (1 if active else 0)
        assert set(first) <= {row.channel_id for row in active}
        assert hours.get(person) == (first[0] if first else None)
