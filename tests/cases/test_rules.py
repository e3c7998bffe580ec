"""How it stands with a customer follows from their cases alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import rules
from bot.cases.rules import Cause, Mistake, Standing, Step

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
HAND, PROMISE = Cause.BY_HAND, Cause.BROKEN_PROMISE


@pytest.mark.parametrize(
    ("cases", "standing"),
    [
        ([], Standing()),
        ([(HAND, None)], Standing(has_open=True)),
        ([(PROMISE, None)], Standing(has_open=True, has_broken_promise=True)),
        ([(HAND, MONDAY)], Standing(put_right_on=MONDAY)),
        ([(PROMISE, MONDAY)], Standing(put_right_on=MONDAY)),
        ([(HAND, FRIDAY), (PROMISE, MONDAY)], Standing(put_right_on=FRIDAY)),
        ([(HAND, None), (PROMISE, MONDAY)], Standing(has_open=True, put_right_on=MONDAY)),
        ([(HAND, MONDAY), (PROMISE, None)], Standing(has_open=True, has_broken_promise=True, put_right_on=MONDAY)),
    ],
)
def test_how_it_stands_with_a_customer(cases: list[tuple[str, date | None]], standing: Standing) -> None:
    assert rules.standing(cases) == standing


@pytest.mark.parametrize(
    ("what", "mistakes"),
    [
        ("Keuken kwam met een kras", []),
        ("k", []),
        ("", [Mistake.NOTHING_WRITTEN]),
        (" … ", [Mistake.NOTHING_WRITTEN]),
        ("x" * 300, []),
        ("x" * 301, [Mistake.TOO_LONG]),
    ],
)
def test_what_happened_is_one_line_of_words(what: str, mistakes: list[Mistake]) -> None:
    assert rules.mistakes(what) == mistakes


def test_what_happened_is_put_on_one_line() -> None:
    assert rules.one_line("  Too late,\n and\twrong\u2028size\x00 ") == "Too late, and wrong size"


@given(st.sets(st.sampled_from(Step)))
def test_steps_come_back_as_they_were_kept(done: set[Step]) -> None:
    assert rules.as_steps(rules.as_kept(done)) == done
    assert set(rules.still_to_do(done)) == set(Step) - done
