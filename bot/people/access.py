"""The one place where it is held up that somebody does what is not theirs to do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.kit.i18n import Words
from bot.kit.slack.commands import Subcommands
from bot.kit.slack.errors import Refused
from bot.kit.slack.text import readable
from bot.people import roles
from bot.people.profiles import Profiles
from bot.people.roles import Deed

log = structlog.get_logger(__name__)


class NotYours(Refused):
    """Their role does not go with it."""

    def said(self, _: Words) -> str:
        return _("As a guest you can ask me what to say or do for a customer. The rest is for colleagues.")


class NotKnownYet(Refused):
    """Slack does not tell now who it is."""

    def said(self, _: Words) -> str:
        return _("I can't see in Slack who you are right now. Please try again in a minute.")


class Access:
    def __init__(self, profiles: Profiles, commands: Subcommands, deeds: Mapping[str, Deed]) -> None:
        """`deeds`: what each action, modal and shortcut is, by its id; the words of a command say it themselves."""
        self._profiles = profiles
        self._commands = commands
        self._deeds = deeds

    def guard(self, app: AsyncApp) -> None:
        app.middleware(self._let_through)

    async def _let_through(
        self, body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        deed = self.deed_of(body)
        if context.team_id and context.user_id:
            if deed is None or deed is Deed.ASK:  # which everybody may
                await self._profiles.meet(context.team_id, context.user_id)
            else:
                await self._check(context.team_id, context.user_id, deed)
        return await next_()

    async def _check(self, workspace_id: str, slack_id: str, deed: Deed) -> None:
        """Raises NotYours, NotKnownYet."""
        standing = (await self._profiles.of(workspace_id, slack_id)).standing
        if standing is None:
            raise NotKnownYet
        if not roles.may(roles.roles_of(standing), deed):
            log.info("refused", deed=deed, standing=standing)
            raise NotYours

    def deed_of(self, body: dict[str, Any]) -> Deed | None:
        """None for what nobody listens to, and for events: what they may show is for their listeners."""
        if body.get("command"):
            matched = self._commands.match(readable(str(body.get("text", ""))).strip() or "help")
            return Deed(matched[0].deed) if matched else Deed.ASK
        ids = [action.get("action_id", "") for action in body.get("actions", [])]
        ids.append(body.get("callback_id") or body.get("view", {}).get("callback_id", ""))
        if body.get("type") == "event_callback":
            return None
        # Some ids end in a place (`coaching.turn_to_play.before`), because Slack wants each to be there only once.
        names = [".".join(id_.split(".")[:2]) for id_ in ids]
        return next((self._deeds[name] for name in names if name in self._deeds), None)
