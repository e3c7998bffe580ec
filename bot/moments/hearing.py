"""What a colleague tells in passing: “mevrouw Jansen gaat verhuizen” is a moment of hers, worth noting.

It looks for how moments are told (`heard`, in their file), with a few words in between where a verb allows it. Rather
too little is heard than too much: not what does not happen, what happens to the colleague or to a relative, what only
might happen, nor a question about customers in general. Somebody looks at it before anything is noted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.kit.i18n import Language
from bot.moments import naming, spoken
from bot.moments.moment import Moment

MOST_BETWEEN = 6
"""Words between a verb and the rest: “gaat volgende maand naar Utrecht verhuizen”."""

_Way = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


@dataclass(frozen=True)
class Heard:
    moment_id: str
    name_guess: str | None
    """As it was typed, with “mevrouw”; None when there is nothing like a name."""


def heard(text: str, language: Language, moments: Sequence[Moment]) -> Heard | None:
    """The first moment that is told, of those that a colleague notes."""
    return _first(text, language, moments, is_off=False)


def called_off(text: str, language: Language, moments: Sequence[Moment]) -> Heard | None:
    """The first moment of which is told that it is not so: “is not moving after all”."""
    plain = _in_one_form(text[: spoken.LONGEST], language)
    return _first(plain, language, moments, is_off=True) or _cancelled(plain, language, moments)


def _first(text: str, language: Language, moments: Sequence[Moment], *, is_off: bool) -> Heard | None:
    tokens = spoken.tokens(text[: spoken.LONGEST])
    lower = spoken.lower(tokens)
    begins = 0
    for ends in [*(n for n, token in enumerate(tokens) if token in spoken.ENDS), len(tokens)]:
        sentence = lower[begins:ends]
        is_there = set(sentence).issuperset
        is_a_question = tokens[ends : ends + 1] == ["?"]
        told = [
            (at, -len(phrase), moment.id)
            for moment in moments
            if moment.is_told
            for phrase in map(_phrase, moment.in_language(language).heard)
            if is_there(phrase)
            for at in _places(phrase, sentence, language, is_a_question=is_a_question, is_off=is_off)
        ]
        if told:
            place, _length, moment_id = min(told)
            return Heard(moment_id, naming.name_before(tokens[:begins], tokens[begins:ends], place))
        begins = ends + 1
    return None


def _cancelled(text: str, language: Language, moments: Sequence[Moment]) -> Heard | None:
    """Told of the thing by its name: “de verhuizing van mevrouw Jansen gaat niet door”."""
    tokens = spoken.tokens(text)
    words = spoken.lower(tokens)
    is_our_own = spoken.OUR.intersection(words) and not spoken.CUSTOMER.intersection(words)
    if is_our_own or (spoken.MIGHT | spoken.NOT_YET | spoken.NOT_CUSTOMERS | {"?"}).intersection(words):
        return None
    for clause in _clauses(tokens):
        off = _CANCELLED.search(clause)
        if off is None or _WE_DID.search(clause) or spoken.NOT.intersection(clause[: off.start()].split()):
            continue
        for moment in moments:
            wording = moment.in_language(language)
            if moment.is_told and any(_is_it(name, clause[: off.start()]) for name in (wording.name, *wording.nouns)):
                return Heard(moment.id, (naming.name_in(text) or "").removesuffix("'s") or None)
    return None


def _is_it(name: str, said: str) -> bool:
    """Not what is for it, nor a part of it: an order for the wedding, a wedding cake."""
    found = re.search(rf"\b(?:{_FOR} (?:[\w']+ ){{0,2}}?)?({re.escape(name.lower())})(?= {_OF}\b| ?$)", said)
    return found is not None and found[0] == found[1]


_FOR = "(?:for|about|before|after|voor|vanwege|na|over)"
_OF = "(?:of|van|in|on|op|next|this|volgende|deze)"


def _in_one_form(text: str, language: Language) -> str:
    """What is denied of several people, or in another way, as it is of one: “they aren't” as “they is not”."""
    plain = text.replace("’", "'")
    for way, one_form in _WAYS[language]:
        plain = way.sub(one_form, plain)
    return plain


def _clauses(tokens: Sequence[str]) -> Iterator[str]:
    """In small letters. “The wedding of Mr and Mrs Pugh” is one: between two names nothing else begins."""
    clause: list[str] = []
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        is_between_names = token.lower() in {"en", "and"} and all(map(_begins_a_name, (before, after)))
        if token in spoken.ENDS or (token.lower() in spoken.BREAKS and not is_between_names):
            yield " ".join(clause)
            clause = []
        else:
            clause.append(token.lower())
    yield " ".join(clause)


def _begins_a_name(word: str) -> bool:
    return word[:1].isupper() or word in spoken.TITLES


# --- ways to deny ---

_CANCELLED = re.compile(
    r"\b(?:(?:gaat|ging) (?:toch )?niet (?:meer )?door|niet (?:meer )?doorgaat"
    r"|is (?:toch )?(?:afgezegd|afgeblazen|afgelast|geannuleerd|van de baan)"
    r"|is off(?: now| after all)?$|(?:is|was|has been) (?:called off|cancelled|canceled)"
    r"|is not (?:happening|going ahead|taking place))\b"
)
_WE_DID = re.compile(
    r"\b(?:(?:ik|we|wij) (?:heb|hebben|had|hadden)|(?:heb|hebben|had|hadden) (?:ik|we|wij)"
    r"|(?:i|we)(?:'ve|'d| have| had)? (?:called|cancelled|canceled))\b"
)
_NOT_TRUE = ("niet waar", "klopt niet", "klopte niet", "not true", "afgeblazen", "called off")
_IS_NOT = r"(?:(?:is|are|was|were)(?: not|n't)(?: going to| about to)?|won't|will not|(?:ha[sd] |have )?decided not to)"

_WHO = rf"(?P<title>\b(?:{'|'.join(sorted(spoken.TITLES))})\.? )?\b(?P<who>[\w'-]+)"
_ENDS_THERE = r"(?=\s*$|[,.;!]| (?:of|in|on|and|but|because|so|after|today|yesterday|last|next)\b)"
_OFF = "(?:afgezegd|afgeblazen|afgelast|geannuleerd)"


def _of_somebody(found: re.Match[str]) -> str:
    """That she isn't moving may be said of a queue or a parcel too."""
    title, who = found["title"], found["who"]
    is_somebody = title or who.lower() in {"he", "she", "they"} or (who[0].isupper() and not who.endswith("'s"))
    return f"{title or ''}{who} is not moving house" if is_somebody else found[0]


def _ways(*ways: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[_Way, ...]:
    return tuple((re.compile(way, re.IGNORECASE), one_form) for way, one_form in ways)


_WAYS: Mapping[Language, tuple[_Way, ...]] = {
    Language.EN: _ways(
        (r"(?<=\w)'s not\b", " is not"),
        (rf"\b{_IS_NOT} (?:be )?mov(?:e|ing) (?=house|home|away)", "is not moving "),
        (rf"{_WHO} {_IS_NOT} (?:be )?mov(?:e|ing)(?= (?:(?:to|in|this|next) [\w' ]+? )?after all\b)", _of_somebody),
        (rf"{_WHO} are(?: not|n't) moving(?= any ?more\b)", _of_somebody),
        (rf"{_WHO} (?:won't|will not) be moving(?=[.,;!]| ?$| to )", _of_somebody),
        (rf"\b{_IS_NOT} retire\b", "is not retiring"),
        (rf"\b{_IS_NOT} (?:marry|get married)\b", "is not getting married"),
        (r"\b(?:didn't|did not) get (?:the|a|that)(?: new)? job\b", "is not getting a new job"),
        (r"\b(?:doesn't|does not|don't|do not) have(?= a new\b)", "has not"),
        (r"\b(?:are|were)(?: not|n't)\b", "is not"),
        (r"\bhave(?: not|n't)\b", "has not"),
        (r"\b(called off|cancell?ed) (?:the|her|his|their) (\w+)" + _ENDS_THERE, r"\1 the \2 is called off"),
        (r"\bcalled (?:the|her|his|their) (\w+) off\b", r"called the \1 is called off"),
    ),
    Language.NL: _ways(
        (r"\bgaan\b", "gaat"),
        (r"\bhebben (?=toch)", "heeft "),
        (r"\bkrijgen\b", "krijgt"),
        (r"(?<=toch )geen\b", "niet een"),
        (r"\bverhuizen(?= (?:\w+ )?niet\b)", "verhuist"),
        (r"\btrouwen(?= (?:\w+ )?niet\b)", "trouwt"),
        (rf"\b(?:de|het|haar|zijn|hun) (\w+) (?:toch |weer )?{_OFF}\b", r"de \1 is afgezegd"),
        (r"\b(?:blaast|blazen|zegt|zeggen|last|lassen) (?:de|het|haar|zijn|hun) (\w+) af\b", r"de \1 is afgezegd"),
    ),
}


@lru_cache(maxsize=4096)
def _phrase(told: str) -> tuple[str, ...]:
    return tuple(spoken.lower(spoken.tokens(told)))


# --- is it told ---


def _places(
    phrase: tuple[str, ...], sentence: Sequence[str], language: Language, *, is_a_question: bool, is_off: bool
) -> Iterator[int]:
    """Where the words about it begin, for each time that it is really told, or else that it is told not to be so."""
    for begins, ends in _found(phrase, sentence, language):
        clause = _clause_before(sentence, begins)
        is_asked = is_a_question and phrase[0] in spoken.VERBS and sentence[:begins] in ([], ["of"])
        after = _until_a_break(sentence[ends : ends + 3])
        is_only_later = is_off and not spoken.NOT_YET.isdisjoint(sentence)
        is_not_so = bool(spoken.NOT.intersection([*clause[-2:], *sentence[begins:ends], *after])) or any(
            f" {words} " in f" {' '.join(sentence)} " for words in _NOT_TRUE
        )
        if not (
            is_asked
            or is_only_later
            or is_not_so is not is_off
            or spoken.MIGHT.intersection([*clause, *sentence[begins:ends]])
            or _is_about_somebody_else([*clause, *_between(phrase, sentence[begins:ends])])
        ):
            yield ends if phrase[0] in spoken.VERBS else begins


def _found(phrase: tuple[str, ...], sentence: Sequence[str], language: Language) -> Iterator[tuple[int, int]]:
    """From where to where: word for word, with something between, or with the verb at the end, as in Dutch."""
    verb, *rest = phrase
    n = len(rest)
    for at, word in enumerate(sentence):
        if word == verb:
            most = MOST_BETWEEN if rest and verb in spoken.VERBS else 0
            for start in range(at + 1, at + 2 + most):
                if list(sentence[start : start + n]) == rest:
                    yield at, start + n
                    break
                if start < len(sentence) and sentence[start] in spoken.BREAKS:
                    break
        verb_may_be_last = bool(rest) and verb in spoken.VERBS and language is Language.NL
        if verb_may_be_last and list(sentence[at : at + n + 1]) == [*rest, verb]:
            yield at, at + n + 1


def _between(phrase: tuple[str, ...], found: Sequence[str]) -> Sequence[str]:
    """The words that stand between a verb and the rest: they may say who it is about."""
    return found[1 : len(found) - len(phrase) + 1] if found[0] == phrase[0] else []


def _clause_before(sentence: Sequence[str], begins: int) -> list[str]:
    clause: list[str] = []
    for word in reversed(sentence[:begins]):
        if word in spoken.BREAKS:
            break
        clause.insert(0, word)
    return clause


def _until_a_break(words: Sequence[str]) -> list[str]:
    return list(words[: next((n for n, word in enumerate(words) if word in spoken.BREAKS), len(words))])


def _is_about_somebody_else(words: Sequence[str]) -> bool:
    """The colleague, somebody of theirs or of the customer's, or nobody in particular. `words`: who it is about."""
    who = [word for word in words if word not in spoken.IN_PASSING | spoken.NOT | {"longer", "meer"}]
    if not who:
        return False
    nearest = who[-2] if who[-1] in {"die", "who", "that"} and len(who) > 1 else who[-1]
    if nearest in spoken.OWN or nearest in spoken.IN_GENERAL:
        return True
    last = who[-5:]
    if spoken.NOT_CUSTOMERS.intersection(last):
        return True
    if any(one in spoken.THEIR and other in spoken.PARTNERS for one, other in pairwise(last)):
        return True
    return bool(spoken.OUR.intersection(last)) and not spoken.CUSTOMER.intersection(last)
