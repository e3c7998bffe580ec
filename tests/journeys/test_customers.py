"""A customer's card is made, found, seen by whom it concerns, changed by two at once, and erased."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.customers.rules import Card, DayOfYear
from bot.customers.tables import Customer
from bot.customers.views import Action
from bot.kit.audit import Entry
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.people.roles import Role, Standing
from bot.people.service import Profile
from bot.trade import Channel, Phase, Wish
from tests.journeys.customers import (
    MRS_JANSEN,
    TEAM,
    a_shop_in,
    has_a_customer,
    makes_a_card,
    offered,
    on_screen,
    opens_the_form,
    saves,
)
from tests.journeys.leading import MONDAY, give, typed
from tests.world import DAAN, LIES, NOOR, PRIYA, World, buttons_of, texts, words_of


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


async def speak(world: World, language: Language, *people: str) -> None:
    for person in people:
        await world.acht.people.hears(world.workspace.team_id, person, language)


async def card_of(world: World, customer_id: int) -> Card:
    async with world.acht.database.reading() as session:
        return await world.acht.services.customers.seen_by(session, world.workspace.team_id, customer_id, NOOR)


async def looks(world: World) -> list[tuple[str, str | None, str | None]]:
    async with world.acht.database.reading() as session:
        noted = await session.scalars(select(Entry).where(Entry.what.like("customer%")).order_by(Entry.id))
        return [(entry.what, entry.by, entry.about) for entry in noted]


async def types(world: World, person: str, text: str) -> str:
    """`/acht …`, and what can be read then: in the modal that it opened, or else under the command."""
    place = world.dm(person)
    before = len(world.said(place, person))
    assert (await world.hands.command(person, place, "/acht", text)).acknowledged
    said = world.said(place, person)[before:]
    return words_of(said[0]) if said else " ".join(texts(world.modal_of(person).blocks))


def ticked(block: str, *values: str) -> dict[str, Any]:
    return {block: {block: {"selected_options": [{"value": value} for value in values]}}}


def picked(block: str, value: str) -> dict[str, Any]:
    return {block: {block: {"selected_option": {"value": value}}}}


def on_day(block: str, day: str) -> dict[str, Any]:
    return {block: {block: {"selected_date": day}}}


# --- made, found, seen -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "word", "new", "submit", "gesture", "preferences", "made_by"),
    [
        (Language.EN, "customer", "New customer", "Save", "A gesture", "Preferences", "Made by <@"),
        (Language.NL, "klant", "Nieuwe klant", "Opslaan", "Een gebaar", "Voorkeuren", "Gemaakt door <@"),
    ],
)
async def test_a_colleague_makes_a_card_and_finds_it_by_any_word_of_the_name(
    world: World, language: Language, word: str, new: str, submit: str, gesture: str, preferences: str, made_by: str
) -> None:
    await speak(world, language, NOOR)
    assert new in await types(world, NOOR, word)
    await world.hands.click(NOOR, Action.NEW)
    form = world.modal_of(NOOR)
    assert (form.content["title"]["text"], form.content["submit"]["text"]) == (new, submit)
    required = [block["block_id"] for block in form.blocks if block["type"] == "input" and not block["optional"]]
    without_a_beginning = [name for name in required if not begins_with_something(form.blocks, name)]
    assert without_a_beginning == ["name"], "nothing else has to be filled in"

    await saves(world, NOOR, typed(name="Mevr. Ayşe Özdemir-Kaya", preferences="Thee zonder melk", birthday="3 mei"))
    card = " ".join(texts(world.modal_of(NOOR).blocks))
    assert {"Mevr. Ayşe Özdemir-Kaya", "Thee zonder melk"} <= set(texts(world.modal_of(NOOR).blocks))
    assert preferences in card
    assert made_by in card
    assert buttons_of(world.modal_of(NOOR).blocks)[0]["text"]["text"] == gesture
    added = on_screen(world, NOOR)
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    for written in ("ozde ay", "Ay kaya", "mevrouw özdemir"):
        assert preferences in await types(world, NOOR, f"{word} {written}")
        assert on_screen(world, NOOR) == added
        await world.hands.close(NOOR, world.modal_of(NOOR).id)


def begins_with_something(blocks: list[dict[str, Any]], block_id: str) -> bool:
    [element] = [block["element"] for block in blocks if block.get("block_id") == block_id]
    return any(key.startswith("initial_") for key in element)


async def test_everything_that_was_filled_in_is_on_the_card(world: World) -> None:
    await makes_a_card(
        world,
        values={
            **typed(note="Her kitchen comes in March", birthday="May 3, 1980", reference="K-17"),
            **picked("phase", "trust"),
            **picked("wish", "told_first"),
            **picked("language", "en"),
            **ticked("channels", "phone", "card"),
            **on_day("customer_since", "2019-03-12"),
            **picked("has_consented", "yes"),
            **on_day("consent_on", "2026-01-05"),
        },
    )
    card = await card_of(world, 1)
    details = card.details
    assert (details.name, details.contact_id, details.channel_id) == (MRS_JANSEN, NOOR, world.channel(TEAM))
    assert (details.birthday, details.customer_since) == (DayOfYear(5, 3), date(2019, 3, 12))
    assert (details.phase, details.wish, details.language) == (Phase.TRUST, Wish.TOLD_FIRST, Language.EN)
    assert details.channels == {Channel.PHONE, Channel.CARD}
    assert (details.has_consented, details.consent_on, details.reference) == (True, date(2026, 1, 5), "K-17")
    shown = await types(world, NOOR, "customer jansen")
    assert "Tell this customer first." in shown
    for said in ("by phone", "3 May", "12 March 2019", "yes, on 5 January 2026", "K-17", "Her kitchen comes in March"):
        assert said in shown


async def test_a_year_that_was_typed_with_the_birthday_is_not_kept_and_that_is_said(small_world: World) -> None:
    await opens_the_form(small_world)
    await saves(small_world, NOOR, typed(name=MRS_JANSEN, birthday="3-5-1980"))
    assert "Saved. I kept the birthday without its year." in texts(small_world.modal_of(NOOR).blocks)


@pytest.mark.parametrize(
    ("consent", "on", "kept"),
    [("not_asked", "2026-01-05", (False, None)), ("no", "2026-01-05", (False, date(2026, 1, 5)))],
)
async def test_who_was_not_asked_yet_is_told_apart_from_who_said_no(
    small_world: World, consent: str, on: str, kept: tuple[bool, date | None]
) -> None:
    added = await makes_a_card(small_world, values=picked("has_consented", consent) | on_day("consent_on", on))
    details = (await card_of(small_world, added)).details
    assert (details.has_consented, details.consent_on) == kept


async def test_of_several_with_such_a_name_the_one_that_is_meant_is_opened_with_a_tap(world: World) -> None:
    await has_a_customer(world, name="J. Jansen", reference="K-17")
    meant = await has_a_customer(world, name="J. Jansen", reference="K-18")
    said = await types(world, NOOR, "customer jansen")
    assert "J. Jansen · K-17" in said
    [button] = [each for each in buttons_of(world.said(world.dm(NOOR), NOOR)[-1].blocks) if each["value"] == str(meant)]
    await world.hands.click(NOOR, button["action_id"], world.dm(NOOR))
    assert on_screen(world, NOOR) == meant


async def test_of_several_with_that_name_the_one_who_is_addressed_so_comes_first(world: World) -> None:
    anna = await has_a_customer(world, name="Anna Jansen")
    henk = await has_a_customer(world, name="De heer Aart Jansen")
    anneke = await has_a_customer(world, DAAN, "Mevrouw Anneke Jansen")
    for text in ("klant mevr. jansen", "klant mevrouw jansen de lamp van de buren"):
        await types(world, NOOR, text)
        buttons = buttons_of(world.said(world.dm(NOOR), NOOR)[-1].blocks)
        found = [int(button["value"]) for button in buttons if button["action_id"].startswith(Action.OPEN)]
        assert found == [anneke, anna, henk], text


async def test_words_beside_a_name_a_reference_and_a_slip_lead_to_the_card_as_well(small_world: World) -> None:
    world = small_world
    jansen = await has_a_customer(world, name="Mevrouw A. Jansen", reference="UT-1003")
    okoye = await has_a_customer(world, name="Mrs Margaret Okoye")
    for text, meant in (
        ("klant voor mevrouw jansen", jansen),
        ("klant mevrouw jansen verjaardag", jansen),
        ("klant ut-1003", jansen),
        ("customer UT-1003 birthday", jansen),
        ("customer for mrs okoye", okoye),
    ):
        await types(world, NOOR, text)
        assert on_screen(world, NOOR) == meant, text
        await world.hands.close(NOOR, world.modal_of(NOOR).id)

    visser = await has_a_customer(world, name="Piet Visser", reference="12")
    for text, meant in (
        ("klant jansen 12", jansen),
        ("klant mevrouw jansen 12 verjaardag", jansen),
        ("klant visser 12", visser),
        ("klant 12", visser),
        ("klant 12 vandaag", visser),
    ):
        await types(world, NOOR, text)
        assert on_screen(world, NOOR) == meant, text
        await world.hands.close(NOOR, world.modal_of(NOOR).id)
    for text, name in (("customer jansen kast 12", "Mevrouw A. Jansen"), ("customer kast 12", "Piet Visser")):
        said = await types(world, NOOR, text)
        assert (name in said, "Do you mean" in said) == (True, True), text

    for text, asks in (
        ("customer okyoe", "I know nobody of yours or your team's by that name. Do you mean this customer?"),
        ("customer ben okoye", "Do you mean this customer?"),
        ("customer o", "Do you mean this customer?"),
    ):
        said = await types(world, NOOR, text)
        assert asks in said
        assert "Mrs Margaret Okoye" in said
        assert "I know no customer" not in said
        buttons = buttons_of(world.said(world.dm(NOOR), NOOR)[-1].blocks)
        assert [button["value"] for button in buttons if button["action_id"].startswith(Action.OPEN)] == [str(okoye)]
        assert ("New customer" in said) == (text != "customer o")
    assert await types(world, NOOR, "customer x") == "Type at least two letters of the name."


async def test_of_a_name_that_is_there_already_it_is_asked_once_whether_it_is_somebody_else(world: World) -> None:
    there = await has_a_customer(world, DAAN, "Mevr. Ayşe Özdemir", reference="K-17")
    await opens_the_form(world)
    await saves(world, NOOR, typed(name="ayse ozdemir", note="Calls in the morning"))
    form = world.modal_of(NOOR)
    shown = " ".join(texts(form.blocks))
    assert "There is a card with this name already." in shown
    assert "Mevr. Ayşe Özdemir · K-17" in shown
    assert form.content["submit"]["text"] == "Make it anyway"
    assert [button["value"] for button in buttons_of(form.blocks)] == [str(there)]

    await saves(world, NOOR)
    added = on_screen(world, NOOR)
    assert added != there
    assert (await card_of(world, added)).details.note == "Calls in the morning"
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    await opens_the_form(world)
    await saves(world, NOOR, typed(name="Ayse Ozdemit", note="Calls in the afternoon"))
    assert "There is a card with almost this name." in " ".join(texts(world.modal_of(NOOR).blocks))
    await world.hands.click(NOOR, f"{Action.OPEN}.{there}")
    assert on_screen(world, NOOR) == there
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    await saves(world, NOOR)
    third = await card_of(world, on_screen(world, NOOR))
    assert (third.details.name, third.details.note) == ("Ayse Ozdemit", "Calls in the afternoon")

    await opens_the_form(world, PRIYA)
    await saves(world, PRIYA, typed(name="ayse ozdemir"))
    assert on_screen(world, PRIYA), "who may not see a card is not told of it"


async def test_of_very_many_it_asks_for_more_of_the_name(small_world: World) -> None:
    for n in range(12):
        await has_a_customer(small_world, name=f"Jansen {n}")
    assert "There are more." in await types(small_world, NOOR, "customer jansen")


@pytest.mark.parametrize(
    ("text", "nobody", "new"),
    [
        ("customer Piet de Wit", "I know no customer of yours or your team's", "New customer “Piet de Wit”"),
        ("klant Piet de Wit", "Ik ken geen klant van jou of je team", "Nieuwe klant “Piet de Wit”"),
    ],
)
async def test_who_is_not_there_yet_is_made_with_the_name_filled_in(
    small_world: World, text: str, nobody: str, new: str
) -> None:
    said = await types(small_world, NOOR, text)
    assert nobody in said
    assert new in said
    await small_world.hands.click(NOOR, Action.NEW, small_world.dm(NOOR))
    await saves(small_world, NOOR)
    assert "Piet de Wit" in texts(small_world.modal_of(NOOR).blocks)


async def test_a_very_long_name_is_looked_for_and_is_no_question(small_world: World) -> None:
    name = "Margaret Thistlethwaite-Featherstonehaugh of Upper Wharfedale & Daughters (Est. 1893) Limited"
    said = await types(small_world, NOOR, f"customer {name.lower()}")
    assert "I know no customer" in said
    assert "New customer “Margaret Thistlethwaite-Featherstonehaugh" in said
    added = await has_a_customer(small_world, name=name)
    await types(small_world, NOOR, f"customer {name}")
    assert on_screen(small_world, NOOR) == added


async def test_who_oversees_all_and_serves_nobody_is_told_what_they_see_instead(small_world: World) -> None:
    for person in (LIES, DAAN):
        await give(small_world, person, Role.LEADERSHIP)
    for text in ("customer okoye", "gesture okoye"):
        assert "You see sums, not cards" in await types(small_world, LIES, text)
        assert "I know no customer" in await types(small_world, DAAN, text), "who serves a team may know nobody so"


async def test_to_make_a_card_comes_first_only_where_nobody_else_may_have_it(small_world: World) -> None:
    async def style(person: str) -> str | None:
        await types(small_world, person, "customer okoye")
        [new] = buttons_of(small_world.said(small_world.dm(person), person)[-1].blocks)
        return new.get("style")

    await has_a_customer(small_world)
    assert (await style(NOOR), await style(PRIYA)) == ("primary", None)


@pytest.mark.parametrize("question", ["klant is boos, wat zeg ik?", "customer has been waiting for an hour"])
async def test_a_question_that_begins_with_the_word_is_a_question(small_world: World, question: str) -> None:
    place = small_world.dm(NOOR)
    assert (await small_world.hands.command(NOOR, place, "/acht", question)).acknowledged
    await small_world.until(lambda: last_said(small_world).startswith(("Say: “", "Zeg: “")))


def last_said(world: World) -> str:
    """The last that Noor was told."""
    told = world.said(world.dm(NOOR), NOOR)
    return told[-1].text if told else ""


async def test_the_list_offers_ones_own_customers_first_and_then_whoever_is_typed(world: World) -> None:
    await opens_the_form(world)
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    await has_a_customer(world, DAAN, "Cor de Wit")
    await has_a_customer(world, NOOR, "Anna de Wit", reference="K-17")
    await has_a_customer(world, NOOR, "Bert Jansen")
    await types(world, NOOR, "customer")
    view = world.modal_of(NOOR)

    async def shown(written: str) -> list[str]:
        found = await world.hands.options(NOOR, Action.LOOK_UP, written, view_id=view.id)
        return [each["text"]["text"] for each in found["options"]]

    assert await shown("") == ["Bert Jansen", "Anna de Wit · K-17"]
    assert await shown("w") == ["Anna de Wit · K-17"]
    assert await shown("wit") == ["Anna de Wit · K-17", "Cor de Wit"]
    assert await shown("k-17") == ["Anna de Wit · K-17"]
    assert await shown("jasnen") == ["Bert Jansen"]
    assert await shown("zzz") == []
    option = (await world.hands.options(NOOR, Action.LOOK_UP, "cor", view_id=view.id))["options"][0]
    await world.hands.click(NOOR, Action.LOOK_UP, value=option)
    assert "Cor de Wit" in texts(world.modal_of(NOOR).blocks)
    assert len(world.workspace.surfaces.stack(NOOR)) == 1


async def test_the_team_sees_the_card_which_is_written_down_and_nobody_else_does(world: World) -> None:
    added = await makes_a_card(world)
    assert MRS_JANSEN in await types(world, DAAN, "customer jansen")
    assert await looks(world) == [("customer_seen", DAAN, NOOR)]

    assert "I know no customer" in await types(world, PRIYA, "customer jansen")
    await world.say_as_the_bot(world.dm(PRIYA), Action.OPEN, str(added))
    await world.hands.click(PRIYA, Action.OPEN, world.dm(PRIYA))
    assert "is for their contact and the team that serves them" in words_of(world.said(world.dm(PRIYA), PRIYA)[-1])
    assert world.workspace.modal(PRIYA) is None
    assert await looks(world) == [("customer_seen", DAAN, NOOR)]


# --- what is not kept --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "note", "why", "better"),
    [
        (
            Language.EN,
            "She is diabetic",
            "says something about health, which we may not keep",
            "no sugar in the coffee",
        ),
        (Language.NL, "Heeft suikerziekte", "zegt iets over iemands gezondheid", "liever geen suiker in de koffie"),
        (Language.NL, "Zoon: Sem", "namen van kinderen bewaren we niet", "heeft een zoon"),
        (Language.NL, "IBAN NL91 ABNA 0417 1643 00", "lijkt op een rekeningnummer", "rekening: zie de administratie"),
    ],
)
async def test_what_may_not_be_kept_is_refused_with_a_better_way_to_say_it(
    small_world: World, language: Language, note: str, why: str, better: str
) -> None:
    await speak(small_world, language, NOOR)
    await opens_the_form(small_world)
    answer = await saves(small_world, NOOR, typed(name=MRS_JANSEN, note=note))
    assert list(answer.body["errors"]) == ["note"]
    assert why in answer.body["errors"]["note"]
    assert better in answer.body["errors"]["note"]
    async with small_world.acht.database.reading() as session:
        assert (await session.scalars(select(Customer.id))).all() == []
    await saves(small_world, NOOR, typed(note=""))
    assert on_screen(small_world, NOOR)


async def test_everything_that_is_wrong_is_said_at_once_beside_its_field(small_world: World) -> None:
    await has_a_customer(small_world, reference="K-17")
    await opens_the_form(small_world)
    wrong = typed(name="?!", birthday="in de lente", note="is joods") | on_day("customer_since", "2027-01-01")
    answer = await saves(small_world, NOOR, wrong)
    assert set(answer.body["errors"]) == {"name", "birthday", "note", "customer_since"}
    answer = await saves(
        small_world, NOOR, typed(name="De Wit", birthday="", note="", reference="K-17") | on_day("customer_since", "")
    )
    assert list(answer.body["errors"]) == ["reference"]


async def test_a_guest_is_nobodys_contact(small_world: World) -> None:
    guest = Profile(PRIYA, Standing.GUEST, "Europe/London", is_slack_admin=False)
    await small_world.acht.people.meets(small_world.workspace.team_id, guest)
    await opens_the_form(small_world)
    chosen = {"contact_id": {"contact_id": {"selected_user": PRIYA}}}
    answer = await saves(small_world, NOOR, typed(name=MRS_JANSEN) | chosen)
    assert answer.body["errors"] == {"contact_id": "Choose a colleague: guests and apps have no customers."}


# --- delivered twice, changed, handed over, erased ---------------------------------------------------


async def test_a_form_that_is_delivered_twice_makes_one_card(world: World) -> None:
    form = await opens_the_form(world)
    await saves(world, NOOR, typed(name=MRS_JANSEN))
    first = on_screen(world, NOOR)
    [sent] = [each for each in world.delivery.log if each.payload.get("type") == "view_submission"]
    again = await world.delivery.deliver("interactive", sent.payload)
    assert again.body["view"]["private_metadata"] == str(first)
    assert form.id == sent.payload["view"]["id"]
    async with world.acht.database.reading() as session:
        assert (await session.scalars(select(Customer.id))).all() == [first]


async def test_a_card_is_changed_and_the_last_contact_stays(world: World) -> None:
    added = await has_a_customer(world, last_contact_on=date(2026, 11, 2), birthday=DayOfYear(2, 29))
    await types(world, NOOR, "customer jansen")
    await world.hands.click(NOOR, Action.CHANGE)
    form = world.modal_of(NOOR)
    assert form.content["title"]["text"] == "Change this card"
    await saves(world, NOOR, typed(note="Moves house in March"))
    assert "Moves house in March" in texts(world.modal_of(NOOR).blocks)
    card = await card_of(world, added)
    assert (card.details.last_contact_on, card.details.birthday) == (date(2026, 11, 2), DayOfYear(2, 29))
    assert card.version == 2
    assert len(world.workspace.surfaces.stack(NOOR)) == 1


async def test_of_two_who_change_a_card_at_once_the_second_loses_nothing(world: World) -> None:
    added = await has_a_customer(world)
    for person in (NOOR, DAAN):
        await types(world, person, "customer jansen")
        await world.hands.click(person, Action.CHANGE)
    await saves(world, NOOR, typed(note="Calls in the morning"))
    await saves(world, DAAN, typed(note="Rather has a message"))
    shown = " ".join(texts(world.modal_of(DAAN).blocks))
    assert f"<@{NOOR}> changed this card a moment ago" in shown
    assert "Rather has a message" in shown
    assert (await card_of(world, added)).details.note == "Calls in the morning"

    await world.hands.click(DAAN, Action.CHANGE)
    [note] = [block for block in world.modal_of(DAAN).blocks if block.get("block_id") == "note"]
    assert note["element"]["initial_value"] == "Calls in the morning"
    await saves(world, DAAN, typed(note="Calls in the morning, rather has a message"))
    assert (await card_of(world, added)).version == 3


async def test_who_hands_a_customer_over_to_another_team_is_told_that_they_see_the_card_no_more(
    small_world: World,
) -> None:
    await opens_the_form(small_world)
    to_priya = {"contact_id": {"contact_id": {"selected_user": PRIYA}}} | picked("channel_id", "none")
    await saves(small_world, NOOR, typed(name=MRS_JANSEN) | to_priya)
    assert f"<@{PRIYA}> is the contact now." in " ".join(texts(small_world.modal_of(NOOR).blocks))
    assert MRS_JANSEN in await types(small_world, PRIYA, "customer jansen")


async def test_an_erased_card_is_gone_for_everybody_and_twice_is_once(world: World) -> None:
    added = await has_a_customer(world)
    for person in (NOOR, DAAN):
        await types(world, person, "customer jansen")
    [erase] = [button for button in buttons_of(world.modal_of(NOOR).blocks) if button["action_id"] == Action.ERASE]
    assert "It can't be undone." in erase["confirm"]["text"]["text"]
    for person in (NOOR, DAAN):
        await world.hands.click(person, Action.ERASE)
        assert "The card is erased" in " ".join(texts(world.modal_of(person).blocks))
    assert ("customer_erased", NOOR, NOOR) in await looks(world)
    await world.say_as_the_bot(world.dm(NOOR), Action.OPEN, str(added))
    await world.hands.click(NOOR, Action.OPEN, world.dm(NOOR))
    assert "This card isn't there any more" in words_of(world.said(world.dm(NOOR), NOOR)[-1])


async def test_what_people_write_is_shown_as_they_wrote_it(small_world: World) -> None:
    markup = "<!channel> *bold* <https://evil.example|click> & <@U0NOOR00000> {name}"
    await has_a_customer(small_world, name=markup, note=markup, preferences=markup, reference="*K*")
    await has_a_customer(small_world, name=markup)
    await types(small_world, NOOR, "customer bold")
    listed = small_world.said(small_world.dm(NOOR), NOOR)[-1]
    assert "<!" not in words_of(listed)
    await small_world.hands.click(NOOR, f"{Action.OPEN}.1", small_world.dm(NOOR))
    marked = [block for block in small_world.modal_of(NOOR).blocks if block["type"] in {"section", "context"}]
    assert not [text for text in texts(marked) if "evil" in text]
    assert texts(small_world.modal_of(NOOR).blocks).count(markup) == 3


async def test_forms_of_other_parts_have_the_same_list(small_world: World) -> None:
    """The list of customers is looked up by its own id, in whichever form it stands."""
    await has_a_customer(small_world)
    client = small_world.acht.client
    select = {"type": "external_select", "action_id": Action.FIND, "min_query_length": 0}
    block = {"type": "input", "block_id": "customer", "label": {"type": "plain_text", "text": "…"}, "element": select}
    view = {
        "type": "modal",
        "callback_id": Action.SHOWN,
        "title": {"type": "plain_text", "text": "…"},
        "submit": {"type": "plain_text", "text": "…"},
        "blocks": [block],
    }
    trigger_id = small_world.workspace.passes.issue_trigger(NOOR)
    await client.views_open(trigger_id=trigger_id, view=view, token=small_world.workspace.bot_token)
    [option] = await offered(small_world, NOOR, "jan")
    assert option["text"]["text"] == MRS_JANSEN
