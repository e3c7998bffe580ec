"""Three suggestions at a hundred thousand customers and half a million gestures given, and the rules alone.

200 colleagues in 20 teams serve 500 customers each, of whom some got one gesture and some got twenty, in the last three
years; for some something is going on. Each time another colleague asks for another of their customers. The catalogue
is the real one; no language model takes part.

PostgreSQL is the one of the tests: `TEST_DATABASE_URL`, or one of our own that does not wait for the disk.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import URL, Connection, create_engine, insert, make_url, text

from benchmarks import payloads, table
from benchmarks.processes import House
from benchmarks.table import Row
from bot.cases.rules import Cause
from bot.cases.tables import Case
from bot.customers import records as cards
from bot.customers.records import Keys
from bot.customers.rules import DayOfYear, Details
from bot.customers.tables import Customer
from bot.gestures import catalogue, rules
from bot.gestures.course import State
from bot.gestures.gesture import Gesture, Sector
from bot.gestures.rules import CustomerFacts, Spent
from bot.gestures.service import Gestures
from bot.gestures.tables import Budget, Given, Reception
from bot.kit.blind_index import BlindIndex
from bot.kit.clock import HeldClock
from bot.kit.database import Base, Database
from bot.kit.encryption import Keyring, give_keyring
from bot.kit.i18n import Language
from bot.kit.migrate import migrate
from bot.moments.service import Moments
from bot.moments.tables import NotedMoment
from bot.teams import records
from bot.teams import rules as of_teams
from bot.teams.tables import Team, TeamMember
from bot.trade import Occasion, Phase
from tests import postgres
from tests.gestures.counter import Counter
from tests.teams.plans import T1

CUSTOMERS, GIVEN, COLLEAGUES, TEAMS = 100_000, 500_000, 200, 20
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = NOW.date()
YEARS = 3
ASKED, WARM_UP = 320, 20
AT_ONCE = 10_000
"""Rows in one statement."""

SUGGESTED_WITHIN = 150
"""Milliseconds."""
JUDGED_WITHIN = 20
"""Microseconds, for one gesture."""
COMING_WITHIN = 30
"""Milliseconds."""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each."""

    suggested: list[float]
    given: list[float]
    planned: float
    coming: list[float]
    month: float


def rows(house: House) -> Iterator[Row]:
    yield table.at_most("one gesture judged by the rules, mean over the catalogue", _judged(), JUDGED_WITHIN, "µs")
    yield from _on("SQLite", make_url(f"sqlite+aiosqlite:///{house.folder}/gestures.db"))
    with postgres.server() as server, postgres.database(server, "gestures") as url:
        yield from _on("PostgreSQL", url)


def _on(name: str, url: URL) -> Iterator[Row]:
    measured = asyncio.run(_measured(url))
    what = f"three suggestions at {CUSTOMERS:,} customers and {GIVEN:,} gestures given, {name}, median"
    yield table.at_most(what, statistics.median(measured.suggested), SUGGESTED_WITHIN, "ms")
    slowest = (sorted(measured.suggested)[len(measured.suggested) * 95 // 100], max(measured.suggested))
    yield Row("  95 of 100 within; the slowest", "  ".join(table.number(ms) for ms in slowest) + " ms")
    yield table.shown("  one of them planned, median", statistics.median(measured.given), "ms")
    yield table.shown("  what a colleague is about to do, for their Home tab, median", measured.planned, "ms")
    what = f"what is coming for a colleague's customers, {CUSTOMERS:,} in all, {name}, median"
    yield table.at_most(what, statistics.median(measured.coming), COMING_WITHIN, "ms")
    yield table.shown("  the sums of a month for leadership", measured.month, "ms")


def _judged() -> float:
    """Microseconds for one, of customers for whom all of the questions have to be asked."""
    gestures, limits = catalogue.load().gestures, rules.usual_limits(Sector.BANK)
    given = frozenset(gesture.id for gesture in gestures[::10])
    customer = CustomerFacts(has_consent=True, reached_out_on=TODAY - timedelta(days=40), given=given)
    rounds: list[float] = []
    for _round in range(50):
        start = time.perf_counter()
        for gesture in gestures:
            rules.judge(gesture, customer, Spent(), limits, occasion=Occasion.EVERYDAY, today=TODAY)
        rounds.append((time.perf_counter() - start) / len(gestures) * 1e6)
    return statistics.median(rounds)


async def _measured(url: URL) -> Measured:
    await migrate(url)
    database = Database(url.render_as_string(hide_password=False), Keyring([payloads.KEY]))
    counter = Counter(database, HeldClock(NOW), gestures=None, key=payloads.KEY)
    gestures = counter.gestures
    chance = random.Random(8)
    try:
        await asyncio.to_thread(_fill, url, gestures.catalogue.gestures, chance)
        asked = [chance.randrange(CUSTOMERS) for _n in range(ASKED)]
        suggested = [await _timed(gestures.suggest(T1, n + 1, by=_colleague(n))) for n in asked]
        given = [await _timed(_plan(gestures, n)) for n in asked[WARM_UP : WARM_UP + 100]]
        planned = [await _timed(_planned(database, gestures, n)) for n in asked]
        coming = [await _timed(_coming(database, counter.moments, n)) for n in asked]
        month = [await _timed(_month(database, gestures)) for _round in range(5)]
    finally:
        await database.close()
    return Measured(suggested[WARM_UP:], given, statistics.median(planned), coming[WARM_UP:], statistics.median(month))


async def _plan(gestures: Gestures, n: int) -> None:
    await gestures.give(
        T1, n + 1, "turn-your-screen", by=_colleague(n), occasion=Occasion.EVERYDAY, words="…",
        event_key=f"click {n}", on_day=TODAY, remind=True,
    )  # fmt: skip


async def _planned(database: Database, gestures: Gestures, n: int) -> None:
    async with database.reading() as session:
        await gestures.diary.planned(session, T1, by=_colleague(n), limit=5)


async def _coming(database: Database, moments: Moments, n: int) -> None:
    async with database.reading() as session:
        await moments.coming(session, T1, _colleague(n), TODAY)


async def _month(database: Database, gestures: Gestures) -> None:
    async with database.reading() as session:
        assert await gestures.diary.month_for_leadership(session, T1, TODAY) is not None


async def _timed(work: Awaitable[Any]) -> float:
    start = time.perf_counter()
    await work
    return (time.perf_counter() - start) * 1000


# --- what was there before ---


def _fill(url: URL, gestures: tuple[Gesture, ...], chance: random.Random) -> None:
    """In one transaction, past the limits that the bot's own have."""
    engine = create_engine(url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url)
    give_keyring(engine.dialect, Keyring([payloads.KEY]))
    with engine.begin() as connection:
        _write(connection, gestures, chance)
        if url.get_backend_name() == "postgresql":
            connection.execute(text("analyze"))  # which it does by itself, in a while
    engine.dispose()


def _write(connection: Connection, gestures: tuple[Gesture, ...], chance: random.Random) -> None:
    here = {"workspace_id": T1}
    keys = Keys(BlindIndex([payloads.KEY]), T1)
    team = {
        **records.values(of_teams.usual("team", Language.EN, "Europe/Amsterdam", ())),
        "set_up_by": "U1",
        "set_up_at": NOW,
        "changed_by": "U1",
        "changed_at": NOW,
        "version": 1,
        "standing": of_teams.Standing.ACTIVE,
        "members_read": 0,
        "left_meanwhile": [],
    }
    teams = [{**here, **team, "channel_id": _team(n), "name": f"team-{n}"} for n in range(TEAMS)]
    members = [
        {
            **here,
            "channel_id": _team(n),
            "slack_id": _colleague(n),
            "seen_at": NOW,
            "is_first": True,
            "is_chosen": False,
        }
        for n in range(COLLEAGUES)
    ]
    months = {_colleague(n): Decimal(3) for n in range(COLLEAGUES)} | {_team(n): Decimal(30) for n in range(TEAMS)}
    budgets = [{**here, "whose": each, "month": TODAY.replace(day=1), "spent": spent} for each, spent in months.items()]
    received = [
        {**here, "gesture_id": one.id, "well": chance.randrange(50), "answered": 60, "set_aside": chance.randrange(9)}
        for one in gestures
    ]
    _insert(connection, Team, iter(teams))
    _insert(connection, TeamMember, iter(members))
    _insert(connection, Budget, iter(budgets))
    _insert(connection, Reception, iter(received))
    _insert(connection, Customer, _customers(keys, chance))
    _insert(connection, Given, _given(gestures, chance))
    _insert(connection, Case, _cases())
    _insert(connection, NotedMoment, _moments())


def _insert(connection: Connection, of: type[Base], made: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(made, AT_ONCE)):
        connection.execute(insert(of.__table__), some)


def _customers(keys: Keys, chance: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(CUSTOMERS):
        details = Details(
            name=f"Customer {n}",
            contact_id=_colleague(n),
            channel_id=_team(n),
            preferences="Drinkt thee zonder melk" if n % 2 else None,
            birthday=DayOfYear.of(TODAY + timedelta(days=chance.randrange(365))),
            customer_since=date(2010, 1, 1) + timedelta(days=chance.randrange(5_000)),
            phase=chance.choice(list(Phase)),
            has_consented=True,
            consent_on=date(2026, 1, 1),
        )
        values = cards.values(details, keys, made_on=date(2026, 1, 1), by="U1", now=NOW)
        yield {**values, "workspace_id": T1, "version": 1, "created_by": "U1", "created_at": NOW}


def _given(gestures: tuple[Gesture, ...], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Some customers have one, and some have twenty."""
    whose = sorted(int(CUSTOMERS * chance.random() ** 1.5) for _n in range(GIVEN))
    for n, customer in enumerate(whose):
        gesture = chance.choice(gestures)
        on_day = TODAY - timedelta(days=chance.randrange(25, YEARS * 365))
        yield {
            "workspace_id": T1,
            "event_key": f"earlier {n:06}",
            "customer_id": customer + 1,
            "gesture_id": gesture.id,
            "occasion": gesture.occasions[0],
            "colleague_id": _colleague(customer),
            "channel_id": _team(customer),
            "level": gesture.level,
            "kind": gesture.kind,
            "cost": gesture.cost,
            "reaches_out": True,
            "words": "Hello, because it is you.",
            "state": State.DONE,
            "on_day": on_day,
            "month": on_day.replace(day=1),
            "created_at": NOW,
            "done_at": NOW,
            "remind": False,
            "asked_of": [],
            "felt": "heard",
        }


def _cases() -> Iterator[dict[str, Any]]:
    for n in range(0, CUSTOMERS, 20):
        closed_on = None if n % 100 == 0 else TODAY - timedelta(days=100)
        yield {
            "workspace_id": T1,
            "customer_id": n + 1,
            "cause": Cause.BY_HAND,
            "what": "It broke",
            "steps": "",
            "handled_by": "U1",
            "opened_by": "U1",
            "opened_at": NOW,
            "closed_on": closed_on,
        }


def _moments() -> Iterator[dict[str, Any]]:
    for n in range(0, CUSTOMERS, 7):
        yield {
            "workspace_id": T1,
            "customer_id": n + 1,
            "moment_id": "moving",
            "falls_on": TODAY,
            "about": "the new flat",
            "noted_by": "U1",
            "noted_at": NOW,
        }


def _colleague(n: int) -> str:
    return f"U0{n % COLLEAGUES:04}"


def _team(n: int) -> str:
    return f"C0{n % TEAMS:03}"
