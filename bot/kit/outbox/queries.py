"""Named reads of notices. The worker's serve all workspaces."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.kit.outbox.rules import TURNS
from bot.kit.outbox.tables import Notice, State


@dataclass(frozen=True)
class Candidate:
    """Of a notice that is due: what decides whether it is taken now."""

    id: int
    workspace_id: str
    key: str
    whom: str
    manner: str
    state: str
    expires_at: datetime | None
    in_doubt: bool
    is_reply: bool

    @property
    def may_be_posted_already(self) -> bool:
        """Its delivery was cut off: whoever had it did not come back, or never heard Slack's answer."""
        return self.in_doubt or self.state == State.CLAIMED

    def is_out_of_date(self, now: datetime) -> bool:
        """Of no use any more; what may have been posted is looked up all the same."""
        return self.expires_at is not None and self.expires_at <= now and not self.may_be_posted_already


@dataclass(frozen=True)
class Message:
    """How far an earlier notice is, and where its message stands."""

    state: str
    in_doubt: bool
    channel_id: str | None
    message_ts: str | None


@dataclass(frozen=True)
class Failure:
    """A notice that failed, without what it says."""

    id: int
    workspace_id: str
    kind: str
    whom: str
    reason: str | None
    tries: int
    done_at: datetime


async def due(
    session: AsyncSession,
    now: datetime,
    but_workspaces: Collection[str],
    but_whom: Collection[str],
    limit: int,
    *,
    turn: int,
) -> Sequence[Candidate]:
    """What may be taken, oldest first, and locked, skipping what another has locked.

    For one person or channel one comes after the other: not what has another before it, or under way.
    """
    other = aliased(Notice)
    for_the_same = (other.workspace_id == Notice.workspace_id, other.whom == Notice.whom)
    under_way = select(other.id).where(*for_the_same, other.due_at > now, other.state == State.CLAIMED)
    before_it = select(other.id).where(
        *for_the_same,
        other.due_at <= Notice.due_at,
        other.turn <= Notice.turn,
        or_(other.due_at < Notice.due_at, other.id < Notice.id),
    )
    found = await session.execute(
        select(
            Notice.id,
            Notice.workspace_id,
            Notice.key,
            Notice.whom,
            Notice.manner,
            Notice.state,
            Notice.expires_at,
            Notice.in_doubt,
            Notice.response_url.is_not(None),
        )
        .where(
            Notice.turn == turn,
            Notice.due_at <= now,
            Notice.workspace_id.not_in(but_workspaces),
            Notice.whom.not_in(but_whom),
            ~under_way.exists(),
            ~before_it.exists(),
        )
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notice)
    )
    return [Candidate(*row) for row in found]


async def next_due(session: AsyncSession) -> dict[int, datetime]:
    """Of each turn, when there may be something to do: the moment of its first notice, or of its first lease to end."""
    firsts = union_all(
        *(
            select(literal(turn), func.min(Notice.due_at)).where(Notice.turn == turn, Notice.due_at.is_not(None))
            for turn in TURNS
        )
    )
    return {turn: due_at for turn, due_at in await session.execute(firsts) if due_at is not None}


async def message_of(session: AsyncSession, workspace_id: str, key: str) -> Message | None:
    found = select(Notice.state, Notice.in_doubt, Notice.channel_id, Notice.message_ts)
    row = (await session.execute(found.where(Notice.workspace_id == workspace_id, Notice.key == key))).one_or_none()
    return Message(*row) if row else None


async def is_overtaken(session: AsyncSession, notice: Notice) -> bool:
    """Whether a later notice updates the same message."""
    later = select(Notice.id).where(
        Notice.workspace_id == notice.workspace_id, Notice.updates == notice.updates, Notice.id > notice.id
    )
    return await session.scalar(later.limit(1)) is not None


async def failures(session: AsyncSession, limit: int) -> list[Failure]:
    """The newest first; of all workspaces, for whoever runs the bot."""
    found = await session.execute(
        select(Notice.id, Notice.workspace_id, Notice.kind, Notice.whom, Notice.reason, Notice.tries, Notice.done_at)
        .where(Notice.state == State.FAILED)
        .order_by(Notice.done_at.desc())
        .limit(limit)
    )
    return [Failure(*row) for row in found]


async def in_each_state(session: AsyncSession) -> dict[str, int]:
    counted = await session.execute(select(Notice.state, func.count()).group_by(Notice.state))
    return {str(state): count for state, count in counted}


async def oldest_due(session: AsyncSession, now: datetime) -> datetime | None:
    """Since when the one that waits longest has been waiting; what is only due later does not wait."""
    return await session.scalar(
        select(func.min(Notice.planned_for)).where(
            Notice.state.in_((State.WAITING, State.CLAIMED)), Notice.planned_for <= now
        )
    )
