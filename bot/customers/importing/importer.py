"""Customers from a file: first looked through as a whole, then written, both in parts, and never all in memory.

The file is read twice. Nothing is written before all of it was read once; what is written is there in parts, each
complete, so that what was broken off is done again from the beginning, and goes on where it was.
"""

import hashlib
import secrets
import sqlite3
from array import array
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from bot.customers import columns, rules
from bot.customers.columns import Column, Columns, TwiceTheSame
from bot.customers.importing.line import ForNew, Here, LineReader, Refused, Said, changed_card, new_card
from bot.customers.importing.sheet import Row, Sheet
from bot.customers.importing.why import BrokenFile, Flaw, Reason, Refusal
from bot.customers.many import ManyCustomers, Run
from bot.customers.rules import BY_FILE, Details
from bot.customers.service import MayNotBeKept, NotACard
from bot.customers.writing import ReferenceTaken
from bot.kit.clock import Clock

AT_ONCE = 1_000
"""Lines that are looked up and written together."""


class ChangedMeanwhile(Exception):
    """Somebody brought in, or changed, the same customers at the same moment: what was written before is there."""


@dataclass(frozen=True)
class Part:
    """Of the file, looked through or written. `read`: how much of the file that is by then, from 0 to 1."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: Sequence[Refusal] = ()
    changes: Counter[str] = field(default_factory=Counter[str])
    """How many cards are different in each field."""
    read: float = 0


class Importer:
    """Of one file into one workspace."""

    def __init__(
        self, customers: ManyCustomers, clock: Clock, workspace_id: str, sheet: Sheet, *, here: Here, for_new: ForNew
    ) -> None:
        """Raises BrokenFile when the headings cannot be used."""
        self.columns = _columns(sheet)
        self._customers = customers
        self._clock = clock
        self._workspace_id = workspace_id
        self._sheet = sheet
        self._here = here
        self._for_new = for_new
        self._lines = LineReader(self.columns, here)
        self._left_out = array("L")

    async def look_through(self) -> AsyncGenerator[Part]:
        """What writing would do, part by part. Raises BrokenFile, also at the end."""
        today = self._clock.now().date()
        self._left_out = array("L")
        with closing(_Seen()) as seen:
            for rows in _parts(self._sheet.rows()):
                refused: list[Refusal] = []
                lines = list(self._understood(rows, seen, refused))
                new = changed = 0
                changes = Counter[str]()
                for said, card in await self._with_cards(lines):
                    try:
                        proposed = self._proposed(said, card)
                        if proposed != card:
                            self._lines.check(said.line, proposed, today)
                    except Refused as left_out:
                        refused.append(left_out.refusal)
                        continue
                    if card is None:
                        new += 1
                    elif proposed != card:
                        changed += 1
                        changes.update(rules.changed_fields(card, proposed))
                refused.sort(key=lambda refusal: refusal.line)
                self._left_out.extend(refusal.line for refusal in refused)
                unchanged = len(rows) - len(refused) - new - changed
                yield Part(new, changed, unchanged, refused, changes, rows[-1].read)
        if month_first := self._lines.month_comes_first():
            heading, line = month_first
            raise BrokenFile(Flaw.MONTH_FIRST, heading=heading, line=line)

    async def write(self) -> AsyncGenerator[Part]:
        """After it was looked through: what is told of is there. Raises BrokenFile, ChangedMeanwhile."""
        left_out, run = iter(self._left_out), Run()
        next_left_out = next(left_out, None)
        for rows in _parts(self._sheet.rows()):
            lines: list[Said] = []
            for row in rows:
                if row.line == next_left_out:
                    next_left_out = next(left_out, None)
                else:
                    lines.append(self._lines.read(row))
            yield await self._write(lines, rows[-1].read, run)

    async def _write(self, lines: Sequence[Said], read: float, run: Run) -> Part:
        found = await self._customers.known_by(self._workspace_id, [said.reference for said in lines])
        new: list[Details] = []
        changes: list[tuple[int, Details]] = []
        added = changed = 0
        try:
            for said in lines:
                card = found.get(said.reference)
                proposed = self._proposed(said, card.details if card else None)
                if card is None:
                    new.append(proposed)
                elif proposed != card.details:
                    changes.append((card.id, proposed))
            async for part in self._customers.add(self._workspace_id, new, by=BY_FILE, run=run):
                added += part.new
            async for part in self._customers.change(self._workspace_id, changes, by=BY_FILE, run=run):
                changed += part
        except (NotACard, MayNotBeKept, ReferenceTaken, Refused):
            raise ChangedMeanwhile from None
        return Part(added, changed, len(lines) - added - changed, read=read)

    def _understood(self, rows: Iterable[Row], seen: "_Seen", refused: list[Refusal]) -> Iterator[Said]:
        for row in rows:
            try:
                said = self._lines.read(row)
            except Refused as left_out:
                refused.append(left_out.refusal)
                continue
            if first := seen.before(said.reference, said.line):
                heading = self.columns.heading(Column.REFERENCE)
                refused.append(Refusal(said.line, Reason.SAME_REFERENCE, heading, {"first": first}))
            else:
                yield said

    async def _with_cards(self, lines: Sequence[Said]) -> list[tuple[Said, Details | None]]:
        found = await self._customers.known_by(self._workspace_id, [said.reference for said in lines])
        return [(said, card.details if (card := found.get(said.reference)) else None) for said in lines]

    def _proposed(self, said: Said, card: Details | None) -> Details:
        """Tidied. Raises Refused."""
        return rules.tidy(new_card(said, self._for_new, self._here) if card is None else changed_card(said, card))


def _columns(sheet: Sheet) -> Columns:
    """Raises BrokenFile."""
    try:
        found = columns.recognised(sheet.headings)
    except TwiceTheSame as twice:
        raise BrokenFile(Flaw.TWICE_THE_SAME, first=twice.first, second=twice.second) from None
    if not {Column.NAME, Column.SURNAME} & found.at.keys():
        raise BrokenFile(Flaw.NO_NAME)
    if Column.REFERENCE not in found.at:
        raise BrokenFile(Flaw.NO_REFERENCE)
    return found


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


class _Seen:
    """The references of a file, and the line of each: on disk when there are many, and nothing that could be read."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("create table seen (reference blob primary key, line integer) without rowid")
        self._table.execute("begin")

    def before(self, reference: str, line: int) -> int | None:
        """The line in which it stood first, if it did."""
        key = hashlib.blake2b(reference.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()
        added = self._table.execute("insert or ignore into seen values (?, ?)", (key, line))
        if added.rowcount:
            return None
        [[first]] = self._table.execute("select line from seen where reference = ?", (key,))
        return int(first)

    def close(self) -> None:
        self._table.close()
