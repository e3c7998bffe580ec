"""Does the search find a fitting play? Share with an acceptable play at 1 and at 3, and how many outside questions fit.

Questions and labels were written before anything was measured; `questions_dev.yaml` is for tuning, `questions.yaml`
is what is reported.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks import payloads, table
from benchmarks.table import Row
from bot.coaching import playbooks
from bot.coaching.search import PlaySearch, Search
from bot.kit.database import Database
from bot.kit.embedding.embedder import LocalEmbedder
from bot.kit.encryption import Keyring
from bot.kit.i18n import Language
from bot.kit.migrate import migrate

HERE = Path(__file__).parent
AIM_AT_1, AIM_AT_3 = 0.75, 0.92


@dataclass(frozen=True)
class Quality:
    at_1: float
    at_3: float
    answered: float
    """Share of the questions for which the best play was said to fit."""
    outside_refused: float
    """Share of the questions from outside the trade for which no play was said to fit."""
    median_ms: float
    by_language: dict[str, tuple[float, float]]


async def rows(learned: Path) -> list[Row]:
    """By words and with embeddings. `learned`: where the database with the plays' vectors is made."""
    search = PlaySearch(playbooks.load())
    told = list(_told("by words", await measure(search), 5))
    database = Database(f"sqlite+aiosqlite:///{learned}", Keyring([payloads.KEY]))
    try:
        await migrate(database.url)
        if LocalEmbedder.is_here():
            await search.learn(LocalEmbedder(), database)
    finally:
        await database.close()
    if not search.understands_meaning:
        return [*told, Row("retrieval, with embeddings", "they cannot be loaded on this machine")]
    await measure(search)  # the model warms up
    return [*told, *_told("with embeddings", await measure(search), 40)]


def _told(how: str, quality: Quality, limit_ms: float) -> Iterator[Row]:
    yield table.at_most(f"retrieval {how}, a question, median", quality.median_ms, limit_ms, "ms")
    yield table.at_least(f"retrieval {how}, a fitting play at 1", quality.at_1, AIM_AT_1)
    yield table.at_least(f"retrieval {how}, a fitting play at 3", quality.at_3, AIM_AT_3)
    for language, (at_1, at_3) in quality.by_language.items():
        yield Row(f"  in {language}, at 1 and at 3", f"{at_1:.2f}  {at_3:.2f}")
    yield table.shown("  said to fit, of the questions that have an answer", quality.answered)
    yield table.shown("  said not to fit, of those from outside the trade", quality.outside_refused)


def questions(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


async def measure(search: Search, name: str = "questions") -> Quality:
    given = questions(name)
    rows: list[tuple[str, bool, bool, bool]] = []
    times: list[float] = []
    for question in given["questions"]:
        start = time.perf_counter()
        hits = await search.find(question["ask"], Language(question["language"]))
        times.append((time.perf_counter() - start) * 1000)
        found = [hit.play_id in question["plays"] for hit in hits[:3]] or [False]
        rows.append((question["language"], found[0], any(found), bool(hits) and hits[0].fits))
    refused: list[bool] = []
    for question in given["outside"]:
        hits = await search.find(question["ask"], Language(question["language"]))
        refused.append(not hits or not hits[0].fits)
    return Quality(
        at_1=_share([row[1] for row in rows]),
        at_3=_share([row[2] for row in rows]),
        answered=_share([row[3] for row in rows]),
        outside_refused=_share(refused),
        median_ms=statistics.median(times),
        by_language={
            language: (
                _share([r[1] for r in rows if r[0] == language]),
                _share([r[2] for r in rows if r[0] == language]),
            )
            for language in Language
        },
    )


def _share(found: list[bool]) -> float:
    return sum(found) / len(found)
