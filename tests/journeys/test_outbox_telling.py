"""A notice reaches its reader once, or it is known why not, whatever Slack answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.kit.clock import HeldClock
from bot.kit.encryption import new_key
from bot.kit.i18n import Language
from bot.kit.outbox.rules import LONGEST_PAUSE, MOST_TRIES, TIME_TO_ARRIVE, Manner
from bot.kit.outbox.service import LEASE
from bot.kit.outbox.tables import Notice, State
from bot.kit.outbox.telling import POST_WITHIN, UNTIL_UPDATED
from bot.sandbox.server import LocalSlack
from tests.stand_ins.clock import NOON
from tests.stand_ins.post_room import ILL, TOO_MUCH, UNKNOWN, PostRoom, local_slack, post_room
from tests.world import DAAN, LIES, NOOR, PRIYA

AGAIN = timedelta(seconds=LONGEST_PAUSE).total_seconds()
ANOTHER_DAY = NOON + timedelta(days=1)

Opens = Callable[..., AbstractAsyncContextManager[PostRoom]]


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
async def slack(clock: HeldClock) -> AsyncIterator[LocalSlack]:
    async with local_slack(clock) as slack:
        yield slack


@pytest.fixture
def another(slack: LocalSlack, tmp_path: Path, clock: HeldClock) -> Opens:
    """One more process on the same database and the same Slack. How the databases differ is tested elsewhere."""
    return partial(post_room, slack, f"sqlite+aiosqlite:///{tmp_path}/acht.db", new_key(), clock)


@pytest.fixture
async def room(another: Opens) -> AsyncIterator[PostRoom]:
    async with another() as room:
        yield room


# --- told ---------------------------------------------------------------------------------------------


async def test_it_is_posted_once_and_bears_its_number_where_only_we_see_it(room: PostRoom) -> None:
    await room.post()
    await room.deliver()
    await room.later(hours=1)
    [message] = room.messages()
    assert message.text == "en: hello"
    notice = await room.of()
    assert message.metadata == {"event_type": "acht_notice", "event_payload": {"notice": str(notice.id)}}
    assert (notice.state, notice.channel_id, notice.message_ts) == (State.SENT, room.channel(), message.ts)
    assert room.written_down == [("hello", room.channel(), message.ts)]
    assert room.metrics.registry.get_sample_value("acht_notices_sent_total", {"kind": "test.told"}) == 1


async def test_a_person_finds_it_in_their_messages(room: PostRoom) -> None:
    await room.post(whom=NOOR)
    await room.deliver()
    assert room.said(room.dm(NOOR)) == ["hello"]
    assert (await room.of()).channel_id == room.dm(NOOR)


async def test_it_goes_under_the_message_it_belongs_to(room: PostRoom) -> None:
    asked = await room.hands.say(DAAN, room.channel(), "Does anybody know?")
    await room.post(thread_ts=asked)
    await room.deliver()
    [message] = room.messages()
    assert message.thread_ts == asked


async def test_it_is_put_into_the_words_that_are_the_readers_when_it_is_delivered(room: PostRoom) -> None:
    team = room.workspace.team_id
    await room.post("1", NOOR)
    await room.post("2", NOOR, not_before=NOON + timedelta(hours=1))
    await room.post("3", PRIYA, not_before=NOON + timedelta(hours=1), language="nl")
    await room.deliver()
    await room.people.hears(team, NOOR, Language.NL)
    await room.later(hours=1)
    assert [message.text for message in room.messages(room.dm(NOOR))] == ["en: 1", "nl: 2"]
    assert [message.text for message in room.messages(room.dm(PRIYA))] == ["nl: 3"]


# --- Slack breaks off ---------------------------------------------------------------------------------


async def test_what_slack_took_before_the_connection_broke_is_found_and_not_said_again(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post()
    await room.deliver()
    waits = await room.of()
    assert waits.in_doubt
    assert waits.due_at is not None
    assert waits.due_at >= NOON + timedelta(seconds=TIME_TO_ARRIVE), "it may still be on its way"
    await room.later(seconds=60)
    assert room.said() == ["hello"]
    found = await room.of()
    assert (found.state, found.message_ts) == (State.SENT, room.messages()[0].ts)
    assert room.written_down == [("hello", room.channel(), room.messages()[0].ts)]
    assert room.metrics.registry.get_sample_value("acht_notices_found_total") == 1


async def test_what_slack_did_not_take_is_looked_for_and_said(room: PostRoom) -> None:
    room.slack.faults.drop_before("chat.postMessage")
    await room.post()
    await room.deliver()
    assert room.said() == []
    await room.later(seconds=60)
    assert room.said() == ["hello"]
    assert room.calls("conversations.history") == 1


@pytest.mark.parametrize("place", ["messages", "thread", "thread in messages"])
async def test_it_is_found_wherever_it_was_put(room: PostRoom, place: str) -> None:
    whom = NOOR if "messages" in place else room.channel()
    channel = room.dm(NOOR) if "messages" in place else room.channel()
    asked = await room.hands.say(NOOR, channel, "Does anybody know?") if "thread" in place else None
    room.slack.faults.drop_after("chat.postMessage")
    await room.post(whom=whom, thread_ts=asked)
    await room.deliver()
    await room.later(seconds=60)
    assert room.said(channel) == ["hello"]
    assert (await room.of()).state == State.SENT


async def test_it_is_found_among_hundreds_of_other_messages(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post()
    await room.deliver()
    for number in range(450):
        room.workspace.post(room.channel(), DAAN, f"{number}")
    await room.later(seconds=60)
    assert room.said() == ["hello"]
    assert room.calls("conversations.history") == 3


async def test_another_notice_with_the_same_words_is_not_taken_for_it(room: PostRoom) -> None:
    await room.post("other", text="hello")
    await room.deliver()
    room.slack.faults.drop_before("chat.postMessage")
    await room.post()
    await room.deliver()
    await room.later(seconds=60)
    assert room.said() == ["hello", "hello"]


async def test_a_server_error_is_followed_by_a_look_and_another_try_with_growing_pauses(room: PostRoom) -> None:
    room.slack.faults.fail("chat.postMessage", times=6)
    await room.post()
    pauses: list[float] = []
    while (notice := await room.of()).state != State.SENT:
        await room.deliver()
        notice = await room.of()
        if notice.due_at is not None:
            pauses.append((notice.due_at - room.clock.now()).total_seconds())
            room.clock.move(notice.due_at - room.clock.now())
    assert room.said() == ["hello"]
    assert len(pauses) == 6
    assert pauses[-1] > pauses[0]
    assert max(pauses) <= LONGEST_PAUSE


async def test_a_slack_that_cannot_be_reached_is_left_alone_for_a_moment(room: PostRoom, clock: HeldClock) -> None:
    room.mouth._client.base_url = "http://127.0.0.1:9/api/"
    await room.post()
    await room.deliver()
    waits = await room.of()
    assert (waits.state, waits.in_doubt) == (State.WAITING, False), "nothing left the house"
    assert waits.reason == "ClientConnectorError"
    room.mouth._client.base_url = room.slack.api_url
    await room.later(seconds=AGAIN)
    assert room.said() == ["hello"]
    assert room.calls("conversations.history") == 0


async def test_an_answer_that_comes_too_late_is_not_waited_for(another: Opens) -> None:
    async with another(patience=0.2) as room:
        room.slack.faults.slow("chat.postMessage", seconds=0.5)
        await room.post()
        await room.deliver()
        assert (await room.of()).in_doubt
        await room.until_said("hello")
        await room.later(seconds=60)
        assert room.said() == ["hello"]
        assert (await room.of()).state == State.SENT


# --- the process breaks off ---------------------------------------------------------------------------


async def test_what_a_killed_process_had_posted_is_found_when_its_lease_ends(room: PostRoom, another: Opens) -> None:
    await room.post()
    notice = await room.claim()
    await room.mouth.post(notice.whom, await room.teller._in_words(notice), mark=str(notice.id))
    async with another() as other:  # and then it was killed
        await other.later(seconds=LEASE.total_seconds() - 1)
        assert (await room.of()).state == State.CLAIMED
        await other.later(seconds=1)
        assert other.said() == ["hello"]
        assert (await other.of()).state == State.SENT
        assert [text for text, *_ in other.written_down] == ["hello"]


async def test_what_a_killed_process_had_not_posted_yet_is_posted_by_another(room: PostRoom, another: Opens) -> None:
    await room.post()
    await room.claim()
    async with another() as other:
        await other.later(seconds=LEASE.total_seconds())
        assert other.said() == ["hello"]


async def test_who_was_held_up_until_another_may_have_the_notice_does_not_post_it(room: PostRoom) -> None:
    await room.post()
    notice = await room.claim()
    long_ago = asyncio.get_running_loop().time() - LEASE.total_seconds() + POST_WITHIN
    await room.teller.tell(notice, claimed_at=long_ago)
    assert room.said() == []
    await room.later(seconds=LEASE.total_seconds())
    assert room.said() == ["hello"]


# --- too fast -----------------------------------------------------------------------------------------


async def test_who_is_too_fast_waits_as_long_as_slack_says_and_the_workspace_with_them(room: PostRoom) -> None:
    room.slack.faults.rate_limit("chat.postMessage", retry_after=37)
    await room.post()
    notice = await room.claim()
    now = asyncio.get_running_loop().time()
    await room.teller.tell(notice, claimed_at=now)
    waits = await room.of()
    assert (waits.state, waits.reason, waits.in_doubt) == (State.WAITING, "ratelimited", False)
    assert waits.due_at == NOON + timedelta(seconds=37)
    workspaces, _channels = room.pace.resting(now)
    assert workspaces[room.workspace.team_id] == pytest.approx(37, abs=5)
    await room.later(seconds=37)
    assert room.said() == ["hello"]
    assert room.calls("conversations.history") == 0, "a refused post does not stand anywhere"
    assert room.metrics.registry.get_sample_value("acht_slack_too_fast_total") == 1


async def test_too_fast_with_looking_waits_too_and_stays_in_doubt(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post()
    await room.deliver()
    for _ in range(3):  # the patient client comes back twice by itself
        room.slack.faults.rate_limit("conversations.history", retry_after=0)
    await room.later(seconds=60)
    await room.later(seconds=60)
    assert room.metrics.registry.get_sample_value("acht_notices_put_off_total", {"reason": "ratelimited"}) == 1
    assert room.said() == ["hello"]
    assert (await room.of()).state == State.SENT


# --- Slack will not take it ---------------------------------------------------------------------------


async def test_in_an_archived_channel_nothing_is_told_any_more_and_elsewhere_everything(room: PostRoom) -> None:
    await room.post("first")
    await room.post("next")
    await room.post("tomorrow", not_before=ANOTHER_DAY)
    await room.post("other", room.channel("team-leeds"))
    await room.hands.archive(DAAN, room.channel())
    await room.deliver()
    states = await room.states()
    assert states == {"first": "failed", "next": "failed", "tomorrow": "failed", "other": "sent"}
    assert (await room.of("tomorrow")).reason == "is_archived"
    await room.hands.unarchive(DAAN, room.channel())
    await room.outbox.retry(None)
    await room.later(days=1)
    assert room.said() == ["first", "next", "tomorrow"]


@pytest.mark.parametrize(
    ("channel", "member", "reason"),
    [("team-utrecht", DAAN, "not_in_channel"), ("leadership", LIES, "channel_not_found")],
)
async def test_where_the_bot_was_removed_it_tells_nothing(
    room: PostRoom, channel: str, member: str, reason: str
) -> None:
    await room.post("first", room.channel(channel))
    await room.post("next", room.channel(channel))
    await room.post("elsewhere", room.channel("team-leeds"))
    await room.hands.remove_bot(member, room.channel(channel))
    await room.deliver()
    assert await room.states() == {"first": "failed", "next": "failed", "elsewhere": "sent"}
    assert (await room.of("first")).reason == (await room.of("next")).reason == reason


async def test_somebody_who_is_gone_is_told_nothing_and_the_others_are(room: PostRoom) -> None:
    await room.post("first", NOOR, manner=Manner.ASKED)
    await room.post("next", NOOR)
    await room.post("other", PRIYA)
    await room.hands.deactivate(NOOR)
    await room.deliver()
    assert await room.states() == {"first": "failed", "next": "failed", "other": "sent"}, "and nobody is told sorry"


async def test_while_the_token_is_revoked_everything_waits_and_nothing_fails(room: PostRoom, another: Opens) -> None:
    await room.hands.revoke_token()
    people = (NOOR, DAAN, PRIYA)
    for person in people:
        await room.post(person, person, manner=Manner.ASKED)
    for _ in range(2 * MOST_TRIES):
        await room.later(seconds=AGAIN)
    assert set((await room.states()).values()) == {State.WAITING}
    room.hands.give_back_token()
    await room.later(seconds=AGAIN)
    assert [room.said(room.dm(person)) for person in people] == [[person] for person in people]


async def test_a_workspace_that_does_not_let_us_post_is_left_alone_for_minutes(room: PostRoom) -> None:
    await room.hands.revoke_token()
    await room.post("first", NOOR)
    await room.deliver()
    await room.post("urgent", PRIYA, manner=Manner.URGENT)
    await room.later(seconds=200)
    assert room.calls("chat.postMessage") == 1
    assert (await room.of("urgent")).tries == 0
    await room.later(seconds=200)
    assert room.calls("chat.postMessage") > 1


async def test_what_was_in_doubt_when_the_token_was_revoked_stays_so(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post()
    await room.deliver()
    await room.hands.revoke_token()
    await room.later(seconds=AGAIN)
    assert (await room.of()).in_doubt
    room.hands.give_back_token()
    await room.later(seconds=AGAIN)
    assert room.said() == ["hello"]
    assert (await room.of()).state == State.SENT


async def test_what_failed_because_the_bot_was_removed_before_it_could_look_is_not_said_twice(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post()
    await room.deliver()
    await room.hands.remove_bot(DAAN, room.channel())
    await room.later(seconds=AGAIN)
    assert (await room.of()).state == State.FAILED
    room.workspace.channel(room.channel()).members.append(room.workspace.bot_user_id)
    await room.outbox.retry(None)
    await room.later(seconds=AGAIN)
    assert room.said() == ["hello"]


async def test_a_kind_that_only_a_newer_bot_knows_waits_for_it(room: PostRoom) -> None:
    """While a new version is rolled out, an old process gets hold of what only the new one can say."""
    await room.post("new", NOOR, kind=UNKNOWN)
    await room.post("known", PRIYA)
    await room.deliver()
    assert await room.states() == {"new": "waiting", "known": "sent"}
    for _try in range(MOST_TRIES):
        await room.later(seconds=UNTIL_UPDATED)
    assert (await room.of("new")).reason == "unknown_kind"
    assert (await room.states())["new"] == "failed"


async def test_whose_thread_is_gone_is_told_beside_it(room: PostRoom) -> None:
    await room.post("answer", NOOR, thread_ts="1.000001")
    await room.deliver()
    await room.later(seconds=1)
    [said] = room.messages(room.dm(NOOR))
    assert said.thread_ts is None


async def test_without_the_right_to_read_it_is_said_again_rather_than_never(room: PostRoom) -> None:
    room.slack.faults.drop_before("chat.postMessage")
    room.slack.faults.refuse("conversations.history", "missing_scope")
    await room.post()
    await room.deliver()
    await room.later(seconds=60)
    assert room.said() == ["hello"]


@pytest.mark.parametrize("kind", [TOO_MUCH, ILL])
async def test_who_asked_hears_with_a_number_that_it_cannot_be_said(room: PostRoom, kind: str) -> None:
    asked = await room.hands.say(NOOR, room.dm(NOOR), "And?")
    await room.post("asked", NOOR, kind=kind, manner=Manner.ASKED, thread_ts=asked, language="nl")
    await room.post("for all", kind=kind)
    await room.post("other", PRIYA)
    await room.deliver()
    states = await room.states()
    assert (states["asked"], states["for all"], states["other"]) == ("failed", "failed", "sent")
    [sorry] = room.messages(room.dm(NOOR))
    assert sorry.thread_ts == asked
    assert "geef dit nummer" in sorry.text or "nummer" in sorry.text
    assert room.said() == [], "nobody waited for it there"
    reason = (await room.of("asked")).reason
    assert reason == ("invalid_blocks" if kind == TOO_MUCH else "could_not_put_into_words")


async def test_a_refusal_that_nobody_has_heard_of_is_tried_some_more_times_and_then_given_up(room: PostRoom) -> None:
    room.slack.faults.refuse("chat.postMessage", "of_tomorrow", times=MOST_TRIES)
    await room.post()
    for _ in range(MOST_TRIES - 1):
        await room.later(seconds=AGAIN)
        assert (await room.of()).state == State.WAITING
    await room.later(seconds=AGAIN)
    failed = await room.of()
    assert (failed.state, failed.reason, failed.tries) == (State.FAILED, "of_tomorrow", MOST_TRIES)
    assert room.said() == []


async def test_slack_that_is_away_for_days_is_still_tried(room: PostRoom) -> None:
    """1,024 tries are a long weekend."""
    await room.post()
    async with room.database.writing() as session:
        await session.execute(update(Notice).values(tries=1100))
    room.slack.faults.refuse("chat.postMessage", "service_unavailable")
    await room.deliver()
    assert (await room.of()).state == State.WAITING
    await room.later(seconds=AGAIN)
    assert room.said() == ["hello"]


# --- one in place of another --------------------------------------------------------------------------


async def test_an_earlier_message_is_changed_and_not_a_new_one_posted(room: PostRoom) -> None:
    await room.post("wait", text="two before you")
    await room.deliver()
    await room.later(days=1)
    await room.post("now", text="your turn", updates="wait")
    await room.deliver()
    [message] = room.messages()
    assert message.text == "en: your turn"
    assert (await room.of("now")).message_ts == message.ts
    await room.post("done", updates="now")
    await room.deliver()
    assert room.said() == ["done"], "and again, by the newer one's name"


async def test_a_change_that_may_have_been_made_is_made_again(room: PostRoom) -> None:
    await room.post("wait")
    await room.deliver()
    await room.later(days=1)
    for fault in (room.slack.faults.drop_after, room.slack.faults.drop_before):
        fault("chat.update")
        await room.post(f"{fault.__name__}", updates="wait")
        await room.deliver()
        await room.later(seconds=60)
        assert room.said() == [fault.__name__]
    assert set((await room.states()).values()) == {State.SENT}


async def test_where_the_earlier_one_was_not_sent_yet_only_the_newer_one_is(room: PostRoom) -> None:
    await room.post("wait", not_before=NOON + timedelta(hours=1))
    await room.post("now", updates="wait")
    await room.deliver()
    await room.later(hours=2)
    assert room.said() == ["now"]


async def test_where_the_earlier_message_is_gone_a_new_one_is_posted(room: PostRoom) -> None:
    await room.post("wait")
    await room.deliver()
    room.workspace.delete(room.messages()[0])
    await room.post("now", updates="wait")
    await room.post("of nothing", PRIYA, updates="never posted")
    await room.deliver()
    assert room.said() == ["now"]
    assert room.said(room.dm(PRIYA)) == ["of nothing"]


async def test_a_push_whose_earlier_message_is_gone_is_posted_today(room: PostRoom) -> None:
    await room.post("morning", NOOR)
    await room.deliver()
    room.workspace.delete(room.messages(room.dm(NOOR))[0])
    await room.post("noon", NOOR, updates="morning", manner=Manner.PUSH)
    await room.deliver()
    assert room.said(room.dm(NOOR)) == ["noon"]


async def test_while_it_is_not_known_whether_the_earlier_one_arrived_the_newer_one_waits(room: PostRoom) -> None:
    room.slack.faults.drop_after("chat.postMessage")
    await room.post("wait")
    await room.deliver()
    await room.post("now", updates="wait")
    await room.deliver()
    assert room.said() == ["wait"]
    await room.later(seconds=60)
    await room.later(seconds=60)
    assert room.said() == ["now"]


async def test_what_is_put_off_while_its_successor_is_posted_is_not_told_after_it(room: PostRoom) -> None:
    await room.post("two before you")
    claimed = await room.claim()
    await room.post("your turn", updates="two before you")
    room.slack.faults.rate_limit("chat.postMessage", retry_after=30)
    await room.teller.tell(claimed, claimed_at=1e12)
    await room.deliver()
    await room.later(seconds=60)
    assert room.said() == ["your turn"]


async def test_the_newest_takes_the_place_of_a_message_whose_successor_was_never_sent(room: PostRoom) -> None:
    await room.post("two before you")
    await room.deliver()
    await room.post("one before you", updates="two before you", not_before=NOON + timedelta(hours=1))
    await room.post("your turn", updates="one before you")
    await room.deliver()
    assert room.said() == ["your turn"]


async def test_an_older_change_that_was_put_off_does_not_undo_a_newer_one(room: PostRoom) -> None:
    await room.post("two before you")
    await room.deliver()
    await room.post("one before you", updates="two before you")
    room.slack.faults.rate_limit("chat.update", retry_after=30)
    await room.deliver()
    await room.post("your turn", updates="two before you")
    await room.deliver()
    await room.later(seconds=60)
    assert room.said() == ["your turn"]


async def test_an_earlier_message_from_before_the_keys_were_changed_can_still_be_changed(
    room: PostRoom, another: Opens
) -> None:
    await room.post("wait")
    await room.deliver()
    async with post_room(
        room.slack, room.database.url.render_as_string(hide_password=False), new_key(), room.clock
    ) as other:
        await other.post("now", updates="wait")
        await other.deliver()
        assert other.said() == ["now"]


# --- under a command ----------------------------------------------------------------------------------


def link(room: PostRoom) -> str:
    return room.hands._response_url(room.channel("general"), NOOR)  # Slack gives it with a command


async def test_a_reply_is_seen_where_the_command_was_typed_by_who_typed_it(room: PostRoom) -> None:
    await room.post(whom=NOOR, manner=Manner.ASKED, response_url=link(room))
    await room.deliver()
    assert room.said(room.channel("general"), NOOR) == ["hello"]
    assert room.said(room.channel("general")) == room.said(room.dm(NOOR)) == []
    sent = await room.of()
    assert (sent.state, sent.channel_id, sent.message_ts) == (State.SENT, None, None)
    assert room.written_down == [("hello", None, None)]


async def test_when_the_link_has_expired_it_goes_to_the_persons_messages(room: PostRoom) -> None:
    await room.post(whom=NOOR, manner=Manner.ASKED, response_url=link(room))
    await room.later(minutes=31)
    assert room.said(room.channel("general"), NOOR) == []
    assert room.said(room.dm(NOOR)) == ["hello"]


async def test_a_reply_of_which_nobody_knows_whether_it_was_seen_is_said_again(room: PostRoom, another: Opens) -> None:
    await room.post(whom=NOOR, manner=Manner.ASKED, response_url=link(room))
    await room.claim()
    async with another() as other:
        await other.later(seconds=LEASE.total_seconds())
        assert other.said(other.channel("general"), NOOR) == ["hello"]
        assert room.calls("conversations.history") == room.calls("conversations.open") == 0


async def test_somebody_whose_messages_are_closed_still_hears_the_reply_under_their_command(room: PostRoom) -> None:
    room.slack.faults.refuse("chat.postMessage", "messages_tab_disabled")
    await room.post("news", NOOR, manner=Manner.URGENT)
    await room.post("reply", NOOR, manner=Manner.ASKED, response_url=link(room))
    await room.deliver()
    assert room.said(room.channel("general"), NOOR) == ["reply"]


# --- pushes -------------------------------------------------------------------------------------------


async def test_before_a_push_slack_is_asked_and_then_it_goes(room: PostRoom) -> None:
    await room.post("goal", NOOR, manner=Manner.PUSH)
    await room.deliver()
    assert room.said(room.dm(NOOR)) == ["goal"]
    assert room.calls("dnd.teamInfo") == 1


async def test_who_is_not_to_be_disturbed_hears_it_when_that_is_over(room: PostRoom) -> None:
    await room.hands.do_not_disturb(NOOR, NOON - timedelta(hours=1), NOON + timedelta(hours=1))
    await room.post("goal", NOOR, manner=Manner.PUSH)
    await room.post("asked", NOOR, manner=Manner.ASKED)
    await room.deliver()
    assert room.said(room.dm(NOOR)) == ["asked"]
    assert (await room.of("goal")).reason == "DoNotDisturb"
    await room.later(hours=1)
    assert room.said(room.dm(NOOR)) == ["asked", "goal"]


async def test_what_slack_does_not_tell_of_do_not_disturb_holds_nothing_up(room: PostRoom) -> None:
    room.slack.faults.refuse("dnd.teamInfo", "missing_scope")
    await room.post("goal", NOOR, manner=Manner.PUSH)
    await room.deliver()
    assert room.said(room.dm(NOOR)) == ["goal"]


async def test_a_push_that_slack_does_not_take_leaves_the_day_to_another(room: PostRoom) -> None:
    await room.post("bad", NOOR, kind=TOO_MUCH, manner=Manner.PUSH)
    await room.post("good", NOOR, manner=Manner.PUSH, not_before=NOON + timedelta(minutes=1))
    await room.deliver()
    await room.later(minutes=1)
    assert room.said(room.dm(NOOR)) == ["good"]
