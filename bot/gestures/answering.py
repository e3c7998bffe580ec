"""A lead is asked for a gesture, and says yes or no."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.rules import Card
from bot.customers.service import Customers, NoSuchCustomer, NotTheirCustomer
from bot.gestures import at_work, course, diary, purses, queries, rules
from bot.gestures.catalogue import Catalogue
from bot.gestures.course import Answered, State
from bot.gestures.diary import NoSuchGesture
from bot.gestures.requests import Requests
from bot.gestures.rules import Verdict
from bot.gestures.scene import Scenes
from bot.gestures.tables import Given
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.working_time.service import WorkingTimes
from bot.trade import Occasion


class NotTheirsToAnswer(Exception):
    """They do not lead the team out of whose budget it goes."""


class NobodyToAsk(Exception):
    """Neither a lead nor an administrator is there to say yes."""


class Answering:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        customers: Customers,
        scenes: Scenes,
        requests: Requests,
        working_times: WorkingTimes,
        catalogue: Catalogue,
    ) -> None:
        self._database = database
        self._clock = clock
        self._customers = customers
        self._scenes = scenes
        self._requests = requests
        self._working_times = working_times
        self._catalogue = catalogue

    async def ask(self, session: AsyncSession, given: Given) -> None:
        """By the hours of the team, as its leads are to answer. Part of the caller's transaction.

        Raises NobodyToAsk.
        """
        now, workspace_id = self._clock.now(), given.workspace_id
        given.asked_of = await self._requests.whom_to_ask(session, workspace_id, given.channel_id)
        if not given.asked_of:
            raise NobodyToAsk
        whose = given.channel_id or given.colleague_id
        given.tell_at = course.over_at(
            await at_work.hours_of(session, self._working_times, workspace_id, whose, now), now
        )
        await session.flush()
        await self._requests.ask(session, given)

    async def answer(self, workspace_id: str, given_id: int, *, by: str, yes: bool, why: str | None = None) -> Answered:
        """A lead says yes or no; who asked is told, and so are the other leads. One transaction.

        `why`: what the lead wants to say to a no.

        Raises NoSuchGesture (also where who asked no longer serves the customer), NotTheirsToAnswer.
        """
        async with self._database.writing() as session:
            given, card = await self._locked(session, workspace_id, given_id)
            if by not in await self._requests.deciders(session, workspace_id, given.channel_id):
                raise NotTheirsToAnswer
            is_open = given.state == State.ASKED
            if is_open and yes:
                verdict = await self._approve(session, given, card)
                if not verdict.allowed:
                    request = await self._requests.as_seen_by(session, given, by)
                    return Answered(request=request, verdict=verdict, is_new=False)
            elif is_open:
                given.state, given.tell_at = State.DECLINED, None
            if is_open:
                given.answered_by, given.answered_at = by, self._clock.now()
                await self._requests.settle(session, given)
                await self._requests.tell_who_asked(session, given, card.details.name, why=why)
            return Answered(request=await self._requests.as_seen_by(session, given, by), is_new=is_open)

    async def _locked(self, session: AsyncSession, workspace_id: str, given_id: int) -> tuple[Given, Card]:
        """Raises NoSuchGesture."""
        whose = await queries.whose(session, workspace_id, given_id)
        if whose is None:
            raise NoSuchGesture
        customer_id, colleague_id = whose
        try:
            card = await self._customers.seen_by(session, workspace_id, customer_id, colleague_id, lock=True)
        except (NoSuchCustomer, NotTheirCustomer):
            raise NoSuchGesture from None
        return await diary.locked(session, workspace_id, given_id), card

    async def _approve(self, session: AsyncSession, given: Given, card: Card) -> Verdict:
        """Planned, for that day or what is left of today, if it still may be. Raises NoSuchGesture."""
        workspace_id = given.workspace_id
        scene = await self._scenes.of_line(session, workspace_id, card, given.colleague_id, given.channel_id)
        gesture = diary.of_catalogue(self._catalogue, given.gesture_id)
        on_day = max(given.on_day, scene.today)
        payers = scene.payers(on_day)
        spent = await purses.locked(session, workspace_id, payers)
        occasion = Occasion(given.occasion)
        verdict = scene.without(given.id).judge(gesture, spent, occasion=occasion, on_day=on_day, is_approved=True)
        if verdict.allowed:
            given.on_day, given.month, given.cost = on_day, payers.month, gesture.cost
            given.reaches_out = rules.reaches_out(gesture, card.details.wish, occasion)
            scene.plan(given)
            await purses.spend(session, workspace_id, payers, gesture.cost)
        return verdict
