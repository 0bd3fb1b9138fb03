"""What every step of a course start does with its row: lock it, and write the event."""

from datetime import datetime
from typing import Any

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import CourseStart


def locked_row(course_start_id: int) -> CourseStart:
    """Lock a course start until the transaction ends, and return it as it stands, with what its rules read."""
    rows = CourseStart.objects.select_for_update(of=("self",), no_key=True).select_related(
        "round__period", "school", "course"
    )
    return rows.get(pk=course_start_id)


def record(verb: str, course_start: CourseStart, *, by: Actor, now: datetime, **detail: Any) -> None:
    """Write a step of the course start in the log."""
    audit.record(
        verb=f"course_start.{verb}",
        by=by,
        subject=course_start,
        authority_id=course_start.authority_id,
        now=now,
        **detail,
    )
