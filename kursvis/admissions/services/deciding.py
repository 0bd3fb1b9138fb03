"""The municipality's decision of reception (R20)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import messages, rules
from kursvis.admissions.appeal import appeal_text
from kursvis.admissions.models import Choice, Condition, Decision
from kursvis.admissions.queries.mandate import delegation_to_receive, is_stranded
from kursvis.admissions.queries.registers import against_entry_of, first_that_means
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, DecisionKind, Ground, Outcome, mandate
from kursvis.admissions.services.path import advance, carry_over, locked, person, record
from kursvis.catalogue.models import NationalCourse
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.wording import label
from kursvis.merits import queries as merits
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import Register
from kursvis.people.models import Student


@transaction.atomic
def decide(
    *,
    choice: Choice,
    outcome: Outcome,
    grounds: Sequence[Ground] = (),
    reason: str = "",
    required_course: NationalCourse | None = None,
    refusal: RegisterEntry | None = None,
    condition: RegisterEntry | None = None,
    by: Actor,
    now: datetime,
) -> Decision:
    """Decide reception: granted, granted on condition of a passed course, or refused. The applicant is told by e-mail.

    `refusal` and `condition` are entries of the municipality's registers: the text of the first stands before `reason`,
    and a condition without entry is the register's first. Raises `Refused`: wrong state, own case, no delegation, what
    the decision lacks, a condition that is already met, an entry that is not in force.
    """
    fresh, day = locked(choice), swedish_date(now)
    told = rules.composed(refusal.text if refusal else "", reason)
    delegation = delegation_to_receive(fresh, by, today=day)
    refuse_if(
        (_against_deciding(fresh, by, day) or mandate.against_receiving(delegation))
        + rules.against_decision(
            outcome, grounds=tuple(grounds), reason=told, has_condition=required_course is not None
        )
        + against_entry_of(fresh, refusal, Register.REFUSAL_REASON, day=day)
        + against_entry_of(fresh, condition, Register.CONDITION, day=day)
    )
    condition = condition or first_that_means(fresh, Register.CONDITION, day=day)
    opened = _set_condition(fresh, required_course, condition) if required_course is not None else None
    decision = _write_decision(fresh, outcome, grounds, told, delegation or "", by, now)
    changes = advance(
        fresh,
        ChoiceStatus.DECIDED,
        by=by,
        now=now,
        note=decision.reason,
        outcome=outcome.value,
        called_at=None,
        return_reason="",
        returned_as="",
        return_told="",
        return_text="",
    )
    messages.send_decision(fresh, decision, opened, now=now)
    record(
        fresh,
        "choice.decided",
        by=by,
        now=now,
        changes=changes,
        outcome=outcome,
        grounds=list(grounds),
        required_course=required_course.code if required_course else None,
        decision_id=decision.pk,
        delegation=decision.delegation,
    )
    carry_over(fresh, choice)
    return decision


def _against_deciding(choice: Choice, by: Actor, day: date) -> list[Reason]:
    return rules.against_deciding(choice.facts(), actor_user_id=by.user_id, is_stranded=is_stranded(choice, today=day))


def _set_condition(choice: Choice, required: NationalCourse, entry: RegisterEntry | None) -> Condition:
    """Open the condition, in the words of the register.

    The student's row is locked, so that a grade locked at the same moment is seen by one of us.
    """
    Student.objects.select_for_update(no_key=True).get(pk=choice.student_id)
    passed = merits.passing_results(student_id=choice.student_id, course_id=required.pk)
    refuse_if([Reason("admissions.required_already_passed", {"course": required.code})] if passed.exists() else [])
    condition, _created = Condition.objects.update_or_create(
        choice=choice,
        defaults={
            "required": required,
            "named": entry.name if entry else str(label("condition_named", Outcome.ON_CONDITION).text),
            "wording": entry.text if entry else "",
            "status": ConditionStatus.OPEN.value,
            "evidence": "",
            "result_id": None,
            "met_at": None,
            "met_by": None,
        },
    )
    return condition


def _write_decision(
    choice: Choice,
    outcome: Outcome,
    grounds: Sequence[Ground],
    reason: str,
    delegation: str,
    by: Actor,
    now: datetime,
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
        delegation=delegation,
        decided_on=swedish_date(now),
        decided_at=now,
        appeal_text=appeal_text(choice.authority) if appealable else "",
    )
