"""What a promise is, which part of a line names the customer, and what sounds like more than can be promised."""

import re
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


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What a line says, as far as that is clear."""

    customers: Sequence[Found]
    """Who may be meant; none, where nobody's name begins like that."""
    is_sure: bool
    """One is meant, and each of the words is one of their name: “call” is no Mrs Callaghan."""
    what: str
    due: Due | None


class ToldData(NoticeData):
    """What is told of a promise. `zone`: where who is told lives, because it may be told a day later than planned."""

    promise_id: int
    times_moved: int
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
    """“That I call her back” is to call her back."""
    return _THAT.sub("", text.strip(" ,.;:–—-")).strip()


_THAT = re.compile(r"^(?:dat (?:ik|we|wij)|dat|that (?:i|we)(?:'ll| will)?|that|i'll|om te)\s+", re.IGNORECASE)


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
    found = _TOO_BIG_SAID[language].search(_plain(text))
    return found[0] if found else None


# --- heard by the coach ------------------------------------------------------------------------------

_NOT = {
    Language.NL: "niet|niks|niets|nooit|geen|zonder|nergens|amper",
    Language.EN: r"not|never|nothing|no|cannot|\w+n't|without|hardly",
}
_OTHERS = {
    Language.NL: "hij|u|die|wie|klant die|heeft|of|maar|omdat|want|als|dat|is|ben|zijn|werd|wordt|gekregen",
    Language.EN: "he|she|they|who|which|that|if|but|because|when|was|were|been|being|got|you",
}
"""Where one of these comes between, somebody else promises, or it is another thought."""

_WORK = {
    Language.NL: (
        r"(?:terug)?bel(?:len)?|bel (?:\w+ ){0,3}terug|(?:op|toe|na)?stuur|(?:op|toe|na)?sturen|mail(?:en)?|app(?:en)?"
        r"|langskom(?:en)?|kom|terugkom(?:en)?|laat (?:\w+ ){0,2}weten|laten weten|uitzoek(?:en)?|zoek (?:\w+ ){0,3}uit"
        r"|regel(?:en)?|breng(?:en)?|lever(?:en)?|zorg(?:en)?|neem (?:\w+ ){0,2}contact|contact opneem"
    ),
    Language.EN: (
        r"call|ring|phone|mail|e-?mail|send|text|come|get back|let|find out|look into|look it up|sort|fix|bring|deliver"
        r"|arrange|have it|do it|make sure"
    ),
}
_SOON = {
    Language.NL: r"van(?:daag|middag|avond|ochtend)|gister\w*|(?:over)?morgen|\w+dag|(?:deze|volgende) week|terug",
    Language.EN: r"today|tonight|yesterday|tomorrow|\w+day|this week|next week|back",
}

_SAID = {
    Language.NL: r"""
        (?:ik|we|wij)(?:\ zelf)?\ (?:heb|hebben|had|hadden){gap}\ (?:beloofd|toegezegd)(?!\ (?:gekregen|door))
        | (?:heb|hebben|had|hadden)\ (?:ik|we|wij){gap}\ (?:beloofd|toegezegd)
        | (?:ik|we|wij){gap}\ (?:beloofd|toegezegd)\ (?:heb|hebben|had|hadden)
        | (?:ik|we|wij)\ (?:beloofden?|zegde\ toe|zei\ toe|beloof|(?<=we\ )beloven|(?<=wij\ )beloven)(?!{not_next})
        | (?<!wat\ )(?<!hoeveel\ )(?:beloofden?|beloof|beloven)\ (?:ik|we|wij)(?!\w)(?!{not_next})
        | (?:ik|we|wij)\ (?:ga|gaan|wil|willen|wilde|moet|moeten|mag|mogen|kan|kunnen|zal|zullen|zou|durf){gap}
          \ (?:beloven|toezeggen)
        | (?<!wat\ )(?<!hoeveel\ )(?:ga|gaan|wil|moet|moeten|mag|mogen|kan|kunnen|zal|zullen|zou)\ (?:ik|we|wij){gap}
          \ (?:beloven|toezeggen)
        | (?:(?:ik|we|wij)\ (?:heb|hebben|had)|(?:heb|hebben|had)\ (?:ik|we|wij)){gap}
          \ (?:gezegd|verteld|afgesproken)\ dat\ (?:ik|we|wij|het){gap}\ (?:{work})
        | (?:ik|we|wij)\ zou(?:den)?(?!\ (?:graag|willen|kunnen|moeten|denken|zeggen)){gap}\ (?:{soon}){gap}
          \ ?(?:{work})(?!\ (?:moeten|kunnen|willen))
        | (?:ik|we|wij)\ zou(?:den)?(?!\ (?:graag|willen|kunnen|moeten|denken|zeggen)){gap}\ (?:terugbellen|terugkomen)
    """,
    Language.EN: r"""
        (?<!can\ )(?<!may\ )(?<!do\ )(?<!should\ )(?<!shall\ )(?<!could\ )(?<!must\ )(?:i|we)(?:'ve|'d|\ have|\ had)?
          (?:\ \w+ly|\ just|\ already|\ also|\ once)?\ promised?(?!\ (?:by|{not}))
        | (?:i|we)(?:'m|'re|\ am|\ are)?\ (?:(?:going|want|would\ like|have|need|about)\ to|must|will|may|might|could
          |can|should)(?:\ just|\ now|\ also)?\ promise
        | (?:i|we)(?:'ll|'d\ like\ to)\ promise
        | (?<!what\ )(?<!how\ much\ )(?:can|may|should|shall|could|must)\ (?:i|we)(?:\ just)?\ promise
        | (?:am|are)\ (?:i|we)\ going\ to\ promise
        | (?:i|we)(?:\ have|'ve)?\ (?:told|assured)\ {whom}\ (?:that\ )?(?:i|we|it)(?:'d|'ll|\ would|\ will){gap}
          \ (?:{work})
        | (?:i|we)\ said\ (?:that\ )?(?:i|we|it)(?:'d|'ll|\ would|\ will){gap}\ (?:{work})
        | (?:i|we)\ (?:was|were)\ (?:supposed|meant|going)\ to{gap}\ (?:{work}){gap}\ (?:{soon})
        | (?:i|we)\ gave\ (?:\w+\ ){{1,3}}word
    """,
}


def _heard(language: Language) -> re.Pattern[str]:
    stops = f"{_NOT[language]}|{_OTHERS[language]}"
    filled = _SAID[language].format(
        gap=rf"(?:(?!\ (?:{stops})(?!\w))\ [\w'’-]+){{0,6}}",
        not_next=rf"\ (?:{_NOT[language]})(?!\w)",
        work=_WORK[language].replace(" ", r"\ "),
        soon=_SOON[language].replace(" ", r"\ "),
        whom=r"(?:[\w'-]+\ ){0,3}[\w'-]+",
        **{"not": _NOT[language]},
    )
    return re.compile(rf"(?<![\w'])(?:{filled})(?![\w'])", re.IGNORECASE | re.VERBOSE)


_PROMISES = {language: _heard(language) for language in Language}


def promises_something(text: str, language: Language) -> bool:
    """Whether who writes this has promised a customer something, or is about to."""
    return _PROMISES[language].search(_plain(text)) is not None


LONGEST_TOLD = 300
"""Characters of a promise that was told in passing."""


def what_was_told(text: str, language: Language) -> str | None:
    """Of who writes that they promised something: to whom, what and by when, as after `/acht promise`.

    None when they tell of no promise.
    """
    plain = " ".join(text.replace("’", "'").replace("‘", "'").split())
    told = _PROMISES[language].search(plain)
    if told is None:
        return None
    frame, that, promised = _THAT_BEGINS.search(told[0]), "", told[0]
    if frame is not None:
        promised, that = told[0][: frame.start()], told[0][frame.start() :]
    to_whom = " ".join(word for word in promised.split() if word.lower() not in _PROMISING)
    rest = re.split(r"[.!?;](?:\s|$)", plain[told.end() :], maxsplit=1)[0]
    return " ".join(f"{to_whom} {that}{rest}".split()).strip(" ,:")[:LONGEST_TOLD]


_THAT_BEGINS = re.compile(r"\b(?:dat|that)\b", re.IGNORECASE)
_SAYS_SO = """
    ik we wij zelf heb hebben had hadden beloofd beloofde beloofden beloof beloven toegezegd toezeggen zegde zei toe ga
    gaan wil willen wilde moet moeten mag mogen kan kunnen zal zullen zou zouden durf gezegd verteld afgesproken net
    zojuist al vandaag gisteren vanochtend vanmiddag
    i i've i'd i'll i'm we've we'd we'll we're have am are about will must might may could can should just already also
    once now promise promised told assured said was were supposed meant going need want would like to
"""
_PROMISING = frozenset(_SAYS_SO.split())
"""Words that say that something is promised, not what or to whom."""


@dataclass(frozen=True)
class Told:
    """A promise that was told in passing, as the button that opens the form carries it."""

    line: str
    """As it would be typed after `/acht promise`."""
    name: str | None
    """What may be the customer's, wherever it stood."""
    said_at: datetime
    """By the clock of who told it: “tomorrow” is counted from there, whenever the button is clicked."""

    @property
    def value(self) -> str:
        return f":{self.name or ''}:{self.said_at:%Y%m%dT%H%M}:{self.line}"

    @classmethod
    def read(cls, value: str) -> "Told | None":
        """None for a button that carries none."""
        if not value.startswith(":"):
            return None
        _nobody, name, said_at, line = value.split(":", 3)
        return cls(line, name or None, datetime.strptime(said_at, "%Y%m%dT%H%M"))  # noqa: DTZ007 — by their own clock

    @property
    def lines(self) -> Sequence[str]:
        """As it may be understood: with the name in front, and as it is."""
        begins = _BEFORE_A_NAME.sub("", self.line.lower())
        if self.name is None or begins.startswith(_BEFORE_A_NAME.sub("", self.name.lower())):
            return [self.line]
        return [f"{self.name}: {self.line}", self.line]


_BEFORE_A_NAME = re.compile(r"^(?:(?:aan|voor|to|for|de|the)\s+)+")


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).lower()
