"""What leafing through the playbooks looks like in Slack."""

from collections.abc import Sequence
from typing import Any

from bot.coaching.playbooks import Play
from bot.coaching.views import Action, how_to_ask, where_it_stands
from bot.kit.i18n import Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.trade import Step, step_name

MOST_PLAYS = 40
MOST_RELATED = 5

STEP_EMOJI = ("", "1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣")


def roadmap(counts: dict[Step, int], _: Words, *, read: Action = Action.READ_STEP) -> list[Block]:
    """The eight steps, each a tap away."""
    lines: list[Block] = []
    for step in Step:
        number = _.plural("one play", "{n} plays", counts.get(step, 0))
        lines.append(
            b.section(
                f"{STEP_EMOJI[step]}  *{b.escaped(step_name(step, _))}*  ·  {number}",
                b.button(_("Open"), f"{read}.{int(step)}", str(int(step))),
            )
        )
    return lines


def roadmap_in_short(counts: dict[Step, int], _: Words) -> list[Block]:
    """One tap further away."""
    number = _.plural("one play", "{n} plays", sum(counts.values()))
    return [b.section(number, b.button(_("Open"), Action.TURN_TO_ROADMAP, "roadmap"))]


def no_such_step(_: Words) -> Said:
    text = _("There are eight steps: choose 1 to 8, for example `/acht playbook 6`.")
    return Said(text, [b.section(text)])


def roadmap_answer(counts: dict[Step, int], _: Words) -> Said:
    text = _("The roadmap: eight steps from satisfied to delighted")
    hint = _("Or search: `/acht playbook angry customer`")
    return Said(text, [b.header(text), *roadmap(counts, _), b.context(hint)])


def roadmap_modal(counts: dict[Step, int], _: Words) -> dict[str, Any]:
    return b.modal(
        _("The playbooks"),
        roadmap(counts, _, read=Action.TURN_TO_STEP),
        callback_id=Action.BROWSE,
        close=_("Close"),
    )


def step_answer(step: Step, plays: Sequence[Play], _: Words) -> Said:
    text = _("Step {n} · {name}", n=int(step), name=step_name(step, _))
    return Said(b.escaped(text), [b.header(text), *_play_lines(plays, Action.READ_PLAY, _)])


def step_modal(step: Step, plays: Sequence[Play], _: Words) -> dict[str, Any]:
    before, after = Step((step - 2) % 8 + 1), Step(step % 8 + 1)
    blocks = [
        b.header(f"{int(step)} · {step_name(step, _)}"),
        *_play_lines(plays, Action.TURN_TO_PLAY, _),
        b.actions(
            b.button(_("‹ Step {n}", n=int(before)), f"{Action.TURN_TO_STEP}.before", str(int(before))),
            b.button(_("All steps"), Action.TURN_TO_ROADMAP, "roadmap"),
            b.button(_("Step {n} ›", n=int(after)), f"{Action.TURN_TO_STEP}.after", str(int(after))),
        ),
    ]
    return b.modal(_("The playbooks"), blocks, callback_id=Action.BROWSE, close=_("Close"))


def found_answer(words: str, plays: Sequence[Play], *, fits: bool, _: Words) -> Said:
    if fits:
        text = _("Plays for “{words}”", words=b.escaped(b.short(words, 100)))
    else:
        text = _("No play really fits “{words}”. What comes closest:", words=b.escaped(b.short(words, 100)))
    return Said(text, [b.section(f"*{text}*"), *(_play_line(play, Action.READ_PLAY, _) for play in plays)])


def single_word(word: str, plays: Sequence[Play], *, fits: bool, _: Words) -> Said:
    """One word is little to go on: the plays for it, and how to get an answer."""
    said = found_answer(word, plays, fits=fits, _=_)
    return Said(said.text, [*said.blocks, b.context(how_to_ask(_))])


def play_is_gone(_: Words) -> str:
    return _("This play is no longer there. Look in `/acht playbook`.")


def play_modal(play: Play, before: Play, after: Play, related: Sequence[Play], _: Words) -> dict[str, Any]:
    """The whole play; its neighbours and relations are one click away."""
    blocks = [
        b.header(play.title),
        b.context(where_it_stands(play, _, with_title=False)),
        _part(_("When"), b.rich_line(b.run(play.when))),
        _part(_("Say this"), b.rich_quote(play.say)),
        _part(_("Do this"), b.rich_list(play.do)),
        _part(_("Avoid"), b.rich_line(b.run(play.avoid))),
        _part(_("Why it works"), b.rich_line(b.run(play.why))),
        _part(_("If–then"), b.rich_line(b.run(play.if_then))),
        _part(_("Last sentence"), b.rich_quote(play.last_sentence)),
        b.divider(),
        *_related(related, _),
        b.actions(
            b.button(_("‹ Previous"), f"{Action.TURN_TO_PLAY}.before", before.id),
            b.button(_("Step {n}", n=int(play.meta.step)), f"{Action.TURN_TO_STEP}.up", str(int(play.meta.step))),
            b.button(_("Next ›"), f"{Action.TURN_TO_PLAY}.after", after.id),
        ),
    ]
    return b.modal(_("Play"), blocks, callback_id=Action.BROWSE, close=_("Close"))


def found_modal(plays: Sequence[Play], *, fits: bool, _: Words) -> dict[str, Any]:
    text = _("These plays fit:") if fits else _("No play really fits. What comes closest:")
    blocks = [b.section(text), *(_play_line(play, Action.TURN_TO_PLAY, _) for play in plays)]
    return b.modal(_("The playbooks"), blocks, callback_id=Action.BROWSE, close=_("Close"))


def _play_lines(plays: Sequence[Play], read: Action, _: Words) -> list[Block]:
    """At most so many as fit into one message; the others are found by words."""
    lines = [_play_line(play, read, _) for play in plays[:MOST_PLAYS]]
    if more := len(plays) - len(lines):
        lines.append(
            b.context(
                _.plural(
                    "And one more: search with `/acht playbook` and a word.",
                    "And {n} more: search with `/acht playbook` and a word.",
                    more,
                )
            )
        )
    return lines


def _play_line(play: Play, read: Action, _: Words) -> Block:
    text = f"*{b.escaped(play.title)}*\n{b.escaped(b.short(play.when, 200))}"
    return b.section(text, b.button(_("Read"), f"{read}.{play.id}", play.id))


def _related(plays: Sequence[Play], _: Words) -> list[Block]:
    if not plays:
        return []
    buttons = [
        b.button(play.title, f"{Action.TURN_TO_PLAY}.related{n}", play.id)
        for n, play in enumerate(plays[:MOST_RELATED])
    ]
    return [b.context(_("Useful too:")), b.actions(*buttons)]


def _part(heading: str, body: b.Element) -> Block:
    return b.rich(b.rich_line(b.run(heading, bold=True)), body)
