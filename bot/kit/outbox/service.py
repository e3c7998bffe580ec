"""The outbox: what is to be told is posted with the fact it tells, claimed by whoever delivers, and marked.

What takes a session is part of the caller's transaction; every other public method is one of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.clock import Clock
from bot.kit.database import Database, insert_into, when_committed
from bot.kit.encryption import WrongKey
from bot.kit.outbox import queries
from bot.kit.outbox.choosing import Choosing
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.rules import HELD, TIME_TO_ARRIVE, TURN, TURNS, NewNotice
from bot.kit.outbox.tables import Hold, Notice, State, done
from bot.kit.working_time.service import WorkingTimes

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
"""After this a notice that was claimed and not marked is somebody else's: longer than Slack ever takes."""

CANDIDATES = 100
"""Looked at in one claim: some may not be pushed now, some wait for their channel."""

LOOKS = 4
"""Further looks in one claim, past those who have a long line."""

KEPT = timedelta(days=30)
"""How long it can be seen what was sent, expired or failed."""

_IS_NOT_SENT = (Notice.state == State.WAITING, Notice.in_doubt.is_(False))

PUSHES_KEPT = timedelta(days=90)
"""How long it is known what was pushed, and whether it was answered."""

Also = Callable[[AsyncSession], Awaitable[None]]
"""What is to be written down in the same transaction."""


@dataclass(frozen=True)
class Claims:
    """What is to be delivered now; and people, by workspace, of whom Slack is to be asked whether to disturb them."""

    notices: Sequence[Notice]
    to_ask_about: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Queue:
    """How the outbox stands: notices in each state, and since when the oldest of what is due should have been told."""

    in_state: dict[str, int]
    oldest_due: datetime | None


class EarlierIsUnderWay(Exception):
    """The message to take the place of is on its way right now."""


class Overtaken(Exception):
    """A later notice takes the place of the same message."""


class Outbox:
    def __init__(self, database: Database, clock: Clock, working_times: WorkingTimes) -> None:
        self._database = database
        self._clock = clock
        self._working_times = working_times
        self.bell = asyncio.Event()
        """Rung when something was posted; whoever delivers waits for it."""

    # --- what is to be told ---

    async def post(self, session: AsyncSession, notice: NewNotice) -> None:
        """Told as soon as this transaction is committed, or from `not_before` on; the same key is told once."""
        await self.post_all(session, [notice])

    async def post_all(self, session: AsyncSession, notices: Sequence[NewNotice]) -> None:
        """Thousands at once are as many rows, and a handful of statements."""
        if not notices:
            return
        now = self._clock.now()
        rows = sorted((_row(notice, now) for notice in notices if not notice.updates), key=lambda row: row["key"])
        if rows:
            # The table and not its class, which is slower; in order, so that two that post the same never block.
            await session.execute(_unless_it_is_there(session), rows)
        for notice in notices:
            if notice.updates:
                await self._post_update(session, notice, notice.updates, now)
        when_committed(session, self.bell.set)

    async def _post_update(self, session: AsyncSession, notice: NewNotice, updates: str, now: datetime) -> None:
        """What was to be told of the same message before, and is not even sent yet, need not be sent any more."""
        began = await queries.first_of_family(session, notice.workspace_id, updates)
        new = _unless_it_is_there(session).values(_row(notice, now) | {"updates": began})
        notice_id = await session.scalar(new.returning(Notice.id))
        if notice_id is not None:
            same = or_(Notice.key == began, Notice.updates == began)
            # What somebody waits for does not make way for what may have to wait itself.
            in_its_turn = Notice.turn >= TURN[notice.manner]
            earlier = (Notice.workspace_id == notice.workspace_id, same, Notice.id < notice_id, in_its_turn)
            replaced = done(State.EXPIRED, now, "replaced")
            await session.execute(update(Notice).where(*earlier, *_IS_NOT_SENT).values(replaced))

    # --- everything unprompted is stopped ---

    async def hold(self, session: AsyncSession, workspace_id: str, by: str) -> None:
        """From now on only what was asked for and what is urgent is told there, and what is on its way just now.

        The rest waits, and expires as always. Held already, it stays held by whoever was first.
        """
        new = insert_into(session, Hold).values(workspace_id=workspace_id, by=by, since=self._clock.now())
        await session.execute(new.on_conflict_do_nothing())

    async def go_on(self, session: AsyncSession, workspace_id: str) -> None:
        """What has waited is told, as far as it is still of use; pushes as their readers may be pushed."""
        if await self.held(session, workspace_id) is None:
            return
        now = self._clock.now()
        held = (Notice.workspace_id == workspace_id, Notice.due_at > now, Notice.reason == HELD, *_IS_NOT_SENT)
        due_now = update(Notice).where(*held).values(due_at=now, planned_for=now, reason=None)
        # Most of it while the hold still stands: from its end to the commit no process can claim anything.
        await session.execute(due_now)
        await session.execute(delete(Hold).where(Hold.workspace_id == workspace_id))
        await session.execute(due_now)  # what was set aside meanwhile
        when_committed(session, self.bell.set)

    async def held(self, session: AsyncSession, workspace_id: str) -> Hold | None:
        """Who stopped it, and since when; None: nothing is stopped."""
        return await session.get(Hold, workspace_id)

    async def is_stopped(self, workspace_id: str) -> bool:
        """Whether a reminder would not come now, so that nobody is promised one."""
        async with self._database.reading() as session:
            return await self.held(session, workspace_id) is not None

    # --- delivery ---

    async def next_due(self) -> dict[int, datetime]:
        """Of each turn, when there may be something to claim."""
        async with self._database.reading() as session:
            return await queries.next_due(session)

    async def claim(
        self, limit: int, pace: Pace, seconds: float, turns: Sequence[int] = TURNS, busy: Collection[str] = ()
    ) -> Claims:
        """Notices of these turns to deliver now, held for `LEASE`: at most `limit`, and one for each person or channel.

        `pace` says where may be posted at `seconds` (of its own clock), and counts what is claimed; `busy` are those
        to whom we are just posting. One that cannot be read, because its key is gone, has failed.
        """
        now = self._clock.now()
        workspaces, channels = pace.resting(seconds)
        async with self._database.writing() as session:
            on_hold = await queries.on_hold(session)
            choosing = Choosing(session, self._working_times, pace, seconds, now, on_hold=on_hold)
            for turn in turns:
                not_now = {*channels, *busy}
                for _look in range(LOOKS):
                    candidates = await queries.due(session, now, workspaces, not_now, CANDIDATES, turn=turn)
                    await choosing.choose(candidates, limit)
                    if len(candidates) < CANDIDATES or len(choosing.chosen) == limit:
                        break
                    not_now |= {candidate.whom for candidate in candidates}  # a long line for the same few
            chosen = choosing.chosen
            values = {
                "state": State.CLAIMED,
                "due_at": now + LEASE,
                "tries": Notice.tries + 1,
                "in_doubt": or_(Notice.in_doubt, Notice.state == State.CLAIMED),
                "first_tried_at": func.coalesce(Notice.first_tried_at, now),
            }
            if chosen:
                await session.execute(update(Notice).where(Notice.id.in_(chosen)).values(values))
        return Claims(await self._read(chosen), choosing.to_ask_about)

    async def _read(self, ids: Sequence[int]) -> Sequence[Notice]:
        """In this order. When one of them cannot be read, each for itself."""
        if not ids:
            return []
        try:
            async with self._database.reading() as session:
                found = {
                    notice.id: notice for notice in await session.scalars(select(Notice).where(Notice.id.in_(ids)))
                }
        except WrongKey:
            if len(ids) > 1:
                return [notice for notice_id in ids for notice in await self._read([notice_id])]
            await self._cannot_be_read(ids[0])
            return []
        return [found[notice_id] for notice_id in ids if notice_id in found]

    async def _cannot_be_read(self, notice_id: int) -> None:
        log.error("a_notice_cannot_be_decrypted", notice=notice_id)
        failed = done(State.FAILED, self._clock.now(), "cannot_be_decrypted")
        async with self._database.writing() as session:
            marked = update(Notice).where(Notice.id == notice_id).values(failed)
            for workspace_id, key in await session.execute(marked.returning(Notice.workspace_id, Notice.key)):
                await self._working_times.give_back(session, workspace_id, [key])

    async def message_to_update(self, notice: Notice) -> tuple[str, str] | None:
        """Channel and ts of the message that this one takes the place of; None when there is none, and never will be.

        Raises EarlierIsUnderWay, Overtaken.
        """
        async with self._database.writing() as session:
            family = await queries.family(session, notice)
            # One that is on hold says nothing for now, and goes on from this one when it may.
            later = [relative for relative in family if relative.id > notice.id and not relative.is_held]
            if any(relative.state in {State.WAITING, State.CLAIMED, State.SENT} for relative in later):
                raise Overtaken
            if any(relative.is_under_way for relative in family):
                raise EarlierIsUnderWay
            earlier = [relative for relative in family if relative.id < notice.id]
            waiting = [relative.id for relative in earlier if relative.state == State.WAITING]
            replaced = done(State.EXPIRED, self._clock.now(), "replaced")
            expired = await session.scalars(
                update(Notice).where(Notice.id.in_(waiting), *_IS_NOT_SENT).values(replaced).returning(Notice.id)
            )
            if len(expired.all()) < len(waiting):
                raise EarlierIsUnderWay
        return next((relative.stands_at for relative in family if relative.stands_at), None)

    async def overtaken(self, notice: Notice) -> None:
        """A later notice says it already."""
        async with self._database.writing() as session:
            await _mark(session, notice, done(State.EXPIRED, self._clock.now(), "replaced"))

    async def sent(self, notice: Notice, channel_id: str | None, message_ts: str | None, also: Also) -> bool:
        """Slack has it. False when the claim was lost to somebody else, who will find that out too."""
        values = done(State.SENT, self._clock.now()) | {"channel_id": channel_id, "message_ts": message_ts}
        async with self._database.writing() as session:
            is_ours = await _mark(session, notice, values)
            if is_ours:
                await also(session)
        return is_ours

    async def put_off(self, notice: Notice, seconds: float, reason: str | None, *, in_doubt: bool = False) -> None:
        """Later again. `in_doubt`: Slack may have it already, so it is looked up first."""
        due_at = self._clock.now() + timedelta(seconds=seconds)
        values = {"state": State.WAITING, "due_at": due_at, "reason": reason, "in_doubt": in_doubt}
        async with self._database.writing() as session:
            if await _mark(session, notice, values) and not in_doubt:
                await self._working_times.give_back(session, notice.workspace_id, [notice.key])

    async def again_without(self, notice: Notice, part: str) -> None:
        """Once more, at once, without its `response_url` or `updates`: the link or the message is gone."""
        values = {part: None, "state": State.WAITING, "due_at": self._clock.now(), "in_doubt": False}
        async with self._database.writing() as session:
            if await _mark(session, notice, values):
                await self._working_times.give_back(session, notice.workspace_id, [notice.key])

    async def failed(
        self, notice: Notice, reason: str, *, nobody_there: bool = False, instead: NewNotice | None = None
    ) -> None:
        """Slack will not take it. `nobody_there`: nor what else waits for this person or channel."""
        failed = done(State.FAILED, self._clock.now(), reason)
        async with self._database.writing() as session:
            if not await _mark(session, notice, failed):
                return
            await self._working_times.give_back(session, notice.workspace_id, [notice.key])
            if nobody_there:
                theirs = (Notice.workspace_id == notice.workspace_id, Notice.whom == notice.whom)
                need_them = Notice.response_url.is_(None)
                await session.execute(update(Notice).where(*theirs, *_IS_NOT_SENT, need_them).values(failed))
            if instead is not None:
                await self.post(session, instead)

    async def release(self, notices: Sequence[Notice]) -> None:
        """The bot stops while these were under way: somebody else may soon look whether Slack has them."""
        if not notices:
            return
        arrived = self._clock.now() + timedelta(seconds=TIME_TO_ARRIVE)
        values = {"due_at": arrived, "state": State.WAITING, "in_doubt": True}
        async with self._database.writing() as session:
            for notice in notices:
                await _mark(session, notice, values)

    async def take_back(self) -> None:
        """For a process that is alone on its database: what is claimed was claimed by one that is gone."""
        async with self._database.writing() as session:
            claimed = update(Notice).where(Notice.state == State.CLAIMED)
            arrived = self._clock.now() + timedelta(seconds=TIME_TO_ARRIVE)
            await session.execute(claimed.values(due_at=arrived))

    # --- for whoever runs the bot ---

    async def queue(self, states: Collection[State] = tuple(State), workspace_id: str | None = None) -> Queue:
        """Of one workspace, or of all. To count those that are done with takes a while when there are many."""
        async with self._database.reading() as session:
            oldest_due = await queries.oldest_due(session, self._clock.now(), workspace_id)
            return Queue(await queries.in_each_state(session, states, workspace_id), oldest_due)

    async def failures(self, limit: int) -> list[queries.Failure]:
        """The newest first."""
        async with self._database.reading() as session:
            return await queries.failures(session, limit)

    async def retry(self, ids: Sequence[int] | None) -> int:
        """Failed ones wait again, at once; None: all of them. How many that are."""
        now = self._clock.now()
        which = Notice.state == State.FAILED
        if ids is not None:
            which &= Notice.id.in_(ids)
        again = {"state": State.WAITING, "due_at": now, "done_at": None, "reason": None, "tries": 0}
        async with self._database.writing() as session:
            found = (await session.scalars(select(Notice.id).where(which))).all()
            await session.execute(update(Notice).where(which).values(again))
            when_committed(session, self.bell.set)
        return len(found)

    async def forget(self) -> None:
        """What was done with long ago is not kept."""
        async with self._database.writing() as session:
            over = Notice.state.in_((State.SENT, State.EXPIRED, State.FAILED))
            await session.execute(delete(Notice).where(over, Notice.done_at < self._clock.now() - KEPT))
            await self._working_times.forget(session, (self._clock.now() - PUSHES_KEPT).date())


async def _mark(session: AsyncSession, notice: Notice, values: dict[str, Any]) -> bool:
    """Changes a notice that was claimed, unless the claim ran out and somebody else has it now."""
    ours = (Notice.id == notice.id, Notice.state == State.CLAIMED, Notice.tries == notice.tries)
    marked = await session.execute(update(Notice).where(*ours).values(values).returning(Notice.id))
    return marked.scalar() is not None


def _unless_it_is_there(session: AsyncSession) -> Any:
    insert = insert_into(session, Notice.__table__)
    return insert.on_conflict_do_nothing(index_elements=["workspace_id", "key"])


def _row(notice: NewNotice, now: datetime) -> dict[str, Any]:
    moment = notice.not_before or now
    return {
        "workspace_id": notice.workspace_id,
        "key": notice.key,
        "kind": notice.kind,
        "data": notice.data.model_dump_json(),
        "about": notice.about,
        "whom": notice.whom,
        "thread_ts": notice.thread_ts,
        "response_url": notice.response_url,
        "language": notice.language,
        "manner": notice.manner,
        "turn": TURN[notice.manner],
        "updates": notice.updates,
        "expires_at": notice.expires_at,
        "posted_at": now,
        "planned_for": moment,
        "state": State.WAITING,
        "due_at": moment,
        "tries": 0,
        "in_doubt": False,
    }
