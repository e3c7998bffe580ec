"""Promises in the Home tab of who made them, and of the contact of the customer; and all of them in a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cases.rules import FirstOf
from bot.cases.views import NOBODY, and_more, to_the_rest
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.promises.rules import PromiseSeen
from bot.promises.views import LISTED_THERE, Action, in_a_line, what_to_do, when


def my_promises(promises: FirstOf[PromiseSeen], by: str, now: datetime, _: Words) -> list[Block]:
    """What is late first; nothing for who has none. `now`: by the clock of who looks, `by`."""
    if not promises.shown:
        return []
    rows = [block for promise in promises.shown for block in _row(promise, by, now, _)]
    return [b.header(_("Promised")), *rows, *to_the_rest(promises.more, Action.LIST, _)]


def listed(
    promises: FirstOf[PromiseSeen], by: str, now: datetime, _: Words, *, said_above: Sequence[Block] = ()
) -> dict[str, Any]:
    """All that somebody promised, what is late first. `said_above`: what has just been done."""
    rows = [block for promise in promises.shown for block in _row(promise, by, now, _)]
    return b.modal(
        _("Promised"),
        [
            *([*said_above, b.divider()] if said_above else []),
            *(rows or [b.section(_("You have no promises to keep."))]),
            *and_more(promises.more, _),
            b.divider(),
            b.actions(b.button(_("Note a promise"), Action.OPEN_FORM, NOBODY)),
        ],
        callback_id=Action.PROMISE,
        close=_("Close"),
        private_metadata=LISTED_THERE,
    )


def _row(promise: PromiseSeen, by: str, now: datetime, _: Words) -> list[Block]:
    """In a list of several. `by`: who looks."""
    is_late = promise.is_overdue(now)
    who = [] if promise.made_by == by else [b.run(" · "), b.mention(promise.made_by)]
    return [
        b.rich(
            b.rich_line(b.run(promise.customer, bold=True), b.run(f": {in_a_line(promise.what)}")),
            b.rich_line(b.run(when(promise, now, _), bold=is_late, italic=not is_late), *who),
        ),
        what_to_do(promise.id, _, is_due=is_late, many=True),
    ]
