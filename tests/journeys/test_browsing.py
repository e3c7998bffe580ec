"""Leafing through the playbooks, by command, button, shortcut and the Home tab."""

import pytest

from bot.sandbox.records import View
from bot.trade import Step
from tests.world import NOOR, PRIYA, World, buttons_of, texts, words_of


def modal(world: World, person: str) -> View:
    view = world.workspace.modal(person)
    assert view is not None
    return view


async def speak_dutch(world: World) -> None:
    await world.ask(NOOR, "mijn klant is boos en ik weet niet wat ik moet zeggen")


@pytest.mark.parametrize("typed", ["playbook", "draaiboek", "Draaiboeken", "plays"])
async def test_the_roadmap_shows_eight_steps(world: World, typed: str) -> None:
    answer = await world.command(PRIYA, typed)
    assert [button["value"] for button in buttons_of(answer.blocks)] == [str(int(step)) for step in Step]


async def test_a_dutch_word_is_answered_in_dutch(world: World) -> None:
    assert "Stap 6 · Geweldig helpen" in words_of(await world.command(PRIYA, "draaiboek 6"))


async def test_a_number_shows_the_plays_of_that_step(world: World) -> None:
    answer = await world.command(PRIYA, "playbook 6")
    assert "late-again" in [button["value"] for button in buttons_of(answer.blocks)]


async def test_words_show_the_plays_that_fit(world: World) -> None:
    answer = await world.command(NOOR, "draaiboek boze klant")
    assert "feeling-first" in [button["value"] for button in buttons_of(answer.blocks)]


async def test_words_that_nothing_fits_show_the_nearest_and_say_so(world: World) -> None:
    await world.ask(PRIYA, "my customer is angry and I do not know what to say")
    assert "No play really fits" in words_of(await world.command(PRIYA, "playbook 9 kilo potatoes harbour museum"))


async def test_the_whole_play_opens_with_its_neighbours_one_click_away(world: World) -> None:
    answer = await world.ask(PRIYA, "my customer has been waiting for his parcel three times now")
    await world.hands.click(PRIYA, "coaching.read_play", world.dm(PRIYA), answer.ts)
    opened = modal(world, PRIYA)
    for heading in ("When", "Say this", "Do this", "Avoid", "Why it works", "If–then", "Last sentence"):
        assert heading in words_of_view(opened)
    for turn in ("coaching.turn_to_play.after", "coaching.turn_to_play.before", "coaching.turn_to_play.related0"):
        before = words_of_view(modal(world, PRIYA))
        await world.hands.click(PRIYA, turn)
        assert words_of_view(modal(world, PRIYA)) != before


async def test_a_walk_through_all_plays_comes_back_to_the_first(world: World) -> None:
    await world.command(PRIYA, "playbook 1")
    plays = world.acht.coaching.coach.playbook.ids
    await world.hands.click(PRIYA, f"coaching.read_play.{plays[0]}", world.dm(PRIYA))
    first = words_of_view(modal(world, PRIYA))
    seen = {first}
    for _play in plays:
        await world.hands.click(PRIYA, "coaching.turn_to_play.after")
        seen.add(words_of_view(modal(world, PRIYA)))
    assert words_of_view(modal(world, PRIYA)) == first
    assert len(seen) == len(plays)


async def test_the_home_tab_opens_steps_and_from_there_plays(world: World) -> None:
    await speak_dutch(world)
    await world.hands.open_home(NOOR)
    home = world.workspace.home(NOOR)
    assert home is not None
    assert "Wat speelt er bij je klant?" in words_of_view(home)
    await world.hands.click(NOOR, "coaching.read_step.6")
    await world.hands.click(NOOR, "coaching.turn_to_play.late-again")
    assert "Weer te laat" in words_of_view(modal(world, NOOR))
    await world.hands.click(NOOR, "coaching.turn_to_step.up")
    await world.hands.click(NOOR, "coaching.turn_to_roadmap")
    assert "Draagvlak" in words_of_view(modal(world, NOOR))


async def test_the_home_tab_opens_the_form_to_ask(world: World) -> None:
    await world.hands.open_home(PRIYA)
    await world.hands.click(PRIYA, "coaching.open_ask_form")
    assert modal(world, PRIYA).content["callback_id"] == "coaching.ask"


async def test_the_shortcuts_open_the_roadmap_and_the_plays_for_a_message(world: World) -> None:
    await world.hands.shortcut(PRIYA, "coaching.browse")
    assert len(buttons_of(modal(world, PRIYA).blocks)) == 8
    channel = world.channel("team-leeds")
    ts = await world.hands.say(PRIYA, channel, "customer phoned, third time her delivery did not turn up")
    await world.hands.shortcut(PRIYA, "coaching.which_play", channel, ts)
    assert "late-again" in [button["value"] for button in buttons_of(modal(world, PRIYA).blocks)]


@pytest.mark.parametrize(("typed", "shown"), [("help", "/acht playbook 6"), ("hulp", "/acht draaiboek 6")])
async def test_help_shows_what_can_be_typed(world: World, typed: str, shown: str) -> None:
    assert shown in words_of(await world.command(PRIYA, typed))


def words_of_view(view: View) -> str:
    return " ".join(texts(view.blocks))
