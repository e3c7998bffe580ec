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
_WEEKDAY = N_("is best reached on a weekday")
_NO_PORK = N_("eats no pork")
_NEWS = N_("follows the news, and likes to talk about it")
_LANGUAGE = N_("likes to be spoken to in English")

_RELIGION = [
    Sign(
        Kind.RELIGION,
        _CARD,
        r"""
        moslim(?:a|s|man|vrouw)?|muslims?|islamitisch\w*|islamic|joods|joodse|jewish|hindoe|hindoes|hindoeïstisch\w*|hindus?
        boeddhist\w*|buddhists?|sikhs?|jehova['’]?s?|jehovah['’]?s?|atheïst\w*|atheists?
        ramadan|hoofddoek\w*|headscarf|hijab|keppeltje|suikerfeest|offerfeest|eid|divali|diwali|chanoeka|hanukkah|sjabbat
        sabbat
        """,
        unless_before="niet van het|not",
        unless_after=INSTITUTIONS
        + r"|about|over (?:haar|zijn) \w+|lyceum|actie|folder|etalage|assortiment|sale|display",
    ),
    Sign(
        Kind.RELIGION,
        _WEEKDAY,
        r"""
        katholieke?|catholics?|rooms-katholiek\w*|protestants?|protestantse|gereformeerde?|hervormde?|evangelische?
        christelijke?|mormoon|mormons?|gelovige?|religieus|religieuze|religious|communie|communion|kerkkoor|kerkganger
        churchgoer
        """,
        unless_before="niet van het|not",
        unless_after=INSTITUTIONS
        + r"|about|over (?:haar|zijn) \w+|lyceum|van het eerste uur|(?-i:[A-Z])[\w'’-]*fan|fan|supporter",
    ),
    Sign(
        Kind.RELIGION,
        _WEEKDAY,
        "geloof|religie|godsdienst|faith|religion|beliefs",
        before=r"""
        (?:vanwege|door|om|uit|volgens|because of|due to|for)(?: (?:haar|zijn|hun|her|his|their|het|de))?(?: religious)?
        (?:van) (?:haar|zijn|hun|het|de)
        """,
        unless_after="in|aan|schwalbe",
    ),
    Sign(
        Kind.RELIGION,
        _WEEKDAY,
        "geloof|religie|godsdienst|faith|religion",
        before="haar|zijn|hun|her|his|their",
        after="is|means|speelt|betekent|plays",
    ),
    Sign(
        Kind.RELIGION,
        _NO_PORK,
        "halal|koosjer|kosher",
        before=r"(?:eet|eten|ate|eats|eat|keeps|alleen|only|leeft|strikt|strictly|houdt het)(?: \w+)?",
        unless_after=r"kip\w*|chicken|sn\w+|worst\w*|slager\w*",
    ),
    Sign(
        Kind.RELIGION,
        _WEEKDAY,
        "christian|christen",
        before="(?<!contact )(?<!name )(?<!naam )is(?: an?| een)?|are|devout|practi[sc]ing|overtuigd|streng",
        unless_after=INSTITUTIONS + r"|(?-i:[A-Z])\w+|dior",
    ),
    Sign(
        Kind.RELIGION,
        _WEEKDAY,
        "kerk|moskee|mosque|church|synagoge|synagogue|temple",
        before=rf"""
        (?:zondags?|vrijdags?|sundays?|fridays?)(?: \w+)? (?:in|naar|at|to)(?: {MY})?
        (?:gaat|ging|goes|went|go)(?: \w+)?(?: \w+)?(?: \w+)? (?:naar|to)(?: {MY})?(?: \w+)?
        (?:lid|member|ouderling|diaken|deacon) (?:van|of|in)(?: {MY})?(?: \w+)?
        """,
        unless_after="kijken|bezichtigen|concert|fair|market",
    ),
    Sign(Kind.RELIGION, _WEEKDAY, "bidt|prays", after="vijf|elke|iedere|dagelijks|five|every|daily|often|op"),
]

_PARTIES = r"""
    pvv|vvd|cda|pvda|groenlinks\S*|groen|volt|bij1|bbb
    fvd|forum voor democratie|sgp|christenunie|d66|sp|denk|nsc|partij voor de \w+
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
        r"(?:pvv|vvd|cda|pvda|groenlinks|bbb|fvd|sgp|sp|d66|nsc|bij1|volt|labour|trump)[-'’]?(?:er|stemmer|lid|aanhanger|kiezer|voter)",
    ),
    Sign(
        Kind.POLITICS,
        _NEWS,
        "pvv|vvd|cda|pvda|groenlinks|bbb|fvd|sgp|christenunie|d66|sp|labour|ukip|snp|trump|vakbond|fnv|cnv|union",
        before=rf"(?:lid|aanhanger|member|supports?|supporter|actief|active)(?: van| bij| of)?(?: {MY})?(?: trade)?",
    ),
    Sign(Kind.POLITICS, _NEWS, "union", before="is an?(?: active)?", after="member|man|rep|woman"),
    Sign(
        Kind.POLITICS,
        _NEWS,
        r"demonstraties?|betogingen?|demonstrations?|protest marches|protests",
        before=r"(?:loopt|gaat|liep|goes|went|marches|marched)(?: \w+)?(?: mee)?(?: met| naar| in| to| on)(?: \w+)?",
        unless_after="van (?:de|het|onze|ons|een)|of (?:the|our|a)",
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
        _ADJECTIVES,
        before="heeft|met|has|with|van|of",
        after="ouders|grootouders|vader|moeder|parents|grandparents|father|mother",
    ),
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

_LIVES_WITH = r"""
(?:woont|wonen|woonde|lives?|lived|living|getrouwd|trouwt|married|verloofd|engaged)(?: \w+)?(?: met| with| to)
""".strip()

_ORIENTATION = [
    Sign(
        Kind.ORIENTATION,
        N_("lives with a partner"),
        r"""
        homo|homoseksuee?le?|homosexual|lesbische?|lesbian|gay|biseksuee?l|bisexual|transgender|transseksueel|trans|queer
        non-binair|nonbinair|non-binary|nonbinary|panseksueel|pansexual|aseksueel|asexual
        """,
        unless_before="vice|homo",
        unless_after="sapiens|pride|universalis|bar|ludens|atlantic",
    ),
    Sign(
        Kind.ORIENTATION,
        N_("lives with a partner"),
        "vriendin|vrouw|girlfriend|wife",
        before=rf"{_LIVES_WITH} (?:haar|her)",
    ),
    Sign(
        Kind.ORIENTATION,
        N_("lives with a partner"),
        "vriend|man|boyfriend|husband",
        before=rf"{_LIVES_WITH} (?:zijn|his)",
    ),
    Sign(
        Kind.ORIENTATION,
        N_("lives with a partner"),
        "wife|girlfriend",
        before="(?:she|mrs|ms|she and) has an?|she and her",
    ),
    Sign(Kind.ORIENTATION, N_("lives with a partner"), "husband|boyfriend", before="(?:he|mr) has an?|he and his"),
    Sign(
        Kind.ORIENTATION,
        N_("lives with a partner"),
        "man|vrouw|woman",
        before=r"(?:getrouwd|trouwt|trouwde|married|relatie|relationship) (?:met|to|with) (?:een|an?)",
        unless_after=r"(?:uit|van|die|from|who|with|met)",
    ),
]

_SIGNS = (*health_words.SIGNS, *_RELIGION, *_POLITICS, *_ETHNICITY, *_ORIENTATION)
