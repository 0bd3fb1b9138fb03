"""The school's steps with a distributed choice; called by studies (design section 3: Kursplacering stands there)."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import messages, rules
from kursvis.admissions.models import Choice, Decision
from kursvis.admissions.queries.mandate import (
    Mandate,
    against_placing_at,
    against_taking_in,
    grounds_of_reception,
    mandate_to_place,
)
from kursvis.admissions.queries.registers import against_entry_of, first_that_means
from kursvis.admissions.rules import ChoiceStatus, DecisionKind, Outcome, ReturnReason
from kursvis.admissions.services.path import add_step, advance, carry_over, locked, person, record
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import change
from kursvis.core.wording import label
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import Register

CALLED = "called"
"""A step on the path that changes no state."""


@transaction.atomic
def mark_called(*, choice: Choice, by: Actor, now: datetime) -> Choice:
    """Note that she has been called. An open condition does not stop the call (R21); an ended agreement does."""
    fresh = locked(choice)
    refuse_if(
        rules.against_calling(fresh.facts(), today=swedish_date(now), actor_user_id=by.user_id)
        + against_taking_in(fresh, today=swedish_date(now))
    )
    changes = change(fresh, called_at=now)
    add_step(fresh, old=fresh.status, new=CALLED, by=by, now=now)
    record(fresh, "choice.called", by=by, now=now, changes=changes)
    return carry_over(fresh, choice)


@transaction.atomic
def mark_placed(*, choice: Choice, by: Actor, now: datetime, mandate: Mandate | None = None) -> Choice:
    """Note that the student is placed; where reception was not admission by law, the placing decides admission.

    Raises `Refused` above all while the condition is open (R21, R27), after the school's agreement (R09), and without a
    delegation to decide admission. Call it before taking the seat: choices are locked before course starts. `mandate`
    is what placing at the school rests on, for who places many; without it, or at another school, it is asked for.
    """
    fresh, today = locked(choice), swedish_date(now)
    school = fresh.course_start.school
    held = mandate if mandate and mandate.school_id == school.pk else mandate_to_place(school, by, today=today)
    refuse_if(
        rules.against_placing(fresh.facts(), actor_user_id=by.user_id) + against_placing_at(fresh, held, today=today)
    )
    admitted = not rules.reception_is_admission(grounds_of_reception(fresh))
    changes = advance(fresh, ChoiceStatus.PLACED, by=by, now=now)
    if admitted:
        _write_admission(fresh, held.delegation or "", by, now)
    record(fresh, "choice.placed", by=by, now=now, changes=changes, admission_decided=admitted)
    return carry_over(fresh, choice)


@transaction.atomic
def return_choice(
    *,
    choice: Choice,
    reason: ReturnReason,
    entry: RegisterEntry | None = None,
    text: str = "",
    by: Actor,
    now: datetime,
) -> Choice:
    """Give the applicant back to the municipality. She and the counsellors are told in the same step (R25).

    They read what the municipality's register calls the reason: `entry`, or else the first that stands for it. Raises
    `Refused` when the choice is not at the school, or the reason does not hold.
    """
    fresh, day = locked(choice), swedish_date(now)
    facts = fresh.facts()
    refuse_if(
        rules.against_returning(facts, reason=reason, actor_user_id=by.user_id)
        + rules.against_return_reason(facts, reason=reason, text=text)
        + against_entry_of(fresh, entry, Register.RETURN_REASON, meaning=reason.value, day=day)
    )
    told = entry or first_that_means(fresh, Register.RETURN_REASON, meaning=reason.value, day=day)
    changes = advance(
        fresh,
        ChoiceStatus.RETURNED,
        by=by,
        now=now,
        note=text.strip(),
        return_reason=reason.value,
        returned_as=told.name if told else str(label("return_reason", reason).text),
        return_told=told.text if told else "",
        return_text=text.strip()[:500],
    )
    messages.send_return(fresh, now=now)
    record(fresh, "choice.returned", by=by, now=now, changes=changes, reason=reason, told_as=fresh.returned_as)
    return carry_over(fresh, choice)


def _write_admission(choice: Choice, delegation: str, by: Actor, now: datetime) -> None:
    Decision.objects.create(
        choice=choice,
        kind=DecisionKind.ADMISSION.value,
        outcome=Outcome.GRANTED.value,
        decider_id=person(by),
        decider_name=by.name,
        delegation=delegation,
        decided_on=swedish_date(now),
        decided_at=now,
    )
