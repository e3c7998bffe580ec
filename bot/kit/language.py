"""Which of our two languages somebody writes: by the small words that nobody can do without.

A general detector is trained on long texts and on a hundred languages; what a colleague types in a queue is
eight words with a typo, in one of two. Counting function words is right more often there (see
docs/decisions/0005-language-by-small-words.md).
"""

import re

from bot.kit.i18n import Language

_BOTH = "is in was we me of over had want even die"
_DUTCH = """
aan al alle als altijd andere ben bent bij buiten bijna daar dan dat de deze die dit doe doen door dus een
eens eerst elke en er even ga gaan gaat geen geeft gewoon goed graag had haar hallo hé heb hebben heeft hem
het heel hij hier hoe hoi hun iemand iets ik ineens ja je jij jouw jullie kan komt krijg krijgt kun kunnen
maak maar maken me meer mensen met mevrouw meneer mij mijn mijne moet moeten mogen mag naar nee niemand niet
niets nog nooit nu of om omdat ons onze ook op over paar pas snel steeds straks te tegen terug toch tot
tijdens uit uw vaak van vandaag vanmorgen veel voor vraag vraagt waar waarom wacht wachten wanneer want was
wat we weer weet weg wel welk welke werd wie wij wil willen wilt word worden wordt zeg zegt zei zeggen zelf
zich zie ziet zij zijn zo zodat zonder zou zoveel klant klanten bedankt dank morgen gisteren ergens iedereen
"""
_ENGLISH = """
a about after again all always am an and another any are around as ask asks at away back be because been
before being but by can can't cannot could customer customers did didn't do does doesn't doing don't every for
from get gets getting give go going got guy had has have he he's hello her here hey hi him his how i i'm if in
into is isn't it it's just keep keeps know lady let like make me more my need never no not now of off on one
only or our out over please pretty said same say says she she's should so some somebody someone sorry still
tell than thank thanks that that's the their them then there they they're thing this those time to today
tomorrow too up us very wants was wasn't we we're well were what what's when where which while who why will
with won't would wrong yesterday you your you're
"""
SMALL_WORDS = {
    Language.NL: frozenset(_DUTCH.split()) | frozenset(_BOTH.split()),
    Language.EN: frozenset(_ENGLISH.split()) | frozenset(_BOTH.split()),
}
_TELLING = {language: small - frozenset(_BOTH.split()) for language, small in SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(text: str) -> Language | None:
    """The language of a text, or None when its small words do not tell (too short, or another language)."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    dutch, english = (sum(word in telling for word in words) for telling in _TELLING.values())
    if dutch == english:
        return None
    return Language.NL if dutch > english else Language.EN
