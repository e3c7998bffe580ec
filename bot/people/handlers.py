"""Slack in: a colleague chooses how to be spoken to and reached, or takes a pause."""

from datetime import time
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit import dates
from bot.kit.i18n import N_, Dictionary, Language, Words
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.homes import Homes
from bot.kit.slack.incoming import Command, Interaction, View, submission
from bot.kit.slack.outgoing import Said
from bot.kit.working_time import wall_clock
from bot.kit.working_time.rules import Wish
from bot.people import views
from bot.people.preferences import Choices, PauseIsOver, PauseTooLong, WorkingHours
from bot.people.roles import Deed
from bot.people.views import Action

DEEDS: dict[str, Deed] = dict.fromkeys(Action, Deed.CHOOSE)

STOP = {"stop", "end", "over", "off", "back", "voorbij", "klaar", "einde", "uit", "terug"}


def register(app: AsyncApp, commands: Subcommands, choices: Choices, homes: Homes, dictionary: Dictionary) -> None:
    async def settings(command: Command, _rest: str, _: Words) -> None:
        """`_`: in the language of the word that was typed, which need not be the one they chose."""
        await open_settings(app.client, command.team_id, command.user_id, command.trigger_id)

    async def opens_settings(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        click = Interaction.model_validate(body)
        await open_settings(client, click.team.id, click.user.id, click.trigger_id)

    async def open_settings(client: AsyncWebClient, workspace_id: str, slack_id: str, trigger_id: str) -> None:
        now = await choices.of(workspace_id, slack_id)
        await client.views_open(trigger_id=trigger_id, view=views.settings_modal(now, dictionary[now.language]))

    async def saves_settings(ack: AsyncAck, body: dict[str, Any]) -> None:
        submitted, view = submission(body)
        language = Language(view.value("language", "language"))
        wish = Wish(view.value("wish", "wish"))
        await choices.choose(submitted.team.id, submitted.user.id, language, hours_in(view), wish)
        await ack(response_action="update", view=views.saved_modal(dictionary[language]))
        homes.changed(submitted.team.id, submitted.user.id)

    async def ends_the_pause(ack: AsyncAck, body: dict[str, Any]) -> None:
        click = Interaction.model_validate(body)
        await choices.go_on(click.team.id, click.user.id)
        await ack()
        homes.changed(click.team.id, click.user.id)

    async def pause(command: Command, rest: str, _: Words) -> Said:
        if rest.strip().lower() in STOP:
            await choices.go_on(command.team_id, command.user_id)
            homes.changed(command.team_id, command.user_id)
            return views.goes_on(_)
        now = await choices.now_of(command.team_id, command.user_id)
        today = now.date()
        meant = dates.day_meant(rest, now, _.language)
        if meant is None:
            paused_until = (await choices.of(command.team_id, command.user_id)).paused_until
            if paused_until is None or rest.strip():
                return views.until_when(_)
            return views.is_paused(paused_until, today, _)
        # “pause today” is over tomorrow; “until and including friday” on Saturday.
        until = meant.day + wall_clock.DAY if meant.included or meant.day == today else meant.day
        try:
            await choices.pause(command.team_id, command.user_id, until)
        except PauseIsOver:
            return views.not_in_the_past(meant.day, today, _)
        except PauseTooLong:
            return views.too_long(_)
        homes.changed(command.team_id, command.user_id)
        return views.paused(until, today, _)

    commands.add(
        Subcommand(
            names={
                Language.EN: ("settings", "preferences"),
                Language.NL: ("instellingen", "instelling", "voorkeuren"),
            },
            usage={Language.EN: "settings", Language.NL: "instellingen"},
            explanation=N_("your language, working hours, and how you are reached"),
            reply=settings,
            deed=Deed.CHOOSE,
            stands_alone=True,
        )
    )
    commands.add(
        Subcommand(
            names={Language.EN: ("pause",), Language.NL: ("pauze", "pauzeer")},
            usage={Language.EN: "pause until monday", Language.NL: "pauze tot maandag"},
            explanation=N_("nothing you didn't ask for, until that day"),
            reply=pause,
            deed=Deed.CHOOSE,
        )
    )
    app.action(Action.OPEN_SETTINGS)(opens_settings)
    app.action(Action.END_PAUSE)(ends_the_pause)
    app.view(Action.SETTINGS)(saves_settings)


def hours_in(view: View) -> WorkingHours:
    """What a form says of somebody's working hours."""
    return WorkingHours(
        days=frozenset(int(day) for day in view.values("days", "days")),
        begins=time.fromisoformat(view.value("begins", "begins")),
        ends=time.fromisoformat(view.value("ends", "ends")),
    )
