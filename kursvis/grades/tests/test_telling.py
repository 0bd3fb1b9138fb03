"""What the student is told without asking (R54): once when the grade is locked, once when it is approved."""

from datetime import timedelta

import pytest

from kursvis.grades import services
from kursvis.grades.models import CatalogueEntry
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import Classroom, make_catalogue, make_grade, walk
from kursvis.people.rules import Protection
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
LOCKED, APPROVED = "Läraren har satt och låst", "är godkänt av kommunen"


@pytest.fixture
def room() -> Classroom:
    return Classroom()


def test_a_lock_is_told_without_the_value(room: Classroom) -> None:
    grade = make_grade(room, value="F", status=GradeStatus.LOCKED)
    message = Message.objects.get(subject__startswith=LOCKED)
    student = grade.enrolment.student
    assert (message.channel, message.address, message.sealed) == ("email", student.email, False)
    assert room.group.course.name in message.subject and room.office.school.email in message.body
    assert "Mina betyg" in message.body and "betyg F" not in message.body


def test_an_early_lock_is_told_in_the_letter_about_the_end_only(room: Classroom) -> None:
    grade = make_grade(room)
    day = room.end - timedelta(days=20)
    services.lock(grade=grade, end_moved_to=day, by=room.teacher, now=room.on_end(-20))
    assert Message.objects.filter(subject__startswith="Ditt slutdatum är flyttat").count() == 1
    assert not Message.objects.filter(subject__startswith=LOCKED).exists()


def test_an_approval_is_told_to_each_whose_grade_was_not_approved_before(room: Classroom) -> None:
    first = make_catalogue(room, status=CatalogueStatus.APPROVED)
    told = Message.objects.filter(subject__endswith=APPROVED)
    assert told.count() == 2 and "vilket betyg du än har fått" in told[0].body
    wrong = CatalogueEntry.objects.filter(catalogue=first).earliest("pk").grade
    services.unlock(grade=wrong, reason="Fel", by=room.registrar, now=room.on_end(5))
    services.lock(grade=wrong, end_moved_to=None, by=room.teacher, now=room.on_end(6))
    second = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(6))
    walk(room, second, CatalogueStatus.APPROVED)
    assert told.count() == 3
    assert told.filter(recipient=wrong.enrolment.student.listed_name).exists()


def test_a_protected_person_is_told_sealed_on_paper(room: Classroom) -> None:
    grade = make_grade(room, status=GradeStatus.LOCKED, protection=Protection.SECRECY_MARK, last_name="Hemlig")
    catalogue = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(1))
    walk(room, catalogue, CatalogueStatus.APPROVED)
    messages = [Message.objects.get(subject__startswith=LOCKED), Message.objects.get(subject__endswith=APPROVED)]
    for message in messages:
        assert (message.channel, message.address, message.sealed) == ("protected", "", True)
        assert message.recipient == grade.enrolment.student.listed_name and "Hemlig" not in message.body
