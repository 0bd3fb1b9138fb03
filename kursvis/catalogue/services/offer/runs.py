"""Sending in and publishing many course starts in a run, and taking that back for ten minutes (help page R11, R15)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules import runs as rules
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services.offer.row import locked_row, record
from kursvis.core.reasons import refuse_if
from kursvis.core.transitions import move
from kursvis.work import services as work
from kursvis.work.models import Run

SUBMISSION = "bulk_submission"
PUBLICATION = "bulk_publication"


_OF_A_DRAFT = ("submitted_on", "late_reason", "status_reason")
"""What sending in changes besides the state."""


@transaction.atomic
def prepare_submission(*, course_starts: Iterable[CourseStart], late_reason: str = "", by: Actor, now: datetime) -> Run:
    """Make a run that sends a school's drafts to the municipality; it is looked through before anybody starts it.

    `late_reason` is said once for all that come after their period's last day (R13).
    Raises `Refused` without any, with too many, and when they are of more than one school.
    """
    rows = list(course_starts)
    schools = {row.school_id: row.school for row in rows}
    refuse_if(rules.against_run(owners=len(schools)))
    (school,) = schools.values()
    keys = [row.pk for row in rows]
    said = {"late_reason": late_reason.strip()} if late_reason.strip() else {}
    return work.create(
        kind=SUBMISSION, authority=school.authority, school=school, subject_ids=keys, said=said, by=by, now=now
    )


@transaction.atomic
def prepare_publication(*, course_starts: Iterable[CourseStart], by: Actor, now: datetime) -> Run:
    """Make a run that publishes what the schools have sent in; it is looked through before anybody starts it.

    Raises `Refused` without any, with too many, and when they are of more than one municipality.
    """
    rows = list(course_starts)
    authorities = {row.authority_id: row.authority for row in rows}
    refuse_if(rules.against_run(owners=len(authorities)))
    (authority,) = authorities.values()
    return work.create(kind=PUBLICATION, authority=authority, subject_ids=[row.pk for row in rows], by=by, now=now)


def last_event(course_start: CourseStart) -> int:
    """Return the newest event of a course start: a step that is taken back is taken back only while it is the last."""
    newest = about(course_start).last()
    return newest.pk if newest else 0


def draft_as_it_is(course_start: CourseStart) -> dict[str, str | None]:
    """Return, as a run keeps it, what sending a draft in changes besides its state."""
    kept = {name: getattr(course_start, name) for name in _OF_A_DRAFT}
    return kept | {"submitted_on": course_start.submitted_on and course_start.submitted_on.isoformat()}


@transaction.atomic
def take_back_submission(
    *, course_start: CourseStart, event_id: int, draft: Mapping[str, str | None], by: Actor, now: datetime, run_id: int
) -> None:
    """Make an offer that a run sent in the draft that it was (`draft_as_it_is`): it has not come in by that.

    Raises `Refused` when anything has happened to it since.
    """
    locked = locked_row(course_start.pk)
    refuse_if(rules.against_taking_back(locked.facts(), is_last=last_event(locked) == event_id))
    day = draft["submitted_on"]
    was: dict[str, Any] = {**draft, "submitted_on": date.fromisoformat(day) if day else None}
    changes = move(locked, CourseStartStatus.DRAFT, **was)
    record("submission_taken_back", locked, by=by, now=now, changes=changes, run=run_id)


@transaction.atomic
def take_back_publication(
    *, course_start: CourseStart, event_id: int, old: CourseStartStatus, by: Actor, now: datetime, run_id: int
) -> None:
    """Give an offer that a run published its earlier state. Raises `Refused` when anything has happened to it since."""
    locked = locked_row(course_start.pk)
    refuse_if(rules.against_taking_back(locked.facts(), is_last=last_event(locked) == event_id))
    changes = move(locked, old)
    record("publication_taken_back", locked, by=by, now=now, changes=changes, run=run_id)
