"""The words that dates are said with, and what kind of word each is.

Each language has its table: of a kind, the words for each value. Words for the same are parted by bars, values by
spaces; a space within a phrase is written as `_`. Accents and capitals are gone before a word is looked up.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

from bot.kit.i18n import Language


class Kind(StrEnum):
    """Of a word. Its value is a letter, so that a sentence is a string, and a form of speech a regular expression."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:  # noqa: ARG004
        return chr(ord("Ā") + count)

    # Days
    DAY = auto()
    """today, tomorrow: so many days from now"""
    MORGEN = auto()
    """tomorrow, or the morning of the day before it"""
    TODAY_PART = auto()
    """tonight: the hour at which it is over"""
    WEEKDAY = auto()
    """0 is Monday"""
    SHORT = auto()
    """a weekday's abbreviation that is a word as well: it counts in a context"""
    CLEAR_SHORT = auto()
    """one that is no word in its own language: there it counts at the end of a sentence too"""
    WEEKEND = auto()
    MONTH = auto()
    MAYBE_MONTH = auto()
    """may, march: it counts in a context"""
    ISO = auto()
    """2026-12-01"""
    DMY = auto()
    DM_DASH = auto()
    DM_SLASH = auto()
    """without a year; a slash may be a score, 7/10"""
    # Numbers
    NUMBER = auto()
    ORDINAL = auto()
    YEAR = auto()
    A = auto()
    """one, unless it is an article"""
    # Units
    MINUTES = auto()
    HOURS = auto()
    UUR = auto()
    """an hour, or o'clock"""
    OCLOCK = auto()
    DAYS = auto()
    WORKDAYS = auto()
    WEEKS = auto()
    MONTHS = auto()
    YEARS = auto()
    # Times of day
    CLOCK = auto()
    """15:00, 3pm"""
    NOON = auto()
    DOTTED = auto()
    """15.00: it counts in a context"""
    HALF = auto()
    """an hour's half: the one before in Dutch, the one after in English"""
    QUARTER = auto()
    """so many minutes from the hour that follows"""
    PART = auto()
    """of a day: the hour at which it is over"""
    END_OF_DAY = auto()
    # What stands before
    NEXT = auto()
    COMING = auto()
    THIS = auto()
    LAST = auto()
    EVERY = auto()
    NAMED = auto()
    """Black Friday is no Friday like another"""
    END = auto()
    BEGIN = auto()
    OF = auto()
    ARTICLE = auto()
    IN = auto()
    UNTIL = auto()
    BEFORE = auto()
    THROUGH = auto()
    AFTER = auto()
    AT = auto()
    LEAD = auto()
    STILL = auto()
    # What stands after, or between
    AGO = auto()
    """of what was, or is so old"""
    FROM_NOW = auto()
    AND = auto()
    POLITE = auto()
    TIMES = auto()
    MONEY = auto()
    COMMA = auto()
    STOP = auto()
    """any other mark, and an emoji"""
    OTHER = auto()


MORNING, AFTERNOON, EVENING = 12, 17, 21
"""The hour at which a part of the day is over, which is until when a promise for it can be kept."""

Table = Mapping[Kind, Mapping[int, str]]


def _from(first: int, words: str) -> dict[int, str]:
    return dict(enumerate(words.split(), first))


VOCABULARY: Mapping[Language, Table] = {
    Language.NL: {
        Kind.DAY: {0: "vandaag", 2: "overmorgen"},
        Kind.MORGEN: {1: "morgen"},
        Kind.TODAY_PART: {MORNING: "vanochtend|vanmorgen", AFTERNOON: "vanmiddag", EVENING: "vanavond"},
        Kind.WEEKDAY: _from(0, "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
        Kind.SHORT: {0: "ma", 1: "di", 3: "do", 6: "zo"},
        Kind.CLEAR_SHORT: {2: "wo", 4: "vr", 5: "za"},
        Kind.WEEKEND: {0: "weekend|weekeinde"},
        Kind.MONTH: {
            **_from(1, "januari|jan februari|feb|febr maart|mrt april|apr mei juni|jun juli|jul augustus|aug"),
            **_from(9, "september|sep|sept oktober|okt november|nov december|dec"),
        },
        Kind.NUMBER: {**_from(2, "twee drie vier vijf zes zeven acht negen tien elf twaalf"), 14: "veertien"},
        Kind.A: {1: "een"},
        Kind.MINUTES: {1: "minuut|minuten|min", 15: "kwartier", 30: "half_uur|halfuur"},
        Kind.HOURS: {60: "uren|uurtje"},
        Kind.UUR: {60: "uur|u|h"},
        Kind.DAYS: {1: "dag|dagen|dagje|dagjes"},
        Kind.WORKDAYS: {1: "werkdag|werkdagen"},
        Kind.WEEKS: {7: "week|weken|weekje|weekjes|wk"},
        Kind.MONTHS: {1: "maand|maanden", 6: "half_jaar|halfjaar"},
        Kind.YEARS: {12: "jaar|jaren"},
        Kind.NOON: {12: "tussen_de_middag"},
        Kind.HALF: {0: "half"},
        Kind.QUARTER: {-15: "kwart_voor", 15: "kwart_over"},
        Kind.PART: {
            MORNING: "ochtend|'s_ochtends|'s_morgens|in_de_ochtend|in_de_morgen|voormiddag|in_de_voormiddag|vroeg",
            AFTERNOON: "middag|'s_middags|in_de_middag|namiddag|in_de_namiddag",
            EVENING: "avond|'s_avonds|in_de_avond",
        },
        Kind.NEXT: {0: "volgende|volgend"},
        Kind.COMING: {0: "komende|komend|aanstaande|eerstvolgende|a.s.|as."},
        Kind.THIS: {0: "deze|dit"},
        Kind.LAST: {0: "vorige|vorig|afgelopen|laatste|j.l.|jl.|jl"},
        Kind.EVERY: {0: "elke|elk|iedere|ieder|alle"},
        Kind.NAMED: {0: "goede|goeie|witte"},
        Kind.END: {0: "eind|einde"},
        Kind.BEGIN: {0: "begin"},
        Kind.OF: {0: "van|vd|v/d"},
        Kind.ARTICLE: {0: "de|het"},
        Kind.IN: {0: "over|in|binnen"},
        Kind.UNTIL: {0: "tot|tot_aan"},
        Kind.BEFORE: {0: "voor"},
        Kind.THROUGH: {0: "t/m|tm|tot_en_met"},
        Kind.AFTER: {0: "na"},
        Kind.AT: {0: "om|rond|omstreeks|tegen|tussen"},
        Kind.LEAD: {0: "op|uiterlijk|vanaf|niet_later_dan"},
        Kind.STILL: {0: "nog|op_zijn_laatst|op_z'n_laatst|ten_laatste"},
        Kind.AND: {0: "en"},
        Kind.AGO: {0: "geleden|te_laat|vertraging|oud|eerder"},
        Kind.TIMES: {0: "keer|maal"},
        Kind.MONEY: {0: "euro|eur"},
        Kind.POLITE: {0: "alsjeblieft|alstublieft|aub|ajb|graag|lang"},
        Kind.OTHER: {0: "tot_zo|voor_zo"},
    },
    Language.EN: {
        Kind.DAY: {
            0: "today",
            1: "tomorrow|tomorow|tommorow|tommorrow|tmrw",
            2: "the_day_after_tomorrow|day_after_tomorrow",
        },
        Kind.TODAY_PART: {MORNING: "this_morning", AFTERNOON: "this_afternoon", EVENING: "this_evening|tonight"},
        Kind.WEEKDAY: {
            **_from(0, "monday|mon tuesday|tue|tues wednesday|weds|wensday thursday|thu|thur|thurs"),
            **_from(4, "friday|fri saturday sunday"),
        },
        Kind.SHORT: {2: "wed", 5: "sat", 6: "sun"},
        Kind.WEEKEND: {0: "weekend"},
        Kind.MONTH: {
            1: "january|jan",
            2: "february|feb",
            4: "april|apr",
            **_from(6, "june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec"),
        },
        Kind.MAYBE_MONTH: {3: "march|mar", 5: "may"},
        Kind.NUMBER: {**_from(1, "one two three four five six seven eight nine ten eleven twelve"), 14: "fourteen"},
        Kind.A: {1: "a|an"},
        Kind.MINUTES: {1: "minute|minutes|min|mins", 30: "half_an_hour|half_hour"},
        Kind.HOURS: {60: "hour|hours|hr|hrs"},
        Kind.OCLOCK: {0: "o'clock|oclock"},
        Kind.DAYS: {1: "day|days", 14: "fortnight"},
        Kind.WORKDAYS: {1: "working_day|working_days|business_day|business_days|workday|workdays"},
        Kind.WEEKS: {7: "week|weeks|wk|wks"},
        Kind.MONTHS: {1: "month|months"},
        Kind.YEARS: {12: "year|years"},
        Kind.NOON: {12: "noon|midday|12_noon"},
        Kind.HALF: {0: "half|half_past"},
        Kind.QUARTER: {-15: "quarter_to|a_quarter_to", 15: "quarter_past|a_quarter_past"},
        Kind.PART: {
            MORNING: "morning|in_the_morning",
            AFTERNOON: "afternoon|in_the_afternoon",
            EVENING: "evening|in_the_evening|night|at_night",
        },
        Kind.END_OF_DAY: {AFTERNOON: "eod|cob|close_of_business|end_of_business"},
        Kind.NEXT: {0: "next"},
        Kind.COMING: {0: "coming|upcoming"},
        Kind.THIS: {0: "this"},
        Kind.LAST: {0: "last|past|previous"},
        Kind.EVERY: {0: "every|each|all"},
        Kind.NAMED: {0: "black|good|cyber"},
        Kind.END: {0: "end"},
        Kind.BEGIN: {0: "beginning|start|early"},
        Kind.OF: {0: "of"},
        Kind.ARTICLE: {0: "the"},
        Kind.IN: {0: "in|within"},
        Kind.UNTIL: {0: "until|till|til|'til|up_to"},
        Kind.BEFORE: {0: "before"},
        Kind.THROUGH: {0: "through|thru|up_to_and_including"},
        Kind.AFTER: {0: "after"},
        Kind.AT: {0: "at|around|about|between|@"},
        Kind.LEAD: {0: "on|by|from|for|due|no_later_than"},
        Kind.STILL: {0: "at_the_latest"},
        Kind.FROM_NOW: {0: "from_now|from_today"},
        Kind.AND: {0: "and"},
        Kind.AGO: {0: "ago|late|old|overdue|earlier"},
        Kind.TIMES: {0: "times|once|twice"},
        Kind.MONEY: {0: "euro|euros|pounds|dollars"},
        Kind.POLITE: {0: "please|pls|thanks"},
    },
}

ABBREVIATED = frozenset({Kind.WEEKDAY, Kind.SHORT, Kind.CLEAR_SHORT, Kind.MONTH, Kind.MAYBE_MONTH})
"""Kinds whose short words may have a full stop."""

LOOKALIKES = frozenset(
    {
        *(f"{day}days" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")),
        *(f"{day}dags" for day in ("maan", "dins", "woens", "donder", "vrij", "zater", "zon")),
        *("manday", "munday", "sundae", "sundry"),
    }
)
"""One letter from a weekday, and another word."""
