"""What a person types, and how Slack keeps it."""

import re

from bot.sandbox.workspace import Workspace

# A link ends before an escaped bracket and before the punctuation of the sentence it stands in.
ADDRESS = re.compile(
    r"(?P<link>https?://(?:(?!&[lg]t;)[^\s<>|])*(?!&[lg]t;)[^\s<>|.,;:!?)\]'\"])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)


def as_stored(workspace: Workspace, typed: str) -> str:
    """Entities escaped; names, channels, links and mail addresses marked up as Slack does."""
    text = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _with_mentions(workspace, text, named=False)
    return ADDRESS.sub(_marked_up, text)


def as_command_text(workspace: Workspace, typed: str, *, should_escape: bool) -> str:
    """What stands behind a slash command: as typed, unless the manifest asks for marked up names."""
    return _with_mentions(workspace, typed.strip(), named=True) if should_escape else typed.strip()


def _marked_up(address: re.Match[str]) -> str:
    return f"<{address[0]}>" if address["link"] else f"<mailto:{address[0]}|{address[0]}>"


def _with_mentions(workspace: Workspace, text: str, *, named: bool) -> str:
    if not {"@", "#"} & set(text):
        return text
    marks: dict[str, str] = {}
    for person in workspace.people.values():
        mark = f"<@{person.id}|{person.name}>" if named else f"<@{person.id}>"
        marks |= {f"@{person.name}".lower(): mark, f"@{person.real_name}".lower(): mark}
    for channel in workspace.channels.values():
        if channel.name:
            marks[f"#{channel.name}".lower()] = f"<#{channel.id}|{channel.name}>"
    # The longest name first, so that "@Anna Bakker" is not read as "@Anna".
    names = "|".join(re.escape(name) for name in sorted(marks, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w/])(?:{names})(?![\w-])", re.IGNORECASE)
    return pattern.sub(lambda found: marks[found[0].lower()], text)
