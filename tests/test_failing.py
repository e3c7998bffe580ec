"""What happens when something goes away: the database, the disk, Slack, the language model, or the process itself."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack
from tests import postgres
from tests.processes import Process, acht, hands_over_http, output_of, over_http
from tests.stand_ins.cable import cable_to
from tests.test_run import DUTCH, ENGLISH, replies
from tests.world import NOOR, PRIYA, until

AWAY = [503] * 4
"""What Slack hears when it is to come again, each time that it comes."""


async def until_it_is(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await condition():  # noqa: ASYNC110 — another process, which cannot tell us
            await asyncio.sleep(0.05)


async def is_ready(running: Process) -> bool:
    return (await running.get("/readyz"))[0] == 200


async def ask(slack: LocalSlack, running: Process, person: str, text: str = ENGLISH) -> tuple[list[int], Any]:
    """What Slack hears when a person asks something; and the event, to deliver it once more."""
    delivery = over_http(slack, running.port)
    await Hands(slack.workspace, delivery).say(person, slack.workspace.app_dm(person).id, text)
    return [attempt.answer.status for attempt in delivery.log], delivery.log[-1].payload


async def is_answered_once(slack: LocalSlack, person: str) -> None:
    await until(slack.workspace, lambda: bool(replies(slack, person)))
    assert len(replies(slack, person)) == 1


@pytest.fixture
def postgres_url(postgres_server: URL, request: pytest.FixtureRequest) -> Any:
    with postgres.database(postgres_server, request.node.name[:60].lower()) as url:
        yield url


async def test_the_database_goes_and_comes_back(slack: LocalSlack, settings: dict[str, str], postgres_url: URL) -> None:
    async with cable_to(postgres_url.host or "", postgres_url.port or 5432) as (cable, port):
        through = postgres_url.set(port=port).render_as_string(hide_password=False)
        async with acht("run", settings | {"DATABASE_URL": through}) as running:
            await running.started()
            cable.pull_out()
            heard, event = await ask(slack, running, PRIYA)
            assert heard == AWAY
            assert not await is_ready(running)
            assert (await running.get("/healthz"))[0] == 200, "to start it again would not help"
            assert (await running.get("/metrics"))[0] == 200
            cable.put_back()
            await until_it_is(lambda: is_ready(running))
            await over_http(slack, running.port).deliver("events_api", event)
            await is_answered_once(slack, PRIYA)
            assert len(running.logged("database_is_away")) == 1, "one clear line, not one for each who finds out"
            assert len(running.logged("database_is_back")) == 1
            assert not any("Traceback" in line for line in running.said)
            assert await running.told(signal.SIGTERM) == 0


async def test_who_types_a_command_while_the_database_is_away_hears_so(
    slack: LocalSlack, settings: dict[str, str], postgres_url: URL
) -> None:
    async with cable_to(postgres_url.host or "", postgres_url.port or 5432) as (cable, port):
        through = postgres_url.set(port=port).render_as_string(hide_password=False)
        async with acht("run", settings | {"DATABASE_URL": through, "ACHT_LANGUAGE": "nl"}) as running:
            await running.started()
            cable.pull_out()
            answer = await hands_over_http(slack, running.port).command(
                NOOR, slack.workspace.channel("#general").id, "/acht", DUTCH
            )
            assert "Dit kan ik nu niet bewaren. Probeer het over een minuut nog eens" in str(answer.body)


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux to say how far another process's files may grow")
async def test_the_disk_is_full_and_then_not_any_more(
    slack: LocalSlack, settings: dict[str, str], tmp_path: Path
) -> None:
    from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit  # noqa: PLC0415 — is not there on Windows

    async with acht("run", settings) as running:
        await running.started()
        await ask(slack, running, PRIYA)
        await is_answered_once(slack, PRIYA)
        await until_it_is(lambda: _is_sent(running))
        as_it_is = (tmp_path / "acht.db-wal").stat().st_size
        prlimit(running.process.pid, RLIMIT_FSIZE, (as_it_is, RLIM_INFINITY))
        heard, event = await ask(slack, running, NOOR, DUTCH)
        assert heard == AWAY
        assert not await is_ready(running)
        prlimit(running.process.pid, RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))
        await until_it_is(lambda: is_ready(running))
        await over_http(slack, running.port).deliver("events_api", event)
        await is_answered_once(slack, NOOR)
        assert len(running.logged("database_is_away")) == 1
        assert not any("Traceback" in line for line in running.said)


def answers_sent(running: Process) -> list[dict[str, Any]]:
    """Beside them a newcomer is welcomed."""
    return [sent for sent in running.logged("notice_sent") if sent["kind"] == "coaching.answer"]


async def _is_sent(running: Process) -> bool:
    return 'acht_notices_sent_total{kind="coaching.answer"} 1.0' in (await running.get("/metrics"))[1]


async def test_slack_goes_and_what_is_to_be_told_waits(slack: LocalSlack, settings: dict[str, str]) -> None:
    async with acht("run", settings) as running:
        await running.started()
        delivery = over_http(slack, running.port)
        hands = Hands(slack.workspace, delivery)
        await slack.stop()
        await hands.say(PRIYA, slack.workspace.app_dm(PRIYA).id, ENGLISH)
        assert delivery.log[-1].answer.acknowledged, "Slack's events may still come"
        await until_it_is(lambda: _has_put_off(running))
        await slack.start()
        await is_answered_once(slack, PRIYA)


async def _has_put_off(running: Process) -> bool:
    return bool(running.logged("notice_put_off"))


async def test_told_to_stop_while_slack_is_slow_it_ends_in_time_and_nothing_is_said_twice(
    slack: LocalSlack, settings: dict[str, str]
) -> None:
    slack.faults.slow("chat.postMessage", seconds=60)
    async with acht("run", settings) as running:
        await running.started()
        await ask(slack, running, PRIYA)
        await until_it_is(lambda: _has_answered(running))
        async with asyncio.timeout(10):
            assert await running.told(signal.SIGTERM) == 0
    slack.faults.clear()
    async with acht("run", settings) as running:
        await running.started()
        await is_answered_once(slack, PRIYA)


async def _has_answered(running: Process) -> bool:
    return bool(running.logged("answered"))


async def test_one_process_listens_and_another_works(
    slack: LocalSlack, settings: dict[str, str], postgres_url: URL
) -> None:
    settings |= {"DATABASE_URL": postgres_url.render_as_string(hide_password=False)}
    async with acht("run", settings, "--no-worker") as ear, acht("run", settings, "--worker-only") as hand:
        await ear.started()
        await hand.started()
        await ask(slack, ear, PRIYA)
        await is_answered_once(slack, PRIYA)
        await until_it_is(lambda: _is_sent(hand))
        assert len(hand.logged("answered")) == len(answers_sent(hand)) == 1
        assert ear.logged("answered") == ear.logged("notice_sent") == []
        assert (await hand.get("/slack/events"))[0] == 404
        assert await is_ready(hand)
        assert [await running.told(signal.SIGTERM) for running in (ear, hand)] == [0, 0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--no-worker"], "DATABASE_URL is a file, which serves one process"),
        (["--worker-only"], "DATABASE_URL is a file, which serves one process"),
        (["--no-worker", "--worker-only"], "leave nothing to do"),
    ],
)
async def test_halves_that_do_not_make_a_whole_end_the_start(
    settings: dict[str, str], options: list[str], sentence: str
) -> None:
    status, said = await output_of("run", settings, *options)
    assert (status, sentence in said) == (1, True)


async def test_the_log_says_what_it_is_about_and_nothing_that_people_say(
    slack: LocalSlack, settings: dict[str, str]
) -> None:
    async with acht("run", settings) as running:
        await running.started()
        await ask(slack, running, NOOR, "mevrouw Jansen van de Dorpsstraat 12 is boos over haar pakketje, wat zeg ik?")
        await is_answered_once(slack, NOOR)
        await until_it_is(lambda: _is_sent(running))
        sent, answered = answers_sent(running)[0], running.logged("answered")[0]
        assert (sent["notice"] in {1, 2}, sent["workspace"]) == (True, slack.workspace.team_id)
        assert (answered["question"], answered["workspace"]) == (1, slack.workspace.team_id)
        said = "".join(running.said)
        secrets = [value for name, value in settings.items() if "TOKEN" in name or "SECRET" in name or "KEYS" in name]
        assert not [private for private in ("Jansen", "Dorpsstraat", "pakketje", *secrets) if private in said]
