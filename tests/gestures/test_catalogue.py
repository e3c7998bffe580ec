"""What is wrong with a gesture ends the start, and names the file and which one."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.gestures import catalogue
from bot.gestures.gesture import Kind, Need, Sector, Timing
from bot.kit.content import ContentError
from bot.kit.i18n import Language
from tests.gestures.facts import a_gesture, entry

WORDING = entry()["en"]


def without(key: str, **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in entry(**changes).items() if name != key}


def own(folder: Path, *gestures: dict[str, Any]) -> Path:
    """An organisation's folder."""
    (folder / "gestures").mkdir()
    (folder / "gestures" / "ours.yaml").write_text(yaml.safe_dump({"gestures": list(gestures)}), encoding="utf-8")
    return folder


def test_an_organisation_adds_a_gesture_of_its_own(tmp_path: Path) -> None:
    usual = catalogue.load()
    with_ours = catalogue.load(own(tmp_path, entry(cost=2.5, sectors=["any"], needs=[])))
    assert len(with_ours.gestures) == len(usual.gestures) + 1
    gesture = with_ours.gesture("a-gesture")
    assert (gesture.cost, gesture.kind, gesture.sectors) == (Decimal("2.5"), Kind.WORDS, tuple(Sector))


def test_an_organisation_puts_its_own_in_the_place_of_ours(tmp_path: Path) -> None:
    usual = catalogue.load()
    ours = usual.gestures[0].id
    with_ours = catalogue.load(own(tmp_path, entry(id=ours)))
    assert len(with_ours.gestures) == len(usual.gestures)
    assert with_ours.gesture(ours).in_language(Language.EN).title == "A title"


def test_an_organisation_leans_on_sources_of_its_own(tmp_path: Path) -> None:
    folder = own(tmp_path, entry(source="our-own-research"))
    with pytest.raises(ContentError, match=r"a-gesture: our-own-research is not in sources\.yaml"):
        catalogue.load(folder)
    (folder / "sources.yaml").write_text("sources: {our-own-research: {nl: Van ons, en: Ours}}", encoding="utf-8")
    assert catalogue.load(folder).gesture("a-gesture").source == "our-own-research"


@pytest.mark.parametrize("when", ["before", "on", "after", "any"])
def test_an_organisation_says_when_as_it_would_write_it(tmp_path: Path, when: str) -> None:
    """Also `when: on`, which YAML takes for true."""
    folder = own(tmp_path, entry(occasions=["birthday"]))
    path = folder / "gestures" / "ours.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  id:", f"  when: {when}\n  id:"), encoding="utf-8")
    assert catalogue.load(folder).gesture("a-gesture").when is Timing(when)


def test_what_is_not_there_any_more_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        catalogue.load().gesture("not-there")


@pytest.mark.parametrize(
    ("gestures", "problem"),
    [
        ([entry(colour="red")], "a-gesture.colour: Extra inputs"),
        ([entry(en={**WORDING, "colour": "red"})], "a-gesture.en.colour: Extra inputs"),
        ([entry(level=1)], "the basics are no gesture"),
        ([entry(level=5)], "a-gesture.level"),
        ([entry(level=2)], "a gesture of level 2 is for put-right"),
        ([entry(level=2, occasions=["put-right", "everyday"])], "a gesture of level 2 is for put-right"),
        ([without("kind")], "a-gesture.kind: Field required"),
        ([without("id")], "?.id: Field required"),
        ([without("nl")], "a-gesture.nl: Field required"),
        ([without("en")], "a-gesture.en: Field required"),
        ([entry(nl={**WORDING, "title": " "})], "a-gesture.nl.title"),
        ([entry(nl={**WORDING, "title": "x" * 61})], "a-gesture.nl.title"),
        ([entry(en={**WORDING, "words": "x" * 501})], "a-gesture.en.words"),
        ([entry(en={**WORDING, "do": "x" * 301})], "a-gesture.en.do"),
        ([entry(id="A Gesture")], "id"),
        ([entry(when="later")], "a-gesture.when"),
        ([entry(when="before")], "what can be done any day has no day that it is before, on or after"),
        ([entry(phases=[])], "a-gesture.phases"),
        ([entry(phases=["like", "like"])], "phases names something twice"),
        ([entry(sectors=["any", "shop"])], "a-gesture.sectors"),
        ([entry(sectors=["zoo"])], "a-gesture.sectors"),
        ([entry(cost=-1)], "a-gesture.cost"),
        ([entry(cost=0.125)], "a-gesture.cost"),
        ([entry(minutes=0)], "a-gesture.minutes"),
        ([entry(source="hearsay")], "hearsay is not in sources.yaml"),
        ([entry(needs=["thing"])], "nl: {thing} is needed, and not in the words"),
        ([entry(en={**WORDING, "words": "Dear {thing}"})], "en: {thing} is neither always known nor in needs"),
        ([entry(en={**WORDING, "words": "Dear {nobody}"})], "en: {nobody} is neither always known nor in needs"),
        ([entry(en={**WORDING, "words": "Dear {customer.__class__}"})], "stands the name of a variable"),
        ([entry(en={**WORDING, "words": "Dear {customer!r:>9}"})], "stands the name of a variable"),
        ([entry(en={**WORDING, "words": "Dear {}"})], "stands the name of a variable"),
        ([entry(en={**WORDING, "words": "Dear {customer"})], "a-gesture: Value error"),
        ([entry(), entry()], "a-gesture stands twice"),
    ],
)
def test_what_is_wrong_with_a_gesture_ends_the_start(
    tmp_path: Path, gestures: list[dict[str, Any]], problem: str
) -> None:
    with pytest.raises(ContentError, match=re.escape(problem)) as caught:
        catalogue.load(own(tmp_path, *gestures))
    assert "ours.yaml" in str(caught.value)


def test_the_words_are_filled_in_whatever_the_customer_said() -> None:
    words = {**WORDING, "words": "{customer}, you said “{their_words}”."}
    wording = a_gesture(needs=[Need.THEIR_WORDS], nl=words, en=words).in_language(Language.NL)
    said = wording.said({"customer": "{me}", "their_words": "100% {customer} {0}", "me": "Noor"})
    assert said == "{me}, you said “100% {customer} {0}”."
    with pytest.raises(KeyError):
        wording.said({"customer": "Sam"})
