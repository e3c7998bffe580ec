"""What a colleague writes to the coach in which they promise something, or say that they did."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.kit.i18n import Language
from bot.promises.rules import plain

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
    return _PROMISES[language].search(plain(text)) is not None


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
