"""Moments: what is going on for a customer, what a colleague noted of it, and what is coming for their contact.

Whoever may see the customer's card may note a moment. One public method is one transaction, but for what takes part in
its caller's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.rules import FirstOf, one_line
from bot.cases.service import Cases
from bot.customers import screening
from bot.customers.rules import Card
from bot.customers.screening import Finding
from bot.customers.service import Customers, MayNotBeKept, NoSuchCustomer, NotTheirCustomer
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.moments import queries, rules
from bot.moments.calendar import Calendar
from bot.moments.moment import Moment
from bot.moments.rules import ANNIVERSARY, BIRTHDAY, PUT_RIGHT, Coming, Mistake, MomentNow, Noted
from bot.moments.tables import NotedMoment
from bot.trade import Occasion

__all__ = ["MayNotBeKept", "Moments", "NoSuchCustomer", "NoSuchMoment", "NotAMoment", "NotTheirCustomer", "OnCard"]


class NoSuchMoment(Exception):
    """There is none of this name that a colleague notes (any more)."""


class NotAMoment(Exception):
    """Something is wrong with what was written."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


@dataclass(frozen=True)
class OnCard:
    """`now`: what is going on. `others`: what was noted and is not near, still to come or of the last year."""

    now: Sequence[MomentNow]
    others: Sequence[Noted]


class Moments:
    def __init__(
        self, database: Database, clock: Clock, customers: Customers, cases: Cases, calendar: Calendar
    ) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._cases = cases
        self.calendar = calendar

    # --- for one customer ---

    async def now(self, session: AsyncSession, workspace_id: str, card: Card, today: date) -> Sequence[MomentNow]:
        """What is going on for this one customer, most pressing first. Part of the caller's transaction.

        `today` is the colleague's own date.
        """
        return (await self.on_card(session, workspace_id, card, today)).now

    async def on_card(self, session: AsyncSession, workspace_id: str, card: Card, today: date) -> OnCard:
        """With what was noted beside it. Part of the caller's transaction."""
        noted = [_noted(one) for one in await queries.of_customer(session, workspace_id, card.id)]
        standing = await self._cases.standing(session, workspace_id, card.id)
        now = rules.now(card, noted, standing.put_right_on, self.calendar.by_id, today)
        are_now = {moment.noted_id for moment in now}
        return OnCard(now, [one for one in rules.worth_showing(noted, today) if one.id not in are_now])

    async def note(
        self,
        workspace_id: str,
        customer_id: int,
        moment_id: str,
        falls_on: date,
        *,
        by: str,
        about: str | None = None,
        their_words: str | None = None,
    ) -> Card:
        """What a colleague heard; of whom. The same moment and day once more only brings what was said up to date.

        Raises NoSuchMoment, NotAMoment, MayNotBeKept, NoSuchCustomer, NotTheirCustomer.
        """
        moment = self.calendar.by_id.get(moment_id)
        if moment is None or not moment.is_told:
            raise NoSuchMoment
        about, their_words = one_line(about or "") or None, one_line(their_words or "") or None
        now = self._clock.now()
        if mistakes := rules.mistakes(falls_on, about, their_words, now.date()):
            raise NotAMoment(mistakes)
        if findings := _may_not_be_kept(about, their_words):
            raise MayNotBeKept(findings)
        values = {
            "workspace_id": workspace_id,
            "customer_id": customer_id,
            "moment_id": moment_id,
            "falls_on": falls_on,
            "about": about,
            "their_words": their_words,
            "noted_by": by,
            "noted_at": now,
        }
        async with self._database.writing() as session:
            card = await self._customers.seen_by(session, workspace_id, customer_id, by, lock=True)
            new = insert_into(session, NotedMoment.__table__).values(**values)
            said = {
                "about": func.coalesce(new.excluded.about, NotedMoment.about),
                "their_words": func.coalesce(new.excluded.their_words, NotedMoment.their_words),
                "noted_by": by,
                "noted_at": now,
            }
            one_each = ["customer_id", "workspace_id", "moment_id", "falls_on"]
            await session.execute(new.on_conflict_do_update(index_elements=one_each, set_=said))
            if their_words:  # the customer spoke to us
                await self._customers.in_contact(session, workspace_id, customer_id, now.date())
        return card

    async def noted_of(
        self, workspace_id: str, moment_id: str, whose: Collection[int] | str, today: date
    ) -> FirstOf[tuple[str, Noted]]:
        """What was noted of one moment and is worth showing, the newest first, each with the customer's name.

        `whose`: customers whom somebody was seen to serve, or who is the contact.
        """
        after = rules.long_gone(today)
        async with self._database.reading() as session:
            rows = await queries.noted_of(
                session, workspace_id, moment_id, whose, after=after, limit=rules.MOST_TO_CALL_OFF
            )
            return FirstOf([(name, _noted(one)) for one, name, _in_all in rows], rows[0][2] if rows else 0)

    async def forget(self, workspace_id: str, noted_id: int, *, by: str) -> Card | None:
        """It does not happen after all, or it was noted by mistake. None: it was forgotten already.

        Raises NotTheirCustomer.
        """
        async with self._database.writing() as session:
            noted = await queries.noted(session, workspace_id, noted_id)
            if noted is None:
                return None
            card = await self._customers.seen_by(session, workspace_id, noted.customer_id, by)
            await session.delete(noted)
            return card

    # --- for their contact ---

    async def coming(
        self, session: AsyncSession, workspace_id: str, colleague_id: str, today: date, days: int = 7
    ) -> Sequence[Coming]:
        """Of the customers whose contact they are, soonest first; then who was silent for long, and who wants to hear
        of news before others. Part of the caller's transaction.
        """
        told = await self._told(session, workspace_id, colleague_id, today, days)
        by_itself = await self._by_itself(session, workspace_id, colleague_id, today, days)
        silent = await self._customers.not_heard_from(
            session, workspace_id, rules.silent_before(today), contact=colleague_id, limit=rules.MOST_SILENT
        )
        first = await self._customers.told_first(
            session, workspace_id, contact=colleague_id, limit=rules.MOST_TOLD_FIRST
        )
        return [
            *rules.in_order([*told, *by_itself]),
            *(
                Coming(
                    customer_id=one.customer_id,
                    name=one.name,
                    occasion=Occasion.NOT_FORGOTTEN,
                    silent_since=one.since,
                )
                for one in silent
            ),
            *(Coming(customer_id=id_, name=name, occasion=Occasion.TOLD_FIRST) for id_, name in first),
        ]

    async def _told(
        self, session: AsyncSession, workspace_id: str, colleague_id: str, today: date, days: int
    ) -> list[Coming]:
        moments = self.calendar.by_id
        noted_in = {moment.id: rules.noted_window(moment, today, days) for moment in moments.values() if moment.is_told}
        rows = await queries.noted_between(session, workspace_id, colleague_id, noted_in)
        return [
            Coming(
                customer_id=customer_id,
                name=name,
                occasion=moments[moment_id].occasion,
                moment_id=moment_id,
                falls_on=moments[moment_id].falls_on(day),
                was_on=day if moments[moment_id].days_later else None,
                about=about,
            )
            for customer_id, name, moment_id, day, about in rows
        ]

    async def _by_itself(
        self, session: AsyncSession, workspace_id: str, colleague_id: str, today: date, days: int
    ) -> list[Coming]:
        """From cards, and from cases that were put right."""
        birthday, anniversary, put_right = (self.calendar.by_id[name] for name in (BIRTHDAY, ANNIVERSARY, PUT_RIGHT))

        def span(moment: Moment) -> tuple[date, int]:
            first, last = rules.window(moment, today, days)
            return first, (last - first).days + 1

        of_cards = [
            *(await self._customers.whose_birthday(session, workspace_id, *span(birthday), contact=colleague_id)),
            *(await self._customers.whose_anniversary(session, workspace_id, *span(anniversary), contact=colleague_id)),
        ]
        week_ago = today - timedelta(days=put_right.days_later)
        closed = await queries.put_right_between(
            session, workspace_id, colleague_id, week_ago - timedelta(days=rules.LOOK_BACK), week_ago
        )
        return [
            *(
                Coming(
                    customer_id=one.customer_id,
                    name=one.name,
                    occasion=ANNIVERSARY if one.years else BIRTHDAY,
                    moment_id=ANNIVERSARY if one.years else BIRTHDAY,
                    falls_on=one.on,
                    years=one.years,
                )
                for one in of_cards
            ),
            *(
                Coming(
                    customer_id=customer_id,
                    name=name,
                    occasion=PUT_RIGHT,
                    moment_id=PUT_RIGHT,
                    falls_on=put_right.falls_on(closed_on),
                    was_on=closed_on,
                )
                for customer_id, name, closed_on in closed
                if closed_on
            ),
        ]


def _may_not_be_kept(about: str | None, their_words: str | None) -> Mapping[str, Sequence[Finding]]:
    found = {"about": screening.screen(about or ""), "their_words": screening.screen(their_words or "")}
    return {field: findings for field, findings in found.items() if findings}


def _noted(moment: NotedMoment) -> Noted:
    return Noted(
        id=moment.id,
        moment_id=moment.moment_id,
        day=moment.falls_on,
        about=moment.about,
        their_words=moment.their_words,
    )
