"""A team as it is kept, written from a plan and read as one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.kit.i18n import Language
from bot.kit.working_time import wall_clock
from bot.teams import rules
from bot.teams.rules import Standing, TeamAsItIs, TeamPlan, TeamSeen
from bot.teams.tables import Team

_AS_IT_IS = (
    *("name", "zone", "goal_time", "challenge_day", "challenge_time", "country", "region"),
    *("vision", "sponsor", "step", "is_dry_run"),
)


def values(plan: TeamPlan) -> dict[str, Any]:
    """A plan as its columns, but for the leads."""
    return {
        **{name: getattr(plan, name) for name in _AS_IT_IS},
        "language": str(plan.language),
        "days": wall_clock.as_digits(plan.days),
    }


def write(team: Team, plan: TeamPlan, by: str, now: datetime) -> None:
    for name, value in values(plan).items():
        setattr(team, name, value)
    team.changed_by, team.changed_at = by, now


def as_it_is(team: Team, leads: Sequence[str]) -> TeamAsItIs:
    return TeamAsItIs(
        plan=plan_of(team, leads),
        version=team.version,
        standing=Standing(team.standing),
        is_introduced=team.introduced_at is not None,
        changed_by=team.changed_by,
        changed_at=team.changed_at,
    )


def plan_of(team: Team, leads: Sequence[str]) -> TeamPlan:
    return TeamPlan(
        **{name: getattr(team, name) for name in _AS_IT_IS},
        language=Language(team.language),
        days=tuple(sorted(wall_clock.from_digits(team.days))),
        leads=tuple(leads),
    )


def seen(team: Team, *, members: int = 0, is_first: bool = False) -> TeamSeen:
    return TeamSeen(
        channel_id=team.channel_id,
        name=team.name,
        vision=team.vision,
        step=team.step,
        standing=Standing(team.standing),
        is_dry_run=team.is_dry_run,
        members=members,
        members_read=team.members_read,
        members_expected=team.members_expected,
        was_read=team.members_read_at is not None,
        is_first=is_first,
    )


def follow_name(team: Team, channel_name: str, now: datetime) -> None:
    """A team that bears the channel's name is renamed with it; one that was given a name of its own keeps that."""
    name = rules.usual_name(channel_name) or team.name
    if team.channel_name is not None and team.name == rules.usual_name(team.channel_name) and team.name != name:
        team.name, team.version = name, team.version + 1
        team.changed_by, team.changed_at = None, now
    team.channel_name = channel_name
