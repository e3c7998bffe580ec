"""Slack in: somebody opens the Home tab."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.home.composing import Home
from bot.kit.slack.homes import Homes
from bot.people.profiles import Profiles
from bot.people.roles import Role
from bot.people.roles_given import RolesGiven


def register(app: AsyncApp, home: Home, homes: Homes, profiles: Profiles, roles: RolesGiven) -> None:
    async def opens_home(body: dict[str, Any], event: dict[str, Any]) -> None:
        workspace_id, person = str(body["team_id"]), str(event["user"])
        known = await profiles.of(workspace_id, person)
        if known.is_slack_admin and Role.ADMINISTRATOR not in known.given:
            await roles.claim(workspace_id, person)
        await homes.publish(workspace_id, person)
        await home.was_looked_at(workspace_id, person)

    app.event("app_home_opened", matchers=[_is_home])(opens_home)


async def _is_home(event: dict[str, Any]) -> bool:
    return event.get("tab") == "home"
