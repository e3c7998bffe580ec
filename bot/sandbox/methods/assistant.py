"""assistant.threads.*: what the agent shows beside its messages."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.conversations import joined
from bot.sandbox.records import Json
from bot.sandbox.workspace import Workspace

LOADING_MESSAGES_LIMIT = 10
PROMPTS_LIMIT = 4


def set_status(workspace: Workspace, arguments: Arguments) -> Json:
    channel = joined(workspace, arguments.required("channel_id"))
    thread_ts = arguments.required("thread_ts")
    loading_messages = arguments.words("loading_messages")
    if "status" not in arguments.values:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: status"])
    if len(loading_messages) > LOADING_MESSAGES_LIMIT:
        raise SlackError("invalid_arguments", ["[ERROR] no more than 10 items allowed [loading_messages]"])
    if not workspace.thread(channel.id, thread_ts):
        raise SlackError("thread_not_found")
    workspace.set_status(channel.id, thread_ts, arguments.text("status"), loading_messages)
    return {}


def set_suggested_prompts(workspace: Workspace, arguments: Arguments) -> Json:
    channel = joined(workspace, arguments.required("channel_id"))
    prompts = arguments.objects("prompts")
    if not 1 <= len(prompts) <= PROMPTS_LIMIT:
        raise SlackError("invalid_arguments", ["[ERROR] between 1 and 4 items allowed [json-pointer:/prompts]"])
    for index, prompt in enumerate(prompts):
        if set(prompt) != {"title", "message"} or not all(prompt.values()):
            pointer = f"[json-pointer:/prompts/{index}]"
            raise SlackError("invalid_arguments", [f"[ERROR] must have a title and a message {pointer}"])
    workspace.set_prompts(channel.id, arguments.text("title") or None, prompts)
    return {}


def set_title(workspace: Workspace, arguments: Arguments) -> Json:
    """The sandbox lists no past conversations, so a title is only checked."""
    channel = joined(workspace, arguments.required("channel_id"))
    arguments.required("title")
    if not workspace.thread(channel.id, arguments.required("thread_ts")):
        raise SlackError("thread_not_found")
    return {}
