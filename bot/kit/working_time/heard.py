"""Who did something lately. Kept in memory for a moment, so that a click costs no write of its own."""

from collections import defaultdict

from bot.kit.clock import Clock
from bot.kit.database import Database
from bot.kit.working_time.service import WorkingTimes


class Heard:
    def __init__(self, database: Database, working_times: WorkingTimes, clock: Clock) -> None:
        self._database = database
        self._working_times = working_times
        self._clock = clock
        self._people: dict[str, set[str]] = defaultdict(set)

    def note(self, workspace_id: str, person: str) -> None:
        self._people[workspace_id].add(person)

    async def write_down(self) -> None:
        """What they were pushed counts as answered. When the database is away, it is done the next time."""
        heard = {workspace_id: set(people) for workspace_id, people in self._people.items()}
        if not heard:
            return
        async with self._database.writing() as session:
            for workspace_id, people in heard.items():
                await self._working_times.heard_from(session, workspace_id, people, self._clock.now())
        for workspace_id, people in heard.items():
            self._people[workspace_id] -= people
            if not self._people[workspace_id]:
                del self._people[workspace_id]
