"""Processes are killed again and again while Slack has a very bad day: all is told all the same, and once.

`make torture` does it in full. TORTURE_SEED repeats the chances of an earlier time, though not its moments.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import suppress

import pytest
from sqlalchemy.engine import make_url

from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.migrate import migrate
from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack
from tests.torture.ordeal import IN_FULL, Ordeal, ordeal_on
from tests.torture.reckoning import MARKED_AT_ONCE, Reckoning, all_notices, left_behind, let_leases_end, to_be_done
from tests.torture.replicas import Replica, ToAny, all_started, living
from tests.torture.telling import Newsroom, ask
from tests.torture.town import LATE, BadDay, Town, town_for


@pytest.fixture
def ordeal(database_url: str) -> Ordeal:
    return ordeal_on(make_url(database_url).get_backend_name())


@pytest.fixture
def town(ordeal: Ordeal) -> Town:
    return town_for(ordeal)


@pytest.fixture
def bad_day() -> BadDay:
    return BadDay()


@pytest.fixture
async def slack(town: Town, bad_day: BadDay) -> AsyncIterator[LocalSlack]:
    slack = LocalSlack(town.workspace)
    slack.faults = bad_day
    async with slack:
        yield slack


@pytest.fixture
async def database(database_url: str, settings: dict[str, str]) -> AsyncIterator[Database]:
    """The one of the processes, with their key."""
    database = Database(database_url, Keyring([settings["ACHT_ENCRYPTION_KEYS"]]))
    await migrate(database.url)
    yield database
    await database.close()


@pytest.fixture
def seed() -> str:
    return os.environ.get("TORTURE_SEED") or str(random.randrange(10**6))


async def test_killed_again_and_again_all_is_told_once(
    slack: LocalSlack,
    settings: dict[str, str],
    database: Database,
    ordeal: Ordeal,
    town: Town,
    bad_day: BadDay,
    seed: str,
) -> None:
    began = time.monotonic()
    newsroom = Newsroom(database, town, ordeal, random.Random(f"{seed} telling"))
    await newsroom.open()
    url = database.url.render_as_string(hide_password=False)
    async with living(settings | {"DATABASE_URL": url}, ordeal.replicas) as replicas:
        delivery = ToAny(slack, replicas, random.Random(f"{seed} events"))
        hands = Hands(town.workspace, delivery, slack.url)
        bad_day.begin(random.Random(f"{seed} bad day"))
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(kill(replicas, ordeal, random.Random(f"{seed} kills")))
            asking = group.create_task(ask(hands, town, ordeal, random.Random(f"{seed} questions")))
            group.create_task(newsroom.post_everything())
        bad_day.clear()
        kills = killing.result() + await kill_all_with_posts_under_way(replicas, newsroom, bad_day, database)
        with suppress(TimeoutError):  # what is left then is lost, and the reckoning says so
            await until(lambda: all_is_done(database), within=ordeal.patience)
    reckoning = Reckoning(town.workspace, await all_notices(database), newsroom.posted)
    reckoning.of_notices(newsroom.stories)
    reckoning.of_questions(asking.result(), delivery.acknowledged)
    looked_up = slack.accepted["conversations.history"] + slack.accepted["conversations.replies"]
    summary = (
        f"{database.url.get_backend_name()}, TORTURE_SEED={seed}: {len(newsroom.posted)} notices and "
        f"{len(asking.result())} questions, {len(delivery.acknowledged)} acknowledged, in "
        f"{time.monotonic() - began:.0f} s, {ordeal.replicas} at work, {kills} kills, "
        f"{slack.refused['chat.postMessage']} posts too fast (429), {bad_day.of('fail')} errors (500), connections "
        f"dropped {bad_day.of('drop_before')} times before and {bad_day.of('drop_after')} after the work, "
        f"{bad_day.of('slow')} posts slow, {bad_day.of('repeat_events')} events repeated, "
        f"history read {looked_up} times, {reckoning.found} found that nobody had heard of; "
        f"{len(reckoning.wrong)} wrong"
    )
    print(summary)  # noqa: T201 — for docs/benchmarks.md
    assert not reckoning.wrong, "\n".join([summary, *what_was_logged(reckoning.wrong, replicas)])
    assert kills > ordeal.kills
    assert reckoning.found > 0, "nothing was in doubt"


async def kill(replicas: Sequence[Replica], ordeal: Ordeal, chance: random.Random) -> int:
    """Any of them at any moment, be it one in which it only just begins."""
    kills = 0
    while kills < ordeal.kills:
        await asyncio.sleep(chance.expovariate(1 / ordeal.between_kills))
        kills += chance.choice(replicas).kill()
    return kills


async def kill_all_with_posts_under_way(
    replicas: Sequence[Replica], newsroom: Newsroom, bad_day: BadDay, database: Database
) -> int:
    """Slack takes what it was sent, and nobody is there to hear it."""
    await all_started(replicas)
    before = bad_day.of("slow")

    async def enough_are_slow() -> bool:
        return bad_day.of("slow") >= before + len(replicas)

    bad_day.slow("chat.postMessage", LATE, times=3 * len(replicas))
    await newsroom.post_to_many_at_once(3 * len(replicas))
    await until(enough_are_slow, within=30)
    kills = sum(replica.kill() for replica in replicas)
    left = await left_behind(database)
    assert left.notices
    await asyncio.sleep(LATE + MARKED_AT_ONCE)  # it stands there for a while until somebody looks
    if not database.is_sqlite and not IN_FULL:  # on a file the next process knows at its start that the last is gone
        await let_leases_end(database, left)
    return kills


async def all_is_done(database: Database) -> bool:
    return await to_be_done(database) == 0


async def until(is_so: Callable[[], Awaitable[bool]], *, within: float) -> None:
    async with asyncio.timeout(within):
        while not await is_so():  # noqa: ASYNC110 — other processes, which cannot tell us
            await asyncio.sleep(0.1)


def what_was_logged(wrong: Sequence[tuple[int | None, str]], replicas: Sequence[Replica]) -> Iterator[str]:
    for notice, sentence in wrong:
        if notice is None:
            yield sentence
            continue
        yield f"notice {notice} {sentence}"
        for number, replica in enumerate(replicas):
            yield from (f"    replica {number}: {line}" for line in replica.logged_of(notice))
