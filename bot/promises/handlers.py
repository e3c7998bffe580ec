"""Slack in: a colleague says whether a promise was kept, moved or broken, or takes it back."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.cases.handlers import StandsAsACase
from bot.customers.handlers import refusing
from bot.customers.service import Customers
from bot.kit.database import Database
from bot.kit.i18n import Words
from bot.kit.slack.blocks import Block
from bot.kit.slack.commands import Subcommands
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction, submission
from bot.kit.slack.modals import show
from bot.kit.slack.outgoing import Said
from bot.people.languages import Languages
from bot.people.roles import Deed
from bot.promises import home_views, making_views, views
from bot.promises.making import Making, about_a_promise, draft_of, due_in
from bot.promises.rules import PromiseSeen
from bot.promises.service import (
    CannotBeMet,
    CustomerNotTold,
    InTimeOrLate,
    NoSuchPromise,
    PromiseIsOver,
    Promises,
    StandsAsBroken,
    TooLateToTakeBack,
)
from bot.promises.views import IN_TIME, LATE, LISTED_THERE, TOLD, Action, Elsewhere

DEEDS: dict[str, Deed] = dict.fromkeys(set(Action) - {Action.PROMISE}, Deed.SERVE)


class StandsAsAPromise(Refused):
    def said(self, _: Words) -> str:
        return views.too_late_to_take_back(_)


class Word:
    """Where colleagues give their word (`making.py`), and keep it."""

    def __init__(
        self,
        promises: Promises,
        customers: Customers,
        database: Database,
        *,
        languages: Languages,
        elsewhere: Elsewhere,
        changed: Callable[[str, str], None],
    ) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now."""
        self._promises = promises
        self._database = database
        self._languages = languages
        self._making = Making(promises, customers, database, languages=languages, elsewhere=elsewhere, changed=changed)

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        self._making.listen(app, commands)
        app.action(re.compile(rf"^{Action.SHOW}\b"))(self.shows)
        app.action(re.compile(rf"^{Action.KEPT}\b"))(self.keeps)
        app.action(re.compile(rf"^{Action.BROKEN}\b"))(self.breaks)
        app.action(re.compile(rf"^{Action.MOVE}\b"))(self.opens_the_move)
        app.view(Action.MOVE)(self.moves)
        app.action(Action.TAKE_BACK)(self.takes_back)
        app.action(Action.NOT_BROKEN)(self.was_not_broken)
        app.action(Action.LIST)(self.lists)

    async def takes_back(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Twice is once. Raises StandsAsAPromise, CardIsGone, NotYourCustomer."""
        click = Interaction.model_validate(body)
        _ = await self._languages.words(click)
        said = views.taken_back(_)
        try:
            with refusing():
                taken_back = await self._promises.take_back(click.team.id, int(click.chosen), by=click.user.id)
            self._making.changed_for(click.team.id, click.user.id, taken_back)
        except NoSuchPromise:
            pass
        except PromiseIsOver as over:
            said = await self._making.standing(click, over.promise, _)
        except TooLateToTakeBack:
            raise StandsAsAPromise from None
        await ack()
        await self._tell(client, respond, click, said, _)

    async def lists(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _, mine = await self._languages.words(click), await self._making.mine(click.team.id, click.user.id)
        now = await self._promises.now_of(click.team.id, click.user.id)
        await show(client, click, home_views.listed(mine, click.user.id, now, _))

    # --- what becomes of it ---

    async def shows(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        promise, _ = await self._making.promise(click, int(click.chosen)), await self._languages.words(click)
        await show(client, click, views.modal(await self._making.standing(click, promise, _), _))

    async def keeps(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Clicked twice, or too late, it says how it stands; of one that was due it asks whether it was in time.

        Raises PromiseIsGone, CardIsGone, NotYourCustomer.
        """
        click, asked = Interaction.model_validate(body), None
        promise_id, _colon, how = click.chosen.partition(":")
        was_late = {IN_TIME: False, LATE: True}.get(how)
        try:
            with about_a_promise():
                promise = await self._promises.keep(click.team.id, int(promise_id), by=click.user.id, was_late=was_late)
        except PromiseIsOver as over:
            promise = over.promise
        except InTimeOrLate as due:
            promise, now = due.promise, await self._promises.now_of(click.team.id, click.user.id)
            asked = views.in_time_or_late(promise, now, await self._languages.words(click))
        await ack()
        await self._tell_how_it_stands(client, respond, click, promise, asked=asked)

    async def breaks(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
        """As `keeps`."""
        click, may_undo = Interaction.model_validate(body), True
        try:
            with about_a_promise():
                promise = await self._promises.break_(click.team.id, int(click.chosen), by=click.user.id)
        except PromiseIsOver as over:
            promise, may_undo = over.promise, False
        await ack()
        await self._tell_how_it_stands(client, respond, click, promise, may_undo=may_undo)

    async def was_not_broken(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Twice is once. Raises PromiseIsGone, StandsAsACase, CardIsGone, NotYourCustomer."""
        click = Interaction.model_validate(body)
        try:
            with about_a_promise():
                promise = await self._promises.not_broken(click.team.id, int(click.chosen), by=click.user.id)
        except StandsAsBroken as stands:
            raise StandsAsACase(is_begun=stands.is_begun) from None
        await ack()
        await self._tell_how_it_stands(client, respond, click, promise)

    async def opens_the_move(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        promise = await self._making.promise(click, int(click.chosen))
        if promise.is_open:
            await show(client, click, views.move_form(promise, await self._languages.words(click)))
        else:
            await self._tell_how_it_stands(client, respond, click, promise)

    async def moves(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is wrong, a question back, or moved. Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        submitted, view = submission(body)
        workspace_id, by, _ = submitted.team.id, submitted.user.id, await self._languages.words(submitted)
        promise_id, was_told = int(view.private_metadata), TOLD in view.values(TOLD, TOLD)
        try:
            with about_a_promise():
                moved = await self._promises.move(
                    workspace_id, promise_id, due_in(view), by=by, customer_was_told=was_told
                )
        except CustomerNotTold:
            await ack(response_action="errors", errors={TOLD: views.tell_first(_)})
            return
        except CannotBeMet as asked:
            promise = await self._making.promise(submitted, promise_id)
            draft = draft_of(asked, promise.customer_id, promise.what, promise_id)
            await ack(response_action="update", view=making_views.question_back(draft, asked.question, asked.now, _))
            return
        except PromiseIsOver as over:
            said = await self._making.standing(submitted, over.promise, _)
        else:
            said = views.noted(moved, by, _, is_moved=True)
            self._making.changed_for(workspace_id, by, moved.promise)
        await ack(response_action="update", view=views.modal(said, _))

    # --- parts of these ---

    async def on_the_card(self, workspace_id: str, customer_id: int, by: str, _: Words) -> Sequence[Block]:
        """For who sees the customer's card."""
        now = await self._promises.now_of(workspace_id, by)
        async with self._database.reading() as session:
            promises = await self._promises.of_customer(session, workspace_id, customer_id)
        return views.on_the_card(promises, now, _)

    async def _tell_how_it_stands(
        self,
        client: AsyncWebClient,
        respond: AsyncRespond,
        click: Interaction,
        promise: PromiseSeen,
        *,
        may_undo: bool = False,
        asked: Said | None = None,
    ) -> None:
        """`asked`: what is asked back instead."""
        _ = await self._languages.words(click)
        said = asked or await self._making.standing(click, promise, _, may_undo=may_undo)
        if click.view is not None and click.view.private_metadata == LISTED_THERE:
            by, mine = click.user.id, await self._making.mine(click.team.id, click.user.id)
            now = await self._promises.now_of(click.team.id, by)
            await show(client, click, home_views.listed(mine, by, now, _, said_above=said.blocks))
        else:
            await self._tell(client, respond, click, said, _)
        self._making.changed_for(click.team.id, click.user.id, promise)

    async def _tell(
        self, client: AsyncWebClient, respond: AsyncRespond, click: Interaction, said: Said, _: Words
    ) -> None:
        """In place of the message or modal that was clicked in; from the Home tab, in a modal."""
        if click.response_url:
            await respond(replace_original=True, **said.as_arguments())
        else:
            await show(client, click, views.modal(said, _))
