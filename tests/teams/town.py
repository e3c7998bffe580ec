"""Teams in the company's local Slack, and who reads their members: round by round, so that a test says when."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from bot.kit.metrics import Metrics
from bot.kit.slack import app as slack_app
from bot.people.roles import Role
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from bot.teams.membership import Membership
from bot.teams.tables import Team
from tests.teams.plans import FEMKE, House, a_plan


@dataclass
class Told:
    """What the membership told the rest of the bot."""

    changed: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    is_told: asyncio.Event = field(default_factory=asyncio.Event)

    def change(self, _workspace_id: str, person: str) -> None:
        self.changed.append(person)
        self.is_told.set()

    async def want(self, workspace_id: str) -> None:
        self.wanted.append(workspace_id)


@dataclass
class Town:
    house: House
    slack: LocalSlack
    membership: Membership
    told: Told

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    @property
    def workspace_id(self) -> str:
        return self.workspace.team_id

    def channel(self, name: str = "team-utrecht") -> str:
        return self.workspace.channel(f"#{name}").id

    def people(self, name: str = "team-utrecht") -> set[str]:
        return set(self.workspace.channel(f"#{name}").members) - {self.workspace.bot_user_id}

    def many(self, n: int, name: str = "everybody") -> str:
        """A channel of so many people and the bot."""
        people = [self.workspace.add_person(f"p{i}", f"P {i}").id for i in range(n)]
        return self.workspace.add_channel(name, [*people, self.workspace.bot_user_id]).id

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)

    async def set_up(self, name: str = "team-utrecht") -> str:
        channel_id = self.channel(name)
        plan = a_plan(name=name)
        await self.house.give(FEMKE, Role.LEAD, self.workspace_id)
        await self.house.teams.set_up(self.workspace_id, channel_id, plan, by=FEMKE, seen_version=None)
        return channel_id

    async def team(self, channel_id: str) -> Team:
        async with self.house.database.reading() as session:
            return await session.get_one(Team, (self.workspace_id, channel_id))

    async def rounds(self, n: int) -> None:
        for _round in range(n):
            await self.membership.read_next()

    async def read_all(self) -> None:
        """Everything that is due now."""
        while await self.membership.read_next() == 0:
            pass

    async def restart(self) -> "Told":
        """Another process begins and reads what is due then."""
        async with process(self.slack, self.house) as again:
            await again.read_all()
            return again.told


@asynccontextmanager
async def process(slack: LocalSlack, house: House) -> AsyncIterator[Town]:
    """One that has just been started."""
    async with aiohttp.ClientSession() as http:
        client = slack_app.web_client(slack.workspace.bot_token, slack.api_url, http)
        told = Told()
        membership = Membership(
            house.teams,
            client,
            house.database,
            house.clock,
            Metrics(),
            changed=told.change,
            profiles_wanted=told.want,
        )
        yield Town(house, slack, membership, told)
        await membership.close(1)
