"""What becomes of a notice that was taken, and who may say so."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.outbox.rules import Manner
from bot.kit.outbox.service import KEPT, LEASE, Outbox
from bot.kit.outbox.tables import Notice, State
from bot.kit.working_time.tables import Absence
from tests.kit.outbox.office import HOUR, MINUTE, SECOND, T2, Office, a_notice, nothing_else
from tests.stand_ins.clock import NOON

NEVER = NOON + timedelta(days=9999)

# --- sent ---------------------------------------------------------------------------------------------


async def test_what_was_sent_stands_with_its_place_and_is_never_due_again(office: Office) -> None:
    await office.post(a_notice(whom="U1"))
    notice = await office.claim_one()
    assert await office.outbox.sent(notice, "D1", "1.000002", nothing_else)
    sent = await office.of("hello")
    assert (sent.state, sent.channel_id, sent.message_ts) == (State.SENT, "D1", "1.000002")
    assert (sent.due_at, sent.done_at, sent.in_doubt, sent.reason) == (None, office.clock.now(), False, None)
    await office.post(
        a_notice("newer", whom="U1", updates="hello"), a_notice("in T2", workspace_id=T2, updates="hello")
    )
    newer, elsewhere = await office.claim()
    assert await office.outbox.message_to_update(newer) == ("D1", "1.000002")
    assert await office.outbox.message_to_update(elsewhere) is None


async def test_what_is_written_down_with_it_is_part_of_the_same_transaction(office: Office) -> None:
    await office.post(a_notice())
    notice = await office.claim_one()

    async def writes_it_down(session: AsyncSession) -> None:
        session.add(Absence(workspace_id="T1", whom="U1", kind="leave", first_day=NOON.date(), last_day=NOON.date()))
        await session.flush()

    async def and_fails(session: AsyncSession) -> None:
        await writes_it_down(session)
        raise ZeroDivisionError

    async def written_down() -> int | None:
        async with office.database.reading() as session:
            return await session.scalar(select(func.count()).select_from(Absence))

    with pytest.raises(ZeroDivisionError):
        await office.outbox.sent(notice, None, None, and_fails)
    assert (await office.of("hello")).state == State.CLAIMED
    assert await written_down() == 0
    assert await office.outbox.sent(notice, None, None, writes_it_down)
    assert await written_down() == 1
    assert not await office.outbox.sent(notice, None, None, writes_it_down)
    assert await written_down() == 1


# --- a claim that was lost ----------------------------------------------------------------------------

MARKS: dict[str, Callable[[Outbox, Notice], Awaitable[object]]] = {
    "sent": lambda outbox, notice: outbox.sent(notice, "C9", "9.000009", nothing_else),
    "put off": lambda outbox, notice: outbox.put_off(notice, 60, "late"),
    "put off in doubt": lambda outbox, notice: outbox.put_off(notice, 60, "late", in_doubt=True),
    "again without": lambda outbox, notice: outbox.again_without(notice, "updates"),
    "failed": lambda outbox, notice: outbox.failed(notice, "late", nobody_there=True, instead=a_notice("sorry")),
    "released": lambda outbox, notice: outbox.release([notice]),
}


async def test_no_mark_of_a_lost_claim_changes_anything(office: Office) -> None:
    for name, mark in MARKS.items():
        await office.post(a_notice(name, updates="x"), a_notice(f"later {name}", whom=f"C-{name}", not_before=NEVER))
        lost = await office.claim_one()
        office.clock.move(LEASE)
        mine = await office.claim_one()
        before = await office.raw(name)
        await mark(office.outbox, lost)
        assert await office.raw(name) == before, name
        assert await office.send(mine), "whoever has it now is not disturbed"
    states = await office.states()
    assert "sorry" not in states
    assert {states[f"later {name}"] for name in MARKS} == {State.WAITING}


async def test_no_mark_changes_what_was_sent(office: Office) -> None:
    await office.post(a_notice())
    notice = await office.claim_one()
    await office.send(notice)
    before = await office.raw("hello")
    for name, mark in MARKS.items():
        await mark(office.outbox, notice)
        assert await office.raw("hello") == before, name
    assert list(await office.states()) == ["hello"]


# --- later again --------------------------------------------------------------------------------------


async def test_what_is_put_off_comes_back_at_its_time(office: Office) -> None:
    await office.post(a_notice())
    await office.outbox.put_off(await office.claim_one(), 30, "ratelimited")
    waits = await office.of("hello")
    assert (waits.state, waits.reason, waits.in_doubt) == (State.WAITING, "ratelimited", False)
    office.clock.move(29 * SECOND)
    assert await office.turns() == []
    office.clock.move(SECOND)
    again = await office.claim_one()
    assert (again.tries, again.in_doubt) == (2, False)


async def test_what_is_put_off_in_doubt_comes_back_in_doubt(office: Office) -> None:
    await office.post(a_notice())
    await office.outbox.put_off(await office.claim_one(), 5, "TimeoutError", in_doubt=True)
    office.clock.move(5 * SECOND)
    again = await office.claim_one()
    assert again.in_doubt
    await office.outbox.put_off(again, 0, "had_not_arrived")
    assert not (await office.claim_one()).in_doubt


@pytest.mark.parametrize("part", ["response_url", "updates"])
async def test_without_its_link_or_its_message_it_goes_again_at_once(office: Office, part: str) -> None:
    await office.post(a_notice(response_url="https://x", updates="earlier"))
    await office.outbox.again_without(await office.claim_one(), part)
    again = await office.claim_one()
    assert getattr(again, part) is None
    assert [again.response_url, again.updates].count(None) == 1
    assert not again.in_doubt


async def test_what_is_released_may_be_looked_up_by_another_soon(office: Office) -> None:
    await office.post(a_notice())
    await office.outbox.release([await office.claim_one()])
    office.clock.move(5 * SECOND)
    again = await office.claim_one()
    assert (again.tries, again.in_doubt) == (2, True)


# --- failed -------------------------------------------------------------------------------------------


async def test_what_failed_stays_with_its_reason_and_its_words_and_is_shown(office: Office) -> None:
    await office.post(a_notice("1"), a_notice("2"))
    first, second = await office.claim()
    await office.outbox.failed(first, "invalid_blocks")
    office.clock.move(MINUTE)
    await office.outbox.failed(second, "msg_too_long")
    newest, older = await office.outbox.failures(10)
    assert (newest.reason, older.reason) == ("msg_too_long", "invalid_blocks")
    assert (older.id, older.kind, older.whom, older.tries) == (first.id, "test.told", "C-1", 1)
    assert len(await office.outbox.failures(1)) == 1
    assert (await office.of("1")).data == first.data, "it may be tried once more"


async def test_where_nobody_is_there_the_others_for_them_fail_too_and_nobody_elses(office: Office) -> None:
    await office.post(
        a_notice("first", whom="C1"),
        a_notice("next", whom="C1"),
        a_notice("tomorrow", whom="C1", not_before=NOON + 24 * HOUR),
        a_notice("elsewhere", whom="C2"),
        a_notice("other workspace", whom="C1", workspace_id=T2),
    )
    first, *_ = await office.claim()
    await office.outbox.failed(first, "is_archived", nobody_there=True)
    states = await office.states()
    assert [key for key, state in states.items() if state == State.FAILED] == ["first", "next", "tomorrow"]
    assert (await office.of("tomorrow")).reason == "is_archived"
    assert states["elsewhere"] == states["other workspace"] == State.CLAIMED


async def test_what_may_stand_there_already_is_not_failed_with_the_others(office: Office) -> None:
    await office.post(a_notice("in doubt", whom="C1"), a_notice("next", whom="C1"))
    await office.outbox.put_off(await office.claim_one(), 60, "TimeoutError", in_doubt=True)
    await office.outbox.failed(await office.claim_one(), "not_in_channel", nobody_there=True)
    assert await office.states() == {"in doubt": State.WAITING, "next": State.FAILED}


async def test_what_is_told_instead_is_posted_with_the_failure(office: Office) -> None:
    await office.post(a_notice())
    notice = await office.claim_one()
    office.outbox.bell.clear()
    await office.outbox.failed(notice, "invalid_blocks", instead=a_notice("sorry", manner=Manner.ASKED))
    assert office.outbox.bell.is_set()
    assert await office.turns() == ["sorry"]


async def test_what_failed_can_be_retried_alone_or_all_at_once(office: Office) -> None:
    await office.post(*map(a_notice, "abcd"))
    *failed, sent = await office.claim()
    for notice in failed:
        await office.outbox.failed(notice, "is_archived")
    await office.send(sent)
    office.outbox.bell.clear()
    assert await office.outbox.retry([sent.id, 999]) == 0
    assert await office.outbox.retry([failed[0].id]) == 1
    assert office.outbox.bell.is_set()
    again = await office.claim_one()
    assert (again.key, again.tries, again.reason, again.done_at) == ("a", 1, None, None)
    assert await office.outbox.retry(None) == 2
    assert await office.turns() == ["b", "c"]
    assert await office.outbox.retry(None) == 0


async def test_what_is_of_no_use_any_more_is_not_sent_when_it_is_retried(office: Office) -> None:
    await office.post(a_notice(expires_at=NOON + HOUR))
    await office.outbox.failed(await office.claim_one(), "is_archived")
    office.clock.move(2 * HOUR)
    assert await office.outbox.retry(None) == 1
    assert await office.turns() == []
    assert await office.states() == {"hello": State.EXPIRED}


async def test_what_failed_while_nobody_knew_whether_it_had_arrived_is_looked_up_when_it_is_retried(
    office: Office,
) -> None:
    await office.post(a_notice())
    await office.outbox.put_off(await office.claim_one(), 0, "TimeoutError", in_doubt=True)
    await office.outbox.failed(await office.claim_one(), "not_in_channel")  # it could not be looked up either
    await office.outbox.retry(None)
    assert (await office.claim_one()).in_doubt


# --- how it stands, and what is forgotten -------------------------------------------------------------


async def test_the_queue_tells_how_many_are_how_far_and_since_when_the_oldest_waits(office: Office) -> None:
    assert (await office.outbox.queue()).in_state == {}
    assert (await office.outbox.queue()).oldest_due is None
    await office.post(a_notice("later", not_before=NOON + HOUR))
    assert (await office.outbox.queue()).oldest_due is None, "what is only due later does not wait"
    await office.post(*(a_notice(f"{number}") for number in range(3)))
    first, second, _third = await office.claim()
    await office.send(first)
    await office.outbox.failed(second, "is_archived")
    queue = await office.outbox.queue()
    assert queue.in_state == {State.WAITING: 1, State.CLAIMED: 1, State.SENT: 1, State.FAILED: 1}
    assert queue.oldest_due == NOON + 3 * SECOND, "also while somebody has it in hand"


async def test_what_is_tried_again_waits_since_its_own_moment(office: Office) -> None:
    await office.post(a_notice())
    await office.outbox.put_off(await office.claim_one(), 300, "token_revoked")
    office.clock.move(MINUTE)
    assert (await office.outbox.queue()).oldest_due == NOON


async def test_what_was_done_with_long_ago_is_forgotten_and_what_waits_is_not(office: Office) -> None:
    await office.post(*map(a_notice, ("sent", "failed")), a_notice("expired", expires_at=NOON))
    await office.post(a_notice("waiting", not_before=NOON + 2 * KEPT))
    sent, failed = await office.claim()
    await office.send(sent)
    await office.outbox.failed(failed, "is_archived")
    office.clock.move(KEPT)
    await office.outbox.forget()
    assert len(await office.states()) == 4
    office.clock.move(timedelta(microseconds=1))
    await office.outbox.forget()
    assert await office.states() == {"waiting": State.WAITING}
