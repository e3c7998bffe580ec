"""The catalogue: gestures on disk (`gestures/*.yaml`), read strictly, in both languages or not at all.

Whatever is wrong with one (an unknown key, a missing language, a variable that nobody fills in) ends the start with a
ContentError that names the file and the gesture.
"""

from collections.abc import Mapping
from pathlib import Path

from bot.gestures.gesture import Gesture
from bot.kit import content
from bot.kit.content import ContentError


class Catalogue:
    """All gestures, in the order in which they stand on disk."""

    def __init__(self, gestures: Mapping[str, Gesture]) -> None:
        self._gestures = dict(gestures)
        self.gestures: tuple[Gesture, ...] = tuple(gestures.values())

    def gesture(self, gesture_id: str) -> Gesture:
        """Raises KeyError when there is no such gesture (any more)."""
        return self._gestures[gesture_id]


def load(own_folder: Path | None = None) -> Catalogue:
    """What comes with the bot, with an organisation's own folder laid over it. Raises ContentError.

    A gesture in the organisation's folder with the id of one of ours replaces it.
    """
    gestures: dict[str, Gesture] = {}
    sources: set[str] = set()
    for folder in [content.path_of("playbooks")] + ([own_folder] if own_folder else []):
        sources |= content.sources_in(folder)
        gestures |= _read_folder(folder / "gestures", sources)
    return Catalogue(gestures)


def _read_folder(folder: Path, sources: set[str]) -> dict[str, Gesture]:
    gestures: dict[str, Gesture] = {}
    for path in sorted(folder.glob("*.yaml")):
        for gesture_id, gesture in content.read_list(path, "gestures", Gesture).items():
            if gesture_id in gestures:
                raise ContentError(path, f"{gesture_id} stands twice")
            if gesture.source not in sources:
                raise ContentError(path, f"{gesture_id}: {gesture.source} is not in sources.yaml")
            gestures[gesture_id] = gesture
    return gestures
