"""Days as colleagues say them, in Dutch and in English: `tot maandag`, `friday 3pm`, `over twee weken`, `1-12`.

No library does this: dateparser, the only one that is kept up and speaks both, takes "car" and "a" for a date within
a sentence and knows no "next Monday", dateutil guesses too and speaks English, parsedatetime is asleep, and Babel
says dates but does not read what people type.
"""

from bot.kit.dates.reading import Meant, day_meant
from bot.kit.dates.saying import said

__all__ = ["Meant", "day_meant", "said"]
