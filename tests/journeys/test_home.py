"""The Home tab: for each role what is theirs, and fresh after whatever they do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.administration.views import GIVE, TAKE
from bot.administration.views import Action as Administration
from bot.customers.rules import DayOfYear, Details
from bot.first_day.views import Action as FirstDay
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.people.roles import Role
from bot.people.views import Action as People
from bot.promises.rules import Due
from bot.teams.views import Action as Teams
from tests.stand_ins.clock import NOON
from tests.teams.plans import a_plan
from tests.world import DAAN, LIES, NOOR, PRIYA, World, buttons_of, open_world, texts

FEMKE, TOM = "U0FEMKE0000", "U0TOM000000"
ASKING, ROADMAP = "What is going on with your customer?", "The roadmap: eight steps from satisfied to delighted"
MINE, TO_SET_UP, LED, ALL = "Your team", "Set up your team", "The team you lead", "All teams"
BUDGET = "For gestures this month"
ADMINISTRATION = "Administration"
PROMISED, COMING, PUT_RIGHT = "Promised", "Coming up for your customers", "To put right"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
async def world(tmp_path: Path, clock: HeldClock) -> AsyncIterator[World]:
    """Everybody was here before. Tom administers, Lies leads the company, Femke leads Utrecht, where Noor works."""
    async with open_world(f"sqlite+aiosqlite:///{tmp_path}/acht.db", clock=clock) as world:
        here, services = world.workspace.team_id, world.acht.services
        assert world.acht.reception is not None
        for person in (TOM, LIES, FEMKE, PRIYA, NOOR, DAAN):
            await services.people.hears(here, person, Language.EN)
            await world.acht.reception.profiles.of(here, person)
            await services.first_days.over(here, person)
        await services.roles.claim(here, TOM)
        await services.roles.appoint(here, Role.LEADERSHIP, [LIES], by=TOM)
        await sets_up(world, "team-utrecht", "Team Utrecht")
        await services.teams.joins(here, world.channel("team-utrecht"), NOOR)
        yield world


async def sets_up(world: World, channel: str, name: str) -> None:
    plan = a_plan(name=name, leads=(FEMKE,), vision=f"The vision of {name}")
    await world.acht.services.teams.set_up(
        world.workspace.team_id, world.channel(channel), plan, by=TOM, seen_version=None
    )


def headers(world: World, person: str) -> list[str]:
    return [block["text"]["text"] for block in world.home_of(person).blocks if block["type"] == "header"]


def seen(world: World, person: str) -> str:
    return " ".join(texts(world.home_of(person).blocks))


async def test_everybody_sees_what_is_theirs_and_nothing_else(world: World) -> None:
    await world.hands.make_guest(DAAN)
    await world.acht.services.roles.appoint(world.workspace.team_id, Role.LEAD, [PRIYA], by=TOM)
    for person in (DAAN, NOOR, PRIYA, FEMKE, LIES, TOM):
        await world.hands.open_home(person)
    assert headers(world, DAAN) == [ASKING]
    assert [button["action_id"] for button in buttons_of(world.home_of(DAAN).blocks)] == ["coaching.open_ask_form"]
    assert "/acht" not in seen(world, DAAN)
    assert headers(world, NOOR) == [ASKING, MINE, ROADMAP]
    assert headers(world, PRIYA) == [ASKING, TO_SET_UP, ROADMAP]
    assert "*Set up this team*" in seen(world, PRIYA), "she has the role, and no team yet"
    assert headers(world, FEMKE) == [ASKING, LED, BUDGET, ROADMAP]
    assert headers(world, LIES) == [ASKING, ALL, ROADMAP]
    assert headers(world, TOM) == [ASKING, ADMINISTRATION, ALL, ROADMAP]
    assert "*To begin*" not in seen(world, TOM), "a team is set up"

    for person in (NOOR, PRIYA, FEMKE, LIES):
        ids = {button["action_id"] for button in buttons_of(world.home_of(person).blocks)}
        assert People.OPEN_SETTINGS in ids
        assert not ids & set(Administration)
        assert person in {FEMKE} or Teams.CHANGE not in {id_.rpartition(".")[0] for id_ in ids}
    assert "The vision of Team Utrecht" in seen(world, NOOR)
    assert "The vision of Team Utrecht" not in seen(world, PRIYA)

    here, services = world.workspace.team_id, world.acht.services
    for role in (Role.LEADERSHIP, Role.ADMINISTRATOR):  # who is several things sees all of it
        await services.roles.appoint(here, role, [FEMKE], by=TOM)
    await services.teams.joins(here, world.channel("team-utrecht"), FEMKE)
    await world.hands.open_home(FEMKE)
    assert headers(world, FEMKE) == [ASKING, LED, BUDGET, ADMINISTRATION, ALL, ROADMAP]


async def test_what_somebody_waits_for_stands_above_what_is_calm(world: World, clock: HeldClock) -> None:
    here, services, today = world.workspace.team_id, world.acht.services, NOON.date()
    card = Details(name="Mrs Okoye", contact_id=NOOR, birthday=DayOfYear.of(today + timedelta(days=2)))
    customer_id = await services.customers.add(here, card, by=NOOR)
    await services.promises.make(here, customer_id, "call back", Due(today), by=NOOR, event_key="1", insists=True)
    await world.hands.open_home(NOOR)
    assert headers(world, NOOR) == [ASKING, PROMISED, COMING, MINE, ROADMAP]
    assert "coaching.turn_to_roadmap" in {one["action_id"] for one in buttons_of(world.home_of(NOOR).blocks)}
    await world.hands.click(NOOR, "coaching.turn_to_roadmap", view_id=world.home_of(NOOR).id)
    assert "coaching.turn_to_step.8" in {one["action_id"] for one in buttons_of(world.modal_of(NOOR).blocks)}

    await services.cases.open(here, customer_id, "the table came with a scratch", by=NOOR)
    clock.move(timedelta(days=1))
    await world.hands.open_home(NOOR)
    assert headers(world, NOOR) == [PROMISED, PUT_RIGHT, ASKING, COMING, MINE, ROADMAP]
    assert "tomorrow · first put right what went wrong" in seen(world, NOOR)


async def test_where_there_is_something_to_do_what_is_calm_is_in_short(world: World) -> None:
    here, services = world.workspace.team_id, world.acht.services
    for channel, name in (("team-leeds", "Team Leeds"), ("general", "Team Amersfoort")):
        await sets_up(world, channel, name)
    await services.roles.appoint(here, Role.LEADERSHIP, [FEMKE], by=TOM)
    visions = [f"The vision of Team {name}" for name in ("Amersfoort", "Leeds", "Utrecht")]
    for times in ([2, 2, 2], [1, 1, 0]):  # as a lead and in leadership; then as a lead alone, the first two
        await world.hands.open_home(FEMKE)
        assert [seen(world, FEMKE).count(vision) for vision in visions] == times
        customer_id = await services.customers.add(here, Details(name="Mrs Okoye", contact_id=FEMKE), by=FEMKE)
        await services.cases.open(here, customer_id, "the table came with a scratch", by=FEMKE)
    assert "And one more" in seen(world, FEMKE)
    assert Teams.SHOW_ALL in {button["action_id"] for button in buttons_of(world.home_of(FEMKE).blocks)}


async def test_who_decides_several_things_sees_of_each_button_what_it_decides(world: World) -> None:
    here, services = world.workspace.team_id, world.acht.services
    await services.roles.appoint(here, Role.ADMINISTRATOR, [FEMKE], by=TOM)
    await world.hands.open_home(FEMKE)
    labels = [button["text"]["text"] for button in buttons_of(world.home_of(FEMKE).blocks)]
    for label in ("Guests", "Team limits", "Limits for gestures"):  # of the workspace, her team and all teams
        assert labels.count(label) == 1


async def test_no_screen_shows_what_a_colleague_asked_or_did(world: World) -> None:
    """Not to their lead, not to leadership, not to an administrator."""
    here = world.workspace.team_id
    await world.ask(NOOR, "mijn klant mist een zeldzame paarse olifant, wat zeg ik?")
    for person in (FEMKE, LIES, TOM):
        await world.hands.open_home(person)
        assert "olifant" not in str(world.home_of(person).content)
        assert NOOR not in str(world.home_of(person).content)
    for form in (Administration.OPEN_CHANGES, Administration.OPEN_HEALTH, Administration.OPEN_ROLES):
        await world.hands.click(TOM, form, view_id=world.home_of(TOM).id)
        shown = str(world.modal_of(TOM).content)
        assert "olifant" not in shown
        assert NOOR not in shown
        await world.hands.close(TOM, world.modal_of(TOM).id)
    changes, _ = await world.acht.services.administration.changes(here, skip=0)
    assert NOOR not in {change.about for change in changes}


async def test_a_tab_that_slack_did_not_take_is_shown_a_moment_later(world: World) -> None:
    await world.hands.open_home(PRIYA)
    world.slack.faults.fail("views.publish")
    await world.acht.services.choices.speak(world.workspace.team_id, PRIYA, Language.NL)
    world.acht.homes.changed(world.workspace.team_id, PRIYA)
    await world.until(lambda: "Instellingen" in seen(world, PRIYA))
    assert any(not call.answer["ok"] for call in world.slack.calls if "publish" in call.method)


# --- fresh after whatever its owner does -------------------------------------------------------------


def option(value: str) -> dict[str, Any]:
    return {"selected_option": {"value": value}}


async def clicks(world: World, person: str, action: str, **more: Any) -> None:
    answer = await world.hands.click(person, action, view_id=world.home_of(person).id, **more)
    assert answer.acknowledged


async def sends(world: World, person: str, values: dict[str, Any]) -> None:
    answer = await world.hands.submit(person, world.modal_of(person).id, values)
    assert answer.body["response_action"] == "update", answer.body


async def saves_settings(world: World, person: str) -> None:
    await clicks(world, person, People.OPEN_SETTINGS)
    await sends(world, person, {"language": {"language": option("nl")}})


async def saves_settings_by_command(world: World, person: str) -> None:
    await world.hands.command(person, world.dm(person), "/acht", "settings")
    await sends(world, person, {"language": {"language": option("nl")}})


async def decides(world: World, person: str, deed: str, role: Role, *people: str) -> None:
    await clicks(world, person, Administration.OPEN_ROLES)
    chosen = {"people": {"people": {"selected_users": list(people)}}}
    await sends(world, person, {**chosen, "role": {"role": option(role)}, "deed": {"deed": option(deed)}})


async def gives_a_role(world: World, person: str) -> None:
    await decides(world, person, GIVE, Role.LEAD, NOOR, person)


async def gives_more_of_it(world: World, person: str) -> None:
    await decides(world, person, GIVE, Role.LEAD, LIES)


async def takes_a_role(world: World, person: str) -> None:
    await decides(world, person, TAKE, Role.LEADERSHIP, LIES)


async def takes_more_of_it(world: World, person: str) -> None:
    await decides(world, person, TAKE, Role.LEAD, LIES)


async def links_a_group(world: World, person: str) -> None:
    await world.hands.create_group(person, "Captains", "captains", [PRIYA])
    await clicks(world, person, Administration.OPEN_GROUPS)
    opened = world.modal_of(person).id
    found = await world.hands.options(person, Administration.GROUP, "cap", view_id=opened, block_id=Role.LEAD)
    await sends(world, person, {Role.LEAD: {Administration.GROUP: {"selected_option": found["options"][1]}}})


async def stops_all(world: World, person: str) -> None:
    await clicks(world, person, Administration.STOP_ALL)


async def goes_on(world: World, person: str) -> None:
    await clicks(world, person, Administration.GO_ON)


async def changes_a_team(world: World, person: str) -> None:
    await clicks(world, person, f"{Teams.CHANGE}.{world.channel('team-utrecht')}")
    await sends(world, person, {"name": {"name": {"value": "Team Zuid"}}})


async def chooses_a_team(world: World, person: str) -> None:
    await clicks(world, person, Teams.CHOOSE, value=world.channel("team-leeds"))


async def pauses(world: World, person: str) -> None:
    await world.command(person, "pause 2 weeks")


async def ends_the_pause(world: World, person: str) -> None:
    await clicks(world, person, People.END_PAUSE)


async def skips(world: World, person: str) -> None:
    await clicks(world, person, FirstDay.SKIP)


async def wants_dutch(world: World, person: str) -> None:
    await clicks(world, person, FirstDay.OTHER_LANGUAGE)


@dataclass(frozen=True)
class Story:
    who: str
    does: Callable[[World, str], Awaitable[None]]
    sees: str = ""
    sees_no_more: str = ""
    whose: str = ""
    """Somebody else, whose tab is fresh as well."""


GRACE, CALLUM = "U0GRACE0000", "U0CALLUM000"
STORIES = [
    Story(GRACE, skips, sees=ASKING, sees_no_more="Welcome! I am Acht"),
    Story(CALLUM, wants_dutch, sees="Welkom! Ik ben Acht", sees_no_more="Welcome! I am Acht"),
    Story(DAAN, saves_settings, sees="Instellingen", sees_no_more="Settings"),
    Story(PRIYA, saves_settings_by_command, sees="Instellingen", sees_no_more="Settings"),
    Story(TOM, gives_a_role, sees=f"*Team leads*  <@{FEMKE}>, <@{NOOR}>, <@{TOM}>"),
    Story(TOM, gives_more_of_it, sees=TO_SET_UP, whose=LIES),
    Story(TOM, takes_a_role, sees="*Leadership*  nobody yet"),
    Story(TOM, takes_more_of_it, sees_no_more=TO_SET_UP, whose=LIES),
    Story(TOM, links_a_group, sees="@captains: 0 people"),
    Story(TOM, stops_all, sees="*Everything unasked is stopped*"),
    Story(TOM, goes_on, sees="Stop everything", sees_no_more="*Everything unasked is stopped*"),
    Story(FEMKE, changes_a_team, sees="Team Zuid"),
    Story(PRIYA, pauses, sees="Je hebt pauze tot"),
    Story(PRIYA, ends_the_pause, sees_no_more="Je hebt pauze tot"),
    Story(NOOR, chooses_a_team, sees="Your teams Team Leeds"),
]


async def test_the_tab_is_fresh_after_whatever_its_owner_does(world: World, clock: HeldClock) -> None:
    clock.move(timedelta(minutes=1))
    await sets_up(world, "team-leeds", "Team Leeds")
    await world.acht.services.teams.joins(world.workspace.team_id, world.channel("team-leeds"), NOOR)
    for story in STORIES:
        whose = story.whose or story.who
        for person in {story.who, whose}:
            world.workspace.surfaces.clear(person)
            await world.hands.open_home(person)
        assert not is_told(world, whose, story), story
        await story.does(world, story.who)
        await world.until(partial(is_told, world, whose, story))


def is_told(world: World, person: str, story: Story) -> bool:
    shown = seen(world, person)
    return story.sees in shown and not (story.sees_no_more and story.sees_no_more in shown)
