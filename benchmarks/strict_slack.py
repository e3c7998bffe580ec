"""A Slack that enforces its limits: `python -m benchmarks.strict_slack <port> <posts a second> <channels> <file>`.

It is the local Slack that the sandbox and the tests use, in a process of its own, and writes down each post that it
took or refused: the moment, and whether it took it.
"""

import asyncio
import sys
import time
from pathlib import Path

from benchmarks import payloads
from bot.kit.clock import SystemClock
from bot.sandbox.records import Json
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace


def strict(posts_per_second: float, channels: int) -> Workspace:
    """The same channels each time, with the bot in all of them."""
    workspace = Workspace(now=SystemClock().now, enforce_limits=True, posts_per_second=posts_per_second)
    workspace.bot_token, workspace.signing_secret = payloads.TOKEN, payloads.SECRET
    for n in range(channels):
        workspace.add_channel(f"team-{n}", [workspace.bot_user_id])
    return workspace


async def serve(port: int, workspace: Workspace, file: Path) -> None:
    with file.open("a", encoding="ascii", buffering=1) as lines:

        def note(method: str, answer: Json) -> None:
            if method == "chat.postMessage":
                lines.write(f"{time.time()} {int(answer['ok'])}\n")

        async with LocalSlack(workspace, port=port) as slack:
            slack.on_answer.append(note)
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), strict(float(sys.argv[2]), int(sys.argv[3])), Path(sys.argv[4])))
