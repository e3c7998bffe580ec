"""Slack in: somebody opens the Home tab."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.playbooks import Playbook
from bot.home import views
from bot.kit.i18n import Dictionary
from bot.people.service import People


def register(app: AsyncApp, playbook: Playbook, people: People, dictionary: Dictionary) -> None:
    async def opens_home(body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient) -> None:
        person = str(event["user"])
        _ = dictionary[await people.language(str(body["team_id"]), person)]
        await client.views_publish(user_id=person, view=views.home(playbook.counts(_.language), _))

    app.event("app_home_opened", matchers=[_is_home])(opens_home)


async def _is_home(event: dict[str, Any]) -> bool:
    return event.get("tab") == "home"
