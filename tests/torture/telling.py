"""What there is to tell: notices of every manner, and questions meanwhile."""

import asyncio
import random
from collections.abc import Sequence
from datetime import time, timedelta

from bot.kit.clock import SystemClock
from bot.kit.database import Database
from bot.kit.outbox.kinds import SORRY, Sorry
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.service import WorkingTimes
from bot.sandbox.hands import Hands
from tests.torture.ordeal import Ordeal
from tests.torture.town import Town

UPDATES, NOT_YET, IN_A_THREAD = 0.08, 0.15, 0.2
"""The parts of the notices that take the place of an earlier one, wait for their moment, are replies."""

GOES_ON = 0.2
"""The part of them of which there is more to come: some of those are updated several times."""

MANNERS = [Manner.POST] * 6 + [Manner.ASKED] * 2 + [Manner.URGENT]

QUESTIONS = [
    "there is an angry customer in front of me, how do I begin?",
    "mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?",
    "a customer thanks me, what do I say?",
]


class Newsroom:
    """Posts notices into the database, as any part of the bot does, in one transaction after the other."""

    def __init__(self, database: Database, town: Town, ordeal: Ordeal, chance: random.Random) -> None:
        self.posted: dict[str, NewNotice] = {}
        self.stories: list[list[str]] = []
        """The keys of what is updated, and of all that takes its place, in the order in which they were posted."""
        self._database = database
        self._working_times = WorkingTimes()
        self._outbox = Outbox(database, SystemClock(), self._working_times)
        self._town = town
        self._ordeal = ordeal
        self._chance = chance
        self._to_push = list(town.to_push)
        self._told_by_now: list[list[str]] = []

    async def open(self) -> None:
        """Whoever is pushed works day and night, so that it may be done at any time."""
        async with self._database.writing() as session:
            for whom in self._town.to_push:
                await self._working_times.set_hours(
                    session,
                    self._town.workspace.team_id,
                    whom,
                    zone="UTC",
                    days=range(7),
                    begins=time(0),
                    ends=time(0),
                    country=None,
                    region=None,
                )

    async def post_everything(self) -> None:
        """In instalments, so that there is always something new and something old to tell."""
        ordeal = self._ordeal
        for part in range(ordeal.instalments):
            begin, end = (ordeal.notices * n // ordeal.instalments for n in (part, part + 1))
            self._told_by_now = list(self.stories)
            await self.post([self._notice() for _ in range(begin, end)])
            await asyncio.sleep(self._chance.uniform(0, 1.4) * ordeal.lasts / ordeal.instalments)

    async def post_to_many_at_once(self, number: int) -> None:
        """What goes before all the rest, to as many channels."""
        channels = self._chance.sample(list(self._town.channels), number)
        await self.post([self._new(channel, Manner.ASKED) for channel in channels])

    async def post(self, notices: Sequence[NewNotice]) -> None:
        async with self._database.writing() as session:
            await self._outbox.post_all(session, notices)
        self.posted |= {notice.key: notice for notice in notices}

    def _notice(self) -> NewNotice:
        if self._to_push and self._chance.random() < self._ordeal.pushes / self._ordeal.notices * 1.5:
            return self._new(self._to_push.pop(), Manner.PUSH)
        if self._told_by_now and self._chance.random() < UPDATES:
            return self._update()
        channel = self._chance.choice(list(self._town.channels))
        whom = channel if self._chance.random() < 0.7 else self._chance.choice(self._town.people)
        is_reply = whom == channel and self._chance.random() < IN_A_THREAD
        thread_ts = self._town.channels[channel] if is_reply else None
        notice = self._new(whom, self._chance.choice(MANNERS), thread_ts=thread_ts)
        if self._chance.random() < GOES_ON:
            self.stories.append([notice.key])
        return notice

    def _update(self) -> NewNotice:
        """Of the first message or of the newest: it is the same message. At most one a story in an instalment."""
        story = self._told_by_now.pop(self._chance.randrange(len(self._told_by_now)))
        first = self.posted[story[0]]
        updates = self._chance.choice([story[0], story[-1]])
        notice = self._new(first.whom, self._chance.choice(MANNERS), thread_ts=first.thread_ts, updates=updates)
        story.append(notice.key)
        return notice

    def _new(self, whom: str, manner: Manner, *, thread_ts: str | None = None, updates: str | None = None) -> NewNotice:
        number = f"{self._chance.getrandbits(64):016x}"
        not_before = None
        if self._chance.random() < NOT_YET and manner != Manner.ASKED:
            not_before = SystemClock().now() + timedelta(seconds=self._chance.uniform(0, self._ordeal.later))
        return NewNotice(
            workspace_id=self._town.workspace.team_id,
            key=f"torture:{number}",
            kind=SORRY.name,
            data=Sorry(error_id=number),
            whom=whom,
            manner=manner,
            thread_ts=thread_ts,
            not_before=not_before,
            updates=updates,
        )


async def ask(hands: Hands, town: Town, ordeal: Ordeal, chance: random.Random) -> list[tuple[str, str]]:
    """Colleagues ask, half of them in a channel. Where each question stands: its channel and ts."""
    asked: list[tuple[str, str]] = []
    for _ in range(ordeal.questions):
        person, text = chance.choice(town.people), chance.choice(QUESTIONS)
        place = town.workspace.app_dm(person).id
        if chance.random() < 0.5:
            place, text = chance.choice(list(town.channels)), f"@Acht {text}"
        asked.append((place, await hands.say(person, place, text)))
        await asyncio.sleep(chance.uniform(0, 2) * ordeal.lasts / ordeal.questions)
    return asked
