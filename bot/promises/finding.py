"""To whom a line promises something: looked for by who types it."""

from collections.abc import Sequence

from bot.customers import likeness
from bot.customers.rules import Found
from bot.customers.service import Customers
from bot.promises import rules

MOST_OFFERED = 20
"""Customers of whom one is meant."""

LOOKED_THROUGH = 200
"""Customers with a name such as the first that is typed."""


async def who_is_meant(
    customers: Customers, workspace_id: str, line: str, by: str
) -> tuple[Sequence[Found], str, bool]:
    """Who may be meant, what follows the name, and whether that is sure."""
    found, rest, is_sure = rules.who_is_meant(line, await _who_may_be_meant(customers, workspace_id, line, by))
    if not found and (near := await _near(customers, workspace_id, line, by)):
        return near, likeness.after_the_name(line, [one.name for one in near]), False
    return found[:MOST_OFFERED], rest, is_sure


async def _who_may_be_meant(customers: Customers, workspace_id: str, line: str, by: str) -> Sequence[Found]:
    for word in rules.words_to_find(line):
        found = await customers.find(workspace_id, word, by=by, limit=LOOKED_THROUGH)
        if 0 < len(found) < LOOKED_THROUGH:
            return found
        if found:
            break
    else:
        return []
    for name, _rest in rules.names_in(line):  # of so many with that name, more words tell
        if found := await customers.find(workspace_id, name, by=by, limit=MOST_OFFERED):
            return found
    return []


async def _near(customers: Customers, workspace_id: str, line: str, by: str) -> Sequence[Found]:
    """Whose name looks like what the line begins with."""
    name = likeness.first_of_a_name(line)
    if not name or rules.is_to_do(name.split()[-1]):
        return []
    return (await customers.meant(workspace_id, name, by=by, limit=MOST_OFFERED)).near
