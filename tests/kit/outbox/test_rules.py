"""What follows from Slack's refusals, and how long until the next try."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.outbox.rules import LONGEST_PAUSE, Consequence, Manner, NewNotice, NoticeData, consequence_of, pause

CASES = {
    Consequence.SLOWER: ["ratelimited", "rate_limited"],
    Consequence.AGAIN: ["service_unavailable", "team_added_to_org", "message_limit_exceeded"],
    Consequence.LOOK_FIRST: ["internal_error", "fatal_error", "request_timeout"],
    Consequence.WORKSPACE_WAITS: [
        *("account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed", "missing_scope"),
        *("no_permission", "org_login_required", "ekm_access_denied", "team_access_not_granted"),
    ],
    Consequence.NOBODY_THERE: [
        *("channel_not_found", "is_archived", "not_in_channel", "user_not_found", "user_disabled"),
        *("messages_tab_disabled", "cannot_dm_bot", "restricted_action"),
    ],
    Consequence.ANEW: ["message_not_found", "cant_update_message", "edit_window_closed"],
    Consequence.NEVER: [
        *("invalid_blocks", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_arguments"),
        *("metadata_too_large", "invalid_metadata_schema"),
    ],
    Consequence.THREAD_GONE: ["thread_not_found", "cannot_reply_to_message"],
    Consequence.UNKNOWN: ["of_tomorrow", "no_reason"],
}


@pytest.mark.parametrize(
    ("error", "consequence"), [(error, meaning) for meaning, errors in CASES.items() for error in errors]
)
def test_each_word_of_slacks_has_its_consequence(error: str, consequence: Consequence) -> None:
    assert consequence_of(200, error) is consequence


@pytest.mark.parametrize(
    ("status", "error", "consequence"),
    [
        (429, "unreadable", Consequence.SLOWER),
        (429, "ratelimited", Consequence.SLOWER),
        (500, "internal_error", Consequence.LOOK_FIRST),
        (500, "unreadable", Consequence.LOOK_FIRST),
        (502, "no_reason", Consequence.LOOK_FIRST),
        (503, "service_unavailable", Consequence.AGAIN),
        (503, "unreadable", Consequence.LOOK_FIRST),
        (504, "of_tomorrow", Consequence.LOOK_FIRST),
        (403, "token_revoked", Consequence.WORKSPACE_WAITS),
        (404, "of_tomorrow", Consequence.UNKNOWN),
    ],
)
def test_the_status_counts_where_the_word_says_nothing(status: int, error: str, consequence: Consequence) -> None:
    assert consequence_of(status, error) is consequence


def test_an_answer_that_nobody_can_read_does_not_mean_that_slack_has_not_got_it() -> None:
    """Something between us and Slack may say 200 in words of its own, after Slack has taken the message."""
    assert consequence_of(200, "unreadable") is Consequence.LOOK_FIRST


@given(st.integers(400, 599), st.text())
def test_every_refusal_has_a_consequence_and_after_a_server_error_nothing_is_blindly_said_again(
    status: int, error: str
) -> None:
    consequence = consequence_of(status, error)
    if status >= 500 and error not in {word for words in CASES.values() for word in words}:
        assert consequence is Consequence.LOOK_FIRST


# --- pauses -------------------------------------------------------------------------------------------

CHANCE = st.floats(0, 1)


@given(st.integers(1, 12), CHANCE)
def test_a_pause_grows_and_is_spread(tries: int, chance: float) -> None:
    assert pause(tries, chance) <= pause(tries + 1, chance)
    assert pause(tries, 0) <= pause(tries, chance) <= pause(tries, 1) == 2 * pause(tries, 0)


@given(st.integers(0, 1_000_000), CHANCE)
def test_a_pause_is_bounded_however_often_it_was_tried(tries: int, chance: float) -> None:
    assert 0.5 <= pause(tries, chance) <= LONGEST_PAUSE


@pytest.mark.parametrize(("tries", "chance", "seconds"), [(1, 0, 1), (1, 1, 2), (2, 0.5, 3), (8, 1, 256), (9, 1, 300)])
def test_pauses_by_example(tries: int, chance: float, seconds: float) -> None:
    assert pause(tries, chance) == seconds


def test_a_notice_says_for_itself_what_it_wants() -> None:
    notice = NewNotice(workspace_id="T1", key="k", kind="x", data=NoticeData(), whom="U1", manner=Manner.PUSH)
    wants = (notice.thread_ts, notice.response_url, notice.language, notice.not_before, notice.expires_at)
    assert {*wants, notice.updates} == {None}
