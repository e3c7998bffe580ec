"""What colleagues hear by the clock of their promises: a reminder, a question, and that one counts as broken.

Whoever made it hears it; where they cannot see to it, the customer's contact does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.service import Cases
from bot.customers.rules import about
from bot.customers.service import Customers, NoSuchCustomer, NotTheirCustomer
from bot.kit.clock import Clock
from bot.kit.database import Database, DatabaseAway
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.withdrawing import withdraw
from bot.kit.working_time.rules import Hours
from bot.kit.working_time.service import WorkingTimes
from bot.kit.working_time.wall_clock import DAY
from bot.people.roles import Standing
from bot.people.service import People
from bot.promises import calendar, queries
from bot.promises.rules import Ahead, Due, State, ToldData
from bot.promises.tables import Promise

log = structlog.get_logger(__name__)

REMINDER, QUESTION, GIVEN_UP = "promises.reminder", "promises.question", "promises.given_up"
TOLD = {Ahead.REMINDER: REMINDER, Ahead.QUESTION: QUESTION, Ahead.END: GIVEN_UP}
"""Kinds of notices."""

AT_ONCE = 100
"""Promises that are looked up together; each is told by itself."""

LATE = timedelta(hours=1)
"""After this what was planned in working hours may not be in them any more."""

AGAIN_AFTER = timedelta(hours=1)
"""One that could not be told, when it is tried once more."""


@dataclass(frozen=True)
class Times:
    """When somebody works. `free`: the same, without the days on which they are away. `is_stopped`: an administrator
    has stopped what they would hear then."""

    hours: Hours
    free: Hours
    is_stopped: bool = False


@dataclass(frozen=True)
class Turn:
    """A promise of which somebody hears now. `times`: theirs."""

    promise_id: int
    workspace_id: str
    customer_id: int
    contact_id: str
    whom: str
    times: Times
    is_held: bool


class Reminding:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        customers: Customers,
        cases: Cases,
        people: People,
        working_times: WorkingTimes,
        outbox: Outbox,
    ) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._cases = cases
        self._people = people
        self._working_times = working_times
        self._outbox = outbox

    async def tell_due(self) -> int:
        """Reminds, asks, and gives up, of all workspaces. How many of them there were.

        Each in a transaction of its own, so that one that cannot be told holds up no other.
        """
        told = 0
        while True:
            turns = await self._due()
            for turn in turns:
                try:
                    await self._tell(turn)
                except DatabaseAway:
                    raise
                except Exception:
                    log.exception("could_not_tell_of_a_promise", workspace=turn.workspace_id, promise=turn.promise_id)
                    await self._put_off(turn)
            told += len(turns)
            if len(turns) < AT_ONCE:
                return told

    async def was_asked(self, session: AsyncSession, workspace_id: str, told: ToldData) -> None:
        """The question is with them: from now on it counts how long nobody answers. Part of the caller's
        transaction.
        """
        times = await self.times_of(session, workspace_id, told.whom)
        still_open = (Promise.state == State.OPEN, Promise.ahead == Ahead.END, Promise.tell_at.is_(None))
        theirs = (Promise.workspace_id == workspace_id, Promise.id == told.promise_id)
        as_asked = Promise.times_told_anew == told.times_moved
        # Whoever holds it just now ends or moves it. Others lock what they tell of before its notices, and this one
        # has its notice already: so it waits for nobody.
        asked = select(Promise).where(*theirs, *still_open, as_asked).with_for_update(skip_locked=True)
        if promise := await session.scalar(asked):
            promise.tell_at = calendar.gives_up_at(times.free, self._clock.now())

    async def times_of(self, session: AsyncSession, workspace_id: str, colleague_id: str) -> Times:
        """Part of the caller's transaction."""
        hours, _wish = await self._working_times.hours_of(session, workspace_id, colleague_id)
        today = self._clock.now().astimezone(hours.zone).date()
        absences = await self._working_times.absences(session, workspace_id, colleague_id, today - DAY)
        is_stopped = await self._outbox.held(session, workspace_id) is not None
        return Times(hours, calendar.but_for(hours, absences), is_stopped)

    async def breaks(self, session: AsyncSession, promise: Promise, *, by: str) -> None:
        """From now on it is an open case. Part of the caller's transaction, which has the customer locked."""
        promise.state, promise.ended_at, promise.tell_at = State.BROKEN, self._clock.now(), None
        promise.case_id = await self._cases.open_for_promise(
            session, promise.workspace_id, promise.customer_id, promise.id, promise.what, by=by
        )
        await self.withdraw(session, promise)

    async def withdraw(self, session: AsyncSession, promise: Promise) -> None:
        """What was still to be told of it is not so any more. Part of the caller's transaction."""
        keys = [_key(promise, ahead) for ahead in Ahead]
        await withdraw(session, promise.workspace_id, keys, self._clock.now())

    # --- whose turn it is ---

    async def _due(self) -> Sequence[Turn]:
        now = self._clock.now()
        async with self._database.reading() as session:
            rows = await queries.due(session, now, AT_ONCE)
            people = {(row.workspace_id, who) for row in rows for who in (row.made_by, row.contact_id)}
            times = {key: await self.times_of(session, *key) for key in people}
            makers = {(row.workspace_id, row.made_by) for row in rows}
            teams = {key: set(await self._customers.served_teams(session, *key)) for key in makers}
            held = {workspace: await self._outbox.held(session, workspace) for workspace, _who in makers}
        turns: list[Turn] = []
        for row in rows:
            workspace_id, maker, contact = row.workspace_id, row.made_by, row.contact_id
            sees = maker == contact or row.channel_id in teams[workspace_id, maker]
            is_there = sees and await self._is_colleague(workspace_id, maker)
            if is_there and contact != maker:
                away, stand_in = times[workspace_id, maker].free, times[workspace_id, contact].free
                # What can wait until they are back waits; what cannot is for the contact, who is not asked to give up.
                waits = ahead_of(row.ahead, row.due_at, now) is Ahead.END or calendar.at_work(away, now) <= row.due_at
                if calendar.is_away(away, now) and not waits and not calendar.is_away(stand_in, now):
                    is_there = not await self._is_colleague(workspace_id, contact)
            whom = maker if is_there else contact
            turns.append(
                Turn(
                    promise_id=row.id,
                    workspace_id=workspace_id,
                    customer_id=row.customer_id,
                    contact_id=contact,
                    whom=whom,
                    times=times[workspace_id, whom],
                    is_held=held[workspace_id] is not None,
                )
            )
        return turns

    async def _is_colleague(self, workspace_id: str, slack_id: str) -> bool:
        """Also of whom Slack has not told yet who they are."""
        return (await self._people.known(workspace_id, slack_id)).standing in {None, Standing.MEMBER}

    # --- what they hear ---

    async def _tell(self, turn: Turn) -> None:
        now, workspace_id = self._clock.now(), turn.workspace_id
        async with self._database.writing() as session:
            try:
                await self._customers.seen_by(session, workspace_id, turn.customer_id, turn.contact_id, lock=True)
            except (NoSuchCustomer, NotTheirCustomer):
                return  # erased, or handed over just now: the next tick knows
            row = await queries.promise(session, workspace_id, turn.promise_id, lock=True)
            if row is None or row[0].tell_at is None or row[0].tell_at > now:
                return  # somebody was faster
            promise, customer, _contact = row
            ahead = ahead_of(promise.ahead, promise.due_at, now)
            if later := _later(turn, promise, ahead, now):
                promise.tell_at = later
                return
            match ahead:
                case Ahead.REMINDER:
                    promise.ahead, promise.tell_at = Ahead.QUESTION, calendar.ask_at(turn.times.hours, promise.due_at)
                case Ahead.QUESTION:
                    promise.ahead, promise.tell_at = Ahead.END, None  # until they have the question
                case Ahead.END:
                    await self.breaks(session, promise, by=turn.whom)
            await self._outbox.post(session, _notice(turn, promise, customer, ahead))

    async def _put_off(self, turn: Turn) -> None:
        async with self._database.writing() as session:
            theirs = (Promise.workspace_id == turn.workspace_id, Promise.id == turn.promise_id)
            again_at = self._clock.now() + AGAIN_AFTER
            await session.execute(update(Promise).where(*theirs, Promise.tell_at.is_not(None)).values(tell_at=again_at))


def terms(times: Times, due: Due, now: datetime) -> dict[str, object]:
    """By when it is to be done, and when its colleague hears of it: the columns of it."""
    due_at = calendar.due_at(times.hours, due, now)
    ahead, tell_at = what_is_told(times, due, due_at, now)
    return {"due_on": due.on, "due_hour": due.at, "due_at": due_at, "ahead": ahead, "tell_at": tell_at}


def what_is_told(times: Times, due: Due, due_at: datetime, now: datetime) -> tuple[Ahead, datetime]:
    """What its colleague hears next, and when."""
    if due_at > now and (reminder := calendar.remind_at(times.free, now, due)):
        return Ahead.REMINDER, reminder
    return Ahead.QUESTION, calendar.ask_at(times.hours, max(due_at, now))


def ahead_of(ahead: str, due_at: datetime, now: datetime) -> Ahead:
    """A reminder that was missed while nothing ran is the question by now."""
    return Ahead.QUESTION if ahead == Ahead.REMINDER and now >= due_at else Ahead(ahead)


def _later(turn: Turn, promise: Promise, ahead: Ahead, now: datetime) -> datetime | None:
    """When it is looked at again; None: it is told now."""
    hours = turn.times.free
    at_work = calendar.at_work(hours, now)
    if ahead is Ahead.END and (turn.is_held or calendar.is_away(hours, now)):
        return calendar.gives_up_at(hours, at_work)  # nobody could answer
    is_as_planned = now - (promise.tell_at or now) <= LATE
    is_planned_for_them = turn.whom == promise.made_by or ahead is Ahead.END
    if at_work > now and (calendar.is_away(hours, now) or not (is_as_planned and is_planned_for_them)):
        return at_work
    return None


def _notice(turn: Turn, promise: Promise, customer: str, ahead: Ahead) -> NewNotice:
    told = ToldData(
        promise_id=promise.id,
        times_moved=promise.times_told_anew,
        customer=customer,
        what=promise.what,
        on=promise.due_on,
        at=promise.due_hour,
        zone=turn.times.hours.zone.key,
        whom=turn.whom,
        made_by=promise.made_by,
        case_id=promise.case_id,
    )
    return NewNotice(
        workspace_id=turn.workspace_id,
        key=_key(promise, ahead),
        kind=TOLD[ahead],
        data=told,
        about=about(turn.customer_id),
        whom=turn.whom,
        manner=Manner.POST,  # they asked for it by promising, and it comes in their working hours
        expires_at=promise.due_at if ahead is Ahead.REMINDER else None,
    )


def _key(promise: Promise, ahead: Ahead) -> str:
    return f"{TOLD[ahead]}:{promise.id}:{promise.times_told_anew}"
