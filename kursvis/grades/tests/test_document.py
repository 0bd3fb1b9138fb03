"""What stands on the paper catalogue."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from kursvis.grades import services
from kursvis.grades.models import Catalogue
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import Classroom, make_catalogue, make_grade
from kursvis.people.rules import Protection
from kursvis.studies.rules import GroupKind

pytestmark = pytest.mark.django_db


def text_of(catalogue: Catalogue) -> str:
    pages = PdfReader(BytesIO(bytes(catalogue.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_says_what_it_must() -> None:
    room = Classroom()
    grade = make_grade(room, value="B", status=GradeStatus.LOCKED, first_name="Åke", last_name="Ekström")
    text = text_of(services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(1)))
    student, school = grade.enrolment.student, room.office.school
    for part in (
        school.authority.name,
        school.name,
        school.unit_code,
        room.group.name,
        room.group.course.name,
        room.group.course.code,
        "100",
        student.shown_listed_personnummer,
        "Ekström, Åke",
        room.end.isoformat(),
        "Karin Öst",
        "Gymnasielärare",
        "Betygskatalog 1",
        "Betygsarkivet",
    ):
        assert part in text, part
    assert "Sida 1 av 1" in text or "sida 1 av 1" in text
    assert "PRÖVNING" not in text


def test_a_provning_is_marked() -> None:
    room = Classroom(kind=GroupKind.PROVNING)
    make_grade(room, value="E", status=GradeStatus.LOCKED)
    text = text_of(services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end()))
    assert "PRÖVNING" in text


def test_a_protected_person_stands_with_her_alias_and_without_number() -> None:
    room = Classroom()
    grade = make_grade(room, status=GradeStatus.LOCKED, protection=Protection.SECRECY_MARK, last_name="Hemlig")
    text = text_of(services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end()))
    student = grade.enrolment.student
    assert student.listed_name in text and "skyddade personuppgifter" in " ".join(text.split())
    assert "Hemlig" not in text and student.shown_personnummer not in text


def test_a_catalogue_names_what_it_replaces_and_marks_what_is_carried_over() -> None:
    room = Classroom()
    first = make_catalogue(room, status=CatalogueStatus.APPROVED)
    wrong = first.entries.order_by("pk").first().grade
    services.unlock(grade=wrong, reason="Fel", by=room.registrar, now=room.on_end(5))
    services.lock(grade=wrong, end_moved_to=None, by=room.teacher, now=room.on_end(6))
    text = text_of(services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(6)))
    assert "Ersätter betygskatalog 1" in text and text.count("Överfört") == 1


def test_many_grades_make_many_pages() -> None:
    room = Classroom()
    for _number in range(22):
        make_grade(room, status=GradeStatus.LOCKED)
    catalogue = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end())
    reader = PdfReader(BytesIO(bytes(catalogue.pdf)))
    count = len(reader.pages)
    assert count >= 2
    assert f"1 av {count}" in reader.pages[0].extract_text()
    assert f"{count} av {count}" in reader.pages[-1].extract_text()


def test_of_one_grade_the_paper_says_row_one() -> None:
    room = Classroom()
    make_grade(room, status=GradeStatus.LOCKED)
    catalogue = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end())
    assert "Betyget på rad 1 är beslutat av" in text_of(catalogue)
    assert "Betygen på rad 1–2 är beslutade av" in text_of(make_catalogue(Classroom()))
