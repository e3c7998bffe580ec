"""The playbooks: plays on disk, read strictly, in both languages or not at all.

A play is one Markdown file per language: front matter, then seven fixed sections. Whatever is wrong with one
(an unknown key, a missing language, a relation to nowhere) ends the start with a ContentError that names the file.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.kit import content
from bot.kit.content import ContentError
from bot.kit.i18n import Language
from bot.trade import Level, Moment, Phase, Principle, Step

HEADINGS = {
    Language.EN: ("When", "Say this", "Do this", "Avoid", "Why it works", "If–then", "Last sentence"),
    Language.NL: ("Wanneer", "Zeg dit", "Doe dit", "Vermijd", "Waarom het werkt", "Als–dan", "Laatste zin"),
}
MOST_THINGS_TO_DO = 3

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Meta(BaseModel):
    """The front matter of a play."""

    model_config = ConfigDict(extra="forbid", strict=False)

    id: Name
    title: Annotated[Line, StringConstraints(max_length=45)]
    step: Step
    level: Level
    phases: list[Phase]
    principles: list[Principle]
    moments: list[Moment]
    sources: list[str]
    phrases: list[Line]
    related: list[Name]


@dataclass(frozen=True)
class Play:
    """One play in one language."""

    meta: Meta
    language: Language
    when: str
    say: str
    do: tuple[str, ...]
    avoid: str
    why: str
    if_then: str
    last_sentence: str

    @property
    def id(self) -> str:
        return self.meta.id

    @property
    def title(self) -> str:
        return self.meta.title

    @property
    def reason(self) -> str:
        """The first sentence of why it works: a reason that stands on its own."""
        return re.split(r"(?<=[.!?])\s", self.why, maxsplit=1)[0]


class Playbook:
    """All plays, in the roadmap's order."""

    def __init__(self, plays: Mapping[tuple[str, Language], Play]) -> None:
        ordered = sorted(plays.values(), key=lambda play: (play.meta.step, play.meta.level, play.id))
        self._plays = {(play.id, play.language): play for play in ordered}
        self.ids: tuple[str, ...] = tuple(dict.fromkeys(play.id for play in ordered))

    def __iter__(self) -> Iterator[Play]:
        return iter(self._plays.values())

    def __contains__(self, play_id: object) -> bool:
        return (play_id, Language.EN) in self._plays

    def play(self, play_id: str, language: Language) -> Play:
        """Raises KeyError when there is no such play (any more)."""
        return self._plays[play_id, language]

    def of_step(self, step: Step, language: Language) -> list[Play]:
        return [play for play in self if play.meta.step == step and play.language == language]

    def counts(self, language: Language) -> dict[Step, int]:
        """How many plays each step has."""
        return {step: len(self.of_step(step, language)) for step in Step}

    def neighbours(self, play_id: str) -> tuple[str, str]:
        """The plays before and after this one; the roadmap is walked round."""
        here = self.ids.index(play_id)
        return self.ids[here - 1], self.ids[(here + 1) % len(self.ids)]


def load(own_folder: Path | None = None) -> Playbook:
    """The plays that come with the bot, with an organisation's own folder laid over them. Raises ContentError.

    A file in the organisation's folder with the id of one of ours replaces it, per language.
    """
    ours = content.path_of("playbooks")
    sources = content.sources_in(ours)
    plays = _read_folder(ours / "plays")
    if own_folder is not None:
        if not own_folder.is_dir():
            raise ContentError(own_folder, "ACHT_PLAYBOOKS_DIR is not a folder")
        sources |= content.sources_in(own_folder)
        plays |= _read_folder(own_folder)
    _check_as_a_whole(plays, sources)
    return Playbook({key: play for key, (_path, play) in plays.items()})


def _read_folder(folder: Path) -> dict[tuple[str, Language], tuple[Path, Play]]:
    plays: dict[tuple[str, Language], tuple[Path, Play]] = {}
    for path in sorted(folder.rglob("*.md")):
        play = read_play(path)
        if (play.id, play.language) in plays:
            raise ContentError(path, f"{play.id} stands twice")
        plays[play.id, play.language] = (path, play)
    return plays


def read_play(path: Path) -> Play:
    """One file, `<id>.<language>.md`. Raises ContentError."""
    meta, body = content.read_markdown(path, Meta)
    name, _, language = path.stem.rpartition(".")
    if language not in set(Language):
        raise ContentError(path, "the name must end in .nl.md or .en.md")
    if name != meta.id:
        raise ContentError(path, f"the file is called {name}, its id is {meta.id}")
    for key in ("phases", "principles", "moments", "sources", "phrases"):
        if not getattr(meta, key):
            raise ContentError(path, f"{key} is empty")
    language = Language(language)
    when, say, do, avoid, why, if_then, last = _sections(path, body, HEADINGS[language])
    return Play(
        meta=meta,
        language=language,
        when=_flow(when),
        say=_spoken(path, say),
        do=_bullets(path, do),
        avoid=_flow(avoid),
        why=_flow(why),
        if_then=_flow(if_then),
        last_sentence=_spoken(path, last),
    )


def _sections(path: Path, body: str, headings: Sequence[str]) -> list[str]:
    before, *rest = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
    found, texts = [heading.strip() for heading in rest[::2]], [text.strip() for text in rest[1::2]]
    if before.strip():
        raise ContentError(path, "there is text before the first section")
    if found != list(headings):
        raise ContentError(path, f"the sections must be: {' · '.join(headings)}")
    for heading, text in zip(found, texts, strict=True):
        if not text:
            raise ContentError(path, f"section {heading} is empty")
    return texts


def _spoken(path: Path, section: str) -> str:
    lines = section.splitlines()
    if not all(line.startswith(">") for line in lines):
        raise ContentError(path, "words to say stand in a quote, each line with > in front")
    return _flow("\n".join(line.removeprefix(">") for line in lines)).strip('"')


def _bullets(path: Path, section: str) -> tuple[str, ...]:
    items = [_flow(item) for item in re.split(r"^- ", section, flags=re.MULTILINE) if item.strip()]
    if not section.startswith("- ") or len(items) > MOST_THINGS_TO_DO:
        raise ContentError(path, f"things to do are a list of at most {MOST_THINGS_TO_DO}")
    return tuple(items)


def _flow(text: str) -> str:
    """Lines joined: where a line breaks in the file says nothing."""
    return " ".join(text.split())


def _check_as_a_whole(plays: Mapping[tuple[str, Language], tuple[Path, Play]], sources: Collection[str]) -> None:
    for (play_id, language), (path, play) in plays.items():
        other = Language.EN if language is Language.NL else Language.NL
        if (play_id, other) not in plays:
            raise ContentError(path, f"{play_id} is missing in {other}")
        twin = plays[play_id, other][1].meta
        for key in ("step", "level", "phases", "principles", "moments", "sources", "related"):
            if getattr(play.meta, key) != getattr(twin, key):
                raise ContentError(path, f"{key} differs between the two languages")
        for related in play.meta.related:
            if related == play_id or (related, language) not in plays:
                raise ContentError(path, f"related: there is no other play {related}")
        for source in play.meta.sources:
            if source not in sources:
                raise ContentError(path, f"sources: {source} is not in sources.yaml")
