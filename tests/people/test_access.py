"""Who does what is not theirs is told so in one friendly sentence, whatever way they try, and nothing happens."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.administration import views as administration
from bot.administration.service import Overview
from bot.kit.i18n import Language, dictionary
from bot.people.access import NotYours
from bot.people.roles import GIVEN, MAY, Deed, Role
from bot.people.roles_given import Holders
from bot.reception import DEEDS
from bot.sandbox import blocks
from bot.teams.views import Action as TeamAction
from tests.world import NOOR, PRIYA, World, open_world, words_of

FRONT_LINE = frozenset({Role.FRONT_LINE})
LEADS, LEADERSHIP, ADMINISTRATORS = "This is for team leads.", "This is for leadership.", "This is for administrators"
SENTENCES = {Deed.LEAD_TEAM: LEADS, Deed.OVERSEE: LEADERSHIP, Deed.ADMINISTER: ADMINISTRATORS}


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """Noor and Priya are of the front line."""
    async with open_world(sqlite_url) as world:
        for person in (NOOR, PRIYA):
            assert world.acht.reception is not None
            await world.acht.reception.profiles.of(world.workspace.team_id, person)
            await world.acht.people.hears(world.workspace.team_id, person, Language.EN)
        yield world


@pytest.mark.parametrize(
    ("deed", "theirs", "said"),
    [
        (Deed.BROWSE, {Role.GUEST}, "As a guest you can ask me"),
        (Deed.ADMINISTER, {Role.GUEST}, "As a guest you can ask me"),
        (Deed.LEAD_TEAM, {Role.FRONT_LINE}, LEADS),
        (Deed.LEAD_TEAM, {Role.FRONT_LINE, Role.LEADERSHIP}, LEADS),
        (Deed.OVERSEE, {Role.FRONT_LINE}, LEADERSHIP),
        (Deed.OVERSEE, {Role.FRONT_LINE, Role.LEAD}, LEADERSHIP),
        (Deed.ADMINISTER, {Role.FRONT_LINE, Role.LEAD, Role.LEADERSHIP}, ADMINISTRATORS),
    ],
)
def test_it_says_whose_it_is_and_who_can_help_in_both_languages(deed: Deed, theirs: set[Role], said: str) -> None:
    words = dictionary()
    refused = NotYours(deed, frozenset(theirs))
    english, dutch = refused.said(words[Language.EN]), refused.said(words[Language.NL])
    assert english.startswith(said)
    assert dutch != english
    assert "beheerder" in dutch or "gast" in dutch


async def test_whoever_clicks_what_is_not_theirs_hears_it_and_nothing_opens(world: World) -> None:
    """Also with a button that they should not even have: an old message, or one made by hand."""
    refused = {name: deed for name, deed in DEEDS.items() if not MAY[deed] & FRONT_LINE}
    assert set(refused.values()) == {Deed.LEAD_TEAM, Deed.OVERSEE, Deed.ADMINISTER}
    dm = world.dm(PRIYA)
    for name, deed in refused.items():
        await world.say_as_the_bot(dm, name)
        await world.hands.click(PRIYA, name, dm)
        last = words_of(world.said(dm, PRIYA)[-1])
        assert last.startswith(SENTENCES[deed]), name
        assert world.workspace.modal(PRIYA) is None, name
    changed, _ = await _log(world)
    assert changed == []


async def _log(world: World) -> tuple[Any, int]:
    return await world.acht.services.administration.changes(world.workspace.team_id, skip=0)


async def test_a_form_made_by_hand_is_neither_filled_in_nor_taken(world: World) -> None:
    world.workspace.add_usergroup("The secret project", "secret-project", [NOOR])
    nobody = Overview(holders=dict.fromkeys(GIVEN, Holders()), hold=None, guests_may_browse=False)
    form = administration.groups_modal(nobody, dictionary()[Language.EN])
    opened = world.workspace.surfaces.open(PRIYA, blocks.checked_view(form, "modal"))

    found = await world.hands.options(PRIYA, administration.Action.GROUP, "", view_id=opened.id, block_id=Role.LEAD)
    assert found == {"options": []}, "groups of the company are for administrators to see"
    assert words_of(world.said(world.dm(PRIYA))[-1]).startswith(ADMINISTRATORS)
    assert world.slack.accepted["usergroups.list"] == 0

    await world.hands.submit(PRIYA, opened.id, {})
    shown = world.modal_of(PRIYA)
    assert ADMINISTRATORS in str(shown.blocks)
    assert shown.content.get("submit") is None
    changed, _ = await _log(world)
    assert changed == []


async def test_a_list_of_a_leads_form_is_for_leads(world: World) -> None:
    form = {
        "type": "modal",
        "callback_id": TeamAction.PLAN,
        "title": {"type": "plain_text", "text": "Set up"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {
                "type": "input",
                "block_id": name,
                "label": {"type": "plain_text", "text": name},
                "element": {"type": "external_select", "action_id": name},
            }
            for name in (TeamAction.ZONE, TeamAction.COUNTRY)
        ],
    }
    opened = world.workspace.surfaces.open(NOOR, blocks.checked_view(form, "modal"))
    for name in (TeamAction.ZONE, TeamAction.COUNTRY):
        assert await world.hands.options(NOOR, name, "ne", view_id=opened.id) == {"options": []}
    assert words_of(world.said(world.dm(NOOR))[-1]).startswith(LEADS)
    await world.acht.services.roles.claim(world.workspace.team_id, NOOR)
    assert (await world.hands.options(NOOR, TeamAction.ZONE, "amster", view_id=opened.id))["options"]
