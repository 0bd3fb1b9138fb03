"""A course start, step by step: from the school's draft to the public catalogue (help page R09, R11, R12, R15, R16).

Every step: rule, compare-and-set, audit event, in one transaction. All raise `Refused`, and then nothing was changed.
"""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import CourseStart, NationalCourse, Round
from kursvis.catalogue.queries import agreement as queries
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules import register
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.weekly_pattern import Pattern, against_pattern, written
from kursvis.catalogue.services.rounds import lock_round
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import CHANGED_MEANWHILE, move
from kursvis.organisation.models import RegisterEntry, School


class Offer(TypedDict):
    """What the school enters about a course start."""

    course: NationalCourse
    round: Round
    ends_on: date
    points: int
    seats: int
    study_form: StudyForm
    place: str
    description: str
    weekly_pattern: Pattern
    schedule_note: str
    industry: NotRequired[RegisterEntry | None]


@transaction.atomic
def create_course_start(*, school: School, by: Actor, now: datetime, **offer: Unpack[Offer]) -> CourseStart:
    """Enter a draft that starts when its round does.

    Raises `Refused` when the school has no agreement for those dates (R09), a temporary one that ends too early
    (R12), or the course is not offered to anybody (R17).
    """
    fields = _fields(offer)
    refuse_if(_against_offer(school=school, fields=fields, seats_taken=0, today=swedish_date(now)))
    course_start = CourseStart.objects.create(authority_id=school.authority_id, school=school, **fields)
    _record("created", course_start, by=by, now=now, **_logged(fields))
    return course_start


@transaction.atomic
def edit_course_start(*, course_start: CourseStart, by: Actor, now: datetime, **offer: Unpack[Offer]) -> None:
    """Change a draft. Course and round stay when somebody has applied. Raises `Refused` as creating does."""
    locked = _locked(course_start.pk)
    fields = _fields(offer)
    reasons = rules.against_editing(locked.facts())
    if (offer["course"].pk, offer["round"].pk) != (locked.course_id, locked.round_id):
        reasons += rules.against_another_course_or_round(locked.facts())
    today = swedish_date(now)
    refuse_if(
        reasons + _against_offer(school=locked.school, fields=fields, seats_taken=locked.seats_taken, today=today)
    )
    changed = {name: value for name, value in fields.items() if getattr(locked, name) != value}
    CourseStart.objects.filter(pk=locked.pk).update(**fields)
    for name, value in fields.items():
        setattr(course_start, name, value)
    _record("edited", course_start, by=by, now=now, **_logged(changed))


def _fields(offer: Offer) -> dict[str, Any]:
    round_ = lock_round(offer["round"])
    study_form = StudyForm(offer["study_form"]).value
    return {**offer, "round": round_, "starts_on": round_.starts_on, "study_form": study_form}


def _against_offer(*, school: School, fields: dict[str, Any], seats_taken: int, today: date) -> list[Reason]:
    dates = {"starts_on": fields["starts_on"], "ends_on": fields["ends_on"]}
    reasons = rules.against_dates(**dates)
    reasons += queries.against_agreement(school, **dates, today=today)
    reasons += queries.against_study_form(school, StudyForm(fields["study_form"]), starts_on=fields["starts_on"])
    reasons += register.against_offering(fields["course"].facts(), **dates)
    reasons += rules.against_points(in_register=fields["course"].points, points=fields["points"])
    reasons += rules.against_seats(seats=fields["seats"], seats_taken=seats_taken)
    reasons += against_pattern(fields["weekly_pattern"])
    if fields["round"].period.authority_id != school.authority_id:
        reasons.append(Reason("catalogue.round_of_another_authority"))
    return reasons


def against_submitting(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason against sending in. The agreement and the register are asked again: they may have changed."""
    asked = ("course", "round", "starts_on", "ends_on", "points", "seats", "study_form", "weekly_pattern")
    fields = {name: getattr(course_start, name) for name in asked}
    return rules.against_submitting(course_start.facts(), today=today) + _against_offer(
        school=course_start.school, fields=fields, seats_taken=course_start.seats_taken, today=today
    )


def against_publishing(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason against publishing: its state, its start, and the school's agreement (R09)."""
    reasons = rules.against_publishing(course_start.facts(), today=today)
    return reasons + queries.agreement_against(course_start, today=today)


def against_resuming(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason against opening for applications again: it is not stopped, or the agreement (R09)."""
    return rules.against_resuming(course_start.facts()) + queries.agreement_against(course_start, today=today)


@transaction.atomic
def submit(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Send a draft to the municipality."""
    refuse_if(against_submitting(course_start, today=swedish_date(now)))
    _step(course_start, CourseStartStatus.SUBMITTED, "submitted", by=by, now=now, status_reason="")


@transaction.atomic
def send_back(*, course_start: CourseStart, reason: str, by: Actor, now: datetime) -> None:
    """Give a submitted offer back to the school, with what should be changed."""
    refuse_if(rules.against_sending_back(course_start.facts()) + _reason_missing(reason))
    _step(course_start, CourseStartStatus.DRAFT, "sent_back", by=by, now=now, status_reason=reason)


@transaction.atomic
def publish(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Show the offer in the public catalogue: a submitted one, or again one that was hidden."""
    refuse_if(against_publishing(course_start, today=swedish_date(now)))
    _step(course_start, CourseStartStatus.PUBLISHED, "published", by=by, now=now, status_reason="")


@transaction.atomic
def hide(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Take the offer out of the public catalogue; its applicants are kept (R16)."""
    refuse_if(rules.against_hiding(course_start.facts()))
    _step(course_start, CourseStartStatus.HIDDEN, "hidden", by=by, now=now)


@transaction.atomic
def withdraw(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Take an offer back for change: it waits at the municipality, which sends it back. Applicants stay."""
    refuse_if(rules.against_withdrawing(course_start.facts()))
    _step(course_start, CourseStartStatus.SUBMITTED, "withdrawn", by=by, now=now)


@transaction.atomic
def cancel(*, course_start: CourseStart, reason: str, by: Actor, now: datetime) -> None:
    """Cancel the course start for good. Who is placed is returned first, by studies."""
    refuse_if(rules.against_cancelling(_locked(course_start.pk).facts()) + _reason_missing(reason))
    _step(course_start, CourseStartStatus.CANCELLED, "cancelled", by=by, now=now, status_reason=reason)


@transaction.atomic
def stop_applications(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Stop applications by hand before the last application day; the offer stays in the catalogue."""
    refuse_if(rules.against_stopping(course_start.facts()))
    _switch(course_start, stopped=True)
    _record("stopped", course_start, by=by, now=now)


@transaction.atomic
def resume_applications(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Open for applications again after a stop by hand."""
    refuse_if(against_resuming(course_start, today=swedish_date(now)))
    _switch(course_start, stopped=False)
    _record("resumed", course_start, by=by, now=now)


@transaction.atomic
def take_seat(*, course_start_id: int) -> None:
    """Take one seat under a lock on the course start; placing calls this in its transaction and writes the event."""
    locked = _locked(course_start_id)
    refuse_if(rules.against_taking_a_seat(locked.facts()))
    CourseStart.objects.filter(pk=course_start_id).update(seats_taken=locked.seats_taken + 1)


@transaction.atomic
def free_seat(*, course_start_id: int) -> None:
    """Give a seat back when a placing ends; the caller writes the event."""
    locked = _locked(course_start_id)
    CourseStart.objects.filter(pk=course_start_id).update(seats_taken=max(locked.seats_taken - 1, 0))


@transaction.atomic
def count_applicant(*, course_start_id: int, delta: int) -> None:
    """Add to the number of applicants that the offer shows; admissions keeps it right and writes the event."""
    locked = _locked(course_start_id)
    CourseStart.objects.filter(pk=course_start_id).update(applicants=max(locked.applicants + delta, 0))


def _locked(course_start_id: int) -> CourseStart:
    rows = CourseStart.objects.select_for_update(of=("self",), no_key=True).select_related(
        "round__period", "school", "course"
    )
    return rows.get(pk=course_start_id)


def _reason_missing(reason: str) -> list[Reason]:
    return [] if reason.strip() else [Reason("catalogue.reason_missing")]


def _switch(course_start: CourseStart, *, stopped: bool) -> None:
    switched = CourseStart.objects.filter(pk=course_start.pk, stopped=not stopped).update(stopped=stopped)
    refuse_if([] if switched else [Reason(CHANGED_MEANWHILE)])
    course_start.stopped = stopped


def _step(
    course_start: CourseStart, new: CourseStartStatus, verb: str, *, by: Actor, now: datetime, **also: str
) -> None:
    old = course_start.status
    move(course_start, new, **also)
    _record(verb, course_start, by=by, now=now, old=old, new=new, **also)


def _record(verb: str, course_start: CourseStart, *, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(
        verb=f"course_start.{verb}",
        by=by,
        subject=course_start,
        authority_id=course_start.authority_id,
        now=now,
        **detail,
    )


def _logged(fields: dict[str, Any]) -> dict[str, Any]:
    logged = dict(fields)
    if "course" in fields:
        logged["course"] = fields["course"].code
    if "round" in fields:
        logged["round"] = str(fields["round"].uuid)
    if "weekly_pattern" in fields:
        logged["weekly_pattern"] = written(fields["weekly_pattern"])
    if "industry" in fields:
        logged["industry"] = fields["industry"] and fields["industry"].code
    return logged
