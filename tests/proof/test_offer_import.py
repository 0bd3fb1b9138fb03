"""An import of 1 000 rows: dry run under 5 s, carrying it out and taking it back under 10 s each: for `make proof`."""

import os
from pathlib import Path

import pytest

from tests.offer_import import measure

pytestmark = [pytest.mark.proof, pytest.mark.usefixtures("committed")]
ROWS = 1000
MOST_SECONDS = {"dry run": 5, "carrying it out": 10, "taking it back": 10}


def test_a_thousand_rows_are_imported_in_seconds() -> None:
    seconds = measure(ROWS)
    if report := os.environ.get("KURSVIS_PROOF_FILE"):
        lines = "".join(f"- {step}: {took:.1f} s\n" for step, took in seconds.items())
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(f"\n## An import of {ROWS} course starts\n\n{lines}")
    assert {step: seconds[step] for step, most in MOST_SECONDS.items() if seconds[step] >= most} == {}
