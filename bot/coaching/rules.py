"""What the coach decides without looking anything up: is this a question, and is the answer sound."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.coaching.playbooks import Play
from bot.kit.i18n import Language
from bot.kit.outbox.rules import NoticeData

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
    HELLO = "hello"
    THANKS = "thanks"
    WHO_ARE_YOU = "who_are_you"


class Origin(StrEnum):
    """Where an answer came from."""

    MODEL = "model"
    PLAYBOOK = "playbook"


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Advice(BaseModel):
    """What the coach says: words, things to do, a reason, and the play it stands in."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    play_id: str
    say: Text
    do: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]
    why: Text
    origin: Origin
    is_more: bool = False
    """The rest of a play that was shown already: `say` ends the contact, `why` is what to avoid."""


class Note(StrEnum):
    """What is said beside an answer."""

    CUT = "cut"
    WITHOUT_MODEL = "without_model"
    MENTION_AGAIN = "mention_again"


class AnswerData(NoticeData):
    """All that it takes to put an answer into words when it is delivered."""

    question_id: int
    asked_at: datetime
    unclear: Unclear | None = None
    """Why there is nothing to answer yet."""
    advice: Advice | None = None
    """None when nothing fits; `nearest` are the plays that come closest."""
    nearest: tuple[str, ...] = ()
    ran_out: bool = False
    notes: tuple[Note, ...] = ()
    asked: str | None = None
    """The question, where it has to be shown because it was asked elsewhere: the answer begins a conversation."""


class CouldNotAnswerData(NoticeData):
    """A question that cannot be answered. `error_id` stands in the log."""

    error_id: str
    asked: str | None = None


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


def small_talk(text: str) -> Unclear | None:
    """What people say to somebody they like to talk to: no question, and no gap in the playbooks either."""
    plain = " ".join(re.findall(r"[^\W\d_]+", text.lower()))
    return next((kind for kind, pattern in _SMALL_TALK.items() if pattern.fullmatch(plain)), None)


_SMALL_TALK = {
    Unclear.HELLO: re.compile(
        r"(?:hoi|hallo|hey|hi|hello|hé|goede ?(?:morgen|middag|avond)|good (?:morning|afternoon|evening)|yo|test)"
        r"(?: (?:acht|daar|there|allemaal))?"
    ),
    Unclear.THANKS: re.compile(
        r"(?:ok(?:é|e|ay)? )?(?:super |top |heel erg )?(?:dank(?: je| jullie| u)?(?: wel)?|dankjewel|dankje|bedankt"
        r"|thanks|thank you|thx|ty|cheers|top|fijn|super|great|perfect|mooi|ok(?:é|e|ay)?)"
        r"(?: (?:acht|voor je hulp|for your help|so much|a lot|hoor|zeg|very much))?"
    ),
    Unclear.WHO_ARE_YOU: re.compile(
        r"(?:wie|wat) ben (?:jij|je)|wat (?:kan|kun) (?:jij|je)(?: allemaal)?(?: (?:doen|voor me doen))?"
        r"|wat doe (?:jij|je)"
        r"|hoe werkt (?:dit|acht|het)|who are you|what are you|what (?:can|do) you do|how does (?:this|it) work"
    ),
}


def search_text(question: str, earlier: Sequence[str]) -> str:
    """What to look for: a short follow-up ("and if he gets angry?") only makes sense with what came before."""
    if earlier and len(question.split()) <= SHORT_FOLLOW_UP:
        return f"{earlier[-1]}\n{question}"
    return question


def from_play(play: Play) -> Advice:
    """The play's own answer, word for word."""
    return Advice(play_id=play.id, say=play.say, do=play.do, why=play.reason, origin=Origin.PLAYBOOK)


def more_from(play: Play) -> Advice:
    """The rest of a play, for who has had its answer and asks on: how to end, what to agree on, what to avoid."""
    return Advice(
        play_id=play.id,
        say=play.last_sentence,
        do=(play.if_then,),
        why=play.avoid,
        origin=Origin.PLAYBOOK,
        is_more=True,
    )


def words_in(advice: Advice) -> int:
    return len(" ".join((advice.say, *advice.do, advice.why)).split())


def is_short_enough(advice: Advice) -> bool:
    return words_in(advice) <= MOST_WORDS


def answer_language(question: Language | None, person: Language | None, workspace: Language) -> Language:
    """The language of the question; else the person's; else the workspace's."""
    return question or person or workspace
