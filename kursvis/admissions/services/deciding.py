"""The municipality's steps: decide reception, distribute to the school (R20, R21)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import messages, rules
from kursvis.admissions.appeal import appeal_text
from kursvis.admissions.models import Choice, Condition, Decision
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, DecisionKind, Ground, Outcome
from kursvis.admissions.services.path import advance, carry_over, locked, person, record
from kursvis.catalogue.models import NationalCourse
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.time import swedish_date
from kursvis.merits import queries as merits
from kursvis.people.models import Student


@transaction.atomic
def decide(
    *,
    choice: Choice,
    outcome: Outcome,
    grounds: Sequence[Ground] = (),
    reason: str = "",
    required_course: NationalCourse | None = None,
    by: Actor,
    now: datetime,
) -> Decision:
    """Decide reception: granted, granted on condition of a passed course, or refused. The applicant is told by e-mail.

    Raises `Refused`: wrong state, own case, what the decision lacks, or a condition that is already met.
    """
    fresh = locked(choice)
    refuse_if(
        rules.against_deciding(fresh.facts(), actor_user_id=by.user_id)
        + rules.against_decision(
            outcome, grounds=tuple(grounds), reason=reason, has_condition=required_course is not None
        )
    )
    if required_course is not None:
        _set_condition(fresh, required_course)
    decision = _write_decision(fresh, outcome, grounds, reason, by, now)
    advance(
        fresh,
        ChoiceStatus.DECIDED,
        by=by,
        now=now,
        note=decision.reason,
        outcome=outcome.value,
        called_at=None,
        return_reason="",
        return_text="",
    )
    messages.send_decision(fresh, decision, required_course, now=now)
    record(
        fresh,
        "choice.decided",
        by=by,
        now=now,
        outcome=outcome,
        grounds=list(grounds),
        required_course=required_course.code if required_course else None,
        decision_id=decision.pk,
    )
    carry_over(fresh, choice)
    return decision


@transaction.atomic
def distribute(*, choice: Choice, by: Actor, now: datetime) -> Choice:
    """Give a granted choice to the school of its course start.

    Raises `Refused` in a wrong state or in one's own case.
    """
    fresh = locked(choice)
    refuse_if(rules.against_distributing(fresh.facts(), actor_user_id=by.user_id))
    advance(fresh, ChoiceStatus.DISTRIBUTED, by=by, now=now)
    record(fresh, "choice.distributed", by=by, now=now, school_id=fresh.course_start.school_id)
    return carry_over(fresh, choice)


@dataclass(frozen=True)
class Distributed:
    """What came of one row of a bulk distribution: done when there are no reasons."""

    choice: Choice
    reasons: tuple[Reason, ...] = ()


def distribute_many(*, choices: Iterable[Choice], by: Actor, now: datetime) -> list[Distributed]:
    """Distribute each choice in a transaction of its own; a refused row keeps its reasons and stops no other."""
    results = []
    for choice in choices:
        try:
            results.append(Distributed(distribute(choice=choice, by=by, now=now)))
        except Refused as refusal:
            results.append(Distributed(choice, refusal.reasons))
    return results


def _set_condition(choice: Choice, required: NationalCourse) -> None:
    """Open the condition.

    The student's row is locked, so that a grade locked at the same moment is seen by one of us.
    """
    Student.objects.select_for_update(no_key=True).get(pk=choice.student_id)
    passed = merits.passing_results(student_id=choice.student_id, course_id=required.pk)
    refuse_if([Reason("admissions.required_already_passed", {"course": required.code})] if passed.exists() else [])
    Condition.objects.update_or_create(
        choice=choice,
        defaults={
            "required": required,
            "status": ConditionStatus.OPEN.value,
            "evidence": "",
            "result_id": None,
            "met_at": None,
            "met_by": None,
        },
    )


def _write_decision(
    choice: Choice, outcome: Outcome, grounds: Sequence[Ground], reason: str, by: Actor, now: datetime
) -> Decision:
    kind = DecisionKind.RECEPTION
    appealable = rules.may_be_appealed(kind, outcome)
    return Decision.objects.create(
        choice=choice,
        kind=kind.value,
        outcome=outcome.value,
        grounds=[ground.value for ground in grounds] if outcome is not Outcome.REFUSED else [],
        reason=reason.strip(),
        decider_id=person(by),
        decider_name=by.name,
        decided_on=swedish_date(now),
        decided_at=now,
        appeal_text=appeal_text(choice.authority) if appealable else "",
    )
