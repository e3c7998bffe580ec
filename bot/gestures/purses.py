"""What colleagues and teams spend in a month. Whoever spends locks: two at once never spend more than there is.

All of it is part of a caller's transaction, which has locked the customer before, and locks nothing else afterwards.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gestures import queries
from bot.gestures.rules import Spent
from bot.gestures.tables import Budget, Given
from bot.kit.database import insert_into

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Payers:
    """Out of whose budgets a gesture goes. `channel_id`: the team's; None: of no team."""

    colleague_id: str
    channel_id: str | None
    month: date
    """Its first day."""

    @property
    def whose(self) -> list[str]:
        return sorted([self.colleague_id] if self.channel_id is None else [self.colleague_id, self.channel_id])


def payers_of(given: Given) -> Payers:
    return Payers(given.colleague_id, given.channel_id, given.month)


def month_of(day: date) -> date:
    return day.replace(day=1)


async def spent(session: AsyncSession, workspace_id: str, payers: Payers) -> Spent:
    return _spent(await queries.spent(session, workspace_id, payers.whose, payers.month), payers)


async def locked(session: AsyncSession, workspace_id: str, payers: Payers) -> Spent:
    """Nobody else spends of these until the end of the transaction."""
    key = {"workspace_id": workspace_id, "month": payers.month}
    rows = [{**key, "whose": each, "spent": NOTHING} for each in payers.whose]
    await session.execute(insert_into(session, Budget).on_conflict_do_nothing(), rows)
    return _spent(await queries.spent(session, workspace_id, payers.whose, payers.month, lock=True), payers)


async def spend(session: AsyncSession, workspace_id: str, payers: Payers, amount: Decimal) -> None:
    """Of what is locked. Less than nothing: it comes free again."""
    theirs = (Budget.workspace_id == workspace_id, Budget.whose.in_(payers.whose), Budget.month == payers.month)
    await session.execute(update(Budget).where(*theirs).values(spent=Budget.spent + amount))


def _spent(figures: dict[str, Decimal], payers: Payers) -> Spent:
    by_team = figures.get(payers.channel_id, NOTHING) if payers.channel_id else NOTHING
    return Spent(by_colleague=figures.get(payers.colleague_id, NOTHING), by_team=by_team)
