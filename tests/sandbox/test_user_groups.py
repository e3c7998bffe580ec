"""User groups: made, changed and deleted by people, and what the bot hears and reads of them."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.errors import NotPossible
from bot.sandbox.hands import Hands
from bot.sandbox.workspace import Workspace

from .stand_ins import DAAN, LIES, NOOR, TOM, Clock, Ear


@pytest.fixture
def told(workspace: Workspace, ear: Ear) -> Ear:
    workspace.events |= {"subteam_created", "subteam_updated", "subteam_members_changed"}
    return ear


async def test_a_group_is_told_when_made_and_when_its_members_change(
    hands: Hands, told: Ear, client: AsyncWebClient, clock: Clock
) -> None:
    leads = await hands.create_group(TOM, "Team leads", "leads", [NOOR, DAAN])
    clock.move(hours=1)
    await hands.change_group(TOM, leads, add=[LIES], remove=[DAAN])
    created, updated, changed = told.events
    assert (created["type"], created["subteam"]["handle"]) == ("subteam_created", "leads")
    assert created["subteam"]["users"] == [NOOR, DAAN]
    assert (updated["type"], updated["subteam"]["users"]) == ("subteam_updated", [NOOR, LIES])
    assert (changed["type"], changed["subteam_id"]) == ("subteam_members_changed", leads)
    assert (changed["added_users"], changed["removed_users"]) == ([LIES], [DAAN])
    assert changed["date_update"] - changed["date_previous_update"] == 3600
    *_there_before, group = (await client.usergroups_list(include_users=True, include_count=True))["usergroups"]
    assert (group["id"], group["users"], group["user_count"]) == (leads, [NOOR, LIES], 2)
    assert "users" not in (await client.usergroups_list())["usergroups"][0]
    assert (await client.usergroups_users_list(usergroup=leads))["users"] == [NOOR, LIES]


async def test_a_deleted_group_is_a_change_and_is_found_only_by_who_asks_for_it(
    hands: Hands, told: Ear, client: AsyncWebClient
) -> None:
    there_before = (await client.usergroups_list())["usergroups"]
    leads = await hands.create_group(TOM, "Team leads", "leads", [NOOR])
    await hands.delete_group(TOM, leads)
    deleted = told.events[-1]
    assert deleted["type"] == "subteam_updated"
    assert (bool(deleted["subteam"]["date_delete"]), deleted["subteam"]["deleted_by"]) == (True, TOM)
    assert (await client.usergroups_list())["usergroups"] == there_before
    assert (await client.usergroups_list(include_disabled=True))["usergroups"][-1]["id"] == leads
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup=leads)
    assert (await client.usergroups_users_list(usergroup=leads, include_disabled=True))["users"] == [NOOR]
    for deed in (hands.delete_group(TOM, leads), hands.change_group(TOM, leads, add=[LIES])):
        with pytest.raises(NotPossible, match="deleted"):
            await deed


async def test_who_is_gone_is_out_of_their_groups(hands: Hands, told: Ear, client: AsyncWebClient) -> None:
    leads = await hands.create_group(TOM, "Team leads", "leads", [NOOR, DAAN])
    await hands.deactivate(NOOR)
    assert (await client.usergroups_users_list(usergroup=leads))["users"] == [DAAN]
    assert (told.event_types[-1], told.events[-1]["removed_users"]) == ("subteam_members_changed", [NOOR])


async def test_the_event_of_a_large_group_names_five_hundred_and_counts_all(
    hands: Hands, told: Ear, client: AsyncWebClient, workspace: Workspace
) -> None:
    many = [workspace.add_person(f"p{number}", f"Person {number}").id for number in range(600)]
    group = await hands.create_group(TOM, "Everybody", "all", many)
    told_of = told.events[0]["subteam"]
    assert (len(told_of["users"]), told_of["user_count"]) == (500, 600)
    assert (await client.usergroups_users_list(usergroup=group))["users"] == many


async def test_what_changes_nothing_is_no_change(hands: Hands, told: Ear) -> None:
    leads = await hands.create_group(TOM, "Team leads", "leads", [NOOR])
    with pytest.raises(NotPossible, match="Nothing changes"):
        await hands.change_group(TOM, leads, add=[NOOR], remove=[LIES])
    assert told.event_types == ["subteam_created"]
