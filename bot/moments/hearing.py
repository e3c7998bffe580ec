"""What a colleague tells in passing: “mevrouw Jansen gaat verhuizen” is a moment of hers, worth noting.

It looks for how moments are told (`heard`, in their file), with a few words in between where a verb allows it. Rather
too little is heard than too much: not what does not happen, what happens to the colleague or to a relative, what only
might happen, nor a question about customers in general. Somebody looks at it before anything is noted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.kit.i18n import Language
from bot.kit.language import SMALL_WORDS
from bot.moments.moment import Moment

LONGEST = 2_000
"""Characters in which a moment is looked for."""

MOST_BETWEEN = 6
"""Words between a verb and the rest: “gaat volgende maand naar Utrecht verhuizen”."""

MOST_OF_A_NAME, LONGEST_NAME = 6, 80
"""Words, and characters."""


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
    return _first(text, language, moments, is_off=True) or _cancelled(text, language, moments)


def name_in(text: str) -> str | None:
    """The last that is like a customer's name."""
    words = _tokens(text[:LONGEST])
    name = _titled(words) or _capitalised(words)
    return name[:LONGEST_NAME] if name else None


def titled_name_in(text: str) -> str | None:
    """The last that can be nothing but somebody's name: it follows “mevrouw” or “Mr”."""
    name = _titled(_tokens(text[:LONGEST]))
    return name[:LONGEST_NAME] if name else None


def _first(text: str, language: Language, moments: Sequence[Moment], *, is_off: bool) -> Heard | None:
    tokens = _tokens(text[:LONGEST])
    lower = _lower(tokens)
    begins = 0
    for ends in [*(n for n, token in enumerate(tokens) if token in _ENDS), len(tokens)]:
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
            return Heard(moment_id, _name_before(tokens[:begins], tokens[begins:ends], place))
        begins = ends + 1
    return None


def _cancelled(text: str, language: Language, moments: Sequence[Moment]) -> Heard | None:
    """Told of the thing by its name: “de verhuizing van mevrouw Jansen gaat niet door”."""
    words = _lower(_tokens(text[:LONGEST]))
    said = " ".join(words)
    is_our_own = _OUR.intersection(words) and not _CUSTOMER.intersection(words)
    is_unsure = (_MIGHT | _NOT_CUSTOMERS | {"?"}).intersection(words)
    if is_our_own or is_unsure or not any(re.search(rf"\b{off}\b", said) for off in _CANCELLED):
        return None
    names = {moment.id: moment.in_language(language).name.lower() for moment in moments if moment.is_told}
    about = next((moment_id for moment_id, name in names.items() if re.search(rf"\b{re.escape(name)}\b", said)), None)
    return Heard(about, (name_in(text) or "").removesuffix("'s") or None) if about else None


def _words_of(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# --- words that decide ---

_ENDS = {".", "!", "?", ";", "\n"}
_VERBS = _words_of("is was zijn gaat gaan heeft krijgt begint wisselt viert haalt are has had stapt")
"""Finite verbs that let other words stand between them and what they say."""

_NOT = _words_of(
    "niet geen nooit niks nooit niemand zonder not never no nobody without doesn't didn't won't can't cannot"
)
_CANCELLED = (
    *("gaat (?:toch )?niet door", "is (?:toch )?(?:afgezegd|afgeblazen)", "gaat niet meer door"),
    *("is off", "(?:is|was|has been) (?:called off|cancelled|canceled)", "is not happening"),
)
_NOT_TRUE = ("niet waar", "klopt niet", "klopte niet", "not true", "afgeblazen", "called off")
_BREAKS = _words_of(", : ( ) en and maar but dus so want because omdat dat that terwijl while toen")
"""Where something else begins."""

_MIGHT = _words_of(
    "als if indien wanneer when whenever stel suppose mocht whether misschien maybe perhaps zou would might could"
    " denkt thinks hoopt hopes wil wants droomt"
)
_OWN = _words_of("ik i we wij i'm i've i'd we're we've ikzelf mezelf myself")
_OUR = _words_of("mijn m'n my onze ons our")
_THEIR = _OUR | _words_of("haar zijn hun z'n d'r her his their jouw je your")
_CUSTOMER = _words_of(
    "klant klante vaste cliënt cliënte client gast patiënt patient bewoner bewoonster huurder relatie afnemer bezoeker"
    " bezoekster customer customer's regular guest tenant resident visitor"
)
_NOT_CUSTOMERS = _words_of(
    """
    collega collega's leidinggevende baas chef teamleider stagiair stagiaire manager winkel kantoor filiaal afdeling
    team magazijn dochter dochters zoon zoons kleindochter kleinzoon kleinkind kind kinderen moeder vader ouders zus
    zusje broer broertje oma opa tante oom nicht neef buurman buurvrouw buren schoonmoeder schoonvader
    colleague colleague's coworker co-worker boss supervisor intern shop store office branch department warehouse
    daughter daughters son sons granddaughter grandson grandchild child children mother father mum mom dad parents
    sister brother grandmother grandfather grandma grandpa aunt uncle niece nephew cousin neighbour neighbor neighbours
    dochter's zoon's daughter's son's mother's father's sister's brother's
    """
)
_PARTNERS = _words_of(
    "man vrouw partner vriend vriendin verloofde husband wife boyfriend girlfriend friend fiancé fiancée"
)
_IN_GENERAL = _words_of(
    "klanten mensen gasten cliënten patiënten iedereen niemand iemand wie customers people guests clients patients"
    " everyone everybody anyone anybody someone somebody who"
)
_IN_PASSING = _words_of(
    """
    ook nu net pas toch al alweer weer bijna binnenkort morgen vandaag gisteren echt eindelijk juist gewoon dan daar er
    hier also just now already again soon tomorrow today yesterday really finally recently there here then actually
    """
)
"""May stand between who it is about and what is told of them."""

_TITLES = _words_of(
    "mevrouw mevr mw mej meneer dhr hr heer familie fam mr mrs ms miss mx dr drs prof sir madam mister missus"
)
_PARTICLES = _words_of("van de der den het 't ten ter te von vom zu la le el al bin ben di da del o' mac mc st in op")
_NO_NAMES = (
    frozenset[str]().union(*SMALL_WORDS.values(), ["ze", "zij", "hij", "he", "she", "they"])
    | _CUSTOMER
    | _TITLES
    | _IN_GENERAL
    | _MIGHT
    | _IN_PASSING
    | _OWN
)
_NO_NAMES_ALONE = _words_of(
    """
    zegt vertelt vertelde zei belt belde appt mailt mailde schrijft schreef hoort gehoord net
    volgende volgend deze aanstaande komende straks zaterdag zondag maandag dinsdag woensdag donderdag vrijdag
    januari februari maart april mei juni juli augustus september oktober november december
    says said told tells calls called emailed writes wrote mentioned heard next this coming last
    saturday sunday monday tuesday wednesday thursday friday january february march may june july august october
    good goed nieuws news hoi hallo hello hey hi leuk nice gezellig oudere jonge old young dame heren lady gentleman
    """
)
"""With a title before them they may be: Mrs May."""
_OF_A_PLACE = _words_of("uit in naar bij op te from to at in near on")
_ARTICLES = _words_of("de het een the a an deze dit this that die")


# --- a text as words ---

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|'t\b|[.,;:!?()\n]")


def _tokens(text: str) -> list[str]:
    """Words and marks, “isn't” as two words. The dot of “mevr.” and of an initial ends no sentence."""
    tokens: list[str] = []
    for token in _TOKEN.findall(_NOT_TO_BE.sub("is not", _SHORT_NOT.sub(r"\1 not", text.replace("’", "'")))):
        if token == "." and tokens and (tokens[-1].lower() in _TITLES or len(tokens[-1]) == 1):  # noqa: S105 — a mark
            continue
        tokens.append(token)
    return tokens


_SHORT_NOT = re.compile(r"\b(is|was|are|has|had)n't\b", re.IGNORECASE)

_NOT_TO_BE = re.compile(r"\b(?:won't|will not) be\b", re.IGNORECASE)


def _lower(tokens: Sequence[str]) -> list[str]:
    return [token.lower() for token in tokens]


@lru_cache(maxsize=4096)
def _phrase(told: str) -> tuple[str, ...]:
    return tuple(_lower(_tokens(told)))


# --- is it told ---


def _places(
    phrase: tuple[str, ...], sentence: Sequence[str], language: Language, *, is_a_question: bool, is_off: bool
) -> Iterator[int]:
    """Where the words about it begin, for each time that it is really told, or else that it is told not to be so."""
    for begins, ends in _found(phrase, sentence, language):
        clause = _clause_before(sentence, begins)
        is_asked = is_a_question and phrase[0] in _VERBS and sentence[:begins] in ([], ["of"])
        after = _until_a_break(sentence[ends : ends + 3])
        is_not_so = bool(_NOT.intersection([*clause[-2:], *sentence[begins:ends], *after])) or any(
            f" {words} " in f" {' '.join(sentence)} " for words in _NOT_TRUE
        )
        if not (
            is_asked
            or is_not_so is not is_off
            or _MIGHT.intersection([*clause, *sentence[begins:ends]])
            or _is_about_somebody_else([*clause, *_between(phrase, sentence[begins:ends])])
        ):
            yield ends if phrase[0] in _VERBS else begins


def _found(phrase: tuple[str, ...], sentence: Sequence[str], language: Language) -> Iterator[tuple[int, int]]:
    """From where to where: word for word, with something between, or with the verb at the end, as in Dutch."""
    verb, *rest = phrase
    n = len(rest)
    for at, word in enumerate(sentence):
        if word == verb:
            most = MOST_BETWEEN if rest and verb in _VERBS else 0
            for start in range(at + 1, at + 2 + most):
                if list(sentence[start : start + n]) == rest:
                    yield at, start + n
                    break
                if start < len(sentence) and sentence[start] in _BREAKS:
                    break
        verb_may_be_last = bool(rest) and verb in _VERBS and language is Language.NL
        if verb_may_be_last and list(sentence[at : at + n + 1]) == [*rest, verb]:
            yield at, at + n + 1


def _between(phrase: tuple[str, ...], found: Sequence[str]) -> Sequence[str]:
    """The words that stand between a verb and the rest: they may say who it is about."""
    return found[1 : len(found) - len(phrase) + 1] if found[0] == phrase[0] else []


def _clause_before(sentence: Sequence[str], begins: int) -> list[str]:
    clause: list[str] = []
    for word in reversed(sentence[:begins]):
        if word in _BREAKS:
            break
        clause.insert(0, word)
    return clause


def _until_a_break(words: Sequence[str]) -> list[str]:
    return list(words[: next((n for n, word in enumerate(words) if word in _BREAKS), len(words))])


def _is_about_somebody_else(words: Sequence[str]) -> bool:
    """The colleague, somebody of theirs or of the customer's, or nobody in particular. `words`: who it is about."""
    who = [word for word in words if word not in _IN_PASSING]
    if not who:
        return False
    nearest = who[-2] if who[-1] in {"die", "who", "that"} and len(who) > 1 else who[-1]
    if nearest in _OWN or nearest in _IN_GENERAL:
        return True
    last = who[-5:]
    if _NOT_CUSTOMERS.intersection(last):
        return True
    if any(one in _THEIR and other in _PARTNERS for one, other in pairwise(last)):
        return True
    return bool(_OUR.intersection(last)) and not _CUSTOMER.intersection(last)


# --- who it is about ---


def _name_before(earlier: Sequence[str], sentence: Sequence[str], place: int) -> str | None:
    """The last name before what is told; one with a title also from the sentences before it."""
    words = sentence[:place]
    name = _titled(words) or _capitalised(words) or _titled(earlier)
    return name[:LONGEST_NAME] if name else None


def _titled(words: Sequence[str]) -> str | None:
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower() in _TITLES:
            run = _run(words[at + 1 :])
            if run:
                begins = at - 1 if words[at].lower() == "heer" and words[at - 1 : at] == ["de"] else at
                return " ".join([*words[begins : at + 1], *run])
            if words[at].lower() not in {"heer"}:
                return None
    family = re.search(r"\b[Tt]he ([A-Z][\w'-]+) family\b", " ".join(words))
    return family[1] if family else None


def _capitalised(words: Sequence[str]) -> str | None:
    """The last run of words with a capital, unless it is a place or a thing."""
    for at in range(len(words) - 1, -1, -1):
        if not _is_capitalised(words[at]):
            continue
        begins = at
        while begins and (_is_capitalised(words[begins - 1]) or words[begins - 1].lower() in _PARTICLES - _OF_A_PLACE):
            begins -= 1
        while words[begins].lower() in _PARTICLES and not words[begins][0].isupper():
            begins += 1
        before = words[begins - 1].lower() if begins else ""
        if before not in _OF_A_PLACE | _ARTICLES | _words_of("van of"):
            return " ".join(words[begins : at + 1][-MOST_OF_A_NAME:])
    return None


def _run(words: Sequence[str]) -> list[str]:
    """The words of a name, of which the first may have been typed without capitals after a title."""
    run: list[str] = []
    for n, word in enumerate(words[:MOST_OF_A_NAME]):
        goes_on = word.lower() in _PARTICLES and any(map(_may_be_a_name, words[n + 1 : n + 4]))
        is_first = not any(map(_may_be_a_name, run))
        if not (goes_on or (_may_be_a_name(word) and (word[0].isupper() or is_first))):
            break
        run.append(word)
    while run and not _may_be_a_name(run[-1]):
        run.pop()
    return run


def _may_be_a_name(word: str) -> bool:
    """After a title. An initial is one, also that which is a word by itself."""
    is_a_word = word.lower() in _NO_NAMES | _VERBS | _BREAKS | _PARTICLES and not (len(word) == 1 and word.isupper())
    is_said_small = word.islower() and word in _NO_NAMES_ALONE
    return word[0].isalpha() and not is_a_word and not is_said_small


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _NO_NAMES | _NO_NAMES_ALONE | _PARTICLES | _VERBS | _BREAKS
