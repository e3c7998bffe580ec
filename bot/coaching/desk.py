"""Who answers: takes saved questions, at most so many at once, and shows the others that they wait.

A question stays taken until its answer is kept or its lease runs out, so whatever stops this process in between,
another one (or this one, later) answers it. The answer is told through the outbox.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import structlog

from bot.coaching import views
from bot.coaching.service import LEASE, Coaching
from bot.coaching.tables import Question
from bot.kit.database import DatabaseAway
from bot.kit.i18n import Language, Words
from bot.kit.metrics import Metrics
from bot.kit.slack.errors import new_error_id
from bot.kit.slack.outgoing import Mouth
from bot.kit.worker import LOOK_AGAIN, UnderWay, Worker

log = structlog.get_logger(__name__)

LONGEST = LEASE.total_seconds() - 10
"""Seconds for one answer, so that it is kept or given up before somebody else may take the question."""

SHOWN_THEIR_TURN = 20
"""Of a long line, the first so many see how many are before them; for the others nothing would move."""


class AnswerDesk:
    def __init__(
        self,
        coaching: Coaching,
        mouth: Mouth,
        dictionary: Mapping[Language, Words],
        metrics: Metrics,
        *,
        at_once: int,
    ) -> None:
        self._coaching = coaching
        self._mouth = mouth
        self._dictionary = dictionary
        self._metrics = metrics
        self._at_once = at_once
        self._under_way = UnderWay[Question](coaching.bell)
        self._worker = Worker("answer_desk", self._take_what_is_due, coaching.bell, metrics)
        self._told_their_turn: dict[int, int] = {}

    def open(self) -> None:
        """Answers from now on, until it is closed."""
        self._worker.open()

    async def close(self, grace: float) -> None:
        """Takes nothing more, lets answers under way end within `grace` seconds and gives the others back."""
        left = await self._worker.close(grace)
        given_back = await self._under_way.end(left)
        with suppress(DatabaseAway):  # then their leases run out
            await self._coaching.give_back(given_back)

    async def _take_what_is_due(self) -> float:
        free = self._at_once - len(self._under_way)
        if free > 0:
            for question in await self._coaching.take(free, [question.id for question in self._under_way]):
                self._under_way.begin(question, self._answer(question))
        await self._show_the_line()
        return LOOK_AGAIN

    async def _show_the_line(self) -> None:
        if len(self._under_way) < self._at_once:
            self._told_their_turn.clear()
            return
        line = list(enumerate(await self._coaching.waiting(SHOWN_THEIR_TURN), start=1))
        told = self._told_their_turn
        self._told_their_turn = {question.id: place for place, question in line}
        moved = [(place, question) for place, question in line if told.get(question.id) != place]
        await asyncio.gather(
            *(self._status(question, views.your_turn(place, self._words(question))) for place, question in moved)
        )

    async def _answer(self, question: Question) -> None:
        with structlog.contextvars.bound_contextvars(question=question.id, workspace=question.workspace_id):
            status = asyncio.create_task(self._status(question, views.thinking(self._words(question))))
            try:
                async with asyncio.timeout(LONGEST):
                    answered = await self._coaching.answer(question)
                    status.cancel()
                    await self._coaching.answered(answered)
                log.info("answered", place=question.place, tries=question.tries)
            except DatabaseAway:
                log.warning("could_not_keep_an_answer")  # somebody takes the question again when its lease ends
            except Exception:
                error_id = new_error_id()
                log.exception("could_not_answer", error_id=error_id)
                self._metrics.errors.labels("answer").inc()
                await self._coaching.could_not_answer(question, error_id)
            finally:
                status.cancel()

    async def _status(self, question: Question, status: str) -> None:
        if question.thread_ts is not None:
            await self._mouth.show_status(question.channel_id, question.thread_ts, status)

    def _words(self, question: Question) -> Words:
        return self._dictionary[Language(question.language)]
