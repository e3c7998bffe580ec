"""Many customers at once, and all of them under another blind key."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import event, text

from bot.customers.many import AT_ONCE, Added, Indexed
from bot.customers.rules import DayOfYear, Details
from bot.customers.service import MayNotBeKept
from bot.kit.encryption import new_key
from tests.customers.shop import NOOR, Shop, a_customer, all_of
from tests.teams.plans import T1


def many(n: int) -> Iterator[Details]:
    for number in range(n):
        yield a_customer(f"Klant Nummer{number}", reference=f"K-{number}" if number % 2 else None)


async def test_many_are_added_in_chunks_and_each_is_found(shop: Shop) -> None:
    added = await all_of(shop.many.add(T1, many(AT_ONCE + 3), by=NOOR))
    assert added == [Added(AT_ONCE, 0), Added(3, 0)]
    assert await shop.found(f"nummer{AT_ONCE + 2}") == [f"Klant Nummer{AT_ONCE + 2}"]
    if not shop.database.is_sqlite:  # which by then knows how many there are, or it would go through all for each chunk
        async with shop.database.reading() as session:
            counted = await session.scalar(text("select reltuples from pg_class where relname = 'customers'"))
        assert counted >= AT_ONCE


async def test_who_has_a_known_reference_is_left_alone(shop: Shop) -> None:
    cards = [
        a_customer("De Wit", reference="K-1"),
        a_customer("Bos", reference="K-2"),
        a_customer("Vos", reference="K-2"),
    ]
    await shop.add("Jansen", reference="K-1")
    assert await all_of(shop.many.add(T1, cards, by=NOOR)) == [Added(1, 2)]
    assert await all_of(shop.many.add(T1, cards, by=NOOR)) == [Added(0, 3)]
    assert [await shop.found(typed) for typed in ("jansen", "wit", "bos", "vos")] == [["Jansen"], [], ["Bos"], []]


async def test_a_chunk_with_what_may_not_be_kept_is_not_written(shop: Shop) -> None:
    with pytest.raises(MayNotBeKept):
        await all_of(shop.many.add(T1, [a_customer(), a_customer(note="is moslim")], by=NOOR))
    assert await shop.words() == 0


async def test_many_need_no_statement_for_each(shop: Shop) -> None:
    def statements_for(n: int) -> list[str]:
        return [statement for statement in statements if "insert" in statement.lower()][:n]

    statements: list[str] = []
    engine = shop.database._writer.sync_engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_more: statements.append(statement))
    await all_of(shop.many.add(T1, many(400), by=NOOR))
    assert len(statements_for(100)) <= 6


async def test_many_are_changed_and_those_that_are_the_same_are_not(shop: Shop) -> None:
    one, other = await shop.add("Anna de Wit"), await shop.add("Bert Bos")
    changes = [
        (one, a_customer("Anna de Wit")),
        (other, a_customer("Bert Vos", note="belt graag")),
        (404, a_customer()),
    ]
    assert await all_of(shop.many.change(T1, changes, by=NOOR)) == [1]
    assert (await shop.found("bos"), await shop.found("vos")) == ([], ["Bert Vos"])
    card = await shop.customers.card(T1, other, by=NOOR)
    assert (card.details.note, card.version) == ("belt graag", 2)


async def test_when_the_oldest_key_was_dropped_all_are_found_after_they_are_indexed_anew(shop: Shop) -> None:
    await shop.add("Anna de Wit", reference="K-1", birthday=DayOfYear(11, 25))
    await shop.customers.add("T2", a_customer("Bert Bos"), by=NOOR)
    again = Shop(shop.database, shop.clock, new_key())
    assert await again.found("wit") == []
    words = await shop.words()
    for _twice in range(2):
        assert await all_of(again.many.index_anew(T1)) == [Indexed(1, second=0)]
    assert (await again.found("wit"), await again.words()) == (["Anna de Wit"], words)
    assert list(await again.many.known_by(T1, ["K-1"])) == ["K-1"]
    coming = await again.birthdays(shop.clock.now().date(), 7)
    assert [one.name for one in coming] == ["Anna de Wit"]
    [elsewhere] = await shop.customers.find("T2", "bos", by=NOOR)
    assert elsewhere.name == "Bert Bos"


async def test_broken_off_the_words_of_those_that_are_still_to_come_are_there_as_they_were(shop: Shop) -> None:
    await all_of(shop.many.add(T1, many(AT_ONCE + 3), by=NOOR))
    words, again = await shop.words(), Shop(shop.database, shop.clock, new_key())
    chunks = again.many.index_anew(T1)
    assert await anext(chunks) == Indexed(AT_ONCE, second=0)
    await chunks.aclose()
    assert (await again.found("nummer777"), await shop.found("nummer777")) == (["Klant Nummer777"], [])
    last = f"nummer{AT_ONCE + 2}"
    assert (await again.found(last), await shop.found(last)) == ([], [f"Klant Nummer{AT_ONCE + 2}"])
    assert await all_of(again.many.index_anew(T1)) == [Indexed(AT_ONCE, 0), Indexed(3, 0)]
    assert (await again.found(last), await again.words()) == ([f"Klant Nummer{AT_ONCE + 2}"], words)


async def test_cards_can_be_changed_made_and_erased_while_all_are_indexed_anew(shop: Shop) -> None:
    ids = [await shop.add(f"Klant Nummer{n}") for n in range(12)]
    again = Shop(shop.database, shop.clock, new_key())

    async def change(customer_id: int) -> None:
        changed = a_customer(f"Gast Nummer{customer_id}")
        await again.customers.change(T1, customer_id, changed, by=NOOR, seen_version=1)

    await asyncio.gather(
        all_of(again.many.index_anew(T1)),
        *(change(customer_id) for customer_id in reversed(ids[:8])),
        *(again.customers.erase(T1, customer_id, by=NOOR) for customer_id in ids[8:]),
        again.add("Anna Verwey"),
    )
    assert len(await again.found("gast")) == 8
    assert (await again.found("klant"), await again.found("verwey")) == ([], ["Anna Verwey"])


async def test_nothing_is_left_of_whom_was_erased_before_all_were_indexed_anew(shop: Shop) -> None:
    await shop.add("Anna de Wit")
    words, gone = await shop.words(), await shop.add("Bert Bos")
    again = Shop(shop.database, shop.clock, new_key())
    await again.customers.erase(T1, gone, by=NOOR)
    await all_of(again.many.index_anew(T1))
    assert await again.words() == words


async def test_of_those_that_were_brought_in_again_meanwhile_the_first_keeps_the_reference(shop: Shop) -> None:
    first = await shop.add("Anna de Wit", reference="K-1")
    await shop.add("Bert Bos", reference="K-2")
    again = Shop(shop.database, shop.clock, new_key())
    await again.add("Anna de Wit", reference="K-1")
    for _twice in range(2):
        assert await all_of(again.many.index_anew(T1)) == [Indexed(3, second=1)]
    known = await again.many.known_by(T1, ["K-1", "K-2"])
    assert known["K-1"].id == first
    assert len(known) == 2


async def test_the_first_keeps_the_reference_in_whichever_chunk_the_second_is(shop: Shop) -> None:
    first = await shop.add("Anna de Wit", reference="K-1000000")
    await all_of(shop.many.add(T1, many(AT_ONCE), by=NOOR))
    again = Shop(shop.database, shop.clock, new_key())
    await again.add("Anna de Wit", reference="K-1000000")
    for _twice in range(2):
        assert await all_of(again.many.index_anew(T1)) == [Indexed(AT_ONCE, 0), Indexed(2, second=1)]
    assert (await again.many.known_by(T1, ["K-1000000"]))["K-1000000"].id == first
