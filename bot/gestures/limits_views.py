"""The form in which an administrator, or a lead for the own team, decides how much may be given, and how often."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.gestures.gesture import Currency, Sector
from bot.gestures.limits import (
    DAYS,
    LONGEST_KNOWN_AS,
    MONEY,
    MOST_DAYS,
    MOST_MONEY,
    LimitsSeen,
    Mistake,
    OwnLimits,
)
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
    "most_per_gesture": N_("Most for one gesture"),
    "colleague_decides": N_("Up to this a colleague decides"),
    "colleague_a_month": N_("For one colleague a month"),
    "team_a_month": N_("For a team a month"),
    "gifts_a_year": N_("Gifts to one customer a year"),
}
_HINTS = {
    "days_between": N_("Only of what we do unasked. Who wants little contact gets more days."),
    "days_after_case": N_("Until then only what shows that we care how it is now."),
    "colleague_decides": N_("Above this a colleague asks a team lead, in one tap."),
    "gifts_a_year": N_("What your own code of conduct says. Empty: what is usual in your sector."),
}

_SIGN = re.compile(r"^(US\$|[€£$])\s*|\s*(US\$|[€£$])$", re.IGNORECASE)
"""Before or after the figure, as it is said here or as people type it."""

_CURRENCIES = {Currency.EUR: "€", Currency.GBP: "£", Currency.USD: "$"}


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
            *(_of_all(seen, _) if team is None else []),
            *(_figure(name, seen, _) for name in (*MONEY, *DAYS)),
            *([b.context(_("Changed last by <@{by}>.", by=seen.changed_by))] if seen.changed_by else []),
        ],
        callback_id=Action.SET_LIMITS,
        close=_("Cancel"),
        submit=_("Save"),
        private_metadata=channel_id or WORKSPACE,
    )


def _of_all(seen: LimitsSeen, _: Words) -> list[Block]:
    """What only the whole workspace has."""
    sectors = [b.option(_(name), sector) for sector, name in _SECTORS.items()]
    currencies = [b.option(sign, currency) for currency, sign in _CURRENCIES.items()]
    return [
        b.field(
            _("How customers know us"),
            b.text_input("known_as", longest=LONGEST_KNOWN_AS, written=seen.own.known_as),
            "known_as",
            optional=True,
            hint=_("It stands in the words for customers. Empty: what this workspace is called in Slack."),
        ),
        b.field(
            _("Your sector"),
            b.select("sector", sectors, seen.sector, _("Choose a sector")),
            "sector",
            hint=_("It decides which gestures fit, and how much may be given where a gift could look like a favour."),
        ),
        b.field(_("Currency"), b.select("currency", currencies, seen.currency, _("Choose a currency")), "currency"),
    ]


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
    return _.plural("{n} day", "{n} days", value) if name in DAYS else money(value, seen.currency, _)


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
    for name in (*DAYS, *MONEY):
        written = _SIGN.sub("", (values.get(name) or "").strip())
        shape = _WHOLE if name in DAYS else _AMOUNT
        if not written:
            figures[name] = None
        elif not shape.fullmatch(written):
            unclear.append(name)
        else:
            figures[name] = int(written) if name in DAYS else Decimal(written.replace(",", "."))
    sector = values.get("sector")
    currency, known_as = values.get("currency"), " ".join((values.get("known_as") or "").split())
    limits = OwnLimits(
        sector=Sector(sector) if sector else None,
        currency=Currency(currency) if currency else None,
        known_as=known_as or None,
        **figures,  # pyright: ignore[reportArgumentType]
    )
    return Written(limits, tuple(unclear))


def mistake(made: Mistake, field: str, currency: Currency, _: Words) -> str:
    match made:
        case Mistake.NO_SUCH_NUMBER if field in DAYS:
            return _("Type a whole number, of at most {n} days.", n=MOST_DAYS)
        case Mistake.NO_SUCH_NUMBER:
            return _("Type an amount, of at most {amount}.", amount=money(MOST_MONEY, currency, _))
        case Mistake.LOOSER:
            return _("The workspace allows less than this. An administrator of Acht can change that.")
        case Mistake.OF_WORKSPACE:
            return _("This holds for the whole workspace, and an administrator decides it.")


def saved(_: Words) -> dict[str, Any]:
    text = _("Saved. This holds from now on.")
    return b.modal(_("Limits for gestures"), [b.section(text)], callback_id=Action.SET_LIMITS, close=_("Close"))
