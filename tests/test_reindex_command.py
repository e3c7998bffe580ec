"""`acht reindex`: after the oldest key was dropped customers are found again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from bot import settings as bot_settings
from bot.__main__ import cli
from bot.customers.rules import Details
from bot.kit.clock import SystemClock
from bot.kit.encryption import new_key
from bot.kit.metrics import Metrics
from bot.services import Services, services

T1, T2, NOOR = "T1", "T2", "U0NOOR00000"
OLD, NEW = new_key(), new_key()
T = TypeVar("T")


@pytest.fixture
def with_keys(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret", "DATABASE_URL": sqlite_url}
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    def keys(*keys: str) -> None:
        monkeypatch.setenv("ACHT_ENCRYPTION_KEYS", ",".join(keys))

    return keys


def in_the_database(do: Callable[[Services], Awaitable[T]]) -> T:
    async def work() -> T:
        there = services(bot_settings.load(), SystemClock(), Metrics())
        try:
            return await do(there)
        finally:
            await there.database.close()

    return asyncio.run(work())


def add(workspace_id: str, name: str, reference: str | None = None) -> None:
    card = Details(name=name, contact_id=NOOR, reference=reference)
    in_the_database(lambda there: there.customers.add(workspace_id, card, by=NOOR))


def found(workspace_id: str, typed: str) -> Sequence[str]:
    names = in_the_database(lambda there: there.customers.find(workspace_id, typed, by=NOOR))
    return [one.name for one in names]


def typed() -> Result:
    return CliRunner().invoke(cli, ["reindex"])


def test_the_customers_of_every_workspace_are_found_again(with_keys: Callable[..., None]) -> None:
    with_keys(NEW, OLD)
    add(T1, "Anna de Wit")
    add(T2, "Bert Bos")
    with_keys(NEW)
    assert (found(T1, "wit"), found(T2, "bos")) == ([], [])
    for _twice in range(2):
        said = typed()
        assert (said.exit_code, said.output) == (0, "Done. Customers that are found again: 2.\n")
        assert (found(T1, "wit"), found(T2, "bos")) == (["Anna de Wit"], ["Bert Bos"])


def test_where_there_are_no_customers_there_is_nothing_to_do(with_keys: Callable[..., None]) -> None:
    with_keys(NEW)
    said = typed()
    assert (said.exit_code, said.output) == (0, "Done. Customers that are found again: 0.\n")


def test_second_cards_that_were_brought_in_meanwhile_are_told_of(with_keys: Callable[..., None]) -> None:
    with_keys(NEW, OLD)
    add(T1, "Anna de Wit", "K-1")
    with_keys(NEW)
    add(T1, "Anna de Wit", "K-1")
    said = typed()
    assert said.exit_code == 0
    assert "Second cards with the reference of an earlier one: 1." in said.output


def test_a_card_that_nobody_can_read_stops_it_until_the_key_is_back(with_keys: Callable[..., None]) -> None:
    with_keys(OLD)
    add(T1, "Anna de Wit")
    with_keys(NEW)
    said = typed()
    assert said.exit_code == 1
    assert said.stderr.startswith("It stopped: some cards were written with a key that is not there any more.")
    assert len(said.stderr.splitlines()) == 1
    with_keys(NEW, OLD)
    assert typed().exit_code == 0
    assert found(T1, "wit") == ["Anna de Wit"]


def test_a_database_that_was_not_brought_up_to_date_is_told(
    with_keys: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_keys(NEW)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/new.db")
    said = typed()
    assert (said.exit_code, said.stderr) == (1, "The database is not up to date: run `acht migrate` first.\n")
