"""Search by words: what a question and a play have in common, weighted by how telling it is (BM25).

Words count by their stem; pieces of four letters stand in for what stems miss, above all Dutch compounds
(pakketbezorger) and typos.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any, cast

import Stemmer

from bot.coaching.playbooks import Play, Playbook
from bot.kit.i18n import Language
from bot.kit.language import SMALL_WORDS

PIECE = 4
SATURATION = 1.2
LENGTH_MATTERS = 0.5
BESIDES = 0.6
"""What the answer's own words weigh, beside those of the situation it is for."""

REMEMBERED_WORDS = 50_000

_STEMMERS = {Language.NL: "dutch", Language.EN: "english"}
_WORD = re.compile(r"[^\W\d_]+")


class ByWords:
    def __init__(self, playbook: Playbook) -> None:
        self._shelves = {
            language: _Shelf([play for play in playbook if play.language == language], language)
            for language in Language
        }

    def scores(self, question: str, language: Language) -> dict[str, float]:
        """Per play the share (0–1) of what the question says that the play says too; plays with nothing are absent."""
        return self._shelves[language].scores(question)


class _Shelf:
    """The plays of one language, as an inverted index with the weights worked out beforehand."""

    def __init__(self, plays: list[Play], language: Language) -> None:
        self._stem = _stemmer(language)
        self._small_words = SMALL_WORDS[language]
        self._seen: dict[str, tuple[tuple[str, float], ...]] = {}
        said = {play.id: self._said_in(play) for play in plays}
        average = sum(sum(counts.values()) for counts in said.values()) / max(1, len(said))
        in_plays = Counter(feature for counts in said.values() for feature in counts)
        self._telling = {feature: math.log(1 + (len(said) - n + 0.5) / (n + 0.5)) for feature, n in in_plays.items()}
        self._unknown = math.log(1 + len(said) / 0.5)
        self._index: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for play_id, counts in said.items():
            length = sum(counts.values()) / average
            for feature, count in counts.items():
                room = count + SATURATION * (1 - LENGTH_MATTERS + LENGTH_MATTERS * length)
                self._index[feature].append((play_id, count * (1 + SATURATION) / room))

    def scores(self, question: str) -> dict[str, float]:
        scores: defaultdict[str, float] = defaultdict(float)
        most = 0.0
        for feature, count in self._features(question).items():
            weight = min(count, 1.0) * self._telling.get(feature, self._unknown)
            most += weight * (1 + SATURATION)
            for play_id, strength in self._index.get(feature, ()):
                scores[play_id] += weight * strength
        return {play_id: score / most for play_id, score in scores.items()}

    def _said_in(self, play: Play) -> Mapping[str, float]:
        counts: defaultdict[str, float] = defaultdict(float)
        for text in (play.title, play.when, *play.meta.phrases):
            self._count(text, counts)
        for text in (play.say, *play.do, play.avoid, play.why, play.if_then):
            self._count(text, counts, BESIDES)
        return counts

    def _features(self, text: str) -> Mapping[str, float]:
        counts: defaultdict[str, float] = defaultdict(float)
        self._count(text, counts)
        return counts

    def _count(self, text: str, counts: defaultdict[str, float], weight: float = 1.0) -> None:
        for word in _WORD.findall(text.lower()):
            for feature, share in self._seen.get(word) or self._look_at(word):
                counts[feature] += weight * share

    def _look_at(self, word: str) -> tuple[tuple[str, float], ...]:
        """The stem of a word and its pieces, which together weigh as much as their number's root."""
        if word in self._small_words:
            return ()
        pieces = _pieces(word)
        share = 1 / math.sqrt(len(pieces) or 1)
        looked = ((self._stem(word), 1.0), *((piece, share) for piece in pieces))
        if len(self._seen) < REMEMBERED_WORDS:
            self._seen[word] = looked
        return looked


def _pieces(word: str) -> list[str]:
    edged = f"^{word}$"
    return [f"·{edged[start : start + PIECE]}" for start in range(len(edged) - PIECE + 1)] if len(word) >= PIECE else []


def _stemmer(language: Language) -> Callable[[str], str]:
    return cast(Any, Stemmer).Stemmer(_STEMMERS[language]).stemWord
