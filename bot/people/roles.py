"""Who may do what. The only place that decides it."""

from enum import StrEnum


class Standing(StrEnum):
    """Who somebody is to the workspace, as Slack has it."""

    MEMBER = "member"
    GUEST = "guest"
    """A guest of the workspace, for one channel or for several."""
    OUTSIDER = "outsider"
    """Somebody of another workspace, in a channel that both share."""
    BOT = "bot"
    GONE = "gone"
    """The account is closed."""


class Role(StrEnum):
    """What somebody is to Acht."""

    GUEST = "guest"
    """A guest or an outsider."""
    WELCOME_GUEST = "welcome_guest"
    """One whom an administrator lets do more than ask."""
    FRONT_LINE = "front_line"
    """Every colleague."""
    LEAD = "lead"
    """Sets up teams and leads them. Which ones is kept with the teams."""
    LEADERSHIP = "leadership"
    ADMINISTRATOR = "administrator"


GIVEN = (Role.ADMINISTRATOR, Role.LEADERSHIP, Role.LEAD)
"""The roles that somebody gives or that a user group brings; the others follow from Slack."""


class Deed(StrEnum):
    """What can be done with Acht."""

    ASK = "ask"
    """Ask the coach, in any way, and say whether it helped."""
    BROWSE = "browse"
    """Leaf through the roadmap and the plays, and open the Home tab."""
    CHOOSE = "choose"
    """Say how one wants to be spoken to and reached, pause, and have a first day."""
    SERVE = "serve"
    """Have customers: see their cards, and do something for them. Which ones is decided card by card."""
    LEAD_TEAM = "lead_team"
    """Set up a team, and change the ones that one leads."""
    OVERSEE = "oversee"
    """See all teams, and what they work on."""
    ADMINISTER = "administer"
    """Roles, limits, the audit log, health, and the button that stops everything."""


_COLLEAGUES = frozenset(Role) - {Role.GUEST, Role.WELCOME_GUEST}
_WELCOME = _COLLEAGUES | {Role.WELCOME_GUEST}

MAY: dict[Deed, frozenset[Role]] = {
    Deed.ASK: frozenset(Role),
    Deed.BROWSE: _WELCOME,
    Deed.CHOOSE: _WELCOME,
    Deed.SERVE: _COLLEAGUES,
    Deed.LEAD_TEAM: frozenset({Role.LEAD, Role.ADMINISTRATOR}),
    Deed.OVERSEE: frozenset({Role.LEADERSHIP, Role.ADMINISTRATOR}),
    Deed.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


def roles_of(standing: Standing, given: frozenset[Role] = frozenset(), *, guests_may_browse: bool) -> frozenset[Role]:
    """Nobody, of whom the account is closed; bots are not colleagues either, and guests get no role given.

    `guests_may_browse`: an administrator decided that they may do what colleagues may, but for customers' cards.
    """
    match standing:
        case Standing.MEMBER:
            return given | {Role.FRONT_LINE}
        case Standing.GUEST | Standing.OUTSIDER:
            return frozenset({Role.WELCOME_GUEST if guests_may_browse else Role.GUEST})
        case Standing.BOT | Standing.GONE:
            return frozenset()


def may(roles: frozenset[Role], deed: Deed) -> bool:
    return bool(roles & MAY[deed])
