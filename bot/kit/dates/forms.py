"""The forms in which a day is said, and which day each means.

How a form is written: grammar.py.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.kit.dates.sentence import Token
from bot.kit.dates.vocabulary import AFTERNOON, Kind
from bot.kit.i18n import Language

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


@dataclass(frozen=True)
class Phrase:
    """Words that have one of the forms; `leads` stand before it."""

    tokens: Sequence[Token]
    leads: Sequence[Token]
    now: datetime
    language: Language
    is_alone: bool
    """Nothing else is said."""

    @property
    def today(self) -> date:
        return self.now.date()

    def find(self, *kinds: Kind) -> Token | None:
        return next((token for token in self.tokens if token.kind in kinds), None)

    def has(self, *kinds: Kind) -> bool:
        return self.find(*kinds) is not None

    def value(self, *kinds: Kind) -> int:
        """Raises ValueError."""
        if (token := self.find(*kinds)) is None:
            raise ValueError(kinds)
        return token.value


@dataclass(frozen=True)
class Day:
    day: date
    at: time | None = None
    included: bool = False
    latest: date | None = None
    """Of a whole period, its last day; of what is to be before one, the day before it begins."""
    is_after: bool = False
    """It is the first day after the period that was said: nothing of that belongs to it."""


class NotADay(Exception):
    """The words are about something else: last Monday, every Monday, Black Friday, 30 February."""


Meaning = Callable[[Phrase], Day | None]
"""None: the form does not apply. Raises NotADay, and ValueError or OverflowError: the calendar has no such day."""


def _in_days(said: Phrase) -> Day:
    return Day(said.today + timedelta(days=said.value(Kind.DAY, Kind.MORGEN)))


def _part_of_today(said: Phrase) -> Day:
    return Day(said.today, time(said.value(Kind.TODAY_PART)))


def _end_of_today(said: Phrase) -> Day:
    return Day(said.today, time(AFTERNOON))


def _weekday(said: Phrase) -> Day:
    """The first to come that is not today."""
    ahead = (said.value(*_ANY_DAY) - said.today.weekday() - 1) % 7 + 1
    return Day(said.today + timedelta(days=ahead))


def _abbreviated(said: Phrase) -> Day | None:
    """Nothing but its place tells that it is one: then it must be of the language that we expect."""
    token = said.tokens[0]
    is_sure = said.language in token.word.languages and (said.is_alone or token.kind is Kind.CLEAR_SHORT)
    return _weekday(said) if is_sure else None


def _weekday_of_a_week_ahead(said: Phrase) -> Day:
    ahead = said.value(*_COUNTS) if said.has(*_COUNTS) else 1
    return Day(_first(Kind.WEEKS, said.today, ahead) + timedelta(days=said.value(*_ANY_DAY)))


def _weekday_in_weeks(said: Phrase) -> Day:
    weeks = said.value(*_COUNTS) if said.has(*_COUNTS) else 1
    return Day(_weekday(said).day + timedelta(days=said.value(Kind.WEEKS)) * weeks)


def _first_of_period(said: Phrase) -> Day:
    period = said.tokens[-1].kind
    first = _first(period, said.today, 1)
    if said.has(Kind.BEGIN):
        return Day(first)
    leads = {token.kind for token in said.leads}
    if Kind.AFTER in leads:
        return Day(_first(period, said.today, 2), is_after=True)
    is_before = bool(leads & {Kind.UNTIL, Kind.BEFORE})
    return Day(first, latest=(first if is_before else _first(period, said.today, 2)) - timedelta(days=1))


def _last_of_period(said: Phrase) -> Day:
    """Of a week, Friday; in the weekend, Sunday."""
    period, ahead = said.tokens[-1].kind, int(said.has(Kind.NEXT, Kind.COMING))
    last = latest = _first(period, said.today, ahead + 1) - timedelta(days=1)
    if period is Kind.WEEKS and (friday := last - timedelta(days=SUNDAY - FRIDAY)) >= said.today:
        last = friday
    return Day(last, included=True, latest=None if said.has(Kind.END) else latest)


def _week_of_the_year(said: Phrase) -> Day:
    """Its Monday; in that week itself, today."""
    number = said.value(Kind.NUMBER)
    if said.has(*_ANY_DAY, Kind.END):
        weekday = said.value(*_ANY_DAY) if said.has(*_ANY_DAY) else FRIDAY
        return _to_come(said, lambda year: date.fromisocalendar(year, number, weekday + 1))
    sunday = _to_come(said, lambda year: date.fromisocalendar(year, number, SUNDAY + 1)).day
    return Day(max(said.today, sunday - timedelta(days=SUNDAY)), latest=None if said.has(Kind.BEGIN) else sunday)


def _begin_of_month(said: Phrase) -> Day:
    month = said.value(*_ANY_MONTH)
    return _to_come(said, lambda year: date(year, month, 1))


def _end_of_month(said: Phrase) -> Day:
    month = said.value(*_ANY_MONTH)
    last = _to_come(said, lambda year: date(year, month, monthrange(year, month)[1]))
    return replace(last, included=True)


def _later(said: Phrase) -> Day | None:
    if not frozenset(Language).intersection(*(token.word.languages for token in said.tokens)):
        return None  # "over two weeks" is more than two
    unit = next(token for token in said.tokens if token.kind in _UNITS)
    amount = unit.value * (said.value(*_COUNTS) if said.has(*_COUNTS) else 1)
    match unit.kind:
        case Kind.MINUTES | Kind.HOURS | Kind.UUR:
            moment = (said.now.astimezone(UTC) + timedelta(minutes=amount)).astimezone(said.now.tzinfo)
            return Day(moment.date(), moment.time().replace(second=0, microsecond=0, fold=0))
        case Kind.MONTHS | Kind.YEARS:
            month = _first(Kind.MONTHS, said.today, amount)
            return Day(month.replace(day=min(said.today.day, monthrange(month.year, month.month)[1])))
        case Kind.WORKDAYS:
            return Day(_working_days_later(said.today, amount))
        case _:
            return Day(said.today + timedelta(days=amount))


def _span(said: Phrase) -> Day | None:
    """Without "in" it only counts when nothing else is said, and "2 uur" is a time."""
    return _later(said) if said.is_alone and not said.has(Kind.UUR) else None


def _day_and_month(said: Phrase) -> Day:
    day, month = said.value(Kind.NUMBER, Kind.ORDINAL), said.value(*_ANY_MONTH)
    if year := said.find(Kind.YEAR):
        return Day(date(year.value, month, day))
    return _to_come(said, lambda year: date(year, month, day))


def _in_figures(said: Phrase) -> Day:
    token = said.tokens[-1]
    numbers = [int(number) for number in re.findall("[0-9]+", token.text)]
    if token.kind is Kind.ISO:
        return Day(date(*numbers))
    day, month, *years = numbers
    if month > 12:
        day, month = month, day
    if years:
        return Day(date(2000 + years[0] % 100, month, day))
    return _to_come(said, lambda year: date(year, month, day))


def _day_of_the_month(said: Phrase) -> Day:
    """The next of this number."""
    day, months = said.value(Kind.ORDINAL), (_first(Kind.MONTHS, said.today, ahead) for ahead in range(3))
    return Day(next(found for month in months for found in _numbered(month, day) if found >= said.today))


def _weekend(said: Phrase) -> Day:
    """Saturday, and in the weekend itself today."""
    saturday = _first(Kind.WEEKS, said.today, int(said.has(Kind.NEXT))) + timedelta(days=SATURDAY)
    return Day(max(saturday, said.today))


def _friday_before(said: Phrase) -> Day:
    friday = _first(Kind.WEEKS, said.today, int(said.has(Kind.NEXT))) + timedelta(days=FRIDAY)
    return Day(friday if friday >= said.today else friday + timedelta(days=7))


def _monday_after(said: Phrase) -> Day:
    return Day(_first(Kind.WEEKS, said.today, 1 + int(said.has(Kind.NEXT))))


def _no_day(_said: Phrase) -> Day:
    raise NotADay


_ANY_DAY = Kind.WEEKDAY, Kind.SHORT, Kind.CLEAR_SHORT
_ANY_MONTH = Kind.MONTH, Kind.MAYBE_MONTH
_COUNTS = Kind.A, Kind.NUMBER
_UNITS = Kind.MINUTES, Kind.HOURS, Kind.UUR, Kind.DAYS, Kind.WORKDAYS, Kind.WEEKS, Kind.MONTHS, Kind.YEARS
_DATED = "(anyday comma? article?|article)?"
_YEAR = "(comma? year(?!money))?"

DAYS: Sequence[tuple[str, Meaning]] = (
    # Before others that are as long
    ("after article? [this coming next]? weekend", _monday_after),
    ("before article? [this coming next]? weekend", _friday_before),
    ("last weeks? anyday|last [period days part weekend month]|last count unit|anyday last weeks?", _no_day),
    ("every count? [weekday unit part weekend month]|named [weekday morgen part]|count unit ago", _no_day),
    # Today, and days of the week
    ("day|morgen", _in_days),
    ("today_part", _part_of_today),
    ("article? end of? article? days|end_of_day (?!lead? [day morgen weekday])", _end_of_today),
    ("[this coming]? weekday coming?|[this coming] abbreviated|led abbreviated (finishes|timed)", _weekday),
    ("abbreviated timed|this weeks lead? anyday|anyday this weeks", _weekday),
    ("abbreviated finishes", _abbreviated),
    ("next anyday|[next coming] weeks lead? anyday|anyday lead? [next coming] weeks", _weekday_of_a_week_ahead),
    ("in count weeks lead weekday", _weekday_of_a_week_ahead),
    ("weekday in count weeks|weekday weeks(?!number)|count weeks lead weekday", _weekday_in_weeks),
    # Weeks, months, years
    ("in? article? [this coming]? weekend|in? article? next weekend", _weekend),
    ("in? article? [next coming] period|begin of? article? [next coming] period", _first_of_period),
    ("this period|article? end of? article? [this next coming]? period", _last_of_period),
    (
        "(led|in|^) weeks number (?!things)|(anyday|begin of?|end of?) weeks number|weeks number lead? anyday",
        _week_of_the_year,
    ),
    ("begin of? anymonth|(?<=[until before]) anymonth finishes", _begin_of_month),
    ("article? end of? anymonth", _end_of_month),
    # Spans
    ("(?<!times) in (count unit|minutes) (?!ago)|count unit from_now", _later),
    ("count? unit", _span),
    # Dates
    (f"{_DATED} nth of? month {_YEAR}|{_DATED} ordinal of? maybe_month {_YEAR}", _day_and_month),
    (f"(anyday comma? article?|(led|^) article?) number maybe_month {_YEAR}", _day_and_month),
    ("number maybe_month (comma? year|finishes|timed)", _day_and_month),
    (f"anyday? comma? anymonth article? ordinal {_YEAR}", _day_and_month),
    (f"((led|anyday comma?) anymonth|^month) number {_YEAR} (?!things)", _day_and_month),
    ("anymonth number (comma? year|finishes|timed)", _day_and_month),
    (f"{_DATED} [iso dmy]|(anyday comma?|(?<=[leads])) [dm_dash dm_slash] (?!things)", _in_figures),
    ("dm_dash (finishes|timed)|dm_slash timed|^dm_slash$", _in_figures),
    ("anyday comma? article? ordinal|led article? ordinal (finishes|timed)", _day_of_the_month),
)


def _first(period: Kind, today: date, ahead: int) -> date:
    """The first day of this week, month or year, or of one so many ahead."""
    if period is Kind.WEEKS:
        return today + timedelta(days=7 * ahead - today.weekday())
    if period is Kind.YEARS:
        return date(today.year + ahead, 1, 1)
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, 1)


def _working_days_later(day: date, count: int) -> date:
    """Monday to Friday: whoever works on other days, or not on a holiday, is not known here."""
    for _ in range(count):
        day += timedelta(days=7 - day.weekday() if day.weekday() >= FRIDAY else 1)
    return day


def _to_come(said: Phrase, in_year: Callable[[int], date]) -> Day:
    """The first that is not past, within a year or so: week 53 can be last year's. Raises NotADay."""
    for year in range(said.today.year - 1, said.today.year + 2):
        with suppress(ValueError):
            if (day := in_year(year)) >= said.today:
                return Day(day)
    raise NotADay


def _numbered(month: date, day: int) -> Iterator[date]:
    with suppress(ValueError):
        yield month.replace(day=day)
