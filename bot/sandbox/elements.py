"""The elements of Block Kit, and the small objects they are made of, with Slack's limits.

Source: docs.slack.dev/reference/block-kit, and the limits that slack_sdk.models knows.
"""

from typing import Any, cast

from bot.sandbox.grammar import (
    Check,
    Findings,
    Shape,
    anything,
    either,
    flag,
    items,
    matching,
    number,
    one_of,
    shape,
    string,
    typed,
)
from bot.sandbox.records import Json

# Small objects


def _text_shapes(longest: int) -> dict[str, Check]:
    return {
        "plain_text": shape("text", text=string(longest), emoji=flag),
        "mrkdwn": shape("text", text=string(longest), verbatim=flag),
    }


def plain(longest: int) -> Check:
    return typed(_text_shapes(longest), "plain_text")


def text(longest: int) -> Check:
    """A text object, plain or with markup."""
    return typed(_text_shapes(longest))


IDENTIFIER = string(255)
VISIBLE_TO = items(string(20), most=10)

CONFIRM = shape(
    "title",
    "text",
    title=plain(100),
    text=text(300),
    confirm=plain(30),
    deny=plain(30),
    style=one_of("primary", "danger"),
)
SLACK_FILE = shape(id=string(50), url=string(3000)).where(either("id", "url"))
DISPATCH = shape(
    trigger_actions_on=items(one_of("on_enter_pressed", "on_character_entered"), most=2),
)

OPTION = shape("text", "value", text=plain(75), value=string(150), description=plain(75))
LINKING_OPTION = shape("text", "value", text=plain(75), value=string(150), description=plain(75), url=string(3000))
RICH_OPTION = shape("text", "value", text=text(75), value=string(150), description=text(75))


def options(option: Check, most: int, least: int = 1) -> Check:
    """Options with different values."""
    check_items = items(option, most, least)

    def check(value: Any, at: str, findings: Findings) -> None:
        before = len(findings.messages)
        check_items(value, at, findings)
        if len(findings.messages) == before:
            values = [option["value"] for option in value]
            if len(values) != len(set(values)):
                findings.add("options must have unique values", at)

    return check


OPTION_GROUP = shape("label", "options", label=plain(75), options=options(OPTION, most=100))


def _initials_offered(value: Any, at: str, findings: Findings) -> None:
    """What is chosen beforehand must be exactly one of the options."""
    element = cast(Json, value)
    groups: list[Json] = [element, *element.get("option_groups", [])]
    offered = [option for group in groups for option in group.get("options", [])]
    if "initial_option" in element and element["initial_option"] not in offered:
        findings.add("must be one of the options", f"{at}/initial_option")
    for index, option in enumerate(element.get("initial_options", [])):
        if option not in offered:
            findings.add("must be one of the options", f"{at}/initial_options/{index}")


def _initial_value_fits(value: Any, at: str, findings: Findings) -> None:
    """What is filled in beforehand must be what somebody could send."""
    element = cast(Json, value)
    shortest, longest = element.get("min_length"), element.get("max_length")
    if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
        findings.add("min_length must be less than or equal to max_length", f"{at}/min_length")
    written = element.get("initial_value")
    if not isinstance(written, str) or not written:
        return
    if isinstance(longest, int) and len(written) > longest:
        findings.add(f"must be less than {longest + 1} characters", f"{at}/initial_value")
    elif isinstance(shortest, int) and len(written) < shortest:
        findings.add(f"must be more than {shortest - 1} characters", f"{at}/initial_value")


def _initial_number_fits(value: Any, at: str, findings: Findings) -> None:
    element = cast(Json, value)
    numbers: dict[str, float] = {}
    for name in ("min_value", "max_value", "initial_value"):
        try:
            numbers[name] = float(element[name])
        except KeyError:
            continue
        except ValueError:
            findings.add("must be a number", f"{at}/{name}")
    least, most = numbers.get("min_value", float("-inf")), numbers.get("max_value", float("inf"))
    if least > most:
        findings.add("min_value must be less than or equal to max_value", f"{at}/min_value")
    elif not least <= numbers.get("initial_value", least if least != float("-inf") else most) <= most:
        findings.add("must be between min_value and max_value", f"{at}/initial_value")


def _initials_within(value: Any, at: str, findings: Findings) -> None:
    """No more may be chosen beforehand than may be chosen."""
    element = cast(Json, value)
    most = element.get("max_selected_items")
    for name, chosen in element.items():
        given = len(cast(list[Any], chosen)) if name.startswith("initial_") and isinstance(chosen, list) else 0
        if isinstance(most, int) and given > most:
            findings.add(f"must be no more than {most} items", f"{at}/{name}")


# Elements


def _interactive(*required: str, **fields: Check) -> Shape:
    return shape(*required, action_id=IDENTIFIER, confirm=CONFIRM, **fields)


def _input(**fields: Check) -> Shape:
    return _interactive(focus_on_load=flag, placeholder=plain(150), **fields)


def _typed_in(*required: str, **fields: Check) -> Shape:
    """An input that is typed into; it has no confirmation."""
    return shape(
        *required,
        action_id=IDENTIFIER,
        focus_on_load=flag,
        placeholder=plain(150),
        dispatch_action_config=DISPATCH,
        **fields,
    )


def _choice(**initial: Check) -> Shape:
    """Checkboxes and radio buttons: all options are seen, so there is no placeholder."""
    choice = _interactive("options", focus_on_load=flag, options=options(RICH_OPTION, most=10), **initial)
    return choice.where(_initials_offered)


_MANY: dict[str, Check] = {"max_selected_items": number(1)}
_NAME = string(20)
_NAMES = items(_NAME, most=100)
_FILTER = shape(
    include=items(one_of("im", "mpim", "private", "public"), most=4),
    exclude_external_shared_channels=flag,
    exclude_bot_users=flag,
)


def _static(**fields: Check) -> Shape:
    menu = _input(options=options(OPTION, most=100), option_groups=items(OPTION_GROUP, most=100), **fields)
    return menu.where(either("options", "option_groups"), _initials_offered)


_CONVERSATION: dict[str, Check] = {"default_to_current_conversation": flag, "filter": _FILTER}

FEEDBACK = shape("text", "value", text=plain(75), value=string(2000), accessibility_label=string(75))

IMAGE = shape("alt_text", image_url=string(3000), alt_text=string(2000), slack_file=SLACK_FILE).where(
    either("image_url", "slack_file")
)


ELEMENTS: dict[str, Check] = {
    "button": _interactive(
        "text",
        text=plain(75),
        url=string(3000),
        value=string(2000),
        style=one_of("primary", "danger"),
        accessibility_label=string(75),
        agent_prompt=string(4000),
        agent_prompt_display=string(4000),
        visible_to_user_ids=VISIBLE_TO,
    ),
    "icon_button": _interactive(
        "text",
        "icon",
        text=plain(75),
        icon=string(50),
        value=string(2000),
        accessibility_label=string(75),
        visible_to_user_ids=VISIBLE_TO,
    ),
    "feedback_buttons": shape(
        "positive_button",
        "negative_button",
        action_id=IDENTIFIER,
        positive_button=FEEDBACK,
        negative_button=FEEDBACK,
    ),
    "workflow_button": _interactive(
        "text",
        "workflow",
        text=plain(75),
        workflow=anything,
        style=one_of("primary", "danger"),
        accessibility_label=string(75),
    ),
    "overflow": _interactive("options", options=options(LINKING_OPTION, most=5)),
    "checkboxes": _choice(initial_options=items(RICH_OPTION, most=10)),
    "radio_buttons": _choice(initial_option=RICH_OPTION),
    "static_select": _static(initial_option=OPTION),
    "multi_static_select": _static(initial_options=items(OPTION, most=100), **_MANY).where(_initials_within),
    "external_select": _input(initial_option=OPTION, min_query_length=number(0)),
    "multi_external_select": _input(initial_options=items(OPTION, most=100), min_query_length=number(0), **_MANY).where(
        _initials_within
    ),
    "users_select": _input(initial_user=_NAME),
    "multi_users_select": _input(initial_users=_NAMES, **_MANY).where(_initials_within),
    "channels_select": _input(initial_channel=_NAME, response_url_enabled=flag),
    "multi_channels_select": _input(initial_channels=_NAMES, **_MANY).where(_initials_within),
    "conversations_select": _input(initial_conversation=_NAME, response_url_enabled=flag, **_CONVERSATION),
    "multi_conversations_select": _input(initial_conversations=_NAMES, **_CONVERSATION, **_MANY).where(
        _initials_within
    ),
    "datepicker": _input(initial_date=matching(r"\d{4}-\d\d-\d\d", "a date such as 2026-11-21")),
    "timepicker": _input(
        initial_time=matching(r"([01]\d|2[0-3]):[0-5]\d", "a time such as 16:30"), timezone=string(50)
    ),
    "datetimepicker": _interactive(focus_on_load=flag, initial_date_time=number(1_000_000_000, 9_999_999_999)),
    "plain_text_input": _typed_in(
        initial_value=string(3000, shortest=0),
        multiline=flag,
        min_length=number(0, 3000),
        max_length=number(1, 3000),
    ).where(_initial_value_fits),
    "email_text_input": _typed_in(initial_value=string(3000, shortest=0)),
    "url_text_input": _typed_in(initial_value=string(3000, shortest=0)),
    "number_input": _typed_in(
        "is_decimal_allowed",
        is_decimal_allowed=flag,
        initial_value=string(100, shortest=0),
        min_value=string(100),
        max_value=string(100),
    ).where(_initial_number_fits),
    "rich_text_input": _typed_in(initial_value=anything, min_lines=number(1), max_lines=number(1)),
    "file_input": shape(action_id=IDENTIFIER, filetypes=items(string(20), most=100), max_files=number(1, 10)),
    "image": IMAGE,
}

_SELECTS = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
_MULTI_SELECTS = tuple(f"multi_{name}" for name in _SELECTS)
_PICKERS = ("datepicker", "timepicker")
_CHOICES = ("checkboxes", "radio_buttons")
_TYPED = (
    *("plain_text_input", "email_text_input", "url_text_input", "number_input"),
    *("rich_text_input", "file_input"),
)

ACCESSORY = typed(
    ELEMENTS,
    *("button", "workflow_button", "overflow", "image"),
    *(_SELECTS + _MULTI_SELECTS + _PICKERS + _CHOICES),
)
ACTION = typed(
    ELEMENTS,
    *("button", "workflow_button", "overflow", "datetimepicker"),
    *(_SELECTS + _MULTI_SELECTS + _PICKERS + _CHOICES),
)
INPUT = typed(ELEMENTS, "datetimepicker", *(_SELECTS + _MULTI_SELECTS + _PICKERS + _CHOICES + _TYPED))
CONTEXT_ACTION = typed(ELEMENTS, "feedback_buttons", "icon_button")
BUTTON = typed(ELEMENTS, "button")
CONTEXT_ITEM = typed({"image": IMAGE, **_text_shapes(3000)})
