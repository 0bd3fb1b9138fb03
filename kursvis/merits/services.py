"""Results, written by the processes above: a locked grade becomes one, an unlocked one withdraws it."""

from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import SYSTEM, Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import NationalCourse
from kursvis.merits.models import Result
from kursvis.merits.rules import ResultSource
from kursvis.people.models import Student


@transaction.atomic
def record_own_grade(
    *,
    student: Student,
    course: NationalCourse,
    value: str,
    passed: bool,
    dated: date,
    grade_id: int,
    now: datetime,
    by: Actor = SYSTEM,
) -> Result:
    """Keep a grade that was locked here as a result. An earlier result of the same grade is withdrawn first."""
    withdraw_own_grade(grade_id=grade_id, now=now, by=by)
    result = Result.objects.create(
        student=student,
        course=course,
        value=value,
        passed=passed,
        dated=dated,
        source=ResultSource.OWN_GRADE.value,
        source_id=grade_id,
    )
    _record(result, "result.recorded", by, now, student)
    return result


@transaction.atomic
def withdraw_own_grade(*, grade_id: int, now: datetime, by: Actor = SYSTEM) -> Result | None:
    """Withdraw the valid result of an own grade; it is kept, marked. Returns None when there is none."""
    result = (
        Result.objects.select_for_update(of=("self",))
        .select_related("student")
        .filter(source=ResultSource.OWN_GRADE.value, source_id=grade_id, withdrawn_at__isnull=True)
        .first()
    )
    if result is None:
        return None
    result.withdrawn_at = now
    result.save(update_fields=["withdrawn_at"])
    _record(result, "result.withdrawn", by, now, result.student)
    return result


def _record(result: Result, verb: str, by: Actor, now: datetime, student: Student) -> None:
    audit.record(
        verb=verb,
        by=by,
        subject=result,
        authority_id=student.authority_id,
        student_id=student.pk,
        now=now,
        course_id=result.course_id,
        passed=result.passed,
    )
