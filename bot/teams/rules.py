"""What a team is, how it is set up with sensible values, and what is wrong with a set-up."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from enum import StrEnum

from bot.kit.i18n import Language
from bot.kit.outbox.rules import NoticeData
from bot.kit.working_time import holidays, wall_clock
from bot.kit.working_time.rules import USUAL
from bot.teams import places

LONGEST_NAME, LONGEST_VISION = 80, 300
"""Characters. Slack allows no longer name of a channel; a sentence that people are to remember is shorter still."""

MOST_LEADS = 10

STEPS = range(1, 9)
"""Of the roadmap."""


class Standing(StrEnum):
    """What became of the channel."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    LEFT = "left"
    """The bot was taken out of it."""
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class TeamPlan:
    """What a lead decides for a team."""

    name: str
    language: Language
    zone: str
    days: tuple[int, ...]
    """0 is Monday."""
    goal_time: time
    challenge_day: int
    challenge_time: time
    country: str | None
    region: str | None
    vision: str | None
    sponsor: str | None
    step: int
    is_dry_run: bool
    leads: tuple[str, ...]


class Mistake(StrEnum):
    """What is wrong with a set-up."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    VISION_TOO_LONG = "vision_too_long"
    NO_SUCH_STEP = "no_such_step"
    NO_WORKING_DAY = "no_working_day"
    CHALLENGE_ON_A_DAY_OFF = "challenge_on_a_day_off"
    UNKNOWN_ZONE = "unknown_zone"
    UNKNOWN_COUNTRY = "unknown_country"
    NO_LEAD = "no_lead"
    TOO_MANY_LEADS = "too_many_leads"
    LEAD_FROM_OUTSIDE = "lead_from_outside"

    @property
    def field(self) -> str:
        """Of the plan, and of the form."""
        return _FIELDS[self]


_FIELDS = {
    Mistake.NO_NAME: "name",
    Mistake.NAME_TOO_LONG: "name",
    Mistake.VISION_TOO_LONG: "vision",
    Mistake.NO_SUCH_STEP: "step",
    Mistake.NO_WORKING_DAY: "days",
    Mistake.CHALLENGE_ON_A_DAY_OFF: "challenge_day",
    Mistake.UNKNOWN_ZONE: "zone",
    Mistake.UNKNOWN_COUNTRY: "country",
    Mistake.NO_LEAD: "leads",
    Mistake.TOO_MANY_LEADS: "leads",
    Mistake.LEAD_FROM_OUTSIDE: "leads",
}


def usual(channel_name: str, language: Language, zone: str | None, leads: Sequence[str]) -> TeamPlan:
    """What the form holds when it is opened first. `zone`: the lead's own, where it is known."""
    if zone is None or not _is_a_zone(zone):
        zone = places.HOME[language]
    country, region = places.country_of(zone)
    return TeamPlan(
        name=usual_name(channel_name),
        language=language,
        zone=zone,
        days=tuple(sorted(USUAL.days)),
        goal_time=time(9),
        challenge_day=min(USUAL.days),
        challenge_time=time(9, 15),
        country=country,
        region=region,
        vision=None,
        sponsor=None,
        step=STEPS[0],
        is_dry_run=False,
        leads=tuple(leads),
    )


def usual_name(channel_name: str) -> str:
    """“team-utrecht” is Team Utrecht."""
    words = channel_name.replace("-", " ").replace("_", " ").split()
    return " ".join(word[0].upper() + word[1:] for word in words)[:LONGEST_NAME]


def one_line(text: str | None) -> str:
    """What was typed or pasted, without line breaks and without characters that nobody can see."""
    seen = (" " if unicodedata.category(character) in _UNSEEN else character for character in text or "")
    return " ".join("".join(seen).split())


_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, halves of characters, and ends of lines and paragraphs."""


def mistakes(plan: TeamPlan, outsiders: Collection[str] = ()) -> list[Mistake]:
    """At most one for each field. `outsiders`: those of its leads who are no colleagues, but guests or apps, say."""
    found = {
        Mistake.NO_NAME: not plan.name,
        Mistake.NAME_TOO_LONG: len(plan.name) > LONGEST_NAME,
        Mistake.VISION_TOO_LONG: len(plan.vision or "") > LONGEST_VISION,
        Mistake.NO_SUCH_STEP: plan.step not in STEPS,
        Mistake.NO_WORKING_DAY: not plan.days,
        Mistake.CHALLENGE_ON_A_DAY_OFF: plan.challenge_day not in plan.days,
        Mistake.UNKNOWN_ZONE: not _is_a_zone(plan.zone),
        Mistake.UNKNOWN_COUNTRY: plan.country is not None and not holidays.is_known(plan.country, plan.region),
        Mistake.NO_LEAD: not plan.leads,
        Mistake.TOO_MANY_LEADS: len(plan.leads) > MOST_LEADS,
        Mistake.LEAD_FROM_OUTSIDE: bool(outsiders) and len(plan.leads) <= MOST_LEADS,
    }
    return [mistake for mistake, is_made in found.items() if is_made]


def changed_fields(before: TeamPlan, after: TeamPlan) -> list[str]:
    """Names of what is different; the order in which leads are named is not."""
    changed = [field.name for field in fields(TeamPlan) if getattr(before, field.name) != getattr(after, field.name)]
    return [name for name in changed if name != "leads" or set(before.leads) != set(after.leads)]


def first_post_goes_to(plan: TeamPlan, channel_id: str, there: "TeamAsItIs | None") -> tuple[str, ...]:
    """The channel, until it is there; before that, when the team is set up in a dry run, its leads.

    `there`: what was set up before, if anything. Empty: it is not posted now.
    """
    if there is not None and (there.is_introduced or there.standing is not Standing.ACTIVE):
        return ()
    if not plan.is_dry_run:
        return (channel_id,)
    return tuple(dict.fromkeys(plan.leads)) if there is None else ()


def hours(plan: TeamPlan) -> tuple[time, time]:
    """From and until: office hours, made longer where the team's own posts come earlier or later.

    Until midnight is 00:00.
    """
    posts = (plan.goal_time, plan.challenge_time)
    last = max(posts)
    until = last.replace(hour=last.hour + 1) if last.hour < _LAST_HOUR else time(0)
    return min(USUAL.begins, *posts), until if until == time(0) else max(USUAL.ends, until)


_LAST_HOUR = 23


def _is_a_zone(name: str) -> bool:
    try:
        wall_clock.zone_named(name)
    except wall_clock.UnknownZone:
        return False
    return True


# --- what is shown of teams --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TeamSeen:
    """A team as people see it in their Home tab."""

    channel_id: str
    name: str
    vision: str | None
    step: int
    standing: Standing = Standing.ACTIVE
    is_dry_run: bool = False
    members: int = 0
    members_read: int = 0
    members_expected: int | None = None
    was_read: bool = True
    """Whether all its members were read at least once."""
    is_first: bool = False
    """Whether the one who looks is pushed from it."""


@dataclass(frozen=True)
class TeamsSeen:
    """Some teams of many."""

    teams: Sequence[TeamSeen]
    teams_in_all: int
    people_in_all: int = 0


@dataclass(frozen=True)
class TeamAsItIs:
    """What is there to be changed."""

    plan: TeamPlan
    version: int
    standing: Standing
    is_introduced: bool
    """Whether its channel has had the first post."""
    changed_by: str | None
    """None: nobody did, but its channel was renamed."""
    changed_at: datetime


# --- what is told ------------------------------------------------------------------------------------


class WelcomeData(NoticeData):
    """The bot came into a channel that is no team yet."""

    channel_id: str


class BackData(NoticeData):
    """The bot came back into the channel of a team."""

    channel_id: str
    name: str


class FirstPostData(NoticeData):
    channel_id: str
    name: str
    vision: str | None
    sponsor: str | None
    step: int
    is_dry_run: bool


def first_post_of(plan: TeamPlan, channel_id: str) -> FirstPostData:
    return FirstPostData(
        channel_id=channel_id,
        name=plan.name,
        vision=plan.vision,
        sponsor=plan.sponsor,
        step=plan.step,
        is_dry_run=plan.is_dry_run,
    )


class ChannelGoneData(NoticeData):
    """A team's channel was archived or deleted, or the bot was taken out of it."""

    channel_id: str
    name: str
    standing: Standing
