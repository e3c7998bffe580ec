"""What people type, as Slack hands it over, made readable: no markup, no mention of the bot."""

import html
import re

# No pattern runs past a bracket, so that forty thousand of them take no longer than they are long.
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|([^<>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^<>]*))?>")
_SPECIAL = re.compile(r"<!([a-z]+)(?:\^[^<>|]*)?(?:\|([^<>]*))?>")
_LINK = re.compile(r"<([a-z]+:[^<>|]+)(?:\|([^<>]*))?>")


def readable(text: str, *, without: str | None = None) -> str:
    """Slack's markup as words; `without` is the Slack id whose mention is left out (the bot's own)."""
    if without:
        text = re.sub(rf"<@{re.escape(without)}(?:\|[^<>]*)?>", " ", text)
    text = _MENTION.sub(lambda found: f"@{found[1] or '…'}", text)
    text = _CHANNEL.sub(lambda found: f"#{found[1] or '…'}", text)
    text = _SPECIAL.sub(lambda found: f"@{found[2] or found[1]}", text)
    text = _LINK.sub(lambda found: found[2] or found[1], text)
    return html.unescape(text)
