"""`acht` as its own process: the commands, both ways to Slack, being killed, being stopped."""

import asyncio
import json
import signal
import socket
from typing import Any

import pytest

from bot.sandbox.hands import Hands
from bot.sandbox.server import LocalSlack
from tests.processes import acht, hands_over_http, output_of, over_http
from tests.world import NOOR, PATIENCE, PRIYA, until, words_of

DUTCH = "mijn klant wacht al drie keer op zijn pakketje, wat zeg ik?"
ENGLISH = "there is an angry customer in front of me, how do I begin?"


def replies(slack: LocalSlack, person: str) -> list[Any]:
    return [m for m in slack.workspace.everything(slack.workspace.app_dm(person).id) if m.bot_id]


async def test_it_answers_in_http_mode(slack: LocalSlack, settings: dict[str, str], database_url: str) -> None:
    async with acht("run", settings | {"DATABASE_URL": database_url}) as running:
        await running.started()
        hands = hands_over_http(slack, running.port)
        await hands.say(NOOR, slack.workspace.app_dm(NOOR).id, DUTCH)
        await until(slack.workspace, lambda: bool(replies(slack, NOOR)))
        assert "Weer te laat" in words_of(replies(slack, NOOR)[0])
        assert (await running.get("/healthz"))[0] == 200
        assert (await running.get("/readyz"))[0] == 200
        status, page = await running.get("/metrics")
        assert status == 200
        assert 'acht_questions_total{place="direct"} 1.0' in page
        assert await running.told(signal.SIGTERM) == 0


async def test_it_answers_in_socket_mode(slack: LocalSlack, settings: dict[str, str]) -> None:
    async with acht("run", settings | {"SLACK_APP_TOKEN": slack.workspace.app_token}) as running:
        await running.started()
        await slack.hands.say(PRIYA, slack.workspace.app_dm(PRIYA).id, ENGLISH)
        await until(slack.workspace, lambda: bool(replies(slack, PRIYA)))
        assert "Step" in words_of(replies(slack, PRIYA)[0])
        assert (await running.get("/readyz"))[0] == 200
        assert (await running.get("/slack/events"))[0] == 404
        await slack.socket.drop()
        assert await slack.socket.connected(PATIENCE), "it comes back by itself"
        assert await running.told(signal.SIGTERM) == 0


async def test_killed_between_question_and_answer_it_answers_after_the_restart(
    slack: LocalSlack, settings: dict[str, str]
) -> None:
    slack.faults.slow("assistant.threads.setStatus", seconds=60)
    async with acht("run", settings) as running:
        await running.started()
        hands = hands_over_http(slack, running.port)
        await hands.say(PRIYA, slack.workspace.app_dm(PRIYA).id, ENGLISH)
        assert await running.told(signal.SIGKILL) == -signal.SIGKILL
    assert replies(slack, PRIYA) == []
    slack.faults.clear()
    async with acht("run", settings) as running:
        await running.started()
        await until(slack.workspace, lambda: bool(replies(slack, PRIYA)))
        assert len(replies(slack, PRIYA)) == 1


async def test_without_slack_it_is_alive_but_not_ready(slack: LocalSlack, settings: dict[str, str]) -> None:
    async with acht("run", settings | {"SLACK_API_URL": "http://127.0.0.1:9/api/"}) as running:
        await running.started()
        assert (await running.get("/healthz"))[0] == 200
        status, page = await running.get("/readyz")
        assert status == 503
        assert json.loads(page) == {"database": True, "content": True, "slack": False}
        delivery = over_http(slack, running.port)
        hands = Hands(slack.workspace, delivery)
        await hands.say(PRIYA, slack.workspace.app_dm(PRIYA).id, ENGLISH)
        assert {attempt.answer.status for attempt in delivery.log} == {503}, "Slack is to come again"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": "xoxb-of-another"}, "SLACK_BOT_TOKEN is refused by Slack (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-of-another"}, "SLACK_APP_TOKEN is refused by Slack"),
        ({"ACHT_ENCRYPTION_KEYS": ""}, "ACHT_ENCRYPTION_KEYS is missing"),
        ({"ACHT_PLAYBOOKS_DIR": "/not/there"}, "ACHT_PLAYBOOKS_DIR is not right"),
        ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/x"}, "DATABASE_URL: the database does not answer"),
        ({"PORT": "1", "HOST": "203.0.113.7"}, "cannot be listened on"),
    ],
)
async def test_a_wrong_setting_ends_the_start_with_one_sentence(
    settings: dict[str, str], wrong: dict[str, str], sentence: str
) -> None:
    status, said = await output_of("run", settings | wrong)
    assert status == 1
    assert sentence in said
    assert "Traceback" not in said
    assert len([line for line in said.splitlines() if line and not line.startswith("{")]) == 1


async def test_migrate_and_check_tell_how_it_is(settings: dict[str, str]) -> None:
    status, said = await output_of("check", settings)
    assert (status, "FAIL  database" in said) == (1, True)
    status, said = await output_of("migrate", settings)
    assert (status, "The database is at 0008." in said) == (0, True)
    status, said = await output_of("check", settings)
    assert status == 0
    assert said.count("ok  ") == 6
    for secret in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "ACHT_ENCRYPTION_KEYS"):
        assert settings[secret] not in said


async def test_check_counts_what_is_amiss(settings: dict[str, str]) -> None:
    amiss = {
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "OPENAI_API_KEY": "k",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/",
    }
    status, said = await output_of("check", settings | amiss)
    assert status == 1
    assert "FAIL  Slack: does not answer" in said
    assert "FAIL  language model: gpt-5-mini: down" in said


async def test_keys_makes_a_key_that_works(settings: dict[str, str]) -> None:
    status, key = await output_of("keys", {})
    assert status == 0
    status, said = await output_of("migrate", settings | {"ACHT_ENCRYPTION_KEYS": key.strip()})
    assert status == 0, said


async def test_the_sandbox_takes_another_port_when_its_own_is_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with acht("sandbox", {"ACHT_EMBEDDINGS": "false"}, "--port", str(port)) as running:
            assert running.process.stdout is not None
            async with asyncio.timeout(30):
                lines = [(await running.process.stdout.readline()).decode() for _line in range(2)]
            assert lines[0] == f"Port {port} is in use, so I take another one.\n"
            assert lines[1].startswith("Acht is at http://127.0.0.1:")
            assert str(port) not in lines[1]
            assert await running.told(signal.SIGINT) == 0
