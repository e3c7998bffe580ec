"""What the coach decides without looking anything up: is this a question, and is the answer sound."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.coaching.playbooks import Play
from bot.kit.dates import day_meant
from bot.kit.i18n import Language
from bot.kit.outbox.rules import NoticeData
from bot.moments import hearing, naming
from bot.moments.calendar import Calendar
from bot.promises import hearing as promise_hearing
from bot.trade import Level, Occasion

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


class Told(BaseModel):
    """A moment in a customer's life that the colleague told of. `name`: of whom, as they wrote it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    moment_id: str
    name: str | None = None
    day: date | None = None


class Promised(BaseModel):
    """A promise that the colleague told of, or is about to make."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    line: str
    name: str | None = None
    said_at: datetime
    """By their own clock."""


class After(BaseModel):
    """What the colleague can do for the customer beside the answer."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    told: Told | None = None
    """Something to note on the customer's card."""
    off: Told | None = None
    """Something that is not so after all: it may have been noted."""
    promised: Promised | None = None
    first_to_know: str | None = None
    """Who wants to hear news before others: their name, as it was typed."""
    went_wrong_for: str | None = None
    """The customer's name, as it was typed: for whom something is to be put right."""
    asks: bool = False
    """They ask something: it is not only told."""
    may_give: bool = False
    """A gesture may be what comes next."""

    @property
    def has_something_to_note(self) -> bool:
        return bool(self.told or self.off or self.promised or self.first_to_know)

    @property
    def only_tells(self) -> bool:
        return self.has_something_to_note and not self.asks


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
    after: After = After()


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


def after(question: str, play: Play | None, moments: Calendar, asked_at: datetime, language: Language) -> After:
    """`asked_at`: by the clock of who asked."""
    told = hearing.heard(question, language, moments.moments)
    if told is not None and not _is_worth_noting(moments.moment(told.moment_id).occasion, play):
        told = None
    meant = day_meant(question, asked_at, language) if told else None
    off = None if told else hearing.called_off(question, language, moments.moments)
    line = promise_hearing.what_was_told(question, language)
    return After(
        told=Told(moment_id=told.moment_id, name=told.name_guess, day=meant.day if meant else None) if told else None,
        off=Told(moment_id=off.moment_id, name=off.name_guess) if off else None,
        promised=Promised(line=line, name=naming.name_in(question), said_at=asked_at) if line else None,
        first_to_know=_who_wants_to_hear_first(question, language),
        went_wrong_for=None if line or off else _whom_it_went_wrong_for(question, play, language),
        asks=asks_something(question, language),
        may_give=invites_a_gesture(play),
    )


def only_tells(question: str, moments: Calendar, language: Language) -> bool:
    """Whether it says that something was promised, or is not so after all, or that somebody wants to hear news first,
    and neither asks anything nor tells of trouble: a play would answer what nobody asked.
    """
    if asks_something(question, language) or _TROUBLE[language].search(question):
        return False
    is_off = hearing.called_off(question, language, moments.moments) is not None
    if is_off or (_who_wants_to_hear_first(question, language) and not _is_told(question, moments, language)):
        return True
    return promise_hearing.promises_something(question, language) and not _THERE_IS_MORE[language].search(question)


def _is_told(question: str, moments: Calendar, language: Language) -> bool:
    return hearing.heard(question, language, moments.moments) is not None


def _who_wants_to_hear_first(question: str, language: Language) -> str | None:
    wants = _WANTS_TO_HEAR_FIRST[language].search(question)
    if wants is None:
        return None
    before = question[: wants.start()]
    if _NOT_A_CUSTOMERS_WISH.search(" ".join([*before.split()[-1:], wants[0]])):
        return None
    return naming.name_in(before) or naming.customer_in(wants[0])


def _whom_it_went_wrong_for(question: str, play: Play | None, language: Language) -> str | None:
    is_trouble = _TROUBLE[language].search(question) is not None and not invites_a_gesture(play)
    return naming.customer_in(question) if is_trouble else None


def asks_something(question: str, language: Language) -> bool:
    return "?" in question or _ASKS[language].search(question) is not None


def _any_word(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_ASKS = {
    Language.NL: _any_word("hoe|wat|waarom|welke?|(?:moet|mag|kan|zal|zeg|doe) ik|help|hulp|tips?|advies"),
    Language.EN: _any_word("how|what|why|which|(?:should|can|may|shall|could|do|must) i|help|advice|tips?"),
}
_TROUBLE = {
    Language.NL: _any_word("boos|boze|kwaad|kwade|woedend|teleurgesteld|klacht|klaagt|klaagde|fout|kapot|mis|vergeten"),
    Language.EN: _any_word(
        "angry|upset|furious|disappointed|complain(?:s|ed|t|ing)?|mistake|wrong|broken?|forgot(?:ten)?"
    ),
}
_WANTS_TO_HEAR_FIRST = {
    Language.NL: re.compile(
        r"\b(?:wil(?:len)?|wilde|zou(?:den)?|vroeg|vraagt|hoopt)\b[^.!?]{0,60}?\bals eersten?\b[^.!?]{0,40}?"
        r"\b(?:weten|horen|hoort|zien|bericht|gebeld|op de hoogte)\b|\b(?:hoort|weet)\b[^.!?]{0,40}?\bals eersten?\b",
        re.IGNORECASE,
    ),
    Language.EN: re.compile(
        r"\b(?:want(?:s|ed)?|would like|would love|asked|asks|like[sd]?|prefers?|hopes?)\b[^.!?]{0,30}?"
        r"\b(?:first(?: one)? to (?:know|hear|see|be told)"
        r"|(?:know|hear|told)(?: (?:about|of|it|this|that|the|any|news))* first(?! time)"
        r"|(?:know|hear|told)\b[^.!?]{0,30}? before (?:the )?(?:others|anyone|anybody|everyone|everybody|rest))\b",
        re.IGNORECASE,
    ),
}
_NOT_A_CUSTOMERS_WISH = re.compile(r"\b(?:niet|niemand|not|\w+n['’]t|never|nobody|ik|we|wij|i)\b", re.IGNORECASE)
_THERE_IS_MORE = {
    Language.NL: _any_word("niet|nooit|geen|vergat|te laat|maar|toch|helaas|zou|zouden|had|hadden"),
    Language.EN: _any_word(r"not|never|no|\w+n['’]t|cannot|late|but|unfortunately|supposed|meant|had"),
}
"""With one of these there is more to a promise than that it was made."""


def invites_a_gesture(play: Play | None) -> bool:
    """Small and personal things are done where the play is about them; never on top of a problem."""
    return play is not None and play.meta.level >= Level.PERSONAL


def _is_worth_noting(occasion: Occasion, play: Play | None) -> bool:
    """Life events always are; a purchase or a repair is not, while the colleague asks how to put it right."""
    return occasion not in _BETWEEN_US or play is None or invites_a_gesture(play)


_BETWEEN_US = frozenset({Occasion.AFTER_PURCHASE, Occasion.REPAIR_DONE})


def words_in(advice: Advice) -> int:
    return len(" ".join((advice.say, *advice.do, advice.why)).split())


def is_short_enough(advice: Advice) -> bool:
    return words_in(advice) <= MOST_WORDS


def answer_language(question: Language | None, person: Language | None, workspace: Language) -> Language:
    """The language of the question; else the person's; else the workspace's."""
    return question or person or workspace
