"""What the coach decides without looking anything up: is this a question, and is the answer sound."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.coaching.playbooks import Play
from bot.kit.i18n import Language

MOST_WORDS = 120
LONGEST_QUESTION = 2_000
"""Characters that are read; a colleague's question is a few sentences, what is beyond is pasted."""

SHORT_FOLLOW_UP = 7
"""Words up to which a question in a thread is read together with the one before it."""


class Unclear(StrEnum):
    """Why there is nothing to answer yet."""

    EMPTY = "empty"
    NO_WORDS = "no_words"
    ONLY_A_FILE = "only_a_file"


class Origin(StrEnum):
    """Where an answer came from."""

    MODEL = "model"
    PLAYBOOK = "playbook"


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Advice(BaseModel):
    """What the coach says: words, things to do, a reason, and the play it stands in."""

    model_config = ConfigDict(frozen=True)

    play_id: str
    say: Text
    do: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]
    why: Text
    origin: Origin


def tidy(text: str) -> str:
    """What somebody typed, without what cannot be seen: control characters, marks that turn the direction of text."""
    kept = (
        char if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"} else " " for char in text
    )
    lines = (" ".join(line.split()) for line in "".join(kept).splitlines())
    return "\n".join(line for line in lines if line)


def what_is_unclear(text: str, *, has_files: bool) -> Unclear | None:
    """None when there is a question in it. Emoji alone, `:smile:` or 😀, is none."""
    if re.search(r"[^\W\d_]{2}", re.sub(r":[a-z0-9_+'-]+:", " ", text)):
        return None
    if has_files:
        return Unclear.ONLY_A_FILE
    return Unclear.NO_WORDS if text else Unclear.EMPTY


def search_text(question: str, earlier: Sequence[str]) -> str:
    """What to look for: a short follow-up ("and if he gets angry?") only makes sense with what came before."""
    if earlier and len(question.split()) <= SHORT_FOLLOW_UP:
        return f"{earlier[-1]}\n{question}"
    return question


def from_play(play: Play) -> Advice:
    """The play's own answer, word for word."""
    return Advice(play_id=play.id, say=play.say, do=play.do, why=play.reason, origin=Origin.PLAYBOOK)


def words_in(advice: Advice) -> int:
    return len(" ".join((advice.say, *advice.do, advice.why)).split())


def is_short_enough(advice: Advice) -> bool:
    return words_in(advice) <= MOST_WORDS


def answer_language(question: Language | None, person: Language | None, workspace: Language) -> Language:
    """The language of the question; else the person's; else the workspace's."""
    return question or person or workspace
