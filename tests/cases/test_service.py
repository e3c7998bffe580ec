"""A case is opened, handled by whoever may see the card, and closed when the customer says so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update

from bot.cases.rules import SLIP, CaseSeen, Cause, Standing, Step
from bot.cases.service import GIVEN, NOT_GIVEN, CannotHandle, CaseIsClosed, Cases, NoSuchCase, NotOneLine, StandsByNow
from bot.cases.tables import Case
from bot.customers.service import MayNotBeKept, NoSuchCustomer, NotTheirCustomer
from bot.kit.outbox.tables import Notice, State, done
from tests.customers.shop import DAAN, IRIS, NOOR, Shop, a_customer
from tests.teams.plans import T1

TODAY = date(2026, 11, 24)


async def standing(cases: Cases, shop: Shop, customer_id: int, workspace_id: str = T1) -> Standing:
    async with shop.database.reading() as session:
        return await cases.standing(session, workspace_id, customer_id)


async def of_colleague(cases: Cases, shop: Shop, colleague: str, workspace_id: str = T1) -> list[CaseSeen]:
    async with shop.database.reading() as session:
        return list((await cases.of_colleague(session, workspace_id, colleague)).shown)


async def test_a_case_stands_open_until_the_customer_says_that_it_is_put_right(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    assert await standing(cases, shop, jansen) == Standing()
    case_id = await cases.open(T1, jansen, " The kitchen came\nscratched ", by=NOOR)
    assert await standing(cases, shop, jansen) == Standing(has_open=True)
    case = await cases.case(T1, case_id, by=DAAN)
    assert (case.what, case.customer, case.handled_by, case.cause) == (
        "The kitchen came scratched",
        "Mevr. A. Jansen",
        NOOR,
        Cause.BY_HAND,
    )
    closed = await cases.close(T1, case_id, by=DAAN, on=TODAY)
    assert (closed.is_open, closed.closed_by, closed.closed_on) == (False, DAAN, TODAY)
    assert await standing(cases, shop, jansen) == Standing(put_right_on=TODAY)


async def test_who_says_that_it_is_put_right_was_in_contact(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    await cases.close(T1, await cases.open(T1, jansen, "Too late", by=NOOR), by=NOOR, on=TODAY)
    assert (await shop.customers.card(T1, jansen, by=NOOR)).details.last_contact_on == TODAY


async def test_a_case_that_was_closed_by_mistake_is_open_again_as_if_it_never_was(cases: Cases, shop: Shop) -> None:
    jansen, before = await shop.add(), TODAY - timedelta(days=9)
    async with shop.database.writing() as session:
        await shop.customers.in_contact(session, T1, jansen, before)
    case_id = await cases.open(T1, jansen, "Too late", by=DAAN)
    was = await cases.case(T1, case_id, by=NOOR)
    await cases.close(T1, case_id, by=NOOR, on=TODAY)
    with pytest.raises(StandsByNow):
        await cases.reopen(T1, case_id, by=DAAN)
    for _times in range(2):
        assert await cases.reopen(T1, case_id, by=NOOR) == was
    assert await standing(cases, shop, jansen) == Standing(has_open=True)
    assert (await shop.customers.card(T1, jansen, by=NOOR)).details.last_contact_on == before
    await cases.close(T1, case_id, by=NOOR, on=TODAY)
    async with shop.database.writing() as session:
        await shop.customers.in_contact(session, T1, jansen, TODAY)
    await cases.reopen(T1, case_id, by=NOOR)
    assert (await shop.customers.card(T1, jansen, by=NOOR)).details.last_contact_on == TODAY, "they were spoken to"
    await cases.close(T1, case_id, by=NOOR, on=TODAY)
    shop.clock.move(SLIP + timedelta(seconds=1))
    with pytest.raises(StandsByNow):
        await cases.reopen(T1, case_id, by=NOOR)


async def test_a_case_that_was_noted_by_mistake_is_taken_back_for_a_while(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    slip = await cases.open(T1, jansen, "Too late", by=NOOR, handled_by=DAAN)
    with pytest.raises(StandsByNow):
        await cases.take_back(T1, slip, by=DAAN)
    await cases.step(T1, slip, by=DAAN, done=[Step.QUICK])
    with pytest.raises(StandsByNow):
        await cases.take_back(T1, slip, by=NOOR)
    await cases.step(T1, slip, by=DAAN, undone=[Step.QUICK])
    await cases.take_back(T1, slip, by=NOOR)
    with pytest.raises(NoSuchCase):
        await cases.case(T1, slip, by=NOOR)
    assert await standing(cases, shop, jansen) == Standing()
    async with shop.database.reading() as session:
        assert await session.scalar(select(Notice.state).where(Notice.kind == GIVEN)) != State.WAITING
    closed, case_id = await cases.open(T1, jansen, "A", by=NOOR), await cases.open(T1, jansen, "B", by=NOOR)
    await cases.close(T1, closed, by=NOOR, on=TODAY)
    with pytest.raises(StandsByNow):
        await cases.take_back(T1, closed, by=NOOR)
    shop.clock.move(SLIP + timedelta(seconds=1))
    with pytest.raises(StandsByNow):
        await cases.take_back(T1, case_id, by=NOOR)


async def test_who_is_to_put_something_right_hears_it_once_and_that_it_is_off(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    case_id = await cases.open(T1, jansen, "Too late", by=NOOR, handled_by=DAAN)
    for _times in range(2):
        await cases.close(T1, case_id, by=NOOR, on=TODAY)
        await cases.reopen(T1, case_id, by=NOOR)
    assert await _states(shop) == [(GIVEN, State.WAITING)], "it is open after all"
    async with shop.database.writing() as session:
        await session.execute(update(Notice).where(Notice.kind == GIVEN).values(done(State.SENT, shop.clock.now())))
    await cases.close(T1, case_id, by=NOOR, on=TODAY)
    await cases.reopen(T1, case_id, by=NOOR)
    assert await _states(shop) == [(GIVEN, State.SENT)]
    await cases.take_back(T1, case_id, by=NOOR)
    assert await _states(shop) == [(GIVEN, State.SENT), (NOT_GIVEN, State.WAITING)]
    assert await shop.house.told(NOT_GIVEN) == [DAAN]


async def _states(shop: Shop) -> list[tuple[str, str]]:
    async with shop.database.reading() as session:
        of_cases = select(Notice.kind, Notice.state).where(Notice.kind.in_((GIVEN, NOT_GIVEN))).order_by(Notice.id)
        return [(kind, state) for kind, state in await session.execute(of_cases)]


async def test_a_closed_case_says_how_it_stands_and_does_not_change(cases: Cases, shop: Shop) -> None:
    case_id = await cases.open(T1, await shop.add(), "Too late", by=NOOR)
    await cases.close(T1, case_id, by=NOOR, on=TODAY)
    with pytest.raises(CaseIsClosed) as again:
        await cases.close(T1, case_id, by=DAAN, on=TODAY + timedelta(days=1))
    assert (again.value.case.closed_by, again.value.case.closed_on) == (NOOR, TODAY)
    with pytest.raises(CaseIsClosed):
        await cases.step(T1, case_id, by=NOOR, done=[Step.QUICK])


async def test_two_who_tick_steps_at_once_do_not_undo_each_other(cases: Cases, shop: Shop) -> None:
    case_id = await cases.open(T1, await shop.add(), "Too late", by=NOOR)
    await cases.step(T1, case_id, by=NOOR, done=[Step.QUICK])
    case = await cases.step(T1, case_id, by=DAAN, done=[Step.OPEN])
    assert case.done == {Step.QUICK, Step.OPEN}
    assert (await cases.step(T1, case_id, by=DAAN, undone=[Step.QUICK])).done == {Step.OPEN}


async def test_a_case_is_for_who_may_see_the_card(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    with pytest.raises(NotTheirCustomer):
        await cases.open(T1, jansen, "Too late", by=IRIS)
    case_id = await cases.open(T1, jansen, "Too late", by=NOOR)
    for what_she_tries in (
        cases.case(T1, case_id, by=IRIS),
        cases.step(T1, case_id, by=IRIS, done=[Step.OPEN]),
        cases.close(T1, case_id, by=IRIS, on=TODAY),
    ):
        with pytest.raises(NotTheirCustomer):
            await what_she_tries
    with pytest.raises(NoSuchCustomer):
        await cases.open(T1, 404, "Too late", by=NOOR)


async def test_what_another_workspace_has_is_not_here(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    case_id = await cases.open(T1, jansen, "Too late", by=NOOR)
    assert await standing(cases, shop, jansen, "T2") == Standing()
    assert await of_colleague(cases, shop, NOOR, "T2") == []
    with pytest.raises(NoSuchCase):
        await cases.case("T2", case_id, by=NOOR)


async def test_a_case_handed_to_a_colleague_is_told_to_them_once(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    for _delivered in range(2):
        case_id = await cases.open(T1, jansen, "Too late", by=NOOR, handled_by=DAAN, event_key="V1:h")
    assert await shop.house.told(GIVEN) == [DAAN]
    assert [case.id for case in await of_colleague(cases, shop, DAAN)] == [case_id]
    async with shop.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Case)) == 1


async def test_a_case_is_not_handed_to_who_may_not_see_the_card(cases: Cases, shop: Shop) -> None:
    with pytest.raises(CannotHandle):
        await cases.open(T1, await shop.add(), "Too late", by=NOOR, handled_by=IRIS)
    assert await shop.house.told(GIVEN) == []


async def test_two_cases_by_hand_are_two(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    first = await cases.open(T1, jansen, "Too late", by=NOOR)
    second = await cases.open(T1, jansen, "Too late", by=NOOR)
    assert first != second
    await cases.close(T1, first, by=NOOR, on=TODAY)
    assert (await standing(cases, shop, jansen)).has_open


async def test_a_broken_promise_has_one_case(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    async with shop.database.writing() as session:
        first = await cases.open_for_promise(session, T1, jansen, 7, "The quote", by=NOOR)
        again = await cases.open_for_promise(session, T1, jansen, 7, "The quote", by=NOOR)
    assert first == again
    assert await standing(cases, shop, jansen) == Standing(has_open=True, has_broken_promise=True)


async def test_a_new_contact_sees_the_cases_of_their_customers(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add(channel_id=None)
    case_id = await cases.open(T1, jansen, "Too late", by=NOOR)
    assert await of_colleague(cases, shop, DAAN) == []
    details = replace(a_customer(channel_id=None), contact_id=DAAN)
    await shop.customers.change(T1, jansen, details, by=NOOR, seen_version=1)
    assert [case.id for case in await of_colleague(cases, shop, DAAN)] == [case_id]
    assert await of_colleague(cases, shop, NOOR) == [], "who may not see the card any more sees nothing of it"
    assert (await cases.case(T1, case_id, by=DAAN)).is_open


async def test_the_longest_open_case_comes_first_and_closed_ones_are_gone(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    opened = []
    for what in ("first", "second", "third"):
        opened.append(await cases.open(T1, jansen, what, by=NOOR))
        shop.clock.move(timedelta(minutes=1))
    await cases.close(T1, opened[1], by=NOOR, on=TODAY)
    assert [case.what for case in await of_colleague(cases, shop, NOOR)] == ["first", "third"]
    async with shop.database.reading() as session:
        of_jansen = await cases.of_customer(session, T1, jansen)
    assert [case.what for case in of_jansen.shown] == ["first", "third"]


@pytest.mark.parametrize("what", ["", "…", "x" * 301])
async def test_what_is_no_line_of_words_is_refused(cases: Cases, shop: Shop, what: str) -> None:
    with pytest.raises(NotOneLine):
        await cases.open(T1, await shop.add(), what, by=NOOR)


async def test_what_may_not_be_kept_is_refused_and_the_rest_can_only_be_read_with_a_key(
    cases: Cases, shop: Shop
) -> None:
    jansen = await shop.add()
    with pytest.raises(MayNotBeKept):
        await cases.open(T1, jansen, "is diabetic and got sugar", by=NOOR)
    await cases.open(T1, jansen, "Kitchen scratched", by=NOOR)
    async with shop.database.reading() as session:
        [row] = await session.execute(text("select * from cases"))
    assert "Kitchen" not in str(row)


async def test_an_erased_customer_has_no_cases(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    case_id = await cases.open(T1, jansen, "Too late", by=NOOR)
    await shop.customers.erase(T1, jansen, by=NOOR)
    assert await of_colleague(cases, shop, NOOR) == []
    with pytest.raises(NoSuchCase):
        await cases.case(T1, case_id, by=NOOR)


@pytest.mark.parametrize("deed", ["close", "erase"])
async def test_what_is_put_right_or_erased_is_not_handed_over_any_more(cases: Cases, shop: Shop, deed: str) -> None:
    jansen = await shop.add()
    case_id = await cases.open(T1, jansen, "Too late", by=NOOR, handled_by=DAAN)
    if deed == "close":
        await cases.close(T1, case_id, by=NOOR, on=TODAY)
    else:
        await shop.customers.erase(T1, jansen, by=NOOR)
    async with shop.database.reading() as session:
        [notice] = await session.scalars(select(Notice).where(Notice.kind == GIVEN))
    assert (notice.state, notice.due_at, notice.data) == (State.EXPIRED, None, "")


async def test_who_left_the_team_has_nothing_to_handle_there(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    await cases.open(T1, jansen, "Too late", by=NOOR, handled_by=DAAN)
    await shop.house.teams.leaves(T1, "C1", DAAN)
    assert await of_colleague(cases, shop, DAAN) == []
    assert len(await of_colleague(cases, shop, NOOR)) == 1


async def test_a_list_holds_a_few_of_many_and_says_how_many_there_are(cases: Cases, shop: Shop) -> None:
    jansen = await shop.add()
    for n in range(12):
        await cases.open(T1, jansen, f"Case {n}", by=NOOR)
    async with shop.database.reading() as session:
        of_customer = await cases.of_customer(session, T1, jansen)
        of_colleague = await cases.of_colleague(session, T1, NOOR)
    for some in (of_customer, of_colleague):
        assert ([case.what for case in some.shown], some.in_all) == ([f"Case {n}" for n in range(5)], 12)
