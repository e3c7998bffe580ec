"""Who may do what: everything that can be done, against everybody who might."""

import pytest

from bot.coaching.handlers import DEEDS as OF_THE_COACH
from bot.coaching.views import Action as CoachingAction
from bot.people.handlers import DEEDS as OF_PEOPLE
from bot.people.roles import MAY, Deed, Role, Standing, may, roles_of
from bot.people.views import Action as PeopleAction
from tests.world import World, manifest

DEEDS = OF_THE_COACH | OF_PEOPLE

YES, NO = True, False
MATRIX = {
    #               guest  front line
    Deed.ASK: (YES, YES),
    Deed.BROWSE: (NO, YES),
    Deed.CHOOSE: (NO, YES),
}

SHOWS_ONLY = {CoachingAction.THANKS}
"""Modals without anything to submit."""


@pytest.mark.parametrize("deed", Deed)
def test_each_deed_is_decided_for_each_role(deed: Deed) -> None:
    assert tuple(role in MAY[deed] for role in Role) == MATRIX[deed]


def test_everything_that_can_be_clicked_submitted_or_chosen_is_a_deed() -> None:
    """A new one without an entry here is a hole in the wall."""
    assert set(DEEDS) == (set(CoachingAction) | set(PeopleAction)) - SHOWS_ONLY
    assert {shortcut["callback_id"] for shortcut in manifest()["features"]["shortcuts"]} <= set(DEEDS)


async def test_every_word_of_the_command_is_a_deed(world: World) -> None:
    words = {subcommand.names["en"][0]: Deed(subcommand.deed) for subcommand in world.acht.commands.known}
    assert words == {"playbook": Deed.BROWSE, "help": Deed.ASK, "settings": Deed.CHOOSE, "pause": Deed.CHOOSE}


@pytest.mark.parametrize(
    ("standing", "deeds"),
    [
        (Standing.MEMBER, set(Deed)),
        (Standing.GUEST, {Deed.ASK}),
        (Standing.OUTSIDER, {Deed.ASK}),
        (Standing.BOT, set()),
        (Standing.GONE, set()),
    ],
)
def test_what_somebody_may_follows_from_who_they_are_in_slack(standing: Standing, deeds: set[Deed]) -> None:
    assert {deed for deed in Deed if may(roles_of(standing), deed)} == deeds
