"""The signs by which screening recognises what may not be kept, in both languages, and what to write instead."""

from functools import lru_cache

from bot.customers import health_words
from bot.customers.signs import INSTITUTIONS, MY, Kind, Sign, alternatives
from bot.kit.i18n import N_


@lru_cache(maxsize=20_000)  # cards share most of their words
def signs_of(word: str) -> tuple[Sign, ...]:
    """The signs that a word in small letters may be part of."""
    return tuple(one for one in _SIGNS if one.may_be(word))


_CARD = N_("rather has a card at New Year than at Christmas")
_NEWS = N_("follows the news, and likes to talk about it")
_LANGUAGE = N_("likes to be spoken to in English")

_RELIGION = [
    Sign(
        Kind.RELIGION,
        _CARD,
        r"""
        moslim(?:a|s|man|vrouw)?|muslims?|islamitisch\w*|islamic|joods|joodse|jewish|katholieke?|catholics?|rooms-katholiek\w*
        protestants?|protestantse|gereformeerde?|hervormde?|evangelische?|christelijke?|hindoe|hindoes|hindoeïstisch\w*|hindus?
        boeddhist\w*|buddhists?|sikhs?|jehova['’]?s?|jehovah['’]?s?|mormoon|mormons?|atheïst\w*|atheists?|gelovige?
        religieus|religieuze|religious|ramadan|hoofddoek\w*|headscarf|hijab|keppeltje|communie|communion
        """,
        unless_before="niet van het|not",
        unless_after=INSTITUTIONS + r"|about|over (?:haar|zijn) \w+|lyceum",
    ),
    Sign(
        Kind.RELIGION,
        _CARD,
        "christian|christen",
        before="(?<!contact )(?<!name )(?<!naam )is(?: an?| een)?|are|devout|practi[sc]ing|overtuigd|streng",
        unless_after=INSTITUTIONS + r"|(?-i:[A-Z])\w+|dior",
    ),
    Sign(
        Kind.RELIGION,
        _CARD,
        "kerk|moskee|mosque|church|synagoge|synagogue",
        before=rf"""
        (?:gaat|ging|goes|went|go)(?: \w+)?(?: \w+)?(?: \w+)? (?:naar|to)(?: {MY})?(?: \w+)?
        (?:lid|member|ouderling|diaken|deacon) (?:van|of|in)(?: {MY})?(?: \w+)?
        """,
        unless_after="kijken|bezichtigen|concert|fair|market",
    ),
    Sign(Kind.RELIGION, _CARD, "bidt|prays", after="vijf|elke|iedere|dagelijks|five|every|daily|often|op"),
]

_PARTIES = r"""
    pvv|vvd|cda|pvda|groenlinks\S*|bbb|fvd|forum voor democratie|sgp|christenunie|d66|sp|denk|nsc|partij voor de \w+
    wilders|labour|conservatives?|tory|tories|lib dems?|liberal\w*|greens?|reform|ukip|snp|democrats?|republicans?|trump
    biden|farage|links|rechts|left|right
"""
_POLITICS = [
    Sign(
        Kind.POLITICS,
        _NEWS,
        "stemt|stemde|stemmen|votes|voted|vote",
        after=rf"(?:altijd |al jaren |always |op |voor |for |de |het |the )*(?:{alternatives(_PARTIES)})",
        unless_after="(?:links|rechts|left|right)(?:om| to)",
    ),
    Sign(
        Kind.POLITICS,
        _NEWS,
        r"(?:pvv|vvd|cda|pvda|groenlinks|bbb|fvd|sgp|sp|d66|nsc|labour|trump)[-'’]?(?:er|stemmer|lid|aanhanger|kiezer|voter)",
    ),
    Sign(
        Kind.POLITICS,
        _NEWS,
        "pvv|vvd|cda|pvda|groenlinks|bbb|fvd|sgp|christenunie|d66|sp|labour|ukip|snp|trump|vakbond|fnv|cnv|union",
        before=rf"(?:lid|aanhanger|member|supports?|supporter|actief|active)(?: van| bij| of)?(?: {MY})?(?: trade)?",
    ),
    Sign(Kind.POLITICS, _NEWS, "trump|labour|tory|ukip|wilders", after="supporter|voter|aanhanger|member|fan"),
    Sign(Kind.POLITICS, _NEWS, "politiek|politically", after="links|rechts|actief|left|right|active|conservative"),
    Sign(
        Kind.POLITICS,
        _NEWS,
        r"left-wing|right-wing|extreemrechts\w*|extreemlinks\w*|socialiste?|socialists?|communiste?|communists?|fasciste?"
        r"|brexiteer|pro-brexit|anti-brexit|vakbonds(?:lid|man|vrouw)|pro-trump|anti-trump",
    ),
]

_ADJECTIVES = r"""
    turkse?|marokkaanse?|surinaamse?|antilliaanse?|chinese?|chinees|afrikaanse?|somalische?|syrische?|poolse?|roemeense?
    bulgaarse?|arabische?|koerdische?|molukse?|iraanse?|iraakse?|afghaanse?|ghanese|ghanees|nigeriaanse?|indiase?|indische?
    pakistaanse?|aziatische?|hindoestaanse?|creoolse?|buitenlandse?|turkish|moroccan|surinamese|african|indian|pakistani|polish
    romanian|bulgarian|arab|arabic|kurdish|somali|syrian|nigerian|ghanaian|caribbean|jamaican|iranian|iraqi|afghan|asian
    hispanic|latino|latina|foreign
"""
_ORIGIN = "afkomst|komaf|origine|achtergrond|origin|descent|background|heritage|roots|bloed"
_ETHNICITY = [
    Sign(Kind.ETHNICITY, _LANGUAGE, _ADJECTIVES, after=_ORIGIN),
    Sign(
        Kind.ETHNICITY,
        _LANGUAGE,
        _ADJECTIVES + "|turk|marokkaan|surinamer|antilliaan|afrikaan|somaliër|syriër|pakistaan",
        before="(?:is|zijn|are|was|were)(?: van| half| een| an?| both| allebei| oorspronkelijk| originally)?",
        after=r"\W*$|(?:\s*[.,;!?)])|en|and|maar|but|man|vrouw|woman|mevrouw|familie|family|gezin",
        unless_before=r"""
        (?:keuken|eten|food|cuisine|restaurant|dish|gerecht|taal|language|moedertaal|thee|tea|koffie|coffee|kleed|rug|auto|car
        favou?rite|favoriet) (?:is|zijn|are|was|were)
        """,
    ),
    Sign(
        Kind.ETHNICITY,
        _LANGUAGE,
        r"neger|negerin|zigeuners?|allochto\w+|buitenlanders?|halfbloed|huidskleur|ethnicity|gypsy",
    ),
    Sign(
        Kind.ETHNICITY,
        _LANGUAGE,
        "huid|skin",
        before="donkere|dark|brown|getinte",
        unless_after=r"\w*cr[eè]me?|care|products?",
    ),
    Sign(
        Kind.ETHNICITY,
        _LANGUAGE,
        "black|zwarte|blanke|donkere|getinte",
        after="man|woman|lady|guy|vrouw|mevrouw|meneer",
    ),
    Sign(
        Kind.ETHNICITY,
        _LANGUAGE,
        r"""
        marokko|turkije|suriname|curaçao|ghana|somalië|syrië|eritrea|afghanistan|irak|iran|china|polen|roemenië|bulgarije
        morocco|turkey|somalia|syria|iraq|poland|romania|bulgaria|nigeria|india|pakistan|jamaica
        """,
        before=r"""
        (?:komt|kwam|komen|gevlucht|vluchtte|afkomstig)(?: oorspronkelijk| van oorsprong)? uit
        (?:geboren|born|roots|wortels) in|(?:comes?|came|is|are|fled)(?: originally)? from
        """,
        unless_after="terug|back",
    ),
    Sign(
        Kind.ETHNICITY,
        _LANGUAGE,
        r"vluchteling(?:e|en)?|refugees?|asielzoekers?|statushouders?",
        unless_before="met|voor|with|for|aan|helpt|helps|werkt bij",
        unless_after="werk|work",
    ),
]

_ORIENTATION = [
    Sign(
        Kind.ORIENTATION,
        N_("lives with a partner"),
        r"homo|homoseksuee?le?|homosexual|lesbische?|lesbian|gay|biseksuee?l|bisexual|transgender|transseksueel|trans",
        unless_before="vice|homo",
        unless_after="sapiens|pride|universalis|bar|ludens|atlantic",
    ),
]

_SIGNS = (*health_words.SIGNS, *_RELIGION, *_POLITICS, *_ETHNICITY, *_ORIENTATION)
