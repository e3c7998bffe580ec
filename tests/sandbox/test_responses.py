"""Response urls: five answers within half an hour."""

import aiohttp
import pytest

from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

from .stand_ins import NOOR, Clock


class Url:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def answer(self, **body: object) -> tuple[int, str]:
        async with self.session.post(self.url, json=body) as response:
            return response.status, (await response.json()).get("error", "")


@pytest.fixture
def question(workspace: Workspace, utrecht: str) -> str:
    return workspace.post(utrecht, workspace.bot_user_id, "Tea?").ts


@pytest.fixture
def url(slack: LocalSlack, session: aiohttp.ClientSession, utrecht: str, question: str) -> Url:
    token = slack.workspace.passes.issue_response(channel=utrecht, user=NOOR, message_ts=question)
    return Url(f"{slack.url}/response/{token}", session)


async def test_an_answer_is_for_one_person_unless_it_says_otherwise(
    url: Url, workspace: Workspace, utrecht: str
) -> None:
    await url.answer(text="Only you")
    assert workspace.messages(utrecht, viewer=NOOR)[-1].ephemeral_to == NOOR
    await url.answer(text="All", response_type="in_channel")
    assert workspace.messages(utrecht)[-1].text == "All"


async def test_the_original_is_replaced_or_deleted(url: Url, workspace: Workspace, utrecht: str, question: str) -> None:
    await url.answer(text="Tea!", replace_original=True)
    assert workspace.message(utrecht, question).text == "Tea!"
    await url.answer(delete_original=True)
    assert question not in [message.ts for message in workspace.messages(utrecht)]
    assert (await url.answer(text="x", replace_original=True))[1] == "message_not_found"


async def test_the_sixth_answer_and_the_late_one_are_refused(url: Url, clock: Clock) -> None:
    for _ in range(5):
        assert await url.answer(text="x") == (200, "")
    assert await url.answer(text="x") == (404, "used_url")
    clock.move(minutes=31)
    assert await url.answer(text="x") == (404, "expired_url")


async def test_an_answer_is_held_to_the_same_rules_as_a_message(url: Url) -> None:
    assert (await url.answer())[1] == "no_text"
    assert (await url.answer(blocks=[{"type": "hologram"}]))[1] == "invalid_blocks"
