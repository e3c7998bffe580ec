"""Whether an answer helped, in one tap; why not, in two more."""

from sqlalchemy import select

from bot.coaching.tables import Rating
from tests.world import DAAN, NOOR, World


async def ratings(world: World) -> list[Rating]:
    async with world.acht.database.reading() as session:
        return list((await session.scalars(select(Rating))).all())


async def test_helpful_is_one_tap(world: World) -> None:
    answer = await world.ask(NOOR, "mijn klant is boos, wat zeg ik tegen haar?")
    await world.hands.click(NOOR, "coaching.rate", world.dm(NOOR), answer.ts, value="1:yes")
    assert [(r.helpful, r.reason) for r in await ratings(world)] == [(True, None)]
    assert world.workspace.modal(NOOR) is None


async def test_not_helpful_asks_why_and_keeps_it(world: World) -> None:
    answer = await world.ask(NOOR, "mijn klant is boos, wat zeg ik tegen haar?")
    await world.hands.click(NOOR, "coaching.rate", world.dm(NOOR), answer.ts, value="1:no")
    form = world.workspace.modal(NOOR)
    assert form is not None
    reason = {"selected_option": form.blocks[0]["element"]["options"][1]}
    await world.hands.submit(
        NOOR, form.id, {"reason": {"reason": reason}, "comment": {"comment": {"value": "ik mag niets\u0007 geven"}}}
    )
    [rating] = await ratings(world)
    assert (rating.helpful, rating.reason, rating.comment) == (False, "not_doable", "ik mag niets geven")


async def test_the_reason_may_be_skipped(world: World) -> None:
    answer = await world.ask(NOOR, "mijn klant is boos, wat zeg ik tegen haar?")
    await world.hands.click(NOOR, "coaching.rate", world.dm(NOOR), answer.ts, value="1:no")
    form = world.workspace.modal(NOOR)
    assert form is not None
    await world.hands.close(NOOR, form.id)
    assert [(r.helpful, r.reason, r.comment) for r in await ratings(world)] == [(False, None, None)]


async def test_the_last_word_counts_and_takes_the_reason_with_it(world: World) -> None:
    answer = await world.ask(NOOR, "mijn klant is boos, wat zeg ik tegen haar?")
    for verdict in ("1:no", "1:yes"):
        await world.hands.click(NOOR, "coaching.rate", world.dm(NOOR), answer.ts, value=verdict)
    assert [(r.helpful, r.reason) for r in await ratings(world)] == [(True, None)]


async def test_two_colleagues_rate_one_answer_in_a_channel_each_for_themselves(world: World) -> None:
    channel = world.channel("team-utrecht")
    ts = await world.hands.say(NOOR, channel, "@Acht mijn klant is boos, wat zeg ik tegen haar?")
    answer = await world.answer_under(channel, ts)
    await world.hands.click(NOOR, "coaching.rate", channel, answer.ts, value="1:yes")
    await world.hands.click(DAAN, "coaching.rate", channel, answer.ts, value="1:no")
    assert {(r.colleague_id, r.helpful) for r in await ratings(world)} == {(NOOR, True), (DAAN, False)}
