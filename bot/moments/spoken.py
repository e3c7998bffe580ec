"""What colleagues type, as words, and the words that decide what is told of whom."""

import re
from collections.abc import Sequence

from bot.kit.language import SMALL_WORDS

LONGEST = 2_000
"""Characters in which is looked for what is told."""


TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|'t\b|[.,;:!?()\n]")


def tokens(text: str) -> list[str]:
    """Words and marks, “isn't” as two words. The dot of “mevr.” and of an initial ends no sentence."""
    tokens: list[str] = []
    for token in TOKEN.findall(NOT_TO_BE.sub("is not", SHORT_NOT.sub(r"\1 not", text.replace("’", "'")))):
        if token == "." and tokens and (tokens[-1].lower() in TITLES or len(tokens[-1]) == 1):  # noqa: S105 — a mark
            continue
        tokens.append(token)
    return tokens


SHORT_NOT = re.compile(r"\b(is|was|are|has|had)n't\b", re.IGNORECASE)

NOT_TO_BE = re.compile(r"\b(?:won't|will not) be\b", re.IGNORECASE)


def lower(tokens: Sequence[str]) -> list[str]:
    return [token.lower() for token in tokens]


def words_of(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# --- words that decide ---

ENDS = {".", "!", "?", ";", "\n"}
VERBS = words_of("is was zijn gaat gaan heeft krijgt begint wisselt viert haalt are has had stapt")
"""Finite verbs that let other words stand between them and what they say."""

NOT = words_of(
    "niet geen nooit niks nooit niemand zonder not never no nobody without doesn't didn't won't can't cannot"
)
NOT_YET = words_of("nog pas tot voorlopig vooralsnog yet until till")
"""What only comes later is not off."""

BREAKS = words_of(", : ( ) en and maar but dus so want because omdat dat that terwijl while toen")
"""Where something else begins."""

MIGHT = words_of(
    "als if indien wanneer when whenever stel suppose mocht whether misschien maybe perhaps zou would might could"
    " denkt thinks hoopt hopes wil wants droomt"
)
OWN = words_of("ik i we wij i'm i've i'd we're we've ikzelf mezelf myself")
OUR = words_of("mijn m'n my onze ons our")
THEIR = OUR | words_of("haar zijn hun z'n d'r her his their jouw je your")
CUSTOMER = words_of(
    "klant klante vaste cliënt cliënte client gast patiënt patient bewoner bewoonster huurder relatie afnemer bezoeker"
    " bezoekster customer customer's regular guest tenant resident visitor"
)
NOT_CUSTOMERS = words_of(
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
PARTNERS = words_of(
    "man vrouw partner vriend vriendin verloofde husband wife boyfriend girlfriend friend fiancé fiancée"
)
IN_GENERAL = words_of(
    "klanten mensen gasten cliënten patiënten iedereen niemand iemand wie customers people guests clients patients"
    " everyone everybody anyone anybody someone somebody who"
)
IN_PASSING = words_of(
    """
    ook nu net pas toch al alweer weer bijna binnenkort morgen vandaag gisteren echt eindelijk juist gewoon dan daar er
    hier also just now already again soon tomorrow today yesterday really finally recently there here then actually
    """
)
"""May stand between who it is about and what is told of them."""

TITLES = words_of(
    "mevrouw mevr mw mej meneer dhr hr heer familie fam mr mrs ms miss mx dr drs prof sir madam mister missus"
)
PARTICLES = words_of("van de der den het 't ten ter te von vom zu la le el al bin ben di da del o' mac mc st in op")
NO_NAMES = (
    frozenset[str]().union(*SMALL_WORDS.values(), ["ze", "zij", "hij", "he", "she", "they"])
    | CUSTOMER
    | TITLES
    | IN_GENERAL
    | MIGHT
    | IN_PASSING
    | OWN
)
NO_NAMES_ALONE = words_of(
    """
    zegt vertelt vertelde zei belt belde appt mailt mailde schrijft schreef hoort gehoord net
    volgende volgend deze aanstaande komende straks zaterdag zondag maandag dinsdag woensdag donderdag vrijdag
    januari februari maart april mei juni juli augustus september oktober november december
    dear beste geachte
    says said told tells calls called emailed writes wrote mentioned heard next this coming last
    saturday sunday monday tuesday wednesday thursday friday january february march may june july august october
    good goed nieuws news hoi hallo hello hey hi leuk nice gezellig oudere jonge old young dame heren lady gentleman
    """
)
"""With a title before them they may be: Mrs May."""
NO_PERSON = words_of(
    """
    service services support desk team bank hotel street road lane avenue square park city town station airport hospital
    school university college council church club restaurant bakery pharmacy garage studio office department store shop
    market group company limited ltd llc inc plc co sons brothers partners bv nv vof holding post mail express logistics
    delivery transport north south east west upper lower great united new royal saint san los las black cyber white
    good big small old happy merry christmas easter boxing eve year day week angry upset furious broken wrong another
    straat laan weg plein gracht kade markt stad dorp winkel kantoor afdeling klantenservice ziekenhuis gemeente kerk
    makelaardij bakkerij apotheek zonen gebroeders noord zuid oost west nieuw nieuwe oud groot klein boze kapotte
    verkeerde pasen kerstmis sinterklaas koningsdag apple google microsoft amazon samsung philips
    """
)
"""Of a firm, a place, a day or a thing; or a word that only has a capital because a sentence begins with it."""
OF_A_PLACE = words_of("uit in naar bij op te from to at in near on")
ARTICLES = words_of("de het een the a an deze dit this that die")
