"""Gestures, customers and situations for tests, sound unless something is said of them."""

from datetime import date
from typing import Any

from bot.gestures.gesture import Gesture, Sector
from bot.gestures.ranking import Situation
from bot.gestures.rules import CustomerFacts, Limits, Spent
from bot.trade import Phase

TODAY = date(2026, 3, 17)


def entry(**changes: Any) -> dict[str, Any]:
    """A gesture as it stands on disk."""
    wording = {
        "title": "A title",
        "do": "Do it.",
        "words": "Hello {customer}, because it is you. {me}",
        "not_when": "Not now.",
        "why": "It works.",
    }
    return {
        "id": "a-gesture", "level": 3, "phases": ["like"], "principles": ["personal"], "occasions": ["everyday"],
        "channels": ["phone"], "sectors": ["any"], "kind": "words", "minutes": 5, "cost": 0, "initiative": "own",
        "needs": [], "source": "kano-1984", "nl": wording, "en": wording, **changes,
    }  # fmt: skip


def a_gesture(**changes: Any) -> Gesture:
    return Gesture.model_validate(entry(**changes))


def a_customer(**changes: Any) -> CustomerFacts:
    return CustomerFacts(**{"has_consent": True, **changes})


def a_situation(**changes: Any) -> Situation:
    usual = {
        "customer": a_customer(),
        "spent": Spent(),
        "limits": Limits(),
        "sector": Sector.SHOP,
        "phase": Phase.LIKE,
        "today": TODAY,
    }
    return Situation(**{**usual, **changes})
