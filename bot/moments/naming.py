"""Whom a colleague means: what in a text is like a customer's name. It is only a guess; somebody looks at it."""

import re
from collections.abc import Sequence

from bot.moments import spoken

MOST_OF_A_NAME, LONGEST_NAME = 6, 80
"""Words, and characters."""


def name_in(text: str) -> str | None:
    """The last that is like a customer's name."""
    words = spoken.tokens(text[: spoken.LONGEST])
    name = _titled(words) or _capitalised(words)
    return name[:LONGEST_NAME] if name else None


def customer_in(text: str) -> str | None:
    """The last that is hardly anything but a customer's name: with “mevrouw” or “Mr”, or a first name and a surname."""
    tokens = spoken.tokens(text[: spoken.LONGEST])
    name = _titled(tokens) or (None if text.isupper() else _first_name_and_surname(tokens))
    return name[:LONGEST_NAME].removesuffix("'s") if name else None


def name_before(earlier: Sequence[str], sentence: Sequence[str], place: int) -> str | None:
    """The last name before what is told; one with a title also from the sentences before it."""
    words = sentence[:place]
    name = _titled(words) or _capitalised(words) or _titled(earlier)
    return name[:LONGEST_NAME] if name else None


def _titled(words: Sequence[str]) -> str | None:
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower() in spoken.TITLES:
            run = _run(words[at + 1 :])
            if run:
                begins = at - 1 if words[at].lower() == "heer" and words[at - 1 : at] == ["de"] else at
                return " ".join([*words[begins : at + 1], *run])
            if words[at].lower() not in {"heer"}:
                return None
    family = _FAMILY.search(" ".join(words))
    return next(filter(None, family.groups()), None) if family else None


_FAMILY = re.compile(
    r"\b[Tt]he ([A-Z][\w'-]+) family\b"
    r"|\b(?:[Tt]he|[Dd]e) (?!Customer|Client|Guest|Klant)([A-Z][\w-]+?)'?s"
    r" (?:is|are|was|were|has|have|had|will|won't|told|say|said|call|called|gaa[nt]|zijn|waren|heeft|hebben|hadden)\b"
)
"""“The Hendersons are moving” is told of the Henderson family."""


def _capitalised(words: Sequence[str]) -> str | None:
    """The last run of words with a capital, unless it is a place or a thing."""
    for at in range(len(words) - 1, -1, -1):
        if not _is_capitalised(words[at]):
            continue
        begins = at
        while begins and (_is_capitalised(words[begins - 1]) or words[begins - 1].lower() in _BETWEEN):
            begins -= 1
        while words[begins].lower() in spoken.PARTICLES and not words[begins][0].isupper():
            begins += 1
        before = words[begins - 1].lower() if begins else ""
        if before not in spoken.OF_A_PLACE | spoken.ARTICLES | spoken.words_of("van of"):
            return " ".join(words[begins : at + 1][-MOST_OF_A_NAME:])
    return None


def _first_name_and_surname(words: Sequence[str]) -> str | None:
    """The last run of two capitals or more, unless it is a place, a firm or a thing, or somebody else."""
    for at in range(len(words) - 1, 0, -1):
        goes_on = at + 1 < len(words) and _is_capitalised(words[at + 1]) and not words[at].endswith("'s")
        if goes_on or not _is_capitalised(words[at]):
            continue
        begins = at
        while begins and (_is_capitalised(words[begins - 1]) or words[begins - 1].lower() in _BETWEEN):
            begins -= 1
            if words[begins + 1 : begins + 2] and words[begins].lower().endswith("'s"):  # “Priya's”: another begins
                begins += 1
                break
        while words[begins].lower() in spoken.PARTICLES:
            begins += 1
        run = words[begins : at + 1]
        before = spoken.lower(words[max(0, begins - 2) : begins])
        is_somebody_else = not spoken.NOT_CUSTOMERS.isdisjoint(before) or (
            words[at + 1 : at + 2] == [","] and not spoken.OUR.isdisjoint(spoken.lower(words[at + 2 : at + 3]))
        )
        is_a_thing = bool(before) and before[-1] in spoken.OF_A_PLACE | spoken.ARTICLES | spoken.THEIR
        has_two = sum(map(_is_capitalised, run)) > 1
        if has_two and not (is_somebody_else or is_a_thing or spoken.NO_PERSON.intersection(spoken.lower(run))):
            return " ".join(run[-MOST_OF_A_NAME:])
    return None


def _run(words: Sequence[str]) -> list[str]:
    """The words of a name, of which the first may have been typed without capitals after a title."""
    run: list[str] = []
    for n, word in enumerate(words[:MOST_OF_A_NAME]):
        goes_on = word.lower() in spoken.PARTICLES and any(map(_may_be_a_name, words[n + 1 : n + 4]))
        is_first = not any(map(_may_be_a_name, run))
        if not (goes_on or (_may_be_a_name(word) and (word[0].isupper() or is_first))):
            break
        run.append(word)
    while run and not _may_be_a_name(run[-1]):
        run.pop()
    return run


def _may_be_a_name(word: str) -> bool:
    """After a title. An initial is one, also that which is a word by itself."""
    is_a_word = word.lower() in _NO_NAMES and not (len(word) == 1 and word.isupper())
    is_said_small = word.islower() and word in spoken.NO_NAMES_ALONE
    return word[0].isalpha() and not is_a_word and not is_said_small


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _NO_NAMES | spoken.NO_NAMES_ALONE


_BETWEEN = spoken.PARTICLES - spoken.OF_A_PLACE
_NO_NAMES = spoken.NO_NAMES | spoken.VERBS | spoken.BREAKS | spoken.PARTICLES
