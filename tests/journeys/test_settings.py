"""A colleague chooses a language, working hours and whether to be told things unasked; and takes a pause."""

from datetime import UTC, date, datetime, time

import pytest

from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.kit.working_time.rules import Paused, Unwanted
from bot.people.preferences import Choices
from tests.world import NOOR, PRIYA, World, open_world, texts, words_of

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


async def met(world: World, person: str) -> None:
    """Somebody who was here before, so that Slack has told who they are."""
    await world.acht.people_in_slack.of(world.workspace.team_id, person)


def choices(world: World, clock: HeldClock) -> Choices:
    return Choices(world.acht.database, world.acht.people, world.acht.working_times, clock)


def values(
    language: str, is_pushed: str, days: list[str], begins: str, ends: str
) -> dict[str, dict[str, dict[str, object]]]:
    def option(value: str) -> dict[str, str]:
        return {"value": value}

    return {
        "language": {"language": {"selected_option": option(language)}},
        "is_pushed": {"is_pushed": {"selected_option": option(is_pushed)}},
        "days": {"days": {"selected_options": [option(day) for day in days]}},
        "begins": {"begins": {"selected_time": begins}},
        "ends": {"ends": {"selected_time": ends}},
    }


async def test_settings_open_at_once_and_what_is_chosen_holds(world: World) -> None:
    answer = await world.hands.command(PRIYA, world.dm(PRIYA), "/acht", "settings")
    assert answer.acknowledged
    modal = world.workspace.modal(PRIYA)
    assert modal is not None
    assert "May Acht send you something you didn't ask for?" in texts(modal.blocks)
    chosen = values("nl", "no", ["0", "2"], "08:00", "12:30")
    await world.hands.submit(PRIYA, modal.id, chosen)
    done = world.workspace.modal(PRIYA)
    assert done is not None
    assert "Opgeslagen. Het geldt vanaf nu." in texts(done.blocks)
    assert "Probeer" not in words_of(await world.command(PRIYA, "help")), "she is spoken to in Dutch"
    now = await choices(world, HeldClock(MONDAY)).of(world.workspace.team_id, PRIYA)
    assert (now.language, now.is_pushed, now.days) == (Language.NL, False, frozenset({0, 2}))
    assert (now.begins, now.ends) == (time(8), time(12, 30))


async def test_a_chosen_language_stays_whatever_somebody_writes(world: World) -> None:
    async with world.acht.database.writing() as session:
        await world.acht.people.chooses(session, world.workspace.team_id, NOOR, Language.NL)
    await world.ask(NOOR, "there is an angry customer in front of me, how do I begin?")
    assert "draaiboek" in words_of(await world.command(NOOR, "?"))


@pytest.mark.parametrize(
    ("typed", "says", "until"),
    [
        ("pause until monday", "until Monday 30 November", date(2026, 11, 30)),
        ("pauze tot maandag", "tot maandag 30 november", date(2026, 11, 30)),
        ("pauze tot 1 januari", "1 januari", date(2027, 1, 1)),
        ("pause until tomorrow", "until tomorrow", date(2026, 11, 24)),
        ("pauze vandaag", "tot morgen", date(2026, 11, 24)),
        ("pauze t/m vrijdag", "tot zaterdag 28 november", date(2026, 11, 28)),
    ],
)
async def test_a_pause_is_said_in_plain_words_and_repeated_in_plain_words(
    database_url: str, typed: str, says: str, until: date
) -> None:
    clock = HeldClock(MONDAY)
    async with open_world(database_url, clock=clock) as world:
        await met(world, PRIYA)
        assert says in words_of(await world.command(PRIYA, typed))
        assert (await choices(world, clock).of(world.workspace.team_id, PRIYA)).paused_until == until
        async with world.acht.database.reading() as session:
            verdicts = await world.acht.working_times.judge(session, world.workspace.team_id, [PRIYA], clock.now())
        assert isinstance(verdicts[PRIYA].reason, Paused)
        when = verdicts[PRIYA].when
        assert when is not None
        assert when.date() >= until


async def test_a_pause_ends_when_somebody_is_back(world: World) -> None:
    await met(world, PRIYA)
    await world.command(PRIYA, "pause for 2 weeks")
    assert "You have a pause until" in words_of(await world.command(PRIYA, "pause"))
    assert "Welcome back" in words_of(await world.command(PRIYA, "pause stop"))
    assert "Until when?" in words_of(await world.command(PRIYA, "pause"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("pause", "Until when?"),
        ("pause until the cows come home", "Until when?"),
        ("pause until 1 march 2020", "has to be tomorrow or later"),
        ("pause until 1 march 2031", "longer than a year"),
    ],
)
async def test_a_pause_that_cannot_be_gets_a_question_back(database_url: str, typed: str, says: str) -> None:
    async with open_world(database_url, clock=HeldClock(MONDAY)) as world:
        await met(world, PRIYA)
        assert says in words_of(await world.command(PRIYA, typed))


async def test_who_wants_nothing_unasked_is_never_pushed(database_url: str) -> None:
    clock = HeldClock(MONDAY)
    async with open_world(database_url, clock=clock) as world:
        await choices(world, clock).choose(
            world.workspace.team_id,
            PRIYA,
            language=Language.EN,
            days=range(7),
            begins=time(0),
            ends=time(0),
            is_pushed=False,
        )
        async with world.acht.database.reading() as session:
            verdicts = await world.acht.working_times.judge(session, world.workspace.team_id, [PRIYA], clock.now())
        assert (verdicts[PRIYA].reason, verdicts[PRIYA].when) == (Unwanted(), None)
