"""Kursplacering: calling a distributed applicant, and giving her a seat in a group (help page R21, R23, R27)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import rules as admission_rules
from kursvis.admissions import services as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.queries.mandate import Mandate, against_taking_in, mandate_to_place
from kursvis.audit import services as audit
from kursvis.catalogue.services import offer
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.time import swedish_date
from kursvis.letters import services as letters
from kursvis.letters.models import Letter
from kursvis.letters.rules import CallFacts
from kursvis.studies import rules
from kursvis.studies.models import Enrolment, EnrolmentStep, Group


@transaction.atomic
def call(*, choice: Choice, by: Actor, now: datetime, again: bool = False) -> Letter:
    """Make the call and put it in the post; a second one only when asked for with `again`.

    An open condition does not stop the call: the letter says that she has no right to start unless it is met (R21).
    Raises `Refused` for an applicant who is not distributed or placed, when the start has passed, and for who is not
    placed when the school's agreement has ended (R09).
    """
    locked, today = _locked(choice), swedish_date(now)
    called_on = swedish_date(locked.called_at) if locked.called_at else None
    refuse_if(
        rules.against_calling(locked.facts(), called_on=called_on, again=again, today=today, actor_user_id=by.user_id)
        + against_taking_in(locked, today=today)
    )
    letter = letters.make_call(
        student=locked.student, school=locked.course_start.school, facts=_call_facts(locked), by=by, now=now
    )
    admissions.mark_called(choice=locked, by=by, now=now)
    choice.called_at = locked.called_at
    return letter


@dataclass(frozen=True)
class StepResult:
    """What became of one chosen applicant: done, or why not."""

    choice: Choice
    reasons: tuple[Reason, ...] = ()


def call_each(*, choices: Sequence[Choice], by: Actor, now: datetime) -> list[StepResult]:
    """Call each of the applicants in a transaction of its own; one that is refused does not stop the others."""
    return [_tried(choice, lambda one: call(choice=one, by=by, now=now)) for choice in choices]


def place_each(*, choices: Sequence[Choice], group: Group, by: Actor, now: datetime) -> list[StepResult]:
    """Place each of the applicants in a group, in a transaction of its own; the seats may end on the way.

    What the placing rests on, the school's agreements and the actor's delegation, is asked for once.
    """
    mandate = mandate_to_place(group.school, by, today=swedish_date(now))
    return [
        _tried(choice, lambda one: place(choice=one, group=group, by=by, now=now, mandate=mandate))
        for choice in choices
    ]


def _tried(choice: Choice, step: Callable[[Choice], object]) -> StepResult:
    try:
        step(choice)
    except Refused as refusal:
        return StepResult(choice, refusal.reasons)
    return StepResult(choice)


@transaction.atomic
def place(*, choice: Choice, group: Group, by: Actor, now: datetime, mandate: Mandate | None = None) -> Enrolment:
    """Give an applicant a seat and a place in a group, with the group's dates; from today in one that has begun.

    The seat is taken under a lock on the course start, so of those who want the last one at once exactly one gets it;
    the others are `Refused` (catalogue.full). So is an open condition, a group of another course, and one that has
    ended, a school whose agreement has ended (R09), and an actor without a delegation to decide admission.
    Locked in this order everywhere: choice, enrolment, course start.
    """
    refuse_if(_against_group(choice, group, now=now))
    locked = _locked(choice)
    admissions.mark_placed(choice=locked, by=by, now=now, mandate=mandate)
    offer.take_seat(course_start_id=locked.course_start_id)
    enrolment = Enrolment.objects.create(
        authority_id=group.authority_id,
        student=locked.student,
        group=group,
        choice=locked,
        starts_on=rules.first_day_of(group.facts(), today=swedish_date(now)),
        ends_on=group.ends_on,
    )
    EnrolmentStep.objects.create(enrolment=enrolment, verb="placed", new=group.name, at=now, by_id=by.user_id)
    audit.record(
        verb="enrolment.placed",
        by=by,
        subject=enrolment,
        authority_id=enrolment.authority_id,
        student_id=enrolment.student_id,
        now=now,
        is_creation=True,
        group=group.name,
        starts_on=enrolment.starts_on,
        ends_on=enrolment.ends_on,
    )
    choice.status, choice.status_at = locked.status, locked.status_at
    return enrolment


def _locked(choice: Choice) -> Choice:
    rows = Choice.objects.select_for_update(of=("self",), no_key=True).select_related(
        "course_start__course",
        "course_start__school__authority",
        "course_start__round__period",
        "student",
        "application",
        "condition__required",
    )
    return rows.get(pk=choice.pk)


def _against_group(choice: Choice, group: Group, *, now: datetime) -> list[Reason]:
    start = choice.course_start
    reasons = rules.against_group_for(
        group.facts(),
        school_id=start.school_id,
        course_id=start.course_id,
        course_start_id=start.pk,
        today=swedish_date(now),
    )
    if Enrolment.objects.filter(student_id=choice.student_id, group=group).exists():
        reasons.append(Reason("studies.already_in_group"))
    return reasons


def _call_facts(choice: Choice) -> CallFacts:
    start = choice.course_start
    facts = choice.facts()
    is_open = facts.condition is admission_rules.ConditionStatus.OPEN
    required = choice.condition.required if is_open else None
    return CallFacts(
        email=choice.application.email or choice.student.email,
        course_name=start.course.name,
        course_code=start.course.code,
        points=start.points,
        starts_on=start.starts_on,
        ends_on=start.ends_on,
        study_form=start.study_form,
        place=start.place,
        weekly_pattern=start.schedule,
        condition=choice.condition.named if is_open else "",
        condition_text=choice.condition.wording if is_open else "",
        required_course=f"{required.name} ({required.code})" if required else "",
    )
