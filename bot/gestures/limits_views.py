"""The form in which an administrator, or a lead for the own team, decides how much may be given, and how often."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.gestures.gesture import Sector
from bot.gestures.limits import DAYS, EUROS, MOST_DAYS, MOST_EUROS, LimitsSeen, Mistake, OwnLimits
from bot.gestures.views import Action, money
from bot.kit.i18n import N_, Language, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.trade import Wish

WORKSPACE = "workspace"
"""In the place of a team's channel."""

LONGEST = 12
"""Characters of an amount."""

_WHOLE, _AMOUNT = re.compile(r"[0-9]+"), re.compile(r"[0-9]+([.,][0-9]{1,2})?")

_SECTORS = {
    Sector.SHOP: N_("Shop"),
    Sector.WEBSHOP: N_("Web shop"),
    Sector.CALL_CENTRE: N_("Call centre"),
    Sector.HOSPITALITY: N_("Hotel or restaurant"),
    Sector.BANK: N_("Bank or insurance"),
    Sector.CARE: N_("Care"),
    Sector.MUNICIPALITY: N_("Municipality"),
    Sector.REPAIR: N_("Repair"),
    Sector.DELIVERY: N_("Delivery"),
    Sector.BUSINESS: N_("Business customers"),
}
_LABELS = {
    "days_between": N_("Days between two gestures for one customer"),
    "days_after_case": N_("Days of rest after something was put right"),
    "most_per_gesture": N_("Most for one gesture, in euros"),
    "colleague_decides": N_("Up to this a colleague decides, in euros"),
    "colleague_a_month": N_("For one colleague a month, in euros"),
    "team_a_month": N_("For a team a month, in euros"),
    "gifts_a_year": N_("Gifts to one customer a year, in euros"),
}
_HINTS = {
    "days_between": N_("Only of what we do unasked. Who wants little contact gets more days."),
    "days_after_case": N_("Until then only what shows that we care how it is now."),
    "colleague_decides": N_("Above this a colleague asks a team lead, in one tap."),
    "gifts_a_year": N_("What your own code of conduct says. Empty: what is usual in your sector."),
}


@dataclass(frozen=True)
class Written:
    """What the form holds. `unclear`: fields with no figure in them that can be read."""

    limits: OwnLimits
    unclear: tuple[str, ...] = ()


def form(seen: LimitsSeen, channel_id: str | None, team: str | None, _: Words) -> dict[str, Any]:
    """`team`: its name; None for the whole workspace."""
    if team is None:
        what = _("For everybody. What you leave empty is as usual. A team may be tighter than this, and never looser.")
    else:
        what = _(
            "For {team}. What you leave empty is as the workspace has it; you may be tighter.", team=b.escaped(team)
        )
    return b.modal(
        _("Limits for gestures"),
        [
            b.section(what),
            *([_sector(seen, _)] if team is None else []),
            *(_figure(name, seen, _) for name in (*EUROS, *DAYS)),
            *([b.context(_("Changed last by <@{by}>.", by=seen.changed_by))] if seen.changed_by else []),
        ],
        callback_id=Action.SET_LIMITS,
        close=_("Cancel"),
        submit=_("Save"),
        private_metadata=channel_id or WORKSPACE,
    )


def _sector(seen: LimitsSeen, _: Words) -> Block:
    options = [b.option(_(name), sector) for sector, name in _SECTORS.items()]
    return b.field(
        _("Your sector"),
        b.select("sector", options, seen.sector, _("Choose a sector")),
        "sector",
        hint=_("It decides which gestures fit, and how much may be given where a gift could look like a favour."),
    )


def _figure(name: str, seen: LimitsSeen, _: Words) -> Block:
    decided = getattr(seen.own, name)
    empty = _("Empty: {amount}", amount=_said(name, seen, _))
    hint = _HINTS.get(name)
    written = None if decided is None else _plain(decided, _)
    return b.field(
        _(_LABELS[name]),
        b.text_input(name, longest=LONGEST, placeholder=empty, written=written),
        name,
        optional=True,
        hint=_(hint) if hint else None,
    )


def _said(name: str, seen: LimitsSeen, _: Words) -> str:
    """What holds when nothing is decided here."""
    if name == "days_between":
        return _.plural("{n} day", "{n} days", seen.at_most.days_between[Wish.NORMAL])
    value = getattr(seen.at_most, name)
    if value is None:
        return _("no limit")
    return _.plural("{n} day", "{n} days", value) if name in DAYS else money(value, _)


def _plain(value: int | Decimal, _: Words) -> str:
    """As somebody types it."""
    if value % 1 == 0:
        return str(int(value))
    return f"{value:.2f}".replace(".", "," if _.language is Language.NL else ".")


def read(values: Mapping[str, str | None]) -> Written:
    """By field. In both languages a comma and a point are the same, with one or two figures after it: “1.500” may be
    a thousand and a half or one and a half, so it is asked what is meant.
    """
    unclear: list[str] = []
    figures: dict[str, int | Decimal | None] = {}
    for name in (*DAYS, *EUROS):
        written = (values.get(name) or "").replace("€", "").strip()
        shape = _WHOLE if name in DAYS else _AMOUNT
        if not written:
            figures[name] = None
        elif not shape.fullmatch(written):
            unclear.append(name)
        else:
            figures[name] = int(written) if name in DAYS else Decimal(written.replace(",", "."))
    sector = values.get("sector")
    limits = OwnLimits(sector=Sector(sector) if sector else None, **figures)  # pyright: ignore[reportArgumentType]
    return Written(limits, tuple(unclear))


def mistake(made: Mistake, field: str, _: Words) -> str:
    match made:
        case Mistake.NO_SUCH_NUMBER if field in DAYS:
            return _("Type a whole number, of at most {n} days.", n=MOST_DAYS)
        case Mistake.NO_SUCH_NUMBER:
            return _("Type an amount in euros, of at most {amount}.", amount=money(MOST_EUROS, _))
        case Mistake.LOOSER:
            return _("The workspace allows less than this. An administrator of Acht can change that.")
        case Mistake.OF_WORKSPACE:
            return _("This holds for the whole workspace, and an administrator decides it.")


def saved(_: Words) -> dict[str, Any]:
    text = _("Saved. This holds from now on.")
    return b.modal(_("Limits for gestures"), [b.section(text)], callback_id=Action.SET_LIMITS, close=_("Close"))
