"""A question that Slack has handed over is answered, once."""

from pathlib import Path
from typing import cast

from sqlalchemy import func, select

from bot.coaching.coach import Asked, Coach, Found
from bot.coaching.service import ANSWER, LEASE, MOST_TRIES
from bot.coaching.tables import Question, State
from bot.kit.clock import HeldClock
from bot.kit.encryption import new_key
from bot.kit.outbox.tables import Notice
from tests.stand_ins.clock import NOON, HurryingClock
from tests.world import NOOR, PRIYA, World, connected, open_world, settings_for, words_of

ANGRY = "there is an angry customer in front of me, how do I begin?"


async def saved(world: World) -> int:
    async with world.acht.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Question)) or 0


async def test_an_event_delivered_three_times_is_answered_once(world: World) -> None:
    world.slack.faults.repeat_events(times=1)
    await world.ask(PRIYA, ANGRY)
    payload = world.delivery.log[-1].payload
    await world.delivery.deliver("events_api", payload)
    await world.ask(PRIYA, "and another question about a refund that I have to refuse")
    assert await saved(world) == 2
    assert len(world.said(world.dm(PRIYA))) == 2


async def test_the_question_is_in_the_database_before_slack_is_told_and_nobody_can_read_it_there(
    database_url: str,
) -> None:
    async with open_world(database_url) as world:
        await world.acht.desk.close(grace=0)
        await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)
        assert await saved(world) == 1
        assert world.said(world.dm(PRIYA)) == []
        async with world.acht.database.reading() as session:
            raw = (await session.connection()).exec_driver_sql("select text from questions")
            assert "angry" not in str((await raw).scalar())


async def test_what_was_saved_and_not_answered_is_answered_after_a_restart(database_url: str) -> None:
    key, now, later_on = new_key(), HeldClock(NOON), HeldClock(NOON + LEASE)
    async with open_world(database_url, clock=now, key=key) as world:
        await world.acht.desk.close(grace=0)
        ts = await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)
        await world.acht.coaching.take(1)  # and then the process is gone
        settings = settings_for(world.slack, database_url, key)
        async with connected(world.slack, settings, later_on) as later:
            answer = await later.answer_under(world.dm(PRIYA), ts)
            assert "Step" in words_of(answer)
            assert len(later.in_thread(world.dm(PRIYA), ts)) == 1


async def test_a_question_that_was_taken_is_not_taken_again_before_its_lease_ends(database_url: str) -> None:
    clock = HeldClock(NOON)
    async with open_world(database_url, clock=clock) as world:
        await world.acht.desk.close(grace=0)
        await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)
        assert len(await world.acht.coaching.take(10)) == 1
        assert await world.acht.coaching.take(10) == []
        clock.move(LEASE)
        assert len(await world.acht.coaching.take(10)) == 1


async def test_who_was_too_late_with_an_answer_changes_nothing(database_url: str) -> None:
    clock = HeldClock(NOON)
    async with open_world(database_url, clock=clock) as world:
        await world.acht.desk.close(grace=0)
        await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)
        [late] = await world.acht.coaching.take(1)
        clock.move(LEASE)
        [in_time] = await world.acht.coaching.take(1)
        await world.acht.coaching.answered(await world.acht.coaching.answer(in_time))
        await world.acht.coaching.could_not_answer(late, "0000")
        await world.acht.coaching.give_back([late])
        await world.acht.coaching.answered(await world.acht.coaching.answer(late))
        async with world.acht.database.reading() as session:
            assert await session.scalar(select(Question.state)) == State.ANSWERED
            assert await session.scalar(select(func.count()).where(Notice.kind == ANSWER)) == 1


async def test_a_failed_post_is_tried_again(database_url: str) -> None:
    async with open_world(database_url, clock=HurryingClock()) as world:
        world.slack.faults.fail("chat.postMessage", times=7)
        assert "Step" in words_of(await world.ask(PRIYA, ANGRY))


class CoachWithoutWords:
    """One who fails each time, as only a mistake of ours could make it."""

    def __init__(self, coach: Coach) -> None:
        self.playbook = coach.playbook
        self.has_model = coach.has_model

    async def answer(self, asked: Asked) -> Found:
        raise RuntimeError("no words")


async def test_after_the_last_try_the_colleague_hears_it_with_a_number(database_url: str) -> None:
    async with open_world(database_url, clock=HurryingClock()) as world:
        world.acht.coaching.coach = cast(Coach, CoachWithoutWords(world.acht.coaching.coach))
        assert "give your administrator this number" in words_of(await world.ask(PRIYA, ANGRY))
        async with world.acht.database.reading() as session:
            assert await session.scalar(select(Question.state)) == State.FAILED
            assert await session.scalar(select(Question.tries)) == MOST_TRIES


async def test_a_command_whose_link_has_expired_is_answered_in_the_persons_messages(database_url: str) -> None:
    clock = HeldClock(NOON)
    async with open_world(database_url, clock=clock) as world:
        await world.acht.desk.close(grace=0)
        await world.hands.command(NOOR, world.channel("general"), "/acht", "er staat een boze klant voor me, wat nu?")
        clock.move(LEASE * 30)
        world.acht.desk.open()
        await world.until(lambda: bool(world.said(world.dm(NOOR))))
        assert "Stap" in words_of(world.said(world.dm(NOOR))[0])


async def test_alone_on_its_database_a_restarted_bot_does_not_wait_for_the_lease(tmp_path: Path) -> None:
    key, clock, url = new_key(), HeldClock(NOON), f"sqlite+aiosqlite:///{tmp_path}/acht.db"
    async with open_world(url, clock=clock, key=key) as world:
        await world.acht.desk.close(grace=0)
        ts = await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)
        await world.acht.coaching.take(1)
        async with connected(world.slack, settings_for(world.slack, url, key), clock) as later:
            await later.answer_under(world.dm(PRIYA), ts)
