"""An administrator stops everything unprompted in a workspace, and lets it go on."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import select

from bot.kit.outbox import choosing, queries
from bot.kit.outbox.rules import HELD, UNPROMPTED, Manner
from bot.kit.outbox.service import CANDIDATES, LEASE
from bot.kit.outbox.tables import Hold, Notice, State
from tests.kit.outbox.office import DAY, HOUR, MINUTE, SECOND, T1, T2, Office, a_notice, opened
from tests.stand_ins.clock import NOON


async def hold(office: Office, workspace_id: str = T1, by: str = "U0ADMIN") -> None:
    async with office.database.writing() as session:
        await office.outbox.hold(session, workspace_id, by)


async def go_on(office: Office, workspace_id: str = T1) -> None:
    async with office.database.writing() as session:
        await office.outbox.go_on(session, workspace_id)


async def held(office: Office, workspace_id: str = T1) -> Hold | None:
    async with office.database.reading() as session:
        return await office.outbox.held(session, workspace_id)


async def post_many(office: Office, number: int, **given: object) -> None:
    async with office.database.writing() as session:
        await office.outbox.post_all(session, [a_notice(f"{n}", whom=f"C{n % 20}", **given) for n in range(number)])


# --- who stopped it -----------------------------------------------------------------------------------


async def test_it_is_known_who_stopped_it_and_since_when(office: Office) -> None:
    assert await held(office) is None
    await hold(office)
    office.clock.move(HOUR)
    await hold(office, by="U1")
    found = await held(office)
    assert found is not None
    assert (found.by, found.since) == ("U0ADMIN", NOON), "the first one did"
    assert await held(office, T2) is None
    await go_on(office)
    assert await held(office) is None


async def test_whoever_delivers_hears_when_it_goes_on_and_not_before_it_is_committed(office: Office) -> None:
    await go_on(office)
    assert not office.outbox.bell.is_set(), "nothing was stopped"
    await hold(office)
    async with office.database.writing() as session:
        await office.outbox.go_on(session, T1)
        assert not office.outbox.bell.is_set()
    assert office.outbox.bell.is_set()


# --- what waits, and what does not --------------------------------------------------------------------


@pytest.mark.parametrize("manner", Manner)
async def test_while_held_only_what_was_asked_for_and_what_is_urgent_goes_out(office: Office, manner: Manner) -> None:
    await office.may_be_disturbed(["U1"])
    await hold(office)
    await office.post(a_notice(whom="U1", manner=manner))
    assert await office.turns() == ([] if manner in UNPROMPTED else ["hello"])
    await go_on(office)
    assert await office.turns() == (["hello"] if manner in UNPROMPTED else [])


async def test_it_holds_for_what_waited_already_and_for_what_is_due_later(office: Office) -> None:
    await office.post(a_notice("before"), a_notice("later", not_before=NOON + HOUR))
    await hold(office)
    await office.post(a_notice("meanwhile"))
    for _ in range(3):
        assert await office.turns() == []
        office.clock.move(HOUR)
    await go_on(office)
    assert await office.turns() == ["before", "later", "meanwhile"], "in the order in which they were posted"


async def test_other_workspaces_notice_nothing(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("1"), a_notice("2", workspace_id=T2))
    assert await office.turns() == ["2"]


async def test_an_answer_does_not_wait_for_what_is_held_for_the_same_person(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("goal", whom="U1"), a_notice("answer", whom="U1", manner=Manner.ASKED))
    assert await office.turns() == ["answer"]


async def test_nobody_is_asked_about_for_a_push_that_is_held(office: Office) -> None:
    await hold(office)
    await office.post(a_notice(whom="U1", manner=Manner.PUSH))
    assert (await office.claims()).to_ask_about == {}


async def test_what_is_of_no_use_any_more_expires_at_its_moment_and_not_when_it_goes_on(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("goal", expires_at=NOON + HOUR), a_notice("story"))
    assert await office.turns() == []
    assert (await office.outbox.next_due())[1] == NOON + HOUR
    office.clock.move(HOUR)
    assert await office.turns() == []
    goal = await office.of("goal")
    assert (goal.state, goal.reason, goal.data) == (State.EXPIRED, "too_late", "")
    await go_on(office)
    assert await office.turns() == ["story"]


async def test_what_expires_in_the_moment_in_which_it_goes_on_is_not_told(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("goal", expires_at=NOON + HOUR))
    await office.turns()
    office.clock.move(NOON + HOUR - office.clock.now())
    await go_on(office)
    assert await office.turns() == []
    assert await office.states() == {"goal": State.EXPIRED}


async def test_after_it_there_is_still_one_push_a_day(office: Office) -> None:
    await hold(office)
    await office.post(*(a_notice(key, whom="U1", manner=Manner.PUSH) for key in ("goal", "digest")))
    assert await office.turns() == []
    await go_on(office)
    await office.may_be_disturbed(["U1"])
    await office.send(await office.claim_one())
    assert await office.turns() == []
    assert (await office.of("digest")).reason == "HadOneToday"


async def test_what_is_held_is_not_late(office: Office) -> None:
    """Else the age of the oldest due notice says all week that nobody delivers."""
    await hold(office)
    await office.post(a_notice())
    await office.turns()
    office.clock.move(DAY)
    assert (await office.outbox.queue()).oldest_due is None
    await go_on(office)
    assert (await office.of("hello")).planned_for == office.clock.now(), "its delay is counted from here"


async def test_that_it_is_stopped_counts_only_once_it_is_committed(office: Office) -> None:
    async def stop_and_break() -> None:
        async with office.database.writing() as session:
            await office.outbox.hold(session, T1, "U0ADMIN")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stop_and_break()
    await office.post(a_notice())
    assert await office.turns() == ["hello"]


# --- in doubt -----------------------------------------------------------------------------------------


async def test_what_may_be_posted_already_is_looked_up_and_if_it_was_not_it_waits(office: Office) -> None:
    await office.post(a_notice())
    await office.claim_one()  # and then the process is gone
    await hold(office)
    await office.post(a_notice("older in the line", whom="C-hello"))
    office.clock.move(LEASE)
    lapsed = await office.claim_one()
    assert (lapsed.key, lapsed.in_doubt) == ("hello", True)
    await office.outbox.put_off(lapsed, 0, "had_not_arrived")
    assert await office.turns() == []
    assert (await office.of("hello")).reason == HELD
    await go_on(office)
    assert await office.turns() == ["hello"]


async def test_what_was_under_way_when_it_was_stopped_and_did_not_succeed_waits(office: Office) -> None:
    await office.post(a_notice())
    notice = await office.claim_one()
    await hold(office)
    await office.outbox.put_off(notice, 1, "ratelimited")
    office.clock.move(MINUTE)
    assert await office.turns() == []
    await go_on(office)
    assert await office.turns() == ["hello"]


# --- updates ------------------------------------------------------------------------------------------


async def test_an_answer_that_waits_for_slack_does_not_make_way_for_an_update_that_is_held(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("answer", manner=Manner.ASKED, whom="C1"))
    await office.outbox.put_off(await office.claim_one(), 60, "ratelimited")
    await office.post(a_notice("more", whom="C1", updates="answer"))
    assert await office.turns() == []
    office.clock.move(MINUTE)
    assert await office.turns() == ["answer"]


async def test_an_answer_that_is_under_way_is_not_overtaken_by_an_update_that_is_held(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("question", whom="C1", manner=Manner.ASKED))
    await office.send(await office.claim_one())
    await office.post(a_notice("answer", whom="C1", manner=Manner.ASKED, updates="question"))
    answer = await office.claim_one()
    await office.post(a_notice("more", whom="C1", updates="question"))
    await office.turns()
    assert await office.outbox.message_to_update(answer) == ("C1", "1.000001")
    await office.send(answer)
    assert await office.turns() == []
    await go_on(office)
    more = await office.claim_one()
    assert await office.outbox.message_to_update(more) == ("C1", "1.000001")


async def test_an_answer_takes_the_place_of_what_is_held_before_it(office: Office) -> None:
    await hold(office)
    await office.post(a_notice("goal", whom="C1"))
    await office.turns()
    await office.post(a_notice("answer", whom="C1", updates="goal", manner=Manner.ASKED))
    assert await office.turns() == ["answer"]
    await go_on(office)
    assert (await office.states())["goal"] == State.EXPIRED


# --- many ---------------------------------------------------------------------------------------------


async def test_many_that_are_held_stand_in_nobodys_way(office: Office) -> None:
    await post_many(office, 5 * CANDIDATES)
    await hold(office)
    office.clock.move(SECOND)
    await office.post(a_notice("elsewhere", workspace_id=T2))
    assert await office.turns() == ["elsewhere"]
    assert min((await office.outbox.next_due()).values()) > office.clock.now(), "there is nothing to look at"


async def test_more_than_can_be_set_aside_in_one_go_are_set_aside_in_several(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "SET_ASIDE", 2 * CANDIDATES)
    await post_many(office, 20 * CANDIDATES)
    await hold(office)
    office.clock.move(SECOND)
    await office.post(a_notice("elsewhere", workspace_id=T2))
    taken: list[str] = []
    for _ in range(20):
        taken += await office.turns()
    assert taken == ["elsewhere"]


async def test_nobody_ends_it_in_the_middle_of_a_claim(office: Office, key: str) -> None:
    """Else what that one sets aside would wait for good."""
    await hold(office)
    async with opened(office.database.url, key) as database:
        async with database.writing() as claim:
            assert await queries.on_hold(claim) == {T1}
            ends = asyncio.create_task(go_on(office))
            await asyncio.sleep(0.1)
            assert not ends.done()
        await ends


async def test_processes_that_claim_while_it_is_stopped_and_goes_on_leave_nothing_behind(
    office: Office, key: str
) -> None:
    number = 200
    async with opened(office.database.url, key) as database:
        other, sent = Office(database, office.clock), Counter[str]()
        is_over = asyncio.Event()

        async def deliver(at: Office) -> None:
            while not is_over.is_set():
                for notice in await at.claim(limit=5):
                    await at.send(notice)
                    sent[notice.key] += 1

        async def change_our_mind() -> None:
            for part in range(8):
                await hold(office)
                async with office.database.writing() as session:
                    notices = [a_notice(f"{part} {n}") for n in range(number // 8)]
                    await office.outbox.post_all(session, notices)
                await asyncio.sleep(0.02)
                await go_on(office)
            is_over.set()

        async with asyncio.timeout(30):
            await asyncio.gather(deliver(office), deliver(other), change_our_mind())
        while turns := await office.claim():
            for notice in turns:
                await office.send(notice)
                sent[notice.key] += 1
    async with office.database.reading() as session:
        states = Counter(await session.scalars(select(Notice.state)))
    assert states == {State.SENT: number}
    assert set(sent.values()) == {1}
