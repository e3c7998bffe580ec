"""A push goes to somebody who may be pushed, once a day; what they asked for and what is urgent goes at once."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.kit.encryption import new_key
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import LEASE
from bot.kit.outbox.tables import State
from bot.kit.working_time.rules import Kind
from bot.kit.working_time.tables import Push
from tests.kit.outbox.office import DAY, HOUR, MINUTE, SECOND, T1, T2, Office, a_notice, opened
from tests.stand_ins.clock import NOON

MIDNIGHT = NOON.replace(hour=23)
TOMORROW_AT_NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def a_push(key: str = "goal", whom: str = "U1", **given: object) -> NewNotice:
    return a_notice(key, whom=whom, manner=Manner.PUSH, **given)


async def at(office: Office, moment: datetime) -> None:
    """It is this moment, and Slack has just said that everybody may be disturbed."""
    office.clock.move(moment - office.clock.now())
    for workspace_id in (T1, T2):
        await office.may_be_disturbed(["U1", "U2"], workspace_id)


async def pushes(office: Office) -> set[str]:
    """Keys of the notices for which somebody's push of a day is taken."""
    async with office.database.reading() as session:
        return set(await session.scalars(select(Push.notice_key)))


# --- working time -------------------------------------------------------------------------------------


async def test_within_working_hours_a_push_goes_and_takes_the_day(office: Office) -> None:
    await at(office, NOON)
    await office.post(a_push())
    assert await office.turns() == ["goal"]
    assert await pushes(office) == {"goal"}


async def test_outside_them_it_is_put_off_to_their_beginning_with_the_reason(office: Office) -> None:
    await at(office, MIDNIGHT)
    await office.post(a_push())
    assert await office.turns() == []
    waits = await office.of("goal")
    assert (waits.state, waits.due_at, waits.reason) == (State.WAITING, TOMORROW_AT_NINE, "OutsideHours")
    assert waits.tries == 0
    assert await pushes(office) == set()
    await at(office, TOMORROW_AT_NINE - SECOND)
    assert await office.turns() == []
    await at(office, TOMORROW_AT_NINE)
    assert await office.turns() == ["goal"]


async def test_what_is_put_off_to_the_morning_is_not_late_in_the_evening(office: Office) -> None:
    """Else the age of the oldest due notice says all weekend that something is wrong."""
    await at(office, MIDNIGHT)
    await office.post(a_push())
    await office.turns()
    office.clock.move(HOUR)
    assert (await office.outbox.queue()).oldest_due is None
    assert (await office.of("goal")).planned_for == TOMORROW_AT_NINE, "its delay is counted from there"


async def test_each_reason_has_its_moment(office: Office) -> None:
    async with office.database.writing() as session:
        for whom, days in {"night": range(5), "sunday": [6]}.items():
            hours = {"zone": "Asia/Tokyo", "days": days, "begins": time(22), "ends": time(6)}
            await office.working_times.set_hours(session, T1, whom, **hours, country=None, region=None)
        await office.working_times.absent(
            session, T1, "away", Kind.LEAVE, first_day=NOON.date(), last_day=NOON.date() + 2 * DAY
        )
    people = ("night", "sunday", "away")
    await office.may_be_disturbed(people)
    await office.post(*(a_push(whom, whom) for whom in people))
    assert await office.turns() == []
    put_off = {whom: await office.of(whom) for whom in people}
    assert {whom: (notice.reason, notice.due_at) for whom, notice in put_off.items()} == {
        "night": ("OutsideHours", NOON + HOUR),
        "sunday": ("DayOff", datetime(2026, 11, 29, 13, tzinfo=UTC)),
        "away": ("OnLeave", datetime(2026, 11, 26, 9, tzinfo=UTC)),
    }


async def test_what_is_of_no_use_by_then_expires_and_what_still_is_waits(office: Office) -> None:
    await at(office, MIDNIGHT)
    await office.post(
        a_push("goal", expires_at=TOMORROW_AT_NINE), a_push("digest", "U2", expires_at=TOMORROW_AT_NINE + SECOND)
    )
    assert await office.turns() == []
    goal, digest = await office.of("goal"), await office.of("digest")
    assert (goal.state, goal.reason, goal.due_at) == (State.EXPIRED, "never_in_working_time", None)
    assert (digest.state, digest.due_at) == (State.WAITING, TOMORROW_AT_NINE)


async def test_for_somebody_who_never_works_a_push_is_of_no_use(office: Office) -> None:
    async with office.database.writing() as session:
        await office.working_times.set_hours(
            session, T1, "U1", zone="UTC", days=[], begins=time(9), ends=time(17), country=None, region=None
        )
    await office.post(a_push())
    assert await office.turns() == []
    assert (await office.of("goal")).reason == "never_in_working_time"


async def test_a_push_that_is_too_late_says_so_and_needs_nobodys_word(office: Office) -> None:
    await office.post(a_push("in time", expires_at=NOON + HOUR), a_push("at night", "U2", expires_at=MIDNIGHT))
    office.clock.move(2 * HOUR)
    claims = await office.claims()
    assert claims.to_ask_about == {T1: {"U2"}}, "nobody need be asked about what is not sent"
    assert (await office.of("in time")).reason == "too_late"
    office.clock.move(12 * HOUR)
    await office.turns()
    assert (await office.of("at night")).reason == "too_late"


@pytest.mark.parametrize("manner", [Manner.ASKED, Manner.URGENT, Manner.POST])
async def test_nothing_else_is_held_back_or_counts_as_a_push(office: Office, manner: Manner) -> None:
    office.clock.move(MIDNIGHT - NOON)
    await office.post(a_notice("first", whom="U1", manner=manner), a_notice("second", whom="U1", manner=manner))
    claims = await office.claims()
    assert [notice.key for notice in claims.notices] == ["first"]
    assert claims.to_ask_about == {}
    await office.send(claims.notices[0])
    assert await office.turns() == ["second"]
    assert await pushes(office) == set()


# --- one a day ----------------------------------------------------------------------------------------


async def test_a_person_has_one_push_a_day_across_all_kinds_and_each_person_and_workspace_their_own(
    office: Office,
) -> None:
    await at(office, NOON)
    await office.post(
        a_push("goal"),
        a_push("digest", kind="other.kind"),
        a_push("hers", "U2"),
        a_push("elsewhere", workspace_id=T2),
    )
    goal, *others = await office.claim()
    assert (goal.key, [notice.key for notice in others]) == ("goal", ["hers", "elsewhere"])
    for notice in (goal, *others):
        await office.send(notice)
    assert await office.turns() == []
    digest = await office.of("digest")
    assert (digest.reason, digest.due_at) == ("HadOneToday", TOMORROW_AT_NINE)
    await at(office, TOMORROW_AT_NINE)
    assert await office.turns() == ["digest"]


async def test_after_five_without_an_answer_there_is_one_a_week(office: Office) -> None:
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    for day in range(5):
        await at(office, NOON + day * DAY)
        await office.post(a_push(f"{day}"))
        await office.send(await office.claim_one())
    await at(office, friday + 3 * DAY)
    await office.post(a_push("sixth"))
    assert await office.turns() == []
    sixth = await office.of("sixth")
    assert (sixth.reason, sixth.due_at) == ("BackingOff", datetime(2026, 12, 4, 9, tzinfo=UTC))


async def test_what_was_not_sent_gives_the_day_back(office: Office) -> None:
    await at(office, NOON)
    await office.post(a_push("bad"), a_push("good", not_before=NOON + MINUTE))
    bad = await office.claim_one()
    await office.outbox.failed(bad, "invalid_blocks")
    assert await pushes(office) == set()
    office.clock.move(MINUTE)
    assert await office.turns() == ["good"]


async def test_what_is_put_off_by_slack_gives_the_day_back_and_takes_it_again(office: Office) -> None:
    await at(office, NOON)
    await office.post(a_push())
    await office.outbox.put_off(await office.claim_one(), 1, "ratelimited")
    assert await pushes(office) == set()
    office.clock.move(MINUTE)
    await office.send(await office.claim_one())
    assert await pushes(office) == {"goal"}


async def test_what_may_have_been_sent_keeps_the_day_and_is_looked_up_whatever_the_hour(office: Office) -> None:
    await at(office, NOON)
    await office.post(a_push(), a_push("second"))
    await office.outbox.put_off(await office.claim_one(), 3600, "TimeoutError", in_doubt=True)
    assert await office.turns() == []
    assert (await office.of("second")).reason == "HadOneToday"
    await at(office, MIDNIGHT)
    again = await office.claim_one()
    assert (again.key, again.in_doubt) == ("goal", True)
    await office.outbox.put_off(again, 0, "had_not_arrived")
    assert await office.turns() == []
    goal = await office.of("goal")
    assert (goal.reason, goal.due_at) == ("OutsideHours", TOMORROW_AT_NINE)


async def test_a_push_whose_process_died_is_looked_up_and_not_held_back_by_its_own_day(office: Office) -> None:
    await at(office, NOON)
    await office.post(a_push())
    await office.claim_one()  # and then the process is gone
    office.clock.move(LEASE)
    lapsed = await office.claim_one()
    assert lapsed.in_doubt
    await office.outbox.put_off(lapsed, 0, "had_not_arrived")
    again = await office.claim_one()
    assert not again.in_doubt
    await office.send(again)
    assert await pushes(office) == {"goal"}


async def test_a_push_whose_earlier_message_is_gone_goes_today_all_the_same(office: Office) -> None:
    await at(office, NOON)
    await office.post(a_push(updates="yesterday"))
    await office.outbox.again_without(await office.claim_one(), "updates")
    assert await office.turns() == ["goal"], "the day was taken for this very push"


async def test_a_push_that_cannot_be_read_gives_the_day_back(office: Office) -> None:
    await at(office, NOON)
    async with opened(office.database.url, new_key()) as elsewhere:
        await Office(elsewhere, office.clock).post(a_push("unreadable"))
    assert await office.turns() == []
    await office.post(a_push("readable"))
    assert await office.turns() == ["readable"]


async def test_two_processes_do_not_push_the_same_person_on_one_day(office: Office, key: str) -> None:
    await at(office, NOON)
    await office.post(a_push("1"), a_push("2"))
    first = await office.claim_one()
    async with opened(office.database.url, key) as database:
        other = Office(database, office.clock)
        assert await other.turns() == []
        await office.send(first)
        assert await other.turns() == []
        assert (await other.of("2")).reason == "HadOneToday"


# --- Do Not Disturb -----------------------------------------------------------------------------------


async def test_slack_is_asked_first_and_until_it_has_answered_the_push_waits(office: Office) -> None:
    await office.post(a_push(), a_push("hers", "U2", workspace_id=T2), a_push("again"))
    claims = await office.claims()
    assert claims.notices == []
    assert claims.to_ask_about == {T1: {"U1"}, T2: {"U2"}}
    assert (await office.of("goal")).due_at == NOON, "it waits only for the word"
    await office.may_be_disturbed(["U1"])
    assert await office.turns() == ["goal"]


async def test_who_may_not_be_pushed_anyway_is_not_asked_about(office: Office) -> None:
    office.clock.move(MIDNIGHT - NOON)
    await office.post(a_push())
    assert (await office.claims()).to_ask_about == {}


async def test_the_push_waits_until_it_is_over_and_expires_where_that_is_too_late(office: Office) -> None:
    until = NOON + HOUR
    async with office.database.writing() as session:
        seen = dict.fromkeys(("U1", "U2"), (NOON - HOUR, until))
        await office.working_times.note_do_not_disturb(session, T1, seen, NOON)
    await office.post(a_push(), a_push("too late", "U2", expires_at=until))
    assert await office.turns() == []
    waits = await office.of("goal")
    assert (waits.due_at, waits.reason) == (until, "DoNotDisturb")
    assert (await office.of("too late")).state == State.EXPIRED
    office.clock.move(HOUR)
    assert (await office.claims()).to_ask_about == {T1: {"U1"}}, "what it said an hour ago is old"
    await office.may_be_disturbed(["U1"])
    assert await office.turns() == ["goal"]


async def test_slacks_word_is_believed_for_half_an_hour(office: Office) -> None:
    await office.may_be_disturbed(["U1"])
    office.clock.move(30 * MINUTE)
    await office.post(a_push())
    office.clock.move(-SECOND)
    assert await office.turns() == ["goal"]
    await office.may_be_disturbed(["U2"])
    office.clock.move(30 * MINUTE + timedelta(microseconds=1))
    await office.post(a_push("hers", "U2"))
    assert (await office.claims()).to_ask_about == {T1: {"U2"}}
