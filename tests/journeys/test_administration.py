"""An administrator looks after Acht from the Home tab: roles, user groups, limits, the off switch, what was changed."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.administration.views import GIVE, GUESTS_ASK, GUESTS_BROWSE, TAKE, Action
from bot.kit.clock import HeldClock
from bot.kit.i18n import Language
from bot.kit.outbox.rules import Manner, NewNotice
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.service import WorkingTimes
from bot.people.roles import Role
from bot.people.roles_given import ROLE_GIVEN, Holders, NotAnAdministrator, RoleGivenData, RolesGiven
from bot.people.service import People
from bot.sandbox.delivery import Answer
from tests.stand_ins.clock import NOON
from tests.world import DAAN, LIES, NOOR, PRIYA, World, open_world, texts, words_of

FEMKE, TOM = "U0FEMKE0000", "U0TOM000000"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(NOON)


@pytest.fixture
async def world(sqlite_url: str, clock: HeldClock) -> AsyncIterator[World]:
    """Everybody wrote in English before, and Tom, who looks after Slack, has opened the Home tab first."""
    async with open_world(sqlite_url, clock=clock) as world:
        assert world.acht.reception is not None
        for person in (TOM, LIES, FEMKE, PRIYA, NOOR, DAAN):
            await world.acht.people.hears(world.workspace.team_id, person, Language.EN)
            await world.acht.reception.profiles.of(world.workspace.team_id, person)
        await world.hands.open_home(TOM)
        yield world


def seen(blocks: Any) -> str:
    return " ".join(texts(blocks))


def heard(world: World, person: str) -> str:
    return " ".join(words_of(said) for said in world.said(world.dm(person)))


async def opens(world: World, form: Action, person: str = TOM) -> str:
    await world.hands.click(person, form, view_id=world.home_of(person).id)
    return world.modal_of(person).id


def limits_form(guests: str) -> dict[str, Any]:
    return {"guests": {"guests": {"selected_option": {"value": guests}}}}


def roles_form(deed: str, role: Role, people: Sequence[str]) -> dict[str, Any]:
    return {
        "people": {"people": {"selected_users": list(people)}},
        "role": {"role": {"selected_option": {"value": role}}},
        "deed": {"deed": {"selected_option": {"value": deed}}},
    }


async def decides(world: World, deed: str, role: Role, *people: str, by: str = TOM) -> str:
    """What the form says then."""
    await opens(world, Action.OPEN_ROLES, by)
    await world.hands.submit(by, world.modal_of(by).id, roles_form(deed, role, people))
    said = seen(world.modal_of(by).blocks)
    await world.hands.close(by, world.modal_of(by).id)
    return said


async def holders(world: World, role: Role) -> Holders:
    return (await world.acht.services.administration.look(world.workspace.team_id)).holders[role]


async def names_of_changes(world: World) -> list[str]:
    entries, _ = await world.acht.services.administration.changes(world.workspace.team_id, skip=0)
    return [entry.what for entry in entries][::-1]


async def reads_groups(world: World) -> None:
    """What the timetable does every five seconds."""
    await world.acht._groups.read_due()


# --- roles -------------------------------------------------------------------------------------------


async def test_an_administrator_begins_gives_roles_and_cannot_take_away_the_last_one(world: World) -> None:
    home = seen(world.home_of(TOM).blocks)
    assert "Administration" in home
    assert "*To begin*" in home
    assert f"*Administrators*  <@{TOM}>" in home
    await world.hands.make_admin(DAAN)
    for person in (DAAN, PRIYA):  # who comes later, or is no admin of Slack, claims nothing
        await world.hands.open_home(person)
        assert "Administration" not in seen(world.home_of(person).blocks)
    assert (await holders(world, Role.ADMINISTRATOR)).everybody == (TOM,)

    said = await decides(world, GIVE, Role.LEAD, PRIYA, TOM)
    assert f":white_check_mark: <@{PRIYA}>, <@{TOM}>: now *team lead*." in said
    await world.until(lambda: f"<@{TOM}> gave you a role in Acht: *team lead*." in heard(world, PRIYA))
    assert "gave you a role" not in heard(world, TOM)
    await world.until(lambda: f"*Team leads*  <@{PRIYA}>, <@{TOM}>" in seen(world.home_of(TOM).blocks))

    assert "Nothing was changed: somebody has to stay" in await decides(world, TAKE, Role.ADMINISTRATOR, TOM)
    assert (await holders(world, Role.ADMINISTRATOR)).by_hand == (TOM,)
    assert f"<@{PRIYA}>: not *team lead* any more." in await decides(world, TAKE, Role.LEAD, PRIYA)
    assert (await holders(world, Role.LEAD)).by_hand == (TOM,)
    assert await names_of_changes(world) == ["role_given"] * 3 + ["role_taken"]


async def test_a_role_is_for_colleagues_and_for_as_long_as_they_are_that(world: World) -> None:
    await world.hands.make_guest(PRIYA)
    said = await decides(world, GIVE, Role.LEADERSHIP, PRIYA, world.workspace.bot_user_id, LIES)
    assert f":white_check_mark: <@{LIES}>: now *leadership*." in said
    assert f"<@{PRIYA}>, <@{world.workspace.bot_user_id}>: no. A role is for colleagues" in said
    assert (await holders(world, Role.LEADERSHIP)).everybody == (LIES,)

    await decides(world, GIVE, Role.ADMINISTRATOR, LIES, DAAN)
    await world.hands.deactivate(LIES)
    await world.hands.make_guest(DAAN)
    assert (await holders(world, Role.ADMINISTRATOR)).everybody == (TOM,)
    assert (await holders(world, Role.LEADERSHIP)).everybody == ()
    assert "Nothing was changed" in await decides(world, TAKE, Role.ADMINISTRATOR, TOM)


async def test_two_administrators_with_the_same_form_open_both_get_what_they_asked_for(world: World) -> None:
    await decides(world, GIVE, Role.ADMINISTRATOR, LIES)
    await world.hands.open_home(LIES)
    for person in (TOM, LIES):
        await opens(world, Action.OPEN_ROLES, person)
    await world.hands.submit(TOM, world.modal_of(TOM).id, roles_form(GIVE, Role.LEAD, [PRIYA]))
    await world.hands.submit(LIES, world.modal_of(LIES).id, roles_form(GIVE, Role.LEAD, [FEMKE]))
    assert set((await holders(world, Role.LEAD)).by_hand) == {PRIYA, FEMKE}
    assert f"<@{PRIYA}>" in seen(world.modal_of(LIES).blocks), "she sees what he did meanwhile"


def elsewhere(world: World) -> RolesGiven:
    """Roles as another process gives them: here it is known a moment later."""
    database, clock = world.acht.database, world.acht._clock
    outbox = Outbox(database, clock, WorkingTimes())
    return RolesGiven(database, People(database, clock, Language.EN), outbox, clock)


@pytest.mark.parametrize("is_known_here", [True, False])
async def test_a_form_that_is_sent_when_the_role_is_gone_changes_nothing_and_says_so(
    world: World, is_known_here: bool
) -> None:
    here = world.workspace.team_id
    group = await world.hands.create_group(TOM, "Team leads", "leads", [PRIYA])
    await decides(world, GIVE, Role.ADMINISTRATOR, LIES)
    for form in (Action.OPEN_LIMITS, Action.OPEN_GROUPS, Action.OPEN_ROLES):  # one on top of the other
        await opens(world, form)
    roles = world.acht.services.roles if is_known_here else elsewhere(world)
    await roles.dismiss(here, Role.ADMINISTRATOR, [TOM], by=LIES)
    before = await names_of_changes(world)
    chosen = {Role.LEAD: {Action.GROUP: {"selected_option": option("leads", group)}}}
    refused = "This is for administrators of Acht." if is_known_here else "so nothing was changed."
    for values in (roles_form(GIVE, Role.LEAD, [PRIYA]), chosen, limits_form(GUESTS_BROWSE)):
        await world.hands.submit(TOM, world.modal_of(TOM).id, values)
        assert refused in seen(world.modal_of(TOM).blocks)
        await world.hands.close(TOM, world.modal_of(TOM).id)
    await world.hands.click(TOM, Action.STOP_ALL)
    assert refused in heard(world, TOM)
    assert (await world.acht.services.administration.look(here)).hold is None
    assert await names_of_changes(world) == before


# --- user groups -------------------------------------------------------------------------------------


def option(handle: str, group: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": f"@{handle}", "emoji": True}, "value": group}


async def looks_up(world: World, typed: str) -> list[str]:
    opened = world.modal_of(TOM).id
    found = await world.hands.options(TOM, Action.GROUP, typed, view_id=opened, block_id=Role.LEAD)
    return [each["text"]["text"] for each in found["options"]]


async def chooses(world: World, **groups: str) -> Answer:
    """`lead="…"`: the handle for each role that is to follow another group, or to follow none."""
    opened = await opens(world, Action.OPEN_GROUPS)
    values: dict[str, Any] = {}
    for role, handle in groups.items():
        found = await world.hands.options(TOM, Action.GROUP, handle, view_id=opened, block_id=role)
        chosen = next(each for each in found["options"] if each["text"]["text"] in {f"@{handle}", handle})
        values[role] = {Action.GROUP: {"selected_option": chosen}}
    return await world.hands.submit(TOM, opened, values)


async def test_a_role_follows_a_user_group_until_the_group_is_gone(world: World) -> None:
    group = await world.hands.create_group(TOM, "Team leads", "leads", [PRIYA])
    await chooses(world, lead="leads")
    assert "Saved." in seen(world.modal_of(TOM).blocks)
    await reads_groups(world)
    assert (await holders(world, Role.LEAD)).by_group == (PRIYA,)
    await world.hands.change_group(TOM, group, add=[FEMKE], remove=[PRIYA])
    await reads_groups(world)
    assert (await holders(world, Role.LEAD)).by_group == (FEMKE,)
    await world.hands.open_home(FEMKE)
    assert "Set up this team" in seen(world.home_of(FEMKE).blocks)
    await world.hands.open_home(TOM)
    assert "@leads: 1 person" in seen(world.home_of(TOM).blocks)

    said = await decides_below(world, TAKE, Role.LEAD, FEMKE)
    assert f"<@{FEMKE}>: still *team lead*, because of the user group" in said

    await world.hands.delete_group(TOM, group)
    held = await holders(world, Role.LEAD)
    assert (held.by_hand, held.group) == ((FEMKE,), None)
    await world.until(lambda: "The user group @leads was deleted in Slack." in heard(world, TOM))


async def decides_below(world: World, deed: str, role: Role, *people: str) -> str:
    """With the form about groups still open."""
    await world.hands.close(TOM, world.modal_of(TOM).id)
    return await decides(world, deed, role, *people)


async def test_the_list_of_groups_holds_what_fits_what_is_typed_and_no_more_than_slack_shows(
    world: World, clock: HeldClock
) -> None:
    for n in range(150):
        world.workspace.add_usergroup(f"Group {n}", f"group-{n:03}")
    await opens(world, Action.OPEN_GROUPS)
    everything = await looks_up(world, "")
    assert len(everything) == 100
    assert everything[:2] == ["No group", "@group-000"]
    assert await looks_up(world, "@GROUP-14") == ["No group", *(f"@group-14{n}" for n in range(10))]
    assert await looks_up(world, "nobody") == ["No group"]
    clock.move(timedelta(minutes=2))
    world.slack.faults.fail("usergroups.list", times=3)
    assert await looks_up(world, "group") == ["No group"]


async def test_while_slack_does_not_tell_its_groups_the_form_says_so_in_time_and_changes_nothing(world: World) -> None:
    group = await world.hands.create_group(TOM, "Team leads", "leads", [PRIYA])
    opened = await opens(world, Action.OPEN_GROUPS)
    world.slack.faults.rate_limit("usergroups.list", times=3, retry_after=30)
    chosen = {Role.LEAD: {Action.GROUP: {"selected_option": option("leads", group)}}}
    answer = await world.hands.submit(TOM, opened, chosen)
    assert answer.acknowledged, "within Slack's three seconds"
    assert "I can't ask Slack for its user groups right now." in seen(world.modal_of(TOM).blocks)
    assert await names_of_changes(world) == ["role_given"]


async def test_a_group_that_is_gone_by_now_is_not_chosen_and_the_form_says_which(
    world: World, clock: HeldClock
) -> None:
    """It was deleted after it was listed. Nor is the rest of the form taken: nothing is half done."""
    leads = await world.hands.create_group(TOM, "Team leads", "leads", [PRIYA])
    gone = await world.hands.create_group(TOM, "Directors", "directors", [LIES])
    opened = await opens(world, Action.OPEN_GROUPS)
    assert "@directors" in await looks_up(world, "")
    await world.hands.delete_group(TOM, gone)
    clock.move(timedelta(minutes=2))
    chosen = {
        Role.LEAD: {Action.GROUP: {"selected_option": option("leads", leads)}},
        Role.LEADERSHIP: {Action.GROUP: {"selected_option": option("directors", gone)}},
    }
    answer = await world.hands.submit(TOM, opened, chosen)
    assert set(answer.body["errors"]) == {Role.LEADERSHIP}
    assert (await holders(world, Role.LEAD)).group is None
    assert await names_of_changes(world) == ["role_given"]


async def test_the_last_administrator_is_not_lost_with_a_group(world: World) -> None:
    await world.hands.create_group(TOM, "Acht", "acht-admins", [TOM])
    await chooses(world, administrator="acht-admins")
    await world.hands.close(TOM, world.modal_of(TOM).id)
    await reads_groups(world)
    await decides(world, TAKE, Role.ADMINISTRATOR, TOM)
    assert (await holders(world, Role.ADMINISTRATOR)).by_hand == ()
    answer = await chooses(world, administrator="No group")
    assert "somebody has to stay administrator" in answer.body["errors"][Role.ADMINISTRATOR]
    assert (await holders(world, Role.ADMINISTRATOR)).by_group == (TOM,)


# --- limits and the off switch -----------------------------------------------------------------------


async def test_guests_may_do_what_colleagues_do_for_as_long_as_an_administrator_says_so(world: World) -> None:
    await world.hands.make_guest(PRIYA)
    for chosen, is_welcome in ((GUESTS_BROWSE, True), (GUESTS_ASK, False)):
        await opens(world, Action.OPEN_LIMITS)
        await world.hands.submit(TOM, world.modal_of(TOM).id, limits_form(chosen))
        assert "It holds within half a minute." in seen(world.modal_of(TOM).blocks)
        await world.hands.close(TOM, world.modal_of(TOM).id)
        answer = words_of(await world.command(PRIYA, "playbook 6"))
        assert ("As a guest you can ask me" not in answer) is is_welcome
        await world.hands.open_home(PRIYA)
        assert ("The roadmap: eight steps" in seen(world.home_of(PRIYA).blocks)) is is_welcome
    assert await names_of_changes(world) == ["role_given", "limits_set", "limits_set"]


def told(key: str, whom: str, manner: Manner, world: World) -> NewNotice:
    data = RoleGivenData(role=Role.LEAD, by=key)
    return NewNotice(
        workspace_id=world.workspace.team_id, key=key, kind=ROLE_GIVEN, data=data, whom=whom, manner=manner
    )


async def test_while_everything_is_stopped_nothing_goes_out_that_nobody_asked_for(world: World) -> None:
    await decides(world, GIVE, Role.ADMINISTRATOR, LIES)
    await world.until(lambda: "gave you a role" in heard(world, LIES))
    stop = next(b for b in world.home_of(TOM).blocks if b.get("accessory", {}).get("action_id") == Action.STOP_ALL)
    assert "confirm" in stop["accessory"], "nobody stops it by accident"
    await world.hands.click(TOM, Action.STOP_ALL)
    await world.until(lambda: f"is stopped*, by <@{TOM}>" in seen(world.home_of(TOM).blocks))
    await world.hands.open_home(LIES)
    assert f"is stopped*, by <@{TOM}>" in seen(world.home_of(LIES).blocks)

    async with world.acht.database.writing() as session:
        notices = [told("UPUSH", PRIYA, Manner.PUSH, world), told("UPOST", DAAN, Manner.POST, world)]
        await world.acht.outbox.post_all(session, notices)
    said = words_of(await world.ask(PRIYA, "there is an angry customer in front of me, how do I begin?"))
    assert "Say" in said
    await world.ask(DAAN, "there is an angry customer in front of me, how do I begin?")
    assert "UPUSH" not in heard(world, PRIYA)
    assert "UPOST" not in heard(world, DAAN)

    await world.hands.click(LIES, Action.GO_ON)
    await world.until(lambda: "UPUSH" in heard(world, PRIYA) and "UPOST" in heard(world, DAAN))
    await world.until(lambda: Action.STOP_ALL in str(world.home_of(LIES).blocks))

    office, here = world.acht.services.administration, world.workspace.team_id
    await office.go_on(here, by=TOM)
    for by in (LIES, TOM):
        await office.stop_all(here, by=by)
    with pytest.raises(NotAnAdministrator):
        await office.go_on(here, by=PRIYA)
    hold = (await office.look(here)).hold
    assert hold is not None
    assert hold.by == LIES, "who was first"
    changes = ["role_given", "role_given", "all_stopped", "all_goes_on", "all_stopped"]
    assert await names_of_changes(world) == changes, "what was so already is no change"


# --- to look at --------------------------------------------------------------------------------------


async def test_what_was_changed_is_read_page_by_page_the_newest_first(world: World, clock: HeldClock) -> None:
    office, here = world.acht.services.administration, world.workspace.team_id
    for n in range(44):
        clock.move(timedelta(minutes=1))
        await office.set_limits(here, guests_may_browse=n % 2 == 0, by=TOM)
    await opens(world, Action.OPEN_CHANGES)

    def page() -> tuple[str, str]:
        shown = texts(world.modal_of(TOM).blocks)
        return shown[0], next(text for text in shown if " of 45" in text)

    newest = f"Mon 23 Nov 12:44  <@{TOM}>: guests may ask the coach only"
    assert page() == (newest, "1 to 20 of 45")
    await world.hands.click(TOM, f"{Action.TURN_CHANGES}.older")
    await world.hands.click(TOM, f"{Action.TURN_CHANGES}.older")
    shown = texts(world.modal_of(TOM).blocks)
    assert "41 to 45 of 45" in shown
    assert f"Slack: <@{TOM}> has the role *administrator* now" in shown[4]
    assert "Older" not in shown
    await world.hands.click(TOM, f"{Action.TURN_CHANGES}.newer")
    assert page()[1] == "21 to 40 of 45"
    await world.hands.click(TOM, f"{Action.TURN_CHANGES}.newer")
    assert page() == (newest, "1 to 20 of 45")
    assert "Newer" not in texts(world.modal_of(TOM).blocks)

    clock.move(timedelta(days=366))
    await office.forget()
    await world.hands.close(TOM, world.modal_of(TOM).id)
    await opens(world, Action.OPEN_CHANGES)
    assert "Nothing was changed yet." in texts(world.modal_of(TOM).blocks), "it is kept for a year"


async def test_health_says_how_each_part_is_and_what_waits(world: World, clock: HeldClock) -> None:
    await world.acht.services.administration.stop_all(world.workspace.team_id, by=TOM)
    async with world.acht.database.writing() as session:
        await world.acht.outbox.post(session, told("UPOST", DAAN, Manner.POST, world))
    await opens(world, Action.OPEN_HEALTH)
    shown = seen(world.modal_of(TOM).blocks)
    for line in (
        ":large_green_circle: Database",
        ":large_green_circle: Slack accepts the token",
        ":white_circle: No language model",
        ":white_circle: Search goes by words",
        ":envelope: 1 message waits",
        ":large_green_circle: 0 messages failed",
    ):
        assert line in shown
