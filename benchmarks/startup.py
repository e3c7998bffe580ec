"""From nothing to ready, and what it holds in memory then: against a process that only imports Bolt and SQLAlchemy."""

import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import processes, table
from benchmarks.processes import DidNotStart, House, free_port, settings_of
from benchmarks.table import Row

ROUNDS = 7
LIMIT = 2
BARE = "import sys, slack_bolt.async_app, sqlalchemy.ext.asyncio; print('ready', flush=True); sys.stdin.read()"

Start = tuple[float, float]
"""Seconds until ready, and MB of memory then."""


def rows(house: House, learned: Path) -> Iterator[Row]:
    """`learned`: a database that is migrated and holds the vectors of the plays already."""
    with house.slack() as slack:
        bare, by_words, embeddings = _in_turn(house, slack, learned)
        for name, ours in (("embeddings off", by_words), ("embeddings on", embeddings)):
            yield table.at_most_times(f"start to ready, {name}", ours[0], bare[0], LIMIT, "s")
            yield table.at_most_times(f"memory when ready, {name}", ours[1], bare[1], LIMIT, "MB")
        loaded = _modules_at_start(house, slack, learned)
    heavy = sum(module.partition(".")[0] == "openai" for module in loaded)
    yield table.at_most("modules of openai loaded at the start, with a key set", heavy, 0)


def bare_memory(house: House) -> float:
    return statistics.median(_bare(house)[1] for _ in range(3))


def _in_turn(house: House, slack: int, learned: Path) -> tuple[Start, Start, Start]:
    """Bare, ours by words, ours with embeddings: the medians of all rounds but the first, which writes the bytecode."""
    measured = [
        (_bare(house), _ours(house, slack, learned, "false"), _ours(house, slack, learned, "true"))
        for _ in range(ROUNDS + 1)
    ][1:]
    bare, by_words, embeddings = (
        (statistics.median(seconds for seconds, _ in starts), statistics.median(memory for _, memory in starts))
        for starts in zip(*measured, strict=True)
    )
    return bare, by_words, embeddings


def _bare(house: House) -> Start:
    start = time.perf_counter()
    piped = subprocess.PIPE
    with subprocess.Popen(**house.python("-c", BARE), stdin=piped, stdout=piped) as process:
        assert process.stdout
        if process.stdout.readline() != b"ready\n":
            raise DidNotStart("the bare imports")
        return time.perf_counter() - start, processes.memory(process)


def _ours(house: House, slack: int, database: Path, embeddings: str) -> Start:
    start = time.perf_counter()
    with house.acht(free_port(), slack, database, ACHT_EMBEDDINGS=embeddings) as process:
        seconds = time.perf_counter() - start
        time.sleep(0.5)  # what begins in the background when it is ready counts as memory too
        return seconds, processes.memory(process)


def _modules_at_start(house: House, slack: int, database: Path) -> list[str]:
    """What a start with a language model configured imports: the interpreter's own account."""
    port = free_port()
    settings = settings_of(port, slack, database) | {
        "OPENAI_API_KEY": "sk-benchmark",
        "OPENAI_BASE_URL": "http://127.0.0.1:9",
    }
    with house.running("-X", "importtime", "-m", "bot", "run", port=port, path="/readyz", **settings):
        time.sleep(0.5)
    lines = (house.folder / "log").read_text().splitlines()
    return [line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")]
