"""What a bot asks of its database while there is nothing to do: nobody says anything, and nothing is to be told.

Counted are the statements that read or write (`counted`), over half a minute that begins some seconds after the
start. Nobody asks after /readyz or /metrics meanwhile: each time costs a statement or some more of its own.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL

from benchmarks import table
from benchmarks.processes import DidNotStart, House, free_port, settings_of
from benchmarks.table import Row
from tests import postgres

SETTLED, WATCHED = 5.0, 30.0
"""Seconds after the start until it is watched, and for how long."""

A_SECOND = 1.0
"""Statements, at most."""


def rows(house: House) -> Iterator[Row]:
    with house.slack() as slack:
        yield _row("SQLite", _measured(house, slack, None))
        with postgres.server() as server:
            for how, name in ((), "PostgreSQL"), (("--worker-only",), "PostgreSQL, --worker-only"):
                with postgres.database(server, f"idling_{len(how)}") as url:
                    yield _row(name, _measured(house, slack, url, *how))


def _row(name: str, measured: float) -> Row:
    return table.at_most(f"queries of an idle bot, {name}", measured, A_SECOND, "/s")


def _measured(house: House, slack: int, url: URL | None, *how: str) -> float:
    """Statements a second. `url`: None for a file."""
    port, database = free_port(), house.folder / f"idling_{free_port()}"
    counted = database.with_suffix(".statements")
    settings = settings_of(port, slack, database.with_suffix(".db")) | {"ACHT_EMBEDDINGS": "false"}
    if url is not None:
        settings["DATABASE_URL"] = url.render_as_string(hide_password=False)
    with house.running(
        "-m", "benchmarks.counted", str(counted), "run", *how, port=port, path="/readyz", **settings
    ) as acht:
        time.sleep(SETTLED)
        start = time.time()
        time.sleep(WATCHED)
        end = time.time()
        if acht.poll() is not None:
            raise DidNotStart("the bot was to idle, and ended")
    return sum(start <= moment < end for moment in _moments(counted)) / WATCHED


def _moments(counted: Path) -> list[float]:
    return [float(line) for line in counted.read_text(encoding="ascii").splitlines()]
