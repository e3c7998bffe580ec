"""Slack in: leafing through the playbooks, by command, button and shortcut."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching import browsing_views as views
from bot.coaching.coach import Coach
from bot.coaching.playbooks import Play
from bot.coaching.views import Action
from bot.kit.i18n import N_, Language, Words
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.incoming import Command, Interaction
from bot.kit.slack.modals import show
from bot.kit.slack.outgoing import Said
from bot.kit.slack.text import readable
from bot.people.languages import Languages
from bot.people.roles import Deed
from bot.trade import Step

PLAYS_SHOWN = 5


class Browsing:
    def __init__(self, coach: Coach, languages: Languages) -> None:
        self._coach = coach
        self._playbook = coach.playbook
        self._languages = languages

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        commands.add(
            Subcommand(
                names={
                    Language.EN: ("playbook", "playbooks", "play", "plays"),
                    Language.NL: ("draaiboek", "draaiboeken", "speelboek", "stappenplan"),
                },
                usage={Language.EN: "playbook 6", Language.NL: "draaiboek 6"},
                explanation=N_("browse the playbooks: all, one step, or by words"),
                reply=self.command,
                deed=Deed.BROWSE,
            )
        )
        # The id of a button also holds what it opens, because Slack wants every id in a message only once.
        app.action(re.compile(rf"^{Action.READ_PLAY}\b"))(self.reads_play)
        app.action(re.compile(rf"^{Action.TURN_TO_PLAY}\b"))(self.turns_to_play)
        app.action(re.compile(rf"^{Action.READ_STEP}\b"))(self.reads_step)
        app.action(re.compile(rf"^{Action.TURN_TO_STEP}\b"))(self.turns_to_step)
        app.action(Action.TURN_TO_ROADMAP)(self.turns_to_roadmap)
        app.shortcut(Action.BROWSE)(self.opens_the_roadmap)
        app.shortcut(Action.WHICH_PLAY)(self.asks_which_play)

    async def command(self, _command: Command, words: str, _: Words) -> Said:
        """Nothing: the roadmap. A number: that step. Words: the plays that fit."""
        if not words:
            return views.roadmap_answer(self._playbook.counts(_.language), _)
        if words in _STEP_NUMBERS:
            step = Step(int(words))
            return views.step_answer(step, self._playbook.of_step(step, _.language), _)
        if words.isdecimal():
            return views.no_such_step(_)
        plays, fits = self.found(words, _.language)
        return views.found_answer(words, plays, fits=fits, _=_)

    async def reads_play(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _ = await self._languages.words(click)
        if click.chosen in self._playbook:
            await client.views_open(trigger_id=click.trigger_id, view=self._play_modal(click.chosen, _))
        else:
            await respond(text=views.play_is_gone(_), response_type="ephemeral", replace_original=False)

    async def reads_step(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        await client.views_open(
            trigger_id=click.trigger_id, view=self._step_modal(click.chosen, await self._languages.words(click))
        )

    async def turns_to_play(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _ = await self._languages.words(click)
        if click.chosen in self._playbook:
            await self._turn(client, click, self._play_modal(click.chosen, _))
        else:
            await self._turn(client, click, views.roadmap_modal(self._playbook.counts(_.language), _))

    async def turns_to_step(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        await self._turn(client, click, self._step_modal(click.chosen, await self._languages.words(click)))

    async def turns_to_roadmap(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        _ = await self._languages.words(click)
        await show(client, click, views.roadmap_modal(self._playbook.counts(_.language), _))

    async def opens_the_roadmap(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        shortcut = Interaction.model_validate(body)
        _ = await self._languages.words(shortcut)
        view = views.roadmap_modal(self._playbook.counts(_.language), _)
        await client.views_open(trigger_id=shortcut.trigger_id, view=view)

    async def asks_which_play(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """A colleague points at a message: the plays that fit it, at once and without keeping the message."""
        await ack()
        shortcut = Interaction.model_validate(body)
        _ = await self._languages.words(shortcut)
        plays, fits = self.found(readable(shortcut.message.text if shortcut.message else ""), _.language)
        await client.views_open(trigger_id=shortcut.trigger_id, view=views.found_modal(plays, fits=fits, _=_))

    async def _turn(self, client: AsyncWebClient, click: Interaction, view: dict[str, Any]) -> None:
        if click.view is not None:
            await client.views_update(view_id=click.view.id, view=view)

    def found(self, words: str, language: Language) -> tuple[list[Play], bool]:
        """Plays for a few words, and whether they fit or are only the nearest."""
        hits = self._coach.find_by_words(words, language)
        fitting = [hit for hit in hits if hit.fits]
        shown = (fitting or hits[:3])[:PLAYS_SHOWN]
        return [self._playbook.play(hit.play_id, language) for hit in shown], bool(fitting)

    def _step_modal(self, number: str, _: Words) -> dict[str, Any]:
        step = Step(int(number))
        return views.step_modal(step, self._playbook.of_step(step, _.language), _)

    def _play_modal(self, play_id: str, _: Words) -> dict[str, Any]:
        play = self._playbook.play(play_id, _.language)
        before, after = (self._playbook.play(other, _.language) for other in self._playbook.neighbours(play_id))
        related = [self._playbook.play(other, _.language) for other in play.meta.related]
        return views.play_modal(play, before, after, related, _)


_STEP_NUMBERS = {str(int(step)) for step in Step}
