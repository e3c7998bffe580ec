"""What day somebody means. It is Wednesday 25 November 2026, 10:00 in Amsterdam."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.kit.dates import Meant, day_meant, said
from bot.kit.dates.vocabulary import VOCABULARY
from bot.kit.i18n import Language, dictionary

NL, EN = Language.NL, Language.EN
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=AMSTERDAM)
WORDS = dictionary()


def meant(text: str, language: Language, now: datetime = NOW) -> Meant:
    meant = day_meant(text, now, language)
    assert meant is not None
    return meant


def on(day: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), AMSTERDAM)


DUTCH = [
    # Days
    ("vandaag", "2026-11-25"),
    ("nog vandaag", "2026-11-25"),
    ("vandaag nog", "2026-11-25"),
    ("morgen", "2026-11-26"),
    ("MORGEN!", "2026-11-26"),
    ("overmorgen", "2026-11-27"),
    ("tot maandag", "2026-11-30"),
    ("Tot  Maandag 🎉", "2026-11-30"),
    ("t/m vrijdag", "2026-11-27"),
    ("tot en met vrijdag", "2026-11-27"),
    ("uiterlijk op vrijdag", "2026-11-27"),
    ("vóór vrijdag", "2026-11-27"),
    ("vrijdag op zijn laatst", "2026-11-27"),
    ("woensdag", "2026-12-02"),
    ("zondag", "2026-11-29"),
    ("tot ma", "2026-11-30"),
    ("tot ma.", "2026-11-30"),
    ("voor vr", "2026-11-27"),
    ("di", "2026-12-01"),
    ("do", "2026-11-26"),
    ("op za", "2026-11-28"),
    ("wo", "2026-12-02"),
    ("op zo", "2026-11-29"),
    ("zo 29 nov", "2026-11-29"),
    ("komende di", "2026-12-01"),
    ("aanstaande maandag", "2026-11-30"),
    ("komende vrijdag", "2026-11-27"),
    ("eerstvolgende woensdag", "2026-12-02"),
    ("vrijdag a.s.", "2026-11-27"),
    ("deze vrijdag", "2026-11-27"),
    # One letter wrong
    ("vridag", "2026-11-27"),
    ("vrijdga", "2026-11-27"),
    ("mandag", "2026-11-30"),
    ("donderdaag", "2026-11-26"),
    ("dinsdsg", "2026-12-01"),
    ("wonsdag", "2026-12-02"),
    # Weeks
    ("volgende week", "2026-11-30"),
    ("tot volgende week maandag", "2026-11-30"),
    ("volgende week vrijdag", "2026-12-04"),
    ("vrijdag volgende week", "2026-12-04"),
    ("volgende week op vr", "2026-12-04"),
    ("volgende vrijdag", "2026-12-04"),
    ("komende week", "2026-11-30"),
    ("begin volgende week", "2026-11-30"),
    ("eind volgende week", "2026-12-04"),
    ("deze week", "2026-11-27"),
    ("deze week nog", "2026-11-27"),
    ("deze week vrijdag", "2026-11-27"),
    ("eind van de week", "2026-11-27"),
    ("eind vd week", "2026-11-27"),
    ("over 2 weken op maandag", "2026-12-07"),
    ("eind deze week", "2026-11-27"),
    ("maandag over een week", "2026-12-07"),
    ("week 49", "2026-11-30"),
    ("in week 49", "2026-11-30"),
    ("eind week 49", "2026-12-04"),
    ("dinsdag week 49", "2026-12-01"),
    ("week 2", "2027-01-11"),
    ("in het weekend", "2026-11-28"),
    ("voor het weekend", "2026-11-27"),
    ("na het weekend", "2026-11-30"),
    ("tot na het weekend", "2026-11-30"),
    ("tot na volgende week", "2026-12-07"),
    # Months and years
    ("volgende maand", "2026-12-01"),
    ("deze maand", "2026-11-30"),
    ("tot het eind van de maand", "2026-11-30"),
    ("eind volgende maand", "2026-12-31"),
    ("eind december", "2026-12-31"),
    ("eind februari", "2027-02-28"),
    ("begin januari", "2027-01-01"),
    ("tot januari", "2027-01-01"),
    ("eind van het jaar", "2026-12-31"),
    # Spans
    ("over 3 dagen", "2026-11-28"),
    ("over drie dagen", "2026-11-28"),
    ("over een week", "2026-12-02"),
    ("over één week", "2026-12-02"),
    ("binnen twee weken", "2026-12-09"),
    ("over 14 dagen", "2026-12-09"),
    ("over een maand", "2026-12-25"),
    ("over een jaar", "2027-11-25"),
    ("over een half jaar", "2027-05-25"),
    ("binnen 3 werkdagen", "2026-11-30"),
    ("3 weken", "2026-12-16"),
    ("twee dagen", "2026-11-27"),
    ("een week", "2026-12-02"),
    ("voor een week", "2026-12-02"),
    ("een weekje graag", "2026-12-02"),
    # Dates
    ("1 december", "2026-12-01"),
    ("1 dec", "2026-12-01"),
    ("op 1 dec.", "2026-12-01"),
    ("1e december", "2026-12-01"),
    ("dinsdag 1 december", "2026-12-01"),
    ("di 1 dec", "2026-12-01"),
    ("ma, 30 nov", "2026-11-30"),
    ("maandag de 30e", "2026-11-30"),
    ("tot de 15e", "2026-12-15"),
    ("5 mei", "2027-05-05"),
    ("15 maart", "2027-03-15"),
    ("25 november", "2026-11-25"),
    ("24 november", "2027-11-24"),
    ("1 december 2027", "2027-12-01"),
    ("1-12", "2026-12-01"),
    ("1/12", "2026-12-01"),
    ("op 01/12", "2026-12-01"),
    ("1-12-2026", "2026-12-01"),
    ("1/12/26", "2026-12-01"),
    ("1.12.2026", "2026-12-01"),
    ("2026-12-01", "2026-12-01"),
    ("24-11", "2027-11-24"),
    ("24-11-2026", "2026-11-24"),
    ("29 februari 2028", "2028-02-29"),
    # The other language
    ("until monday", "2026-11-30"),
    ("next maandag", "2026-11-30"),
    ("tomorrow", "2026-11-26"),
    ("in two weeks", "2026-12-09"),
    ("december 1st", "2026-12-01"),
]
ENGLISH = [
    # Days
    ("today", "2026-11-25"),
    ("tomorrow", "2026-11-26"),
    ("tommorow", "2026-11-26"),
    ("the day after tomorrow", "2026-11-27"),
    ("until monday", "2026-11-30"),
    ("UNTIL MONDAY", "2026-11-30"),
    ("till mon", "2026-11-30"),
    ("'til Tues.", "2026-12-01"),
    ("by friday at the latest", "2026-11-27"),
    ("no later than friday", "2026-11-27"),
    ("through friday", "2026-11-27"),
    ("wednesday", "2026-12-02"),
    ("on wed", "2026-12-02"),
    ("until sun", "2026-11-29"),
    ("sat", "2026-11-28"),
    ("fri", "2026-11-27"),
    ("next sat", "2026-12-05"),
    ("this friday", "2026-11-27"),
    ("next monday", "2026-11-30"),
    ("next friday", "2026-12-04"),
    # One letter wrong
    ("firday", "2026-11-27"),
    ("wendesday", "2026-12-02"),
    ("thrusday", "2026-11-26"),
    ("saterday", "2026-11-28"),
    ("tusday", "2026-12-01"),
    ("mondday", "2026-11-30"),
    # Weeks
    ("until next week", "2026-11-30"),
    ("monday next week", "2026-11-30"),
    ("next week on thursday", "2026-12-03"),
    ("early next week", "2026-11-30"),
    ("this week", "2026-11-27"),
    ("end of the week", "2026-11-27"),
    ("by the end of next week", "2026-12-04"),
    ("a week on friday", "2026-12-04"),
    ("friday week", "2026-12-04"),
    ("friday in two weeks", "2026-12-11"),
    ("this weekend", "2026-11-28"),
    ("next weekend", "2026-12-05"),
    ("before the weekend", "2026-11-27"),
    ("after the weekend", "2026-11-30"),
    # Months and years
    ("next month", "2026-12-01"),
    ("end of the month", "2026-11-30"),
    ("end of december", "2026-12-31"),
    ("until january", "2027-01-01"),
    ("until may", "2027-05-01"),
    ("end of the year", "2026-12-31"),
    ("next year", "2027-01-01"),
    # Spans
    ("in 3 days", "2026-11-28"),
    ("in two weeks", "2026-12-09"),
    ("within a week", "2026-12-02"),
    ("in a month", "2026-12-25"),
    ("in a fortnight", "2026-12-09"),
    ("a fortnight", "2026-12-09"),
    ("for a week", "2026-12-02"),
    ("for two weeks please", "2026-12-09"),
    ("a week from today", "2026-12-02"),
    ("two weeks from now", "2026-12-09"),
    ("10 days", "2026-12-05"),
    ("in 2 working days", "2026-11-27"),
    # Dates
    ("december 1st", "2026-12-01"),
    ("december 1", "2026-12-01"),
    ("december 1, 2027", "2027-12-01"),
    ("1 december", "2026-12-01"),
    ("1st of december", "2026-12-01"),
    ("the 1st of december", "2026-12-01"),
    ("Tuesday, 1 December", "2026-12-01"),
    ("monday the 30th", "2026-11-30"),
    ("by the 15th", "2026-12-15"),
    ("5 may", "2027-05-05"),
    ("may 5", "2027-05-05"),
    ("5th of may", "2027-05-05"),
    ("until march 3", "2027-03-03"),
    ("1-12", "2026-12-01"),
    ("by 1/12", "2026-12-01"),
    ("12/31", "2026-12-31"),
    ("2026-12-01", "2026-12-01"),
    ("24/11/2026", "2026-11-24"),
    # The other language
    ("tot maandag", "2026-11-30"),
    ("over drie dagen", "2026-11-28"),
    ("overmorgen", "2026-11-27"),
]


@pytest.mark.parametrize(
    ("language", "text", "day"), [(NL, *case) for case in DUTCH] + [(EN, *case) for case in ENGLISH]
)
def test_a_day_is_meant_and_all_of_the_words_are_its_own(language: Language, text: str, day: str) -> None:
    found = meant(text, language)
    assert (found.day.isoformat(), found.at) == (day, None)
    assert found.rest in {"", "🎉", "graag", "please"}


@pytest.mark.parametrize(
    ("language", "text", "day", "at"),
    [
        (NL, "vrijdag 15:00", "2026-11-27", "15:00"),
        (NL, "vrijdag om 15.00 uur", "2026-11-27", "15:00"),
        (NL, "vrijdag 15.00", "2026-11-27", "15:00"),
        (NL, "vr 15:00", "2026-11-27", "15:00"),
        (NL, "do 15u30", "2026-11-26", "15:30"),
        (NL, "morgen 15u", "2026-11-26", "15:00"),
        (NL, "vrijdag 3 uur", "2026-11-27", "15:00"),
        (NL, "vrijdag om drie uur", "2026-11-27", "15:00"),
        (NL, "morgen om een uur", "2026-11-26", "13:00"),
        (NL, "vrijdag om 3", "2026-11-27", "15:00"),
        (NL, "morgen om 8 uur", "2026-11-26", "08:00"),
        (NL, "morgen om 8 uur 's avonds", "2026-11-26", "20:00"),
        (NL, "morgen 03:00", "2026-11-26", "03:00"),
        (NL, "morgen half 4", "2026-11-26", "15:30"),
        (NL, "half 1 morgen", "2026-11-26", "12:30"),
        (NL, "morgen half four", "2026-11-26", "16:30"),
        (NL, "morgen om half tien", "2026-11-26", "09:30"),
        (NL, "morgen kwart voor 3", "2026-11-26", "14:45"),
        (NL, "morgen om half 0", "2026-11-26", "23:30"),
        (NL, "morgen voor 12 uur", "2026-11-26", "12:00"),
        (NL, "morgenochtend", "2026-11-26", "12:00"),
        (NL, "morgen vroeg", "2026-11-26", "12:00"),
        (NL, "maandagmorgen", "2026-11-30", "12:00"),
        (NL, "maandag morgen", "2026-11-30", "12:00"),
        (NL, "vrijdagmiddag", "2026-11-27", "17:00"),
        (NL, "vrijdag in de middag", "2026-11-27", "17:00"),
        (NL, "vrijdagmiddag om 3 uur", "2026-11-27", "15:00"),
        (NL, "vrijdag einde van de dag", "2026-11-27", "17:00"),
        (NL, "vanmiddag", "2026-11-25", "17:00"),
        (NL, "vanavond", "2026-11-25", "21:00"),
        (NL, "vanavond om 8 uur", "2026-11-25", "20:00"),
        (NL, "vanavond half 8", "2026-11-25", "19:30"),
        (NL, "om 15:00 morgen", "2026-11-26", "15:00"),
        (NL, "morgen tussen 10 en 11 uur", "2026-11-26", "11:00"),
        (NL, "1-12 15:00", "2026-12-01", "15:00"),
        (NL, "1 december om 9:30 uur", "2026-12-01", "09:30"),
        (NL, "vrijdag tussen 15:00-16:00", "2026-11-27", "16:00"),
        (NL, "om 12 uur", "2026-11-25", "12:00"),
        (NL, "3 uur", "2026-11-25", "15:00"),
        (NL, "15.00 uur", "2026-11-25", "15:00"),
        (NL, "om 9 uur", "2026-11-26", "09:00"),
        (NL, "over een uur", "2026-11-25", "11:00"),
        (NL, "over een half uur", "2026-11-25", "10:30"),
        (NL, "over 15 uur", "2026-11-26", "01:00"),
        (EN, "tomorrow before noon", "2026-11-26", "12:00"),
        (EN, "friday 3pm", "2026-11-27", "15:00"),
        (EN, "friday, 3:30 p.m.", "2026-11-27", "15:30"),
        (EN, "3pm tomorrow", "2026-11-26", "15:00"),
        (EN, "friday at 3", "2026-11-27", "15:00"),
        (EN, "tomorrow by 5", "2026-11-26", "17:00"),
        (EN, "by 5 tomorrow", "2026-11-26", "17:00"),
        (EN, "friday at 3 o'clock", "2026-11-27", "15:00"),
        (EN, "friday at 12am", "2026-11-27", "00:00"),
        (EN, "friday 3 am", "2026-11-27", "03:00"),
        (EN, "friday 12pm", "2026-11-27", "12:00"),
        (EN, "half 4 tomorrow", "2026-11-26", "16:30"),
        (EN, "tomorrow at half past three", "2026-11-26", "15:30"),
        (EN, "tomorrow at quarter to 3", "2026-11-26", "14:45"),
        (EN, "tomorrow at quarter to 0", "2026-11-26", "23:45"),
        (EN, "morgen half vier", "2026-11-26", "15:30"),
        (EN, "tomorrow morning", "2026-11-26", "12:00"),
        (EN, "friday in the afternoon", "2026-11-27", "17:00"),
        (EN, "this afternoon", "2026-11-25", "17:00"),
        (EN, "tonight", "2026-11-25", "21:00"),
        (EN, "tonight at 8", "2026-11-25", "20:00"),
        (EN, "by end of day", "2026-11-25", "17:00"),
        (EN, "friday eod", "2026-11-27", "17:00"),
        (EN, "eod tomorrow", "2026-11-26", "17:00"),
        (EN, "by close of business on friday", "2026-11-27", "17:00"),
        (EN, "tomorrow between 2 and 3", "2026-11-26", "15:00"),
        (EN, "at noon", "2026-11-25", "12:00"),
        (EN, "until 9am", "2026-11-26", "09:00"),
        (EN, "15:00", "2026-11-25", "15:00"),
        (EN, "in 2 hours", "2026-11-25", "12:00"),
        (EN, "for half an hour", "2026-11-25", "10:30"),
        (EN, "morgen 15:00 uur", "2026-11-26", "15:00"),
    ],
)
def test_a_time_of_day_goes_with_it(language: Language, text: str, day: str, at: str) -> None:
    found = meant(text, language)
    assert (found.day.isoformat(), found.at) == (day, time.fromisoformat(at))
    assert not found.rest


@pytest.mark.parametrize(
    ("language", "text", "day", "at", "rest"),
    [
        (NL, "mevrouw Jansen de offerte vrijdag", 27, None, "mevrouw Jansen de offerte"),
        (NL, "mevrouw Jansen vrijdag de offerte", 27, None, "mevrouw Jansen de offerte"),
        (NL, "vrijdag de offerte bij mevrouw Jansen om 15:00", 27, "15:00", "de offerte bij mevrouw Jansen"),
        (NL, "uiterlijk morgen: offerte, José 🎉", 26, None, "offerte, José 🎉"),
        (NL, "Jansen, uiterlijk vrijdag, de offerte", 27, None, "Jansen, de offerte"),
        (NL, "offerte Jansen (vrijdag 15:00).", 27, "15:00", "offerte Jansen."),
        (NL, "bel *vrijdag* terug!", 27, None, "bel terug!"),
        (NL, "offerte Jansen vr", 27, None, "offerte Jansen"),
        (NL, "bel ma 15:00 terug", 30, "15:00", "bel terug"),
        (NL, "bel Di vrijdag terug", 27, None, "bel Di terug"),
        (NL, "wacht al 3 weken, offerte vrijdag", 27, None, "wacht al 3 weken, offerte"),
        (NL, "belde vorige week maandag, offerte vrijdag", 27, None, "belde vorige week maandag, offerte"),
        (NL, "2 dagen geleden besteld, morgen nabellen", 26, None, "2 dagen geleden besteld, nabellen"),
        (NL, "vandaag voor sluitingstijd", 25, None, "voor sluitingstijd"),
        (NL, "vrijdag de bon van 12.50 euro", 27, None, "de bon van 12.50 euro"),
        (NL, "vrijdag voor 3 klanten koffie", 27, None, "voor 3 klanten koffie"),
        (NL, "goedemorgen, bel morgen", 26, None, "goedemorgen, bel"),
        (NL, "vandaag of morgen", 25, None, "of morgen"),
        (EN, "send Mr Smith the quote by friday", 27, None, "send Mr Smith the quote"),
        (EN, "send Mr Smith the quote tomorrow before noon please", 26, "12:00", "send Mr Smith the quote please"),
        (EN, "call back (friday, 3pm) about the invoice", 27, "15:00", "call back about the invoice"),
        (EN, "monday's invoice on friday", 27, None, "monday's invoice"),
        (EN, "he may call tomorrow", 26, None, "he may call"),
        (EN, "called 3 times in two days, refund friday", 27, None, "called 3 times in two days, refund"),
        (EN, "Black Friday order: deliver today", 25, None, "Black Friday order: deliver"),
        (EN, "friday at 3pm, table for 5 people", 27, "15:00", "table for 5 people"),
    ],
)
def test_the_rest_is_what_is_to_be_done(language: Language, text: str, day: int, at: str | None, rest: str) -> None:
    expected = Meant(date(2026, 11, day), time.fromisoformat(at) if at else None, rest)
    assert meant(text, language) == expected


@pytest.mark.parametrize("language", [NL, EN])
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "?!", "🎉", "1", "12", "42 klanten", "06-12345678", "€ 15.00", "3 keer", "24/7", "50%"),
        *("what should I do", "the sun is out", "he sat down", "they may be late", "may 5 people come", "march on"),
        *(
            "tot zo",
            "tot ziens",
            "zo iemand",
            "we bellen haar",
            "ma belt",
            "goedemorgen",
            "goede morgen",
            "good morning",
        ),
        *("klant gaf een 7/10", "gave us 8/10 today's score", "open 24/7", "binnen 2-3 dagen", "kamer 3-4 boeken"),
        *("elke maandag", "every friday", "op vrijdags", "on fridays", "last monday", "vorige week", "vrijdag jl."),
        *("2 weeks ago", "3 dagen geleden", "waiting for two weeks", "wacht al 3 weken", "over two weeks late"),
        *("Black Friday", "Goede Vrijdag", "monday's invoice", "a sundae", "Mr Munday", "twice in a week"),
        *("30 februari", "31 november", "29-2-2027", "31-2", "13-13", "0-0", "week 60", "2026-13-01", "29 februari"),
        *("voor sluitingstijd", "before closing time", "een paar dagen", "het begin", "1,5 uur", "25:00", "om 99 uur"),
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text: str, language: Language) -> None:
    assert day_meant(text, NOW, language) is None


@pytest.mark.parametrize(
    ("language", "text", "is_included"),
    [
        (NL, "tot vrijdag", False),
        (NL, "t/m vrijdag", True),
        (NL, "tot en met 4 december", True),
        (NL, "tot na vrijdag", True),
        (NL, "deze week", True),
        (NL, "eind van de maand", True),
        (NL, "volgende week", False),
        (NL, "tot na het weekend", False),
        (NL, "tot na volgende week", False),
        (EN, "until friday", False),
        (EN, "through friday", True),
        (EN, "until the end of the week", True),
        (EN, "for a week", False),
    ],
)
def test_it_is_told_whether_the_day_itself_belongs_to_it(language: Language, text: str, is_included: bool) -> None:
    assert meant(text, language).included is is_included


def test_a_whole_period_has_a_last_day_for_who_has_until_then() -> None:
    said_so = {
        (NL, "volgende week"): "2026-12-06",
        (NL, "de offerte in de komende week"): "2026-12-06",
        (NL, "deze week"): "2026-11-29",
        (NL, "volgende maand"): "2026-12-31",
        (NL, "deze maand"): "2026-11-30",
        (NL, "voor volgende week"): "2026-11-29",
        (NL, "na volgende week"): None,
        (NL, "week 50"): "2026-12-13",
        (NL, "begin volgende week"): None,
        (NL, "eind volgende week"): None,
        (NL, "volgende week vrijdag"): None,
        (NL, "over een week"): None,
        (EN, "next week"): "2026-12-06",
        (EN, "by next week"): "2026-12-06",
        (EN, "before next week"): "2026-11-29",
        (EN, "this week"): "2026-11-29",
        (EN, "next month"): "2026-12-31",
        (EN, "this month"): "2026-11-30",
        (EN, "end of the month"): None,
        (EN, "next friday"): None,
    }
    found = {(language, text): meant(text, language).latest for language, text in said_so}
    assert {key: day and day.isoformat() for key, day in found.items()} == said_so


def test_an_hour_that_nobody_said_is_that_of_a_part_of_the_day() -> None:
    of_a_part = {
        (NL, "vanavond"): True,
        (NL, "morgenochtend"): True,
        (NL, "vrijdag einde van de dag"): True,
        (NL, "vrijdagmiddag om 3 uur"): False,
        (NL, "vanavond om 8 uur"): False,
        (NL, "eind volgende week"): False,
        (NL, "over een uur"): False,
        (EN, "tonight"): True,
        (EN, "friday eod"): True,
        (EN, "tonight at 8"): False,
        (EN, "friday"): False,
        (EN, "15:00"): False,
    }
    assert {(each, text): meant(text, each).is_hour_of_a_part for each, text in of_a_part} == of_a_part


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2026-11-23", "monday", "2026-11-30"),
        ("2026-11-23", "next monday", "2026-11-30"),
        ("2026-11-23", "this friday", "2026-11-27"),
        ("2026-11-27", "end of the week", "2026-11-27"),
        ("2026-11-28", "this week", "2026-11-29"),
        ("2026-11-28", "weekend", "2026-11-28"),
        ("2026-11-29", "weekend", "2026-11-29"),
        ("2026-11-28", "before the weekend", "2026-12-04"),
        ("2026-11-29", "next monday", "2026-11-30"),
        ("2026-11-29", "after the weekend", "2026-11-30"),
        ("2026-11-28", "in 1 working day", "2026-11-30"),
        ("2026-01-31", "in a month", "2026-02-28"),
        ("2026-12-31", "tomorrow", "2027-01-01"),
        ("2026-12-31", "end of the month", "2026-12-31"),
        ("2026-12-31", "next month", "2027-01-01"),
        ("2027-12-30", "29 february", "2028-02-29"),
        ("2028-02-29", "29 february", "2028-02-29"),
        ("2028-02-29", "in a year", "2029-02-28"),
        ("2027-02-01", "the end of february", "2027-02-28"),
        ("2027-02-01", "on the 30th", "2027-03-30"),
        ("2027-01-02", "week 53", "2027-01-02"),
        ("2026-12-31", "week 53", "2026-12-31"),
    ],
)
def test_what_is_meant_depends_on_today(today: str, text: str, day: str) -> None:
    assert meant(text, EN, on(today)).day.isoformat() == day


def test_an_hour_from_now_is_an_hour_also_when_the_clocks_are_moved() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=AMSTERDAM)
    assert meant("in an hour", EN, before).at == time(3, 30)


@pytest.mark.parametrize(
    ("day", "at", "dutch", "english"),
    [
        ("2026-11-25", None, "vandaag", "today"),
        ("2026-11-26", "09:30", "morgen om 09:30", "tomorrow at 09:30"),
        ("2026-11-30", None, "maandag 30 november", "Monday 30 November"),
        ("2026-12-01", "15:00", "dinsdag 1 december om 15:00", "Tuesday 1 December at 15:00"),
        ("2027-01-01", None, "vrijdag 1 januari 2027", "Friday 1 January 2027"),
        ("2026-11-24", None, "dinsdag 24 november", "Tuesday 24 November"),
    ],
)
def test_a_day_is_said_back_in_plain_words(day: str, at: str | None, dutch: str, english: str) -> None:
    when = date.fromisoformat(day), time.fromisoformat(at) if at else None, NOW.date()
    assert [said(*when, WORDS[language]) for language in (NL, EN)] == [dutch, english]


LANGUAGES = st.sampled_from(Language)
NOWS = st.builds(datetime.combine, st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.times(), st.just(AMSTERDAM))
SPOKEN = sorted(
    {
        text
        for table in VOCABULARY.values()
        for values in table.values()
        for alike in values.values()
        for text in alike.replace("_", " ").split("|")
    }
)
SENTENCES = st.lists(
    st.one_of(st.sampled_from(SPOKEN), st.integers(0, 40).map(str), st.sampled_from([",", "15:00", "1-12", "klant"])),
    max_size=8,
).map(" ".join)


@settings(max_examples=100)
@given(NOWS, st.integers(0, 700), st.none() | st.times(), LANGUAGES, LANGUAGES)
def test_what_we_say_we_understand(
    now: datetime, ahead: int, at: time | None, language: Language, other: Language
) -> None:
    day, at = now.date() + timedelta(days=ahead), at and at.replace(second=0, microsecond=0)
    assert day_meant(said(day, at, now.date(), WORDS[language]), now, other) == Meant(day, at, "")


@settings(max_examples=100)
@given(
    NOWS,
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    LANGUAGES,
    st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y"]),
)
def test_a_full_date_is_that_date_even_if_it_is_past(now: datetime, day: date, language: Language, form: str) -> None:
    assert day_meant(day.strftime(form), now, language) == Meant(day, None, "")


@settings(max_examples=150)
@given(SENTENCES, NOWS, LANGUAGES)
def test_no_other_day_is_past(text: str, now: datetime, language: Language) -> None:
    found = day_meant(text, now, language)
    assert found is None or found.day >= now.date()


@settings(max_examples=150)
@given(st.one_of(st.text(), SENTENCES), st.datetimes().map(lambda now: now.replace(tzinfo=AMSTERDAM)), LANGUAGES)
@example("over 999 jaar", datetime(9990, 12, 31, tzinfo=AMSTERDAM), NL)
@example("tomorrow 15:00", datetime(9999, 12, 31, tzinfo=AMSTERDAM), EN)
@example("in 2 hours", datetime(9999, 12, 31, 23, 30, tzinfo=ZoneInfo("America/New_York")), EN)
@example("İſunday K ﬁ", NOW, EN)
def test_any_text_is_a_date_or_none(text: str, now: datetime, language: Language) -> None:
    found = day_meant(text, now, language)
    assert found is None or len(found.rest) <= len(text) + 1


@pytest.mark.parametrize("language", [NL, EN])
def test_a_date_is_looked_for_in_the_beginning_of_a_very_long_text(language: Language) -> None:
    assert day_meant("voor de a, " * 20_000 + "maandag", NOW, language) is None
    assert meant("maandag " + "om 3 voor de a " * 20_000, language).day == date(2026, 11, 30)
