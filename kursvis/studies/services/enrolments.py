"""The course of an enrolment: did not start, the end moved, completed by the lock of a grade; and each undone."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.services import offer
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import change, move
from kursvis.organisation import queries as organisation
from kursvis.organisation.rules import against_offering
from kursvis.studies import rules
from kursvis.studies.models import Enrolment, EnrolmentStep
from kursvis.studies.rules import EnrolmentOutcome, GroupKind


@transaction.atomic
def did_not_start(*, enrolment: Enrolment, by: Actor, now: datetime) -> None:
    """Mark that the student never began: dated by the start, the planned end unchanged, the seat free again (R29, R30).

    Raises `Refused` before the start, for an enrolment that has ended, and with a locked grade.
    """
    today = swedish_date(now)
    refuse_if(rules.against_not_started(enrolment.facts(), today=today, actor_user_id=by.user_id))
    new = EnrolmentOutcome.NOT_STARTED
    changes = move(enrolment, new, field="outcome", outcome_on=enrolment.starts_on)
    if enrolment.choice is not None:
        offer.free_seat(course_start_id=enrolment.choice.course_start_id)
    _record(enrolment, "did_not_start", by=by, now=now, changes=changes, new=new, on=enrolment.starts_on)


@transaction.atomic
def undo_did_not_start(*, enrolment: Enrolment, by: Actor, now: datetime) -> None:
    """Take *did not start* back: she did come. Raises `Refused` when her seat has been taken by somebody else."""
    refuse_if(rules.against_undoing_not_started(enrolment.facts(), actor_user_id=by.user_id))
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
    if enrolment.choice is not None:
        offer.take_seat(course_start_id=enrolment.choice.course_start_id)
    changes = move(enrolment, EnrolmentOutcome.NONE, field="outcome", outcome_on=None)
    _record(enrolment, "did_not_start_undone", by=by, now=now, changes=changes, new=EnrolmentOutcome.NONE)


@transaction.atomic
def move_end(*, enrolment: Enrolment, ends_on: date, by: Actor, now: datetime, note: str) -> None:
    """Move the student's own end date; a prövning's start goes with it, for it is one day (R32, R35, R51).

    Raises `Refused` for an ended enrolment, a locked grade, an end before the start, and for an end later than a
    temporary agreement allows (R12).
    """
    if ends_on == enrolment.ends_on:
        return
    old, new = enrolment.ends_on.isoformat(), ends_on.isoformat()
    starts_on = ends_on if enrolment.group.kind == GroupKind.PROVNING else enrolment.starts_on
    facts = replace(enrolment.facts(), starts_on=starts_on)
    refuse_if(
        rules.against_moving_end(facts, ends_on=ends_on, actor_user_id=by.user_id)
        + _against_extension(enrolment, starts_on, ends_on)
    )
    changes = change(enrolment, still=("starts_on", "ends_on", "outcome"), ends_on=ends_on, starts_on=starts_on)
    _record(enrolment, "end_moved", by=by, now=now, changes=changes, old=old, new=new, note=note)


@transaction.atomic
def complete(*, enrolment: Enrolment, on: date, by: Actor, now: datetime) -> None:
    """End the enrolment by the lock of its grade, whatever the grade is.

    Raises `Refused` unless `on` is the end date (R51).
    """
    refuse_if(rules.against_completing(enrolment.facts(), on=on, actor_user_id=by.user_id))
    new = EnrolmentOutcome.COMPLETED
    changes = move(enrolment, new, field="outcome", outcome_on=on, has_locked_grade=True)
    _record(enrolment, "completed", by=by, now=now, changes=changes, new=new, on=on)


@transaction.atomic
def take_back_completion(*, enrolment: Enrolment, by: Actor, now: datetime) -> None:
    """Open the enrolment again when its grade is unlocked."""
    refuse_if(rules.against_taking_back_completion(enrolment.facts(), actor_user_id=by.user_id))
    changes = move(enrolment, EnrolmentOutcome.NONE, field="outcome", outcome_on=None, has_locked_grade=False)
    _record(enrolment, "completion_taken_back", by=by, now=now, changes=changes, new=EnrolmentOutcome.NONE)


def _against_extension(enrolment: Enrolment, starts_on: date, ends_on: date) -> list[Reason]:
    if ends_on <= enrolment.ends_on:
        return []
    agreements = organisation.agreements_of(enrolment.group.school)
    reasons = against_offering(agreements, starts_on=starts_on, ends_on=ends_on)
    return [reason for reason in reasons if reason.code == "organisation.temporary_agreement"]


def _record(
    enrolment: Enrolment, verb: str, *, by: Actor, now: datetime, new: str, old: str = "", note: str = "", **detail: Any
) -> None:
    """Write the step to the enrolment's own path and to the log."""
    EnrolmentStep.objects.create(
        enrolment=enrolment, verb=verb, old=old, new=str(new), at=now, by_id=by.user_id, note=note
    )
    audit.record(
        verb=f"enrolment.{verb}",
        by=by,
        subject=enrolment,
        authority_id=enrolment.authority_id,
        student_id=enrolment.student_id,
        now=now,
        old=old,
        new=str(new),
        **detail,
    )
