"""docs/glossary.md speaks of what is in the code."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
IDENTIFIERS = re.findall(r"^\| `(\w+)`", GLOSSARY, flags=re.MULTILINE)


@cache
def _words() -> frozenset[str]:
    files = (path for path in (ROOT / "kursvis").rglob("*.py") if not {"tests", "migrations"} & set(path.parts))
    return frozenset(word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_an_identifier_stands_in_the_code(identifier: str) -> None:
    assert identifier in _words()


def test_every_row_begins_with_an_identifier_and_has_three_columns() -> None:
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(IDENTIFIERS) == len(set(IDENTIFIERS)) > 40
    assert [row for row in rows if row.count("|") != 4] == []
