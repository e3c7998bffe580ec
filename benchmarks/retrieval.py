"""Does the search find a fitting play? Share with an acceptable play at 1 and at 3, and how many outside questions fit.

Questions and labels were written before anything was measured; `questions_dev.yaml` is for tuning, `questions.yaml`
is what is reported.
"""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.coaching.search import Search
from bot.kit.i18n import Language

HERE = Path(__file__).parent


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
