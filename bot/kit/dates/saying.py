"""Days as we say them back."""

from datetime import date, time

from babel.dates import format_date

from bot.kit.i18n import Language, Words

_NEAR = {Language.NL: ("vandaag", "morgen"), Language.EN: ("today", "tomorrow")}
_AT = {Language.NL: "om", Language.EN: "at"}
"""Not from the catalogue: what we say, we must understand as well (vocabulary.py)."""


def said(day: date, at: time | None, today: date, words: Words) -> str:
    """ "morgen", "maandag 30 november om 15:00", "Friday 1 January 2027": the year only when it is another."""
    language = words.language
    ahead = (day - today).days
    if 0 <= ahead < len(_NEAR[language]):
        text = _NEAR[language][ahead]
    else:
        text = format_date(day, "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y", locale=language)
    return text if at is None else f"{text} {_AT[language]} {at:%H:%M}"
