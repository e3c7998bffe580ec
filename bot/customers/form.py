"""What the form of a customer's card holds, before anybody judges it. Each field is a block of the same name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.customers import birthdays
from bot.customers.rules import Details
from bot.kit.i18n import Language
from bot.kit.slack.incoming import View
from bot.trade import Channel, Phase, Wish

NO_TEAM = "none"


class Consent(StrEnum):
    """Whether a customer agreed: somebody who said no is not asked again."""

    YES = "yes"
    NOT_ASKED = "not_asked"
    NO = "no"

    @classmethod
    def of(cls, details: Details) -> "Consent":
        if details.has_consented:
            return cls.YES
        return cls.NOT_ASKED if details.consent_on is None else cls.NO


class Draft(BaseModel):
    """What travels with the form. Of the card that was looked at: its version, and what it says of consent."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    customer_id: int | None = None
    version: int = 0
    consent: Consent | None = None
    consent_on: date | None = None
    another: str | None = None
    """Of a new one: the name that another card has as well, which they know by now."""


@dataclass(frozen=True)
class FilledIn:
    details: Details
    is_birthday_unclear: bool
    has_year: bool
    """A year was written with the birthday."""


def read(view: View, draft: Draft, today: date) -> FilledIn:
    """`today`: where the colleague is, for another answer about consent whose day was left as it was, or open."""

    def value(name: str) -> str | None:
        return view.value(name, name)

    def day(name: str) -> date | None:
        return date.fromisoformat(written) if (written := value(name)) else None

    written = (value("birthday") or "").strip()
    birthday = birthdays.read(written)
    consent = Consent(value("has_consented") or Consent.NOT_ASKED)
    consent_on = day("consent_on") or today
    if consent is not draft.consent and consent_on == draft.consent_on:
        consent_on = today
    team = value("channel_id")
    details = Details(
        name=value("name") or "",
        contact_id=value("contact_id") or "",
        channel_id=None if team == NO_TEAM else team,
        reference=value("reference"),
        preferences=value("preferences"),
        note=value("note"),
        birthday=birthday.day if birthday else None,
        customer_since=day("customer_since"),
        phase=Phase(value("phase") or Phase.KNOW),
        wish=Wish(value("wish") or Wish.NORMAL),
        language=Language(value("language") or Language.NL),
        channels=frozenset(Channel(channel) for channel in view.values("channels", "channels")),
        has_consented=consent is Consent.YES,
        consent_on=None if consent is Consent.NOT_ASKED else consent_on,
    )
    return FilledIn(
        details,
        is_birthday_unclear=bool(written) and birthday is None,
        has_year=birthday is not None and birthday.has_year,
    )
