"""The catalogue: gestures and moments on disk, read strictly, in both languages or not at all.

Gestures stand in `gestures/*.yaml`, moments in `moments.yaml`. Whatever is wrong with one (an unknown key, a missing
language, a variable that nobody fills in) ends the start with a ContentError that names the file and the gesture.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.gestures.gesture import Gesture, Moment
from bot.kit import content
from bot.kit.content import ContentError
from bot.kit.i18n import Language


class Catalogue:
    """All gestures and moments, in the order in which they stand on disk."""

    def __init__(self, gestures: Mapping[str, Gesture], moments: Mapping[str, Moment]) -> None:
        self._gestures, self._moments = dict(gestures), dict(moments)
        self.gestures: tuple[Gesture, ...] = tuple(gestures.values())
        self.moments: tuple[Moment, ...] = tuple(moments.values())

    def gesture(self, gesture_id: str) -> Gesture:
        """Raises KeyError when there is no such gesture (any more)."""
        return self._gestures[gesture_id]

    def moment(self, moment_id: str) -> Moment:
        """Raises KeyError when there is no such moment (any more)."""
        return self._moments[moment_id]


class _Sources(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: dict[str, dict[Language, str]]


class _GesturesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    gestures: list[dict[str, Any]]


class _MomentsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    moments: list[dict[str, Any]]


def load(own_folder: Path | None = None) -> Catalogue:
    """What comes with the bot, with an organisation's own folder laid over it. Raises ContentError.

    A gesture or moment in the organisation's folder with the id of one of ours replaces it.
    """
    gestures: dict[str, Gesture] = {}
    moments: dict[str, Moment] = {}
    sources: set[str] = set()
    for folder in [content.path_of("playbooks")] + ([own_folder] if own_folder else []):
        if (folder / "sources.yaml").exists():
            sources |= content.read_yaml(folder / "sources.yaml", _Sources).sources.keys()
        gestures |= _read_gestures(folder / "gestures", sources)
        if (folder / "moments.yaml").exists():
            moments |= _read_moments(folder / "moments.yaml")
    return Catalogue(gestures, moments)


def _read_gestures(folder: Path, sources: set[str]) -> dict[str, Gesture]:
    gestures: dict[str, Gesture] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entry in content.read_yaml(path, _GesturesFile).gestures:
            gesture = _checked(path, Gesture, entry)
            if gesture.id in gestures:
                raise ContentError(path, f"{gesture.id} stands twice")
            if gesture.source not in sources:
                raise ContentError(path, f"{gesture.id}: {gesture.source} is not in sources.yaml")
            gestures[gesture.id] = gesture
    return gestures


def _read_moments(path: Path) -> dict[str, Moment]:
    moments: dict[str, Moment] = {}
    for entry in content.read_yaml(path, _MomentsFile).moments:
        moment = _checked(path, Moment, entry)
        if moment.id in moments:
            raise ContentError(path, f"{moment.id} stands twice")
        moments[moment.id] = moment
    return moments


Entry = TypeVar("Entry", Gesture, Moment)


def _checked(path: Path, shape: type[Entry], entry: dict[str, Any]) -> Entry:
    """One of a list: who mends it looks for its id, not for its number."""
    try:
        return shape.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in (entry.get("id", "?"), *first["loc"]))
        raise ContentError(path, f"{where}: {first['msg']}") from None
