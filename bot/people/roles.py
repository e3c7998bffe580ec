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
    FRONT_LINE = "front_line"
    """Every colleague."""


class Deed(StrEnum):
    """What can be done with Acht."""

    ASK = "ask"
    """Ask the coach, in any way, and say whether it helped."""
    BROWSE = "browse"
    """Leaf through the roadmap and the plays, and open the Home tab."""
    CHOOSE = "choose"
    """Say how one wants to be spoken to and reached, and pause."""


MAY: dict[Deed, frozenset[Role]] = {
    Deed.ASK: frozenset(Role),
    Deed.BROWSE: frozenset(Role) - {Role.GUEST},
    Deed.CHOOSE: frozenset(Role) - {Role.GUEST},
}


def roles_of(standing: Standing) -> frozenset[Role]:
    """Nobody, of whom the account is closed; bots are not colleagues either."""
    match standing:
        case Standing.MEMBER:
            return frozenset({Role.FRONT_LINE})
        case Standing.GUEST | Standing.OUTSIDER:
            return frozenset({Role.GUEST})
        case Standing.BOT | Standing.GONE:
            return frozenset()


def may(roles: frozenset[Role], deed: Deed) -> bool:
    return bool(roles & MAY[deed])
