"""Reading the offer: staff read what their units have, everybody reads what is published."""

from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.core.models import as_sort_key
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import Authority, School


def _starts() -> "QuerySet[CourseStart]":
    return CourseStart.objects.select_related("authority", "school", "course", "round__period", "industry")


def readable_by(actor: Actor) -> "QuerySet[CourseStart]":
    """Return the course starts, in every state, of the units where the actor may see the offer."""
    seen = Permission.SEE_OFFER
    return _starts().filter(Q(authority_id__in=actor.authorities(seen)) | Q(school_id__in=actor.schools(seen)))


def get_for(actor: Actor, uuid: UUID) -> CourseStart:
    """Return a course start that the actor may read, or 404."""
    return get_object_or_404(readable_by(actor), uuid=uuid)


def published(*, today: date) -> "QuerySet[CourseStart]":
    """Return what the public catalogue lists: published, and not started yet."""
    return _starts().filter(status=CourseStartStatus.PUBLISHED.value, starts_on__gt=today)


def get_published(uuid: UUID) -> CourseStart:
    """Return a published course start, also one that has started (links in letters last), or 404."""
    return get_object_or_404(_starts(), uuid=uuid, status=CourseStartStatus.PUBLISHED.value)


def open_first(rows: "QuerySet[CourseStart]", *, today: date) -> "QuerySet[CourseStart]":
    """Order what can still be applied for before what cannot; then by start and name."""
    is_closed = Q(round__apply_by__lt=today) | Q(stopped=True)
    closed = Case(When(is_closed, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(closed=closed).order_by("closed", "starts_on", "course__name_key", "pk")


_AT_A_DISTANCE = Q(study_form=StudyForm.DISTANCE.value)
INCOMPLETE = (
    Q(description__regex=r"^\s*$")
    | Q(weekly_pattern=[], schedule_note__regex=r"^\s*$")
    | ~_AT_A_DISTANCE & (Q(weekly_pattern=[]) | Q(place__regex=r"^\s*$"))
    | Q(school__phone="")
)
"""What `rules.completeness.missing` finds something in, for the database; a test holds them equal."""
_LATE = ~Q(late_reason="") & Q(submitted_on__gt=F("round__period__offer_by"))
_SENT_BACK = {"ja": ~Q(status_reason=""), "nej": Q(status_reason="")}


def narrowed(rows: "QuerySet[CourseStart]", to: Narrowing) -> "QuerySet[CourseStart]":
    """Return the rows that fit: each word of the text stands in the course's name, code or subject, or the school."""
    for word in to.text.split():
        key = as_sort_key(word)
        rows = rows.filter(Q(course__search_key__contains=key) | Q(school__name_key__contains=key))
    wanted = {
        "status": to.status,
        "course__level": to.level,
        "study_form": to.study_form,
        "authority__uuid": to.authority,
        "school__uuid": to.school,
        "round__uuid": to.round,
        "starts_on": to.starts_on,
        "starts_on__gte": to.starts_from,
        "lacks_agreement": to.lacks_agreement,
    }
    if to.course:
        rows = rows.filter(course__code=to.course).exclude(status=CourseStartStatus.CANCELLED.value)
    if to.incomplete:
        rows = rows.filter(INCOMPLETE).exclude(status=CourseStartStatus.CANCELLED.value)
    rows = rows.filter(_SENT_BACK.get(to.sent_back, Q()), _LATE if to.late else Q())
    return rows.filter(**{field: value for field, value in wanted.items() if value})


def with_ended(rows: "QuerySet[CourseStart]", to: Narrowing, *, today: date) -> "QuerySet[CourseStart]":
    """Return the rows without what has ended, unless that is asked for."""
    return rows if to.ended_too else rows.filter(ends_on__gte=today)


def counts_by_status(rows: "QuerySet[CourseStart]") -> dict[str, int]:
    """Return how many of the rows stand in each state."""
    return dict(rows.order_by().values_list("status").annotate(rows=Count("pk")))


def authorities_of(rows: "QuerySet[CourseStart]") -> "QuerySet[Authority]":
    """Return the authorities that have something among the rows, by name."""
    return Authority.objects.filter(pk__in=rows.order_by().values("authority_id")).order_by("name")


def schools_of(rows: "QuerySet[CourseStart]") -> "QuerySet[School]":
    """Return the schools that have something among the rows, by name."""
    return School.objects.filter(pk__in=rows.order_by().values("school_id")).order_by("name_key")


def schools_to_filter_by(
    rows: "QuerySet[CourseStart]", *, actor: Actor, today: date, inactive_too: bool, chosen: UUID | None
) -> "QuerySet[School]":
    """Return the schools that have something among the rows, by name.

    Those whose every agreement has ended are left out unless they are asked for, chosen or the actor's own (R09).
    """
    schools = schools_of(rows)
    if inactive_too:
        return schools
    active = organisation.schools_for_picker(actor, Permission.SEE_OFFER, today=today).order_by()
    return schools.filter(Q(pk__in=active.values("pk")) | Q(uuid=chosen))
