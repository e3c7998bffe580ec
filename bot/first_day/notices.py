"""What a colleague hears at first."""

from typing import Any

from bot.first_day import views
from bot.first_day.service import WELCOME, WelcomeData
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack.outgoing import Said


def kinds() -> list[Kind[Any]]:
    def welcome(_told: WelcomeData, _: Words) -> Said:
        return views.welcome_message(_)

    return [Kind(WELCOME, WelcomeData, welcome)]
