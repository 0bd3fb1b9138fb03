"""After a school's agreement its placed students are graded, to an approved catalogue (R09)."""

from datetime import timedelta

import pytest

from kursvis.access.rules import Permission
from kursvis.accounts.tests.browsers import as_user
from kursvis.grades import services
from kursvis.grades.models import Grade
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import Classroom, grade_of, make_enrolment, make_grade, walk
from kursvis.organisation.models import Agreement
from kursvis.studies import services as studies
from kursvis.studies.tests.factories import reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    """Return a classroom with a student, at a school whose agreement ended a week before the course."""
    made = Classroom()
    make_enrolment(made)
    last_day = made.end - timedelta(days=7)
    Agreement.objects.filter(school=made.office.school).update(ends_on=last_day)
    return made


def test_set_changed_locked_unlocked_and_approved(classroom: Classroom) -> None:
    enrolment = reread(classroom.group.enrolments.get())
    grade = services.set_grade(enrolment=enrolment, value="F", by=classroom.teacher, now=classroom.on_end())
    grade = services.lock(grade=grade, end_moved_to=None, by=classroom.teacher, now=classroom.on_end())
    grade = services.unlock(grade=grade, reason="Fel", by=classroom.registrar, now=classroom.on_end(1))
    enrolment = reread(enrolment)
    services.set_grade(enrolment=enrolment, value="C", by=classroom.teacher, now=classroom.on_end(1))
    services.lock(grade=grade_of(grade), end_moved_to=None, by=classroom.teacher, now=classroom.on_end(1))
    catalogue = services.create_catalogue(group=classroom.group, by=classroom.teacher, now=classroom.on_end(1))
    walk(classroom, catalogue, CatalogueStatus.APPROVED)
    assert (grade_of(grade).status, grade_of(grade).value) == (GradeStatus.APPROVED, "C")
    assert reread(enrolment).outcome == "completed"


def test_returned_and_made_anew(classroom: Classroom) -> None:
    enrolment = reread(classroom.group.enrolments.get())
    grade = services.set_grade(enrolment=enrolment, value="E", by=classroom.teacher, now=classroom.on_end())
    services.lock(grade=grade, end_moved_to=None, by=classroom.teacher, now=classroom.on_end())
    catalogue = services.create_catalogue(group=classroom.group, by=classroom.teacher, now=classroom.on_end(1))
    walk(classroom, catalogue, CatalogueStatus.RETURNED)
    services.lock(grade=grade_of(grade), end_moved_to=None, by=classroom.teacher, now=classroom.on_end(5))
    again = services.create_catalogue(group=classroom.group, by=classroom.teacher, now=classroom.on_end(5))
    walk(classroom, again, CatalogueStatus.APPROVED)
    assert Grade.objects.get().status == GradeStatus.APPROVED


def test_the_end_is_moved_to_an_earlier_day_with_the_lock_also_after_the_agreement(classroom: Classroom) -> None:
    enrolment = reread(classroom.group.enrolments.get())
    day = classroom.on_end(-3)
    grade = services.set_grade(enrolment=enrolment, value="B", by=classroom.teacher, now=day)
    services.lock(grade=grade, end_moved_to=day.date(), by=classroom.teacher, now=day)
    assert reread(enrolment).ends_on == day.date()


def test_a_late_grade_too(classroom: Classroom) -> None:
    enrolment = reread(classroom.group.enrolments.get())
    by = classroom.office.administrator
    later = classroom.end + timedelta(days=30)
    studies.move_end(enrolment=enrolment, ends_on=later, by=by, now=classroom.on_end(), note="Mer tid")
    now = classroom.on_end(90)
    grade = services.set_grade(enrolment=reread(enrolment), value="D", by=classroom.teacher, now=now)
    services.lock(grade=grade, end_moved_to=None, by=classroom.teacher, now=now)
    assert grade_of(grade).grade_date == later


def test_the_filter_of_catalogues_offers_the_school_to_its_own_and_to_who_shows_inactive() -> None:
    classroom = Classroom()
    make_grade(classroom)
    school, registrar = classroom.office.school, classroom.registrar_user
    Agreement.objects.filter(school=school).update(ends_on=classroom.group.starts_on.replace(year=2021))
    option, address = f'value="{school.uuid}"', "/kataloger/"
    assert option not in as_user(registrar).get(address).content.decode()
    assert option in as_user(classroom.office.administrator_user).get(address).content.decode()
    assert classroom.registrar.holds(Permission.SEE_GRADES, school_id=school.pk, authority_id=school.authority_id)
    registrar.shows_inactive = True
    registrar.save()
    assert option in as_user(registrar).get(address).content.decode()
