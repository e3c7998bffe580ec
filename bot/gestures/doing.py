"""What was planned, or asked for, is done, or goes to another day."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.rules import Card
from bot.customers.service import Customers
from bot.gestures import course, diary, purses, records, rules
from bot.gestures.catalogue import Catalogue
from bot.gestures.course import Decision, State
from bot.gestures.gesture import Kind
from bot.gestures.requests import Requests
from bot.gestures.rules import CustomerFacts, Verdict
from bot.gestures.scene import Scene, Scenes
from bot.gestures.tables import Given
from bot.kit.database import Database
from bot.moments.service import Moments
from bot.trade import Level, Occasion


class NotADay(Exception):
    """The day has passed, or is more than a year ahead."""


class Doing:
    """What takes a session is part of its caller's transaction; every other method is one."""

    def __init__(
        self,
        database: Database,
        *,
        customers: Customers,
        moments: Moments,
        scenes: Scenes,
        requests: Requests,
        catalogue: Catalogue,
    ) -> None:
        self._database = database
        self._customers = customers
        self._moments = moments
        self._scenes = scenes
        self._requests = requests
        self._catalogue = catalogue

    async def do(self, session: AsyncSession, given: Given, scene: Scene) -> None:
        given.state, given.on_day, given.done_at = State.DONE, scene.today, scene.now
        moments = await self._moments.now(session, given.workspace_id, scene.card, scene.today)
        falls_on = records.day_of(moments, given.occasion)
        given.tell_at = course.reception_at(
            scene.hours, scene.now, falls_on=falls_on, goes_by_post=self._goes_by_post(given.gesture_id)
        )
        await self._customers.in_contact(session, given.workspace_id, given.customer_id, scene.today)

    async def done(self, workspace_id: str, given_id: int, *, by: str) -> Decision:
        """Refused while something is wrong for the customer, on another day than planned too near to another one, and
        in another month where there is no money left.

        Raises NoSuchGesture, NotTheirGesture, NotTheirCustomer.
        """
        async with self._database.writing() as session:
            given, card = await diary.locked_with_card(session, self._customers, workspace_id, given_id, by)
            if given.state != State.PLANNED:
                return Decision(line=records.line(given, card.details.name), is_new=False)
            scene = await self._scene(session, given, card)
            verdict = await _may_be_done(session, given, scene, scene.today)
            if verdict.allowed:
                await self._requests.withdraw_reminders(session, given)
                await self.do(session, given, scene)
            line = records.line(given, card.details.name)
            return Decision(verdict=verdict, line=line, is_new=verdict.allowed)

    async def move(self, workspace_id: str, given_id: int, on_day: date, *, by: str, remind: bool = True) -> Decision:
        """What is planned or asked for, to another day. Refused where it may not be done on that day. The leads who
        were asked see for which day it is now.

        Raises NotADay, NoSuchGesture, NotTheirGesture, NotTheirCustomer.
        """
        async with self._database.writing() as session:
            given, card = await diary.locked_with_card(session, self._customers, workspace_id, given_id, by)
            if given.state not in {State.PLANNED, State.ASKED}:
                return Decision(line=records.line(given, card.details.name), is_new=False)
            scene = await self._scene(session, given, card)
            check_day(on_day, scene.today)
            if given.state == State.ASKED:
                verdict = await self._ask_for(session, given, scene, on_day, remind=remind)
            else:
                verdict = await self._plan_for(session, given, scene, on_day, remind=remind)
            line = records.line(given, card.details.name)
            return Decision(verdict=verdict, line=line, is_new=verdict.allowed)

    async def _plan_for(
        self, session: AsyncSession, given: Given, scene: Scene, on_day: date, *, remind: bool
    ) -> Verdict:
        verdict = await _may_be_done(session, given, scene, on_day)
        if verdict.allowed:
            await self._requests.withdraw_reminders(session, given)
            given.on_day, given.remind = on_day, remind
            scene.plan(given)
        return verdict

    async def _ask_for(
        self, session: AsyncSession, given: Given, scene: Scene, on_day: date, *, remind: bool
    ) -> Verdict:
        """Raises NoSuchGesture."""
        gesture = diary.of_catalogue(self._catalogue, given.gesture_id)
        payers = scene.payers(on_day)
        spent = await purses.locked(session, given.workspace_id, payers)
        occasion = Occasion(given.occasion)
        verdict = scene.without(given.id).judge(gesture, spent, occasion=occasion, on_day=on_day, is_approved=True)
        if verdict.allowed:
            given.on_day, given.month, given.remind, given.plans = on_day, payers.month, remind, given.plans + 1
            await session.flush()
            await self._requests.settle(session, given)
        return verdict

    def _goes_by_post(self, gesture_id: str) -> bool:
        """Not known of one that an organisation has taken away since."""
        try:
            return self._catalogue.gesture(gesture_id).goes_by_post
        except KeyError:
            return False

    async def _scene(self, session: AsyncSession, given: Given, card: Card) -> Scene:
        return await self._scenes.of_line(session, given.workspace_id, card, given.colleague_id, given.channel_id)


def check_day(on_day: date, today: date) -> None:
    """Raises NotADay."""
    if not 0 <= (on_day - today).days <= course.FARTHEST_AHEAD:
        raise NotADay


async def _may_be_done(session: AsyncSession, given: Given, scene: Scene, on_day: date) -> Verdict:
    """Of what is planned; in another month it is paid out of that one's money from now on."""
    month = purses.month_of(on_day)
    facts = scene.without(given.id).customer_facts(on_day, month)
    verdict = rules.may_still(
        facts,
        scene.limits,
        level=Level(given.level),
        takes_space=given.reaches_out,
        planned_for=given.on_day,
        today=on_day,
    )
    return await _pay_in(session, given, scene, facts, on_day) if verdict.allowed and month != given.month else verdict


async def _pay_in(session: AsyncSession, given: Given, scene: Scene, facts: CustomerFacts, on_day: date) -> Verdict:
    """Out of the money of that day's month, and not of the one that it was planned for, if there is enough."""
    was, pays = purses.payers_of(given), scene.payers(on_day)
    in_order = sorted((was, pays), key=lambda payers: payers.month)
    spent = {payers.month: await purses.locked(session, given.workspace_id, payers) for payers in in_order}
    kind = Kind(given.kind)
    verdict = rules.may_be_paid(kind, given.cost, facts, spent[pays.month], scene.limits, today=on_day)
    if verdict.allowed:
        await purses.spend(session, given.workspace_id, was, -given.cost)
        await purses.spend(session, given.workspace_id, pays, given.cost)
        given.month = pays.month
    return verdict
