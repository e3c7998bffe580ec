"""What Slack sends, as far as a handler needs it. Parsed from the request's body; unknown keys are left alone."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _FromSlack(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Message(_FromSlack):
    """An event `message` or `app_mention`."""

    channel: str
    ts: str
    user: str | None = None
    text: str = ""
    thread_ts: str | None = None
    channel_type: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    files: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]])
    edited: dict[str, Any] | None = None

    @property
    def is_from_a_person(self) -> bool:
        """A new message by a person: not by a bot, not an edit, a deletion or a notice of Slack's."""
        return (
            self.user is not None
            and self.edited is None
            and self.bot_id is None
            and self.subtype in {None, "file_share", "thread_broadcast"}
        )


class Delivered(_FromSlack):
    """The envelope of an event."""

    team_id: str
    event_id: str


class Command(_FromSlack):
    team_id: str
    user_id: str
    user_name: str = ""
    """Their handle, which is often their name."""
    channel_id: str
    trigger_id: str
    response_url: str
    command: str
    text: str = ""


class _Id(_FromSlack):
    id: str


class _Person(_Id):
    name: str = ""
    """Their handle, which is often their name."""


class _Place(_Id):
    name: str = ""
    """`privategroup` and `directmessage` are no names."""


class Conversation(_FromSlack):
    """A channel, in `conversations.info`."""

    id: str
    name: str = ""
    is_archived: bool = False
    is_member: bool = False
    is_private: bool = False
    num_members: int | None = None


class View(_FromSlack):
    id: str
    type: str = "modal"
    callback_id: str = ""
    hash: str = ""
    private_metadata: str = ""
    state: dict[str, Any] = Field(default_factory=dict[str, Any])

    def value(self, block_id: str, action_id: str) -> Any:
        """What was typed or chosen there, or None."""
        return _chosen(self._given(block_id, action_id))

    def values(self, block_id: str, action_id: str) -> list[str]:
        """All that were ticked, or all people who were chosen."""
        given = self._given(block_id, action_id)
        options: list[dict[str, Any]] = given.get("selected_options") or []
        ticked = [str(option["value"]) for option in options]
        return ticked or list(given.get("selected_users") or [])

    def _given(self, block_id: str, action_id: str) -> dict[str, Any]:
        return self.state.get("values", {}).get(block_id, {}).get(action_id, {})


class User(_FromSlack):
    """Somebody, in `users.info` and in the events about them."""

    id: str
    team_id: str | None = None
    tz: str | None = None
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False


class _ClickedMessage(_FromSlack):
    ts: str
    thread_ts: str | None = None
    text: str = ""
    user: str | None = None


class Interaction(_FromSlack):
    """A click, a shortcut or a submitted modal."""

    team: _Id
    user: _Person
    trigger_id: str = ""
    response_url: str | None = None
    channel: _Place | None = None
    message: _ClickedMessage | None = None
    view: View | None = None
    actions: list[dict[str, Any]] = Field(default_factory=list[dict[str, Any]])

    @property
    def stands_at(self) -> tuple[str, str]:
        """Channel and ts of the message that was clicked on."""
        return (self.channel.id if self.channel else "", self.message.ts if self.message else "")

    @property
    def chosen(self) -> str:
        """The value of what was clicked or chosen."""
        return str(_chosen(self.actions[0]) or "")

    @property
    def all_chosen(self) -> list[str]:
        """The values of all that is ticked now."""
        options: list[dict[str, Any]] = self.actions[0].get("selected_options") or []
        return [str(option["value"]) for option in options]


def submission(body: dict[str, Any]) -> tuple[Interaction, View]:
    """A form that was sent, and what it holds."""
    submitted = Interaction.model_validate(body)
    assert submitted.view is not None  # noqa: S101 — a submission always has its view
    return submitted, submitted.view


class Lookup(_FromSlack):
    """Somebody opens a list that the bot fills, or types into it."""

    team: _Id
    user: _Id
    action_id: str
    value: str = ""


def _chosen(given: dict[str, Any]) -> Any:
    option = given.get("selected_option")
    if option:
        return option["value"]
    written = given.get("value") or given.get("selected_time") or given.get("selected_date")
    return written or given.get("selected_user")
