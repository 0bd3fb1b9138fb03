"""Reads a workbook as a program of its own: its bytes come in, its sheets go out as rows of texts (`workbooks.py`).

The memory and the time that it may use are limited before anything is read, so that a file can end this program only.
"""

import io
import json
import sys
from datetime import date, datetime, time
from typing import Any

import python_calamine

MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 20
MOST_TEXT = 30_000_000
"""The characters of all cells: more than any file of this size holds that does not say one text many times."""
NO_WORKBOOK, TOO_MUCH = 3, 4
"""How the program ends when what it was sent is no workbook, or is too much of one."""


def main() -> int:
    """Read the workbook on standard input, and write its visible sheets on standard output as JSON."""
    most_characters = int(sys.argv[1])
    _limit()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets, room = [], MOST_TEXT
        for sheet in filter(_is_shown, book.sheets_metadata):
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            texts = [[plain(cell)[:most_characters] for cell in row] for row in rows]
            sheets.append((sheet.name, texts))
            room -= sum(len(cell) for row in texts for cell in row)
            if room < 0:
                return TOO_MUCH
    except Exception:  # the reader raises many kinds; none says more than this
        return NO_WORKBOOK
    json.dump(sheets, sys.stdout, ensure_ascii=True)
    return 0


def plain(cell: Any) -> str:
    """Return a cell as text: a day as 2026-08-17, a whole number without decimals."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _is_shown(sheet: python_calamine.SheetMetadata) -> bool:
    return (sheet.typ, sheet.visible) == (
        python_calamine.SheetTypeEnum.WorkSheet,
        python_calamine.SheetVisibleEnum.Visible,
    )


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
