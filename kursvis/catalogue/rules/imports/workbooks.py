"""A workbook is a packed archive: how much it unpacks to, and where its cells stand, is looked at before it is read.

A small file may hold a cell in row 1 048 576, or a text that a hundred thousand cells repeat. What gets past the look
meets the limits of the program that reads it (`core.workbooks`).
"""

import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from kursvis.catalogue.rules.imports.columns import guessed
from kursvis.catalogue.rules.imports.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
    refuse_size,
    too_large,
    too_many_rows,
    unknown,
)
from kursvis.core import workbooks
from kursvis.core.reasons import Refused
from kursvis.core.workbooks import Rows

_LOOKED_AT = 10
_MOST_PLACES = 2 * MOST_CELLS + MOST_ROWS
"""The places that a sheet may name: of each cell and each row."""
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
)
"""What reading an archive raises whose bytes are wrong somewhere."""
_CELL_PLACE = re.compile(rb"""\br\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Z]{0,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that is read, and the names of those that hold something too."""

    name: str = ""
    rows: Rows = field(default_factory=list)
    left_out: tuple[str, ...] = ()


def sheet_of(content: bytes) -> Sheet:
    """Return the visible sheet that looks most like an offer. Raises `Refused` for what is no workbook."""
    _refuse_bomb(content)
    try:
        sheets = workbooks.sheets_of(content, most_characters=MOST_CHARACTERS)
    except workbooks.NoWorkbook as unread:
        raise Refused(unknown()) from unread
    except workbooks.TooMuch as much:
        raise Refused(too_large()) from much
    filled = [(name, rows) for name, rows in sheets if any(map(_is_filled, rows))]
    if not filled:
        return Sheet()
    name, rows = max(filled, key=lambda sheet: _likeness(sheet[1]))
    return Sheet(name, rows, tuple(other for other, _rows in filled if other != name))


def _likeness(rows: Rows) -> int:
    """Say how many headings of an offer stand at the top of a sheet."""
    return max(len(guessed(row)) for row in list(filter(_is_filled, rows))[:_LOOKED_AT])


def _is_filled(row: list[str]) -> bool:
    return any(cell.strip() for cell in row)


def _refuse_bomb(content: bytes) -> None:
    """Raise `Refused` for an archive that is no workbook, unpacks to too much, or has a cell far away."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise Refused(unknown())
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused(too_large())
            for part in parts:  # a sheet may have any name
                _refuse_far_cells(_unpacked(archive, part))
    except _BROKEN as broken:
        raise Refused(unknown()) from broken


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return a part. What it says of its own size is not believed: no more than the limit is unpacked."""
    with archive.open(part) as packed:
        content = packed.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Refused(too_large())
    return content


def _refuse_far_cells(sheet: bytes) -> None:
    if b"<sheetData" not in sheet and b":sheetData" not in sheet:
        return
    rows = columns = 0
    for number, place in enumerate(_CELL_PLACE.finditer(sheet)):
        found = _PLACE.fullmatch(place[1]) if number < _MOST_PLACES else None
        if not found:
            raise Refused(unknown())
        rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
    refuse_size(rows, columns)
    if rows * columns > 2 * MOST_CELLS:
        raise Refused(too_many_rows())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
