"""The steps of a course start, from the school's draft to the public catalogue (help page R09, R12, R15, R16)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries import agreement as queries
from kursvis.catalogue.rules import completeness, late
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services.offer.entering import against_offer
from kursvis.catalogue.services.offer.notices import tell_later
from kursvis.catalogue.services.offer.row import locked_row, record
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import CHANGED_MEANWHILE, move


def against_submitting(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason against sending in. The agreement and the register are asked again: they may have changed."""
    asked = ("course", "round", "starts_on", "ends_on", "points", "seats", "study_form", "weekly_pattern", "industry")
    fields = {name: getattr(course_start, name) for name in asked}
    facts = course_start.facts()
    reasons = rules.against_submitting(facts, today=today) + completeness.against_incomplete(facts)
    return reasons + against_offer(
        school=course_start.school, fields=fields, seats_taken=course_start.seats_taken, today=today
    )


def against_submitting_now(course_start: CourseStart, *, today: date, late_reason: str = "") -> list[Reason]:
    """Return every reason against sending in today. One that comes late says why, now or once before (R13)."""
    late_without = late.against_entering(course_start.entry(), today=today) if not late_reason.strip() else []
    return against_submitting(course_start, today=today) + late_without


def against_publishing(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason against publishing: its state, its start, and the school's agreement (R09)."""
    reasons = rules.against_publishing(course_start.facts(), today=today)
    return reasons + queries.agreement_against(course_start, today=today)


def against_resuming(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason against opening for applications again: it is not stopped, or the agreement (R09)."""
    return rules.against_resuming(course_start.facts()) + queries.agreement_against(course_start, today=today)


@transaction.atomic
def submit(*, course_start: CourseStart, late_reason: str = "", by: Actor, now: datetime) -> None:
    """Send a draft to the municipality; after the period's last day with a reason, unless it came in once before (R13).

    The reason of an offer that is in time is not kept.
    """
    standing = _standing(course_start)
    refuse_if(against_submitting_now(standing, today=swedish_date(now), late_reason=late_reason))
    kept = _came_in(standing, late_reason, today=swedish_date(now))
    _step(course_start, CourseStartStatus.SUBMITTED, "submitted", by=by, now=now, status_reason="", **kept)


@transaction.atomic
def send_back(*, course_start: CourseStart, reason: str, by: Actor, now: datetime) -> None:
    """Give a submitted offer back to the school, with what should be changed."""
    refuse_if(rules.against_sending_back(course_start.facts()) + _reason_missing(reason))
    _step(course_start, CourseStartStatus.DRAFT, "sent_back", by=by, now=now, status_reason=reason)


@transaction.atomic
def publish(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Show the offer in the public catalogue: a submitted one, or again one that was hidden.

    One that came in late is accepted by that, which the log tells as a decision of its own (R13).
    """
    standing = _standing(course_start)
    refuse_if(against_publishing(standing, today=swedish_date(now)))
    if standing.status == CourseStartStatus.SUBMITTED and (days := standing.days_late):
        record("late_accepted", standing, by=by, now=now, days=days, late_reason=standing.late_reason)
    _step(course_start, CourseStartStatus.PUBLISHED, "published", by=by, now=now, status_reason="")
    tell_later(course_start)


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
    refuse_if(rules.against_cancelling(locked_row(course_start.pk).facts()) + _reason_missing(reason))
    _step(course_start, CourseStartStatus.CANCELLED, "cancelled", by=by, now=now, status_reason=reason)


@transaction.atomic
def stop_applications(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Stop applications by hand before the last application day; the offer stays in the catalogue."""
    refuse_if(rules.against_stopping(locked_row(course_start.pk).facts()))
    _switch(course_start, stopped=True)
    record("stopped", course_start, by=by, now=now)


@transaction.atomic
def resume_applications(*, course_start: CourseStart, by: Actor, now: datetime) -> None:
    """Open for applications again after a stop by hand."""
    refuse_if(against_resuming(course_start, today=swedish_date(now)))
    _switch(course_start, stopped=False)
    record("resumed", course_start, by=by, now=now)


def _came_in(course_start: CourseStart, late_reason: str, *, today: date) -> dict[str, Any]:
    """Return the day that a draft counts as come in, and why it came late; in time, no reason is kept."""
    reason = late_reason.strip() or course_start.late_reason
    is_late = late.days_late(course_start.entry(), today=today)
    return {"submitted_on": course_start.submitted_on or today, "late_reason": reason if is_late else ""}


def _standing(course_start: CourseStart) -> CourseStart:
    """Lock a course start and return it as it stands: what was read before may be another's old page.

    Raises `Refused` when it is no longer in the state that was read.
    """
    locked = locked_row(course_start.pk)
    refuse_if([] if locked.status == course_start.status else [Reason(CHANGED_MEANWHILE)])
    return locked


def _reason_missing(reason: str) -> list[Reason]:
    return [] if reason.strip() else [Reason("catalogue.reason_missing")]


def _switch(course_start: CourseStart, *, stopped: bool) -> None:
    switched = CourseStart.objects.filter(pk=course_start.pk, stopped=not stopped).update(stopped=stopped)
    refuse_if([] if switched else [Reason(CHANGED_MEANWHILE)])
    course_start.stopped = stopped


def _step(
    course_start: CourseStart, new: CourseStartStatus, verb: str, *, by: Actor, now: datetime, **also: Any
) -> None:
    old = course_start.status
    move(course_start, new, **also)
    record(verb, course_start, by=by, now=now, old=old, new=new, **also)
