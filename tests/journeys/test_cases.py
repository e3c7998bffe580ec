"""Something went wrong for a customer: it is noted, put right in steps, and closed when the customer says so."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.cases.rules import Step
from bot.cases.views import Action
from bot.customers.views import Action as CustomerAction
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.sandbox.records import View
from tests.journeys.customers import MRS_JANSEN, a_shop_in, has_a_customer
from tests.journeys.leading import MONDAY, typed
from tests.world import DAAN, NOOR, PRIYA, World, buttons_of, texts, words_of

SCRATCH = "The table came with a scratch & <!channel> *bold*"


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


async def types(world: World, text: str, person: str = NOOR) -> View:
    """`/acht …`, and the form that it opens."""
    assert (await world.hands.command(person, world.dm(person), "/acht", text)).acknowledged
    return world.modal_of(person)


async def submits(world: World, values: dict[str, Any], person: str = NOOR) -> dict[str, Any]:
    answer = await world.hands.submit(person, world.modal_of(person).id, values)
    assert answer.acknowledged
    return answer.body if isinstance(answer.body, dict) else {}


async def opens_a_case(world: World, what: str = SCRATCH, person: str = NOOR) -> View:
    await types(world, "case jansen", person)
    await submits(world, typed(what=what), person)
    return world.modal_of(person)


async def ticks(world: World, *steps: Step, person: str = NOOR) -> View:
    value = list(steps)
    assert (await world.hands.click(person, Action.STEP, value=value)).acknowledged
    return world.modal_of(person)


def ticked(view: View) -> set[str]:
    [boxes] = [each for block in view.blocks for each in block.get("elements", []) if each.get("type") == "checkboxes"]
    return {option["value"] for option in boxes.get("initial_options", [])}


def words(view: View) -> str:
    return " ".join(texts(view.blocks))


@pytest.mark.parametrize(
    ("language", "command", "title", "steps", "say", "closed", "home"),
    [
        (
            Language.EN,
            "case jansen",
            "Something went wrong",
            "has four steps",
            "The customer says it is put right",
            "Put right.",
            "To put right",
        ),
        (
            Language.NL,
            "zaak jansen",
            "Er ging iets mis",
            "doe je in vier stappen",
            "De klant zegt dat het goed is",
            "Goedgemaakt.",
            "Goed te maken",
        ),
    ],
)
async def test_from_what_went_wrong_to_what_the_customer_says(
    world: World, language: Language, command: str, title: str, steps: str, say: str, closed: str, home: str
) -> None:
    await world.acht.people.hears(world.workspace.team_id, NOOR, language)
    jansen = await has_a_customer(world)
    form = await types(world, command)
    assert form.content["title"]["text"] == title
    await submits(world, typed(what=SCRATCH))
    case = world.modal_of(NOOR)
    assert steps in words(case)
    assert MRS_JANSEN in words(case)
    assert say in words(case)
    await world.hands.open_home(NOOR)
    assert home in words(world.home_of(NOOR))
    assert f"{MRS_JANSEN}\n{SCRATCH}" in texts(world.home_of(NOOR).blocks)

    assert ticked(await ticks(world, Step.QUICK, Step.OPEN)) == {"quick", "open"}
    assert ticked(await ticks(world, Step.OPEN)) == {"open"}
    async with world.acht.database.writing() as session:  # where it is still Sunday
        far_away = "Pacific/Pago_Pago"
        await world.acht.services.working_times.moves(session, world.workspace.team_id, NOOR, far_away)
    assert (await world.hands.click(NOOR, Action.CLOSE)).acknowledged
    assert closed in words(world.modal_of(NOOR))
    await world.until(lambda: home not in words(world.home_of(NOOR)))
    async with world.acht.database.reading() as session:
        standing = await world.acht.services.cases.standing(session, world.workspace.team_id, jansen)
    assert (standing.has_open, standing.put_right_on) == (False, MONDAY.date() - timedelta(days=1))


async def test_what_people_wrote_stays_as_they_wrote_it(small_world: World) -> None:
    await has_a_customer(small_world)
    case = await opens_a_case(small_world)
    [quote] = [
        part for block in case.blocks for part in block.get("elements", []) if part.get("type", "") == "rich_text_quote"
    ]
    assert quote["elements"] == [{"type": "text", "text": SCRATCH}]


async def test_the_words_to_say_are_one_click_away(small_world: World) -> None:
    await has_a_customer(small_world)
    await opens_a_case(small_world)
    assert (await small_world.hands.click(NOOR, "coaching.read_play")).acknowledged
    assert small_world.modal_of(NOOR).content["callback_id"] != Action.CASE


async def test_a_case_is_closed_only_after_a_question_that_names_what_is_not_ticked(small_world: World) -> None:
    await has_a_customer(small_world)
    await opens_a_case(small_world)
    view = await ticks(small_world, Step.QUICK, Step.MADE_TO_MEASURE)
    [close] = [button for button in buttons_of(view.blocks) if button["action_id"] == Action.CLOSE]
    assert "Not ticked yet: Open, What happens next." in close["confirm"]["text"]["text"]
    view = await ticks(small_world, *Step)
    [close] = [button for button in buttons_of(view.blocks) if button["action_id"] == Action.CLOSE]
    assert "ticked" not in close["confirm"]["text"]["text"]


async def test_two_who_have_the_same_case_open_do_not_undo_each_other(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await opens_a_case(world)
    assert SCRATCH in words(await types(world, "case jansen", DAAN)), "what is open comes first"
    await ticks(world, Step.QUICK)
    assert ticked(await ticks(world, Step.OPEN, person=DAAN)) == {"quick", "open"}
    await world.hands.click(DAAN, Action.CLOSE)
    await ticks(world, Step.QUICK, Step.TOLD_NEXT)
    assert "Put right." in words(world.modal_of(NOOR)), "who was too late sees how it stands"


async def test_a_case_for_a_colleague_is_told_to_them(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "case jansen")
    await submits(world, typed(what="Too late") | {"handled_by": {"handled_by": {"selected_user": DAAN}}})
    assert "hears it from me" in words(world.modal_of(NOOR))
    await world.until(lambda: bool(world.said(world.dm(DAAN))))
    [told] = world.said(world.dm(DAAN))
    assert "Something went wrong for Mevr. A. Jansen" in words_of(told)
    assert (await world.hands.click(DAAN, Action.SHOW, world.dm(DAAN))).acknowledged
    assert "Too late" in words(world.modal_of(DAAN))


async def test_what_is_wrong_is_said_beside_its_field(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "case jansen")
    outsider = {"handled_by": {"handled_by": {"selected_user": PRIYA}}}
    assert set((await submits(world, typed(what="…")))["errors"]) == {"what"}
    assert "diabetic" in (await submits(world, typed(what="She is diabetic")))["errors"]["what"]
    assert set((await submits(world, typed(what="Too late") | outsider))["errors"]) == {"handled_by"}


async def test_the_same_form_delivered_twice_is_one_case(small_world: World) -> None:
    world = small_world
    jansen = await has_a_customer(world)
    await opens_a_case(world)
    [sent] = [each for each in world.delivery.log if each.payload.get("type") == "view_submission"]
    await world.delivery.deliver("interactive", sent.payload)
    async with world.acht.database.reading() as session:
        assert (await world.acht.services.cases.of_customer(session, world.workspace.team_id, jansen)).in_all == 1


async def test_the_command_asks_who_is_meant(small_world: World) -> None:
    world = small_world
    nobody = await types(world, "case nobody")
    assert "I know no customer" in words(nobody)
    await has_a_customer(world)
    for typed_so in ("case jansen pietersen", "case jansne"):
        form = await types(world, typed_so)
        assert f"I think you mean {MRS_JANSEN}: have a look first." in words(form), typed_so
        await world.hands.close(NOOR, form.id)
    for typed_so in (
        "case jansens the sofa came in the wrong colour",
        "case jansne the refrigerator arrived scratched",
    ):
        form = await types(world, typed_so)
        [field] = [block for block in form.blocks if block.get("block_id") == "what"]
        assert field["element"]["initial_value"] == typed_so.split(maxsplit=2)[2]
        assert MRS_JANSEN in str(form.blocks)
        await world.hands.close(NOOR, form.id)
    other = await has_a_customer(world, name="Jansen, P.")
    several = await types(world, "case jansen")
    [field] = [block for block in several.blocks if block.get("block_id") == "customer"]
    options = [option["value"] for option in field["element"]["options"]]
    assert str(other) in options
    assert len(options) == 2
    chosen = {"customer": {CustomerAction.FIND: {"selected_option": field["element"]["options"][0]}}}
    await submits(world, typed(what="Too late") | chosen)
    assert world.modal_of(NOOR).content["callback_id"] == Action.CASE


async def test_the_card_shows_what_is_open_and_opens_the_form(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await types(world, "customer jansen")
    assert (await world.hands.click(NOOR, Action.OPEN_FORM)).acknowledged
    await submits(world, typed(what="Too late"))
    card = await types(world, "customer jansen")
    assert "Put this right first" in words(card)
    assert (await world.hands.click(NOOR, f"{Action.SHOW}.1")).acknowledged
    assert "Too late" in words(world.modal_of(NOOR))
    assert "Too late" in words(await types(world, "case jansen"))
    await ticks(world, Step.QUICK)
    assert (await world.hands.click(NOOR, Action.OPEN_FORM)).acknowledged
    assert "There is a case already:" in words(world.modal_of(NOOR))
    await submits(world, typed(what="Once more"))
    for _open in range(3):
        if view := world.workspace.modal(NOOR):
            await world.hands.close(NOOR, view.id)
    mine = await types(world, "cases")
    assert {f"{MRS_JANSEN}\nToo late", f"{MRS_JANSEN}\nOnce more"} <= set(texts(mine.blocks))


async def test_what_was_clicked_by_mistake_is_undone(small_world: World) -> None:
    world = small_world
    jansen = await has_a_customer(world)
    await opens_a_case(world)
    await world.hands.click(NOOR, Action.CLOSE)
    assert "Surprises are possible again from Monday 7 December at the earliest." in words(world.modal_of(NOOR))
    assert (await world.hands.click(NOOR, Action.REOPEN)).acknowledged
    assert "Open again." in words(world.modal_of(NOOR))
    await world.hands.click(NOOR, Action.CLOSE)
    card = await types(world, "customer jansen")
    assert f"{SCRATCH}\nPut right today" in texts(card.blocks)
    assert (await world.hands.click(NOOR, f"{Action.REOPEN}.1")).acknowledged
    assert "Open again." in words(world.modal_of(NOOR))
    assert (await world.hands.click(NOOR, Action.TAKE_BACK)).acknowledged
    assert "nothing is noted" in words(world.modal_of(NOOR))
    async with world.acht.database.reading() as session:
        standing = await world.acht.services.cases.standing(session, world.workspace.team_id, jansen)
    assert (standing.has_open, standing.put_right_on) == (False, None)


async def test_who_may_not_see_the_card_is_told_so_politely(small_world: World) -> None:
    world = small_world
    await has_a_customer(world)
    await opens_a_case(world)
    await world.say_as_the_bot(world.dm(PRIYA), Action.SHOW, "1")
    await world.hands.click(PRIYA, Action.SHOW, world.dm(PRIYA))
    assert "is for their contact and the team" in world.said(world.dm(PRIYA), PRIYA)[-1].text
    await world.say_as_the_bot(world.dm(NOOR), Action.SHOW, "404")
    await world.hands.click(NOOR, Action.SHOW, world.dm(NOOR))
    assert "isn't there any more" in world.said(world.dm(NOOR), NOOR)[-1].text


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("mevrouw Jansen is boos, haar tafel kwam kapot aan", "Iets goed te maken? mevrouw Jansen"),
        ("Mrs Jansen is angry, her table came broken", "Something to put right? Mrs Jansen"),
    ],
)
async def test_what_is_told_to_the_coach_becomes_a_case_and_then_is_found_there(
    world: World, told: str, line: str
) -> None:
    await has_a_customer(world, MRS_JANSEN)
    answer = await world.ask(NOOR, told)
    assert line in texts(answer.blocks)
    assert (await world.hands.click(NOOR, Action.OPEN_FORM, world.dm(NOOR), answer.ts)).acknowledged
    await submits(world, typed(what=SCRATCH))
    assert SCRATCH in texts(world.modal_of(NOOR).blocks)
    assert (await world.hands.click(NOOR, Action.OPEN_FORM, world.dm(NOOR), answer.ts)).acknowledged
    assert SCRATCH in texts(world.modal_of(NOOR).blocks), "the case that is open comes first"
