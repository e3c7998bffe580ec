"""What is above what a colleague decides: who may say yes, what they are asked, what is told of it, and that it is let
go.

All of it is part of a caller's transaction.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.rules import about
from bot.customers.service import Customers, NoSuchCustomer, NotTheirCustomer
from bot.gestures import at_work, limits, purses, queries
from bot.gestures.course import ANSWERED, ASKED, AnsweredData, Reminder, Request, State, reminder_key
from bot.gestures.gesture import Currency
from bot.gestures.tables import Given
from bot.kit.clock import Clock
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.withdrawing import withdraw
from bot.kit.working_time.rules import Hours
from bot.kit.working_time.service import WorkingTimes
from bot.people.roles_given import RolesGiven
from bot.teams.service import Teams
from bot.trade import Occasion

IS_NEWS = timedelta(days=7)
"""How long it is worth telling what came of a gesture; then it is long known, or past."""


class Requests:
    def __init__(
        self,
        clock: Clock,
        *,
        customers: Customers,
        teams: Teams,
        roles: RolesGiven,
        working_times: WorkingTimes,
        outbox: Outbox,
    ) -> None:
        self._clock = clock
        self._customers = customers
        self._teams = teams
        self._roles = roles
        self._working_times = working_times
        self._outbox = outbox

    async def deciders(self, session: AsyncSession, workspace_id: str, channel_id: str | None) -> Sequence[str]:
        """The team's leads; the administrators where it has none, and where there is no team."""
        if channel_id and (leads := await self._teams.leads(session, workspace_id, channel_id)):
            return leads
        return await self._roles.administrators(session, workspace_id)

    async def whom_to_ask(self, session: AsyncSession, workspace_id: str, channel_id: str | None) -> list[str]:
        """Those of them who want messages; all, where none of them does: somebody has to be asked."""
        deciders = await self.deciders(session, workspace_id, channel_id)
        wanting = [
            each for each in deciders if await at_work.wants_messages(session, self._working_times, workspace_id, each)
        ]
        return wanting or list(deciders)

    async def to_answer(self, session: AsyncSession, workspace_id: str, by: str, limit: int) -> Sequence[Request]:
        """What somebody may say yes or no to, the oldest first."""
        teams = await self._decided_by(session, workspace_id, by)
        if not teams:
            return []
        served = await self._customers.served_teams(session, workspace_id, by)
        rows = await queries.asked(session, workspace_id, teams, limit)
        budgets = {(given.channel_id, given.month) for given, *_customer in rows}
        left = {(team, month): await self._left(session, workspace_id, team, month) for team, month in budgets}
        currency = (await limits.decided(session, workspace_id, None)).currency
        return [
            _request(
                given, name if contact == by or team in served else None, left[given.channel_id, given.month], currency
            )
            for given, name, contact, team in rows
        ]

    async def _decided_by(self, session: AsyncSession, workspace_id: str, by: str) -> set[str | None]:
        """The teams with an open request to which somebody may say yes or no."""
        asking = await queries.teams_asking(session, workspace_id)
        if not asking:
            return set()
        leads = await self._teams.leads_of(session, workspace_id, [team for team in asking if team])
        theirs: set[str | None] = {team for team in asking if team and by in leads.get(team, ())}
        without_lead = {team for team in asking if team is None or not leads.get(team)}
        if without_lead and by in await self._roles.administrators(session, workspace_id):
            return theirs | without_lead
        return theirs

    async def as_seen_by(self, session: AsyncSession, given: Given, by: str) -> Request:
        """Who the customer is, and what is said to them, only for a lead who serves them."""
        try:
            card = await self._customers.seen_by(session, given.workspace_id, given.customer_id, by)
        except (NoSuchCustomer, NotTheirCustomer):
            customer = None
        else:
            customer = card.details.name
        left = await self._left(session, given.workspace_id, given.channel_id, given.month)
        currency = (await limits.decided(session, given.workspace_id, None)).currency
        return _request(given, customer, left, currency)

    # --- what is told of it ---

    async def ask(self, session: AsyncSession, given: Given) -> None:
        """Each lead, when they are at work."""
        for lead in given.asked_of:
            hours = await self._hours_of(session, given.workspace_id, lead)
            notice = NewNotice(
                workspace_id=given.workspace_id,
                key=_key(given, lead),
                kind=ASKED,
                data=await self._notice_of(session, given, lead, hours),
                about=about(given.customer_id),
                whom=lead,
                manner=Manner.POST,
                not_before=at_work.next_at_work(hours, self._clock.now()),
                expires_at=given.tell_at,
            )
            await self._outbox.post(session, notice)

    async def settle(self, session: AsyncSession, given: Given) -> None:
        """What the leads were asked says how it stands."""
        notices: list[NewNotice] = []
        for lead in given.asked_of:
            is_theirs = lead == given.answered_by
            hours = await self._hours_of(session, given.workspace_id, lead)
            notices.append(
                NewNotice(
                    workspace_id=given.workspace_id,
                    key=f"{_key(given, lead)}:settled",
                    kind=ASKED,
                    data=await self._notice_of(session, given, lead, hours),
                    about=about(given.customer_id),
                    whom=lead,
                    manner=Manner.ASKED if is_theirs else Manner.POST,
                    not_before=None if is_theirs else at_work.next_at_work(hours, self._clock.now()),
                    updates=_key(given, lead),
                )
            )
        await self._outbox.post_all(session, notices)

    async def tell_who_asked(
        self,
        session: AsyncSession,
        given: Given,
        customer: str | None,
        *,
        why: str | None = None,
        updates: str | None = None,
    ) -> None:
        """What came of it, when they are at work. `customer` None: they serve them no more, and see no name.

        `why`: what the lead said to a no. `updates`: the notice in whose message it stands.
        """
        hours = await self._hours_of(session, given.workspace_id, given.colleague_id)
        when = at_work.next_at_work(hours, self._clock.now())
        state = State(given.state)
        told = AnsweredData(
            given_id=given.id,
            gesture_id=given.gesture_id,
            customer=customer,
            customer_id=given.customer_id if customer else None,
            on_day=given.on_day,
            words=given.words if customer else "",
            state=state,
            answered_by=given.answered_by,
            why=why,
            reminds=given.remind and given.tell_at is not None,
            zone=hours.zone.key,
        )
        notice = NewNotice(
            workspace_id=given.workspace_id,
            key=f"gesture:{given.id}:{'let_go' if state is State.DROPPED else 'answered'}",
            kind=ANSWERED,
            data=told,
            about=about(given.customer_id),
            whom=given.colleague_id,
            manner=Manner.ASKED if given.answered_by and state is not State.DROPPED else Manner.POST,
            not_before=when,
            expires_at=when + IS_NEWS,
            updates=updates,
        )
        await self._outbox.post(session, notice)

    # --- that it is not done after all ---

    async def drop(self, session: AsyncSession, given: Given) -> None:
        """Asked or planned: budget and space come free, and nobody is asked or reminded any more."""
        was = State(given.state)
        given.state, given.tell_at = State.DROPPED, None
        if was is State.PLANNED:
            payers = purses.payers_of(given)
            await purses.locked(session, given.workspace_id, payers)
            await purses.spend(session, given.workspace_id, payers, -given.cost)
            await self.withdraw_reminders(session, given)
        if was is State.ASKED:
            await self.settle(session, given)

    async def withdraw_reminders(self, session: AsyncSession, given: Given) -> None:
        """Those for its day that are not sent yet."""
        keys = [reminder_key(given.id, each, given.on_day) for each in Reminder]
        await withdraw(session, given.workspace_id, keys, self._clock.now())

    # --- parts of these ---

    async def _notice_of(self, session: AsyncSession, given: Given, lead: str, hours: Hours) -> Request:
        """The day is said as it is where the lead is."""
        return (await self.as_seen_by(session, given, lead)).model_copy(update={"zone": hours.zone.key})

    async def _hours_of(self, session: AsyncSession, workspace_id: str, whom: str) -> Hours:
        return await at_work.hours_of(session, self._working_times, workspace_id, whom, self._clock.now())

    async def _left(
        self, session: AsyncSession, workspace_id: str, channel_id: str | None, month: date
    ) -> Decimal | None:
        """In a team's budget of that month."""
        if channel_id is None:
            return None
        held = (await limits.decided(session, workspace_id, channel_id)).of_team
        spent = await queries.spent(session, workspace_id, [channel_id], month)
        return held.team_a_month - spent.get(channel_id, purses.NOTHING)


def _request(given: Given, customer: str | None, left: Decimal | None, currency: Currency) -> Request:
    return Request(
        given_id=given.id,
        gesture_id=given.gesture_id,
        occasion=Occasion(given.occasion),
        occasion_on=given.occasion_on if customer else None,
        cost=given.cost,
        currency=currency,
        on_day=given.on_day,
        colleague_id=given.colleague_id,
        channel_id=given.channel_id,
        team_left=left,
        customer=customer,
        words=given.words if customer else None,
        state=State(given.state),
        answered_by=given.answered_by,
    )


def _key(given: Given, lead: str) -> str:
    return f"gesture:{given.id}:asked:{lead}"
