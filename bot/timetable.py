"""Everything that happens by the clock, on one page.

APScheduler only ticks; what is due stands in the tables, so a missed tick is caught up by the next one.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.coaching.service import Coaching
from bot.kit.slack.socket import Socket


def timetable(coaching: Coaching, socket: Socket | None) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})

    def every(seconds: int, name: str, do: Callable[[], Awaitable[Any]]) -> None:
        scheduler.add_job(do, "interval", seconds=seconds, id=name)

    async def look_for_questions_left_behind() -> None:
        coaching.bell.set()

    every(10, "look for questions left behind", look_for_questions_left_behind)
    if socket is not None:
        every(15, "watch the Socket Mode connection", socket.watch)
    return scheduler
