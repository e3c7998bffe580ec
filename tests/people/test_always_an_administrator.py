"""Whatever is changed in whatever order: a workspace that has an administrator keeps one."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.kit.audit import Entry
from bot.kit.outbox.tables import Notice
from bot.people.role_groups import Group
from bot.people.roles import GIVEN, Role, Standing
from bot.people.roles_given import LastAdministrator, NotAnAdministrator
from bot.people.tables import Colleague, RoleGiven, RoleGroup, Workspace
from tests.people.personnel import LIES, NOOR, T1, TOM, Personnel

PEOPLE, GROUPS = (TOM, LIES, NOOR), ("S1", "S2")
who, some = st.sampled_from(PEOPLE), st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True)
# Mostly of administrators: that is what the promise is about.
role = st.one_of(st.just(Role.ADMINISTRATOR), st.sampled_from(GIVEN))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("appoint"), role, some, who),
        st.tuples(st.just("dismiss"), role, some, who),
        st.tuples(st.just("follow"), role, st.sampled_from(GROUPS), who),
        st.tuples(st.just("follow none"), role, who),
        st.tuples(st.just("members are"), role, some),
        st.tuples(st.just("gone"), st.sampled_from(GROUPS)),
    ),
    max_size=12,
)


async def take(personnel: Personnel, step: tuple) -> None:
    match step:
        case ("appoint", role, people, by):
            await personnel.roles.appoint(T1, role, people, by=by)
        case ("dismiss", role, people, by):
            await personnel.roles.dismiss(T1, role, people, by=by)
        case ("follow", role, group, by):
            await personnel.groups.follow(T1, {role: Group(group, group.lower())}, by=by)
        case ("follow none", role, by):
            await personnel.groups.follow(T1, {role: None}, by=by)
        case ("members are", role, members):
            if group := await personnel.group(role):
                await personnel.groups.members_are(group, members)
        case ("gone", group):
            await personnel.groups.group_is_gone(T1, group)


@given(steps, st.sets(who, max_size=2), st.sets(who))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_workspace_that_has_an_administrator_keeps_one(
    personnel: Personnel, steps: list, guests: set[str], met: set[str]
) -> None:
    """Of the others Slack was not asked yet."""
    async with personnel.database.writing() as session:
        for table in (Notice, Entry, RoleGroup, RoleGiven, Colleague, Workspace):
            await session.execute(delete(table))
        personnel.people.forget_when_committed(session, T1)
    await personnel.roles.claim(T1, TOM)
    await personnel.met(*guests - {TOM}, standing=Standing.GUEST)
    await personnel.met(*met - guests)
    for step in steps:
        with contextlib.suppress(LastAdministrator, NotAnAdministrator):
            await take(personnel, step)
        administrators = await personnel.administrators()
        assert administrators, "nobody is left"
        assert not guests & set(administrators) - {TOM}, "a guest cannot look after the bot"
    held = {role: (await personnel.hold(role)).everybody for role in GIVEN}
    for person in {*PEOPLE} - guests:
        given = (await personnel.people.known(T1, person)).given
        assert given == {role for role in GIVEN if person in held[role]}, "what is remembered is what is so"
