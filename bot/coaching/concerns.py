"""Questions that get one fixed answer, whatever else fits, recognised by their words.

Without a language model these patterns are the only guard; with one, the model looks for the same concerns and
these still come first. They are written to let an ordinary question through rather than to catch every wording.

Danger comes first of all.

Sources: rules of the trade 1 (basics first), 10 (no begging for scores), 16 (customers' data).
"""

import re
from enum import StrEnum


class Concern(StrEnum):
    DANGER = "danger"
    PRIVATE_DATA = "private_data"
    BEGGING = "begging"
    SURPRISE_BEFORE_REPAIR = "surprise_before_repair"


PLAY_FOR = {
    Concern.DANGER: "safety-first",
    Concern.PRIVATE_DATA: "what-you-may-know",
    Concern.BEGGING: "ask-for-the-story-not-the-score",
    Concern.SURPRISE_BEFORE_REPAIR: "put-right-before-surprise",
}


def concern_of(text: str) -> Concern | None:
    """The concern that a question raises; the first that applies."""
    plain = text.lower().replace("’", "'")
    for concern, patterns in _PATTERNS.items():
        if any(pattern.search(plain) for pattern in patterns):
            return None if concern is Concern.SURPRISE_BEFORE_REPAIR and _PUT_RIGHT.search(plain) else concern
    return None


def _one_of(words: str) -> str:
    """A pattern for any of these words and phrases, which stand on lines or between bars."""
    return "(?:" + "|".join(word.strip() for line in words.strip().splitlines() for word in line.split("|")) + ")"


def _any(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.DOTALL) for pattern in patterns)


_DANGER = _one_of(
    r"""
    kill (?:him|her|them|my|your)self|hurt (?:him|her|them|my)self|suicid\w*|end (?:his|her|their|my) life
    wants? to die|going to jump|a (?:knife|gun|weapon)|with a (?:knife|gun)|threaten\w* (?:me|us|to hit|to hurt|to kill)
    hit me|hits me|punched|attack(?:s|ed|ing) (?:me|us)|faint(?:s|ed|ing)?|passed out|collapsed|unconscious
    not breathing|can't breathe|heart attack|bleeding|having a seizure|missing child|lost child|child is missing
    (?:smell|smells) of gas|there is a fire|on fire
    zelfmoord|zelfdoding|van het leven beroven|(?:zich|zichzelf|haarzelf|hemzelf) iets aan ?doen|wil niet meer leven
    wil dood|mes|pistool|vuurwapen|bedreigt? (?:me|mij|ons)|bedreigd|slaat me|sloeg me|wordt gewelddadig
    flauwgevallen|valt flauw|buiten bewustzijn|bewusteloos|ademt niet|hartaanval|hartinfarct|bloedt|onwel
    kind is (?:kwijt|zoek|weg)|kind kwijt|gaslucht|er is brand
    """
)
_THEIR_DATA = _one_of(
    r"""
    home address|address|phone number|mobile number|mobile|e-?mail address|date of birth|salary|medical record
    records?|files?|account|balance|debts?|order history
    adres|huisadres|telefoonnummer|06-nummer|mobiele nummer|geboortedatum|salaris|dossier|gegevens|saldo|rekening
    schulden|bestelgeschiedenis|bestellingen
    """
)
_ANOTHER = _one_of(
    r"""
    neighbou?r|ex|ex-wife|ex-husband|ex-partner|colleague|boss|celebrity|friend|sister|brother|mother|father|wife
    husband|son|daughter|girlfriend|boyfriend|another customer|another client|another guest|another patient
    other customer|someone else|somebody else
    buurvrouw|buurman|buren|ex-man|ex-vrouw|collega|baas|bekende nederlander|vriendin|vriend|zus|broer|moeder|vader
    vrouw|man|zoon|dochter|andere klant|andere gast|andere patiënt|andere cliënt|iemand anders|een ander
    """
)
_GOOD_SCORE = _one_of(
    r"""
    an? (?:8|9|10|eight|nine|ten)\b(?! years?| year)(?!-year)|(?:five|5)[- ]?stars?|positive reviews?|good reviews?
    (?:higher|better|high|top) (?:scores?|ratings?|marks?|reviews?)
    een (?:8|9|10|acht|negen|tien)\b(?!-jarig| jaar| jarig)|(?:vijf|5) ?sterren(?:reviews?|beoordelingen)?
    positieve (?:reviews?|beoordeling(?:en)?)
    (?:hoger|hoog|hoge|beter|betere|goede|mooie) (?:cijfers?|scores?|beoordeling(?:en)?|reviews?)
    """
)
_OPEN_COMPLAINT = _one_of(
    r"""
    complain\w*|(?:open|unresolved) (?:case|issue|problem)|not (?:yet )?(?:been )?(?:solved|resolved|fixed|sorted)
    still (?:broken|unsolved|waiting|not)|(?:hasn't been|isn't|wasn't) (?:solved|resolved|fixed|sorted)
    klacht\w*|nog (?:niet|steeds niet|altijd niet) (?:opgelost|gemaakt|afgehandeld|geregeld|klaar)|loopt nog
    staat nog open|openstaande?|nog steeds (?:kapot|stuk|boos)
    """
)
_SURPRISE = _one_of(
    r"""
    surprise|gift(?! card)|a present|flowers|bouquet|voucher|treat
    verras\w*|cadeau\w*|kado\w*|bloemetje|bloemen|boeket\w*|cadeaubon|waardebon|attentie\w*|presentje
    """
)
_PUT_RIGHT = re.compile(
    r"(?<!niet )(?<!not )(?<!n't )(?<!not been )(?<!n't been )"
    r"\b(?:opgelost|afgehandeld|rechtgezet|solved|resolved|fixed|sorted|put right)\b"
)
_WANTS_TO_KNOW = _one_of(
    r"""
    look up|find out|tell (?:him|her|me|them)|give (?:him|her|me|them|out)|asks? (?:for|about|what|where)
    want\w* to know|can i see|can you see|could you|can you|may i see|know what|order history|salary
    opzoeken|uitzoeken|nakijken|vraagt (?:om|naar)|wil weten|wilt weten|mag ik (?:zien|weten|geven|zeggen)|kun je
    kan je|doorgeven|geven aan|bestelgeschiedenis|salaris
    """
)
_I_WOULD_GIVE = _one_of(
    r"""
    (?:can|could|may|shall|should|do|will) (?:i|we)|i(?:'d| would)? (?:want|like) to|i want|send|give (?:him|her|them)
    surprise (?:him|her|them)|treat (?:him|her|them)|a (?:voucher|gift|bouquet) for
    (?:mag|kan|zal|moet|wil) (?:ik|we|wij)|ik wil|ik zou|sturen|geven|meegeven|geef (?:hem|haar|ze)|verras (?:hem|haar)
    """
)
_PATTERNS = {
    Concern.DANGER: _any(rf"\b{_DANGER}\b"),
    Concern.PRIVATE_DATA: _any(
        rf"(?=.*\b{_WANTS_TO_KNOW}\b).*\b{_ANOTHER}(?:'s|s)?\b.{{0,25}}\b{_THEIR_DATA}\b",
        rf"(?=.*\b{_WANTS_TO_KNOW}\b).*\b{_THEIR_DATA}\b (?:of|from|for|belonging to|van|voor) .{{0,20}}\b{_ANOTHER}\b",
        rf"\bwhere (?:does |do )?(?:my |her |his |the |their )?{_ANOTHER}\b.{{0,20}}\blives?\b",
        rf"\bwaar woont (?:mijn |haar |zijn |de |die )?{_ANOTHER}\b",
        rf"\bwaar (?:mijn |haar |zijn |de |die )?{_ANOTHER}\b.{{0,20}}\bwoont?\b",
    ),
    Concern.BEGGING: _any(
        rf"\b(?:ask|asking|beg|begging|push|persuade|nudge|convince|remind)\b.{{0,60}}\b{_GOOD_SCORE}",
        rf"\b(?:how|want to|need to|must|have to|can|could|should|may|tips?)\b.{{0,40}}\bget\b.{{0,60}}\b{_GOOD_SCORE}",
        rf"\b(?:give|leave|write) (?:me|us)\b.{{0,20}}\b{_GOOD_SCORE}",
        r"\bget (?:my|our|the) (?:scores?|ratings?|nps)\b.{0,20}\bup\b",
        rf"\b(?:vraag|vragen|smeek|smeken|overhaal|overhalen|overtuig\w*|hinten)\b.{{0,60}}\b{_GOOD_SCORE}",
        rf"\b(?:hoe|moet\w*|mag|kan|wil\w*)\b.{{0,40}}\b(?:krijg\w*|haal|halen|scoor|scoren)\b.{{0,60}}\b{_GOOD_SCORE}",
        rf"\b(?:krijg|zorg|laat|moeten?)\b.{{0,60}}\b{_GOOD_SCORE}.{{0,30}}\b(?:geeft|geven|krijgen|scoren|halen)\b",
        rf"\b{_GOOD_SCORE}.{{0,30}}\b(?:vragen|binnenhalen|binnenslepen|achter ?laten)\b",
        r"\b(?:scores?|nps|cijfers?)\b.{0,20}\b(?:omhoog|opkrikken)\b",
    ),
    Concern.SURPRISE_BEFORE_REPAIR: _any(
        rf"(?=.*\b{_I_WOULD_GIVE}\b)(?=.*\b{_OPEN_COMPLAINT}\b).*\b{_SURPRISE}\b",
        rf"\b(?:voucher|gift|flowers|bouquet|cadeau\w*|bloemen|bloemetje) (?:for|voor)\b.*\b{_OPEN_COMPLAINT}\b",
    ),
}
