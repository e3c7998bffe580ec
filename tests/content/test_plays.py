"""Every promise about the plays."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.coaching import playbooks, rules
from bot.coaching.concerns import PLAY_FOR
from bot.coaching.playbooks import HEADINGS, Play
from bot.kit import content
from bot.kit.content import ContentError
from bot.kit.i18n import Language
from bot.kit.language import language_of
from bot.trade import Level, Phase, Principle, Step

PLAYBOOK = playbooks.load()
FILES = sorted(content.path_of("playbooks").rglob("*.??.md"))
EACH = pytest.mark.parametrize("play", list(PLAYBOOK), ids=lambda play: f"{play.id}.{play.language}")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)


def body_of(play: Play) -> str:
    return " ".join((play.when, play.say, *play.do, play.avoid, play.why, play.if_then, play.last_sentence))


def test_each_step_has_at_least_three_plays_in_each_language() -> None:
    for language in Language:
        counts = PLAYBOOK.counts(language)
        assert all(counts[step] >= 3 for step in Step), counts


def test_all_levels_phases_and_principles_are_in_use() -> None:
    assert {play.meta.level for play in PLAYBOOK} == set(Level)
    assert {phase for play in PLAYBOOK for phase in play.meta.phases} == set(Phase)
    assert {principle for play in PLAYBOOK for principle in play.meta.principles} == set(Principle)


def test_every_concern_has_its_play() -> None:
    for play_id in PLAY_FOR.values():
        assert play_id in PLAYBOOK


@EACH
def test_a_play_has_120_to_220_words(play: Play) -> None:
    assert 120 <= len(words(body_of(play))) <= 220


@EACH
def test_its_short_answer_has_at_most_120_words(play: Play) -> None:
    assert rules.is_short_enough(rules.from_play(play))


@EACH
def test_the_words_to_say_can_be_said_in_one_breath_or_two(play: Play) -> None:
    assert 12 <= len(words(play.say)) <= 45
    assert len(words(play.last_sentence)) <= 35


@EACH
def test_things_to_do_are_short(play: Play) -> None:
    assert 1 <= len(play.do) <= 3
    assert all(len(words(thing)) <= 16 for thing in play.do)


@EACH
def test_it_is_written_in_its_language(play: Play) -> None:
    assert language_of(body_of(play)) is play.language


@EACH
def test_it_has_enough_everyday_phrases_each_only_once(play: Play) -> None:
    assert len(play.meta.phrases) >= 6
    assert max(Counter(phrase.lower() for phrase in play.meta.phrases).values()) == 1


@EACH
def test_it_never_asks_for_a_score(play: Play) -> None:
    said = f"{play.say} {play.last_sentence}".lower()
    asking = r"\b(give|leave|rate|score|write|geef|geeft|geven|schrijf|schrijft|vul|vult|laat|laten)\b"
    score = r"\b(8|9|10|eight|nine|ten|acht|negen|tien|stars?|sterren|review|rating|cijfer|beoordeling)\b"
    assert not re.search(rf"{asking}[^.?]*{score}", said)


@EACH
def test_it_speaks_plainly(play: Play) -> None:
    jargon = (
        r"\b(klantbeleving|customer experience|customer journey|stakeholder|touchpoint|proactie\w+|pro-active|leverage"
        r"|synergy|omnichannel|kpi)\b"
    )
    assert not re.search(jargon, body_of(play).lower())
    assert body_of(play).count("!") <= 1
    assert not re.search(r"[\U0001F300-\U0001FAFF]|\*\*|<[@!#]", body_of(play))


def test_no_two_plays_say_the_same() -> None:
    for language in Language:
        said = [play.say for play in PLAYBOOK if play.language is language]
        assert len(set(said)) == len(said)
        phrases = Counter(p.lower() for play in PLAYBOOK if play.language is language for p in play.meta.phrases)
        assert [phrase for phrase, count in phrases.items() if count > 1] == []


def test_dutch_speaks_to_colleagues_with_je() -> None:
    for play in PLAYBOOK:
        if play.language is Language.NL:
            to_a_colleague = re.sub(r"\"[^\"]*\"|“[^”]*”", "", " ".join((*play.do, play.avoid, play.if_then)))
            assert not re.search(r"\b[uU]w?\b", to_a_colleague), play.id


def a_play(**changes: str) -> str:
    """A sound English file, with some of its lines changed."""
    lines = {
        "id": "a-play", "title": "A title", "step": "6", "level": "2", "phases": "[trust]", "principles": "[speed]",
        "moments": "[waiting]", "sources": "[kano-1984]", "phrases": "[one, two]", "related": "[late-again]", **changes,
    }  # fmt: skip
    front = "\n".join(f"{key}: {value}" for key, value in lines.items() if value != "-")
    sections = {
        "Say this": '> "Words."', "Do this": "- One thing", "Last sentence": '> "The end."',
    }  # fmt: skip
    body = "\n\n".join(f"## {heading}\n{sections.get(heading, 'Text.')}" for heading in HEADINGS[Language.EN])
    return f"---\n{front}\n---\n\n{body}\n"


def write(folder: Path, english: str, dutch: str | None = None) -> Path:
    (folder / "a-play.en.md").write_text(english, encoding="utf-8")
    translated = english if dutch is None else dutch
    for heading, other in zip(HEADINGS[Language.EN], HEADINGS[Language.NL], strict=True):
        translated = translated.replace(f"## {heading}\n", f"## {other}\n")
    if translated:
        (folder / "a-play.nl.md").write_text(translated, encoding="utf-8")
    return folder


def test_an_organisation_adds_a_play(tmp_path: Path) -> None:
    assert "a-play" in playbooks.load(write(tmp_path, a_play()))


def test_an_organisation_puts_its_own_play_in_the_place_of_ours(tmp_path: Path) -> None:
    for language in Language:
        source = next(file for file in FILES if file.name == f"late-again.{language}.md")
        text = re.sub(r"^title:.*$", "title: As we do it", source.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (tmp_path / source.name).write_text(text, encoding="utf-8")
    assert playbooks.load(tmp_path).play("late-again", Language.NL).title == "As we do it"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (a_play(colour="red"), "colour"),
        (a_play(step="9"), "step"),
        (a_play(title="-"), "title"),
        (a_play(phrases="[]"), "phrases is empty"),
        (a_play(related="[not-there]"), "there is no other play not-there"),
        (a_play(related="[a-play]"), "there is no other play a-play"),
        (a_play(sources="[hearsay]"), "hearsay is not in sources.yaml"),
        (a_play(moments="[tea-time]"), "moments"),
        (a_play(id="another"), "its id is another"),
        (a_play(title="[not: closed"), "cannot be read"),
        (a_play().replace("## Avoid\nText.\n\n", ""), "the sections must be"),
        (a_play().replace("## Avoid\nText.", "## Avoid\n"), "section Avoid is empty"),
        (a_play().replace("- One thing", "- 1\n- 2\n- 3\n- 4"), "at most 3"),
        (a_play().replace('> "Words."', "Words."), "stand in a quote"),
    ],
)
def test_what_is_wrong_with_a_play_ends_the_start_and_names_the_file(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ContentError, match=re.escape(problem)) as caught:
        playbooks.load(write(tmp_path, text))
    assert "a-play" in str(caught.value)


def test_a_missing_language_ends_the_start(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="missing in nl"):
        playbooks.load(write(tmp_path, a_play(), dutch=""))


def test_languages_that_differ_in_more_than_words_end_the_start(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="level differs"):
        playbooks.load(write(tmp_path, a_play(), dutch=a_play(level="3")))
