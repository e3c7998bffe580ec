"""Settings and pauses, as a colleague sees them."""

from datetime import date
from enum import StrEnum
from typing import Any

from babel.dates import get_day_names

from bot.kit import dates
from bot.kit.i18n import Language, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.outgoing import Said
from bot.kit.working_time.rules import Wish
from bot.people.preferences import Pause, Preferences, WorkingHours


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    SETTINGS = "people.settings"
    OPEN_SETTINGS = "people.open_settings"
    END_PAUSE = "people.end_pause"


OWN_NAMES = {Language.NL: "Nederlands", Language.EN: "English"}


def in_the_home_tab(pause: Pause, _: Words) -> list[b.Block]:
    settings = b.actions(b.button(_("Settings"), Action.OPEN_SETTINGS, "settings"))
    if pause.until is None:
        return [settings]
    text = _("You have a pause until {day}.", day=dates.said(pause.until, None, pause.today, _))
    return [b.section(text, b.button(_("End the pause"), Action.END_PAUSE, "end")), settings]


def settings_modal(now: Preferences, _: Words) -> dict[str, Any]:
    wishes = [
        b.option(_("In my messages, at most once a day, in my working hours"), Wish.MESSAGES),
        b.option(_("Only in my team's channel"), Wish.CHANNEL),
        b.option(_("Not at all: I come to Acht myself"), Wish.NOTHING),
    ]
    return b.modal(
        _("Settings"),
        [
            language_field(now.language, _),
            b.field(
                _("Where may Acht tell you things you didn't ask for?"),
                b.radio_chosen("wish", wishes, now.wish),
                "wish",
                hint=_(
                    "For example your team's goal of the day. Not at all: the channel does not mention you either. "
                    "Your questions are always answered."
                ),
            ),
            *hours_fields(now.hours, _, hint=_("Earlier than the beginning: a night shift, until the next day.")),
        ],
        callback_id=Action.SETTINGS,
        close=_("Cancel"),
        submit=_("Save"),
    )


def language_field(now: Language, _: Words) -> b.Block:
    languages = [b.option(name, language) for language, name in OWN_NAMES.items()]
    return b.field(_("Language"), b.radio_chosen("language", languages, now), "language")


def hours_fields(now: WorkingHours, _: Words, *, hint: str) -> list[b.Block]:
    names = get_day_names("wide", locale=_.language)
    days = [b.option(names[day].capitalize(), str(day)) for day in range(7)]
    return [
        b.field(_("I work on"), b.checkboxes("days", days, map(str, now.days)), "days", optional=True),
        b.field(_("From"), b.time_of_day("begins", now.begins), "begins"),
        b.field(_("Until"), b.time_of_day("ends", now.ends), "ends", hint=hint),
    ]


def saved_modal(_: Words) -> dict[str, Any]:
    text = _("Saved. This holds from now on.")
    return b.modal(_("Settings"), [b.section(text)], callback_id=Action.SETTINGS, close=_("Close"))


def paused(until: date, today: date, _: Words) -> Said:
    text = _(
        "All right: nothing from me until {day}. I still answer your questions. Back earlier? `/acht pause stop`",
        day=dates.said(until, None, today, _),
    )
    return Said(text, [b.section(text)])


def is_paused(until: date, today: date, _: Words) -> Said:
    text = _("You have a pause until {day}. Back earlier? `/acht pause stop`", day=dates.said(until, None, today, _))
    return Said(text, [b.section(text)])


def goes_on(_: Words) -> Said:
    text = _("Welcome back. Your pause is over.")
    return Said(text, [b.section(text)])


def until_when(_: Words) -> Said:
    text = _(
        "Until when? For example `/acht pause until monday`, `/acht pause 2 weeks` or `/acht pause until 1 march`."
    )
    return Said(text, [b.section(text)])


def not_in_the_past(day: date, today: date, _: Words) -> Said:
    text = _("{day} is no day to pause until: it has to be tomorrow or later.", day=dates.said(day, None, today, _))
    return Said(text, [b.section(text)])


def too_long(_: Words) -> Said:
    text = _("That is longer than a year. To hear nothing at all, choose that in `/acht settings`.")
    return Said(text, [b.section(text)])
