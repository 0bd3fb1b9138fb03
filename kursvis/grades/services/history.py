"""What every step of grades shares: one at a time in a group, and a row in the path beside the event in the log."""

from datetime import datetime
from typing import Any

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.grades.models import Catalogue, CatalogueStep, Grade, GradeStep
from kursvis.grades.rules import Verb
from kursvis.studies.models import Group


def one_at_a_time(group_id: int) -> Group:
    """Lock the group's row until the transaction ends, and return it: grading steps in one group follow each other.

    The lock lets other tables refer to the group meanwhile.
    """
    rows = Group.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("course", "school", "authority").get(pk=group_id)


def fresh(grade: Grade) -> Grade:
    """Return the grade as it stands now, with the group locked."""
    one_at_a_time(grade.enrolment.group_id)
    return Grade.objects.select_related(
        "enrolment__student", "enrolment__group__course", "enrolment__group__school"
    ).get(pk=grade.pk)


def grade_step(
    grade: Grade, verb: Verb, *, student_id: int, by: Actor, now: datetime, note: str = "", **detail: Any
) -> None:
    """Write a step to the grade's path and to the log."""
    if note:
        detail["note"] = note
    GradeStep.objects.create(grade=grade, verb=verb.value, value=grade.value, at=now, by_id=by.user_id, note=note[:500])
    audit.record(
        verb=f"grade.{verb.value}",
        by=by,
        subject=grade,
        authority_id=grade.authority_id,
        student_id=student_id,
        now=now,
        value=grade.value,
        **detail,
    )


def catalogue_step(
    catalogue: Catalogue, verb: Verb, *, by: Actor, now: datetime, note: str = "", **detail: Any
) -> None:
    """Write a step to the catalogue's path and to the log."""
    CatalogueStep.objects.create(catalogue=catalogue, verb=verb.value, at=now, by_id=by.user_id, note=note[:500])
    if note:
        detail["note"] = note
    audit.record(
        verb=f"catalogue.{verb.value}",
        by=by,
        subject=catalogue,
        authority_id=catalogue.authority_id,
        now=now,
        number=catalogue.number,
        **detail,
    )
