"""Vectors of the bot's own content: computed once, whoever starts and how often."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from sqlalchemy import func, select

from bot.kit.database import Database
from bot.kit.embedding.embedder import EmbedderAway, Vectors
from bot.kit.embedding.store import BATCH, ContentVector, vectors_of

TEXTS = [f"text {number}" for number in range(2 * BATCH + 3)]


class Counting:
    """Turns a text into a vector that is easily told from others, and keeps what it was asked."""

    def __init__(self, name: str = "counting", *, away_after: int | None = None) -> None:
        self.name = name
        self.asked: list[list[str]] = []
        self._away_after = away_after

    async def embed(self, texts: Sequence[str]) -> Vectors:
        if self._away_after is not None and len(self.asked) >= self._away_after:
            raise EmbedderAway("away")
        self.asked.append(list(texts))
        return np.array([self.vector(text) for text in texts], dtype=np.float32)

    def vector(self, text: str) -> list[float]:
        return [len(self.name), *(float(ord(letter)) for letter in text[-2:])]

    async def close(self) -> None: ...


async def how_many(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(ContentVector)) or 0


async def test_vectors_are_computed_once_and_read_from_then_on(database: Database) -> None:
    first, second = Counting(), Counting()
    computed = await vectors_of(TEXTS, first, database)
    read = await vectors_of(TEXTS, second, database)
    assert sorted(text for batch in first.asked for text in batch) == sorted(TEXTS)
    assert second.asked == []
    assert np.array_equal(computed, read)


async def test_each_text_gets_its_own_vector_in_the_order_given_also_when_it_stands_twice(database: Database) -> None:
    embedder = Counting()
    await vectors_of(["text 3", "text 1"], embedder, database)
    texts = ["text 1", "text 2", "text 3", "text 2"]
    assert (await vectors_of(texts, embedder, database)).tolist() == [embedder.vector(text) for text in texts]
    assert embedder.asked == [["text 3", "text 1"], ["text 2"]]


async def test_they_are_computed_in_small_batches(database: Database) -> None:
    embedder = Counting()
    await vectors_of(TEXTS, embedder, database)
    assert [len(batch) for batch in embedder.asked] == [BATCH, BATCH, 3]


async def test_only_a_text_that_changed_is_computed_again(database: Database) -> None:
    embedder = Counting()
    await vectors_of(["one", "two"], embedder, database)
    await vectors_of(["one", "two!"], embedder, database)
    assert embedder.asked == [["one", "two"], ["two!"]]


async def test_vectors_of_another_embedder_are_not_used(database: Database) -> None:
    one, another = Counting("one"), Counting("another")
    await vectors_of(["a"], one, database)
    assert (await vectors_of(["a"], another, database)).tolist() == [another.vector("a")]
    assert await how_many(database) == 2


async def test_what_was_computed_before_the_embedder_went_away_is_kept(database: Database) -> None:
    with pytest.raises(EmbedderAway):
        await vectors_of(TEXTS, Counting(away_after=1), database)
    assert await how_many(database) == BATCH
    later = Counting()
    await vectors_of(TEXTS, later, database)
    assert sum(len(batch) for batch in later.asked) == len(TEXTS) - BATCH


async def test_two_that_compute_at_the_same_time_do_not_hinder_each_other(database: Database) -> None:
    both = await asyncio.gather(*(vectors_of(TEXTS, Counting(), database) for _ in range(2)))
    assert np.array_equal(both[0], both[1])
    assert await how_many(database) == len(TEXTS)
