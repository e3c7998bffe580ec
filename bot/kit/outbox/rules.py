"""What a notice may ask for, and what follows from Slack's refusals."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

LONGEST_PAUSE = 300.0
"""Seconds between tries, at most."""

MOST_TRIES = 10
"""For a refusal that nobody has heard of; what is known to pass is tried until it does."""

TIME_TO_ARRIVE = 5.0
"""Seconds after a broken connection, in which a message may still come to stand in the channel."""


class Manner(StrEnum):
    """How a notice may come to its reader."""

    ASKED = "asked"
    """Somebody waits for it: it goes before the rest."""
    URGENT = "urgent"
    """It cannot wait for anything: it goes before the rest."""
    POST = "post"
    """In its turn: for a channel, or for somebody who agreed to be told."""
    PUSH = "push"
    """To a person who did not ask: only when they may be pushed, and once a day."""


TURN = {Manner.ASKED: 0, Manner.URGENT: 0, Manner.POST: 1, Manner.PUSH: 2}
"""What goes before what. Pushes, which may have to wait for many things, hold nothing else up."""

TURNS = sorted(set(TURN.values()))

UNPROMPTED = frozenset({Manner.POST, Manner.PUSH})
"""What an administrator can stop."""

HELD = "Held"
"""Why a notice waits whose workspace is on hold."""

UNTIL_SOMEBODY_ENDS_IT = datetime(9999, 1, 1, tzinfo=UTC)
"""When a notice is due that is on hold and of use for good."""


class NoticeData(BaseModel):
    """What a kind of notice needs to be put into words."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


@dataclass(frozen=True, kw_only=True)
class NewNotice:
    """Something to tell. `whom` is a person's or a channel's id; see the table for the rest."""

    workspace_id: str
    key: str
    kind: str
    data: NoticeData
    whom: str
    manner: Manner
    thread_ts: str | None = None
    response_url: str | None = None
    language: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    updates: str | None = None
    about: str | None = None


class Consequence(StrEnum):
    """What a failed try means."""

    AGAIN = "again"
    """Slack has a moment: later again, as long as the notice is of use."""
    LOOK_FIRST = "look_first"
    """It may have been posted all the same: look before trying again."""
    SLOWER = "slower"
    """We were too fast for this workspace."""
    WORKSPACE_WAITS = "workspace_waits"
    """Nothing can be posted in this workspace until somebody mends it; what waits there waits on."""
    NOBODY_THERE = "nobody_there"
    """This person or channel cannot be reached: nor can the other notices for them."""
    ANEW = "anew"
    """The message to take the place of is gone: post a new one."""
    THREAD_GONE = "thread_gone"
    """What it answers is deleted."""
    NEVER = "never"
    """Slack does not take this notice, and never will."""
    UNKNOWN = "unknown"
    """Nobody has heard of this refusal: some more tries."""


def consequence_of(status: int, error: str) -> Consequence:
    """What Slack's answer means: its HTTP status, and its word for what is wrong."""
    if status == 429 or error in {"ratelimited", "rate_limited"}:
        return Consequence.SLOWER
    for consequence, errors in _ERRORS.items():
        if error in errors:
            return consequence
    return Consequence.LOOK_FIRST if status >= 500 else Consequence.UNKNOWN


_ERRORS = {
    # Slack says of these that part of the work may have been done all the same.
    Consequence.LOOK_FIRST: {"internal_error", "fatal_error", "request_timeout", "unreadable"},
    Consequence.AGAIN: {"service_unavailable", "team_added_to_org", "message_limit_exceeded"},
    Consequence.WORKSPACE_WAITS: {
        *("account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed", "no_permission"),
        *("missing_scope", "not_allowed_token_type", "access_denied", "ekm_access_denied", "org_login_required"),
        *("team_access_not_granted", "two_factor_setup_required", "accesslimited"),
    },
    Consequence.NOBODY_THERE: {
        *("channel_not_found", "is_archived", "not_in_channel", "user_not_found", "user_disabled", "user_not_visible"),
        *("messages_tab_disabled", "cannot_dm_bot", "restricted_action", "restricted_action_read_only_channel"),
        "user_not_in_channel",
        *("posting_to_general_channel_denied", "method_not_supported_for_channel_type"),
    },
    Consequence.ANEW: {"message_not_found", "cant_update_message", "edit_window_closed"},
    Consequence.NEVER: {
        *("invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_arg_name", "invalid_json"),
        *("invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large", "metadata_must_be_sent_from_app"),
        *("msg_too_long", "msg_blocks_too_long", "no_text", "too_many_attachments", "markdown_text_conflict"),
        *("json_not_object", "restricted_action_non_threadable_channel", "restricted_action_thread_only_channel"),
    },
    Consequence.THREAD_GONE: {"thread_not_found", "cannot_reply_to_message", "restricted_action_thread_locked"},
}


def pause(tries: int, chance: float) -> float:
    """Seconds until the next try: growing, and spread by `chance` (0 to 1) so that many do not come at once."""
    return min(2.0 ** min(tries, 10), LONGEST_PAUSE) * (0.5 + chance / 2)
