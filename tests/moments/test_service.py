"""What a colleague notes of a customer, who may, and what comes of it for the contact."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.customers.rules import DayOfYear
from bot.customers.service import MayNotBeKept, NoSuchCustomer, NotTheirCustomer
from bot.moments.rules import MOST_TO_CALL_OFF, Mistake
from bot.moments.service import NoSuchMoment, NotAMoment
from bot.trade import Occasion, Wish
from tests.customers.shop import DAAN, IRIS, NOOR
from tests.moments.florist import Florist
from tests.teams.plans import T1

DAY = timedelta(days=1)


async def test_what_a_colleague_notes_makes_a_gesture_fit(florist: Florist) -> None:
    added = await florist.add()
    moving = florist.today + 3 * DAY
    await florist.note(added, "moving", moving, by=DAAN, about=" the  new\nflat ", their_words="finally a garden")
    [moment] = await florist.now(added)
    assert (moment.occasion, moment.falls_on) == (Occasion.MOVING, moving)
    assert (moment.about, moment.their_words) == ("the new flat", "finally a garden")


async def test_the_same_moment_once_more_only_adds_what_was_said(florist: Florist) -> None:
    added = await florist.add()
    for said in ({"about": "the new flat"}, {}, {"their_words": "finally"}, {"their_words": "finally a garden"}):
        await florist.note(added, "moving", florist.today, **said)
    [moment] = await florist.now(added)
    assert (moment.about, moment.their_words) == ("the new flat", "finally a garden")


async def test_who_told_it_themselves_was_in_contact(florist: Florist) -> None:
    added = await florist.add(last_contact_on=date(2026, 1, 5))
    await florist.note(added, "after-purchase", florist.today)
    assert [moment.occasion for moment in await florist.now(added)] == [Occasion.NOT_FORGOTTEN]
    await florist.note(added, "after-purchase", florist.today, their_words="it rides like a dream")
    assert await florist.now(added) == []


async def test_only_who_may_see_the_card_notes_and_forgets(florist: Florist) -> None:
    added = await florist.add()
    with pytest.raises(NotTheirCustomer):
        await florist.note(added, "moving", florist.today, by=IRIS)
    with pytest.raises(NoSuchCustomer):
        await florist.note(added + 1, "moving", florist.today)
    await florist.note(added, "moving", florist.today)
    [moment] = await florist.now(added)
    assert moment.noted_id is not None
    with pytest.raises(NotTheirCustomer):
        await florist.moments.forget(T1, moment.noted_id, by=IRIS)
    await florist.moments.forget("T2", moment.noted_id, by=NOOR)
    assert await florist.now(added) == [moment]
    for _twice in range(2):
        await florist.moments.forget(T1, moment.noted_id, by=DAAN)
    assert await florist.now(added) == []


async def test_what_is_wrong_or_may_not_be_kept_is_refused(florist: Florist) -> None:
    added = await florist.add()
    for unknown in ("our-open-day", "holiday-season", "put-right"):
        with pytest.raises(NoSuchMoment):
            await florist.note(added, unknown, florist.today)
    with pytest.raises(NotAMoment) as wrong:
        await florist.note(added, "moving", florist.today + 800 * DAY, about="x" * 90)
    assert wrong.value.mistakes == [Mistake.FAR_AWAY, Mistake.ABOUT_TOO_LONG]
    with pytest.raises(MayNotBeKept) as may_not:
        await florist.note(added, "moving", florist.today, their_words="because of my diabetes")
    assert list(may_not.value.findings) == ["their_words"]
    assert (await florist.on_card(added)).others == []


async def test_what_was_said_can_be_read_only_with_a_key_and_goes_with_the_card(florist: Florist) -> None:
    added = await florist.add()
    await florist.note(added, "moving", florist.today, about="the new flat", their_words="finally a garden")
    async with florist.database.reading() as session:
        kept = str((await session.execute(text("select * from noted_moments"))).all())
    assert not [word for word in ("flat", "garden") if word in kept]
    await florist.customers.erase(T1, added, by=NOOR)
    async with florist.database.reading() as session:
        assert (await session.execute(text("select count(*) from noted_moments"))).scalar() == 0


async def test_the_card_shows_what_is_near_and_beside_it_what_is_not(florist: Florist) -> None:
    added = await florist.add(birthday=DayOfYear.of(florist.today))
    await florist.note(added, "after-purchase", florist.today, about="the bicycle")
    seen = await florist.on_card(added, by=DAAN)
    assert [moment.occasion for moment in seen.now] == [Occasion.BIRTHDAY]
    assert [(one.moment_id, one.about) for one in seen.others] == [("after-purchase", "the bicycle")]


async def test_when_a_case_is_closed_it_is_asked_how_it_is(florist: Florist) -> None:
    added = await florist.add()
    case_id = await florist.cases.open(T1, added, "the vase was broken", by=NOOR)
    assert await florist.now(added) == []
    await florist.cases.close(T1, case_id, by=NOOR, on=florist.today)
    assert [moment.occasion for moment in await florist.now(added)] == [Occasion.PUT_RIGHT]
    assert await florist.coming() == []
    florist.clock.move(7 * DAY)
    [coming] = await florist.coming()
    assert (coming.occasion, coming.falls_on) == (Occasion.PUT_RIGHT, florist.today)
    await florist.cases.open(T1, added, "and the next one too", by=NOOR)
    assert await florist.coming() == []


async def test_of_several_cases_the_one_that_was_closed_last_is_asked_about(florist: Florist) -> None:
    added = await florist.add()
    first = await florist.cases.open(T1, added, "the vase was broken", by=NOOR)
    await florist.cases.close(T1, first, by=NOOR, on=florist.today)
    florist.clock.move(5 * DAY)
    second = await florist.cases.open(T1, added, "and the next one too", by=NOOR)
    await florist.cases.close(T1, second, by=NOOR, on=florist.today)
    florist.clock.move(2 * DAY)
    assert await florist.coming() == [], "a week after the first there has been another"
    florist.clock.move(5 * DAY)
    [coming] = await florist.coming()
    assert (coming.occasion, coming.falls_on) == (Occasion.PUT_RIGHT, florist.today)


async def test_the_button_of_what_was_taken_off_the_card_takes_nothing_else_off(florist: Florist) -> None:
    added = await florist.add()
    await florist.note(added, "moving", florist.today)
    [first] = await florist.now(added)
    assert first.noted_id is not None
    await florist.moments.forget(T1, first.noted_id, by=NOOR)
    await florist.note(added, "wedding", florist.today)
    await florist.moments.forget(T1, first.noted_id, by=NOOR)
    assert [moment.occasion for moment in await florist.now(added)] == [Occasion.WEDDING]


async def test_of_what_is_not_so_after_all_the_newest_comes_first_and_what_is_long_gone_does_not(
    florist: Florist,
) -> None:
    today, asked = florist.today, MOST_TO_CALL_OFF
    added, of_daan = await florist.add("Ann"), await florist.add("Of Daan", contact_id=DAAN)
    days = [today - 500 * DAY, *(today + n * DAY for n in range(-2, asked - 1))]
    for day in days:
        await florist.note(added, "moving", day)
    await florist.note(of_daan, "moving", today, by=DAAN)
    await florist.note(added, "wedding", today)
    for whose in ([added], NOOR):
        found = await florist.moments.noted_of(T1, "moving", whose, today)
        newest_first = sorted(days, reverse=True)[:asked]
        assert [(name, one.day) for name, one in found.shown] == [("Ann", day) for day in newest_first]
        assert found.more == 1
    [(name, _one)] = (await florist.moments.noted_of(T1, "moving", [of_daan], today)).shown
    assert name == "Of Daan"
    assert (await florist.moments.noted_of("T2", "moving", [added], today)).in_all == 0


async def test_the_contact_sees_what_is_coming_soonest_first_and_only_of_their_own(florist: Florist) -> None:
    today = florist.today
    await florist.add("Birthday", birthday=DayOfYear.of(today + 6 * DAY))
    await florist.add("Sunday", birthday=DayOfYear.of(today - 2 * DAY))
    await florist.add("Too late", birthday=DayOfYear.of(today + 7 * DAY))
    await florist.add("Of Daan", birthday=DayOfYear.of(today), contact_id=DAAN)
    await florist.add("Seven years", customer_since=(today + DAY).replace(year=today.year - 7))
    moving = await florist.add("Moving")
    await florist.note(moving, "moving", today + 14 * DAY, by=DAAN, about="the new flat")
    await florist.note(moving, "new-job", today + 30 * DAY)
    bought = await florist.add("Bought")
    await florist.note(bought, "after-purchase", today - 88 * DAY)
    coming = await florist.coming()
    assert [(one.name, one.occasion, one.falls_on, one.years, one.about) for one in coming] == [
        ("Sunday", Occasion.BIRTHDAY, today - 2 * DAY, None, None),
        ("Seven years", Occasion.ANNIVERSARY, today + DAY, 7, None),
        ("Bought", Occasion.AFTER_PURCHASE, today + 2 * DAY, None, None),
        ("Birthday", Occasion.BIRTHDAY, today + 6 * DAY, None, None),
        ("Moving", Occasion.MOVING, today + 14 * DAY, None, "the new flat"),
    ]
    assert coming[2].was_on == today - 88 * DAY, "what is looked back on has a day of its own"
    assert [one.name for one in await florist.coming(DAAN)] == ["Of Daan"]
    assert await florist.coming(IRIS) == []


async def test_after_the_dates_come_the_silent_and_who_wants_to_hear_first(florist: Florist) -> None:
    for n in range(5):
        await florist.add(f"Silent {n}", last_contact_on=date(2026, 1, 1 + n))
    await florist.add("Wants less", last_contact_on=florist.today - 200 * DAY, wish=Wish.LESS)
    first = await florist.add("First", wish=Wish.TOLD_FIRST)
    coming = await florist.coming()
    assert [(one.name, one.occasion) for one in coming] == [
        ("Silent 0", Occasion.NOT_FORGOTTEN),
        ("Silent 1", Occasion.NOT_FORGOTTEN),
        ("Silent 2", Occasion.NOT_FORGOTTEN),
        ("First", Occasion.TOLD_FIRST),
    ]
    assert coming[0].silent_since == date(2026, 1, 1)
    assert coming[-1].customer_id == first
