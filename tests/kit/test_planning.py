"""What comes back by the clock is told once, whoever plans it, and however long nobody did."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.kit.appointments.service import Agreement, Appointments, Due
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.outbox.kinds import SORRY, Sorry
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import Notice, State
from bot.kit.working_time.service import WorkingTimes

TEAM, GOAL = "T1", "goal"
WORKDAYS = range(5)
MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Planner:
    """A job as a slice has it: what is due is planned for its own local day, and is of no use after it."""

    def __init__(self, database: Database, clock: HeldClock) -> None:
        self.database = database
        self.clock = clock
        self.outbox = Outbox(database, clock, WorkingTimes())
        self.appointments = Appointments()

    async def agree(self, *agreements: Agreement) -> None:
        async with self.database.writing() as session:
            await self.appointments.agree_many(session, agreements, self.clock.now())

    async def plan(self, zone: str = "Europe/Amsterdam", most: int = 1000) -> int:
        async with self.database.writing() as session:
            due = await self.appointments.take_due(session, GOAL, self.clock.now(), most)
            await self.outbox.post_all(session, [_goal(one, ZoneInfo(zone)) for one in due])
        return len(due)

    async def told(self) -> list[str]:
        """The keys of what is to be told, as far as it is not expired."""
        await self.outbox.claim(100, Pace(), 0)
        async with self.database.reading() as session:
            useful = select(Notice.key).where(Notice.state != State.EXPIRED).order_by(Notice.key)
            return list(await session.scalars(useful))


def _goal(due: Due, zone: ZoneInfo) -> NewNotice:
    midnight = datetime.combine(due.on + timedelta(days=1), time(), zone)
    return NewNotice(
        workspace_id=due.workspace_id,
        key=f"{GOAL}:{due.whom}:{due.on}",
        kind=SORRY.name,
        data=Sorry(error_id="x"),
        whom=due.whom,
        manner=Manner.POST,
        not_before=due.at,
        expires_at=midnight.astimezone(UTC),
    )


def team(number: int, zone: str = "Europe/Amsterdam", at: time = time(9)) -> Agreement:
    return Agreement(TEAM, f"C{number}", GOAL, zone, WORKDAYS, at)


@pytest.fixture
def planner(database: Database) -> Planner:
    return Planner(database, HeldClock(MONDAY_NOON))


async def test_a_goal_is_planned_once_a_day_at_the_teams_own_time(planner: Planner) -> None:
    await planner.agree(team(1))
    assert await planner.plan() == 0, "today's time had passed when it was agreed"
    planner.clock.move(timedelta(hours=20))  # Tuesday, 9:00 in Amsterdam
    assert [await planner.plan(), await planner.plan()] == [1, 0]
    planner.clock.move(timedelta(days=1) - timedelta(seconds=1))
    assert await planner.plan() == 0
    planner.clock.move(timedelta(seconds=1))
    assert await planner.plan() == 1
    async with planner.database.reading() as session:
        planned = (await session.execute(select(Notice.key, Notice.planned_for).order_by(Notice.id))).all()
    assert [(key, at.astimezone(ZoneInfo("Europe/Amsterdam")).hour) for key, at in planned] == [
        ("goal:C1:2026-11-24", 9),
        ("goal:C1:2026-11-25", 9),
    ]


async def test_several_planners_at_once_plan_each_team_once(planner: Planner) -> None:
    await planner.agree(*(team(number) for number in range(200)))
    planner.clock.move(timedelta(days=1))
    others = [Planner(planner.database, planner.clock) for _other in range(4)]
    taken = await asyncio.gather(*(one.plan(most=30) for one in [planner, *others] * 3))
    taken += [await planner.plan()]
    assert sum(taken) == 200
    async with planner.database.reading() as session:
        keys = (await session.scalars(select(Notice.key))).all()
    assert len(keys) == len(set(keys)) == 200


async def test_a_bot_that_was_down_for_days_tells_what_is_still_of_use_and_that_once(planner: Planner) -> None:
    await planner.agree(team(1), team(2, at=time(17)))
    planner.clock.move(timedelta(days=3))  # Thursday, 13:00 in Amsterdam
    assert await planner.plan() == 2
    assert await planner.told() == ["goal:C1:2026-11-26"], "yesterday's goal of the other team is of no use today"
    assert await planner.plan() == 0


async def test_a_team_that_moves_west_after_its_goal_has_it_once_that_day(planner: Planner) -> None:
    await planner.agree(team(1))
    planner.clock.move(timedelta(hours=21))
    assert await planner.plan() == 1
    async with planner.database.writing() as session:
        await planner.appointments.moved(session, TEAM, "C1", "America/New_York")
    planner.clock.move(timedelta(hours=8))
    assert await planner.plan("America/New_York") == 0
    planner.clock.move(timedelta(hours=24))
    assert await planner.plan("America/New_York") == 1


async def test_a_transaction_that_is_undone_leaves_the_appointment_for_the_next_planner(planner: Planner) -> None:
    await planner.agree(team(1))
    planner.clock.move(timedelta(days=1))

    async def plan_and_break() -> None:
        async with planner.database.writing() as session:
            await planner.appointments.take_due(session, GOAL, planner.clock.now(), 10)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await plan_and_break()
    assert await planner.plan() == 1
