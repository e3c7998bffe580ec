"""Slack in: colleagues look a customer up, read the card, write one, change it, and erase it."""

import re
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.customers import card_views, form, form_views, names, rules, views
from bot.customers.card_views import NextSteps
from bot.customers.form import Consent, Draft, FilledIn
from bot.customers.rules import Details, Found
from bot.customers.service import ChangedMeanwhile, Customers, NoSuchCustomer, NotTheirCustomer
from bot.customers.views import LISTED, NO_NAME, OFFERED, Action
from bot.customers.writing import ReferenceTaken
from bot.kit.clock import Clock
from bot.kit.i18n import N_, Language, Words
from bot.kit.slack.blocks import Block
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Command, Interaction, Lookup, submission
from bot.kit.slack.modals import show, show_above
from bot.kit.slack.outgoing import Said
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.people.languages import Languages
from bot.people.profiles import Profiles
from bot.people.roles import Deed, Standing
from bot.people.service import People
from bot.trade import Wish

DEEDS: dict[str, Deed] = dict.fromkeys(set(Action) - {Action.CARD, Action.SHOWN}, Deed.SERVE)

Also = Callable[[str, int, str, Words], Awaitable[Sequence[Block]]]
"""Workspace, customer, who looks, and their words: what other parts have to show on the card."""


class CardIsGone(Refused):
    def said(self, _: Words) -> str:
        return views.card_is_gone(_)


class NotYourCustomer(Refused):
    def said(self, _: Words) -> str:
        return views.not_your_customer(_)


@contextmanager
def refusing() -> Generator[None]:
    """Around what is done for a customer. Raises CardIsGone, NotYourCustomer."""
    try:
        yield
    except NoSuchCustomer:
        raise CardIsGone from None
    except NotTheirCustomer:
        raise NotYourCustomer from None


async def found_nobody(
    customers: Customers,
    people: People,
    command: Command,
    typed: str,
    near: Sequence[Found],
    _: Words,
    *,
    pick: str = Action.OPEN,
) -> Said:
    """To who looked for somebody by name. `near`, `pick`: as in the view."""
    sees = await customers.sees(command.team_id, by=command.user_id)
    if not sees.anybodys and await people.may(command.team_id, command.user_id, Deed.OVERSEE):
        return views.sees_sums(typed, _)
    return views.nobody(typed, _, near=near, pick=pick, is_new_next=sees.everybodys)


class Counter:
    """Where customers come."""

    def __init__(
        self,
        customers: Customers,
        people: People,
        profiles: Profiles,
        clock: Clock,
        languages: Languages,
        *,
        next_steps: NextSteps,
        changed: Callable[[str, str], None],
        pressing: Also,
        also: Sequence[Also] = (),
    ) -> None:
        """`changed(workspace, person)`: their Home tab shows something else now.
        `pressing`: what has to be done for a customer before anything else.
        `also`: what other parts have to show on a card, in this order."""
        self._customers = customers
        self._people = people
        self._profiles = profiles
        self._clock = clock
        self._languages = languages
        self._next_steps = next_steps
        self._pressing = pressing
        self._also = also
        self._changed = changed

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        self._client = app.client
        commands.add(
            Subcommand(
                names={Language.EN: ("customer", "customers"), Language.NL: ("klant", "klanten")},
                usage={Language.EN: "customer jansen", Language.NL: "klant jansen"},
                explanation=N_("a customer's card: look it up, or make one"),
                reply=self.looks_for_a_customer,
                deed=Deed.SERVE,
                is_meant=names.may_begin_with_a_name,
            )
        )
        app.options(Action.FIND)(self.looks_up)
        app.options(Action.LOOK_UP)(self.looks_up)
        app.action(Action.LOOK_UP)(self.opens)
        app.action(re.compile(rf"^{Action.OPEN}\b"))(self.opens)
        app.action(Action.NEW)(self.opens_a_new_one)
        app.action(Action.CHANGE)(self.opens_to_change)
        app.action(re.compile(rf"^{Action.TELL_FIRST}\b"))(self.opens_to_tell_first)
        app.view(Action.SAVE)(self.saves)
        app.action(Action.ERASE)(self.erases)

    # --- finding ---

    async def looks_for_a_customer(self, command: Command, rest: str, _: Words) -> Said | None:
        """Raises CardIsGone, NotYourCustomer."""
        workspace_id, by = command.team_id, command.user_id
        if not names.typed_words(rest):
            await self._client.views_open(trigger_id=command.trigger_id, view=views.which(_))
            return None
        meant = await self._customers.meant(workspace_id, rest, by=by, limit=LISTED + 1)
        if len(meant.found) == 1 and meant.is_sure:
            view = await self._card(workspace_id, meant.found[0].id, by, _)
            await self._client.views_open(trigger_id=command.trigger_id, view=view)
            return None
        if meant.found:
            return views.several(meant, rest, _)
        return await found_nobody(self._customers, self._people, command, rest, meant.near, _)

    async def looks_up(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Before anything is typed, their own customers."""
        typed = Lookup.model_validate(body)
        workspace_id, by = typed.team.id, typed.user.id
        meant = await self._customers.meant(workspace_id, typed.value, by=by, limit=OFFERED)
        found = meant.found or meant.near
        if not found and len(typed.value.strip()) < names.SHORTEST:
            found = await self._customers.own(workspace_id, by=by)
        await ack(options=views.offered(found))

    # --- the card ---

    async def opens(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        view = await self._card(click.team.id, int(click.chosen), click.user.id, await self._languages.words(click))
        is_beside_the_form = click.view is not None and click.view.callback_id == Action.SAVE
        await (show_above if is_beside_the_form else show)(client, click, view)

    async def erases(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Twice is once. Raises NotYourCustomer."""
        click = Interaction.model_validate(body)
        concerned = {click.user.id}
        try:
            concerned.add(await self._customers.erase(click.team.id, int(click.chosen), by=click.user.id))
        except NoSuchCustomer:
            pass
        except NotTheirCustomer:
            raise NotYourCustomer from None
        await ack()
        _ = await self._languages.words(click)
        await show(client, click, views.told(views.erased(_), _))
        for person in concerned:
            self._changed(click.team.id, person)

    async def _card(
        self, workspace_id: str, customer_id: int, by: str, _: Words, *, said: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Raises CardIsGone, NotYourCustomer."""
        with refusing():
            card = await self._customers.card(workspace_id, customer_id, by=by)
            pressing = await self._pressing(workspace_id, customer_id, by, _)
            more = [await part(workspace_id, customer_id, by, _) for part in self._also]
        return card_views.card(card, self._next_steps, more, _, pressing=pressing, said=said)

    # --- writing one ---

    async def opens_a_new_one(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _, teams = await self._languages.words(click), await self._customers.teams_of(click.team.id, click.user.id)
        first = next((team for team in teams if team.is_first), None)
        details = Details(
            name="" if click.chosen == NO_NAME else click.chosen,
            contact_id=click.user.id,
            channel_id=first.channel_id if first else None,
            language=_.language,
        )
        await show(client, click, form_views.form(Draft(), details, teams, await self._today(click), _))

    async def opens_to_change(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        await self._opens_to_change(click, client, int(click.chosen))

    async def opens_to_tell_first(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Of somebody whom the coach heard named: first who is meant. Raises CardIsGone, NotYourCustomer."""
        await ack()
        click = Interaction.model_validate(body)
        if (name := views.who_was_named(click.chosen)) is None:
            await self._opens_to_change(click, client, int(click.chosen), wish=Wish.TOLD_FIRST)
            return
        meant = await self._customers.meant(click.team.id, name, by=click.user.id, limit=LISTED + 1)
        if len(meant.found) == 1 and meant.is_sure:
            await self._opens_to_change(click, client, meant.found[0].id, wish=Wish.TOLD_FIRST)
            return
        _ = await self._languages.words(click)
        await show(client, click, views.named(meant, name, _, pick=Action.TELL_FIRST))

    async def _opens_to_change(
        self, click: Interaction, client: AsyncWebClient, customer_id: int, *, wish: Wish | None = None
    ) -> None:
        """`wish`: what is chosen in the form in place of the one on the card. Raises CardIsGone, NotYourCustomer."""
        with refusing():
            card = await self._customers.card(click.team.id, customer_id, by=click.user.id)
            teams = await self._customers.teams_of(click.team.id, click.user.id)
        draft = Draft(
            customer_id=card.id,
            version=card.version,
            consent=Consent.of(card.details),
            consent_on=card.details.consent_on,
        )
        today, _ = await self._today(click), await self._languages.words(click)
        details = replace(card.details, wish=wish or card.details.wish)
        await show(client, click, form_views.form(draft, details, teams, today, _))

    async def saves(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is wrong, or the card. Raises CardIsGone, NotYourCustomer."""
        submitted, view = submission(body)
        workspace_id, by, _ = submitted.team.id, submitted.user.id, await self._languages.words(submitted)
        draft = Draft.model_validate_json(view.private_metadata)
        filled_in = form.read(view, draft, await self._today(submitted))
        if wrong := await self._complaints(workspace_id, filled_in, _):
            await ack(response_action="errors", errors=wrong)
            return
        event_key = f"{view.id}:{view.hash}"
        if asks := await self._asks_whether_it_is_another(submitted, draft, filled_in.details, event_key, _):
            await ack(response_action="update", view=asks)
            return
        try:
            customer_id = await self._save(workspace_id, draft, filled_in.details, by, event_key)
        except ReferenceTaken:
            await ack(response_action="errors", errors={"reference": form_views.reference_taken(_)})
            return
        except ChangedMeanwhile:
            assert draft.customer_id is not None  # noqa: S101 — what is new nobody else has changed
            instead = await self._changed_meanwhile(workspace_id, draft.customer_id, filled_in.details, by, _)
            await ack(response_action="update", view=instead)
            return
        said = form_views.saved(_, dropped_year=filled_in.has_year)
        try:
            saved = await self._card(workspace_id, customer_id, by, _, said=said)
        except NotYourCustomer:
            saved = views.told(views.handed_over(filled_in.details.contact_id, _), _)
        await ack(response_action="update", view=saved)
        for person in {by, filled_in.details.contact_id}:
            self._changed(workspace_id, person)

    async def _asks_whether_it_is_another(
        self, submitted: Interaction, draft: Draft, details: Details, event_key: str, _: Words
    ) -> dict[str, Any] | None:
        """Where a card has this name already: the form as it was filled in, with that card beside it. Once a name."""
        name, workspace_id, by = rules.tidy(details).name, submitted.team.id, submitted.user.id
        if draft.customer_id is not None or draft.another == name:
            return None
        alike = await self._customers.alike(workspace_id, name, by=by, event_key=event_key)
        if not alike:
            return None
        asked, today = draft.model_copy(update={"another": name}), await self._today(submitted)
        teams = await self._customers.teams_of(workspace_id, by)
        return form_views.form(asked, details, teams, today, _, alike=alike[:LISTED])

    async def _save(self, workspace_id: str, draft: Draft, details: Details, by: str, event_key: str) -> int:
        """Raises CardIsGone, NotYourCustomer, ChangedMeanwhile, ReferenceTaken."""
        if draft.customer_id is None:
            return await self._customers.add(workspace_id, details, by=by, event_key=event_key)
        with refusing():
            await self._customers.change(workspace_id, draft.customer_id, details, by=by, seen_version=draft.version)
        return draft.customer_id

    async def _complaints(self, workspace_id: str, filled_in: FilledIn, _: Words) -> dict[str, str]:
        """By field, all at once."""
        details = rules.tidy(filled_in.details)
        mistakes = rules.mistakes(details, self._clock.now().date())
        wrong = form_views.complaints(mistakes, rules.may_not_be_kept(details), _)
        if filled_in.is_birthday_unclear:
            wrong["birthday"] = form_views.birthday_unclear(_)
        if (await self._profiles.of(workspace_id, details.contact_id)).standing not in {None, Standing.MEMBER}:
            wrong["contact_id"] = form_views.not_a_colleague(_)
        return wrong

    async def _changed_meanwhile(
        self, workspace_id: str, customer_id: int, wrote: Details, by: str, _: Words
    ) -> dict[str, Any]:
        """Raises CardIsGone, NotYourCustomer."""
        with refusing():
            there = await self._customers.card(workspace_id, customer_id, by=by)
        wrote = rules.tidy(wrote)
        different = rules.changed_fields(there.details, wrote)
        return form_views.changed_meanwhile(customer_id, there.changed_by, wrote, different, _)

    async def _today(self, by: Interaction) -> date:
        """Where the colleague is."""
        zone = (await self._people.known(by.team.id, by.user.id)).zone
        return self._clock.now().astimezone(zone_or_utc(zone)).date()
