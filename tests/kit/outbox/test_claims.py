"""Who takes what: in its order, one for each person or channel, and never two the same."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.kit.outbox.pace import Pace
from bot.kit.outbox.rules import Manner
from bot.kit.outbox.service import CANDIDATES, LEASE
from bot.kit.outbox.tables import Notice, State
from bot.kit.working_time.tables import WorkingTime
from tests.kit.outbox.office import DAY, HOUR, SECOND, T1, T2, Office, a_notice, opened
from tests.stand_ins.clock import NOON

# --- the order ----------------------------------------------------------------------------------------


async def test_what_is_urgent_and_what_was_asked_go_before_the_rest_and_each_in_its_order(office: Office) -> None:
    await office.post(
        a_notice("post 1"),
        a_notice("asked 1", manner=Manner.ASKED),
        a_notice("post 2"),
        a_notice("urgent", manner=Manner.URGENT),
        a_notice("asked 2", manner=Manner.ASKED),
    )
    assert await office.turns() == ["asked 1", "urgent", "asked 2", "post 1", "post 2"]


async def test_where_there_is_not_room_for_all_the_rest_waits(office: Office) -> None:
    await office.post(a_notice("post 1"), a_notice("post 2"), a_notice("urgent", manner=Manner.URGENT))
    assert await office.turns(limit=2) == ["urgent", "post 1"]
    assert await office.turns(limit=2) == ["post 2"]
    assert await office.turns(limit=2) == []


async def test_each_person_or_channel_has_one_after_the_other(office: Office) -> None:
    await office.post(a_notice("1", whom="C1"), a_notice("2", whom="C1"), a_notice("other", whom="C2"))
    first, _other = await office.claim()
    assert first.key == "1"
    assert await office.turns() == [], "the first is under way"
    await office.send(first)
    assert await office.turns() == ["2"]


async def test_what_was_put_off_lets_the_next_one_for_its_channel_go(office: Office) -> None:
    await office.post(a_notice("1", whom="C1"), a_notice("2", whom="C1"))
    await office.outbox.put_off(await office.claim_one(), 60, "fatal_error", in_doubt=True)
    assert await office.turns() == ["2"]


async def test_the_same_channel_of_another_workspace_is_another_channel(office: Office) -> None:
    await office.post(a_notice("1", whom="C1"), a_notice("2", whom="C1", workspace_id=T2))
    assert await office.turns() == ["1", "2"]


async def test_many_for_one_channel_do_not_hold_up_the_others(office: Office) -> None:
    async with office.database.writing() as session:
        many = [a_notice(f"{number}", whom="C1") for number in range(CANDIDATES + 20)]
        await office.outbox.post_all(session, many)
    await office.post(a_notice("other"))
    assert [*await office.turns(), *await office.turns()] == ["0", "other"]


async def test_many_pushes_that_wait_for_slacks_word_do_not_hold_up_a_post_to_a_channel(office: Office) -> None:
    """At nine in the morning all goals are due at once, and Slack tells of no more than fifty people in one answer."""
    async with office.database.writing() as session:
        many = [a_notice(f"{n}", whom=f"U{n}", manner=Manner.PUSH) for n in range(CANDIDATES + 20)]
        await office.outbox.post_all(session, many)
    await office.post(a_notice("for the team"))
    taken = [*await office.turns(), *await office.turns()]
    assert taken == ["for the team"]


async def test_somebody_whose_time_zone_is_gone_does_not_hold_up_anybody_else(office: Office) -> None:
    """Zones are renamed: one that was known when it was set may not be known to the machine that delivers."""
    async with office.database.writing() as session:
        await office.working_times.note_do_not_disturb(session, T1, {"U1": None}, NOON)
        working_time = await session.get_one(WorkingTime, (T1, "U1"))
        working_time.zone = "Europe/Delft"
    await office.post(a_notice("push", whom="U1", manner=Manner.PUSH), a_notice("urgent", manner=Manner.URGENT))
    assert "urgent" in await office.turns()


# --- the pace -----------------------------------------------------------------------------------------


@pytest.fixture
def paced(office: Office) -> Office:
    office.pace = Pace()
    return office


async def test_as_many_are_taken_as_the_pace_allows_and_no_more(paced: Office) -> None:
    await paced.post(*(a_notice(f"{number}") for number in range(12)))
    alike = Pace()
    for quarter in range(6):
        seconds, allowed = quarter / 4, 0
        while alike.seconds_until(T1, f"C{quarter}.{allowed}", seconds) == 0:
            alike.take(T1, f"C{quarter}.{allowed}", seconds)
            allowed += 1
        left = [key for key, state in (await paced.states()).items() if state == State.WAITING]
        taken = (await paced.claims(seconds=seconds)).notices
        assert [notice.key for notice in taken] == left[:allowed]


async def test_a_channel_that_has_just_had_its_share_waits_and_the_others_go_on(paced: Office) -> None:
    await paced.post(*(a_notice(f"{n}", whom="C1") for n in range(3)), a_notice("other"))
    order: list[str] = []
    for quarter in range(8):
        for notice in (await paced.claims(seconds=quarter / 4)).notices:
            order.append(notice.key)
            await paced.send(notice)
    assert sorted(order) == ["0", "1", "2", "other"]
    assert order[-1] == "2"


async def test_in_a_workspace_that_rests_nothing_is_taken_and_in_others_all(paced: Office) -> None:
    await paced.post(a_notice("1", manner=Manner.URGENT), a_notice("2", workspace_id=T2))
    paced.pace.rest(T1, 0, 60)
    assert [notice.key for notice in (await paced.claims(seconds=1)).notices] == ["2"]
    assert [notice.key for notice in (await paced.claims(seconds=60)).notices] == ["1"]


async def test_a_look_up_and_a_reply_under_a_command_take_nobodys_turn(paced: Office) -> None:
    many = 30
    await paced.post(*(a_notice(f"reply {number}", response_url="https://x") for number in range(many)))
    replies = (await paced.claims()).notices
    assert len(replies) == many, "they are posted elsewhere"
    paced.clock.move(LEASE)
    lapsed = (await paced.claims()).notices
    assert len(lapsed) == many
    assert all(notice.in_doubt for notice in lapsed)


# --- the lease ----------------------------------------------------------------------------------------


async def test_what_was_taken_is_not_taken_again_before_its_lease_ends_and_then_in_doubt(office: Office) -> None:
    await office.post(a_notice())
    first = await office.claim_one()
    assert (first.state, first.tries, first.in_doubt) == (State.CLAIMED, 1, False)
    assert first.first_tried_at == office.clock.now()
    assert await office.outbox.next_due() == {1: office.clock.now() + LEASE}
    office.clock.move(LEASE - timedelta(microseconds=1))
    assert await office.turns() == []
    office.clock.move(timedelta(microseconds=1))
    again = await office.claim_one()
    assert (again.state, again.tries, again.in_doubt) == (State.CLAIMED, 2, True)
    assert again.first_tried_at == first.first_tried_at


async def test_alone_on_its_database_a_process_takes_back_what_one_that_is_gone_had(office: Office) -> None:
    await office.post(a_notice("taken"), a_notice("sent"), a_notice("later", not_before=NOON + DAY))
    _taken, sent = await office.claim()
    await office.send(sent)
    await office.outbox.take_back()
    office.clock.move(LEASE / 2)
    [taken] = await office.claim()
    assert (taken.key, taken.in_doubt) == ("taken", True)
    assert (await office.states())["sent"] == State.SENT
    assert (await office.of("later")).due_at == NOON + DAY


# --- several at once ----------------------------------------------------------------------------------


async def test_several_processes_that_claim_at_once_never_get_the_same(office: Office, key: str) -> None:
    async with office.database.writing() as session:
        await office.outbox.post_all(session, [a_notice(f"{number}") for number in range(120)])
    office.clock.move(HOUR)
    async with AsyncExitStack() as processes:
        others = [await processes.enter_async_context(opened(office.database.url, key)) for _ in range(4)]
        offices = [office, *(Office(database, office.clock) for database in others)]

        async def work(at: Office) -> list[str]:
            mine: list[str] = []
            while turns := await at.turns(limit=7):
                mine += turns
            return mine

        taken = Counter(key for turns in await asyncio.gather(*map(work, offices)) for key in turns)
    assert set(taken.values()) == {1}
    assert len(taken) + sum(state == State.WAITING for state in (await office.states()).values()) == 120
    assert await office.turns() == [] or len(taken) < 120


async def test_two_that_claim_at_the_same_moment_have_not_the_same_person_at_once(office: Office, key: str) -> None:
    """Else two messages are on their way to one channel, and the later one may come to stand first."""
    await office.post(a_notice("1", whom="U1"), a_notice("2", whom="U1"))
    if office.database.is_sqlite:
        pytest.skip("on SQLite one claim waits for the other")
    async with opened(office.database.url, key) as database, database.writing() as session:
        # The other one is in the middle of taking the first.
        await session.execute(select(Notice.id).where(Notice.key == "1").with_for_update())
        assert await office.turns() == []


async def test_what_is_taken_and_not_finished_when_the_claim_is_undone_is_there_for_the_next(office: Office) -> None:
    await office.post(a_notice())

    class Broken(Pace):
        def take(self, workspace_id: str, channel: str, now: float) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await office.outbox.claim(1, Broken(), 0)
    assert await office.turns() == ["hello"]
    assert (await office.of("hello")).tries == 1


async def test_when_nothing_is_to_be_told_there_is_no_next_moment(office: Office) -> None:
    assert await office.outbox.next_due() == {}
    await office.post(a_notice("b", not_before=NOON + DAY), a_notice("a", manner=Manner.ASKED, not_before=NOON + HOUR))
    assert await office.outbox.next_due() == {0: NOON + HOUR, 1: NOON + 24 * HOUR}
    office.clock.move(2 * DAY)
    for notice in await office.claim():
        await office.send(notice)
    assert await office.outbox.next_due() == {}
    office.clock.move(SECOND)
    assert await office.turns() == []


async def test_a_claim_that_is_cancelled_leaves_the_database_to_the_next(office: Office) -> None:
    """As when the bot is told to stop: what it holds must still be released."""
    await office.post(*(a_notice(f"{number}") for number in range(20)))
    for hops in range(0, 120, 3):
        claim = asyncio.create_task(office.claim(limit=1))
        for _ in range(hops):
            await asyncio.sleep(0)
        claim.cancel()
        await asyncio.gather(claim, return_exceptions=True)
        async with asyncio.timeout(5):
            await office.outbox.take_back()
