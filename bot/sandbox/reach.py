"""What every pair of hands needs: a workspace to be in, a bot to tell, and what may be laid hands on."""

from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import NotPossible
from bot.sandbox.records import Change, Channel, Json, Person
from bot.sandbox.workspace import Workspace


class Reach:
    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery

    async def _tell(self, event: Json) -> None:
        await self.delivery.deliver("events_api", event)

    async def _tell_subscriber(self, event: Json) -> None:
        if event["event"]["type"] in self.workspace.events:
            await self._tell(event)

    def _show(self) -> None:
        """Has every screen look again at who and what there is."""
        self.workspace.announce(Change(type="workspace"))

    def _account(self, user: str) -> Person:
        person = self.workspace.person(user)
        if person.deleted:
            raise NotPossible("This account is deactivated.")
        return person

    def _joined(self, user: str, channel: str) -> Channel:
        self._account(user)
        place = self.workspace.channel(channel)
        if user not in place.members:
            raise NotPossible("One has to be in a channel to do something there.")
        return place

    def _own_channel(self, user: str, channel: str) -> Channel:
        place = self._joined(user, channel)
        if place.is_archived:
            raise NotPossible("This channel is archived.")
        return place

    def _is_in(self, channel: Channel) -> bool:
        """Whether the bot is."""
        return self.workspace.bot_user_id in channel.members

    def _is_known(self, channel: Channel) -> bool:
        """Whether the bot is told what becomes of the channel."""
        return channel.kind == "public" or self._is_in(channel)
