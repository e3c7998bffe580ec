"""The Home tab."""

from collections.abc import Sequence
from typing import Any

from bot.coaching import browsing_views as browsing
from bot.coaching import views as coaching
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.trade import Step

MOST_BLOCKS = 100
"""In the Home tab, says Slack."""


def home_of_a_guest(_: Words) -> dict[str, Any]:
    """What a guest of the workspace may: ask."""
    return b.home(asking(_)[:2])


def home(sections: Sequence[Sequence[b.Block]], _: Words) -> dict[str, Any]:
    """One under the other, with a line between; a section that has nothing to show is not there.

    Slack refuses a tab that is too long, whole: what then is least pressing makes room, but for the last section, in
    which people set what they hear. The sections keep themselves shorter than that; this is in case they don't.
    """
    shown = [section for section in sections if section]
    if _height(shown) <= MOST_BLOCKS:
        return b.home(_with_lines_between(shown))
    first, last = shown[:-1], shown[-1]
    cut = [b.context(_("There is more than fits here. It comes back as you get done what stands on top."))]
    while first and _height([*first, cut, last]) > MOST_BLOCKS:
        first.pop()
    return b.home(_with_lines_between([*first, cut, last]))


def _height(sections: Sequence[Sequence[b.Block]]) -> int:
    return len(_with_lines_between(sections))


def _with_lines_between(sections: Sequence[Sequence[b.Block]]) -> list[b.Block]:
    blocks: list[b.Block] = []
    for section in sections:
        blocks += [*([b.divider()] if blocks else []), *section]
    return blocks


def asking(_: Words) -> list[b.Block]:
    return [
        b.header(_("What is going on with your customer?")),
        b.section(
            _("Write it to me under *Messages*, in one sentence. You get words to say, what to do, and why."),
            b.button(_("Ask the coach"), coaching.Action.OPEN_ASK_FORM, "ask", style="primary"),
        ),
        b.context(_("In any channel: `/acht` and your question. Only you see the answer.")),
    ]


def no_team_yet(_: Words) -> list[b.Block]:
    """For a lead who has not set one up."""
    text = _("Type `/invite @Acht` in your team's channel, and press *Set up this team* there. It takes a few minutes.")
    return [b.header(_("Set up your team")), b.section(text)]


def roadmap(plays: dict[Step, int], _: Words, *, in_short: bool = False) -> list[b.Block]:
    """`in_short`: there is something to do for customers, and the tab is long enough."""
    steps = browsing.roadmap_in_short(plays, _) if in_short else browsing.roadmap(plays, _)
    return [b.header(_("The roadmap: eight steps from satisfied to delighted")), *steps]
