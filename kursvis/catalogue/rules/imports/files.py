"""A file that somebody sends becomes a table of texts, or is refused: by what it holds, never by its name.

A text may be in any of the encodings that Swedish programs write; a workbook is read by `workbooks`.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kursvis.catalogue.rules.imports import workbooks
from kursvis.catalogue.rules.imports.limits import MOST_BYTES, MOST_CHARACTERS, refuse_size, too_large, unknown
from kursvis.core.reasons import Reason, Refused

_PACKED, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_QUOTED = re.compile(r"'[=+\-@\t\r]")
_DELIMITERS = ";,\t"
Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What a file holds: rows of texts, each with the number that its program shows beside it.

    Of a workbook one sheet is read; the others that hold something are named.
    """

    form: str
    rows: tuple[tuple[int, Cells], ...]
    sheet: str = ""
    left_out: tuple[str, ...] = ()


def table_of(content: bytes) -> Table:
    """Return the rows of a file that hold anything. Raises `Refused` for what is no table, or is too much of one."""
    if len(content) > MOST_BYTES:
        raise Refused(too_large())
    if content.startswith(_OLD_WORKBOOK):
        raise Refused(Reason("catalogue.file_old_or_locked"))
    form, sheet = "CSV", workbooks.Sheet()
    if content.startswith(_PACKED):
        form, sheet = "Excel", workbooks.sheet_of(content)
    filled = _filled(sheet.rows) if form == "Excel" else _text_table(content)
    if len(filled) < 2:
        raise Refused(Reason("catalogue.file_empty"))
    return Table(form, tuple(filled), sheet.name, sheet.left_out)


def _filled(rows: Iterable[list[str]]) -> list[tuple[int, Cells]]:
    """Return the rows that hold anything, numbered as they stand. Raises `Refused` as soon as they are too many."""
    found: list[tuple[int, Cells]] = []
    try:
        for number, row in enumerate(rows, start=1):
            if any(cells := _trimmed(row)):
                found.append((number, cells))
                refuse_size(len(found), len(cells))
    except csv.Error as unread:
        raise Refused(unknown()) from unread
    return found


def _trimmed(row: list[str]) -> Cells:
    cells = [text_of(cell)[:MOST_CHARACTERS] for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def text_of(cell: str) -> str:
    """Return a cell without what is only its program's: the text of ="…", no signs that cannot be seen."""
    text = _BINARY.sub("", cell).replace("\xa0", " ").strip()
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


def _text_table(content: bytes) -> list[tuple[int, Cells]]:
    text = decoded(content)
    if _BINARY.search(text):
        raise Refused(unknown())
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == 5:  # a line that Excel reads and never shows
        return _filled(_numbered_after_one(_rows(rest, first.strip()[4])))
    return _filled(_rows(text, _delimiter(text)))


def _numbered_after_one(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield []
    yield from rows


def _rows(text: str, delimiter: str) -> Iterable[list[str]]:
    """Return the rows of a text. Where a quote is opened and never closed, each line is a row by itself: only the row
    with the quote is wrong then, and not all that follow."""
    if _is_closed(text, delimiter):
        return _read(text, delimiter)
    return (next(_read(line, delimiter), []) for line in _lines(text))


def _is_closed(text: str, delimiter: str) -> bool:
    try:
        deque(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error:
        return False
    return True


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _lines(text: str) -> Iterator[str]:
    return (line.rstrip("\r\n") for line in io.StringIO(text, newline=""))


def _delimiter(text: str) -> str:
    """Return the sign between the columns: the one that gives the first rows the most columns, most evenly."""
    beginning = "\n".join(islice(_lines(text), 20))

    def columns(delimiter: str) -> int:
        try:
            widths = [len(row) for row in _read(beginning, delimiter) if any(row)]
        except csv.Error:
            return 0
        return max(set(widths), key=lambda width: (widths.count(width) * width, width), default=0)

    return max(_DELIMITERS, key=columns)
