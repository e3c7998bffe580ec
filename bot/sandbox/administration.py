"""What administrators do: accounts, user groups and the app itself."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.sandbox import events
from bot.sandbox.errors import NotPossible
from bot.sandbox.reach import Reach
from bot.sandbox.records import Channel, Person, UserGroup


class Administration(Reach):
    # Accounts

    async def add_person(self, name: str, real_name: str, **more: Any) -> str:
        """Gives somebody an account, and returns its id; `more` are fields of Person.

        They are in the channel for everybody at once, unless they are a guest.
        """
        person = self.workspace.add_person(name, real_name, **more)
        everybody = [channel for channel in self.workspace.rooms() if channel.is_general]
        if not (person.is_bot or person.guest or person.home_team):
            for channel in everybody:
                channel.members.append(person.id)
        self._show()
        await self._tell_subscriber(events.team_joined(self.workspace, person))
        for channel in everybody:
            if self._is_in(channel) and person.id in channel.members:
                await self._tell_subscriber(events.member_joined(self.workspace, channel, person.id))
        return person.id

    async def change_profile(
        self,
        user: str,
        *,
        name: str | None = None,
        real_name: str | None = None,
        title: str | None = None,
        tz: str | None = None,
    ) -> None:
        """Changes what somebody's profile says; `name` is the short one they are mentioned by."""
        person = self._account(user)
        new = {"name": name, "real_name": real_name, "title": title, "tz": tz}
        for field, value in new.items():
            if value is not None:
                setattr(person, field, value)
        await self._changed(person)

    async def make_admin(self, user: str) -> None:
        """Lets somebody look after the workspace."""
        person = self._colleague(user)
        person.is_admin, person.guest = True, None
        await self._changed(person)

    async def make_member(self, user: str) -> None:
        """Makes somebody an ordinary member: no administrator, no guest."""
        person = self._colleague(user)
        person.is_admin, person.is_owner, person.guest = False, False, None
        await self._changed(person)

    async def make_guest(self, user: str, *, only_in: str | None = None) -> None:
        """Makes somebody a guest in the channels they are in, or, in one channel, a guest there alone."""
        person = self._colleague(user)
        if only_in is not None:
            self._joined(user, only_in)
        person.is_admin, person.is_owner = False, False
        person.guest = "single_channel" if only_in else "multi_channel"
        left = [channel for channel in self._channels_of(user) if only_in and channel.id != only_in]
        for channel in left:
            channel.members.remove(user)
        await self._changed(person)
        for channel in left:
            if self._is_in(channel):
                await self._tell_subscriber(events.member_left(self.workspace, channel, user))

    async def deactivate(self, user: str) -> None:
        """Ends somebody's account: they leave every channel and user group, and what they said stays.

        Of the channels the bot is told nothing: that the account ended says it.
        """
        person = self._account(user)
        if person.is_bot:
            raise NotPossible("An app has no account to deactivate.")
        person.deleted = True
        for channel in self._channels_of(user):
            channel.members.remove(user)
        await self._changed(person)
        for group in self.workspace.usergroups:
            if user in group.users:
                await self._change_group(self.workspace.bot_user_id, group, removed=[user])

    async def reactivate(self, user: str) -> None:
        """Gives somebody their account back; to their channels they are invited anew."""
        person = self.workspace.person(user)
        if not person.deleted:
            raise NotPossible("This account is not deactivated.")
        person.deleted = False
        await self._changed(person)

    async def do_not_disturb(self, user: str, start: datetime, end: datetime) -> None:
        """Keeps Slack quiet for somebody from `start` until `end`; an end that is past lets it speak again."""
        person = self._account(user)
        person.do_not_disturb = (start, end)
        await self._tell_subscriber(events.do_not_disturb_changed(self.workspace, person))

    async def _changed(self, person: Person) -> None:
        person.updated = int(self.workspace.now().timestamp())
        self._show()
        await self._tell_subscriber(events.user_changed(self.workspace, person))

    def _colleague(self, user: str) -> Person:
        person = self._account(user)
        if person.is_bot or person.home_team:
            raise NotPossible("This is nobody of this workspace.")
        return person

    def _channels_of(self, user: str) -> list[Channel]:
        return [channel for channel in self.workspace.channels_of(user) if channel.kind in ("public", "private")]

    # User groups

    async def create_group(self, by: str, name: str, handle: str, users: Collection[str] = ()) -> str:
        """Makes a user group, mentioned as `@handle`, and returns its id."""
        for user in users:
            self._colleague(user)
        group = self.workspace.add_usergroup(name, handle, users, created_by=self._colleague(by).id)
        await self._tell_subscriber(events.group_created(self.workspace, group))
        return group.id

    async def change_group(
        self, by: str, group: str, *, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        """Puts people into a user group and takes people out of it."""
        changed, editor = self._group(group), self._colleague(by)
        for user in add:
            self._colleague(user)
        added = [user for user in add if user not in changed.users]
        removed = [user for user in remove if user in changed.users]
        if not added and not removed:
            raise NotPossible("Nothing changes in this group.")
        await self._change_group(editor.id, changed, added=added, removed=removed)

    async def delete_group(self, by: str, group: str) -> None:
        """Disables a user group: to Slack that is deleting, and the bot is told as of any other change."""
        deleted, editor = self._group(group), self._colleague(by)
        now = int(self.workspace.now().timestamp())
        deleted.date_update = deleted.date_delete = now
        deleted.updated_by = deleted.deleted_by = editor.id
        await self._tell_subscriber(events.group_updated(self.workspace, deleted))

    async def _change_group(
        self, by: str, group: UserGroup, *, added: Collection[str] = (), removed: Collection[str] = ()
    ) -> None:
        since = group.date_update
        group.users = [user for user in group.users if user not in removed] + list(added)
        group.date_update, group.updated_by = int(self.workspace.now().timestamp()), by
        await self._tell_subscriber(events.group_updated(self.workspace, group))
        await self._tell_subscriber(
            events.group_members_changed(self.workspace, group, added=added, removed=removed, since=since)
        )

    def _group(self, group: str) -> UserGroup:
        found = self.workspace.usergroup(group)
        if found.date_delete:
            raise NotPossible("This group was deleted.")
        return found

    # The app

    async def revoke_token(self) -> None:
        """Makes the bot's token useless: every call answers `token_revoked` until it is given back."""
        self.workspace.token_revoked = True
        await self._tell_subscriber(events.tokens_revoked(self.workspace))

    def give_back_token(self) -> None:
        self.workspace.token_revoked = False
