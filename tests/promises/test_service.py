"""A promise is made, and kept, moved or broken; a broken one is an open case."""

import asyncio
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import text

from bot.cases.rules import SLIP, Cause, Standing, Step
from bot.cases.service import NoSuchCase, NotOneLine, StandsByNow
from bot.customers.service import MayNotBeKept, NoSuchCustomer, NotTheirCustomer
from bot.kit.i18n import Language
from bot.promises.calendar import Doubt
from bot.promises.rules import Due, State
from bot.promises.service import (
    CannotBeMet,
    CustomerNotTold,
    InTimeOrLate,
    IsThereAlready,
    NoSuchPromise,
    PromiseIsOver,
    StandsAsBroken,
    TooLateToTakeBack,
)
from tests.customers.shop import DAAN, IRIS, NOOR
from tests.promises.ledger import FRIDAY, MONDAY, SATURDAY, TODAY, Ledger
from tests.teams.plans import T1

NL, EN = Language.NL, Language.EN


# --- made --------------------------------------------------------------------------------------------


async def test_a_promise_stands_with_its_day_and_its_reminder(ledger: Ledger) -> None:
    noted = await ledger.noted(FRIDAY, time(15))
    assert noted.reminder == Due(FRIDAY, time(10))
    assert noted.today == TODAY
    promise = await ledger.now(noted.promise, by=DAAN)
    assert (promise.what, promise.customer, promise.made_by) == ("The quote", "Mevr. A. Jansen", NOOR)
    assert (promise.due, promise.state) == (Due(FRIDAY, time(15)), State.OPEN)
    assert not noted.is_stopped
    async with ledger.shop.database.writing() as session:
        await ledger.shop.house.outbox.hold(session, T1, "UTOM")
    assert (await ledger.noted(FRIDAY, what="The bill")).is_stopped, "nothing would come of the reminder"


async def test_the_same_form_twice_is_one_promise(ledger: Ledger) -> None:
    first, second = await ledger.made(key="V1:h"), await ledger.made(key="V1:h")
    assert first == second
    assert len(await ledger.all()) == 1


async def test_the_same_promise_that_is_open_is_not_noted_twice(ledger: Ledger) -> None:
    first = await ledger.made(what="De offerte, José")
    for _times in range(2):
        with pytest.raises(IsThereAlready) as there:
            await ledger.promises.make(T1, ledger.jansen, "de OFFERTE jose", Due(TODAY), by=DAAN, event_key="again")
        assert there.value.promise == first
    await ledger.promises.keep(T1, first.id, by=NOOR)
    await ledger.promises.make(T1, ledger.jansen, "De offerte, José", Due(TODAY), by=DAAN, event_key="again")


async def test_who_promises_was_in_contact(ledger: Ledger) -> None:
    assert [(await ledger.noted()).is_contact for _n in range(2)] == [True, False]
    card = await ledger.shop.customers.card(T1, ledger.jansen, by=NOOR)
    assert card.details.last_contact_on == TODAY


async def test_what_cannot_be_met_is_kept_only_by_who_insists(ledger: Ledger) -> None:
    with pytest.raises(CannotBeMet) as asked:
        await ledger.promises.make(T1, ledger.jansen, "The quote", Due(SATURDAY), by=NOOR, event_key="1")
    assert asked.value.question.doubt is Doubt.DAY_OFF
    assert asked.value.question.instead == Due(date(2026, 11, 30))
    assert await ledger.all() == []
    assert (await ledger.made(SATURDAY)).due == Due(SATURDAY)
    with pytest.raises(CannotBeMet):
        await ledger.made(TODAY - timedelta(days=1))


@pytest.mark.parametrize("what", ["", " … ", "x" * 301])
async def test_what_is_no_line_of_words_is_refused(ledger: Ledger, what: str) -> None:
    with pytest.raises(NotOneLine):
        await ledger.made(what=what)


async def test_what_may_not_be_kept_is_refused_and_the_rest_can_only_be_read_with_a_key(ledger: Ledger) -> None:
    with pytest.raises(MayNotBeKept):
        await ledger.made(what="Sugar free cake, she is diabetic")
    await ledger.made(what="Kitchen drawing")
    async with ledger.shop.database.reading() as session:
        [row] = await session.execute(text("select * from promises"))
    assert "Kitchen" not in str(row)


async def test_a_promise_is_for_who_may_see_the_card(ledger: Ledger) -> None:
    with pytest.raises(NotTheirCustomer):
        await ledger.made(by=IRIS)
    promise = await ledger.made()
    for what_she_tries in (
        ledger.promises.promise(T1, promise.id, by=IRIS),
        ledger.promises.keep(T1, promise.id, by=IRIS),
        ledger.promises.break_(T1, promise.id, by=IRIS),
        ledger.promises.move(T1, promise.id, Due(FRIDAY), by=IRIS, customer_was_told=True),
        ledger.promises.take_back(T1, promise.id, by=IRIS),
    ):
        with pytest.raises(NotTheirCustomer):
            await what_she_tries
    with pytest.raises(NoSuchCustomer):
        await ledger.promises.make(T1, 404, "The quote", Due(FRIDAY), by=NOOR, event_key="1")


async def test_what_another_workspace_has_is_not_here(ledger: Ledger) -> None:
    promise = await ledger.made()
    with pytest.raises(NoSuchPromise):
        await ledger.promises.keep("T2", promise.id, by=NOOR)
    assert await ledger.of_colleague(workspace_id="T2") == []


async def test_who_left_the_team_sees_nothing_of_what_they_promised_there(ledger: Ledger) -> None:
    promise = await ledger.made(by=DAAN)
    await ledger.shop.house.teams.leaves(T1, "C1", DAAN)
    with pytest.raises(NotTheirCustomer):
        await ledger.promises.keep(T1, promise.id, by=DAAN)
    assert await ledger.of_colleague(DAAN) == []
    assert await ledger.of_colleague(NOOR) == [promise]


# --- understood --------------------------------------------------------------------------------------


LINES: list[tuple[str, Language, list[str], str, Due | None]] = [
    ("Jansen de offerte vrijdag", NL, ["Mevr. A. Jansen"], "de offerte", Due(FRIDAY)),
    ("mevrouw Jansen de offerte vrijdag 15:00", NL, ["Mevr. A. Jansen"], "de offerte", Due(FRIDAY, time(15))),
    ("Jansen dat ik haar morgen terugbel", NL, ["Mevr. A. Jansen"], "haar terugbellen", Due(date(2026, 11, 24))),
    ("De Wit monsters opsturen voor donderdag", NL, ["Fam. de Wit"], "monsters opsturen", Due(date(2026, 11, 26))),
    ("for mrs Jansen the quote by Friday", EN, ["Mevr. A. Jansen"], "the quote", Due(FRIDAY)),
    ("jansen: call her back today at 3 pm", EN, ["Mevr. A. Jansen"], "call her back", Due(TODAY, time(15))),
    ("de wit samples", EN, ["Fam. de Wit"], "samples", None),
    ("Jansen friday", EN, ["Mevr. A. Jansen"], "", Due(FRIDAY)),
    ("Bakker de offerte vrijdag", NL, ["Bakker, J.", "Bakker, P."], "de offerte", Due(FRIDAY)),
    ("J. Bakker de offerte vrijdag", NL, ["Bakker, J."], "de offerte", Due(FRIDAY)),
    ("Jansen de offerte volgende week", NL, ["Mevr. A. Jansen"], "de offerte", Due(date(2026, 12, 4))),
    ("Jansen de offerte deze week", NL, ["Mevr. A. Jansen"], "de offerte", Due(FRIDAY)),
    ("Jansen the quote next month", EN, ["Mevr. A. Jansen"], "the quote", Due(date(2026, 12, 31))),
    ("Jansen de offerte na volgende week", NL, ["Mevr. A. Jansen"], "de offerte", Due(date(2026, 12, 7))),
    ("Jansen de offerte volgend jaar", NL, ["Mevr. A. Jansen"], "de offerte", None),
    ("Jansen de offerte voor volgend jaar", NL, ["Mevr. A. Jansen"], "de offerte", Due(date(2026, 12, 31))),
    ("Jansen the quote tonight", EN, ["Mevr. A. Jansen"], "the quote", Due(TODAY)),
    ("Jansen the quote this afternoon", EN, ["Mevr. A. Jansen"], "the quote", Due(TODAY, time(17))),
    ("Jansen the quote yesterday", EN, ["Mevr. A. Jansen"], "the quote", None),
    ("mevrouw Jansne de offerte vrijdag", NL, ["Mevr. A. Jansen"], "de offerte", Due(FRIDAY)),
    ("jansne ring back tomorrow", EN, ["Mevr. A. Jansen"], "ring back", Due(date(2026, 11, 24))),
    ("ring her back friday", EN, [], "ring her back", Due(FRIDAY)),
    ("Nobody de offerte vrijdag", NL, [], "Nobody de offerte", Due(FRIDAY)),
    ("", NL, [], "", None),
]


async def test_a_line_is_understood_as_far_as_it_is_clear(ledger: Ledger) -> None:
    for name in ("Fam. de Wit", "Bakker, J.", "Bakker, P.", "Mr King"):
        await ledger.shop.add(name)
    for line, language, names, what, due in LINES:
        understood = await ledger.promises.understand(T1, line, by=NOOR, language=language)
        assert [found.name for found in understood.customers] == names, line
        assert (understood.what, understood.due) == (what, due), line


async def test_a_line_finds_nobody_whose_card_one_may_not_see(ledger: Ledger) -> None:
    understood = await ledger.promises.understand(T1, "Jansen de offerte vrijdag", by=IRIS, language=NL)
    assert understood.customers == []


# --- kept, moved, broken -----------------------------------------------------------------------------


async def test_a_promise_that_is_kept_is_over(ledger: Ledger) -> None:
    promise = await ledger.made()
    kept = await ledger.promises.keep(T1, promise.id, by=NOOR)
    assert (kept.state, kept.is_late) == (State.KEPT, False)
    assert await ledger.of_colleague() == []
    assert await ledger.standing() == Standing()
    for again in (ledger.promises.keep(T1, promise.id, by=NOOR), ledger.promises.break_(T1, promise.id, by=DAAN)):
        with pytest.raises(PromiseIsOver) as over:
            await again
        assert over.value.promise.state is State.KEPT


async def test_kept_is_late_where_its_colleague_says_so_and_not_because_they_were_asked_late(ledger: Ledger) -> None:
    late, in_time = await ledger.made(TODAY, time(12)), await ledger.made(TODAY, time(12))
    ledger.clock.move(timedelta(hours=3))
    with pytest.raises(InTimeOrLate):
        await ledger.promises.keep(T1, late.id, by=NOOR)
    kept = await ledger.promises.keep(T1, late.id, by=NOOR, was_late=True)
    assert (kept.state, kept.is_late) == (State.KEPT, True)
    assert not (await ledger.promises.keep(T1, in_time.id, by=NOOR, was_late=False)).is_late


async def test_a_promise_moves_only_with_the_customer(ledger: Ledger) -> None:
    promise = await ledger.made()
    monday = Due(date(2026, 11, 30), time(12))
    with pytest.raises(CustomerNotTold):
        await ledger.promises.move(T1, promise.id, monday, by=NOOR, customer_was_told=False)
    for _delivered in range(2):
        moved = await ledger.promises.move(T1, promise.id, monday, by=DAAN, customer_was_told=True)
    assert (moved.promise.due, moved.promise.times_moved) == (monday, 1)
    assert moved.reminder == Due(monday.on, time(10))
    with pytest.raises(CannotBeMet):
        await ledger.promises.move(T1, promise.id, Due(SATURDAY), by=NOOR, customer_was_told=True)


async def test_a_broken_promise_is_an_open_case(ledger: Ledger) -> None:
    promise = await ledger.made()
    broken = await ledger.promises.break_(T1, promise.id, by=NOOR)
    [case] = await ledger.open_cases()
    assert (broken.state, broken.case_id) == (State.BROKEN, case.id)
    assert (case.cause, case.what, case.handled_by) == (Cause.BROKEN_PROMISE, "The quote", NOOR)
    assert (await ledger.standing()).has_broken_promise
    await ledger.cases.close(T1, case.id, by=NOOR, on=TODAY)
    assert await ledger.standing() == Standing(put_right_on=TODAY)


async def test_what_was_noted_by_mistake_is_taken_back_for_a_while(ledger: Ledger) -> None:
    slip, promise = await ledger.made(), await ledger.made(what="Another")
    await ledger.promises.take_back(T1, slip.id, by=NOOR)
    with pytest.raises(NoSuchPromise):
        await ledger.now(slip)
    with pytest.raises(TooLateToTakeBack):
        await ledger.promises.take_back(T1, promise.id, by=DAAN)
    ledger.clock.move(SLIP + timedelta(seconds=1))
    with pytest.raises(TooLateToTakeBack):
        await ledger.promises.take_back(T1, promise.id, by=NOOR)
    await ledger.promises.break_(T1, promise.id, by=NOOR)
    with pytest.raises(PromiseIsOver):
        await ledger.promises.take_back(T1, promise.id, by=NOOR)


async def test_who_takes_a_promise_back_did_not_speak_to_the_customer(ledger: Ledger) -> None:
    yesterday = TODAY - timedelta(days=1)
    async with ledger.shop.database.writing() as session:
        await ledger.shop.customers.in_contact(session, T1, ledger.jansen, yesterday)
    await ledger.promises.take_back(T1, (await ledger.made()).id, by=NOOR)
    card = await ledger.shop.customers.card(T1, ledger.jansen, by=NOOR)
    assert (card.details.last_contact_on, card.silent_since) == (yesterday, yesterday)
    # One by one, as they were made; but who was spoken to since then was spoken to.
    first, second = await ledger.made(), await ledger.made(what="Another")
    await ledger.promises.take_back(T1, second.id, by=NOOR)
    await ledger.promises.take_back(T1, first.id, by=NOOR)
    assert (await ledger.shop.customers.card(T1, ledger.jansen, by=NOOR)).silent_since == yesterday
    slip = await ledger.made()
    await ledger.cases.close(T1, await ledger.cases.open(T1, ledger.jansen, "A", by=NOOR), by=NOOR, on=TODAY)
    await ledger.promises.take_back(T1, slip.id, by=NOOR)
    assert (await ledger.shop.customers.card(T1, ledger.jansen, by=NOOR)).silent_since == TODAY


async def test_a_promise_that_was_noted_as_broken_by_mistake_is_open_again(ledger: Ledger) -> None:
    promise = await ledger.made(TODAY, time(15))
    broken = await ledger.promises.break_(T1, promise.id, by=NOOR)
    assert broken.case_id is not None
    with pytest.raises(StandsByNow):
        await ledger.cases.take_back(T1, broken.case_id, by=NOOR)
    with pytest.raises(StandsAsBroken):
        await ledger.promises.not_broken(T1, promise.id, by=DAAN)
    for _times in range(2):
        open_again = await ledger.promises.not_broken(T1, promise.id, by=NOOR)
        assert (open_again.state, open_again.due, open_again.case_id) == (State.OPEN, promise.due, None)
    assert await ledger.standing() == Standing()
    assert await ledger.of_colleague() == [open_again]
    slip = await ledger.made(what="Another")
    broken = await ledger.promises.break_(T1, slip.id, by=NOOR)
    assert broken.case_id is not None
    await ledger.cases.step(T1, broken.case_id, by=NOOR, done=[Step.QUICK])
    with pytest.raises(StandsAsBroken) as stands:
        await ledger.promises.not_broken(T1, slip.id, by=NOOR)
    assert stands.value.is_begun
    await ledger.cases.step(T1, broken.case_id, by=NOOR, undone=[Step.QUICK])
    await ledger.promises.not_broken(T1, slip.id, by=NOOR)
    await ledger.promises.take_back(T1, slip.id, by=NOOR)
    assert await ledger.tell_at(TODAY, 14) == ["promises.reminder"]
    # Broken once more, after it was due: it is asked about again, and later it stands.
    await ledger.later(MONDAY.replace(hour=15, minute=1))
    await ledger.promises.break_(T1, promise.id, by=NOOR)
    await ledger.promises.not_broken(T1, promise.id, by=NOOR)
    assert (await ledger.tell_at(TODAY, 16, 5))[-1] == "promises.question"
    await ledger.promises.break_(T1, promise.id, by=NOOR)
    ledger.clock.move(SLIP + timedelta(seconds=1))
    with pytest.raises(StandsAsBroken):
        await ledger.promises.not_broken(T1, promise.id, by=NOOR)
    kept = await ledger.made(what="kept")
    await ledger.promises.keep(T1, kept.id, by=NOOR)
    with pytest.raises(StandsAsBroken):
        await ledger.promises.not_broken(T1, kept.id, by=NOOR)


async def test_to_where_it_stands_it_does_not_move(ledger: Ledger) -> None:
    promise = await ledger.made(FRIDAY)
    moved = await ledger.promises.move(T1, promise.id, Due(FRIDAY), by=NOOR, customer_was_told=True)
    assert (moved.is_new, moved.promise) == (False, promise)


async def test_nobody_promises_for_years_ahead(ledger: Ledger) -> None:
    for day in (TODAY + timedelta(days=366), date.max):
        with pytest.raises(CannotBeMet) as asked:
            await ledger.made(day)
        assert (asked.value.question.doubt, asked.value.question.may_insist) == (Doubt.TOO_FAR, False)
        assert TODAY < asked.value.question.instead.on <= TODAY + timedelta(days=365)
    with pytest.raises(CannotBeMet):
        await ledger.made(date.min)


async def test_a_day_of_leave_gets_a_question_back_and_who_insists_is_reminded_before_it(ledger: Ledger) -> None:
    await ledger.on_leave(date(2026, 11, 26), date(2026, 12, 4))
    with pytest.raises(CannotBeMet) as asked:
        await ledger.promises.make(T1, ledger.jansen, "The quote", Due(FRIDAY), by=NOOR, event_key="1")
    question = asked.value.question
    assert (question.doubt, question.instead) == (Doubt.AWAY, Due(date(2026, 12, 7)))
    assert (await ledger.noted(FRIDAY)).reminder == Due(date(2026, 11, 25), time(10))


DEEDS_WITH_A_CUSTOMER = {
    "keep": lambda ledger, _customer, promise, _case: ledger.promises.keep(T1, promise, by=NOOR),
    "break": lambda ledger, _customer, promise, _case: ledger.promises.break_(T1, promise, by=NOOR),
    "move": lambda ledger, _customer, promise, _case: ledger.promises.move(
        T1, promise, Due(FRIDAY, time(16)), by=NOOR, customer_was_told=True
    ),
    "make": lambda ledger, customer, _promise, _case: ledger.promises.make(
        T1, customer, "B", Due(FRIDAY), by=NOOR, event_key=f"again {customer}"
    ),
    "tell": lambda ledger, _customer, _promise, _case: ledger.promises.tell_due(),
    "open a case": lambda ledger, customer, _promise, _case: ledger.cases.open(T1, customer, "Again", by=NOOR),
    "close a case": lambda ledger, _customer, _promise, case: ledger.cases.close(T1, case, by=NOOR, on=TODAY),
}


@pytest.mark.parametrize("deed", DEEDS_WITH_A_CUSTOMER)
async def test_what_is_done_while_a_customer_is_erased_is_done_or_finds_them_gone(ledger: Ledger, deed: str) -> None:
    ids = []
    for n in range(8):
        customer = await ledger.shop.add(f"Piet Puk {n}")
        made = await ledger.promises.make(T1, customer, "A", Due(TODAY, time(15)), by=NOOR, event_key=f"E{n}")
        ids.append((customer, made.promise.id, await ledger.cases.open(T1, customer, "Broken", by=NOOR)))
    ledger.clock.move(timedelta(hours=3))
    for customer, promise, case in ids:
        does = DEEDS_WITH_A_CUSTOMER[deed](ledger, customer, promise, case)
        erases = ledger.shop.customers.erase(T1, customer, by=DAAN)
        came_of_it, of_erasing = await asyncio.gather(does, erases, return_exceptions=True)
        assert not isinstance(of_erasing, BaseException)
        gone = (NoSuchPromise, NoSuchCase, NoSuchCustomer)
        assert not isinstance(came_of_it, BaseException) or isinstance(came_of_it, gone)


async def test_lists_hold_what_is_open_and_the_contact_sees_what_was_promised_to_theirs(ledger: Ledger) -> None:
    await ledger.made(FRIDAY, what="second", by=DAAN)
    await ledger.made(TODAY, what="first", by=DAAN)
    await ledger.promises.keep(T1, (await ledger.made(what="kept")).id, by=NOOR)
    assert [promise.what for promise in await ledger.of_colleague(DAAN)] == ["first", "second"]
    assert [promise.what for promise in await ledger.of_colleague(NOOR)] == ["first", "second"]
    assert await ledger.of_colleague(IRIS) == []
    async with ledger.shop.database.reading() as session:
        of_jansen = await ledger.promises.of_customer(session, T1, ledger.jansen)
    assert [promise.what for promise in of_jansen.shown] == ["first", "second"]


async def test_an_erased_customer_was_promised_nothing(ledger: Ledger) -> None:
    promise = await ledger.made()
    await ledger.shop.customers.erase(T1, ledger.jansen, by=NOOR)
    with pytest.raises(NoSuchPromise):
        await ledger.promises.keep(T1, promise.id, by=NOOR)
    assert await ledger.tell_at(FRIDAY, 18) == []


async def test_hours_are_those_of_who_promised(ledger: Ledger) -> None:
    async with ledger.shop.database.writing() as session:
        await ledger.shop.house.working_times.moves(session, T1, DAAN, "America/New_York")
    noted = await ledger.noted(FRIDAY, time(15), by=DAAN)
    assert noted.promise.due_at == datetime.fromisoformat("2026-11-27T20:00:00+00:00")
    assert noted.reminder == Due(FRIDAY, time(10)), "by Daan's own clock"
    async with ledger.shop.database.writing() as session:
        await ledger.shop.house.working_times.moves(session, T1, NOOR, "Pacific/Kiritimati")
    await ledger.promises.move(
        T1, noted.promise.id, Due(FRIDAY, time(16)), by=NOOR, customer_was_told=True, insists=True
    )
    card = await ledger.shop.customers.card(T1, ledger.jansen, by=NOOR)
    assert card.details.last_contact_on == date(2026, 11, 24), "the day that it is where Noor spoke to them"
