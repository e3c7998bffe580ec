"""Who delivers finds its own time, is stopped at any moment, and another one goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url

from bot.kit.clock import HeldClock
from bot.kit.encryption import new_key
from bot.kit.outbox.rules import TIME_TO_ARRIVE, Manner
from bot.kit.outbox.service import LEASE, Claims
from bot.kit.outbox.tables import State
from bot.sandbox.faults import EVENTS, Fault, FaultKind
from bot.sandbox.server import LocalSlack
from tests.stand_ins.clock import NOON
from tests.stand_ins.post_room import PostRoom, local_slack, post_room
from tests.world import DAAN, NOOR, PRIYA

Opens = Callable[..., AbstractAsyncContextManager[PostRoom]]
NEVER = 60.0


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
async def slack(clock: HeldClock) -> AsyncIterator[LocalSlack]:
    async with local_slack(clock) as slack:
        yield slack


@pytest.fixture
def another(slack: LocalSlack, database_url: str, clock: HeldClock) -> Opens:
    """One more process on the same database and the same Slack."""
    return partial(post_room, slack, database_url, new_key(), clock)


@pytest.fixture
async def room(another: Opens) -> AsyncIterator[PostRoom]:
    async with another() as room:
        yield room
        await room.delivery.close(grace=0)


def in_slacks_hands(room: PostRoom) -> asyncio.Event:
    """Set when a post has left the house."""
    arrived, met = asyncio.Event(), room.slack.faults.met

    def met_and_noted(method: str = EVENTS) -> dict[FaultKind, Fault]:
        if method == "chat.postMessage":
            arrived.set()
        return met(method)

    room.slack.faults.met = met_and_noted
    return arrived


# --- by itself ----------------------------------------------------------------------------------------


async def test_what_is_posted_is_on_its_way_at_once(room: PostRoom) -> None:
    room.delivery.open()
    await room.post()
    await room.until_said("hello")
    await room.post("more", room.channel("team-leeds"))
    await room.until_said("more", channel=room.channel("team-leeds"))
    await room.delivery.close(grace=5)
    assert set((await room.states()).values()) == {State.SENT}


async def test_what_waits_at_the_start_is_delivered_the_urgent_first(room: PostRoom) -> None:
    channels = [room.channel(name) for name in ("team-utrecht", "team-leeds", "leadership")]
    for number, channel in enumerate(channels):
        await room.post(f"{number}", channel)
    await room.post("urgent", NOOR, manner=Manner.URGENT)
    room.pace.rest(room.workspace.team_id, asyncio.get_running_loop().time(), 0.05)  # after which there is no burst
    room.delivery.open()
    for number, channel in enumerate(channels):
        await room.until_said(f"{number}", channel=channel)
    posted = [call.args["channel"] for call in room.slack.calls if call.method == "chat.postMessage"]
    assert posted[0] == NOOR
    assert sorted(posted[1:]) == sorted(channels)  # which of these goes first is nobody's business


async def test_one_that_is_delivered_makes_room_for_the_next_of_the_same_channel(room: PostRoom) -> None:
    await room.post("first")
    await room.post("second")
    room.delivery.open()
    await room.until_said("first", "second")
    assert room.said() == ["first", "second"]


async def test_a_push_goes_as_soon_as_slack_has_said_that_it_may(room: PostRoom) -> None:
    room.delivery.open()
    await room.post("goal", NOOR, manner=Manner.PUSH)
    await room.until_said("goal", channel=room.dm(NOOR))


async def test_while_slack_does_not_tell_who_may_be_disturbed_answers_go_on(room: PostRoom) -> None:
    room.slack.faults.slow("dnd.teamInfo", seconds=NEVER)
    room.delivery.open()
    await room.post("goal", NOOR, manner=Manner.PUSH)
    await room.post("answer", PRIYA, manner=Manner.ASKED)
    await room.until_said("answer", channel=room.dm(PRIYA))
    assert room.said(room.dm(NOOR)) == []


async def test_a_notice_that_cannot_be_told_holds_up_none_of_the_others(room: PostRoom) -> None:
    await room.post("bad", room.channel("team-leeds"), kind="test.ill")
    await room.post("good")
    room.delivery.open()
    await room.until_said("good")


@asynccontextmanager
async def statements(room: PostRoom) -> AsyncIterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def hear(*arguments: Any) -> None:
        asked.append(arguments[2])

    engines = {room.database._reader.sync_engine, room.database._writer.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield asked
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def test_what_is_stopped_goes_out_as_soon_as_it_goes_on_and_answers_go_meanwhile(room: PostRoom) -> None:
    workspace_id = room.workspace.team_id
    async with room.database.writing() as session:
        await room.outbox.hold(session, workspace_id, DAAN)
    room.delivery.open()
    await room.post("goal")
    await room.post("answer", NOOR, manner=Manner.ASKED)
    await room.until_said("answer", channel=room.dm(NOOR))
    assert room.said() == []
    async with room.database.writing() as session:
        await room.outbox.go_on(session, workspace_id)
    await room.until_said("goal")


async def test_what_may_stand_there_already_is_looked_up_though_all_is_stopped(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post("arrived")
    await room.deliver()
    async with room.database.writing() as session:
        await room.outbox.hold(session, room.workspace.team_id, DAAN)
    await room.post("not told")
    await room.later(seconds=LEASE.total_seconds())
    assert await room.states() == {"arrived": State.SENT, "not told": State.WAITING}
    assert room.said() == ["arrived"]


@pytest.mark.parametrize("why", ["nothing to tell", "token revoked", "all is stopped"])
async def test_who_has_nothing_to_do_leaves_the_database_alone(room: PostRoom, why: str) -> None:
    if why == "token revoked":
        await room.hands.revoke_token()
        await room.post("first", PRIYA)
        await room.post("waits", NOOR)
        await room.deliver()
    if why == "all is stopped":
        async with room.database.writing() as session:
            await room.outbox.hold(session, room.workspace.team_id, DAAN)
        await room.post("waits")
        await room.post("waits too", NOOR, manner=Manner.PUSH)
    room.delivery.open()
    await asyncio.sleep(0.5)
    async with statements(room) as asked:
        await asyncio.sleep(1)
    assert len(asked) <= 1, "one query a second, at most"


# --- stopped ------------------------------------------------------------------------------------------


async def test_who_is_told_to_stop_finishes_what_is_on_its_way(room: PostRoom) -> None:
    room.slack.faults.slow("chat.postMessage", seconds=0.2)
    await room.post()
    arrived = in_slacks_hands(room)
    room.delivery.open()
    await arrived.wait()
    await room.delivery.close(grace=5)
    assert await room.states() == {"hello": State.SENT}
    assert room.said() == ["hello"]


async def test_who_is_told_to_stop_takes_nothing_more(room: PostRoom) -> None:
    room.delivery.open()
    await room.delivery.close(grace=5)
    await room.post()
    await asyncio.sleep(0.05)
    assert await room.states() == {"hello": State.WAITING}
    await room.delivery.close(grace=0)


async def test_what_is_still_on_its_way_when_one_stops_is_not_posted_again_by_another(
    room: PostRoom, another: Opens, clock: HeldClock
) -> None:
    """Slack has the request in its hands, and does with it what it wants, whether somebody waits for it or not."""
    room.slack.faults.slow("chat.postMessage", seconds=0.5)
    await room.post()
    arrived = in_slacks_hands(room)
    room.delivery.open()
    await arrived.wait()
    async with another() as other:
        await room.delivery.close(grace=0)
        released = await room.of()
        assert (released.state, released.in_doubt) == (State.WAITING, True)
        await other.deliver()  # at once, as a replica does
        await asyncio.sleep(0.6)  # Slack's slow hand
        await other.later(seconds=TIME_TO_ARRIVE)
        await other.later(seconds=LEASE.total_seconds())
        assert other.said() == ["hello"]
        assert await other.states() == {"hello": State.SENT}


async def test_what_a_killed_process_had_on_its_way_is_not_posted_again_when_it_is_back_at_once(
    room: PostRoom, another: Opens
) -> None:
    """Alone on its database a process takes back what it had, without waiting for the lease."""
    room.slack.faults.slow("chat.postMessage", seconds=0.5)
    await room.post()
    notice, arrived = await room.claim(), in_slacks_hands(room)
    async with another() as later:
        post = asyncio.create_task(room.teller.tell(notice, claimed_at=asyncio.get_running_loop().time()))
        await arrived.wait()
        post.cancel()  # and then it was killed
        await asyncio.gather(post, return_exceptions=True)
        await later.outbox.take_back()
        await later.deliver()
        await asyncio.sleep(0.6)
        await later.later(seconds=TIME_TO_ARRIVE)
        assert later.said() == ["hello"]
        assert await later.states() == {"hello": State.SENT}


async def test_what_was_taken_in_the_moment_of_stopping_does_not_wait_for_its_lease(room: PostRoom) -> None:
    outbox_claim, taken = room.outbox.claim, asyncio.Event()

    async def slow_to_hand_over(*arguments: Any) -> Claims:
        claims = await outbox_claim(*arguments)
        taken.set()
        await asyncio.sleep(0.05)
        return claims

    room.outbox.claim = slow_to_hand_over
    await room.post()
    room.delivery.open()
    await taken.wait()
    await room.delivery.close(grace=5)
    notice = await room.of()
    assert notice.state in {State.WAITING, State.SENT}


async def test_two_that_deliver_side_by_side_say_everything_once(room: PostRoom, another: Opens) -> None:
    people = (NOOR, DAAN, PRIYA)
    async with another() as other:
        for number in range(2):
            for person in people:
                await room.post(f"{person} {number}", person, manner=Manner.ASKED)
        room.delivery.open()
        other.delivery.open()
        for person in people:
            await room.until_said(f"{person} 0", f"{person} 1", channel=room.dm(person))
        await room.delivery.close(grace=5)
        await other.delivery.close(grace=5)
        assert set((await room.states()).values()) == {State.SENT}
        assert len(room.written_down) + len(other.written_down) == 6


# --- the database is away -----------------------------------------------------------------------------


@pytest.fixture
def server(database_url: str) -> URL:
    """PostgreSQL's, that can be told to let nobody in."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        pytest.skip("a file does not go away")
    return url


async def let_in(server: URL, *, whether: bool) -> None:
    plain = server.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(plain, autocommit=True) as connection:
        name = sql.Identifier(server.database or "")
        await connection.execute(sql.SQL("alter database {} allow_connections {}").format(name, sql.SQL(str(whether))))
        if not whether:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [server.database]
            )


async def test_a_mark_that_cannot_be_set_is_made_up_for_when_the_database_is_back(
    room: PostRoom, server: URL, clock: HeldClock
) -> None:
    room.slack.faults.slow("chat.postMessage", seconds=0.4)
    await room.post()
    arrived = in_slacks_hands(room)
    room.delivery.open()
    await arrived.wait()
    await let_in(server, whether=False)
    await room.until_said("hello")
    await room.delivery.close(grace=5)
    await let_in(server, whether=True)
    assert await room.states() == {"hello": State.CLAIMED}
    await room.later(seconds=LEASE.total_seconds())
    assert room.said() == ["hello"]
    assert await room.states() == {"hello": State.SENT}


async def test_who_stops_while_the_database_is_away_stops_all_the_same(room: PostRoom, server: URL) -> None:
    room.slack.faults.slow("chat.postMessage", seconds=NEVER)
    await room.post()
    arrived = in_slacks_hands(room)
    room.delivery.open()
    await arrived.wait()
    await let_in(server, whether=False)
    try:
        await room.delivery.close(grace=0)  # what it holds is looked up when the lease ends
    finally:
        await let_in(server, whether=True)
    assert await room.states() == {"hello": State.CLAIMED}


async def test_it_goes_on_by_itself_when_the_database_is_back(
    room: PostRoom, server: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.kit.worker.LOOK_AGAIN", 0.1)
    room.delivery.open()
    await let_in(server, whether=False)
    room.outbox.bell.set()
    await asyncio.sleep(0.3)
    await let_in(server, whether=True)
    await room.post()
    await room.until_said("hello")
