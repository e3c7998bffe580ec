"""What all who listen for gestures need to know of a click: in which words, on which day, in which modal."""

from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.customers.handlers import refusing
from bot.gestures.catalogue import Catalogue
from bot.gestures.diary import NoSuchGesture, NotTheirGesture
from bot.gestures.refusal_views import Elsewhere
from bot.gestures.suggestion_views import Seen
from bot.kit.clock import Clock
from bot.kit.i18n import Dictionary, Words
from bot.kit.slack.errors import Refused
from bot.kit.slack.incoming import Interaction
from bot.kit.working_time.wall_clock import zone_or_utc
from bot.people.service import People


class GestureIsGone(Refused):
    """It was taken out of the catalogue, or its customer was erased."""

    def said(self, _: Words) -> str:
        return _("This gesture isn't there any more.")


class NotYourGesture(Refused):
    """A button that somebody else was sent."""

    def said(self, _: Words) -> str:
        return _("A colleague does this one. You can't change it.")


@contextmanager
def about_a_gesture() -> Generator[None]:
    """Around what is done with a line of the diary.

    Raises GestureIsGone, NotYourGesture, CardIsGone, NotYourCustomer.
    """
    try:
        with refusing():
            yield
    except NoSuchGesture:
        raise GestureIsGone from None
    except NotTheirGesture:
        raise NotYourGesture from None


@dataclass(frozen=True, kw_only=True)
class Around:
    """What is around a click."""

    people: People
    clock: Clock
    dictionary: Dictionary
    catalogue: Catalogue
    elsewhere: Elsewhere
    organisation: Callable[[], str | None]
    """What the workspace is called in Slack, once that is known."""
    is_stopped: Callable[[str], Awaitable[bool]]
    """Whether an administrator has stopped all reminders in a workspace."""

    async def words(self, by: Interaction) -> Words:
        return self.dictionary[await self.people.language(by.team.id, by.user.id)]

    async def seen(self, workspace_id: str, slack_id: str) -> Seen:
        """The day is the one where the colleague is."""
        zone = zone_or_utc((await self.people.known(workspace_id, slack_id)).zone)
        today, is_stopped = self.clock.now().astimezone(zone).date(), await self.is_stopped(workspace_id)
        return Seen(today=today, zone=zone, elsewhere=self.elsewhere, is_stopped=is_stopped)

    async def today(self, workspace_id: str, slack_id: str) -> date:
        return (await self.seen(workspace_id, slack_id)).today


@dataclass(frozen=True)
class Shown:
    """A modal as it stands; its hash changes with what it shows."""

    id: str
    hash: str | None


async def opened(client: AsyncWebClient, trigger_id: str, view: dict[str, Any]) -> Shown:
    return _shown(await client.views_open(trigger_id=trigger_id, view=view))


async def updated(client: AsyncWebClient, view_id: str, view: dict[str, Any]) -> Shown:
    return _shown(await client.views_update(view_id=view_id, view=view))


async def show(
    client: AsyncWebClient, body: dict[str, Any], view: dict[str, Any], *, in_place_of: Sequence[str] = ()
) -> Shown:
    """On top of the modal that was clicked in, so that there is a way back; in its place where there is no room for
    one more, or it is one of `in_place_of`."""
    there: dict[str, Any] = body.get("view") or {}
    if there.get("type") != "modal":
        return await opened(client, body["trigger_id"], view)
    if there.get("callback_id") in in_place_of or _is_full(there):
        return await updated(client, there["id"], view)
    return _shown(await client.views_push(trigger_id=body["trigger_id"], view=view))


def _is_full(there: dict[str, Any]) -> bool:
    """Whether it is the third modal already: the one below it is not the first. Slack has room for three."""
    below = there.get("previous_view_id")
    return below is not None and below != there.get("root_view_id")


def _shown(answer: Any) -> Shown:
    return Shown(answer["view"]["id"], answer["view"]["hash"])
