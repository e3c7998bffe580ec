"""Slack in: administrators give roles, set limits, stop everything, and look at what was changed."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from datetime import tzinfo
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.administration import views
from bot.administration.service import Administration
from bot.administration.views import GIVE, GUESTS_BROWSE, NO_GROUP, Action, Health
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.errors import Refused
from bot.kit.slack.homes import Homes
from bot.kit.slack.incoming import Interaction, Lookup, submission
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.people.groups import Groups, SlackDoesNotTell
from bot.people.languages import Languages
from bot.people.profiles import Profiles
from bot.people.role_groups import Group
from bot.people.roles import GIVEN, Deed, Role, Standing
from bot.people.roles_given import LastAdministrator, NotAnAdministrator
from bot.people.service import People

DEEDS: dict[str, Deed] = dict.fromkeys(Action, Deed.ADMINISTER)

LISTED = 99
"""Groups in one list: Slack shows a hundred, and the first is none."""


class NotAnAdministratorNow(Refused):
    """The role went between opening the form and sending it."""

    def said(self, _: Words) -> str:
        return _("You are not an administrator of Acht any more, so nothing was changed.")


class GroupsAreNotToBeHad(Refused):
    """The form was sent while Slack could not be asked for its groups."""

    def said(self, _: Words) -> str:
        return _("I can't ask Slack for its user groups right now. Nothing was changed; please try again in a minute.")


class Office:
    """Where administrators come."""

    def __init__(
        self,
        administration: Administration,
        *,
        people: People,
        profiles: Profiles,
        groups: Groups,
        homes: Homes,
        health: Callable[[], Awaitable[Health]],
        languages: Languages,
    ) -> None:
        self._administration = administration
        self._people = people
        self._profiles = profiles
        self._groups = groups
        self._homes = homes
        self._health = health
        self._languages = languages

    def listen(self, app: AsyncApp) -> None:
        app.action(Action.STOP_ALL)(self.stops_all)
        app.action(Action.GO_ON)(self.goes_on)
        app.action(Action.OPEN_ROLES)(self.opens_roles)
        app.view(Action.ROLES)(self.gives_or_takes)
        app.action(Action.OPEN_GROUPS)(self.opens_groups)
        app.options(Action.GROUP)(self.looks_up_a_group)
        app.view(Action.GROUPS)(self.chooses_groups)
        app.action(Action.OPEN_LIMITS)(self.opens_limits)
        app.view(Action.LIMITS)(self.sets_limits)
        app.action(Action.OPEN_CHANGES)(self.opens_changes)
        app.action(re.compile(rf"^{Action.TURN_CHANGES}\b"))(self.turns_changes)
        app.action(Action.OPEN_HEALTH)(self.opens_health)

    # --- the off switch ---

    async def stops_all(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        click = Interaction.model_validate(body)
        with _refusing():
            await self._administration.stop_all(click.team.id, by=click.user.id)
        await ack()
        self._homes.changed(click.team.id, click.user.id)

    async def goes_on(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        click = Interaction.model_validate(body)
        await ack()  # what waited, perhaps for days, is made due in one go
        with _refusing():
            await self._administration.go_on(click.team.id, by=click.user.id)
        self._homes.changed(click.team.id, click.user.id)

    # --- roles ---

    async def opens_roles(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        now = await self._administration.look(click.team.id)
        await client.views_open(
            trigger_id=click.trigger_id, view=views.roles_modal(now, await self._languages.words(click))
        )

    async def gives_or_takes(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        workspace_id, by = submitted.team.id, submitted.user.id
        _ = await self._languages.words(submitted)
        role, chosen = Role(view.value("role", "role")), view.values("people", "people")
        try:
            if view.value("deed", "deed") == GIVE:
                members = await self._members_among(workspace_id, chosen)
                with _refusing():
                    await self._administration.roles.appoint(workspace_id, role, members, by=by)
                said = views.given(role, members, [person for person in chosen if person not in members], _)
            else:
                with _refusing():
                    still = await self._administration.roles.dismiss(workspace_id, role, chosen, by=by)
                said = views.taken(role, chosen, still, _)
        except LastAdministrator:
            said = views.last_administrator(_)
        now = await self._administration.look(workspace_id)
        await ack(response_action="update", view=views.roles_modal(now, _, said=said))
        for person in {by, *chosen}:
            self._homes.changed(workspace_id, person)

    async def _members_among(self, workspace_id: str, chosen: list[str]) -> list[str]:
        """Slack's own list to choose from has guests and apps in it as well."""
        known = await asyncio.gather(*(self._profiles.of(workspace_id, person) for person in chosen))
        return [person for person, of in zip(chosen, known, strict=True) if of.standing in {Standing.MEMBER, None}]

    # --- user groups ---

    async def opens_groups(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        now = await self._administration.look(click.team.id)
        await client.views_open(
            trigger_id=click.trigger_id, view=views.groups_modal(now, await self._languages.words(click))
        )

    async def looks_up_a_group(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        lookup = Lookup.model_validate(body)
        _ = await self._languages.words(lookup)
        try:
            handles = await self._groups.known(lookup.team.id)
        except SlackDoesNotTell:
            handles = {}
        typed = lookup.value.strip().lower().lstrip("@")
        fitting = sorted((handle, id_) for id_, handle in handles.items() if typed in handle.lower())
        found = [b.option(f"@{handle}", id_) for handle, id_ in fitting[:LISTED]]
        await ack(options=[views.no_group(_), *found])

    async def chooses_groups(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        workspace_id, by = submitted.team.id, submitted.user.id
        _ = await self._languages.words(submitted)
        chosen = {role: str(view.value(role, Action.GROUP) or NO_GROUP) for role in GIVEN}
        now = await self._administration.look(workspace_id)
        changed = {role: group for role, group in chosen.items() if group != (now.holders[role].group or NO_GROUP)}
        handles: dict[str, str] = {}
        if set(changed.values()) - {NO_GROUP}:
            try:
                handles = await self._groups.known(workspace_id)
            except SlackDoesNotTell:
                raise GroupsAreNotToBeHad from None
        if gone := [role for role, group in changed.items() if group not in {NO_GROUP, *handles}]:
            await ack(response_action="errors", errors=dict.fromkeys(gone, views.no_such_group(_)))
            return
        wanted = {role: Group(group, handles[group]) if group in handles else None for role, group in changed.items()}
        try:
            with _refusing():
                await self._administration.role_groups.follow(workspace_id, wanted, by=by)
        except LastAdministrator:
            await ack(response_action="errors", errors={Role.ADMINISTRATOR: views.last_administrator(_)})
            return
        await ack(response_action="update", view=views.groups_saved_modal(_))
        self._homes.changed(workspace_id, by)

    # --- limits ---

    async def opens_limits(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        now = await self._administration.look(click.team.id)
        await client.views_open(
            trigger_id=click.trigger_id, view=views.limits_modal(now, await self._languages.words(click))
        )

    async def sets_limits(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        guests_may_browse = view.value("guests", "guests") == GUESTS_BROWSE
        with _refusing():
            await self._administration.set_limits(
                submitted.team.id, guests_may_browse=guests_may_browse, by=submitted.user.id
            )
        await ack(response_action="update", view=views.limits_saved_modal(await self._languages.words(submitted)))
        self._homes.changed(submitted.team.id, submitted.user.id)

    # --- to look at ---

    async def opens_changes(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        await client.views_open(trigger_id=click.trigger_id, view=await self._changes(click, skip=0))

    async def turns_changes(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        if click.view is not None:
            view = await self._changes(click, skip=int(click.chosen))
            await client.views_update(view_id=click.view.id, view=view)

    async def _changes(self, click: Interaction, *, skip: int) -> dict[str, Any]:
        page, in_all = await self._administration.changes(click.team.id, skip=skip)
        return views.changes_modal(page, skip, in_all, await self._zone(click), await self._languages.words(click))

    async def opens_health(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        post = await self._administration.post(click.team.id)
        view = views.health_modal(
            await self._health(), post, await self._zone(click), await self._languages.words(click)
        )
        await client.views_open(trigger_id=click.trigger_id, view=view)

    async def _zone(self, interaction: Interaction) -> tzinfo:
        return zone_or_utc((await self._people.known(interaction.team.id, interaction.user.id)).zone)


@contextmanager
def _refusing() -> Generator[None]:
    """Raises NotAnAdministratorNow."""
    try:
        yield
    except NotAnAdministrator:
        raise NotAnAdministratorNow from None
