"""The words by which a draft gives itself away, in both languages: figures, days, family, promises, flattery.

All but `DATES` and `SAYS` are held against text in small letters, without accents.
"""

import re

from bot.kit.i18n import Language

NL, EN = Language.NL, Language.EN

_DUTCH_NUMBERS = """
twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12 twintig 20 dertig 30 vijftig 50
honderd 100
"""
_ENGLISH_NUMBERS = """
two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 twenty 20 thirty 30 fifty 50
hundred 100
"""


def _numbers(listed: str) -> dict[str, str]:
    words = listed.split()
    return dict(zip(words[::2], words[1::2], strict=True))


NUMBERS = _numbers(_DUTCH_NUMBERS) | _numbers(_ENGLISH_NUMBERS)

_DUTCH_CALENDAR = """
januari februari maart april mei juni juli augustus september oktober november december
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
kerst kerstmis pasen pinksteren sinterklaas ramadan suikerfeest offerfeest chanoeka divali
"""
_ENGLISH_CALENDAR = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
christmas easter whitsun ramadan eid hanukkah diwali thanksgiving
"""
CALENDAR = {NL: frozenset(_DUTCH_CALENDAR.split()), EN: frozenset(_ENGLISH_CALENDAR.split())}
"""Feasts are among them: who wishes somebody one says what they think that somebody believes."""

_DUTCH_CAPITALS = "u uw uzelf gp ok ps tv dhr mevr mw"
_ENGLISH_CAPITALS = "i i'm i'll i'd i've mr mrs ms miss mx dr gp ok ps tv"
WITH_A_CAPITAL = {NL: frozenset(_DUTCH_CAPITALS.split()), EN: frozenset(_ENGLISH_CAPITALS.split())}
"""Words that may have a capital within a sentence and name nobody."""


def _counted(numbers: str, units: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<number>{'|'.join(_numbers(numbers))}) (?:[a-z]+ )?(?:{units})\b")


COUNTED = {
    NL: _counted(
        _DUTCH_NUMBERS, "jaar|jaren|maanden|weken|dagen|keer|maal|euro|procent|klanten|kinderen|mensen|collega's"
    ),
    EN: _counted(
        _ENGLISH_NUMBERS, "years|months|weeks|days|times|euros|pounds|per ?cent|customers|children|people|colleagues"
    ),
}
"""A number that says something of the customer, or binds us; two minutes of somebody's time do neither."""


def _dates(language: Language, others: str) -> re.Pattern[str]:
    # English may and march are ordinary words until they have a capital.
    names = [name.capitalize() for name in sorted(CALENDAR[language] - {"may"})]
    if language is NL:
        names += sorted(CALENDAR[NL])
    return re.compile(rf"\b(?:{'|'.join(names)}|{others})\b")


DATES = {
    NL: _dates(NL, r"[Gg]isteren|[Ee]ergisteren|[Vv]orige (?:week|maand|zomer|winter)|[Vv]orig jaar"),
    EN: _dates(EN, r"(?<=[a-z\d] )May|[Yy]esterday|[Ll]ast (?:week|month|year|summer|winter)"),
}

SAYS = {
    NL: re.compile(r" (?:zei|zegt|vertelde|vertelt|vroeg|vraagt|schreef|noemde|belde)\b"),
    EN: re.compile(r" (?:said|says|told|tells|asked|asks|wrote|mentioned|called|rang)\b"),
}
"""Who says something is a person, also where the word stands first in its sentence."""


def _phrases(listed: str) -> re.Pattern[str]:
    """One a line, or several between bars: whole words."""
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(line.strip() for line in listed.strip().splitlines())})(?![\w-])")


PRIVATE = {
    NL: _phrases(
        r"""
        (?:uw|je|jouw) (?:man|vrouw|partner|ex|zoon|dochter|zoontje|dochtertje|kind|kinderen|kleinkind|kleinkinderen)
        (?:uw|je|jouw) (?:vader|moeder|ouders|broer|zus|gezin|familie|gezondheid|ziekte|operatie|zwangerschap)
        ziekenhuis|beterschap|operatie|chemo|kanker|diabetes|zwanger|overleden|begrafenis
        """
    ),
    EN: _phrases(
        r"""
        your (?:husband|wife|partner|ex|son|daughter|child|children|kids|grandson|granddaughter|grandchildren)
        your (?:father|mother|parents|brother|sister|family|health|illness|operation|pregnancy)
        hospital|get well|surgery|chemo|cancer|diabetes|diabetic|pregnant|passed away|funeral
        """
    ),
}

PROMISES = {
    NL: _phrases(
        r"""
        (?:ik|wij|we) (?:zal|zullen|sta|staan|blijf|blijven) (?:\w+ ){0,3}altijd
        (?:zal|zullen) (?:ik|wij|we) (?:\w+ ){0,3}altijd
        altijd (?:\w+ ){0,2}(?:klaar|bereikbaar|gratis|kosteloos)
        garandeer|garanderen|gegarandeerd|voor altijd|voor eeuwig|eeuwig|levenslang|voor het leven
        nooit meer|nooit weer|nooit (?:\w+ )?wachten|niet (?:meer|weer|nog eens) gebeuren
        100 ?%|honderd procent|(?:ik|wij|we) (?:beloof|beloven)|(?:beloof|beloven) (?:ik|wij|we)|beloofd is beloofd
        wat er ook gebeurt|hoe dan ook|koste wat het kost|dag en nacht|24/7|24 uur per dag
        alles wat (?:u|je) (?:maar )?(?:wilt|wil|nodig hebt)
        """
    ),
    EN: _phrases(
        r"""
        (?:i|we)(?:'ll| will| shall) (?:always|never)
        (?:i'm|i am|we're|we are) always (?:here|there)|always be (?:here|there)|always free
        guarantees?|guaranteed|for ever|forever|for life|lifelong|lifetime|free for good
        never again|never have to wait|(?:never|not|won't) happen again
        100 ?%|a hundred per ?cent|(?:i|we)(?:'ll| will| can)? promise|without fail|you have my word
        no matter what|whatever happens|whatever it takes|day or night|day and night|24/7
        anything you (?:want|need|like)
        """
    ),
}

FLATTERY = {
    NL: _phrases(
        r"""
        (?:gewaardeerde|trouwe|favoriete|geweldige|fantastische|bijzondere|speciale|allerbeste) klant(?:en)?
        (?:onze|mijn) (?:beste|leukste|liefste) klant(?:en)?|lievelingsklant|klant(?:en)? (?:zo)?als (?:u|jij|je)
        (?:u bent|je bent|jij bent|bent u|ben je) (?:\w+ )?(?:geweldig|fantastisch|bijzonder|uniek|goud waard)
        (?:u bent|je bent|jij bent|bent u|ben je) (?:\w+ )?(?:de beste|top|een topper)
        een (?:waar|absoluut|groot|enorm|echt) (?:genoegen|plezier|feest)|een (?:grote |ware )?eer
        betekent (?:alles|zoveel|heel veel|enorm veel)|(?:we|wij|ik) (?:waarderen|waardeer) u|in het zonnetje
        u (?:bent )?het (?:meer dan )?waard|u het verdient|omdat u u bent|speciaal voor u geselecteerd
        """
    ),
    EN: _phrases(
        r"""
        (?:valued|loyal|favourite|favorite|amazing|wonderful|special|treasured|esteemed) customers?
        (?:our|my) (?:best|nicest|loveliest) customers?|customers? like you|someone like you
        (?:you're|you are) (?:\w+ )?(?:amazing|wonderful|fantastic|awesome|special|unique)
        (?:you're|you are) (?:\w+ )?(?:the best|a star|a legend|one of a kind)
        (?:an absolute|a true|a real|such a|a genuine) (?:pleasure|joy|honour|honor|delight|treat)
        means? (?:the world|so much|everything)|(?:we|i) (?:truly|really|greatly|deeply|so) (?:value|appreciate|cherish)
        (?:you're|you are) worth it|you deserve it|because you're you|hand-?picked for you
        """
    ),
}
