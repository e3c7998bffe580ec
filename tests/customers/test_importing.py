"""Customers from a file: what is new, changed, unchanged or left out, and what comes of their cards."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.customers.importing import queries
from bot.customers.importing.importer import AT_ONCE, BY_FILE, ChangedMeanwhile, Importer
from bot.customers.importing.line import ForNew
from bot.customers.importing.sheet import Sheet
from bot.customers.importing.why import BrokenFile, Flaw, Reason, Refusal
from bot.customers.rules import DayOfYear, Details, Mistake
from bot.customers.signs import Kind
from bot.kit.i18n import Language
from bot.people.roles import Standing
from bot.trade import Channel, Phase, Wish
from tests.customers.shop import DAAN, IRIS, NOOR, Shop, a_customer
from tests.teams.plans import C1, C2, T1

FILES = Path(__file__).parent / "files"

SANDBOX = ("U0NOOR00000", "U0DAAN00000", "U0PRIYA0000", "U0CALLUM000")


@dataclass
class Came:
    """What came of a file: looked through, or written."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    changes: dict[str, int] | None = None

    @property
    def counted(self) -> tuple[int, int, int, int]:
        return self.new, self.changed, self.unchanged, len(self.refused)

    @property
    def why(self) -> list[tuple[int, object, str | None]]:
        return [(refusal.line, refusal.why, refusal.heading) for refusal in self.refused]


class Desk:
    """Where files are brought in."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop = shop
        self.folder = folder

    def file(self, *lines: str) -> Path:
        file = self.folder / "file.csv"
        file.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return file

    async def importer(self, file: Path, **for_new: Any) -> Importer:
        async with self.shop.database.reading() as session:
            here = await queries.here(session, T1)
        plan = ForNew(**{"contact_id": None, "team": None, "language": Language.EN, **for_new})
        return Importer(self.shop.many, self.shop.clock, T1, Sheet.open(file), here=here, for_new=plan)

    async def looks(self, *lines: str, **for_new: Any) -> Came:
        return await self.look(await self.importer(self.file(*lines), **for_new))

    async def brings_in(self, *lines: str, **for_new: Any) -> Came:
        return await self.bring_in(self.file(*lines), **for_new)

    async def look(self, importer: Importer) -> Came:
        came = Came(changes={})
        async for part in importer.look_through():
            came.new, came.changed = came.new + part.new, came.changed + part.changed
            came.unchanged, came.refused = came.unchanged + part.unchanged, (*came.refused, *part.refused)
            came.changes = {**(came.changes or {}), **part.changes}
        return came

    async def bring_in(self, file: Path, **for_new: Any) -> Came:
        importer = await self.importer(file, **for_new)
        looked = await self.look(importer)
        parts = [part async for part in importer.write()]
        written = [sum(getattr(part, which) for part in parts) for which in ("new", "changed", "unchanged")]
        assert written == [looked.new, looked.changed, looked.unchanged], "it does what it said"
        return looked

    async def card(self, reference: str) -> Details:
        return (await self.shop.many.known_by(T1, [reference]))[reference].details


@pytest.fixture
async def desk(shop: Shop, tmp_path: Path) -> Desk:
    for person in (NOOR, DAAN, *SANDBOX):
        await shop.house.met(person, Standing.MEMBER)
    return Desk(shop, tmp_path)


@pytest.fixture
async def two_teams(desk: Desk) -> Desk:
    await desk.shop.house.set_up(C2, name="team-leeds", language=Language.EN)
    return desk


# --- the two files of twenty ---------------------------------------------------------------------------


async def test_of_twenty_dutch_customers_eighteen_come_in_and_two_lines_are_refused(desk: Desk) -> None:
    came = await desk.bring_in(FILES / "klanten.csv", contact_id=SANDBOX[0])
    assert came.counted == (18, 0, 0, 2)
    assert came.why == [(3, Reason.NOT_A_DAY, "Klant sinds"), (12, Kind.RELIGION, "Notitie")]
    assert await desk.card("2003") == Details(
        name="Fatima El Amrani",
        contact_id=SANDBOX[0],
        channel_id=C1,
        reference="2003",
        preferences="Houdt van tuinieren",
        note="Zoekt een bank die door de voordeur past",
        birthday=DayOfYear(3, 14),
        customer_since=date(2021, 9, 1),
        phase=Phase.LIKE,
        wish=Wish.TOLD_FIRST,
        language=Language.NL,
        channels=frozenset({Channel.CARD, Channel.PHONE}),
        has_consented=True,
        consent_on=date(2024, 3, 14),
    )
    assert await desk.shop.found("berg jan", by=SANDBOX[0]) == ["Jan-Peter van den Berg"]
    assert (await desk.card("2008")).note == "Vertelde over de moestuin; wil in mei\nzaadjes ruilen"


async def test_of_twenty_english_customers_eighteen_come_in_and_two_lines_are_refused(two_teams: Desk) -> None:
    came = await two_teams.bring_in(FILES / "customers.csv", contact_id=SANDBOX[2])
    assert came.counted == (18, 0, 0, 2)
    assert came.why == [(11, Reason.NO_SUCH_DAY, "Date of birth"), (12, Kind.CARD_NUMBER, "Note")]
    assert await two_teams.card("L-11") == Details(
        name="Margaret Green",
        contact_id=SANDBOX[2],
        channel_id=C2,
        reference="L-11",
        preferences="Reads the paper at our table",
        birthday=DayOfYear(1, 1),
        wish=Wish.LESS,
        language=Language.EN,
        channels=frozenset({Channel.CARD}),
        has_consented=True,
        consent_on=date(2025, 1, 1),
    )
    assert (await two_teams.card("L-06")).last_contact_on == date(2025, 4, 12)


@pytest.mark.parametrize("file", ["klanten.csv", "customers.csv"])
async def test_the_same_file_once_more_changes_nothing(two_teams: Desk, file: str) -> None:
    first = await two_teams.bring_in(FILES / file, contact_id=SANDBOX[0])
    again = await two_teams.bring_in(FILES / file, contact_id=SANDBOX[1])
    assert again.counted == (0, 0, first.new, 2)
    known = await two_teams.shop.many.known_by(T1, ["2001", "L-01"])
    assert [(card.version, card.changed_by) for card in known.values()] == [(1, BY_FILE)]


async def test_looking_alone_writes_nothing(desk: Desk) -> None:
    importer = await desk.importer(FILES / "klanten.csv", contact_id=SANDBOX[0])
    assert (await desk.look(importer)).new == 18
    assert await desk.shop.words() == 0


# --- what is on a card already -------------------------------------------------------------------------


async def test_what_the_file_does_not_say_stays_on_the_card(desk: Desk) -> None:
    kept = a_customer(
        "Anna de Wit",
        reference="K-1",
        note="belt graag",
        birthday=DayOfYear(5, 3),
        phase=Phase.LOVE,
        channels=frozenset({Channel.CARD}),
    )
    await desk.shop.customers.add(T1, kept, by=NOOR)
    came = await desk.brings_in("klantnr;naam;notitie;fase;voorkeuren", "K-1;;;;thee")
    assert (came.counted, came.changes) == ((0, 1, 0, 0), {"preferences": 1})
    assert await desk.card("K-1") == replace(kept, preferences="thee")


async def test_a_changed_name_is_found_by_its_new_words_alone(desk: Desk) -> None:
    await desk.brings_in("id,name,contact", f"1,Anna Bos,{NOOR}", f"2,Bert Bos,{NOOR}")
    came = await desk.brings_in("id,name", "1,Anna Vos", "2,Bert Bos")
    assert came.counted == (0, 1, 1, 0)
    assert (await desk.shop.found("bos"), await desk.shop.found("vos")) == (["Bert Bos"], ["Anna Vos"])


async def test_a_file_can_give_customers_to_another_colleague_and_team(two_teams: Desk) -> None:
    await two_teams.shop.add("Anna Bos", reference="1")
    await two_teams.brings_in("id,name,contact,team", f"1,Anna Bos,{DAAN},Team-Leeds")
    card = await two_teams.card("1")
    assert (card.contact_id, card.channel_id) == (DAAN, C2)


async def test_whoever_was_erased_since_is_new_again(desk: Desk) -> None:
    await desk.brings_in("id,name,contact", f"1,Anna Bos,{NOOR}")
    [found] = await desk.shop.customers.find(T1, "bos", by=NOOR)
    await desk.shop.customers.erase(T1, found.id, by=NOOR)
    assert (await desk.looks("id,name,contact", f"1,Anna Bos,{NOOR}")).counted == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("of_card", "of_file", "kept"),
    [
        (None, "2026-03-01", date(2026, 3, 1)),
        (date(2026, 2, 1), "2026-03-01", date(2026, 3, 1)),
        (date(2026, 4, 1), "2026-03-01", date(2026, 4, 1)),
    ],
)
async def test_the_last_contact_never_goes_back(desk: Desk, of_card: date | None, of_file: str, kept: date) -> None:
    await desk.shop.add("Anna Bos", reference="1", last_contact_on=of_card)
    await desk.brings_in("id,name,last contact", f"1,Anna Bos,{of_file}")
    assert (await desk.card("1")).last_contact_on == kept


SAID_NO, SAID_YES = (False, date(2026, 5, 1)), (True, date(2026, 5, 1))


CONSENT: list[tuple[tuple[bool, date | None], str, tuple[bool, date | None]]] = [
    ((False, None), "ja;1-3-2026", (True, date(2026, 3, 1))),
    ((False, None), ";1-3-2026", (True, date(2026, 3, 1))),
    ((False, None), "1-3-2026;", (True, date(2026, 3, 1))),
    ((False, None), "nee;1-3-2026", (False, date(2026, 3, 1))),
    (SAID_NO, "ja;30-4-2026", SAID_NO),
    (SAID_NO, "ja;1-5-2026", SAID_NO),
    (SAID_NO, "ja;2-5-2026", (True, date(2026, 5, 2))),
    (SAID_NO, "nee;", SAID_NO),
    (SAID_YES, "ja;", SAID_YES),
    (SAID_YES, "ja;30-4-2026", SAID_YES),
    (SAID_YES, "nee;30-4-2026", SAID_YES),
    (SAID_YES, "nee;1-5-2026", (False, date(2026, 5, 1))),
    (SAID_YES, "nee;", (False, None)),
    (SAID_YES, ";", SAID_YES),
]


async def test_of_consent_counts_what_was_said_last(desk: Desk) -> None:
    for n, (of_card, _of_file, _kept) in enumerate(CONSENT):
        await desk.shop.add(f"Anna Bos {n}", reference=f"{n}", has_consented=of_card[0], consent_on=of_card[1])
    lines = [f"{n};Anna Bos {n};{of_file}" for n, (_of_card, of_file, _kept) in enumerate(CONSENT)]
    for _twice in range(2):
        await desk.brings_in("id;naam;toestemming;toestemming op", *lines)
        for n, (of_card, of_file, kept) in enumerate(CONSENT):
            card = await desk.card(f"{n}")
            assert (card.has_consented, card.consent_on) == kept, (of_card, of_file)


# --- new customers -------------------------------------------------------------------------------------


async def test_who_is_new_speaks_the_language_of_their_team_and_else_that_of_the_bot(desk: Desk) -> None:
    lines = "id,name,contact,team,language", f"1,Anna,{NOOR},{C1},", f"2,Bert,{NOOR},,", f"3,Carl,{NOOR},{C1},en"
    await desk.brings_in(*lines)
    languages = [(await desk.card(reference)).language for reference in "123"]
    assert languages == [Language.NL, Language.EN, Language.EN]


async def test_what_holds_for_all_new_ones_is_for_those_of_whom_the_file_says_nothing(two_teams: Desk) -> None:
    async with two_teams.shop.database.reading() as session:
        leeds = (await queries.here(session, T1)).teams[C2]
    lines = "id,name,contact,team", f"1,Anna,{DAAN},#team-utrecht", "2,Bert,,"
    await two_teams.brings_in(*lines, contact_id=NOOR, team=leeds)
    cards = [await two_teams.card(reference) for reference in "12"]
    assert [(card.contact_id, card.channel_id) for card in cards] == [(DAAN, C1), (NOOR, C2)]


@pytest.mark.parametrize(
    ("headings", "line", "name"),
    [
        ("id;voornaam;tussenvoegsel;achternaam", "1;Anna;van der;Meer", "Anna van der Meer"),
        ("id;achternaam;voornaam;tussenvoegsel", "1;Meer;;van der", "van der Meer"),
        ("id;voornaam;naam", "1;Anna;Bos", "Anna Bos"),
        ("id;voornaam;naam", "1;Anna;Anna Bos", "Anna Bos"),
        ("id;naam;voornaam;achternaam", "1;Mevr. A. Bos;Anna;Bos", "Mevr. A. Bos"),
    ],
)
async def test_a_name_may_stand_in_parts(desk: Desk, headings: str, line: str, name: str) -> None:
    await desk.brings_in(headings, line, contact_id=NOOR)
    assert (await desk.card("1")).name == name


# --- lines that are left out ---------------------------------------------------------------------------

HEADINGS = (
    "id;naam;collega;team;fase;voorkeuren;notitie;verjaardag;klant sinds;toestemming;toestemming op;kanaal voorkeur"
)
FINE = f"1;Anna Bos;{NOOR};{C1};kent ons;;;;;;;"


WRONG: list[tuple[str, object, str | None]] = [
    (f";Anna Bos;{NOOR};;;;;;;;;", Reason.NO_REFERENCE, "id"),
    (f"-;Anna Bos;{NOOR};;;;;;;;;", Reason.NO_REFERENCE, "id"),
    (f"1;;{NOOR};;;;;;;;;", Mistake.NO_NAME, "naam"),
    (f"1;-;{NOOR};;;;;;;;;", Mistake.NO_NAME, "naam"),
    (f"1;{'a' * 121};{NOOR};;;;;;;;;", Mistake.NAME_TOO_LONG, "naam"),
    (f"{'1' * 61};Anna;{NOOR};;;;;;;;;", Mistake.REFERENCE_TOO_LONG, "id"),
    (f"1;Anna;{NOOR};;;{'x' * 1001};;;;;;", Mistake.PREFERENCES_TOO_LONG, "voorkeuren"),
    ("1;Anna;;;;;;;;;;", Reason.NO_CONTACT, None),
    ("1;Anna;noor@shop.example;;;;;;;;;", Reason.NOT_A_MEMBER_ID, "collega"),
    (f"1;Anna;{IRIS};;;;;;;;;", Reason.NOT_A_COLLEAGUE, "collega"),
    (f"1;Anna;{NOOR};C404;;;;;;;;", Reason.NOT_A_TEAM, "team"),
    (f"1;Anna;{NOOR};;goed;;;;;;;", Reason.NOT_A_PHASE, "fase"),
    (f"1;Anna;{NOOR};;;;;31-02-1980;;;;", Reason.NO_SUCH_DAY, "verjaardag"),
    (f"1;Anna;{NOOR};;;;;;1-3-19;;;", Reason.SHORT_YEAR, "klant sinds"),
    (f"1;Anna;{NOOR};;;;;;1-3-2036;;;", Mistake.CUSTOMER_IN_THE_FUTURE, "klant sinds"),
    (f"1;Anna;{NOOR};;;;;;;ja;;", Mistake.CONSENT_WITHOUT_A_DATE, "toestemming op"),
    (f"1;Anna;{NOOR};;;;;;;ja;1-3-2036;", Mistake.CONSENT_IN_THE_FUTURE, "toestemming op"),
    (f"1;Anna;{NOOR};;;;;;;misschien;;", Reason.NOT_YES_OR_NO, "toestemming"),
    (f"1;Anna;{NOOR};;;;;;;;;duif", Reason.NOT_A_CHANNEL, "kanaal voorkeur"),
    (f"1;Anna;{NOOR};;;;is moslim;;;;;", Kind.RELIGION, "notitie"),
    (f"1;Anna;{NOOR};;;;rekening NL91ABNA0417164300;;;;;", Kind.ACCOUNT_NUMBER, "notitie"),
    (f"{FINE};te veel", Reason.TOO_MANY_CELLS, None),
]


async def test_a_line_with_something_wrong_is_left_out_and_says_why(desk: Desk) -> None:
    own = [re.sub("^1;", f"{n};", line) for n, (line, _why, _heading) in enumerate(WRONG, 2)]
    came = await desk.brings_in(HEADINGS, *own)
    assert came.why == [(n, why, heading) for n, (_line, why, heading) in enumerate(WRONG, 2)]
    assert (await desk.looks(HEADINGS, FINE)).counted == (1, 0, 0, 0)


async def test_every_reason_has_a_sentence_in_which_nothing_of_the_customer_stands(desk: Desk) -> None:
    from bot.kit import i18n  # noqa: PLC0415

    secret = "is moslim, rekening NL91ABNA0417164300"
    came = await desk.looks(HEADINGS, f"1;Anna;{NOOR};;;;{secret};;;;;", f"2;Anna (katholiek);{NOOR};;;;;;;;;")
    for words in i18n.dictionary().values():
        for refusal in came.refused:
            said = refusal.sentence(words)
            assert "Anna" not in said
            assert "moslim" not in said
            assert "katholiek" not in said
    assert len(came.refused) == 2


async def test_the_same_reference_twice_is_left_out_the_second_time_and_names_the_first(desk: Desk) -> None:
    came = await desk.brings_in("id,name,contact", f"1,Anna,{NOOR}", f"2,Bert,{NOOR}", f" 1 ,Anna Bos,{NOOR}")
    assert came.refused == (Refusal(4, Reason.SAME_REFERENCE, "id", {"first": 2}),)
    assert (await desk.card("1")).name == "Anna"


async def test_guests_bots_and_those_who_left_get_no_customers(desk: Desk) -> None:
    for standing in (Standing.GUEST, Standing.OUTSIDER, Standing.BOT, Standing.GONE):
        await desk.shop.house.met(f"U0{standing.upper()}", standing)
        came = await desk.looks("id,name,contact", f"1,Anna,U0{standing.upper()}")
        assert came.why == [(2, Reason.NOT_A_COLLEAGUE, "contact")]


async def test_a_name_that_two_teams_share_does_not_say_which(two_teams: Desk) -> None:
    await two_teams.shop.house.set_up("C3", name="Team-Leeds")
    came = await two_teams.looks("id,name,contact,team", f"1,Anna,{NOOR},team-leeds", f"2,Bert,{NOOR},{C2}")
    assert came.why == [(2, Reason.SEVERAL_TEAMS, "team")]


async def test_a_line_may_end_early_but_the_file_may_not(desk: Desk) -> None:
    file = desk.file("id,name,contact,note", f"1,Anna,{NOOR}", "2,Bert")
    came = await desk.bring_in(file, contact_id=NOOR)
    assert came.counted == (2, 0, 0, 0)
    file.write_text(f"id,name,contact,note\n1,Anna,{NOOR}\n3,Ca", encoding="utf-8")
    assert (await desk.bring_in(file, contact_id=NOOR)).why == [(3, Reason.CUT_OFF, None)]


# --- days that begin with the month --------------------------------------------------------------------


async def test_a_column_whose_days_begin_with_the_month_stops_the_file(desk: Desk) -> None:
    lines = "id,name,contact,birthday", f"1,Anna,{NOOR},03/04/1980", f"2,Bert,{NOOR},12/31/1980"
    with pytest.raises(BrokenFile) as told:
        await desk.looks(*lines)
    assert (told.value.flaw, told.value.values) == (Flaw.MONTH_FIRST, {"heading": "birthday", "line": 3})


async def test_one_such_day_among_others_is_a_slip_and_left_out(desk: Desk) -> None:
    lines = "id,name,contact,birthday", f"1,Anna,{NOOR},31/12/1980", f"2,Bert,{NOOR},12/31/1980"
    assert (await desk.looks(*lines)).why == [(3, Reason.MONTH_FIRST, "birthday")]


# --- files that cannot be used -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "flaw"),
    [
        ("klantnr;adres", Flaw.NO_NAME),
        ("klantnr;voornaam", Flaw.NO_NAME),
        ("1;Anna Bos", Flaw.NO_NAME),
        ("naam;verjaardag", Flaw.NO_REFERENCE),
        ("klantnr;naam;klant", Flaw.TWICE_THE_SAME),
    ],
)
async def test_without_the_columns_that_are_needed_a_file_is_not_used(desk: Desk, headings: str, flaw: Flaw) -> None:
    with pytest.raises(BrokenFile) as told:
        await desk.importer(desk.file(headings, "1;Anna"))
    assert told.value.flaw is flaw


async def test_a_file_that_is_broken_far_on_changes_nothing(desk: Desk) -> None:
    fine = [f"{n},Customer {n},{NOOR}" for n in range(AT_ONCE + 10)]
    with pytest.raises(BrokenFile) as told:
        await desk.looks("id,name,contact", *fine, '5000,"Anna,U1')
    assert told.value.values == {"line": AT_ONCE + 12}
    assert await desk.shop.words() == 0


# --- broken off, and at the same time as others --------------------------------------------------------


async def test_what_was_broken_off_goes_on_when_it_is_run_again(desk: Desk) -> None:
    file = desk.file("id,name,contact", *(f"{n},Klant Nummer{n},{NOOR}" for n in range(AT_ONCE + 10)))
    importer = await desk.importer(file)
    await desk.look(importer)
    writing = importer.write()
    assert (await anext(writing)).new == AT_ONCE
    await writing.aclose()
    assert (await desk.bring_in(file)).counted == (10, 0, AT_ONCE, 0)


async def test_a_customer_who_was_brought_in_meanwhile_is_left_as_they_are(desk: Desk) -> None:
    importer = await desk.importer(desk.file("id,name,contact", f"1,Anna,{NOOR}", f"2,Bert,{NOOR}"))
    await desk.look(importer)
    await desk.shop.add("Anna", reference="1", channel_id=None, language=Language.EN)
    assert [(part.new, part.unchanged) async for part in importer.write()] == [(1, 1)]


async def test_what_became_wrong_meanwhile_stops_it_with_nothing_of_the_part_written(desk: Desk) -> None:
    customer = await desk.shop.add("Bert Bos", reference="2")
    importer = await desk.importer(desk.file("id,name,contact", f"1,Anna,{NOOR}", "2,Bert Vos,"))
    await desk.look(importer)
    await desk.shop.customers.erase(T1, customer, by=NOOR)
    with pytest.raises(ChangedMeanwhile):
        [part async for part in importer.write()]
    assert await desk.shop.words() == 0


async def test_other_workspaces_customers_and_colleagues_are_not_touched(desk: Desk) -> None:
    await desk.shop.customers.add("T2", a_customer("Anna Bos", reference="1"), by=NOOR)
    await desk.brings_in("id,name,contact", f"1,Bert Vos,{NOOR}")
    [theirs] = (await desk.shop.many.known_by("T2", ["1"])).values()
    assert theirs.details.name == "Anna Bos"
    async with desk.shop.database.reading() as session:
        assert not (await queries.here(session, "T2")).colleagues
        assert await queries.workspaces(session) == [T1]
