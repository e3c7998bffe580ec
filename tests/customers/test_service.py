"""A card is kept, seen by whom it concerns, changed by two at once, found, and erased."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.customers.rules import DayOfYear, Mistake, Phase, Wish
from bot.customers.service import ChangedMeanwhile, MayNotBeKept, NoSuchCustomer, NotACard, NotTheirCustomer
from bot.customers.writing import ReferenceTaken
from bot.people.roles import Role
from tests.customers.shop import DAAN, IRIS, NOOR, Shop, a_customer, all_of
from tests.teams.plans import C2, T1, TOM

EVERYTHING = a_customer(
    reference="K-17",
    preferences="Thee zonder melk",
    note="Verhuist in maart\nnaar Zeist",
    birthday=DayOfYear(2, 29),
    customer_since=date(2019, 3, 12),
    phase=Phase.TRUST,
    wish=Wish.TOLD_FIRST,
    has_consented=True,
    consent_on=date(2026, 1, 5),
    last_contact_on=date(2026, 11, 2),
)


# --- one card ----------------------------------------------------------------------------------------


async def test_a_card_comes_back_as_it_was_written(shop: Shop) -> None:
    added = await shop.customers.add(T1, EVERYTHING, by=NOOR)
    card = await shop.customers.card(T1, added, by=NOOR)
    assert card.details == EVERYTHING
    assert (card.id, card.version, card.changed_by, card.changed_at) == (added, 1, NOOR, shop.clock.now())


async def test_nothing_that_says_who_it_is_can_be_read_without_a_key(shop: Shop) -> None:
    await shop.customers.add(T1, EVERYTHING, by=NOOR)
    async with shop.database.reading() as session:
        rows = [
            *await session.execute(text("select * from customers")),
            *await session.execute(text("select * from customer_words")),
        ]
    kept = "\n".join(str(value) for row in rows for value in row)
    assert not [word for word in ("Jansen", "jan", "K-17", "Thee", "Zeist", "02-29", "2019-03-12") if word in kept]


async def test_what_is_wrong_or_may_not_be_kept_is_refused_and_not_kept(shop: Shop) -> None:
    with pytest.raises(NotACard) as not_a_card:
        await shop.add(" ")
    assert not_a_card.value.mistakes == [Mistake.NO_NAME]
    with pytest.raises(MayNotBeKept) as may_not:
        await shop.add(note="is diabetic")
    assert list(may_not.value.findings) == ["note"]
    assert "diabetic" not in str(may_not.value)
    assert await shop.words() == 0


async def test_a_reference_is_there_once_in_a_workspace(shop: Shop) -> None:
    added = await shop.add(reference="K-17")
    other = await shop.add("De Wit")
    await shop.customers.add("T2", a_customer(reference="K-17"), by=NOOR)
    with pytest.raises(ReferenceTaken):
        await shop.add("De Wit", reference="K-17")
    with pytest.raises(ReferenceTaken):
        await shop.customers.change(T1, other, a_customer("De Wit", reference="K-17"), by=NOOR, seen_version=1)
    known = await shop.many.known_by(T1, ["K-17", "K-18"])
    assert {reference: card.id for reference, card in known.items()} == {"K-17": added}


async def test_two_who_change_a_card_at_once_do_not_undo_each_other(shop: Shop) -> None:
    added = await shop.add()
    first, second = a_customer(note="belt graag"), a_customer(note="belt liever niet")
    await shop.customers.change(T1, added, first, by=NOOR, seen_version=1)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        await shop.customers.change(T1, added, second, by=DAAN, seen_version=1)
    assert meanwhile.value.by == NOOR
    await shop.customers.change(T1, added, first, by=DAAN, seen_version=1)
    card = await shop.customers.card(T1, added, by=NOOR)
    assert (card.details.note, card.version, card.changed_by) == ("belt graag", 2, NOOR)


async def test_who_is_renamed_is_found_by_the_new_name_alone(shop: Shop) -> None:
    added = await shop.add("A. Jansen")
    await shop.customers.change(T1, added, a_customer("A. de Wit"), by=NOOR, seen_version=1)
    assert (await shop.found("jansen"), await shop.found("wit")) == ([], ["A. de Wit"])


async def test_of_who_is_erased_nothing_is_left_but_that_it_was_done(shop: Shop) -> None:
    added = await shop.add()
    await shop.customers.erase(T1, added, by=DAAN)
    with pytest.raises(NoSuchCustomer):
        await shop.customers.card(T1, added, by=NOOR)
    assert (await shop.words(), await shop.found("jansen")) == (0, [])
    assert await shop.written_down() == [("customer_erased", DAAN, NOOR)]
    assert await shop.add() != added, "what still stands in Slack about them is about nobody else"


async def test_a_form_that_comes_twice_makes_one_card_also_at_the_same_moment(shop: Shop) -> None:
    form = {"by": NOOR, "event_key": "V1:hash"}
    at_once = await asyncio.gather(*(shop.customers.add(T1, a_customer(), **form) for _ in range(4)))
    assert len(set(at_once)) == 1
    assert await shop.customers.add(T1, a_customer(reference="K-17"), **form) == at_once[0]
    assert await shop.found("jansen") == ["Mevr. A. Jansen"]
    others = [
        await shop.customers.add(T1, a_customer(), by=NOOR, event_key="V2:hash"),
        await shop.customers.add("T2", a_customer(), **form),
        await shop.add(),
        await shop.add(),
    ]
    assert len({at_once[0], *others}) == 5


async def test_another_form_with_the_same_reference_is_still_refused(shop: Shop) -> None:
    await shop.customers.add(T1, a_customer(reference="K-17"), by=NOOR, event_key="V1:hash")
    with pytest.raises(ReferenceTaken):
        await shop.customers.add(T1, a_customer(reference="K-17"), by=NOOR, event_key="V2:hash")


async def test_when_they_were_last_spoken_to_is_not_undone_by_who_changes_the_card(shop: Shop) -> None:
    added = await shop.add()
    async with shop.database.writing() as session:
        await shop.customers.in_contact(session, T1, added, date(2026, 11, 20))
    await shop.customers.change(T1, added, a_customer(note="belt graag"), by=NOOR, seen_version=1)
    card = await shop.customers.card(T1, added, by=NOOR)
    assert (card.details.last_contact_on, card.silent_since) == (date(2026, 11, 20), date(2026, 11, 20))


# --- who sees what -----------------------------------------------------------------------------------


async def test_the_contact_and_the_team_see_a_card_and_nobody_else(shop: Shop) -> None:
    await shop.house.give(TOM, Role.ADMINISTRATOR)
    await shop.house.give(IRIS, Role.LEADERSHIP)
    added = await shop.add()
    for seen_by in (NOOR, DAAN):
        assert (await shop.customers.card(T1, added, by=seen_by)).id == added
        assert await shop.found("jansen", seen_by) == ["Mevr. A. Jansen"]
    for other in (TOM, IRIS):
        assert await shop.found("jansen", other) == []
        for refused in (
            shop.customers.card(T1, added, by=other),
            shop.customers.change(T1, added, a_customer("X"), by=other, seen_version=1),
            shop.customers.erase(T1, added, by=other),
        ):
            with pytest.raises(NotTheirCustomer):
                await refused


async def test_a_customer_without_a_team_is_seen_by_the_contact_alone(shop: Shop) -> None:
    added = await shop.add(channel_id=None)
    with pytest.raises(NotTheirCustomer):
        await shop.customers.card(T1, added, by=DAAN)
    assert (await shop.found("jansen", DAAN), await shop.found("jansen")) == ([], ["Mevr. A. Jansen"])


async def test_who_leaves_the_team_sees_its_customers_no_more(shop: Shop) -> None:
    added = await shop.add()
    await shop.house.teams.leaves(T1, "C1", DAAN)
    with pytest.raises(NotTheirCustomer):
        await shop.customers.card(T1, added, by=DAAN)


async def test_each_look_at_a_card_of_another_is_written_down(shop: Shop) -> None:
    added = await shop.add()
    await shop.customers.card(T1, added, by=NOOR)
    assert await shop.written_down() == []
    await shop.customers.card(T1, added, by=DAAN)
    await shop.customers.card(T1, added, by=DAAN)
    assert await shop.written_down() == [("customer_seen", DAAN, NOOR)] * 2


async def test_workspaces_never_see_each_others_customers(shop: Shop) -> None:
    added = await shop.add(birthday=DayOfYear(11, 25))
    today = shop.clock.now().date()
    assert await shop.customers.find("T2", "jansen", by=NOOR) == []
    assert await shop.birthdays(today, 7, "T2") == []
    assert await shop.silent(date(2030, 1, 1), "T2") == []
    for refused in (
        shop.customers.card("T2", added, by=NOOR),
        shop.customers.change("T2", added, a_customer("X"), by=NOOR, seen_version=1),
        shop.customers.erase("T2", added, by=NOOR),
    ):
        with pytest.raises(NoSuchCustomer):
            await refused


# --- finding -----------------------------------------------------------------------------------------


async def test_own_customers_come_first_and_then_by_name(shop: Shop) -> None:
    await shop.add("Anna de Wit", contact_id=DAAN)
    await shop.add("Zoë de Wit")
    await shop.add("Bert de Wit")
    await shop.add("Cor Wit", contact_id=IRIS, channel_id=C2)
    assert await shop.found("wit") == ["Bert de Wit", "Zoë de Wit", "Anna de Wit"]
    assert await shop.found("wit", DAAN) == ["Anna de Wit", "Bert de Wit", "Zoë de Wit"]
    assert await shop.found("wit", limit=2) == ["Bert de Wit", "Zoë de Wit"]


async def test_all_typed_words_must_match_in_any_order(shop: Shop) -> None:
    for name in ("Ayşe Özdemir", "Anna van der Berg", "J. de Vries", "K. de Vries"):
        await shop.add(name)
    assert await shop.found("ozdem ay") == ["Ayşe Özdemir"]
    assert await shop.found("berg anna") == ["Anna van der Berg"]
    assert await shop.found("anna ozdemir") == []
    assert await shop.found("j de vries") == ["J. de Vries"]
    assert await shop.found("a") == await shop.found("") == []


async def test_the_same_name_is_found_among_hundreds_of_that_surname_and_the_nearest_comes_first(shop: Shop) -> None:
    others = (f"{first}{then}. de Vries" for first in "abcdefghi" for then in "klmnopqrstuvwxyzabcdefghij")
    await all_of(shop.many.add(T1, [a_customer(name) for name in others], by=NOOR))
    for name in ("J. de Vries", "J. de Vreis", "Bo Li", "J. K."):
        await shop.add(name)

    async def alike(name: str) -> list[str]:
        return [one.name for one in await shop.customers.alike(T1, name, by=NOOR, event_key="V1:hash")]

    assert await alike("J. de Vries") == ["J. de Vries", "J. de Vreis"]
    assert (await alike("bo li"), await alike("J K"), await alike("Bo Lo")) == (["Bo Li"], ["J. K."], [])


async def test_ones_own_customers_come_with_the_one_that_was_changed_last_first(shop: Shop) -> None:
    first = await shop.add("First")
    await shop.add("Daan's", contact_id=DAAN)
    shop.clock.move(timedelta(minutes=1))
    await shop.add("Second")
    await shop.add("Third", reference="K-17")
    shop.clock.move(timedelta(minutes=1))
    await shop.customers.change(T1, first, a_customer("First", note="belt graag"), by=DAAN, seen_version=1)
    own = await shop.customers.own(T1, by=NOOR)
    assert [(one.name, one.reference, one.is_own) for one in own] == [
        ("First", None, True),
        ("Third", "K-17", True),
        ("Second", None, True),
    ]
    assert [one.name for one in await shop.customers.own(T1, by=NOOR, limit=1)] == ["First"]
    assert await shop.customers.own("T2", by=NOOR) == []


# --- what is coming, and who was not heard of --------------------------------------------------------


async def test_birthdays_of_the_coming_days_come_in_their_order(shop: Shop) -> None:
    await shop.add("On the 26th", birthday=DayOfYear(11, 26))
    await shop.add("On the 24th", birthday=DayOfYear(11, 24), contact_id=DAAN)
    await shop.add("On 1 December", birthday=DayOfYear(12, 1))
    coming = await shop.birthdays(date(2026, 11, 24), 8)
    assert [(one.name, one.on.day, one.years) for one in coming] == [
        ("On the 26th", 26, None),
        ("On 1 December", 1, None),
    ]
    assert await shop.birthdays(date(2026, 11, 27), 4) == []
    of_daan = await shop.birthdays(date(2026, 11, 24), 7, contact=DAAN)
    assert [one.name for one in of_daan] == ["On the 24th"]


async def test_an_anniversary_says_how_many_years_and_begins_after_one(shop: Shop) -> None:
    await shop.add("Seven years", customer_since=date(2019, 11, 26))
    await shop.add("Today", customer_since=date(2026, 11, 24))
    coming = await shop.anniversaries(date(2026, 11, 24), 7)
    assert [(one.name, one.years) for one in coming] == [("Seven years", 7)]


async def test_who_was_never_heard_of_is_silent_since_their_card_was_made(shop: Shop) -> None:
    today = shop.clock.now().date()
    never = await shop.add("Never")
    await shop.add("Long ago", last_contact_on=date(2026, 1, 5))
    await shop.add("Of Daan", last_contact_on=date(2026, 1, 4), contact_id=DAAN)
    silent = await shop.silent(today + timedelta(days=1))
    assert [(one.name, one.since) for one in silent] == [("Long ago", date(2026, 1, 5)), ("Never", today)]
    assert [one.name for one in await shop.silent(today)] == ["Long ago"]
    assert [one.name for one in await shop.silent(today + timedelta(days=1), limit=1)] == ["Long ago"]
    for on in (today + timedelta(days=3), today):
        async with shop.database.writing() as session:
            await shop.customers.in_contact(session, T1, never, on)
    card = await shop.customers.card(T1, never, by=NOOR)
    assert card.details.last_contact_on == today + timedelta(days=3)
    assert [one.name for one in await shop.silent(today + timedelta(days=3))] == ["Long ago"]


async def test_a_card_that_is_changed_keeps_its_day_of_silence(shop: Shop) -> None:
    today = shop.clock.now().date()
    added = await shop.add()
    shop.clock.move(timedelta(days=30))
    await shop.customers.change(T1, added, replace(a_customer(), note="belt graag"), by=NOOR, seen_version=1)
    assert [one.since for one in await shop.silent(date(2030, 1, 1))] == [today]
