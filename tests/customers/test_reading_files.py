"""Files as programs write them, and what stands in their cells."""

import contextlib
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.customers.importing import cells
from bot.customers.importing.cells import NotUnderstood
from bot.customers.importing.sheet import LONGEST_LINE, Sheet
from bot.customers.importing.why import BrokenFile, Flaw, Reason
from bot.customers.rules import DayOfYear
from bot.kit import i18n
from bot.kit.i18n import Language
from bot.trade import Channel, Phase, Wish


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def read(file: Path) -> list[tuple[int, list[str]]]:
    return [(row.line, list(row.cells)) for row in Sheet.open(file).rows()]


TWO = [(2, ["1", "René de Vries"]), (3, ["2", "Zoë"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_what_excel_and_others_write_is_read(file: Path, encoding: str, separator: str, ends: str) -> None:
    lines = [f"Klantnr{separator}Naam", f"1{separator}René de Vries", f"2{separator}Zoë", ""]
    file.write_bytes(ends.join(lines).encode(encoding))
    assert read(file) == TWO


@pytest.mark.parametrize("separator", [",", ";", "|"])
def test_excels_word_on_how_cells_are_separated_is_heeded(file: Path, separator: str) -> None:
    lines = [f"sep={separator}", f"Klantnr{separator}Naam", f"1{separator}René de Vries", f"2{separator}Zoë"]
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    assert read(file) == [(line + 1, said) for line, said in TWO]


def test_the_separator_is_the_one_that_makes_headings(file: Path) -> None:
    file.write_text("Naam;Klantnr;Opmerking, of wens, of zo\nJan;1;", encoding="utf-8")
    assert Sheet.open(file).headings == ["Naam", "Klantnr", "Opmerking, of wens, of zo"]


def test_a_cell_in_quotes_may_hold_separators_quotes_and_ends_of_lines(file: Path) -> None:
    file.write_text('id,name,note\n1,"Vries, de",  "zei ""hoi""\nen\n\ndag"\n\n,,\n2,Bos,5" plank\n', encoding="utf-8")
    assert read(file) == [(2, ["1", "Vries, de", 'zei "hoi"\nen\n\ndag']), (8, ["2", "Bos", '5" plank'])]


def test_empty_lines_above_the_headings_and_between_customers_are_passed_over(file: Path) -> None:
    file.write_text("\n;\nid;naam\n\n1;Jan\n;\n", encoding="utf-8")
    assert read(file) == [(5, ["1", "Jan"])]


def test_how_far_it_is_goes_from_nothing_to_all(file: Path) -> None:
    file.write_text("id,name\n" + "".join(f"{n},Customer {n}\n" for n in range(5_000)), encoding="utf-8")
    far = [row.read for row in Sheet.open(file).rows()]
    assert far == sorted(far)
    assert 0 < far[0] < 0.2
    assert far[-1] == 1


LAST = [("id,name,note\n1,Jan,", False), ("id,name,note\n1,Jan", True), ("id,name,note\n1,Jan\n", False)]


@pytest.mark.parametrize(("text", "is_cut_off"), LAST)
def test_a_last_line_without_its_end_is_told_from_one_that_only_leaves_something_open(
    file: Path, text: str, is_cut_off: bool
) -> None:
    file.write_text(text, encoding="utf-8")
    assert [row.is_cut_off for row in Sheet.open(file).rows()] == [is_cut_off]


BROKEN = [
    (b"", Flaw.EMPTY, {}),
    (b"\n \n;;\n", Flaw.EMPTY, {}),
    ("id,name\n1,Jan\n".encode("utf-16"), Flaw.UTF_16, {}),
    (b"id,name\n1,Jan\n2,P\0et\n", Flaw.NOT_TEXT, {"line": 3}),
    (b"id,name\n1,Ren\xe9\n2,P\x81et\n", Flaw.NOT_TEXT, {"line": 3}),
    ("id,name\n1,René\n".encode() + b"2,Zo\xeb\n", Flaw.TWO_ENCODINGS, {"line": 3}),
    ("\ufeffid,name\n".encode() + b"2,Zo\xeb\n", Flaw.TWO_ENCODINGS, {"line": 2}),
    (b'id,name\n1,Jan\n2,"Piet\n3,Kees\n', Flaw.QUOTES, {"line": 3}),
    (b'id,name\n1,Jan\n2,"Piet "de" Wit"\n', Flaw.QUOTES, {"line": 3}),
    (b'id,"name\n1,Jan\n', Flaw.QUOTES, {"line": 1}),
    (b'id,name\n1,"Jan\n' + b"x\n" * 200_000, Flaw.QUOTES, {"line": 2}),
    (b"id,name\n1," + b"x" * LONGEST_LINE, Flaw.LINE_TOO_LONG, {"line": 2}),
]


@pytest.mark.parametrize(("content", "flaw", "values"), BROKEN)
def test_a_file_that_cannot_be_trusted_says_where(
    file: Path, content: bytes, flaw: Flaw, values: dict[str, object]
) -> None:
    file.write_bytes(content)
    with pytest.raises(BrokenFile) as told:
        read(file)
    assert (told.value.flaw, told.value.values) == (flaw, values)
    assert all(told.value.sentence(words) for words in i18n.dictionary().values())


def test_a_file_that_changes_between_its_two_readings_is_told(file: Path) -> None:
    file.write_text("id,name\n1,Jan\n", encoding="utf-8")
    sheet = Sheet.open(file)
    assert len(list(sheet.rows())) == 1
    file.write_text("id,name\n1,Jan\n2,Piet\n", encoding="utf-8")
    with pytest.raises(BrokenFile) as told:
        list(sheet.rows())
    assert told.value.flaw is Flaw.CHANGED


LIKE_A_FILE = st.lists(
    st.sampled_from(
        [b"id", b"naam", b",", b";", b"\n", b"\r", b'"', b"\xe9", b"\xc3\xa9", b"\x81", b"\0", b"sep=;", b" "]
    )
).map(b"".join)


@given(st.one_of(LIKE_A_FILE, st.binary()))
def test_whatever_is_in_a_file_it_is_read_or_told_to_be_broken(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any.csv"
        file.write_bytes(content)
        lines: list[int] = []
        with contextlib.suppress(BrokenFile):
            lines += [line for line, cells in read(file) if any(cells)]
        assert lines == sorted(set(lines))


@given(st.text(), st.sampled_from([cells.day, cells.birthday, cells.phase, cells.wish, cells.channels, cells.language]))
def test_whatever_is_in_a_cell_it_is_read_or_told_to_be_unclear(cell: str, read_cell: Callable[[str], object]) -> None:
    with contextlib.suppress(NotUnderstood):
        read_cell(cell)


# --- cells ---

DAYS = [
    *(("2026-03-01", "2026-3-1", "2026/03/01", "2026.03.01", "20260301")),
    *(
        (
            "2026-03-01 00:00:00",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00+01:00",
            "1-3-2026 0:00",
            "01/03/2026 00:00",
        )
    ),
    *(("1-3-2026", "01-03-2026", "01/03/2026", "1.3.2026", "1 3 2026")),
    *(("1 maart 2026", "1 mrt 2026", "1 mrt. 2026", "01-mrt-2026", "1 Maart 2026", "1e maart 2026")),
    *(
        (
            "1 March 2026",
            "1 Mar 2026",
            "1st March 2026",
            "1st of March 2026",
            "March 1, 2026",
            "Mar 1st, 2026",
            "MARCH 1 2026",
        )
    ),
]


@pytest.mark.parametrize("cell", DAYS)
def test_a_day_is_read_in_the_usual_forms_with_the_day_before_the_month(cell: str) -> None:
    assert cells.day(cell) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell", ["3-5-1961", "3/5", "3-5", "03-05-61", "3 mei", "3 mei '61", "May 3", "--05-03", "1961-05-03"]
)
def test_of_a_birthday_the_year_is_dropped_and_may_be_missing(cell: str) -> None:
    assert cells.birthday(cell) == DayOfYear(5, 3)


def test_somebody_may_be_born_on_29_february() -> None:
    assert cells.birthday("29-02-1980") == cells.birthday("29-02") == cells.birthday("29/2/80") == DayOfYear(2, 29)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31-02-2026", Reason.NO_SUCH_DAY),
        ("29-02-2025", Reason.NO_SUCH_DAY),
        ("2026", Reason.NOT_A_DAY),
        ("3 mei", Reason.NOT_A_DAY),
        ("44927", Reason.NOT_A_DAY),
        ("morgen", Reason.NOT_A_DAY),
        ("1-3/2026", Reason.NOT_A_DAY),
        ("0-3-2026", Reason.NOT_A_DAY),
        ("13-13-2026", Reason.NOT_A_DAY),
        ("1-3-26", Reason.SHORT_YEAR),
        ("12/31/2026", Reason.MONTH_FIRST),
        ("02/31/2026", Reason.NO_SUCH_DAY),
    ],
)
def test_what_is_no_day_is_never_guessed(cell: str, reason: Reason) -> None:
    with pytest.raises(NotUnderstood) as told:
        cells.day(cell)
    assert told.value.reason is reason


@pytest.mark.parametrize(
    ("cell", "phase"),
    [
        *[(cell, Phase.KNOW) for cell in ("know", "Knows us", "Kent ons", "KENNEN")],
        *[(cell, Phase.LIKE) for cell in ("like", "Likes us", "Mag ons", "mogen")],
        *[(cell, Phase.TRUST) for cell in ("trust", "Trusts us", "Vertrouwt ons", "vertrouwen")],
        *[(cell, Phase.LOVE) for cell in ("love", "Loves us", "Is fan", "ambassadeur")],
    ],
)
def test_a_phase_is_known_in_both_languages_and_as_the_card_says_it(cell: str, phase: Phase) -> None:
    assert cells.phase(cell) is phase


@pytest.mark.parametrize(
    ("cell", "wish"),
    [
        *[(cell, Wish.LESS) for cell in ("less", "Little", "weinig", "minder")],
        *[(cell, Wish.NORMAL) for cell in ("normal", "As usual", "Gewoon", "normaal")],
        *[(cell, Wish.TOLD_FIRST) for cell in ("told first", "Told_first", "Als eerste")],
    ],
)
def test_how_much_contact_is_known_in_both_languages(cell: str, wish: Wish) -> None:
    assert cells.wish(cell) is wish


@pytest.mark.parametrize(
    ("cell", "channels"),
    [
        ("phone", {Channel.PHONE}),
        ("by phone, by e-mail", {Channel.PHONE, Channel.E_MAIL}),
        ("per telefoon en met een kaartje", {Channel.PHONE, Channel.CARD}),
        ("in person/chat", {Channel.IN_PERSON, Channel.CHAT}),
        ("Persoonlijk; via de chat; met een pakje", {Channel.IN_PERSON, Channel.CHAT, Channel.PARCEL}),
        ("with a card and e-mail", {Channel.CARD, Channel.E_MAIL}),
    ],
)
def test_how_somebody_is_reached_may_be_several_ways(cell: str, channels: set[Channel]) -> None:
    assert cells.channels(cell) == channels


def test_languages_and_yes_or_no_are_known_in_both_languages() -> None:
    assert {cells.language(cell) for cell in ("nl", "NL-nl", "Dutch", "Nederlands")} == {Language.NL}
    assert {cells.language(cell) for cell in ("en", "en_GB", "English", "Engels")} == {Language.EN}
    assert all(cells.yes_or_no(cell) for cell in ("yes", "Ja", "Y", "j", "TRUE", "1", "x"))
    assert not any(cells.yes_or_no(cell) for cell in ("no", "Nee", "N", "ONWAAR", "0"))


@pytest.mark.parametrize(
    ("read_cell", "reason"),
    [
        (cells.phase, Reason.NOT_A_PHASE),
        (cells.wish, Reason.NOT_A_WISH),
        (cells.channels, Reason.NOT_A_CHANNEL),
        (cells.language, Reason.NOT_A_LANGUAGE),
        (cells.yes_or_no, Reason.NOT_YES_OR_NO),
    ],
)
def test_other_words_are_not_understood(read_cell: Callable[[str], object], reason: Reason) -> None:
    with pytest.raises(NotUnderstood) as told:
        read_cell("perhaps")
    assert told.value.reason is reason


@pytest.mark.parametrize("cell", ["", "-", "NULL", "#N/A", "#N/B", "n.v.t.", "0000-00-00"])
def test_what_programs_write_for_nothing_says_nothing(cell: str) -> None:
    assert cells.says_nothing(cell)


def test_a_reference_is_read_as_it_is_kept() -> None:
    assert cells.reference("  K\u00a0 12\t3 ") == "K 12 3"
    assert cells.reference("Re\u0301") == "Ré"
