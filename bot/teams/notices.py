"""What teams are told: kept as data, put into words when it is delivered."""

from typing import Any

from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack.outgoing import Said
from bot.teams import views
from bot.teams.rules import BackData, ChannelGoneData, FirstPostData, WelcomeData
from bot.teams.service import BACK, CHANNEL_GONE, FIRST_POST, WELCOME, Teams
from bot.teams.views import Steps


def kinds(teams: Teams, steps: Steps, read_step: str) -> list[Kind[Any]]:
    """`steps`: what the steps of the roadmap are called; `read_step`: the action of the button that opens one."""

    def first_post(told: FirstPostData, _: Words) -> Said:
        return views.first_post(told, steps(_), read_step, _)

    return [
        Kind(WELCOME, WelcomeData, views.welcome),
        Kind(BACK, BackData, views.back),
        Kind(FIRST_POST, FirstPostData, first_post, teams.was_introduced),
        Kind(CHANNEL_GONE, ChannelGoneData, views.channel_gone),
    ]
