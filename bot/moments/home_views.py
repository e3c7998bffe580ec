"""What is coming for a colleague's customers, in their Home tab."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.customers import names
from bot.kit import dates
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.moments.moment import Moment
from bot.moments.rules import Coming
from bot.moments.views import Action, Elsewhere, name_of, noted_name
from bot.trade import Occasion

SHOWN = 5
"""In the Home tab; the others are one click away."""

IN_A_LIST = 40
"""In the modal that shows all: who has more sees the rest tomorrow."""

NAMED = 5
"""Of who wants to hear news first; the list holds all."""


Arranged = Mapping[tuple[int, Occasion], str]
"""By customer and occasion: that there is something already, such as “planned for Thursday”, in place of the button."""


def coming_this_week(
    coming: Sequence[Coming],
    moments: Mapping[str, Moment],
    today: date,
    elsewhere: Elsewhere,
    _: Words,
    arranged: Arranged = MappingProxyType({}),
) -> list[Block]:
    """Soonest first. Nothing where nothing is coming."""
    listed = [one for one in coming if one.occasion is not Occasion.TOLD_FIRST]
    first = [one for one in coming if one.occasion is Occasion.TOLD_FIRST]
    if not listed and not first:
        return []
    blocks = [b.header(_("Coming up for your customers"))]
    blocks += _lines(listed[:SHOWN], moments, today, elsewhere, _, arranged)
    if (more := len(listed) - SHOWN) > 0:
        text = _.plural("And one more", "And {n} more", more)
        blocks.append(b.section(text, b.button(_("Show all"), Action.SHOW_COMING, "all")))
    return [*blocks, *_cards(listed[:SHOWN], elsewhere, _), *_told_first(first, elsewhere, _)]


def all_coming(
    coming: Sequence[Coming],
    moments: Mapping[str, Moment],
    today: date,
    elsewhere: Elsewhere,
    _: Words,
    arranged: Arranged,
) -> dict[str, Any]:
    listed = [one for one in coming if one.occasion is not Occasion.TOLD_FIRST][:IN_A_LIST]
    lines = _lines(listed, moments, today, elsewhere, _, arranged)
    blocks = [*lines, *_cards(listed, elsewhere, _)] or [b.section(_("Nothing is coming up just now."))]
    return b.modal(_("Coming up"), blocks, callback_id=Action.NOTED, close=_("Close"))


def _lines(
    listed: Sequence[Coming],
    moments: Mapping[str, Moment],
    today: date,
    elsewhere: Elsewhere,
    _: Words,
    arranged: Arranged,
) -> list[Block]:
    """One for each, with a gesture."""
    lines: list[Block] = []
    for n, one in enumerate(listed):
        line = _line(one, moments, today, _)
        if there_is := arranged.get((one.customer_id, one.occasion)):
            lines.append(b.plain_section(f"{line} · {there_is}"))
        else:
            lines.append(b.plain_section(line) | {"accessory": _gesture(n, one, elsewhere, _)})
    return lines


def _cards(listed: Sequence[Coming], elsewhere: Elsewhere, _: Words) -> list[Block]:
    """Under the lines, because a name in a text cannot be clicked."""
    customers = {str(one.customer_id): one.name for one in listed}
    if not customers:
        return []
    options = [b.option(name, customer_id) for customer_id, name in customers.items()]
    return [b.actions(b.select(f"{elsewhere.open_card}.coming", options, None, _("Open a card")))]


def _gesture(n: int, one: Coming, elsewhere: Elsewhere, _: Words) -> b.Element:
    # Slack wants every id in a view only once.
    return b.button(_("A gesture"), f"{elsewhere.suggest}.{n}", f"{one.customer_id}:{one.occasion}")


def _line(one: Coming, moments: Mapping[str, Moment], today: date, _: Words) -> str:
    parts = (one.name, _what(one, moments, today, _), _when(one, today, _), one.about, _ask_how_it_is(one, _))
    return " · ".join(part for part in parts if part)


def _what(one: Coming, moments: Mapping[str, Moment], today: date, _: Words) -> str:
    if one.silent_since is not None:
        return _("no contact since {day}", day=dates.said(one.silent_since, None, today, _))
    if one.years is not None:
        return _.plural("{n} year as a customer", "{n} years as a customer", one.years)
    if one.occasion is Occasion.PUT_RIGHT:
        return _("put right last week: is all well now?")
    moment = moments[one.moment_id or ""]
    return noted_name(moment, _) if one.was_on else name_of(moment, _)


def _when(one: Coming, today: date, _: Words) -> str | None:
    """The day of the thing itself: of a purchase three months later, that of the purchase."""
    day = one.was_on or one.falls_on
    if day is None or one.occasion is Occasion.PUT_RIGHT:
        return None
    return dates.said(day, None, today, _)


def _ask_how_it_is(one: Coming, _: Words) -> str | None:
    return _("how is it going now?") if one.was_on and one.occasion is not Occasion.PUT_RIGHT else None


def _told_first(first: Sequence[Coming], elsewhere: Elsewhere, _: Words) -> list[Block]:
    """Only a colleague knows whether there is news, so it is no line of the list."""
    if not first:
        return []
    named = ", ".join(names.in_full(one.name, _.language) for one in first[:NAMED])
    if (more := len(first) - NAMED) > 0:
        named = _("{names} and {n} more", names=named, n=more)
    options = [b.option(one.name, f"{one.customer_id}:{one.occasion}") for one in first]
    news = b.select(f"{elsewhere.suggest}.first", options, None, _("There is news for…"))
    return [b.plain_section(_("They want to hear news first: {names}", names=named)) | {"accessory": news}]
