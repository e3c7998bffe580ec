"""What colleagues hear by the clock: what they are to do today, how it was received, and that nobody answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.service import Cases
from bot.customers.rules import Card, about
from bot.customers.service import Customers, NoSuchCustomer, NotTheirCustomer
from bot.gestures import at_work, course, limits, queries, records, rules
from bot.gestures.course import RECEPTION, REMINDER, ReceptionData, Reminder, ReminderData, State, reminder_key
from bot.gestures.requests import Requests
from bot.gestures.rules import Verdict
from bot.gestures.tables import Given
from bot.kit.clock import Clock
from bot.kit.database import Database, DatabaseAway
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.rules import Hours
from bot.kit.working_time.service import WorkingTimes
from bot.moments.service import Moments
from bot.people.roles import Deed
from bot.people.service import People
from bot.trade import Level, Occasion

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""Lines that are looked up together; each is told by itself."""

AGAIN_AFTER = timedelta(hours=1)
"""One that could not be told, when it is tried once more."""

WAITS = timedelta(days=60)
"""How long it is looked again whether what has to wait may be done; after that its day is long past."""

IS_ASKED_FOR = timedelta(days=7)
"""How long it can still be remembered how it was received."""

TOLD_TWICE = 2
"""That its day was there, and once more that it has passed."""


@dataclass(frozen=True)
class Turn:
    """A line of which its colleague hears now."""

    workspace_id: str
    given_id: int
    customer_id: int
    colleague_id: str


class Telling:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        customers: Customers,
        moments: Moments,
        cases: Cases,
        people: People,
        requests: Requests,
        working_times: WorkingTimes,
        outbox: Outbox,
    ) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._moments = moments
        self._cases = cases
        self._people = people
        self._requests = requests
        self._working_times = working_times
        self._outbox = outbox

    async def tell_due(self) -> None:
        """Until nothing is due any more. Each in a transaction of its own, so that one that cannot be told holds up no
        other.
        """
        told = AT_ONCE
        while told == AT_ONCE:
            async with self._database.reading() as session:
                due = [Turn(*row) for row in await queries.due(session, self._clock.now(), AT_ONCE)]
            for turn in due:
                try:
                    await self._tell(turn)
                except DatabaseAway:
                    raise
                except Exception:
                    log.exception("could_not_tell_of_a_gesture", workspace=turn.workspace_id, gesture=turn.given_id)
                    await self._put_off(turn)
            told = len(due)

    async def _tell(self, turn: Turn) -> None:
        workspace_id, whom = turn.workspace_id, turn.colleague_id
        may_serve = await self._may_serve(workspace_id, whom)
        async with self._database.writing() as session:
            now, card = self._clock.now(), None
            try:
                card = await self._customers.seen_by(session, workspace_id, turn.customer_id, whom, lock=True)
            except NoSuchCustomer:
                return  # erased just now, and the line with them
            except NotTheirCustomer:
                pass
            given = await queries.given(session, workspace_id, turn.given_id, lock=True)
            if given is None or given.tell_at is None or given.tell_at > now:
                return  # somebody was faster
            if card is None or not may_serve:
                await self._is_theirs_no_more(session, given, hears=may_serve)
            elif given.state == State.ASKED:
                await self._is_over(session, given, card, now)
            else:
                await self._tell_at_work(session, given, card, now)

    async def _is_over(self, session: AsyncSession, given: Given, card: Card, now: datetime) -> None:
        """A request that nobody answered. While everything is stopped no lead has heard of it: they get their time
        afterwards."""
        if await self._outbox.held(session, given.workspace_id):
            whose = given.channel_id or given.colleague_id
            hours = await at_work.hours_of(session, self._working_times, given.workspace_id, whose, now)
            given.tell_at = course.over_at(hours, now)
            return
        given.state, given.tell_at = State.UNANSWERED, None
        await self._requests.settle(session, given)
        await self._requests.tell_who_asked(session, given, card.details.name)

    async def _tell_at_work(self, session: AsyncSession, given: Given, card: Card, now: datetime) -> None:
        hours = await at_work.hours_of(session, self._working_times, given.workspace_id, given.colleague_id, now)
        if (later := at_work.next_at_work(hours, now)) > now:
            given.tell_at = later
        elif given.state == State.PLANNED:
            await self._remind(session, given, card, hours, now)
        else:
            given.tell_at = None
            if given.state == State.DONE and await self._is_remembered(session, given, card, hours, now):
                await self._ask_how_it_was_received(session, given, card, hours, now)

    # --- what was planned ---

    async def _remind(self, session: AsyncSession, given: Given, card: Card, hours: Hours, now: datetime) -> None:
        """On its day, and once more when nobody said what came of it; then it is let go.

        Where it has to wait that is said, once, and looked again each working day.
        """
        today = now.astimezone(hours.zone).date()
        verdict = await self._may_still(session, given, card, hours, now)
        has_waited = not verdict.allowed and today - given.on_day >= WAITS
        if has_waited or (verdict.allowed and given.reminded >= TOLD_TWICE):
            await self._let_go(session, given, card, hours, now)
            return
        if not verdict.allowed:
            which, next_at = Reminder.HELD, course.look_again_at(hours, now, verdict.until)
        else:
            which = Reminder.AGAIN if given.reminded else Reminder.ITS_DAY
            given.reminded += 1
            next_at = course.ask_again_at(hours, max(given.on_day, today))
        given.tell_at = next_at
        data = ReminderData(
            given_id=given.id,
            gesture_id=given.gesture_id,
            customer_id=given.customer_id,
            customer=card.details.name,
            occasion=Occasion(given.occasion),
            on_day=given.on_day,
            words=given.words,
            which=which,
            held_by=verdict.reason,
            until=verdict.until,
            zone=hours.zone.key,
        )
        expires_at = next_at if which is Reminder.AGAIN else course.day_over(hours, max(given.on_day, today))
        key = reminder_key(given.id, which, given.plans)
        await self._post(session, given, data, REMINDER, key=key, expires_at=expires_at)

    async def _let_go(self, session: AsyncSession, given: Given, card: Card, hours: Hours, now: datetime) -> None:
        """Not while everything is stopped: they may not have been asked."""
        if await self._outbox.held(session, given.workspace_id):
            given.tell_at = course.look_again_at(hours, now, None)
            return
        asked = reminder_key(given.id, Reminder.AGAIN, given.plans) if given.reminded >= TOLD_TWICE else None
        await self._requests.drop(session, given)
        await self._requests.tell_who_asked(session, given, card.details.name, updates=asked)

    async def _is_theirs_no_more(self, session: AsyncSession, given: Given, *, hears: bool) -> None:
        """Somebody else serves the customer now: what was not done yet is dropped."""
        given.tell_at = None
        if given.state in {State.PLANNED, State.ASKED}:
            await self._requests.drop(session, given)
            if hears:
                await self._requests.tell_who_asked(session, given, None)

    async def _may_still(self, session: AsyncSession, given: Given, card: Card, hours: Hours, now: datetime) -> Verdict:
        """Consent, and whether something went wrong; space and money are looked at when it is done."""
        today = now.astimezone(hours.zone).date()
        held = (await limits.decided(session, given.workspace_id, given.channel_id)).of_team
        standing = await self._cases.standing(session, given.workspace_id, given.customer_id)
        facts = records.customer_facts(card, standing, [], held, today, month=given.month, by=given.colleague_id)
        level = Level(given.level)
        return rules.may_still(facts, held, level=level, takes_space=False, planned_for=given.on_day, today=today)

    # --- what was done ---

    async def _is_remembered(
        self, session: AsyncSession, given: Given, card: Card, hours: Hours, now: datetime
    ) -> bool:
        """Counted from the day on which the customer got to it, where that came after the deed."""
        assert given.done_at is not None  # noqa: S101 — it is done
        today, done_on = (at.astimezone(hours.zone).date() for at in (now, given.done_at))
        falls_on = records.day_of(await self._moments.now(session, given.workspace_id, card, today), given.occasion)
        return today - max(done_on, falls_on or done_on) < IS_ASKED_FOR

    async def _ask_how_it_was_received(
        self, session: AsyncSession, given: Given, card: Card, hours: Hours, now: datetime
    ) -> None:
        """One a day: of whoever did more, the others come on the working days after."""
        tomorrow = course.look_again_at(hours, now, None)
        await queries.ask_later(session, given, tomorrow)
        data = ReceptionData(
            given_id=given.id, gesture_id=given.gesture_id, customer=card.details.name, on_day=given.on_day
        )
        await self._post(session, given, data, RECEPTION, key=f"gesture:{given.id}:reception", expires_at=tomorrow)

    # --- parts of these ---

    async def _may_serve(self, workspace_id: str, slack_id: str) -> bool:
        """Also of whom Slack has not told yet who they are."""
        known = await self._people.known(workspace_id, slack_id)
        return known.standing is None or await self._people.may(workspace_id, slack_id, Deed.SERVE)

    async def _post(
        self, session: AsyncSession, given: Given, data: NoticeData, kind: str, *, key: str, expires_at: datetime
    ) -> None:
        notice = NewNotice(
            workspace_id=given.workspace_id,
            key=key,
            kind=kind,
            data=data,
            about=about(given.customer_id),
            whom=given.colleague_id,
            manner=Manner.POST,  # they wanted to do it, and it comes when they are at work
            expires_at=expires_at,
        )
        await self._outbox.post(session, notice)

    async def _put_off(self, turn: Turn) -> None:
        async with self._database.writing() as session:
            theirs = (Given.workspace_id == turn.workspace_id, Given.id == turn.given_id, Given.tell_at.is_not(None))
            await session.execute(update(Given).where(*theirs).values(tell_at=self._clock.now() + AGAIN_AFTER))
