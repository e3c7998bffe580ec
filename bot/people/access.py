"""The one place where it is held up that somebody does what is not theirs to do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from bot.kit.i18n import Words
from bot.kit.slack.commands import Subcommands
from bot.kit.slack.errors import Refused, new_error_id
from bot.kit.slack.text import readable
from bot.kit.working_time.heard import Heard
from bot.people import roles
from bot.people.profiles import Profiles
from bot.people.roles import Deed, Role
from bot.people.service import People

log = structlog.get_logger(__name__)


class NotYours(Refused):
    """Their role does not go with it."""

    def __init__(self, deed: Deed, theirs: frozenset[Role]) -> None:
        super().__init__(deed)
        self._deed = deed
        self._theirs = theirs

    def said(self, _: Words) -> str:
        if Role.FRONT_LINE not in self._theirs:
            if Role.WELCOME_GUEST in self._theirs:
                return _("Customers' cards, teams and settings are for colleagues. The rest is open to you as a guest.")
            return _("As a guest you can ask me what to say or do for a customer. The rest is for colleagues.")
        if self._deed is Deed.LEAD_TEAM:
            return _("This is for team leads. Is that you? An administrator of Acht can give you the role.")
        if self._deed is Deed.OVERSEE:
            return _("This is for leadership. Is that you? An administrator of Acht can give you the role.")
        return _("This is for administrators of Acht. One of them can do it for you, or give you the role.")


class NotKnownYet(Refused):
    """Slack does not tell now who it is."""

    def said(self, _: Words) -> str:
        return _("I can't see in Slack who you are right now. Please try again in a minute.")


BY_A_PERSON = {None, "message", "app_mention", "app_home_opened"}
"""Events that somebody causes who looks at us; commands and clicks are no events."""


class Entrance(AsyncMiddleware):
    """What everything that comes from Slack passes first, and fast: a middleware that is a function costs more."""

    def __init__(
        self, people: People, profiles: Profiles, heard: Heard, commands: Subcommands, deeds: Mapping[str, Deed]
    ) -> None:
        """`deeds`: what each action, modal and shortcut is, by its id; the words of a command say it themselves."""
        self._people = people
        self._profiles = profiles
        self._heard = heard
        self._commands = commands
        self._deeds = deeds

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 — Bolt gives it
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 — Bolt's own name
    ) -> BoltResponse:
        """Raises NotYours, NotKnownYet."""
        body: dict[str, Any] = req.body
        workspace_id, person = req.context.team_id, req.context.user_id
        # Every line in the log about this request bears its id.
        clear_contextvars()
        bind_contextvars(request=body.get("event_id") or new_error_id(), workspace=workspace_id)
        if workspace_id and person and body.get("event", {}).get("type") in BY_A_PERSON:
            self._heard.note(workspace_id, person)
            deed = self.deed_of(body)
            if deed is None or deed is Deed.ASK:  # which everybody may
                await self._profiles.meet(workspace_id, person)
            else:
                await self._check(workspace_id, person, deed)
        return await next()

    async def _check(self, workspace_id: str, slack_id: str, deed: Deed) -> None:
        """Raises NotYours, NotKnownYet."""
        if (await self._profiles.of(workspace_id, slack_id)).standing is None:
            raise NotKnownYet
        theirs = await self._people.roles(workspace_id, slack_id)
        if not roles.may(theirs, deed):
            log.info("refused", deed=deed, roles=sorted(theirs))
            raise NotYours(deed, theirs)

    def deed_of(self, body: dict[str, Any]) -> Deed | None:
        """None for what nobody listens to, and for events: what they may show is for their listeners."""
        if body.get("command"):
            matched = self._commands.match(readable(str(body.get("text", ""))).strip() or "help")
            return Deed(matched[0].deed) if matched else Deed.ASK
        ids = [action.get("action_id", "") for action in body.get("actions", [])]
        if body.get("type") == "block_suggestion":  # a list that is looked up while somebody fills in a form
            ids.append(body.get("action_id", ""))
        ids.append(body.get("callback_id") or body.get("view", {}).get("callback_id", ""))
        if body.get("type") == "event_callback":
            return None
        # Some ids end in a place (`coaching.turn_to_play.before`), because Slack wants each to be there only once.
        names = [".".join(id_.split(".")[:2]) for id_ in ids]
        return next((self._deeds[name] for name in names if name in self._deeds), None)
