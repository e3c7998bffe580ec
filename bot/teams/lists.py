"""Slack in: somebody looks at more teams than the Home tab holds, or chooses the one they are pushed from."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.i18n import Dictionary
from bot.kit.slack.incoming import Interaction
from bot.people.roles import Role
from bot.people.service import People
from bot.teams import home_views
from bot.teams.home_views import PAGE
from bot.teams.service import Teams
from bot.teams.views import Action, Steps


class Lists:
    def __init__(
        self, teams: Teams, people: People, dictionary: Dictionary, steps: Steps, changed: Callable[[str, str], None]
    ) -> None:
        self._teams = teams
        self._people = people
        self._dictionary = dictionary
        self._steps = steps
        self._changed = changed

    def listen(self, app: AsyncApp) -> None:
        # The id of a button also holds where it leads, because Slack wants every id in a view only once.
        app.action(Action.SHOW_LED)(self.shows_led)
        app.action(re.compile(rf"^{Action.TURN_LED}\b"))(self.shows_led)
        app.action(Action.SHOW_ALL)(self.shows_all)
        app.action(re.compile(rf"^{Action.TURN_ALL}\b"))(self.shows_all)
        app.action(Action.CHOOSE)(self.chooses)

    async def shows_led(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _ = self._dictionary[await self._people.language(click.team.id, click.user.id)]
        skip = int(click.chosen)
        seen = await self._teams.list_led(click.team.id, click.user.id, skip=skip, limit=PAGE)
        await _show(client, click, home_views.led_list(seen, skip, self._steps, _))

    async def shows_all(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _ = self._dictionary[await self._people.language(click.team.id, click.user.id)]
        skip = int(click.chosen)
        seen = await self._teams.list_all(click.team.id, skip=skip, limit=PAGE)
        may_change = Role.ADMINISTRATOR in await self._people.roles(click.team.id, click.user.id)
        await _show(client, click, home_views.all_list(seen, skip, self._steps, _, may_change=may_change))

    async def chooses(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        choice = Interaction.model_validate(body)
        await self._teams.chooses_team(choice.team.id, choice.user.id, choice.chosen)
        await ack()
        self._changed(choice.team.id, choice.user.id)


async def _show(client: AsyncWebClient, click: Interaction, view: dict[str, Any]) -> None:
    """From the Home tab in a modal; in a modal in its place."""
    if click.view is not None and click.view.type == "modal":
        await client.views_update(view_id=click.view.id, view=view)
    else:
        await client.views_open(trigger_id=click.trigger_id, view=view)
