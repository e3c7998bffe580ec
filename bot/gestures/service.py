"""Gestures: three that fit, one that is given or asked for, and what becomes of it.

One public method is one transaction, but for the reads that take part in their caller's. What is given is judged by
the rules in the transaction that writes it down; it locks the customer, then the line of the diary, then the budgets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.service import Cases
from bot.customers import names
from bot.customers.rules import Card, Details
from bot.customers.service import Customers
from bot.gestures import diary, purses, queries, ranking, records, rules
from bot.gestures.answering import Answering
from bot.gestures.catalogue import Catalogue
from bot.gestures.course import Answered, Decision, State
from bot.gestures.diary import Diary
from bot.gestures.doing import Doing, check_day
from bot.gestures.gesture import Currency, Gesture, Timing
from bot.gestures.limits import DecidedLimits
from bot.gestures.ranking import Suggestion, Tally
from bot.gestures.records import Fillings
from bot.gestures.requests import Requests
from bot.gestures.rules import Verdict
from bot.gestures.scene import Scene, Scenes
from bot.gestures.tables import Given, SetAside
from bot.gestures.telling import Telling
from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.service import WorkingTimes
from bot.moments.rules import MomentNow
from bot.moments.service import Moments
from bot.people.roles_given import RolesGiven
from bot.people.service import People
from bot.teams.service import Teams
from bot.trade import Occasion

NOT_THIS_ONE_FOR = timedelta(days=90)
"""How long a gesture that was set aside is not suggested to the same customer: by then something else is going on."""


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What can be done for one customer now."""

    customer_id: int
    customer: Details
    suggestions: tuple[Suggestion, ...]
    """At most three, best first."""
    askable: Suggestion | None
    """One that needs a lead's yes, and nothing else."""
    hindrance: Verdict | None
    """Where there are no suggestions: what stands in the way of most; None: nothing fits."""
    moments: Sequence[MomentNow]
    """What is going on, most pressing first."""
    us: str | None
    """What customers call the organisation; None: nobody has said, and what is suggested does without."""
    currency: Currency
    known: Mapping[Occasion, Fillings]
    """What words can lean on, of each occasion."""

    @property
    def shown(self) -> Sequence[Suggestion]:
        return [*self.suggestions, *([self.askable] if self.askable else [])]

    def facts_for(self, suggestion: Suggestion) -> Mapping[str, str]:
        """For the words of this one: customer, and what is known of us, thing, their_words and preference.

        `me` is not there: we keep no names of colleagues.
        """
        customer = names.spoken_to(self.customer.name, self.customer.language)
        always = {"customer": customer} | ({"us": self.us} if self.us else {})
        return always | {str(need): text for need, text in self.known[suggestion.why_now].items()}


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What somebody wants to give."""

    gesture: Gesture
    by: str
    occasion: Occasion
    words: str
    event_key: str
    on_day: date | None
    remind: bool
    asks: bool


class Gestures:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        customers: Customers,
        moments: Moments,
        cases: Cases,
        teams: Teams,
        people: People,
        roles: RolesGiven,
        working_times: WorkingTimes,
        outbox: Outbox,
        catalogue: Catalogue,
    ) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._moments = moments
        self.catalogue = catalogue
        self._requests = Requests(
            clock,
            customers=customers,
            moments=moments,
            teams=teams,
            roles=roles,
            working_times=working_times,
            outbox=outbox,
        )
        self._scenes = Scenes(clock, cases=cases, teams=teams, requests=self._requests, working_times=working_times)
        self._answering = Answering(
            database,
            clock,
            customers=customers,
            scenes=self._scenes,
            requests=self._requests,
            working_times=working_times,
            catalogue=catalogue,
        )
        self._doing = Doing(
            database,
            customers=customers,
            moments=moments,
            scenes=self._scenes,
            requests=self._requests,
            catalogue=catalogue,
        )
        self._telling = Telling(
            database,
            clock,
            customers=customers,
            moments=moments,
            cases=cases,
            people=people,
            requests=self._requests,
            working_times=working_times,
            outbox=outbox,
        )
        self.diary = Diary(database, clock, customers=customers, teams=teams, requests=self._requests)
        self.limits = DecidedLimits(database, clock, teams, roles)

    async def suggest(
        self,
        workspace_id: str,
        customer_id: int,
        *,
        by: str,
        occasion: Occasion | None = None,
        has_asked: bool = False,
        about: str | None = None,
        only_free: bool = False,
        organisation: str | None = None,
        shown: Sequence[str | None] = (),
    ) -> Suggested:
        """What fits this customer now. `occasion`: what the colleague says is going on; it presses most.

        What stands on the card is seen in it, which is written down as a look at the card is.
        `has_asked`: the customer asked for something. `about`: the thing that it is about, with its article.
        `only_free`: nothing that costs money. `organisation`: what it is called where nobody decided that.
        `shown`: ids of gestures that are to stay in their places, as in `ranking.in_place_of`.
        Raises NoSuchCustomer, NotTheirCustomer.
        """
        async with self._database.reading() as session:
            card = await self._customers.seen_by(session, workspace_id, customer_id, by)
            scene = await self._scenes.now(session, workspace_id, card, by)
            moments = await self._moments.now(session, workspace_id, card, scene.today)
            spent = await purses.spent(session, workspace_id, scene.payers(scene.today))
            since = scene.today - NOT_THIS_ONE_FOR
            not_these = await queries.set_aside(session, workspace_id, customer_id, since)
            figures = await queries.receptions(session, workspace_id)
        await self._customers.was_seen(workspace_id, card, by=by)
        known = records.fillings(card, moments, occasion, about)
        situation = scene.situation(
            moments, known, spent=spent, occasion=occasion, has_asked=has_asked, not_these=not_these
        )
        received = {gesture_id: Tally(well=well, answered=told, set_aside=no) for gesture_id, well, told, no in figures}
        us = scene.known_as or organisation
        gestures = [
            each
            for each in self.catalogue.gestures
            if not (only_free and each.cost) and (us or not each.names_us(card.details.language))
        ]
        suggestions = (
            ranking.in_place_of(gestures, situation, received, shown)
            if shown
            else ranking.suggest(gestures, situation, received)
        )
        return Suggested(
            customer_id=customer_id,
            customer=card.details,
            suggestions=suggestions,
            askable=ranking.askable(gestures, situation, received),
            hindrance=None if suggestions else ranking.hindrance(gestures, situation),
            moments=moments,
            us=us,
            currency=scene.currency,
            known=known,
        )

    async def set_aside(self, workspace_id: str, customer_id: int, gesture_id: str, *, by: str) -> None:
        """“Not this one”: it counts once for a customer. Raises NoSuchCustomer, NotTheirCustomer, NoSuchGesture."""
        gesture = diary.of_catalogue(self.catalogue, gesture_id)
        async with self._database.writing() as session:
            await self._customers.seen_by(session, workspace_id, customer_id, by, lock=True)
            was_there = await session.get(SetAside, (customer_id, gesture.id)) is not None
            today = self._clock.now().date()
            new = insert_into(session, SetAside).values(
                workspace_id=workspace_id, customer_id=customer_id, gesture_id=gesture.id, on_day=today
            )
            await session.execute(
                new.on_conflict_do_update(index_elements=["customer_id", "gesture_id"], set_={"on_day": today})
            )
            if not was_there:
                await diary.count(session, workspace_id, gesture.id, set_aside=1)

    # --- from the wish to the deed ---

    async def give(
        self,
        workspace_id: str,
        customer_id: int,
        gesture_id: str,
        *,
        by: str,
        occasion: Occasion,
        words: str,
        event_key: str,
        on_day: date | None = None,
        remind: bool = False,
    ) -> Decision:
        """Planned for that day, or done just now (None). The same event key once more: how it stands.

        Raises NoSuchCustomer, NotTheirCustomer, NoSuchGesture, NotADay.
        """
        wanted = _Wanted(
            gesture=diary.of_catalogue(self.catalogue, gesture_id),
            by=by,
            occasion=occasion,
            words=words,
            event_key=event_key,
            on_day=on_day,
            remind=remind,
            asks=False,
        )
        return await self._enter(workspace_id, customer_id, wanted)

    async def ask_lead(
        self,
        workspace_id: str,
        customer_id: int,
        gesture_id: str,
        *,
        by: str,
        occasion: Occasion,
        words: str,
        event_key: str,
        on_day: date | None = None,
        remind: bool = True,
    ) -> Decision:
        """The leads of the team are asked, or the administrators where it has none. `on_day` None: the day of what is
        going on, where that is still to come and is not to be ready before it; else today.

        What needs no yes (any more) is planned at once. Raises NobodyToAsk, and as `give`.
        """
        wanted = _Wanted(
            gesture=diary.of_catalogue(self.catalogue, gesture_id),
            by=by,
            occasion=occasion,
            words=words,
            event_key=event_key,
            on_day=on_day,
            remind=remind,
            asks=True,
        )
        return await self._enter(workspace_id, customer_id, wanted)

    async def _enter(self, workspace_id: str, customer_id: int, wanted: _Wanted) -> Decision:
        gesture = wanted.gesture
        async with self._database.writing() as session:
            card = await self._customers.seen_by(session, workspace_id, customer_id, wanted.by, lock=True)
            if there := await queries.of_event(session, workspace_id, wanted.event_key):
                return Decision(line=records.line(there, card.details.name), is_new=False)
            scene = await self._scenes.now(session, workspace_id, card, wanted.by)
            on_day = wanted.on_day or scene.today
            if wanted.asks and wanted.on_day is None:
                on_day = await self._own_day(session, workspace_id, card, scene, wanted)
            check_day(on_day, scene.today)
            payers = scene.payers(on_day)
            spent = await purses.locked(session, workspace_id, payers)
            verdict = scene.judge(gesture, spent, occasion=wanted.occasion, on_day=on_day, is_approved=wanted.asks)
            if not verdict.allowed:
                return Decision(verdict=verdict)
            needs_a_yes = gesture.cost > scene.own_limits.colleague_decides
            given = Given(
                workspace_id=workspace_id,
                event_key=wanted.event_key,
                customer_id=customer_id,
                gesture_id=gesture.id,
                occasion=wanted.occasion,
                colleague_id=wanted.by,
                channel_id=scene.channel_id,
                level=gesture.level,
                kind=gesture.kind,
                cost=gesture.cost,
                reaches_out=rules.reaches_out(gesture, card.details.wish, wanted.occasion),
                words=wanted.words,
                state=State.ASKED if needs_a_yes else State.PLANNED,
                on_day=on_day,
                month=payers.month,
                plans=0,
                created_at=scene.now,
                remind=wanted.remind,
            )
            session.add(given)
            if needs_a_yes:
                await self._answering.ask(session, given)
            else:
                await purses.spend(session, workspace_id, payers, gesture.cost)
                if wanted.on_day is None and not wanted.asks:
                    await self._doing.do(session, given, scene)
                else:
                    scene.plan(given)
            await session.flush()
            return Decision(line=records.line(given, card.details.name))

    async def _own_day(
        self, session: AsyncSession, workspace_id: str, card: Card, scene: Scene, wanted: _Wanted
    ) -> date:
        """Of what is going on, where it is still to come; what is to be there before that day is done today."""
        if wanted.gesture.when is Timing.BEFORE:
            return scene.today
        moments = await self._moments.now(session, workspace_id, card, scene.today)
        days = [moment.falls_on for moment in moments if moment.occasion is wanted.occasion and moment.falls_on]
        return max(days[0], scene.today) if days else scene.today

    async def answer(self, workspace_id: str, given_id: int, *, by: str, yes: bool, why: str | None = None) -> Answered:
        """As `Answering.answer`."""
        return await self._answering.answer(workspace_id, given_id, by=by, yes=yes, why=why)

    async def done(self, workspace_id: str, given_id: int, *, by: str) -> Decision:
        """As `Doing.done`."""
        return await self._doing.done(workspace_id, given_id, by=by)

    async def move(self, workspace_id: str, given_id: int, on_day: date, *, by: str, remind: bool = True) -> Decision:
        """As `Doing.move`."""
        return await self._doing.move(workspace_id, given_id, on_day, by=by, remind=remind)

    async def drop(self, workspace_id: str, given_id: int, *, by: str) -> Decision:
        """Budget and space come free. What is done stays. Raises NoSuchGesture, NotTheirGesture, NotTheirCustomer."""
        async with self._database.writing() as session:
            given, card = await diary.locked_with_card(session, self._customers, workspace_id, given_id, by)
            if is_new := given.state in {State.ASKED, State.PLANNED}:
                await self._requests.drop(session, given)
            return Decision(line=records.line(given, card.details.name), is_new=is_new)

    # --- by the clock ---

    async def tell_due(self) -> None:
        """What colleagues are to hear of by now, of all workspaces."""
        await self._telling.tell_due()
