"""One table of all that was measured: a line each, with what it is held against and whether that is met."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

HEADINGS = ("what", "measured", "against", "ratio or limit", "verdict")
LEFT, RIGHT = ":---", "---:"
WIDEST = 140


@dataclass(frozen=True)
class Row:
    what: str
    measured: str
    against: str = ""
    bound: str = ""
    is_met: bool | None = None
    """None where nothing was promised: the number is shown for what it is."""

    @property
    def verdict(self) -> str:
        return {True: "met", False: "short", None: ""}[self.is_met]

    @property
    def cells(self) -> tuple[str, ...]:
        return self.what, self.measured, self.against, self.bound, self.verdict


def at_most(what: str, measured: float, limit: float, unit: str = "", against: str = "") -> Row:
    return Row(what, number(measured, unit), against, f"≤ {limit:g} {unit}".rstrip(), measured <= limit)


def at_least(what: str, measured: float, limit: float, unit: str = "", against: str = "") -> Row:
    return Row(what, number(measured, unit), against, f"≥ {limit:g} {unit}".rstrip(), measured >= limit)


def at_most_times(what: str, measured: float, against: float, limit: float, unit: str = "") -> Row:
    ratio = measured / against
    return Row(what, number(measured, unit), number(against, unit), f"{ratio:.2f}× ≤ {limit:g}×", ratio <= limit)


def at_least_times(what: str, measured: float, against: float, limit: float, unit: str = "") -> Row:
    ratio = measured / against
    return Row(what, number(measured, unit), number(against, unit), f"{ratio:.2f}× ≥ {limit:g}×", ratio >= limit)


def beside(what: str, measured: float, against: float, unit: str = "") -> Row:
    """Compared with something, and nothing promised."""
    return Row(what, number(measured, unit), number(against, unit), f"{measured / against:.2f}×")


def shown(what: str, measured: float, unit: str = "", against: str = "") -> Row:
    return Row(what, number(measured, unit), against)


def number(value: float, unit: str = "") -> str:
    """Three digits that count, whatever the size."""
    digits = next((digits for digits, size in enumerate((100, 10, 1)) if abs(value) >= size), 3)
    return f"{value:.{digits}f} {unit}".rstrip()


def show(rows: Iterable[Row]) -> None:
    """For a terminal, as wide as it needs to be."""
    table = Table(box=box.SIMPLE_HEAD)
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading in HEADINGS[1:4] else "left", no_wrap=True)
    for row in rows:
        colour = {True: "green", False: "red", None: None}[row.is_met]
        table.add_row(*row.cells[:-1], f"[{colour}]{row.verdict}[/]" if colour else "")
    console = Console()
    console.width = max(console.width, WIDEST)
    console.print(table)


def as_markdown(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, (LEFT, RIGHT, RIGHT, RIGHT, LEFT), *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
