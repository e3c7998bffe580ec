"""What was filled in becomes what is kept."""

from datetime import date
from typing import Any

import pytest

from bot.customers import form
from bot.customers.form import Consent, Draft
from bot.kit.slack.incoming import View

TODAY, NEW_YEAR, LAST_MAY = date(2026, 11, 23), date(2025, 1, 2), date(2026, 5, 4)


def filled_in(consent: Consent, on: date | None) -> View:
    values: dict[str, Any] = {
        "has_consented": {"has_consented": {"selected_option": {"value": consent}}},
        "consent_on": {"consent_on": {"selected_date": str(on) if on else None}},
    }
    return View(id="V1", state={"values": values})


@pytest.mark.parametrize(
    ("before", "was_on", "answer", "on", "kept"),
    [
        (Consent.NO, NEW_YEAR, Consent.YES, NEW_YEAR, TODAY),
        (Consent.YES, NEW_YEAR, Consent.NO, NEW_YEAR, TODAY),
        (Consent.NO, NEW_YEAR, Consent.YES, LAST_MAY, LAST_MAY),
        (Consent.YES, NEW_YEAR, Consent.YES, NEW_YEAR, NEW_YEAR),
        (Consent.YES, NEW_YEAR, Consent.YES, LAST_MAY, LAST_MAY),
        (Consent.YES, NEW_YEAR, Consent.NOT_ASKED, NEW_YEAR, None),
        (Consent.NOT_ASKED, None, Consent.YES, None, TODAY),
        (None, None, Consent.YES, LAST_MAY, LAST_MAY),
        (None, None, Consent.NOT_ASKED, None, None),
    ],
)
def test_another_answer_about_consent_is_of_today_unless_a_day_was_chosen_with_it(
    before: Consent | None, was_on: date | None, answer: Consent, on: date | None, kept: date | None
) -> None:
    draft = Draft(customer_id=7, version=1, consent=before, consent_on=was_on) if before else Draft()
    details = form.read(filled_in(answer, on), draft, TODAY).details
    assert (details.has_consented, details.consent_on) == (answer is Consent.YES, kept)
