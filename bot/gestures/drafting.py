"""The words of a gesture for one customer: the catalogue's own, or made to fit by the language model.

No name goes to the model. The customer's, ours and the colleague's are replaced before it is asked and put back
afterwards, also where they stand in what the customer said. What comes back is looked at as any draft is; what is not
sound is left, and the catalogue's own words stay.
"""

import asyncio
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from pydantic import BaseModel

from bot.customers import names
from bot.gestures.drafts import draft_check
from bot.gestures.gesture import ALWAYS_KNOWN, Gesture, Need
from bot.kit.i18n import Language
from bot.kit.language import SMALL_WORDS, language_of
from bot.kit.llm.budget import Budget
from bot.kit.llm.model import Failure, LanguageModel, ModelFailed
from bot.kit.metrics import Metrics
from bot.kit.prompts import Prompt, as_data
from bot.trade import Occasion

log = structlog.get_logger(__name__)

PATIENCE = 8.0
"""Seconds. Somebody looks at the catalogue's own words meanwhile; later than this they have read them."""

A_PROMPT = 2_000
"""Tokens that a question which took too long is taken to have cost."""

YOUR_NAME: Mapping[Language, str] = {Language.NL: "[je naam]", Language.EN: "[your name]"}
"""Stands where it comes, in the language of the words: we keep no names of colleagues, and what Slack sends with a
click is a handle, which is no name to sign a card with."""


@dataclass(frozen=True, kw_only=True)
class ToSay:
    """Words that are wanted for one gesture."""

    gesture: Gesture
    occasion: Occasion
    """What makes it fit now."""
    facts: Mapping[str, str]
    """What fills the catalogue's words, but for the colleague's name."""
    language: Language
    """The customer's."""

    @property
    def own_words(self) -> str:
        """The catalogue's, filled in. Raises KeyError where a fact is missing that they lean on."""
        return self.filled(self.fillings)

    @property
    def fillings(self) -> Mapping[str, str]:
        return {"me": YOUR_NAME[self.language], **self.facts}

    def filled(self, fillings: Mapping[str, str]) -> str:
        return self.gesture.in_language(self.language).said(fillings)


class _Draft(BaseModel):
    id: str
    words: str


class ModelDrafts(BaseModel):
    """The shape the language model is held to."""

    drafts: list[_Draft]


class Drafting:
    def __init__(self, model: LanguageModel | None, prompt: Prompt, budget: Budget, metrics: Metrics) -> None:
        self._model = model
        self._prompt = prompt
        self._budget = budget
        self._metrics = metrics

    @property
    def has_model(self) -> bool:
        return self._model is not None

    async def words(
        self, workspace_id: str, to_say: Sequence[ToSay], *, hidden: Collection[str] = ()
    ) -> Mapping[str, str]:
        """For one customer, by id of gesture; only what is sound. Nothing without a model, or when it fails in any way.

        `hidden`: other names that may stand in what the customer said, such as the colleague's.
        """
        if self._model is None or not to_say:
            return {}
        try:
            return await self._from_model(self._model, workspace_id, to_say, _Hiding(to_say, hidden))
        except ModelFailed as failed:
            self._metrics.model_failures.labels(failed.failure).inc()
            if failed.tokens:
                await self._budget.spend(workspace_id, failed.tokens)
            log.warning("model_failed", reason=failed.failure, detail=str(failed), task="gestures")
            return {}

    async def _from_model(
        self, model: LanguageModel, workspace_id: str, to_say: Sequence[ToSay], hiding: "_Hiding"
    ) -> Mapping[str, str]:
        """Raises ModelFailed."""
        if await self._budget.is_spent(workspace_id):
            raise ModelFailed(Failure.OVER_BUDGET)
        task = self._prompt.told(to_say[0].language, gestures=[_as_told(one) for one in to_say])
        known = as_data("\n".join(line for one in to_say for line in _known(one, hiding)))
        try:
            async with asyncio.timeout(PATIENCE):
                reply = await model.ask(task, known, ModelDrafts, [])
        except TimeoutError:
            raise ModelFailed(Failure.SLOW, tokens=A_PROMPT) from None
        await self._budget.spend(workspace_id, reply.tokens)
        drafts = {draft.id: draft.words for draft in reply.value.drafts}
        drafted = {one.gesture.id: _sound(drafts.get(one.gesture.id, ""), one, hiding) for one in to_say}
        return {gesture_id: words for gesture_id, words in drafted.items() if words}


# --- what the model is told ---


def _as_told(one: ToSay) -> dict[str, str]:
    """From the catalogue, with a gap for all that is not."""
    gaps = {name: _gap(name) for name in (*ALWAYS_KNOWN, *Need)}
    do = one.gesture.in_language(one.language).do
    return {"id": one.gesture.id, "occasion": one.occasion, "do": do, "words": one.filled(gaps)}


def _known(one: ToSay, hiding: "_Hiding") -> Iterable[str]:
    for need in one.gesture.needs:
        yield f"{one.gesture.id}, {need}: {hiding.hide(one.facts[need])}"


# --- what it says ---


def _sound(draft: str, one: ToSay, hiding: "_Hiding") -> str | None:
    """The draft with the names put back; None when it may not go to the customer."""
    words = " ".join(draft.split())
    somebody = {"me": SOMEBODY, **one.facts}
    said = hiding.put_back(words, somebody)
    if not words or said is None:
        return None
    faults = draft_check(said, [one.filled(somebody), *somebody.values()], one.language)
    if faults or language_of(said) not in {one.language, None}:
        log.info("draft_left", gesture=one.gesture.id, faults=sorted({fault.kind for fault in faults}))
        return None
    whole = hiding.put_back(words, one.fillings)
    return whole[:1].upper() + whole[1:] if whole else None  # “mevrouw Jansen” may be what it begins with


# --- names ---

SOMEBODY = "Robin"
"""Stands for the colleague while a draft is looked at."""


class _Hiding:
    """Which names there are, and what stands in their place."""

    def __init__(self, to_say: Sequence[ToSay], hidden: Collection[str]) -> None:
        self._customer = to_say[0].facts["customer"]
        self._us = to_say[0].facts.get("us")
        self._behind: dict[str, str] = {}
        words = {word for name in (self._customer, *hidden) for word in names.words_of(name)}
        self._words = {word for word in words if len(word) > 1} - _PARTICLES

    def hide(self, text: str) -> str:
        """Every gap says later what stood there, letter by letter."""
        text = text.replace("⟦", "(").replace("⟧", ")")
        for whose, name in (("customer", self._customer), ("us", self._us)):
            if name:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _gap(whose), text, flags=re.IGNORECASE)
        return _WORD_OR_GAP.sub(self._gap_for, text)

    def put_back(self, words: str, fillings: Mapping[str, str]) -> str | None:
        """None where a gap is none of ours, or was left open."""
        behind = self._behind | {_gap(name): said for name, said in fillings.items()}
        return _GAP.sub(lambda gap: behind[gap[0]], words) if behind.keys() >= set(_GAP.findall(words)) else None

    def _gap_for(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith("⟦") or not self._is_a_name(word):
            return word
        gap = _gap(f"name {len(self._behind) + 1}")
        self._behind[gap] = word
        return gap

    def _is_a_name(self, word: str) -> bool:
        """Also as a possessive. “Will” is one where the customer is called so, and “will” is not."""
        if word.casefold() in _SMALL and not word[:1].isupper():
            return False
        return any(form in self._words or form.removesuffix("s") in self._words for form in names.words_of(word))


def _gap(name: str) -> str:
    return f"⟦{name}⟧"


_GAP = re.compile(r"⟦[^⟧]*⟧?|⟧")
_WORD_OR_GAP = re.compile(r"⟦[^⟧]*⟧|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = SMALL_WORDS[Language.NL] | SMALL_WORDS[Language.EN]
_OF_MANY_NAMES = "van von de der den het ten ter te of the la le el al op in"
_PARTICLES = frozenset(_OF_MANY_NAMES.split())
"""Parts of names that say nothing of whose it is."""
