"""Which plays fit a question: by words from the first moment, by meaning as well as soon as the vectors are there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.coaching.by_words import ByWords
from bot.coaching.playbooks import Playbook
from bot.kit.database import Database
from bot.kit.embedding.embedder import Embedder, EmbedderAway
from bot.kit.i18n import Language

if TYPE_CHECKING:
    from bot.coaching.by_meaning import ByMeaning

log = structlog.get_logger(__name__)

WORDS_BESIDE_MEANING = 0.45
"""What the best match by words adds to a score by meaning. Tuned on benchmarks/questions_dev.yaml."""

FITS_BY_WORDS = 0.11
FITS_BY_MEANING = 0.9
"""Below these the best play is only the nearest. Tuned on the same questions and on ones from outside the trade."""


@dataclass(frozen=True)
class Hit:
    """A play and how well it fits; when `fits` is false it is only the nearest of what there is."""

    play_id: str
    score: float
    fits: bool


class Search(Protocol):
    playbook: Playbook

    async def find(self, question: str, language: Language) -> list[Hit]:
        """Plays, best first."""
        ...

    def find_by_words(self, question: str, language: Language) -> list[Hit]:
        """The same, within a millisecond."""
        ...


class PlaySearch:
    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self._by_words = ByWords(playbook)
        self._by_meaning: ByMeaning | None = None

    @property
    def understands_meaning(self) -> bool:
        return self._by_meaning is not None

    async def learn(self, embedder: Embedder, database: Database) -> None:
        """From now on by meaning too. Where that cannot be had, words alone go on doing it, and the log says so."""
        from bot.coaching import by_meaning  # noqa: PLC0415 — numpy, for those who search by meaning

        try:
            self._by_meaning = await by_meaning.learn(self.playbook, embedder, database)
        except EmbedderAway as away:
            log.warning("search_by_words_only", reason=str(away))

    async def find(self, question: str, language: Language) -> list[Hit]:
        if self._by_meaning is not None:
            try:
                meaning = await self._by_meaning.scores(question, language)
            except EmbedderAway as away:
                log.warning("search_by_words_only", reason=str(away))
            else:
                return _ranked(_together(meaning, self._by_words.scores(question, language)), FITS_BY_MEANING)
        return self.find_by_words(question, language)

    def find_by_words(self, question: str, language: Language) -> list[Hit]:
        return _ranked(self._by_words.scores(question, language), FITS_BY_WORDS)


def _together(meaning: dict[str, float], words: dict[str, float]) -> dict[str, float]:
    most = max(words.values(), default=1.0)
    return {
        play_id: score + WORDS_BESIDE_MEANING * words.get(play_id, 0.0) / most for play_id, score in meaning.items()
    }


def _ranked(scores: dict[str, float], fits: float) -> list[Hit]:
    best_first = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Hit(play_id, score, score >= fits) for play_id, score in best_first]
