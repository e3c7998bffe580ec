"""What a contact reads beside what goes on for a customer for whom there is something already."""

from datetime import timedelta

import pytest

from bot.home.arranged import Arranged
from bot.kit import i18n
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.i18n import Language
from bot.moments.rules import Coming
from bot.trade import Occasion
from tests.customers.shop import NOOR
from tests.gestures.counter import Counter
from tests.stand_ins.clock import NOON
from tests.teams.plans import T1


@pytest.mark.parametrize(("days_ago", "is_in_the_way"), [(1, False), (0, True)])
async def test_what_was_given_is_said_beside_its_own_occasion_and_hinders_no_question_how_it_is_now(
    database: Database, days_ago: int, is_in_the_way: bool
) -> None:
    counter = Counter(database, HeldClock(NOON))
    await counter.open()
    customer = await counter.add()
    await counter.given(customer, occasion=Occasion.BIRTHDAY)
    counter.clock.move(timedelta(days=days_ago))
    await counter.put_right(await counter.goes_wrong(customer))
    occasions = (Occasion.BIRTHDAY, Occasion.MOVING, Occasion.PUT_RIGHT)
    days = {"falls_on": counter.today, "was_on": counter.today}
    coming = [Coming(customer_id=customer, name="A", occasion=each, **days) for each in occasions]
    _ = i18n.dictionary()[Language.EN]
    async with database.reading() as session:
        arranged = Arranged(counter.cases, counter.gestures).of
        found = await arranged(session, T1, coming, by=NOOR, today=counter.today, _=_)
    assert found[customer, Occasion.BIRTHDAY].startswith("done ")
    assert found[customer, Occasion.MOVING].startswith("again from ")
    assert ((customer, Occasion.PUT_RIGHT) in found) is is_in_the_way
