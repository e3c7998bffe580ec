"""What stands on a card becomes part of a sentence only where it fits in one."""

import pytest

from bot.customers.rules import Card, Details
from bot.gestures import records
from bot.gestures.gesture import Need
from bot.trade import Occasion
from tests.gestures.facts import TODAY
from tests.stand_ins.clock import NOON


def preference(written: str) -> str | None:
    details = Details(name="Sanne", contact_id="UNOOR", preferences=written)
    card = Card(id=1, details=details, version=1, changed_by="UNOOR", changed_at=NOON, silent_since=TODAY)
    return records.fillings(card, [], None, None)[Occasion.EVERYDAY].get(Need.PREFERENCE)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("thee zonder suiker", "thee zonder suiker"),
        ("Een tafel aan het raam.\nBelt liever niet", "een tafel aan het raam"),
        ("Koffie met twee suiker", "koffie met twee suiker"),
        ("Het raam op een kier", "het raam op een kier"),
        ("Chocoladetaart", "chocoladetaart"),
        ("Earl Grey tea", "Earl Grey tea"),
        ("NRC op zaterdag", "NRC op zaterdag"),
        ("Collects old keys", None),
        ("Verzamelt oude sleutels", None),
        ("a table by the window on the quiet side", None),
        ("koffie, geen melk", "koffie, geen melk"),
        ("tea without sugar", "tea without sugar"),
        ("houdt niet van koffie; wel van tuinieren", None),
        ("Houdt van tuinieren", None),
        ("liever bellen", None),
        ("koffie; thee", None),
        ("geen telefoon", None),
        ("koffie maar zwart", None),
        ("likes gardening", None),
        ("not on Mondays", None),
        ("doesn’t like coffee", None),
        ("No sugar", None),
        (" . ", None),
    ],
)
def test_a_preference_is_spliced_in_where_it_is_a_thing_and_nothing_else(written: str, said: str | None) -> None:
    assert preference(written) == said
