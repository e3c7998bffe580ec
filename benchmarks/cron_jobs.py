"""The obvious alternative, to measure against: a cron job of APScheduler for each person, kept in the database.

It is given every advantage that it offers. The jobs go into a scheduler that runs and is paused; to hand them over
before its start, which it allows too, makes no difference. Each is told when it comes first, which spares it the
working out. On SQLite it has our own settings of the file, with which it is three to four times as fast as with its
own; on PostgreSQL it commits by itself, as each of its transactions is one statement. Its jobs are fired by an
executor that does nothing, so that no more than its own work counts.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import URL, Engine, create_engine

from bot.kit.appointments.service import Agreement
from bot.kit.database import tune_sqlite


class NotAllFired(Exception):
    """The measurement would be of something else: fewer jobs were fired than there are people."""


@dataclass(frozen=True)
class Measured:
    """Seconds."""

    set_up: float
    tick: float


class DoesNothing(BaseExecutor):
    def __init__(self) -> None:
        super().__init__()
        self.fired = 0

    def _do_submit_job(self, job: Job, run_times: list[datetime]) -> None:  # noqa: ARG002 — APScheduler's signature
        self.fired += 1


class ByHand(BaseScheduler):
    """A scheduler that ticks when it is told to, and not by itself."""

    def wakeup(self) -> None:
        pass

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 — APScheduler's signature
        super().shutdown(wait)


def measure(url: URL, agreements: Sequence[Agreement], moment: datetime) -> Measured:
    """`url`: an empty database. `moment`, which is past, is when each of the agreements comes."""
    executor = DoesNothing()
    store = SQLAlchemyJobStore(engine=_engine(url))
    scheduler = ByHand(jobstores={"default": store}, executors={"default": executor})
    scheduler.start(paused=True)
    try:
        start = time.perf_counter()
        for agreement in agreements:
            scheduler.add_job(
                "benchmarks.cron_jobs:tell",
                CronTrigger(
                    day_of_week=",".join(map(str, sorted(agreement.days))),
                    hour=agreement.at.hour,
                    minute=agreement.at.minute,
                    timezone=ZoneInfo(agreement.zone),
                ),
                args=(agreement.workspace_id, agreement.whom),
                id=f"{agreement.workspace_id}:{agreement.whom}:{agreement.kind}",
                next_run_time=moment,
            )
        set_up = time.perf_counter() - start
        scheduler.resume()
        start = time.perf_counter()
        scheduler._process_jobs()
        tick = time.perf_counter() - start
    finally:
        scheduler.shutdown()
    if executor.fired != len(agreements):
        raise NotAllFired(executor.fired)
    return Measured(set_up, tick)


def tell(workspace_id: str, whom: str) -> None:
    """What a job would do: it is never called."""


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite"))
        tune_sqlite(engine, begin="BEGIN")
        return engine
    return create_engine(url, isolation_level="AUTOCOMMIT")
