"""What must be so at the end, held against what stands in Slack: nothing lost, nothing twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from bot.coaching.tables import Question
from bot.coaching.tables import State as Asked
from bot.kit.clock import SystemClock
from bot.kit.database import Database
from bot.kit.outbox.rules import NewNotice
from bot.kit.outbox.tables import Notice, State
from bot.sandbox.records import Message
from bot.sandbox.workspace import Workspace

MARKED_AT_ONCE = 0.5
"""What stood in Slack for more seconds before it was marked was not marked by the one who posted it, but found."""


async def to_be_done(database: Database) -> int:
    """Notices and questions with which somebody is still busy, or will be."""
    async with database.reading() as session:
        notices = select(func.count()).where(Notice.state.in_((State.WAITING, State.CLAIMED)))
        questions = select(func.count()).where(Question.state.in_((Asked.WAITING, Asked.ANSWERING)))
        return (await session.scalar(notices) or 0) + (await session.scalar(questions) or 0)


@dataclass(frozen=True)
class LeftBehind:
    """The numbers of what the dead had in hand."""

    notices: Sequence[int]
    questions: Sequence[int]


async def left_behind(database: Database) -> LeftBehind:
    """What is claimed, where nobody lives who could have claimed it."""
    async with database.reading() as session:
        notices = (await session.scalars(select(Notice.id).where(Notice.state == State.CLAIMED))).all()
        questions = (await session.scalars(select(Question.id).where(Question.state == Asked.ANSWERING))).all()
    return LeftBehind(notices, questions)


async def let_leases_end(database: Database, left: LeftBehind) -> None:
    """Does at once what time does in half a minute, and in one and a half: nobody holds these any more."""
    now = SystemClock().now()
    async with database.writing() as session:
        await session.execute(update(Notice).where(Notice.id.in_(left.notices)).values(due_at=now))
        await session.execute(update(Question).where(Question.id.in_(left.questions)).values(due_at=now))


async def all_notices(database: Database) -> Sequence[Notice]:
    async with database.reading() as session:
        return (await session.scalars(select(Notice).order_by(Notice.id))).all()


class Reckoning:
    """`wrong` has a sentence for everything that is not as it must be, with the notice it is about, if any."""

    def __init__(self, workspace: Workspace, rows: Sequence[Notice], posted: Mapping[str, NewNotice]) -> None:
        self.wrong: list[tuple[int | None, str]] = []
        self.found = 0
        self._workspace = workspace
        self._rows = rows
        self._posted = posted
        self._standing: dict[str, list[Message]] = defaultdict(list)
        for message in _said(workspace):
            mark = (message.metadata or {}).get("event_payload", {}).get("notice", "")
            self._standing[mark].append(message)

    def of_notices(self, stories: Sequence[Sequence[str]]) -> None:
        """`stories`: the keys of what takes the place of each other, the newest last, which alone is to be seen."""
        missing = self._posted.keys() - {row.key for row in self._rows}
        self.wrong += [(None, f"{key} is not in the database") for key in missing]
        is_old = {key for story in stories for key in story[:-1]}
        for row in self._rows:
            was_replaced = (row.state, row.reason) == (State.EXPIRED, "replaced")
            if row.state != State.SENT and not (was_replaced and row.key in is_old):
                self.wrong.append((row.id, f"is {row.state} ({row.reason})"))
            else:
                self._stands(row, 0 if row.key in is_old else 1)
        marks = {str(row.id) for row in self._rows}
        strangers = [message for mark, found in self._standing.items() if mark not in marks for message in found]
        self.wrong += [(None, f"nobody posted {message.text!r} in {message.channel}") for message in strangers]

    def _stands(self, row: Notice, times: int) -> None:
        """As often as it must, in its place, and in its own words."""
        messages = self._standing[str(row.id)]
        if len(messages) != times:
            moments = [message.ts for message in messages]
            self.wrong.append((row.id, f"stands in Slack {len(messages)} times, not {times}: {moments}"))
        told = self._posted.get(row.key)
        for message in messages:
            if message.channel != self._workspace.channel(row.whom).id or message.thread_ts != row.thread_ts:
                self.wrong.append((row.id, f"stands in {message.channel}, {message.thread_ts}"))
            if told is not None and getattr(told.data, "error_id", "") not in message.text:
                self.wrong.append((row.id, f"says something else: {message.text!r}"))
            if row.tries > 1 and row.updates is None and row.done_at is not None:
                self.found += row.done_at.timestamp() - float(message.ts) > MARKED_AT_ONCE

    def of_questions(self, asked: Sequence[tuple[str, str]], acknowledged: set[str]) -> None:
        for channel, ts in asked:
            answers = [message for message in self._workspace.thread(channel, ts) if message.bot_id]
            if len(answers) > 1 or (ts in acknowledged and not answers):
                self.wrong.append((None, f"the question {ts} in {channel} has {len(answers)} answers"))


def _said(workspace: Workspace) -> Iterator[Message]:
    for channel in list(workspace.channels):
        yield from (message for message in workspace.everything(channel) if message.bot_id)
