"""Use cases of the coach: a question is saved, taken, answered, rated. One public method is one transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.coaching import queries, rules
from bot.coaching.coach import Asked, Coach, Found
from bot.coaching.rules import Advice, After, AnswerData, CouldNotAnswerData, Note, Unclear
from bot.coaching.tables import Place, Question, Rating, State
from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.encryption import WrongKey
from bot.kit.i18n import Language
from bot.kit.language import language_of
from bot.kit.metrics import Metrics
from bot.kit.outbox.rules import Manner, NewNotice, NoticeData
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.moments.calendar import Calendar
from bot.people.roles import Deed
from bot.people.service import People

log = structlog.get_logger(__name__)

ANSWER, COULD_NOT_ANSWER = "coaching.answer", "coaching.could_not_answer"
"""Kinds of notices."""

LEASE = timedelta(seconds=90)
"""After this a question that was taken and not answered is taken again: longer than the slowest answer."""

MOST_TRIES = 5
"""Of finding an answer, with growing pauses; to deliver it is the outbox's own care."""

REMEMBERED_TURNS = 5


@dataclass(frozen=True)
class NewQuestion:
    """A question as it came in. `event_key` is Slack's own id of the event, command or click."""

    workspace_id: str
    event_key: str
    colleague_id: str
    place: Place
    channel_id: str
    conversation: str
    text: str
    thread_ts: str | None = None
    response_url: str | None = None
    has_files: bool = False


@dataclass(frozen=True)
class Saved:
    """`is_new` is false when Slack had delivered it before.

    `before_it`: how many questions are to be answered before this one is begun.
    """

    is_new: bool
    language: Language
    before_it: int = 0


@dataclass(frozen=True)
class Answered:
    """What there is to tell about one question."""

    question: Question
    found: Found | None
    """None when there is no question in what was written: `question.unclear` says why."""

    is_first: bool
    """The colleague's first answer: the place to say how the coach works."""


class Coaching:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        people: People,
        coach: Coach,
        outbox: Outbox,
        *,
        calendar: Calendar,
        metrics: Metrics,
        at_once: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._people = people
        self._outbox = outbox
        self._metrics = metrics
        self._at_once = at_once
        self.coach = coach
        self.calendar = calendar
        self.bell = asyncio.Event()
        """Rung when a question was saved; whoever answers waits for it."""

    async def ask(self, new: NewQuestion) -> Saved:
        """Saves a question; the same event twice is one question."""
        text = rules.tidy(new.text)[: rules.LONGEST_QUESTION + 1]
        heard = language_of(text)
        known = await self._people.known(new.workspace_id, new.colleague_id)
        language = rules.answer_language(heard, known.language, self._people.default)
        now = self._clock.now()
        question = Question(
            workspace_id=new.workspace_id,
            event_key=new.event_key,
            colleague_id=new.colleague_id,
            place=new.place,
            channel_id=new.channel_id,
            thread_ts=new.thread_ts,
            response_url=new.response_url,
            conversation=new.conversation,
            text=text,
            language=language,
            unclear=rules.what_is_unclear(text, has_files=new.has_files) or rules.small_talk(text),
            another_angle=False,
            asked_at=now,
            state=State.WAITING,
            due_at=now,
        )
        saved = await self._save(question)
        if saved.is_new and heard is not None and heard is not known.heard:
            await self._people.hears(new.workspace_id, new.colleague_id, heard)
        return saved

    async def ask_another_angle(
        self,
        workspace_id: str,
        question_id: int,
        event_key: str,
        colleague_id: str,
        *,
        response_url: str | None,
        answer_at: tuple[str, str],
    ) -> Saved | None:
        """The same question once more. None when it is not kept any longer.

        `answer_at`: channel and ts of the answer that was clicked.
        """
        async with self._database.reading() as session:
            asked = await queries.question(session, workspace_id, question_id)
        if asked is None:
            return None
        now = self._clock.now()
        place, channel_id, thread_ts = asked.place, asked.channel_id, asked.thread_ts
        conversation = asked.conversation
        if place == Place.ELSEWHERE:  # its answer began a conversation in the person's messages: go on there
            place, (channel_id, thread_ts) = Place.DIRECT, answer_at
            conversation = f"{channel_id}:{thread_ts}"
        return await self._save(
            Question(
                workspace_id=workspace_id,
                event_key=event_key,
                colleague_id=colleague_id,
                place=place,
                channel_id=channel_id,
                thread_ts=thread_ts,
                response_url=response_url if place == Place.COMMAND else None,
                conversation=conversation,
                text=asked.text,
                language=asked.language,
                another_angle=True,
                asked_at=now,
                state=State.WAITING,
                due_at=now,
            )
        )

    async def take(self, limit: int, busy_with: Sequence[int] = ()) -> Sequence[Question]:
        """Questions to answer now, held for `LEASE`: nobody else gets them until then.

        `busy_with`: those in hand already. One that cannot be read, because its key is gone, is given up.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            ids = await queries.due(session, now, limit, busy_with)
            if not ids:
                return []
            taken = {"state": State.ANSWERING, "due_at": now + LEASE, "tries": Question.tries + 1}
            await session.execute(update(Question).where(Question.id.in_(ids)).values(taken))
        return [question for question_id in ids if (question := await self._read(question_id))]

    async def _read(self, question_id: int) -> Question | None:
        try:
            async with self._database.reading() as session:
                return await session.get_one(Question, question_id)
        except WrongKey:
            log.error("a_question_cannot_be_decrypted", question=question_id)
            async with self._database.writing() as session:
                given_up = update(Question).where(Question.id == question_id).values(state=State.FAILED)
                await session.execute(given_up)
            return None

    async def take_back(self) -> None:
        """For a process that is alone on its database: what is taken was taken by one that is gone."""
        async with self._database.writing() as session:
            await session.execute(
                update(Question)
                .where(Question.state == State.ANSWERING)
                .values(state=State.WAITING, due_at=self._clock.now())
            )

    async def waiting(self, limit: int) -> Sequence[Question]:
        """Whose turn has not come yet, in order."""
        async with self._database.reading() as session:
            return await queries.waiting(session, limit)

    async def answer(self, question: Question) -> Answered:
        """What the coach says to a question that was taken. Nothing is kept yet."""
        async with self._database.reading() as session:
            earlier = await queries.said_before(session, question, REMEMBERED_TURNS)
            is_first = not await queries.answered_before(session, question.workspace_id, question.colleague_id)
        if question.unclear:
            return Answered(question, None, is_first)
        turns = [(turn.text, Advice.model_validate_json(turn.answer)) for turn in earlier if turn.answer]
        asked = Asked(
            workspace_id=question.workspace_id,
            text=question.text[: rules.LONGEST_QUESTION],
            language=Language(question.language),
            earlier_questions=tuple(text for text, _ in turns),
            earlier_answers=tuple(advice for _, advice in turns),
            another_angle=question.another_angle,
        )
        return Answered(question, await self._unless_only_told(question, await self.coach.answer(asked)), is_first)

    async def _unless_only_told(self, question: Question, found: Found) -> Found:
        """No play for who only tells what may be noted."""
        is_told = (
            found.advice is not None
            and not (found.is_fixed or question.another_angle)
            and rules.only_tells(question.text, self.calendar, Language(question.language))
            and await self._people.may(question.workspace_id, question.colleague_id, Deed.SERVE)
        )
        return Found(None) if is_told else found

    async def answered(self, answered: Answered) -> None:
        """There is an answer: it is told, and kept for the conversation, with the gap it showed, if any."""
        question, found = answered.question, answered.found
        advice = found.advice if found else None
        told = await self._told(answered)
        values = {
            "state": State.ANSWERED,
            "answered_at": self._clock.now(),
            "play_id": advice.play_id if advice else None,
            "origin": advice.origin if advice else None,
            "answer": advice.model_dump_json() if advice else None,
            "is_gap": found is not None and found.is_gap and not told.after.only_tells,
            "response_url": None,
        }
        async with self._database.writing() as session:
            if not await _mark(session, question, values):
                return
            await self._outbox.post(session, _reply(question, ANSWER, told))
        self._metrics.answers.labels(advice.origin if advice else "none").inc()

    async def _told(self, answered: Answered) -> AnswerData:
        question, found = answered.question, answered.found
        told = AnswerData(question_id=question.id, asked_at=question.asked_at, asked=_shown_with(question))
        if found is None:
            return told.model_copy(update={"unclear": Unclear(question.unclear or Unclear.EMPTY)})
        notes = [Note.CUT] if len(question.text) > rules.LONGEST_QUESTION else []
        if found.advice is not None and answered.is_first and not self.coach.has_model:
            notes.append(Note.WITHOUT_MODEL)
        if found.advice is not None and question.place == Place.CHANNEL:
            notes.append(Note.MENTION_AGAIN)
        return told.model_copy(
            update={
                "advice": found.advice,
                "nearest": tuple(found.nearest),
                "ran_out": question.another_angle,
                "notes": tuple(notes),
                "after": await self._after(question, found),
            }
        )

    async def _after(self, question: Question, found: Found) -> After:
        """Nothing for guests, who have no customers, nor beside the fixed answer to a concern."""
        if found.is_fixed or not await self._people.may(question.workspace_id, question.colleague_id, Deed.SERVE):
            return After()
        language = Language(question.language)
        play = self.coach.playbook.play(found.advice.play_id, language) if found.advice else None
        if question.another_angle:  # the rest stands under the first answer
            return After(may_give=rules.invites_a_gesture(play))
        zone = (await self._people.known(question.workspace_id, question.colleague_id)).zone
        asked_at = question.asked_at.astimezone(zone_or_utc(zone))
        return rules.after(question.text, play, self.calendar, asked_at, language)

    async def was_told(
        self, session: AsyncSession, workspace_id: str, told: AnswerData, channel_id: str | None, ts: str | None
    ) -> None:
        """The colleague has the answer. One that stands on its own begins a conversation, which goes on under it."""
        self._metrics.answer_seconds.observe((self._clock.now() - told.asked_at).total_seconds())
        if told.asked is not None:
            await session.execute(
                update(Question)
                .where(Question.workspace_id == workspace_id, Question.id == told.question_id)
                .values(conversation=f"{channel_id}:{ts}")
            )

    async def could_not_answer(self, question: Question, error_id: str) -> None:
        """A try failed: later again, or, after `MOST_TRIES`, given up, and the colleague hears it."""
        is_last = question.tries >= MOST_TRIES
        values = {
            "state": State.FAILED if is_last else State.WAITING,
            "due_at": self._clock.now() + timedelta(seconds=min(2**question.tries, 300)),
        }
        async with self._database.writing() as session:
            if await _mark(session, question, values) and is_last:
                told = CouldNotAnswerData(error_id=error_id, asked=_shown_with(question))
                await self._outbox.post(session, _reply(question, COULD_NOT_ANSWER, told))

    async def give_back(self, questions: Sequence[Question]) -> None:
        """Taken but not begun, because the bot stops: somebody else may take them at once."""
        if not questions:
            return
        values = {"state": State.WAITING, "due_at": self._clock.now(), "tries": Question.tries - 1}
        async with self._database.writing() as session:
            for question in questions:
                await _mark(session, question, values)

    async def rate(self, workspace_id: str, question_id: int, colleague_id: str, *, helpful: bool) -> bool:
        """Keeps whether an answer helped; the last word counts. False when the question is not kept any longer."""
        async with self._database.writing() as session:
            if await queries.question(session, workspace_id, question_id) is None:
                return False
            rating = await queries.rating(session, workspace_id, question_id, colleague_id)
            if rating is None:
                rating = Rating(workspace_id=workspace_id, question_id=question_id, colleague_id=colleague_id)
                session.add(rating)
            rating.helpful = helpful
            rating.rated_at = self._clock.now()
            if helpful:
                rating.reason = rating.comment = None
        return True

    async def say_why(
        self, workspace_id: str, question_id: int, colleague_id: str, reason: str | None, comment: str | None
    ) -> None:
        """Why an answer did not help; both parts are optional."""
        async with self._database.writing() as session:
            rating = await queries.rating(session, workspace_id, question_id, colleague_id)
            if rating is not None:
                rating.reason = reason
                rating.comment = rules.tidy(comment) if comment else None

    async def _save(self, question: Question) -> Saved:
        language = Language(question.language)
        try:
            async with self._database.writing() as session:
                session.add(question)
                await session.flush()
                # Only a command is told at once how many come first; the others see it under their question.
                others = await queries.how_many_unfinished(session) - 1 if question.place == Place.COMMAND else 0
        except IntegrityError:
            return Saved(is_new=False, language=language)
        self._metrics.questions.labels(question.place).inc()
        self.bell.set()
        return Saved(is_new=True, language=language, before_it=max(0, others - self._at_once + 1))


async def _mark(session: AsyncSession, question: Question, values: dict[str, Any]) -> bool:
    """Changes a question that was taken, unless its lease ran out and somebody else has it now."""
    ours = (Question.workspace_id == question.workspace_id, Question.id == question.id)
    as_taken = (Question.state == State.ANSWERING, Question.tries == question.tries)
    marked = await session.execute(update(Question).where(*ours, *as_taken).values(values).returning(Question.id))
    return marked.scalar() is not None


def _shown_with(question: Question) -> str | None:
    """The question itself, where its answer comes to stand without it."""
    return question.text if question.place == Place.ELSEWHERE else None


def _reply(question: Question, kind: str, told: NoticeData) -> NewNotice:
    """To where the question came from: its thread, under the command, or the person's messages."""
    in_channel = question.place in {Place.DIRECT, Place.CHANNEL}
    return NewNotice(
        workspace_id=question.workspace_id,
        key=f"{kind}:{question.id}",
        kind=kind,
        data=told,
        whom=question.channel_id if in_channel else question.colleague_id,
        thread_ts=question.thread_ts if in_channel else None,
        response_url=question.response_url if question.place == Place.COMMAND else None,
        language=question.language,
        manner=Manner.ASKED,
    )
