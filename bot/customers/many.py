"""Customers, many at once: brought in from a file, and found again under another blind key.

What is told of is there: it is written in parts, each a transaction.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import names, queries, records, writing
from bot.customers.records import Keys
from bot.customers.rules import Card, Details
from bot.customers.service import fit_to_keep
from bot.kit.audit import Entry
from bot.kit.blind_index import BlindIndex
from bot.kit.clock import Clock
from bot.kit.database import Database

T = TypeVar("T")

AT_ONCE = 1_000
"""Cards in one transaction: about a third of a second, in which other writers wait."""

GROWN = 4
"""Times as many as there were when PostgreSQL last counted: it chooses its ways by how many customers a workspace has,
and counts them by itself only after a minute, in which a file is half in.
"""

LOOKED_AT = 100
"""Cards by which it is seen whether all can be found."""


@dataclass(frozen=True)
class Added:
    """Of one chunk. `known`: their reference is there already, or came before in the same chunk."""

    new: int
    known: int


@dataclass(frozen=True)
class Indexed:
    """Of one chunk. `second`: those whose reference an earlier card has."""

    customers: int
    second: int


@dataclass
class Run:
    """One file that is brought in, and its line in the audit log, which counts along."""

    new: int = 0
    changed: int = 0
    entry_id: int | None = None


class ManyCustomers:
    def __init__(self, database: Database, clock: Clock, index: BlindIndex) -> None:
        self._database = database
        self._clock = clock
        self._index = index
        self._added, self._counted = 0, AT_ONCE // GROWN

    async def known_by(self, workspace_id: str, references: Iterable[str]) -> Mapping[str, Card]:
        """The cards that have these references, which may be a few hundred."""
        keys = self._keys(workspace_id)
        by_key = {keys.of_reference(reference): reference for reference in references}
        async with self._database.reading() as session:
            await queries.as_the_tables_are_now(session)
            there = await queries.with_references(session, workspace_id, by_key)
        return {by_key[customer.reference_key or ""]: records.card(customer) for customer in there}

    async def add(
        self, workspace_id: str, cards: Iterable[Details], *, by: str, run: Run | None = None
    ) -> AsyncGenerator[Added]:
        """As they come, in chunks that each are there when they are told. Who has a known reference is left alone, so
        what was broken off can be done again from the beginning.

        Raises NotACard and MayNotBeKept before anything of a chunk is written, and ReferenceTaken, with nothing of the
        chunk written, when somebody else brings in the same at the same moment.
        """
        keys = self._keys(workspace_id)
        for some in _chunks(cards):
            fit = [self._fit(details) for details in some]
            by_reference = {keys.of_reference(one.reference): one for one in reversed(fit) if one.reference}
            async with self._database.writing() as session:
                await queries.as_the_tables_are_now(session)
                there = await queries.references_there(session, workspace_id, by_reference)
                fresh = [key for key in by_reference if key not in there]
                new = [*(one for one in fit if not one.reference), *(by_reference[key] for key in reversed(fresh))]
                await writing.new(session, keys, new, by=by, now=self._clock.now())
                await self._write_down(session, workspace_id, run, new=len(new))
                self._added += len(new)
                if self._added >= GROWN * self._counted:
                    await queries.count(session)
                    self._counted = self._added
            yield Added(new=len(new), known=len(fit) - len(new))

    async def change(
        self, workspace_id: str, changes: Iterable[tuple[int, Details]], *, by: str, run: Run | None = None
    ) -> AsyncGenerator[int]:
        """What another system says, which no colleague's version stands against.

        Tells of each chunk how many were different. Who was erased meanwhile stays erased. Raises as `add`.
        """
        for some in _chunks(changes):
            fit = {customer_id: self._fit(details) for customer_id, details in some}
            async with self._database.writing() as session:
                await queries.as_the_tables_are_now(session)
                there = await queries.with_ids(session, workspace_id, fit)
                different = [one for one in there if records.details_of(one) != fit[one.id]]
                changed = [(one, fit[one.id]) for one in different]
                await writing.changed(session, self._keys(workspace_id), changed, by=by, now=self._clock.now())
                await self._write_down(session, workspace_id, run, changed=len(different))
            yield len(different)

    async def how_many(self) -> Mapping[str, int]:
        """In each workspace that has any."""
        async with self._database.reading() as session:
            return await queries.how_many(session)

    async def are_found(self, workspace_id: str) -> bool:
        """Whether their blind keys are made with the key of today, as far as some of them tell. Else everybody who is
        brought in would be taken for new. Raises WrongKey when a name cannot be read.
        """
        keys = self._keys(workspace_id)
        async with self._database.reading() as session:
            in_all = (await queries.how_many(session)).get(workspace_id, 0)
            some = await queries.a_few(session, workspace_id, max(1, in_all // LOOKED_AT))
            key_of = {customer_id: keys.of_word(min(names.beginnings(name))) for customer_id, name in some}
            return await queries.found_by(session, workspace_id, key_of) == len(key_of)

    async def index_anew(self, workspace_id: str) -> AsyncGenerator[Indexed]:
        """When the oldest encryption key was dropped: from each chunk that is told on, its customers are found again.

        Broken off, it is done again from the beginning. Raises WrongKey when a card cannot be read any more, and
        ReferenceTaken when somebody brings in the same customers at the same moment, with nothing of the chunk written.
        """
        keys, last = self._keys(workspace_id), 0
        while True:
            async with self._database.writing() as session:
                customers = await queries.after(session, workspace_id, last, AT_ONCE)
                if not customers:
                    await writing.forget_names_of_nobody(session, workspace_id)
                    return
                second = await writing.index_anew(session, keys, customers)
            last = customers[-1].id
            yield Indexed(len(customers), second)

    # --- parts of these ---

    def _keys(self, workspace_id: str) -> Keys:
        return Keys(self._index, workspace_id)

    def _fit(self, details: Details) -> Details:
        """Raises NotACard, MayNotBeKept."""
        return fit_to_keep(details, self._clock.now().date())

    async def _write_down(
        self, session: AsyncSession, workspace_id: str, run: Run | None, *, new: int = 0, changed: int = 0
    ) -> None:
        """One line for a whole file, in the transactions of what it counts. Who ran it is not known here."""
        if run is None or not new + changed:
            return
        run.new, run.changed = run.new + new, run.changed + changed
        theirs = select(Entry).where(Entry.workspace_id == workspace_id, Entry.id == run.entry_id)
        entry = await session.scalar(theirs)
        if entry is None:
            entry = Entry(workspace_id=workspace_id, at=self._clock.now(), by=None, what=BROUGHT_IN, about=None)
            session.add(entry)
        entry.detail = {"new": run.new, "changed": run.changed}
        await session.flush()
        run.entry_id = entry.id


BROUGHT_IN = "customers_brought_in"


def _chunks(many: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(many)
    while some := list(islice(rest, AT_ONCE)):
        yield some
