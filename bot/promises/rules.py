"""What a promise is, which part of a line names the customer, and what sounds like more than can be promised."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice

from bot.customers import names
from bot.customers.rules import Found
from bot.kit.i18n import Language
from bot.kit.outbox.rules import NoticeData

LONGEST_NAME = 6
"""Words of a line that may name the customer."""


@dataclass(frozen=True)
class Due:
    """By when, as it is said. `at`: None is by the end of the working day."""

    on: date
    at: time | None = None


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


class Ahead(StrEnum):
    """What the colleague hears next of an open promise."""

    REMINDER = "reminder"
    QUESTION = "question"
    """Is it done?"""
    END = "end"
    """Nobody answered: it counts as broken."""


@dataclass(frozen=True, kw_only=True)
class PromiseSeen:
    """A promise, as its colleague and who may see the customer's card see it."""

    id: int
    customer_id: int
    customer: str
    what: str
    made_by: str
    contact_id: str
    """Of the customer."""
    due: Due
    due_at: datetime
    state: State
    times_moved: int
    ended_at: datetime | None
    case_id: int | None
    """Of a broken one."""

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def is_late(self) -> bool:
        """Kept after it was due."""
        return self.ended_at is not None and self.ended_at > self.due_at

    def is_overdue(self, now: datetime) -> bool:
        """Still open, and it should have been done."""
        return self.is_open and self.due_at < now

    @property
    def concerned(self) -> frozenset[str]:
        """Who has it in their list of what to do."""
        return frozenset({self.made_by, self.contact_id})


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What became of a promise that was made or moved."""

    promise: PromiseSeen
    reminder: Due | None
    """When its colleague is reminded, by their own clock; None: it is due too soon."""
    today: date
    is_new: bool = True
    """Else it was moved to where it stood."""
    is_contact: bool = False
    """The customer's last contact was before today: from now on it is today."""
    is_stopped: bool = False
    """An administrator has stopped all reminders."""


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What a line says, as far as that is clear."""

    customers: Sequence[Found]
    """Who may be meant; none, where nobody's name begins like that."""
    is_sure: bool
    """One is meant, and each of the words is one of their name: “call” is no Mrs Callaghan."""
    what: str
    due: Due | None
    no_day: str | None = None
    """What they said by when, where that is no day that is to come: “yesterday”, “31-11”, “asap”."""


class ToldData(NoticeData):
    """What is told of a promise. `zone`: where who is told lives, because it may be told a day later than planned."""

    promise_id: int
    times_moved: int
    """How often what is told of it began anew."""
    customer: str
    what: str
    on: date
    at: time | None
    zone: str
    whom: str
    made_by: str
    """Whoever is told, or somebody who cannot see to it."""
    case_id: int | None = None


# --- a line that somebody typed ----------------------------------------------------------------------

_TO_WHOM = {"aan", "voor", "to", "for"}
_SMALL_WORDS = "de het een dat om te ik we wij van op met the a an that to i we i'll of on with"
_BEGIN_WHAT = frozenset(_SMALL_WORDS.split())
"""A name does not end with these, what is promised may begin with them."""


def may_be_a_promise(typed: str) -> bool:
    """Or else it is a question that only began with the word: “beloof ik te veel als …?”"""
    first = typed.split(maxsplit=1)[0].lower() if typed.strip() else ""
    return "?" not in typed and first not in {"ik", "we", "wij", "i", "je", "jij", "you"}


def names_in(line: str) -> Iterator[tuple[str, str]]:
    """How a line may begin with a customer's name, and what follows: the longest name first."""
    words = line.split()
    if words and words[0].lower() in _TO_WHOM:
        words = words[1:]
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        name = " ".join(words[:length]).rstrip(":,")
        if name and words[length - 1].lower().rstrip(":,") not in _BEGIN_WHAT:
            yield name, " ".join(words[length:])


def words_to_find(line: str) -> list[str]:
    """By which the customer is looked for: the first that tells somebody apart, and the first of all."""
    longest = next((name for name, _rest in names_in(line)), "")
    words = names.typed_words(longest)
    telling = (word for word in words if len(word) >= names.SHORTEST and word not in _BETWEEN_NAMES)
    return list(dict.fromkeys([*islice(telling, 1), *words[:1]]))


_BETWEEN_NAMES = frozenset(["van", "de", "der", "den", "ter", "ten", "te", "von", "la", "le", "el", "du", "di", "da"])
"""Of too many names to look for."""


def who_is_meant(line: str, found: Sequence[Found]) -> tuple[list[Found], str, bool]:
    """Of these, with whose name a line begins, what follows it, and whether that is sure.

    The longest name that is typed in whole words; else the longest of which these are the beginnings.
    """
    by_beginnings: tuple[list[Found], str, bool] | None = None
    for name, rest in names_in(line):
        typed = names.typed_words(name)
        meant = [one for one in found if typed and names.is_meant(one.name, typed)]
        if any(set(typed) <= set(names.words_of(one.name)) for one in meant):
            return meant, rest, len(meant) == 1
        if meant and by_beginnings is None:
            by_beginnings = (meant, rest, False)
    return by_beginnings or ([], line, False)


def what_is_promised(text: str) -> str:
    """“That I'll call her back” is to call her back, “dat ik haar terugbel” is haar terugbellen.

    Where the speaker's own words cannot be turned into that for sure, they stay as they are: “that it is ready”.
    """
    said = text.strip(" ,.;:–—-").strip()
    for begins in _WHAT_FOLLOWS_STANDS_ALONE:
        if found := begins.match(said):
            return said[found.end() :].strip()
    return _infinitive(said) or said


def _infinitive(said: str) -> str | None:
    """Of a Dutch “dat ik …” of one thought that ends in a verb which is known."""
    found = _THAT_I.fullmatch(said)
    if found is None or "," in said or _MORE_THAN_ONE_THOUGHT.search(found["rest"]):
        return None
    prefix, verb = found["prefix"] or "", found["verb"].lower()
    return f"{found['rest']}{prefix}{_VERBS[verb]}".strip()


def is_to_do(word: str) -> bool:
    """“Call” is what somebody will do, and “ring” no slip in the name of Mr King."""
    plainly = word.lower().strip(" ,.:")
    return plainly in _TO_DO


def is_a_clause(what: str) -> bool:
    """Words that only stand on their own between quotation marks."""
    return _CLAUSE.match(what) is not None


_BASE_FORMS = (
    "call|ring|phone|e-?mail|send|text|come|get|let|find|look|sort|fix|bring|deliver|arrange|have|do|make|check"
)
_WHAT_FOLLOWS_STANDS_ALONE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:that )?(?:i|we)(?:['’](?:ll|d)| will| would)\s+",
        r"that (?:i|we)(?:['’](?:m|re)| am| are) going to\s+",
        rf"that (?:i|we)\s+(?=(?:{_BASE_FORMS})\b)",
        r"dat (?:we|wij)\s+",  # their verb is the infinitive
        r"om te\s+",
    )
]
_KNOWN_VERBS = """
    bel bellen mail mailen app appen stuur sturen kom komen breng brengen regel regelen lever leveren haal halen
    zoek zoeken geef geven leg leggen zet zetten maak maken vraag vragen schrijf schrijven controleer controleren
    bestel bestellen reserveer reserveren bezorg bezorgen neem nemen meet meten monteer monteren print printen
    repareer repareren vervang vervangen betaal betalen plan plannen pak pakken ruil ruilen kijk kijken
"""
_VERBS: dict[str, str] = dict(zip(_KNOWN_VERBS.split()[::2], _KNOWN_VERBS.split()[1::2], strict=True))
_TO_DO = frozenset([*_KNOWN_VERBS.split(), *_BASE_FORMS.replace("e-?mail", "email").split("|")])
_PREFIXES = "terug|op|toe|na|langs|mee|door|uit|aan|af|klaar|over|bij|in|weg|heen|vast|voor"
_THAT_I = re.compile(
    rf"dat ik\s+(?P<rest>(?:.*\s)?)(?P<prefix>{_PREFIXES})?(?P<verb>{'|'.join(_VERBS)})", re.IGNORECASE
)
_MORE_THAN_ONE_THOUGHT = re.compile(
    r"(?<!\w)(?:en|of|als|wanneer|zodra|dat|die|wat|wie|waar|maar|nadat|voordat|omdat|om|zodat|tot|totdat|terwijl|hoe"
    r"|dan|niet|geen|te|ik|we|wij|hij)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:dat|that|om) ", re.IGNORECASE)


def same_words(one: str, other: str) -> bool:
    """Case, accents and marks aside."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(sign for sign in apart if not unicodedata.combining(sign)))


def no_day_in(text: str) -> tuple[str, str] | None:
    """Words that say by when but are no day that is to come, and the rest. Of a text in which no day was found."""
    if (found := _NO_DAY.search(text)) is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return found["when"], " ".join(rest.split())


class NoDay(StrEnum):
    """Why such words are no day that is to come."""

    GONE = "gone"
    NONE = "none"
    """No calendar has it: “31 November”."""
    VAGUE = "vague"


def why_no_day(words: str) -> NoDay:
    found = _NO_DAY.fullmatch(words)
    if found is not None and found["gone"]:
        return NoDay.GONE
    is_none = found is not None and found["none"] and not words.startswith("29")  # of February: some years have it
    return NoDay.NONE if is_none else NoDay.VAGUE


_MONTHS = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|march|apr(?:il)?|mei|may|jun[ei]?|jul[iy]?|aug(?:ustus|ust)?"
    "|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NO_DAY = re.compile(
    rf"""(?<![\w€$£.,/-])
    (?:(?:uiterlijk|by|before|v[oó]{{2}}r|tot|op|on)\s+)*
    (?P<when>
        (?P<gone>
            (?:eer)?gister(?:en)?(?:ochtend|middag|avond)? | yesterday
            | (?:vorige|afgelopen|last)\ (?:week|maand|month|jaar|year|weekend|\w+dag|\w+day)
        )
        | (?P<none>
            (?!24/7)\d{{1,2}}[-/]\d{{1,2}}(?:[-/]\d{{2,4}})?(?=$) | \d{{1,2}}(?:st|nd|rd|th|e)?\ (?:{_MONTHS})
        )
        | z\.?s\.?m\b\.? | a\.?s\.?a\.?p\b\.? | zo\ (?:snel|spoedig|gauw)\ mogelijk
        | as\ soon\ as\ (?:possible|i\ can|we\ can) | binnenkort | sometime\ soon | shortly
        | (?:de\ )?(?:kerst(?:mis)?|pasen|pinksteren|sinterklaas|feestdagen|zomervakantie) | oud\ en\ nieuw
        | christmas | easter | new\ year(?:'s)? | the\ holidays
        | (?:in|by|before|voor|uiterlijk)\ (?:{_MONTHS})
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


# --- over-promising (source: 002, trust: say what you mean to do) ------------------------------------

_TOO_BIG = {
    Language.NL: r"""
        (?<!zoals )(?<!net als )(?<!niet )(?<!nog )altijd(?! al)
        | nooit (?:meer|weer) | gegarandeerd | (?:ik|we|wij) (?:garandeer|garanderen) | garandeer (?:ik|je|u)
        | (?<!niet )(?:meteen|onmiddellijk|per direct|terstond)(?! (?:na|nadat|als|zodra|op|achter|naast|uit))
        | (?<!niet )(?<!zo )direct(?! (?:na|nadat|als|zodra|mail|debet|link|achter|naast|uit|contact|nummer))
        | hoe dan ook | wat er ook gebeurt | honderd procent | absoluut zeker | zonder mankeren | op elk moment
        | (?:geen|zonder) enk(?:el|ele) (?:probleem|twijfel)
    """,
    Language.EN: r"""
        (?<!as )(?<!not )always(?! been| was)
        | never again | never happens? again | guaranteed | (?:i|we|i'll|we'll|will) guarantee
        | (?<!not )(?<!all )(?<!two )(?<!both )at once(?! (?:we|i|they|the))
        | (?<!not )(?:immediately|instantly|right away|straight away|straightaway)(?! (?:after|when|once|if|on))
        | no matter what | whatever happens | without fail | hundred per ?cent | absolutely certain | at any time
        | no problem at all
    """,
}
_IN_BOTH = r"100 ?% | 24/7"


def _any_of(language: Language) -> re.Pattern[str]:
    alike = f"{_TOO_BIG[language]} | {_IN_BOTH}"
    choices = (" ".join(choice.split()) for choice in re.split(r"\n\s*\||\s\|\s", alike))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(choice for choice in choices if choice)})(?![\w-])", re.IGNORECASE)


_TOO_BIG_SAID = {language: _any_of(language) for language in Language}


def sounds_too_big(text: str, language: Language) -> str | None:
    """The words that promise more than anybody can be sure of; None: there are none."""
    found = _TOO_BIG_SAID[language].search(plain(text))
    return found[0] if found else None


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).lower()
