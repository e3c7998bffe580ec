"""At most so many questions at once; the others wait their turn and see that they do."""

from tests.stand_ins.model_server import Fails, open_model_server
from tests.world import DAAN, NOOR, PRIYA, World, open_world, words_of

ANGRY = "there is an angry customer in front of me, how do I begin?"
BOOS = "er staat een boze klant voor me, hoe begin ik?"


def status(world: World, person: str) -> str:
    shown = world.workspace.status(world.dm(person))
    return shown.text if shown else ""


async def test_the_second_and_third_see_how_many_come_first_and_are_answered_in_turn(database_url: str) -> None:
    async with (
        open_model_server() as server,
        open_world(database_url, openai_api_key="k", openai_base_url=server.url, acht_answers_at_once=1) as world,
    ):
        server.will(Fails(400))  # not ours to test here: the playbook answers
        server.hold()
        asked = {PRIYA: await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)}
        await world.until(lambda: "looking for the right words" in status(world, PRIYA))
        asked[NOOR] = await world.hands.say(NOOR, world.dm(NOOR), BOOS)
        await world.until(lambda: "eerst nog één andere vraag" in status(world, NOOR))
        asked[DAAN] = await world.hands.say(DAAN, world.dm(DAAN), BOOS)
        await world.until(lambda: "eerst nog 2 andere vragen" in status(world, DAAN))
        shown = await world.command(DAAN, f"{BOOS} zeg het me", world.channel("general"))
        assert "Eerst nog 3 andere vragen" in words_of(shown)

        server.let_go()
        order = [(await world.answer_under(world.dm(person), ts)).ts for person, ts in asked.items()]
        assert order == sorted(order)
        assert status(world, PRIYA) == ""


async def test_stopping_gives_back_what_was_not_answered_in_time(database_url: str) -> None:
    async with (
        open_model_server() as server,
        open_world(database_url, openai_api_key="k", openai_base_url=server.url) as world,
    ):
        server.hold()
        await world.hands.say(PRIYA, world.dm(PRIYA), ANGRY)
        await world.until(lambda: "looking for" in status(world, PRIYA))
        await world.acht.desk.close(grace=0)
        [waiting] = await world.acht.coaching.take(10)
        assert waiting.tries == 1, "being stopped is no failed try"
