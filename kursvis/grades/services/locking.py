"""Locking: the grade becomes the student's result, dated by the end of the studies."""

from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.admissions import services as admissions
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import move
from kursvis.grades import messages, rules
from kursvis.grades.models import Grade
from kursvis.grades.queries import GradingRow, row_of
from kursvis.grades.rules import GradeStatus, Verb
from kursvis.grades.services.history import fresh, grade_step, one_at_a_time
from kursvis.merits import services as merits
from kursvis.studies import services as studies
from kursvis.studies.models import Enrolment, Group


@transaction.atomic
def lock(*, grade: Grade, end_moved_to: date | None, by: Actor, now: datetime) -> Grade:
    """Lock a grade: date it by the student's end date, complete her studies, record the result, meet conditions.

    The student is told, once. Before the end date only with the end moved to today in the same step, and then the
    message is about that (R51). A late grade keeps the end date; when it was decided stands in `decided_at`. Raises
    `Refused`, and then nothing is changed.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.LOCK_GRADES))
    row = row_of(fresh(grade))
    grade = row.grade or grade
    today = swedish_date(now)
    refuse_if(rules.against_locking(row.facts, today=today, end_moved_to=end_moved_to, actor_user_id=by.user_id))
    if end_moved_to is not None:
        _move_end(row, to=end_moved_to, by=by, now=now)
    changes = move(grade, GradeStatus.LOCKED, grade_date=row.enrolment.ends_on, locked_at=now)
    studies.complete(enrolment=row.enrolment, on=row.enrolment.ends_on, by=by, now=now)
    _record_result(row, grade, by=by, now=now)
    student_id, dated = row.enrolment.student_id, row.enrolment.ends_on
    grade_step(grade, Verb.LOCKED, student_id=student_id, by=by, now=now, changes=changes, dated=dated)
    if end_moved_to is None:
        messages.tell_locked(row.enrolment, now=now)
    return grade


def lock_group(*, group: Group, by: Actor, now: datetime) -> list[tuple[Grade, tuple[Reason, ...]]]:
    """Lock every grade that the actor has set in the group; each by itself. Returns each with reasons against it."""
    refuse_if(against_unconfirmed(by.confirmed, Action.LOCK_GRADES))
    with transaction.atomic():
        one_at_a_time(group.pk)
        own = Grade.objects.filter(enrolment__group=group, decider_id=by.user_id, status=GradeStatus.SET.value).exclude(
            value=""
        )
        grades = own.select_related("enrolment__student").order_by("enrolment__student__name_key", "pk")
        return [(grade, _reasons_of(grade, by=by, now=now)) for grade in grades]


def _reasons_of(grade: Grade, *, by: Actor, now: datetime) -> tuple[Reason, ...]:
    try:
        lock(grade=grade, end_moved_to=None, by=by, now=now)
    except Refused as refusal:
        return refusal.reasons
    return ()


def _move_end(row: GradingRow, *, to: date, by: Actor, now: datetime) -> None:
    enrolment: Enrolment = row.enrolment
    old_end = enrolment.ends_on
    studies.move_end(enrolment=enrolment, ends_on=to, by=by, now=now, note=str(messages.END_MOVED_NOTE))
    messages.tell(
        enrolment,
        subject=messages.end_moved_subject(enrolment),
        body=messages.end_moved_body(enrolment, old_end=old_end),
        now=now,
    )


def _record_result(row: GradingRow, grade: Grade, *, by: Actor, now: datetime) -> None:
    """Write the grade as a result; a passed one meets the conditions that waited for the course."""
    enrolment = row.enrolment
    passed = grade.value in row.scale.passing
    result = merits.record_own_grade(
        student=enrolment.student,
        course=enrolment.group.course,
        value=grade.value,
        passed=passed,
        dated=enrolment.ends_on,
        grade_id=grade.pk,
        by=by,
        now=now,
    )
    if passed:
        admissions.meet_conditions(
            student_id=enrolment.student_id, course_id=enrolment.group.course_id, result_id=result.pk, by=by, now=now
        )
