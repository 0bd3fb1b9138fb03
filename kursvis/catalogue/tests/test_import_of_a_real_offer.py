"""A real municipality's offer of 1 106 rows (tests/data/README.md), with every day moved by whole weeks.

How many rows must be new, and refused for what, is counted here over the file itself: with the csv module and the
shipped register's file, by none of the import's own code.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.queries.edition import SHIPPED
from kursvis.catalogue.rules.imports.columns import Column
from kursvis.catalogue.services.register import load_register
from kursvis.catalogue.tests.imports import administrator_of, carried_out, codes, look_through, send, verdicts
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "data" / "offerings_example_sundsvall_2023.csv"
WEEKS = 208
"""Four years: the first start, in the summer of 2023, becomes one in the summer of 2027."""
ROWS, NEW = 1106, 103
NEVER = ("expired", "alias", "local_example", "container", "gymnasiearbete", "GRNSVEA", "GRNSVAA")
"""States, kinds and codes of the register that no school offers."""
DEFAULTS = {"valid_from": "0001-01-01", "valid_to": "9999-12-31", "cancelled_from": "9999-12-31"}
WHY = {
    "row_without_dates": 77,
    "row_course_unknown": 22,
    "course_cancelled": 842,
    "course_is_never_offered": 15,
    "row_twice": 47,
}
"""How many rows have a reason, of those that are refused; a row may have several."""


@dataclass
class Counted:
    """What an independent count over the file expects."""

    verdicts: list[str] = field(default_factory=list)
    reasons: list[set[str]] = field(default_factory=list)
    starts: set[date] = field(default_factory=set)


def _moved(text: str) -> date | None:
    return date.fromisoformat(text) + timedelta(weeks=WEEKS) if text else None


def _against(
    row: dict[str, str], known: dict[str, str] | None, starts_on: date | None, ends_on: date | None
) -> set[str]:
    """Return why a row can not go, by the register's own columns."""
    if not known or not starts_on or not ends_on:
        lacks = {"row_course_unknown": not known, "row_without_dates": not starts_on or not ends_on}
        return {code for code, is_so in lacks.items() if is_so}
    is_never = known["status"] in NEVER or known["kind"] in NEVER or row["code"] in NEVER
    days = {name: known[name] or default for name, default in DEFAULTS.items()}
    points = known["points"] or row["points"]
    found = {
        "ends_before_start": ends_on <= starts_on,
        "course_is_never_offered": is_never,
        "course_cancelled": not is_never and starts_on.isoformat() >= days["cancelled_from"],
        "course_ends_after_validity": not is_never and ends_on.isoformat() > days["valid_to"],
        "course_not_valid_yet": not is_never and starts_on.isoformat() < days["valid_from"],
        "points_differ": bool(row["points"]) and row["points"] != points,
        "points_missing": not points,
    }
    return {code for code, is_so in found.items() if is_so}


def _counted() -> Counted:
    with SHIPPED.courses.open(encoding="utf-8", newline="") as lines:
        register = {row["code"]: row for row in csv.DictReader(lines)}
    counted, seen = Counted(), set()
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            starts_on, ends_on = _moved(row["start_date"]), _moved(row["end_date"])
            reasons = _against(row, register.get(row["code"]), starts_on, ends_on)
            same = (row["code"], starts_on, ends_on, row["place"].lower())
            if same in seen:
                reasons.add("row_twice")
            if not reasons:
                seen.add(same)
            if starts_on:
                counted.starts.add(starts_on)
            counted.verdicts.append("refused" if reasons else "new")
            counted.reasons.append(reasons)
    return counted


def test_a_real_municipalitys_offer_is_imported() -> None:
    load_register(by=SYSTEM, now=time.now())
    school = make_school(authority=make_authority())
    counted = _counted()
    period = Period.objects.create(
        authority=school.authority, name="Hela året", opens_on=date(2026, 1, 1), offer_by=date(2026, 1, 1)
    )
    for day in counted.starts:
        before = [day - timedelta(days=days) for days in (30, 20, 10)]
        Round.objects.create(period=period, apply_by=before[0], basis_on=before[1], call_by=before[2], starts_on=day)
    by = administrator_of(school)
    constants = {Column.SEATS: "20", Column.STUDY_FORM: "distance"}
    sent = look_through(send(school, FILE.read_bytes(), by=by), by=by, weeks=WEEKS, constants=constants)

    told = [{code for code in row if code != "row_level_instead"} for row in codes(sent)]
    differ = [(place, a, b) for place, (a, b) in enumerate(zip(told, counted.reasons, strict=True), start=2) if a != b]
    assert differ == []
    assert verdicts(sent) == counted.verdicts
    assert (len(told), counted.verdicts.count("new")) == (ROWS, NEW)
    why = Counter(code for row in told for code in row)
    assert why == WHY

    done = carried_out(sent, by=by)
    assert CourseStart.objects.filter(school=school, status="draft").count() == NEW
    assert all(row == [] for row, verdict in zip(codes(done), counted.verdicts, strict=True) if verdict == "new")
