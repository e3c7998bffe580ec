"""The diary: how a gesture was received, and what of it is seen by whom.

Nobody sees the lines of another colleague: leads see budgets and what they are asked, leadership sums over at least
five people, and a customer's card what was done and when.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.rules import Card
from bot.customers.service import Customers, NoSuchCustomer
from bot.gestures import limits, purses, queries, records
from bot.gestures.catalogue import Catalogue
from bot.gestures.course import (
    COUNTS,
    Ambassador,
    CardLine,
    Decision,
    Emotion,
    Felt,
    Line,
    Month,
    Purse,
    Request,
    State,
    Taken,
)
from bot.gestures.gesture import Gesture
from bot.gestures.requests import Requests
from bot.gestures.rules import Limits
from bot.gestures.tables import Given, Reception
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.teams.service import Teams
from bot.trade import Occasion, Wish

LONGEST_PEACE = timedelta(days=3 * limits.MOST_DAYS)
"""Between two gestures for one customer, whatever was decided."""

FEWEST = 5
"""Colleagues of whom there is a figure. Source: rule 11 of the trade (hide the few)."""


class NoSuchGesture(Exception):
    """It is not in the catalogue (any more), or the line of the diary went with its customer."""


class NotTheirGesture(Exception):
    """Somebody else gives it."""


class Diary:
    """What takes a session is part of its caller's transaction; every other method is one."""

    def __init__(
        self, database: Database, clock: Clock, *, customers: Customers, teams: Teams, requests: Requests
    ) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._teams = teams
        self._requests = requests

    # --- how it was received ---

    async def received(
        self,
        workspace_id: str,
        given_id: int,
        *,
        by: str,
        felt: Collection[Felt],
    ) -> Decision:
        """What the customer felt; nothing: not so much. It counts once: `is_new` says whether it was now.

        Raises NoSuchGesture, NotTheirGesture, NotTheirCustomer.
        """
        async with self._database.writing() as session:
            given, card = await locked_with_card(session, self._customers, workspace_id, given_id, by)
            if is_new := _may_be_told(given):
                given.received_at, given.tell_at = self._clock.now(), None
                given.felt = records.as_kept(felt)
                await count(session, workspace_id, given.gesture_id, answered=1, well=1 if felt else 0)
            return Decision(line=records.line(given, card.details.name), is_new=is_new)

    async def told_more(
        self,
        workspace_id: str,
        given_id: int,
        *,
        by: str,
        emotion: Emotion | None = None,
        ambassador: Ambassador | None = None,
        was_asked: bool | None = None,
    ) -> Decision:
        """The second tap, after `received`; each of the three counts the first time it is told.

        Raises NoSuchGesture, NotTheirGesture, NotTheirCustomer.
        """
        async with self._database.writing() as session:
            given, card = await locked_with_card(session, self._customers, workspace_id, given_id, by)
            is_new = _note_more(given, emotion=emotion, ambassador=ambassador, was_asked=was_asked)
            return Decision(line=records.line(given, card.details.name), is_new=is_new)

    async def skip_reception(self, workspace_id: str, given_id: int, *, by: str) -> Decision:
        """It is not asked again. Raises NoSuchGesture, NotTheirGesture, NotTheirCustomer."""
        async with self._database.writing() as session:
            given, card = await locked_with_card(session, self._customers, workspace_id, given_id, by)
            if is_new := _may_be_told(given):
                given.received_at, given.tell_at = self._clock.now(), None
            return Decision(line=records.line(given, card.details.name), is_new=is_new)

    # --- one's own, and the customer's ---

    async def planned(self, session: AsyncSession, workspace_id: str, *, by: str, limit: int) -> Sequence[Line]:
        """What somebody is about to do for customers whom they serve, asked or planned, the first day first."""
        teams = await self._customers.served_teams(session, workspace_id, by)
        found = await queries.about_to(session, workspace_id, by, teams, limit)
        return [records.line(given, name) for given, name in found]

    async def taken(
        self, session: AsyncSession, workspace_id: str, customer_ids: Collection[int], *, by: str, today: date
    ) -> Mapping[int, Taken]:
        """Those of these customers, whom this colleague serves, that we leave in peace for now: by id."""
        rows = await queries.reached_out(session, workspace_id, customer_ids, today - LONGEST_PEACE)
        if not rows:
            return {}
        teams = await self._teams.of_member(session, workspace_id, by)
        held: dict[str | None, Limits] = {}
        found: dict[int, Taken] = {}
        for customer_id, wish, served_by, occasion, state, on_day in rows:  # the last day of each comes last
            team = records.team_of(served_by, teams)
            channel_id = team.channel_id if team else None
            if channel_id not in held:
                held[channel_id] = (await limits.decided(session, workspace_id, channel_id)).of_team
            days = held[channel_id].days_between[Wish(wish)]
            if abs((on_day - today).days) < days:  # else the rules leave room for something today
                before = found.get(customer_id)
                found[customer_id] = Taken(
                    chosen_for={**(before.chosen_for if before else {}), Occasion(occasion): (State(state), on_day)},
                    last_on=on_day,
                    until=on_day + timedelta(days=days),
                )
        return found

    async def on_card(
        self, session: AsyncSession, workspace_id: str, customer_id: int, *, by: str, limit: int = 5
    ) -> Sequence[CardLine]:
        """What was done or is planned, the newest day first, for who was seen to be allowed to look."""
        past = records.before(await queries.past(session, workspace_id, customer_id))
        return [records.card_line(one, by) for one in past if one.state in COUNTS][:limit]

    # --- requests, budgets and sums ---

    async def requests(self, session: AsyncSession, workspace_id: str, *, by: str, limit: int) -> Sequence[Request]:
        """What somebody may say yes or no to, the oldest first."""
        return await self._requests.to_answer(session, workspace_id, by, limit)

    async def team_budget(self, session: AsyncSession, workspace_id: str, channel_id: str, today: date) -> Purse:
        """Of this month."""
        spent = await queries.spent(session, workspace_id, [channel_id], purses.month_of(today))
        decided = await limits.decided(session, workspace_id, channel_id)
        spent_by_team, limit = spent.get(channel_id, Decimal(0)), decided.of_team.team_a_month
        return Purse(spent=spent_by_team, limit=limit, currency=decided.currency)

    async def month_for_leadership(self, session: AsyncSession, workspace_id: str, today: date) -> Month | None:
        """The last whole month; None: fewer than five colleagues gave.

        Of the whole workspace only: from it and a team's sums the others' could be told.
        """
        next_month = purses.month_of(today)
        first_day = purses.month_of(next_month - timedelta(days=1))
        gestures, colleagues, customers, spent, without_cost = await queries.month_in_sum(
            session, workspace_id, first_day, next_month
        )
        if colleagues < FEWEST:
            return None
        told = await queries.month_as_told(session, workspace_id, first_day, next_month)
        is_shown = len({colleague_id for _felt, _ambassador, colleague_id, _often in told}) >= FEWEST
        felt = {
            each: sum(often for kept, _ambassador, _colleague, often in told if each in records.as_felt(kept or ""))
            for each in Felt
        }
        return Month(
            first_day=first_day,
            gestures=gestures,
            customers=customers,
            spent=spent,
            currency=(await limits.decided(session, workspace_id, None)).currency,
            without_cost=without_cost,
            told=sum(often for *_, often in told) if is_shown else None,
            felt=felt if is_shown else None,
            ambassadors=sum(often for _felt, ambassador, _, often in told if ambassador) if is_shown else None,
        )


# --- one line; part of the caller's transaction ---


async def own(session: AsyncSession, workspace_id: str, given_id: int, by: str) -> int:
    """Its customer. Raises NoSuchGesture, NotTheirGesture."""
    whose = await queries.whose(session, workspace_id, given_id)
    if whose is None:
        raise NoSuchGesture
    customer_id, colleague_id = whose
    if colleague_id != by:
        raise NotTheirGesture
    return customer_id


def of_catalogue(catalogue: Catalogue, gesture_id: str) -> Gesture:
    """Raises NoSuchGesture."""
    try:
        return catalogue.gesture(gesture_id)
    except KeyError:
        raise NoSuchGesture from None


async def locked_with_card(
    session: AsyncSession, customers: Customers, workspace_id: str, given_id: int, by: str
) -> tuple[Given, Card]:
    """For whoever does something with a line of their own: first the customer, then the line.

    Raises NoSuchGesture, NotTheirGesture, NotTheirCustomer.
    """
    customer_id = await own(session, workspace_id, given_id, by)
    try:
        card = await customers.seen_by(session, workspace_id, customer_id, by, lock=True)
    except NoSuchCustomer:
        raise NoSuchGesture from None
    return await locked(session, workspace_id, given_id), card


async def locked(session: AsyncSession, workspace_id: str, given_id: int) -> Given:
    """Raises NoSuchGesture."""
    given = await queries.given(session, workspace_id, given_id, lock=True)
    if given is None:
        raise NoSuchGesture
    return given


async def count(
    session: AsyncSession, workspace_id: str, gesture_id: str, *, well: int = 0, answered: int = 0, set_aside: int = 0
) -> None:
    """How a gesture is received in a workspace: figures, which stay when a customer is erased."""
    figures = {"well": well, "answered": answered, "set_aside": set_aside}
    new = insert_into(session, Reception).values(workspace_id=workspace_id, gesture_id=gesture_id, **figures)
    more = {name: getattr(Reception, name) + figure for name, figure in figures.items()}
    await session.execute(new.on_conflict_do_update(index_elements=["workspace_id", "gesture_id"], set_=more))


def _may_be_told(given: Given) -> bool:
    return given.state == State.DONE and given.received_at is None


def _note_more(given: Given, *, emotion: Emotion | None, ambassador: Ambassador | None, was_asked: bool | None) -> bool:
    """Whether any of it was not told yet."""
    if given.felt is None:
        return False
    told = {"emotion": emotion, "ambassador": ambassador, "was_asked": was_asked}
    new = {name: value for name, value in told.items() if value is not None and getattr(given, name) is None}
    for name, value in new.items():
        setattr(given, name, value)
    return bool(new)
