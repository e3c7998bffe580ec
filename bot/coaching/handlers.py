"""Slack in: what colleagues type, click and submit to get an answer from the coach."""

from collections.abc import Callable
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSetSuggestedPrompts
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.coaching import browsing_views, views
from bot.coaching.browsing import Browsing
from bot.coaching.service import Coaching, NewQuestion
from bot.coaching.tables import Place
from bot.coaching.views import Action
from bot.kit.i18n import Dictionary, Words
from bot.kit.slack.commands import Subcommands
from bot.kit.slack.incoming import Command, Delivered, Interaction, Message, submission
from bot.kit.slack.outgoing import Said
from bot.kit.slack.text import readable
from bot.people.languages import Languages
from bot.people.roles import Deed
from bot.people.service import People

log = structlog.get_logger(__name__)


DEEDS: dict[str, Deed] = {
    Action.ANOTHER_ANGLE: Deed.ASK,
    Action.RATE: Deed.ASK,
    Action.SAY_WHY: Deed.ASK,
    Action.ASK: Deed.ASK,
    Action.OPEN_ASK_FORM: Deed.ASK,
    Action.WHAT_TO_REPLY: Deed.ASK,
    Action.READ_PLAY: Deed.ASK,  # the play of an answer belongs to it
    Action.TURN_TO_PLAY: Deed.BROWSE,
    Action.READ_STEP: Deed.BROWSE,
    Action.TURN_TO_STEP: Deed.BROWSE,
    Action.TURN_TO_ROADMAP: Deed.BROWSE,
    Action.BROWSE: Deed.BROWSE,
    Action.WHICH_PLAY: Deed.BROWSE,
}


SomebodyWrote = Callable[[str, str], None]
"""Workspace and person: told of everybody who writes to the bot itself."""


def register(
    app: AsyncApp,
    commands: Subcommands,
    coaching: Coaching,
    people: People,
    dictionary: Dictionary,
    *,
    somebody_wrote: SomebodyWrote,
) -> None:
    """Tells Bolt who listens to what."""
    browsing = Browsing(coaching.coach, Languages(people, dictionary))
    Conversation(coaching, people, dictionary, browsing, somebody_wrote).listen(app, commands)
    browsing.listen(app, commands)


class Conversation:
    def __init__(
        self,
        coaching: Coaching,
        people: People,
        dictionary: Dictionary,
        browsing: Browsing,
        somebody_wrote: SomebodyWrote,
    ) -> None:
        self._somebody_wrote = somebody_wrote
        self._browsing = browsing
        self._coaching = coaching
        self._people = people
        self._dictionary = dictionary

    def listen(self, app: AsyncApp, commands: Subcommands) -> None:
        self._commands = commands
        app.event("message")(self.message)
        app.event("app_mention")(self.mention)
        app.event("app_home_opened", matchers=[_opens_the_messages])(self.opens_the_messages)
        app.command("/acht")(self.command)
        app.action(Action.ANOTHER_ANGLE)(self.another_angle)
        app.action(Action.RATE)(self.rates)
        app.view(Action.SAY_WHY)(self.says_why)
        app.shortcut(Action.ASK)(self.opens_the_ask_form)
        app.action(Action.OPEN_ASK_FORM)(self.opens_the_ask_form)
        app.view(Action.ASK)(self.asks_in_the_form)
        app.shortcut(Action.WHAT_TO_REPLY)(self.asks_what_to_reply)

    # --- messages ---

    async def message(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """A message to the bot itself. Edits, deletions, other bots and Slack's own notices are left in silence."""
        message = Message.model_validate(event)
        if message.channel_type == "im" and message.is_from_a_person:
            await self._save(body, message, Place.DIRECT, readable(message.text))
            self._somebody_wrote(str(body["team_id"]), str(message.user))

    async def mention(self, body: dict[str, Any], event: dict[str, Any], context: dict[str, Any]) -> None:
        """Somebody calls the bot in a channel: the answer goes into a thread under it."""
        message = Message.model_validate(event)
        if message.is_from_a_person:
            text = readable(message.text, without=context.get("bot_user_id"))
            await self._save(body, message, Place.CHANNEL, text)

    async def _save(self, body: dict[str, Any], message: Message, place: Place, text: str) -> None:
        delivered = Delivered.model_validate(body)
        thread_ts = message.thread_ts or message.ts
        await self._coaching.ask(
            NewQuestion(
                workspace_id=delivered.team_id,
                event_key=delivered.event_id,
                colleague_id=message.user or "",
                place=place,
                channel_id=message.channel,
                thread_ts=thread_ts,
                conversation=f"{message.channel}:{thread_ts}",
                text=text,
                has_files=bool(message.files),
            )
        )

    async def opens_the_messages(
        self, body: dict[str, Any], event: dict[str, Any], set_suggested_prompts: AsyncSetSuggestedPrompts
    ) -> None:
        """Four questions to begin with. Only a courtesy: when Slack refuses them, nothing is lost."""
        _ = await self._words(str(body["team_id"]), str(event["user"]))
        title, prompts = views.suggested_prompts(_)
        try:
            await set_suggested_prompts(prompts=prompts, title=title)  # pyright: ignore[reportArgumentType]
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("no_suggested_prompts", reason=type(error).__name__)

    # --- the command ---

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A word that the bot knows, or else a question."""
        command = Command.model_validate(body)
        text = readable(command.text).strip()
        matched = self._commands.match(text or "help")
        if matched:
            subcommand, rest, language = matched
            _ = self._dictionary[language] if language else await self._words(command.team_id, command.user_id)
            reply = await subcommand.reply(command, rest, _)
            await (ack(response_type="ephemeral", **reply.as_arguments()) if reply else ack())
            return
        if said := await self._no_question(command, text) or await self._save_command(command, text):
            await ack(response_type="ephemeral", **said.as_arguments())
        else:
            await ack()

    async def _no_question(self, command: Command, text: str) -> Said | None:
        """Mistyped, or one word to look up. None for a question."""
        _ = await self._words(command.team_id, command.user_id)
        if meant := self._commands.meant_by(text, _.language):
            return views.mistyped(text.partition(" ")[0], meant, _)
        if " " in text:
            return None
        plays, fits = self._browsing.found(text, _.language)
        return browsing_views.single_word(text, plays, fits=fits, _=_)

    async def _save_command(self, command: Command, text: str) -> Said | None:
        """Saves the question. None when the answer is there before “one moment” could be read."""
        saved = await self._coaching.ask(
            NewQuestion(
                workspace_id=command.team_id,
                event_key=command.trigger_id,
                colleague_id=command.user_id,
                place=Place.COMMAND,
                channel_id=command.channel_id,
                conversation=f"command:{command.trigger_id}",
                response_url=command.response_url,
                text=text,
            )
        )
        if saved.before_it == 0 and not self._coaching.coach.has_model:
            return None
        return views.received(saved.before_it, self._dictionary[saved.language])

    # --- under an answer ---

    async def another_angle(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        click = Interaction.model_validate(body)
        saved = await self._coaching.ask_another_angle(
            click.team.id,
            int(click.chosen),
            click.trigger_id,
            click.user.id,
            response_url=click.response_url,
            answer_at=click.stands_at,
        )
        await ack()
        if saved is None:
            await self._tell_the_clicker(respond, views.question_is_gone, click)

    async def rates(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
        click = Interaction.model_validate(body)
        question_id, _colon, verdict = click.chosen.partition(":")
        helpful = verdict == "yes"
        kept = await self._coaching.rate(click.team.id, int(question_id), click.user.id, helpful=helpful)
        await ack()
        if not kept:
            await self._tell_the_clicker(respond, views.question_is_gone, click)
        elif not helpful:
            _ = await self._words(click.team.id, click.user.id)
            await client.views_open(trigger_id=click.trigger_id, view=views.reason_modal(int(question_id), _))

    async def says_why(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        await self._coaching.say_why(
            submitted.team.id,
            int(view.private_metadata),
            submitted.user.id,
            view.value("reason", "reason"),
            view.value("comment", "comment"),
        )
        _ = await self._words(submitted.team.id, submitted.user.id)
        await ack(response_action="update", view=views.thanks_modal(_))

    async def _tell_the_clicker(self, respond: AsyncRespond, say: Any, click: Interaction) -> None:
        _ = await self._words(click.team.id, click.user.id)
        await respond(text=say(_), response_type="ephemeral", replace_original=False)

    # --- shortcuts ---

    async def opens_the_ask_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        shortcut = Interaction.model_validate(body)
        _ = await self._words(shortcut.team.id, shortcut.user.id)
        await client.views_open(trigger_id=shortcut.trigger_id, view=views.ask_modal(_))

    async def asks_in_the_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        await self._save_elsewhere(submitted, f"{view.id}:{view.hash}", str(view.value("question", "text") or ""))
        await ack()

    async def asks_what_to_reply(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        """A colleague points at a message (a customer's words that were passed on): what to say to it?"""
        shortcut = Interaction.model_validate(body)
        text = readable(shortcut.message.text) if shortcut.message else ""
        await self._save_elsewhere(shortcut, shortcut.trigger_id, text)
        await ack()
        await self._tell_the_clicker(respond, views.answer_comes_in_messages, shortcut)

    async def _save_elsewhere(self, asked: Interaction, event_key: str, text: str) -> None:
        """Asked in a form or on a message; answered in the person's own messages with the bot."""
        await self._coaching.ask(
            NewQuestion(
                workspace_id=asked.team.id,
                event_key=event_key,
                colleague_id=asked.user.id,
                place=Place.ELSEWHERE,
                channel_id=asked.user.id,
                conversation=f"elsewhere:{event_key}",
                text=text,
            )
        )

    async def _words(self, workspace_id: str, slack_id: str) -> Words:
        return self._dictionary[await self._people.language(workspace_id, slack_id)]


async def _opens_the_messages(event: dict[str, Any]) -> bool:
    return event.get("tab") == "messages"
