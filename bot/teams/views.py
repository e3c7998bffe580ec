"""What teams look like in Slack: messages, and the form in which a lead sets one up."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from babel.dates import get_day_names
from pydantic import BaseModel, ConfigDict

from bot.kit.i18n import Language, Words
from bot.kit.slack import blocks as b
from bot.kit.slack.blocks import Block
from bot.kit.slack.outgoing import Said
from bot.teams import places
from bot.teams.places import Place
from bot.teams.rules import (
    LONGEST_NAME,
    LONGEST_VISION,
    MOST_LEADS,
    BackData,
    ChannelGoneData,
    FirstPostData,
    Mistake,
    Standing,
    TeamPlan,
    WelcomeData,
)


class Action(StrEnum):
    """Everything in these views that can be clicked, looked up or submitted."""

    SET_UP = "teams.set_up"
    CHANGE = "teams.change"
    PLAN = "teams.plan"
    POST = "teams.post"
    ZONE = "teams.zone"
    COUNTRY = "teams.country"
    CHOOSE = "teams.choose"
    SHOW_LED = "teams.show_led"
    TURN_LED = "teams.turn_led"
    SHOW_ALL = "teams.show_all"
    TURN_ALL = "teams.turn_all"


Steps = Callable[[Words], Sequence[str]]
"""What the eight steps of the roadmap are called."""

OWN_NAMES = {Language.NL: "Nederlands", Language.EN: "English"}
DRY_RUN = "dry_run"


class Draft(BaseModel):
    """What travels with a modal. `version`: of the team that was looked at; None when there was none."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    channel_id: str
    version: int | None
    plan: TeamPlan | None = None


# --- messages ----------------------------------------------------------------------------------------


def welcome(told: WelcomeData, _: Words) -> Said:
    """The first thing that is said in a channel."""
    text = _(
        "Hello, I'm Acht. I help you when you don't know what to say to a customer, or what to do: type `/acht` and"
        " your question, and only you see the answer. Is this your team's channel? Set it up, and everybody sees here"
        " and in their Home tab what you want to be for your customers, and which step you work on."
    )
    return Said(
        text,
        [
            b.section(text),
            b.actions(b.button(_("Set up this team"), Action.SET_UP, told.channel_id, style="primary")),
            b.context(
                _("For team leads. It takes less than five minutes, and you see everything before it is posted.")
            ),
        ],
    )


def back(told: BackData, _: Words) -> Said:
    text = _(
        "I'm back. {name} is still set up as it was; its leads can change it in the Home tab of Acht.", name=told.name
    )
    return Said(b.escaped(text), [b.plain_section(text)])


def first_post(told: FirstPostData, steps: Sequence[str], read_step: str, _: Words) -> Said:
    """`read_step`: what the button does that opens the step."""
    step = _("We are working on step {step} of the roadmap: {name}.", step=told.step, name=steps[told.step - 1])
    ask = _(
        "Don't know what to say to a customer? Type `/acht` and your question, here or anywhere. You get words to say,"
        " what to do, and why. Only you see the answer."
    )
    blocks = [
        b.header(told.name),
        *_vision(told.vision, told.sponsor, _),
        b.section(b.escaped(step), b.button(_("Read"), read_step, str(told.step))),
        b.section(ask),
    ]
    if told.is_dry_run:
        dry_run = _(
            "Dry run: only the team leads get this. In the channel nothing is posted until you switch the dry run off:"
            " Home tab of Acht, *Change*."
        )
        blocks.append(b.context(dry_run))
    return Said(b.escaped(_("From now on I help {name}.", name=told.name)), blocks)


def _vision(vision: str | None, sponsor: str | None, _: Words) -> list[Block]:
    if not vision:
        return []
    quoted = [b.rich_line(b.run(_("What we want to be for our customers"), bold=True)), b.rich_quote(vision)]
    stands_for_it = [b.rich_line(b.run("— "), b.mention(sponsor))] if sponsor else []
    return [b.rich(*quoted, *stands_for_it)]


def channel_gone(told: ChannelGoneData, _: Words) -> Said:
    """What happened, and what brings it back."""
    name = told.name
    text = {
        Standing.ARCHIVED: _(
            "The channel of {name} has been archived, so I have stopped there. When it is opened again, I go on by"
            " myself.",
            name=name,
        ),
        Standing.LEFT: _(
            "I am not in the channel of {name} any more, so I have stopped there. Invite me again, and I go on where"
            " we were.",
            name=name,
        ),
        Standing.DELETED: _(
            "The channel of {name} has been deleted, so I have stopped there and forgotten who was in it. For a new"
            " channel: invite me there, and set up the team again.",
            name=name,
        ),
    }[told.standing]
    return Said(b.escaped(text), [b.plain_section(text)])


# --- the form ----------------------------------------------------------------------------------------


def form(plan: TeamPlan, draft: Draft, steps: Steps, _: Words, note: str | None = None) -> dict[str, Any]:
    """Everything that can be set, filled in. `note`: what happened meanwhile, as markup."""
    is_new = draft.version is None
    return b.modal(
        _("Set up this team") if is_new else _("Change this team"),
        [
            *([b.section(note)] if note else []),
            *_what_they_stand_for(plan, steps, _),
            b.divider(),
            *_when(plan, _),
            b.divider(),
            *_the_rest(plan, _),
        ],
        callback_id=Action.PLAN,
        close=_("Cancel"),
        submit=_("Look at the first post") if is_new else _("Save"),
        private_metadata=draft.model_dump_json(),
    )


def _what_they_stand_for(plan: TeamPlan, steps: Steps, _: Words) -> list[Block]:
    numbered = [b.option(f"{n} · {name}", str(n)) for n, name in enumerate(steps(_), start=1)]
    return [
        b.field(_("Name of the team"), b.text_input("name", longest=LONGEST_NAME, written=plan.name), "name"),
        b.field(
            _("What do you want to be for your customers?"),
            b.text_input(
                "vision",
                longest=LONGEST_VISION,
                multiline=True,
                placeholder=_("For example: nobody goes home with a question"),
                written=plan.vision,
            ),
            "vision",
            optional=True,
            hint=_("Your customer vision: one sentence that everybody on the team can remember."),
        ),
        b.field(
            _("Who stands behind it?"),
            b.person("sponsor", plan.sponsor, _("Choose somebody")),
            "sponsor",
            optional=True,
            hint=_("The sponsor: whose word counts when somebody asks whether you mean it."),
        ),
        b.field(
            _("The step that you are working on"),
            b.select("step", numbered, str(plan.step), _("Choose a step")),
            "step",
        ),
    ]


def _when(plan: TeamPlan, _: Words) -> list[Block]:
    names = get_day_names("wide", locale=_.language)
    days = [b.option(names[day].capitalize(), str(day)) for day in range(7)]
    zone = places.zone_named(plan.zone, _)
    country = places.country_named(places.joined(plan.country, plan.region), _)
    return [
        b.field(_("Working days"), b.checkboxes("days", days, map(str, plan.days)), "days"),
        b.field(
            _("Goal of the day, at"),
            b.time_of_day("goal_time", plan.goal_time),
            "goal_time",
            hint=_("Goals and challenges come with a later version. I keep your times for them."),
        ),
        b.field(
            _("Challenge of the week, on"),
            b.select("challenge_day", days, str(plan.challenge_day), _("Choose a day")),
            "challenge_day",
        ),
        b.field(_("At"), b.time_of_day("challenge_time", plan.challenge_time), "challenge_time"),
        b.field(_("Time zone"), b.looked_up(Action.ZONE, _option(zone), _("Type a city or a country")), "zone"),
        b.field(
            _("Public holidays"),
            b.looked_up(Action.COUNTRY, _option(country), _("Type a country")),
            "country",
            hint=_("On these days nobody on the team hears from me."),
        ),
    ]


def _the_rest(plan: TeamPlan, _: Words) -> list[Block]:
    languages = [b.option(name, language) for language, name in OWN_NAMES.items()]
    dry_run = [b.option(_("Post to the team leads only"), DRY_RUN)]
    return [
        b.field(_("Language of the team"), b.radio_chosen("language", languages, plan.language), "language"),
        b.field(
            _("Team leads"),
            b.people("leads", plan.leads, _("Choose people"), most=MOST_LEADS),
            "leads",
            hint=_("They can change all this. Who is no lead yet becomes one."),
        ),
        b.field(
            _("Dry run"),
            b.checkboxes("is_dry_run", dry_run, [DRY_RUN] if plan.is_dry_run else []),
            "is_dry_run",
            optional=True,
            hint=_(
                "To see how it is first. In the channel nothing is posted until you switch this off; members do see the"
                " team in their Home tab."
            ),
        ),
    ]


def offered(found: Sequence[Place]) -> list[dict[str, Any]]:
    """What a list shows for what was typed."""
    return [_option(place) for place in found]


def _option(place: Place) -> dict[str, Any]:
    return b.option(place.name, place.value)


def mistake(made: Mistake, _: Words) -> str:
    """What to do about it."""
    return {
        Mistake.NO_NAME: _("Give the team a name."),
        Mistake.NAME_TOO_LONG: _("Keep the name within {n} characters.", n=LONGEST_NAME),
        Mistake.VISION_TOO_LONG: _("Keep it within {n} characters: one sentence.", n=LONGEST_VISION),
        Mistake.NO_SUCH_STEP: _("Choose one of the eight steps."),
        Mistake.NO_WORKING_DAY: _("Choose at least one day."),
        Mistake.CHALLENGE_ON_A_DAY_OFF: _("Choose a day on which the team works."),
        Mistake.UNKNOWN_ZONE: _("I don't know this time zone. Choose another one."),
        Mistake.UNKNOWN_COUNTRY: _("I don't know the holidays of this country. Choose another one, or none."),
        Mistake.NO_LEAD: _("Choose at least one lead."),
        Mistake.TOO_MANY_LEADS: _("Choose at most {n} leads.", n=MOST_LEADS),
        Mistake.LEAD_FROM_OUTSIDE: _("Leads are colleagues, not guests or apps."),
    }[made]


def changed_meanwhile(by: str | None, _: Words) -> str:
    """Above the form that shows what is there now. `by`: None when the channel was renamed."""
    if by is None:
        return _("The channel got another name a moment ago. This is what is there now: change what you like.")
    return _("<@{by}> set this up a moment ago. This is what is there now: change what you like.", by=by)


# --- before and after it is posted -------------------------------------------------------------------


def preview(post: Said, draft: Draft, _: Words, *, is_dry_run: bool) -> dict[str, Any]:
    """The post as it will look. `draft` holds the whole plan."""
    if is_dry_run:
        where = _("This is the first post. The team leads get it in their messages; the channel sees nothing.")
    else:
        where = _("This is the first post. It goes to <#{channel}>.", channel=draft.channel_id)
    after = _("After this I read who is in the channel. You can change everything in the Home tab of Acht.")
    return b.modal(
        _("The first post"),
        [b.section(where), b.divider(), *post.blocks, b.divider(), b.context(after)],
        callback_id=Action.POST,
        close=_("Back"),
        submit=_("Post it"),
        private_metadata=draft.model_dump_json(),
    )


def done(plan: TeamPlan, *, is_new: bool, post_waits: bool, _: Words) -> dict[str, Any]:
    """Closed, it takes the form under it along. `post_waits`: until an administrator lets everything go on."""
    if is_new:
        told = (
            _("{name} is set up. The first post is in the messages of its leads.", name=plan.name)
            if plan.is_dry_run
            else _("{name} is set up. The first post is in the channel.", name=plan.name)
        )
        after = _(
            "I am reading who is in the channel now. In the Home tab of Acht you see how far I am, and you can change"
            " everything there."
        )
    else:
        told, after = _("Saved. This holds from now on."), None
    blocks = [b.plain_section(told)]
    if post_waits:
        blocks[0] = b.plain_section(_("{name} is set up.", name=plan.name) if is_new else told)
        waits = _("Everything unasked is stopped now: I post it when an administrator starts again.")
        blocks.append(b.section(waits))
    if after:
        blocks.append(b.section(after))
    title = _("Done") if is_new else _("Change this team")
    return b.modal(title, blocks, callback_id=Action.PLAN, close=_("Close")) | {"clear_on_close": True}


def no_place_to_post(_: Words) -> str:
    return _("I can't post in this channel: it is archived or gone, or I am not in it. Invite me there and try again.")


def not_in_the_channel(_: Words) -> str:
    return _("This channel is private and you are not in it. Ask somebody who is to set up the team.")


def not_your_team(_: Words) -> str:
    return _("You don't lead this team, so you can't change it. One of its leads can, or an administrator of Acht.")
