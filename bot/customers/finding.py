"""How a customer is looked for by who may see their card. Part of the caller's transaction."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import likeness, names, queries
from bot.customers.records import Keys
from bot.customers.rules import Found, Meant
from bot.customers.tables import Customer

LOOKED_THROUGH = 200
"""Names that are read when the index alone does not decide, as for “J de Vries”."""


class Search:
    """By one colleague. `teams`: those whose customers they see."""

    def __init__(self, session: AsyncSession, keys: Keys, by: str, teams: Sequence[str]) -> None:
        self._session = session
        self._keys = keys
        self._by = by
        self._teams = teams
        self._is_own = Customer.contact_id == by
        self._is_the_teams = Customer.channel_id.in_(teams)

    async def find(self, typed: str, limit: int) -> list[Found]:
        return await self._named(typed, limit) or await self._with_reference([typed])

    async def meant(self, line: str, limit: int) -> Meant:
        if found := await self.find(line, limit) or await self._with_reference(line.split()):
            return Meant(found)
        words = names.typed_words(line)
        if words and names.are_too_short(words):
            own = await queries.of_contact(self._session, self._keys.workspace_id, self._by, LOOKED_THROUGH)
            begin_so = self._in_order(row for row in own if names.is_meant(row.name, words))
            return Meant(begin_so[:limit], is_sure=False)
        rows = await self._with_any(likeness.each_sieve(words))
        best, is_sure = likeness.best_meant([row.name for row in rows], words)
        found = self._in_order(row for row in rows if row.name in best)[:limit]
        if is_sure:
            return Meant(found)
        rows = await self._with_any(likeness.near_beginnings(words))
        nearest = likeness.nearest([row.name for row in rows], words)
        if found and nearest & best:  # with a slip no more of the words would be somebody's name
            return Meant(found, is_sure=False)
        near = self._in_order(row for row in rows if row.name in nearest)[:limit]
        return Meant([], near=near or found)

    async def alike(self, name: str) -> list[Found]:
        rows = await self._with_any(likeness.near_beginnings(names.typed_words(name)))
        return self._in_order(row for row in rows if likeness.may_be_the_same(row.name, name))

    async def _named(self, typed: str, limit: int) -> list[Found]:
        words = names.typed_words(typed)
        keys = [self._keys.of_word(beginning) for beginning in names.sieves(words)]
        if not keys:
            return []
        at_most = limit if names.are_decided_by_sieves(words) else max(limit, LOOKED_THROUGH)
        workspace_id = self._keys.workspace_id
        found = list(await queries.named(self._session, workspace_id, keys, self._is_own, at_most))
        if self._teams and len(found) < at_most:
            of_others = self._is_the_teams & ~self._is_own
            found += await queries.named(self._session, workspace_id, keys, of_others, at_most)
        return self._in_order(row for row in found if names.is_meant(row.name, words))[:limit]

    async def _with_reference(self, typed: Iterable[str]) -> list[Found]:
        """One's own reference, with capitals or without."""
        tidy = [each.strip(" ,.:;#()") for each in typed]
        spelled = {form for each in tidy if each for form in (each, each.upper(), each.lower())}
        keys = [self._keys.of_reference(reference) for reference in sorted(spelled)]
        there = await queries.with_references(self._session, self._keys.workspace_id, keys)
        return self._in_order(one for one in there if one.contact_id == self._by or one.channel_id in self._teams)

    async def _with_any(self, beginnings: Iterable[str]) -> Sequence[queries.Named]:
        keys = [self._keys.of_word(beginning) for beginning in beginnings]
        is_seen = or_(self._is_own, self._is_the_teams)
        return await queries.with_any_beginning(self._session, self._keys.workspace_id, keys, is_seen, LOOKED_THROUGH)

    def _in_order(self, rows: Iterable[queries.Named | Customer]) -> list[Found]:
        """One's own first, then by name."""
        found = [Found(row.id, row.name, row.reference, is_own=row.contact_id == self._by) for row in rows]
        return sorted(found, key=lambda one: (not one.is_own, one.name.casefold(), one.id))
