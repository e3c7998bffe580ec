"""The language model, asked through the real client of a server on this machine."""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import BaseModel

from bot.kit.llm.model import Failure, ModelFailed, Reply, Turn
from bot.kit.llm.openai_model import OpenAIModel
from tests.stand_ins.model_server import Answer, Fails, ModelServer, Says, Sends, as_json, messages_of

TASK, QUESTION = "Say hello.", '"hello"'
SHORT, LONG = 0.3, 10.0


class Greeting(BaseModel):
    word: str
    times: int


HELLO = as_json(word="hello", times=2)


@asynccontextmanager
async def a_model(
    server: ModelServer, patience: float = LONG, base_url: str | None = None
) -> AsyncIterator[OpenAIModel]:
    model = OpenAIModel(api_key="k", base_url=base_url or server.url, model="small-1", patience=patience)
    try:
        yield model
    finally:
        await model.close()


@pytest.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAIModel]:
    async with a_model(server) as model:
        yield model


async def ask(model: OpenAIModel, *earlier: Turn) -> Reply[Greeting]:
    return await model.ask(TASK, QUESTION, Greeting, list(earlier))


async def failure_of(model: OpenAIModel) -> Failure:
    with pytest.raises(ModelFailed) as failed:
        await ask(model)
    return failed.value.failure


# --- an answer in the shape that was asked for -------------------------------------------------------


async def test_an_answer_has_the_shape_that_was_asked_for_and_tells_what_it_cost(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.will(Says(HELLO, tokens=321))
    assert await ask(model) == Reply(Greeting(word="hello", times=2), tokens=321)


async def test_the_server_is_held_to_the_shape_as_a_strict_schema(server: ModelServer, model: OpenAIModel) -> None:
    server.will(Says(HELLO))
    await ask(model)
    asked = server.last["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["strict"] is True
    assert set(asked["json_schema"]["schema"]["properties"]) == {"word", "times"}
    assert server.last["model"] == "small-1"


async def test_the_task_comes_first_then_the_earlier_turns_then_the_question(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.will(Says(HELLO))
    await ask(model, Turn("one?", "One."), Turn("two?", "Two."))
    assert [(message["role"], message["content"]) for message in server.last["messages"]] == [
        ("system", TASK),
        ("user", "one?"),
        ("assistant", "One."),
        ("user", "two?"),
        ("assistant", "Two."),
        ("user", QUESTION),
    ]


async def test_a_server_named_in_the_environment_is_used_when_none_is_given(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    server.will(Says(HELLO))
    model = OpenAIModel(api_key="k", base_url=None, model="small-1", patience=LONG)
    try:
        assert (await ask(model)).value.word == "hello"
    finally:
        await model.close()


# --- servers that cannot be held to a schema ---------------------------------------------------------

FENCED = f"Of course! Here it is:\n```json\n{HELLO}\n```\nHave a nice day."


@pytest.mark.parametrize(
    ("takes", "says", "tried"),
    [
        ({"json_schema", "json_object", "text"}, HELLO, ["json_schema"]),
        ({"json_object", "text"}, HELLO, ["json_schema", "json_object"]),
        ({"text"}, HELLO, ["json_schema", "json_object", "text"]),
        ({"text"}, FENCED, ["json_schema", "json_object", "text"]),
    ],
)
async def test_a_server_is_held_as_firmly_as_it_can_be_and_what_it_takes_is_remembered(
    server: ModelServer, model: OpenAIModel, takes: set[str], says: str, tried: list[str]
) -> None:
    server.takes = frozenset(takes)
    server.will(Says(says))
    assert (await ask(model)).value == Greeting(word="hello", times=2)
    assert server.formats == tried
    assert (await ask(model)).value == Greeting(word="hello", times=2)
    assert server.formats == [*tried, tried[-1]]


async def test_a_server_that_is_not_held_to_a_schema_is_told_the_schema_in_words(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.takes = frozenset({"text"})
    server.will(Says(HELLO))
    await ask(model)
    first, last = messages_of(server.last, "system")
    assert first == TASK
    assert '"times"' in last
    assert "JSON" in last


@pytest.mark.parametrize("status", [400, 422])
async def test_a_server_that_takes_nothing_is_down_not_asked_for_ever(
    server: ModelServer, model: OpenAIModel, status: int
) -> None:
    server.will(Fails(status))
    assert await failure_of(model) is Failure.DOWN
    assert server.formats == ["json_schema", "json_object", "text"]


async def test_a_model_that_does_not_exist_is_down_and_no_other_shape_is_tried(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.will(Fails(404, "model_not_found"))
    assert await failure_of(model) is Failure.DOWN
    assert server.formats == ["json_schema"]


async def test_one_question_that_a_filter_refuses_does_not_loosen_the_hold_on_all_others(
    server: ModelServer, model: OpenAIModel
) -> None:
    server.will(Fails(400, "content_filter"))
    assert await failure_of(model) in {Failure.REFUSED, Failure.DOWN}
    server.will(Says(HELLO))
    await ask(model)
    assert server.formats[-1] == "json_schema"


# --- no answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (Fails(500), Failure.DOWN),
        (Fails(503), Failure.DOWN),
        (Fails(429, "insufficient_quota"), Failure.DOWN),
        (Fails(401, "invalid_api_key"), Failure.DOWN),
        (Says(None, refusal="I can't help with that."), Failure.REFUSED),
        (Says(HELLO, finish="content_filter"), Failure.REFUSED),
        (Says(HELLO, finish="length"), Failure.NONSENSE),
        (Says("Hello to you!"), Failure.NONSENSE),
        (Says('{"word": "hello", "times":'), Failure.NONSENSE),
        (Says(as_json(word="hello")), Failure.NONSENSE),
        (Says(as_json(word="hello", times="often")), Failure.NONSENSE),
        (Says("[1, 2]"), Failure.NONSENSE),
        (Says(""), Failure.NONSENSE),
        (Says(None), Failure.NONSENSE),
        (Sends('{"choices": ['), Failure.NONSENSE),
    ],
)
async def test_whatever_goes_wrong_has_one_of_four_names(
    server: ModelServer, model: OpenAIModel, answer: Answer, failure: Failure
) -> None:
    server.will(answer)
    assert await failure_of(model) is failure


@pytest.mark.parametrize(
    "text",
    ["Hello to you!", "}{", '{"word": "hello", "times":}', as_json(word="hello"), "[1, 2]", "", None],
)
@pytest.mark.parametrize("takes", ["json_object", "text"])
async def test_what_is_no_answer_is_nonsense_also_without_a_schema(
    server: ModelServer, model: OpenAIModel, takes: str, text: str | None
) -> None:
    server.takes = frozenset({takes, "text"})
    server.will(Says(text))
    assert await failure_of(model) is Failure.NONSENSE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Sends("<html>Welcome!</html>", "text/html"), id="a web page: the address lacks /v1"),
        pytest.param(Sends('{"choices": []}'), id="no choice"),
        pytest.param(Sends('{"choices": null}'), id="null for choices"),
        pytest.param(Sends('{"error": {"message": "busy"}}'), id="an error with status 200"),
    ],
)
async def test_a_server_that_answers_something_else_altogether_is_a_failed_model_too(
    server: ModelServer, model: OpenAIModel, answer: Answer
) -> None:
    server.will(answer)
    assert await failure_of(model) in {Failure.NONSENSE, Failure.DOWN}


async def test_a_server_that_breaks_down_once_is_asked_once_more(server: ModelServer, model: OpenAIModel) -> None:
    server.will(Fails(500), Says(HELLO))
    assert (await ask(model)).value.word == "hello"
    assert len(server.asked) == 2


async def test_a_server_that_takes_too_long_is_slow(server: ModelServer) -> None:
    server.will(Says(HELLO))
    server.hold()
    async with a_model(server, patience=SHORT) as model:
        assert await failure_of(model) is Failure.SLOW


async def test_a_server_that_falls_silent_at_the_second_try_is_slow_too(server: ModelServer) -> None:
    server.takes = frozenset({"text"})
    server.will(Says(HELLO))
    server.hold(after=1)
    async with a_model(server, patience=SHORT) as model:
        assert await failure_of(model) is Failure.SLOW
    assert server.formats == ["json_schema", "json_object"]


async def test_after_a_slow_answer_the_next_question_is_answered(server: ModelServer) -> None:
    server.will(Says(HELLO))
    async with a_model(server, patience=1) as model:
        server.hold()
        assert await failure_of(model) is Failure.SLOW
        server.let_go()
        assert (await ask(model)).value.word == "hello"


async def test_a_server_that_is_not_there_is_down(server: ModelServer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        async with a_model(server, base_url=nobody) as model:
            assert await failure_of(model) is Failure.DOWN


async def test_a_failure_says_nothing_of_what_was_asked_or_answered(server: ModelServer, model: OpenAIModel) -> None:
    server.will(Says(as_json(word="my customer Mrs Smith")))
    with pytest.raises(ModelFailed) as failed:
        await ask(model)
    assert "Smith" not in str(failed.value)
    assert "hello" not in str(failed.value)


# --- what it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("takes", ["json_schema", "json_object", "text"])
async def test_tokens_are_counted_also_when_the_server_does_not_count(
    server: ModelServer, model: OpenAIModel, takes: str
) -> None:
    server.takes = frozenset({takes, "text"})
    short, long = HELLO, as_json(word="hello" * 1000, times=1)
    server.will(Says(short, tokens=None), Says(long, tokens=None))
    cheap, dear = await ask(model), await ask(model)
    assert 0 < cheap.tokens < dear.tokens
    assert dear.tokens - cheap.tokens >= 1000


async def test_tokens_are_counted_also_when_the_server_counts_in_a_way_of_its_own(
    server: ModelServer, model: OpenAIModel
) -> None:
    message = {"role": "assistant", "content": HELLO}
    body = {"id": "1", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": {}}
    server.will(Sends(as_json(**body)))
    assert (await ask(model)).tokens > 0


# --- openai itself -----------------------------------------------------------------------------------


def test_the_bot_is_there_without_openai_being_imported() -> None:
    """It costs a second and 40 MB, and many installations have no key."""
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, bot.app; print('openai' in sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert seen.stdout.strip() == "False"


async def test_a_model_that_was_never_asked_can_be_closed() -> None:
    await OpenAIModel(api_key="k", base_url=None, model="small-1").close()
