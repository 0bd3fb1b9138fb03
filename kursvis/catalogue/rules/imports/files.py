"""A file that somebody sends becomes a table of texts, or is refused: by what it holds, never by its name.

A text may be in any of the encodings that Swedish programs write. A workbook is a packed archive: how much it unpacks
to, and where its cells stand, is looked at before it is read, for a small file may hold a cell in row 1 048 576.
"""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import python_calamine

from kursvis.core.reasons import Reason, Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_CHARACTERS = 5_000
_MOST_CELLS = 500_000
_PACKED, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CELL_PLACE = re.compile(rb"""\br\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Z]{0,3})([0-9]{1,7})")
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_QUOTED = re.compile(r"'[=+\-@\t\r]")
_DELIMITERS = ";,\t"
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a file holds: rows of texts, each with the number that its program shows beside it."""

    form: str
    rows: tuple[tuple[int, Cells], ...]


def table_of(content: bytes) -> Table:
    """Return the rows of a file that hold anything. Raises `Refused` for what is no table, or is too much of one."""
    if len(content) > MOST_BYTES:
        raise Refused(Reason("catalogue.file_too_large", {"most": MOST_BYTES // 1024 // 1024}))
    if content.startswith(_PACKED):
        form, rows = "Excel", _workbook(content)
    elif content.startswith(_OLD_WORKBOOK):
        raise Refused(Reason("catalogue.file_old_or_locked"))
    else:
        form, rows = _text_table(content)
    filled = tuple((number, cells) for number, cells in enumerate(map(_trimmed, rows), start=1) if any(cells))
    _refuse_size(len(filled), max((len(cells) for _number, cells in filled), default=0))
    if len(filled) < 2:
        raise Refused(Reason("catalogue.file_empty"))
    return Table(form, filled)


def _refuse_size(rows: int, columns: int) -> None:
    if rows - 1 > MOST_ROWS or columns > MOST_COLUMNS:
        raise Refused(Reason("catalogue.file_too_many_rows", {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))


def _trimmed(row: list[Any]) -> Cells:
    cells = [text_of(cell)[:MOST_CHARACTERS] for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def text_of(cell: Any) -> str:
    """Return a cell as text: a day as 2026-08-17, a whole number without decimals, the text of ="…"."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\xa0", " ").strip()
    if found := _FORMULA_TEXT.fullmatch(text):
        return found[1]
    return text[1:] if _QUOTED.match(text) else text


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 by their marks, else UTF-8, else what Windows writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if len(content) > 3 and (content[1::2][:200].count(0) > 50 or content[::2][:200].count(0) > 50):
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _text_table(content: bytes) -> tuple[str, list[list[str]]]:
    text = decoded(content)
    if _BINARY.search(text):
        raise Refused(Reason("catalogue.file_unknown"))
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == 5:  # a line that Excel reads and never shows
        return "CSV", [[], *_read(rest, first.strip()[4])]
    return "CSV", _read(text, _delimiter(text))


def _read(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > 2 * MOST_ROWS:
                break
    except csv.Error as unread:
        raise Refused(Reason("catalogue.file_unknown")) from unread
    return rows


def _delimiter(text: str) -> str:
    """Return the sign between the columns: the one that gives the first rows the most columns, most evenly."""
    beginning = "\n".join(text.splitlines()[:20])

    def columns(delimiter: str) -> int:
        widths = [len(row) for row in _read(beginning, delimiter) if any(row)]
        return max(set(widths), key=lambda width: (widths.count(width) * width, width), default=0)

    return max(_DELIMITERS, key=columns)


def _workbook(content: bytes) -> list[list[Any]]:
    _refuse_bomb(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(number) for number in range(len(book.sheet_names))]
    except (Exception, BaseExceptionGroup) as unread:  # the reader raises many kinds; none says more than this
        raise Refused(Reason("catalogue.file_unknown")) from unread
    for sheet in sheets:
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        if any(any(str(cell).strip() for cell in row) for row in rows):
            return rows
    return []


def _refuse_bomb(content: bytes) -> None:
    """Raise `Refused` for an archive that is no workbook, unpacks to too much, or has a cell far away."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise Refused(Reason("catalogue.file_unknown"))
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused(Reason("catalogue.file_too_large", {"most": MOST_BYTES // 1024 // 1024}))
            for part in parts:
                if part.filename.endswith(".xml") and not part.filename.startswith("docProps/"):
                    _refuse_far_cells(_unpacked(archive, part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise Refused(Reason("catalogue.file_unknown")) from broken


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return a part. What it says of its own size is not believed: no more than the limit is unpacked."""
    with archive.open(part) as packed:
        content = packed.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Refused(Reason("catalogue.file_too_large", {"most": MOST_BYTES // 1024 // 1024}))
    return content


def _refuse_far_cells(sheet: bytes) -> None:
    if b"<sheetData" not in sheet and b":sheetData" not in sheet:
        return
    rows = columns = 0
    for place in set(_CELL_PLACE.findall(sheet)):
        found = _PLACE.fullmatch(place)
        if not found:
            raise Refused(Reason("catalogue.file_unknown"))
        rows, columns = max(rows, int(found[2])), max(columns, _column(found[1]))
    _refuse_size(rows, columns)
    if rows * columns > 2 * _MOST_CELLS:
        raise Refused(Reason("catalogue.file_too_many_rows", {"rows": MOST_ROWS, "columns": MOST_COLUMNS}))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
