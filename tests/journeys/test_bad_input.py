"""Whatever is typed or sent gets a clear answer, or a deliberate silence."""

import logging
import time

import aiohttp
import pytest
from sqlalchemy import select

from bot.coaching.tables import Question
from tests.world import NOOR, PRIYA, World, words_of

ENGLISH_FIRST = "my customer is angry and I do not know what to say"


async def asked(world: World) -> list[Question]:
    """What was saved, in order."""
    async with world.acht.database.reading() as session:
        return list((await session.scalars(select(Question).order_by(Question.id))).all())


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("😀🎉", "Tell me in words"),
        (":tada: :+1:", "Tell me in words"),
        ("???", "Tell me in words"),
        ("\u0007\u0000\u200b.", "Tell me in words"),
    ],
)
async def test_what_holds_no_words_is_asked_for_in_words(world: World, typed: str, answer: str) -> None:
    assert answer in words_of(await world.ask(PRIYA, typed))


async def test_a_bare_mention_is_asked_what_is_going_on(world: World) -> None:
    channel = world.channel("team-leeds")
    ts = await world.hands.say(PRIYA, channel, "@Acht")
    assert "What is going on with your customer?" in words_of(await world.answer_under(channel, ts))


async def test_a_file_without_text_is_answered_with_what_to_do(world: World) -> None:
    ts = await world.hands.say(PRIYA, world.dm(PRIYA), "", files=[{"id": "F1", "name": "letter.pdf"}])
    assert "can't look into files" in words_of(await world.answer_under(world.dm(PRIYA), ts))


async def test_forty_thousand_characters_are_read_in_part_and_that_is_said(world: World) -> None:
    text = "my customer is angry and I do not know what to say. " * 800
    answer = await world.ask(PRIYA, text[:39_999])
    assert "I read the first" in words_of(answer)
    assert "Step" in words_of(answer)


async def test_control_characters_and_turned_text_do_not_hide_the_question(world: World) -> None:
    hidden = "my\u0007 customer \u202eis\u202c angry\u2066 and I do\u2069 not know\u0000 what to say to her"
    answer = await world.ask(PRIYA, hidden)
    assert "Step" in words_of(answer)
    assert (await asked(world))[0].text == "my customer is angry and I do not know what to say to her"


async def test_right_to_left_and_other_languages_are_answered_in_the_persons_language(world: World) -> None:
    await world.ask(PRIYA, ENGLISH_FIRST)
    for typed in ("الزبون غاضب جدا ولا أعرف ماذا أقول", "mon client est très fâché"):
        answer = words_of(await world.ask(PRIYA, typed))
        assert "no play" in answer or "Step" in answer


async def test_an_edited_and_a_deleted_message_are_left_in_silence(world: World) -> None:
    ts = await world.hands.say(PRIYA, world.dm(PRIYA), ENGLISH_FIRST)
    await world.answer_under(world.dm(PRIYA), ts)
    await world.hands.edit(PRIYA, world.dm(PRIYA), ts, "something else that I want to know")
    await world.hands.delete(PRIYA, world.dm(PRIYA), ts)
    assert len(await asked(world)) == 1


async def test_a_message_from_another_bot_is_left_in_silence(world: World) -> None:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": world.dm(NOOR),
        "ts": "1.1",
        "bot_id": "B0OTHER",
        "user": "U0OTHER",
        "text": ENGLISH_FIRST,
    }
    answer = await world.deliver_event(event)
    assert answer.status == 200
    assert await asked(world) == []


async def test_an_event_without_a_listener_is_acknowledged(world: World) -> None:
    assert (await world.deliver_event({"type": "team_join", "user": {"id": "U1"}})).status == 200


async def test_an_unknown_button_of_an_old_message_says_so(world: World) -> None:
    await world.say_as_the_bot(world.dm(PRIYA), "coaching.of_last_year")
    await world.hands.click(PRIYA, "coaching.of_last_year", world.dm(PRIYA))
    assert "older message" in world.said(world.dm(PRIYA), PRIYA)[-1].text


async def test_buttons_under_a_question_that_is_no_longer_kept_say_so(world: World) -> None:
    for action_id, value in (("coaching.another_angle", "999"), ("coaching.rate", "999:yes")):
        await world.say_as_the_bot(world.dm(PRIYA), action_id, value)
        await world.hands.click(PRIYA, action_id, world.dm(PRIYA))
        assert "no longer kept" in world.said(world.dm(PRIYA), PRIYA)[-1].text


async def test_a_button_for_a_play_that_is_gone_says_so(world: World) -> None:
    await world.say_as_the_bot(world.dm(PRIYA), "coaching.read_play.of-last-year", "of-last-year")
    await world.hands.click(PRIYA, "coaching.read_play.of-last-year", world.dm(PRIYA))
    assert "no longer there" in world.said(world.dm(PRIYA), PRIYA)[-1].text


@pytest.mark.parametrize(
    ("signature", "age"),
    [("v0=" + "0" * 64, 0), (None, 301), ("", 0)],
    ids=["forged", "old", "missing"],
)
async def test_a_forged_or_old_signature_is_refused_and_its_body_is_not_logged(
    world: World, caplog: pytest.LogCaptureFixture, signature: str | None, age: int
) -> None:
    caplog.set_level(logging.DEBUG)
    body = b'{"type":"event_callback","event":{"type":"message","text":"very secret words"}}'
    stamp = str(int(time.time()) - age)
    headers = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": world.signature(stamp, body) if signature is None else signature,
        "Content-Type": "application/json",
    }
    async with aiohttp.ClientSession() as session, session.post(world.url, data=body, headers=headers) as response:
        assert response.status == 401
    assert "very secret words" not in caplog.text


@pytest.mark.parametrize("body", ["{no json", "[1]", "1", "payload=1", '{"authorizations":1}', "[" * 50_000])
async def test_a_signed_body_that_cannot_be_read_is_refused_without_an_error(world: World, body: str) -> None:
    stamp = str(int(time.time()))
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": world.signature(stamp, body.encode())}
    assert await post(world, body.encode(), headers) < 500


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[1]", b"payload=1"])
@pytest.mark.parametrize("headers", [{}, {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"}])
async def test_a_body_without_a_good_signature_is_not_read_at_all(
    world: World, body: bytes, headers: dict[str, str]
) -> None:
    assert await post(world, body, headers) == 401


async def post(world: World, body: bytes, headers: dict[str, str]) -> int:
    async with aiohttp.ClientSession() as session, session.post(world.url, data=body, headers=headers) as response:
        return response.status


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "/acht playbook"),
        ("hlep", "`/acht help`"),
        ("playbok", "`/acht playbook`"),
        ("custmer oko", "`/acht customer oko`"),
        ("playbook 9", "There are eight steps"),
        ("xyzzy", "No play really fits"),
    ],
)
async def test_an_empty_or_mistyped_command_helps_on(world: World, typed: str, answer: str) -> None:
    await world.ask(PRIYA, ENGLISH_FIRST)
    assert answer in words_of(await world.command(PRIYA, typed))


async def test_a_cry_for_help_is_a_question(world: World) -> None:
    channel = world.channel("general")
    await world.hands.command(PRIYA, channel, "/acht", "help my customer is angry, what do I say to her?")
    await world.until(lambda: bool(world.said(channel, PRIYA)))
    assert "Step" in words_of(world.said(channel, PRIYA)[-1])
