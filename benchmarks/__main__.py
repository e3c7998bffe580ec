"""`make bench`: everything that was promised about speed and about finding, measured now, in one table.

It writes nothing but the table. `python -m benchmarks --markdown --date 2026-01-31` prints it as it stands in
docs/benchmarks.md, with the machine.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import (
    answering,
    customers,
    delivering,
    gestures,
    homes,
    http,
    idling,
    machine,
    planning,
    retrieval,
    startup,
    table,
)
from benchmarks.processes import House
from benchmarks.table import Row

SUBJECTS = [
    "http",
    "startup",
    "answering",
    "planning",
    "delivering",
    "idling",
    "homes",
    "customers",
    "gestures",
    "retrieval",
]


def bench(
    *,
    markdown: Annotated[bool, typer.Option(help="Print the table as Markdown, with the machine.")] = False,
    date: Annotated[str, typer.Option(help="The day that is written above the Markdown.")] = "",
    only: Annotated[str, typer.Option(help=f"Some of: {', '.join(SUBJECTS)}.")] = "",
) -> None:
    """Measures Acht, against bare Bolt and against cron jobs in the same run. Takes about a quarter of an hour."""
    with tempfile.TemporaryDirectory(prefix="acht-bench-") as folder:
        rows = list(_rows(House(Path(folder)), only))
    if markdown:
        typer.echo(f"{machine.described(date)}\n\n{table.as_markdown(rows)}")
    else:
        table.show(rows)


def _rows(house: House, only: str) -> Iterator[Row]:
    subjects = only.replace(",", " ").split() or SUBJECTS
    learned = house.folder / "learned.db"
    of_retrieval: list[Row] = []
    if {"startup", "answering", "retrieval"} & set(subjects):
        of_retrieval = asyncio.run(retrieval.rows(learned))  # first, because the others need what is learned here
    if "http" in subjects:
        yield from http.rows(house)
    if "startup" in subjects:
        yield from startup.rows(house, learned)
    if "answering" in subjects:
        yield from answering.rows(house, learned, startup.bare_memory(house))
    if "planning" in subjects:
        yield from planning.rows(house)
    if "delivering" in subjects:
        yield from delivering.rows(house)
    if "idling" in subjects:
        yield from idling.rows(house)
    if "homes" in subjects:
        yield from homes.rows(house)
    if "customers" in subjects:
        yield from customers.rows(house)
    if "gestures" in subjects:
        yield from gestures.rows(house)
    if "retrieval" in subjects:
        yield from of_retrieval


if __name__ == "__main__":
    typer.run(bench)
