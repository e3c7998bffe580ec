"""Slack in: a colleague notes that something went wrong, ticks what they did, and says that it is put right."""

import re
from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import views
from bot.cases.rules import LISTED, LISTED_ALONE, CaseSeen, FirstOf, Step
from bot.cases.service import CannotHandle, CaseIsClosed, Cases, NoSuchCase, NotOneLine, StandsByNow
from bot.cases.views import NOBODY, Action, Elsewhere, Look, Shown
from bot.customers import names
from bot.customers.form_views import not_kept
from bot.customers.handlers import refusing
from bot.customers.likeness import after_the_name, first_of_a_name
from bot.customers.rules import Card, Found
from bot.customers.service import Customers, MayNotBeKept
from bot.customers.views import Action as CustomerAction
from bot.kit.database import Database
from bot.kit.i18n import N_, Language, Words
from bot.kit.slack.blocks import Block
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Command, Interaction, submission
from bot.kit.slack.modals import show
from bot.people.languages import Languages
from bot.people.roles import Deed

DEEDS: dict[str, Deed] = dict.fromkeys(set(Action) - {Action.CASE}, Deed.SERVE)

MOST_OFFERED = 20
"""Customers of whom one is meant."""

WORDS_OF_WHAT = 2
"""After a name, of what went wrong: one word may be of the name."""

DaysAfter = Callable[[AsyncSession, str, Card, str], Awaitable[int]]
"""Of a customer in a workspace: days from the one on which they say that it is put right, before somebody may surprise
them.
"""


class CaseIsGone(Refused):
    def said(self, _: Words) -> str:
        return views.case_is_gone(_)


class StandsAsACase(Refused):
    def __init__(self, *, is_begun: bool) -> None:
        super().__init__(is_begun)
        self._is_begun = is_begun

    def said(self, _: Words) -> str:
        return views.stands_by_now(_, is_begun=self._is_begun)


@contextmanager
def about_a_case() -> Generator[None]:
    """Around what is done with a case. Raises CaseIsGone, StandsAsACase, CardIsGone, NotYourCustomer."""
    try:
        with refusing():
            yield
    except NoSuchCase:
        raise CaseIsGone from None
    except StandsByNow as stands:
        raise StandsAsACase(is_begun=stands.case.is_begun) from None


async def meant(customers: Customers, database: Database, click: Interaction) -> list[Found]:
    """The customer whose id a button carries, if it does. Raises CardIsGone, NotYourCustomer."""
    if click.chosen in {"", NOBODY}:
        return []
    return [await as_found(customers, database, click, int(click.chosen))]


async def as_found(customers: Customers, database: Database, click: Interaction, customer_id: int) -> Found:
    """The one whom it is about, to be filled in. Raises CardIsGone, NotYourCustomer."""
    with refusing():
        async with database.reading() as session:
            card = await customers.seen_by(session, click.team.id, customer_id, click.user.id)
    is_own = card.details.contact_id == click.user.id
    return Found(card.id, card.details.name, card.details.reference, is_own=is_own)


class Recovery:
    """Where something is put right."""

    def __init__(
        self,
        cases: Cases,
        customers: Customers,
        database: Database,
        *,
        languages: Languages,
        now_of: Callable[[str, str], Awaitable[datetime]],
        elsewhere: Elsewhere,
        days_after: DaysAfter,
        changed: Callable[[str, str], None],
    ) -> None:
        """`now_of(workspace, colleague)`: by the clock of their work. `changed(workspace, person)`: their Home tab
        shows something else now.
        """
        self._cases = cases
        self._customers = customers
        self._database = database
        self._languages = languages
        self._now_of = now_of
        self._elsewhere = elsewhere
        self._days_after = days_after
        self._changed = changed

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        self._client = app.client
        commands.add(
            Subcommand(
                names={Language.EN: ("case", "cases"), Language.NL: ("zaak", "zaken")},
                usage={Language.EN: "case jansen", Language.NL: "zaak jansen"},
                explanation=N_("something went wrong for a customer: note it, and put it right"),
                reply=self.opens_by_command,
                deed=Deed.SERVE,
                is_meant=names.may_begin_with_a_name,
            )
        )
        app.action(re.compile(rf"^{Action.OPEN_FORM}\b"))(self.opens_the_form)
        app.view(Action.OPEN)(self.opens_a_case)
        app.action(re.compile(rf"^{Action.SHOW}\b"))(self.shows)
        app.action(Action.STEP)(self.ticks)
        app.action(Action.CLOSE)(self.closes)
        app.action(re.compile(rf"^{Action.REOPEN}\b"))(self.reopens)
        app.action(Action.TAKE_BACK)(self.takes_back)
        app.action(Action.LIST)(self.lists)

    # --- one is opened ---

    async def opens_by_command(self, command: Command, rest: str, _: Words) -> None:
        """What is open comes first: of the customer who is named, or of who asks."""
        view = await self._for_command(command.team_id, command.user_id, rest, _)
        await self._client.views_open(trigger_id=command.trigger_id, view=view)

    async def _for_command(self, workspace_id: str, by: str, rest: str, _: Words) -> dict[str, Any]:
        if not rest:
            mine = await self._mine(workspace_id, by)
            return views.listed(mine, NOBODY, _) if mine.shown else views.form([], by, None, _)
        meant = await self._customers.meant(workspace_id, rest, by=by, limit=MOST_OFFERED)
        if not (meant.found or meant.near) and (name := first_of_a_name(rest)):  # among so many words it was not seen
            meant = await self._customers.meant(workspace_id, name, by=by, limit=MOST_OFFERED)
        found = meant.found or meant.near
        what = after_the_name(rest, [one.name for one in found])
        if len(what.split()) < WORDS_OF_WHAT:
            what = ""
        if len(meant.found) == 1 and meant.is_sure and not what:
            there = await self._of_customer(workspace_id, found[0].id, limit=LISTED_ALONE)
            if there.in_all == 1:
                look = await self._look(workspace_id, by, there.shown[0])
                return views.case(there.shown[0], look, self._elsewhere, _, offers_another=True)
            if there.shown:
                return views.listed(there, str(found[0].id), _)
        note = views.who_is_meant(found, _, is_sure=meant.is_sure and bool(meant.found))
        return await self._form(workspace_id, found, by, _, note, what)

    async def opens_the_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        by, _ = click.user.id, await self._languages.words(click)
        if (name := views.who_was_named(click.chosen)) is not None:
            view = await self._for_command(click.team.id, by, name, _)
        else:
            view = await self._form(click.team.id, await meant(self._customers, self._database, click), by, _)
        await show(client, click, view)

    async def opens_a_case(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is wrong, or the case. Raises CardIsGone, NotYourCustomer, CaseIsGone."""
        submitted, view = submission(body)
        workspace_id, by, _ = submitted.team.id, submitted.user.id, await self._languages.words(submitted)
        try:
            with refusing():
                case_id = await self._cases.open(
                    workspace_id,
                    int(view.value("customer", CustomerAction.FIND)),
                    str(view.value("what", "what") or ""),
                    by=by,
                    handled_by=view.value("handled_by", "handled_by"),
                    event_key=f"{view.id}:{view.hash}",
                )
        except NotOneLine as wrong:
            await ack(response_action="errors", errors={"what": views.mistake(wrong.mistakes[0], _)})
            return
        except MayNotBeKept as found:
            await ack(response_action="errors", errors={"what": not_kept(found.findings["what"], _)})
            return
        except CannotHandle:
            await ack(response_action="errors", errors={"handled_by": views.cannot_handle(_)})
            return
        case = await self._case(workspace_id, case_id, by)
        await ack(response_action="update", view=await self._shown(submitted, case, _, said=views.opened(case, by, _)))
        self._changed_for(workspace_id, {by, *case.concerned})

    async def _form(
        self, workspace_id: str, found: Sequence[Found], by: str, _: Words, note: str | None = None, what: str = ""
    ) -> dict[str, Any]:
        open_cases = await self._of_customer(workspace_id, found[0].id) if len(found) == 1 else None
        return views.form(found, by, open_cases, _, what=what, note=note)

    # --- what becomes of it ---

    async def shows(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CaseIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        case = await self._case(click.team.id, int(click.chosen), click.user.id)
        await show(client, click, await self._shown(click, case, await self._languages.words(click)))

    async def ticks(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CaseIsGone, NotYourCustomer."""
        click, view = submission(body)
        shown = Shown.model_validate_json(view.private_metadata)
        ticked = {Step(value) for value in click.all_chosen}
        try:
            with about_a_case():
                case = await self._cases.step(
                    click.team.id,
                    shown.case_id,
                    by=click.user.id,
                    done=ticked - set(shown.done),
                    undone=set(shown.done) - ticked,
                )
        except CaseIsClosed as closed:
            case = closed.case
        await ack()
        _ = await self._languages.words(click)
        await show(client, click, await self._shown(click, case, _, offers_another=shown.offers_another))

    async def closes(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Clicked twice, it says how it stands. Raises CaseIsGone, NotYourCustomer."""
        click = Interaction.model_validate(body)
        on = (await self._now_of(click.team.id, click.user.id)).date()
        try:
            with about_a_case():
                case = await self._cases.close(click.team.id, int(click.chosen), by=click.user.id, on=on)
        except CaseIsClosed as closed:
            case = closed.case
        await ack()
        await show(client, click, await self._shown(click, case, await self._languages.words(click)))
        self._changed_for(click.team.id, {click.user.id, *case.concerned})

    async def reopens(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CaseIsGone, StandsAsACase, NotYourCustomer."""
        click = Interaction.model_validate(body)
        with about_a_case():
            case = await self._cases.reopen(click.team.id, int(click.chosen), by=click.user.id)
        await ack()
        _ = await self._languages.words(click)
        await show(client, click, await self._shown(click, case, _, said=[views.is_open_again(_)]))
        self._changed_for(click.team.id, {click.user.id, *case.concerned})

    async def takes_back(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Twice is once. Raises StandsAsACase, NotYourCustomer."""
        click = Interaction.model_validate(body)
        concerned = frozenset[str]()
        try:
            with about_a_case():
                concerned = (await self._cases.take_back(click.team.id, int(click.chosen), by=click.user.id)).concerned
        except CaseIsGone:
            pass
        await ack()
        await show(client, click, views.taken_back(await self._languages.words(click)))
        self._changed_for(click.team.id, {click.user.id, *concerned})

    async def lists(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        mine = await self._mine(click.team.id, click.user.id)
        await show(client, click, views.listed(mine, NOBODY, await self._languages.words(click)))

    # --- parts of these ---

    async def on_the_card(self, workspace_id: str, customer_id: int, by: str, _: Words) -> Sequence[Block]:
        """For who sees the customer's card."""
        today = (await self._now_of(workspace_id, by)).date()
        async with self._database.reading() as session:
            are_open = await self._cases.of_customer(session, workspace_id, customer_id)
            put_right = await self._cases.closed_just_now(session, workspace_id, customer_id, by)
        return views.on_the_card(are_open, put_right, today, _)

    async def _of_customer(self, workspace_id: str, customer_id: int, limit: int = LISTED) -> FirstOf[CaseSeen]:
        async with self._database.reading() as session:
            return await self._cases.of_customer(session, workspace_id, customer_id, limit)

    async def _mine(self, workspace_id: str, by: str) -> FirstOf[CaseSeen]:
        async with self._database.reading() as session:
            return await self._cases.of_colleague(session, workspace_id, by, LISTED_ALONE)

    def _changed_for(self, workspace_id: str, people: Iterable[str]) -> None:
        for person in people:
            self._changed(workspace_id, person)

    async def _case(self, workspace_id: str, case_id: int, by: str) -> CaseSeen:
        """Raises CaseIsGone, NotYourCustomer."""
        with about_a_case():
            return await self._cases.case(workspace_id, case_id, by=by)

    async def _shown(
        self, click: Interaction, case: CaseSeen, _: Words, *, said: Sequence[str] = (), offers_another: bool = False
    ) -> dict[str, Any]:
        look = await self._look(click.team.id, click.user.id, case)
        return views.case(case, look, self._elsewhere, _, said=said, offers_another=offers_another)

    async def _look(self, workspace_id: str, by: str, case: CaseSeen) -> Look:
        now = await self._now_of(workspace_id, by)
        surprises_from = None if case.is_open else await self._surprises_from(workspace_id, by, case.customer_id)
        return Look(by, now, surprises_from)

    async def _surprises_from(self, workspace_id: str, by: str, customer_id: int) -> date | None:
        """None: another case is still open."""
        with refusing():
            async with self._database.reading() as session:
                card = await self._customers.seen_by(session, workspace_id, customer_id, by)
                standing = await self._cases.standing(session, workspace_id, customer_id)
                if standing.has_open or standing.put_right_on is None:
                    return None
                return standing.put_right_on + timedelta(days=await self._days_after(session, workspace_id, card, by))
