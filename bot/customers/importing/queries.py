"""Named reads of whom customers can be given to, and of which workspace there is."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncSession

from bot.customers import columns
from bot.customers.importing.line import Here, Team
from bot.kit.i18n import Language
from bot.people.roles import Standing
from bot.people.tables import Colleague, Workspace
from bot.teams.rules import Standing as OfChannel
from bot.teams.tables import Team as TeamSetUp


async def workspaces(session: AsyncSession) -> Sequence[str]:
    """Of everybody who has had to do with the bot."""
    anybody = union(select(Workspace.workspace_id), select(Colleague.workspace_id))
    return (await session.scalars(anybody.order_by("workspace_id"))).all()


async def here(session: AsyncSession, workspace_id: str) -> Here:
    """Colleagues whose account is open and who are no guests, and teams whose channel is not gone."""
    members = select(Colleague.slack_id).where(
        Colleague.workspace_id == workspace_id, Colleague.standing == Standing.MEMBER
    )
    set_up = select(TeamSetUp.channel_id, TeamSetUp.language, TeamSetUp.name, TeamSetUp.channel_name).where(
        TeamSetUp.workspace_id == workspace_id, TeamSetUp.standing != OfChannel.DELETED
    )
    teams: dict[str, Team] = {}
    named: defaultdict[str, list[Team]] = defaultdict(list)
    for channel_id, language, *names in await session.execute(set_up):
        teams[channel_id] = Team(channel_id, Language(language))
        for name in {columns.plain(name) for name in names if name}:
            named[name].append(teams[channel_id])
    return Here(frozenset(await session.scalars(members)), teams, dict(named))
