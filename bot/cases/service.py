"""Cases are opened, handled, and closed when the customer says that it is put right.

Whoever may see the customer's card may do all of it. One public method is one transaction, but for what takes part in
its caller's.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import queries, rules
from bot.cases.rules import LISTED, SLIP, CaseSeen, Cause, FirstOf, GivenData, Mistake, Standing, Step
from bot.cases.tables import Case
from bot.customers import screening
from bot.customers.rules import about
from bot.customers.service import Customers, MayNotBeKept, NoSuchCustomer, NotTheirCustomer
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.outbox.withdrawing import may_be_told_after_all, withdraw

GIVEN, NOT_GIVEN = "cases.given", "cases.not_given"
"""The kinds of notices that hand a case over, and that say it was a mistake."""


class NoSuchCase(Exception):
    """There never was one here, or the customer's card was erased."""


class CaseIsClosed(Exception):
    """The customer said already that it is put right."""

    def __init__(self, case: CaseSeen) -> None:
        super().__init__(case.id)
        self.case = case


class StandsByNow(Exception):
    """It was not done just now by who wants to undo it, or somebody has begun to put it right."""

    def __init__(self, case: CaseSeen) -> None:
        super().__init__(case.id)
        self.case = case


class NotOneLine(Exception):
    """Something is wrong with the line that was written."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


class CannotHandle(Exception):
    """Who should handle it may not see the customer's card."""


class Cases:
    def __init__(self, database: Database, clock: Clock, customers: Customers, outbox: Outbox) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._outbox = outbox

    # --- how it stands ---

    async def standing(self, session: AsyncSession, workspace_id: str, customer_id: int) -> Standing:
        """With one customer. Part of the caller's transaction."""
        return rules.standing(await queries.how_it_went(session, workspace_id, customer_id))

    async def case(self, workspace_id: str, case_id: int, *, by: str) -> CaseSeen:
        """Raises NoSuchCase, NotTheirCustomer."""
        async with self._database.reading() as session:
            return _seen(*await self._theirs(session, workspace_id, case_id, by))

    async def of_customer(
        self, session: AsyncSession, workspace_id: str, customer_id: int, limit: int = LISTED
    ) -> FirstOf[CaseSeen]:
        """Those that are open, for who sees the card; the longest open first. Part of the caller's transaction."""
        rows, in_all = await queries.open_of_customer(session, workspace_id, customer_id, limit)
        return FirstOf([_seen(*row) for row in rows], in_all)

    async def closed_just_now(
        self, session: AsyncSession, workspace_id: str, customer_id: int, by: str
    ) -> Sequence[CaseSeen]:
        """Those that they closed, and may open again, for who sees the card. Part of the caller's transaction."""
        since = self._clock.now() - SLIP
        rows = await queries.closed_by_since(session, workspace_id, customer_id, by=by, since=since, limit=LISTED)
        return [_seen(*row) for row in rows]

    async def closed_on(self, session: AsyncSession, workspace_id: str, case_id: int) -> date | None:
        """None: it is open. Part of the caller's transaction."""
        return await queries.closed_on(session, workspace_id, case_id)

    async def open_for(
        self, session: AsyncSession, workspace_id: str, customer_ids: Collection[int]
    ) -> Collection[int]:
        """Those of these customers for whom something is to be put right. Part of the caller's transaction."""
        return await queries.customers_with_one(session, workspace_id, customer_ids)

    async def of_colleague(
        self, session: AsyncSession, workspace_id: str, colleague_id: str, limit: int = LISTED
    ) -> FirstOf[CaseSeen]:
        """Those that are open, of customers whom they see: theirs to handle, or of whose customer they are the
        contact. The longest open first. Part of the caller's transaction.
        """
        teams = await self._customers.served_teams(session, workspace_id, colleague_id)
        rows, in_all = await queries.open_of_colleague(session, workspace_id, colleague_id, teams, limit)
        return FirstOf([_seen(*row) for row in rows], in_all)

    # --- what becomes of it ---

    async def open(
        self,
        workspace_id: str,
        customer_id: int,
        what: str,
        *,
        by: str,
        handled_by: str | None = None,
        event_key: str | None = None,
    ) -> int:
        """Something went wrong for this customer. `handled_by`: None is who opens it; somebody else is told.

        `event_key`: Slack's own id of the form; the same once more is the same case. Raises NoSuchCustomer,
        NotTheirCustomer, CannotHandle, NotOneLine, MayNotBeKept.
        """
        what, handler = fit_to_keep(what), handled_by or by
        async with self._database.writing() as session:
            card = await self._customers.seen_by(session, workspace_id, customer_id, by, lock=True)
            if handler != by:
                await self._may_handle(session, workspace_id, customer_id, handler)
            case_id, is_new = await self._open(
                session,
                workspace_id,
                customer_id,
                what,
                by=by,
                cause=Cause.BY_HAND,
                handled_by=handler,
                event_key=event_key,
            )
            if is_new and handler != by:
                told = GivenData(case_id=case_id, customer=card.details.name, what=what, by=by)
                await self._outbox.post(session, _notice(workspace_id, customer_id, GIVEN, told, whom=handler))
        return case_id

    async def open_for_promise(
        self, session: AsyncSession, workspace_id: str, customer_id: int, promise_id: int, what: str, *, by: str
    ) -> int:
        """A promise was broken: its case, which there is one of.

        Part of the caller's transaction, which has the customer locked.
        """
        case_id, _is_new = await self._open(
            session,
            workspace_id,
            customer_id,
            what,
            by=by,
            cause=Cause.BROKEN_PROMISE,
            handled_by=by,
            event_key=f"{_OF_PROMISE}{promise_id}",
        )
        return case_id

    async def step(
        self,
        workspace_id: str,
        case_id: int,
        *,
        by: str,
        done: Collection[Step] = (),
        undone: Collection[Step] = (),
    ) -> CaseSeen:
        """These steps were done, and those after all not; of the others somebody else may know better.

        Raises NoSuchCase, NotTheirCustomer, CaseIsClosed.
        """
        async with self._database.writing() as session:
            case, name, contact_id = await self._open_one(session, workspace_id, case_id, by)
            case.steps = rules.as_kept((rules.as_steps(case.steps) | set(done)) - set(undone))
            return _seen(case, name, contact_id)

    async def close(self, workspace_id: str, case_id: int, *, by: str, on: date) -> CaseSeen:
        """The customer says that it is put right. `on`: the day it is where the colleague is.

        Raises NoSuchCase, NotTheirCustomer, CaseIsClosed.
        """
        async with self._database.writing() as session:
            case, name, contact_id = await self._open_one(session, workspace_id, case_id, by)
            case.closed_by, case.closed_at, case.closed_on = by, self._clock.now(), on
            case.spoken_to_before = await self._spoken_to(session, workspace_id, case.customer_id, by)
            case.contact = await self._customers.in_contact(session, workspace_id, case.customer_id, on)
            await withdraw(session, workspace_id, [_given_key(case_id)], self._clock.now())
            return _seen(case, name, contact_id)

    # --- what was a mistake ---

    async def reopen(self, workspace_id: str, case_id: int, *, by: str) -> CaseSeen:
        """The customer did not say so after all. Raises NoSuchCase, NotTheirCustomer, StandsByNow."""
        async with self._database.writing() as session:
            case, name, contact_id = await self._theirs(session, workspace_id, case_id, by, lock=True)
            seen = _seen(case, name, contact_id)
            if seen.is_open:
                return seen
            if not seen.may_reopen(by, self._clock.now()):
                raise StandsByNow(seen)
            if case.closed_on is not None:
                await self._customers.not_in_contact(
                    session,
                    workspace_id,
                    case.customer_id,
                    case.contact,
                    on=case.closed_on,
                    before=case.spoken_to_before,
                )
            case.closed_by = case.closed_at = case.closed_on = case.spoken_to_before = case.contact = None
            if await may_be_told_after_all(session, workspace_id, _given_key(case_id)) and case.handled_by != by:
                told = GivenData(case_id=case_id, customer=name, what=case.what, by=case.opened_by)
                notice = _notice(workspace_id, case.customer_id, GIVEN, told, whom=case.handled_by)
                await self._outbox.post(session, notice)
            return _seen(case, name, contact_id)

    async def take_back(self, workspace_id: str, case_id: int, *, by: str) -> CaseSeen:
        """Nothing went wrong: how it stood. Who was told to put it right hears so.

        One of a broken promise goes with what became of the promise. Raises NoSuchCase, NotTheirCustomer, StandsByNow.
        """
        async with self._database.writing() as session:
            return await self.take_back_in(session, workspace_id, case_id, by=by, promise_id=None)

    async def take_back_in(
        self, session: AsyncSession, workspace_id: str, case_id: int, *, by: str, promise_id: int | None
    ) -> CaseSeen:
        """As `take_back`, of that promise. Part of the caller's transaction."""
        case, name, contact_id = await self._theirs(session, workspace_id, case_id, by, lock=True)
        seen = _seen(case, name, contact_id)
        if seen.promise_id != promise_id or not seen.may_take_back(by, self._clock.now()):
            raise StandsByNow(seen)
        was_to_be_told = await withdraw(session, workspace_id, [_given_key(case_id)], self._clock.now())
        if case.handled_by != by and not was_to_be_told:
            told = GivenData(case_id=case_id, customer=name, what=case.what, by=by)
            notice = _notice(workspace_id, case.customer_id, NOT_GIVEN, told, whom=case.handled_by)
            await self._outbox.post(session, notice)
        await session.delete(case)
        return seen

    # --- parts of these ---

    async def _spoken_to(self, session: AsyncSession, workspace_id: str, customer_id: int, by: str) -> date | None:
        return (await self._customers.seen_by(session, workspace_id, customer_id, by)).details.last_contact_on

    async def _open(
        self,
        session: AsyncSession,
        workspace_id: str,
        customer_id: int,
        what: str,
        *,
        by: str,
        cause: Cause,
        handled_by: str,
        event_key: str | None,
    ) -> tuple[int, bool]:
        """Its id, and whether it was not there yet."""
        new = insert_into(session, Case).values(
            workspace_id=workspace_id,
            event_key=event_key,
            customer_id=customer_id,
            cause=cause,
            what=what,
            handled_by=handled_by,
            opened_by=by,
            opened_at=self._clock.now(),
            steps="",
        )
        unless_it_is_there = new.on_conflict_do_nothing(index_elements=["workspace_id", "event_key"])
        case_id = await session.scalar(unless_it_is_there.returning(Case.id))
        if case_id is not None:
            return case_id, True
        same = select(Case.id).where(Case.workspace_id == workspace_id, Case.event_key == event_key)
        return (await session.scalars(same)).one(), False

    async def _theirs(
        self, session: AsyncSession, workspace_id: str, case_id: int, by: str, *, lock: bool = False
    ) -> tuple[Case, str, str]:
        """With the customer's name and contact. Raises NoSuchCase, NotTheirCustomer."""
        customer_id = await queries.customer_of(session, workspace_id, case_id)
        if customer_id is None:
            raise NoSuchCase
        try:
            # The customer is locked before what is theirs, by whoever locks both: so nobody waits in a circle.
            card = await self._customers.seen_by(session, workspace_id, customer_id, by, lock=lock)
        except NoSuchCustomer:
            raise NoSuchCase from None
        case = await queries.case(session, workspace_id, case_id, lock=lock)
        if case is None:
            raise NoSuchCase
        return case, card.details.name, card.details.contact_id

    async def _open_one(self, session: AsyncSession, workspace_id: str, case_id: int, by: str) -> tuple[Case, str, str]:
        """Locked, as `_theirs`. Raises NoSuchCase, NotTheirCustomer, CaseIsClosed."""
        case, name, contact_id = await self._theirs(session, workspace_id, case_id, by, lock=True)
        if case.closed_at is not None:
            raise CaseIsClosed(_seen(case, name, contact_id))
        return case, name, contact_id

    async def _may_handle(self, session: AsyncSession, workspace_id: str, customer_id: int, colleague_id: str) -> None:
        """Raises CannotHandle."""
        try:
            await self._customers.seen_by(session, workspace_id, customer_id, colleague_id)
        except NotTheirCustomer:
            raise CannotHandle from None


def fit_to_keep(what: str) -> str:
    """One line about a customer, tidied. Raises NotOneLine, MayNotBeKept."""
    what = rules.one_line(what)
    if mistakes := rules.mistakes(what):
        raise NotOneLine(mistakes)
    if findings := screening.screen(what):
        raise MayNotBeKept({"what": findings})
    return what


_OF_PROMISE = "promise:"
"""How the key of a case begins that came of a broken promise."""


def _promise_of(case: Case) -> int | None:
    is_of_promise = case.cause == Cause.BROKEN_PROMISE and case.event_key is not None
    return int(case.event_key.removeprefix(_OF_PROMISE)) if is_of_promise and case.event_key else None


def _notice(workspace_id: str, customer_id: int, kind: str, told: GivenData, *, whom: str) -> NewNotice:
    return NewNotice(
        workspace_id=workspace_id,
        key=f"{kind}:{told.case_id}",
        kind=kind,
        data=told,
        about=about(customer_id),
        whom=whom,
        manner=Manner.PUSH if kind == GIVEN else Manner.POST,  # what they have just been told is mended at once
    )


def _given_key(case_id: int) -> str:
    return f"{GIVEN}:{case_id}"


def _seen(case: Case, customer: str, contact_id: str) -> CaseSeen:
    return CaseSeen(
        id=case.id,
        customer_id=case.customer_id,
        customer=customer,
        what=case.what,
        cause=Cause(case.cause),
        handled_by=case.handled_by,
        contact_id=contact_id,
        opened_by=case.opened_by,
        opened_at=case.opened_at,
        done=rules.as_steps(case.steps),
        closed_by=case.closed_by,
        closed_at=case.closed_at,
        closed_on=case.closed_on,
        promise_id=_promise_of(case),
    )
