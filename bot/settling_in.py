"""What the sandbox's company decided before you came: by the same use cases as if its people had clicked it."""

from datetime import time

from bot.app import Acht
from bot.kit.i18n import Language
from bot.people.roles import Role
from bot.regulars import bring_in
from bot.sandbox.company import LEEDS, UTRECHT
from bot.sandbox.workspace import Workspace
from bot.teams.rules import TeamPlan

FEMKE, LIES, TOM = "U0FEMKE0000", "U0LIES00000", "U0TOM000000"

WORKING_DAYS, WITH_SATURDAY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5)

TEAMS = {
    "#team-utrecht": TeamPlan(
        name="Team Utrecht",
        language=Language.NL,
        zone=UTRECHT,
        days=WITH_SATURDAY,
        goal_time=time(9),
        challenge_day=0,
        challenge_time=time(9, 15),
        country="NL",
        region=None,
        vision="Wie bij ons binnenkomt, voelt zich verwacht.",
        sponsor=LIES,
        step=5,
        is_dry_run=False,
        leads=(FEMKE,),
    ),
    "#team-leeds": TeamPlan(
        name="Team Leeds",
        language=Language.EN,
        zone=LEEDS,
        days=WORKING_DAYS,
        goal_time=time(8, 45),
        challenge_day=0,
        challenge_time=time(9),
        country="GB",
        region="ENG",
        vision="Nobody has to ask us twice.",
        sponsor=LIES,
        step=6,
        is_dry_run=False,
        leads=(FEMKE,),
    ),
}


async def settle_in(acht: Acht, workspace: Workspace) -> None:
    """Tom, who looks after Slack, gives the roles; Femke sets up her teams."""
    services, here = acht.services, workspace.team_id
    assert acht.reception is not None  # noqa: S101 — in the sandbox the bot listens
    for person in workspace.people.values():
        if person.lang is not None:
            # As if everybody had written something before: so each is spoken to in their own language.
            await services.people.hears(here, person.id, Language(person.lang))
            await acht.reception.profiles.of(here, person.id)
    await services.roles.claim(here, TOM)
    await services.roles.appoint(here, Role.LEADERSHIP, [LIES], by=TOM)
    await services.roles.appoint(here, Role.LEAD, [FEMKE], by=TOM)
    channels = [workspace.channel(channel).id for channel in TEAMS]
    for channel_id, plan in zip(channels, TEAMS.values(), strict=True):
        await services.teams.set_up(here, channel_id, plan, by=FEMKE, seen_version=None)
    await bring_in(services, here, *channels)
