"""How a customer's name is taken apart, so that it is found by the beginning of any of its words, in either order.

Accents, case, hyphens and apostrophes do not matter, nor do forms of address: “mevr. Özdemir-'t Hoen” is found by
“hoen oz”. The index is a sieve, which holds the beginnings of words; `is_meant` decides on the name itself.
"""

import re
import unicodedata
from collections.abc import Sequence

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


def sieves(words: Sequence[str]) -> list[str]:
    """The beginnings to look for in the index, the longest first, because fewest names have it. Of typed words."""
    long_enough = {word[:LONGEST] for word in words if len(word) >= SHORTEST}
    found = long_enough or (set(words) if len(words) == 1 else set[str]())
    return sorted(found, key=lambda word: (-len(word), word))[:SIEVES]


def are_decided_by_sieves(words: Sequence[str]) -> bool:
    """Whether who passes the sieves needs no second look, but for chance."""
    return len(set(words)) <= SIEVES and all(SHORTEST <= len(word) <= LONGEST for word in words)


def is_meant(name: str, words: Sequence[str]) -> bool:
    """Whether each of the typed words begins a word of the name."""
    of_name = words_of(name)
    return all(any(word.startswith(typed) for word in of_name) for typed in words)


_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_NOT_AN_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that people type as others, and that Unicode takes for letters of their own."""

_TOKEN = re.compile(r"[^\W_]+(?:['-]+[^\W_]+)*")

_OF_ADDRESS = "mevrouw mevr mw mej meneer dhr hr mr mrs ms miss mx sir madam dr drs prof ing ir fam familie family"
_ADDRESS = frozenset(_OF_ADDRESS.split())
"""Forms of address and titles. “Heer” is also a name, and is one only where no other word follows."""


def _folded(text: str) -> str:
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
