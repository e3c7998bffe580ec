"""Of what is due, what is delivered now: what is still of use, may be pushed, and has its turn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.outbox import queries
from bot.kit.outbox.pace import Pace
from bot.kit.outbox.queries import Candidate
from bot.kit.outbox.rules import HELD, TURN, UNTIL_SOMEBODY_ENDS_IT, Manner
from bot.kit.outbox.tables import Notice, State, done
from bot.kit.working_time.rules import Unwanted
from bot.kit.working_time.service import WorkingTimes

KNOWN_FOR = timedelta(minutes=30)
"""So long it is believed what Slack said of Do Not Disturb."""

SET_ASIDE = 2_000
"""Notices of a workspace on hold that are set aside in one go: when many are due, they stand before all others."""


class Choosing:
    """One claim. `chosen` are the ids of what is to be delivered, in the order of their turn."""

    def __init__(
        self,
        session: AsyncSession,
        working_times: WorkingTimes,
        pace: Pace,
        seconds: float,
        now: datetime,
        *,
        on_hold: Collection[str],
    ) -> None:
        """`on_hold`: the workspaces in which nothing unprompted is told."""
        self.chosen: list[int] = []
        self.to_ask_about: dict[str, set[str]] = {}
        """People, by workspace, of whom it is not known whether they may be disturbed: their pushes wait for that."""
        self._session = session
        self._working_times = working_times
        self._pace = pace
        self._seconds = seconds
        self._now = now
        self._on_hold = on_hold
        self._have_their_turn: set[tuple[str, str]] = set()

    async def choose(self, candidates: Sequence[Candidate], limit: int) -> None:
        """Adds what may be delivered, until `limit` are chosen; expires or puts off what may not."""
        out_of_date = [candidate for candidate in candidates if candidate.is_out_of_date(self._now)]
        await self._expire(out_of_date, "too_late")
        left_out = {candidate.id for candidate in out_of_date}
        left_out |= await self._set_aside([candidate for candidate in candidates if candidate.id not in left_out])
        pushes = [candidate for candidate in candidates if _is_a_push(candidate) and candidate.id not in left_out]
        left_out |= await self._hold_back(pushes)
        left_out |= await queries.have_to_wait(self._session, [candidate.id for candidate in candidates], self._now)
        turn: list[Candidate] = []
        for candidate in candidates:
            if len(self.chosen) + len(turn) == limit:
                break
            if candidate.id not in left_out and self._has_its_turn(candidate):
                turn.append(candidate)
        taken = await self._already_pushed_today([candidate for candidate in turn if _is_a_push(candidate)])
        self.chosen += [candidate.id for candidate in turn if candidate.id not in taken]

    async def _set_aside(self, candidates: Sequence[Candidate]) -> set[int]:
        """Puts off what is on hold until it expires, or until the hold ends, so that nobody meets it again meanwhile:
        not only these, but all that is due like them, or others would wait until it had been looked at."""
        held = [each for each in candidates if each.workspace_id in self._on_hold and each.is_unprompted]
        for turn in {TURN[Manner(each.manner)] for each in held}:
            ids = await queries.due_in(self._session, self._now, self._on_hold, SET_ASIDE, turn=turn)
            until = func.coalesce(Notice.expires_at, UNTIL_SOMEBODY_ENDS_IT)
            put_off = update(Notice).where(Notice.id.in_(ids)).values(due_at=until, planned_for=until, reason=HELD)
            await self._session.execute(put_off)
        return {each.id for each in held}

    def _has_its_turn(self, candidate: Candidate) -> bool:
        """One at a time for each person or channel, and no faster than Slack bears."""
        whom = (candidate.workspace_id, candidate.whom)
        if whom in self._have_their_turn:
            return False
        if not candidate.may_be_posted_already and not candidate.is_reply:  # these are not posted, or not there
            if self._pace.seconds_until(*whom, self._seconds) > 0:
                return False
            self._pace.take(*whom, self._seconds)
        self._have_their_turn.add(whom)
        return True

    async def _hold_back(self, pushes: Sequence[Candidate]) -> set[int]:
        """Puts off what its reader may not be given now, until they may; expires what is of no use by then."""
        held_back: set[int] = set()
        never: dict[str, list[Candidate]] = defaultdict(list)
        later: dict[tuple[datetime, str], list[int]] = defaultdict(list)
        for workspace_id, theirs in _by_workspace(pushes).items():
            people = {push.whom for push in theirs}
            verdicts = await self._working_times.judge(self._session, workspace_id, people, self._now)
            welcome = {whom for whom in people if verdicts[whom].allowed}
            known_since = self._now - KNOWN_FOR
            stale = await self._working_times.whose_do_not_disturb_is_stale(
                self._session, workspace_id, welcome, known_since
            )
            if stale:
                self.to_ask_about[workspace_id] = stale
            for push in theirs:
                verdict = verdicts[push.whom]
                if verdict.allowed and push.whom not in stale:
                    continue
                held_back.add(push.id)
                if verdict.allowed:
                    continue
                if isinstance(verdict.reason, Unwanted):
                    never["unwanted"].append(push)
                elif verdict.when is None or (push.expires_at and verdict.when >= push.expires_at):
                    never["never_in_working_time"].append(push)
                else:
                    later[verdict.when, type(verdict.reason).__name__].append(push.id)
        for reason, theirs in never.items():
            await self._expire(theirs, reason)
        for (when, reason), ids in later.items():
            put_off = update(Notice).where(Notice.id.in_(ids)).values(due_at=when, planned_for=when, reason=reason)
            await self._session.execute(put_off)
        return held_back

    async def _already_pushed_today(self, pushes: Sequence[Candidate]) -> set[int]:
        """Takes today's push for these people. Those for whom somebody else has just taken it are left for later."""
        taken: set[int] = set()
        for workspace_id, theirs in _by_workspace(pushes).items():
            keys = {push.whom: push.key for push in theirs}
            ours = await self._working_times.reserve(self._session, workspace_id, keys, self._now)
            taken |= {push.id for push in theirs if push.whom not in ours}
        return taken

    async def _expire(self, candidates: Sequence[Candidate], reason: str) -> None:
        if candidates:
            ids = [candidate.id for candidate in candidates]
            expired = update(Notice).where(Notice.id.in_(ids)).values(done(State.EXPIRED, self._now, reason))
            await self._session.execute(expired)


def _is_a_push(candidate: Candidate) -> bool:
    """One that may have been posted was let through before."""
    return candidate.manner == Manner.PUSH and not candidate.may_be_posted_already


def _by_workspace(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    sorted_out: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        sorted_out[candidate.workspace_id].append(candidate)
    return sorted_out
