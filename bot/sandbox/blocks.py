"""What Slack refuses: which block may stand where, what it must hold, and how much of it."""

import copy
import json
import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from bot.sandbox import elements
from bot.sandbox.charts import CHART
from bot.sandbox.elements import IDENTIFIER, IMAGE, OPTION, OPTION_GROUP, SLACK_FILE, plain, text
from bot.sandbox.errors import SlackError
from bot.sandbox.fields import elements_in, fields_of
from bot.sandbox.grammar import (
    Check,
    Findings,
    Shape,
    anything,
    at_least_one,
    either,
    flag,
    items,
    one_of,
    shape,
    string,
    typed,
)
from bot.sandbox.records import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_LIMIT = 12_000

# How many of a kind one message may hold.
AT_MOST = {"data_visualization": 2, "table": 1}


def _block(*required: str, **fields: Check) -> Shape:
    return shape(*required, block_id=IDENTIFIER, **fields)


# Rich text: sections, lists, quotes and preformatted text, made of small runs.

_STYLE = shape(bold=flag, italic=flag, strike=flag, code=flag, underline=flag)
_RUNS: dict[str, Check] = {
    "text": shape("text", text=string(40_000), style=_STYLE),
    "link": shape("url", url=string(3000), text=string(40_000), unsafe=flag, style=_STYLE),
    "emoji": shape("name", name=string(100), unicode=string(100), skin_tone=anything, style=_STYLE),
    "user": shape("user_id", user_id=string(20), style=_STYLE),
    "channel": shape("channel_id", channel_id=string(20), style=_STYLE),
    "usergroup": shape("usergroup_id", usergroup_id=string(20), style=_STYLE),
    "broadcast": shape("range", range=one_of("here", "channel", "everyone")),
    "date": shape(
        "timestamp",
        "format",
        timestamp=anything,
        format=string(200),
        url=string(3000),
        fallback=string(200),
        style=_STYLE,
    ),
    "color": shape("value", value=string(20)),
    "team": shape("team_id", team_id=string(20), style=_STYLE),
}
_RUN = items(typed(_RUNS), most=1000, least=0)
_SECTION = shape("elements", elements=_RUN)
_RICH: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": shape("elements", elements=_RUN, border=anything),
    "rich_text_preformatted": shape("elements", elements=_RUN, border=anything, language=anything),
    "rich_text_list": shape(
        "elements",
        "style",
        elements=items(typed({"rich_text_section": _SECTION}), most=1000),
        style=one_of("bullet", "ordered"),
        indent=anything,
        offset=anything,
        border=anything,
    ),
}
RICH_TEXT = _block("elements", elements=items(typed(_RICH), most=1000))

# Blocks that hold other blocks or cards

CARD = _block(
    hero_image=typed({"image": IMAGE}),
    icon=typed({"image": IMAGE}),
    slack_icon=anything,
    title=text(150),
    subtitle=text(150),
    body=text(200),
    actions=items(elements.BUTTON, most=5),
).where(at_least_one("hero_image", "title", "actions", "body"))
_CELLS: dict[str, Check] = {
    "raw_text": shape("text", text=string(40_000, shortest=0)),
    "raw_number": shape("value", value=anything, text=anything),
    "rich_text": RICH_TEXT,
}
_COLUMN = shape(align=one_of("left", "center", "right"), is_wrapped=flag)
TASK_CARD = _block(
    "task_id",
    "title",
    "status",
    task_id=string(255),
    title=string(3000),
    details=typed({"rich_text": RICH_TEXT}),
    output=typed({"rich_text": RICH_TEXT}),
    sources=items(typed({"url": shape("url", "text", url=string(3000), text=string(3000))}), most=100),
    status=one_of("pending", "in_progress", "complete", "error"),
)

_ANYWHERE: dict[str, Check] = {
    "section": _block(
        text=text(3000),
        fields=items(text(2000), most=10),
        accessory=elements.ACCESSORY,
        expand=flag,
    ).where(at_least_one("text", "fields")),
    "divider": _block(),
    "header": _block("text", text=plain(150)),
    "image": _block(
        "alt_text",
        image_url=string(3000),
        alt_text=string(2000),
        title=plain(2000),
        slack_file=SLACK_FILE,
    ).where(either("image_url", "slack_file")),
    "actions": _block("elements", elements=items(elements.ACTION, most=25)),
    "context": _block("elements", elements=items(elements.CONTEXT_ITEM, most=10)),
    "input": _block(
        "label",
        "element",
        label=plain(2000),
        element=elements.INPUT,
        hint=plain(2000),
        optional=flag,
        dispatch_action=flag,
    ),
    "rich_text": RICH_TEXT,
    "card": CARD,
    "video": _block(
        "alt_text",
        "title",
        "video_url",
        "thumbnail_url",
        alt_text=string(2000),
        title=plain(199),
        title_url=string(3000),
        description=plain(200),
        video_url=string(3000),
        thumbnail_url=string(3000),
        author_name=string(49),
        provider_name=string(50),
        provider_icon_url=string(3000),
    ),
}
CAROUSEL = _block("elements", elements=items(typed({"card": CARD}), most=10))
TABLE = _block(
    "rows",
    rows=items(items(typed(_CELLS), most=20), most=100),
    column_settings=items(_COLUMN, most=20, least=0),
)
FILE = _block("external_id", "source", external_id=string(255), source=one_of("remote"))
_INSIDE_CONTAINER = {name: check for name, check in _ANYWHERE.items() if name != "card"}
CONTAINER = _block(
    "child_blocks",
    title=plain(150),
    rich_text_title=typed({"rich_text": RICH_TEXT}),
    subtitle=text(150),
    child_blocks=items(typed(_INSIDE_CONTAINER | {"table": TABLE, "file": FILE}), most=10),
    width=one_of("narrow", "standard", "wide", "full"),
    icon=typed({"image": IMAGE}),
    is_collapsible=flag,
    default_collapsed=flag,
    has_header_divider=flag,
).where(at_least_one("title", "rich_text_title"))

SURFACES: dict[str, dict[str, Check]] = {
    "message": {
        **_ANYWHERE,
        "carousel": CAROUSEL,
        "container": CONTAINER,
        "context_actions": _block("elements", elements=items(elements.CONTEXT_ACTION, most=5)),
        "data_visualization": _block("title", "chart", title=string(50), chart=CHART),
        "file": FILE,
        "markdown": _block("text", text=string(MARKDOWN_LIMIT)),
        "plan": _block("title", title=string(3000), tasks=items(typed({"task_card": TASK_CARD}), most=50, least=0)),
        "table": TABLE,
        "task_card": TASK_CARD,
    },
    "modal": {
        **_ANYWHERE,
        "alert": _block("text", text=text(200), level=one_of("default", "info", "warning", "error", "success")),
    },
    "home": {**_ANYWHERE, "carousel": CAROUSEL},
}

_COMMON: dict[str, Check] = {
    "blocks": anything,
    "private_metadata": string(3000, shortest=0),
    "callback_id": string(255, shortest=0),
    "external_id": string(255, shortest=0),
}
VIEWS: dict[str, Check] = {
    "modal": shape(
        "title",
        "blocks",
        title=plain(24),
        submit=plain(24),
        close=plain(24),
        clear_on_close=flag,
        notify_on_close=flag,
        submit_disabled=flag,
        **_COMMON,
    ),
    "home": shape("blocks", **_COMMON),
}


def check_message(blocks: list[Json], at: str = "/blocks") -> None:
    """Raises SlackError `invalid_blocks` for blocks that may not stand in a message."""
    findings = Findings("message")
    _check_blocks(blocks, at, MESSAGE_BLOCKS, findings)
    kinds = Counter(block.get("type") for block in blocks)
    for kind, most in AT_MOST.items():
        if kinds[kind] > most:
            findings.add(f"no more than {most} blocks of type {kind} allowed", at)
    if sum(len(str(b.get("text"))) for b in blocks if b.get("type") == "markdown") > MARKDOWN_LIMIT:
        findings.add(f"markdown must be less than {MARKDOWN_LIMIT + 1} characters in all", at)
    if findings.messages:
        raise SlackError("invalid_blocks", findings.messages)


def checked_view(view: Json, surface: str) -> Json:
    """The view with an id on every block and element; raises SlackError `invalid_arguments`."""
    findings = Findings(surface)
    typed(VIEWS, surface)(view, "/view", findings)
    given: Any = view.get("blocks")
    if not findings.messages:
        if isinstance(given, list):
            _check_blocks(cast(list[Json], given), "/view/blocks", VIEW_BLOCKS, findings)
        else:
            findings.add("must provide an array", "/view/blocks")
    if findings.messages:
        raise SlackError("invalid_arguments", findings.messages)
    if surface == "modal" and "submit" not in view and any(b["type"] == "input" for b in view["blocks"]):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: submit [json-pointer:/view]"])
    return view | {"blocks": with_ids(view["blocks"])}


def check_options(answer: Json) -> None:
    """Raises SlackError for what an external select may not be offered."""
    findings = Findings("message")
    offered = shape(
        options=elements.options(OPTION, most=100, least=0),
        option_groups=items(OPTION_GROUP, most=100, least=0),
    ).where(either("options", "option_groups"))
    offered(answer, "", findings)
    if findings.messages:
        raise SlackError("invalid_options", findings.messages)


def _check_blocks(blocks: list[Json], at: str, most: int, findings: Findings) -> None:
    items(typed(SURFACES[findings.surface]), most, least=0)(blocks, at, findings)
    if findings.messages:
        return
    ids = Counter(block["block_id"] for block in _every_block(blocks) if block.get("block_id"))
    for block_id, count in ids.items():
        if count > 1:
            findings.add(f"block_id already exists: {block_id}", at)
    for index, block in enumerate(blocks):
        actions = Counter(field.action_id for field in fields_of([block]))
        for action_id, count in actions.items():
            if count > 1:
                findings.add(f"action_id already exists: {action_id}", f"{at}/{index}")
    if json.dumps(blocks).count('"focus_on_load": true') > 1:
        findings.add("only one element may have focus_on_load", at)


def _every_block(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield block
        yield from _every_block(block.get("child_blocks", []))


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block has a block_id and everything interactive an action_id, as Slack's has."""
    blocks = copy.deepcopy(blocks)
    for block in _every_block(blocks):
        block.setdefault("block_id", _new_id())
        for element in elements_in(block):
            if _is_interactive(element):
                element.setdefault("action_id", _new_id())
    return blocks


def _is_interactive(element: Json) -> bool:
    check = elements.ELEMENTS.get(element.get("type", ""))
    return isinstance(check, Shape) and "action_id" in check.fields


def _new_id() -> str:
    return secrets.token_urlsafe(4)[:5]
