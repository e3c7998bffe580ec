"""What Slack refuses, and in which words."""

from typing import Any

import pytest

from bot.sandbox import blocks
from bot.sandbox.errors import SlackError

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "1", text: str = "x") -> Json:
    return {"text": plain(text), "value": value}


def button(**fields: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": plain()} | fields


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(**fields: Any) -> Json:
    return {"type": "section", "text": mrkdwn()} | fields


def select(**fields: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()]} | fields


def field(element: Json, **fields: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element} | fields


def typed(**fields: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "t"} | fields


def count(**fields: Any) -> Json:
    return {"type": "number_input", "action_id": "n", "is_decimal_allowed": False} | fields


def people(**fields: Any) -> Json:
    return {"type": "multi_users_select", "action_id": "p"} | fields


def modal(*given: Json, **fields: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(given)} | fields


def plot(**fields: Any) -> Json:
    series = [{"name": "Leeds", "data": [{"label": "May", "value": 8}]}]
    chart = {"type": "line", "series": series, "axis_config": {"categories": ["May"]}} | fields
    return {"type": "data_visualization", "title": "Scores", "chart": chart}


IMAGE = {"type": "image", "image_url": "https://x.example/i.png", "alt_text": "A cat"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "f",
    "positive_button": {"text": plain(), "value": "good"},
    "negative_button": {"text": plain(), "value": "bad"},
}
CARD = {"type": "card", "title": plain(), "actions": [button()]}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
ALERT = {"type": "alert", "text": plain(), "level": "warning"}
CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}


@pytest.mark.parametrize(
    "block",
    [
        section(fields=[plain(), mrkdwn()], accessory=IMAGE),
        section(accessory=select(initial_option=option(), confirm=CONFIRM)),
        {"type": "divider"},
        {"type": "header", "text": plain()},
        IMAGE | {"title": plain()},
        actions(button(style="primary", url="https://x.example", value="1"), select()),
        actions({"type": "overflow", "action_id": "o", "options": [option() | {"url": "https://x.example"}]}),
        actions({"type": "checkboxes", "action_id": "c", "options": [{"text": mrkdwn(), "value": "1"}]}),
        {"type": "context", "elements": [mrkdwn(), IMAGE]},
        {"type": "context_actions", "elements": [FEEDBACK]},
        {"type": "markdown", "text": "# Hi"},
        {"type": "carousel", "elements": [CARD]},
        {"type": "container", "title": plain(), "child_blocks": [section(), TABLE]},
        field(typed(max_length=3000)),
        RICH,
        CARD,
        TABLE,
        plot(),
        plot(type="pie", segments=[{"label": "a", "value": 1}]) | {"block_id": "p"},
    ],
)
def test_what_slack_takes_in_a_message_is_taken(block: Json) -> None:
    if block["type"] == "data_visualization" and block["chart"]["type"] == "pie":
        block["chart"] = {key: block["chart"][key] for key in ("type", "segments")}
    blocks.check_message([block])


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ({"type": "hologram"}, "unsupported type: hologram [json-pointer:/blocks/0/type]"),
        (
            section(text=mrkdwn("x" * 3001)),
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
        (section(text=mrkdwn("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "section"}, "must provide at least one of: text, fields [json-pointer:/blocks/0]"),
        (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
        (section(text="x"), "must provide an object [json-pointer:/blocks/0/text]"),
        (section(text=mrkdwn() | {"emoji": True}), "invalid additional property: emoji"),
        (section(text=plain() | {"verbatim": True}), "invalid additional property: verbatim"),
        (
            section(fields=[mrkdwn("x" * 2001)]),
            "less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
        ),
        (section(fields=[mrkdwn()] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
        (section(accessory=typed()), "unsupported type: plain_text_input"),
        (section(block_id="b" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
        ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
        ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "no more than 25 items allowed"),
        (actions(), "no fewer than 1 items allowed"),
        (actions(button(), button()), "action_id already exists: go"),
        (actions(button(text=mrkdwn())), "unsupported type: mrkdwn"),
        (actions(button(text=plain("x" * 76))), "must be less than 76 characters"),
        (actions(button(value="x" * 2001)), "must be less than 2001 characters"),
        (actions(button(value=8)), "must provide a string [json-pointer:/blocks/0/elements/0/value]"),
        (actions(button(action_id="x" * 256)), "must be less than 256 characters"),
        (actions(button(style="shiny")), "must be one of: primary, danger"),
        (actions(button(confirm={"title": plain()})), "missing required field: text"),
        (actions(button(confirm=CONFIRM | {"title": mrkdwn()})), "unsupported type: mrkdwn"),
        (actions({"type": "button"}), "missing required field: text [json-pointer:/blocks/0/elements/0]"),
        (actions(FEEDBACK), "unsupported type: feedback_buttons"),
        (actions(select(options=[option(str(n)) for n in range(101)])), "no more than 100 items allowed"),
        (actions(select(options=[option(), option()])), "options must have unique values"),
        (actions(select(options=[option(text="x" * 76)])), "must be less than 76 characters"),
        (actions(select(options=[option("x" * 151)])), "must be less than 151 characters"),
        (
            actions(select(options=[option() | {"description": plain("x" * 76)}])),
            "must be less than 76 characters",
        ),
        (actions(select(options=[{"text": mrkdwn(), "value": "1"}])), "unsupported type: mrkdwn"),
        (actions(select(option_groups=[])), "must provide either options or option_groups"),
        (actions(select(initial_option=option("2"))), "must be one of the options"),
        (actions(select(placeholder=plain("x" * 151))), "must be less than 151 characters"),
        (
            actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
            "no more than 5 items",
        ),
        (
            actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]}),
            "no more than 10",
        ),
        (actions({"type": "datepicker", "initial_date": "tomorrow"}), "must be a date such as"),
        (actions({"type": "timepicker", "initial_time": "25:00"}), "must be a time such as"),
        (actions(IMAGE), "unsupported type: image"),
        ({"type": "context", "elements": [mrkdwn()] * 11}, "no more than 10 items allowed"),
        ({"type": "context", "elements": [button()]}, "unsupported type: button"),
        ({"type": "image", "image_url": "https://x"}, "missing required field: alt_text"),
        (IMAGE | {"alt_text": "x" * 2001}, "must be less than 2001 characters"),
        (IMAGE | {"slack_file": {"id": "F1"}}, "must provide either image_url or slack_file"),
        ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters"),
        (field(typed(max_length=3001)), "must be less than or equal to 3000"),
        (field(typed(), label=mrkdwn()), "unsupported type: mrkdwn"),
        (field(typed(), label=plain("x" * 2001)), "must be less than 2001 characters"),
        (field(button()), "unsupported type: button"),
        (field({"type": "number_input"}), "missing required field: is_decimal_allowed"),
        (ALERT, "unsupported type: alert"),
        (TABLE | {"rows": [[{"type": "raw_text", "text": "x"}] * 21]}, "no more than 20 items allowed"),
        (TABLE | {"rows": [[{"type": "raw_text", "text": "x"}]] * 101}, "no more than 100 items allowed"),
        ({"type": "carousel", "elements": [CARD] * 11}, "no more than 10 items allowed"),
        ({"type": "card", "subtitle": plain()}, "must provide at least one of: hero_image"),
        (CARD | {"body": plain("x" * 201)}, "must be less than 201 characters"),
        ({"type": "container", "title": plain(), "child_blocks": [plot()]}, "unsupported type"),
        (plot() | {"title": "x" * 51}, "must be less than 51 characters"),
        (plot(axis_config={"categories": ["June"]}), "labels must match the categories"),
        (plot(series=[]), "no fewer than 1 items allowed"),
        (plot(type="radar"), "unsupported type: radar"),
        ({"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}, "unsupported type: text"),
    ],
)
def test_what_slack_refuses_in_a_message_is_refused_by_name(block: Json, complaint: str) -> None:
    with pytest.raises(SlackError, match="invalid_blocks") as refused:
        blocks.check_message([block])
    assert complaint in " ".join(refused.value.details)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([section(block_id="b"), section(block_id="b")], "block_id already exists: b"),
        ([plot(), plot(), plot()], "no more than 2 blocks of type data_visualization"),
        ([TABLE, TABLE], "no more than 1 blocks of type table"),
        (
            [{"type": "markdown", "text": "x" * 7000}] * 2,
            "markdown must be less than 12001 characters in all",
        ),
    ],
)
def test_what_is_too_much_together_is_refused(given: list[Json], complaint: str) -> None:
    with pytest.raises(SlackError) as refused:
        blocks.check_message(given)
    assert complaint in refused.value.details[0]


@pytest.mark.parametrize("block", [section(), CARD, ALERT, field(typed()), RICH, actions(button())])
def test_a_modal_takes_what_belongs_there(block: Json) -> None:
    assert blocks.checked_view(modal(block), "modal")["blocks"][0]["block_id"]


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        (
            modal(field(typed())) | {"title": plain("x" * 25)},
            "less than 25 characters [json-pointer:/view/title/text]",
        ),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ({"type": "modal", "title": plain(), "blocks": [field(typed())]}, "missing required field: submit"),
        (modal(close=plain("x" * 25)), "must be less than 25 characters"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
        (modal(callback_id="x" * 256), "must be less than 256 characters"),
        (modal(colour="red"), "invalid additional property: colour"),
        (modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
        (modal({"type": "context_actions", "elements": [FEEDBACK]}), "unsupported type: context_actions"),
        (modal(plot()), "unsupported type: data_visualization"),
        (modal({"type": "carousel", "elements": [CARD]}), "unsupported type: carousel"),
        (modal(field(typed(focus_on_load=True)), field(typed(focus_on_load=True))), "only one element"),
        ({"type": "home", "blocks": []}, "unsupported type: home"),
    ],
)
def test_a_modal_refuses_what_does_not_belong_there(view: Json, complaint: str) -> None:
    with pytest.raises(SlackError, match="invalid_arguments") as refused:
        blocks.checked_view(view, "modal")
    assert complaint in " ".join(refused.value.details)


@pytest.mark.parametrize(
    ("element", "complaint"),
    [
        (
            typed(initial_value="abc", max_length=2),
            "must be less than 3 characters",
        ),
        (typed(initial_value="a", min_length=2), "must be more than 1 characters"),
        (typed(min_length=3, max_length=2), "min_length must be less than or equal to max_length"),
        (count(initial_value="7", max_value="6"), "must be between min_value and max_value"),
        (count(min_value="7", max_value="6"), "min_value must be less than or equal to max_value"),
        (count(initial_value="seven"), "must be a number"),
        (people(initial_users=["U1", "U2"], max_selected_items=1), "must be no more than 1 items"),
    ],
)
def test_what_is_filled_in_beforehand_is_held_to_what_somebody_may_fill_in(element: Json, complaint: str) -> None:
    with pytest.raises(SlackError) as error:
        blocks.checked_view(modal(field(element)), "modal")
    assert complaint in " ".join(error.value.details)


def test_what_is_filled_in_beforehand_may_be_as_long_as_what_somebody_may_fill_in() -> None:
    fits = [typed(initial_value="ab", max_length=2, min_length=2), count(initial_value="6", min_value="6")]
    blocks.checked_view(modal(*(field(element) for element in fits)), "modal")


def test_a_home_tab_has_blocks_and_no_title() -> None:
    home = {"type": "home", "blocks": [section(), {"type": "carousel", "elements": [CARD]}]}
    assert blocks.checked_view(home, "home")
    for wrong in (home | {"title": plain()}, home | {"blocks": [ALERT]}, home | {"blocks": "x"}):
        with pytest.raises(SlackError):
            blocks.checked_view(wrong, "home")


def test_offered_options_are_held_to_the_same_limits() -> None:
    blocks.check_options({"options": []})
    with pytest.raises(SlackError, match="invalid_options"):
        blocks.check_options({"options": [option(text="x" * 76)]})
    with pytest.raises(SlackError):
        blocks.check_options({})
