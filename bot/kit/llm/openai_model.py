"""Any server that speaks OpenAI's chat completions: OpenAI, Azure, Ollama, vLLM, LM Studio.

Servers differ in how far they can be held to a shape. We ask for a JSON schema; a server that refuses that is
asked for a JSON object, then for plain text that holds one; what worked is remembered. openai is imported when
the first question is asked: it costs a second and 40 MB.
"""

import asyncio
import json
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.kit.llm.model import Failure, ModelFailed, Reply, Turn

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion, ChatCompletionMessageParam

Shape = TypeVar("Shape", bound=BaseModel)


class _Hold(IntEnum):
    """How firmly the server holds its model to our shape."""

    PLAIN = 0
    JSON_OBJECT = 1
    JSON_SCHEMA = 2


class OpenAIModel:
    def __init__(self, *, api_key: str, base_url: str | None, model: str, patience: float = 20.0) -> None:
        """`patience`: seconds for one question, all tries together."""
        self._api_key = api_key
        self._base_url = base_url
        self._model = model
        self._patience = patience
        self._hold = _Hold.JSON_SCHEMA
        self._client: AsyncOpenAI | None = None

    async def ask(self, task: str, question: str, shape: type[Shape], earlier: Sequence[Turn]) -> Reply[Shape]:
        """The answer in the given shape. Raises ModelFailed."""
        # A thread, because the import of openai would hold up everybody else for a second.
        openai = await asyncio.to_thread(__import__, "openai")
        messages = _messages(task, question, earlier)
        try:
            async with asyncio.timeout(self._patience):
                return await self._ask_as_firmly_as_it_goes(messages, shape)
        except (TimeoutError, openai.APITimeoutError):
            raise ModelFailed(Failure.SLOW, tokens=_A_PROMPT) from None
        except openai.ContentFilterFinishReasonError:
            raise ModelFailed(Failure.REFUSED, tokens=_A_PROMPT) from None
        except openai.LengthFinishReasonError:
            raise ModelFailed(Failure.NONSENSE, "cut off", tokens=_A_PROMPT) from None
        except openai.OpenAIError as error:
            raise ModelFailed(Failure.DOWN, type(error).__name__) from None
        except _NOT_WHAT_IT_SAYS_IT_IS as error:
            raise ModelFailed(Failure.NONSENSE, type(error).__name__, tokens=_A_PROMPT) from None

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def _ask_as_firmly_as_it_goes(
        self, messages: "list[ChatCompletionMessageParam]", shape: type[Shape]
    ) -> Reply[Shape]:
        import openai  # noqa: PLC0415

        hold = self._hold
        while True:
            try:
                reply = await self._ask_once(messages, shape, hold)
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                if hold is _Hold.PLAIN:
                    raise
                hold = _Hold(hold - 1)
            else:
                # Only what worked is remembered: a question that is refused for itself loosens nothing.
                self._hold = hold
                return reply

    async def _ask_once(
        self, messages: "list[ChatCompletionMessageParam]", shape: type[Shape], hold: _Hold
    ) -> Reply[Shape]:
        completions = self._connected().chat.completions
        if hold is _Hold.JSON_SCHEMA:
            parsed = await completions.parse(model=self._model, messages=messages, response_format=shape)
            message = parsed.choices[0].message
            if message.refusal:
                raise ModelFailed(Failure.REFUSED, tokens=_tokens(parsed))
            if message.parsed is None:
                raise ModelFailed(Failure.NONSENSE, "empty", tokens=_tokens(parsed))
            return Reply(message.parsed, _tokens(parsed))
        asked = [*messages, _please_as_json(shape)]
        if hold is _Hold.JSON_OBJECT:
            answer = await completions.create(
                model=self._model, messages=asked, response_format={"type": "json_object"}
            )
        else:
            answer = await completions.create(model=self._model, messages=asked)
        return Reply(shape.model_validate(_json_in(answer.choices[0].message.content or "")), _tokens(answer))

    def _connected(self) -> "AsyncOpenAI":
        if self._client is None:
            from openai import AsyncOpenAI  # noqa: PLC0415

            self._client = AsyncOpenAI(
                api_key=self._api_key, base_url=self._base_url, timeout=self._patience, max_retries=1
            )
        return self._client


def _messages(task: str, question: str, earlier: Sequence[Turn]) -> "list[ChatCompletionMessageParam]":
    said: list[ChatCompletionMessageParam] = [{"role": "system", "content": task}]
    for turn in earlier:
        said.append({"role": "user", "content": turn.question})
        said.append({"role": "assistant", "content": turn.answer})
    return [*said, {"role": "user", "content": question}]


def _please_as_json(shape: type[BaseModel]) -> "ChatCompletionMessageParam":
    schema = json.dumps(shape.model_json_schema(), ensure_ascii=False)
    return {
        "role": "system",
        "content": f"Answer with one JSON object and nothing else. Its JSON schema: {schema}",
    }


def _json_in(text: str) -> Any:
    """The JSON object in a text, fenced or not. Raises ValueError when there is none."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ValueError("no JSON object in the answer")
    return json.loads(text[start : end + 1])


def _tokens(completion: "ChatCompletion") -> int:
    """What the server says it used; servers that do not say are taken to use four characters a token."""
    counted: int | None = getattr(completion.usage, "total_tokens", None)
    if counted is not None:
        return counted
    return len(completion.choices[0].message.content or "") // 4 + _A_PROMPT


_A_PROMPT = 1_500
"""Tokens of our longest prompt, roughly: for servers that do not count, and for answers that cannot be read."""

_NOT_WHAT_IT_SAYS_IT_IS = (ValidationError, ValueError, LookupError, TypeError, AttributeError)
"""What openai's client raises over a web page, an empty list of choices and the like."""
