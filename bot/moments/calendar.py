"""The moments there are, on disk (`moments.yaml`), read strictly, in both languages or not at all."""

from collections.abc import Mapping
from pathlib import Path

from bot.kit import content
from bot.moments.moment import Moment


class Calendar:
    """All moments, in the order in which they stand on disk."""

    def __init__(self, moments: Mapping[str, Moment]) -> None:
        self.by_id: Mapping[str, Moment] = dict(moments)
        self.moments: tuple[Moment, ...] = tuple(moments.values())

    def moment(self, moment_id: str) -> Moment:
        """Raises KeyError when there is no such moment (any more)."""
        return self.by_id[moment_id]


def load(own_folder: Path | None = None) -> Calendar:
    """What comes with the bot, with an organisation's own folder laid over it. Raises ContentError.

    A moment in the organisation's folder with the id of one of ours replaces it.
    """
    moments: dict[str, Moment] = {}
    for folder in [content.path_of("playbooks")] + ([own_folder] if own_folder else []):
        if (path := folder / "moments.yaml").exists():
            moments |= content.read_list(path, "moments", Moment)
    return Calendar(moments)
