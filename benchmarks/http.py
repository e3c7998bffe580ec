"""Requests over HTTP against bare Bolt: `/acht help`, and a question that is saved and acknowledged.

Ours and bare Bolt are measured in turn, several times over, so that what else the machine does meets both;
of each the median of the rounds is told.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import table
from benchmarks.processes import House, free_port
from benchmarks.table import Row

ROUNDS = 5
AT_ONCE = 500
CONNECTIONS = 32
PAUSE = 0.1
"""Seconds between a question's acknowledgement and the next one: time to answer it, so that no two meet."""

Measure = Callable[[int], float]


def rows(house: House) -> Iterator[Row]:
    with house.slack() as slack:
        ours, bare, nothing = free_port(), free_port(), free_port()
        database = house.folder / "http.db"
        with house.acht(ours, slack, database, ACHT_EMBEDDINGS="false"), house.bare(bare, slack):

            def help_alone(port: int) -> float:
                return house.generate(port=port, what="help", requests=500, warm_up=100)["median_ms"]

            def help_together(port: int) -> float:
                job = {"requests": 3000, "connections": CONNECTIONS, "warm_up": 300}
                return house.generate(port=port, what="help", **job)["per_second"]

            def question(port: int) -> float:
                return house.generate(port=port, what="question", requests=50, warm_up=5, pause=PAUSE)["median_ms"]

            def question_after_question(port: int) -> float:
                measured = house.generate(port=port, what="question", requests=200, warm_up=20)["median_ms"]
                _until_all_are_answered(database)
                return measured

            yield table.at_most_times(
                "/acht help, one connection, median", *_in_turn(help_alone, ours, bare), 1.5, "ms"
            )
            our_most, bare_most = _in_turn(help_together, ours, bare)
            yield table.at_least_times(f"/acht help, {CONNECTIONS} connections", our_most, bare_most, 0.6, "/s")
            with house.running("-m", "benchmarks.nothing", str(nothing), port=nothing, path="/"):
                most = help_together(nothing)
            yield table.at_least_times("the load generator itself, of what it must bear", most, bare_most, 2, "/s")
            yield table.at_most_times(
                "question saved, one connection, median", *_in_turn(question, ours, bare), 4, "ms"
            )
            back_to_back = _in_turn(question_after_question, ours, bare)
            yield table.beside("question saved while others are answered, back to back, median", *back_to_back, "ms")
        yield _at_once(house, slack)


def _in_turn(measure: Measure, ours: int, bare: int) -> tuple[float, float]:
    measured: dict[int, list[float]] = {ours: [], bare: []}
    for n in range(ROUNDS):
        for port in (ours, bare) if n % 2 else (bare, ours):
            measured[port].append(measure(port))
    return statistics.median(measured[ours]), statistics.median(measured[bare])


def _at_once(house: House, slack: int) -> Row:
    """Each time on a process that has just started, as after a deployment; the worst of all counts."""
    slowest: list[float] = []
    for n in range(ROUNDS):
        port = free_port()
        with house.acht(port, slack, house.folder / f"at_once_{n}.db", ACHT_EMBEDDINGS="false"):
            measured = house.generate(port=port, what="question", requests=AT_ONCE, at_once=True)
        slowest.append(measured["slowest_ms"] / 1000)
    return table.at_most(f"{AT_ONCE} questions at once, last one saved, worst of {ROUNDS}", max(slowest), 3, "s")


def _until_all_are_answered(database: Path) -> None:
    waiting = "select count(*) from questions where state in ('waiting', 'answering')"
    connection = sqlite3.connect(database)
    while connection.execute(waiting).fetchone()[0]:
        time.sleep(0.05)
    connection.close()
