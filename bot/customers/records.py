"""A card as it is kept, written from its details and read as them."""

from datetime import date, datetime
from typing import Any

from bot.customers import names
from bot.customers.rules import Card, DayOfYear, Details
from bot.customers.tables import Customer
from bot.kit.blind_index import BlindIndex
from bot.kit.i18n import Language
from bot.trade import Channel, Phase, Wish

REFERENCE, BIRTHDAY, SINCE, WORD = "customers.reference", "customers.birthday", "customers.since", "customers.word"
"""What a blind key is of."""

_AS_IT_IS = (
    *("name", "contact_id", "channel_id", "reference", "preferences", "note"),
    *("has_consented", "consent_on", "last_contact_on"),
)


class Keys:
    """The blind keys of customers in one workspace."""

    def __init__(self, index: BlindIndex, workspace_id: str) -> None:
        self._index = index
        self.workspace_id = workspace_id

    def of_reference(self, reference: str) -> str:
        return self._index.key_of(self.workspace_id, REFERENCE, reference)

    def of_birthday(self, day: DayOfYear) -> str:
        return self._index.key_of(self.workspace_id, BIRTHDAY, str(day))

    def of_since(self, day: DayOfYear) -> str:
        return self._index.key_of(self.workspace_id, SINCE, str(day))

    def of_word(self, beginning: str) -> str:
        return self._index.key_of(self.workspace_id, WORD, beginning)

    def of_name(self, name: str) -> set[str]:
        return {self.of_word(beginning) for beginning in names.beginnings(name)}

    def of_details(self, details: Details) -> dict[str, str | None]:
        """The columns that hold one."""
        since = details.customer_since
        return {
            "reference_key": self.of_reference(details.reference) if details.reference else None,
            "birthday_key": self.of_birthday(details.birthday) if details.birthday else None,
            "since_key": self.of_since(DayOfYear.of(since)) if since else None,
        }


def values(details: Details, keys: Keys, *, made_on: date, by: str, now: datetime) -> dict[str, Any]:
    """Details as their columns, but for what is only written once. `made_on`: the day the card was made."""
    return {
        **{name: getattr(details, name) for name in _AS_IT_IS},
        **keys.of_details(details),
        "phase": str(details.phase),
        "wish": str(details.wish),
        "language": str(details.language),
        "channels": sorted(details.channels),
        "birthday": str(details.birthday) if details.birthday else None,
        "customer_since": details.customer_since.isoformat() if details.customer_since else None,
        "silent_since": details.last_contact_on or made_on,
        "changed_by": by,
        "changed_at": now,
    }


def details_of(customer: Customer) -> Details:
    return Details(
        **{name: getattr(customer, name) for name in _AS_IT_IS},
        phase=Phase(customer.phase),
        wish=Wish(customer.wish),
        language=Language(customer.language),
        channels=frozenset(Channel(channel) for channel in customer.channels),
        birthday=DayOfYear.read(customer.birthday) if customer.birthday else None,
        customer_since=date.fromisoformat(customer.customer_since) if customer.customer_since else None,
    )


def card(customer: Customer) -> Card:
    return Card(
        id=customer.id,
        details=details_of(customer),
        version=customer.version,
        changed_by=customer.changed_by,
        changed_at=customer.changed_at,
        silent_since=customer.silent_since,
    )
