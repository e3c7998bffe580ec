"""A question with nobody but the playbooks to answer it: from the event on its way to the answer in Slack.

One at a time, asked by signed HTTP in the local Slack that the sandbox and the tests use, which refuses what
Slack refuses: an answer that it takes is one that a colleague would have seen.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from benchmarks import payloads, processes, retrieval, table
from benchmarks.processes import House, free_port
from benchmarks.table import Row
from bot.kit import content
from bot.kit.clock import SystemClock
from bot.sandbox.company import company
from bot.sandbox.delivery import SignedHttp
from bot.sandbox.hands import Hands
from bot.sandbox.records import Change
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace

PATIENCE = 30
QUESTIONS = 60
BETWEEN = 0.4
"""Seconds between two questions, each of another colleague: Slack takes one message a second in a conversation, and
some a second in a workspace, and what the pace makes wait is not the time of an answer."""

LEARNING = 3.0
"""Seconds after the start in which the plays are read in the background; search goes by words until then."""


class NotAnswered(Exception):
    """A question that got no answer, or one that the local Slack refused."""


def rows(house: House, learned: Path, bare_memory: float) -> Iterator[Row]:
    """`learned`: a database that holds the vectors of the plays already."""
    first, median, _ = asyncio.run(_asked(house, house.folder / "lexical.db", embeddings=False))
    yield table.at_most("answer posted, by words, from event to chat.postMessage, median", median, 300, "ms")
    first, median, memory = asyncio.run(_asked(house, learned, embeddings=True))
    yield table.at_most("answer posted, with embeddings, median", median, 300, "ms")
    yield table.shown("  the first one after the start", first, "ms")
    yield table.beside("memory, embeddings at work", memory, bare_memory, "MB")


async def _asked(house: House, database: Path, *, embeddings: bool) -> tuple[float, float, float]:
    """Milliseconds of the first answer and the median of the others, and the process's memory in the end."""
    workspace = Workspace(now=SystemClock().now)
    workspace.bot_token, workspace.signing_secret = payloads.TOKEN, payloads.SECRET
    workspace.install(json.loads(content.path_of("manifest.json").read_text(encoding="utf-8")))
    company(workspace)
    async with LocalSlack(workspace) as slack:
        port, at = free_port(), int(slack.url.rpartition(":")[2])
        acht = house.acht(port, at, database, ACHT_EMBEDDINGS=str(embeddings).lower())
        process = await asyncio.to_thread(acht.__enter__)
        try:
            delivery = SignedHttp(f"http://127.0.0.1:{port}/slack/events", payloads.SECRET, lambda: datetime.now(UTC))
            hands = Hands(workspace, delivery, slack.url)
            await asyncio.sleep(LEARNING)
            first, *others = [await _answered(hands, question, n) for n, question in enumerate(_in_both_languages())]
            return first, statistics.median(others), processes.memory(process)
        finally:
            await asyncio.to_thread(acht.__exit__, None, None, None)


async def _answered(hands: Hands, question: str, number: int) -> float:
    await asyncio.sleep(BETWEEN)
    colleagues = sorted(person.id for person in hands.workspace.people.values() if not person.is_bot)
    colleague = colleagues[number % len(colleagues)]
    posted = asyncio.Event()

    def note(change: Change) -> None:
        if change.type == "message" and change.message is not None and change.message.bot_id:
            posted.set()

    hands.workspace.listeners.append(note)
    start = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            await hands.say(colleague, hands.workspace.app_dm(colleague).id, question)
            await posted.wait()
    except TimeoutError:
        raise NotAnswered(question) from None
    finally:
        hands.workspace.listeners.remove(note)
    return (time.perf_counter() - start) * 1000


def _in_both_languages() -> list[str]:
    asked = retrieval.questions("questions")["questions"]
    dutch, english = ([q["ask"] for q in asked if q["language"] == language] for language in ("nl", "en"))
    return [ask for pair in zip_longest(dutch, english) for ask in pair if ask][:QUESTIONS]
