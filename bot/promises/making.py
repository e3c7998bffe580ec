"""Slack in: a colleague makes a promise, by a command or in a form, and answers whether it can be met."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date, time
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
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
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Command, Interaction, View, submission
from bot.kit.slack.modals import show
from bot.kit.slack.outgoing import Said
from bot.people.languages import Languages
from bot.people.roles import Deed
from bot.promises import home_views, making_views, rules, views
from bot.promises.hearing import Told
from bot.promises.making_views import Answer, Draft
from bot.promises.rules import Due, PromiseSeen, Understood
from bot.promises.service import CannotBeMet, IsThereAlready, NoSuchPromise, PromiseIsOver, Promises
from bot.promises.views import Action, Elsewhere


class PromiseIsGone(Refused):
    def said(self, _: Words) -> str:
        return views.promise_is_gone(_)


@contextmanager
def about_a_promise() -> Generator[None]:
    """Around what is done with a promise. Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
    try:
        with refusing():
            yield
    except NoSuchPromise:
        raise PromiseIsGone from None


class Making:
    """Where colleagues give their word."""

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
                view = making_views.question_back(draft_of(asked, customer_id, what), asked.question, asked.now, _)
            except MayNotBeKept as found:
                view = self._form(understood, _, note=not_kept(found.findings["what"], _))
            except IsThereAlready as there:
                return views.is_there_already(there.promise, await self._promises.now_of(workspace_id, by), _)
            except NotOneLine:
                pass  # the form says what is wrong when it is sent
            else:
                self.changed_for(workspace_id, by, made.promise)
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
            await show(client, click, making_views.form(found, "", None, _))
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
                    submitted.team.id, customer_id, what, due_in(view), by=by, event_key=_key(view)
                )
        except NotOneLine as wrong:
            await ack(response_action="errors", errors={"what": making_views.mistake(wrong.mistakes[0], _)})
        except MayNotBeKept as found:
            await ack(response_action="errors", errors={"what": not_kept(found.findings["what"], _)})
        except IsThereAlready as there:
            now = await self._promises.now_of(submitted.team.id, by)
            said = views.is_there_already(there.promise, now, _)
            await ack(response_action="update", view=views.modal(said, _))
        except CannotBeMet as asked:
            back = making_views.question_back(draft_of(asked, customer_id, what), asked.question, asked.now, _)
            await ack(response_action="update", view=back)
        else:
            await ack(response_action="update", view=views.modal(views.noted(made, by, _), _))
            self.changed_for(submitted.team.id, by, made.promise)

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
            self.changed_for(workspace_id, by, made.promise)
        except PromiseIsOver as over:
            shown = views.modal(await self.standing(click, over.promise, _), _)
        except CannotBeMet as asked:  # what was looked at for so long that it has been
            again = draft_of(asked, draft.customer_id, draft.what, draft.promise_id)
            shown = making_views.question_back(again, asked.question, asked.now, _)
        await ack()
        await show(client, click, shown)

    async def _list_or_form(self, command: Command, _: Words) -> dict[str, Any]:
        by, mine = command.user_id, await self.mine(command.team_id, command.user_id)
        if not mine.shown:
            return making_views.form([], "", None, _)
        return home_views.listed(mine, by, await self._promises.now_of(command.team_id, by), _)

    def _form(self, understood: Understood, _: Words, note: str | None = None) -> dict[str, Any]:
        """`note`: None is why it is not noted yet."""
        note = making_views.why_the_form(understood, _) if note is None else note
        return making_views.form(understood.customers, understood.what, understood.due, _, note=note)

    async def _another_day(self, click: Interaction, draft: Draft, _: Words) -> dict[str, Any]:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        if draft.promise_id is not None:
            return views.move_form(await self.promise(click, draft.promise_id), _)
        customer = await as_found(self._customers, self._database, click, draft.customer_id)
        return making_views.form([customer], draft.what, Due(draft.instead_on, draft.instead_at), _)

    # --- for what becomes of it too ---

    async def mine(self, workspace_id: str, by: str) -> FirstOf[PromiseSeen]:
        async with self._database.reading() as session:
            return await self._promises.of_colleague(session, workspace_id, by, LISTED_ALONE)

    def changed_for(self, workspace_id: str, by: str, promise: PromiseSeen) -> None:
        for person in {by, *promise.concerned}:
            self._changed(workspace_id, person)

    async def standing(self, click: Interaction, promise: PromiseSeen, _: Words, *, may_undo: bool = False) -> Said:
        now = await self._promises.now_of(click.team.id, click.user.id)
        put_right_on = await self._promises.put_right_on(click.team.id, promise)
        return views.standing(promise, now, self._elsewhere, _, may_undo=may_undo, put_right_on=put_right_on)

    async def promise(self, click: Interaction, promise_id: int) -> PromiseSeen:
        """Raises PromiseIsGone, CardIsGone, NotYourCustomer."""
        with about_a_promise():
            return await self._promises.promise(click.team.id, promise_id, by=click.user.id)


def due_in(view: View) -> Due:
    """What a form says of the day and time."""
    at = view.value("at", "at")
    return Due(date.fromisoformat(view.value("on", "on")), time.fromisoformat(at) if at else None)


def draft_of(asked: CannotBeMet, customer_id: int, what: str, promise_id: int | None = None) -> Draft:
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
