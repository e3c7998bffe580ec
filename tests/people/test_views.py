"""What a colleague chooses is asked in forms that Slack takes, in words that fit, in both languages."""

from datetime import date, time

import pytest

from bot.first_day import views as first_day
from bot.kit.i18n import Language, dictionary
from bot.kit.slack import blocks as b
from bot.kit.working_time.rules import Wish
from bot.people import views
from bot.people.preferences import Preferences, WorkingHours
from bot.sandbox import blocks
from tests.world import refuse_to_cut

NIGHTS, NO_DAY = WorkingHours(frozenset({0, 6}), time(22), time(6)), WorkingHours(frozenset(), time(0), time(0))
CHOSEN = Preferences(Language.NL, NIGHTS, Wish.CHANNEL, date(2026, 12, 1))
NOTHING = Preferences(Language.EN, NO_DAY, Wish.NOTHING, None)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("now", [CHOSEN, NOTHING], ids=["chosen", "nothing"])
def test_every_form_is_one_that_slack_takes_and_none_of_it_is_cut(
    now: Preferences, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_to_cut(monkeypatch)
    _ = dictionary()[language]
    for modal in (
        views.settings_modal(now, _),
        views.saved_modal(_),
        first_day.hours_modal(now, _),
        first_day.question_modal(_),
        first_day.end_modal("", "ask", _),
        first_day.end_modal("x" * first_day.LONGEST, "ask", _),
    ):
        blocks.checked_view(modal, "modal")
    blocks.checked_view(b.home(first_day.welcome(_)), "home")
    blocks.check_message(first_day.welcome_message(_).blocks)
