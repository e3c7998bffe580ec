"""What people do to channels: who comes, who goes, what they are called and how long they last."""

import re

from bot.sandbox import events, payloads
from bot.sandbox.errors import NotPossible
from bot.sandbox.reach import Reach
from bot.sandbox.records import Channel

NAME = re.compile(r"[\w-]{1,80}")


class Channels(Reach):
    # Who is in it

    async def invite(self, user: str, channel: str, *invited: str) -> None:
        """Brings colleagues, or the bot, into a channel one is in."""
        place = self._shared_place(user, channel)
        for newcomer in invited:
            self._refuse_stranger(newcomer, place)
        for newcomer in invited:
            await self._come(newcomer, place, inviter=user)

    async def invite_bot(self, user: str, channel: str) -> None:
        """Brings the bot into a channel one is in; it hears of that as of any newcomer."""
        await self.invite(user, channel, self.workspace.bot_user_id)

    async def join(self, user: str, channel: str) -> None:
        """Enters a public channel."""
        person, place = self._account(user), self.workspace.channel(channel)
        if place.kind != "public":
            raise NotPossible("One is invited to a private channel.")
        if person.guest or person.home_team:
            raise NotPossible("Guests are invited to a channel.")
        if place.is_archived:
            raise NotPossible("This channel is archived.")
        self._refuse_stranger(user, place)
        await self._come(user, place)

    async def leave(self, user: str, channel: str) -> None:
        """Goes out of a channel."""
        place = self._shared_place(user, channel)
        if place.is_general:
            raise NotPossible("Nobody leaves the channel for everybody.")
        await self._go(user, place)

    async def remove(self, user: str, channel: str, removed: str) -> None:
        """Takes somebody else, or the bot, out of a channel one is in."""
        if removed == self.workspace.bot_user_id:
            await self.remove_bot(user, channel)
            return
        place = self._shared_place(user, channel)
        if place.is_general or removed not in place.members:
            raise NotPossible("There is nobody here to remove.")
        await self._go(removed, place)

    async def remove_bot(self, user: str, channel: str) -> None:
        """Takes the bot out of a channel."""
        place = self._own_channel(user, channel)
        if place.kind == "app" or not self._is_in(place):
            raise NotPossible("There is no app here to remove.")
        place.members.remove(self.workspace.bot_user_id)
        self._show()
        await self._tell_subscriber(events.channel_left(self.workspace, place, user))

    async def _come(self, user: str, place: Channel, inviter: str | None = None) -> None:
        place.members.append(user)
        self._show()
        if self._is_in(place):
            await self._tell_subscriber(events.member_joined(self.workspace, place, user, inviter))

    async def _go(self, user: str, place: Channel) -> None:
        place.members.remove(user)
        self._show()
        if self._is_in(place):
            await self._tell_subscriber(events.member_left(self.workspace, place, user))

    # What it is

    async def rename(self, user: str, channel: str, name: str) -> None:
        """Gives a channel another name: lower case, without spaces, at most 80 characters."""
        place = self._shared_place(user, channel)
        if not NAME.fullmatch(name) or name != name.lower():
            raise NotPossible("A name of a channel has no capitals, spaces or full stops, and at most 80 characters.")
        if any(other.name == name for other in self.workspace.rooms()):
            raise NotPossible(f"There is a channel {name} already.")
        place.previous_names.insert(0, place.name)
        place.name = name
        self._show()
        if self._is_known(place):
            await self._tell_subscriber(events.channel_renamed(self.workspace, place))

    async def make_private(self, user: str, channel: str) -> None:
        """Hides a public channel from all who are not in it.

        The bot hears of it by no event of its own but as a message in the channel, where it reads along.
        """
        place = self._shared_place(user, channel)
        if place.kind != "public" or place.is_general:
            raise NotPossible("This channel cannot be made private.")
        place.kind = "private"
        text = "made this channel *private*. Now, it can only be viewed or joined by invitation."
        said = self.workspace.post(place.id, user, text, subtype="channel_convert_to_private")
        self._show()
        if payloads.is_heard(self.workspace, place):
            await self._tell(events.made_private(self.workspace, said))

    async def archive(self, user: str, channel: str) -> None:
        """Closes a channel; the bot hears of a private one only where it is in it."""
        place = self._shared_place(user, channel)
        if place.is_general:
            raise NotPossible("This conversation cannot be archived.")
        place.is_archived = True
        self._show()
        if self._is_known(place):
            await self._tell_subscriber(events.channel_archived(self.workspace, place, user))

    async def unarchive(self, user: str, channel: str) -> None:
        """Opens an archived channel again."""
        place = self._joined(user, channel)
        if not place.is_archived:
            raise NotPossible("This channel is not archived.")
        place.is_archived = False
        self._show()
        if self._is_known(place):
            await self._tell_subscriber(events.channel_unarchived(self.workspace, place, user))

    async def delete_channel(self, user: str, channel: str) -> None:
        """Ends a channel and all that was said in it; for administrators."""
        place = self._joined(user, channel)
        person = self._account(user)
        if not (person.is_admin or person.is_owner):
            raise NotPossible("Only an administrator deletes a channel.")
        if place.kind in ("dm", "app") or place.is_general:
            raise NotPossible("This conversation cannot be deleted.")
        self.workspace.remove_channel(place.id)
        self._show()
        if self._is_known(place):
            await self._tell_subscriber(events.channel_deleted(self.workspace, place, user))

    def _shared_place(self, user: str, channel: str) -> Channel:
        """A channel, open and one's own, that is more than the talk of two."""
        place = self._own_channel(user, channel)
        if place.kind in ("dm", "app"):
            raise NotPossible("This is a conversation between two.")
        return place

    def _refuse_stranger(self, user: str, place: Channel) -> None:
        person = self._account(user)
        if user in place.members:
            raise NotPossible(f"{person.real_name} is in this channel already.")
        if person.home_team and person.home_team not in place.connected_teams:
            raise NotPossible("This channel is not shared with that workspace.")
        alone = person.guest == "single_channel"
        if alone and any(other.kind in ("public", "private") for other in self.workspace.channels_of(user)):
            raise NotPossible("A single-channel guest is in one channel.")
