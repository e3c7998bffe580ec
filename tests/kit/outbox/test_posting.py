"""What is to be told is written with the fact that it tells: once, or not at all."""

import asyncio
from datetime import timedelta

import pytest

from bot.kit.encryption import new_key
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.tables import State
from tests.kit.outbox.office import HOUR, MINUTE, SECOND, T1, T2, Office, Told, a_notice, opened
from tests.stand_ins.clock import NOON


async def test_it_is_part_of_its_callers_transaction(office: Office) -> None:
    async def post_and_fail() -> None:
        async with office.database.writing() as session:
            await office.outbox.post(session, a_notice())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await post_and_fail()
    assert await office.states() == {}
    assert not office.outbox.bell.is_set(), "there is nothing to wake up for"
    async with office.database.writing() as session:
        await office.outbox.post(session, a_notice())
        assert not office.outbox.bell.is_set(), "nobody could see it yet"
    assert office.outbox.bell.is_set()
    assert await office.states() == {"hello": State.WAITING}


async def test_the_same_key_is_told_once_and_as_it_was_told_first(office: Office) -> None:
    await office.post(a_notice(data=Told(text="first")), a_notice(data=Told(text="second")))
    first = await office.claim_one()
    assert Told.model_validate_json(first.data).text == "first"
    await office.send(first)
    await office.post(a_notice(data=Told(text="third")))
    assert await office.turns() == []


async def test_the_same_key_twice_in_one_go_is_one(office: Office) -> None:
    async with office.database.writing() as session:
        await office.outbox.post_all(session, [a_notice(), a_notice(), a_notice("other")])
        await office.outbox.post_all(session, [])
    assert await office.states() == {"hello": State.WAITING, "other": State.WAITING}


async def test_each_workspace_has_keys_of_its_own(office: Office) -> None:
    await office.post(a_notice(), a_notice(workspace_id=T2))
    assert [notice.workspace_id for notice in await office.claim()] == [T1, T2]


async def test_planners_that_post_the_same_at_once_in_another_order_do_not_stand_in_each_others_way(
    office: Office, key: str
) -> None:
    """Each of several replicas plans the same goals; who comes second finds them posted."""
    goals = [a_notice(f"goal:{number}") for number in range(5)]

    async def plan(in_order: list[NewNotice]) -> None:
        async with opened(office.database.url, key) as database, database.writing() as session:
            await Office(database, office.clock).outbox.post_all(session, in_order)

    async with office.database.writing() as session:  # somebody is in the middle of posting one of them
        await office.outbox.post(session, goals[2])
        planners = [asyncio.create_task(plan(in_order)) for in_order in (goals, goals[::-1])]
        await asyncio.wait(planners, timeout=0.3)
        await session.rollback()
    await asyncio.gather(*planners)
    assert len(await office.states()) == 5


async def test_it_waits_for_its_moment(office: Office) -> None:
    await office.post(a_notice(not_before=NOON + HOUR))
    assert await office.outbox.next_due() == {1: NOON + HOUR}
    office.clock.move(HOUR - 2 * SECOND)
    assert await office.turns() == []
    office.clock.move(SECOND)
    assert await office.turns() == ["hello"]


async def test_a_goal_for_today_is_not_sent_tomorrow(office: Office) -> None:
    await office.post(a_notice("today", expires_at=NOON + 5 * HOUR), a_notice("any day"))
    office.clock.move(timedelta(days=1))
    assert await office.turns() == ["any day"]
    goal = await office.of("today")
    assert (goal.state, goal.reason, goal.due_at) == (State.EXPIRED, "too_late", None)
    assert goal.done_at == office.clock.now()


async def test_at_the_very_moment_it_expires_it_is_of_no_use_any_more(office: Office) -> None:
    await office.post(a_notice("now", expires_at=NOON + MINUTE), a_notice("soon", expires_at=NOON + MINUTE + SECOND))
    office.clock.move(MINUTE - 2 * SECOND)
    assert await office.turns() == ["soon"]


async def test_what_may_have_been_sent_already_does_not_expire_before_it_was_looked_up(office: Office) -> None:
    await office.post(a_notice(expires_at=NOON + MINUTE))
    await office.claim_one()  # and then the process is gone
    office.clock.move(HOUR)
    again = await office.claim_one()
    assert again.in_doubt
    await office.outbox.put_off(again, 0, "had_not_arrived")
    assert await office.turns() == []
    assert await office.states() == {"hello": State.EXPIRED}


# --- one in place of another --------------------------------------------------------------------------


async def test_what_was_replaced_before_it_was_sent_is_not_sent_any_more(office: Office) -> None:
    await office.post(a_notice("wait 3", whom="U1"), a_notice("wait 2", whom="U1", updates="wait 3"))
    assert await office.turns() == ["wait 2"]
    replaced = await office.of("wait 3")
    assert (replaced.state, replaced.reason, replaced.due_at) == (State.EXPIRED, "replaced", None)


async def test_what_is_under_way_or_in_doubt_or_another_workspaces_is_not_replaced(office: Office) -> None:
    names = ("under way", "in doubt", "sent")
    await office.post(*map(a_notice, names), a_notice("new", workspace_id=T2))
    under_way, in_doubt, sent, _new = await office.claim()
    await office.outbox.put_off(in_doubt, 60, "TimeoutError", in_doubt=True)
    await office.send(sent)
    await office.post(*(a_notice(f"instead of {name}", updates=name) for name in (*names, "new")))
    states = await office.states()
    assert [states[name] for name in names] == [State.CLAIMED, State.WAITING, State.SENT]
    assert (await office.of("new", T2)).state == State.CLAIMED
    assert await office.send(under_way)


async def test_a_whole_batch_of_updates_replaces_what_it_can(office: Office) -> None:
    await office.post(a_notice("a"), a_notice("b"), a_notice("a", workspace_id=T2))
    async with office.database.writing() as session:
        batch = [a_notice("a2", updates="a"), a_notice("b2", updates="b"), a_notice("c2", updates="c")]
        await office.outbox.post_all(session, batch)
    assert await office.turns() == ["a", "a2", "b2", "c2"], "the first one is the other workspace's"


# --- what lies in the database ------------------------------------------------------------------------


async def test_nobody_can_read_in_the_database_what_is_told_and_it_goes_when_it_was_told(office: Office) -> None:
    link = "https://hooks.slack.com/commands/T1/secret"
    await office.post(a_notice(data=Told(text="Mr Peters of 12 Mill Lane"), response_url=link))
    raw = str(await office.raw("hello"))
    assert "Peters" not in raw
    assert "secret" not in raw
    notice = await office.claim_one()
    assert notice.response_url == link
    await office.send(notice)
    assert (await office.of("hello")).data == ""


async def test_what_cannot_be_decrypted_has_failed_and_the_others_go_on(office: Office) -> None:
    await office.post(a_notice("before", manner=Manner.URGENT))
    async with opened(office.database.url, new_key()) as elsewhere:
        other_key = Office(elsewhere, office.clock)
        await other_key.post(a_notice("unreadable", manner=Manner.URGENT), a_notice("link", response_url="https://x"))
    await office.post(a_notice("after"))
    assert await office.turns() == ["before", "after"]
    [unreadable, link] = sorted(await office.outbox.failures(10), key=lambda failure: failure.id)
    assert unreadable.reason == link.reason == "cannot_be_decrypted"
    states = await office.states()
    assert states["unreadable"] == states["link"] == State.FAILED


async def test_of_several_updates_of_one_message_in_one_transaction_the_last_is_told(office: Office) -> None:
    await office.post(a_notice("first"))
    async with office.database.writing() as session:
        await office.outbox.post_all(session, [a_notice("z", updates="first"), a_notice("a", updates="first")])
    assert await office.states() == {"first": State.EXPIRED, "z": State.EXPIRED, "a": State.WAITING}


async def test_an_update_that_is_posted_again_is_neither_lost_nor_undoes_a_newer_one(office: Office) -> None:
    await office.post(a_notice("first"), a_notice("1", updates="first"))
    await office.post(a_notice("1", updates="first"))
    assert (await office.states())["1"] == State.WAITING
    await office.post(a_notice("2", updates="first"))
    await office.post(a_notice("1", updates="first"))
    assert await office.states() == {"first": State.EXPIRED, "1": State.EXPIRED, "2": State.WAITING}


async def test_an_update_of_what_was_replaced_takes_the_place_of_what_replaced_it(office: Office) -> None:
    await office.post(a_notice("first"), a_notice("1", updates="first"))
    await office.send(await office.claim_one())
    sent = await office.of("1")
    await office.post(a_notice("2", updates="first"), a_notice("3", updates="1"))
    assert (await office.states())["2"] == State.EXPIRED, "they are of one family"
    newest = await office.claim_one()
    assert await office.outbox.message_to_update(newest) == (sent.channel_id, sent.message_ts)


async def test_what_expired_overtakes_nothing(office: Office) -> None:
    await office.post(a_notice("1", updates="first"))
    under_way = await office.claim_one()
    await office.post(a_notice("2", updates="first", expires_at=office.clock.now()))
    office.clock.move(SECOND)
    assert await office.turns() == []
    assert (await office.of("2")).state == State.EXPIRED
    assert await office.outbox.message_to_update(under_way) is None
