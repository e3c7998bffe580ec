"""What people type, made readable; and what the bot says, made harmless."""

import html
import re
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kit.slack.blocks import escaped
from bot.kit.slack.text import readable

US = "U0SANDBOX1"
MARKUP = re.compile(r"<(?:@[A-Z0-9]|#[A-Z0-9]|![a-z]|[a-z]+:)[^>]*>")

PATIENCE = 5
MANY = 30_000
"""Characters: Slack takes messages of 40,000."""


@pytest.mark.parametrize(
    ("stored", "reads"),
    [
        ("mijn klant is boos", "mijn klant is boos"),
        ("", ""),
        ("he said &lt;never again&gt; &amp; left", "he said <never again> & left"),
        ("&amp;lt; stays", "&lt; stays"),
        ("ask <@U0NOOR00000>", "ask @…"),
        ("ask <@U0NOOR00000|noor>", "ask @noor"),
        ("ask <@W0NOOR00000|>", "ask @…"),
        ("in <#C0GENERAL|general>", "in #general"),
        ("in <#C0GENERAL>", "in #…"),
        ("in <#C0SECRET|>", "in #…"),
        ("<!here> help", "@here help"),
        ("<!channel|channel> help", "@channel help"),
        ("<!subteam^S012345|@team-leeds> help", "@@team-leeds help"),
        ("<!date^1392734382^{date}|18 February> came", "@18 February came"),
        ("see <https://example.com/a?b=1&amp;c=2>", "see https://example.com/a?b=1&c=2"),
        ("see <https://example.com|our site>", "see our site"),
        ("mail <mailto:a@example.com|a@example.com>", "mail a@example.com"),
        ("ring <tel:+31612345678|06 12345678>", "ring 06 12345678"),
        ("a &lt;@U0NOOR00000&gt; that was typed", "a <@U0NOOR00000> that was typed"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("two <@U0NOOR00000> and <@U0DAAN00000|daan>", "two @… and @daan"),
    ],
)
def test_slacks_markup_becomes_words(stored: str, reads: str) -> None:
    assert readable(stored) == reads


@pytest.mark.parametrize(
    ("stored", "reads"),
    [
        (f"<@{US}> mijn klant is boos", "mijn klant is boos"),
        (f"<@{US}|acht> mijn klant is boos", "mijn klant is boos"),
        (f"mijn klant <@{US}> is boos <@{US}>", "mijn klant is boos"),
        (f"<@{US}> vraag het <@U0NOOR00000|noor>", "vraag het @noor"),
        (f"<@{US}X> is somebody else", "@… is somebody else"),
        (f"<@{US}>", ""),
    ],
)
def test_the_mention_of_the_bot_is_left_out(stored: str, reads: str) -> None:
    assert " ".join(readable(stored, without=US).split()) == reads


@given(st.text())
def test_what_a_person_typed_reads_as_they_typed_it(typed: str) -> None:
    """Slack escapes three characters on the way in."""
    assert readable(escaped(typed)) == typed


pieces = st.sampled_from(
    ["<@U0NOOR00000>", "<@U0NOOR00000|noor>", "<!channel>", "<!here|here>", "<#C0GENERAL|general>", "<https://x|y>"]
)
plain_words = st.text(alphabet="abc @#!|:/ é", max_size=12)


@given(st.lists(pieces | plain_words))
def test_no_markup_survives_reading(parts: list[str]) -> None:
    assert not MARKUP.search(readable("".join(parts)))


@given(st.text() | st.lists(pieces | plain_words).map("".join))
@example("<!channel> <@U0NOOR00000> <https://evil.example|click>")
@example("&lt;!channel&gt;")
def test_what_is_escaped_mentions_nobody_links_nowhere_and_unescapes_to_itself(text: str) -> None:
    said = escaped(text)
    assert not set(said) & {"<", ">"}
    assert not MARKUP.search(said)
    assert html.unescape(said) == text


@given(st.text())
def test_escaping_changes_nothing_else(text: str) -> None:
    harmless = text.translate(str.maketrans("", "", "&<>"))
    assert escaped(harmless) == harmless
    assert len(escaped(text)) == len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("^" * MANY, id="carets"),
        pytest.param(
            "<!a" + "^" * MANY,
            id="a special mention that does not end",
        ),
        pytest.param(
            "<a:" * (MANY // 3),
            id="links that do not end",
        ),
        pytest.param("<@U|" * (MANY // 4), id="mentions that do not end"),
        pytest.param("<" * MANY, id="brackets"),
        pytest.param("&amp;" * (MANY // 5), id="ampersands"),
    ],
)
def test_nothing_that_can_be_typed_keeps_the_bot_from_its_work(typed: str) -> None:
    """In a process of its own, because a regular expression that goes astray cannot be interrupted."""
    subprocess.run(
        [sys.executable, "-c", "import sys; from bot.kit.slack.text import readable; readable(sys.stdin.read())"],
        input=typed,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
