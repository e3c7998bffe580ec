"""What Slack sends, as far as a handler needs it."""

from typing import Any

import pytest

from bot.kit.slack.incoming import Interaction, Message, View

SAID: dict[str, Any] = {"channel": "D1", "ts": "1.2", "user": "U0NOOR00000", "text": "hoi"}


@pytest.mark.parametrize(
    ("differs", "is_from_a_person"),
    [
        ({}, True),
        ({"text": ""}, True),
        ({"subtype": "file_share", "files": [{"id": "F1"}]}, True),
        ({"subtype": "thread_broadcast"}, True),
        ({"bot_id": "B1"}, False),
        ({"user": None}, False),
        ({"subtype": "bot_message"}, False),
        ({"subtype": "message_changed"}, False),
        ({"subtype": "message_deleted"}, False),
        ({"subtype": "channel_join"}, False),
        ({"subtype": "something_slack_will_think_of"}, False),
    ],
)
def test_only_new_messages_by_people_are_heard(differs: dict[str, Any], is_from_a_person: bool) -> None:
    assert Message.model_validate(SAID | differs).is_from_a_person is is_from_a_person


def test_keys_that_slack_adds_are_left_alone() -> None:
    assert Message.model_validate(SAID | {"client_msg_id": "x", "blocks": [{"type": "new"}]}).text == "hoi"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"type": "plain_text_input", "value": "typed"}, "typed"),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "plain_text_input"}, None),
        ({"type": "radio_buttons", "selected_option": {"value": "chosen"}}, "chosen"),
        ({"type": "radio_buttons", "selected_option": None}, None),
        ({"type": "timepicker", "selected_time": "15:30"}, "15:30"),
        ({"type": "datepicker", "selected_date": "2026-12-01"}, "2026-12-01"),
        ({"type": "datepicker", "selected_date": None}, None),
        ({"type": "users_select", "selected_user": "U0NOOR00000"}, "U0NOOR00000"),
    ],
)
def test_a_form_gives_what_was_typed_or_chosen(given: dict[str, Any], value: str | None) -> None:
    view = View.model_validate({"id": "V1", "state": {"values": {"block": {"action": given}}}})
    assert view.value("block", "action") == value


def test_a_field_that_is_not_in_the_form_has_no_value() -> None:
    for state in ({}, {"values": {}}, {"values": {"block": {}}}):
        assert View.model_validate({"id": "V1", "state": state}).value("block", "action") is None


@pytest.mark.parametrize(("actions", "chosen"), [([{"value": "late-again"}], "late-again"), ([{}], "")])
def test_a_click_tells_what_was_chosen(actions: list[dict[str, str]], chosen: str) -> None:
    click = Interaction.model_validate({"team": {"id": "T1"}, "user": {"id": "U1"}, "actions": actions})
    assert click.chosen == chosen


@pytest.mark.parametrize(
    ("action", "chosen"),
    [
        ({"selected_options": [{"value": "quick"}, {"value": "open"}]}, ["quick", "open"]),
        ({"selected_options": []}, []),
    ],
)
def test_a_click_in_a_list_tells_all_that_is_ticked(action: dict[str, Any], chosen: list[str]) -> None:
    click = Interaction.model_validate({"team": {"id": "T1"}, "user": {"id": "U1"}, "actions": [action]})
    assert click.all_chosen == chosen
