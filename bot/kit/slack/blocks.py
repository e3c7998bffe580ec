"""Block Kit in plain words: values in, dicts out.

Everything that a person or a model wrote goes through `escaped` where it becomes mrkdwn, or into rich text,
which Slack never reads as markup.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]


def escaped(text: str) -> str:
    """Text that Slack shows as it stands: no mention of a channel, group or person, no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short(text: str, length: int) -> str:
    """At most `length` characters, with an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def plain(text: str, length: int = 150) -> Element:
    return {"type": "plain_text", "text": short(text, length), "emoji": True}


def mrkdwn(text: str) -> Element:
    """`text` is markup: what came from people must be `escaped`."""
    return {"type": "mrkdwn", "text": short(text, 3000)}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text)}


def section(text: str, accessory: Element | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block | {"accessory": accessory} if accessory else block


def plain_section(text: str) -> Block:
    """What people wrote stays as they wrote it."""
    return {"type": "section", "text": plain(text, 3000)}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: str, value: str, *, style: str | None = None) -> Element:
    element: Element = {"type": "button", "text": plain(text, 75), "action_id": action_id, "value": value}
    return element | {"style": style} if style else element


def feedback(action_id: str, good: tuple[str, str], bad: tuple[str, str]) -> Block:
    """Two thumbs under a message: (label, value) each."""

    def thumb(label: str, value: str) -> Element:
        return {"text": plain(label, 75), "value": value, "accessibility_label": short(label, 75)}

    buttons = {
        "type": "feedback_buttons",
        "action_id": action_id,
        "positive_button": thumb(*good),
        "negative_button": thumb(*bad),
    }
    return {"type": "context_actions", "elements": [buttons]}


def rich(*parts: Element) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def rich_line(*runs: Element) -> Element:
    return {"type": "rich_text_section", "elements": list(runs)}


def rich_quote(text: str) -> Element:
    return {"type": "rich_text_quote", "elements": [run(text)]}


def rich_list(items: Iterable[str]) -> Element:
    return {"type": "rich_text_list", "style": "bullet", "elements": [rich_line(run(item)) for item in items]}


def run(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    element: Element = {"type": "text", "text": text}
    return element | {"style": style} if style else element


def confirmation(title: str, text: str, *, yes: str, no: str) -> Element:
    """What is asked before a click counts."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def mention(slack_id: str) -> Element:
    return {"type": "user", "user_id": slack_id}


def channel_mention(channel_id: str) -> Element:
    return {"type": "channel", "channel_id": channel_id}


def option(text: str, value: str, description: str | None = None) -> Element:
    element: Element = {"text": plain(text, 75), "value": value}
    return element | {"description": plain(description, 75)} if description else element


def radio(action_id: str, options: Sequence[Element]) -> Element:
    return {"type": "radio_buttons", "action_id": action_id, "options": list(options)}


def radio_chosen(action_id: str, options: Sequence[Element], chosen: str) -> Element:
    """With one of the values chosen already."""
    return radio(action_id, options) | {"initial_option": _with_value(options, chosen)[0]}


def checkboxes(action_id: str, options: Sequence[Element], ticked: Iterable[str] = ()) -> Element:
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    initial = _with_value(options, *ticked)
    return element | {"initial_options": initial} if initial else element


def select(action_id: str, options: Sequence[Element], chosen: str | None, placeholder: str) -> Element:
    """At most 100 options, says Slack."""
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "options": list(options),
        "placeholder": plain(placeholder),
    }
    initial = _with_value(options, chosen) if chosen is not None else []
    return element | {"initial_option": initial[0]} if initial else element


def looked_up(action_id: str, chosen: Element | None, placeholder: str) -> Element:
    """A choice from what the bot offers when it is opened, or while somebody types."""
    element: Element = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": 0,
        "placeholder": plain(placeholder),
    }
    return element | {"initial_option": chosen} if chosen else element


def person(action_id: str, chosen: str | None, placeholder: str) -> Element:
    element: Element = {"type": "users_select", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | {"initial_user": chosen} if chosen else element


def people(action_id: str, chosen: Sequence[str], placeholder: str, *, most: int) -> Element:
    element: Element = {
        "type": "multi_users_select",
        "action_id": action_id,
        "max_selected_items": most,
        "placeholder": plain(placeholder),
    }
    return element | {"initial_users": list(chosen)} if chosen else element


def time_of_day(action_id: str, at: time) -> Element:
    return {"type": "timepicker", "action_id": action_id, "initial_time": f"{at:%H:%M}"}


def date_picker(action_id: str, on: date | None) -> Element:
    element: Element = {"type": "datepicker", "action_id": action_id}
    return element | {"initial_date": on.isoformat()} if on else element


def _with_value(options: Sequence[Element], *values: str) -> list[Element]:
    return [option for option in options if option["value"] in values]


def text_input(
    action_id: str, *, longest: int, multiline: bool = False, placeholder: str | None = None, written: str | None = None
) -> Element:
    element: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": longest,
    }
    if written:
        element["initial_value"] = written
    return element | {"placeholder": plain(placeholder)} if placeholder else element


def field(label: str, element: Element, block_id: str, *, optional: bool = False, hint: str | None = None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
    return block | {"hint": plain(hint)} if hint else block


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    close: str,
    submit: str | None = None,
    private_metadata: str = "",
) -> dict[str, Any]:
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": private_metadata,
    }
    return view | {"submit": plain(submit, 24)} if submit else view


def home(blocks: Sequence[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}
