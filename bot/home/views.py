"""The Home tab."""

from typing import Any

from bot.coaching import browsing_views as browsing
from bot.coaching import views as coaching
from bot.coaching.roadmap import Step
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.people import views as people


def home_of_a_guest(_: Words) -> dict[str, Any]:
    """What a guest of the workspace may: ask."""
    return b.home(
        [
            b.header(_("What is going on with your customer?")),
            b.section(
                _("Write it to me under *Messages*, in one sentence. You get words to say, what to do, and why."),
                b.button(_("Ask the coach"), coaching.Action.OPEN_ASK_FORM, "ask", style="primary"),
            ),
        ]
    )


def home(plays: dict[Step, int], _: Words) -> dict[str, Any]:
    return b.home(
        [
            b.header(_("What is going on with your customer?")),
            b.section(
                _("Write it to me under *Messages*, in one sentence. You get words to say, what to do, and why."),
                b.button(_("Ask the coach"), coaching.Action.OPEN_ASK_FORM, "ask", style="primary"),
            ),
            b.context(_("In any channel: `/acht` and your question. Only you see the answer.")),
            b.divider(),
            b.header(_("The roadmap: eight steps from satisfied to delighted")),
            *browsing.roadmap(plays, _),
            b.divider(),
            b.actions(b.button(_("Settings"), people.Action.OPEN_SETTINGS, "settings")),
        ]
    )
