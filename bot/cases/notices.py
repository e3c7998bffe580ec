"""What is told of cases: kept as data, put into words when it is delivered."""

from typing import Any

from bot.cases.rules import GivenData
from bot.cases.service import GIVEN, NOT_GIVEN
from bot.cases.views import Action
from bot.customers import names
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack import blocks as b
from bot.kit.slack.outgoing import Said


def kinds() -> list[Kind[Any]]:
    return [Kind(GIVEN, GivenData, given), Kind(NOT_GIVEN, GivenData, not_given)]


def given(told: GivenData, _: Words) -> Said:
    """A message to who is to see a case through."""
    name = names.in_full(told.customer, _.language)
    text = _("Something went wrong for {name}. Will you put it right?", name=name)
    button = b.button(_("See the case"), Action.SHOW, str(told.case_id), style="primary")
    return Said(
        b.escaped(text),
        [
            b.rich(b.rich_line(b.run(text)), b.rich_quote(told.what)),
            b.context(_("Noted by <@{who}>", who=told.by)),
            b.actions(button),
        ],
    )


def not_given(told: GivenData, _: Words) -> Said:
    """To who was to see a case through: it was noted by mistake."""
    name = names.in_full(told.customer, _.language)
    text = _("Not so after all: there is nothing to put right for {name}.", name=name)
    blocks = [b.rich(b.rich_line(b.run(text)), b.rich_quote(told.what))]
    return Said(b.escaped(text), [*blocks, b.context(_("Taken back by <@{who}>", who=told.by))])
