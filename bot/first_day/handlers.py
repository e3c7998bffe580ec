"""Slack in: a colleague's first day."""

import asyncio
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.first_day import views
from bot.first_day.service import FirstDays
from bot.first_day.views import Action
from bot.kit.database import DatabaseAway
from bot.kit.i18n import Dictionary, Language, Words
from bot.kit.slack.errors import new_error_id
from bot.kit.slack.homes import Homes
from bot.kit.slack.incoming import Interaction, submission
from bot.people.handlers import hours_in
from bot.people.preferences import Choices
from bot.people.profiles import Profiles
from bot.people.roles import Deed
from bot.people.service import People

log = structlog.get_logger(__name__)

DEEDS: dict[str, Deed] = dict.fromkeys(set(Action) - {Action.END}, Deed.CHOOSE)


class Welcome:
    def __init__(
        self,
        first_days: FirstDays,
        *,
        people: People,
        profiles: Profiles,
        choices: Choices,
        homes: Homes,
        dictionary: Dictionary,
        ask: str,
    ) -> None:
        """`ask`: the id of the button that opens the form to ask the coach."""
        self._first_days = first_days
        self._people = people
        self._profiles = profiles
        self._choices = choices
        self._homes = homes
        self._dictionary = dictionary
        self._ask = ask
        self._welcoming: set[asyncio.Task[None]] = set()

    def listen(self, app: AsyncApp) -> None:
        app.action(Action.BEGIN)(self.begins)
        app.action(Action.OTHER_LANGUAGE)(self.wants_the_other_language)
        app.action(Action.SKIP)(self.skips)
        app.view(Action.HOURS)(self.chooses_hours)
        app.view(Action.QUESTION)(self.answers)

    def somebody_wrote(self, workspace_id: str, slack_id: str) -> None:
        """Welcomes them if they are new. Their answer does not wait for it, nor for Slack to say who they are."""
        task = asyncio.create_task(self._welcome(workspace_id, slack_id))
        self._welcoming.add(task)
        task.add_done_callback(self._welcoming.discard)

    async def _welcome(self, workspace_id: str, slack_id: str) -> None:
        try:
            if (await self._people.known(workspace_id, slack_id)).first_day is None:
                await self._profiles.of(workspace_id, slack_id)
                if await self._people.may(workspace_id, slack_id, Deed.CHOOSE):
                    await self._first_days.welcome(workspace_id, slack_id)
        except DatabaseAway:
            return  # they are welcomed when they write again
        except Exception:
            log.exception("could_not_welcome", error_id=new_error_id())

    async def close(self) -> None:
        """Whom we were about to welcome is welcomed when they write again."""
        for task in list(self._welcoming):
            task.cancel()
        await asyncio.gather(*self._welcoming, return_exceptions=True)

    async def begins(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        click = Interaction.model_validate(body)
        now = await self._choices.of(click.team.id, click.user.id)
        view = views.hours_modal(now, self._dictionary[now.language])
        await client.views_open(trigger_id=click.trigger_id, view=view)
        await self._is_over(click)
        if click.response_url:
            await respond(text=views.begun(self._dictionary[now.language]), replace_original=True)

    async def wants_the_other_language(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        click = Interaction.model_validate(body)
        other = Language.EN if click.chosen == Language.NL else Language.NL
        await self._choices.speak(click.team.id, click.user.id, other)
        if click.response_url:
            said = views.welcome_message(self._dictionary[other])
            await respond(replace_original=True, **said.as_arguments())
        self._homes.changed(click.team.id, click.user.id)

    async def skips(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        click = Interaction.model_validate(body)
        await self._is_over(click)
        if click.response_url:
            await respond(text=views.skipped(await self._words(click)), replace_original=True)

    async def _is_over(self, click: Interaction) -> None:
        """Also for who begins: it is not asked again, however far they come."""
        await self._first_days.over(click.team.id, click.user.id)
        self._homes.changed(click.team.id, click.user.id)

    async def chooses_hours(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        language = Language(view.value("language", "language"))
        await self._choices.choose(submitted.team.id, submitted.user.id, language, hours_in(view))
        await ack(response_action="update", view=views.question_modal(self._dictionary[language]))
        self._homes.changed(submitted.team.id, submitted.user.id)

    async def answers(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The answer is theirs: it is shown back and kept nowhere."""
        submitted, view = submission(body)
        answer = str(view.value("answer", "answer") or "").strip()
        end = views.end_modal(answer, self._ask, await self._words(submitted))
        await ack(response_action="update", view=end)

    async def _words(self, interaction: Interaction) -> Words:
        return self._dictionary[await self._people.language(interaction.team.id, interaction.user.id)]
