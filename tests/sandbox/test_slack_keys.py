"""The check that holds every answer and payload of the other tests against Slack's own keys."""

import pytest

from bot.sandbox.methods import METHODS

from .slack_keys import KEYS, assert_as_slack_answers, assert_as_slack_sends


def test_every_method_has_a_list_of_keys() -> None:
    assert set(METHODS) <= set(KEYS)


def test_a_key_that_slack_does_not_know_is_found() -> None:
    assert_as_slack_answers("auth.test", {"ok": True, "user_id": "U1"})
    with pytest.raises(AssertionError, match="mood"):
        assert_as_slack_answers("auth.test", {"ok": True, "mood": "fine"})
    with pytest.raises(AssertionError, match="/view/colour"):
        assert_as_slack_sends({"type": "view_submission", "view": {"colour": "red"}})
    with pytest.raises(AssertionError, match="/event/mood"):
        assert_as_slack_sends({"event": {"type": "app_mention", "mood": "fine"}})
