"""Named reads of questions and answers. Each asks for the workspace, but those of the desk, which serves all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.coaching.tables import Question, Rating, State

UNFINISHED = (State.WAITING, State.ANSWERING)


async def due(session: AsyncSession, now: datetime, limit: int, but: Sequence[int]) -> Sequence[int]:
    """The ids of what a worker may take, of all workspaces: oldest first, and locked, skipping what another has locked.

    Within a conversation one comes after the other: what was shown before decides what is shown next.
    """
    before = aliased(Question)
    earlier = select(before.id).where(
        before.workspace_id == Question.workspace_id,
        before.conversation == Question.conversation,
        before.id < Question.id,
        before.state.in_(UNFINISHED),
    )
    return (
        await session.scalars(
            select(Question.id)
            .where(Question.state.in_(UNFINISHED), Question.due_at <= now, Question.id.not_in(but), ~earlier.exists())
            .order_by(Question.due_at, Question.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()


async def waiting(session: AsyncSession, limit: int) -> Sequence[Question]:
    """Questions whose turn has not come, of all workspaces, in the order of their turn."""
    return (
        await session.scalars(
            select(Question).where(Question.state == State.WAITING).order_by(Question.due_at, Question.id).limit(limit)
        )
    ).all()


async def how_many_unfinished(session: AsyncSession) -> int:
    """Of all workspaces: they share the desk."""
    return await session.scalar(select(func.count()).where(Question.state.in_(UNFINISHED))) or 0


async def said_before(session: AsyncSession, question: Question, limit: int) -> Sequence[Question]:
    """What was asked and answered in the same conversation before this question, oldest first."""
    earlier = await session.scalars(
        select(Question)
        .where(
            Question.workspace_id == question.workspace_id,
            Question.conversation == question.conversation,
            Question.id < question.id,
            Question.state == State.ANSWERED,
        )
        .order_by(Question.id.desc())
        .limit(limit)
    )
    return earlier.all()[::-1]


async def answered_before(session: AsyncSession, workspace_id: str, colleague_id: str) -> bool:
    found = select(Question.id).where(
        Question.workspace_id == workspace_id,
        Question.colleague_id == colleague_id,
        Question.state == State.ANSWERED,
    )
    return await session.scalar(found.limit(1)) is not None


async def question(session: AsyncSession, workspace_id: str, question_id: int) -> Question | None:
    return await session.scalar(
        select(Question).where(Question.workspace_id == workspace_id, Question.id == question_id)
    )


async def rating(session: AsyncSession, workspace_id: str, question_id: int, colleague_id: str) -> Rating | None:
    return await session.scalar(
        select(Rating).where(
            Rating.workspace_id == workspace_id,
            Rating.question_id == question_id,
            Rating.colleague_id == colleague_id,
        )
    )
