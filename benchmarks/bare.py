"""Bare Bolt, to measure against: `python -m benchmarks.bare <port> <port of Slack>`.

The same listeners are there and do nothing; signatures are checked, and answers wait for the listener, as with us.
"""

import asyncio
import sys
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.payloads import SECRET, TOKEN


def app(slack: int) -> AsyncApp:
    client = AsyncWebClient(token=TOKEN, base_url=f"http://127.0.0.1:{slack}/api/")
    made = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    @made.command("/acht")
    async def command(ack: AsyncAck) -> None:
        await ack()

    @made.event("message")
    async def message(event: dict[str, Any]) -> None:
        pass

    return made


async def serve(port: int, slack: int) -> None:
    bolt = app(slack).server(port=port, path="/slack/events").web_app
    bolt.router.add_get("/healthz", _healthz)
    runner = web.AppRunner(bolt, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


async def _healthz(_request: web.Request) -> web.Response:
    return web.Response()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
