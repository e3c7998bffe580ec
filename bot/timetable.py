"""Everything that happens by the clock, on one page.

APScheduler only ticks; what is due stands in the tables, so a missed tick is caught up by the next one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.administration.service import Administration
from bot.gestures.service import Gestures
from bot.kit.database import DatabaseAway
from bot.kit.metrics import Metrics
from bot.kit.outbox.service import Outbox
from bot.kit.slack.errors import new_error_id
from bot.kit.slack.socket import Socket
from bot.kit.working_time.heard import Heard
from bot.people.census import Census
from bot.people.groups import Groups
from bot.promises.service import Promises

log = structlog.get_logger(__name__)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    do: Callable[[], Awaitable[Any]]


def of_who_listens(heard: Heard, socket: Socket | None) -> list[Job]:
    jobs = [Job("write down who was heard from", 10 * SECOND, heard.write_down)]
    if socket is not None:
        jobs.append(Job("watch the Socket Mode connection", 15 * SECOND, socket.watch))
    return jobs


def of_who_works(
    outbox: Outbox,
    groups: Groups,
    census: Census,
    *,
    administration: Administration,
    gestures: Gestures,
    promises: Promises,
) -> list[Job]:
    """Who answers, delivers and reads members keeps their own time: they know what is due next."""
    return [
        Job("read user groups that changed", 5 * SECOND, groups.read_due),
        Job("read the next page of profiles", 5 * SECOND, census.go_on),
        Job("tell what is due of gestures", MINUTE, gestures.tell_due),
        Job("tell what is due of promises", MINUTE, promises.tell_due),
        Job("forget notices of long ago", HOUR, outbox.forget),
        Job("forget changes of long ago", HOUR, administration.forget),
    ]


def timetable(jobs: list[Job], metrics: Metrics) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    for job in jobs:
        seconds = job.every.total_seconds()
        scheduler.add_job(_done_well, "interval", (job, metrics), seconds=seconds, id=job.name)
    return scheduler


async def _done_well(job: Job, metrics: Metrics) -> None:
    try:
        await job.do()
    except DatabaseAway:
        return  # the next tick does it
    except Exception:
        log.exception("job_failed", error_id=new_error_id(), job=job.name)
        metrics.errors.labels("timetable").inc()
