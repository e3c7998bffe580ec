"""What the coach decides about words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching import rules
from bot.coaching.rules import Advice, Origin, Unclear
from bot.kit.i18n import Language

NL, EN = Language.NL, Language.EN


@pytest.mark.parametrize(
    ("text", "has_files", "unclear"),
    [
        ("", False, Unclear.EMPTY),
        ("", True, Unclear.ONLY_A_FILE),
        ("?!", False, Unclear.NO_WORDS),
        ("?!", True, Unclear.ONLY_A_FILE),
        ("😀", False, Unclear.NO_WORDS),
        (":tada: :+1:", False, Unclear.NO_WORDS),
        ("7", False, Unclear.NO_WORDS),
        ("boos", False, None),
        ("boos", True, None),
        ("الزبون غاضب", False, None),
    ],
)
def test_a_message_holds_a_question_or_says_why_not(text: str, has_files: bool, unclear: Unclear | None) -> None:
    assert rules.what_is_unclear(text, has_files=has_files) is unclear


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words ", "two words"),
        ("one\n\n  two", "one\ntwo"),
        ("a\u0000b\u0007", "a b"),
        ("\u202eturned\u202c", "turned"),
        ("zero\u200bwidth", "zero width"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_left_out(typed: str, kept: str) -> None:
    assert rules.tidy(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert rules.tidy(rules.tidy(text)) == rules.tidy(text)


@pytest.mark.parametrize(
    ("question", "earlier", "searched"),
    [
        ("and by phone?", ["an angry customer"], "an angry customer\nand by phone?"),
        ("and by phone?", [], "and by phone?"),
        ("a new question, long enough to stand alone", ["before"], "a new question, long enough to stand alone"),
    ],
)
def test_a_short_follow_up_is_searched_with_what_came_before(question: str, earlier: list[str], searched: str) -> None:
    assert rules.search_text(question, earlier) == searched


@pytest.mark.parametrize(
    ("question", "person", "answer"),
    [(NL, EN, NL), (EN, NL, EN), (None, NL, NL), (None, EN, EN), (None, None, EN), (NL, None, NL)],
)
def test_the_language_of_an_answer(question: Language | None, person: Language | None, answer: Language) -> None:
    assert rules.answer_language(question, person, EN) is answer


def test_an_answer_of_more_than_120_words_is_too_long() -> None:
    def advice(words: int) -> Advice:
        return Advice(play_id="x", say="word " * (words - 2), do=("thing",), why="because", origin=Origin.MODEL)

    assert rules.is_short_enough(advice(120))
    assert not rules.is_short_enough(advice(121))
