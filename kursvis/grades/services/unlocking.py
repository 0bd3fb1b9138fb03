"""Unlocking: the municipality takes a lock back, and with it everything that the lock caused (R55)."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import services as admissions
from kursvis.core.reasons import refuse_if
from kursvis.core.transitions import move
from kursvis.grades import rules
from kursvis.grades.models import Catalogue, CatalogueEntry, Grade
from kursvis.grades.queries import row_of
from kursvis.grades.rules import CatalogueStatus, GradeStatus, Verb
from kursvis.grades.services.history import catalogue_step, fresh, grade_step
from kursvis.merits import services as merits
from kursvis.studies import services as studies


@transaction.atomic
def unlock(*, grade: Grade, reason: str, by: Actor, now: datetime) -> Grade:
    """Open a locked grade again, with a reason that stays in its history.

    The result is withdrawn, conditions that it met are open again, the completion is taken back. Its valid catalogue
    ends; the catalogue's other grades stay as they are and are carried over to the next one, which names it. Raises
    `Refused`.
    """
    grade = fresh(grade)
    reason = reason.strip()
    refuse_if(rules.against_unlocking(row_of(grade).facts, reason=reason, actor_user_id=by.user_id))
    open_again(grade, reason=reason, by=by, now=now)
    _end_its_catalogue(grade, reason=reason, by=by, now=now)
    return grade


def open_again(grade: Grade, *, reason: str, by: Actor, now: datetime) -> None:
    """Take back what the lock caused. The caller has locked the group, asked the rules, and sees to the catalogue."""
    enrolment = grade.enrolment
    changes = move(grade, GradeStatus.SET, grade_date=None, locked_at=None, approved_at=None)
    result = merits.withdraw_own_grade(grade_id=grade.pk, by=by, now=now)
    if result is not None:
        admissions.reopen_conditions(result_id=result.pk, by=by, now=now)
    studies.take_back_completion(enrolment=enrolment, by=by, now=now)
    grade_step(grade, Verb.UNLOCKED, student_id=enrolment.student_id, by=by, now=now, note=reason, changes=changes)


def _end_its_catalogue(grade: Grade, *, reason: str, by: Actor, now: datetime) -> None:
    entry = CatalogueEntry.objects.select_related("catalogue").filter(grade=grade, valid=True).first()
    if entry is None:
        return
    catalogue: Catalogue = entry.catalogue
    move(catalogue, CatalogueStatus.REPLACED, status_reason=reason[:500])
    others = list(catalogue.entries.filter(valid=True).exclude(grade=grade).select_related("grade__enrolment"))
    catalogue.entries.filter(valid=True).update(valid=False)
    catalogue_step(catalogue, Verb.CATALOGUE_REPLACED, by=by, now=now, note=reason, grade_id=grade.pk)
    for other in others:
        grade_step(
            other.grade,
            Verb.CATALOGUE_REPLACED,
            student_id=other.grade.enrolment.student_id,
            by=by,
            now=now,
            catalogue=catalogue.number,
        )
