"""User groups are read from Slack when they change, every hour, and when an administrator looks for one."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.kit.clock import HeldClock
from bot.people.groups import Groups, SlackDoesNotTell
from bot.people.role_groups import GROUP_GONE, READ_AGAIN_AFTER, READ_WITHIN, Group
from bot.people.roles import Role
from bot.sandbox.server import LocalSlack
from tests.people.personnel import T1, Personnel
from tests.world import DAAN, LIES, NOOR

TOM = "U0TOM000000"
DELETED = 1_790_000_000
"""A moment, in Slack's seconds."""


@pytest.fixture
def groups(personnel: Personnel, slack: LocalSlack, client: AsyncWebClient, clock: HeldClock) -> Groups:
    slack.workspace.usergroups.clear()
    return Groups(client, client, personnel.groups, clock)


@pytest.fixture
async def leads(personnel: Personnel, slack: LocalSlack, groups: Groups) -> str:
    """A group in Slack that the role of team lead follows."""
    group = slack.workspace.add_usergroup("Team leads", "leads", [NOOR, DAAN])
    await personnel.met(NOOR, DAAN, LIES)
    await personnel.roles.claim(T1, TOM)
    await personnel.groups.follow(T1, {Role.LEAD: Group(group.id, group.handle)}, by=TOM)
    return group.id


async def of_group(personnel: Personnel) -> tuple[str, ...]:
    return (await personnel.hold(Role.LEAD)).by_group


async def test_who_is_in_the_group_is_read_at_once_and_what_changed_unheard_within_the_hour(
    personnel: Personnel, slack: LocalSlack, groups: Groups, clock: HeldClock, leads: str
) -> None:
    await groups.read_due()
    assert await of_group(personnel) == (DAAN, NOOR)
    slack.workspace.usergroup(leads).users = [LIES]  # nobody listened
    await groups.read_due()
    assert await of_group(personnel) == (DAAN, NOOR)
    clock.move(READ_AGAIN_AFTER)
    await groups.read_due()
    assert await of_group(personnel) == (LIES,)
    slack.workspace.usergroup(leads).users = []
    await groups.members_change({"team_id": T1}, {"subteam_id": leads})
    await groups.read_due()
    assert await of_group(personnel) == ()


async def test_a_group_that_is_renamed_or_enabled_again_is_read_and_one_that_is_deleted_is_gone(
    personnel: Personnel, slack: LocalSlack, groups: Groups, leads: str
) -> None:
    await groups.read_due()
    slack.workspace.usergroup(leads).users = [LIES]
    await groups.changes({"team_id": T1}, {"subteam": {"id": leads, "handle": "captains", "date_delete": 0}})
    await groups.read_due()
    assert await of_group(personnel) == (LIES,)
    await groups.changes({"team_id": T1}, {"subteam": {"id": leads, "handle": "captains", "date_delete": DELETED}})
    held = await personnel.hold(Role.LEAD)
    assert (held.by_hand, held.by_group, held.group) == ((LIES,), (), None)
    assert await personnel.told(GROUP_GONE) == [TOM]


async def test_a_group_that_was_deleted_while_nobody_listened_is_found_out_by_asking(
    personnel: Personnel, slack: LocalSlack, groups: Groups, clock: HeldClock, leads: str
) -> None:
    await groups.read_due()
    slack.workspace.usergroup(leads).date_delete = DELETED
    clock.move(READ_AGAIN_AFTER)
    await groups.read_due()
    assert (await personnel.hold(Role.LEAD)).by_hand == (DAAN, NOOR)
    assert await personnel.told(GROUP_GONE) == [TOM]


@pytest.mark.parametrize("fault", ["away", "rate limited", "refused", "dropped"])
async def test_while_slack_does_not_tell_everybody_keeps_their_role_and_it_is_asked_again_in_a_minute(
    personnel: Personnel, slack: LocalSlack, groups: Groups, clock: HeldClock, leads: str, fault: str
) -> None:
    await groups.read_due()
    slack.workspace.usergroup(leads).users = []
    method = "usergroups.users.list"
    match fault:
        case "away":
            slack.faults.fail(method)
        case "rate limited":
            slack.faults.rate_limit(method)
        case "refused":
            slack.faults.refuse(method, "missing_scope")
        case "dropped":
            slack.faults.drop_before(method, times=2)  # a call that only reads is tried once more by itself
    clock.move(READ_AGAIN_AFTER)
    await groups.read_due()
    assert await of_group(personnel) == (DAAN, NOOR)
    assert await personnel.told(GROUP_GONE) == []
    clock.move(READ_WITHIN)
    await groups.read_due()
    assert await of_group(personnel) == ()


async def test_the_list_of_groups_is_read_once_a_minute_however_much_is_typed(
    slack: LocalSlack, groups: Groups, clock: HeldClock
) -> None:
    first = slack.workspace.add_usergroup("Team leads", "leads")
    gone = slack.workspace.add_usergroup("Old", "old")
    gone.date_delete = DELETED
    for _letter in range(5):
        assert await groups.known(T1) == {first.id: "leads"}
    assert slack.accepted["usergroups.list"] == 1
    second = slack.workspace.add_usergroup("Captains", "captains")
    clock.move(timedelta(minutes=1))
    assert await groups.known(T1) == {first.id: "leads", second.id: "captains"}


async def test_no_list_is_remembered_when_slack_does_not_give_one(slack: LocalSlack, groups: Groups) -> None:
    slack.faults.fail("usergroups.list")
    with pytest.raises(SlackDoesNotTell):
        await groups.known(T1)
    assert await groups.known(T1) == {}
