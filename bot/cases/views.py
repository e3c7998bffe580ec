"""What a case looks like in Slack: the form that opens one, and the case with the steps of a good recovery."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.cases.rules import LONGEST_WHAT, CaseSeen, Cause, FirstOf, Mistake, Step, still_to_do
from bot.customers import names
from bot.customers import views as customer_views
from bot.customers.rules import Found
from bot.kit import dates
from bot.kit.i18n import N_, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block


class Action(StrEnum):
    """Everything in these views that can be clicked or submitted."""

    OPEN_FORM = "cases.open_form"
    OPEN = "cases.open"
    SHOW = "cases.show"
    STEP = "cases.step"
    CLOSE = "cases.close"
    REOPEN = "cases.reopen"
    TAKE_BACK = "cases.take_back"
    LIST = "cases.list"
    CASE = "cases.case"
    """The case itself, or a list of them: nothing to submit."""


NOBODY = "-"
"""What a button carries where no customer is known: Slack wants it to carry something."""

_NAMED = ":"

RECOVERY_PLAY: Mapping[Cause, str] = {Cause.BROKEN_PROMISE: "i-forgot-you"}
USUAL_PLAY = "put-right-before-surprise"
"""Ids of plays."""


@dataclass(frozen=True)
class Elsewhere:
    """The ids of buttons that others listen to. `suggest` carries a customer and an occasion, `not_broken` a promise
    that was not broken after all.
    """

    read_play: str
    suggest: str
    not_broken: str
    put_right: str
    """The occasion."""


class Shown(BaseModel):
    """What travels with a case in a modal: what somebody ticks is what differs from `done`."""

    model_config = ConfigDict(frozen=True)

    case_id: int
    done: tuple[Step, ...]
    offers_another: bool = False


_STEPS = {
    Step.QUICK: (N_("Quick"), N_("You got in touch before they had to ask again.")),
    Step.OPEN: (N_("Open"), N_("You said what went wrong, and sorry, without excuses.")),
    Step.MADE_TO_MEASURE: (N_("Made to measure"), N_("You asked what would help them, and did that.")),
    Step.TOLD_NEXT: (N_("What happens next"), N_("They know who does what, and by when.")),
}
"""What each is called, and what a good one is. Source: 001, principles 3 and 8."""


# --- which customer ----------------------------------------------------------------------------------


def customer_field(found: Sequence[Found], _: Words) -> Block:
    """In a form: one is filled in, several are there to choose from, and else there is the whole list to type in."""
    action = customer_views.Action.FIND
    if len(found) > 1:
        element = b.select(action, customer_views.offered(found), None, _("Choose a customer"))
    else:
        element = b.looked_up(action, customer_views.option(found[0]) if found else None, _("Type a name"))
    return b.field(_("Customer"), element, "customer")


def nobody_found(_: Words) -> str:
    return _(
        "I know no customer of yours or your team's whose name begins like that. Choose one, or make a card first with"
        " `/acht customer`."
    )


def who_is_meant(found: Sequence[Found], _: Words, *, is_sure: bool) -> str | None:
    """What is to be said of it above a form, as markup; None: it is clear."""
    match found:
        case []:
            return nobody_found(_)
        case [one]:
            name = b.escaped(names.in_full(one.name, _.language))
            return None if is_sure else _("I think you mean {name}: have a look first.", name=name)
        case _several:
            return _("More than one customer has that name. Choose who you mean.")


# --- the form ----------------------------------------------------------------------------------------


def form(
    found: Sequence[Found],
    handled_by: str,
    open_cases: FirstOf[CaseSeen] | None,
    _: Words,
    *,
    what: str = "",
    note: str | None = None,
) -> dict[str, Any]:
    """`found`: who may be meant. `open_cases`: of the one who is. `what`: as far as they said it. `note`: markup above
    the form.
    """
    return b.modal(
        _("Something went wrong"),
        [
            *([b.section(note)] if note else []),
            *_open_already(open_cases, _),
            customer_field(found, _),
            b.field(
                _("What happened?"),
                b.text_input(
                    "what",
                    longest=LONGEST_WHAT,
                    placeholder=_("For example: the table came with a scratch"),
                    written=b.short(what, LONGEST_WHAT) or None,
                ),
                "what",
                hint=_("One line is enough."),
            ),
            b.field(
                _("Who sees it through?"),
                b.person("handled_by", handled_by, _("Choose somebody")),
                "handled_by",
                hint=_("A customer wants one person to turn to. A colleague hears it from me."),
            ),
            b.context(_("Until the customer says it is put right, I suggest no surprises for them: basics first.")),
        ],
        callback_id=Action.OPEN,
        close=_("Cancel"),
        submit=_("Note it"),
    )


def _open_already(cases: FirstOf[CaseSeen] | None, _: Words) -> list[Block]:
    if cases is None or not cases.shown:
        return []
    text = _.plural("There is a case already:", "There are {n} cases already:", cases.in_all)
    return [b.section(text), *(_row(_what(case, _), case, _) for case in cases.shown), b.divider()]


def mistake(made: Mistake, _: Words) -> str:
    return {
        Mistake.NOTHING_WRITTEN: _("Say in a few words what happened."),
        Mistake.TOO_LONG: _("Keep it within {n} characters: one line.", n=LONGEST_WHAT),
    }[made]


def cannot_handle(_: Words) -> str:
    return _("Choose somebody who sees this customer's card: the contact, or a colleague on the team.")


# --- the case ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Look:
    """Who looks at a case, when, and what else there is about its customer."""

    by: str
    now: datetime
    """By their own clock."""
    surprises_from: date | None = None
    """Of one that is closed: the first day on which a surprise may be possible; None: another case is still open."""


def case(
    seen: CaseSeen,
    look: Look,
    elsewhere: Elsewhere,
    _: Words,
    *,
    said: Sequence[str] = (),
    offers_another: bool = False,
) -> dict[str, Any]:
    """`said`: what has just been done, as markup. `offers_another`: they may have come to note something else."""
    done = tuple(step for step in Step if step in seen.done)
    shown = Shown(case_id=seen.id, done=done, offers_another=offers_another)
    another = [b.divider(), b.actions(_another(str(seen.customer_id), _))] if offers_another else []
    return b.modal(
        _("Something went wrong"),
        [*(b.section(line) for line in said), *_blocks(seen, look, elsewhere, _), *another],
        callback_id=Action.CASE,
        close=_("Close"),
        private_metadata=shown.model_dump_json(),
    )


def _another(customer: str, _: Words) -> b.Element:
    return b.button(_("Something else went wrong"), Action.OPEN_FORM, customer)


def _blocks(seen: CaseSeen, look: Look, elsewhere: Elsewhere, _: Words) -> list[Block]:
    what = b.rich(b.rich_line(b.run(seen.customer, bold=True)), b.rich_quote(seen.what))
    if not seen.is_open:
        return [what, *_put_right(seen, look, elsewhere, _)]
    play = RECOVERY_PLAY.get(seen.cause, USUAL_PLAY)
    return [
        what,
        b.context(_since(seen, look.now, _)),
        b.section(_("*A good recovery* has four steps. Tick what you have done.")),
        b.actions(_steps(seen.done, _)) | {"block_id": f"steps:{len(seen.done)}:{','.join(still_to_do(seen.done))}"},
        b.actions(
            b.button(_("What do I say?"), elsewhere.read_play, play),
            _close(seen, _),
            *_take_back(seen, look, elsewhere, _),
        ),
    ]


def _take_back(seen: CaseSeen, look: Look, elsewhere: Elsewhere, _: Words) -> list[b.Element]:
    if not seen.may_take_back(look.by, look.now):
        return []
    if seen.promise_id is not None:
        return [b.button(_("Noted by mistake"), elsewhere.not_broken, str(seen.promise_id))]
    return [b.button(_("Noted by mistake"), Action.TAKE_BACK, str(seen.id))]


def _steps(done: Collection[Step], _: Words) -> b.Element:
    options = [b.option(_(name), step, _(means)) for step, (name, means) in _STEPS.items()]
    return b.checkboxes(Action.STEP, options, done)


def _since(seen: CaseSeen, now: datetime, _: Words) -> str:
    opened = seen.opened_at.astimezone(now.tzinfo).date()
    parts = [
        _("Since {day}", day=dates.said(opened, None, now.date(), _)),
        _("<@{who}> sees it through", who=seen.handled_by),
    ]
    if seen.cause is Cause.BROKEN_PROMISE:
        parts.insert(0, _("A promise that was not kept"))
    return " · ".join(parts)


def _close(seen: CaseSeen, _: Words) -> b.Element:
    text = _("Only the customer can say that it is put right. Did they say so?")
    if to_do := still_to_do(seen.done):
        steps = ", ".join(_(_STEPS[step][0]) for step in to_do)
        not_ticked = _("Not ticked yet: {steps}.", steps=steps)
        text = f"{text} {not_ticked}"
    sure = b.confirmation(_("Put right?"), text, yes=_("Yes, they said so"), no=_("Not yet"))
    button = b.button(_("The customer says it is put right"), Action.CLOSE, str(seen.id), style="primary")
    return button | {"confirm": sure}


def _put_right(seen: CaseSeen, look: Look, elsewhere: Elsewhere, _: Words) -> list[Block]:
    today = look.now.date()
    day = dates.said(seen.closed_on or today, None, today, _)
    told = _(":white_check_mark: *Put right.* The customer said so to <@{who}>, {day}.", who=seen.closed_by, day=day)
    blocks = [b.section(told)]
    if look.surprises_from is None:
        blocks.append(b.section(_("Another case is still open for this customer. Put that right first.")))
    else:
        after = [_("A small gesture to round it off fits now.")]
        if look.surprises_from > today:
            first = dates.said(look.surprises_from, None, today, _)
            after.append(_("Surprises are possible again from {day} at the earliest.", day=first))
        value = f"{seen.customer_id}:{elsewhere.put_right}"
        blocks.append(b.section(" ".join(after), b.button(_("A gesture"), elsewhere.suggest, value)))
    if seen.may_reopen(look.by, look.now):
        blocks.append(b.actions(b.button(_("Closed by mistake"), Action.REOPEN, str(seen.id))))
    return blocks


def opened(seen: CaseSeen, by: str, _: Words) -> list[str]:
    """What has just been done."""
    if seen.handled_by == by:
        return [_("Noted. It stays here and in your Home tab until the customer says it is put right.")]
    told = _(
        "Noted. <@{who}> hears it from me, in working hours and at most once a day. Can it not wait? Tell them"
        " yourself.",
        who=seen.handled_by,
    )
    return [told]


# --- elsewhere ---------------------------------------------------------------------------------------


def on_the_card(cases: FirstOf[CaseSeen], put_right: Sequence[CaseSeen], today: date, _: Words) -> list[Block]:
    """Nothing where all is well. `put_right`: what who looks closed just now, and may open again."""
    undone = [_put_right_line(case, today, _) for case in put_right]
    if not cases.shown:
        return undone
    text = _(":warning: *Something went wrong.* Put this right first; surprises come later.")
    rows = [
        b.plain_section(_what(case, _)) | {"accessory": _to_the_case(case, _("Put it right"), is_next=n == 0)}
        for n, case in enumerate(cases.shown)
    ]
    return [b.section(text), *rows, *and_more(cases.more, _), *undone]


def _put_right_line(seen: CaseSeen, today: date, _: Words) -> Block:
    day = dates.said(seen.closed_on or today, None, today, _)
    not_yet = b.button(_("Not right yet"), f"{Action.REOPEN}.{seen.id}", str(seen.id))
    return b.plain_section(f"{_what(seen, _)}\n{_('Put right {day}', day=day)}") | {"accessory": not_yet}


def and_more(more: int, _: Words) -> list[Block]:
    """Under a list that does not show them all."""
    return [b.context(_more(more, _))] if more else []


def to_the_rest(more: int, action: str, _: Words) -> list[Block]:
    """The same, with a button that shows them all."""
    return [b.actions(b.button(_more(more, _), action, "all"))] if more else []


def _more(more: int, _: Words) -> str:
    return _.plural("And one more", "And {n} more", more)


def _what(seen: CaseSeen, _: Words) -> str:
    """What went wrong: of a broken promise what is kept is what was promised."""
    if seen.cause is Cause.BROKEN_PROMISE:
        return _("Promised and not kept: “{what}”", what=seen.what)
    return seen.what


def _row(text: str, seen: CaseSeen, _: Words) -> Block:
    return b.plain_section(text) | {"accessory": _to_the_case(seen, _("See the case"))}


def _to_the_case(seen: CaseSeen, label: str, *, is_next: bool = False) -> b.Element:
    """`is_next`: nothing is to be done before it."""
    # Slack wants every id in a view only once.
    return b.button(label, f"{Action.SHOW}.{seen.id}", str(seen.id), style="primary" if is_next else None)


def row(seen: CaseSeen, _: Words) -> Block:
    """With the name of the customer, and a button that shows the case."""
    return _row(f"{seen.customer}\n{_what(seen, _)}", seen, _)


def of_who_was_named(name: str) -> str:
    """What the button to `Action.OPEN_FORM` carries where a name is all that is known."""
    return _NAMED + name


def who_was_named(chosen: str) -> str | None:
    """The name, if that is what the button carries."""
    return chosen.removeprefix(_NAMED) if chosen.startswith(_NAMED) else None


def listed(cases: FirstOf[CaseSeen], customer: str, _: Words) -> dict[str, Any]:
    """All that a colleague has to put right, or all of one customer, whose id `customer` is; else `NOBODY`."""
    return b.modal(
        _("To put right"),
        [
            *(row(case, _) for case in cases.shown),
            *and_more(cases.more, _),
            *([] if cases.shown else [b.section(_("There is nothing to put right. Well done."))]),
            b.divider(),
            b.actions(_another(customer, _)),
        ],
        callback_id=Action.CASE,
        close=_("Close"),
    )


def taken_back(_: Words) -> dict[str, Any]:
    text = _("Taken back: nothing is noted.")
    return b.modal(_("Something went wrong"), [b.section(text)], callback_id=Action.CASE, close=_("Close"))


def case_is_gone(_: Words) -> str:
    return _("This case isn't there any more: it was taken back, or the customer's card was erased.")


def is_open_again(_: Words) -> str:
    return _("Open again. It stays here until the customer says it is put right.")


def stands_by_now(_: Words, *, is_begun: bool = False) -> str:
    if is_begun:
        return _("Somebody has begun to put this right: there are steps ticked. So it stands.")
    return _("This can only be undone in the first quarter of an hour, by the person who did it.")
