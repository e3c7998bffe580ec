"""How a customer's name is taken apart, so that it is found by the beginning of any of its words, in either order;
and how it is said to a customer, and of one.

Accents, case, hyphens and apostrophes do not matter, nor do forms of address: “mevr. Özdemir-'t Hoen” is found by
“hoen oz”. The index is a sieve, which holds the beginnings of words; `is_meant` decides on the name itself.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.kit.i18n import Language

SHORTEST, LONGEST = 2, 12
"""Letters of a beginning that is kept: one letter says nothing, and whoever typed twelve meant the whole word."""

SIEVES = 4
"""Words that are looked for in the index; no name needs more to be found."""


def words_of(name: str) -> list[str]:
    """Every form in which one of its words may be typed: “O'Neill-Smith” as oneill, neill, smith and oneillsmith."""
    forms: dict[str, None] = {}
    for word in _without_address(_TOKEN.findall(_folded(name))):
        parts = word.split("-")
        for part in parts:
            pieces = part.split("'")
            forms |= dict.fromkeys(["".join(pieces), *pieces])
        forms["".join(parts).replace("'", "")] = None
    return [form for form in forms if form]


def beginnings(name: str) -> set[str]:
    """What is kept in the index. Of a name of one sign (there are such names) that sign."""
    words = words_of(name)
    kept = {word[:length] for word in words for length in range(SHORTEST, min(len(word), LONGEST) + 1)}
    return kept or set(words)


def typed_words(typed: str) -> list[str]:
    """What somebody looks for, in the same letters as the words of names."""
    words = _without_address(_TOKEN.findall(_folded(typed)))
    return [part.replace("'", "") for word in words for part in word.split("-") if part.strip("'")]


def is_of_address(word: str) -> bool:
    """“Mevr.”, and what has no letters."""
    return all(each in _ADDRESS or each == "heer" for each in _TOKEN.findall(_folded(word)))


def sieves(words: Sequence[str]) -> list[str]:
    """The beginnings to look for in the index, the longest first, because fewest names have it. Of typed words."""
    long_enough = {word[:LONGEST] for word in words if len(word) >= SHORTEST}
    found = long_enough or (set(words) if len(words) == 1 else set[str]())
    return sorted(found, key=lambda word: (-len(word), word))[:SIEVES]


def are_too_short(words: Sequence[str]) -> bool:
    """Of typed words: nobody is looked for by one letter."""
    return all(len(word) < SHORTEST for word in words)


def are_decided_by_sieves(words: Sequence[str]) -> bool:
    """Whether who passes the sieves needs no second look, but for chance."""
    return len(set(words)) <= SIEVES and all(SHORTEST <= len(word) <= LONGEST for word in words)


def is_meant(name: str, words: Sequence[str]) -> bool:
    """Whether each of the typed words begins a word of the name."""
    of_name = words_of(name)
    return all(any(word.startswith(typed) for word in of_name) for typed in words)


def may_begin_with_a_name(typed: str) -> bool:
    """Or else it is a question, or a sentence that only began with the word for a customer: “klant is boos, wat zeg
    ik?” However much stands after a name, it is about whoever is named first.
    """
    words = re.sub(r"[,:;!]", " ", typed.translate(_APOSTROPHES).casefold()).split()
    if "?" in typed or len(words) < 2:
        return "?" not in typed
    first, second = words[:2]
    if first in _NAMES_TOO:
        return not _OF_A_SENTENCE.intersection(words[1:])
    if first in _BEFORE_A_CUSTOMER:
        return second not in _ANY
    return first not in _OF_A_SENTENCE


_OF_SENTENCES = """
    is was heeft had hebben heb waren zijn wacht wachten wachtte wilt willen wilde krijgt krijgen kreeg zegt zeggen
    vraagt vragen vroeg belt bellen belde mailt mailde klaagt klagen klaagde komt komen kwam gaat gaan loopt lopen liep
    staat staan stond blijft blijven bleef moet moeten moest mag kunnen kon wordt worden werd vindt vinden vond denkt
    denken voelt voelde weet geeft gaf doet doen deed reageert schreeuwt scheldt huilt dreigt eist betaalt bestelde
    kocht niet geen nooit steeds waarom wat wanneer welke mijn onze mij ik
    has have are were been waits waited wants wanted gets got says said asks asked calls called complains complain
    complained keeps keep comes came goes went stands looks feels felt thinks thought needs needed likes loves gives
    gave does did must should could would can cannot can't isn't wasn't doesn't didn't won't hasn't haven't not never
    always why how what when which that our their cries shouts threatens refuses pays paid bought ordered left leaves
"""
_OF_A_SENTENCE = frozenset(_OF_SENTENCES.split())
"""What goes on with one of these is a sentence: no name begins so."""

_OF_BOTH = "wil will may my haar hun ons zou kan die dat wie hoe who we you do"
_NAMES_TOO = frozenset(_OF_BOTH.split())
"""These begin names as well: Wil van Dam, My Nguyen, Kan, Do. A sentence has another of the words above."""

_BEFORE_A_CUSTOMER, _ANY = frozenset(["voor", "met", "for", "with"]), frozenset(["een", "a", "an"])
"""“Voor mevrouw Jansen” names somebody; “voor een klant die boos is” does not."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_NOT_AN_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that people type as others, and that Unicode takes for letters of their own."""

_TOKEN = re.compile(r"[^\W_]+(?:['-]+[^\W_]+)*")

_OF_ADDRESS = "mevrouw mevr mw mej meneer dhr hr mr mrs ms miss mx sir madam dr drs prof ing ir fam familie family"
_ADDRESS = frozenset(_OF_ADDRESS.split())
"""Forms of address and titles. “Heer” is also a name, and is one only where no other word follows."""


def _folded(text: str) -> str:
    if text.isascii():  # as most names are, and a file may hold a hundred thousand
        return text.replace("`", "'").casefold()
    # Twice, because what is taken apart may have letters whose case was not known before.
    plain = text.translate(_APOSTROPHES).translate(_HYPHENS)
    for _round in range(2):
        apart = unicodedata.normalize("NFKD", plain.casefold().translate(_NOT_AN_ACCENT))
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain


def _without_address(words: list[str]) -> list[str]:
    """Unless nothing else is there: “Dr” is how Drenth begins."""
    rest = [word for word in words if word not in _ADDRESS]
    if rest[:2] == ["de", "heer"] and len(rest) > 2:
        rest = rest[2:]
    elif rest[:1] == ["heer"] and len(rest) > 1:
        rest = rest[1:]
    return rest or words


def fits_address(name: str, typed: str) -> int:
    """How well the forms of address agree: 1 where both have the same, 0 where one has none, -1 where they differ."""
    of_name, asked = _address_of(name), _address_of(typed)
    return 0 if not of_name or not asked else 1 if of_name & asked else -1


def has_address(typed: str) -> bool:
    return bool(_address_of(typed))


def _address_of(text: str) -> set[str]:
    """In one language: mrs is mevrouw."""
    words = _TOKEN.findall(_folded(text))
    return {_SPOKEN[Language.NL].get(word, _ENGLISH_ADDRESS.get(word, word)) for word in words if word in _FORMS}


def with_capitals(name: str) -> str:
    """One that was typed in small letters, as on a telephone: “Mevrouw A.C. van der Berg-de Vries”."""
    if name != name.lower():
        return name
    words = name.split(" ")
    return " ".join(_capital(word) if not n or word not in _STAY_SMALL else word for n, word in enumerate(words))


def _capital(word: str) -> str:
    """Of each part: Berg-de Vries, O'Neill, A.C.; of 't Hoen none."""
    if word.translate(_APOSTROPHES).startswith("'"):
        return word
    parts = re.split(r"([-.]|(?<=^[^\W\d_])['’])", word)
    return "".join(part if n and part in _STAY_SMALL else part[:1].upper() + part[1:] for n, part in enumerate(parts))


# --- how it is said ---


def spoken_to(name: str, language: Language) -> str:
    """In a greeting: “meneer Bakker” for De heer Henk Bakker, “Mrs Okoye” for Mrs Margaret Okoye.

    A name without a form of address is said as it stands: nobody is taken for a man or a woman by guess.
    """
    if language is Language.EN and (house := _A_HOUSE.fullmatch(name)):
        return house[1]
    words = re.sub(r"^de heer\b", "heer", name, flags=re.IGNORECASE).split()
    first = next((n for n, word in enumerate(words) if _bare(word) not in _BEFORE_A_NAME), len(words))
    known = _SPOKEN[language]
    said = dict.fromkeys(known[_bare(word)] for word in words[:first] if _bare(word) in known)
    if not said or "," in name or not (family := _family_name(words[first:])):
        return name
    if language is Language.NL and not family.startswith("'"):  # without a first name before it: De Boer
        family = family[0].upper() + family[1:]
    if _FAMILY in said:
        return f"familie {family}" if language is Language.NL else f"{family} family"
    return f"{_AND[language].join(said)} {family}"


def spoken_of(name: str, language: Language) -> str:
    """To somebody else, within a sentence: “de heer Bakker”, “de familie El Amrani”."""
    said = spoken_to(name, language)
    if said == name:
        return name
    if language is Language.EN:
        return f"the {said}" if said.endswith(" family") or _A_HOUSE.fullmatch(name) else said
    return re.sub(r"^meneer ", "de heer ", re.sub(r"^familie ", "de familie ", said))


def in_full(name: str, language: Language) -> str:
    """Within a sentence that has to tell two of that name apart: “mevrouw Anneke Jansen”."""
    if language is Language.NL:
        is_small = _bare(name.partition(" ")[0]) in _SMALL_IN_DUTCH
    else:
        is_small = _A_HOUSE.fullmatch(name) is not None
    return name[:1].lower() + name[1:] if is_small else name


def agreeing(sentence: str, said: str, language: Language) -> str:
    """With the verb right after the name as English wants it of several: “the Hendersons have been customers”.

    `said`: the name as it stands in the sentence.
    """
    if language is not Language.EN or not _ARE_SEVERAL.match(said):
        return sentence
    verbs = re.compile(rf"({re.escape(said)}) (has been a customer|has|is|was)\b", re.IGNORECASE)
    return verbs.sub(lambda found: f"{found[1]} {_OF_SEVERAL[found[2].lower()]}", sentence)


def _family_name(words: Sequence[str]) -> str:
    """Without first names and initials: what begins with “van” or “el”, or else the last word."""
    if not words:
        return ""
    rest = [word for word in words if not _INITIALS.fullmatch(word)] or words[-1:]
    begins = next((n for n, word in enumerate(rest) if _bare(word) in _BEGIN_FAMILY_NAMES), None)
    if begins is None:  # of two names the first may end in the particle of the second: Jansen-de Boer
        begins = next((n for n, word in enumerate(rest[:-1]) if "-" in word and word[-1] != "-"), len(rest) - 1)
    return " ".join(rest[begins:])


def _bare(word: str) -> str:
    return word.translate(_APOSTROPHES).casefold().rstrip(".")


_A_HOUSE = re.compile(r"the ([^\W\d_][\w'’-]+s)", re.IGNORECASE)
"""The Hendersons."""
_ARE_SEVERAL = re.compile(rf"{_A_HOUSE.pattern}$|\w+\.? (?:and|&) \w+\.? ", re.IGNORECASE)
"""Or Mr and Mrs Pugh."""
_OF_SEVERAL = {"has been a customer": "have been customers", "has": "have", "is": "are", "was": "were"}

_FAMILY = "familie"
_AND: Mapping[Language, str] = {Language.NL: " en ", Language.EN: " and "}
_WOMAN, _MAN, _HOUSE = ["mevrouw", "mevr", "mw", "mej"], ["meneer", "heer", "dhr", "hr"], ["familie", "fam", "family"]
_SPOKEN: Mapping[Language, Mapping[str, str]] = {
    Language.NL: {
        **dict.fromkeys([*_WOMAN, "mrs", "ms", "miss"], "mevrouw"),
        **dict.fromkeys(_MAN, "meneer"),
        **dict.fromkeys(_HOUSE, _FAMILY),
    },
    Language.EN: {
        **dict.fromkeys([*_WOMAN, "ms"], "Ms"),
        **dict.fromkeys([*_MAN, "mr"], "Mr"),
        **dict.fromkeys(_HOUSE, _FAMILY),
        "mrs": "Mrs",
        "miss": "Miss",
        "mx": "Mx",
        "dr": "Dr",
        "prof": "Professor",
    },
}
"""A Dutch “mr.” is a lawyer and a “dr.” nobody's sex, so these stand in Dutch as they are."""

_BEFORE_A_NAME = _ADDRESS - {"sir", "madam"} | {"heer", "en", "and", "&", "+"}
_SMALL_IN_DUTCH = frozenset([*_WOMAN, *_MAN, *_HOUSE, "de"])
_PARTICLES = "van von de der den ten ter te 't het la le el al op in uit aan bij di da du st"
_BEGIN_FAMILY_NAMES = frozenset(_PARTICLES.split())
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+|[A-Z]{1,3}")
_WITHIN_A_NAME = "van von de der den ten ter te 't het la le op in uit aan bij di da du of en and"
_STAY_SMALL = frozenset(_WITHIN_A_NAME.split())

_ENGLISH_ADDRESS = {"mr": "meneer", "sir": "meneer", "madam": "mevrouw"}
_FORMS = _ADDRESS | {"heer"}
