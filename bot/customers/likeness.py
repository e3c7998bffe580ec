"""Whose name is meant where more was typed than a name, and whose name looks like what was typed."""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from bot.customers.names import LONGEST, SHORTEST, is_of_address, typed_words, words_of

SLIPS_FROM = 4
"""Letters of a word in which a slip of the finger is seen: Bos and Vos are two people."""

SLIPPED, NEAR = 2, 5
"""Words in which a slip is looked for; and letters of a beginning that is looked for then, with some 250 others."""

MOST_SIEVES = 5
"""Words that are looked for in the index where one of them is enough."""

_OF_LITTLE = """
    voor met van de den der het een en of op aan naar bij om uit over tot ter ten te in is la le el du di da von t s
    for with the a an and to at on about from
"""
_LITTLE = frozenset(_OF_LITTLE.split())
"""What stands between the words of a name, or before one: alone it tells nobody apart."""

_BESIDE_A_NAME = """
    verjaardag jarig feliciteren boos kwaad ontevreden blij tevreden klacht klachten probleem vraag vragen verhuizing
    verhuist verhuizen trouwt bruiloft trouwen jubileum pensioen vandaag morgen gisteren nu straks snel bellen belt
    gebeld mailen mailt gemaild terugbellen kaart kaartje bloemen cadeau cadeautje bedankt bedankje bedanken dank sorry
    excuses offerte bestelling bestelde order pakje pakket levering bezorging reparatie afspraak kapot stuk laat
    vertraagd vertraging kwijt wachten wacht klant klanten nieuw nieuwe gebaar zaak belofte beloofd moment fout mis niet
    wel weer nog haar zijn mijn onze
    birthday angry upset unhappy happy pleased complaint complaints problem question moving moves house wedding marries
    anniversary retirement today tomorrow yesterday now soon call calls called phone email mail emailed back card
    flowers gift present thanks thank quote parcel delivery repair appointment broken late delayed delay lost waiting
    waits customer customers new gesture case promise promised wrong again her his my our
"""
_BESIDE = frozenset(_BESIDE_A_NAME.split())
"""What is typed beside a name to say what it is about."""


_BEFORE = frozenset(["voor", "met", "over", "aan", "bij", "for", "with", "about", "to"])


def each_sieve(words: Sequence[str]) -> list[str]:
    """The beginnings to look for in the index where one of them is enough. Of typed words."""
    telling = dict.fromkeys(word[:LONGEST] for word in words if len(word) >= SHORTEST and word not in _LITTLE)
    return sorted(telling, key=lambda word: word in _BESIDE)[:MOST_SIEVES]


def best_meant(names: Sequence[str], words: Sequence[str]) -> tuple[set[str], bool]:
    """Of these names those that most of the typed words are of, and whether the other words are nobody's name."""
    scores = {name: _score(name, words) for name in names}
    best = max(scores.values(), default=(0, 0, 0))
    if best[0] == 0:
        return set(), False
    meant = {name for name, score in scores.items() if score == best}
    left = [[word for word in words if not _begins_one(word, words_of(name))] for name in meant]
    return meant, all(word in _LITTLE | _BESIDE or not word.isalpha() for rest in left for word in rest)


def is_of(name: str, words: Sequence[str]) -> bool:
    """Whether one of these words at least is of the name, and the others are nobody's."""
    left = [word for word in words if word not in _LITTLE and not _begins_one(word, words_of(name))]
    return are_beside_a_name(left) and any(_begins_one(word, words_of(name)) for word in words if word not in _LITTLE)


def are_beside_a_name(words: Iterable[str]) -> bool:
    return all(word in _LITTLE | _BESIDE for word in words)


def name_in(line: str) -> str:
    """Without what was typed beside it: “mevrouw Jansen” of “voor mevrouw Jansen verjaardag”."""
    words = line.split()
    while len(words) > 1 and words[0].casefold() in _BEFORE:
        words = words[1:]
    while len(words) > 1 and words[-1].casefold().strip(".,!") in _BESIDE:
        words = words[:-1]
    return " ".join(words)


def first_of_a_name(line: str) -> str:
    """As far as the first word in which a slip is looked for: “mrs kahn” of “mrs kahn ring back tomorrow”."""
    words = line.split()
    for n, word in enumerate(words, 1):
        if not is_of_address(word) and may_have_slipped(typed_words(word)):
            return " ".join(words[:n])
    return ""


def after_the_name(line: str, names: Sequence[str]) -> str:
    """What follows one of these names where the line begins with it, be it with a slip; nothing where it does not."""
    of_names = [form for name in names for form in words_of(name)]
    words, end = line.split(), 0
    for n, word in enumerate(words, 1):
        telling = [] if is_of_address(word) else [each for each in typed_words(word) if each not in _LITTLE]
        if not all(_begins_but_for_a_slip(each, of_names) for each in telling):
            break
        if telling:
            end = n
    return " ".join(words[end:] if end else []).strip(" ,:;")


def beginnings_near(word: str) -> set[str]:
    """One of these every word begins with that is at most one slip away; and few others do, as long as they are."""
    length = min(len(word), NEAR)
    slipped = {slip[:length] for slip in _slips(word[: length + 1], length)}
    return {word[:length]} | {slip for slip in slipped if len(slip) >= SHORTEST}


def may_have_slipped(words: Sequence[str]) -> list[str]:
    """The words in which a slip is looked for, the longest first. Of typed words."""
    telling = [word for word in words if len(word) >= SLIPS_FROM and word not in _LITTLE | _BESIDE]
    return sorted(dict.fromkeys(telling), key=len, reverse=True)[:SLIPPED]


def others_to_find(words: Sequence[str], slipped: str) -> list[str]:
    """The beginnings that a name with a slip in this word has as well."""
    others = [word for word in words if word != slipped and len(word) >= SHORTEST]
    return sorted((word[:LONGEST] for word in others), key=len, reverse=True)[:SLIPPED]


def nearness(name: str, other: str) -> int:
    """Of two that may be the same: 0 for the same words in the same order, 1 in another, 2 for a slip."""
    words, others = typed_words(name), typed_words(other)
    return 0 if words == others else 1 if sorted(words) == sorted(others) else 2


def nearest(names: Sequence[str], words: Sequence[str]) -> set[str]:
    """Of these names those that most of the typed words begin, or would but for a slip."""
    telling = [word for word in words if word not in _LITTLE | _BESIDE]
    scores = {name: sum(_begins_but_for_a_slip(word, words_of(name)) for word in telling) for name in names}
    most = max(scores.values(), default=0)
    return {name for name, score in scores.items() if score == most > 0}


def may_be_the_same(name: str, other: str) -> bool:
    """The same words in any order, accents, case and forms of address aside; or with one slip in one long word."""
    words, others = typed_words(name), typed_words(other)
    if sorted(words) == sorted(others) or "".join(words) == "".join(others):
        return True
    if len(words) != len(others):
        return False
    differ = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    return len(differ) == 1 and min(map(len, differ[0])) >= SLIPS_FROM and is_a_slip_away(*differ[0])


def is_a_slip_away(one: str, other: str) -> bool:
    """A letter more, less or other, or two that changed places; or no difference at all."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, of_other = one[same:], other[same:]
    return (
        rest[1:] == of_other
        or rest == of_other[1:]
        or rest[1:] == of_other[1:]
        or (rest[:2] == of_other[:2][::-1] and rest[2:] == of_other[2:])
    )


def _score(name: str, words: Sequence[str]) -> tuple[int, int, int]:
    """Of the typed words that tell somebody apart how many are of the name, of all how many stand there whole, and
    their letters."""
    of_name = words_of(name)
    telling = [
        word
        for word in words
        if word not in _LITTLE
        and (word in of_name or (len(word) > SHORTEST and word not in _BESIDE and _begins_one(word, of_name)))
    ]
    return len(telling), sum(word in of_name for word in words), sum(map(len, telling))


def _begins_one(typed: str, of_name: Sequence[str]) -> bool:
    return any(word.startswith(typed) for word in of_name)


def _begins_but_for_a_slip(typed: str, of_name: Sequence[str]) -> bool:
    if len(typed) < SLIPS_FROM:
        return typed in of_name
    return _begins_one(typed, of_name) or any(
        is_a_slip_away(typed, word) or (len(typed) > SLIPS_FROM and is_a_slip_away(typed, word[: len(typed)]))
        for word in of_name
    )


def _slips(start: str, letters: int) -> Iterator[str]:
    """The beginnings that a slip in the first so many letters may have made into this one."""
    for at in range(letters):
        yield start[:at] + start[at + 1 :]
        yield start[:at] + start[at : at + 2][::-1] + start[at + 2 :]
        for letter in ascii_lowercase:
            yield start[:at] + letter + start[at:]
            yield start[:at] + letter + start[at + 1 :]
