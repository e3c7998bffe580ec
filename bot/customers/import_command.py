"""`acht import-customers`: what a file would change, the question whether it may, and how far it is."""

import asyncio
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.customers.columns import Column, Columns
from bot.customers.importing import cells, line, queries
from bot.customers.importing.cells import NotUnderstood
from bot.customers.importing.importer import ChangedMeanwhile, Importer, Part
from bot.customers.importing.line import ForNew, Here
from bot.customers.importing.sheet import ENCODINGS, Sheet
from bot.customers.importing.why import BrokenFile, Refusal
from bot.customers.many import ManyCustomers
from bot.kit.clock import Clock
from bot.kit.database import Database, DatabaseAway
from bot.kit.encryption import WrongKey
from bot.kit.i18n import N_, Words

SHOWN = 50
"""Lines that are left out which are named, unless all are asked for."""

LONGEST_HEADING = 40


class Ends(IntEnum):
    """The status that the command ends with."""

    DONE = 0
    NOTHING_DONE = 1
    SOME_LEFT_OUT = 3
    """What could be brought in is there; some lines were left out."""


@dataclass(frozen=True)
class Asked:
    """What was typed."""

    file: Path
    contact: str
    team: str
    workspace: str
    all_lines: bool
    """Name every line that is left out."""
    dry_run: bool
    yes: bool
    """Do not ask."""


class NotPossible(Exception):
    """The text says why, and what to do."""


@dataclass
class Totals:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def add(self, part: Part) -> None:
        self.new += part.new
        self.changed += part.changed
        self.unchanged += part.unchanged
        self.refused += len(part.refused)


class ImportCustomers:
    """One run of the command. Nothing of what stands in the file is shown but its headings."""

    def __init__(self, database: Database, customers: ManyCustomers, clock: Clock, words: Words) -> None:
        self._database = database
        self._customers = customers
        self._clock = clock
        self._words = words
        self._console = Console(highlight=False, soft_wrap=True)

    def run(self, asked: Asked) -> Ends:
        """Raises DatabaseAway."""
        _ = self._words
        with asyncio.Runner() as runner:
            try:
                return self._run(asked, runner)
            except BrokenFile as broken:
                self._say_amiss(f"{broken.sentence(_)} {_('Nothing was written.')}")
            except OSError as error:
                self._say_amiss(_("The file cannot be read ({why}). Nothing was written.", why=error.strerror))
            except NotPossible as amiss:
                self._say_amiss(str(amiss))
            finally:
                runner.run(self._database.close())
        return Ends.NOTHING_DONE

    def _run(self, asked: Asked, runner: asyncio.Runner) -> Ends:
        _ = self._words
        importer = runner.run(self._made_ready(asked))
        found = runner.run(self._look_through(importer, all_lines=asked.all_lines))
        in_the_end = Ends.SOME_LEFT_OUT if found.refused else Ends.DONE
        if not found.new + found.changed:
            self._console.print(_("There is nothing to write."))
            return in_the_end
        if asked.dry_run:
            self._console.print(_("Nothing was written: you asked for a look only."))
            return in_the_end
        # Asked outside the loop, in which the first Ctrl-C would wait for an answer.
        if not asked.yes and not self._may_go_on(found):
            self._console.print(_("Nothing was written."))
            return Ends.NOTHING_DONE
        runner.run(self._write(importer))
        return in_the_end

    async def _made_ready(self, asked: Asked) -> Importer:
        """Raises BrokenFile, OSError, NotPossible, DatabaseAway."""
        _ = self._words
        sheet = Sheet.open(asked.file)
        if not await self._database.is_migrated():
            raise NotPossible(_("The database is not up to date: run `acht migrate` first."))
        async with self._database.reading() as session:
            workspace_id = self._chosen(await queries.workspaces(session), asked.workspace)
            here = await queries.here(session, workspace_id)
        if not await self._are_found(workspace_id):
            raise NotPossible(_("The oldest encryption key was dropped: run `acht reindex` first."))
        for_new = self._for_new(asked.contact, asked.team, here)
        importer = Importer(self._customers, self._clock, workspace_id, sheet, here=here, for_new=for_new)
        self._show_columns(sheet, importer.columns)
        return importer

    async def _are_found(self, workspace_id: str) -> bool:
        try:
            return await self._customers.are_found(workspace_id)
        except WrongKey:  # which `acht reindex` tells what to do about
            return False

    def _chosen(self, there: Sequence[str], asked_for: str) -> str:
        """Raises NotPossible."""
        _ = self._words
        if not there:
            raise NotPossible(_("No workspace is known yet: start `acht run`, and open Acht in Slack once."))
        if asked_for in there:
            return asked_for
        if asked_for or len(there) > 1:
            raise NotPossible(_("Choose a workspace with --workspace: {all}.", all=", ".join(there)))
        return there[0]

    def _for_new(self, contact: str, team: str, here: Here) -> ForNew:
        """Raises NotPossible."""
        option = ""
        try:
            option = "--contact"
            contact_id = line.colleague(contact, here) if contact else None
            option = "--team"
            serving = line.team(team, here) if team else None
        except NotUnderstood as why:
            raise NotPossible(f"{option}: {Refusal(0, why.reason).sentence(self._words)}.") from None
        return ForNew(contact_id, serving, self._words.language)

    # --- what would change ---

    def _show_columns(self, sheet: Sheet, found: Columns) -> None:
        _ = self._words
        encoding, separator = ENCODINGS[sheet.encoding], _(_SEPARATORS.get(sheet.separator, sheet.separator))
        self._console.print(
            _("{encoding}, with {separator} between the cells:", encoding=encoding, separator=separator)
        )
        table = Table(box=None, show_header=False, pad_edge=True)
        for column, at in sorted(found.at.items(), key=lambda each: each[1]):
            table.add_row(_shown(found.headings[at]), escape(column.name_in(_)))
        self._console.print(table)
        if found.unused:
            unused = ", ".join(map(_shown, found.unused))
            self._console.print(_("Not used: {headings}", headings=unused))

    async def _look_through(self, importer: Importer, *, all_lines: bool) -> Totals:
        _, found, changes = self._words, Totals(), Counter[str]()
        with self._progress(_("Looking through")) as read:
            async for part in importer.look_through():
                for refusal in part.refused if all_lines else part.refused[: max(SHOWN - found.refused, 0)]:
                    self._show_refusal(refusal)
                found.add(part)
                changes += part.changes
                read(part.read)
        if not all_lines and found.refused > SHOWN:
            more = _("… and {n} more: --all-lines shows them all.", n=found.refused - SHOWN)
            self._console.print(more)
        self._console.print(
            _(
                "[bold]{new} new, {changed} changed, {unchanged} unchanged, {refused} left out.[/]",
                new=found.new,
                changed=found.changed,
                unchanged=found.unchanged,
                refused=found.refused,
            )
        )
        if changes:
            fields = ", ".join(f"{Column(field).name_in(_)} {n}" for field, n in changes.most_common())
            self._console.print(_("What changes: {fields}", fields=fields))
        return found

    def _show_refusal(self, refusal: Refusal) -> None:
        _, why = self._words, escape(refusal.sentence(self._words))
        if refusal.heading is None:
            self._console.print(_("Line {line}: {why}", line=refusal.line, why=why))
        else:
            heading = _shown(refusal.heading)
            self._console.print(_("Line {line}, “{heading}”: {why}", line=refusal.line, heading=heading, why=why))

    # --- writing ---

    def _may_go_on(self, found: Totals) -> bool:
        _ = self._words
        question = _("Write this: {new} new, {changed} changed? (yes/no)", new=found.new, changed=found.changed)
        while True:
            try:
                return cells.yes_or_no(typer.prompt(question).strip())
            except NotUnderstood:
                continue
            except typer.Abort:  # Ctrl-C, or nobody is there to answer
                self._console.print()
                return False

    async def _write(self, importer: Importer) -> None:
        """Raises NotPossible, DatabaseAway."""
        _, done = self._words, Totals()
        is_there = N_("So far {new} new and {changed} changed are written. Run it again, and it goes on from there.")
        try:
            with self._progress(_("Writing")) as read:
                async for part in importer.write():
                    done.add(part)
                    read(part.read)
        except (BrokenFile, ChangedMeanwhile, OSError):
            stopped = _("The customers or the file were changed meanwhile, and so it stopped.")
            raise NotPossible(f"{stopped} {_(is_there, new=done.new, changed=done.changed)}") from None
        except (DatabaseAway, asyncio.CancelledError):
            self._say_amiss(_(is_there, new=done.new, changed=done.changed))
            raise
        self._console.print(_("Done: {new} new, {changed} changed.", new=done.new, changed=done.changed))

    @contextmanager
    def _progress(self, what: str) -> Generator[Callable[[float], None]]:
        """Shown in a terminal only, above it whatever is said meanwhile, and gone when it is done."""
        columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
        is_seen = self._console.is_terminal
        with Progress(*columns, console=self._console, transient=True, disable=not is_seen) as progress:
            task = progress.add_task(what, total=1.0)

            def so_far(read: float) -> None:
                progress.update(task, completed=read)

            yield so_far

    def _say_amiss(self, sentence: str) -> None:
        typer.echo(sentence, err=True)


_SEPARATORS = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs")}


def _shown(heading: str) -> str:
    """What stands in a file may hold anything, and a heading be half a page."""
    visible = "".join(sign for sign in heading if sign.isprintable())
    return escape(visible if len(visible) <= LONGEST_HEADING else visible[: LONGEST_HEADING - 1] + "…")
