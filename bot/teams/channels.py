"""Slack in: what becomes of channels, and who comes and goes. Slack has other names for it where they are private."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.teams.service import Teams


class Channels:
    def __init__(self, teams: Teams, meet: Callable[[str, str], Awaitable[None]]) -> None:
        """`meet(workspace, person)`: asks Slack, in the background, who a newcomer is."""
        self._teams = teams
        self._meet = meet

    def listen(self, app: AsyncApp) -> None:
        app.event("member_joined_channel")(self.somebody_joins)
        app.event("member_left_channel")(self.somebody_leaves)
        app.event("channel_left")(self.is_removed)
        app.event("group_left")(self.is_removed)
        app.event("channel_archive")(self.is_archived)
        app.event("group_archive")(self.is_archived)
        app.event("channel_unarchive")(self.is_unarchived)
        app.event("group_unarchive")(self.is_unarchived)
        app.event("channel_rename")(self.is_renamed)
        app.event("group_rename")(self.is_renamed)
        app.event("channel_deleted")(self.is_deleted)
        app.event("group_deleted")(self.is_deleted)

    async def somebody_joins(self, body: dict[str, Any], event: dict[str, Any], context: dict[str, Any]) -> None:
        workspace_id, channel_id, newcomer = str(body["team_id"]), str(event["channel"]), str(event["user"])
        if newcomer == context.get("bot_user_id"):
            await self._teams.invited(workspace_id, channel_id, event.get("inviter"))
        elif await self._teams.joins(workspace_id, channel_id, newcomer):
            await self._meet(workspace_id, newcomer)

    async def somebody_leaves(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        await self._teams.leaves(str(body["team_id"]), str(event["channel"]), str(event["user"]))

    async def is_removed(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        await self._teams.removed(str(body["team_id"]), str(event["channel"]))

    async def is_archived(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        await self._teams.archived(str(body["team_id"]), str(event["channel"]))

    async def is_unarchived(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        await self._teams.unarchived(str(body["team_id"]), str(event["channel"]))

    async def is_renamed(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        channel = event["channel"]
        await self._teams.renamed(str(body["team_id"]), str(channel["id"]), str(channel["name"]))

    async def is_deleted(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        await self._teams.deleted(str(body["team_id"]), str(event["channel"]))
