"""A gesture for a customer: suggested, planned, reminded, done, and told how it was received."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.customers import names
from bot.customers.rules import DayOfYear
from bot.gestures.course import Purse, State
from bot.gestures.gesture import Currency, Sector
from bot.gestures.home_views import meter
from bot.gestures.refusal_views import refusal
from bot.gestures.rules import Instead, Reason, Verdict
from bot.gestures.views import Action
from bot.kit import dates
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language, Words
from bot.people.roles import Role
from bot.trade import Channel, Wish
from tests.journeys.customers import MRS_JANSEN, a_shop_in, chosen, has_a_customer, offered
from tests.journeys.giving import (
    asks_for_a_gesture,
    clicks,
    does,
    has_agreed,
    hears,
    hears_what_is_due,
    ids_in,
    lines_of,
    offered_gestures,
    said_in,
    speak,
    title,
)
from tests.journeys.leading import FEMKE, MONDAY, give, typed
from tests.world import DAAN, NOOR, PRIYA, World, words_of

TODAY = MONDAY.date()
DAY = timedelta(days=1)
CARD = "birthday-card-in-their-words"
BAG = "moving-first-evening-bag"
"""Costs more than a colleague decides."""


def as_said(_: Words) -> str:
    """At the beginning of a sentence."""
    said = names.spoken_of(MRS_JANSEN, _.language)
    return said[0].upper() + said[1:]


COMMANDS = [(Language.EN, "gesture jansen"), (Language.NL, "gebaar jansen")]


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(MONDAY)


@pytest.fixture
async def world(database_url: str, clock: HeldClock) -> AsyncIterator[World]:
    async with a_shop_in(database_url, clock) as world:
        yield world


async def has_a_birthday_in_three_days(world: World, language: Language = Language.EN) -> int:
    """Who likes cards, and said something worth writing back."""
    soon = TODAY + 3 * DAY
    of_card = frozenset({Channel.CARD})
    customer_id = await has_agreed(world, birthday=DayOfYear.of(soon), language=language, channels=of_card)
    moments, workspace_id = world.acht.services.moments, world.workspace.team_id
    said = "eighty is just a number" if language is Language.EN else "tachtig is maar een getal"
    await moments.note(workspace_id, customer_id, "birthday", soon, by=NOOR, their_words=said)
    return customer_id


async def moves_house(world: World, **details: object) -> int:
    customer_id = await has_agreed(world, language=Language.EN, **details)
    moments, workspace_id = world.acht.services.moments, world.workspace.team_id
    await moments.note(workspace_id, customer_id, "moving", TODAY + 5 * DAY, by=NOOR, about="the house by the canal")
    return customer_id


# --- from a birthday to a card in the post -----------------------------------------------------------


@pytest.mark.parametrize(("language", "command"), COMMANDS)
async def test_a_birthday_in_three_days_becomes_a_card_in_the_post(
    world: World, clock: HeldClock, language: Language, command: str
) -> None:
    _ = await speak(world, language)
    await has_a_birthday_in_three_days(world, language)
    three = await asks_for_a_gesture(world, command)
    assert CARD in offered_gestures(three)
    card = title(world, CARD, _)
    quote = "tachtig is maar een getal" if language is Language.NL else "eighty is just a number"
    assert card in said_in(three)
    assert quote in said_in(three)
    assert _("{name} has a birthday", name=as_said(_)) in said_in(three)

    when = await does(world, CARD)
    assert quote in said_in(when), "the words are there to be copied, whatever happens next"
    planned = await clicks(world, Action.ON_DAY, value=str(TODAY + DAY))
    at_nine = dates.said(TODAY + DAY, time(9), TODAY, _)
    assert _("I remind you {day}.", day=at_nine) in said_in(planned)
    await world.hands.close(NOOR, planned.id)
    assert world.workspace.modal(NOOR) is None, "the three are closed with it"
    await world.hands.open_home(NOOR)
    assert card in said_in(world.home_of(NOOR))

    clock.move(DAY)
    await hears_what_is_due(world)
    reminder = await hears(world, NOOR, Action.DONE)
    assert quote in words_of(reminder)
    await world.hands.click(NOOR, Action.DONE, world.dm(NOOR))
    await world.until(lambda: Action.DONE not in ids_in(reminder.blocks))
    assert _("Done, for {name}.", name=names.in_full(MRS_JANSEN, _.language)) in words_of(reminder)

    clock.move(3 * DAY)  # the working day after the birthday
    await hears_what_is_due(world)
    question = await hears(world, NOOR, Action.FELT)
    await world.hands.click(NOOR, f"{Action.FELT}.surprised", world.dm(NOOR))
    await world.until(lambda: f"{Action.FELT}.surprised" not in ids_in(question.blocks))
    [line] = await lines_of(world)
    for what, value in (("emotion", "joy"), ("ambassador", "told_a_friend"), ("initiative", "own")):
        await world.hands.click(NOOR, f"{Action.TELL_MORE}.{what}", world.dm(NOOR), value=f"{line.id}:{value}")
    [line] = await lines_of(world)
    assert (line.state, line.felt, line.emotion, line.ambassador) == (State.DONE, "surprised", "joy", "told_a_friend")
    assert line.was_asked is False

    clock.move(DAY)
    said = len(world.said(world.dm(NOOR)))
    await hears_what_is_due(world)
    assert len(world.said(world.dm(NOOR))) == said, "it is asked only once"


async def test_it_can_be_done_there_and_then_and_how_it_was_received_need_not_be_told(
    world: World, clock: HeldClock
) -> None:
    _ = await speak(world, Language.EN)
    await has_a_birthday_in_three_days(world)
    await asks_for_a_gesture(world)
    await does(world, CARD)
    noted = await clicks(world, Action.DONE_ALREADY)
    assert _("Done, for {name}.", name=names.in_full(MRS_JANSEN, _.language)) in said_in(noted)
    assert _("I'll ask you {day} how it was received, just once.", day="Friday 27 November") in said_in(noted)
    clock.move(4 * DAY)
    await hears_what_is_due(world)
    question = await hears(world, NOOR, Action.SKIP)
    await world.hands.click(NOOR, Action.SKIP, world.dm(NOOR))
    await world.until(lambda: not ids_in(question.blocks))
    [line] = await lines_of(world)
    assert (line.state, line.felt, line.tell_at) == (State.DONE, None, None)
    assert line.received_at is not None


async def test_what_is_planned_can_be_let_go(world: World) -> None:
    _ = await speak(world, Language.EN)
    await has_a_birthday_in_three_days(world)
    await asks_for_a_gesture(world)
    await does(world, CARD)
    await clicks(world, Action.REMIND, value=[])
    assert "I remind you" not in said_in(await clicks(world, Action.TODAY))
    dropped = await clicks(world, Action.DROP)
    assert _("You are not doing this for {name}.", name=names.in_full(MRS_JANSEN, _.language)) in said_in(dropped)
    [line] = await lines_of(world)
    assert line.state == State.DROPPED


@pytest.mark.parametrize(("language", "command"), COMMANDS)
async def test_what_is_done_from_the_home_tab_is_answered_and_what_is_planned_is_no_button_there(
    world: World, language: Language, command: str
) -> None:
    _ = await speak(world, language)
    await has_a_birthday_in_three_days(world, language)
    await world.hands.open_home(NOOR)
    assert Action.SUGGEST in str(ids_in(world.home_of(NOOR).blocks))
    view = await asks_for_a_gesture(world, command, DAAN)
    await does(world, offered_gestures(view)[0], DAAN)
    await world.hands.close(DAAN, (await clicks(world, Action.TODAY, DAAN)).id)

    await world.hands.open_home(NOOR)
    assert _("already arranged") in said_in(world.home_of(NOOR))
    assert Action.SUGGEST not in str(ids_in(world.home_of(NOOR).blocks)), "it could only refuse"
    until = TODAY + 21 * DAY
    planned = Verdict(
        allowed=False, reason=Reason.PLANNED, until=until, instead=Instead.LEAVE_IN_PEACE, planned_for=TODAY
    )
    refused = await asks_for_a_gesture(world, command)
    assert refusal(planned, MRS_JANSEN, TODAY, _) in said_in(refused)
    assert DAAN not in str(refused.content), "whose plan it is, is Daan's own"
    mine = replace(planned, reason=Reason.PLANNED_BY_YOU)
    assert refusal(mine, MRS_JANSEN, TODAY, _) in said_in(await asks_for_a_gesture(world, command, DAAN))
    await world.hands.close(DAAN, world.modal_of(DAAN).id)
    await world.hands.close(NOOR, refused.id)

    await world.hands.open_home(DAAN)
    [done] = [one for one in ids_in(world.home_of(DAAN).blocks) if one.startswith(Action.DONE)]
    noted = await clicks(world, done, DAAN)
    after_the_birthday = dates.said(TODAY + 4 * DAY, None, TODAY, _)
    assert _("I'll ask you {day} how it was received, just once.", day=after_the_birthday) in said_in(noted)
    await world.hands.open_home(NOOR)
    assert _("done today") in said_in(world.home_of(NOOR))


async def test_two_quick_clicks_plan_it_once(world: World) -> None:
    await speak(world, Language.EN)
    await has_a_birthday_in_three_days(world)
    await asks_for_a_gesture(world)
    view = await does(world, CARD)
    payload = await _the_click(world, view.id)
    await clicks(world, Action.TODAY)
    await world.delivery.deliver("interactive", payload)
    assert len(await lines_of(world)) == 1


async def _the_click(world: World, view_id: str) -> dict[str, object]:
    """A click on *Today* in the view as it is now, for a second one that overtakes what comes of the first."""
    from bot.sandbox import payloads  # noqa: PLC0415

    view = world.workspace.surfaces.view(view_id)
    block = next(block for block in view.blocks if block["type"] == "actions")
    action = {
        "type": "button",
        "action_id": Action.TODAY,
        "block_id": block["block_id"],
        "value": CARD,
        "text": block["elements"][0]["text"],
        "action_ts": world.workspace.new_ts(),
    }
    return payloads.view_action(world.workspace, NOOR, action, view)


async def test_a_day_that_has_passed_is_not_taken(world: World) -> None:
    _ = await speak(world, Language.EN)
    await has_a_birthday_in_three_days(world)
    await asks_for_a_gesture(world)
    await does(world, CARD)
    again = await clicks(world, Action.ON_DAY, value=str(TODAY - DAY))
    assert _(":point_right: Choose today or a later day, within a year from now.") in said_in(again)
    assert await lines_of(world) == []


# --- not this one ------------------------------------------------------------------------------------


async def test_not_this_one_brings_another_in_its_place_and_keeps_the_others(world: World) -> None:
    await speak(world, Language.EN)
    await has_a_birthday_in_three_days(world)
    before = offered_gestures(await asks_for_a_gesture(world))
    view = await clicks(world, f"{Action.NOT_THIS}.{before[1]}")
    after = offered_gestures(view)
    assert len(after) == 3
    assert before[1] not in after
    assert {before[0], before[2]} & set(after)
    assert world.workspace.modal(NOOR) is view, "in place"


# --- an open case ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "command"), COMMANDS)
async def test_a_customer_with_an_open_case_gets_a_recovery_and_no_surprise_until_it_is_closed(
    world: World, clock: HeldClock, language: Language, command: str
) -> None:
    _ = await speak(world, language)
    customer_id = await has_agreed(world, language=language)
    cases, workspace_id = world.acht.services.cases, world.workspace.team_id
    case_id = await cases.open(workspace_id, customer_id, "the tap leaks again", by=NOOR)

    view = await asks_for_a_gesture(world, command)
    assert offered_gestures(view) == []
    open_case = Verdict(allowed=False, reason=Reason.OPEN_CASE, instead=Instead.PUT_RIGHT)
    assert refusal(open_case, MRS_JANSEN, TODAY, _) in said_in(view)
    assert ids_in(view.blocks) == ["coaching.read_play", "customers.open"]
    play = await clicks(world, "coaching.read_play")
    assert play.id != view.id
    await world.hands.close(NOOR, play.id)
    assert (await world.hands.click(NOOR, "customers.open")).acknowledged
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    await cases.close(workspace_id, case_id, by=NOOR, on=TODAY)
    after = offered_gestures(await asks_for_a_gesture(world, command))
    catalogue = world.acht.services.gestures.catalogue
    assert after
    assert {catalogue.gesture(one).level for one in after} == {2}
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    clock.move(60 * DAY)
    later = offered_gestures(await asks_for_a_gesture(world, command))
    assert {catalogue.gesture(one).level for one in later} <= {3, 4}


async def test_what_was_planned_waits_when_something_goes_wrong_meanwhile(world: World, clock: HeldClock) -> None:
    _ = await speak(world, Language.EN)
    customer_id = await has_a_birthday_in_three_days(world)
    await asks_for_a_gesture(world)
    await does(world, CARD)
    await clicks(world, Action.ON_DAY, value=str(TODAY + DAY))
    cases, workspace_id = world.acht.services.cases, world.workspace.team_id
    await cases.open(workspace_id, customer_id, "the tap leaks again", by=NOOR)
    clock.move(DAY)
    await hears_what_is_due(world)
    held = await hears(world, NOOR, Action.DROP)
    assert _("This has to wait: {title}", title=title(world, CARD, _)) in words_of(held)
    assert Action.DONE not in ids_in(held.blocks)
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    await world.hands.click(NOOR, Action.DROP, world.dm(NOOR))
    await world.until(lambda: Action.DROP not in ids_in(held.blocks))


# --- above what a colleague decides ------------------------------------------------------------------


@pytest.mark.parametrize(("language", "command"), COMMANDS)
async def test_above_the_limit_is_asked_approved_and_done(world: World, language: Language, command: str) -> None:
    _ = await speak(world, language)
    await moves_house(world)
    view = await asks_for_a_gesture(world, command)
    asked = await clicks(world, f"{Action.ASK_LEAD}.{BAG}")
    assert asked.id != view.id
    assert f"<@{FEMKE}>" in said_in(asked)
    assert dates.said(TODAY, None, TODAY, _) in said_in(asked), "a bag for the first evening is filled before that day"
    assert _("You hear from me as soon as there is an answer.") in said_in(asked)
    await hears(world, FEMKE, Action.YES)
    another = await clicks(world, Action.ANOTHER_DAY)
    await world.hands.submit(NOOR, another.id, _on(TODAY + DAY))
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    tomorrow = dates.said(TODAY + DAY, None, TODAY, _)
    await world.until(lambda: tomorrow in " ".join(words_of(said) for said in world.said(world.dm(FEMKE))))

    request = await hears(world, FEMKE, Action.YES)
    assert title(world, BAG, _) in words_of(request)
    assert dates.said(TODAY + DAY, None, TODAY, _) in words_of(request)
    await world.hands.open_home(FEMKE)
    assert _("A gesture waits for your yes") in said_in(world.home_of(FEMKE))
    await world.hands.click(FEMKE, Action.YES, world.dm(FEMKE))
    await world.until(lambda: Action.YES not in ids_in(request.blocks))
    assert _(":white_check_mark: Yes, says <@{lead}>.", lead=FEMKE) in words_of(request)

    told = await hears(world, NOOR, Action.DONE)
    assert _("Yes, says <@{lead}>.", lead=FEMKE) in words_of(told)
    await world.hands.click(NOOR, Action.ANOTHER_DAY, world.dm(NOOR))
    too_late = await world.hands.submit(NOOR, world.modal_of(NOOR).id, _on(TODAY - DAY))
    assert set(too_late.body["errors"]) == {"day"}
    await world.hands.submit(NOOR, world.modal_of(NOOR).id, _on(TODAY + 3 * DAY) | _remind(is_ticked=False))
    assert _("I remind you {day}.", day="–").partition("–")[0] not in said_in(world.modal_of(NOOR))
    assert dates.said(TODAY + 3 * DAY, None, TODAY, _) in said_in(world.modal_of(NOOR))
    [line] = await lines_of(world)
    assert (line.on_day, line.remind) == (TODAY + 3 * DAY, False)
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    await world.hands.click(NOOR, Action.DONE, world.dm(NOOR))
    await world.until(lambda: Action.DONE not in ids_in(told.blocks))
    [line] = await lines_of(world)
    assert (line.state, line.answered_by) == (State.DONE, FEMKE)
    await world.hands.open_home(FEMKE)
    assert meter(a_purse(6, 150), _) in said_in(world.home_of(FEMKE))


def a_purse(spent: int, limit: int) -> Purse:
    return Purse(spent=Decimal(spent), limit=Decimal(limit), currency=Currency.EUR)


def _on(day: date) -> dict[str, Any]:
    return {"day": {"day": {"selected_date": str(day)}}}


def _remind(*, is_ticked: bool) -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": "…"}, "value": "remind"}
    return {"remind": {Action.REMIND: {"selected_options": [option] if is_ticked else []}}}


async def test_a_no_is_told_with_its_reason_and_what_can_be_done_instead(world: World) -> None:
    _ = await speak(world, Language.EN)
    await moves_house(world)
    await asks_for_a_gesture(world)
    await world.hands.close(NOOR, (await clicks(world, f"{Action.ASK_LEAD}.{BAG}")).id)
    request = await hears(world, FEMKE, Action.NO_BECAUSE)
    await world.hands.click(FEMKE, Action.NO_BECAUSE, world.dm(FEMKE))
    health = await world.hands.submit(FEMKE, world.modal_of(FEMKE).id, typed(why="She has diabetes."))
    assert set(health.body["errors"]) == {"why"}
    await world.hands.submit(FEMKE, world.modal_of(FEMKE).id, typed(why="The whole street got one from us."))
    assert world.workspace.modal(FEMKE) is None
    await world.until(lambda: Action.NO not in ids_in(request.blocks))
    no = _("No, not this time, says <@{lead}>.", lead=FEMKE)
    await world.until(lambda: any(no in words_of(said) for said in world.said(world.dm(NOOR))))
    [line] = await lines_of(world)
    assert line.state == State.DECLINED
    told = await hears(world, NOOR, Action.SUGGEST)
    assert "The whole street got one from us." in words_of(told)
    await world.hands.click(NOOR, Action.SUGGEST, world.dm(NOOR))
    offered_now, catalogue = offered_gestures(world.modal_of(NOOR)), world.acht.services.gestures.catalogue
    assert offered_now
    assert {catalogue.gesture(one).cost for one in offered_now} == {0}
    await world.hands.close(NOOR, world.modal_of(NOOR).id)
    assert BAG not in offered_gestures(await asks_for_a_gesture(world)), "a no is not asked again"


async def test_a_no_takes_one_tap(world: World) -> None:
    await speak(world, Language.EN)
    await moves_house(world)
    await asks_for_a_gesture(world)
    await clicks(world, f"{Action.ASK_LEAD}.{BAG}")
    await hears(world, FEMKE, Action.NO)
    await world.hands.click(FEMKE, Action.NO, world.dm(FEMKE))
    assert world.workspace.modal(FEMKE) is None
    [line] = await lines_of(world)
    assert line.state == State.DECLINED


# --- for whom ----------------------------------------------------------------------------------------


async def test_without_a_name_the_form_asks_for_whom_and_what_is_going_on(world: World) -> None:
    _ = await speak(world, Language.EN)
    await has_agreed(world, language=Language.EN)
    form = await asks_for_a_gesture(world, "gesture")
    assert form.content["submit"]["text"] == _("Show gestures")
    [jansen] = await offered(world, NOOR, "jans")
    values = {
        **chosen(jansen),
        "occasion": {"occasion": {"selected_option": _option(form.blocks, "moving")}},
        "about": {"about": {"value": "the house by the canal"}},
    }
    await world.hands.submit(NOOR, form.id, values)
    view = world.modal_of(NOOR)
    assert BAG in offered_gestures(view)
    assert _("{name} is moving house", name=as_said(_)) in said_in(view)


def _option(blocks: list[dict[str, Any]], value: str, field: str = "occasion") -> Any:
    [block] = [block for block in blocks if block.get("block_id") == field]
    [option] = [option for option in block["element"]["options"] if option["value"] == value]
    return option


async def test_what_it_is_about_may_not_be_somebodys_health(world: World) -> None:
    await speak(world, Language.EN)
    await has_agreed(world)
    form = await asks_for_a_gesture(world, "gesture")
    [jansen] = await offered(world, NOOR, "jans")
    values = {**chosen(jansen), "about": {"about": {"value": "her diabetes"}}}
    answer = await world.hands.submit(NOOR, form.id, values)
    assert "diabetes" in answer.body["errors"]["about"]


async def test_of_several_customers_one_is_chosen_and_of_nobody_a_card_is_made(world: World) -> None:
    _ = await speak(world, Language.EN)
    await has_agreed(world)
    await has_agreed(world, name="Dhr. B. Jansen")
    several = await world.command(NOOR, "gesture jansen")
    assert _("Which customer is it for?") in words_of(several)
    buttons = ids_in(several.blocks)
    await world.hands.click(NOOR, buttons[1], world.dm(NOOR))
    assert len(offered_gestures(world.modal_of(NOOR))) == 3
    nobody = await world.command(NOOR, "gesture Pietersen")
    assert ids_in(nobody.blocks) == ["customers.new"]


async def test_a_question_that_begins_with_the_word_goes_to_the_coach(world: World) -> None:
    await speak(world, Language.NL)
    await has_agreed(world)
    await world.hands.command(NOOR, world.dm(NOOR), "/acht", "gebaar voor een boze klant, wat kan ik doen?")
    await world.until(lambda: "coaching.read_play" in _ids_said(world))
    assert world.workspace.modal(NOOR) is None


def _ids_said(world: World) -> list[str]:
    return [one for said in world.said(world.dm(NOOR), NOOR) for one in ids_in(said.blocks)]


async def test_a_gesture_is_for_who_serves_the_customer(world: World) -> None:
    await speak(world, Language.EN)
    customer_id = await has_agreed(world)
    nobody = await world.command(PRIYA, "gesture jansen")
    assert ids_in(nobody.blocks) == ["customers.new"], "to her there is no such customer"
    await world.say_as_the_bot(world.dm(PRIYA), Action.SUGGEST, str(customer_id))
    await world.hands.click(PRIYA, Action.SUGGEST, world.dm(PRIYA))
    assert world.workspace.modal(PRIYA) is None
    assert MRS_JANSEN not in " ".join(words_of(said) for said in world.said(world.dm(PRIYA), PRIYA))


async def test_from_a_card_the_gestures_come_on_top_and_daan_may_as_well(world: World) -> None:
    await speak(world, Language.EN)
    await has_agreed(world, language=Language.EN)
    assert (await world.hands.command(DAAN, world.dm(DAAN), "/acht", "customer jansen")).acknowledged
    card = world.modal_of(DAAN)
    view = await clicks(world, Action.SUGGEST, DAAN)
    assert view.previous_view_id == card.id
    when = await does(world, offered_gestures(view)[0], DAAN)
    assert when.previous_view_id == view.id
    await clicks(world, Action.TODAY, DAAN)
    [line] = await lines_of(world)
    assert line.colleague_id == DAAN


async def test_who_did_not_agree_is_asked_first(world: World) -> None:
    _ = await speak(world, Language.EN)
    customer_id = await has_a_customer(world)
    view = await asks_for_a_gesture(world)
    no_consent = Verdict(allowed=False, reason=Reason.NO_CONSENT, instead=Instead.ASK_CONSENT)
    assert refusal(no_consent, MRS_JANSEN, TODAY, _) in said_in(view)
    assert ids_in(view.blocks) == [Action.SAID_YES, "customers.open"]

    assert offered_gestures(await clicks(world, Action.SAID_YES)), "there and then"
    async with world.acht.database.reading() as session:
        card = await world.acht.services.customers.seen_by(session, world.workspace.team_id, customer_id, NOOR)
    assert (card.details.has_consented, card.details.consent_on) == (True, TODAY)


async def test_who_had_something_is_left_in_peace_and_is_answered_when_they_ask(world: World) -> None:
    _ = await speak(world, Language.EN)
    await has_agreed(world, language=Language.EN, wish=Wish.LESS, birthday=DayOfYear.of(TODAY))
    view = await asks_for_a_gesture(world)
    await does(world, offered_gestures(view)[0])
    await world.hands.close(NOOR, (await clicks(world, Action.DONE_ALREADY)).id)
    view = await asks_for_a_gesture(world)
    space = Verdict(allowed=False, reason=Reason.NEEDS_SPACE, until=TODAY + 60 * DAY, instead=Instead.LEAVE_IN_PEACE)
    assert refusal(space, MRS_JANSEN, TODAY, _) in said_in(view)
    answer = await clicks(world, Action.SUGGEST)
    assert offered_gestures(answer), "an answer takes no space"


# --- limits ------------------------------------------------------------------------------------------


async def test_a_lead_is_tighter_than_the_workspace_and_never_looser(world: World) -> None:
    _ = await speak(world, Language.EN)
    await world.hands.open_home(FEMKE)
    [limits] = [one for one in ids_in(world.home_of(FEMKE).blocks) if one.startswith(Action.LIMITS)]
    form = await clicks(world, limits, FEMKE)
    looser = await world.hands.submit(FEMKE, form.id, typed(colleague_decides="50"))
    assert looser.body["errors"] == {
        "colleague_decides": _("The workspace allows less than this. An administrator of Acht can change that.")
    }
    unclear = await world.hands.submit(FEMKE, form.id, typed(colleague_decides="a bit"))
    assert set(unclear.body["errors"]) == {"colleague_decides"}
    await world.hands.submit(FEMKE, form.id, typed(colleague_decides="1,50", team_a_month="100"))
    assert _("Saved. This holds from now on.") in said_in(world.modal_of(FEMKE))
    await world.hands.close(FEMKE, world.modal_of(FEMKE).id)
    await world.hands.open_home(FEMKE)
    assert meter(a_purse(0, 100), _) in said_in(world.home_of(FEMKE))

    await has_a_birthday_in_three_days(world)
    view = await asks_for_a_gesture(world)
    assert f"{Action.ASK_LEAD}.{CARD}" in ids_in(view.blocks), "€2 is more than Noor decides now"


async def test_an_administrator_decides_for_all_and_nobody_else(world: World) -> None:
    _ = await speak(world, Language.EN)
    await give(world, PRIYA, Role.ADMINISTRATOR)
    await world.hands.open_home(PRIYA)
    form = await clicks(world, f"{Action.LIMITS}.workspace", PRIYA)
    bank = {"sector": {"sector": {"selected_option": _option(form.blocks, "bank", field="sector")}}}
    pounds = {"currency": {"currency": {"selected_option": _option(form.blocks, "GBP", field="currency")}}}
    await world.hands.submit(PRIYA, form.id, bank | pounds | typed(days_between="30", known_as="The Quay"))
    seen = await world.acht.services.gestures.limits.of(world.workspace.team_id, None)
    assert (seen.sector, seen.holds.gifts_a_year, seen.own.days_between) == (Sector.BANK, Decimal(50), 30)
    await has_a_birthday_in_three_days(world)
    three = said_in(await asks_for_a_gesture(world))
    assert "The Quay" in three
    assert "£2" in three
    await world.hands.close(NOOR, world.modal_of(NOOR).id)

    await world.say_as_the_bot(world.dm(FEMKE), f"{Action.LIMITS}.workspace", "workspace")
    await world.hands.click(FEMKE, f"{Action.LIMITS}.workspace", world.dm(FEMKE))
    await world.hands.submit(FEMKE, world.modal_of(FEMKE).id, typed(days_between="1"))
    refused = _("An administrator of Acht decides these limits, and for a team its lead too.")
    assert refused in said_in(world.modal_of(FEMKE))
    await world.say_as_the_bot(world.dm(NOOR), Action.LIMITS, "workspace")
    await world.hands.click(NOOR, Action.LIMITS, world.dm(NOOR))
    assert world.workspace.modal(NOOR) is None, "she leads nothing"
