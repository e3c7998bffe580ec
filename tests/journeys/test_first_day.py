"""A colleague's first day: what this is, what is kept, two short forms and one question, in at most four clicks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.first_day.service import AFTER_THE_ANSWER, WELCOME
from bot.first_day.views import Action
from bot.kit.clock import HeldClock
from bot.kit.database import Base
from bot.kit.i18n import Language
from bot.kit.outbox.tables import Notice
from bot.kit.working_time.rules import Wish
from bot.people.preferences import WorkingHours
from bot.people.tables import Colleague
from tests.stand_ins.clock import NOON
from tests.world import DAAN, NOOR, PRIYA, World, buttons_of, open_world, texts, words_of

CALLUM, GRACE, TOM = "U0CALLUM000", "U0GRACE0000", "U0TOM000000"

TYPED = "A satisfied guest eats; a *delighted* one <!channel> sings on the tram home"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@asynccontextmanager
async def company(sqlite_url: str, clock: HeldClock, **settings: Any) -> AsyncIterator[World]:
    async with open_world(sqlite_url, clock=clock, **settings) as world:
        yield world


def seen(blocks: Any) -> str:
    return " ".join(texts(blocks))


def heard(world: World, person: str) -> str:
    return " ".join(words_of(said) for said in world.said(world.dm(person)))


async def everything_kept(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    async with world.acht.database.reading() as session:
        return {
            table.name: sorted(map(tuple, await session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def whole_files(folder: Path) -> bytes:
    """The database, and whatever else was written beside it."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def welcomes(world: World, person: str) -> int:
    """How many come in somebody's messages."""
    assert world.acht.reception is not None
    await asyncio.gather(*world.acht.reception._welcome._welcoming)
    async with world.acht.database.reading() as session:
        found = await session.scalars(select(Notice).where(Notice.kind == WELCOME, Notice.whom == person))
        return len(found.all())


def welcome_in(world: World, person: str) -> bool:
    return Action.BEGIN in {button["action_id"] for button in buttons_of(world.home_of(person).blocks)}


@pytest.mark.parametrize(
    ("language", "welcome", "who_sees_it", "next_", "question", "yours", "the_end"),
    [
        (
            Language.EN,
            "Welcome! I am Acht",
            "nobody you work with or work for",
            "Next",
            "What is the difference between satisfied and delighted for your customers?",
            "You wrote:",
            "That was it.",
        ),
        (
            Language.NL,
            "Welkom! Ik ben Acht",
            "niemand met wie of voor wie je werkt",
            "Verder",
            "Wat is voor jouw klanten het verschil tussen tevreden en enthousiast?",
            "Jij schreef:",
            "Dat was het.",
        ),
    ],
)
async def test_a_colleague_comes_through_the_first_day_in_at_most_four_clicks(
    sqlite_url: str,
    tmp_path: Path,
    clock: HeldClock,
    capsys: pytest.CaptureFixture[str],
    language: Language,
    welcome: str,
    who_sees_it: str,
    next_: str,
    question: str,
    yours: str,
    the_end: str,
) -> None:
    async with company(sqlite_url, clock, acht_language=language) as world:
        here = world.workspace.team_id
        await world.hands.open_home(PRIYA)
        home = world.home_of(PRIYA)
        assert welcome in seen(home.blocks)
        assert who_sees_it in seen(home.blocks)

        await world.hands.click(PRIYA, Action.BEGIN)
        hours = world.modal_of(PRIYA)
        assert hours.content["submit"]["text"] == next_

        hours_of_her_own = {"begins": {"begins": {"selected_time": "10:30"}}}
        await world.hands.submit(PRIYA, hours.id, hours_of_her_own)
        asked = world.modal_of(PRIYA)
        assert question in seen([block["label"] for block in asked.blocks if "label" in block])
        now = await world.acht.services.choices.of(here, PRIYA)
        assert (now.language, now.hours.begins, now.wish) == (language, time(10, 30), Wish.MESSAGES)

        await world.until(lambda: not welcome_in(world, PRIYA))
        before = await everything_kept(world)
        await world.hands.submit(PRIYA, asked.id, {"answer": {"answer": {"value": TYPED}}})
        end = world.modal_of(PRIYA)
        [quote] = [part for block in end.blocks for part in block.get("elements", []) if "quote" in part["type"]]
        assert yours in seen(end.blocks)
        assert quote["elements"] == [{"type": "text", "text": TYPED}], "as she typed it"
        assert the_end in seen(end.blocks)
        assert await everything_kept(world) == before, "her answer is kept nowhere"

        await world.hands.click(PRIYA, "coaching.open_ask_form")
        assert world.modal_of(PRIYA).callback_id == "coaching.ask"
        assert await welcomes(world, PRIYA) == 0
    assert b"tram home" not in whole_files(tmp_path)
    assert "tram home" not in "".join(capsys.readouterr())


async def test_who_writes_first_is_welcomed_in_their_messages_beside_the_answer(
    sqlite_url: str, clock: HeldClock
) -> None:
    async with company(sqlite_url, clock) as world:
        await world.ask(NOOR, "mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?")
        assert await welcomes(world, NOOR) == 1
        assert "Welkom!" not in heard(world, NOOR), "what she asked for comes first"
        clock.move(AFTER_THE_ANSWER)
        world.acht.outbox.bell.set()
        await world.until(lambda: "Welkom! Ik ben Acht" in heard(world, NOOR))
        await world.hands.open_home(NOOR)
        assert not welcome_in(world, NOOR)
        await world.ask(NOOR, "een klant is boos, hoe begin ik?")
        await world.hands.click(NOOR, Action.OTHER_LANGUAGE, world.dm(NOOR))
        await world.until(lambda: "Welcome! I am Acht" in heard(world, NOOR))
        await world.hands.click(NOOR, Action.SKIP, world.dm(NOOR))
        await world.until(lambda: "Whenever you like" in heard(world, NOOR))
        assert "I am Acht" not in heard(world, NOOR), "it makes way"
        assert await welcomes(world, NOOR) == 1


async def test_the_other_language_holds_at_once_and_everywhere(sqlite_url: str, clock: HeldClock) -> None:
    async with company(sqlite_url, clock) as world:
        await world.hands.open_home(DAAN)
        await world.hands.click(DAAN, Action.OTHER_LANGUAGE)
        await world.until(lambda: "Welkom! Ik ben Acht" in seen(world.home_of(DAAN).blocks))
        assert "Instellingen" in seen(world.home_of(DAAN).blocks)
        await world.hands.click(DAAN, Action.BEGIN)
        assert world.modal_of(DAAN).content["title"]["text"] == "Je eerste dag"
        english = {"language": {"language": {"selected_option": {"value": "en"}}}}
        await world.hands.submit(DAAN, world.modal_of(DAAN).id, english)
        assert world.modal_of(DAAN).content["title"]["text"] == "Your first day", "the form asks as well"
        await world.until(lambda: "Settings" in seen(world.home_of(DAAN).blocks))


async def test_who_leaves_the_hours_as_they_stand_has_those_of_the_team_they_come_to(
    sqlite_url: str, clock: HeldClock
) -> None:
    """A shop that works on Saturdays is set up after its people were welcomed."""
    async with company(sqlite_url, clock) as world:
        here, team = world.workspace.team_id, world.channel("team-leeds")
        await world.hands.open_home(PRIYA)
        await world.hands.click(PRIYA, Action.BEGIN)
        dutch = {"language": {"language": {"selected_option": {"value": "nl"}}}}
        await world.hands.submit(PRIYA, world.modal_of(PRIYA).id, dutch)
        shop = WorkingHours(frozenset({3, 4, 5}), time(10), time(18))
        times = {"days": shop.days, "begins": shop.begins, "ends": shop.ends}
        async with world.acht.database.writing() as session:
            working_times = world.acht.services.working_times
            await working_times.set_hours(session, here, team, zone="Europe/London", **times, country=None, region=None)
            await working_times.belongs_to(session, here, [PRIYA], team)
        now = await world.acht.services.choices.of(here, PRIYA)
        assert (now.language, now.hours) == (Language.NL, shop)


async def test_it_can_be_skipped_at_every_point_and_is_not_asked_again(sqlite_url: str, clock: HeldClock) -> None:
    async with company(sqlite_url, clock) as world:
        await skips_at(world, PRIYA, "welcome")
        await skips_at(world, CALLUM, "hours")
        await skips_at(world, GRACE, "question")
        await skips_at(world, TOM, "empty answer")


async def skips_at(world: World, person: str, point: str) -> None:
    await world.hands.open_home(person)
    if point == "welcome":
        await world.hands.click(person, Action.SKIP)
    else:
        await world.hands.click(person, Action.BEGIN)
        if point != "hours":
            await world.hands.submit(person, world.modal_of(person).id, {})
        if point == "empty answer":
            await world.hands.submit(person, world.modal_of(person).id, {"answer": {"answer": {"value": " \n "}}})
            assert "You wrote:" not in seen(world.modal_of(person).blocks)
        await world.hands.close(person, world.modal_of(person).id)
    await world.until(lambda: not welcome_in(world, person))
    await world.hands.open_home(person)
    assert not welcome_in(world, person)
    await world.ask(person, "there is an angry customer in front of me, how do I begin?")
    assert await welcomes(world, person) == 0
    await world.hands.open_home(person)
    assert not welcome_in(world, person)
    assert (await world.acht.services.choices.of(world.workspace.team_id, person)).hours.begins == time(9)


async def test_the_welcome_that_nobody_touched_is_there_that_day_and_not_the_next(
    sqlite_url: str, clock: HeldClock
) -> None:
    async with company(sqlite_url, clock) as world:
        for _look in range(2):
            await world.hands.open_home(PRIYA)
            assert welcome_in(world, PRIYA)
        clock.move(timedelta(days=1))
        await world.hands.open_home(PRIYA)
        assert not welcome_in(world, PRIYA)
        await world.ask(PRIYA, "there is an angry customer in front of me, how do I begin?")
        assert await welcomes(world, PRIYA) == 0


async def test_guests_have_no_first_day(sqlite_url: str, clock: HeldClock) -> None:
    async with company(sqlite_url, clock) as world:
        world.workspace.person(PRIYA).guest = "multi_channel"
        await world.hands.open_home(PRIYA)
        assert not welcome_in(world, PRIYA)
        await world.ask(PRIYA, "there is an angry customer in front of me, how do I begin?")
        assert await welcomes(world, PRIYA) == 0
        async with world.acht.database.reading() as session:
            known = await session.get_one(Colleague, (world.workspace.team_id, PRIYA))
        assert known.first_day is None, "if she becomes a colleague, it is her first day then"
