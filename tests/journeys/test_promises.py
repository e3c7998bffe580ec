"""A promise is noted, remembered in time, and kept, moved or broken and put right."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.cases.views import Action as CaseAction
from bot.customers.views import Action as CustomerAction
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.kit.outbox.tables import State
from bot.people.roles import Standing
from bot.people.service import Profile
from bot.people.tables import Workspace
from bot.promises.making_views import Answer
from bot.promises.rules import PromiseSeen
from bot.promises.views import Action
from bot.sandbox.records import Message, View
from tests.journeys.customers import MRS_JANSEN, a_shop_in, has_a_customer
from tests.journeys.leading import MONDAY, typed
from tests.world import DAAN, NOOR, PRIYA, World, buttons_of, texts, words_of

SATURDAY_EVENING = datetime(2026, 11, 28, 19, tzinfo=UTC)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def world(database_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with a_shop_in(database_url, clock) as world:
        yield world


@pytest.fixture
async def small_world(sqlite_url: str, clock: HeldClock) -> AsyncIterator[World]:
    """For what PostgreSQL would only say once more."""
    async with a_shop_in(sqlite_url, clock) as world:
        yield world


async def types(world: World, text: str, person: str = NOOR) -> Message | None:
    """`/acht …`, and what is said under it; None: it opened a modal."""
    place = world.dm(person)
    before = len(world.said(place, person))
    assert (await world.hands.command(person, place, "/acht", text)).acknowledged
    said = world.said(place, person)[before:]
    return said[0] if said else None


async def submits(world: World, values: dict[str, Any] | None = None, person: str = NOOR) -> dict[str, Any]:
    answer = await world.hands.submit(person, world.modal_of(person).id, values or {})
    assert answer.acknowledged
    return answer.body if isinstance(answer.body, dict) else {}


async def clicks(world: World, action: str, place: str | None = None, person: str = NOOR) -> None:
    assert (await world.hands.click(person, action, place)).acknowledged


async def hears(world: World, clock: HeldClock, moment: datetime, person: str = NOOR) -> Message:
    """The clock goes there; the next message of the bot's."""
    place = world.dm(person)
    before = len(world.said(place))
    clock.move(moment - clock.now())
    await world.acht.services.promises.tell_due()
    await world.until(lambda: len(world.said(place)) > before)
    async with asyncio.timeout(5):  # until it is written down that they have it
        while (await world.acht.outbox.queue([State.CLAIMED])).in_state:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return world.said(place)[-1]


async def promises_of(world: World, person: str = NOOR) -> list[PromiseSeen]:
    async with world.acht.database.reading() as session:
        return list((await world.acht.services.promises.of_colleague(session, world.workspace.team_id, person)).shown)


def words(view: View) -> str:
    return " ".join(texts(view.blocks))


def on(day: str, at: str | None = None) -> dict[str, Any]:
    return {"on": {"on": {"selected_date": day}}, "at": {"at": {"selected_time": at}}}


TOLD = {"told": {"told": {"selected_options": [{"value": "told"}]}}}


@pytest.mark.parametrize(
    ("language", "typed_line", "noted", "reminds", "broken", "put_right", "closed"),
    [
        (
            Language.EN,
            "promise mrs Jansen the quote by friday 15:00",
            ("by Friday 27 November at 15:00.", "the quote", "I remind you Friday 27 November at 10:00."),
            "You promised Mevr. A. Jansen something for today at 15:00.",
            "The promise to Mevr. A. Jansen was not kept",
            "A promise that was not kept",
            "Put right.",
        ),
        (
            Language.NL,
            "beloof mevrouw Jansen de offerte vrijdag 15:00",
            (
                "uiterlijk vrijdag 27 november om 15:00.",
                "de offerte",
                "Ik herinner je er vrijdag 27 november om 10:00 aan.",
            ),
            "Je hebt mevr. A. Jansen iets beloofd voor vandaag om 15:00.",
            "De belofte aan mevr. A. Jansen is niet nagekomen",
            "Een belofte die niet is nagekomen",
            "Goedgemaakt.",
        ),
    ],
)
async def test_a_promise_is_made_reminded_broken_and_put_right(
    world: World,
    clock: HeldClock,
    language: Language,
    typed_line: str,
    noted: tuple[str, ...],
    reminds: str,
    broken: str,
    put_right: str,
    closed: str,
) -> None:
    await world.acht.people.hears(world.workspace.team_id, NOOR, language)
    jansen = await has_a_customer(world)
    said = await types(world, typed_line)
    assert said is not None
    assert [part for part in noted if part not in words_of(said)] == []

    reminder = await hears(world, clock, datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert reminds in words_of(reminder)
    await clicks(world, Action.BROKEN, world.dm(NOOR))
    [replaced] = [message for message in world.said(world.dm(NOOR)) if message.ts == reminder.ts]
    assert broken in words_of(replaced)
    assert (await standing(world, jansen)) == (True, True)

    await clicks(world, Action.NOT_BROKEN, world.dm(NOOR))
    assert (await standing(world, jansen)) == (False, False)
    await clicks(world, Action.BROKEN, world.dm(NOOR))
    await clicks(world, CaseAction.SHOW, world.dm(NOOR))
    assert put_right in words(world.modal_of(NOOR))
    assert (await world.hands.click(NOOR, CaseAction.STEP, value=["quick", "open"])).acknowledged
    await clicks(world, CaseAction.CLOSE)
    assert closed in words(world.modal_of(NOOR))
    assert (await standing(world, jansen)) == (False, False)


async def standing(world: World, customer_id: int) -> tuple[bool, bool]:
    async with world.acht.database.reading() as session:
        now = await world.acht.services.cases.standing(session, world.workspace.team_id, customer_id)
    return now.has_open, now.has_broken_promise


@pytest.mark.parametrize(
    ("language", "line", "asks", "instead", "insist", "noted"),
    [
        (
            Language.EN,
            "promise jansen call her back today",
            "It is Saturday, 20:00, and you don't work today. Can you still do it today?",
            "Monday 30 November",
            "Yes, today",
            "Noted. Mevr. A. Jansen: by Monday 30 November.",
        ),
        (
            Language.NL,
            "beloof jansen vandaag terugbellen",
            "Het is zaterdag, 20:00 uur, en je werkt vandaag niet. Lukt het vandaag toch nog?",
            "Maandag 30 november",
            "Ja, vandaag",
            "Genoteerd. Mevr. A. Jansen: uiterlijk maandag 30 november.",
        ),
    ],
)
async def test_a_promise_that_cannot_be_met_gets_a_question_back(
    small_world: World,
    clock: HeldClock,
    language: Language,
    line: str,
    asks: str,
    instead: str,
    insist: str,
    noted: str,
) -> None:
    world = small_world
    await world.acht.people.hears(world.workspace.team_id, NOOR, language)
    await has_a_customer(world)
    clock.move(SATURDAY_EVENING - clock.now())
    assert await types(world, line) is None
    question = world.modal_of(NOOR)
    assert asks in words(question)
    assert MRS_JANSEN in words(question)
    assert {instead, insist} <= set(texts(question.blocks))
    assert await promises_of(world) == []
    await clicks(world, f"{Action.MAKE}.{Answer.INSTEAD}")
    assert noted in words(world.modal_of(NOOR))
    assert len(await promises_of(world)) == 1


async def test_who_insists_is_taken_at_their_word(small_world: World, clock: HeldClock) -> None:
    await has_a_customer(small_world)
    clock.move(SATURDAY_EVENING - clock.now())
    await types(small_world, "promise jansen call her back today")
    await clicks(small_world, f"{Action.MAKE}.{Answer.INSIST}")
    [promise] = await promises_of(small_world)
    assert promise.due.on == SATURDAY_EVENING.date()


async def test_another_day_is_the_form_again(small_world: World) -> None:
    await has_a_customer(small_world)
    await types(small_world, "promise jansen the quote saturday")
    await clicks(small_world, f"{Action.MAKE}.{Answer.OTHER}")
    await submits(small_world, on("2026-11-26"))
    [promise] = await promises_of(small_world)
    assert (promise.what, str(promise.due.on)) == ("the quote", "2026-11-26")


# --- what is not clear is asked in the form ----------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "why", "missing"),
    [
        ("promise", "", {"customer", "what", "on"}),
        ("promise jansen", "I don't know yet by which day", {"what", "on"}),
        ("promise jansen the quote asap", "I can't note “asap” as a day", {"on"}),
        ("promise jansen friday", "What did you promise", {"what"}),
        ("promise nobody friday", "I know no customer", {"customer"}),
    ],
)
async def test_what_is_not_clear_is_asked_in_the_form(
    small_world: World, line: str, why: str, missing: set[str]
) -> None:
    world = small_world
    await has_a_customer(world)
    assert await types(world, line) is None
    assert why in words(world.modal_of(NOOR))
    complaints = (await submits(world))["errors"]
    assert set(complaints) == missing


async def test_the_command_alone_lists_what_is_promised_and_what_is_done_there_is_said_above_it(
    small_world: World, clock: HeldClock
) -> None:
    world = small_world
    await has_a_customer(world)
    for line in ("the quote by friday", "samples by thursday", "a call today 15:00"):
        await types(world, f"promise jansen {line}")
    clock.move(datetime(2026, 11, 23, 14, 30, tzinfo=UTC) - clock.now())
    await types(world, "promises")
    shown = words(world.modal_of(NOOR))
    assert shown.index("a call") < shown.index("Was due today at 15:00") < shown.index("samples") < shown.index("quote")
    await clicks(world, f"{Action.KEPT}.2")
    assert "You kept your word" in words(world.modal_of(NOOR))
    assert len(await promises_of(world)) == 2
    await clicks(world, Action.OPEN_FORM)
    assert world.modal_of(NOOR).content["callback_id"] == Action.MAKE


async def test_the_same_promise_shows_the_one_that_is_there(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote by friday")
    said = await types(world, "promise jansen The Quote by thursday")
    assert said is not None
    assert "This is noted already. Mevr. A. Jansen: by Friday 27 November." in words_of(said)
    await types(world, "promise jansen")
    await submits(world, typed(what="the quote") | on("2026-11-26"))
    assert "This is noted already" in words(world.modal_of(NOOR))
    assert len(await promises_of(world)) == 1


async def test_a_verb_is_not_taken_for_a_name(small_world: World) -> None:
    await has_a_customer(small_world, name="Mrs Callaghan")
    assert await types(small_world, "promise call her back tomorrow") is None
    assert await promises_of(small_world) == []
    assert small_world.modal_of(NOOR).content["callback_id"] == Action.MAKE


async def test_a_line_that_is_too_long_for_the_form_is_shortened_there(small_world: World) -> None:
    await has_a_customer(small_world)
    assert await types(small_world, f"promise jansen {'the quote ' * 40}") is None
    [field] = [block for block in small_world.modal_of(NOOR).blocks if block.get("block_id") == "what"]
    assert len(field["element"]["initial_value"]) <= field["element"]["max_length"]


async def test_of_several_customers_one_is_chosen(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    other = await has_a_customer(world, name="Jansen, P.")
    assert await types(world, "promise jansen the quote by friday") is None
    [field] = [block for block in world.modal_of(NOOR).blocks if block.get("block_id") == "customer"]
    [option] = [each for each in field["element"]["options"] if each["value"] == str(other)]
    await submits(world, {"customer": {CustomerAction.FIND: {"selected_option": option}}})
    [promise] = await promises_of(world)
    assert (promise.customer, promise.what, str(promise.due.on)) == ("Jansen, P.", "the quote", "2026-11-27")


async def test_what_is_wrong_is_said_beside_its_field_and_what_has_been_is_asked_again(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen")
    assert set((await submits(world, typed(what="…") | on("2026-11-27")))["errors"]) == {"what"}
    wrong = await submits(world, typed(what="Sugar free, she is diabetic") | on("2026-11-27"))
    assert "diabetic" in wrong["errors"]["what"]
    await submits(world, typed(what="The quote") | on("2026-11-20"))
    assert "That moment has been" in words(world.modal_of(NOOR))
    assert f"{Action.MAKE}.{Answer.INSIST}" not in str(world.modal_of(NOOR).blocks)


async def test_what_may_not_be_kept_opens_the_form_with_the_reason(small_world: World) -> None:
    await has_a_customer(small_world)
    assert await types(small_world, "promise jansen cake without sugar, she is diabetic, by friday") is None
    assert "says something about health" in words(small_world.modal_of(NOOR))


async def test_a_question_that_begins_with_the_word_is_for_the_coach(small_world: World) -> None:
    await types(small_world, "promise less and do more, how do I do that?")
    assert small_world.workspace.modal(NOOR) is None


async def test_delivered_twice_it_is_promised_once(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote by friday")
    await types(world, "promise jansen")
    await submits(world, typed(what="A call") | on("2026-11-27"))
    for sent in list(world.delivery.log):
        await world.delivery.deliver(sent.kind, sent.payload)
    assert len(await promises_of(world)) == 2


async def test_what_was_noted_by_mistake_is_taken_back(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote by friday")
    await clicks(world, Action.TAKE_BACK, world.dm(NOOR))
    assert (await world.delivery.deliver("interactive", world.delivery.log[-1].payload)).acknowledged
    assert "Taken back" in world.said(world.dm(NOOR), NOOR)[-1].text
    assert await promises_of(world) == []


async def test_what_sounds_too_big_is_kept_with_an_honest_wording(small_world: World) -> None:
    await has_a_customer(small_world)
    said = await types(small_world, "promise jansen guaranteed delivery by friday")
    assert said is not None
    assert "“guaranteed” is more than anybody can be sure of" in words_of(said)
    assert len(await promises_of(small_world)) == 1


# --- kept and moved ----------------------------------------------------------------------------------


async def test_kept_takes_the_place_of_the_reminder_and_once_more_says_how_it_stands(
    small_world: World, clock: HeldClock
) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote today 15:00")
    reminder = await hears(world, clock, datetime(2026, 11, 23, 12, tzinfo=UTC))
    question = await hears(world, clock, datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert "Is it done?" in words_of(question)
    late = next(each["action_id"] for each in buttons_of(question.blocks) if each["value"].endswith(":late"))
    assert (await world.hands.click(NOOR, late, world.dm(NOOR), question.ts)).acknowledged
    assert "Kept, later than promised" in words_of(world.workspace.message(world.dm(NOOR), question.ts))
    assert (await world.hands.click(NOOR, Action.BROKEN, world.dm(NOOR), reminder.ts)).acknowledged
    assert "Kept, later than promised" in words_of(world.workspace.message(world.dm(NOOR), reminder.ts))


async def test_kept_in_time_is_so_however_late_it_is_asked(small_world: World, clock: HeldClock) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote today 15:00")
    reminder = await hears(world, clock, datetime(2026, 11, 23, 12, tzinfo=UTC))
    question = await hears(world, clock, datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert (await world.hands.click(NOOR, Action.KEPT, world.dm(NOOR), reminder.ts)).acknowledged
    asked = words_of(world.workspace.message(world.dm(NOOR), reminder.ts))
    assert "In time, or late? Mevr. A. Jansen: was due today at 15:00." in asked
    assert (await world.hands.click(NOOR, Action.KEPT, world.dm(NOOR), question.ts)).acknowledged
    assert "You kept your word to Mevr. A. Jansen." in words_of(world.workspace.message(world.dm(NOOR), question.ts))


async def test_a_promise_moves_when_the_customer_knows(small_world: World, clock: HeldClock) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote by friday")
    await hears(world, clock, datetime(2026, 11, 27, 9, tzinfo=UTC))
    await clicks(world, Action.MOVE, world.dm(NOOR))
    assert set((await submits(world, on("2026-12-01")))["errors"]) == {"told"}
    await submits(world, on("2026-11-28") | TOLD)
    assert "You don't work on that day" in words(world.modal_of(NOOR))
    await clicks(world, f"{Action.MAKE}.{Answer.OTHER}")
    await submits(world, on("2026-12-01", "12:00") | TOLD)
    assert "Moved. Mevr. A. Jansen: by Tuesday 1 December at 12:00." in words(world.modal_of(NOOR))
    assert "You promised" in words_of(await hears(world, clock, datetime(2026, 12, 1, 9, tzinfo=UTC)))


async def test_without_an_answer_it_becomes_a_case_and_its_colleague_is_told(
    small_world: World, clock: HeldClock
) -> None:
    world = small_world
    jansen = await has_a_customer(world)
    await types(world, "promise jansen the quote today 15:00")
    reminder = await hears(world, clock, datetime(2026, 11, 23, 12, tzinfo=UTC))
    await hears(world, clock, datetime(2026, 11, 23, 15, tzinfo=UTC))
    told = await hears(world, clock, datetime(2026, 11, 24, 16, tzinfo=UTC))
    assert "I heard nothing about your promise" in words_of(told)
    assert (await standing(world, jansen)) == (True, True)
    await clicks(world, CaseAction.SHOW, world.dm(NOOR))
    assert "the quote" in words(world.modal_of(NOOR))
    await clicks(world, CaseAction.CLOSE)
    assert (await world.hands.click(NOOR, Action.KEPT, world.dm(NOOR), reminder.ts)).acknowledged
    replaced = world.workspace.message(world.dm(NOOR), reminder.ts)
    assert "This was put right on 24 November." in words_of(replaced)
    assert buttons_of(replaced.blocks) == []


# --- elsewhere ---------------------------------------------------------------------------------------


async def test_who_may_not_serve_customers_any_more_sees_none_in_their_home_tab(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote by friday")
    await world.hands.open_home(NOOR)
    assert MRS_JANSEN in words(world.home_of(NOOR))
    async with world.acht.database.writing() as session:
        (await session.get_one(Workspace, world.workspace.team_id)).guests_may_browse = True
        world.acht.people.forget_when_committed(session, world.workspace.team_id)
    await world.acht.people.meets(
        world.workspace.team_id, Profile(NOOR, Standing.GUEST, "Europe/Amsterdam", is_slack_admin=False)
    )
    home = await world.acht.services.home.compose(world.workspace.team_id, NOOR)
    assert MRS_JANSEN not in str(home)


async def test_the_home_tab_holds_what_is_promised(small_world: World, clock: HeldClock) -> None:
    world = small_world
    await has_a_customer(world)
    for what in ("one", "two", "three", "four", "five", "six"):
        await types(world, f"promise jansen {what} by friday", DAAN)
    await world.hands.open_home(DAAN)
    assert "Promised" in texts(world.home_of(DAAN).blocks)
    assert "And one more" in texts(world.home_of(DAAN).blocks)
    [first, *_rest] = await promises_of(world, DAAN)
    await clicks(world, f"{Action.KEPT}.{first.id}", person=DAAN)
    assert "You kept your word" in words(world.modal_of(DAAN))
    await world.until(lambda: "And one more" not in texts(world.home_of(DAAN).blocks))
    await world.hands.open_home(NOOR)
    assert "Promised" in texts(world.home_of(NOOR).blocks), "who is the contact sees it too"


async def test_the_card_shows_what_is_promised_and_opens_the_form(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "customer jansen")
    await clicks(world, Action.OPEN_FORM)
    assert MRS_JANSEN in str(world.modal_of(NOOR).blocks)
    await submits(world, typed(what="The quote") | on("2026-11-27"))
    await types(world, "customer jansen")
    assert "The quote\nBy Friday 27 November" in texts(world.modal_of(NOOR).blocks)
    [promise] = await promises_of(world)
    await clicks(world, f"{Action.SHOW}.{promise.id}")
    await clicks(world, Action.KEPT)
    assert "You kept your word" in words(world.modal_of(NOOR))


async def test_who_may_not_see_the_card_is_told_so_politely(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "promise jansen the quote by friday")
    [promise] = await promises_of(world)
    for action in (Action.KEPT, Action.BROKEN, Action.MOVE, Action.SHOW):
        await world.say_as_the_bot(world.dm(PRIYA), action, str(promise.id))
        await world.hands.click(PRIYA, action, world.dm(PRIYA))
        assert "is for their contact and the team" in world.said(world.dm(PRIYA), PRIYA)[-1].text
    await world.say_as_the_bot(world.dm(NOOR), Action.KEPT, "404")
    await world.hands.click(NOOR, Action.KEPT, world.dm(NOOR))
    assert "isn't there any more" in world.said(world.dm(NOOR), NOOR)[-1].text
