"""Whatever happens in whatever order: while a workspace is held nothing unprompted goes out, and nothing is lost."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.kit.outbox.rules import TIME_TO_ARRIVE, UNPROMPTED, Manner
from bot.kit.outbox.tables import Hold, Notice, State
from bot.kit.working_time.tables import Push, WorkingTime
from tests.kit.outbox.office import DAY, HOUR, MINUTE, T1, T2, Office, a_notice
from tests.stand_ins.clock import NOON

READERS = ("U1", "U2", "C1")
ENDS = ("sent", "refused", "lost", "died")
"""How a delivery ends: Slack takes it, or says no; it never says a word; or the process is gone."""

LONG_ENOUGH = 400 * DAY
"""Pushes wait for each other: a day, and a week when five were not answered."""

workspaces = st.sampled_from([T1, T2])
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("post"),
            workspaces,
            st.sampled_from(Manner),
            st.sampled_from(READERS),
            st.sampled_from([None, MINUTE, 5 * HOUR]),
        ),
        st.tuples(st.just("hold"), workspaces),
        st.tuples(st.just("go on"), workspaces),
        st.tuples(st.just("deliver"), st.lists(st.sampled_from(ENDS), min_size=1, max_size=4)),
        st.tuples(st.just("wait"), st.sampled_from([MINUTE, HOUR, DAY])),
    ),
    max_size=30,
)


@dataclass
class Story:
    office: Office
    held: set[str] = field(default_factory=set)
    posted: int = 0
    sent: list[str] = field(default_factory=list)

    async def take(self, step: tuple) -> None:
        match step:
            case ("post", workspace_id, manner, whom, lasts):
                expires_at = self.office.clock.now() + lasts if lasts else None
                notice = a_notice(
                    f"{self.posted}", workspace_id=workspace_id, manner=manner, whom=whom, expires_at=expires_at
                )
                await self.office.post(notice)
                self.posted += 1
            case ("hold", workspace_id):
                async with self.office.database.writing() as session:
                    await self.office.outbox.hold(session, workspace_id, "U0ADMIN")
                self.held.add(workspace_id)
            case ("go on", workspace_id):
                async with self.office.database.writing() as session:
                    await self.office.outbox.go_on(session, workspace_id)
                self.held.discard(workspace_id)
            case ("deliver", ends):
                await self.deliver(ends)
            case ("wait", time):
                self.office.clock.move(time)

    async def deliver(self, ends: list[str]) -> int:
        for workspace_id in (T1, T2):
            await self.office.may_be_disturbed(READERS, workspace_id)
        claimed = await self.office.claim()
        for number, notice in enumerate(claimed):
            if not notice.in_doubt:
                assert notice.workspace_id not in self.held or notice.manner not in UNPROMPTED, "it was stopped"
                assert notice.expires_at is None or notice.expires_at > self.office.clock.now(), "it was too late"
            match ends[number % len(ends)]:
                case "sent":
                    self.sent.append(notice.key)
                    await self.office.send(notice)
                case "refused":
                    await self.office.outbox.put_off(notice, 1, "ratelimited")
                case "lost":
                    await self.office.outbox.put_off(notice, TIME_TO_ARRIVE, "TimeoutError", in_doubt=True)
        return len(claimed)


@given(steps)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_while_held_nothing_unprompted_goes_out_and_afterwards_all_of_it(office: Office, steps: list) -> None:
    async with office.database.writing() as session:
        for table in (Notice, Hold, Push, WorkingTime):
            await session.execute(delete(table))
    office.clock.move(NOON - office.clock.now())
    story = Story(office)
    for step in steps:
        await story.take(step)
    for workspace_id in (T1, T2):
        await story.take(("go on", workspace_id))
    while due := await office.outbox.next_due():
        office.clock.move(max(min(due.values()) - office.clock.now(), MINUTE))
        await story.deliver(["sent"])
    assert office.clock.now() < NOON + LONG_ENOUGH, "something waited for good"
    states = await office.states()
    assert set(states.values()) <= {State.SENT, State.EXPIRED}
    assert len(story.sent) == len(set(story.sent)), "nothing is told twice"
    assert {key for key, state in states.items() if state == State.SENT} == set(story.sent)
