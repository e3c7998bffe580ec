"""Block Kit within Slack's limits, whatever text goes in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.slack import blocks as b


@pytest.mark.parametrize(
    ("text", "length", "shortened"),
    [
        ("", 5, ""),
        ("abc", 5, "abc"),
        ("abcde", 5, "abcde"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),
        ("abc   def", 5, "abc…"),
        ("      x", 5, "…"),
    ],
)
def test_a_text_is_cut_where_it_must_be_and_says_so(text: str, length: int, shortened: str) -> None:
    assert b.short(text, length) == shortened


@given(st.text(), st.integers(1, 200))
def test_a_text_is_never_too_long_and_never_cut_without_need(text: str, length: int) -> None:
    shortened = b.short(text, length)
    assert len(shortened) <= length
    assert shortened == text or (len(text) > length and shortened.endswith("…"))
    assert shortened == text or text.startswith(shortened[:-1])


LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("made", "limit"),
    [
        (b.header(LONG)["text"], 150),
        (b.section(LONG)["text"], 3000),
        (b.context(LONG)["elements"][0], 3000),
        (b.button(LONG, "a", "v")["text"], 75),
        (b.option(LONG, "v")["text"], 75),
        (b.modal(LONG, [], callback_id="c", close="x")["title"], 24),
        (b.modal("t", [], callback_id="c", close=LONG)["close"], 24),
        (b.modal("t", [], callback_id="c", close="x", submit=LONG)["submit"], 24),
        (b.text_input("a", longest=3, placeholder=LONG)["placeholder"], 150),
    ],
)
def test_texts_are_cut_to_slacks_limits(made: dict[str, Any], limit: int) -> None:
    assert len(made["text"]) <= limit


@pytest.mark.parametrize(
    ("made", "absent"),
    [
        (b.section("t"), "accessory"),
        (b.button("t", "a", "v"), "style"),
        (b.run("t"), "style"),
        (b.text_input("a", longest=3), "placeholder"),
        (b.field("l", b.text_input("a", longest=3), "b"), "hint"),
        (b.modal("t", [], callback_id="c", close="x"), "submit"),
    ],
)
def test_what_was_not_asked_for_is_not_there(made: dict[str, Any], absent: str) -> None:
    """Slack refuses a null."""
    assert absent not in made


def test_rich_text_keeps_what_looks_like_markup_as_it_stands() -> None:
    said = "<!channel> *bold* &amp; <@U0NOOR00000>"
    block = b.rich(b.rich_line(b.run(said)), b.rich_quote(said), b.rich_list([said]))
    line, quote, bullets = block["elements"]
    for run in (line["elements"][0], quote["elements"][0], bullets["elements"][0]["elements"][0]):
        assert run == {"type": "text", "text": said}
