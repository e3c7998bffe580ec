"""Slack in: a colleague notes what goes on in a customer's life, and looks at what is coming."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers.handlers import refusing
from bot.customers.rules import Found
from bot.customers.service import Customers
from bot.customers.views import Action as CustomerAction
from bot.kit.database import Database
from bot.kit.i18n import Words
from bot.kit.slack.blocks import Block
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction, submission
from bot.kit.slack.modals import show
from bot.moments import home_views, views
from bot.moments.moment import Moment
from bot.moments.rules import Beginning, Coming
from bot.moments.service import MayNotBeKept, Moments, NoSuchMoment, NotAMoment
from bot.moments.views import USUALLY_TODAY, Action, Elsewhere
from bot.people.languages import Languages
from bot.people.preferences import Choices
from bot.people.roles import Deed

DEEDS: dict[str, Deed] = dict.fromkeys(set(Action) - {Action.NOTED}, Deed.SERVE)

MOST_OFFERED = 20
"""Customers of whom one is meant."""


class MomentIsGone(Refused):
    def said(self, _: Words) -> str:
        return views.no_such_moment(_)


class ArrangedFor(Protocol):
    async def __call__(
        self,
        session: AsyncSession,
        workspace_id: str,
        coming: Sequence[Coming],
        *,
        by: str,
        today: date,
        _: Words,
    ) -> home_views.Arranged:
        """For which of these there is something already."""
        ...


class Notebook:
    """Where moments are noted."""

    def __init__(
        self,
        moments: Moments,
        customers: Customers,
        database: Database,
        *,
        languages: Languages,
        choices: Choices,
        elsewhere: Elsewhere,
        arranged: ArrangedFor,
        changed: Callable[[str, str], None],
    ) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now."""
        self._moments = moments
        self._customers = customers
        self._database = database
        self._languages = languages
        self._choices = choices
        self._elsewhere = elsewhere
        self._arranged = arranged
        self._changed = changed

    def listen(self, app: AsyncApp) -> None:
        app.action(re.compile(rf"^{Action.OPEN_FORM}\b"))(self.opens_the_form)
        app.view(Action.NOTE)(self.notes)
        app.action(re.compile(rf"^{Action.FORGET}\b"))(self.forgets)
        app.action(Action.CALL_OFF)(self.calls_off)
        app.action(Action.SHOW_COMING)(self.shows_all_that_is_coming)

    # --- one is noted ---

    async def opens_the_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """From a card, or from what the coach heard. Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        beginning = Beginning.read(click.chosen)
        chosen, moments = self._told(beginning.moment_id), self._all_told()
        day = beginning.day
        if day is None and chosen is not None and chosen.occasion in USUALLY_TODAY:
            day = await self._today(click)
        found = await self._who(click, beginning)
        await show(client, click, views.form(found, moments, chosen, day, await self._languages.words(click)))

    async def _who(self, click: Interaction, beginning: Beginning) -> Sequence[Found]:
        """Raises CardIsGone, NotYourCustomer."""
        workspace_id, by = click.team.id, click.user.id
        if beginning.customer_id is not None:
            with refusing():
                async with self._database.reading() as session:
                    card = await self._customers.seen_by(session, workspace_id, beginning.customer_id, by)
            is_own = card.details.contact_id == by
            return [Found(card.id, card.details.name, card.details.reference, is_own=is_own)]
        if beginning.name is None:
            return []
        return await self._customers.find(workspace_id, beginning.name, by=by, limit=MOST_OFFERED)

    async def notes(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is wrong, or what it means for the trade. Raises CardIsGone, NotYourCustomer."""
        submitted, view = submission(body)
        workspace_id, by, _ = submitted.team.id, submitted.user.id, await self._languages.words(submitted)
        moment_id, day = str(view.value("moment", "moment")), date.fromisoformat(view.value("day", "day"))
        try:
            with refusing():
                card = await self._moments.note(
                    workspace_id,
                    int(view.value("customer", CustomerAction.FIND)),
                    moment_id,
                    day,
                    by=by,
                    about=view.value("about", "about"),
                    their_words=view.value("their_words", "their_words"),
                )
        except NoSuchMoment:
            await ack(response_action="errors", errors={"moment": views.no_such_moment(_)})
            return
        except NotAMoment as wrong:
            await ack(response_action="errors", errors={one.field: views.mistake(one, _) for one in wrong.mistakes})
            return
        except MayNotBeKept as found:
            said = {field: " ".join(one.sentence(_) for one in of) for field, of in found.findings.items()}
            await ack(response_action="errors", errors=said)
            return
        moment, today = self._moments.calendar.moment(moment_id), await self._today(submitted)
        noted = views.noted(card, moment, day, self._elsewhere, _, by=by, today=today)
        await ack(response_action="update", view=noted)
        for person in {by, card.details.contact_id}:
            self._changed(workspace_id, person)

    async def forgets(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Twice is once. Raises NotYourCustomer."""
        click = Interaction.model_validate(body)
        with refusing():
            card = await self._moments.forget(click.team.id, int(click.chosen), by=click.user.id)
        await ack()
        if card is not None:
            await show(client, click, views.forgotten(card.id, self._elsewhere, await self._languages.words(click)))
            for person in {click.user.id, card.details.contact_id}:
                self._changed(click.team.id, person)

    async def calls_off(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """From what the coach heard: each that was noted of it can be taken away. Where nobody was named (“she is not
        moving after all”), that of one's own customers. Raises CardIsGone, NotYourCustomer.
        """
        await ack()
        click = Interaction.model_validate(body)
        beginning, today, _ = Beginning.read(click.chosen), await self._today(click), await self._languages.words(click)
        moment = self._told(beginning.moment_id)
        if moment is None:
            raise MomentIsGone
        is_named = beginning.name is not None or beginning.customer_id is not None
        whose = [one.id for one in await self._who(click, beginning)] if is_named else click.user.id
        noted = await self._moments.noted_of(click.team.id, moment.id, whose, today)
        await show(client, click, views.called_off(noted, moment, today, _, is_named=is_named))

    # --- on the card, and what is coming ---

    async def on_the_card(self, workspace_id: str, customer_id: int, by: str, _: Words) -> Sequence[Block]:
        """For who sees the customer's card."""
        today = (await self._choices.now_of(workspace_id, by)).date()
        async with self._database.reading() as session:
            card = await self._customers.seen_by(session, workspace_id, customer_id, by)
            seen = await self._moments.on_card(session, workspace_id, card, today)
        return views.on_the_card(seen.now, seen.others, self._moments.calendar.by_id, today, _)

    async def shows_all_that_is_coming(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        today, _ = await self._today(click), await self._languages.words(click)
        async with self._database.reading() as session:
            coming = await self._moments.coming(session, click.team.id, click.user.id, today)
            arranged = await self._arranged(session, click.team.id, coming, by=click.user.id, today=today, _=_)
        calendar = self._moments.calendar.by_id
        view = home_views.all_coming(coming, calendar, today, self._elsewhere, _, arranged=arranged)
        await show(client, click, view)

    # --- parts of these ---

    def _all_told(self) -> list[Moment]:
        return [moment for moment in self._moments.calendar.moments if moment.is_told]

    def _told(self, moment_id: str | None) -> Moment | None:
        return next((moment for moment in self._all_told() if moment.id == moment_id), None)

    async def _today(self, click: Interaction) -> date:
        return (await self._choices.now_of(click.team.id, click.user.id)).date()
