"""The things on a message or view that a person can press, choose or fill in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.sandbox.errors import NotPossible
from bot.sandbox.records import Json

State = dict[str, dict[str, Json]]

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Where the value of an element stands: in its state, and in the element itself before it is touched."""

    key: str
    initial: str
    many: bool = False


_TEXT = Holder(key="value", initial="initial_value")
_OPTION = Holder(key="selected_option", initial="initial_option")
_OPTIONS = Holder(key="selected_options", initial="initial_options", many=True)

HOLDERS: dict[str, Holder] = {
    "plain_text_input": _TEXT,
    "number_input": _TEXT,
    "email_text_input": _TEXT,
    "url_text_input": _TEXT,
    "static_select": _OPTION,
    "external_select": _OPTION,
    "radio_buttons": _OPTION,
    "multi_static_select": _OPTIONS,
    "multi_external_select": _OPTIONS,
    "checkboxes": _OPTIONS,
    "users_select": Holder(key="selected_user", initial="initial_user"),
    "channels_select": Holder(key="selected_channel", initial="initial_channel"),
    "conversations_select": Holder(key="selected_conversation", initial="initial_conversation"),
    "multi_users_select": Holder(key="selected_users", initial="initial_users", many=True),
    "multi_channels_select": Holder(key="selected_channels", initial="initial_channels", many=True),
    "multi_conversations_select": Holder(key="selected_conversations", initial="initial_conversations", many=True),
    "datepicker": Holder(key="selected_date", initial="initial_date"),
    "timepicker": Holder(key="selected_time", initial="initial_time"),
    "datetimepicker": Holder(key="selected_date_time", initial="initial_date_time"),
    "rich_text_input": Holder(key="rich_text_value", initial="initial_value"),
    "file_input": Holder(key="files", initial="initial_files", many=True),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """An element and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return self.block["block_id"]

    @property
    def action_id(self) -> str:
        return self.element["action_id"]

    @property
    def is_input(self) -> bool:
        return self.block["type"] == "input"


def elements_in(block: Json) -> Iterator[Json]:
    """Whatever stands in a block, and in the cards of a carousel; not the blocks of a container."""
    inner: list[Json] = [*block.get("elements", []), *block.get("actions", [])]
    inner += [block[name] for name in ("accessory", "element") if block.get(name)]
    for element in inner:
        if element.get("type") == "card":
            yield from elements_in(element)
        else:
            yield element


def fields_of(blocks: Iterable[Json]) -> Iterator[Field]:
    """Everything interactive, from top to bottom."""
    for block in blocks:
        for element in elements_in(block):
            if element.get("action_id"):
                yield Field(block=block, element=element)
        yield from fields_of(block.get("child_blocks", []))


def find(blocks: list[Json], action_id: str, block_id: str | None, value: Any) -> Field:
    """The one element meant; `value` tells buttons with the same action id apart."""
    found = [
        field for field in fields_of(blocks) if field.action_id == action_id and block_id in (None, field.block_id)
    ]
    if isinstance(value, str):
        found = [f for f in found if "value" not in f.element or f.element["value"] == value]
    if not found:
        raise NotPossible(f"There is nothing with the action id {action_id} to press here.")
    return found[0]


def holds(blocks: list[Json], action_id: str) -> bool:
    return any(field.action_id == action_id for field in fields_of(blocks))


def chosen(element: Json, value: Any) -> Json:
    """What an action carries of its element once a person has pressed it or chosen `value`.

    `value` is the plain value (an option's value, a date, a user id, a list of them) or Slack's own
    fields ({"selected_option": {…}}).
    """
    kind = element["type"]
    if kind == "feedback_buttons":
        wanted = cast(Json, value).get("value") if isinstance(value, dict) else value
        for name in ("positive_button", "negative_button"):
            button = element[name]
            if button["value"] == wanted:
                return {"value": button["value"], "text": button["text"]}
        raise NotPossible("Feedback is given with one of the two buttons.")
    if kind == "overflow":
        return _held(element, _OPTION, value)
    if kind in HOLDERS:
        return _held(element, HOLDERS[kind], value)
    kept = ("text", "value", "style", "url", "confirm")
    return {name: element[name] for name in kept if name in element}


def _held(element: Json, holder: Holder, value: Any) -> Json:
    if isinstance(value, dict) and holder.key in value:
        value = cast(Json, value)[holder.key]
    if holder == _OPTION:
        return {holder.key: _option(element, value)}
    many = cast(list[Any], value or [])
    if holder == _OPTIONS:
        return {holder.key: [_option(element, option) for option in many]}
    return {holder.key: many if holder.many else value}


def _option(element: Json, wanted: Any) -> Json | None:
    if wanted is None:
        return None
    value = cast(Json, wanted)["value"] if isinstance(wanted, dict) else wanted
    groups: list[Json] = [element, *element.get("option_groups", [])]
    for group in groups:
        options: list[Json] = group.get("options", [])
        for option in options:
            if option["value"] == value:
                return option
    if "external" in element["type"] and isinstance(wanted, dict):
        return cast(Json, wanted)
    raise NotPossible(f"{value} is not one of the options.")


def state_of(blocks: list[Json], filled: Mapping[str, Mapping[str, Json]]) -> State:
    """The state Slack sends: every field with what was filled in, or else what it started with."""
    state: State = {}
    for field in fields_of(blocks):
        holder = HOLDERS.get(field.element["type"])
        if holder is None:
            continue
        entry = {"type": field.element["type"], **_started_with(field.element, holder)}
        given = filled.get(field.block_id, {}).get(field.action_id)
        if given is not None:
            entry |= _held(field.element, holder, given)
        state.setdefault(field.block_id, {})[field.action_id] = entry
    return state


def _started_with(element: Json, holder: Holder) -> Json:
    nothing: Any = [] if holder.many else None
    return {holder.key: element.get(holder.initial, nothing)}


def still_standing(blocks: list[Json], filled: Mapping[str, Mapping[str, Json]]) -> State:
    """What of it can still be read in new blocks: the field is there, and offers what was chosen."""
    standing: State = {}
    for field in fields_of(blocks):
        given = filled.get(field.block_id, {}).get(field.action_id)
        holder = HOLDERS.get(field.element["type"])
        if given is None or holder is None or given.get("type", field.element["type"]) != field.element["type"]:
            continue
        try:
            _held(field.element, holder, given)
        except NotPossible:
            continue
        standing.setdefault(field.block_id, {})[field.action_id] = given
    return standing


def refuse_unknown(blocks: list[Json], filled: Mapping[str, Mapping[str, Json]]) -> None:
    """A person can only fill in what is there."""
    there = {(field.block_id, field.action_id) for field in fields_of(blocks)}
    for block_id, actions in filled.items():
        for action_id in actions:
            if (block_id, action_id) not in there:
                raise NotPossible(f"There is no field {action_id} in the block {block_id}.")


def complaints(blocks: list[Json], state: State) -> dict[str, str]:
    """What Slack's own form says before it sends anything: {block_id: sentence}."""
    found: dict[str, str] = {}
    for field in fields_of(blocks):
        if field.is_input:
            complaint = _complaint(field, state[field.block_id][field.action_id])
            if complaint:
                found[field.block_id] = complaint
    return found


def _complaint(field: Field, entry: Json) -> str | None:
    element = field.element
    value: Any = entry[HOLDERS[element["type"]].key]
    if value in (None, "", []):
        return None if field.block.get("optional") else "Please complete this required field."
    complain = _COMPLAINTS.get(element["type"])
    if complain:
        return complain(element, str(value))
    if HOLDERS[element["type"]].many and len(value) > element.get("max_selected_items", len(value)):
        return f"Please choose no more than {element['max_selected_items']}."
    return None


def _length_complaint(element: Json, value: str) -> str | None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        return f"This entry must be at least {shortest} characters."
    if len(value) > longest:
        return f"This entry must be no more than {longest} characters."
    return None


def _number_complaint(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not re.fullmatch(r"-?\d+", value):
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _mail_complaint(_: Json, value: str) -> str | None:
    return None if MAIL.fullmatch(value) else "Please enter a valid email address."


def _link_complaint(_: Json, value: str) -> str | None:
    return None if LINK.match(value) else "Please enter a valid URL."


_COMPLAINTS: dict[str, Callable[[Json, str], str | None]] = {
    "plain_text_input": _length_complaint,
    "number_input": _number_complaint,
    "email_text_input": _mail_complaint,
    "url_text_input": _link_complaint,
}
