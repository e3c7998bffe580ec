"""A hundred thousand customers of 200 colleagues in 20 teams: brought in, found by the beginning of their names, and
brought in once more from a file.

Names are drawn from Dutch and English ones, the common far more often than the rare, so that some beginnings fit one
customer and some fit ten thousand. Whoever looks types what one would: three letters of a surname, two words in either
order, a name with its “van der”. Each time it is somebody else, who sees their own customers and their team's. The list
under a name is asked after each letter, so it is timed with a slip, with words beside the name, and with nobody's name
as well; and so is whether a name is there already.

The file is what `acht import-customers` is given: looked through and written, into a workspace of its own beside the
other, and then looked through again, when all of it is there.

PostgreSQL is the one of the tests: `TEST_DATABASE_URL`, or one of our own that does not wait for the disk.
"""

import asyncio
import csv
import random
import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, insert, make_url, text

from benchmarks import payloads, table
from benchmarks.processes import House
from benchmarks.table import Row
from bot.customers.importing.importer import Importer
from bot.customers.importing.line import ForNew, Here
from bot.customers.importing.line import Team as LineTeam
from bot.customers.importing.sheet import Sheet
from bot.customers.many import ManyCustomers
from bot.customers.rules import DayOfYear, Details, Phase, Wish
from bot.customers.service import Customers
from bot.kit.blind_index import BlindIndex
from bot.kit.clock import HeldClock
from bot.kit.database import Database
from bot.kit.encryption import Keyring
from bot.kit.i18n import Language
from bot.kit.migrate import migrate
from bot.kit.outbox.service import Outbox
from bot.kit.working_time.service import WorkingTimes
from bot.people.roles_given import RolesGiven
from bot.people.service import People
from bot.teams import records, rules
from bot.teams.service import Teams
from bot.teams.tables import Team, TeamMember
from tests import postgres

CUSTOMERS, COLLEAGUES, TEAMS, SEARCHES = 100_000, 200, 20, 600
WORKSPACE, IMPORTED_TO = "T0CUSTOMERS", "T0IMPORTED"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

FOUND_WITHIN, ADDED_WITHIN, IMPORTED_WITHIN = 50, 60, 60
"""Milliseconds, the median; seconds."""

WARM_UP = 20
"""Searches that do not count: connections are opened and statements compiled."""

ROUNDS = 12
MEANT = {
    "a name": ["anna jansen", "de vries", "bakker", "meer van der", "smith"],
    "a name with a slip": ["Jnasen", "Bakkr", "Smitth", "Willmsen", "Verhoevne", "sophie wiliams", "anna jnasen"],
    "a name and more": ["jansen verjaardag", "de vries offerte morgen", "bakker boos", "anna jansen kast stuk"],
    "nobody's name": ["qqqqzz", "xylofoon"],
}
EIGHT_NAMES = ["annemarie willemsen verhoeven timmerman schipper koning kuipers postma"]
ALIKE = ["Anna Jansen", "Pieter van den Berg", "Sophie Williams", "Jan de Vries", "J. de Vries"]

GROWS_BY = 30
"""MB of memory between the 20,000th customer and the last."""

GIVEN = """
    Emma Sanne Jan Anna Johannes Maria Pieter Daan Lotte Noor Sem Julia Kees Femke Bram Fleur Thijs Eva Lars
    Sophie Willem Hendrik Johanna Cornelis Elisabeth Margaretha Özlem Fatima Mohammed René Zoë Anouk Jeroen
    Marieke Rutger Wouter Esmée Oliver Amelia George Isla Harry Charlotte William Grace James Florence Thomas
    Alice Henry Poppy Edward Beatrice Siobhán Jan-Peter Anne-Marie Marie-Louise Vanessa Valerie Derek Denise
""".split()  # noqa: SIM905 — names read best as a list of names
SURNAMES = """
    de-Jong Jansen de-Vries van-den-Berg Bakker van-Dijk Visser Smit Meijer de-Boer Mulder de-Groot Bos Vos
    Peters Hendriks van-Leeuwen Dekker Brouwer de-Wit Dijkstra Smits de-Graaf van-der-Meer van-der-Linden Kok
    Jacobs de-Haan Vermeulen van-den-Heuvel van-der-Veen van-den-Broek de-Bruijn de-Bruin van-der-Heijden
    Schouten van-Beek Willems van-Vliet van-de-Ven Hoekstra Maas Verhoeven Koster van-Dam van-der-Wal Prins Blom
    Huisman Peeters de-Jonge Kuipers van-Veen Post Kuiper Veenstra Kramer van-den-Brink Scholten van-Wijk Postma
    Martens Vink de-Ruiter Timmermans Groen Gerritsen Jonker van-Loon Boer van-der-Velde Willemsen Smeets
    de-Lange de-Vos Bosch van-Dongen Schipper de-Koning van-der-Laan Koning Driessen van-Doorn Hermans Evers
    van-den-Bosch van-der-Meulen Hofman Bosman Wolters Sanders Mol Kuijpers Molenaar van-de-Pol Özdemir Yılmaz
    El-Amrani 't-Hoen in-'t-Veld Schouwenaarsveld Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel
    Robinson Wright Thompson Evans Walker White Roberts Green Hall Thomas Clarke Jackson Wood Harris Edwards
    Turner Martin Cooper Hill Ward Hughes Moore Clark King Harrison Lewis Baker Lee Allen Morris Khan Scott
    Watson Davis Parker James Bennett Young Phillips Richardson Mitchell Bailey Carter Cook Singh Shaw Bell
    Collins Morgan Kelly Begum O'Brien O'Neill MacDonald Featherstonehaugh Ashworth Pemberton Zijlstra
    Quaedvlieg Uittenbogaard Xander
""".split()  # noqa: SIM905 — as above


@dataclass(frozen=True)
class Measured:
    """Seconds until all were there, and MB that memory grew; milliseconds of each search."""

    added: float
    grew: float
    searches: list[float]
    commonest: list[float]
    meant: dict[str, list[float]]
    """By what is typed in the list under a name."""
    eight_names: list[float]
    alike: list[float]
    imported: "Imported"
    imported_again: "Imported"


@dataclass(frozen=True)
class Imported:
    """Seconds of looking through and of writing, and MB that memory grew after a fifth of looking through."""

    looked_through: float
    written: float
    grew: float


def rows(house: House) -> Iterator[Row]:
    file = house.folder / "customers.csv"
    _write(file)
    yield from _on("SQLite", make_url(f"sqlite+aiosqlite:///{house.folder}/customers.db"), file)
    with postgres.server() as server, postgres.database(server, "customers") as url:
        yield from _on("PostgreSQL", url, file)


def _on(name: str, url: URL, file: Path) -> Iterator[Row]:
    measured = asyncio.run(_measured(url, file))
    yield table.at_most(f"{CUSTOMERS:,} customers brought in, {name}", measured.added, ADDED_WITHIN, "s")
    yield table.at_most("  memory grown between the 20,000th and the last", measured.grew, GROWS_BY, "MB")
    median = statistics.median(measured.searches)
    yield table.at_most(f"a customer found among {CUSTOMERS:,}, {name}, median", median, FOUND_WITHIN, "ms")
    slowest = (sorted(measured.searches)[len(measured.searches) * 95 // 100], max(measured.searches))
    yield Row("  95 of 100 within; the slowest", "  ".join(table.number(ms) for ms in slowest) + " ms")
    yield table.shown("  by the commonest beginning, median", statistics.median(measured.commonest), "ms")
    for kind, milliseconds in measured.meant.items():
        yield table.at_most(f"  who is meant by {kind}, median", statistics.median(milliseconds), FOUND_WITHIN, "ms")
    yield table.shown("  who is meant by eight names at once, median", statistics.median(measured.eight_names), "ms")
    yield table.shown("  whether a name is there already, once a card, median", statistics.median(measured.alike), "ms")
    once, again = measured.imported, measured.imported_again
    in_all = once.looked_through + once.written
    yield table.at_most(f"{CUSTOMERS:,} customers from a file, {name}", in_all, IMPORTED_WITHIN, "s")
    yield table.shown("  of which looking through, before the question", once.looked_through, "s")
    yield table.at_most("  memory grown after the first fifth", once.grew, GROWS_BY, "MB")
    yield table.shown("  the same file again, until it says that nothing changes", again.looked_through, "s")


async def _measured(url: URL, file: Path) -> Measured:
    await migrate(url)
    database = Database(url.render_as_string(hide_password=False), Keyring([payloads.KEY]))
    customers = _customers(database)
    many = ManyCustomers(database, HeldClock(NOW), BlindIndex([payloads.KEY]))
    chance = random.Random(8)
    try:
        await _set_up_teams(database)
        added, grew = await _bring_in(many, chance)
        if not database.is_sqlite:  # which it does by itself, in a while
            async with database.writing() as session:
                await session.execute(text("analyze"))
        typed = [_typed(chance) for _search in range(SEARCHES)]
        searches = [await _search(customers, one, _colleague(n * 7)) for n, one in enumerate(typed)]
        commonest = [await _search(customers, "va", _colleague(n)) for n in range(COLLEAGUES)]
        meant = {kind: [await _mean(customers, *one) for one in _each(lines)] for kind, lines in MEANT.items()}
        eight = [await _mean(customers, *one) for one in _each(EIGHT_NAMES)]
        alike = [await _are_alike(customers, *one) for one in _each(ALIKE)]
        imported = await _import(many, file)
        imported_again = await _import(many, file)
    finally:
        await database.close()
    return Measured(added, grew, searches[WARM_UP:], commonest, meant, eight, alike, imported, imported_again)


def _customers(database: Database) -> Customers:
    clock = HeldClock(NOW)
    working_times = WorkingTimes()
    people = People(database, clock, Language.EN)
    outbox = Outbox(database, clock, working_times)
    roles = RolesGiven(database, people, outbox, clock)
    teams = Teams(database, clock, people, roles, working_times, outbox)
    return Customers(database, clock, teams, BlindIndex([payloads.KEY]))


async def _set_up_teams(database: Database) -> None:
    here = {"workspace_id": WORKSPACE}
    async with database.writing() as session:
        for n in range(TEAMS):
            plan = rules.usual(f"team-{n}", Language.EN, "Europe/Amsterdam", ())
            written = {"set_up_by": "U1", "set_up_at": NOW, "changed_by": "U1", "changed_at": NOW}
            values = {**here, **records.values(plan), **written, "standing": rules.Standing.ACTIVE, "members_read": 0}
            session.add(Team(channel_id=_team(n), version=1, **values))
        members = [
            {**here, "channel_id": _team(n), "slack_id": _colleague(n), "seen_at": NOW, "is_first": True}
            for n in range(COLLEAGUES)
        ]
        await session.execute(insert(TeamMember), members)


async def _bring_in(customers: ManyCustomers, chance: random.Random) -> tuple[float, float]:
    """Seconds, and MB that memory grew after the first fifth."""
    start, there, at_first = time.perf_counter(), 0, 0.0
    async for chunk in customers.add(WORKSPACE, _cards(chance), by="U1"):
        there += chunk.new
        if not at_first and there >= CUSTOMERS // 5:
            at_first = _memory()
    return time.perf_counter() - start, _memory() - at_first


async def _import(customers: ManyCustomers, file: Path) -> Imported:
    """As `acht import-customers` does, but for the question."""
    here = Here(
        frozenset(map(_colleague, range(COLLEAGUES))),
        {_team(n): LineTeam(_team(n), Language.EN) for n in range(TEAMS)},
        {},
    )
    for_new = ForNew(contact_id=None, team=None, language=Language.EN)
    clock = HeldClock(NOW)
    importer = Importer(customers, clock, IMPORTED_TO, Sheet.open(file), here=here, for_new=for_new)
    start, at_first = time.perf_counter(), 0.0
    async for part in importer.look_through():
        assert not part.refused
        at_first = at_first or (_memory() if part.read >= 0.2 else 0)
    looked_through = time.perf_counter() - start
    new = [part.new + part.unchanged async for part in importer.write()]
    assert sum(new) == CUSTOMERS
    return Imported(looked_through, time.perf_counter() - start - looked_through, _memory() - at_first)


def _write(file: Path) -> None:
    """As a customer system would: in Dutch, with semicolons and whole dates of birth."""
    headings = (
        *("Klantnr", "Naam", "Accountmanager", "Team", "Voorkeuren", "Notitie", "Geboortedatum", "Klant sinds", "Fase"),
        *("Toestemming", "Toestemming op"),
    )
    with file.open("w", newline="", encoding="utf-8-sig") as opened:
        out = csv.writer(opened, delimiter=";")
        out.writerow(headings)
        for card in _cards(random.Random(5)):
            assert card.birthday is not None
            assert card.customer_since is not None
            born, since = f"{card.birthday.day}-{card.birthday.month}-1970", f"{card.customer_since:%d/%m/%Y}"
            told = card.preferences, card.note, born, since, card.phase, "ja", "1 januari 2026"
            out.writerow([card.reference, card.name, card.contact_id, card.channel_id, *told])


async def _search(customers: Customers, typed: str, by: str) -> float:
    start = time.perf_counter()
    await customers.find(WORKSPACE, typed, by=by)
    return (time.perf_counter() - start) * 1000


async def _mean(customers: Customers, typed: str, by: str) -> float:
    start = time.perf_counter()
    await customers.meant(WORKSPACE, typed, by=by)
    return (time.perf_counter() - start) * 1000


async def _are_alike(customers: Customers, name: str, by: str) -> float:
    start = time.perf_counter()
    await customers.alike(WORKSPACE, name, by=by, event_key="V1:hash")
    return (time.perf_counter() - start) * 1000


def _each(lines: list[str]) -> list[tuple[str, str]]:
    """Each by several colleagues."""
    return [(line, _colleague(n * 7)) for n in range(ROUNDS) for line in lines]


def _cards(chance: random.Random) -> Iterator[Details]:
    for n in range(CUSTOMERS):
        colleague = chance.randrange(COLLEAGUES)
        yield Details(
            name=_name(chance),
            contact_id=_colleague(colleague),
            channel_id=_team(colleague),
            reference=f"K-{n:06}",
            preferences="Drinkt thee zonder melk, belt liever in de ochtend" if n % 2 else "Likes to be called first",
            note="Vertelde over de moestuin en de nieuwe fiets" if n % 3 else None,
            birthday=DayOfYear(chance.randint(1, 12), chance.randint(1, 28)),
            customer_since=date(2010, 1, 1) + timedelta(days=chance.randrange(5_000)),
            phase=chance.choice(list(Phase)),
            wish=Wish.NORMAL,
            has_consented=True,
            consent_on=date(2026, 1, 1),
        )


def _name(chance: random.Random) -> str:
    return f"{_one_of(GIVEN, chance)} {_one_of(SURNAMES, chance).replace('-', ' ')}"


def _one_of(names: list[str], chance: random.Random) -> str:
    """The first are the most common, as names are: the tenth is a tenth as common."""
    return names[min(int(len(names) ** chance.random()) - 1, len(names) - 1)]


def _typed(chance: random.Random) -> str:
    given, surname = _one_of(GIVEN, chance), _one_of(SURNAMES, chance).replace("-", " ")
    last = surname.split()[-1]
    return chance.choice([last[:3], last[:5], given[:3], surname, f"{given} {surname}", f"{last[:4]} {given[:2]}"])


def _colleague(n: int) -> str:
    return f"U0{n % COLLEAGUES:04}"


def _team(n: int) -> str:
    return f"C0{n % TEAMS:03}"


def _memory() -> float:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
