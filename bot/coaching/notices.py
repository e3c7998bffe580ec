"""What the coach tells people: kept as data, put into words when it is delivered."""

from typing import Any

from bot.coaching import views
from bot.coaching.playbooks import Playbook
from bot.coaching.rules import AnswerData, CouldNotAnswerData, Note
from bot.coaching.service import ANSWER, COULD_NOT_ANSWER, Coaching
from bot.coaching.views import Beside
from bot.kit.i18n import Words
from bot.kit.outbox.kinds import Kind
from bot.kit.slack.outgoing import Said
from bot.moments.calendar import Calendar
from bot.moments.views import noted_name


def kinds(coaching: Coaching) -> list[Kind[Any]]:
    def answer(told: AnswerData, _: Words) -> Said:
        said = _answer(told, coaching.coach.playbook, coaching.calendar, _)
        return said if told.asked is None else views.under_the_question(told.asked, said, _)

    return [
        Kind(ANSWER, AnswerData, answer, coaching.was_told),
        Kind(COULD_NOT_ANSWER, CouldNotAnswerData, _could_not_answer),
    ]


def _answer(told: AnswerData, playbook: Playbook, calendar: Calendar, _: Words) -> Said:
    if told.unclear is not None:
        return views.unclear(told.unclear, _)
    notes, next_ = [_note(note, _) for note in told.notes], beside(told, calendar, _)
    if told.advice is None:
        nearest = [playbook.play(play_id, _.language) for play_id in told.nearest]
        return views.nothing_fits(nearest, notes, ran_out=told.ran_out, beside=next_, _=_)
    play = playbook.play(told.advice.play_id, _.language)
    return views.answer(told.advice, play, told.question_id, notes, _, next_)


def beside(told: AnswerData, calendar: Calendar, _: Words) -> Beside:
    """A moment that was taken away meanwhile is not offered."""
    after = told.after
    of_a_customer = after.told or after.off
    if of_a_customer is None:
        return Beside(after)
    moment = calendar.by_id.get(of_a_customer.moment_id)
    if moment is None:
        return Beside(after.model_copy(update={"told": None, "off": None}))
    return Beside(after, noted_name(moment, _))


def _note(note: Note, _: Words) -> str:
    match note:
        case Note.CUT:
            return views.note_cut(_)
        case Note.WITHOUT_MODEL:
            return views.note_without_model(_)
        case Note.MENTION_AGAIN:
            return views.note_mention_again(_)


def _could_not_answer(told: CouldNotAnswerData, _: Words) -> Said:
    said = views.could_not_answer(told.error_id, _)
    return said if told.asked is None else views.under_the_question(told.asked, said, _)
