"""What the bot asks of a language model, whoever serves it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

Shape = TypeVar("Shape", bound=BaseModel)


class Failure(StrEnum):
    """Why there is no answer from the model; each has a playbook answer in its place."""

    SLOW = "slow"
    DOWN = "down"
    REFUSED = "refused"
    NONSENSE = "nonsense"
    OVER_BUDGET = "over_budget"


class ModelFailed(Exception):
    """`tokens`: what the failed answer is taken to have cost."""

    def __init__(self, failure: Failure, detail: str = "", tokens: int = 0) -> None:
        super().__init__(f"{failure}: {detail}" if detail else failure)
        self.failure = failure
        self.tokens = tokens


@dataclass(frozen=True)
class Reply(Generic[Shape]):
    """A structured answer, and what it cost in tokens (prompt and completion together)."""

    value: Shape
    tokens: int


@dataclass(frozen=True)
class Turn:
    """Something said before in the same conversation."""

    question: str
    answer: str


class LanguageModel(Protocol):
    async def ask(self, task: str, question: str, shape: type[Shape], earlier: list[Turn]) -> Reply[Shape]:
        """The answer in the given shape. Raises ModelFailed."""
        ...
