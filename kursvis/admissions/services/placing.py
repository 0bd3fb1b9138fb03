"""The school's steps with a distributed choice; called by studies (design section 3: Kursplacering stands there)."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import messages, rules
from kursvis.admissions.models import Choice, Decision
from kursvis.admissions.rules import ChoiceStatus, DecisionKind, Ground, Outcome, ReturnReason
from kursvis.admissions.services.path import add_step, advance, carry_over, locked, person, record
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date

CALLED = "called"
"""A step on the path that changes no state."""


@transaction.atomic
def mark_called(*, choice: Choice, by: Actor, now: datetime) -> Choice:
    """Note that the student has been called. An open condition does not stop the call (R21)."""
    fresh = locked(choice)
    refuse_if(rules.against_calling(fresh.facts(), today=swedish_date(now), actor_user_id=by.user_id))
    Choice.objects.filter(pk=fresh.pk).update(called_at=now)
    fresh.called_at = now
    add_step(fresh, old=fresh.status, new=CALLED, by=by, now=now)
    record(fresh, "choice.called", by=by, now=now)
    return carry_over(fresh, choice)


@transaction.atomic
def mark_placed(*, choice: Choice, by: Actor, now: datetime) -> Choice:
    """Note that the student is placed; where reception was not admission by law, the placing decides admission.

    Raises `Refused` above all while the condition is open (R21, R27). Call it before taking the seat: choices are
    locked before course starts.
    """
    fresh = locked(choice)
    refuse_if(rules.against_placing(fresh.facts(), actor_user_id=by.user_id))
    advance(fresh, ChoiceStatus.PLACED, by=by, now=now)
    admitted = not rules.reception_is_admission(_grounds_of_reception(fresh))
    if admitted:
        _write_admission(fresh, by, now)
    record(fresh, "choice.placed", by=by, now=now, admission_decided=admitted)
    return carry_over(fresh, choice)


@transaction.atomic
def return_choice(*, choice: Choice, reason: ReturnReason, text: str = "", by: Actor, now: datetime) -> Choice:
    """Give the applicant back to the municipality. She and the counsellors are told in the same step (R25).

    Raises `Refused` when the choice is not at the school, or the reason does not hold.
    """
    fresh = locked(choice)
    facts = fresh.facts()
    refuse_if(
        rules.against_returning(facts, reason=reason, actor_user_id=by.user_id)
        + rules.against_return_reason(facts, reason=reason, text=text)
    )
    advance(
        fresh,
        ChoiceStatus.RETURNED,
        by=by,
        now=now,
        note=text.strip(),
        return_reason=reason.value,
        return_text=text.strip()[:500],
    )
    messages.send_return(fresh, now=now)
    record(fresh, "choice.returned", by=by, now=now, reason=reason)
    return carry_over(fresh, choice)


def _grounds_of_reception(choice: Choice) -> frozenset[Ground]:
    latest = Decision.objects.filter(choice=choice, kind=DecisionKind.RECEPTION.value).order_by("-pk").first()
    return frozenset(Ground(value) for value in latest.grounds) if latest else frozenset()


def _write_admission(choice: Choice, by: Actor, now: datetime) -> None:
    Decision.objects.create(
        choice=choice,
        kind=DecisionKind.ADMISSION.value,
        outcome=Outcome.GRANTED.value,
        decider_id=person(by),
        decider_name=by.name,
        decided_on=swedish_date(now),
        decided_at=now,
    )
