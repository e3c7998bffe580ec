"""What is going on for a customer today, and what of it presses most.

From the card come birthdays, anniversaries and silence; from cases that something was put right; from what colleagues
noted the rest; and the season by itself. Source: 002 (love), 003 (life events), 001 (principle 6).
"""

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.customers.rules import Card, DayOfYear
from bot.kit.i18n import N_, Words
from bot.moments.moment import Moment
from bot.trade import Occasion, Wish

BIRTHDAY, ANNIVERSARY, PUT_RIGHT = Occasion.BIRTHDAY, Occasion.ANNIVERSARY, Occasion.PUT_RIGHT
"""Our own moments are called after their occasions."""

AGREED_SILENCE: Mapping[Wish, int] = {Wish.LESS: 240, Wish.NORMAL: 120, Wish.TOLD_FIRST: 120}
"""Days without any contact after which a customer is not to be forgotten. Source: 002; the figures are ours."""

LONGEST_ABOUT, LONGEST_WORDS = 80, 300
"""Characters; both come to stand within a sentence."""

FARTHEST = timedelta(days=730)
"""From today, the day that somebody may note: beyond that it was mistyped."""

LOOK_BACK = 2
"""Days that have gone and are still shown to the contact: on Monday the birthdays of the weekend."""

MOST_SILENT, MOST_TOLD_FIRST = 3, 20
"""Customers that a contact sees at once: who has a hundred to call calls none."""


MOST_TO_CALL_OFF = 20
"""In the list of what is not so after all."""


@dataclass(frozen=True, kw_only=True)
class MomentNow:
    """Something that makes a gesture fit today."""

    occasion: Occasion
    moment_id: str | None = None
    """Of `moments.yaml`; None for what is no moment there, such as a silence."""
    falls_on: date | None = None
    """The day that it is about; None where there is none."""
    was_on: date | None = None
    """Of what is looked back on, such as a purchase three months later: when it was."""
    about: str | None = None
    """The thing that it is about, with its article: “the new kitchen”."""
    their_words: str | None = None
    """What the customer said of it."""
    noted_id: int | None = None
    """Of what a colleague noted."""

    @property
    def day(self) -> date | None:
        """As people name it."""
        return self.was_on or self.falls_on


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What a colleague noted of a customer. `day`: the one that was noted, such as that of the purchase."""

    id: int
    moment_id: str
    day: date
    about: str | None = None
    their_words: str | None = None


def now(
    card: Card, noted: Iterable[Noted], put_right_on: date | None, moments: Mapping[str, Moment], today: date
) -> list[MomentNow]:
    """Most pressing first. `put_right_on`: the day on which the customer said so, of the last case.

    A moment that an organisation has taken away since it was noted is not there.
    """
    told = list(_told(noted, moments, today))
    known = {moment.moment_id for moment in told}  # what the customer said of it goes before what the card knows
    by_itself = [moment for moment in _by_itself(card, put_right_on, moments, today) if moment.moment_id not in known]
    return sorted([*told, *by_itself], key=lambda moment: _urgency(moment, moments, today))


def _told(noted: Iterable[Noted], moments: Mapping[str, Moment], today: date) -> Iterator[MomentNow]:
    for one in noted:
        moment = moments.get(one.moment_id)
        if moment is not None and moment.is_near(day := moment.falls_on(one.day), today):
            yield MomentNow(
                occasion=moment.occasion,
                moment_id=moment.id,
                falls_on=day,
                was_on=one.day if moment.days_later else None,
                about=one.about,
                their_words=one.their_words,
                noted_id=one.id,
            )


def _by_itself(
    card: Card, put_right_on: date | None, moments: Mapping[str, Moment], today: date
) -> Iterator[MomentNow]:
    details = card.details
    if details.birthday is not None and (day := _near(moments[BIRTHDAY], details.birthday, today)):
        yield _moment_now(moments[BIRTHDAY], day)
    since = details.customer_since
    if since is not None and (day := _near(moments[ANNIVERSARY], DayOfYear.of(since), today)) and day.year > since.year:
        yield _moment_now(moments[ANNIVERSARY], day)
    if put_right_on is not None and moments[PUT_RIGHT].is_near(day := moments[PUT_RIGHT].falls_on(put_right_on), today):
        yield _moment_now(moments[PUT_RIGHT], day, was_on=put_right_on)
    if is_silent(card.silent_since, details.wish, today):
        yield MomentNow(occasion=Occasion.NOT_FORGOTTEN)
    for moment in moments.values():
        if moment.each_year and (day := _near(moment, DayOfYear.read(moment.each_year), today)):
            yield _moment_now(moment, day)


def _moment_now(moment: Moment, day: date, *, was_on: date | None = None) -> MomentNow:
    return MomentNow(occasion=moment.occasion, moment_id=moment.id, falls_on=day, was_on=was_on)


def _urgency(moment: MomentNow, moments: Mapping[str, Moment], today: date) -> tuple[int, int, bool]:
    """What was put right, then the days of this customer, the nearest first, then what is looked back on, which can
    wait a week, then silence, then the season."""
    if moment.falls_on is None:
        return 3, 0, False
    days = (moment.falls_on - today).days
    is_season = moment.moment_id is not None and moments[moment.moment_id].each_year is not None
    rank = 4 if is_season else 0 if moment.occasion is PUT_RIGHT else 2 if moment.was_on else 1
    return rank, abs(days), days < 0


def _near(moment: Moment, day: DayOfYear, today: date) -> date | None:
    """When a day that comes back each year is one to do something for now."""
    this_time = (in_year(day, year) for year in (today.year - 1, today.year, today.year + 1))
    return next((on for on in this_time if moment.is_near(on, today)), None)


def in_year(day: DayOfYear, year: int) -> date:
    """In a year without 29 February it is kept on the 28th."""
    if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, day.month, day.day)


def worth_showing(noted: Iterable[Noted], today: date) -> list[Noted]:
    """What is still to come, or of the last year: the newest first."""
    of_late = (one for one in noted if one.day > long_gone(today))
    return sorted(of_late, key=lambda one: one.day, reverse=True)


def long_gone(today: date) -> date:
    """The last day of which nothing is shown any more."""
    return today - timedelta(days=365)


# --- silence ---


def is_silent(since: date, wish: Wish, today: date) -> bool:
    """Whether nothing was heard of them for the agreed time."""
    return since + timedelta(days=AGREED_SILENCE[wish]) <= today


def silent_before(today: date) -> Mapping[Wish, date]:
    """Who was last heard of before that day is silent, by how much contact they want."""
    return {wish: today - timedelta(days=days - 1) for wish, days in AGREED_SILENCE.items()}


# --- what is coming, for the contact ---


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Something for which a contact may want to do something for a customer."""

    customer_id: int
    name: str
    occasion: Occasion
    moment_id: str | None = None
    falls_on: date | None = None
    """None for a silence, and for who wants to hear of news first."""
    was_on: date | None = None
    """Of what is looked back on: the day that was noted, such as that of the purchase."""
    silent_since: date | None = None
    years: int | None = None
    """As a customer, where that is the occasion."""
    about: str | None = None


def window(moment: Moment, today: date, days: int) -> tuple[date, date]:
    """The first and last day on which this moment has to fall to be shown now. `days`: those that everything has."""
    ahead = max(days - 1, moment.days_before)
    return today - timedelta(days=LOOK_BACK), today + timedelta(days=ahead)


def noted_window(moment: Moment, today: date, days: int) -> tuple[date, date]:
    """The same of the day that a colleague noted."""
    first, last = window(moment, today, days)
    later = timedelta(days=moment.days_later)
    return first - later, last - later


def in_order(dated: Iterable[Coming]) -> list[Coming]:
    """Soonest first. What a colleague noted goes before the same from the card."""
    first: dict[tuple[int, str | None, date | None], Coming] = {}
    for one in dated:
        first.setdefault((one.customer_id, one.moment_id, one.falls_on), one)
    return sorted(first.values(), key=lambda one: (one.falls_on or date.max, one.name.casefold(), one.customer_id))


# --- what somebody notes ---

NOTHING = "-"
"""What a button carries that knows nothing: Slack wants it to carry something."""


@dataclass(frozen=True)
class Beginning:
    """What is known when somebody begins to note a moment, as the button carries it: `12:moving`, `:moving:Mrs Jansen`.

    `name`: of the customer, as somebody wrote it, where it is not known which one.
    """

    customer_id: int | None = None
    moment_id: str | None = None
    name: str | None = None
    day: date | None = None

    @property
    def value(self) -> str:
        parts = (self.customer_id, self.moment_id, self.name, self.day)
        return ":".join(str(part or "") for part in parts).rstrip(":") or NOTHING

    @classmethod
    def read(cls, value: str) -> "Beginning":
        customer, moment_id, name, day = [*("" if value == NOTHING else value).split(":"), "", "", ""][:4]
        return cls(int(customer) if customer else None, moment_id or None, name or None, _day(day))


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


class Mistake(StrEnum):
    FAR_AWAY = "far_away"
    ABOUT_TOO_LONG = "about_too_long"
    WORDS_TOO_LONG = "words_too_long"

    @property
    def field(self) -> str:
        """Of the form."""
        return {"far_away": "day", "about_too_long": "about", "words_too_long": "their_words"}[self]


def mistakes(day: date, about: str | None, their_words: str | None, today: date) -> list[Mistake]:
    found = {
        Mistake.FAR_AWAY: abs(day - today) > FARTHEST,
        Mistake.ABOUT_TOO_LONG: len(about or "") > LONGEST_ABOUT,
        Mistake.WORDS_TOO_LONG: len(their_words or "") > LONGEST_WORDS,
    }
    return [mistake for mistake, is_made in found.items() if is_made]


# --- what a colleague says ---

_SAYABLE = {
    Occasion.FIRST_VISIT: N_("They are here, or in touch, for the first time"),
    Occasion.WAITING: N_("They have to wait"),
    Occasion.COMPLIMENT: N_("They paid us a compliment"),
    Occasion.SECOND_PURCHASE: N_("They came back for a second purchase"),
    Occasion.TOLD_FIRST: N_("There is news, and they asked to hear it first"),
    Occasion.GOODBYE: N_("They are saying goodbye"),
}


def sayable(_: Words) -> Sequence[tuple[Occasion, str]]:
    """What a colleague can say is going on, of what is no moment: nothing of it is noted or comes by itself."""
    return [(occasion, _(label)) for occasion, label in _SAYABLE.items()]
