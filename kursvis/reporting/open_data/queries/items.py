"""Reading what is open data: course starts that are or were in the public catalogue, their courses and schools.

When something was last changed, the log tells: there is a line for every step. A cancelled start stays, marked; one
that was hidden or taken back is told as removed to who asks what has changed.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import DateTimeField, Exists, Max, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, NationalCourse, RegisterEdition
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.organisation.models import School

SINCE_EVER = datetime(2020, 1, 1, tzinfo=UTC)
"""When something was changed that no step of the log has touched: before Kursvis."""
CHUNK = 500
_START = "catalogue.coursestart"
_SHOWN = Q(status=CourseStartStatus.PUBLISHED.value)
_CANCELLED = Q(status=CourseStartStatus.CANCELLED.value, was_published=True)
_REMOVED = Q(was_published=True) & ~_SHOWN & ~_CANCELLED


def _latest(subject: str, key: str) -> Subquery:
    events = Event.objects.filter(subject=subject, subject_id=OuterRef(key)).order_by("-id")
    return Subquery(events.values("at")[:1], output_field=DateTimeField())


def edition_at() -> datetime:
    """Return when the register of national courses was last changed."""
    return RegisterEdition.objects.aggregate(at=Max("loaded_at"))["at"] or SINCE_EVER


def _edited(*latest: Subquery) -> Greatest:
    return Greatest(*latest, Value(SINCE_EVER, DateTimeField()), output_field=DateTimeField())


def _starts(*, today: date, forms: Collection[str] = ()) -> "QuerySet[CourseStart]":
    """Return the starts that have not ended, with `was_published`: once shown in the public catalogue."""
    published = Event.objects.filter(subject=_START, subject_id=OuterRef("pk"), verb="course_start.published")
    rows = CourseStart.objects.filter(ends_on__gte=today).annotate(was_published=Exists(published))
    return rows.filter(course__school_form__in=forms) if forms else rows


def course_starts(*, today: date, removed_too: bool = False, forms: Collection[str] = ()) -> "QuerySet[CourseStart]":
    """Return the published and the cancelled course starts (`edited`: when last), in an order that stays.

    `edited` counts what a start's document tells of its round and school too. A new edition of the national register
    changes the courses, not each of their starts.
    """
    wanted = _SHOWN | _CANCELLED | _REMOVED if removed_too else _SHOWN | _CANCELLED
    rows = _starts(today=today, forms=forms).filter(wanted)
    rows = rows.select_related("authority", "school__provider", "school__authority", "course", "round__period")
    edited = _edited(
        _latest(_START, "pk"),
        _latest("catalogue.round", "round_id"),
        _latest("catalogue.period", "round__period_id"),
        _latest("organisation.school", "school_id"),
        _latest("organisation.provider", "school__provider_id"),
        _latest("organisation.authority", "authority_id"),
        _latest("catalogue.nationalcourse", "course_id"),
    )
    return rows.annotate(edited=edited).order_by("pk")


def is_removed(row: Model) -> bool:
    """Say whether an item is only told as removed."""
    if isinstance(row, CourseStart):
        return row.status not in (CourseStartStatus.PUBLISHED.value, CourseStartStatus.CANCELLED.value)
    return not row.is_shown  # type: ignore[attr-defined]


def _with_starts(
    rows: "QuerySet[Any]", key: str, *, today: date, removed_too: bool, forms: Collection[str]
) -> "QuerySet[Any]":
    """Keep the rows that something in the open data belongs to, and say when that was last shown or changed."""
    starts = _starts(today=today, forms=forms).filter(**{key: OuterRef("pk")})
    shown = Exists(starts.filter(_SHOWN | _CANCELLED))
    step = Event.objects.filter(subject=_START, subject_id=OuterRef("pk")).order_by("-id").values("at")[:1]
    latest = starts.filter(_SHOWN | Q(was_published=True)).annotate(step=Subquery(step)).order_by()
    latest = latest.values(key).annotate(last=Max("step")).values("last")
    found = rows.annotate(is_shown=shown, last_step=Subquery(latest, output_field=DateTimeField()))
    told = Q(is_shown=True) | ~Q(last_step=None) if removed_too else Q(is_shown=True)
    kept: QuerySet[Any] = found.filter(told)
    return kept


def courses(*, today: date, removed_too: bool = False, forms: Collection[str] = ()) -> "QuerySet[NationalCourse]":
    """Return the courses of the starts. They change with the register's editions and with what is offered."""
    rows = _with_starts(NationalCourse.objects.all(), "course", today=today, removed_too=removed_too, forms=forms)
    edited = Greatest(
        Coalesce("last_step", Value(SINCE_EVER, DateTimeField())),
        _latest("catalogue.nationalcourse", "pk"),
        Value(edition_at(), DateTimeField()),
        output_field=DateTimeField(),
    )
    found: QuerySet[NationalCourse] = rows.annotate(edited=edited).prefetch_related("prerequisites__required")
    return found.order_by("pk")


def schools(*, today: date, removed_too: bool = False, forms: Collection[str] = ()) -> "QuerySet[School]":
    """Return the schools of the starts, with their municipality."""
    rows = _with_starts(School.objects.all(), "school", today=today, removed_too=removed_too, forms=forms)
    edited = _edited(
        _latest("organisation.school", "pk"),
        _latest("organisation.provider", "provider_id"),
        _latest("organisation.authority", "authority_id"),
        Subquery(rows.filter(pk=OuterRef("pk")).values("last_step")[:1], output_field=DateTimeField()),
    )
    found: QuerySet[School] = rows.annotate(edited=edited).select_related("authority", "provider")
    return found.order_by("pk")


def in_chunks(rows: "QuerySet[Any]", size: int = CHUNK) -> Iterator[Any]:
    """Return the rows one by one, never more than a chunk of them in memory. What is prefetched, each chunk asks."""
    return rows.iterator(chunk_size=size)
