"""A colleague asks what to say or do for a customer, and gets it."""

import pytest
from sqlalchemy import select

from bot.coaching import rules
from bot.coaching.tables import Question
from tests.world import DAAN, NOOR, PRIYA, World, buttons_of, words_of


@pytest.mark.parametrize(
    ("person", "question", "title", "says"),
    [
        (NOOR, "mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?", "Weer te laat", "Zeg"),
        (PRIYA, "my customer has been waiting for his parcel three times now, what do I say?", "Late again", "Say"),
    ],
)
async def test_a_question_gets_words_things_to_do_a_reason_and_its_place(
    world: World, person: str, question: str, title: str, says: str
) -> None:
    answer = await world.ask(person, question)
    seen = words_of(answer)
    assert title in seen
    assert says in seen.split()
    assert ("Stap 6" if person == NOOR else "Step 6") in seen
    bullets = [block for block in answer.blocks[0]["elements"] if block["type"] == "rich_text_list"]
    assert 1 <= len(bullets[0]["elements"]) <= 3
    advice = " ".join(str(part) for part in answer.blocks[0]["elements"])
    assert len(advice.split()) < rules.MOST_WORDS * 4


async def test_the_answer_stands_in_a_thread_under_the_question(world: World) -> None:
    ts = await world.hands.say(NOOR, world.dm(NOOR), "er staat een boze klant voor me, hoe begin ik?")
    answer = await world.answer_under(world.dm(NOOR), ts)
    assert answer.thread_ts == ts


async def test_the_answer_is_in_the_language_of_the_question_not_of_the_person(world: World) -> None:
    await world.ask(NOOR, "mijn klant is boos en ik weet niet wat ik moet zeggen")
    answer = await world.ask(NOOR, "the customer in front of me is very angry, what do I say?")
    assert "Step" in words_of(answer)


async def test_a_question_without_a_language_of_its_own_is_answered_in_the_persons(world: World) -> None:
    await world.ask(NOOR, "mijn klant is boos en ik weet niet wat ik moet zeggen")
    answer = await world.ask(NOOR, "retour")
    assert any(word in words_of(answer) for word in ("Stap", "dichtst"))


async def test_only_the_first_answer_says_that_there_is_no_language_model(world: World) -> None:
    first = await world.ask(NOOR, "mijn klant is boos, wat zeg ik tegen haar?")
    second = await world.ask(NOOR, "mijn klant is alweer boos, wat zeg ik nu tegen haar?")
    assert "zonder taalmodel" in words_of(first)
    assert "zonder taalmodel" not in words_of(second)


async def test_a_mention_in_a_channel_is_answered_in_a_thread_there(world: World) -> None:
    channel = world.channel("team-leeds")
    ts = await world.hands.say(PRIYA, channel, "@Acht a guest says it's fine but she looks disappointed")
    answer = await world.answer_under(channel, ts)
    assert "Step" in words_of(answer)
    assert answer.thread_ts == ts


async def test_a_command_with_a_question_is_answered_where_only_the_asker_sees_it(world: World) -> None:
    channel = world.channel("general")
    await world.hands.command(NOOR, channel, "/acht", "er staat een boze klant voor me, hoe begin ik?")
    await world.until(lambda: len(world.said(channel, NOOR)) == 1)
    assert "Stap" in words_of(world.said(channel, NOOR)[0])
    assert world.said(channel, DAAN) == []


async def test_another_angle_shows_another_play_in_the_same_thread(world: World) -> None:
    first = await world.ask(PRIYA, "there is an angry customer in front of me, how do I begin?")
    await world.hands.click(PRIYA, "coaching.another_angle", world.dm(PRIYA), first.ts)
    second = await world.answer_under(world.dm(PRIYA), first.thread_ts or "", before=1)
    assert buttons_of(first.blocks)[0]["value"] != buttons_of(second.blocks)[0]["value"]


async def test_another_angle_under_a_command_comes_beside_the_first(world: World) -> None:
    channel = world.channel("general")
    await world.hands.command(NOOR, channel, "/acht", "er staat een boze klant voor me, hoe begin ik?")
    await world.until(lambda: len(world.said(channel, NOOR)) == 1)
    await world.hands.click(NOOR, "coaching.another_angle", channel)
    await world.until(lambda: len(world.said(channel, NOOR)) == 2)
    one, other = (buttons_of(message.blocks)[0]["value"] for message in world.said(channel, NOOR))
    assert one != other


async def test_angles_run_out_in_words(world: World) -> None:
    answer = await world.ask(PRIYA, "there is an angry customer in front of me, how do I begin?")
    thread = answer.thread_ts or ""
    for number in range(1, 20):
        if "no other angle" in words_of(answer):
            return
        shown = [m for m in world.in_thread(world.dm(PRIYA), thread) if "Another angle" in str(m.blocks)]
        await world.hands.click(PRIYA, "coaching.another_angle", world.dm(PRIYA), shown[-1].ts)
        answer = await world.answer_under(world.dm(PRIYA), thread, before=number)
    pytest.fail("there was always another angle")


async def test_a_short_follow_up_is_understood_from_what_came_before(world: World) -> None:
    first = await world.ask(PRIYA, "my customer has been waiting for his parcel three times now")
    follow_up = await world.ask(PRIYA, "and by phone?", thread_ts=first.thread_ts)
    assert "Late again" in words_of(follow_up)


async def test_when_nothing_fits_the_coach_says_so_shows_the_nearest_and_keeps_the_gap(world: World) -> None:
    answer = await world.ask(PRIYA, "which bus goes to the harbour museum on sundays in winter, line nine or twelve")
    assert "no play for this yet" in words_of(answer)
    assert [button["text"]["text"] for button in buttons_of(answer.blocks)] == ["Read"] * 3


async def test_the_form_and_the_message_shortcut_answer_in_ones_own_messages(world: World) -> None:
    await world.hands.shortcut(PRIYA, "coaching.ask")
    form = world.workspace.modal(PRIYA)
    assert form is not None
    await world.hands.submit(PRIYA, form.id, {"question": {"text": {"value": "how do I say no to a refund?"}}})
    await world.until(lambda: len(world.said(world.dm(PRIYA))) == 1)
    assert "how do I say no to a refund?" in words_of(world.said(world.dm(PRIYA))[0])

    channel = world.channel("team-leeds")
    ts = await world.hands.say(PRIYA, channel, "she wrote: I have waited for three weeks and nobody tells me anything")
    await world.hands.shortcut(PRIYA, "coaching.what_to_reply", channel, ts)
    await world.until(lambda: len(world.said(world.dm(PRIYA))) == 2)
    answer = world.said(world.dm(PRIYA))[1]
    assert "nobody tells me anything" in words_of(answer)
    follow_up = await world.ask(PRIYA, "and by phone?", thread_ts=answer.ts)
    assert "Step" in words_of(follow_up)


async def test_opening_the_messages_offers_four_questions_in_the_persons_language(world: World) -> None:
    await world.hands.open_dm(NOOR)
    await world.ask(NOOR, "er staat een boze klant voor me, hoe begin ik?")
    await world.hands.open_dm(NOOR)
    prompts = world.workspace.prompts(world.dm(NOOR))
    assert prompts is not None
    assert [prompt["title"] for prompt in prompts["prompts"]][1] == "Iemand is boos"
    for prompt in prompts["prompts"]:
        answer = await world.ask(NOOR, prompt["message"])
        assert "Stap" in words_of(answer), prompt["message"]


async def test_who_asks_on_about_the_same_gets_the_rest_of_the_play(world: World) -> None:
    first = await world.ask(PRIYA, "my customer has been waiting for his parcel three times now")
    second = await world.ask(PRIYA, "and by phone?", thread_ts=first.thread_ts)
    assert "End with" in words_of(second)
    assert "Avoid" in words_of(second)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("hoi", "Wat speelt er bij je klant?"),
        ("dank je wel!", "Graag gedaan"),
        ("wat kun je allemaal?", "Ik ben Acht"),
    ],
)
async def test_small_talk_is_answered_and_is_no_gap(world: World, said: str, answer: str) -> None:
    await world.ask(NOOR, "mijn klant is boos, wat zeg ik tegen haar?")
    assert answer in words_of(await world.ask(NOOR, said))
    async with world.acht.database.reading() as session:
        assert await session.scalar(select(Question.id).where(Question.is_gap)) is None


async def test_another_angle_under_the_answer_to_a_form_goes_on_in_its_thread(world: World) -> None:
    await world.hands.shortcut(PRIYA, "coaching.ask")
    form = world.workspace.modal(PRIYA)
    assert form is not None
    question = {"question": {"text": {"value": "there is an angry customer in front of me, how do I begin?"}}}
    await world.hands.submit(PRIYA, form.id, question)
    await world.until(lambda: len(world.said(world.dm(PRIYA))) == 1)
    first = world.said(world.dm(PRIYA))[0]
    await world.hands.click(PRIYA, "coaching.another_angle", world.dm(PRIYA), first.ts)
    await world.until(lambda: len(world.said(world.dm(PRIYA))) == 2)
    second = world.said(world.dm(PRIYA))[1]
    assert second.thread_ts == first.ts


async def test_danger_gets_the_same_calm_answer_whatever_else_fits(world: World) -> None:
    answer = await world.ask(NOOR, "er valt net een klant flauw, hij is buiten bewustzijn")
    assert buttons_of(answer.blocks)[0]["value"] == "safety-first"
    assert "112" in words_of(answer)
