"""Customers: their cards, who may see them, and how they are found.

A card is seen by the contact and by who is in the team that serves the customer; an administrator is neither. One
public method is one transaction, but for what takes part in its caller's. Many at once: `many.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.customers import queries, records, rules, writing
from bot.customers.finding import Search
from bot.customers.records import Keys
from bot.customers.rules import Card, ComingDay, DayOfYear, Details, Found, Meant, Mistake, Sees, Silence, Wish
from bot.customers.screening import Finding
from bot.customers.tables import Customer
from bot.kit import audit
from bot.kit.blind_index import BlindIndex
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.outbox.withdrawing import forget_about
from bot.teams.rules import TeamSeen
from bot.teams.service import Teams


class NoSuchCustomer(Exception):
    """There never was one here, or their card was erased."""


class NotTheirCustomer(Exception):
    """They are not the contact, nor in the team that serves the customer."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the card since it was looked at."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by)
        self.by = by
        self.at = at


class NotACard(Exception):
    """Something is wrong with what was written."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


class MayNotBeKept(Exception):
    """What was written holds what may not be kept; the findings by field."""

    def __init__(self, findings: Mapping[str, Sequence[Finding]]) -> None:
        super().__init__(*findings)  # the fields: what was said in them stays out of logs
        self.findings = findings


def fit_to_keep(details: Details, today: date) -> Details:
    """Tidied. Raises NotACard, MayNotBeKept."""
    details = rules.tidy(details)
    if mistakes := rules.mistakes(details, today):
        raise NotACard(mistakes)
    if findings := rules.may_not_be_kept(details):
        raise MayNotBeKept(findings)
    return details


class Customers:
    def __init__(self, database: Database, clock: Clock, teams: Teams, index: BlindIndex) -> None:
        self._database = database
        self._clock = clock
        self._teams = teams
        self._index = index

    # --- one card ---

    async def add(self, workspace_id: str, details: Details, *, by: str, event_key: str | None = None) -> int:
        """The new customer's id. `event_key`: Slack's own id of the form; the same once more is the same customer.

        Raises NotACard, MayNotBeKept, ReferenceTaken.
        """
        details = self._fit_to_keep(details)
        keys, now = self._keys(workspace_id), self._clock.now()
        try:
            async with self._database.writing() as session:
                made = await queries.made_by(session, workspace_id, event_key) if event_key else None
                if made is None:
                    [made] = await writing.new(session, keys, [details], by=by, now=now, event_key=event_key)
                return made
        except writing.ReferenceTaken:
            async with self._database.reading() as session:  # unless it was this form, within the same milliseconds
                made = await queries.made_by(session, workspace_id, event_key) if event_key else None
            if made is None:
                raise
            return made

    async def change(
        self, workspace_id: str, customer_id: int, details: Details, *, by: str, seen_version: int
    ) -> None:
        """A change of the version that was seen; the same once more changes nothing.

        When they were last spoken to stays: that is noted as it happens.
        Raises NoSuchCustomer, NotTheirCustomer, ChangedMeanwhile, NotACard, MayNotBeKept, ReferenceTaken.
        """
        details = self._fit_to_keep(details)
        async with self._database.writing() as session:
            customer = await self._seen(session, workspace_id, customer_id, by, lock=True)
            details = replace(details, last_contact_on=customer.last_contact_on)
            if records.details_of(customer) == details:
                return
            if customer.version != seen_version:
                raise ChangedMeanwhile(customer.changed_by, customer.changed_at)
            changes = [(customer, details)]
            await writing.changed(session, self._keys(workspace_id), changes, by=by, now=self._clock.now())

    async def agrees(self, workspace_id: str, customer_id: int, *, by: str, on: date) -> None:
        """The customer said yes, on that day, to being kept and surprised. Who said so before stays as they are.

        Raises NoSuchCustomer, NotTheirCustomer.
        """
        async with self._database.writing() as session:
            customer = await self._seen(session, workspace_id, customer_id, by, lock=True)
            details = records.details_of(customer)
            if not details.has_consented:
                changes = [(customer, replace(details, has_consented=True, consent_on=on))]
                await writing.changed(session, self._keys(workspace_id), changes, by=by, now=self._clock.now())

    async def card(self, workspace_id: str, customer_id: int, *, by: str) -> Card:
        """A look at a card of which one is not the contact is written down. Raises NoSuchCustomer, NotTheirCustomer."""
        async with self._database.reading() as session:
            customer = await self._seen(session, workspace_id, customer_id, by)
        card = records.card(customer)
        await self.was_seen(workspace_id, card, by=by)
        return card

    async def was_seen(self, workspace_id: str, card: Card, *, by: str) -> None:
        """What stands on a card was shown to somebody: that is written down, unless they are the contact."""
        contact = card.details.contact_id
        if contact != by:
            async with self._database.writing() as session:
                now = self._clock.now()
                audit.note(session, workspace_id, "customer_seen", by=by, about=contact, at=now, customer=card.id)

    async def erase(self, workspace_id: str, customer_id: int, *, by: str) -> str:
        """Nothing of them is left here but that it was done. Tells who was the contact.

        Raises NoSuchCustomer, NotTheirCustomer.
        """
        async with self._database.writing() as session:
            customer = await self._seen(session, workspace_id, customer_id, by, lock=True)
            await writing.forget_names(session, self._keys(workspace_id), {customer.id: customer.name})
            await session.delete(customer)
            await session.flush()
            # Last, as everybody locks who does something for a customer and tells of it.
            await forget_about(session, workspace_id, rules.about(customer.id), self._clock.now())
            self._note(session, "customer_erased", customer, by)
            return customer.contact_id

    async def in_contact(self, session: AsyncSession, workspace_id: str, customer_id: int, on: date) -> int | None:
        """Somebody spoke to them, or did something for them: which contact it is, for who may undo it. Part of
        the caller's transaction.
        """
        is_newer = or_(Customer.last_contact_on.is_(None), Customer.last_contact_on < on)
        theirs = (Customer.workspace_id == workspace_id, Customer.id == customer_id)
        await session.execute(update(Customer).where(*theirs, is_newer).values(last_contact_on=on, silent_since=on))
        counted = update(Customer).where(*theirs).values(contacts=Customer.contacts + 1)
        return await session.scalar(counted.returning(Customer.contacts))

    async def not_in_contact(
        self,
        session: AsyncSession,
        workspace_id: str,
        customer_id: int,
        contact: int | None,
        *,
        on: date,
        before: date | None,
    ) -> None:
        """This contact, on that day, was noted by mistake; where there was another since, the last one stays.
        `before`: the day of the one before it. Part of the caller's transaction, which has them locked.
        """
        customer = await queries.customer(session, workspace_id, customer_id)
        if customer is not None and (customer.contacts, customer.last_contact_on) == (contact, on):
            customer.contacts -= 1
            customer.last_contact_on = before
            customer.silent_since = before or customer.created_at.date()

    async def served_teams(self, session: AsyncSession, workspace_id: str, slack_id: str) -> Sequence[str]:
        """The teams whose customers a colleague sees, for lists. Part of the caller's transaction."""
        return [team.channel_id for team in await self._teams.of_member(session, workspace_id, slack_id)]

    async def seen_by(
        self, session: AsyncSession, workspace_id: str, customer_id: int, by: str, *, lock: bool = False
    ) -> Card:
        """For what is done for a customer: nobody looks at the whole card. Part of the caller's transaction.

        `lock`: whoever does something for the same customer waits. Raises NoSuchCustomer, NotTheirCustomer.
        """
        return records.card(await self._seen(session, workspace_id, customer_id, by, lock=lock))

    async def names(self, session: AsyncSession, workspace_id: str, ids: Collection[int]) -> Mapping[int, str]:
        """Of those that are still there, for lists of what is theirs to do. Part of the caller's transaction."""
        return await queries.names(session, workspace_id, ids)

    # --- finding ---

    async def find(self, workspace_id: str, typed: str, *, by: str, limit: int = 20) -> Sequence[Found]:
        """Whose name has words that begin with each of the typed ones, or else whose own reference was typed; one's own
        customers first, then by name.

        At most `limit`, and only those whose card one may see.
        """
        async with self._database.reading() as session:
            return await (await self._search(session, workspace_id, by)).find(typed, limit)

    async def meant(self, workspace_id: str, line: str, *, by: str, limit: int = 20) -> Meant:
        """Who is meant by what was typed, also where more than a name was typed: “jansen verjaardag”, “voor mevrouw
        jansen”. Where nobody is, whose name looks like it.
        """
        async with self._database.reading() as session:
            return await (await self._search(session, workspace_id, by)).meant(line, limit)

    async def alike(self, workspace_id: str, name: str, *, by: str, event_key: str) -> Sequence[Found]:
        """Who has this name already, accents, case and form of address aside, or is one slip of a finger away from it.

        None once the form that asks has made its card.
        """
        async with self._database.reading() as session:
            found = await (await self._search(session, workspace_id, by)).alike(name)
            if found and await queries.made_by(session, workspace_id, event_key) is not None:
                return []
        return found

    async def own(self, workspace_id: str, *, by: str, limit: int = 20) -> Sequence[Found]:
        """Of whom they are the contact, the one whose card was changed last first."""
        async with self._database.reading() as session:
            rows = await queries.of_contact(session, workspace_id, by, limit)
        return [Found(row.id, row.name, row.reference, is_own=True) for row in rows]

    async def sees(self, workspace_id: str, *, by: str) -> Sees:
        """For what is said to who finds nobody."""
        async with self._database.reading() as session:
            teams = await self.served_teams(session, workspace_id, by)
            is_anybodys = bool(teams) or bool(await queries.of_contact(session, workspace_id, by, 1))
            return Sees(is_anybodys, not await queries.has_unseen(session, workspace_id, by, teams))

    async def teams_of(self, workspace_id: str, slack_id: str) -> Sequence[TeamSeen]:
        """The teams that a colleague is in, which may serve their customers."""
        async with self._database.reading() as session:
            return await self._teams.of_member(session, workspace_id, slack_id)

    # --- what is coming for the customers of one colleague, and who was not heard of; all part of the caller's
    # transaction ---

    async def whose_birthday(
        self, session: AsyncSession, workspace_id: str, first_day: date, days: int, *, contact: str
    ) -> Sequence[ComingDay]:
        """In so many days from that day on, the first first."""
        keys, on_days = self._keys(workspace_id), rules.days_from(first_day, days)
        coming = await self._coming(
            session, workspace_id, Customer.birthday_key, keys.of_birthday, on_days, contact=contact
        )
        return [occasion for occasion, _since in coming]

    async def whose_anniversary(
        self, session: AsyncSession, workspace_id: str, first_day: date, days: int, *, contact: str
    ) -> Sequence[ComingDay]:
        """Who has been a customer for a number of whole years on one of these days."""
        keys, on_days = self._keys(workspace_id), rules.days_from(first_day, days)
        coming = await self._coming(session, workspace_id, Customer.since_key, keys.of_since, on_days, contact=contact)
        with_years = [
            replace(occasion, years=occasion.on.year - date.fromisoformat(since).year)
            for occasion, since in coming
            if since
        ]
        return [occasion for occasion in with_years if occasion.years]

    async def not_heard_from(
        self,
        session: AsyncSession,
        workspace_id: str,
        since: Mapping[Wish, date],
        *,
        contact: str,
        limit: int,
    ) -> Sequence[Silence]:
        """Who was last heard of before that day, or never and has a card from before it; the longest silence first.

        `since`: the day by how much contact they want.
        """
        rows = await queries.silent(session, workspace_id, since, contact, limit)
        return [Silence(customer_id, name, silent_since) for customer_id, name, silent_since in rows]

    async def told_first(
        self, session: AsyncSession, workspace_id: str, *, contact: str, limit: int
    ) -> Sequence[tuple[int, str]]:
        """Id and name of a colleague's customers who asked to hear of news before others."""
        rows = await queries.with_wish(session, workspace_id, Wish.TOLD_FIRST, contact, limit)
        return [(customer_id, name) for customer_id, name in rows]

    # --- parts of these ---

    async def _search(self, session: AsyncSession, workspace_id: str, by: str) -> Search:
        return Search(session, self._keys(workspace_id), by, await self.served_teams(session, workspace_id, by))

    def _keys(self, workspace_id: str) -> Keys:
        return Keys(self._index, workspace_id)

    def _fit_to_keep(self, details: Details) -> Details:
        """Raises NotACard, MayNotBeKept."""
        return fit_to_keep(details, self._clock.now().date())

    async def _seen(
        self, session: AsyncSession, workspace_id: str, customer_id: int, by: str, *, lock: bool = False
    ) -> Customer:
        """Raises NoSuchCustomer, NotTheirCustomer."""
        customer = await queries.customer(session, workspace_id, customer_id, lock=lock)
        if customer is None:
            raise NoSuchCustomer
        if customer.contact_id != by:
            teams = {team.channel_id for team in await self._teams.of_member(session, workspace_id, by)}
            if customer.channel_id not in teams:
                raise NotTheirCustomer
        return customer

    def _note(self, session: AsyncSession, what: str, customer: Customer, by: str) -> None:
        """About the contact: who a customer is does not stand there."""
        now = self._clock.now()
        audit.note(session, customer.workspace_id, what, by=by, about=customer.contact_id, at=now, customer=customer.id)

    async def _coming(
        self,
        session: AsyncSession,
        workspace_id: str,
        column: InstrumentedAttribute[str | None],
        key_of: Callable[[DayOfYear], str],
        days: Iterable[tuple[date, DayOfYear]],
        *,
        contact: str,
    ) -> Sequence[tuple[ComingDay, str | None]]:
        """The first first, each with since when they are a customer."""
        when: dict[str | None, date] = {}
        for on, day in days:
            when.setdefault(key_of(day), on)
        rows = await queries.on_days(session, workspace_id, column, [key for key in when if key], contact)
        coming = [(ComingDay(customer_id, name, when[key]), since) for customer_id, name, key, since in rows]
        return sorted(coming, key=lambda one: one[0].on)
