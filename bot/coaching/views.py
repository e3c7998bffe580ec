"""What the coach looks like in Slack: plain values and words in, Block Kit out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.cases import views as case_views
from bot.cases.views import NOBODY
from bot.cases.views import Action as CaseAction
from bot.coaching.playbooks import Play
from bot.coaching.rules import LONGEST_QUESTION, Advice, After, Unclear
from bot.customers import views as customer_views
from bot.customers.views import Action as CustomerAction
from bot.gestures.views import Action as GestureAction
from bot.kit.i18n import N_, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.moments.rules import Beginning
from bot.moments.views import Action as MomentAction
from bot.promises.hearing import Told as PromiseTold
from bot.promises.views import Action as PromiseAction
from bot.trade import level_name, step_name


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    READ_PLAY = "coaching.read_play"
    TURN_TO_PLAY = "coaching.turn_to_play"
    READ_STEP = "coaching.read_step"
    TURN_TO_STEP = "coaching.turn_to_step"
    TURN_TO_ROADMAP = "coaching.turn_to_roadmap"
    ANOTHER_ANGLE = "coaching.another_angle"
    RATE = "coaching.rate"
    SAY_WHY = "coaching.say_why"
    THANKS = "coaching.thanks"
    ASK = "coaching.ask"
    OPEN_ASK_FORM = "coaching.open_ask_form"
    BROWSE = "coaching.browse"
    WHAT_TO_REPLY = "coaching.what_to_reply"
    WHICH_PLAY = "coaching.which_play"


REASONS = {
    "other_situation": N_("It was about another situation"),
    "not_doable": N_("I can't say or do this here"),
    "unclear": N_("I didn't understand it"),
    "too_general": N_("It is too general"),
}


# --- answers -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """What can be done for the customer beside the answer. `moment`: what the one that was told or is off is called."""

    after: After
    moment: str = ""


NOTHING_BESIDE = Beside(After())


def answer(
    advice: Advice, play: Play, question_id: int, notes: Sequence[str], _: Words, beside: Beside = NOTHING_BESIDE
) -> Said:
    """Words to say, things to do, why; where it stands; and what can be done with it."""
    give = [b.button(_("A gesture for a customer"), GestureAction.WHO, NOBODY)] if beside.after.may_give else []
    blocks = [
        _rest_of_the_play(advice, _) if advice.is_more else _words_things_reason(advice, _),
        b.context(where_it_stands(play, _)),
        *(b.context(note) for note in notes),
        *_to_note(beside, _),
        b.actions(
            b.button(_("Whole play"), Action.READ_PLAY, play.id),
            b.button(_("Another angle"), Action.ANOTHER_ANGLE, str(question_id)),
            *give,
        ),
        b.feedback(Action.RATE, (_("This helps"), f"{question_id}:yes"), (_("This doesn't help"), f"{question_id}:no")),
    ]
    return Said(_("Say: “{words}”", words=b.escaped(advice.say)), blocks)


def _to_note(beside: Beside, _: Words) -> list[Block]:
    """A line with a button for what was told of a customer, for what is off, for what was promised to one, for who
    wants to hear news first, and for what went wrong.
    """
    lines: list[Block] = []
    if (told := beside.after.told) is not None:
        beginning = Beginning(moment_id=told.moment_id, name=told.name, day=told.day)
        who = f" · {told.name}" if told.name else ""
        text = _("Something to remember? {moment}{who}", moment=beside.moment, who=who)
        note = b.button(_("Note it"), MomentAction.OPEN_FORM, beginning.value)
        lines.append(b.plain_section(text) | {"accessory": note})
    if (off := beside.after.off) is not None:
        who = f" · {off.name}" if off.name else ""
        text = _("Not after all? {moment}{who}", moment=beside.moment, who=who)
        beginning = Beginning(moment_id=off.moment_id, name=off.name)
        take_off = b.button(_("Take it off the card"), MomentAction.CALL_OFF, beginning.value)
        lines.append(b.plain_section(text) | {"accessory": take_off})
    if (promised := beside.after.promised) is not None:
        carried = PromiseTold(promised.line, promised.name, promised.said_at)
        note = b.button(_("Note the promise"), PromiseAction.OPEN_FORM, carried.value)
        lines.append(b.section(_("Shall I note that promise?"), note))
    if (who := beside.after.first_to_know) is not None:
        note = b.button(_("Note it"), CustomerAction.TELL_FIRST, customer_views.of_who_was_named(who))
        lines.append(b.plain_section(_("Wants to hear news first? {who}", who=f"· {who}")) | {"accessory": note})
    if (who := beside.after.went_wrong_for) is not None:
        note = b.button(_("Note it"), CaseAction.OPEN_FORM, case_views.of_who_was_named(who))
        lines.append(b.plain_section(_("Something to put right? {who}", who=who)) | {"accessory": note})
    return lines


def _words_things_reason(advice: Advice, _: Words) -> Block:
    return b.rich(
        b.rich_line(b.run(_("Say"), bold=True)),
        b.rich_quote(advice.say),
        b.rich_line(b.run(_("Do"), bold=True)),
        b.rich_list(advice.do),
        b.rich_line(b.run(_("Why"), bold=True), b.run("  " + advice.why)),
    )


def _rest_of_the_play(advice: Advice, _: Words) -> Block:
    return b.rich(
        b.rich_line(b.run(_("End with"), bold=True)),
        b.rich_quote(advice.say),
        b.rich_line(b.run(_("Agree with yourself"), bold=True)),
        b.rich_list(advice.do),
        b.rich_line(b.run(_("Avoid"), bold=True), b.run("  " + advice.why)),
    )


def nothing_fits(
    nearest: Sequence[Play], notes: Sequence[str], *, ran_out: bool, _: Words, beside: Beside = NOTHING_BESIDE
) -> Said:
    """The coach says so, and names what comes closest; who only tells of a customer has asked nothing."""
    context, to_note = [b.context(note) for note in notes], _to_note(beside, _)
    if to_note and not beside.after.asks:
        text = _("Thanks for telling me.")
        return Said(text, [b.section(text), *context, *to_note])
    if ran_out:
        text = _("I have no other angle on this one.")
        return Said(text, [b.section(text)])
    text = _("I have no play for this yet. I keep your question, so that one can be written.")
    hint = _("It helps to say who the customer is to you, and what just happened.")
    blocks = [b.section(text), b.context(hint), *context, *to_note]
    if nearest:
        blocks += [b.context(_("What comes closest:")), *(_title_line(play, _) for play in nearest)]
    return Said(text, blocks)


def unclear(kind: Unclear, _: Words) -> Said:
    example = _("“my customer has been waiting for her parcel for the third time”")
    text = {
        Unclear.EMPTY: _(
            "What is going on with your customer? One sentence is enough, for example: {example}", example=example
        ),
        Unclear.NO_WORDS: _(
            "Tell me in words what is going on with your customer. One sentence is enough: {example}", example=example
        ),
        Unclear.ONLY_A_FILE: _(
            "I can't look into files. Tell me in one sentence what it is about: {example}", example=example
        ),
        Unclear.HELLO: _(
            "Hello! What is going on with your customer? One sentence is enough: {example}", example=example
        ),
        Unclear.THANKS: _("You're welcome. Good luck with your customer."),
        Unclear.WHO_ARE_YOU: _(
            "I'm Acht. Tell me what is going on with your customer, and you get words to say, what to do, and why. For"
            " example: {example}. More: `/acht help`",
            example=example,
        ),
    }[kind]
    return Said(text, [b.section(text)])


def mistyped(word: str, meant: str, _: Words) -> Said:
    """`meant`: the whole line as it was probably meant."""
    text = _("I don't know the word “{word}”.", word=b.escaped(b.short(word, 40)))
    text += " " + _("Did you mean `/acht {meant}`?", meant=b.escaped(meant.replace("`", "'")))
    return Said(text, [b.section(text), b.context(how_to_ask(_))])


def how_to_ask(_: Words) -> str:
    return _(
        "Ask me a whole sentence, such as `/acht {example}`, or look in `/acht help`.",
        example=_("a guest says it's fine, but isn't happy"),
    )


def under_the_question(text: str, said: Said, _: Words) -> Said:
    """An answer with its question above it, where the question was asked elsewhere."""
    shown = b.run(b.short(text, 1000) or "…", italic=True)
    question = b.rich(b.rich_line(b.run(_("You asked"), bold=True), b.run("  "), shown))
    return Said(said.text, [question, *said.blocks])


def could_not_answer(error_id: str, _: Words) -> Said:
    text = _(
        "Sorry, I can't get this answered. Ask me again in a few minutes; if it keeps happening, give your"
        " administrator this number: {error_id}",
        error_id=error_id,
    )
    return Said(text, [b.section(text)])


def note_cut(_: Words) -> str:
    return _(
        "Your message is long: I read the first {n} characters.",
        n=f"{LONGEST_QUESTION:,}".replace(",", "\u202f"),
    )


def note_mention_again(_: Words) -> str:
    return _("Mention me again to ask on.")


def note_without_model(_: Words) -> str:
    return _("I answer from the playbooks, word for word, without a language model.")


# --- while somebody waits ----------------------------------------------------------------------------


def thinking(_: Words) -> str:
    return _("is looking for the right words…")


def your_turn(before_it: int, _: Words) -> str:
    return _.plural("is busy: one question before yours…", "is busy: {n} questions before yours…", before_it)


def received(before_it: int, _: Words) -> Said:
    if before_it:
        text = _.plural(
            "I'm on it. One question comes before yours.",
            "I'm on it. {n} questions come before yours.",
            before_it,
        )
    else:
        text = _("I'm on it, one moment.")
    return Said(text, [b.section(text)])


def button_is_old(_: Words) -> str:
    return _("This button is from an older message. Ask me again, then you get a fresh one.")


def answer_comes_in_messages(_: Words) -> str:
    return _("The answer comes in your messages with Acht.")


def question_is_gone(_: Words) -> str:
    return _("This question is no longer kept. Ask me again in a new message.")


# --- modals to write in ------------------------------------------------------------------------------


def ask_modal(_: Words) -> dict[str, Any]:
    box = b.text_input(
        "text",
        longest=LONGEST_QUESTION,
        multiline=True,
        placeholder=_("For example: a guest says it's fine, but she looks disappointed"),
    )
    return b.modal(
        _("Ask the coach"),
        [
            b.field(
                _("What is going on with your customer?"),
                box,
                "question",
                hint=_("The answer comes in your messages with Acht."),
            )
        ],
        callback_id=Action.ASK,
        close=_("Cancel"),
        submit=_("Ask"),
    )


def reason_modal(question_id: int, _: Words) -> dict[str, Any]:
    reasons = [b.option(_(text), key) for key, text in REASONS.items()]
    return b.modal(
        _("What was missing?"),
        [
            b.field(_("What didn't fit?"), b.radio("reason", reasons), "reason", optional=True),
            b.field(_("What would have helped?"), b.text_input("comment", longest=500), "comment", optional=True),
        ],
        callback_id=Action.SAY_WHY,
        close=_("Skip"),
        submit=_("Send"),
        private_metadata=str(question_id),
    )


def thanks_modal(_: Words) -> dict[str, Any]:
    text = _("Thank you. This makes the playbooks better.")
    return b.modal(_("What was missing?"), [b.section(text)], callback_id=Action.THANKS, close=_("Close"))


# --- the conversation with Acht ----------------------------------------------------------------------


def suggested_prompts(_: Words) -> tuple[str, list[dict[str, str]]]:
    """A title and four questions to begin with (four is the most that Slack shows)."""
    prompts = [
        (
            _("A customer is waiting again"),
            _("My customer has been waiting for her parcel for the third time. What do I say?"),
        ),
        (_("Somebody is angry"), _("There is an angry customer in front of me. How do I begin?")),
        (
            _("I have to say no"),
            _("I have to refuse something. How do I say no without losing the customer?"),
        ),
        (
            _("Something small and personal"),
            _("What small thing can I do today to surprise a regular customer?"),
        ),
    ]
    return _("What is going on with your customer?"), [{"title": title, "message": text} for title, text in prompts]


def where_it_stands(play: Play, _: Words, *, with_title: bool = True) -> str:
    step, level = play.meta.step, play.meta.level
    place = _(
        "Step {step} · {step_name} · level {level}, {level_name}",
        step=int(step),
        step_name=b.escaped(step_name(step, _)),
        level=int(level),
        level_name=b.escaped(level_name(level, _)),
    )
    return f"{place} · _{b.escaped(play.title)}_" if with_title else place


def _title_line(play: Play, _: Words) -> Block:
    return b.section(b.escaped(play.title), b.button(_("Read"), f"{Action.READ_PLAY}.{play.id}", play.id))
