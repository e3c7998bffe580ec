"""The same text has the same blind key, for who has the keys, and nobody can tell what it stands for."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.blind_index import BlindIndex
from bot.kit.encryption import new_key

OLD, NEW = new_key(), new_key()
INDEX = BlindIndex([OLD])


@given(st.text(), st.text())
def test_two_texts_share_a_key_exactly_when_they_are_the_same(one: str, other: str) -> None:
    same = INDEX.key_of("T1", "name", one) == INDEX.key_of("T1", "name", other)
    assert same == (one == other)


@given(st.text(min_size=4))
def test_a_key_is_sixteen_plain_characters_and_does_not_hold_the_text(text: str) -> None:
    key = INDEX.key_of("T1", "name", text)
    assert re.fullmatch(r"[A-Za-z0-9_-]{16}", key)
    assert len(base64.urlsafe_b64decode(key)) == 12
    assert text not in key


@given(st.text(), st.sampled_from(["T1", "T2", "T", "1"]), st.sampled_from(["name", "birthday", "1name"]))
def test_another_workspace_and_another_column_have_another_key(text: str, workspace: str, what: str) -> None:
    here = INDEX.key_of("T3", "reference", text)
    assert INDEX.key_of(workspace, what, text) != here
    assert INDEX.key_of(workspace, "reference", text) != here
    assert INDEX.key_of("T3", what, text) != here


def test_a_new_encryption_key_in_front_changes_nothing() -> None:
    assert BlindIndex([NEW, OLD]).key_of("T1", "name", "jansen") == INDEX.key_of("T1", "name", "jansen")


def test_without_the_oldest_key_everything_has_another_key() -> None:
    assert BlindIndex([NEW]).key_of("T1", "name", "jansen") != INDEX.key_of("T1", "name", "jansen")


def test_the_key_that_encrypts_is_not_the_key_of_the_index() -> None:
    used = INDEX._key  # pyright: ignore[reportPrivateUsage]
    assert used != base64.urlsafe_b64decode(OLD)


@pytest.mark.parametrize("keys", [[], [OLD, ""], [OLD, "secret"], [OLD[:-1]]])
def test_there_has_to_be_an_oldest_key_that_is_one(keys: list[str]) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        BlindIndex(keys)
    assert "secret" not in str(refused.value)
