"""With a language model the words are made to fit the customer; no name goes to it, and nobody waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.gestures.views import Action
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.people.roles import Role
from tests.journeys.customers import TEAM, chosen, offered, set_up
from tests.journeys.giving import (
    asks_for_a_gesture,
    clicks,
    does,
    has_agreed,
    lines_of,
    offered_gestures,
    said_in,
    speak,
)
from tests.journeys.leading import FEMKE, MONDAY, NOOR
from tests.stand_ins.model_server import Answer, Fails, ModelServer, Says, messages_of, open_model_server
from tests.world import DAAN, World, open_world

NEW_HOUSE, SAID = "het huis aan de gracht", "Jansen gaat eindelijk uit Noor haar buurt weg"


def drafts(words: str, *gesture_ids: str) -> Says:
    made = [{"id": gesture_id, "words": words} for gesture_id in gesture_ids]
    return Says(json.dumps({"drafts": made}, ensure_ascii=False))


WORDS = "⟦customer⟧, ik denk aan u omdat u gaat verhuizen, en wens u een rustige eerste avond. Groet van ⟦me⟧, ⟦us⟧"
SEEN = "Mevrouw Jansen, ik denk aan u omdat u gaat verhuizen, en wens u een rustige eerste avond. Groet van"


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with open_model_server() as server:
        yield server


@pytest.fixture
async def world(sqlite_url: str, server: ModelServer) -> AsyncIterator[World]:
    clock = HeldClock(MONDAY)
    given = {"openai_api_key": "k", "openai_base_url": server.url, "acht_model_seconds": 10}
    async with open_world(sqlite_url, clock=clock, **given) as world:
        assert world.acht.reception is not None
        for person in (NOOR, DAAN, FEMKE):
            await world.acht.reception.profiles.of(world.workspace.team_id, person)
        async with world.acht.database.writing() as session:
            await world.acht.services.roles.give(session, world.workspace.team_id, Role.LEAD, [FEMKE], by=None)
        await set_up(world, TEAM, NOOR, DAAN)
        await speak(world, Language.NL)
        await moves_house(world)
        yield world


async def moves_house(world: World) -> None:
    customer_id = await has_agreed(world, language=Language.NL)
    note = world.acht.services.moments.note
    day = date(2026, 11, 28)
    await note(world.workspace.team_id, customer_id, "moving", day, by=NOOR, about=NEW_HOUSE, their_words=SAID)


async def the_three(world: World, server: ModelServer) -> list[str]:
    """Which are suggested, when the model has nothing to say."""
    server.will(Fails(500))
    view = await asks_for_a_gesture(world, "gebaar jansen")
    ids = offered_gestures(view)
    await world.until(lambda: drafting(world) not in said_in(view))
    await world.hands.close(NOOR, view.id)
    server.asked.clear()
    return ids


def drafting(world: World) -> str:
    _ = world.acht.services.dictionary[Language.NL]
    return _("I am making the words fit this customer. You can read on meanwhile.")


async def test_the_catalogues_words_are_there_at_once_and_the_models_take_their_place(
    world: World, server: ModelServer
) -> None:
    ids = await the_three(world, server)
    server.will(drafts(WORDS, *ids))
    server.hold()
    view = await asks_for_a_gesture(world, "gebaar jansen")
    assert drafting(world) in said_in(view)
    assert SEEN not in said_in(view)
    assert NEW_HOUSE in said_in(view) or "mevrouw Jansen" in said_in(view), "the catalogue's own, filled in"
    server.let_go()
    await world.until(lambda: SEEN in said_in(view))
    assert drafting(world) not in said_in(view)
    assert "[je naam]" in said_in(view)
    assert len(server.asked) == 1, "all of them in one question"

    await does(world, ids[0])
    await clicks(world, Action.TODAY)
    [line] = await lines_of(world)
    assert line.words.startswith(SEEN), "what is noted is what was seen"


async def test_no_name_leaves_the_house(world: World, server: ModelServer) -> None:
    ids = await the_three(world, server)
    server.will(drafts(WORDS, *ids))
    view = await asks_for_a_gesture(world, "gebaar jansen")
    await world.until(lambda: SEEN in said_in(view))
    told = "\n".join([*messages_of(server.last, "system"), *messages_of(server.last, "user")]).casefold()
    for name in ("jansen", "noor", "utrecht", "mevr. a"):
        assert name not in told, name
    assert "in het nederlands" in told


@pytest.mark.parametrize(
    "answer",
    [
        Fails(500),
        Says("this is no JSON"),
        Says(json.dumps({"drafts": []})),
        Says(None, refusal="I can't help with that."),
    ],
    ids=str,
)
async def test_whatever_the_model_does_the_words_stay(world: World, server: ModelServer, answer: Answer) -> None:
    ids = await the_three(world, server)
    server.will(answer)
    view = await asks_for_a_gesture(world, "gebaar jansen")
    own = said_in(view).replace(drafting(world), "").strip()
    await world.until(lambda: drafting(world) not in said_in(view))
    assert offered_gestures(view) == ids
    assert said_in(view).replace("  ", " ").strip() == own.replace("  ", " ").strip()


async def test_an_unsound_draft_leaves_its_own_gesture_alone_and_no_other(world: World, server: ModelServer) -> None:
    ids = await the_three(world, server)
    made = [{"id": ids[0], "words": "⟦customer⟧, dit beloof ik u: nooit meer wachten, voor altijd gratis."}]
    made += [{"id": gesture_id, "words": WORDS} for gesture_id in ids[1:]]
    server.will(Says(json.dumps({"drafts": made}, ensure_ascii=False)))
    view = await asks_for_a_gesture(world, "gebaar jansen")
    await world.until(lambda: SEEN in said_in(view))
    assert said_in(view).count(SEEN) == len(ids) - 1
    assert "nooit meer wachten" not in said_in(view)


async def test_what_was_clicked_on_meanwhile_is_not_undone(world: World, server: ModelServer) -> None:
    ids = await the_three(world, server)
    server.will(drafts(WORDS, *ids))
    server.hold()
    view = await asks_for_a_gesture(world, "gebaar jansen")
    await clicks(world, f"{Action.NOT_THIS}.{ids[1]}")
    server.let_go()
    await world.until(lambda: SEEN in said_in(view))
    assert ids[1] not in offered_gestures(view)


async def test_after_the_form_the_words_come_too(world: World, server: ModelServer) -> None:
    ids = await the_three(world, server)
    server.will(drafts(WORDS, *ids))
    form = await asks_for_a_gesture(world, "gebaar")
    [jansen] = await offered(world, NOOR, "jans")
    await world.hands.submit(NOOR, form.id, chosen(jansen))
    view = world.modal_of(NOOR)
    assert offered_gestures(view) == ids
    await world.until(lambda: SEEN in said_in(view))


async def test_after_the_form_too_what_was_clicked_on_meanwhile_is_not_undone(
    world: World, server: ModelServer
) -> None:
    ids = await the_three(world, server)
    server.will(drafts(WORDS, *ids))
    server.hold()
    form = await asks_for_a_gesture(world, "gebaar")
    [jansen] = await offered(world, NOOR, "jans")
    await world.hands.submit(NOOR, form.id, chosen(jansen))
    view = world.modal_of(NOOR)
    await clicks(world, f"{Action.NOT_THIS}.{ids[1]}")
    server.let_go()
    await asyncio.gather(*(task for task in asyncio.all_tasks() if "_draft_and_show" in repr(task.get_coro())))
    assert ids[1] not in offered_gestures(view)
    assert drafting(world) not in said_in(view)


async def test_a_modal_that_was_closed_is_left_closed(world: World, server: ModelServer) -> None:
    ids = await the_three(world, server)
    server.will(drafts(WORDS, *ids))
    server.hold()
    view = await asks_for_a_gesture(world, "gebaar jansen")
    await world.hands.close(NOOR, view.id)
    server.let_go()
    second = await asks_for_a_gesture(world, "gebaar jansen")
    await world.until(lambda: SEEN in said_in(second))
    errors = world.acht.metrics.registry.get_sample_value("acht_errors_total", {"where": "drafting"})
    assert errors is None
