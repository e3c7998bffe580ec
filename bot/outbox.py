"""`acht outbox`: how what is to be told stands, what failed and why, and once more what failed."""

from datetime import datetime

import typer
from rich.console import Console
from rich.table import Table

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.outbox.queries import Failure
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.tables import State
from bot.kit.working_time.service import WorkingTimes
from bot.settings import Settings

MOST_SHOWN = 50

ALL = "all"


async def show(settings: Settings, clock: Clock) -> None:
    """Prints the notices in each state, and the newest failures. Raises DatabaseAway."""
    database = Database(settings.database_url, Keyring(settings.encryption_keys))
    outbox = Outbox(database, clock, WorkingTimes())
    try:
        queue = await outbox.queue()
        failures = await outbox.failures(MOST_SHOWN)
    finally:
        await database.close()
    now = clock.now()
    counts = ", ".join(f"{queue.in_state.get(state, 0)} {state}" for state in State)
    waited = f"; the oldest has waited {_ago(queue.oldest_due, now)}" if queue.oldest_due else ""
    typer.echo(f"{counts}{waited}")
    if failures:
        _show_failures(failures, queue.in_state[State.FAILED], now)


async def retry(settings: Settings, clock: Clock, which: str) -> int:
    """Lets failed notices wait again: the one with this number, or all. How many that are. Raises DatabaseAway."""
    database = Database(settings.database_url, Keyring(settings.encryption_keys))
    try:
        return await Outbox(database, clock, WorkingTimes()).retry(None if which == ALL else [int(which)])
    finally:
        await database.close()


def _show_failures(failures: list[Failure], how_many: int, now: datetime) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("number", "what", "for", "why", "tries", "ago"):
        table.add_column(heading, no_wrap=True)
    for failure in failures:
        whom, reason = failure.whom, failure.reason or ""
        table.add_row(str(failure.id), failure.kind, whom, reason, str(failure.tries), _ago(failure.done_at, now))
    console = Console(width=140)
    console.print(table)
    if how_many > len(failures):
        typer.echo(f"… and {how_many - len(failures)} older ones.")
    typer.echo("Once more: acht outbox --retry NUMBER, or --retry all.")


def _ago(moment: datetime, now: datetime) -> str:
    minutes = int((now - moment).total_seconds()) // 60
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} days"
