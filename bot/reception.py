"""Everything that listens to Slack, and in which order: Bolt takes the first listener that matches."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.administration import handlers as administration_handlers
from bot.administration.handlers import Office
from bot.administration.views import Health
from bot.coaching import handlers as coaching_handlers
from bot.coaching import views as coaching_views
from bot.first_day import handlers as first_day_handlers
from bot.first_day.handlers import Welcome
from bot.home import handlers as home_handlers
from bot.kit.database import DatabaseAway
from bot.kit.i18n import Words
from bot.kit.slack import help as slack_help
from bot.kit.slack.commands import Subcommands
from bot.kit.slack.do_not_disturb import DoNotDisturb
from bot.kit.slack.errors import catch_errors
from bot.kit.slack.homes import Homes
from bot.kit.working_time.heard import Heard
from bot.people import handlers as people_handlers
from bot.people.access import Entrance
from bot.people.groups import Groups
from bot.people.profiles import Profiles
from bot.people.roles import Deed
from bot.services import Services
from bot.teams import handlers as team_handlers
from bot.trade import step_names

DEEDS = (
    coaching_handlers.DEEDS
    | people_handlers.DEEDS
    | first_day_handlers.DEEDS
    | team_handlers.DEEDS
    | administration_handlers.DEEDS
)
"""What everything is that can be clicked, looked up or submitted, for who decides who may."""


class Reception:
    def __init__(
        self,
        services: Services,
        client: AsyncWebClient,
        *,
        homes: Homes,
        heard: Heard,
        groups: Groups,
        do_not_disturb: DoNotDisturb,
        health: Callable[[], Awaitable[Health]],
    ) -> None:
        """`client`: one that does not let a click wait for long."""
        self._services = services
        self._homes = homes
        self._heard = heard
        self._groups = groups
        self._do_not_disturb = do_not_disturb
        people, dictionary = services.people, services.dictionary
        self.commands = Subcommands()
        self.profiles = Profiles(client, services.database, people, services.working_times)
        self._welcome = Welcome(
            services.first_days,
            people=people,
            profiles=self.profiles,
            choices=services.choices,
            homes=homes,
            dictionary=dictionary,
            ask=coaching_views.Action.OPEN_ASK_FORM,
        )
        self._office = Office(
            services.administration,
            people=people,
            profiles=self.profiles,
            groups=groups,
            homes=homes,
            health=health,
            dictionary=dictionary,
        )

    def listen(self, app: AsyncApp) -> None:
        services, commands = self._services, self.commands
        people, dictionary = services.people, services.dictionary
        app.middleware(Entrance(people, self.profiles, self._heard, commands, DEEDS))
        coaching_handlers.register(
            app, commands, services.coaching, people, dictionary, somebody_wrote=self._welcome.somebody_wrote
        )
        slack_help.register(commands, Deed.ASK)
        for part in (self.profiles, self._do_not_disturb, self._groups, self._welcome, self._office):
            part.listen(app)
        team_handlers.register(
            app,
            services.teams,
            people,
            dictionary,
            steps=step_names,
            read_step=coaching_views.Action.READ_STEP,
            changed=self._homes.changed,
            meet=self.profiles.meet,
        )
        people_handlers.register(app, commands, services.choices, self._homes, dictionary)
        home_handlers.register(app, services.home, self._homes, self.profiles, services.roles)
        catch_errors(app, services.metrics, self._words_for)
        self._answer_what_is_unknown(app)

    async def close(self) -> None:
        """What was only begun for courtesy is left."""
        await self._welcome.close()
        await self.profiles.close()

    def _answer_what_is_unknown(self, app: AsyncApp) -> None:
        """Buttons of messages from before an update."""

        async def unknown_action(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
            await ack()
            if body.get("response_url"):
                _ = await self._words_for(body["team"]["id"], body["user"]["id"])
                text = coaching_views.button_is_old(_)
                await respond(text=text, response_type="ephemeral", replace_original=False)

        async def unknown(ack: AsyncAck) -> None:
            await ack()

        app.action(re.compile(""))(unknown_action)
        app.view(re.compile(""))(unknown)
        app.shortcut(re.compile(""))(unknown)
        app.event(re.compile(""))(unknown)

    async def _words_for(self, workspace_id: str, slack_id: str) -> Words:
        """The person's language; also while the database is away, then the workspace's."""
        people, dictionary = self._services.people, self._services.dictionary
        try:
            return dictionary[await people.language(workspace_id, slack_id)]
        except DatabaseAway:
            return dictionary[people.default]
