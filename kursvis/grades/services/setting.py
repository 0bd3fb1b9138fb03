"""Setting grades: the teacher's table, saved whole or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.catalogue.rules.scales import DASH
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import change
from kursvis.grades import rules
from kursvis.grades.models import Grade
from kursvis.grades.queries import GradingRow, rows_of
from kursvis.grades.rules import Verb
from kursvis.grades.services.history import grade_step, one_at_a_time
from kursvis.organisation.models import RegisterEntry
from kursvis.studies.models import Enrolment, Group

LONGEST_INFORMATION = 200


class Typed(NamedTuple):
    """What a line of the table says."""

    value: str
    information: str
    no_grade_reason: str


@transaction.atomic
def set_grades(
    *,
    group: Group,
    values: Mapping[UUID, str],
    by: Actor,
    now: datetime,
    seen: Mapping[UUID, str] | None = None,
    information: Mapping[UUID, str] | None = None,
    no_grade_reasons: Mapping[UUID, RegisterEntry | None] | None = None,
) -> list[Grade]:
    """Write the grades of a form, by enrolment; an empty value takes an unlocked grade back. Returns what was changed.

    `seen` holds the values that the form was shown with: what somebody else changed meanwhile is not written over.
    `information` holds other information (title and description of a gymnasiearbete, R52). `no_grade_reasons` says why
    there is a dash (39 §), of the municipality's register; None takes the reason back. All rows or none: raises
    `Refused` with every reason, each of which names its row (`values["row"]`, the enrolment's uuid).
    """
    locked = one_at_a_time(group.pk)
    rows = {row.enrolment.uuid: row for row in rows_of(locked, uuids=values)}
    reasons = [Reason("grades.not_in_group", {"row": uuid}) for uuid in values if uuid not in rows]
    today = swedish_date(now)
    changed = []
    for uuid, row in rows.items():
        entry = (no_grade_reasons or {}).get(uuid)
        kept = row.no_grade_reason if values[uuid] == DASH and uuid not in (no_grade_reasons or {}) else ""
        typed = Typed(
            values[uuid], (information or {}).get(uuid, row.information).strip(), entry.name if entry else kept
        )
        if typed == Typed(row.value, row.information, row.no_grade_reason):
            continue
        changed.append((row, typed))
        against = _against(row, typed, seen=(seen or {}).get(uuid, row.value), today=today, by=by)
        against += _against_entry(locked, entry, typed.value, today=today)
        reasons += [Reason(reason.code, {**reason.values, "row": uuid}) for reason in against]
    refuse_if(reasons)
    return [_write(row, typed, by=by, now=now) for row, typed in changed]


def set_grade(
    *,
    enrolment: Enrolment,
    value: str,
    by: Actor,
    now: datetime,
    information: str = "",
    no_grade_reason: RegisterEntry | None = None,
) -> Grade:
    """Set one enrolment's grade, also the dash. Raises `Refused`; a value that already stands is not written again."""
    uuid = enrolment.uuid
    written = set_grades(
        group=enrolment.group,
        values={uuid: value},
        information={uuid: information} if information else None,
        no_grade_reasons={uuid: no_grade_reason} if no_grade_reason else None,
        by=by,
        now=now,
    )
    return written[0] if written else Grade.objects.get(enrolment=enrolment)


def _against(row: GradingRow, typed: Typed, *, seen: str, today: date, by: Actor) -> list[Reason]:
    reasons = rules.against_setting(row.facts, value=typed.value, today=today, actor_user_id=by.user_id)
    if seen != row.value:
        reasons.append(Reason("grades.changed_meanwhile", {"value": row.value}))
    if len(typed.information) > LONGEST_INFORMATION:
        reasons.append(Reason("grades.information_too_long"))
    if typed.information and not typed.value:
        reasons.append(Reason("grades.information_without_grade"))
    return reasons


def _against_entry(group: Group, entry: RegisterEntry | None, value: str, *, today: date) -> list[Reason]:
    if entry is None:
        return []
    if entry.authority_id != group.authority_id:
        return [Reason("organisation.entry_of_another_register")]
    return rules.against_no_grade_reason(entry.facts(), value=value, today=today)


def _write(row: GradingRow, typed: Typed, *, by: Actor, now: datetime) -> Grade:
    before = row.value
    new: dict[str, Any] = dict(zip(("value", "other_information", "no_grade_reason"), typed, strict=True))
    if typed.value != before:
        new |= {"decider_id": by.user_id or 0, "decided_at": now}
    grade = row.grade or Grade(authority_id=row.enrolment.authority_id, enrolment=row.enrolment, **new)
    changes = change(grade, **new) if row.grade else None
    if changes is None:
        grade.save(force_insert=True)
    grade.enrolment = row.enrolment
    verb = Verb.CLEARED if not typed.value else Verb.CHANGED if before else Verb.SET
    why = {"no_grade_reason": typed.no_grade_reason} if typed.no_grade_reason else {}
    grade_step(
        grade,
        verb,
        student_id=row.enrolment.student_id,
        by=by,
        now=now,
        is_creation=changes is None,
        changes=changes,
        before=before,
        **why,
    )
    return grade
