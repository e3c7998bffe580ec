"""The first post comes to the channel once: until it was delivered there, it comes again with each change."""

from sqlalchemy import select, update

from bot.kit.outbox.tables import Notice, State
from bot.people.roles import Role
from bot.teams.service import FIRST_POST
from tests.teams.plans import C1, FEMKE, T1, TOM, House

DAAN = "UDAAN"


async def posts(house: House) -> list[tuple[str, str]]:
    """What becomes of those for the channel, and which vision they quote; it is gone with what is done."""
    async with house.database.reading() as session:
        mine = select(Notice).where(Notice.kind == FIRST_POST, Notice.whom == C1).order_by(Notice.id)
        return [(notice.state, "Hurry" if "Hurry" in notice.data else "") for notice in await session.scalars(mine)]


async def slack_refuses(house: House) -> None:
    async with house.database.writing() as session:
        await session.execute(update(Notice).values(state=State.FAILED, due_at=None, reason="not_in_channel"))


async def test_a_team_is_introduced_when_its_channel_has_had_the_first_post_and_not_before(house: House) -> None:
    await house.set_up()
    assert (await house.team()).introduced_at is None
    assert not (await house.seen()).is_introduced
    await house.first_post_arrives()
    assert (await house.team()).introduced_at == house.clock.now()
    await house.set_up(seen=1, vision="Hurry")
    assert await posts(house) == [(State.WAITING, "")], "the channel is told once"


async def test_a_dry_run_goes_to_the_leads_and_the_channel_gets_its_post_when_it_ends(house: House) -> None:
    await house.set_up(is_dry_run=True, leads=(FEMKE, DAAN))
    assert await house.told(FIRST_POST) == [DAAN, FEMKE]
    await house.first_post_arrives(is_dry_run=True)
    await house.set_up(seen=1, leads=(FEMKE, DAAN))
    assert await house.told(FIRST_POST) == [C1, DAAN, FEMKE]
    await house.first_post_arrives()
    await house.set_up(seen=2, is_dry_run=True, leads=(FEMKE, DAAN))
    await house.set_up(seen=3, leads=(FEMKE, DAAN))
    assert await house.told(FIRST_POST) == [C1, DAAN, FEMKE], "the channel is told once"


async def test_one_that_slack_refused_comes_again_when_the_team_is_changed(house: House) -> None:
    await house.set_up()
    await slack_refuses(house)
    await house.set_up(seen=1, vision="Hurry")
    assert await posts(house) == [(State.FAILED, ""), (State.WAITING, "Hurry")]


async def test_one_that_slack_refused_can_be_posted_again_as_it_is_and_that_once(house: House) -> None:
    await house.set_up()
    await slack_refuses(house)
    for _twice in range(2):
        await house.set_up(seen=1)
    assert await posts(house) == [(State.FAILED, ""), (State.WAITING, "")]


async def test_one_that_waits_still_makes_way_for_what_was_changed(house: House) -> None:
    await house.set_up()
    await house.set_up(seen=1, vision="Hurry")
    assert await posts(house) == [(State.EXPIRED, ""), (State.WAITING, "Hurry")]


async def test_a_change_of_a_team_whose_channel_is_archived_is_kept_and_posts_nothing(house: House) -> None:
    await house.set_up(is_dry_run=True)
    await house.teams.archived(T1, C1)
    assert not await house.set_up(seen=1, vision="Later")
    assert ((await house.team()).vision, await house.told(FIRST_POST)) == ("Later", [FEMKE])


async def test_who_sets_up_a_team_while_everything_is_stopped_is_told_that_the_post_waits(house: House) -> None:
    assert not await house.set_up("C2")
    await house.give(TOM, Role.ADMINISTRATOR)
    async with house.database.writing() as session:
        await house.outbox.hold(session, T1, TOM)
    assert await house.set_up()
    assert not await house.set_up(), "handed in twice it is one, and nothing more is posted"
    await house.first_post_arrives()
    assert not await house.set_up(seen=1, vision="Hurry"), "nothing is to be posted"
