"""The time of a refusal says nothing: 200 attempts of each case, written to the report of `make proof`."""

import os
from pathlib import Path

import pytest

from tests.timing import MOST_APART, Medians, apart, logins, medians, resets

pytestmark = [pytest.mark.proof, pytest.mark.django_db]
ATTEMPTS = 200


def _write(title: str, measured: Medians) -> None:
    report = os.environ.get("KURSVIS_PROOF_FILE")
    if report:
        rows = "\n".join(f"| {case} | {seconds * 1000:.2f} |" for case, seconds in measured.items())
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(f"\n## {title}\n\nMedian ms of {ATTEMPTS} attempts each; {apart(measured):.1%} apart.\n\n")
            file.write(f"| case | ms |\n|---|---|\n{rows}\n")


def test_a_refused_login_takes_the_same_time_whoever_is_named() -> None:
    measured = medians(ATTEMPTS, logins())
    _write("A refused login", measured)
    assert apart(measured) < MOST_APART, measured


def test_a_forgotten_password_takes_the_same_time_whoever_is_named() -> None:
    measured = medians(ATTEMPTS, resets())
    _write("A forgotten password", measured)
    assert apart(measured) < MOST_APART, measured
