"""Two languages, equals: whatever the code says in one, it can say in the other."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.kit.i18n import LOCALES, Language, Words, dictionary

CODE = Path(bot.__file__).parent
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}


def in_the_code() -> set[str | tuple[str, ...]]:
    """Every text that is marked for translation; a plural as its two texts."""
    found = extract_from_dir(CODE, [("**.py", "python")], keywords=KEYWORDS)
    return {tuple(text) if isinstance(text, (tuple, list)) else text for _file, _line, text, _notes, _ctx in found}


def catalogue(language: Language) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "acht.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def texts(language: Language) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def key(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else message.id


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Each text beside its translation: for a plural, one and many."""
    if isinstance(message.id, (tuple, list)):
        yield from zip(message.id, message.string, strict=True)
    else:
        assert isinstance(message.string, str)
        yield message.id, message.string


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", Language)
def test_every_text_in_the_code_is_in_the_catalogue_and_nothing_else_is(language: Language) -> None:
    assert {key(message) for message in texts(language)} == in_the_code()


def test_there_are_texts_in_the_code() -> None:
    assert len(in_the_code()) > 80


@pytest.mark.parametrize("language", Language)
def test_no_text_is_doubtful_or_left_over(language: Language) -> None:
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


def test_every_text_is_translated_into_dutch() -> None:
    missing = [one for message in texts(Language.NL) for one, other in pairs(message) if not other.strip()]
    assert missing == []


def test_english_is_the_key_and_is_not_translated() -> None:
    assert [one for message in texts(Language.EN) for one, other in pairs(message) if other not in {"", one}] == []


def test_a_translation_leaves_the_same_places_open_and_has_the_same_markup() -> None:
    for one, other in (pair for message in texts(Language.NL) for pair in pairs(message)):
        # A plural's singular may say "one" where the other has the number.
        assert placeholders(one) == placeholders(other), other
        for mark in ("*", "`", "\n", "“", "”"):
            assert one.count(mark) == other.count(mark), other
        assert re.findall(r"^\s|\s$", one) == re.findall(r"^\s|\s$", other), other


@pytest.mark.parametrize("language", Language)
def test_both_languages_have_one_and_many(language: Language) -> None:
    assert catalogue(language).num_plurals == 2
    for message in texts(language):
        if isinstance(message.id, (tuple, list)):
            assert len(message.string) == 2


@pytest.mark.parametrize(
    ("language", "n", "says"),
    [
        (Language.EN, 0, "0 plays"),
        (Language.EN, 1, "one play"),
        (Language.EN, 2, "2 plays"),
        (Language.NL, 0, "0 draaiboeken"),
        (Language.NL, 1, "één draaiboek"),
        (Language.NL, 2, "2 draaiboeken"),
    ],
)
def test_numbers_are_said_as_one_says_them(language: Language, n: int, says: str) -> None:
    assert dictionary()[language].plural("one play", "{n} plays", n) == says


def test_what_fills_a_place_is_left_as_it_is() -> None:
    for words in dictionary().values():
        said = words("Did you mean `/acht {meant}`?", meant="{0} {meant} %s")
        assert "`/acht {0} {meant} %s`" in said


def test_a_text_without_a_translation_is_said_in_english() -> None:
    said: list[str] = [words("Nobody wrote {this} down", this="it") for words in dictionary().values()]
    assert said == ["Nobody wrote it down"] * len(Language)


def test_words_know_their_language() -> None:
    assert {words.language: language for language, words in dictionary().items()} == {one: one for one in Language}
    assert all(isinstance(words, Words) for words in dictionary().values())
