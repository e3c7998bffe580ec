"""Everything that listens to Slack, and in which order: Bolt takes the first listener that matches."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.administration import handlers as administration_handlers
from bot.administration.handlers import Office
from bot.administration.views import Health
from bot.cases import handlers as case_handlers
from bot.cases import views as case_views
from bot.cases.handlers import Recovery
from bot.coaching import handlers as coaching_handlers
from bot.coaching import views as coaching_views
from bot.customers import handlers as customer_handlers
from bot.customers.card_views import NextSteps
from bot.customers.handlers import Counter
from bot.customers.rules import Card
from bot.customers.views import Action as CustomerAction
from bot.first_day import handlers as first_day_handlers
from bot.first_day.handlers import Welcome
from bot.gestures import handlers as gesture_handlers
from bot.gestures import limits as gesture_limits
from bot.gestures import records as gesture_records
from bot.gestures.clicks import Around
from bot.gestures.handlers import Attention
from bot.gestures.refusal_views import Elsewhere
from bot.gestures.views import Action as GestureAction
from bot.home import handlers as home_handlers
from bot.home.composing import FROM_MOMENTS
from bot.kit.database import DatabaseAway
from bot.kit.i18n import Words
from bot.kit.slack import help as slack_help
from bot.kit.slack.commands import Subcommands
from bot.kit.slack.do_not_disturb import DoNotDisturb
from bot.kit.slack.errors import catch_errors
from bot.kit.slack.homes import Homes
from bot.kit.working_time.heard import Heard
from bot.moments import handlers as moment_handlers
from bot.moments import views as moment_views
from bot.moments.handlers import Notebook
from bot.people import handlers as people_handlers
from bot.people.access import Entrance
from bot.people.groups import Groups
from bot.people.languages import Languages
from bot.people.profiles import Profiles
from bot.people.roles import Deed
from bot.promises import handlers as promise_handlers
from bot.promises import views as promise_views
from bot.promises.handlers import Word
from bot.services import Services
from bot.teams import handlers as team_handlers
from bot.trade import Occasion, step_names

DEEDS = (
    coaching_handlers.DEEDS
    | people_handlers.DEEDS
    | first_day_handlers.DEEDS
    | team_handlers.DEEDS
    | customer_handlers.DEEDS
    | case_handlers.DEEDS
    | promise_handlers.DEEDS
    | moment_handlers.DEEDS
    | gesture_handlers.DEEDS
    | administration_handlers.DEEDS
)
"""What everything is that can be clicked, looked up or submitted, for who decides who may."""

NEXT_STEPS = NextSteps(
    gesture=GestureAction.SUGGEST,
    promise=promise_views.Action.OPEN_FORM,
    went_wrong=case_views.Action.OPEN_FORM,
    moment=moment_views.Action.OPEN_FORM,
)
"""What the buttons on a customer's card do."""

ELSEWHERE = Elsewhere(
    open_card=CustomerAction.OPEN,
    find_customer=CustomerAction.FIND,
    read_play=coaching_views.Action.READ_PLAY,
)
"""Where gestures lead to."""

FROM_CASES = case_views.Elsewhere(
    read_play=coaching_views.Action.READ_PLAY,
    suggest=NEXT_STEPS.gesture,
    not_broken=promise_views.Action.NOT_BROKEN,
    put_right=Occasion.PUT_RIGHT,
)
FROM_PROMISES = promise_views.Elsewhere(show_case=case_views.Action.SHOW, read_play=coaching_views.Action.READ_PLAY)
"""Where cases and promises lead to."""


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
        organisation: Callable[[], str | None],
    ) -> None:
        """`client`: one that does not let a click wait for long. `organisation`: what the workspace is called."""
        self._services = services
        self._homes = homes
        self._heard = heard
        self._groups = groups
        self._do_not_disturb = do_not_disturb
        people, dictionary = services.people, services.dictionary
        languages = Languages(people, dictionary)
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
            languages=languages,
        )
        self._recovery = Recovery(
            services.cases,
            services.customers,
            services.database,
            languages=languages,
            now_of=services.promises.now_of,
            elsewhere=FROM_CASES,
            days_after=self._days_after_a_case,
            changed=homes.changed,
        )
        self._word = Word(
            services.promises,
            services.customers,
            services.database,
            languages=languages,
            elsewhere=FROM_PROMISES,
            changed=homes.changed,
        )
        self._notebook = Notebook(
            services.moments,
            services.customers,
            services.database,
            languages=languages,
            choices=services.choices,
            elsewhere=FROM_MOMENTS,
            arranged=services.arranged.of,
            changed=homes.changed,
        )
        self._attention = Attention(
            services.gestures,
            services.drafting,
            Around(
                people=people,
                clock=services.clock,
                dictionary=dictionary,
                catalogue=services.gestures.catalogue,
                elsewhere=ELSEWHERE,
                organisation=organisation,
                is_stopped=services.outbox.is_stopped,
            ),
            services.database,
            customers=services.customers,
            calendar=services.moments.calendar,
            teams=services.teams,
            metrics=services.metrics,
            changed=homes.changed,
        )
        self._counter = Counter(
            services.customers,
            people,
            self.profiles,
            services.clock,
            languages,
            next_steps=NEXT_STEPS,
            changed=homes.changed,
            pressing=self._recovery.on_the_card,
            also=[self._word.on_the_card, self._notebook.on_the_card, self._attention.on_the_card],
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
        self._counter.listen(app, commands)
        self._recovery.listen(app, commands)
        self._word.listen(app, commands)
        self._notebook.listen(app)
        self._attention.listen(app, commands)
        people_handlers.register(app, commands, services.choices, self._homes, dictionary)
        home_handlers.register(app, services.home, self._homes, self.profiles, services.roles)
        catch_errors(app, services.metrics, self._words_for)
        self._answer_what_is_unknown(app)

    async def close(self) -> None:
        """What was only begun for courtesy is left."""
        await self._welcome.close()
        await self._attention.close()
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

    async def _days_after_a_case(self, session: AsyncSession, workspace_id: str, card: Card, by: str) -> int:
        """By the limits of the team for which this colleague does something for the customer."""
        teams = await self._services.teams.of_member(session, workspace_id, by)
        team = gesture_records.team_of(card.details.channel_id, teams)
        decided = await gesture_limits.decided(session, workspace_id, team.channel_id if team else None)
        return decided.of_team.days_after_case

    async def _words_for(self, workspace_id: str, slack_id: str) -> Words:
        """The person's language; also while the database is away, then the workspace's."""
        people, dictionary = self._services.people, self._services.dictionary
        try:
            return dictionary[await people.language(workspace_id, slack_id)]
        except DatabaseAway:
            return dictionary[people.default]
