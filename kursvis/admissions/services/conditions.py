"""The condition "Om godkänd på underliggande kurs, annars avslag": met, and opened again (R21, R27)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.admissions import rules
from kursvis.admissions.models import Choice, Condition
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Outcome
from kursvis.admissions.services.path import add_step, carry_over, locked, record
from kursvis.core.reasons import refuse_if
from kursvis.core.transitions import move
from kursvis.merits import queries as merits
from kursvis.merits.models import Result
from kursvis.people.models import Student

MET, REOPENED = "condition_met", "condition_reopened"
"""Steps on the path that change no state."""
OVER = [ChoiceStatus.WITHDRAWN.value, ChoiceStatus.REPLACED.value]


@transaction.atomic
def record_evidence(*, choice: Choice, evidence: str, by: Actor, now: datetime) -> Choice:
    """Record what a named person has seen that meets the condition: a document, another school's grade.

    Raises `Refused` when no condition is open, the evidence is not described, or it is one's own case.
    """
    fresh = locked(choice)
    refuse_if(rules.against_meeting_condition(fresh.facts(), evidence=evidence, actor_user_id=by.user_id))
    _meet(fresh.condition, by=by, now=now, evidence=evidence.strip()[:500], result_id=None)
    return carry_over(fresh, choice)


@transaction.atomic
def meet_conditions(*, student_id: int, course_id: int, result_id: int, by: Actor, now: datetime) -> int:
    """Meet the student's open conditions on the course by a valid passed result in it; say how many.

    A result that is not passed, withdrawn, of another course or of another student meets nothing. Called by grades in
    the step that locks the grade.
    """
    Student.objects.select_for_update(no_key=True).get(pk=student_id)
    if not merits.passing_results(student_id=student_id, course_id=course_id).filter(pk=result_id).exists():
        return 0
    conditions = _living().filter(
        choice__student_id=student_id, required_id=course_id, status=ConditionStatus.OPEN.value
    )
    return sum(_meet(condition, by=by, now=now, evidence="", result_id=result_id) for condition in conditions)


@transaction.atomic
def reopen_conditions(*, result_id: int, by: Actor, now: datetime) -> int:
    """Open again the conditions that a result met, now that it is withdrawn or changed; say how many.

    Another valid passed result in the same course takes its place; evidence that a person recorded stands.
    """
    result = Result.objects.filter(pk=result_id).first()
    if result is None:
        return 0
    Student.objects.select_for_update(no_key=True).get(pk=result.student_id)
    others = merits.passing_results(student_id=result.student_id, course_id=result.course_id).exclude(pk=result_id)
    instead = others.values_list("pk", flat=True).first()
    conditions = list(_living().filter(result_id=result_id, status=ConditionStatus.MET.value))
    if instead is not None:
        Condition.objects.filter(pk__in=[condition.pk for condition in conditions]).update(result_id=instead)
        return 0
    for condition in conditions:
        _reopen(condition, by=by, now=now)
    return len(conditions)


def _living() -> QuerySet[Condition]:
    return (
        Condition.objects.select_for_update(of=("self",), no_key=True)
        .select_related("choice", "required")
        .filter(choice__outcome=Outcome.ON_CONDITION.value)
        .exclude(choice__status__in=OVER)
        .order_by("pk")
    )


def _meet(condition: Condition, *, by: Actor, now: datetime, **how: Any) -> int:
    move(condition, ConditionStatus.MET, met_at=now, met_by_id=by.user_id, **how)
    choice = condition.choice
    add_step(choice, old=choice.status, new=MET, by=by, now=now, note=how["evidence"])
    record(choice, "condition.met", by=by, now=now, required=condition.required.code, result_id=how["result_id"])
    return 1


def _reopen(condition: Condition, *, by: Actor, now: datetime) -> None:
    was = condition.result_id
    move(condition, ConditionStatus.OPEN, met_at=None, met_by_id=None, result_id=None)
    choice = condition.choice
    add_step(choice, old=choice.status, new=REOPENED, by=by, now=now)
    record(choice, "condition.reopened", by=by, now=now, required=condition.required.code, result_id=was)
