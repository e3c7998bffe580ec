"""How a form of speech is written: in kinds of words and in these names for several, with the marks of a regular
expression around them: `in? [this next] period` is one kind or none, one of several, and one of a group."""

import re

from bot.kit.dates.vocabulary import Kind

GROUPS = {
    "leads": "until before through after at lead still",
    "anyday": "weekday short clear_short",
    "abbreviated": "short clear_short",
    "anymonth": "month maybe_month",
    "count": "a number",
    "nth": "number ordinal",
    "period": "weeks months years",
    "unit": "minutes hours uur days workdays weeks months years",
    "things": "times money minutes hours uur days workdays weeks months years",
}
PLACES = {
    "led": "(?<=[leads in])",
    "finishes": "(?=[stop comma polite]|$)",
    "timed": "(?=comma? leads* (clock|dotted|noon|half|quarter|part|number [uur oclock]))",
}
"""What must stand before or after."""

_PARTS = re.compile(r"\?P<\w+>|\[[^]]*\]|[a-z_]+| ")


def compiled(form: str) -> re.Pattern[str]:
    """A form as a regular expression over the letters of kinds."""
    return re.compile(_over_letters(form))


def _over_letters(form: str) -> str:
    return _PARTS.sub(lambda part: _part(part[0]), form)


def _part(part: str) -> str:
    if part.startswith("?") or part == " ":
        return part.strip()
    if place := PLACES.get(part):
        return _over_letters(place)
    names = " ".join(GROUPS.get(name, name) for name in part.strip("[]").split())
    return "[" + "".join(Kind[name.upper()] for name in names.split()) + "]"
