"""What somebody has not chosen is as in their team, and what the team has not either, as is usual."""

from datetime import UTC, date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.kit.database import Database
from bot.kit.working_time.rules import USUAL, Holiday, OutsideHours, Wish
from bot.kit.working_time.service import WorkingTimes
from bot.kit.working_time.tables import WorkingTime
from bot.kit.working_time.wall_clock import UnknownZone
from tests.kit.working_time.test_service import statements

TOKYO, NEW_YORK = "Asia/Tokyo", "America/New_York"
THURSDAY = datetime(2026, 11, 19, 15, tzinfo=UTC)
KINGS_DAY, LIBERATION_DAY, EPIPHANY = date(2027, 4, 27), date(2027, 5, 5), date(2027, 1, 6)
TEAM_DAYS, OWN_DAYS = {0, 1}, {4}

times = WorkingTimes()


async def a_team(session: AsyncSession, channel: str = "C1", workspace_id: str = "T1", **other: object) -> None:
    usual = {"zone": TOKYO, "days": TEAM_DAYS, "begins": time(22), "ends": time(6), "country": "NL", "region": None}
    await times.set_hours(session, workspace_id, channel, **{**usual, **other})


async def chooses(session: AsyncSession, whom: str = "U1") -> None:
    await times.choose_hours(session, "T1", whom, days=OWN_DAYS, begins=time(8), ends=time(12))


# --- whose it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_a_team", "chose", "told"), [pytest.param(*case, id=str(case)) for case in product([False, True], repeat=3)]
)
async def test_each_part_is_ones_own_or_else_the_teams_or_else_the_usual(
    database: Database, in_a_team: bool, chose: bool, told: bool
) -> None:
    async with database.writing() as session:
        await a_team(session)
        if in_a_team:
            await times.belongs_to(session, "T1", ["U1"], "C1")
        if chose:
            await chooses(session)
        if told:
            await times.moves(session, "T1", "U1", NEW_YORK)
        hours, _ = await times.hours_of(session, "T1", "U1")
    assert hours.zone == (ZoneInfo(NEW_YORK) if told else ZoneInfo(TOKYO) if in_a_team else USUAL.zone)
    shift = (hours.days, hours.begins, hours.ends)
    if chose:
        assert shift == (OWN_DAYS, time(8), time(12))
    else:
        assert shift == ((TEAM_DAYS, time(22), time(6)) if in_a_team else (USUAL.days, USUAL.begins, USUAL.ends))
    assert hours.holiday_on(KINGS_DAY) == ("King's Day" if in_a_team else None)


async def test_ones_own_country_comes_with_its_own_region_and_with_the_holidays_one_works_on(
    database: Database,
) -> None:
    own = {"zone": NEW_YORK, "days": OWN_DAYS, "begins": time(8), "ends": time(12)}
    async with database.writing() as session:
        await a_team(session, works_on=["Liberation Day"])
        await times.belongs_to(session, "T1", ["U1", "U2"], "C1")
        await times.set_hours(session, "T1", "U1", **own, country="DE", region="BY")
        teams, _ = await times.hours_of(session, "T1", "U2")
        hers, _ = await times.hours_of(session, "T1", "U1")
    assert (teams.holiday_on(KINGS_DAY), teams.holiday_on(LIBERATION_DAY)) == ("King's Day", None)
    assert (hers.holiday_on(KINGS_DAY), hers.holiday_on(EPIPHANY)) == (None, "Epiphany")


async def test_who_works_on_no_day_has_chosen_that(database: Database) -> None:
    async with database.writing() as session:
        await a_team(session)
        await times.belongs_to(session, "T1", ["U1"], "C1")
        await times.choose_hours(session, "T1", "U1", days=[], begins=time(8), ends=time(12))
        hours, _ = await times.hours_of(session, "T1", "U1")
    assert hours.days == frozenset()


async def test_a_team_has_its_own_and_a_channel_of_another_workspace_is_another_team(database: Database) -> None:
    async with database.writing() as session:
        await a_team(session, workspace_id="T2")
        await times.belongs_to(session, "T1", ["U1"], "C1")
        assert await times.hours_of(session, "T1", "U1") == (USUAL, Wish.MESSAGES), "that team was not set up"
        assert (await times.hours_of(session, "T2", "C1"))[0].zone == ZoneInfo(TOKYO)


async def test_what_changes_in_the_team_holds_at_once_and_who_leaves_has_it_no_longer(database: Database) -> None:
    async with database.writing() as session:
        await a_team(session)
        await a_team(session, "C2", days=[6])
        await times.belongs_to(session, "T1", ["U1"], "C1")
        await a_team(session, days=[2])
        assert (await times.hours_of(session, "T1", "U1"))[0].days == {2}
        await times.belongs_to(session, "T1", ["U1"], "C2")
        assert (await times.hours_of(session, "T1", "U1"))[0].days == {6}
        await times.belongs_to(session, "T1", ["U1"], None)
        assert await times.hours_of(session, "T1", "U1") == (USUAL, Wish.MESSAGES)


async def test_what_slack_says_of_do_not_disturb_is_no_choice_of_hours(database: Database) -> None:
    async with database.writing() as session:
        await times.note_do_not_disturb(session, "T1", {"U1": None}, THURSDAY)
        await a_team(session)
        await times.belongs_to(session, "T1", ["U1"], "C1")
        assert (await times.hours_of(session, "T1", "U1"))[0].days == TEAM_DAYS


async def test_a_wish_is_no_choice_of_hours_and_hours_are_no_wish(database: Database) -> None:
    async with database.writing() as session:
        await a_team(session)
        await times.belongs_to(session, "T1", ["U1"], "C1")
        await times.wishes(session, "T1", "U1", Wish.NOTHING)
        hours, wish = await times.hours_of(session, "T1", "U1")
        assert (hours.days, wish) == (TEAM_DAYS, Wish.NOTHING)
        await chooses(session)
        hours, wish = await times.hours_of(session, "T1", "U1")
        assert (hours.days, wish) == (OWN_DAYS, Wish.NOTHING)


async def test_to_come_to_a_team_or_to_move_leaves_the_rest_as_it_was(database: Database) -> None:
    async with database.writing() as session:
        await chooses(session)
        await times.wishes(session, "T1", "U1", Wish.CHANNEL)
        await times.note_do_not_disturb(session, "T1", {"U1": None}, THURSDAY)
        await times.belongs_to(session, "T1", ["U1"], "C1")
        await times.moves(session, "T1", "U1", TOKYO)
        hours, wish = await times.hours_of(session, "T1", "U1")
        assert await times.whose_do_not_disturb_is_stale(session, "T1", ["U1"], THURSDAY) == set()
    assert (hours.zone, hours.days, wish) == (ZoneInfo(TOKYO), OWN_DAYS, Wish.CHANNEL)


# --- what is not understood ---------------------------------------------------------------------------


async def test_a_zone_or_a_country_that_is_gone_is_as_if_it_had_not_been_chosen(database: Database) -> None:
    """Zones are renamed: one that was known when it was set may not be known to the machine that delivers."""
    own = {"zone": NEW_YORK, "days": OWN_DAYS, "begins": time(8), "ends": time(12)}
    async with database.writing() as session:
        await a_team(session)
        await times.belongs_to(session, "T1", ["U1"], "C1")
        await times.set_hours(session, "T1", "U1", **own, country="DE", region=None)
        gone = {"zone": "Europe/Delft", "country": "XX"}
        await session.execute(update(WorkingTime).where(WorkingTime.whom == "U1").values(gone))
        with capture_logs() as logged:
            hours, _ = await times.hours_of(session, "T1", "U1")
        assert (hours.zone, hours.days, hours.holiday_on(KINGS_DAY)) == (ZoneInfo(TOKYO), OWN_DAYS, "King's Day")
        assert [line["event"] for line in logged] == ["unknown_time_zone", "unknown_country"]
        await session.execute(update(WorkingTime).values(gone))
        hours, _ = await times.hours_of(session, "T1", "U1")
        assert (hours.zone, hours.days, hours.holiday_on(KINGS_DAY)) == (USUAL.zone, OWN_DAYS, None)


async def test_nobody_moves_to_a_zone_that_does_not_exist(database: Database) -> None:
    async with database.writing() as session:
        with pytest.raises(UnknownZone):
            await times.moves(session, "T1", "U1", "Europe/Delft")
        with pytest.raises(UnknownZone):
            await times.move(session, "T1", {"U1": TOKYO, "U2": "Europe/Delft"})
        assert await session.scalar(select(func.count()).select_from(WorkingTime)) == 0


# --- what follows -------------------------------------------------------------------------------------


async def test_by_the_teams_hours_it_is_judged_and_the_day_is_taken(database: Database) -> None:
    """The team works at night, from Thursday 22:00 to 06:00 in Tokyo, which is 13:00 to 21:00 in UTC."""
    async with database.writing() as session:
        await a_team(session, days=[3])
        await times.belongs_to(session, "T1", ["U1", "U2", "U3"], "C1")
        await chooses(session, "U2")
        await times.moves(session, "T1", "U3", NEW_YORK)
        verdicts = await times.judge(session, "T1", ["U1", "U2", "U3", "U4"], THURSDAY)
        assert verdicts["U1"].allowed
        assert verdicts["U2"].reason == OutsideHours(), "in Tokyo it is Friday, midnight"
        assert verdicts["U3"].reason == OutsideHours()
        assert verdicts["U4"].allowed
        wanted = dict.fromkeys(verdicts, "goal")
        assert await times.reserve(session, "T1", wanted, THURSDAY) == {"U1", "U4"}


async def test_on_the_teams_holidays_nobody_is_pushed(database: Database) -> None:
    async with database.writing() as session:
        await a_team(session, zone="UTC", days=range(7), begins=time(9), ends=time(17))
        await times.belongs_to(session, "T1", ["U1"], "C1")
        noon = datetime.combine(KINGS_DAY, time(12), UTC)
        assert (await times.judge(session, "T1", ["U1"], noon))["U1"].reason == Holiday("King's Day")


async def test_many_come_to_a_team_in_few_statements_and_are_judged_in_few(database: Database) -> None:
    people = [f"U{number}" for number in range(500)]
    async with database.writing() as session:
        await a_team(session)
        with statements(session) as one:
            await times.belongs_to(session, "T1", ["U1"], "C1")
        with statements(session) as many:
            await times.belongs_to(session, "T1", people, "C1")
        assert len(one) == len(many) == 1
        with statements(session) as asked:
            await times.judge(session, "T1", people, THURSDAY)
        assert len(asked) == 3


async def test_nobody_comes_to_a_team_without_trouble(database: Database) -> None:
    async with database.writing() as session:
        await times.belongs_to(session, "T1", [], "C1")
        await times.move(session, "T1", {})
        assert await session.scalar(select(func.count()).select_from(WorkingTime)) == 0
