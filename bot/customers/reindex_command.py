"""`acht reindex`: customers are found again after the oldest encryption key was dropped."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.customers.many import ManyCustomers
from bot.customers.writing import ReferenceTaken
from bot.kit.database import Database
from bot.kit.encryption import WrongKey
from bot.kit.i18n import Words


class Reindex:
    """One run of the command, for all workspaces: they share the keys."""

    def __init__(self, database: Database, customers: ManyCustomers, words: Words) -> None:
        self._database = database
        self._customers = customers
        self._words = words
        self._console = Console(highlight=False, soft_wrap=True)

    async def run(self) -> bool:
        """Whether all are found again. Raises DatabaseAway."""
        _ = self._words
        try:
            if not await self._database.is_migrated():
                amiss = _("The database is not up to date: run `acht migrate` first.")
            else:
                await self._index_all()
                return True
        except WrongKey:
            amiss = _(
                "It stopped: some cards were written with a key that is not there any more. Put that key back as the "
                "last of ACHT_ENCRYPTION_KEYS, and run it again."
            )
        except ReferenceTaken:
            amiss = _("It stopped, because customers were brought in meanwhile. Run it again.")
        finally:
            await self._database.close()
        typer.echo(amiss, err=True)
        return False

    async def _index_all(self) -> None:
        """Raises WrongKey, ReferenceTaken, DatabaseAway."""
        _, there = self._words, await self._customers.how_many()
        found = second = 0
        with self._progress(_("Making them found again"), sum(there.values())) as so_far:
            for workspace_id in there:
                async for part in self._customers.index_anew(workspace_id):
                    found += part.customers
                    second += part.second
                    so_far(found)
        self._console.print(_("Done. Customers that are found again: {n}.", n=found))
        if second:
            self._console.print(
                _(
                    "Second cards with the reference of an earlier one: {n}. They were brought in when no reference "
                    "was known. Find them by their names, and erase the newer card.",
                    n=second,
                )
            )

    @contextmanager
    def _progress(self, what: str, customers: int) -> Generator[Callable[[int], None]]:
        """Shown in a terminal only, and gone when it is done."""
        columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
        is_seen = self._console.is_terminal
        with Progress(*columns, console=self._console, transient=True, disable=not is_seen) as progress:
            task = progress.add_task(what, total=customers)

            def so_far(found: int) -> None:
                progress.update(task, completed=found)

            yield so_far
