"""views.*: modals and Home tabs."""

import json

from bot.sandbox import blocks, shapes
from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Json, View
from bot.sandbox.workspace import Workspace

SIZE_LIMIT = 250_000


def open_modal(workspace: Workspace, arguments: Arguments) -> Json:
    content = _content(arguments, "modal")
    user = workspace.passes.redeem_trigger(arguments.required("trigger_id"))
    return _answer(workspace, workspace.surfaces.open(user, content))


def push(workspace: Workspace, arguments: Arguments) -> Json:
    content = _content(arguments, "modal")
    user = workspace.passes.redeem_trigger(arguments.required("trigger_id"))
    if workspace.surfaces.modal(user) is None:
        raise SlackError("not_found")
    return _answer(workspace, workspace.surfaces.push(user, content))


def update(workspace: Workspace, arguments: Arguments) -> Json:
    if arguments.has("external_id"):
        view = workspace.surfaces.view_named(arguments.text("external_id"))
    else:
        view = workspace.surfaces.view(arguments.required("view_id"))
    content = _content(arguments, view.type)
    return _answer(workspace, workspace.surfaces.update(view, content, arguments.text("hash")))


def publish(workspace: Workspace, arguments: Arguments) -> Json:
    user = workspace.person(arguments.required("user_id"))
    content = _content(arguments, "home")
    return _answer(workspace, workspace.surfaces.publish(user.id, content, arguments.text("hash")))


def _content(arguments: Arguments, surface: str) -> Json:
    view = arguments.object("view")
    if view is None:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    if len(json.dumps(view)) > SIZE_LIMIT:
        raise SlackError("view_too_large")
    return blocks.checked_view(view, surface)


def _answer(workspace: Workspace, view: View) -> Json:
    return {"view": shapes.view(workspace, view)}
