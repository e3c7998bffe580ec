"""The coach: a question and what came before it in, an answer out. No database, no Slack.

With a language model the answer is made to fit the question; without one, or when it fails in any way, the same
play gives its own words. Either way every answer stands in a play that exists.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import structlog
from pydantic import BaseModel, ValidationError

from bot.coaching import rules
from bot.coaching.concerns import PLAY_FOR, Concern, concern_of
from bot.coaching.playbooks import Play
from bot.coaching.rules import Advice, Origin
from bot.coaching.search import Hit, Search
from bot.kit.i18n import Language
from bot.kit.llm.budget import Budget
from bot.kit.llm.model import Failure, LanguageModel, ModelFailed, Turn
from bot.kit.metrics import Metrics
from bot.kit.prompts import Prompt, as_data

log = structlog.get_logger(__name__)

PLAYS_FOR_THE_MODEL = 4
MOST_ANGLES = 4
"""Plays on one question; what comes after them has little to do with it."""


@dataclass(frozen=True)
class Asked:
    """A question, with what was said before it in the same conversation, oldest first."""

    workspace_id: str
    text: str
    language: Language
    earlier_questions: tuple[str, ...] = ()
    earlier_answers: tuple[Advice, ...] = ()
    another_angle: bool = False


@dataclass(frozen=True)
class Found:
    """What the coach has to say. Without `advice` nothing fitted, and `nearest` is what comes closest."""

    advice: Advice | None
    nearest: list[str] = field(default_factory=list[str])
    is_gap: bool = False
    """No play fitted: the playbooks lack something (not when only another angle ran out)."""
    is_fixed: bool = False
    """A concern was raised: it gets the same answer, whatever else was said."""


class ModelAnswer(BaseModel):
    """The shape the language model is held to."""

    fits: bool
    concern: Literal["none", "danger", "private_data", "begging", "surprise_before_repair"]
    play: str
    say: str
    do: list[str]
    why: str


class Coach:
    def __init__(
        self,
        search: Search,
        prompt: Prompt,
        metrics: Metrics,
        *,
        model: LanguageModel | None,
        budget: Budget,
    ) -> None:
        self.playbook = search.playbook
        self._search = search
        self._prompt = prompt
        self._metrics = metrics
        self._model = model
        self._budget = budget

    @property
    def has_model(self) -> bool:
        return self._model is not None

    def find_by_words(self, words: str, language: Language) -> list[Hit]:
        """Plays for a few words, best first, at once: for those who wait for it within a click."""
        return self._search.find_by_words(words, language)

    async def answer(self, asked: Asked) -> Found:
        """Always an answer: the model's, else the play's own, else the nearest plays."""
        shown = {advice.play_id for advice in asked.earlier_answers}
        if concern := concern_of(asked.text):
            if asked.another_angle and PLAY_FOR[concern] in shown:
                return Found(None)
            return self._fixed(concern, asked.language)
        hits = await self._search.find(rules.search_text(asked.text, asked.earlier_questions), asked.language)
        if asked.another_angle:
            hits = [hit for hit in hits if hit.play_id not in shown and len(shown) < MOST_ANGLES]
        nearest = [hit.play_id for hit in hits[:3]]
        if self._model is not None and hits:
            try:
                return await self._from_model(self._model, asked, hits)
            except ModelFailed as failed:
                self._metrics.model_failures.labels(failed.failure).inc()
                if failed.tokens:
                    await self._budget.spend(asked.workspace_id, failed.tokens)
                log.warning("model_failed", reason=failed.failure, detail=str(failed))
        if not hits or not hits[0].fits:
            return Found(None, nearest, is_gap=not asked.another_angle)
        return Found(self._own_words(hits, asked), nearest)

    def _own_words(self, hits: Sequence[Hit], asked: Asked) -> Advice:
        """The best play's own words; the rest of it to who has just had them."""
        play = self._play(hits[0].play_id, asked.language)
        given = [(advice.play_id, advice.is_more) for advice in asked.earlier_answers]
        if (play.id, False) not in given:
            return rules.from_play(play)
        return rules.more_from(play) if (play.id, True) not in given else rules.from_play(play)

    async def _from_model(self, model: LanguageModel, asked: Asked, hits: Sequence[Hit]) -> Found:
        """Raises ModelFailed also for an answer that may not be shown."""
        if await self._budget.is_spent(asked.workspace_id):
            raise ModelFailed(Failure.OVER_BUDGET)
        plays = [self._play(hit.play_id, asked.language) for hit in hits[:PLAYS_FOR_THE_MODEL]]
        task = self._prompt.told(asked.language, plays=plays, wants_another_angle=asked.another_angle)
        reply = await model.ask(task, as_data(asked.text), ModelAnswer, _conversation(asked))
        await self._budget.spend(asked.workspace_id, reply.tokens)
        if reply.value.concern != "none":
            return self._fixed(Concern(reply.value.concern), asked.language)
        if reply.value.play not in {play.id for play in plays}:
            raise ModelFailed(Failure.NONSENSE, "cites a play that it was not given")
        if not reply.value.fits:
            return Found(None, [hit.play_id for hit in hits[:3]], is_gap=not asked.another_angle)
        return Found(_checked(reply.value), [hit.play_id for hit in hits[:3]])

    def _fixed(self, concern: Concern, language: Language) -> Found:
        return Found(rules.from_play(self._play(PLAY_FOR[concern], language)), is_fixed=True)

    def _play(self, play_id: str, language: Language) -> Play:
        return self.playbook.play(play_id, language)


def _checked(answer: ModelAnswer) -> Advice:
    """The model's answer as advice; raises ModelFailed when it is empty somewhere or too long to read in a queue."""
    try:
        advice = Advice(
            play_id=answer.play,
            say=rules.tidy(answer.say),
            do=tuple(rules.tidy(thing) for thing in answer.do),
            why=rules.tidy(answer.why),
            origin=Origin.MODEL,
        )
    except ValidationError as error:
        raise ModelFailed(Failure.NONSENSE, "an empty part") from error
    if not rules.is_short_enough(advice):
        raise ModelFailed(Failure.NONSENSE, f"{rules.words_in(advice)} words")
    return advice


def _conversation(asked: Asked) -> list[Turn]:
    return [
        Turn(
            as_data(question),
            json.dumps({"play": answer.play_id, "say": answer.say, "do": answer.do}, ensure_ascii=False),
        )
        for question, answer in zip(asked.earlier_questions, asked.earlier_answers, strict=True)
    ]
