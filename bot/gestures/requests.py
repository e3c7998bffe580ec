"""What is above what a colleague decides: who may say yes, what they are asked, what is told of it, and that it is let
go.

All of it is part of a caller's transaction.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.rules import Card, about
from bot.customers.service import Customers, NoSuchCustomer, NotTheirCustomer
from bot.gestures import at_work, limits, purses, queries
from bot.gestures.course import ANSWERED, ASKED, AnsweredData, Reminder, Request, State, reminder_key
from bot.gestures.limits import Decided
from bot.gestures.tables import Given
from bot.kit.clock import Clock
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.withdrawing import withdraw
from bot.kit.working_time.rules import Hours
from bot.kit.working_time.service import WorkingTimes
from bot.moments.service import Moments
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
        moments: Moments,
        teams: Teams,
        roles: RolesGiven,
        working_times: WorkingTimes,
        outbox: Outbox,
    ) -> None:
        self._clock = clock
        self._customers = customers
        self._moments = moments
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
        today = self._today(await self._hours_of(session, workspace_id, by))
        asking = {given.channel_id for given, *_customer in rows}
        decided = {team: await limits.decided(session, workspace_id, team) for team in asking}
        budgets = {(given.channel_id, _month(given, today)) for given, *_customer in rows}
        left = {
            (team, month): await _left(session, decided[team], workspace_id, team, month) for team, month in budgets
        }
        return [
            _request(
                given,
                name if contact == by or team in served else None,
                left[given.channel_id, _month(given, today)],
                decided[given.channel_id],
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
        """Who the customer is, what is said to them, and the day of the moment, only for a lead who serves them."""
        hours = await self._hours_of(session, given.workspace_id, by)
        today = self._today(hours)
        customer, occasion_on = None, None
        try:
            card = await self._customers.seen_by(session, given.workspace_id, given.customer_id, by)
        except (NoSuchCustomer, NotTheirCustomer):
            pass
        else:
            customer = card.details.name
            occasion_on = await self._day_of(session, given, card, today)
        decided = await limits.decided(session, given.workspace_id, given.channel_id)
        left = await _left(session, decided, given.workspace_id, given.channel_id, _month(given, today))
        seen = _request(given, customer, left, decided)
        return seen.model_copy(update={"occasion_on": occasion_on, "zone": hours.zone.key})

    async def _day_of(self, session: AsyncSession, given: Given, card: Card, today: date) -> date | None:
        """On which what is going on falls: it is worked out each time, as a birthday is kept on the card only."""
        moments = await self._moments.now(session, given.workspace_id, card, today)
        return next((moment.day for moment in moments if moment.occasion == given.occasion), None)

    # --- what is told of it ---

    async def ask(self, session: AsyncSession, given: Given) -> None:
        """Each lead, when they are at work. Once it is over the notice of that takes its place."""
        for lead in given.asked_of:
            hours = await self._hours_of(session, given.workspace_id, lead)
            notice = NewNotice(
                workspace_id=given.workspace_id,
                key=_key(given, lead),
                kind=ASKED,
                data=await self.as_seen_by(session, given, lead),
                about=about(given.customer_id),
                whom=lead,
                manner=Manner.POST,
                not_before=at_work.next_at_work(hours, self._clock.now()),
            )
            await self._outbox.post(session, notice)

    async def settle(self, session: AsyncSession, given: Given) -> None:
        """What the leads were asked says how it stands, also that it is for another day."""
        notices: list[NewNotice] = []
        news = f"for-{given.plans}" if given.state == State.ASKED else "settled"
        for lead in given.asked_of:
            is_theirs = lead == given.answered_by
            hours = await self._hours_of(session, given.workspace_id, lead)
            notices.append(
                NewNotice(
                    workspace_id=given.workspace_id,
                    key=f"{_key(given, lead)}:{news}",
                    kind=ASKED,
                    data=await self.as_seen_by(session, given, lead),
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
            remind_at=given.tell_at if given.remind else None,
            is_stopped=await self._outbox.held(session, given.workspace_id) is not None,
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
        """Those of its plan that are not sent yet."""
        keys = [reminder_key(given.id, each, given.plans) for each in Reminder]
        await withdraw(session, given.workspace_id, keys, self._clock.now())

    # --- parts of these ---

    async def _hours_of(self, session: AsyncSession, workspace_id: str, whom: str) -> Hours:
        return await at_work.hours_of(session, self._working_times, workspace_id, whom, self._clock.now())

    def _today(self, hours: Hours) -> date:
        """Where they are."""
        return self._clock.now().astimezone(hours.zone).date()


async def _left(
    session: AsyncSession, decided: Decided, workspace_id: str, channel_id: str | None, month: date
) -> Decimal | None:
    """In a team's budget of that month."""
    if channel_id is None:
        return None
    spent = await queries.spent(session, workspace_id, [channel_id], month)
    return decided.of_team.team_a_month - spent.get(channel_id, purses.NOTHING)


def _request(given: Given, customer: str | None, left: Decimal | None, decided: Decided) -> Request:
    alone = decided.of_team.colleague_decides
    return Request(
        given_id=given.id,
        gesture_id=given.gesture_id,
        occasion=Occasion(given.occasion),
        cost=given.cost,
        currency=decided.currency,
        on_day=given.on_day,
        colleague_id=given.colleague_id,
        channel_id=given.channel_id,
        above=alone if given.cost > alone else None,
        team_left=left,
        customer=customer,
        words=given.words if customer else None,
        state=State(given.state),
        answered_by=given.answered_by,
    )


def _month(given: Given, today: date) -> date:
    """Out of whose money it would go: once its day has passed, a yes plans it for today."""
    return given.month if given.state != State.ASKED else purses.month_of(max(given.on_day, today))


def _key(given: Given, lead: str) -> str:
    return f"gesture:{given.id}:asked:{lead}"
