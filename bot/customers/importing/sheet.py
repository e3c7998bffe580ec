"""A file of comma-separated values as rows with their line numbers, read as often as need be and never all at once.

UTF-8 with or without a mark at the beginning, or Windows-1252, which is what Excel saves; commas, semicolons or tabs.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from bot.customers import columns
from bot.customers.importing.why import BrokenFile, Flaw

LONGEST_LINE = 200_000
"""Characters. The longest card is a fiftieth of it."""

UTF_8, WINDOWS = "utf-8-sig", "cp1252"
ENCODINGS = {UTF_8: "UTF-8", WINDOWS: "Windows-1252"}
"""As people call them."""


@dataclass(frozen=True)
class Row:
    """`line`: the one it begins in. `read`: the part of the file that was read by then, from 0 to 1."""

    line: int
    cells: Sequence[str]
    is_cut_off: bool
    """It has fewer cells than there are headings, and the file ends with it, in the middle of a line."""
    read: float


@dataclass(frozen=True)
class Sheet:
    path: Path
    encoding: str
    separator: str
    headings: Sequence[str]
    _skipped: int
    """Lines before the headings: Excel's “sep=;”."""
    _as_it_was: tuple[int, ...]

    @classmethod
    def open(cls, path: Path) -> "Sheet":
        """Raises BrokenFile, OSError."""
        as_it_was = _fingerprint(path)
        encoding = _encoding(path)
        with path.open(encoding=encoding) as text:
            first = text.readline(LONGEST_LINE)
        named = _SEPARATOR_NAMED.match(first)
        skipped, separators = (1, named[1]) if named else (0, ";,\t")
        apart = {sign: _headings(path, encoding, sign, skipped) for sign in separators}
        separator = max(apart, key=lambda sign: (columns.how_many_known(apart[sign]), len(apart[sign])))
        if not any(sign.isalnum() for sign in "".join(apart[separator])):
            raise BrokenFile(Flaw.EMPTY)
        return cls(path, encoding, separator, apart[separator], skipped, as_it_was)

    def rows(self) -> Iterator[Row]:
        """Those below the headings that hold anything. Raises BrokenFile, also halfway."""
        if _fingerprint(self.path) != self._as_it_was:
            raise BrokenFile(Flaw.CHANGED)
        size = max(self.path.stat().st_size, 1)
        with self.path.open("rb") as file, TextIOWrapper(file, encoding=self.encoding) as text:
            lines = _Lines(text)
            records = _records(lines, self.separator, self._skipped)
            next(records)
            for line, cells in records:
                is_cut_off = len(cells) < len(self.headings) and not lines.last.endswith("\n")
                yield Row(line, cells, is_cut_off, min(file.tell() / size, 1))


_SEPARATOR_NAMED = re.compile(r"sep=([;,\t|])\s*$", re.IGNORECASE)


class _Lines:
    """The lines of a text, none of them longer than memory is for. Raises BrokenFile."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.last = ""
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_LINE):
            self.number += 1
            self.last = line
            if len(line) == LONGEST_LINE:
                raise BrokenFile(Flaw.LINE_TOO_LONG, line=self.number)
            yield line


def _headings(path: Path, encoding: str, separator: str, skipped: int) -> list[str]:
    """None where the file holds nothing. Raises BrokenFile."""
    with path.open(encoding=encoding) as text:
        _line, cells = next(_records(_Lines(text), separator, skipped), (0, list[str]()))
    return [" ".join(cell.split()) for cell in cells]


def _records(lines: _Lines, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Those that hold anything, each with the line that it begins in. Raises BrokenFile."""
    below = iter(lines)
    for _line in range(skipped):
        next(below, None)
    reader = csv.reader(below, delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        begins = lines.number + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            raise BrokenFile(Flaw.QUOTES, line=begins) from None
        if any(cells):
            yield begins, cells


def _encoding(path: Path) -> str:
    """Raises BrokenFile, and OSError."""
    with path.open("rb") as file:
        beginning = file.read(3)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BrokenFile(Flaw.UTF_16)
    is_utf_8, other, in_no_encoding = beginning == codecs.BOM_UTF8, 0, 0
    with path.open(encoding=UTF_8, errors="surrogateescape") as text:
        lines = _Lines(text)
        for line in lines:
            if "\0" in line:
                raise BrokenFile(Flaw.NOT_TEXT, line=lines.number)
            if line.isascii():
                continue
            if _NOT_UTF_8.search(line):
                other = other or lines.number
                if _NOT_WINDOWS.search(line):
                    in_no_encoding = in_no_encoding or lines.number
            is_utf_8 = is_utf_8 or _BEYOND_ASCII.search(line) is not None
    if other and is_utf_8:
        raise BrokenFile(Flaw.TWO_ENCODINGS, line=other)
    if in_no_encoding:
        raise BrokenFile(Flaw.NOT_TEXT, line=in_no_encoding)
    return WINDOWS if other else UTF_8


_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
"""How Python shows a byte that does not belong."""
_BEYOND_ASCII = re.compile("[^\0-\x7f\udc80-\udcff]")
_NOT_WINDOWS = re.compile("[\udc81\udc8d\udc8f\udc90\udc9d]")
"""The five bytes that Windows-1252 has no sign for."""


def _fingerprint(path: Path) -> tuple[int, ...]:
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
