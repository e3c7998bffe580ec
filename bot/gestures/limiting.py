"""Slack in: an administrator decides the limits of all, and a lead those of the own team."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.gestures import limits_views as views
from bot.gestures.clicks import Around, show
from bot.gestures.limits import DAYS, MONEY, OF_ALL, Mistake, NotLimits
from bot.gestures.limits_views import WORKSPACE
from bot.gestures.service import Gestures
from bot.gestures.views import Action
from bot.kit.i18n import Words
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction, submission
from bot.people.roles_given import NotAnAdministrator
from bot.teams.service import NotTheirTeam, Teams


class NotYourLimits(Refused):
    def said(self, _: Words) -> str:
        return _("An administrator of Acht decides these limits, and for a team its lead too.")


class Limiting:
    def __init__(
        self, gestures: Gestures, teams: Teams, around: Around, *, changed: Callable[[str, str], None]
    ) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now."""
        self._gestures = gestures
        self._teams = teams
        self._around = around
        self._changed = changed

    def listen(self, app: AsyncApp) -> None:
        app.action(re.compile(rf"^{Action.LIMITS}\b"))(self.opens_the_form)
        app.view(Action.SET_LIMITS)(self.sets_limits)

    async def opens_the_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises NotYourLimits."""
        await ack()
        click = Interaction.model_validate(body)
        channel_id = None if click.chosen == WORKSPACE else click.chosen
        name = await self._name_of(click, channel_id) if channel_id else None
        seen = await self._gestures.limits.of(click.team.id, channel_id)
        await show(client, body, views.form(seen, channel_id, name, await self._around.words(click)))

    async def _name_of(self, click: Interaction, channel_id: str) -> str:
        """Raises NotYourLimits."""
        try:
            team = await self._teams.to_change(click.team.id, channel_id, by=click.user.id)
        except NotTheirTeam:
            raise NotYourLimits from None
        if team is None:
            raise NotYourLimits
        return team.plan.name

    async def sets_limits(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is wrong, by field, or that it holds from now on. Raises NotYourLimits."""
        submitted, form = submission(body)
        _ = await self._around.words(submitted)
        channel_id = None if form.private_metadata == WORKSPACE else form.private_metadata
        written = views.read({name: form.value(name, name) for name in (*OF_ALL, *DAYS, *MONEY)})
        mistakes = dict.fromkeys(written.unclear, Mistake.NO_SUCH_NUMBER)
        if not mistakes:
            try:
                await self._gestures.limits.decide(submitted.team.id, channel_id, written.limits, by=submitted.user.id)
            except NotLimits as wrong:
                mistakes = dict(wrong.mistakes)
            except (NotTheirTeam, NotAnAdministrator):
                raise NotYourLimits from None
        if mistakes:
            currency = (await self._gestures.limits.of(submitted.team.id, channel_id)).currency
            said = {field: views.mistake(made, field, currency, _) for field, made in mistakes.items()}
            await ack(response_action="errors", errors=said)
            return
        await ack(response_action="update", view=views.saved(_))
        self._changed(submitted.team.id, submitted.user.id)
