"""User groups in Slack whose members have a role: read, and followed from then on."""

from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.clock import Clock
from bot.kit.slack.errors import reason_of
from bot.people.role_groups import RoleGroups

log = structlog.get_logger(__name__)

GONE = {"no_such_subteam", "subteam_not_found"}
LISTED_FOR = 60.0
"""Seconds in which somebody who chooses a group sees the list that was read once: Slack lets us ask twenty times a
minute, and asks us with every letter that is typed."""


class SlackDoesNotTell(Exception):
    """Slack cannot be asked for its groups now, or the workspace has none."""


class Groups:
    def __init__(
        self, client: AsyncWebClient, within_a_click: AsyncWebClient, role_groups: RoleGroups, clock: Clock
    ) -> None:
        """`client`: one that may take its time; `within_a_click`: one that does not let somebody wait."""
        self._client = client
        self._within_a_click = within_a_click
        self._role_groups = role_groups
        self._clock = clock
        self._listed: dict[str, tuple[float, dict[str, str]]] = {}

    def listen(self, app: AsyncApp) -> None:
        app.event("subteam_members_changed")(self.members_change)
        app.event("subteam_updated")(self.changes)

    async def members_change(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        await self._role_groups.group_changed(str(body["team_id"]), str(event["subteam_id"]))

    async def changes(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Slack calls it an update when a group is deleted, too."""
        workspace_id, group = str(body["team_id"]), event["subteam"]
        if group.get("date_delete"):
            await self._role_groups.group_is_gone(workspace_id, str(group["id"]))
        else:
            await self._role_groups.group_changed(workspace_id, str(group["id"]))

    async def read_due(self) -> None:
        """Asks Slack who is in the groups that are due, one after the other."""
        while group := await self._role_groups.due():
            try:
                answer: Any = await self._client.usergroups_users_list(usergroup=group.group_id)
            except SlackApiError as error:
                if reason_of(error) in GONE:
                    await self._role_groups.group_is_gone(group.workspace_id, group.group_id)
                else:
                    log.warning("group_not_read", workspace=group.workspace_id, reason=reason_of(error))
                continue
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("group_not_read", workspace=group.workspace_id, reason=type(error).__name__)
                continue
            await self._role_groups.members_are(group, [str(user) for user in answer["users"]])

    async def known(self, workspace_id: str) -> dict[str, str]:
        """Handles of the groups there are, by their ids. Raises SlackDoesNotTell."""
        now = self._clock.now().timestamp()
        at, handles = self._listed.get(workspace_id, (0.0, {}))
        if now - at < LISTED_FOR:
            return handles
        try:
            answer: Any = await self._within_a_click.usergroups_list()
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("groups_not_listed", reason=type(error).__name__)
            raise SlackDoesNotTell from None
        handles = {str(group["id"]): str(group["handle"]) for group in answer["usergroups"]}
        self._listed[workspace_id] = (now, handles)
        return handles
