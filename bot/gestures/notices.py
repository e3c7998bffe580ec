"""What colleagues and leads are told of gestures: kept as data, put into words when it is delivered."""

from datetime import date
from typing import Any

from bot.gestures import diary_views as views
from bot.gestures.catalogue import Catalogue
from bot.gestures.course import (
    ANSWERED,
    ASKED,
    RECEPTION,
    REMINDER,
    AnsweredData,
    ReceptionData,
    ReminderData,
    Request,
)
from bot.gestures.refusal_views import Elsewhere
from bot.gestures.views import do_of, title_of
from bot.kit.clock import Clock
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack.outgoing import Said
from bot.kit.working_time.wall_clock import zone_or_utc


def kinds(catalogue: Catalogue, clock: Clock, elsewhere: Elsewhere) -> list[Kind[Any]]:
    def today(zone: str | None) -> date:
        """Where they are, when it is delivered."""
        return clock.now().astimezone(zone_or_utc(zone)).date()

    def asked(told: Request, _: Words) -> Said:
        title, do = title_of(catalogue, told.gesture_id, _), do_of(catalogue, told.gesture_id, _)
        return views.request(told, title, do, today(told.zone), _)

    def answered(told: AnsweredData, _: Words) -> Said:
        return views.answered(told, title_of(catalogue, told.gesture_id, _), today(told.zone), _)

    def reminder(told: ReminderData, _: Words) -> Said:
        return views.reminder(told, title_of(catalogue, told.gesture_id, _), today(told.zone), elsewhere, _)

    def reception(told: ReceptionData, _: Words) -> Said:
        return views.how_was_it_received(told, title_of(catalogue, told.gesture_id, _), _)

    return [
        Kind(ASKED, Request, asked),
        Kind(ANSWERED, AnsweredData, answered),
        Kind(REMINDER, ReminderData, reminder),
        Kind(RECEPTION, ReceptionData, reception),
    ]
