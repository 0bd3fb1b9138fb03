"""Rows as a CSV file that a spreadsheet opens: no cell of somebody's text is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never computes; `files.text_of` reads it back as it was."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as Excel in Swedish reads them: semicolons, and UTF-8 with its mark."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
