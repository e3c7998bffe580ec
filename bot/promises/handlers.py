"""Slack in: a colleague notes a promise, and says whether it was kept, moved or broken."""

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date, time
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.cases.handlers import as_found, meant
from bot.cases.rules import LISTED_ALONE, FirstOf
from bot.cases.service import NotOneLine
from bot.customers.form_views import not_kept
from bot.customers.handlers import refusing
from bot.customers.service import Customers, MayNotBeKept
from bot.customers.views import Action as CustomerAction
from bot.kit.database import Database
from bot.kit.i18n import N_, Language, Words
from bot.kit.slack.blocks import Block
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Command, Interaction, View, submission
from bot.kit.slack.modals import show
from bot.kit.slack.outgoing import Said
from bot.people.languages import Languages
from bot.people.roles import Deed
from bot.promises import home_views, rules, views
from bot.promises.hearing import Told
from bot.promises.rules import Due, PromiseSeen, Understood
from bot.promises.service import (
    CannotBeMet,
    CustomerNotTold,
    IsThereAlready,
    NoSuchPromise,
    PromiseIsOver,
    Promises,
    StandsAsBroken,
    TooLateToTakeBack,
)
from bot.promises.views import LATE, LISTED_THERE, TOLD, Action, Answer, Draft, Elsewhere

DEEDS: dict[str, Deed] = dict.fromkeys(set(Action) - {Action.PROMISE}, Deed.SERVE)


class PromiseIsGone(Refused):
    def said(self, _: Words) -> str:
        return views.promise_is_gone(_)


class StandsAsAPromise(Refused):
    def said(self, _: Words) -> str:
        return views.too_late_to_take_back(_)


class IsBrokenByNow(Refused):
    def said(self, _: Words) -> str:
        return views.stands_as_broken(_)


@contextmanager
def about_a_promise() -> Generator[None]:
    """Around what is done with a promise. Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
    try:
        with refusing():
            yield
    except NoSuchPromise:
        raise PromiseIsGone from None


class Word:
    """Where colleagues give their word, and keep it."""

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
        self._customers = customers
        self._database = database
        self._languages = languages
        self._elsewhere = elsewhere
        self._changed = changed

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        self._client = app.client
        commands.add(
            Subcommand(
                names={Language.EN: ("promise", "promises"), Language.NL: ("beloof", "belofte", "beloftes")},
                usage={
                    Language.EN: "promise jansen the quote by friday",
                    Language.NL: "beloof jansen de offerte vrijdag",
                },
                explanation=N_("note what you promised a customer: I remind you in time"),
                reply=self.opens_by_command,
                deed=Deed.SERVE,
                is_meant=rules.may_be_a_promise,
            )
        )
        app.action(re.compile(rf"^{Action.OPEN_FORM}\b"))(self.opens_the_form)
        app.view(Action.MAKE)(self.promises_in_the_form)
        app.action(re.compile(rf"^{Action.MAKE}\b"))(self.answers_the_question)
        app.action(re.compile(rf"^{Action.SHOW}\b"))(self.shows)
        app.action(re.compile(rf"^{Action.KEPT}\b"))(self.keeps)
        app.action(re.compile(rf"^{Action.BROKEN}\b"))(self.breaks)
        app.action(re.compile(rf"^{Action.MOVE}\b"))(self.opens_the_move)
        app.view(Action.MOVE)(self.moves)
        app.action(Action.TAKE_BACK)(self.takes_back)
        app.action(Action.NOT_BROKEN)(self.was_not_broken)
        app.action(Action.LIST)(self.lists)

    # --- one is made ---

    async def opens_by_command(self, command: Command, rest: str, _: Words) -> Said | None:
        """All is clear: noted. Else a form with what was understood, or a question back; without a word, what is open.

        Raises CardIsGone, NotYourCustomer.
        """
        workspace_id, by = command.team_id, command.user_id
        if not rest:
            await self._client.views_open(trigger_id=command.trigger_id, view=await self._list_or_form(command, _))
            return None
        understood = await self._promises.understand(workspace_id, rest, by=by, language=_.language)
        view = self._form(understood, _)
        if understood.is_sure and understood.what and understood.due is not None:
            customer_id, what, due = understood.customers[0].id, understood.what, understood.due
            try:
                with refusing():
                    made = await self._promises.make(
                        workspace_id, customer_id, what, due, by=by, event_key=command.trigger_id
                    )
            except CannotBeMet as asked:
                view = views.question_back(_draft(asked, customer_id, what), asked.question, asked.now, _)
            except MayNotBeKept as found:
                view = self._form(understood, _, note=not_kept(found.findings["what"], _))
            except IsThereAlready as there:
                return views.is_there_already(there.promise, await self._promises.now_of(workspace_id, by), _)
            except NotOneLine:
                pass  # the form says what is wrong when it is sent
            else:
                self._changed_for(workspace_id, by, made.promise)
                return views.noted(made, by, _)
        await self._client.views_open(trigger_id=command.trigger_id, view=view)
        return None

    async def opens_the_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """With what the button says of it filled in. Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        _, told = await self._languages.words(click), Told.read(click.chosen)
        if told is None:
            found = await meant(self._customers, self._database, click)
            await show(client, click, views.form(found, "", None, _))
        else:
            understood = await self._understood(click, told, _)
            note = "" if told.name is None and not understood.customers else None
            await show(client, click, self._form(understood, _, note=note))

    async def _understood(self, click: Interaction, told: Told, _: Words) -> Understood:
        readings = [
            await self._promises.understand(
                click.team.id, line, by=click.user.id, language=_.language, said_at=told.said_at
            )
            for line in told.lines
        ]
        return next((one for one in readings if one.customers), readings[-1])

    async def promises_in_the_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is wrong, a question back, or noted. Raises CardIsGone, NotYourCustomer."""
        submitted, view = submission(body)
        _, what = await self._languages.words(submitted), str(view.value("what", "what") or "")
        by, customer_id = submitted.user.id, int(view.value("customer", CustomerAction.FIND))
        try:
            with refusing():
                made = await self._promises.make(
                    submitted.team.id, customer_id, what, _due_in(view), by=by, event_key=_key(view)
                )
        except NotOneLine as wrong:
            await ack(response_action="errors", errors={"what": views.mistake(wrong.mistakes[0], _)})
        except MayNotBeKept as found:
            await ack(response_action="errors", errors={"what": not_kept(found.findings["what"], _)})
        except IsThereAlready as there:
            now = await self._promises.now_of(submitted.team.id, by)
            said = views.is_there_already(there.promise, now, _)
            await ack(response_action="update", view=views.modal(said, _))
        except CannotBeMet as asked:
            back = views.question_back(_draft(asked, customer_id, what), asked.question, asked.now, _)
            await ack(response_action="update", view=back)
        else:
            await ack(response_action="update", view=views.modal(views.noted(made, by, _), _))
            self._changed_for(submitted.team.id, by, made.promise)

    async def answers_the_question(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Of a new promise, or of one that is moved. Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        click, view = submission(body)
        workspace_id, by, _ = click.team.id, click.user.id, await self._languages.words(click)
        draft = Draft.model_validate_json(view.private_metadata)
        due = Due(draft.on, draft.at)
        if click.chosen == Answer.OTHER:
            await ack()
            await show(client, click, await self._another_day(click, draft, _))
            return
        if click.chosen == Answer.INSTEAD:
            due = Due(draft.instead_on, draft.instead_at)
        try:
            with about_a_promise():
                if draft.promise_id is None:
                    made = await self._promises.make(
                        workspace_id, draft.customer_id, draft.what, due, by=by, event_key=_key(view), insists=True
                    )
                else:
                    made = await self._promises.move(
                        workspace_id, draft.promise_id, due, by=by, customer_was_told=True, insists=True
                    )
            said = views.noted(made, by, _, is_moved=draft.promise_id is not None)
            shown = views.modal(said, _)
            self._changed_for(workspace_id, by, made.promise)
        except PromiseIsOver as over:
            shown = views.modal(await self._standing(click, over.promise, _), _)
        except CannotBeMet as asked:  # what was looked at for so long that it has been
            again = _draft(asked, draft.customer_id, draft.what, draft.promise_id)
            shown = views.question_back(again, asked.question, asked.now, _)
        await ack()
        await show(client, click, shown)

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
            self._changed_for(click.team.id, click.user.id, taken_back)
        except NoSuchPromise:
            pass
        except PromiseIsOver as over:
            said = await self._standing(click, over.promise, _)
        except TooLateToTakeBack:
            raise StandsAsAPromise from None
        await ack()
        await self._tell(client, respond, click, said, _)

    async def lists(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _, mine = await self._languages.words(click), await self._mine(click.team.id, click.user.id)
        now = await self._promises.now_of(click.team.id, click.user.id)
        await show(client, click, home_views.listed(mine, click.user.id, now, _))

    async def _list_or_form(self, command: Command, _: Words) -> dict[str, Any]:
        by, mine = command.user_id, await self._mine(command.team_id, command.user_id)
        if not mine.shown:
            return views.form([], "", None, _)
        return home_views.listed(mine, by, await self._promises.now_of(command.team_id, by), _)

    async def _mine(self, workspace_id: str, by: str) -> FirstOf[PromiseSeen]:
        async with self._database.reading() as session:
            return await self._promises.of_colleague(session, workspace_id, by, LISTED_ALONE)

    def _form(self, understood: Understood, _: Words, note: str | None = None) -> dict[str, Any]:
        """`note`: None is why it is not noted yet."""
        note = views.why_the_form(understood, _) if note is None else note
        return views.form(understood.customers, understood.what, understood.due, _, note=note)

    async def _another_day(self, click: Interaction, draft: Draft, _: Words) -> dict[str, Any]:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        if draft.promise_id is not None:
            return views.move_form(await self._promise(click, draft.promise_id), _)
        customer = await as_found(self._customers, self._database, click, draft.customer_id)
        return views.form([customer], draft.what, Due(draft.instead_on, draft.instead_at), _)

    # --- what becomes of it ---

    async def shows(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        promise, _ = await self._promise(click, int(click.chosen)), await self._languages.words(click)
        await show(client, click, views.modal(await self._standing(click, promise, _), _))

    async def keeps(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
        """Clicked twice, or too late, it says how it stands. Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        click = Interaction.model_validate(body)
        promise_id, _colon, how = click.chosen.partition(":")
        try:
            with about_a_promise():
                promise = await self._promises.keep(
                    click.team.id, int(promise_id), by=click.user.id, was_late=how == LATE
                )
        except PromiseIsOver as over:
            promise = over.promise
        await ack()
        await self._tell_how_it_stands(client, respond, click, promise)

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
        """Twice is once. Raises PromiseIsGone, IsBrokenByNow, CardIsGone, NotYourCustomer."""
        click = Interaction.model_validate(body)
        try:
            with about_a_promise():
                promise = await self._promises.not_broken(click.team.id, int(click.chosen), by=click.user.id)
        except StandsAsBroken:
            raise IsBrokenByNow from None
        await ack()
        await self._tell_how_it_stands(client, respond, click, promise)

    async def opens_the_move(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        promise = await self._promise(click, int(click.chosen))
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
                    workspace_id, promise_id, _due_in(view), by=by, customer_was_told=was_told
                )
        except CustomerNotTold:
            await ack(response_action="errors", errors={TOLD: views.tell_first(_)})
            return
        except CannotBeMet as asked:
            promise = await self._promise(submitted, promise_id)
            draft = _draft(asked, promise.customer_id, promise.what, promise_id)
            await ack(response_action="update", view=views.question_back(draft, asked.question, asked.now, _))
            return
        except PromiseIsOver as over:
            said = await self._standing(submitted, over.promise, _)
        else:
            said = views.noted(moved, by, _, is_moved=True)
            self._changed_for(workspace_id, by, moved.promise)
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
    ) -> None:
        _ = await self._languages.words(click)
        said = await self._standing(click, promise, _, may_undo=may_undo)
        if click.view is not None and click.view.private_metadata == LISTED_THERE:
            by, mine = click.user.id, await self._mine(click.team.id, click.user.id)
            now = await self._promises.now_of(click.team.id, by)
            await show(client, click, home_views.listed(mine, by, now, _, said_above=said.blocks))
        else:
            await self._tell(client, respond, click, said, _)
        self._changed_for(click.team.id, click.user.id, promise)

    def _changed_for(self, workspace_id: str, by: str, promise: PromiseSeen) -> None:
        for person in {by, *promise.concerned}:
            self._changed(workspace_id, person)

    async def _tell(
        self, client: AsyncWebClient, respond: AsyncRespond, click: Interaction, said: Said, _: Words
    ) -> None:
        """In place of the message or modal that was clicked in; from the Home tab, in a modal."""
        if click.response_url:
            await respond(replace_original=True, **said.as_arguments())
        else:
            await show(client, click, views.modal(said, _))

    async def _standing(self, click: Interaction, promise: PromiseSeen, _: Words, *, may_undo: bool = False) -> Said:
        now = await self._promises.now_of(click.team.id, click.user.id)
        return views.standing(promise, now, self._elsewhere, _, may_undo=may_undo)

    async def _promise(self, click: Interaction, promise_id: int) -> PromiseSeen:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        with about_a_promise():
            return await self._promises.promise(click.team.id, promise_id, by=click.user.id)


def _due_in(view: View) -> Due:
    """What a form says of the day and time."""
    at = view.value("at", "at")
    return Due(date.fromisoformat(view.value("on", "on")), time.fromisoformat(at) if at else None)


def _draft(asked: CannotBeMet, customer_id: int, what: str, promise_id: int | None = None) -> Draft:
    instead = asked.question.instead
    return Draft(
        customer_id=customer_id,
        customer=asked.customer,
        what=what,
        on=asked.due.on,
        at=asked.due.at,
        instead_on=instead.on,
        instead_at=instead.at,
        promise_id=promise_id,
    )


def _key(view: View) -> str:
    """Of the form as it stands: what takes its place in the same window is another."""
    return f"{view.id}:{view.hash}"
