"""Results follow the lock of grades, and a withdrawn one counts no more."""

from datetime import date

import pytest

from kursvis.audit.models import Event
from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.tests.factories import make_course
from kursvis.core import time
from kursvis.merits import queries, services
from kursvis.merits.models import Result
from kursvis.people.models import Student
from kursvis.people.tests.factories import make_student

pytestmark = pytest.mark.django_db


def record(student: Student, course: NationalCourse, *, value: str = "E", grade_id: int = 7) -> Result:
    return services.record_own_grade(
        student=student,
        course=course,
        value=value,
        passed=value != "F",
        dated=date(2026, 12, 18),
        grade_id=grade_id,
        now=time.now(),
    )


def passed(student: Student, course: NationalCourse) -> list[Result]:
    return list(queries.passing_results(student_id=student.pk, course_id=course.pk))


def verbs(student: Student) -> list[str]:
    events = Event.objects.filter(student_id=student.pk, verb__startswith="result.")
    return list(events.order_by("id").values_list("verb", flat=True))


def test_a_locked_grade_becomes_a_result() -> None:
    student, course = make_student(), make_course()
    result = record(student, course)
    assert list(queries.results_of(student.pk)) == [result]
    assert passed(student, course) == [result]
    assert verbs(student) == ["result.recorded"]


def test_a_failed_grade_passes_nothing() -> None:
    student, course = make_student(), make_course()
    record(student, course, value="F")
    assert queries.results_of(student.pk).count() == 1
    assert not passed(student, course)


def test_a_withdrawn_result_is_kept_but_does_not_count() -> None:
    student, course = make_student(), make_course()
    result = record(student, course)
    assert services.withdraw_own_grade(grade_id=7, now=time.now()) == result
    assert services.withdraw_own_grade(grade_id=7, now=time.now()) is None
    assert not passed(student, course)
    assert not queries.results_of(student.pk).exists() and Result.objects.count() == 1
    assert verbs(student) == ["result.recorded", "result.withdrawn"]


def test_a_grade_that_is_locked_again_replaces_its_result() -> None:
    student, course = make_student(), make_course()
    record(student, course, value="F")
    record(student, course, value="C")
    assert [result.value for result in queries.results_of(student.pk)] == ["C"]
    assert verbs(student) == ["result.recorded", "result.withdrawn", "result.recorded"]


def test_results_of_others_do_not_count() -> None:
    student, course = make_student(), make_course()
    record(make_student(), course)
    assert not passed(student, course)
