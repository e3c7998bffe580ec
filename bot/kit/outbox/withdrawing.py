"""What is not to be told any more: each a part of the transaction in which it came to be so."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.outbox.tables import Notice, State, done

WITHDRAWN = "withdrawn"


async def withdraw(session: AsyncSession, workspace_id: str, keys: Collection[str], now: datetime) -> bool:
    """It is so no longer; whether any of it was still to be told. What is on its way just now is left to whoever
    delivers it, and nobody waits for that.
    """
    waits = (Notice.key.in_(keys), Notice.state == State.WAITING, Notice.in_doubt.is_(False))
    return await _expire(session, workspace_id, *waits, now=now, skip_locked=True)


async def may_be_told_after_all(session: AsyncSession, workspace_id: str, key: str) -> bool:
    """What was withdrawn is forgotten, so that the same can be posted anew; False: it was not withdrawn."""
    was_withdrawn = (Notice.key == key, Notice.state == State.EXPIRED, Notice.reason == WITHDRAWN)
    forgotten = delete(Notice).where(Notice.workspace_id == workspace_id, *was_withdrawn).returning(Notice.id)
    return await session.scalar(forgotten) is not None


async def forget_about(session: AsyncSession, workspace_id: str, about: str, now: datetime) -> None:
    """Nothing is kept here of what was to be told about this, whatever has come of it."""
    holds_words = (Notice.about == about, Notice.state.in_((State.WAITING, State.CLAIMED, State.FAILED)))
    await _expire(session, workspace_id, *holds_words, now=now)


async def _expire(
    session: AsyncSession, workspace_id: str, *which: ColumnElement[bool], now: datetime, skip_locked: bool = False
) -> bool:
    """Locked in order, so that two that do this never wait for each other."""
    found = select(Notice.id).where(Notice.workspace_id == workspace_id, *which).order_by(Notice.id)
    ids = (await session.scalars(found.with_for_update(skip_locked=skip_locked))).all()
    if ids:
        await session.execute(update(Notice).where(Notice.id.in_(ids)).values(done(State.EXPIRED, now, WITHDRAWN)))
    return bool(ids)
