"""The forms in which a time of day is said, and which time each means."""

import re
from collections.abc import Sequence
from datetime import time

from bot.kit.dates.sentence import Token
from bot.kit.dates.vocabulary import AFTERNOON, MORNING, Kind
from bot.kit.i18n import Language

OPENS = 7
"""The hour before which no time is meant, unless it is said so."""

_HOURS = "|".join(
    (
        "clock stop clock",
        "(?<=at) [clock number] and [clock number] [uur oclock]?",
        "clock uur? part?",
        "noon",
        "dotted uur? part? (?!money)",
        "[number a] [uur oclock] part?",
        "(half|quarter) [number a] [uur oclock]? part?",
    )
)
"""What is a time wherever it follows "at" or "before"; of two hours the last."""
_BARE = "(?<=at) number part? (?!things|anymonth)|(?<=[until before lead]) number finishes"
"""What is one beside a day: tomorrow at three."""
_PART = "part|end of? article? [part days]|end_of_day|(?<=weekday) morgen"
"""What is one after a day: Friday afternoon."""

AFTER_A_DAY = f"comma? leads* (?P<words>(part comma? leads*)?({_HOURS}|{_BARE})|{_PART}) still*"
BEFORE_A_DAY = f"(leads+|(?=[clock half quarter end_of_day]))(?P<words>{_HOURS}|{_BARE}|end_of_day)$"
FURTHER_ON = f"leads+ (?P<words>{_HOURS}) still*"
WITHOUT_A_DAY = f"(?P<leads>leads+|(?<![of article number])(?=clock))?(?P<words>{_HOURS}) still*"

SAYS_THE_HOUR = Kind.CLOCK, Kind.NOON, Kind.DOTTED, Kind.NUMBER, Kind.A
_HALF_DAY = 12 * 60


def time_said(tokens: Sequence[Token], language: Language, part: int | None = None) -> time | None:
    """`part`: the hour at which the part of the day is over that was said before. None: no clock shows this."""
    part = next((token.value for token in tokens if token.kind is Kind.PART), part)
    hours = [token for token in tokens if token.kind in SAYS_THE_HOUR]
    if not hours:
        return time(part or (MORNING if tokens[-1].kind is Kind.MORGEN else AFTERNOON))
    hour = hours[-1]
    minutes = hour.value * 60 + sum(int(figures) for figures in re.findall("[0-9]+", hour.text)[1:2])
    minutes += sum(_from_the_hour(token, hour, language) for token in tokens)
    if minutes < 0:  # quarter to 0
        minutes += 2 * _HALF_DAY
    if am_or_pm := re.search("[ap](?=[.]?m)", hour.text):
        minutes = minutes % _HALF_DAY + (_HALF_DAY if am_or_pm[0] == "p" else 0)
    elif part is not None:
        minutes += _HALF_DAY if part > MORNING and minutes < _HALF_DAY else 0
    elif minutes < OPENS * 60 and not hour.text.startswith("0"):
        minutes += _HALF_DAY
    return time(*divmod(minutes, 60)) if minutes < 2 * _HALF_DAY else None


def _from_the_hour(token: Token, hour: Token, language: Language) -> int:
    """Minutes. Half four is 3:30 in Dutch and 4:30 in English."""
    if token.kind is not Kind.HALF:
        return token.value if token.kind is Kind.QUARTER else 0
    common = token.word.languages & hour.word.languages
    return -30 if (language if language in common else next(iter(common), language)) is Language.NL else 30
