"""What colleagues do to give a customer something: the steps of the journeys about gestures."""

from datetime import date
from typing import Any

from sqlalchemy import select

from bot.gestures.tables import Given
from bot.gestures.views import Action, title_of
from bot.kit.i18n import Language, Words
from bot.sandbox.records import Message, View
from bot.trade import Phase
from tests.journeys.customers import has_a_customer
from tests.journeys.leading import FEMKE
from tests.world import DAAN, NOOR, PRIYA, World, buttons_of, texts


async def speak(world: World, language: Language) -> Words:
    """Everybody, from now on; and the words in which they are spoken to."""
    for person in (NOOR, DAAN, PRIYA, FEMKE):
        await world.acht.people.hears(world.workspace.team_id, person, language)
    return world.acht.services.dictionary[language]


async def has_agreed(world: World, **details: Any) -> int:
    """A customer who agreed to be surprised now and then."""
    usual: dict[str, Any] = {"has_consented": True, "consent_on": date(2026, 1, 5), "phase": Phase.LOVE}
    return await has_a_customer(world, **{**usual, **details})


async def asks_for_a_gesture(world: World, words: str = "gesture jansen", person: str = NOOR) -> View:
    assert (await world.hands.command(person, world.dm(person), "/acht", words)).acknowledged
    return world.modal_of(person)


async def does(world: World, gesture_id: str, person: str = NOOR) -> View:
    """*I'll do it*."""
    assert (await world.hands.click(person, f"{Action.DO}.{gesture_id}")).acknowledged
    return world.modal_of(person)


async def clicks(world: World, action: str, person: str = NOOR, **where: Any) -> View:
    """In the modal."""
    assert (await world.hands.click(person, action, **where)).acknowledged
    return world.modal_of(person)


async def hears_what_is_due(world: World) -> None:
    await world.acht.services.gestures.tell_due()


async def hears(world: World, person: str, action: str) -> Message:
    """The message with that button in it, when it has come."""
    await world.until(lambda: bool(_with(world, person, action)))
    return _with(world, person, action)[-1]


def _with(world: World, person: str, action: str) -> list[Message]:
    said = world.said(world.dm(person))
    return [message for message in said if any(one.startswith(action) for one in ids_in(message.blocks))]


def ids_in(blocks: list[dict[str, Any]]) -> list[str]:
    return [str(button["action_id"]) for button in buttons_of(blocks)]


def offered_gestures(view: View) -> list[str]:
    """Ids of the gestures that can be put aside."""
    return [one.removeprefix(f"{Action.NOT_THIS}.") for one in ids_in(view.blocks) if one.startswith(Action.NOT_THIS)]


def said_in(view: View) -> str:
    return " ".join(texts(view.blocks))


def title(world: World, gesture_id: str, _: Words) -> str:
    return title_of(world.acht.services.gestures.catalogue, gesture_id, _)


async def lines_of(world: World) -> list[Given]:
    """All that was ever given, asked or planned."""
    async with world.acht.database.reading() as session:
        return list(await session.scalars(select(Given).order_by(Given.id)))
