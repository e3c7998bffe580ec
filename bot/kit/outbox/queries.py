"""Named reads of notices. The worker's serve all workspaces."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.kit.outbox.rules import HELD, TURNS, UNPROMPTED
from bot.kit.outbox.tables import Hold, Notice, State


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

    @property
    def is_unprompted(self) -> bool:
        """What may have been posted is only looked up, and that tells nobody anything."""
        return self.manner in UNPROMPTED and not self.may_be_posted_already

    def is_out_of_date(self, now: datetime) -> bool:
        """Of no use any more; what may have been posted is looked up all the same."""
        return self.expires_at is not None and self.expires_at <= now and not self.may_be_posted_already


@dataclass(frozen=True)
class Relative:
    """A notice about the same message: how far it is, and where the message stands."""

    id: int
    state: str
    in_doubt: bool
    reason: str | None
    channel_id: str | None
    message_ts: str | None

    @property
    def is_under_way(self) -> bool:
        return self.state == State.CLAIMED or (self.state == State.WAITING and self.in_doubt)

    @property
    def is_held(self) -> bool:
        return self.state == State.WAITING and self.reason == HELD

    @property
    def stands_at(self) -> tuple[str, str] | None:
        return (self.channel_id, self.message_ts) if self.channel_id and self.message_ts else None


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
    """What may be taken, oldest first, and locked, skipping what another has locked."""
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
        )
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Candidate(*row) for row in found]


async def on_hold(session: AsyncSession) -> set[str]:
    """Workspaces in which nothing unprompted is told. Nobody ends that before this transaction is over."""
    return set(await session.scalars(select(Hold.workspace_id).with_for_update(read=True)))


async def due_in(
    session: AsyncSession, now: datetime, workspaces: Collection[str], limit: int, *, turn: int
) -> Sequence[int]:
    """Ids of what is due there, of use yet and not told, oldest first, and locked, skipping what another has locked."""
    found = await session.scalars(
        select(Notice.id)
        .where(
            Notice.turn == turn,
            Notice.due_at <= now,
            Notice.workspace_id.in_(workspaces),
            Notice.state == State.WAITING,
            Notice.in_doubt.is_(False),
            or_(Notice.expires_at.is_(None), Notice.expires_at > now),
        )
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def have_to_wait(session: AsyncSession, ids: Collection[int], now: datetime) -> set[int]:
    """Of these, which have another notice before them, or under way: for one reader one comes after the other."""
    other = aliased(Notice)
    for_the_same = select(other.id).where(
        other.workspace_id == Notice.workspace_id, other.whom == Notice.whom, other.due_at.is_not(None)
    )
    # Each is one look into an index, however long the line is: neither database finds that by itself for “exists”.
    first = for_the_same.where(other.turn <= Notice.turn).order_by(other.due_at, other.id).limit(1)
    under_way = for_the_same.where(other.due_at > now, other.state == State.CLAIMED).limit(1)
    looked_up = select(Notice.id, first.scalar_subquery(), under_way.scalar_subquery()).where(Notice.id.in_(ids))
    return {id_ for id_, first_id, claimed in await session.execute(looked_up) if first_id != id_ or claimed}


async def next_due(session: AsyncSession) -> dict[int, datetime]:
    """Of each turn, when there may be something to do: the moment of its first notice, or of its first lease to end."""
    firsts = union_all(
        *(
            select(literal(turn), func.min(Notice.due_at)).where(Notice.turn == turn, Notice.due_at.is_not(None))
            for turn in TURNS
        )
    )
    return {turn: due_at for turn, due_at in await session.execute(firsts) if due_at is not None}


async def first_of_family(session: AsyncSession, workspace_id: str, key: str) -> str:
    """The key of the notice that began what this one goes on with: itself, or what it updates."""
    began = select(Notice.updates).where(Notice.workspace_id == workspace_id, Notice.key == key)
    return await session.scalar(began) or key


async def family(session: AsyncSession, notice: Notice) -> Sequence[Relative]:
    """The others that are about the same message: the one that began it, and all that update it. The newest first."""
    same = or_(Notice.key == notice.updates, Notice.updates == notice.updates)
    found = await session.execute(
        select(Notice.id, Notice.state, Notice.in_doubt, Notice.reason, Notice.channel_id, Notice.message_ts)
        .where(Notice.workspace_id == notice.workspace_id, same, Notice.id != notice.id)
        .order_by(Notice.id.desc())
    )
    return [Relative(*row) for row in found]


async def failures(session: AsyncSession, limit: int) -> list[Failure]:
    """The newest first; of all workspaces, for whoever runs the bot."""
    found = await session.execute(
        select(Notice.id, Notice.workspace_id, Notice.kind, Notice.whom, Notice.reason, Notice.tries, Notice.done_at)
        .where(Notice.state == State.FAILED)
        .order_by(Notice.done_at.desc())
        .limit(limit)
    )
    return [Failure(*row) for row in found]


async def in_each_state(
    session: AsyncSession, states: Collection[State], workspace_id: str | None = None
) -> dict[str, int]:
    """How many are in these states; in one workspace, or in all."""
    among = select(Notice.state, func.count()).where(Notice.state.in_(states))
    if workspace_id is not None:
        among = among.where(Notice.workspace_id == workspace_id)
    counted = await session.execute(among.group_by(Notice.state))
    return {str(state): count for state, count in counted}


async def oldest_due(session: AsyncSession, now: datetime, workspace_id: str | None = None) -> datetime | None:
    """Since when the one that waits longest has been waiting; what is only due later does not wait."""
    waits = select(func.min(Notice.planned_for)).where(Notice.due_at.is_not(None), Notice.planned_for <= now)
    if workspace_id is not None:
        waits = waits.where(Notice.workspace_id == workspace_id)
    return await session.scalar(waits)
