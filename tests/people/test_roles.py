"""Who may do what: everything that can be done, against everybody who might."""

import itertools
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.administration.views import Action as AdministrationAction
from bot.cases.views import Action as CaseAction
from bot.coaching.views import Action as CoachingAction
from bot.customers.views import Action as CustomerAction
from bot.first_day.views import Action as FirstDayAction
from bot.gestures.views import Action as GestureAction
from bot.moments.views import Action as MomentAction
from bot.people.roles import GIVEN, MAY, Deed, Role, Standing, may, roles_of
from bot.people.views import Action as PeopleAction
from bot.promises.views import Action as PromiseAction
from bot.reception import DEEDS, Reception
from bot.teams.views import Action as TeamAction
from tests.world import manifest, open_world

YES, NO = True, False
MATRIX = {
    #                 guest  welcome guest  front line  lead  leadership  administrator
    Deed.ASK: (YES, YES, YES, YES, YES, YES),
    Deed.BROWSE: (NO, YES, YES, YES, YES, YES),
    Deed.CHOOSE: (NO, YES, YES, YES, YES, YES),
    Deed.SERVE: (NO, NO, YES, YES, YES, YES),
    Deed.LEAD_TEAM: (NO, NO, NO, YES, NO, YES),
    Deed.OVERSEE: (NO, NO, NO, NO, YES, YES),
    Deed.ADMINISTER: (NO, NO, NO, NO, NO, YES),
}

PARTS = (
    CoachingAction,
    PeopleAction,
    FirstDayAction,
    TeamAction,
    CustomerAction,
    GestureAction,
    CaseAction,
    PromiseAction,
    MomentAction,
    AdministrationAction,
)
ACTIONS = {action for part in PARTS for action in part}

SHOWS_ONLY = {
    *(CoachingAction.THANKS, FirstDayAction.END, CustomerAction.CARD, CustomerAction.SHOWN),
    *(CaseAction.CASE, PromiseAction.PROMISE, MomentAction.NOTED),
}
"""Modals without anything to submit. What can be clicked in them is a deed of its own."""


@pytest.mark.parametrize("deed", Deed)
def test_each_deed_is_decided_for_each_role(deed: Deed) -> None:
    assert tuple(role in MAY[deed] for role in Role) == MATRIX[deed]


def test_everything_that_can_be_clicked_submitted_or_chosen_is_a_deed() -> None:
    """A new one without an entry here is a hole in the wall."""
    assert set(DEEDS) == ACTIONS - SHOWS_ONLY
    assert {shortcut["callback_id"] for shortcut in manifest()["features"]["shortcuts"]} <= set(DEEDS)


def test_no_two_parts_call_something_by_the_same_id() -> None:
    assert sum(map(len, PARTS)) == len(ACTIONS)


OF_ADMINISTRATORS = set(AdministrationAction)
OF_LEADS = {TeamAction.SET_UP, TeamAction.CHANGE, TeamAction.PLAN, TeamAction.POST, TeamAction.ZONE, TeamAction.COUNTRY}


def test_what_looks_after_all_is_for_administrators_and_what_changes_a_team_for_leads() -> None:
    assert {name for name, deed in DEEDS.items() if deed is Deed.ADMINISTER} == OF_ADMINISTRATORS
    assert {DEEDS[name] for name in OF_LEADS} == {Deed.LEAD_TEAM}


class Listeners:
    """Stands where Bolt's app does, and notes for what somebody listens."""

    def __init__(self) -> None:
        self.heard: dict[str, list[str]] = {"action": [], "view": [], "shortcut": [], "options": [], "command": []}

    def __getattr__(self, kind: str) -> Any:
        def listen(name: Any = None, **_matchers: Any) -> Any:
            if kind in self.heard:
                self.heard[kind].append(name.pattern.removesuffix(r"\b").lstrip("^") if _is_pattern(name) else name)
            return lambda listener: listener

        return listen


def _is_pattern(name: Any) -> bool:
    return isinstance(name, re.Pattern)


@pytest.fixture
async def reception(sqlite_url: str) -> AsyncIterator[Reception]:
    async with open_world(sqlite_url) as world:
        assert world.acht.reception is not None
        yield world.acht.reception


async def test_every_listener_is_for_a_deed_and_every_word_of_the_command_is_one(reception: Reception) -> None:
    listeners = Listeners()
    words = {subcommand.names["en"][0]: Deed(subcommand.deed) for subcommand in reception.commands.known}
    assert words == {
        "playbook": Deed.BROWSE,
        "help": Deed.ASK,
        "customer": Deed.SERVE,
        "case": Deed.SERVE,
        "promise": Deed.SERVE,
        "gesture": Deed.SERVE,
        "settings": Deed.CHOOSE,
        "pause": Deed.CHOOSE,
    }

    reception.listen(listeners)  # type: ignore[arg-type]
    assert listeners.heard.pop("command") == ["/acht"]
    heard = [name.replace("\\", "") for name in itertools.chain(*listeners.heard.values())]
    answered_as_old = [""]  # whatever nobody listens to any more; it is told only that it is old
    assert set(heard) - set(answered_as_old) == set(DEEDS) - {
        # Ids of modals with nothing to submit, which clicks in them bear as well.
        *(AdministrationAction.CHANGES, AdministrationAction.HEALTH),
    }
    assert set(listeners.heard["options"]) == {
        *(TeamAction.ZONE, TeamAction.COUNTRY, AdministrationAction.GROUP),
        *(CustomerAction.FIND, CustomerAction.LOOK_UP),
    }


OF_COLLEAGUES = {Deed.ASK, Deed.BROWSE, Deed.CHOOSE, Deed.SERVE}


@pytest.mark.parametrize(
    ("standing", "given", "deeds"),
    [
        (Standing.MEMBER, set(), OF_COLLEAGUES),
        (Standing.MEMBER, {Role.LEAD}, {*OF_COLLEAGUES, Deed.LEAD_TEAM}),
        (Standing.MEMBER, {Role.LEADERSHIP}, {*OF_COLLEAGUES, Deed.OVERSEE}),
        (Standing.MEMBER, {Role.LEAD, Role.LEADERSHIP}, {*OF_COLLEAGUES, Deed.LEAD_TEAM, Deed.OVERSEE}),
        (Standing.MEMBER, {Role.ADMINISTRATOR}, set(Deed)),
        (Standing.GUEST, set(), {Deed.ASK}),
        (Standing.OUTSIDER, set(), {Deed.ASK}),
        (Standing.BOT, set(), set()),
        (Standing.GONE, set(), set()),
    ],
)
def test_what_somebody_may_follows_from_who_they_are_in_slack_and_what_they_were_given(
    standing: Standing, given: set[Role], deeds: set[Deed]
) -> None:
    roles = roles_of(standing, frozenset(given), guests_may_browse=False)
    assert {deed for deed in Deed if may(roles, deed)} == deeds


@given(
    st.sampled_from([standing for standing in Standing if standing is not Standing.MEMBER]),
    st.frozensets(st.sampled_from(GIVEN)),
    st.booleans(),
)
def test_a_role_given_is_for_colleagues_and_guests_come_at_most_as_far_as_the_front_line(
    standing: Standing, given: frozenset[Role], guests_may_browse: bool
) -> None:
    roles = roles_of(standing, given, guests_may_browse=guests_may_browse)
    assert not roles & set(GIVEN)
    is_guest = standing in {Standing.GUEST, Standing.OUTSIDER}
    assert may(roles, Deed.ASK) is is_guest
    assert may(roles, Deed.BROWSE) is may(roles, Deed.CHOOSE) is (is_guest and guests_may_browse)
    assert not may(roles, Deed.SERVE)
