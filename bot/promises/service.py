"""Promises are made, remembered in time, and kept, moved or broken. A broken one is an open case.

Whoever may see the customer's card may do all of it. One public method is one transaction, but for what takes part in
its caller's.
"""

from datetime import date, datetime

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.rules import LISTED, SLIP, FirstOf, one_line
from bot.cases.service import Cases, NoSuchCase, StandsByNow, fit_to_keep
from bot.customers.service import Customers, NoSuchCustomer
from bot.kit import dates
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.kit.i18n import Language
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.rules import Hours
from bot.kit.working_time.service import WorkingTimes
from bot.people.service import People
from bot.promises import calendar, finding, queries, rules
from bot.promises.calendar import Question
from bot.promises.queries import seen_of
from bot.promises.reminding import Reminding, Times, terms, what_is_told
from bot.promises.rules import Ahead, Due, Noted, PromiseSeen, State, Understood
from bot.promises.tables import Promise

LOOKED_THROUGH = 200
"""Promises to one customer, for the same one."""


class NoSuchPromise(Exception):
    """There never was one here, it was taken back, or the customer's card was erased."""


class PromiseIsOver(Exception):
    """It was kept, or broken, already."""

    def __init__(self, promise: PromiseSeen) -> None:
        super().__init__(promise.id)
        self.promise = promise


class InTimeOrLate(Exception):
    """It was due, so whether it was kept in time is for them to say."""

    def __init__(self, promise: PromiseSeen) -> None:
        super().__init__(promise.id)
        self.promise = promise


class IsThereAlready(Exception):
    """The same was promised, and is still open."""

    def __init__(self, promise: PromiseSeen) -> None:
        super().__init__(promise.id)
        self.promise = promise


class CannotBeMet(Exception):
    """It gets a question back. `now`: by the colleague's own clock."""

    def __init__(self, customer: str, question: Question, due: Due, now: datetime) -> None:
        super().__init__(question.doubt)
        self.customer = customer
        self.question = question
        self.due = due
        self.now = now


class CustomerNotTold(Exception):
    """A promise is moved with the customer, and not behind their back."""


class TooLateToTakeBack(Exception):
    """It is a promise by now: it can be kept, moved or broken."""


class StandsAsBroken(Exception):
    """It was not noted as broken just now by who wants to undo it, or putting it right has begun since."""

    def __init__(self, *, is_begun: bool = False) -> None:
        super().__init__(is_begun)
        self.is_begun = is_begun


class Promises:
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
        self._reminding = Reminding(
            database,
            clock,
            customers=customers,
            cases=cases,
            people=people,
            working_times=working_times,
            outbox=outbox,
        )
        self.tell_due, self.was_asked = self._reminding.tell_due, self._reminding.was_asked

    # --- what somebody sees ---

    async def understand(
        self, workspace_id: str, line: str, *, by: str, language: Language, said_at: datetime | None = None
    ) -> Understood:
        """“Jansen the quote by Friday 15:00”: to whom, what and by when, as far as that is clear. `said_at`: by their
        own clock, of what was not said just now.
        """
        line = one_line(line)
        customers, rest, is_sure = await finding.who_is_meant(self._customers, workspace_id, line, by)
        async with self._database.reading() as session:
            hours = (await self._times(session, workspace_id, by)).free
        now = said_at or self._local(hours)
        meant, no_day = dates.day_meant(rest, now, language), None
        if meant is None and (is_no_day := rules.no_day_in(rest)):
            no_day, rest = is_no_day
        return Understood(
            customers=customers,
            is_sure=is_sure,
            what=rules.what_is_promised(meant.rest if meant else rest),
            due=calendar.due_of(hours, now, meant) if meant else None,
            no_day=no_day,
        )

    async def now_of(self, workspace_id: str, colleague_id: str) -> datetime:
        """By the clock on the wall of their work."""
        async with self._database.reading() as session:
            return self._local((await self._times(session, workspace_id, colleague_id)).hours)

    async def promise(self, workspace_id: str, promise_id: int, *, by: str) -> PromiseSeen:
        """Raises NoSuchPromise, NotTheirCustomer."""
        async with self._database.reading() as session:
            return seen_of(*await self._theirs(session, workspace_id, promise_id, by))

    async def put_right_on(self, workspace_id: str, promise: PromiseSeen) -> date | None:
        """The day on which the case was closed that came of it. For who sees the promise."""
        if promise.case_id is None:
            return None
        async with self._database.reading() as session:
            return await self._cases.closed_on(session, workspace_id, promise.case_id)

    async def of_customer(
        self, session: AsyncSession, workspace_id: str, customer_id: int, limit: int = LISTED
    ) -> FirstOf[PromiseSeen]:
        """Those that are open, for who sees the card; the first due first. Part of the caller's transaction."""
        rows, in_all = await queries.open_of_customer(session, workspace_id, customer_id, limit)
        return FirstOf([seen_of(*row) for row in rows], in_all)

    async def of_colleague(
        self, session: AsyncSession, workspace_id: str, colleague_id: str, limit: int = LISTED
    ) -> FirstOf[PromiseSeen]:
        """Those that are open, to customers whom they see: theirs, or to whom they are the contact. The first due
        first. Part of the caller's transaction.
        """
        teams = await self._customers.served_teams(session, workspace_id, colleague_id)
        rows, in_all = await queries.open_of_colleague(session, workspace_id, colleague_id, teams, limit)
        return FirstOf([seen_of(*row) for row in rows], in_all)

    # --- what becomes of it ---

    async def make(
        self,
        workspace_id: str,
        customer_id: int,
        what: str,
        due: Due,
        *,
        by: str,
        event_key: str,
        insists: bool = False,
    ) -> Noted:
        """`event_key`: Slack's own id of the command or form; the same once more is the same promise. `insists`: they
        were asked whether it can be met, and say yes.

        Raises NoSuchCustomer, NotTheirCustomer, NotOneLine, MayNotBeKept, IsThereAlready, CannotBeMet.
        """
        what, now = fit_to_keep(what), self._clock.now()
        async with self._database.writing() as session:
            card = await self._customers.seen_by(session, workspace_id, customer_id, by, lock=True)
            times = await self._times(session, workspace_id, by)
            today = self._local(times.hours).date()
            spoken_to, made = card.details.last_contact_on, await queries.made_by(session, workspace_id, event_key)
            if made is None:
                if not insists:
                    await self._look_for_the_same(session, workspace_id, customer_id, what)
                self._ask_back(card.details.name, times, due, insists=insists)
                new = insert_into(session, Promise).values(
                    workspace_id=workspace_id,
                    event_key=event_key,
                    customer_id=customer_id,
                    made_by=by,
                    made_at=now,
                    what=what,
                    state=State.OPEN,
                    times_moved=0,
                    times_told_anew=0,
                    spoken_to_before=spoken_to,
                    contact=await self._customers.in_contact(session, workspace_id, customer_id, today),
                    **terms(times, due, now),
                )
                await session.execute(new.on_conflict_do_nothing(index_elements=["workspace_id", "event_key"]))
                made = await queries.made_by(session, workspace_id, event_key)
            assert made is not None  # noqa: S101 — it was there, or was written
            is_contact = spoken_to is None or spoken_to < today
            return self._noted(seen_of(*made), made[0], times, is_contact=is_contact)

    async def take_back(self, workspace_id: str, promise_id: int, *, by: str) -> PromiseSeen:
        """It was noted by mistake; how it stood. Raises NoSuchPromise, NotTheirCustomer, PromiseIsOver,
        TooLateToTakeBack.
        """
        async with self._database.writing() as session:
            promise, seen = await self._open(session, workspace_id, promise_id, by)
            if promise.made_by != by or promise.times_moved or self._clock.now() - promise.made_at > SLIP:
                raise TooLateToTakeBack
            times = await self._times(session, workspace_id, by)
            made_on = promise.made_at.astimezone(times.hours.zone).date()
            await self._customers.not_in_contact(
                session,
                workspace_id,
                promise.customer_id,
                promise.contact,
                on=made_on,
                before=promise.spoken_to_before,
            )
            await self._reminding.withdraw(session, promise)
            await session.delete(promise)
            return seen

    async def keep(self, workspace_id: str, promise_id: int, *, by: str, was_late: bool | None = None) -> PromiseSeen:
        """Late is kept too; that it was late is for them to say, who may be asked long after. None: they did not yet.

        Raises NoSuchPromise, NotTheirCustomer, PromiseIsOver, InTimeOrLate.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            promise, seen = await self._open(session, workspace_id, promise_id, by)
            if was_late is None and seen.is_overdue(now):
                raise InTimeOrLate(seen)
            promise.state, promise.tell_at = State.KEPT, None
            promise.ended_at = now if was_late else min(now, promise.due_at)
            today = self._local((await self._times(session, workspace_id, by)).hours).date()
            await self._customers.in_contact(session, workspace_id, promise.customer_id, today)
            await self._reminding.withdraw(session, promise)
            return seen_of(promise, seen.customer, seen.contact_id)

    async def move(
        self,
        workspace_id: str,
        promise_id: int,
        due: Due,
        *,
        by: str,
        customer_was_told: bool,
        insists: bool = False,
    ) -> Noted:
        """To another day, of which the customer knows; to where it stands already is nothing.

        Raises NoSuchPromise, NotTheirCustomer, PromiseIsOver, CustomerNotTold, CannotBeMet.
        """
        if not customer_was_told:
            raise CustomerNotTold
        async with self._database.writing() as session:
            promise, seen = await self._open(session, workspace_id, promise_id, by)
            times = await self._times(session, workspace_id, promise.made_by)
            if seen.due == due:
                return self._noted(seen, promise, times, is_new=False)
            self._ask_back(seen.customer, times, due, insists=insists)
            await self._reminding.withdraw(session, promise)
            for column, value in terms(times, due, self._clock.now()).items():
                setattr(promise, column, value)
            promise.times_moved += 1
            promise.times_told_anew += 1
            today = self._local((await self._times(session, workspace_id, by)).hours).date()
            await self._customers.in_contact(session, workspace_id, promise.customer_id, today)
            return self._noted(seen_of(promise, seen.customer, seen.contact_id), promise, times)

    async def break_(self, workspace_id: str, promise_id: int, *, by: str) -> PromiseSeen:
        """It could not be kept: from now on it is an open case.

        Raises NoSuchPromise, NotTheirCustomer, PromiseIsOver.
        """
        async with self._database.writing() as session:
            promise, seen = await self._open(session, workspace_id, promise_id, by)
            await self._reminding.breaks(session, promise, by=by)
            return seen_of(promise, seen.customer, seen.contact_id)

    async def not_broken(self, workspace_id: str, promise_id: int, *, by: str) -> PromiseSeen:
        """It was noted as broken by mistake, and is open again: its case goes, and it is told of anew.

        Raises NoSuchPromise, NotTheirCustomer, StandsAsBroken.
        """
        async with self._database.writing() as session:
            row = await self._theirs(session, workspace_id, promise_id, by, lock=True)
            promise, seen = row[0], seen_of(*row)
            if seen.is_open:
                return seen
            if promise.case_id is None:
                raise StandsAsBroken
            try:
                await self._cases.take_back_in(session, workspace_id, promise.case_id, by=by, promise_id=promise.id)
            except NoSuchCase:
                raise StandsAsBroken from None
            except StandsByNow as stands:
                raise StandsAsBroken(is_begun=stands.case.is_begun) from None
            times = await self._times(session, workspace_id, promise.made_by)
            promise.state, promise.ended_at, promise.case_id = State.OPEN, None, None
            promise.times_told_anew += 1
            promise.ahead, promise.tell_at = what_is_told(times, seen.due, promise.due_at, self._clock.now())
            return seen_of(promise, seen.customer, seen.contact_id)

    # --- parts of these ---

    async def _theirs(
        self, session: AsyncSession, workspace_id: str, promise_id: int, by: str, *, lock: bool = False
    ) -> Row[Promise, str, str]:
        """With the customer's name and contact. Raises NoSuchPromise, NotTheirCustomer."""
        customer_id = await queries.customer_of(session, workspace_id, promise_id)
        if customer_id is None:
            raise NoSuchPromise
        try:
            # The customer is locked before what is theirs, by whoever locks both: so nobody waits in a circle.
            await self._customers.seen_by(session, workspace_id, customer_id, by, lock=lock)
        except NoSuchCustomer:
            raise NoSuchPromise from None
        row = await queries.promise(session, workspace_id, promise_id, lock=lock)
        if row is None:
            raise NoSuchPromise
        return row

    async def _open(
        self, session: AsyncSession, workspace_id: str, promise_id: int, by: str
    ) -> tuple[Promise, PromiseSeen]:
        """Locked, and how it stands. Raises NoSuchPromise, NotTheirCustomer, PromiseIsOver."""
        row = await self._theirs(session, workspace_id, promise_id, by, lock=True)
        seen = seen_of(*row)
        if not seen.is_open:
            raise PromiseIsOver(seen)
        return row[0], seen

    async def _times(self, session: AsyncSession, workspace_id: str, colleague_id: str) -> Times:
        return await self._reminding.times_of(session, workspace_id, colleague_id)

    def _local(self, hours: Hours) -> datetime:
        return self._clock.now().astimezone(hours.zone)

    async def _look_for_the_same(self, session: AsyncSession, workspace_id: str, customer_id: int, what: str) -> None:
        """Raises IsThereAlready."""
        there, _in_all = await queries.open_of_customer(session, workspace_id, customer_id, LOOKED_THROUGH)
        for row in there:
            if rules.same_words(row[0].what, what):
                raise IsThereAlready(seen_of(*row))

    def _ask_back(self, customer: str, times: Times, due: Due, *, insists: bool) -> None:
        """Raises CannotBeMet."""
        question = calendar.question(times.free, self._clock.now(), due)
        if question is not None and not (insists and question.may_insist):
            raise CannotBeMet(customer, question, due, self._local(times.hours))

    def _noted(
        self, seen: PromiseSeen, promise: Promise, times: Times, *, is_new: bool = True, is_contact: bool = False
    ) -> Noted:
        reminder = None
        if promise.ahead == Ahead.REMINDER and promise.tell_at is not None:
            local = promise.tell_at.astimezone(times.hours.zone)
            reminder = Due(local.date(), local.time())
        today = self._local(times.hours).date()
        return Noted(
            promise=seen,
            reminder=reminder,
            today=today,
            is_new=is_new,
            is_contact=is_contact,
            is_stopped=times.is_stopped,
        )
