"""What may not be kept of a customer is noticed before it is kept, and a better way to say it is offered.

It looks at words and at numbers, without a language model: what a colleague types goes nowhere to be judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.customers import numbers
from bot.customers.sensitive_words import signs_of
from bot.customers.signs import Kind
from bot.kit.i18n import N_, Words


@dataclass(frozen=True)
class Finding:
    """`said`: the words it is about; of a number only how it ends. `better`: what could be written instead."""

    kind: Kind
    said: str
    better: str

    def sentence(self, _: Words) -> str:
        """Why it may not be kept, and what would be better, for who wrote it."""
        return _(_WHY[self.kind], said=self.said, better=_(self.better))


def screen(text: str) -> list[Finding]:
    """What may not be kept of preferences or of a note, each once, in the order of the text."""
    found = [*_in_words(text), *_in_numbers(text)]
    return list(dict.fromkeys(finding for _at, finding in sorted(found, key=lambda one: one[0])))


def screen_name(name: str) -> list[Finding]:
    """What may not be kept as a name. Turk, Islam and Zoon are names: words count only where a remark begins."""
    remarks = " | ".join(found[0] for found in _REMARK.finditer(name))
    found = [*screen(remarks), *(finding for _at, finding in _in_numbers(name))]
    return list(dict.fromkeys(found))


_REMARK = re.compile(r"\([^)]*\)?|(?<=\s)[-–/|].*")

_WHY = {
    Kind.HEALTH: N_("“{said}” says something about health, which we may not keep. Better: “{better}”."),
    Kind.RELIGION: N_("“{said}” says what somebody believes, which we may not keep. Better: “{better}”."),
    Kind.POLITICS: N_("“{said}” says something about politics, which we may not keep. Better: “{better}”."),
    Kind.ETHNICITY: N_("“{said}” says where somebody's family is from, which we may not keep. Better: “{better}”."),
    Kind.ORIENTATION: N_("“{said}” says whom somebody loves, which we may not keep. Better: “{better}”."),
    Kind.CHILD: N_("“{said}” names a child, and we keep no names of children. Better: “{better}”."),
    Kind.ID_NUMBER: N_(
        "“{said}” looks like the number of a person or a passport, which we may not keep. Better: “{better}”."
    ),
    Kind.ACCOUNT_NUMBER: N_(
        "“{said}” looks like a bank account, which belongs in the administration. Better: “{better}”."
    ),
    Kind.CARD_NUMBER: N_("“{said}” looks like a payment card, which does not belong here. Better: “{better}”."),
}


# --- words ---

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def _in_words(text: str) -> Iterator[tuple[int, Finding]]:
    has_children = False
    for word in _WORD.finditer(text):
        small = word[0].lower()
        has_children |= small in _CHILDREN
        for sign in signs_of(small):
            if said := sign.said(text[: word.start()], word[0], text[word.end() :]):
                yield word.start(), Finding(sign.kind, said, sign.better)
    if has_children:
        yield from _named_children(text)


# --- children ---

_DAUGHTER = "dochter dochtertje stiefdochter daughter stepdaughter goddaughter"
_SON = "zoon zoontje stiefzoon son stepson godson"
_SEVERAL = """
    dochters dochtertjes zonen zoons zoontjes kind kindje kindjes kinderen kids kid baby tweeling jongste oudste
    peuter kleuter neefje nichtje petekind daughters sons child children twins youngest eldest toddler nephew niece
"""
_GRAND = """
    kleinzoon kleindochter kleinkind kleinkinderen kleinzoontje kleindochtertje kleinzoons kleindochters
    grandson granddaughter grandchild grandchildren grandsons granddaughters
"""
_CHILDREN = {
    **dict.fromkeys(_DAUGHTER.split(), N_("has a daughter")),
    **dict.fromkeys(_SON.split(), N_("has a son")),
    **dict.fromkeys(_SEVERAL.split(), N_("has children")),
    **dict.fromkeys(_GRAND.split(), N_("has grandchildren")),
}
"""What may be written instead."""

_NO_NAMES = r"""
    januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may|june
    july|august|october|\w+day|\w+days|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|dutch|english|german|french
    spanish|italian|irish|scottish|british|american|belgian|duits|engels|frans|spaans|nederlands|italiaans|kerst\w*|pasen
    christmas|easter|sinterklaas|halloween|i|we|ze|zij|hij|het|de|een|she|he|they|the|a|mevrouw|meneer|mevr|dhr|mr|mrs|ms
    regards|care|benefit|support|lego|disney|playmobil|nijntje|ajax|feyenoord|psv|pilates|minecraft|netflix|whatsapp|yoga
    arsenal|chelsea|liverpool|instagram|facebook|marktplaats|tiktok|fortnite|nederland|amsterdam|rotterdam|utrecht|london
"""
_KIN = "|".join(sorted(_CHILDREN, key=len, reverse=True))
_NAME = rf"(?!(?i:{'|'.join(_NO_NAMES.replace('|', ' ').split())})\b)[A-ZÀ-Þ][\w’']+(?![\w-])"
_WHOSE = "(?i:haar|zijn|hun|her|his|their)"
_NAMED_CHILD = re.compile(
    rf"""(?x)
    (?<![&+]\ ) (?<!\w) (?P<kin>(?i:{_KIN})) (?:
        (?: \s* [:(–] \s* | \s+ (?: (?i:genaamd|heet|heten|is\ called|are\ called|named) \s+ )? ) {_NAME}
        | \s+ (?i:genaamd|heet|heten|is\ called|are\ called|named) \s+ \w+
        | \s* , \s+ {_NAME} (?= \s* (?: [,.;(] | $ | \d | (?:en|and|&)\s[A-Z] ) )
    )
    | {_NAME} (?: \s* \( | \s* , \s* {_WHOSE}\ (?:\w+\ )? ) (?P<kin_after>(?i:{_KIN})) (?!\w)
    """
)
_SURNAMED = re.compile(
    r"(?i)(?:mevrouw|mevr\.?|mw\.?|meneer|dhr\.?|de heer|mrs?\.?|ms\.?|familie|(?<=[a-z]) (?:en|and)) $"
)


def _named_children(text: str) -> Iterator[tuple[int, Finding]]:
    for found in _NAMED_CHILD.finditer(text):
        kin = found["kin"] or found["kin_after"]
        is_a_surname = kin[0].isupper() and _SURNAMED.search(text[: found.start()])
        if not is_a_surname:
            yield found.start(), Finding(Kind.CHILD, found[0].strip(" ,()"), _CHILDREN[kin.lower()])


# --- numbers ---

_NUMBERS = (
    (Kind.ID_NUMBER, N_("showed their passport"), numbers.citizen_numbers),
    (Kind.ID_NUMBER, N_("showed their passport"), numbers.insurance_numbers),
    (Kind.ID_NUMBER, N_("showed their passport"), numbers.document_numbers),
    (Kind.ACCOUNT_NUMBER, N_("bank account: see the administration"), numbers.account_numbers),
    (Kind.CARD_NUMBER, N_("pays by card"), numbers.card_numbers),
)
_SHOWN = 3
"""Signs of a number that are shown: enough to find it in what one wrote, and nothing that is worth anything."""


def _in_numbers(text: str) -> Iterator[tuple[int, Finding]]:
    if not _HAS_SIX_DIGITS.search(text):
        return
    taken: list[numbers.Found] = []
    for kind, better, find in reversed(_NUMBERS):
        for at in find(text):
            if not any(at.begins < other.ends and other.begins < at.ends for other in taken):
                taken.append(at)
                signs = "".join(sign for sign in text[at.begins : at.ends] if sign.isalnum())
                yield at.begins, Finding(kind, "…" + signs[-_SHOWN:], better)


_HAS_SIX_DIGITS = re.compile(r"(?:\d\W?){2}(?:.?\w?\W?\d){2}")
