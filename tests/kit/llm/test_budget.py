import asyncio
from datetime import timedelta

import pytest

from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.llm.budget import Budget, ModelUse

OURS, THEIRS = "T0OURS", "T0THEIRS"


@pytest.mark.parametrize(
    ("a_day", "spent", "is_spent"),
    [
        (100, [], False),
        (100, [99], False),
        (100, [100], True),
        (100, [60, 39], False),
        (100, [60, 40], True),
        (100, [5000], True),
        (0, [1], True),
        pytest.param(0, [], True),
    ],
)
async def test_a_budget_is_spent_when_the_day_has_taken_all_of_it(
    database: Database, clock: HeldClock, a_day: int, spent: list[int], is_spent: bool
) -> None:
    budget = Budget(database, clock, a_day)
    for tokens in spent:
        await budget.spend(OURS, tokens)
    assert await budget.is_spent(OURS) is is_spent


async def test_what_one_workspace_spends_is_not_taken_from_another(database: Database, clock: HeldClock) -> None:
    budget = Budget(database, clock, 100)
    await budget.spend(OURS, 100)
    assert await budget.is_spent(OURS)
    assert not await budget.is_spent(THEIRS)


async def test_a_new_day_in_utc_is_a_new_budget_and_the_old_day_is_kept(database: Database, clock: HeldClock) -> None:
    budget = Budget(database, clock, 100)
    await budget.spend(OURS, 100)
    yesterday = clock.now().date()
    clock.move(timedelta(seconds=59))
    assert await budget.is_spent(OURS)
    clock.move(timedelta(seconds=1))
    assert not await budget.is_spent(OURS)
    await budget.spend(OURS, 7)
    async with database.reading() as session:
        uses = [await session.get(ModelUse, (OURS, day)) for day in (yesterday, clock.now().date())]
    assert [use and use.tokens for use in uses] == [100, 7]


async def test_what_many_spend_at_once_adds_up(database: Database, clock: HeldClock) -> None:
    budget = Budget(database, clock, 1000)
    await asyncio.gather(*(budget.spend(OURS, tokens) for tokens in range(40)))
    async with database.reading() as session:
        use = await session.get(ModelUse, (OURS, clock.now().date()))
    assert use is not None
    assert use.tokens == sum(range(40))


async def test_a_budget_outlives_the_process(database: Database, clock: HeldClock) -> None:
    await Budget(database, clock, 100).spend(OURS, 100)
    assert await Budget(database, clock, 100).is_spent(OURS)
