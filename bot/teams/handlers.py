"""Slack in: a lead sets up a team, looks at its first post, and changes it later."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import time
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.i18n import Dictionary, Language, Words
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction, Lookup, View, submission
from bot.people.access import NotYours
from bot.people.roles import Deed, Standing
from bot.people.service import People
from bot.teams import channel_now, places, rules, views
from bot.teams.channels import Channels
from bot.teams.lists import Lists
from bot.teams.rules import TeamAsItIs, TeamPlan
from bot.teams.service import ChangedMeanwhile, NotALead, NotTheirTeam, Teams
from bot.teams.views import DRY_RUN, Action, Draft, Steps

DEEDS: dict[str, Deed] = {
    Action.SET_UP: Deed.LEAD_TEAM,
    Action.CHANGE: Deed.LEAD_TEAM,
    Action.PLAN: Deed.LEAD_TEAM,
    Action.POST: Deed.LEAD_TEAM,
    Action.ZONE: Deed.LEAD_TEAM,
    Action.COUNTRY: Deed.LEAD_TEAM,
    Action.SHOW_LED: Deed.LEAD_TEAM,
    Action.TURN_LED: Deed.LEAD_TEAM,
    Action.SHOW_ALL: Deed.OVERSEE,
    Action.TURN_ALL: Deed.OVERSEE,
    Action.CHOOSE: Deed.CHOOSE,
}

NO_NAMES = {"", "privategroup", "directmessage"}
"""What Slack puts where a click would name a channel that is private."""


class NotYourTeam(Refused):
    def said(self, _: Words) -> str:
        return views.not_your_team(_)


def register(
    app: AsyncApp,
    teams: Teams,
    people: People,
    dictionary: Dictionary,
    *,
    steps: Steps,
    read_step: str,
    changed: Callable[[str, str], None],
    meet: Callable[[str, str], Awaitable[None]],
) -> None:
    """`steps`: what the steps of the roadmap are called; `read_step`: the action that opens one.
    `changed(workspace, person)`: their Home tab shows something else now.
    `meet(workspace, person)`: asks Slack who they are."""
    SettingUp(teams, people, dictionary, steps=steps, read_step=read_step, changed=changed).listen(app)
    Lists(teams, people, dictionary, steps, changed).listen(app)
    Channels(teams, meet).listen(app)


class SettingUp:
    def __init__(
        self,
        teams: Teams,
        people: People,
        dictionary: Dictionary,
        *,
        steps: Steps,
        read_step: str,
        changed: Callable[[str, str], None],
    ) -> None:
        self._teams = teams
        self._people = people
        self._dictionary = dictionary
        self._steps = steps
        self._read_step = read_step
        self._changed = changed

    def listen(self, app: AsyncApp) -> None:
        app.action(Action.SET_UP)(self.opens_the_form)
        app.action(re.compile(rf"^{Action.CHANGE}\b"))(self.opens_the_form)
        app.options(Action.ZONE)(self.looks_up_a_zone)
        app.options(Action.COUNTRY)(self.looks_up_a_country)
        app.view(Action.PLAN)(self.hands_in_the_plan)
        app.view(Action.POST)(self.posts)

    async def opens_the_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises NotYourTeam."""
        await ack()
        click = Interaction.model_validate(body)
        _, channel_id = await self._words(click), click.chosen
        there = await self._there(click, channel_id)
        plan = there.plan if there else await self._usual(client, click, _.language)
        draft = Draft(channel_id=channel_id, version=there.version if there else None)
        view = views.form(plan, draft, self._steps, _)
        if click.view is not None and click.view.type == "modal":
            # In place of the list: three modals on top of each other are the most that Slack has room for.
            await client.views_update(view_id=click.view.id, view=view)
        else:
            await client.views_open(trigger_id=click.trigger_id, view=view)

    async def looks_up_a_zone(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        typed = Lookup.model_validate(body)
        await ack(options=views.offered(places.zones(typed.value, await self._words(typed))))

    async def looks_up_a_country(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        typed = Lookup.model_validate(body)
        await ack(options=views.offered(places.countries(typed.value, await self._words(typed))))

    async def hands_in_the_plan(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """What is wrong, or the first post as it will look, or, where nothing is to be posted, saved.

        Raises NotYourTeam, NotYours, NoPlaceToPost, NotInTheChannel.
        """
        submitted, view = submission(body)
        _, plan = await self._words(submitted), _plan(view)
        draft = Draft.model_validate_json(view.private_metadata)
        if wrong := rules.mistakes(plan, await self._outsiders(submitted.team.id, plan.leads)):
            await ack(response_action="errors", errors={mistake.field: views.mistake(mistake, _) for mistake in wrong})
            return
        there = await self._there(submitted, draft.channel_id)
        if there is not None and there.version != draft.version:
            await ack(response_action="update", view=self._what_is_there(there, draft.channel_id, _))
            return
        if rules.first_post_goes_to(plan, draft.channel_id, there):
            await channel_now.check(client, draft.channel_id, submitted.user.id, is_new=there is None)
            await ack(response_action="push", view=self._preview(draft.model_copy(update={"plan": plan}), plan, _))
        else:
            await self._save(ack, submitted, draft, plan)

    def _preview(self, draft: Draft, plan: TeamPlan, _: Words) -> dict[str, Any]:
        """The post is in the language of the team, what stands around it in the lead's own."""
        of_the_team = self._dictionary[plan.language]
        told = rules.first_post_of(plan, draft.channel_id)
        post = views.first_post(told, self._steps(of_the_team), self._read_step, of_the_team)
        return views.preview(post, draft, _, is_dry_run=plan.is_dry_run)

    async def posts(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Raises NotYourTeam, NotYours, NoPlaceToPost, NotInTheChannel."""
        submitted, view = submission(body)
        draft = Draft.model_validate_json(view.private_metadata)
        assert draft.plan is not None  # noqa: S101 — a preview always has its plan
        await channel_now.check(client, draft.channel_id, submitted.user.id, is_new=draft.version is None)
        await self._save(ack, submitted, draft, draft.plan)

    async def _save(self, ack: AsyncAck, submitted: Interaction, draft: Draft, plan: TeamPlan) -> None:
        """Raises NotYourTeam, NotYours."""
        workspace_id, by, _ = submitted.team.id, submitted.user.id, await self._words(submitted)
        try:
            waits = await self._teams.set_up(workspace_id, draft.channel_id, plan, by=by, seen_version=draft.version)
        except NotTheirTeam:
            raise NotYourTeam from None
        except NotALead:
            raise NotYours(Deed.LEAD_TEAM, await self._people.roles(workspace_id, by)) from None
        except ChangedMeanwhile:
            there = await self._there(submitted, draft.channel_id)
            assert there is not None  # noqa: S101 — somebody changed it
            await ack(response_action="update", view=self._what_is_there(there, draft.channel_id, _))
            return
        view = views.done(plan, is_new=draft.version is None, post_waits=waits, _=_)
        await ack(response_action="update", view=view)
        for person in {by, *plan.leads}:
            self._changed(workspace_id, person)

    async def _there(self, by: Interaction, channel_id: str) -> TeamAsItIs | None:
        """Raises NotYourTeam."""
        try:
            return await self._teams.to_change(by.team.id, channel_id, by=by.user.id)
        except NotTheirTeam:
            raise NotYourTeam from None

    def _what_is_there(self, there: TeamAsItIs, channel_id: str, _: Words) -> dict[str, Any]:
        draft = Draft(channel_id=channel_id, version=there.version)
        return views.form(there.plan, draft, self._steps, _, views.changed_meanwhile(there.changed_by, _))

    async def _usual(self, client: AsyncWebClient, click: Interaction, language: Language) -> TeamPlan:
        zone = (await self._people.known(click.team.id, click.user.id)).zone
        name = click.channel.name if click.channel is not None else ""
        if name in NO_NAMES:
            name = await channel_now.name_of(client, click.chosen)
        return rules.usual(name, language, zone, [click.user.id])

    async def _outsiders(self, workspace_id: str, leads: Sequence[str]) -> list[str]:
        """Who is known to be no colleague. Of the others it is found out before they may do anything."""
        standings = {lead: (await self._people.known(workspace_id, lead)).standing for lead in leads}
        return [lead for lead, standing in standings.items() if standing not in {None, Standing.MEMBER}]

    async def _words(self, by: Interaction | Lookup) -> Words:
        return self._dictionary[await self._people.language(by.team.id, by.user.id)]


def _plan(view: View) -> TeamPlan:
    """What the form holds. Each field is a block of the same name."""

    def value(name: str) -> str:
        return str(view.value(name, name) or "")

    country, region = places.parted(view.value("country", Action.COUNTRY))
    return TeamPlan(
        name=rules.one_line(value("name")),
        language=Language(value("language")),
        zone=str(view.value("zone", Action.ZONE) or ""),
        days=tuple(sorted(int(day) for day in view.values("days", "days"))),
        goal_time=time.fromisoformat(value("goal_time")),
        challenge_day=int(value("challenge_day")),
        challenge_time=time.fromisoformat(value("challenge_time")),
        country=country,
        region=region,
        vision=rules.one_line(value("vision")) or None,
        sponsor=view.value("sponsor", "sponsor"),
        step=int(value("step")),
        is_dry_run=DRY_RUN in view.values("is_dry_run", "is_dry_run"),
        leads=tuple(view.values("leads", "leads")),
    )
