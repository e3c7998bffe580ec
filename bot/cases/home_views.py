"""Cases in the Home tab of who sees them through."""

from bot.cases.rules import CaseSeen, FirstOf
from bot.cases.views import Action, row, to_the_rest
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block


def open_cases(cases: FirstOf[CaseSeen], _: Words) -> list[Block]:
    """Nothing for who has none."""
    if not cases.shown:
        return []
    rest = to_the_rest(cases.more, Action.LIST, _)
    return [b.header(_("To put right")), *(row(case, _) for case in cases.shown), *rest]
