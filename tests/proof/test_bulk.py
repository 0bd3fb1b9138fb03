"""A run of 3 000 distributions with the log on, and how long others wait meanwhile: for `make proof`."""

import os
from pathlib import Path

import pytest

from tests.bulk import ROWS_OF_PROOF, Measured, measure

pytestmark = [pytest.mark.proof, pytest.mark.usefixtures("committed")]
MOST_MS_FOR_OTHERS = 200


def _write(measured: Measured) -> None:
    report = os.environ.get("KURSVIS_PROOF_FILE")
    if report:
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(f"\n## A bulk run of {ROWS_OF_PROOF} rows\n\n{measured.told()}")


def test_who_writes_outside_the_chunk_waits_at_most_200_ms() -> None:
    measured = measure(ROWS_OF_PROOF)
    _write(measured)
    assert measured.done == ROWS_OF_PROOF and measured.undone == ROWS_OF_PROOF
    assert min(len(times) for times in measured.waits.values()) > 100
    assert {who: ms for who in measured.waits if (ms := measured.p99(who)) > MOST_MS_FOR_OTHERS} == {}
