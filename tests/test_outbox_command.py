"""`acht outbox`: what waits, what failed and why, and once more what failed."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from bot import outbox as of_outbox
from bot import settings as bot_settings
from bot.__main__ import cli
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import new_key
from bot.kit.migrate import migrate
from bot.kit.outbox.tables import State
from bot.settings import Settings
from tests.kit.outbox.office import Office, a_notice, opened
from tests.stand_ins.clock import NOON


@pytest.fixture
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "DATABASE_URL": database_url,
        "ACHT_ENCRYPTION_KEYS": new_key(),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return bot_settings.load()


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    async with opened(settings.database_url, settings.encryption_keys[0]) as database:
        await migrate(database.url)
        yield database


@pytest.fixture
async def office(database: Database) -> Office:
    """Two have failed, one is sent and one waits since an hour."""
    office = Office(database, HeldClock(NOON))
    await office.post(*(a_notice(name, whom=f"C0{name.upper()}") for name in ("archived", "long", "sent", "waiting")))
    archived, long, sent = await office.claim(limit=3)
    await office.outbox.failed(archived, "is_archived")
    office.clock.move(timedelta(minutes=30))
    await office.outbox.failed(long, "msg_too_long")
    await office.send(sent)
    office.clock.move(timedelta(minutes=30))
    return office


async def test_it_shows_how_many_are_how_far_and_how_long_the_oldest_waits(
    office: Office, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await of_outbox.show(settings, office.clock)
    said = capsys.readouterr().out
    assert said.startswith("1 waiting, 0 claimed, 1 sent, 0 expired, 2 failed; the oldest has waited 60 min")


async def test_it_shows_the_newest_failure_first_with_its_reason_and_its_number(
    office: Office, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await of_outbox.show(settings, office.clock)
    lines = capsys.readouterr().out.splitlines()
    [newest] = [line.split() for line in lines if "msg_too_long" in line]
    [older] = [line.split() for line in lines if "is_archived" in line]
    assert newest[1:] == ["test.told", "C0LONG", "msg_too_long", "1", "30", "min"]
    assert older[1:] == ["test.told", "C0ARCHIVED", "is_archived", "1", "60", "min"]
    assert newest[0] == str((await office.of("long")).id)
    assert lines.index(next(line for line in lines if "msg_too_long" in line)) == 2
    assert "acht outbox --retry" in lines[-1]


async def test_it_says_nothing_of_what_is_told(
    office: Office, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await of_outbox.show(settings, office.clock)
    assert "Hello" not in capsys.readouterr().out


async def test_where_nothing_failed_there_is_one_line(
    database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await of_outbox.show(settings, HeldClock(NOON))
    assert capsys.readouterr().out == "0 waiting, 0 claimed, 0 sent, 0 expired, 0 failed\n"


async def test_of_many_failures_it_shows_the_newest_and_says_how_many_there_are_besides(
    database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(database, HeldClock(NOON))
    async with database.writing() as session:
        await office.outbox.post_all(session, [a_notice(f"{n}", whom="C1") for n in range(of_outbox.MOST_SHOWN + 3)])
    await office.outbox.failed(await office.claim_one(), "is_archived", nobody_there=True)
    await of_outbox.show(settings, office.clock)
    said = capsys.readouterr().out
    assert said.count("is_archived") == of_outbox.MOST_SHOWN
    assert "… and 3 older ones." in said


async def test_one_that_failed_or_all_of_them_wait_again(office: Office, settings: Settings) -> None:
    assert await of_outbox.retry(settings, office.clock, str((await office.of("sent")).id)) == 0
    assert await of_outbox.retry(settings, office.clock, "999") == 0
    assert await of_outbox.retry(settings, office.clock, str((await office.of("long")).id)) == 1
    assert (await office.states())["archived"] == State.FAILED
    assert await of_outbox.retry(settings, office.clock, "all") == 1
    states = await office.states()
    assert [states[name] for name in ("archived", "long", "waiting")] == [State.WAITING] * 3
    assert states["sent"] == State.SENT


# --- typed --------------------------------------------------------------------------------------------


def typed(*words: str) -> Result:
    return CliRunner().invoke(cli, ["outbox", *words])


@pytest.fixture
def on_a_new_database(settings: Settings) -> None:
    assert CliRunner().invoke(cli, ["migrate"]).exit_code == 0


@pytest.mark.usefixtures("on_a_new_database")
def test_it_can_be_typed() -> None:
    said = typed()
    assert (said.exit_code, said.output) == (0, "0 waiting, 0 claimed, 0 sent, 0 expired, 0 failed\n")
    said = typed("--retry", "all")
    assert said.exit_code == 0
    assert said.output.startswith("0 wait again.\n")


@pytest.mark.parametrize("wrong", ["seven", "-1", "1.5", "²", "99999999999999999999"])
@pytest.mark.usefixtures("on_a_new_database")
def test_what_is_no_number_of_a_notice_gets_one_sentence(wrong: str) -> None:
    said = typed(f"--retry={wrong}")
    assert said.exit_code == 1
    assert "--retry wants the number of a failed notice" in said.output
    assert said.exception is None or isinstance(said.exception, SystemExit)
