"""Applying editions of the register: the first, the same again, a changed one, a broken one, and two at once."""

import csv
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from kursvis.access.actors import SYSTEM, Person
from kursvis.audit.models import Event
from kursvis.catalogue.models import Correspondence, NationalCourse, Package, Prerequisite, RegisterEdition
from kursvis.catalogue.queries import edition as queries
from kursvis.catalogue.queries.courses import levels_instead
from kursvis.catalogue.queries.edition import SHIPPED, Files
from kursvis.catalogue.services.register import apply_edition, load_register
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.tests.factories import make_authority

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MAJA = Person(user_id=7, name="Maja Ek")
a_rolled_back_database = pytest.mark.django_db
Rewritten = Callable[[dict[str, str]], dict[str, str] | None]


def rewritten(folder: Path, *, course: Rewritten = lambda row: row, line: Rewritten = lambda row: row) -> Files:
    """Return a copy of the shipped files in which each row is what the functions make of it; None leaves it out."""
    copies = replace(SHIPPED, courses=folder / "courses.csv", prerequisites=folder / "prerequisites.csv")
    for source, target, change in (
        (SHIPPED.courses, copies.courses, course),
        (SHIPPED.prerequisites, copies.prerequisites, line),
    ):
        with source.open(encoding="utf-8", newline="") as lines:
            rows = [row for found in csv.DictReader(lines) if (row := change(found)) is not None]
        with target.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return copies


def next_edition(folder: Path) -> Files:
    """Return an edition where one course is new, one changed, one gone, and one builds on nothing any more."""

    def course(row: dict[str, str]) -> dict[str, str] | None:
        changes = {"ENGE1000X": {"points": "150"}, "ENGE2000X": {"code": "SGRNYTT", "name": "Ny kurs"}}
        return row | changes.get(row["code"], {})

    return rewritten(folder, course=course, line=lambda row: None if row["code"] == "HUMHUM00S" else row)


@a_rolled_back_database
def test_the_whole_register_is_loaded_once() -> None:
    first = load_register(by=SYSTEM, now=NOW)
    again = load_register(by=SYSTEM, now=LATER)
    assert (len(first.added), first.unchanged, Prerequisite.objects.count()) == (2451, 0, 1530)
    assert again.is_empty and again.unchanged == 2451
    assert [event.detail["added"] for event in Event.objects.filter(verb="register.loaded").order_by("pk")] == [2451, 0]
    edition = queries.in_force()
    assert edition is not None and edition.digest == queries.read_edition().digest
    assert (edition.loaded_at, edition.loaded_by, edition.courses, edition.added) == (LATER, "Kursvis", 2451, 0)

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
    assert len(first.correspondences) == Correspondence.objects.count() == 369
    assert {code: str(level) for code, level in levels_instead(["MATMAT03b", "MATE1A00X"]).items()} == {
        "MATMAT03b": "Matematik – fortsättning, nivå 1b (MATO1B00X)"
    }
    nurse = Package.objects.get(code="VOXABN", authority=None)
    assert (nurse.points, nurse.courses.count(), nurse.courses.filter(alternative=17).count()) == (1500, 18, 2)
    assert not Package.objects.get(code="RLXAAR").courses.exists(), "a shell: its courses are not known"


@a_rolled_back_database
def test_what_a_new_edition_does_is_shown_before_and_is_what_happens(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    based_on, files = queries.read_edition().digest, next_edition(tmp_path)
    stored = list(Prerequisite.objects.exclude(course__code="HUMHUM00S").order_by("pk").values_list("pk", flat=True))
    edition = queries.read_edition(files)
    shown = queries.compared(edition, today=NOW.date())
    assert [change.code for change in shown.added] == ["SGRNYTT"]
    assert [(c.code, [(f.field, f.old, f.new) for f in c.fields]) for c in shown.changed] == [
        ("ENGE1000X", [("points", 100, 150)])
    ]
    assert [change.code for change in shown.ended] == ["ENGE2000X"]
    assert {f.field: f.new for f in shown.ended[0].fields} == {
        "status": "expired",
        "searchable": False,
        "valid_to": NOW.date(),
    }
    assert [(change.code, change.new) for change in shown.prerequisites] == [("HUMHUM00S", ())]
    assert shown.prerequisites[0].old
    assert NationalCourse.objects.get(code="ENGE1000X").points == 100, "showing changes nothing"

    assert apply_edition(shown=edition.digest, based_on=based_on, by=MAJA, now=NOW, files=files) == shown
    assert NationalCourse.objects.get(code="ENGE1000X").points == 150
    assert NationalCourse.objects.get(code="SGRNYTT").searchable
    gone = NationalCourse.objects.get(code="ENGE2000X")
    assert (gone.status, gone.searchable, gone.valid_to) == ("expired", False, NOW.date())
    assert not Prerequisite.objects.filter(course__code="HUMHUM00S").exists()
    assert list(Prerequisite.objects.order_by("pk").values_list("pk", flat=True)) == stored, "the others stand"
    latest = RegisterEdition.objects.latest("pk")
    assert (latest.loaded_by, latest.added, latest.changed, latest.ended, latest.prerequisites) == (
        "Maja Ek",
        1,
        1,
        1,
        1,
    )
    assert Event.objects.get(verb="register.loaded", actor_id=7).detail["digest"] == edition.digest
    assert queries.compared(queries.read_edition(files), today=LATER.date()).is_empty

    back = queries.compared(queries.read_edition(), today=LATER.date())
    assert [change.code for change in back.changed] == ["ENGE1000X", "ENGE2000X"], "a course may come back"
    load_register(by=SYSTEM, now=LATER)
    assert NationalCourse.objects.get(code="ENGE2000X").searchable
    assert Prerequisite.objects.filter(course__code="HUMHUM00S").exists()


@a_rolled_back_database
def test_only_the_edition_that_was_shown_is_applied_to_what_it_was_compared_with(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    first, files = queries.read_edition().digest, next_edition(tmp_path)
    shown = queries.read_edition(files).digest
    moved = rewritten(tmp_path, course=lambda row: row | ({"points": "175"} if row["code"] == "ENGE1000X" else {}))

    def refused(shown: str, based_on: str, files: Files) -> str:
        before = RegisterEdition.objects.count(), Event.objects.count()
        with pytest.raises(Refused) as refusal:
            apply_edition(shown=shown, based_on=based_on, by=MAJA, now=NOW, files=files)
        assert (RegisterEdition.objects.count(), Event.objects.count()) == before
        return refusal.value.reasons[0].code

    assert refused(shown, first, moved) == "catalogue.edition_files_changed"
    assert refused("", "", SHIPPED) == "catalogue.edition_files_changed"
    assert refused(first, first, SHIPPED) == "catalogue.edition_changes_nothing"
    load_register(by=SYSTEM, now=NOW, files=moved)
    files = next_edition(tmp_path)
    assert refused(shown, first, files) == "catalogue.edition_applied_already"
    assert NationalCourse.objects.get(code="ENGE1000X").points == 175


@pytest.mark.usefixtures("committed")
def test_of_many_who_apply_at_once_one_does(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    based_on, files = queries.read_edition().digest, next_edition(tmp_path)
    shown = queries.read_edition(files).digest
    results = race(lambda _: apply_edition(shown=shown, based_on=based_on, by=MAJA, now=NOW, files=files))
    assert results == ["catalogue.edition_applied_already"] * (AT_ONCE - 1) + ["won"]
    assert RegisterEdition.objects.count() == 2


@a_rolled_back_database
def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "prerequisites.csv"
    shipped = SHIPPED.prerequisites.read_text(encoding="utf-8")
    path.write_text(f"{shipped}MATE1A00X,1,NOSUCH,advisory,,test\n", encoding="utf-8")
    with pytest.raises(ValueError, match="NOSUCH"):
        load_register(by=SYSTEM, now=NOW, files=Files(prerequisites=path))
    twice = tmp_path / "courses.csv"
    lines = SHIPPED.courses.read_text(encoding="utf-8")
    twice.write_text(lines + lines.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        load_register(by=SYSTEM, now=NOW, files=Files(courses=twice))
    assert not NationalCourse.objects.exists()


@a_rolled_back_database
def test_decomposed_letters_are_one_code(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    path = tmp_path / "courses.csv"
    path.write_text(unicodedata.normalize("NFD", SHIPPED.courses.read_text(encoding="utf-8")), encoding="utf-8")
    assert load_register(by=SYSTEM, now=NOW, files=Files(courses=path)).is_empty
    assert NationalCourse.objects.filter(code="VÅRVÅR01").exists()


@a_rolled_back_database
def test_the_command_fills_an_empty_register_and_else_asks(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_register")
    assert "2451 courses added" in capsys.readouterr().out
    call_command("load_register")
    assert "2451 unchanged" in (out := capsys.readouterr().out) and "--apply" not in out
    NationalCourse.objects.filter(code="ENGE1000X").update(points=90)
    call_command("load_register")
    out = capsys.readouterr().out
    assert "~ ENGE1000X" in out and "points: 90 → 100" in out and "load_register --apply" in out
    assert NationalCourse.objects.get(code="ENGE1000X").points == 90
    call_command("load_register", "--apply")
    assert "1 changed" in capsys.readouterr().out
    assert NationalCourse.objects.get(code="ENGE1000X").points == 100


@a_rolled_back_database
def test_an_edition_that_was_applied_is_not_rewritten() -> None:
    load_register(by=SYSTEM, now=NOW)
    for change in ("UPDATE catalogue_registeredition SET added = 0", "DELETE FROM catalogue_registeredition"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@a_rolled_back_database
def test_an_edition_changes_pairs_and_packages_and_never_what_is_a_municipalitys_own(tmp_path: Path) -> None:
    load_register(by=SYSTEM, now=NOW)
    given = {"authority": make_authority(), "level": "gymnasial", "school_form": "VUXGY", "points": 40, "source": "own"}
    own = [
        NationalCourse.objects.create(code=code, name="Egen", kind="individual", **given)
        for code in ("ENGE1000X", "EGEN1")
    ]
    assert queries.compared(queries.read_edition(), today=NOW.date()).is_empty
    pairs, packages = tmp_path / "correspondence.csv", tmp_path / "packages.csv"
    lines = SHIPPED.correspondence.read_text(encoding="utf-8").splitlines(keepends=True)
    others = [line for line in lines if not line.startswith("MATMAT01a,")]
    pairs.write_text("".join(others) + "MATMAT01a,MATE1B00X,prov\n", encoding="utf-8")
    lines = SHIPPED.packages.read_text(encoding="utf-8").splitlines(keepends=True)
    packages.write_text("".join(line for line in lines if not line.startswith("RLXAAR,")), encoding="utf-8")
    files = replace(SHIPPED, correspondence=pairs, packages=packages)
    assert queries.read_edition(files).digest != queries.read_edition().digest
    done = load_register(by=SYSTEM, now=LATER, files=files)
    assert [(c.code, c.old, c.new) for c in done.correspondences] == [("MATMAT01a", "MATE1A00X", "MATE1B00X")]
    assert [(c.code, c.name, c.new) for c in done.packages] == [("RLXAAR", "Kock", None)]
    assert levels_instead(["MATMAT01a"])["MATMAT01a"].code == "MATE1B00X"
    assert Package.objects.get(code="RLXAAR").ended_on == LATER.date()
    assert queries.compared(queries.read_edition(files), today=LATER.date()).is_empty
    latest = RegisterEdition.objects.latest("pk")
    assert (latest.correspondences, latest.packages, latest.added, latest.ended) == (1, 1, 0, 0)
    for course in own:
        kept = NationalCourse.objects.get(pk=course.pk)
        assert (kept.name, kept.points, kept.searchable) == ("Egen", 40, True)
