"""The grade table's one form: save what was typed, and lock a row or every row in the same step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.grades.models import Grade
from kursvis.grades.services.locking import lock, lock_group
from kursvis.grades.services.setting import set_grades
from kursvis.organisation.models import RegisterEntry
from kursvis.studies.models import Group


@dataclass(frozen=True)
class Saved:
    """What came of it: grades written, grades locked, and those that could not be locked, each with the reasons."""

    written: int
    locked: int
    refused: tuple[tuple[Grade, tuple[Reason, ...]], ...] = ()


@transaction.atomic
def save_table(
    *,
    group: Group,
    values: Mapping[UUID, str],
    seen: Mapping[UUID, str],
    information: Mapping[UUID, str],
    no_grade_reasons: Mapping[UUID, RegisterEntry | None],
    lock_row: UUID | None,
    lock_all: bool,
    by: Actor,
    now: datetime,
) -> Saved:
    """Set the grades; then lock the row (all or nothing) or every row that may be locked (a result each)."""
    if lock_row is not None or lock_all:
        refuse_if(against_unconfirmed(by.confirmed, Action.LOCK_GRADES))
    written = set_grades(
        group=group,
        values=values,
        seen=seen,
        information=information,
        no_grade_reasons=no_grade_reasons,
        by=by,
        now=now,
    )
    if lock_row is not None:
        _lock_row(group, lock_row, by=by, now=now)
        return Saved(len(written), 1)
    results = lock_group(group=group, by=by, now=now) if lock_all else []
    refused = tuple((grade, reasons) for grade, reasons in results if reasons)
    return Saved(len(written), len(results) - len(refused), refused)


def _lock_row(group: Group, enrolment_uuid: UUID, *, by: Actor, now: datetime) -> None:
    grade = Grade.objects.select_related("enrolment").filter(enrolment__group=group, enrolment__uuid=enrolment_uuid)
    found = grade.first()
    if found is None:
        raise Refused(Reason("grades.not_set", {"row": enrolment_uuid}))
    try:
        lock(grade=found, end_moved_to=None, by=by, now=now)
    except Refused as refusal:
        named = (Reason(reason.code, {**reason.values, "row": enrolment_uuid}) for reason in refusal.reasons)
        raise Refused(*named) from refusal
