"""One slash command with many words behind it."""

from dataclasses import replace

import pytest

from bot.kit.i18n import Language, Words
from bot.kit.slack.commands import Subcommand, Subcommands
from bot.kit.slack.incoming import Command
from bot.kit.slack.outgoing import Said

NL, EN = Language.NL, Language.EN


async def say_nothing(_command: Command, _rest: str, _: Words) -> Said:
    return Said("")


def a_subcommand(english: tuple[str, ...], dutch: tuple[str, ...]) -> Subcommand:
    return Subcommand({EN: english, NL: dutch}, {EN: english[0], NL: dutch[0]}, "does something", say_nothing, "do")


PLAYBOOK = a_subcommand(("playbook", "plays"), ("draaiboek", "draaiboeken"))
HELP = a_subcommand(("help", "?"), ("help", "?", "hulp"))


@pytest.fixture
def commands() -> Subcommands:
    return Subcommands([PLAYBOOK, HELP])


@pytest.mark.parametrize(
    ("typed", "subcommand", "rest", "language"),
    [
        ("playbook", PLAYBOOK, "", Language.EN),
        ("playbook 6", PLAYBOOK, "6", Language.EN),
        ("  PlayBook   angry customer ", PLAYBOOK, "angry customer", Language.EN),
        ("plays", PLAYBOOK, "", Language.EN),
        ("draaiboek boze klant", PLAYBOOK, "boze klant", NL),
        ("DRAAIBOEKEN", PLAYBOOK, "", NL),
        ("hulp", HELP, "", NL),
        ("help", HELP, "", None),
        ("?", HELP, "", None),
    ],
)
def test_the_first_word_tells_what_is_wanted_and_often_in_which_language(
    commands: Subcommands, typed: str, subcommand: Subcommand, rest: str, language: Language | None
) -> None:
    assert commands.match(typed) == (subcommand, rest, language)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "my customer is angry",
        "playbooks6",
        "the playbook",
        "play",
        "??",
        "playbook? is there one for this",
        "hulpeloze klant",
    ],
)
def test_whatever_begins_with_none_of_the_words_is_none_of_them(commands: Subcommands, typed: str) -> None:
    assert commands.match(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("playbok", "playbook"),
        ("Playboook", "playbook"),
        ("draiboek", "draaiboek"),
        ("helpp", "help"),
        ("HULPP", "hulp"),
        ("refund", None),
        ("retour", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_mistyped_word_is_recognised_and_another_word_is_not(
    commands: Subcommands, typed: str, meant: str | None
) -> None:
    assert commands.resembling(typed, Language.EN) == meant


CUSTOMER = replace(
    a_subcommand(("customer", "customers"), ("klant", "klanten")), is_meant=lambda rest: "is" not in rest
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("playbok", "playbook"),
        ("custmer oko", "customer oko"),
        ("Kalnt  Anneke Jansen", "klant Anneke Jansen"),
        ("custmer is angry", None),
        ("customer is angry", None),
        ("customerly advice wanted", None),
        ("custmer oko is that her?", None),
        ("custmer oko waited far too long", None),
        ("helpp mrs oko", None),
        ("my customer", None),
        ("", None),
    ],
)
def test_a_short_line_with_its_first_word_mistyped_is_recognised_and_a_question_is_not(
    commands: Subcommands, typed: str, meant: str | None
) -> None:
    commands.known[1] = replace(HELP, stands_alone=True)
    commands.add(CUSTOMER)
    assert commands.meant_by(typed, EN) == meant


def test_without_words_nothing_matches_and_nothing_resembles() -> None:
    assert Subcommands().match("help") is None
    assert Subcommands().resembling("help", Language.EN) is None


def test_words_are_matched_in_the_order_in_which_they_were_added() -> None:
    commands = Subcommands()
    other = a_subcommand(("help",), ("help",))
    commands.add(HELP)
    commands.add(other)
    matched = commands.match("help")
    assert matched is not None
    assert matched[0] is HELP


def test_a_word_that_is_followed_by_something_else_than_it_takes_is_a_question() -> None:
    customer = replace(a_subcommand(("customer",), ("klant",)), is_meant=lambda rest: "angry" not in rest)
    commands = Subcommands([customer])
    assert commands.match("customer jansen") == (customer, "jansen", EN)
    assert commands.match("customer is angry, what now") is None
