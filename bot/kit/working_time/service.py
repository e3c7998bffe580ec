"""When people may be pushed. Every method is a part of its caller's transaction.

What a person has not chosen is as in their team, and what the team has not either, as is usual.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import ColumnElement, Row, delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.database import insert_into
from bot.kit.working_time import holidays, queries, rules, wall_clock
from bot.kit.working_time.rules import USUAL, Away, Hours, Kind, Pushed, Reach, Verdict, Wish
from bot.kit.working_time.tables import Absence, Push, WorkingTime

log = structlog.get_logger(__name__)

STILL_TODAY_SOMEWHERE = timedelta(days=3)
"""No shift that is going on anywhere began longer ago, as dates go."""

KEY = ("workspace_id", "whom")


class EndsBeforeItBegins(Exception):
    """The last day of an absence is before its first."""


class WorkingTimes:
    async def set_hours(
        self,
        session: AsyncSession,
        workspace_id: str,
        whom: str,
        *,
        zone: str,
        days: Collection[int],
        begins: time,
        ends: time,
        country: str | None,
        region: str | None,
        works_on: Collection[str] = (),
    ) -> None:
        """When a person or a team works, from now on. `country` None: a team's people work on public holidays, and a
        person has their team's.

        Raises UnknownZone and UnknownCountry.
        """
        wall_clock.zone_named(zone)
        if country is not None and not holidays.is_known(country, region):
            raise holidays.UnknownCountry(country, region)
        hours = {
            "zone": zone,
            "days": wall_clock.as_digits(days),
            "begins": begins,
            "ends": ends,
            "country": country,
            "region": region,
            "works_on": sorted(works_on),
        }
        await _keep(session, workspace_id, whom, hours)

    async def choose_hours(
        self,
        session: AsyncSession,
        workspace_id: str,
        whom: str,
        *,
        days: Collection[int],
        begins: time,
        ends: time,
    ) -> None:
        """When a person works. Zone and holidays stay what they are."""
        chosen = {"days": wall_clock.as_digits(days), "begins": begins, "ends": ends}
        await _keep(session, workspace_id, whom, chosen)

    async def wishes(self, session: AsyncSession, workspace_id: str, whom: str, wish: Wish) -> None:
        """Where a person wants to be told things unasked."""
        await _keep(session, workspace_id, whom, {"wish": wish})

    async def moves(self, session: AsyncSession, workspace_id: str, whom: str, zone: str) -> None:
        """A person lives by this zone; their hours stay the same by the clock on their wall.

        Raises UnknownZone.
        """
        await self.move(session, workspace_id, {whom: zone})

    async def move(self, session: AsyncSession, workspace_id: str, zones: Mapping[str, str]) -> None:
        """As `moves`, of many people: the zone of each."""
        for zone in set(zones.values()):
            wall_clock.zone_named(zone)
        for some in queries.chunks(zones):
            rows = [{"workspace_id": workspace_id, "whom": whom, "zone": zones[whom]} for whom in some]
            await _keep_all(session, rows, "zone")

    async def belongs_to(
        self, session: AsyncSession, workspace_id: str, people: Collection[str], team: str | None
    ) -> None:
        """Where these people have chosen nothing of their own, this team's holds from now on. None: no team's."""
        for some in queries.chunks(people):
            rows = [{"workspace_id": workspace_id, "whom": whom, "team": team} for whom in some]
            await _keep_all(session, rows, "team")

    async def hours_of(self, session: AsyncSession, workspace_id: str, whom: str) -> tuple[Hours, Wish]:
        """What holds for a person or a team, and where a person wants to be told things unasked."""
        rows = await queries.working_times(session, workspace_id, [whom])
        row = rows[0] if rows else None
        return _hours(row), _wish(row)

    async def away_until(
        self, session: AsyncSession, workspace_id: str, whom: str, kind: Kind, today: date
    ) -> date | None:
        """The last day of today's leave or pause."""
        absences = await queries.absences(session, workspace_id, [whom], today)
        return max((last for _, of, first, last in absences if of == kind and first <= today), default=None)

    async def absences(self, session: AsyncSession, workspace_id: str, whom: str, since: date) -> Sequence[Away]:
        """Leave and pauses that are not over by that day."""
        rows = await queries.absences(session, workspace_id, [whom], since)
        return [Away(Kind(kind), first_day, last_day) for _whom, kind, first_day, last_day in rows]

    async def absent(
        self, session: AsyncSession, workspace_id: str, whom: str, kind: Kind, *, first_day: date, last_day: date
    ) -> None:
        """Leave or a pause, both days included. What it overlaps of its kind it continues, and its end is the new one.

        Raises EndsBeforeItBegins.
        """
        if last_day < first_day:
            raise EndsBeforeItBegins
        overlapping = delete(Absence).where(_absences(workspace_id, whom, kind, first_day, last_day))
        earlier = await session.scalars(overlapping.returning(Absence.first_day))
        session.add(
            Absence(
                workspace_id=workspace_id,
                whom=whom,
                kind=kind,
                first_day=min((first_day, *earlier)),
                last_day=last_day,
            )
        )

    async def back(self, session: AsyncSession, workspace_id: str, whom: str, kind: Kind, today: date) -> None:
        """Ends the leave or the pause of today; one that is still to come stays."""
        await session.execute(delete(Absence).where(_absences(workspace_id, whom, kind, today, today)))

    async def judge(
        self, session: AsyncSession, workspace_id: str, people: Collection[str], now: datetime
    ) -> dict[str, Verdict]:
        """Whether each may be pushed now."""
        verdicts: dict[str, Verdict] = {}
        for some in queries.chunks(people):
            absences: dict[str, list[Away]] = defaultdict(list)
            pushes: dict[str, list[Pushed]] = defaultdict(list)
            rows = {row.whom: row for row in await queries.working_times(session, workspace_id, some)}
            since = now.date() - STILL_TODAY_SOMEWHERE
            for whom, kind, first_day, last_day in await queries.absences(session, workspace_id, some, since):
                absences[whom].append(Away(Kind(kind), first_day, last_day))
            for whom, day, pushed_at, was_answered in await queries.last_pushes(session, workspace_id, some):
                pushes[whom].append(Pushed(day, pushed_at, was_answered))
            for whom in some:
                reach = Reach(
                    hours=_hours(rows.get(whom)),
                    absences=tuple(absences[whom]),
                    wish=_wish(rows.get(whom)),
                    do_not_disturb=_do_not_disturb(rows.get(whom)),
                    pushes=tuple(pushes[whom]),
                )
                verdicts[whom] = rules.may_push(reach, now)
        return verdicts

    async def reserve(
        self, session: AsyncSession, workspace_id: str, notices: Mapping[str, str], now: datetime
    ) -> set[str]:
        """Takes today's push of each person for the notice of this key. Returns who got it, and who holds it for the
        same notice already, since a delivery is tried again. Who is not at work gets none.

        Others that want the same push wait for the end of this transaction.
        """
        got: set[str] = set()
        for people in queries.chunks(notices):
            rows = {row.whom: row for row in await queries.working_times(session, workspace_id, people)}
            on = {whom: rules.working_day(_hours(rows.get(whom)), now) for whom in people}
            days = {whom: day for whom, day in on.items() if day is not None}
            if not days:
                continue
            wanted = [
                {
                    "workspace_id": workspace_id,
                    "whom": whom,
                    "working_day": day,
                    "notice_key": notices[whom],
                    "pushed_at": now,
                }
                for whom, day in days.items()
            ]
            await session.execute(insert_into(session, Push).on_conflict_do_nothing(), wanted)
            held = await queries.pushes_on(session, workspace_id, people, set(days.values()))
            got |= {whom for whom, day, key in held if (day, key) == (days.get(whom), notices[whom])}
        return got

    async def give_back(self, session: AsyncSession, workspace_id: str, notice_keys: Collection[str]) -> None:
        """These notices were not sent: whoever held a push for them may have another."""
        for keys in queries.chunks(notice_keys):
            await session.execute(delete(Push).where(Push.workspace_id == workspace_id, Push.notice_key.in_(keys)))

    async def heard_from(
        self, session: AsyncSession, workspace_id: str, people: Collection[str], now: datetime
    ) -> None:
        """These people did something: what they were pushed counts as answered."""
        for some in queries.chunks(people):
            unanswered = queries.of(Push, workspace_id, some) & Push.answered_at.is_(None)
            await session.execute(update(Push).where(unanswered).values(answered_at=now))

    async def note_do_not_disturb(
        self,
        session: AsyncSession,
        workspace_id: str,
        seen: Mapping[str, tuple[datetime, datetime] | None],
        seen_at: datetime,
    ) -> None:
        """What Slack said of each person's Do Not Disturb: from and until, or None."""
        for people in queries.chunks(seen):
            rows = [
                {
                    "workspace_id": workspace_id,
                    "whom": whom,
                    **dict(zip(("dnd_from", "dnd_until"), seen[whom] or (None, None), strict=True)),
                    "dnd_seen_at": seen_at,
                }
                for whom in people
            ]
            await _keep_all(session, rows, "dnd_from", "dnd_until", "dnd_seen_at")

    async def do_not_disturb_changes(
        self,
        session: AsyncSession,
        workspace_id: str,
        whom: str,
        interval: tuple[datetime, datetime] | None,
        seen_at: datetime,
    ) -> None:
        """Of somebody whose working time is kept."""
        begins, ends = interval or (None, None)
        theirs = (WorkingTime.workspace_id == workspace_id, WorkingTime.whom == whom)
        values = {"dnd_from": begins, "dnd_until": ends, "dnd_seen_at": seen_at}
        await session.execute(update(WorkingTime).where(*theirs).values(values))

    async def whose_do_not_disturb_is_stale(
        self, session: AsyncSession, workspace_id: str, people: Collection[str], older_than: datetime
    ) -> set[str]:
        """For whom Slack was not asked since, or never."""
        stale = set(people)
        for some in queries.chunks(people):
            stale -= await queries.seen_since(session, workspace_id, some, older_than)
        return stale

    async def forget(self, session: AsyncSession, before: date) -> None:
        """Pushes and absences long past, of all workspaces.

        Keep two months at least: a push that is forgotten no longer counts among the five without an answer.
        """
        await session.execute(delete(Push).where(Push.working_day < before))
        await session.execute(delete(Absence).where(Absence.last_day < before))


async def _keep(session: AsyncSession, workspace_id: str, whom: str, values: Mapping[str, Any]) -> None:
    await _keep_all(session, [{"workspace_id": workspace_id, "whom": whom, **values}], *values)


async def _keep_all(session: AsyncSession, rows: Sequence[Mapping[str, Any]], *names: str) -> None:
    """These columns of one chunk; the others stay what they are."""
    new = insert_into(session, WorkingTime.__table__)
    kept = {name: new.excluded[name] for name in names}
    # The rows beside the statement, and not within it, which is made anew each time and takes five times as long.
    await session.execute(new.on_conflict_do_update(index_elements=KEY, set_=kept), rows)


def _absences(workspace_id: str, whom: str, kind: Kind, first_day: date, last_day: date) -> ColumnElement[bool]:
    """Those that have a day in common with these."""
    return (
        (Absence.workspace_id == workspace_id)
        & (Absence.whom == whom)
        & (Absence.kind == kind)
        & (Absence.first_day <= last_day)
        & (Absence.last_day >= first_day)
    )


def _hours(row: Row[Any] | None) -> Hours:
    """A person's own, else their team's, else the usual: of days and times together, of the zone, and of holidays."""
    if row is None:
        return USUAL
    chosen = ((row.days, row.begins, row.ends), (row.team_days, row.team_begins, row.team_ends))
    days, begins, ends = next((each for each in chosen if each[0] is not None), _USUAL_SHIFT)
    return Hours(_zone(row), wall_clock.from_digits(days), begins, ends, _holiday_on(row))


def _zone(row: Row[Any]) -> ZoneInfo:
    """Zones, as countries, come and go with the packages that know them: one that is not known is as if not chosen."""
    for name in (row.zone, row.team_zone):
        if zone := wall_clock.zone_or_none(name):
            return zone
        if name is not None:
            log.warning("unknown_time_zone", workspace=row.workspace_id, whom=row.whom, zone=name)
    return USUAL.zone


def _holiday_on(row: Row[Any]) -> Callable[[date], str | None]:
    own, teams = (row.country, row.region, row.works_on), (row.team_country, row.team_region, row.team_works_on)
    for country, region, works_on in (own, teams):
        if country is None:
            continue
        try:
            return holidays.in_country(country, region, works_on)
        except holidays.UnknownCountry:
            log.warning("unknown_country", workspace=row.workspace_id, whom=row.whom, country=country, region=region)
    return USUAL.holiday_on


def _wish(row: Row[Any] | None) -> Wish:
    return Wish.MESSAGES if row is None else Wish(row.wish)


def _do_not_disturb(row: Row[Any] | None) -> tuple[datetime, datetime] | None:
    if row is None or row.dnd_from is None or row.dnd_until is None:
        return None
    return row.dnd_from, row.dnd_until


_USUAL_SHIFT = (wall_clock.as_digits(USUAL.days), USUAL.begins, USUAL.ends)
