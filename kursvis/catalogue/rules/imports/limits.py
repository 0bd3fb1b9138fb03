"""How large a file of offers may be, and what is said of one that is larger or cannot be read."""

from kursvis.core.reasons import Reason, Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_CHARACTERS = 5_000
MOST_CELLS = 500_000


def refuse_size(rows: int, columns: int) -> None:
    """Raise `Refused` for a table, its headings counted, that has too many rows or columns."""
    if rows - 1 > MOST_ROWS or columns > MOST_COLUMNS:
        raise Refused(too_many_rows())


def too_many_rows() -> Reason:
    """Return the reason that a table is too large."""
    return Reason("catalogue.file_too_many_rows", {"rows": MOST_ROWS, "columns": MOST_COLUMNS})


def too_large() -> Reason:
    """Return the reason that a file is too large, packed or unpacked."""
    return Reason("catalogue.file_too_large", {"most": MOST_BYTES // 1024 // 1024})


def unknown() -> Reason:
    """Return the reason that a file cannot be read as a table."""
    return Reason("catalogue.file_unknown")
