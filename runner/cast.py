"""The table of who can log in as what."""

from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = {
    "name": "Name",
    "roles": "Roles",
    "unit": "Unit",
    "personnummer": "Personnummer",
    "user_name": "User name",
    "password": "Password",
    "directory": "In the directory",
    "note": "Note",
}


def table(cast: Sequence[Mapping[str, Any]]) -> str:
    """The cast (`manage.py cast --json`) as a text table."""
    rows = [list(COLUMNS.values()), *([_text(person.get(key)) for key in COLUMNS] for person in cast)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
