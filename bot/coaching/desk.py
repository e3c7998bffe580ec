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
        self._serving: asyncio.Task[None] | None = None
        self._busy: dict[asyncio.Task[None], Question] = {}
        self._told_their_turn: dict[int, int] = {}
        self._closing = False

    def open(self) -> None:
        """Answers from now on, until it is closed."""
        self._closing = False
        self._serving = asyncio.create_task(self._serve())

    async def close(self, grace: float) -> None:
        """Takes nothing more, lets answers under way end within `grace` seconds and gives the others back."""
        self._closing = True
        self._coaching.bell.set()
        if self._serving is not None:
            await asyncio.wait([self._serving], timeout=grace)  # not cancelled: what it takes just now is not lost
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
        if not self._busy:
            return
        _, late = await asyncio.wait(self._busy, timeout=grace)
        given_back = [self._busy[task] for task in late]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        with suppress(DatabaseAway):  # then their leases run out
            await self._coaching.give_back(given_back)

    async def _serve(self) -> None:
        while not self._closing:
            self._coaching.bell.clear()
            try:
                await self._take_what_is_due()
            except DatabaseAway:
                pass  # what is saved stays saved, and the timetable rings again in a moment
            except Exception:
                log.exception("could_not_take_questions", error_id=new_error_id())
                self._metrics.errors.labels("answer_desk").inc()
            if not self._closing:
                await self._coaching.bell.wait()

    async def _take_what_is_due(self) -> None:
        free = self._at_once - len(self._busy)
        if free > 0:
            busy = [question.id for question in self._busy.values()]
            for question in await self._coaching.take(free, busy):
                task = asyncio.create_task(self._answer(question))
                self._busy[task] = question
                task.add_done_callback(self._done)
        await self._show_the_line()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._busy.pop(task, None)
        if not task.cancelled() and (error := task.exception()):
            log.error("answer_desk_failed", exc_info=error)
        self._coaching.bell.set()

    async def _show_the_line(self) -> None:
        if len(self._busy) < self._at_once:
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
