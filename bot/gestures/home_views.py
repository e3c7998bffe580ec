"""Gestures in the Home tab: what somebody is about to do, what a lead can answer and has left, last month's sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.customers import names
from bot.gestures.course import Felt, Line, Month, Purse, Request, State, Taken
from bot.gestures.limits_views import WORKSPACE
from bot.gestures.views import Action, cost_above, money
from bot.kit import dates
from bot.kit.i18n import N_, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.trade import Occasion

SHOWN = 5
"""Lines of a list; one more is read, to know whether there are others."""

DAYS_OF_A_WEEK = 7
"""Of these each has a name of its own."""

PARTS = 10
"""Of a meter."""


@dataclass(frozen=True)
class TeamPurse:
    """The budget of one team."""

    channel_id: str
    name: str
    purse: Purse


def about_to_do(lines: Sequence[tuple[Line, str]], today: date, _: Words) -> list[Block]:
    """Of a colleague, each with its title; nothing when there is nothing."""
    if not lines:
        return []
    blocks = [b.header(_("What you are about to do"))]
    for line, title in lines[:SHOWN]:
        text = f"*{b.escaped(title)}*\n{b.escaped(_when_and_for_whom(line, today, _))}"
        blocks.append(b.section(text, _first_button(line, _)))
    if len(lines) > SHOWN:
        blocks.append(b.context(_("There is more: it moves up as you get these done.")))
    return blocks


def _when_and_for_whom(line: Line, today: date, _: Words) -> str:
    name = names.in_full(line.customer, _.language)
    if line.state is State.ASKED:
        return _("For {name}. It waits for a team lead's yes.", name=name)
    return _("For {name}, {day}.", name=name, day=dates.said(line.on_day, None, today, _))


def _first_button(line: Line, _: Words) -> b.Element:
    if line.state is State.ASKED:
        return b.button(_("Not needed any more"), f"{Action.DROP}.{line.id}", str(line.id))
    return b.button(_("It's done"), f"{Action.DONE}.{line.id}", str(line.id))


def taken(one: Taken, occasion: Occasion, today: date, _: Words) -> str:
    """In place of a button that could only refuse: what was chosen for this, or when there is space again."""
    if occasion not in one.chosen_for:
        return _("again from {day}", day=format_date(one.until, "d MMMM", locale=_.language))
    state, on_day = one.chosen_for[occasion]
    if state is State.PLANNED:
        return _("already arranged")
    if on_day == today:
        return _("done today")
    is_this_week = (today - on_day).days < DAYS_OF_A_WEEK
    return _("done on {day}", day=format_date(on_day, "EEEE" if is_this_week else "d MMMM", locale=_.language))


# --- for a lead ----------------------------------------------------------------------------------------


def requests(asked: Sequence[tuple[Request, str]], today: date, _: Words) -> list[Block]:
    """What waits for this lead's answer, each with its title."""
    if not asked:
        return []
    blocks = [b.header(_("A gesture waits for your yes"))]
    for one, title in asked[:SHOWN]:
        blocks += [b.section(_request(one, title, today, _)), _yes_or_no(one, _)]
    if len(asked) > SHOWN:
        blocks.append(b.context(_("There is more: it moves up as you answer these.")))
    return blocks


def _request(one: Request, title: str, today: date, _: Words) -> str:
    name = b.escaped(names.in_full(one.customer, _.language) if one.customer else _("a customer"))
    what = f"*{b.escaped(title)}* ({cost_above(one.cost, one.above, one.currency, _)})"
    day = dates.said(one.on_day, None, today, _)
    return _("{what}\n<@{colleague}>, for {name}, {day}", what=what, colleague=one.colleague_id, name=name, day=day)


def _yes_or_no(one: Request, _: Words) -> Block:
    at = str(one.given_id)
    return b.actions(
        b.button(_("Yes"), f"{Action.YES}.{at}", at, style="primary"),
        b.button(_("No"), f"{Action.NO}.{at}", at),
        b.button(_("No, because …"), f"{Action.NO_BECAUSE}.{at}", at),
    )


def budgets(purses: Sequence[TeamPurse], _: Words) -> list[Block]:
    """Of the teams that somebody leads. No colleague is named: what is spent is the team's."""
    if not purses:
        return []
    return [
        b.header(_("For gestures this month")),
        *(
            b.section(
                f"*{b.escaped(one.name)}*\n{meter(one.purse, _)}",
                b.button(_("Team limits"), f"{Action.LIMITS}.{one.channel_id}", one.channel_id),
            )
            for one in purses
        ),
    ]


def meter(purse: Purse, _: Words) -> str:
    """Full only when nothing is left, and empty only when nothing is spent."""
    share = purse.spent / purse.limit if purse.limit else 1
    full = min(PARTS, max(0, int(share * PARTS)))
    if purse.spent and not full:
        full = 1
    bar = "▰" * full + "▱" * (PARTS - full)
    spent, limit = money(purse.spent, purse.currency, _), money(purse.limit, purse.currency, _)
    return _("{bar}  {spent} of {limit}", bar=bar, spent=spent, limit=limit)


# --- for an administrator and for leadership -----------------------------------------------------------


def limits_of_all(_: Words) -> list[Block]:
    text = _("*Gestures*: your sector, and what may be given, how often and by whom.")
    return [b.section(text, b.button(_("Limits for gestures"), f"{Action.LIMITS}.{WORKSPACE}", WORKSPACE))]


_FELT = {
    Felt.HEARD: N_("felt heard"),
    Felt.IMPORTANT: N_("felt important"),
    Felt.SURPRISED: N_("surprised"),
}


def last_month(month: Month | None, _: Words) -> list[Block]:
    """Sums only, and nothing when they would be about a few."""
    if month is None:
        return []
    name = format_date(month.first_day, "LLLL", locale=_.language)
    count = _number(month.gestures, _)
    gestures = _.plural("{count} gesture", "{count} gestures", month.gestures, count=count)
    count = _number(month.customers, _)
    customers = _.plural("{count} customer", "{count} customers", month.customers, count=count)
    lines = [
        _("{gestures} for {customers}", gestures=gestures, customers=customers),
        _(
            "{n} of them without cost, {amount} in all",
            n=_number(month.without_cost, _),
            amount=money(month.spent, month.currency, _),
        ),
    ]
    if month.felt is not None and month.told is not None:
        felt = ", ".join(f"{_(label)} {_number(month.felt.get(one, 0), _)}" for one, label in _FELT.items())
        lines.append(_("How customers took it (told {n} times): {felt}", n=_number(month.told, _), felt=felt))
    if month.ambassadors is not None:
        signals = _number(month.ambassadors, _)
        lines.append(_("Customers who told others or thanked us: {n}", n=signals))
    return [b.header(_("Gestures in {month}", month=name)), b.section("\n".join(lines))]


def _number(n: int, _: Words) -> str:
    return format_decimal(n, locale=_.language)
