"""What people write is kept so that only holders of a key can read it."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.engine import make_url

from bot.kit.database import Database
from bot.kit.encryption import EncryptedText, Keyring, WrongKey, new_key

OLD, NEW, OTHER = new_key(), new_key(), new_key()
SAID = "mijn klant, mevrouw De Wit, wacht al drie weken"

NOTES = Table("notes", MetaData(), Column("id", Integer, primary_key=True), Column("said", EncryptedText))
"""A table of the test's own: the bot's are held against the migrations elsewhere."""


@given(st.text())
def test_what_was_encrypted_reads_the_same_and_does_not_show(text: str) -> None:
    keyring = Keyring([OLD])
    token = keyring.encrypt(text)
    assert keyring.decrypt(token) == text
    assert len(text) < 4 or text not in token


def test_the_same_text_twice_does_not_look_the_same() -> None:
    keyring = Keyring([OLD])
    assert keyring.encrypt(SAID) != keyring.encrypt(SAID)


@pytest.mark.parametrize(
    ("written_with", "read_with", "is_read"),
    [
        ([OLD], [OLD], True),
        ([OLD], [NEW, OLD], True),
        ([NEW, OLD], [NEW], True),
        ([NEW, OLD], [OLD], False),
        ([OLD], [NEW], False),
        ([OLD], [NEW, OTHER], False),
        ([OTHER], [OLD, NEW, OTHER], True),
    ],
)
def test_the_first_key_encrypts_and_all_decrypt(written_with: list[str], read_with: list[str], is_read: bool) -> None:
    token = Keyring(written_with).encrypt(SAID)
    if is_read:
        assert Keyring(read_with).decrypt(token) == SAID
    else:
        with pytest.raises(WrongKey, match="ACHT_ENCRYPTION_KEYS"):
            Keyring(read_with).decrypt(token)


@pytest.mark.parametrize("keys", [[], [""], ["secret"], [OLD, "secret"], [OLD[:-1]]])
def test_a_keyring_needs_keys_that_are_keys(keys: list[str]) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        Keyring(keys)
    assert "secret" not in str(refused.value)


def test_a_new_key_is_a_key_and_never_the_same() -> None:
    one, other = new_key(), new_key()
    assert one != other
    assert Keyring([other, one]).decrypt(Keyring([one]).encrypt(SAID)) == SAID


async def test_a_text_is_not_in_the_files_of_the_database_and_comes_back_whole(tmp_path: Path) -> None:
    database = await notes_in(tmp_path, [OLD])
    async with database.writing() as session:
        await session.execute(insert(NOTES), [{"id": 1, "said": SAID}, {"id": 2, "said": ""}, {"id": 3, "said": None}])
    async with database.reading() as session:
        assert list(await session.scalars(select(NOTES.c.said).order_by(NOTES.c.id))) == [SAID, "", None]
    await database.close()
    kept = bytes_in(tmp_path)
    assert b"mevrouw" not in kept
    assert OLD.encode() not in kept
    with sqlite3.connect(tmp_path / "notes.db") as raw:
        rows = [said for (said,) in raw.execute("select said from notes order by id")]
    raw.close()
    assert rows[0].startswith("gAAAA")
    assert rows[1], "an empty text does not show that it is empty"
    assert rows[2] is None


async def test_a_database_is_read_with_the_keys_of_its_own_engine(tmp_path: Path) -> None:
    database = await notes_in(tmp_path, [OLD])
    async with database.writing() as session:
        await session.execute(insert(NOTES), [{"id": 1, "said": SAID}])
    await database.close()
    for keys, is_read in (([NEW, OLD], True), ([NEW], False)):
        again = Database(str(database.url), Keyring(keys))
        async with again.reading() as session:
            if is_read:
                assert await session.scalar(select(NOTES.c.said)) == SAID
            else:
                with pytest.raises(WrongKey):
                    await session.scalar(select(NOTES.c.said))
        await again.close()


async def notes_in(folder: Path, keys: list[str]) -> Database:
    url = make_url(f"sqlite+aiosqlite:///{folder}/notes.db")
    database = Database(str(url), Keyring(keys))
    async with database.writing() as session:
        await (await session.connection()).run_sync(NOTES.create)
    return database


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
