"""How a customer is looked for by who may see their card. Part of the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import likeness, names, queries
from bot.customers.records import Keys
from bot.customers.rules import Found, Meant
from bot.customers.tables import Customer

LOOKED_THROUGH = 200
"""Names that are read when the index alone does not decide, as for “J de Vries”."""

READ_FOR_ONE_NAME = 2_000
"""Names that are read to see whether one is there already: of a common surname with an initial there are many."""

GONE_THROUGH = 3_000
"""Names in the index that any of several words may have, also those of customers whom one doesn't see."""


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
        exact = await self._with_reference([typed])
        return [*exact, *(one for one in await self._named(typed, limit) if one not in exact)][:limit]

    async def meant(self, line: str, limit: int) -> Meant:
        if found := await self.find(line, limit):
            return Meant(found)
        words = names.typed_words(line)
        if words and names.are_too_short(words):
            own = await queries.of_contact(self._session, self._keys.workspace_id, self._by, LOOKED_THROUGH)
            begin_so = self._in_order(row for row in own if names.is_meant(row.name, words))
            return Meant(begin_so[:limit], is_sure=False)
        beside = await self._with_a_word_as_reference(line)
        if of_both := [one for one, left in beside if likeness.is_of(one.name, left)]:
            return Meant(of_both)
        meant = await self._with_most_of(line, words, limit)
        if not beside or meant.found:
            return meant
        theirs = [one for one, _left in beside]
        if all(likeness.are_beside_a_name(left) for _one, left in beside):
            return Meant(theirs)
        near = [one for one in meant.near if one not in theirs]
        return Meant([*theirs, *near][:limit], is_sure=False)  # a number may be anything: a day, an order

    async def _with_most_of(self, line: str, words: Sequence[str], limit: int) -> Meant:
        rows = await self._with_any(likeness.each_sieve(words), at_least=2)
        best, is_sure = likeness.best_meant([row.name for row in rows], words)
        found = _addressed_so(line, self._in_order(row for row in rows if row.name in best))[:limit]
        if is_sure:
            return Meant(found)
        rows, nearest = await self._nearest(words)
        if found and nearest & best:  # with a slip no more of the words would be somebody's name
            return Meant(found, is_sure=False)
        near = _addressed_so(line, self._in_order(row for row in rows if row.name in nearest))[:limit]
        return Meant([], near=near or found)

    async def alike(self, name: str) -> list[Found]:
        """The nearest first."""
        words = names.typed_words(name)
        rows = {row.id: row for row in await self._all_named(words)}
        for word in likeness.may_have_slipped(words):
            others = likeness.others_to_find(words, word)
            near = await self._with_any(likeness.beginnings_near(word), and_all=others, at_most=READ_FOR_ONE_NAME)
            rows |= {row.id: row for row in near}
        found = self._in_order(row for row in rows.values() if likeness.may_be_the_same(row.name, name))
        return sorted(found, key=lambda one: likeness.nearness(one.name, name))

    async def _named(self, typed: str, limit: int) -> list[Found]:
        words = names.typed_words(typed)
        keys = [self._keys.of_word(beginning) for beginning in names.sieves(words)]
        if not keys:
            return []
        is_enough = names.are_decided_by_sieves(words) and not names.has_address(typed)
        at_most = limit if is_enough else max(limit, LOOKED_THROUGH)
        workspace_id = self._keys.workspace_id
        found = list(await queries.named(self._session, workspace_id, keys, self._is_own, at_most))
        if self._teams and len(found) < at_most:
            of_others = self._is_the_teams & ~self._is_own
            found += await queries.named(self._session, workspace_id, keys, of_others, at_most)
        return _addressed_so(typed, self._in_order(row for row in found if names.is_meant(row.name, words)))[:limit]

    async def _nearest(self, words: Sequence[str]) -> tuple[Sequence[queries.Named], set[str]]:
        for word in likeness.may_have_slipped(words):
            rows = await self._with_any(likeness.beginnings_near(word))
            if nearest := likeness.nearest([row.name for row in rows], words):
                return rows, nearest
        return [], set()

    async def _all_named(self, words: Sequence[str]) -> Sequence[queries.Named]:
        """Whose name has all these words, but for initials, which are not in the index."""
        keys = [self._keys.of_word(beginning) for beginning in names.sieves(words) or words]
        if not keys:
            return []
        is_seen = or_(self._is_own, self._is_the_teams)
        return await queries.named(self._session, self._keys.workspace_id, keys, is_seen, READ_FOR_ONE_NAME)

    async def _with_a_word_as_reference(self, line: str) -> list[tuple[Found, list[str]]]:
        """Each with the words that stand beside their reference."""
        typed = line.split()
        if len(typed) == 1:  # which was looked for already
            return []
        found: list[tuple[Found, list[str]]] = []
        for one in await self._with_reference(typed):
            is_it = [_tidy(word).casefold() == (one.reference or "").casefold() for word in typed]
            beside = " ".join(word for word, is_one in zip(typed, is_it, strict=True) if not is_one)
            found.append((one, names.typed_words(beside)))
        return found

    async def _with_reference(self, typed: Iterable[str]) -> list[Found]:
        """One's own reference, with capitals or without."""
        spelled = {form for each in map(_tidy, typed) if each for form in (each, each.upper(), each.lower())}
        keys = [self._keys.of_reference(reference) for reference in sorted(spelled)]
        there = await queries.with_references(self._session, self._keys.workspace_id, keys)
        return self._in_order(one for one in there if one.contact_id == self._by or one.channel_id in self._teams)

    async def _with_any(
        self,
        beginnings: Iterable[str],
        *,
        and_all: Sequence[str] = (),
        at_most: int = LOOKED_THROUGH,
        at_least: int | None = None,
    ) -> Sequence[queries.Named]:
        keys, others = ([self._keys.of_word(beginning) for beginning in some] for some in (beginnings, and_all))
        is_seen, workspace_id = or_(self._is_own, self._is_the_teams), self._keys.workspace_id
        await queries.by_the_index(self._session)
        there = await queries.names_with(self._session, workspace_id, keys)
        keys = list(there) if at_least is None else _rarest(there, at_least)
        return await queries.with_any_beginning(self._session, workspace_id, keys, is_seen, at_most, and_all=others)

    def _in_order(self, rows: Iterable[queries.Named | Customer]) -> list[Found]:
        """One's own first, then by name."""
        found = [Found(row.id, row.name, row.reference, is_own=row.contact_id == self._by) for row in rows]
        return sorted(found, key=lambda one: (not one.is_own, one.name.casefold(), one.id))


def _addressed_so(typed: str, found: list[Found]) -> list[Found]:
    """Of “mevrouw jansen” who stands there as mevrouw comes first, and who is a man last."""
    return sorted(found, key=lambda one: -names.fits_address(one.name, typed)) if names.has_address(typed) else found


def _tidy(typed: str) -> str:
    return typed.strip(" ,.:;#()")


def _rarest(there: Mapping[str, int], at_least: int) -> list[str]:
    """Of these beginnings, with how many names have each, so many at least by which somebody is found soonest."""
    found: list[str] = []
    in_all = 0
    for key, count in sorted(there.items(), key=lambda one: one[1]):
        in_all += count
        if len(found) >= at_least and in_all > GONE_THROUGH:
            break
        found.append(key)
    return found
