"""Named reads of teams."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.roles import Role, Standing
from bot.people.tables import Colleague, RoleGiven
from bot.teams.rules import Standing as OfChannel
from bot.teams.tables import Team, TeamLead, TeamMember


async def team(session: AsyncSession, workspace_id: str, channel_id: str, *, lock: bool = False) -> Team | None:
    return await session.get(Team, (workspace_id, channel_id), with_for_update=lock)


async def named_leads(session: AsyncSession, workspace_id: str, channel_id: str) -> list[str]:
    """Everybody who was named, also who has lost the role since."""
    leads = select(TeamLead.slack_id).where(_of(TeamLead, workspace_id, channel_id)).order_by(TeamLead.slack_id)
    return list(await session.scalars(leads))


async def leads(session: AsyncSession, workspace_id: str, channel_id: str) -> list[str]:
    """Who leads it now: named, and with the role."""
    leading = (
        select(TeamLead.slack_id)
        .where(_of(TeamLead, workspace_id, channel_id), _still_has_the_role)
        .order_by(TeamLead.slack_id)
    )
    return list(await session.scalars(leading))


async def leads_of(session: AsyncSession, workspace_id: str, channel_ids: Collection[str]) -> Sequence[tuple[str, str]]:
    """Channel, and who leads its team now: named, and with the role."""
    leading = select(TeamLead.channel_id, TeamLead.slack_id).where(
        TeamLead.workspace_id == workspace_id, TeamLead.channel_id.in_(channel_ids), _still_has_the_role
    )
    found = await session.execute(leading.order_by(TeamLead.slack_id))
    return [(channel_id, slack_id) for channel_id, slack_id in found]


async def is_a_lead(session: AsyncSession, workspace_id: str, slack_id: str) -> bool:
    """Whether somebody has the role, of whichever team."""
    given = (RoleGiven.workspace_id == workspace_id, RoleGiven.slack_id == slack_id, RoleGiven.role == Role.LEAD)
    is_colleague = Colleague.standing.is_(None) | (Colleague.standing == Standing.MEMBER)
    them = (Colleague.workspace_id == RoleGiven.workspace_id) & (Colleague.slack_id == RoleGiven.slack_id)
    theirs = select(RoleGiven.slack_id).outerjoin(Colleague, them).where(*given, is_colleague).limit(1)
    return await session.scalar(theirs) is not None


async def led_by(session: AsyncSession, workspace_id: str, slack_id: str, skip: int, limit: int) -> Sequence[Team]:
    led = select(Team).where(*_led_by(workspace_id, slack_id))
    return (await session.scalars(_in_order(led, skip, limit))).all()


async def how_many_led_by(session: AsyncSession, workspace_id: str, slack_id: str) -> int:
    led = select(func.count()).select_from(Team).where(*_led_by(workspace_id, slack_id))
    return await session.scalar(led) or 0


async def of_member(session: AsyncSession, workspace_id: str, slack_id: str) -> Sequence[tuple[Team, bool]]:
    """The teams somebody is in that are at work, and whether it is the one they are pushed from."""
    theirs = (
        select(Team, TeamMember.is_first)
        .join(TeamMember, _is_its(TeamMember))
        .where(
            TeamMember.workspace_id == workspace_id,
            TeamMember.slack_id == slack_id,
            Team.standing == OfChannel.ACTIVE,
        )
    )
    return [(found, is_first) for found, is_first in await session.execute(theirs.order_by(*_BY_NAME))]


async def all_of(session: AsyncSession, workspace_id: str, skip: int, limit: int) -> Sequence[Team]:
    there = select(Team).where(Team.workspace_id == workspace_id, _is_there)
    return (await session.scalars(_in_order(there, skip, limit))).all()


async def how_many(session: AsyncSession, workspace_id: str) -> int:
    there = select(func.count()).select_from(Team).where(Team.workspace_id == workspace_id, _is_there)
    return await session.scalar(there) or 0


async def how_many_people(session: AsyncSession, workspace_id: str) -> int:
    """Everybody who is in a team, once."""
    not_people = select(Colleague.slack_id).where(
        Colleague.workspace_id == workspace_id, Colleague.standing.in_([Standing.BOT, Standing.GONE])
    )
    people = select(func.count(TeamMember.slack_id.distinct()))
    of_here = (TeamMember.workspace_id == workspace_id, TeamMember.slack_id.not_in(not_people))
    return await session.scalar(people.where(*of_here)) or 0


async def members_count(session: AsyncSession, workspace_id: str, channel_ids: Collection[str]) -> Mapping[str, int]:
    """Of each channel that has any: people, without bots and without those whose account is closed."""
    members = (
        select(TeamMember.channel_id, func.count())
        .outerjoin(Colleague, _is_them)
        .where(_is_no_bot, TeamMember.workspace_id == workspace_id, TeamMember.channel_id.in_(channel_ids))
        .group_by(TeamMember.channel_id)
    )
    return dict(iter(await session.execute(members)))


# --- of the worker that reads members: of all workspaces -----------------------------------------------


async def due(session: AsyncSession, now: datetime) -> Team | None:
    """A team to read now, which nobody else takes meanwhile: before all others one that was never read."""
    waiting = select(Team).where(Team.read_again_at <= now)
    never_read_first = (Team.members_read_at.is_not(None), Team.read_again_at)
    return await session.scalar(waiting.order_by(*never_read_first).limit(1).with_for_update(skip_locked=True))


async def next_due(session: AsyncSession) -> datetime | None:
    return await session.scalar(select(func.min(Team.read_again_at)))


# --- parts of these ------------------------------------------------------------------------------------


def _of(table: type[TeamLead | TeamMember], workspace_id: str, channel_id: str) -> ColumnElement[bool]:
    return (table.workspace_id == workspace_id) & (table.channel_id == channel_id)


def _is_its(table: type[TeamLead | TeamMember]) -> ColumnElement[bool]:
    return (table.workspace_id == Team.workspace_id) & (table.channel_id == Team.channel_id)


def _in_order(teams: Select[Team], skip: int, limit: int) -> Select[Team]:
    return teams.order_by(*_BY_NAME).offset(skip).limit(limit)


def _led_by(workspace_id: str, slack_id: str) -> tuple[ColumnElement[bool], ...]:
    """Their channels first: SQLite, which keeps no statistics, else looks through all teams for each lead."""
    theirs = select(TeamLead.channel_id).where(
        TeamLead.workspace_id == workspace_id, TeamLead.slack_id == slack_id, _still_has_the_role
    )
    return (Team.workspace_id == workspace_id, Team.channel_id.in_(theirs), _is_there)


_BY_NAME = (func.lower(Team.name), Team.channel_id)

_is_there = Team.standing != OfChannel.DELETED

_still_has_the_role = exists().where(
    RoleGiven.workspace_id == TeamLead.workspace_id,
    RoleGiven.slack_id == TeamLead.slack_id,
    RoleGiven.role == Role.LEAD,
)

_is_them = (Colleague.workspace_id == TeamMember.workspace_id) & (Colleague.slack_id == TeamMember.slack_id)
_is_no_bot = Colleague.standing.is_(None) | Colleague.standing.not_in([Standing.BOT, Standing.GONE])
"""Who is a bot Slack may not have told yet: until then they count."""
