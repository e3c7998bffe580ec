"""Promises in the Home tab of who made them, and of the contact of the customer."""

from datetime import datetime

from bot.cases.rules import FirstOf
from bot.cases.views import and_more
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.promises.rules import PromiseSeen
from bot.promises.views import row


def my_promises(promises: FirstOf[PromiseSeen], by: str, now: datetime, _: Words) -> list[Block]:
    """The first due first; nothing for who has none. `now`: by the clock of who looks, `by`."""
    if not promises.shown:
        return []
    rows = [block for promise in promises.shown for block in row(promise, by, now, _)]
    return [b.header(_("Promised")), *rows, *and_more(promises.more, _)]
