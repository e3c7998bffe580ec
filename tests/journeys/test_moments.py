"""Something goes on in a customer's life: a colleague notes it, the card shows it, and it is not forgotten."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.coaching.tables import Question
from bot.customers.rules import DayOfYear
from bot.customers.views import Action as CustomerAction
from bot.gestures.views import Action as GestureAction
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.moments import calendar
from bot.moments.tables import NotedMoment
from bot.moments.views import Action
from bot.people.roles import Standing
from bot.people.service import Profile
from bot.promises.views import Action as PromiseAction
from bot.sandbox.records import Message, View
from bot.trade import Wish
from tests.journeys.customers import a_shop_in, chosen, has_a_customer, offered
from tests.journeys.leading import MONDAY
from tests.world import DAAN, NOOR, PRIYA, World, buttons_of, texts, words_of

MOVING = calendar.load().moment("moving")


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def world(database_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with a_shop_in(database_url, clock) as world:
        yield world


async def speaks(world: World, person: str, language: Language) -> None:
    await world.acht.people.hears(world.workspace.team_id, person, language)


def seen(view: View) -> str:
    return " ".join(texts(view.content))


def about(moment: str = "moving", day: str = "2026-12-03", **said: str) -> dict[str, Any]:
    return {
        "moment": {"moment": {"selected_option": {"value": moment}}},
        "day": {"day": {"selected_date": day}},
        **{name: {name: {"value": value}} for name, value in said.items()},
    }


def filled_in(form: View) -> dict[str, str | None]:
    """What stands in the form beforehand."""
    elements = {block["block_id"]: block["element"] for block in form.blocks if block["type"] == "input"}
    return {
        "customer": (elements["customer"].get("initial_option") or {}).get("value"),
        "moment": (elements["moment"].get("initial_option") or {}).get("value"),
        "day": elements["day"].get("initial_date"),
    }


def button(message: Message, action: str) -> dict[str, Any] | None:
    return next((one for one in buttons_of(message.blocks) if one["action_id"] == action), None)


async def kept(world: World) -> list[tuple[str, date, str | None, str | None]]:
    async with world.acht.database.reading() as session:
        noted = await session.scalars(select(NotedMoment).order_by(NotedMoment.id))
        return [(one.moment_id, one.falls_on, one.about, one.their_words) for one in noted]


async def opens_the_card(world: World, customer_id: int, person: str = NOOR) -> View:
    assert (await world.hands.command(person, world.dm(person), "/acht", "customer jansen")).acknowledged
    card = world.modal_of(person)
    assert card.content["private_metadata"] == str(customer_id)
    return card


async def home(world: World, person: str = NOOR) -> View:
    await world.hands.open_home(person)
    await world.until(lambda: world.workspace.home(person) is not None)
    return world.home_of(person)


@pytest.mark.parametrize("language", Language)
async def test_a_moment_noted_on_the_card_says_what_it_means_for_the_trade_and_comes_in_the_home_tab(
    world: World, language: Language
) -> None:
    await speaks(world, NOOR, language)
    customer_id, wording = await has_a_customer(world), MOVING.in_language(language)
    await opens_the_card(world, customer_id)
    await world.hands.click(NOOR, Action.OPEN_FORM)
    form = world.modal_of(NOOR)
    assert filled_in(form) == {"customer": str(customer_id), "moment": None, "day": None}
    answer = await world.hands.submit(NOOR, form.id, about(about="de nieuwe flat", their_words="eindelijk een tuin"))
    assert answer.acknowledged
    noted = seen(world.modal_of(NOOR))
    assert wording.name in noted
    assert all(also in noted for also in wording.also)
    assert await kept(world) == [("moving", date(2026, 12, 3), "de nieuwe flat", "eindelijk een tuin")]

    await world.hands.click(NOOR, CustomerAction.OPEN)
    card = seen(world.modal_of(NOOR))
    assert f"{wording.name} · " in card
    assert "eindelijk een tuin" in card
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    shown = await home(world)
    assert any(text.startswith(f"Mevr. A. Jansen · {wording.name} · ") for text in texts(shown.content))


@pytest.mark.parametrize(
    ("person", "language", "told", "name"),
    [
        (NOOR, Language.NL, "mevrouw Jansen gaat op 3 december verhuizen", "mevrouw Jansen"),
        (NOOR, Language.EN, "Mrs Jansen is moving house on 3 December", "Mrs Jansen"),
    ],
)
async def test_what_is_told_to_the_coach_can_be_noted_with_the_customer_filled_in(
    world: World, person: str, language: Language, told: str, name: str
) -> None:
    customer_id = await has_a_customer(world)
    answer = await world.ask(person, told)
    wording = MOVING.in_language(language)
    assert f"{wording.name} · {name}" in words_of(answer)
    note = button(answer, Action.OPEN_FORM)
    assert note is not None
    await world.hands.click(person, Action.OPEN_FORM, world.dm(person), answer.ts)
    form = world.modal_of(person)
    assert filled_in(form) == {"customer": str(customer_id), "moment": "moving", "day": "2026-12-03"}
    await world.hands.submit(person, form.id, {})
    assert wording.also[0] in seen(world.modal_of(person))
    assert await kept(world) == [("moving", date(2026, 12, 3), None, None)]
    async with world.acht.database.reading() as session:
        assert await session.scalar(select(Question.id).where(Question.is_gap)) is None, "nothing was asked"


async def test_a_question_about_a_moment_is_answered_and_the_moment_offered_beside_it(world: World) -> None:
    answer = await world.ask(PRIYA, "my customer Mrs Green is angry about her bill, and she is moving house, what now?")
    assert button(answer, "coaching.read_play") is not None
    assert button(answer, Action.OPEN_FORM) is not None
    another = button(answer, "coaching.another_angle")
    assert another is not None
    await world.hands.click(PRIYA, "coaching.another_angle", world.dm(PRIYA), answer.ts)
    second = await world.answer_under(world.dm(PRIYA), answer.thread_ts or "", before=1)
    assert button(second, Action.OPEN_FORM) is None, "it stands under the first answer"


async def test_of_several_or_no_such_customers_one_is_chosen_in_the_form(world: World) -> None:
    for name in ("Mevr. A. Jansen", "Dhr. B. Jansen"):
        await has_a_customer(world, name=name)
    answer = await world.ask(NOOR, "mevrouw Jansen gaat verhuizen")
    await world.hands.click(NOOR, Action.OPEN_FORM, world.dm(NOOR), answer.ts)
    form = world.modal_of(NOOR)
    assert filled_in(form)["customer"] is None
    await world.hands.close(NOOR, form.id)

    answer = await world.ask(NOOR, "meneer Onbekend gaat verhuizen")
    await world.hands.click(NOOR, Action.OPEN_FORM, world.dm(NOOR), answer.ts)
    form = world.modal_of(NOOR)
    [option] = [one for one in await offered(world, NOOR, "jansen a", form) if "A." in one["text"]["text"]]
    await world.hands.submit(NOOR, form.id, chosen(option) | about())
    assert [moment for moment, *_said in await kept(world)] == ["moving"]


async def test_in_a_channel_nothing_is_said_of_who_is_a_customer(world: World) -> None:
    await has_a_customer(world, channel_id=None)
    channel = world.channel("team-utrecht")
    ts = await world.hands.say(NOOR, channel, "@Acht mevrouw Jansen gaat verhuizen")
    answer = await world.answer_under(channel, ts)
    assert button(answer, Action.OPEN_FORM) is not None
    assert "Mevr. A. Jansen" not in str(answer.blocks), "the colleague's own words, and nothing from a card"
    await world.hands.click(DAAN, Action.OPEN_FORM, channel, answer.ts)
    assert filled_in(world.modal_of(DAAN))["customer"] is None, "he may not see the card"


async def test_what_may_not_be_kept_is_refused_beside_its_field(world: World) -> None:
    await opens_the_card(world, await has_a_customer(world))
    await world.hands.click(NOOR, Action.OPEN_FORM)
    form = world.modal_of(NOOR)
    answer = await world.hands.submit(NOOR, form.id, about(their_words="vanwege mijn diabetes", day="2030-01-01"))
    assert set(answer.body["errors"]) == {"day"}
    answer = await world.hands.submit(NOOR, form.id, about(their_words="vanwege mijn diabetes"))
    assert set(answer.body["errors"]) == {"their_words"}
    assert await kept(world) == []


async def test_what_is_not_so_after_all_is_taken_off_the_card(world: World) -> None:
    customer_id = await has_a_customer(world)
    await world.acht.services.moments.note(
        world.workspace.team_id, customer_id, "wedding", date(2026, 12, 1), by=DAAN, their_words="in the garden"
    )
    await opens_the_card(world, customer_id)
    await world.hands.click(NOOR, f"{Action.FORGET}.1")
    assert await kept(world) == []
    await world.hands.click(NOOR, CustomerAction.OPEN)
    assert "in the garden" not in seen(world.modal_of(NOOR))


async def test_the_contact_comes_from_what_is_coming_to_a_gesture_and_to_the_card(world: World) -> None:
    customer_id = await has_a_customer(
        world, birthday=DayOfYear(11, 26), has_consented=True, consent_on=date(2026, 1, 5)
    )
    first = await has_a_customer(world, name="Bakker", wish=Wish.TOLD_FIRST)
    shown = await home(world)
    assert "Mevr. A. Jansen · Birthday · Thursday 26 November" in texts(shown.content)
    assert "They want to hear news first: Bakker" in texts(shown.content)
    await world.hands.click(NOOR, f"{GestureAction.SUGGEST}.0")
    assert "Mevr. A. Jansen" in seen(world.modal_of(NOOR))
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    await world.hands.click(NOOR, f"{CustomerAction.OPEN}.coming", value=str(customer_id))
    assert world.modal_of(NOOR).content["private_metadata"] == str(customer_id)
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    await world.hands.click(NOOR, f"{GestureAction.SUGGEST}.first", value=f"{first}:told-first")
    assert "Bakker" in seen(world.modal_of(NOOR))
    assert "Mevr. A. Jansen" not in seen(await home(world, DAAN)), "it is for the contact"


async def test_more_than_five_are_one_click_away(world: World) -> None:
    for n in range(10):
        last = await has_a_customer(world, name=f"Customer {n}", birthday=DayOfYear(11, 26))
    await world.acht.services.cases.open(world.workspace.team_id, last, "A scratch", by=NOOR)
    shown = await home(world)
    assert "And 5 more" in texts(shown.content)
    await world.hands.click(NOOR, Action.SHOW_COMING)
    assert all(f"Customer {n} · Birthday" in seen(world.modal_of(NOOR)) for n in range(10))
    assert "Customer 9 · Birthday · Thursday 26 November · first put right what went wrong" in seen(
        world.modal_of(NOOR)
    )


async def test_a_promise_that_is_told_can_be_noted_and_a_personal_play_leads_to_a_gesture(world: World) -> None:
    answer = await world.ask(
        NOOR, "Ik heb mijn klant beloofd dat de offerte vandaag komt, wat zeg ik nu het niet lukt?"
    )
    assert button(answer, PromiseAction.OPEN_FORM) is not None
    await world.hands.click(NOOR, PromiseAction.OPEN_FORM, world.dm(NOOR), answer.ts)
    assert world.modal_of(NOOR).content["callback_id"] == PromiseAction.MAKE
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    answer = await world.ask(NOOR, "Welke kleine verrassing kan ik vandaag doen voor een vaste klant?")
    assert button(answer, GestureAction.WHO) is not None
    await world.hands.click(NOOR, GestureAction.WHO, world.dm(NOOR), answer.ts)
    assert world.modal_of(NOOR) is not None

    answer = await world.ask(NOOR, "mijn klant is boos over een fout, wat zeg ik?")
    assert button(answer, GestureAction.WHO) is None, "never on top of a problem"


@pytest.mark.parametrize(
    ("language", "told", "what"),
    [
        (Language.NL, "ik heb mevrouw Jansen beloofd dat ik haar vrijdag terugbel", "terugbel"),
        (Language.EN, "I promised Mrs Jansen to call her back on Friday", "call her back"),
    ],
)
async def test_who_tells_of_a_promise_gets_no_words_but_the_form_with_it_filled_in(
    world: World, clock: HeldClock, language: Language, told: str, what: str
) -> None:
    await speaks(world, NOOR, language)
    customer_id = await has_a_customer(world)
    answer = await world.ask(NOOR, told)
    assert button(answer, "coaching.read_play") is None, "nothing was asked"
    clock.move(timedelta(days=5))  # Friday is still the one that was meant
    await world.hands.click(NOOR, PromiseAction.OPEN_FORM, world.dm(NOOR), answer.ts)
    elements = {block["block_id"]: block["element"] for block in world.modal_of(NOOR).blocks if "element" in block}
    assert elements["customer"]["initial_option"]["value"] == str(customer_id)
    assert what in elements["what"]["initial_value"]
    assert elements["on"]["initial_date"] == "2026-11-27"


async def test_what_is_not_so_after_all_gets_no_play_but_is_taken_off_the_card(world: World) -> None:
    customer_id = await has_a_customer(world, name="Mr Evan Pugh")
    for moment in ("moving", "wedding"):
        await world.acht.services.moments.note(world.workspace.team_id, customer_id, moment, date(2026, 12, 1), by=NOOR)
    for text in (
        "She isn't moving house after all",
        "Mr Pugh isn't moving house after all",
        "de verhuizing van meneer Pugh gaat niet door",
        "Ze gaat toch niet verhuizen",
    ):
        answer = await world.ask(NOOR, text)
        assert button(answer, "coaching.read_play") is None
        await world.hands.click(NOOR, Action.CALL_OFF, world.dm(NOOR), answer.ts)
        if len(await kept(world)) > 1:
            assert [one["value"] for one in buttons_of(world.modal_of(NOOR).blocks)] == ["1"], "nothing but the moving"
            await world.hands.click(NOOR, f"{Action.FORGET}.1")
        else:
            assert buttons_of(world.modal_of(NOOR).blocks) == []
        await world.hands.close(NOOR, world.modal_of(NOOR).id)
        assert [moment for moment, *_rest in await kept(world)] == ["wedding"]


async def test_who_wants_to_hear_news_first_gets_no_play_but_the_wish_on_the_card(world: World) -> None:
    await has_a_customer(world, name="Mrs Margaret Okoye")
    for text, is_known in (
        ("Mrs Okoye wants to be the first to know when the china is in", True),
        ("mevrouw Çelik wil graag als eerste weten wanneer het servies er is", False),
    ):
        answer = await world.ask(NOOR, text)
        assert button(answer, "coaching.read_play") is None
        await world.hands.click(NOOR, CustomerAction.TELL_FIRST, world.dm(NOOR), answer.ts)
        if is_known:
            elements = {one["block_id"]: one["element"] for one in world.modal_of(NOOR).blocks if "element" in one}
            assert elements["name"]["initial_value"] == "Mrs Margaret Okoye"
            assert elements["wish"]["initial_option"]["value"] == Wish.TOLD_FIRST
        else:
            assert [one["value"] for one in buttons_of(world.modal_of(NOOR).blocks)] == ["mevrouw Çelik"], "a new card"
        await world.hands.close(NOOR, world.modal_of(NOOR).id)
    of_two = await has_a_customer(world, name="Mrs Ada Okoye")
    answer = await world.ask(NOOR, "Mrs Okoye wants to be the first to know")
    await world.hands.click(NOOR, CustomerAction.TELL_FIRST, world.dm(NOOR), answer.ts)
    await world.hands.click(NOOR, f"{CustomerAction.TELL_FIRST}.{of_two}")
    elements = {one["block_id"]: one["element"] for one in world.modal_of(NOOR).blocks if "element" in one}
    assert elements["name"]["initial_value"] == "Mrs Ada Okoye"


async def test_a_guest_gets_the_answer_alone(world: World) -> None:
    guest = Profile(PRIYA, Standing.GUEST, "Europe/London", is_slack_admin=False)
    await world.acht.people.meets(world.workspace.team_id, guest)
    for text in ("what small surprise can I do today for a regular?", "I promised a customer to call back, what now?"):
        answer = await world.ask(PRIYA, f"Mrs Green is moving house, and {text}")
        assert not [one for one in buttons_of(answer.blocks) if not one["action_id"].startswith("coaching.")]


async def test_danger_is_answered_with_nothing_beside_it(world: World) -> None:
    answer = await world.ask(NOOR, "mevrouw Jansen gaat verhuizen, en nu valt ze flauw en is buiten bewustzijn")
    assert "112" in words_of(answer)
    assert not [one for one in buttons_of(answer.blocks) if not one["action_id"].startswith("coaching.")]
