"""Setting grades: the teacher's table, saved whole or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.grades import rules
from kursvis.grades.models import Grade
from kursvis.grades.queries import GradingRow, rows_of
from kursvis.grades.rules import Verb
from kursvis.grades.services.history import grade_step, one_at_a_time
from kursvis.studies.models import Enrolment, Group

LONGEST_INFORMATION = 200


@transaction.atomic
def set_grades(
    *,
    group: Group,
    values: Mapping[UUID, str],
    by: Actor,
    now: datetime,
    seen: Mapping[UUID, str] | None = None,
    information: Mapping[UUID, str] | None = None,
) -> list[Grade]:
    """Write the grades of a form, by enrolment; an empty value takes an unlocked grade back. Returns what was changed.

    `seen` holds the values that the form was shown with: what somebody else changed meanwhile is not written over.
    `information` holds other information (title and description of a gymnasiearbete, R52). All rows or none: raises
    `Refused` with every reason, each of which names its row (`values["row"]`, the enrolment's uuid).
    """
    locked = one_at_a_time(group.pk)
    rows = {row.enrolment.uuid: row for row in rows_of(locked, uuids=values)}
    reasons = [Reason("grades.not_in_group", {"row": uuid}) for uuid in values if uuid not in rows]
    today = swedish_date(now)
    changed = []
    for uuid, row in rows.items():
        typed = (values[uuid], (information or {}).get(uuid, row.information).strip())
        if typed == (row.value, row.information):
            continue
        changed.append((row, *typed))
        against = _against(row, *typed, seen=(seen or {}).get(uuid, row.value), today=today, by=by)
        reasons += [Reason(reason.code, {**reason.values, "row": uuid}) for reason in against]
    refuse_if(reasons)
    return [_write(row, value, text, by=by, now=now) for row, value, text in changed]


def set_grade(*, enrolment: Enrolment, value: str, by: Actor, now: datetime, information: str = "") -> Grade:
    """Set one enrolment's grade, also the dash. Raises `Refused`; a value that already stands is not written again."""
    uuid = enrolment.uuid
    written = set_grades(
        group=enrolment.group,
        values={uuid: value},
        information={uuid: information} if information else None,
        by=by,
        now=now,
    )
    return written[0] if written else Grade.objects.get(enrolment=enrolment)


def _against(row: GradingRow, value: str, text: str, *, seen: str, today: date, by: Actor) -> list[Reason]:
    reasons = rules.against_setting(row.facts, value=value, today=today, actor_user_id=by.user_id)
    if seen != row.value:
        reasons.append(Reason("grades.changed_meanwhile", {"value": row.value}))
    if len(text) > LONGEST_INFORMATION:
        reasons.append(Reason("grades.information_too_long"))
    if text and not value:
        reasons.append(Reason("grades.information_without_grade"))
    return reasons


def _write(row: GradingRow, value: str, text: str, *, by: Actor, now: datetime) -> Grade:
    before = row.value
    grade = row.grade or Grade(authority_id=row.enrolment.authority_id, enrolment=row.enrolment)
    grade.enrolment = row.enrolment
    grade.value, grade.other_information = value, text
    if value != before:
        grade.decider_id, grade.decided_at = by.user_id or 0, now
    grade.save()
    verb = Verb.CLEARED if not value else Verb.CHANGED if before else Verb.SET
    grade_step(grade, verb, student_id=row.enrolment.student_id, by=by, now=now, before=before)
    return grade
