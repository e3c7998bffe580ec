"""Search by meaning: the question's vector against those of the ways in to each play.

A play is as near as its nearest way in and its middle together: the first finds the phrase that says nearly the
same, the second keeps one odd phrase from winning. Vectors are centred per language: e5 puts all texts of a
language close together, and what they share says nothing.
"""

from collections.abc import Sequence

import numpy as np

from bot.coaching.playbooks import Play, Playbook
from bot.kit.database import Database
from bot.kit.embedding.embedder import Embedder, Vectors
from bot.kit.embedding.store import vectors_of
from bot.kit.i18n import Language


class ByMeaning:
    def __init__(
        self, embedder: Embedder, plays: Sequence[str], languages: Sequence[Language], vectors: Vectors
    ) -> None:
        """`plays`, `languages` and the rows of `vectors` belong together: one for each way in."""
        self._embedder = embedder
        self._ids = list(dict.fromkeys(plays))
        self._owner = np.array([self._ids.index(play) for play in plays])
        spoken = np.array([str(language) for language in languages])
        self._centre = {language: vectors[spoken == language].mean(axis=0) for language in Language}
        self._ways = _unit(vectors - np.stack([self._centre[language] for language in languages]))
        self._middles = _unit(np.stack([self._ways[self._owner == n].mean(axis=0) for n in range(len(self._ids))]))

    async def scores(self, question: str, language: Language) -> dict[str, float]:
        """Per play −2 to 2. Raises EmbedderAway."""
        vector = _unit((await self._embedder.embed([question]))[0] - self._centre[language])
        nearest = np.full(len(self._ids), -1.0, dtype=np.float32)
        np.maximum.at(nearest, self._owner, self._ways @ vector)
        return dict(zip(self._ids, (nearest + self._middles @ vector).tolist(), strict=True))


async def learn(playbook: Playbook, embedder: Embedder, database: Database) -> ByMeaning:
    """Reads or computes the vectors of all plays. Raises EmbedderAway."""
    ways = [(play.id, play.language, text) for play in playbook for text in _ways_into(play)]
    plays, languages, texts = zip(*ways, strict=True)
    return ByMeaning(embedder, plays, languages, await vectors_of(texts, embedder, database))


def _ways_into(play: Play) -> tuple[str, ...]:
    return (play.title, play.when, play.say, *play.meta.phrases)


def _unit(vectors: Vectors) -> Vectors:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
