"""Vectors from the API of a server on this machine, and from the small model that comes with the bot."""

import socket
from collections.abc import AsyncIterator

import numpy as np
import pytest

from bot.kit.embedding.embedder import MOST_CHARACTERS, APIEmbedder, EmbedderAway, LocalEmbedder
from tests.stand_ins.model_server import DIMENSIONS, Answer, Fails, ModelServer, Sends, vector


@pytest.fixture
async def embedder(server: ModelServer) -> AsyncIterator[APIEmbedder]:
    embedder = APIEmbedder(api_key="k", base_url=server.url, model="vectors-1")
    yield embedder
    await embedder.close()


@pytest.mark.parametrize("knows_base64", [True, False])
async def test_each_text_gets_a_row_of_length_one_that_points_where_the_servers_does(
    server: ModelServer, embedder: APIEmbedder, knows_base64: bool
) -> None:
    server.knows_base64 = knows_base64
    rows = await embedder.embed(["a", "b", "a"])
    assert rows.shape == (3, DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)
    for row, text in zip(rows, ["a", "b", "a"], strict=True):
        assert row == pytest.approx(np.array(vector(text)) / np.linalg.norm(vector(text)), rel=1e-5)


async def test_texts_go_in_one_request_and_long_ones_are_cut(server: ModelServer, embedder: APIEmbedder) -> None:
    await embedder.embed(["short", "x" * (MOST_CHARACTERS + 1)])
    assert server.embedded == [["short", "x" * MOST_CHARACTERS]]


def test_the_name_tells_vectors_of_two_models_apart() -> None:
    one, other = (APIEmbedder(api_key="k", base_url=None, model=model).name for model in ("a", "b"))
    assert len({one, other, LocalEmbedder.name}) == 3


@pytest.mark.parametrize(
    "answer",
    [
        Fails(500),
        Fails(429),
        Fails(401, "invalid_api_key"),
        Fails(404, "model_not_found"),
        pytest.param(
            Sends('{"object": "list", "data": [], "model": "m", "usage": {"prompt_tokens": 0, "total_tokens": 0}}'),
            id="no vectors",
        ),
        pytest.param(
            Sends("<html>Welcome!</html>", "text/html"),
            id="a web page",
        ),
        pytest.param(
            Sends("{"),
            id="half a body",
        ),
    ],
)
async def test_whatever_goes_wrong_the_embedder_is_away(
    server: ModelServer, embedder: APIEmbedder, answer: Answer
) -> None:
    server.embeds_as = answer
    with pytest.raises(EmbedderAway):
        await embedder.embed(["a"])


async def test_a_server_that_takes_too_long_or_is_not_there_is_away(server: ModelServer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        for url in (server.url, f"http://127.0.0.1:{taken.getsockname()[1]}/v1"):
            server.hold()
            embedder = APIEmbedder(api_key="k", base_url=url, model="vectors-1", patience=0.2)
            with pytest.raises(EmbedderAway):
                await embedder.embed(["a"])
            await embedder.close()


async def test_after_it_was_away_it_is_asked_again(server: ModelServer, embedder: APIEmbedder) -> None:
    server.embeds_as = Fails(500)
    with pytest.raises(EmbedderAway):
        await embedder.embed(["a"])
    server.embeds_as = None
    assert len(await embedder.embed(["a"])) == 1


async def test_an_embedder_that_was_never_asked_can_be_closed() -> None:
    await APIEmbedder(api_key="k", base_url=None, model="vectors-1").close()
    await LocalEmbedder().close()
