"""Slack in: somebody opens the Home tab."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching.playbooks import Playbook
from bot.home import views
from bot.kit.i18n import Dictionary
from bot.people import roles
from bot.people.profiles import Profiles
from bot.people.roles import Deed
from bot.people.service import People


def register(app: AsyncApp, playbook: Playbook, people: People, profiles: Profiles, dictionary: Dictionary) -> None:
    async def opens_home(body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient) -> None:
        workspace_id, person = str(body["team_id"]), str(event["user"])
        known = await profiles.of(workspace_id, person)
        _ = dictionary[known.language or people.default]
        may_browse = known.standing is not None and roles.may(roles.roles_of(known.standing), Deed.BROWSE)
        view = views.home(playbook.counts(_.language), _) if may_browse else views.home_of_a_guest(_)
        await client.views_publish(user_id=person, view=view)

    app.event("app_home_opened", matchers=[_is_home])(opens_home)


async def _is_home(event: dict[str, Any]) -> bool:
    return event.get("tab") == "home"
