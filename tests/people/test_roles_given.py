"""Roles are claimed, given and taken away; and somebody always stays to look after the bot."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.kit.audit import Entry
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.outbox.rules import UNPROMPTED
from bot.kit.outbox.tables import Notice
from bot.people.roles import Role, Standing
from bot.people.roles_given import ROLE_GIVEN, LastAdministrator, NotAnAdministrator
from tests.people.personnel import DAAN, FEMKE, LIES, NOOR, T1, TOM, Personnel

# --- the first one -----------------------------------------------------------------------------------


async def test_the_first_who_comes_is_administrator_and_nobody_after_them(personnel: Personnel) -> None:
    assert await personnel.roles.claim(T1, TOM)
    assert not await personnel.roles.claim(T1, LIES)
    assert not await personnel.roles.claim(T1, TOM)
    assert await personnel.administrators() == [TOM]
    assert await personnel.log() == [(None, "role_given", TOM)]
    assert await personnel.told(ROLE_GIVEN) == [], "who claimed it saw it happen"
    assert await personnel.roles.claim("T2", LIES), "another workspace has its own"


async def test_of_two_who_come_at_the_same_moment_one_is_administrator(database: Database, clock: HeldClock) -> None:
    for turn in range(5):
        processes = [Personnel(database, clock), Personnel(database, clock)]
        both = await asyncio.gather(
            *(process.roles.claim(f"T{turn}", who) for process, who in zip(processes, (TOM, LIES), strict=True))
        )
        assert sorted(both) == [False, True]


async def test_nobody_claims_what_the_settings_gave_to_others(database: Database, clock: HeldClock) -> None:
    personnel = Personnel(database, clock, administrators=[LIES])
    assert not await personnel.roles.claim(T1, TOM)
    assert (await personnel.hold(Role.ADMINISTRATOR)).by_settings == (LIES,)
    await personnel.met(LIES, TOM)
    assert Role.ADMINISTRATOR in await personnel.people.roles(T1, LIES)
    assert Role.ADMINISTRATOR not in await personnel.people.roles(T1, TOM)
    assert await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [LIES], by=LIES) == [LIES], "the settings still say so"
    without = Personnel(database, clock)
    assert await without.administrators() == [], "as long as the settings name them, and no longer"


@pytest.mark.parametrize("standing", [None, Standing.GONE, Standing.GUEST, Standing.BOT])
async def test_whom_the_settings_name_counts_with_an_account_of_a_colleague(
    personnel: Personnel, standing: Standing | None
) -> None:
    """Else a misspelt name would do as the last administrator. Who sees to the settings can mend them."""
    await personnel.roles.claim(T1, TOM)
    named = Personnel(personnel.database, personnel.clock, administrators=[LIES])
    if standing is not None:
        await named.met(LIES, standing=standing)
    assert await named.administrators() == [TOM]
    with pytest.raises(LastAdministrator):
        await named.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    with pytest.raises(NotAnAdministrator):
        await named.roles.appoint(T1, Role.LEAD, [NOOR], by=LIES)
    assert not await named.roles.claim("T2", TOM), "it is for whom they name to begin"


# --- given and taken away ----------------------------------------------------------------------------


async def test_who_gets_a_role_hears_it_once_and_it_is_written_down(personnel: Personnel) -> None:
    await personnel.met(TOM, FEMKE, NOOR)
    await personnel.roles.claim(T1, TOM)
    await personnel.roles.appoint(T1, Role.LEAD, [FEMKE, TOM], by=TOM)
    await personnel.roles.appoint(T1, Role.LEAD, [FEMKE, NOOR], by=TOM)
    assert await personnel.told(ROLE_GIVEN) == [FEMKE, NOOR], "not who gave it to themselves, and nobody twice"
    given = [(TOM, "role_given", person) for person in (FEMKE, TOM, NOOR)]
    assert (await personnel.log())[1:] == given
    assert (await personnel.hold(Role.LEAD)).by_hand == (FEMKE, NOOR, TOM)
    assert await personnel.people.roles(T1, FEMKE) == {Role.FRONT_LINE, Role.LEAD}

    assert await personnel.roles.dismiss(T1, Role.LEAD, [FEMKE], by=TOM) == []
    assert await personnel.people.roles(T1, FEMKE) == {Role.FRONT_LINE}
    assert (await personnel.log())[4:] == [(TOM, "role_taken", FEMKE)]
    assert await personnel.roles.dismiss(T1, Role.LEAD, [DAAN], by=TOM) == [], "who never had it has it no more"
    assert len(await personnel.log()) == 5, "and nothing was changed"


async def test_that_somebody_got_a_role_waits_while_everything_is_stopped(personnel: Personnel) -> None:
    await personnel.roles.claim(T1, TOM)
    await personnel.roles.appoint(T1, Role.LEADERSHIP, [LIES], by=TOM)
    async with personnel.database.reading() as session:
        assert {notice.manner for notice in await session.scalars(select(Notice))} <= UNPROMPTED


async def test_many_get_a_role_at_once(database: Database, clock: HeldClock) -> None:
    personnel = Personnel(database, clock)
    await personnel.roles.claim(T1, TOM)
    many = [f"U{n:05}" for n in range(600)]
    await personnel.roles.appoint(T1, Role.LEAD, many, by=TOM)
    assert (await personnel.hold(Role.LEAD)).by_hand == tuple(many)
    await personnel.roles.dismiss(T1, Role.LEAD, many, by=TOM)
    assert (await personnel.hold(Role.LEAD)).by_hand == ()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADERSHIP, Role.LEAD])
async def test_who_is_no_administrator_gives_and_takes_nothing(personnel: Personnel, role: Role) -> None:
    await personnel.roles.claim(T1, TOM)
    await personnel.roles.appoint(T1, Role.LEADERSHIP, [LIES], by=TOM)
    before = await personnel.log()
    for by in (LIES, NOOR):
        with pytest.raises(NotAnAdministrator):
            await personnel.roles.appoint(T1, role, [by], by=by)
        with pytest.raises(NotAnAdministrator):
            await personnel.roles.dismiss(T1, role, [TOM], by=by)
    assert await personnel.log() == before


async def test_a_change_that_fails_leaves_no_line_and_no_notice(personnel: Personnel) -> None:
    """The line, the notice and the role are one transaction."""
    await personnel.roles.claim(T1, TOM)
    with pytest.raises(LastAdministrator):
        await _gives_a_role_and_fails(personnel)
    assert await personnel.told(ROLE_GIVEN) == []
    assert (await personnel.hold(Role.LEAD)).by_hand == ()
    async with personnel.database.reading() as session:
        assert [entry.about for entry in await session.scalars(select(Entry))] == [TOM]


async def _gives_a_role_and_fails(personnel: Personnel) -> None:
    async with personnel.database.writing() as session:
        await personnel.roles.give(session, T1, Role.LEAD, [FEMKE], by=TOM)
        raise LastAdministrator


# --- the last one ------------------------------------------------------------------------------------


async def test_the_last_administrator_stays(personnel: Personnel) -> None:
    await personnel.roles.claim(T1, TOM)
    with pytest.raises(LastAdministrator):
        await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    assert await personnel.administrators() == [TOM]
    assert await personnel.log() == [(None, "role_given", TOM)]
    await personnel.roles.appoint(T1, Role.ADMINISTRATOR, [LIES], by=TOM)
    with pytest.raises(LastAdministrator):
        await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM, LIES], by=TOM)
    await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    assert await personnel.administrators() == [LIES]


@pytest.mark.parametrize("standing", [Standing.GONE, Standing.GUEST, Standing.OUTSIDER, Standing.BOT])
async def test_whoever_cannot_come_any_more_does_not_count(personnel: Personnel, standing: Standing) -> None:
    await personnel.met(TOM, LIES)
    await personnel.roles.claim(T1, TOM)
    await personnel.roles.appoint(T1, Role.ADMINISTRATOR, [LIES], by=TOM)
    await personnel.met(LIES, standing=standing)
    assert (await personnel.hold(Role.ADMINISTRATOR)).everybody == (TOM,)
    assert Role.ADMINISTRATOR not in await personnel.people.roles(T1, LIES)
    with pytest.raises(NotAnAdministrator):
        await personnel.roles.appoint(T1, Role.LEAD, [LIES], by=LIES)
    with pytest.raises(LastAdministrator):
        await personnel.roles.dismiss(T1, Role.ADMINISTRATOR, [TOM], by=TOM)
    await personnel.met(TOM, standing=standing)
    assert await personnel.roles.claim(T1, NOOR), "nobody is left, so the next of Slack's own may begin"


async def test_of_two_who_dismiss_each_other_at_the_same_moment_one_stays(database: Database, clock: HeldClock) -> None:
    here, there = Personnel(database, clock), Personnel(database, clock)
    for turn in range(5):
        workspace = f"T{turn}"
        await here.roles.claim(workspace, TOM)
        await here.roles.appoint(workspace, Role.ADMINISTRATOR, [LIES], by=TOM)
        ends = await asyncio.gather(
            here.roles.dismiss(workspace, Role.ADMINISTRATOR, [LIES], by=TOM),
            there.roles.dismiss(workspace, Role.ADMINISTRATOR, [TOM], by=LIES),
            return_exceptions=True,
        )
        assert sorted(map(str, map(type, ends))) == sorted(map(str, [list, NotAnAdministrator]))
        async with database.reading() as session:
            assert len(await here.roles.administrators(session, workspace)) == 1


async def test_two_who_give_roles_at_the_same_moment_both_succeed(database: Database, clock: HeldClock) -> None:
    here, there = Personnel(database, clock), Personnel(database, clock)
    await here.roles.claim(T1, TOM)
    await here.roles.appoint(T1, Role.ADMINISTRATOR, [LIES], by=TOM)
    await asyncio.gather(
        here.roles.appoint(T1, Role.LEAD, [FEMKE, NOOR], by=TOM),
        there.roles.appoint(T1, Role.LEAD, [NOOR, DAAN], by=LIES),
    )
    assert set((await here.hold(Role.LEAD)).by_hand) == {FEMKE, NOOR, DAAN}
    assert await here.told(ROLE_GIVEN) == sorted([LIES, FEMKE, NOOR, DAAN]), "Noor heard it once"


async def test_what_another_process_gave_holds_here_within_half_a_minute(database: Database, clock: HeldClock) -> None:
    here, there = Personnel(database, clock), Personnel(database, clock)
    await here.met(FEMKE)
    assert await here.people.roles(T1, FEMKE) == {Role.FRONT_LINE}
    await there.roles.claim(T1, FEMKE)
    clock.move(timedelta(seconds=30))
    assert await here.people.roles(T1, FEMKE) == {Role.FRONT_LINE, Role.ADMINISTRATOR}
