"""Appointments are agreed, moved, and taken when they are due. Every method is a part of its caller's transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

import structlog
from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.appointments import rules
from bot.kit.appointments.tables import Appointment
from bot.kit.database import insert_into
from bot.kit.working_time.wall_clock import as_digits, first, from_digits, zone_named, zone_or_none, zone_or_utc

log = structlog.get_logger(__name__)

AT_ONCE = 500
"""Rows in one statement."""

T = TypeVar("T")


@dataclass(frozen=True)
class Agreement:
    """`at` is local time in `zone`; of `days`, 0 is Monday."""

    workspace_id: str
    whom: str
    kind: str
    zone: str
    days: Collection[int]
    at: time


@dataclass(frozen=True)
class Due:
    workspace_id: str
    whom: str
    on: date
    """The local date it is for."""
    at: datetime


class Appointments:
    async def agree(
        self,
        session: AsyncSession,
        workspace_id: str,
        whom: str,
        kind: str,
        *,
        zone: str,
        days: Collection[int],
        at: time,
        now: datetime,
    ) -> None:
        """As `agree_many`."""
        await self.agree_many(session, [Agreement(workspace_id, whom, kind, zone, days, at)], now)

    async def agree_many(self, session: AsyncSession, rows: Collection[Agreement], now: datetime) -> None:
        """From now on these hold, in place of what was agreed for the same person or team and kind.

        The same days and time as before: nothing is lost or comes twice, also when the zone is another. New ones begin
        after now, and not for a date that was taken. Raises UnknownZone and NeverComes.
        """
        groups: dict[tuple[str, str], dict[str, Agreement]] = defaultdict(dict)
        for row in rows:
            groups[row.workspace_id, row.kind][row.whom] = row
        for (workspace_id, kind), by_whom in sorted(groups.items()):
            for some in _chunks(sorted(by_whom)):
                agreed = [by_whom[whom] for whom in some]
                await self._agree(session, workspace_id, kind, agreed, now)

    async def _agree(
        self, session: AsyncSession, workspace_id: str, kind: str, agreed: Sequence[Agreement], now: datetime
    ) -> None:
        before = {
            row.whom: row
            for row in await session.execute(
                select(*Appointment.__table__.columns)
                .where(
                    Appointment.workspace_id == workspace_id,
                    Appointment.kind == kind,
                    Appointment.whom.in_([row.whom for row in agreed]),
                    # Else PostgreSQL reads all of this kind, each time: it does not see how few these are.
                    Appointment.whom.between(agreed[0].whom, agreed[-1].whom),
                )
                .order_by(Appointment.whom)
                .with_for_update()
            )
        }
        after = [
            {
                "workspace_id": workspace_id,
                "whom": row.whom,
                "kind": kind,
                "zone": row.zone,
                "days": as_digits(row.days),
                "at": row.at,
                "next_at": _next_at(before.get(row.whom), row, now),
            }
            for row in agreed
        ]
        new = insert_into(session, Appointment.__table__)
        changed = {name: new.excluded[name] for name in ("zone", "days", "at", "next_at")}
        await session.execute(
            new.on_conflict_do_update(index_elements=("workspace_id", "whom", "kind"), set_=changed), after
        )

    async def cancel(self, session: AsyncSession, workspace_id: str, whom: str, kind: str) -> None:
        await session.execute(
            delete(Appointment).where(
                Appointment.workspace_id == workspace_id, Appointment.whom == whom, Appointment.kind == kind
            )
        )

    async def moved(self, session: AsyncSession, workspace_id: str, whom: str, zone: str) -> None:
        """A person or a team lives by another zone: their appointments keep their local time. Raises UnknownZone."""
        new = zone_named(zone)
        theirs = select(Appointment).where(Appointment.workspace_id == workspace_id, Appointment.whom == whom)
        for row in await session.scalars(theirs.order_by(Appointment.kind).with_for_update()):
            row.next_at = rules.in_another_zone(zone_or_utc(row.zone), new, from_digits(row.days), row.at, row.next_at)
            row.zone = zone

    async def take_due(self, session: AsyncSession, kind: str, now: datetime, limit: int) -> Sequence[Due]:
        """What is due of one kind, of all workspaces: the longest overdue first, and never the same to two that ask.

        Each once, also when days were missed: for the latest date. Where nobody knows the zone any longer, by UTC.
        """
        rows = (
            await session.execute(
                select(
                    Appointment.id,
                    Appointment.workspace_id,
                    Appointment.whom,
                    Appointment.zone,
                    Appointment.days,
                    Appointment.at,
                )
                .where(Appointment.kind == kind, Appointment.next_at <= now)
                .order_by(Appointment.next_at)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        ).all()
        alike: dict[tuple[str, str, time], list[int]] = defaultdict(list)
        for row in rows:
            alike[row.zone, row.days, row.at].append(row.id)
        if unknown := sorted({zone for zone, _, _ in alike if zone_or_none(zone) is None}):
            log.warning("appointments_in_an_unknown_time_zone", kind=kind, zones=unknown)
        taken: dict[tuple[str, str, time], tuple[date, datetime]] = {}
        for terms, ids in alike.items():
            zone, days, at = zone_or_utc(terms[0]), from_digits(terms[1]), terms[2]
            on = rules.latest_date(zone, days, at, now)
            taken[terms] = on, first(zone, on, at)
            advanced = {"taken_on": on, "next_at": rules.next_moment(zone, days, at, now)}
            for some in _chunks(ids):
                await session.execute(update(Appointment).where(Appointment.id.in_(some)).values(advanced))
        return [Due(row.workspace_id, row.whom, *taken[row.zone, row.days, row.at]) for row in rows]


def _next_at(before: Row[Any] | None, new: Agreement, now: datetime) -> datetime:
    zone = zone_named(new.zone)
    if before is not None and (before.days, before.at) == (as_digits(new.days), new.at):
        return rules.in_another_zone(zone_or_utc(before.zone), zone, new.days, new.at, before.next_at)
    next_at = rules.next_moment(zone, new.days, new.at, now)
    if before is not None and before.taken_on is not None:
        while rules.latest_date(zone, new.days, new.at, next_at) <= before.taken_on:
            next_at = rules.next_moment(zone, new.days, new.at, next_at)
    return next_at


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
