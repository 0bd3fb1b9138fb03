"""Changes that applicants are told of (R16): kept with the course start; admissions, which knows them, tells.

What is changed in a draft waits until it is published again. The job may be asked for twice: who tells locks the
changes and marks them in the transaction that puts the messages in the outbox.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.models import CourseStart, CourseStartChange
from kursvis.catalogue.rules.editing import SHOWN
from kursvis.catalogue.services.offer.row import record
from kursvis.core.jobs import enqueue


def note_change(course_start: CourseStart, said: Mapping[str, tuple[str, str]], *, now: datetime) -> None:
    """Keep what those who have applied are to be told, in the transaction of the step that changes it."""
    if said:
        changes = {field: [str(old), str(new)] for field, (old, new) in said.items()}
        CourseStartChange.objects.create(course_start=course_start, at=now, changes=changes)
        tell_later(course_start)


def tell_later(course_start: CourseStart) -> None:
    """Put the job that tells of a shown course start's changes in the queue, with the commit of this transaction."""
    waits = CourseStartChange.objects.filter(course_start_id=course_start.pk, told_at=None)
    if course_start.status in SHOWN and waits.exists():
        enqueue("admissions.tell_changes", course_start_id=course_start.pk)


@transaction.atomic
def lock_untold(*, course_start_id: int) -> list[CourseStartChange]:
    """Lock and return the changes of a shown course start that nobody has been told of, first one first."""
    shown = [status.value for status in SHOWN]
    rows = CourseStartChange.objects.select_for_update(of=("self",)).select_related("course_start")
    return list(
        rows.filter(course_start_id=course_start_id, course_start__status__in=shown, told_at=None).order_by("pk")
    )


@transaction.atomic
def mark_told(*, changes: Sequence[CourseStartChange], told: int, now: datetime) -> None:
    """Mark changes that so many applicants have been told of."""
    CourseStartChange.objects.filter(pk__in=[change.pk for change in changes]).update(told_at=now, told=told)
    record("change_told", changes[0].course_start, by=SYSTEM, now=now, told=told)
