"""A Slack that says yes to every call: `python -m benchmarks.stand_in <port>`.

Slack's own work is not ours to measure, and on a small machine it would take from what is; so it does none.
"""

import asyncio
import itertools
import sys

from aiohttp import web

WHO = {
    "ok": True,
    "url": "http://127.0.0.1/",
    "team": "Benchmark",
    "user": "acht",
    "team_id": "T0SANDBOX1",
    "user_id": "U0SANDBOX1",
    "bot_id": "B0SANDBOX1",
}


async def serve(port: int) -> None:
    numbers = itertools.count(1)

    async def api(request: web.Request) -> web.Response:
        await request.read()
        if request.match_info["method"] == "auth.test":
            return web.json_response(WHO)
        return web.json_response({"ok": True, "channel": "D0NOOR00000", "ts": f"1700000000.{next(numbers):06}"})

    application = web.Application()
    application.add_routes([web.get("/api/{method}", api), web.post("/api/{method}", api)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
