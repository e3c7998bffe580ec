"""The first day, as a colleague sees it: a welcome, two short forms, and where to begin."""

from enum import StrEnum
from typing import Any

from bot.kit.i18n import Language, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.outgoing import Said
from bot.people.preferences import Preferences
from bot.people.views import hours_fields, language_field


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    BEGIN = "first_day.begin"
    OTHER_LANGUAGE = "first_day.other_language"
    SKIP = "first_day.skip"
    HOURS = "first_day.hours"
    QUESTION = "first_day.question"
    END = "first_day.end"


LONGEST = 500

_IN_THE_OTHER = {Language.NL: "In English, please", Language.EN: "Liever in het Nederlands"}


def welcome(_: Words, *, in_messages: bool = False) -> list[b.Block]:
    """In the Home tab, or in the messages with the bot."""
    here = _("Write to me here") if in_messages else _("Write to me under *Messages*")
    what = _(
        "*Welcome! I am Acht, your coach for delighted customers.* Tell me in one sentence what is going on with your"
        " customer, and you get words to say, what to do, and why. My answers come from playbooks for eight steps, from"
        " satisfied to delighted. {here}, or type `/acht` with your question in any channel: there only you see the"
        " answer.",
        here=here,
    )
    kept = _(
        "*What I keep:* your questions and my answers, encrypted, your language, and your working hours. *Who sees it:*"
        " nobody you work with or work for. No screen shows what one colleague asked or did."
    )
    return [
        b.section(what),
        b.section(kept),
        b.actions(
            b.button(_("Begin: one minute"), Action.BEGIN, "begin", style="primary"),
            b.button(_IN_THE_OTHER[_.language], Action.OTHER_LANGUAGE, _.language),
            b.button(_("Skip"), Action.SKIP, "skip"),
        ),
    ]


def welcome_message(_: Words) -> Said:
    blocks = welcome(_, in_messages=True)
    return Said(str(blocks[0]["text"]["text"]), blocks)


def hours_modal(now: Preferences, _: Words) -> dict[str, Any]:
    """The first of two: language and working hours. Whatever is not changed is as it was."""
    return b.modal(
        _("Your first day"),
        [
            language_field(now.language, _),
            *hours_fields(now.hours, _, hint=_("Outside these hours you hear nothing you didn't ask for.")),
        ],
        callback_id=Action.HOURS,
        close=_("Skip"),
        submit=_("Next"),
    )


def question_modal(_: Words) -> dict[str, Any]:
    example = _("A satisfied customer …, a delighted customer …")
    typed = b.text_input("answer", longest=LONGEST, multiline=True, placeholder=example)
    return b.modal(
        _("Your first day"),
        [
            b.section(_("*Satisfied or delighted.* Think of one customer of yours.")),
            b.field(
                _("What is the difference between satisfied and delighted for your customers?"),
                typed,
                "answer",
                optional=True,
                hint=_("For yourself: it is not kept, and nobody else reads it."),
            ),
        ],
        callback_id=Action.QUESTION,
        close=_("Skip"),
        submit=_("Next"),
    )


def end_modal(answer: str, ask: str, _: Words) -> dict[str, Any]:
    """`ask`: the id of the button that opens the form to ask the coach."""
    yours = [b.section(_("You wrote:")), b.rich(b.rich_quote(answer))] if answer else []
    lesson = _(
        "*Satisfied* is: I got what I came for. It is a 7, and next time I may go elsewhere.\n*Delighted* is: they saw"
        " me. It is an 8 or more; I come back, and I tell others.\nThe difference is seldom expensive. A name, a call"
        " when you said you would call, one question more than needed: people make the difference, not products."
    )
    return b.modal(
        _("Your first day"),
        [
            *yours,
            b.section(lesson),
            b.divider(),
            b.section(
                _("*That was it.* Now try it with a real customer: what is going on?"),
                b.button(_("Ask the coach"), ask, "ask", style="primary"),
            ),
            b.context(_("Change your language or hours: `/acht settings`. A day off or leave: `/acht pause`.")),
        ],
        callback_id=Action.END,
        close=_("Close"),
    )


def begun(_: Words) -> str:
    return _("Good that you are here. After this, write to me whenever you like: what is going on with your customer?")


def skipped(_: Words) -> str:
    return _("All right. Whenever you like: write to me what is going on with your customer.")
