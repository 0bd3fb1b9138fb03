"""Loading the register: once, again, and after changes."""

import csv
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from kursvis.access.actors import SYSTEM
from kursvis.audit.models import Event
from kursvis.catalogue.models import NationalCourse, Prerequisite
from kursvis.catalogue.services.register import COURSES, PREREQUISITES, load_register

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_the_whole_register_is_loaded_once() -> None:
    first = load_register(by=SYSTEM, now=NOW)
    again = load_register(by=SYSTEM, now=NOW)
    assert (first.added, first.prerequisites_rewritten, Prerequisite.objects.count()) == (2451, True, 1530)
    assert (again.added, again.changed, again.ended, again.unchanged) == (0, 0, 0, 2451)
    assert not again.prerequisites_rewritten
    assert Event.objects.filter(verb="register.loaded").count() == 2

    mathematics = NationalCourse.objects.get(code="MATE1A00X")
    assert (mathematics.name, mathematics.points, mathematics.searchable) == ("Matematik, nivå 1a", 100, True)
    part = NationalCourse.objects.get(code="GRNSVEB")
    assert (part.part_of and part.part_of.code, part.points, part.searchable) == ("GRNSVE2", 200, True)
    hidden = NationalCourse.objects.filter(code__in=["GRNSVEA", "GRNSVAA", "KURSPAKET"], searchable=False)
    assert hidden.count() == 3
    orientation = NationalCourse.objects.filter(code__regex="^KGYORI11[A-F]$", kind="orientation", searchable=True)
    assert orientation.count() == 6
    assert set(NationalCourse.objects.exclude(part_of=None).values_list("kind", flat=True)) == {
        "national_subcourse",
        "local_subcourse",
    }
    assert NationalCourse.objects.get(code="ADMADM01").facts().cancelled_from == date(2026, 1, 1)


def _changed_copy(folder: Path, change: dict[str, dict[str, str]], *, without: str) -> Path:
    with COURSES.open(encoding="utf-8", newline="") as lines:
        rows = [row | change.get(row["code"], {}) for row in csv.DictReader(lines) if row["code"] != without]
    path = folder / "courses.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_changes_and_departures(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    path = _changed_copy(tmp_path, {"ENGE1000X": {"points": "150"}}, without="SGRHEMX")
    result = load_register(by=SYSTEM, now=NOW, courses_path=path)
    assert (result.added, result.changed, result.ended) == (0, 1, 1)
    assert NationalCourse.objects.get(code="ENGE1000X").points == 150
    gone = NationalCourse.objects.get(code="SGRHEMX")
    assert (gone.status, gone.searchable, gone.valid_to) == ("expired", False, date(2026, 11, 23))
    again = load_register(by=SYSTEM, now=NOW, courses_path=path)
    assert (again.changed, again.ended) == (0, 0)


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "prerequisites.csv"
    path.write_text(PREREQUISITES.read_text(encoding="utf-8") + "MATE1A00X,1,NOSUCH,advisory,,test\n", encoding="utf-8")
    with pytest.raises(ValueError, match="NOSUCH"):
        load_register(by=SYSTEM, now=NOW, prerequisites_path=path)
    assert not NationalCourse.objects.exists()


def test_decomposed_letters_are_one_code(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    path = tmp_path / "courses.csv"
    path.write_text(unicodedata.normalize("NFD", COURSES.read_text(encoding="utf-8")), encoding="utf-8")
    result = load_register(by=SYSTEM, now=NOW, courses_path=path)
    assert (result.added, result.changed, result.ended) == (0, 0, 0)
    assert NationalCourse.objects.filter(code="VÅRVÅR01").exists()


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_register")
    call_command("load_register")
    assert "2451 courses added" in (out := capsys.readouterr().out) and "2451 unchanged" in out
