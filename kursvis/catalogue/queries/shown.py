"""A course start's own page in the open catalogue: what it says for as long as links to it live."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries import study_forms
from kursvis.catalogue.queries.basket import of_keys
from kursvis.catalogue.queries.offer import open_first, published

MOST_OTHERS = 50


def find_shown(uuid: UUID) -> CourseStart | None:
    """Return a course start that anybody may be told of: published, or published once and cancelled; else None."""
    return of_keys([uuid]).first()


def others_of(course_start: CourseStart, *, today: date) -> list[CourseStart]:
    """Return the other starts of the same course to come, at any school; what can be applied for first."""
    rows = open_first(published(today=today), today=today).filter(course=course_start.course_id)
    found = list(rows.exclude(pk=course_start.pk)[:MOST_OTHERS])
    if found:
        study_forms.name_study_forms(found)
    return found


def published_pages(*, today: date) -> "QuerySet[CourseStart, tuple[UUID, datetime | None]]":
    """Return the page of each published course start to come, with when a step last changed it, as the log tells.

    A start that no step in the log has touched has no such time: better none than a wrong one.
    """
    steps = Event.objects.filter(subject=CourseStart._meta.label_lower, subject_id=OuterRef("pk")).order_by("-id")
    rows = published(today=today).select_related(None).order_by("pk")
    return rows.annotate(changed_at=Subquery(steps.values("at")[:1])).values_list("uuid", "changed_at")
