"""A colleague chooses a language, working hours and where to be told things unasked; and takes a pause."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.kit.working_time.rules import USUAL, Paused, Unwanted, Wish
from bot.people.preferences import Choices, WorkingHours
from tests.world import NOOR, PRIYA, World, open_world, texts, words_of

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


async def met(world: World, person: str) -> None:
    """Somebody who was here before, so that Slack has told who they are."""
    await world.acht.reception.profiles.of(world.workspace.team_id, person)


def choices(world: World, clock: HeldClock) -> Choices:
    return Choices(world.acht.database, world.acht.people, world.acht.services.working_times, clock)


def values(
    language: str, wish: str, days: list[str], begins: str, ends: str
) -> dict[str, dict[str, dict[str, object]]]:
    def option(value: str) -> dict[str, str]:
        return {"value": value}

    return {
        "language": {"language": {"selected_option": option(language)}},
        "wish": {"wish": {"selected_option": option(wish)}},
        "days": {"days": {"selected_options": [option(day) for day in days]}},
        "begins": {"begins": {"selected_time": begins}},
        "ends": {"ends": {"selected_time": ends}},
    }


async def test_settings_open_at_once_and_what_is_chosen_holds(world: World) -> None:
    answer = await world.hands.command(PRIYA, world.dm(PRIYA), "/acht", "settings")
    assert answer.acknowledged
    modal = world.workspace.modal(PRIYA)
    assert modal is not None
    assert "Where may Acht tell you things you didn't ask for?" in texts(modal.blocks)
    chosen = values("nl", "channel", ["0", "2"], "08:00", "12:30")
    await world.hands.submit(PRIYA, modal.id, chosen)
    done = world.workspace.modal(PRIYA)
    assert done is not None
    assert "Opgeslagen. Het geldt vanaf nu." in texts(done.blocks)
    assert "Probeer" not in words_of(await world.command(PRIYA, "help")), "she is spoken to in Dutch"
    now = await choices(world, HeldClock(MONDAY)).of(world.workspace.team_id, PRIYA)
    assert (now.language, now.wish) == (Language.NL, Wish.CHANNEL)
    assert now.hours == WorkingHours(frozenset({0, 2}), time(8), time(12, 30))


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
            verdicts = await world.acht.services.working_times.judge(
                session, world.workspace.team_id, [PRIYA], clock.now()
            )
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


@pytest.mark.parametrize("wish", [Wish.CHANNEL, Wish.NOTHING])
async def test_who_wants_nothing_in_their_messages_is_never_pushed(database_url: str, wish: Wish) -> None:
    clock = HeldClock(MONDAY)
    async with open_world(database_url, clock=clock) as world:
        await choices(world, clock).choose(
            world.workspace.team_id, PRIYA, Language.EN, WorkingHours(frozenset(range(7)), time(0), time(0)), wish
        )
        async with world.acht.database.reading() as session:
            verdicts = await world.acht.services.working_times.judge(
                session, world.workspace.team_id, [PRIYA], clock.now()
            )
        assert (verdicts[PRIYA].reason, verdicts[PRIYA].when) == (Unwanted(), None)


NIGHTS, SHORT = WorkingHours(frozenset({5, 6}), time(22), time(6)), WorkingHours(USUAL.days, USUAL.begins, time(16))


async def works(world: World, person: str, hours: WorkingHours) -> None:
    """In a team that works so from now on."""
    workspace_id, team = world.workspace.team_id, world.channel("team-leeds")
    times = {"days": hours.days, "begins": hours.begins, "ends": hours.ends}
    async with world.acht.database.writing() as session:
        await world.acht.services.working_times.set_hours(
            session, workspace_id, team, zone="Asia/Tokyo", **times, country=None, region=None
        )
        await world.acht.services.working_times.belongs_to(session, workspace_id, [person], team)


async def test_who_has_chosen_nothing_sees_what_their_team_has(world: World) -> None:
    await met(world, PRIYA)
    await works(world, PRIYA, NIGHTS)
    now = await choices(world, HeldClock(MONDAY)).of(world.workspace.team_id, PRIYA)
    assert (now.hours, now.wish) == (NIGHTS, Wish.MESSAGES)


@pytest.mark.parametrize(
    ("changed", "own"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({"language": {"language": {"selected_option": {"value": "nl"}}}}, None, id="the language"),
        pytest.param({"wish": {"wish": {"selected_option": {"value": "nothing"}}}}, None, id="the wish"),
        pytest.param({"ends": {"ends": {"selected_time": "16:00"}}}, SHORT, id="the hours"),
    ],
)
async def test_settings_that_are_saved_with_the_hours_untouched_leave_them_to_the_team(
    sqlite_url: str, changed: dict[str, Any], own: WorkingHours | None
) -> None:
    async with open_world(sqlite_url, clock=HeldClock(MONDAY)) as world:
        await met(world, PRIYA)
        for team in (NIGHTS, WorkingHours(frozenset({1}), time(7), time(11))):
            await world.hands.command(PRIYA, world.dm(PRIYA), "/acht", "settings")
            opened = world.modal_of(PRIYA).id
            await world.hands.submit(PRIYA, opened, changed)
            await world.hands.close(PRIYA, opened)
            await works(world, PRIYA, team)
            now = await world.acht.services.choices.of(world.workspace.team_id, PRIYA)
            assert now.hours == (own or team)


async def test_the_day_of_somebody_whose_zone_slack_does_not_tell_is_their_teams(world: World) -> None:
    workspace_id, team = world.workspace.team_id, world.channel("team-leeds")
    clock = HeldClock(datetime(2026, 11, 23, 20, tzinfo=UTC))
    assert (await choices(world, clock).now_of(workspace_id, PRIYA)).day == 23
    async with world.acht.database.writing() as session:
        await world.acht.services.working_times.moves(session, workspace_id, team, "Asia/Tokyo")
        await world.acht.services.working_times.belongs_to(session, workspace_id, [PRIYA], team)
    assert (await choices(world, clock).now_of(workspace_id, PRIYA)).day == 24


async def test_a_zone_that_slack_told_stays_when_hours_are_chosen(world: World) -> None:
    await met(world, PRIYA)
    workspace_id, chooser = world.workspace.team_id, choices(world, HeldClock(MONDAY))
    zone = (await world.acht.people.known(workspace_id, PRIYA)).zone
    await chooser.choose(workspace_id, PRIYA, Language.EN, WorkingHours(frozenset({0}), time(9), time(17)))
    async with world.acht.database.reading() as session:
        hours, _ = await world.acht.services.working_times.hours_of(session, workspace_id, PRIYA)
    assert hours.zone.key == zone
