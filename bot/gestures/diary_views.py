"""What is told of gestures in messages: a reminder, the question how it was received, a request, and its answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from bot.customers import names
from bot.gestures.course import (
    Ambassador,
    Answered,
    AnsweredData,
    CardLine,
    Emotion,
    Felt,
    Line,
    ReceptionData,
    Reminder,
    ReminderData,
    Request,
    State,
)
from bot.gestures.refusal_views import Elsewhere, refusal, ways_on, without_cost
from bot.gestures.rules import Instead, Reason, Verdict
from bot.gestures.suggestion_views import Seen, another_day, how_it_stands
from bot.gestures.views import Action, cost_above, money, quoted, remind_you, why_now
from bot.kit import dates
from bot.kit.i18n import N_, Words
from bot.kit.outbox.kinds import of_a_reminder
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.kit.working_time.wall_clock import zone_or_utc

LONGEST_WHY = 200
"""Characters of what a lead says to a no."""

NOT_SO_MUCH = "not_so_much"
EMOTION, AMBASSADOR, INITIATIVE = "emotion", "ambassador", "initiative"
ASKED, OWN = "asked", "own"

_INSTEAD = {
    Reason.NO_CONSENT: Instead.ASK_CONSENT,
    Reason.OPEN_CASE: Instead.PUT_RIGHT,
    Reason.BROKEN_PROMISE: Instead.PUT_RIGHT,
    Reason.JUST_PUT_RIGHT: Instead.ASK_HOW_IT_IS,
}
"""Why a gesture that was planned has to wait, and what to do until then."""


# --- the day has come ----------------------------------------------------------------------------------


def reminder(told: ReminderData, title: str, today: date, elsewhere: Elsewhere, _: Words) -> Said:
    """Or that it has to wait."""
    if told.held_by is not None:
        return _held(told, title, told.held_by, today, elsewhere, _)
    day = dates.said(told.on_day, None, today, _)
    name = names.in_full(told.customer, _.language)
    text = _("You were going to do something for {name} ({day}): {title}", name=name, day=day, title=title)
    is_again = told.which is Reminder.AGAIN
    after = [b.context(_("I ask this once more. If I hear nothing from you, I let it go."))] if is_again else []
    return Said(
        b.escaped(text),
        [
            b.plain_section(text),
            quoted(told.words),
            b.actions(
                b.button(_("It's done"), Action.DONE, str(told.given_id), style="primary"),
                another_day(told.given_id, _),
                b.button(_("I won't do it after all"), Action.DROP, str(told.given_id)),
                b.button(_("The card"), elsewhere.open_card, str(told.customer_id)),
            ),
            *after,
        ],
    )


def _held(told: ReminderData, title: str, reason: Reason, today: date, elsewhere: Elsewhere, _: Words) -> Said:
    instead = _INSTEAD.get(reason, Instead.LEAVE_IN_PEACE)
    verdict = Verdict(allowed=False, reason=reason, until=told.until, instead=instead)
    text = _("This has to wait: {title}", title=title)
    why = refusal(verdict, told.customer, today, _)
    drop = b.button(_("I won't do it after all"), Action.DROP, str(told.given_id))
    return Said(
        b.escaped(f"{text}. {why}"),
        [
            b.section(f"*{b.escaped(text)}*\n{b.escaped(why)}"),
            b.actions(*ways_on(verdict, told.customer_id, elsewhere, _), drop),
            b.context(_("It stays planned. I come back to it when there is room again.")),
        ],
    )


def how_it_is_now(line: Line, title: str, seen: Seen, _: Words) -> Said:
    """In place of the reminder, when something came of it."""
    text = f"{b.escaped(title)}: {how_it_stands(line, seen, _)}"
    return Said(text, [b.section(text)])


# --- how it was received -------------------------------------------------------------------------------

_FELT = {
    Felt.HEARD: N_("Felt heard"),
    Felt.IMPORTANT: N_("Felt important"),
    Felt.SURPRISED: N_("Was surprised"),
}
_EMOTIONS = {
    Emotion.JOY: N_("Joy"),
    Emotion.SURPRISE: N_("Surprise"),
    Emotion.SADNESS: N_("Sadness"),
    Emotion.DISAPPOINTMENT: N_("Disappointment"),
    Emotion.ANGER: N_("Anger"),
}
_AMBASSADOR = {
    Ambassador.COMPLIMENT: N_("Paid us a compliment"),
    Ambassador.REVIEW: N_("Wrote a review"),
    Ambassador.TOLD_A_FRIEND: N_("Told a friend"),
    Ambassador.RECOMMENDED: N_("Recommended us"),
}


def how_was_it_received(told: ReceptionData, title: str, _: Words) -> Said:
    text = _("How did {name} take it? {title}", name=names.in_full(told.customer, _.language), title=title)
    buttons = [b.button(_(label), f"{Action.FELT}.{felt}", f"{told.given_id}:{felt}") for felt, label in _FELT.items()]
    return Said(
        b.escaped(text),
        [
            b.plain_section(text),
            b.actions(
                *buttons,
                b.button(_("Not so well"), f"{Action.FELT}.{NOT_SO_MUCH}", f"{told.given_id}:{NOT_SO_MUCH}"),
                b.button(_("Skip"), Action.SKIP, str(told.given_id)),
            ),
            b.context(_("I ask this only once. Nobody sees what you answer; I learn which gestures do good.")),
        ],
    )


def thanks(line: Line, title: str, _: Words) -> Said:
    """After the first tap, with a second one for who likes to tell more."""
    name = names.in_full(line.customer, _.language)
    text = _("Thank you, I have noted it: {title}, for {name}.", title=title, name=name)
    emotions = [b.option(_(label), f"{line.id}:{emotion}") for emotion, label in _EMOTIONS.items()]
    signals = [b.option(_(label), f"{line.id}:{signal}") for signal, label in _AMBASSADOR.items()]
    initiatives = [
        b.option(_("They had asked for something"), f"{line.id}:{ASKED}"),
        b.option(_("It was my own idea"), f"{line.id}:{OWN}"),
    ]
    return Said(
        b.escaped(text),
        [
            b.plain_section(text),
            b.actions(
                b.select(f"{Action.TELL_MORE}.{EMOTION}", emotions, None, _("What did you see?")),
                b.select(f"{Action.TELL_MORE}.{AMBASSADOR}", signals, None, _("Do they tell others?")),
                b.select(f"{Action.TELL_MORE}.{INITIATIVE}", initiatives, None, _("Whose idea was it?")),
            ),
            b.context(_("Only if you like: what you choose is noted at once.")),
        ],
    )


def skipped(_: Words) -> Said:
    text = _("All right. I won't ask again about this one.")
    return Said(text, [b.section(text)])


# --- a lead's yes --------------------------------------------------------------------------------------


def request(told: Request, title: str, do: str, today: date, _: Words) -> Said:
    """Everything that it takes to say yes or no in one tap; answered, it says how it stands."""
    price = cost_above(told.cost, told.above, told.currency, _)
    text = _("May this be done? {title} ({cost})", title=title, cost=price)
    blocks = [b.section(f"*{b.escaped(text)}*"), *about_request(told, do, today, _)]
    if told.state is State.ASKED:
        at = str(told.given_id)
        blocks.append(
            b.actions(
                b.button(_("Yes"), Action.YES, at, style="primary"),
                b.button(_("No"), Action.NO, at),
                b.button(_("No, because …"), Action.NO_BECAUSE, at),
            )
        )
    else:
        blocks.append(b.section(came_of(told, _)))
    return Said(b.escaped(text), blocks)


def about_request(told: Request, do: str, today: date, _: Words) -> list[Block]:
    """Who asks, for whom and when, what to do, and what is left."""
    name = _name(told.customer, _)
    lines = [
        _("<@{colleague}> asks.", colleague=told.colleague_id),
        b.escaped(why_now(told.occasion, told.customer or name, told.occasion_on, today, _)) + ".",
        b.escaped(_("For {name}, {day}.", name=name, day=dates.said(told.on_day, None, today, _))),
        *([b.escaped(do)] if do else []),
    ]
    left = []
    if told.team_left is not None:
        left = [b.context(_left(told.on_day, money(told.team_left, told.currency, _), today, _))]
    return [b.section("\n".join(lines)), *([quoted(told.words)] if told.words else []), *left]


def _name(customer: str | None, _: Words) -> str:
    """Within a sentence. None: whom it is for is not for who reads it."""
    return names.in_full(customer, _.language) if customer else _("a customer")


def _left(on_day: date, amount: str, today: date, _: Words) -> str:
    if on_day <= today or (on_day.year, on_day.month) == (today.year, today.month):
        return _("Left in the team's budget this month: {amount}", amount=amount)
    month = format_date(on_day, "LLLL", locale=_.language)
    return _("Left in the team's budget for {month}: {amount}", month=month, amount=amount)


def may_not_be(told: Answered, today: date, _: Words) -> str:
    """To a lead whose yes comes to nothing for now."""
    return refusal(told.verdict, told.request.customer or _("a customer"), today, _, for_lead=True)


def no_form(given_id: int, _: Words) -> dict[str, Any]:
    """A lead says no, and why if they like."""
    return b.modal(
        _("Not this time"),
        [
            b.field(
                _("Why not?"),
                b.text_input("why", longest=LONGEST_WHY, multiline=True),
                "why",
                optional=True,
                hint=_("Your colleague reads it. You may leave it empty."),
            )
        ],
        callback_id=Action.SAY_NO,
        close=_("Cancel"),
        submit=_("Say no"),
        private_metadata=str(given_id),
    )


def answered_before(told: Request, _: Words) -> dict[str, Any]:
    """Somebody was faster."""
    return b.modal(_("Answered"), [b.section(came_of(told, _))], callback_id=Action.SAY_NO, close=_("Close"))


def came_of(told: Request, _: Words) -> str:
    """As markup."""
    match told.state:
        case State.PLANNED | State.DONE:
            return _(":white_check_mark: Yes, says <@{lead}>.", lead=told.answered_by)
        case State.DECLINED:
            return _(":no_entry: No, says <@{lead}>.", lead=told.answered_by)
        case State.UNANSWERED:
            return _("Nobody answered in time.")
        case State.DROPPED:
            return _("Not needed any more: it is not done after all.")
        case State.ASKED:
            return _("It waits for an answer.")


def answered(told: AnsweredData, title: str, today: date, _: Words) -> Said:
    """To who asked, or planned it: what came of it."""
    name = _name(told.customer, _)
    match told.state:
        case State.DROPPED if told.customer is None:
            text = _("You don't serve this customer any more, so I have let this go.")
            return Said(text, [_titled(title, name, text, _)])
        case State.DROPPED:
            text = _("I heard nothing about it, so I have let it go. You can always choose something new.")
            return Said(text, [_titled(title, name, text, _)])
        case State.DECLINED:
            text = _("No, not this time, says <@{lead}>.", lead=told.answered_by)
            after = _("Something that costs nothing is worth as much: attention is what counts.")
            why = [quoted(told.why)] if told.why else []
            return Said(text, [_titled(title, name, text, _), *why, b.section(after), *_free(told, _)])
        case State.UNANSWERED:
            text = _("Nobody answered in time, so I have let it go.")
            after = _("Ask your team lead in person, or choose something that costs nothing.")
            return Said(text, [_titled(title, name, text, _), b.section(after), *_free(told, _)])
        case _:
            text = _("Yes, says <@{lead}>.", lead=told.answered_by)
            done = b.button(_("It's done"), Action.DONE, str(told.given_id), style="primary")
            drop = b.button(_("I won't do it after all"), Action.DROP, str(told.given_id))
            planned = _("For {name}, {day}.", name=name, day=dates.said(told.on_day, None, today, _))
            reminder = _("I remind you.")
            if told.remind_at:
                reminder = remind_you(told.remind_at, zone_or_utc(told.zone), today, _)
            reminder = of_a_reminder(reminder, _, is_stopped=told.is_stopped)
            after = f"{planned} {reminder}" if told.reminds else planned
            return Said(
                text,
                [
                    _titled(title, name, text, _),
                    quoted(told.words),
                    b.plain_section(after),
                    b.actions(done, another_day(told.given_id, _), drop),
                ],
            )


def _free(told: AnsweredData, _: Words) -> list[Block]:
    return [b.actions(without_cost(told.customer_id, _))] if told.customer_id is not None else []


def _titled(title: str, name: str, text: str, _: Words) -> Block:
    """`text`: markup."""
    what = _("{title}, for {name}", title=title, name=name)
    return b.section(f"*{b.escaped(what)}*\n{text}")


# --- on the customer's card ----------------------------------------------------------------------------


def on_the_card(lines: Sequence[tuple[CardLine, str]], today: date, _: Words) -> list[Block]:
    """What was done for them, each with its title. Who did it is told to nobody else."""
    if not lines:
        return []
    said = [_on_card(line, title, today, _) for line, title in lines]
    return [b.rich(b.rich_line(b.run(_("What we did for them"), bold=True)), b.rich_list(said))]


def _on_card(line: CardLine, title: str, today: date, _: Words) -> str:
    text = f"{dates.said(line.on_day, None, today, _)}: {title}"
    if line.state is State.PLANNED:
        text = _("{what} (planned)", what=text)
    return _("{what}, by you", what=text) if line.is_own else text
