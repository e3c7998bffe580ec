"""`acht import-customers`: what it shows, what it asks, and how it ends."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot import settings as bot_settings
from bot.__main__ import cli
from bot.customers.import_command import SHOWN, Ends
from bot.kit.audit import Entry
from bot.kit.clock import SystemClock
from bot.kit.encryption import new_key
from bot.kit.i18n import Language
from bot.kit.metrics import Metrics
from bot.people.roles import Standing
from bot.people.service import Profile
from bot.services import Services, services
from bot.teams import rules

FILES = Path(__file__).parent / "customers" / "files"
T1, NOOR, DAAN = "T1", "U0NOOR00000", "U0DAAN00000"
DUTCH = FILES / "klanten.csv"


@pytest.fixture
def environment(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "DATABASE_URL": sqlite_url,
        "ACHT_ENCRYPTION_KEYS": new_key(),
        "ACHT_ADMINS": NOOR,
        "COLUMNS": "60",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def shop(environment: None) -> None:
    """Noor and Daan, whom Acht knows, and the team that they are in."""

    async def opens(there: Services) -> None:
        for person in (NOOR, DAAN):
            await there.people.meets(T1, Profile(person, Standing.MEMBER, zone=None, is_slack_admin=False))
        plan = rules.usual("team-utrecht", Language.NL, "Europe/Amsterdam", [NOOR])
        await there.teams.set_up(T1, "C0UTRECHT", plan, by=NOOR, seen_version=None)

    in_the_database(opens)


def in_the_database(do: Callable[[Services], object]) -> None:
    async def work() -> None:
        there = services(bot_settings.load(), SystemClock(), Metrics())
        try:
            done = do(there)
            if asyncio.iscoroutine(done):
                await done
        finally:
            await there.database.close()

    asyncio.run(work())


def typed(*words: object, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["import-customers", *map(str, words)], input=answers)


def cards() -> int:
    found: list[int] = []

    async def count(there: Services) -> None:
        found.append(len(await there.customers.own(T1, by=NOOR, limit=100)))

    in_the_database(count)
    return found[0]


def written_down() -> list[tuple[str | None, dict[str, int]]]:
    found: list[tuple[str | None, dict[str, int]]] = []

    async def look(there: Services) -> None:
        async with there.database.reading() as session:
            lines = await session.scalars(select(Entry).where(Entry.what == "customers_brought_in"))
            found.extend((line.by, line.detail) for line in lines)

    in_the_database(look)
    return found


@pytest.mark.usefixtures("shop")
def test_it_shows_what_would_come_of_a_file_and_asks_before_it_writes() -> None:
    said = typed(DUTCH, "--contact", NOOR, answers="perhaps\nyes\n")
    lines = [line.strip() for line in said.output.splitlines()]
    assert lines[0] == "Windows-1252, with semicolons between the cells:"
    assert ["Klantnr", "your", "own", "reference"] in [line.split() for line in lines]
    assert "Not used: Plaats" in lines
    assert "Line 3, “Klant sinds”: no day that can be read: write 31-12-2026 or 2026-12-31" in lines
    assert any(line.startswith("Line 12, “Notitie”: says what somebody believes") for line in lines)
    assert "18 new, 0 changed, 0 unchanged, 2 left out." in lines
    assert said.output.count("Write this: 18 new, 0 changed? (yes/no)") == 2
    assert lines[-1] == "Done: 18 new, 0 changed."
    assert said.exit_code == Ends.SOME_LEFT_OUT
    assert cards() == 12


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("language", "answer"), [("nl", "ja"), ("nl", "yes"), ("en", "yes"), ("en", "ja")])
def test_a_yes_is_understood_in_both_languages(language: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACHT_LANGUAGE", language)
    assert typed(DUTCH, "--contact", NOOR, answers=f"{answer}\n").exit_code == Ends.SOME_LEFT_OUT
    assert cards() == 12


@pytest.mark.usefixtures("shop")
def test_nothing_of_the_customers_stands_on_the_screen() -> None:
    said = typed(DUTCH, "--contact", NOOR, "--yes").output
    assert not [word for word in ("Jansen", "Fatima", "moslim", "2003", "tuinieren") if word in said]


@pytest.mark.usefixtures("shop")
def test_the_same_file_once_more_has_nothing_to_write_and_writes_nothing_down() -> None:
    typed(DUTCH, "--contact", NOOR, "--yes")
    said = typed(DUTCH, "--yes")
    assert written_down() == [(None, {"new": 18, "changed": 0})]
    assert "0 new, 0 changed, 18 unchanged, 2 left out." in said.output
    assert said.output.endswith("There is nothing to write.\n")
    assert said.exit_code == Ends.SOME_LEFT_OUT


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("answers", ["no\n", "nee\n", ""])
def test_without_a_yes_nothing_is_written(answers: str) -> None:
    said = typed(DUTCH, "--contact", NOOR, answers=answers)
    assert said.output.endswith("Nothing was written.\n")
    assert (said.exit_code, cards()) == (Ends.NOTHING_DONE, 0)


@pytest.mark.usefixtures("shop")
def test_a_look_only_asks_nothing_and_writes_nothing() -> None:
    said = typed(DUTCH, "--contact", NOOR, "--dry-run")
    assert said.output.endswith("Nothing was written: you asked for a look only.\n")
    assert (said.exit_code, cards()) == (Ends.SOME_LEFT_OUT, 0)


@pytest.mark.usefixtures("shop")
def test_what_changes_is_told_by_what_it_is(tmp_path: Path) -> None:
    typed(DUTCH, "--contact", NOOR, "--yes")
    file = tmp_path / "more.csv"
    file.write_text("Klantnr,Naam,Voorkeuren\n2001,Anna Jansen,Koffie\n2008,Wim Smit,Thee\n2009,,\n", encoding="utf-8")
    said = typed(file, "--yes")
    assert "0 new, 2 changed, 1 unchanged, 0 left out." in said.output
    assert "What changes: preferences 2, name 1" in said.output
    assert written_down()[1:] == [(None, {"new": 0, "changed": 2})]
    assert said.exit_code == Ends.DONE


@pytest.mark.usefixtures("shop")
def test_of_many_lines_that_are_left_out_some_are_named_unless_all_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("id,name\n" + "".join(f"{n},Customer {n}\n" for n in range(SHOWN + 5)), encoding="utf-8")
    said, all_said = typed(file), typed(file, "--all-lines")
    assert (said.output.count("Line "), all_said.output.count("Line ")) == (SHOWN, SHOWN + 5)
    assert "… and 5 more: --all-lines shows them all." in said.output


@pytest.mark.usefixtures("shop")
def test_headings_are_shown_as_they_are_without_what_a_terminal_would_obey(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(f"id,name,[red]x[/red],a\x1b[31mb,{'y' * 50}\n", encoding="utf-8")
    said = typed(file).output
    assert f"Not used: [red]x[/red], a[31mb, {'y' * 39}…" in said


AMISS = [
    (b"", (), "The file is empty. Nothing was written."),
    (b"name,birthday\n", (), "There is no column with your own reference"),
    (b"id,name\n", ("--contact", "noor@shop.example"), "--contact: no member id of Slack"),
    (b"id,name\n", ("--contact", "U0IRIS00000"), "--contact: not a colleague that Acht knows"),
    (b"id,name\n", ("--team", "team-leeds"), "--team: no team of this name"),
    (b"id,name\n", ("--workspace", "T404"), "Choose a workspace with --workspace: T1."),
]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("content", "options", "sentence"), AMISS)
def test_what_is_amiss_is_one_sentence(content: bytes, options: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    said = typed(file, *options)
    assert said.exit_code == Ends.NOTHING_DONE
    assert said.stderr.startswith(sentence)
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.usefixtures("shop")
def test_a_file_that_is_not_there_is_a_mistake_of_typing(tmp_path: Path) -> None:
    assert typed(tmp_path / "nowhere.csv").exit_code == 2
    assert typed(tmp_path).exit_code == 2


@pytest.mark.usefixtures("environment")
def test_before_anybody_has_used_acht_there_is_no_workspace_to_bring_customers_to() -> None:
    said = typed(DUTCH)
    assert (said.exit_code, said.stderr.partition(":")[0]) == (Ends.NOTHING_DONE, "No workspace is known yet")


@pytest.mark.usefixtures("shop")
def test_where_there_are_several_workspaces_one_is_chosen() -> None:
    def elsewhere(there: Services) -> object:
        return there.people.meets("T2", Profile(DAAN, Standing.MEMBER, zone=None, is_slack_admin=False))

    in_the_database(elsewhere)
    assert typed(DUTCH).stderr == "Choose a workspace with --workspace: T1, T2.\n"
    assert typed(DUTCH, "--workspace", "T1", "--contact", NOOR, "--yes").exit_code == Ends.SOME_LEFT_OUT
    assert cards() == 12


@pytest.mark.usefixtures("shop")
def test_after_the_oldest_key_was_dropped_nobody_is_brought_in_until_all_are_found_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [old], new = bot_settings.load().encryption_keys, new_key()
    typed(DUTCH, "--contact", NOOR, "--yes")
    monkeypatch.setenv("ACHT_ENCRYPTION_KEYS", f"{old},{new}")
    said = typed(DUTCH, "--contact", NOOR, "--yes")
    assert (said.exit_code, said.stderr) == (
        Ends.NOTHING_DONE,
        "The oldest encryption key was dropped: run `acht reindex` first.\n",
    )
    CliRunner().invoke(cli, ["reindex"])
    assert "18 unchanged" in typed(DUTCH).output
    monkeypatch.setenv("ACHT_ENCRYPTION_KEYS", new)
    assert typed(DUTCH).stderr.startswith("The oldest encryption key was dropped"), "nobody can read them any more"


def test_a_database_that_was_not_brought_up_to_date_is_told(
    environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/new.db")
    said = typed(DUTCH)
    assert (said.exit_code, said.stderr) == (1, "The database is not up to date: run `acht migrate` first.\n")
