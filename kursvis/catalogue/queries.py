"""Reading the offer: staff read what their units have, everybody reads what is published."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart, NationalCourse, Period, Prerequisite, Round
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.register import against_offering
from kursvis.core.models import as_sort_key
from kursvis.organisation.models import Authority, School

MOST_COURSES_SHOWN = 100


@dataclass(frozen=True)
class Narrowing:
    """What a list of course starts is narrowed to; None and "" narrow nothing."""

    text: str = ""
    status: str = ""
    level: str = ""
    study_form: str = ""
    authority: UUID | None = None
    school: UUID | None = None
    round: UUID | None = None
    starts_on: date | None = None
    ended_too: bool = False
    starts_from: date | None = None
    sent_back: str = ""

    def without_status(self) -> "Narrowing":
        """Return the same without the state, to count what stands in each."""
        return replace(self, status="")

    @property
    def narrows(self) -> bool:
        """Say whether anything is narrowed."""
        return self != Narrowing()

    def public(self) -> "Narrowing":
        """Return what the open catalogue narrows by."""
        return replace(self, status="", round=None, starts_from=None, sent_back="")


def _starts() -> "QuerySet[CourseStart]":
    return CourseStart.objects.select_related("authority", "school", "course", "round__period")


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
    }
    rows = rows.filter(_SENT_BACK.get(to.sent_back, Q()))
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


def rounds_of(rows: "QuerySet[CourseStart]") -> "QuerySet[Round]":
    """Return the rounds that have something among the rows, latest start first."""
    rounds = Round.objects.filter(pk__in=rows.order_by().values("round_id"))
    return rounds.select_related("period").order_by("-starts_on", "period__name")


def start_days_of(rows: "QuerySet[CourseStart]") -> list[date]:
    """Return the days on which something among the rows starts."""
    return list(rows.order_by("starts_on").values_list("starts_on", flat=True).distinct())


def levels_of(rows: "QuerySet[CourseStart]") -> list[str]:
    """Return the levels of the courses among the rows."""
    return list(rows.order_by("course__level").values_list("course__level", flat=True).distinct())


def get_course(uuid: UUID) -> NationalCourse:
    """Return a course of the register, or 404."""
    return get_object_or_404(NationalCourse, uuid=uuid)


def advice_before(course: NationalCourse) -> list[list[str]]:
    """Return what the course builds on, as advice: alternatives, each of which is met as a whole."""
    alternatives: dict[int, list[str]] = {}
    rows = Prerequisite.objects.filter(course=course).select_related("required").order_by("alternative", "pk")
    for row in rows:
        alternatives.setdefault(row.alternative, []).append(str(row.required) if row.required else row.note)
    return list(alternatives.values())


def rounds_readable_by(actor: Actor) -> "QuerySet[Period]":
    """Return the periods of the authorities where the actor works, newest first, with their rounds."""
    seen = Permission.SEE_OFFER
    of_schools = School.objects.filter(pk__in=actor.schools(seen)).values("authority_id")
    periods = Period.objects.filter(Q(authority_id__in=actor.authorities(seen)) | Q(authority_id__in=of_schools))
    return periods.select_related("authority").prefetch_related("rounds").order_by("-opens_on", "name")


def period_for(actor: Actor, uuid: UUID) -> Period:
    """Return a period that the actor may read, or 404."""
    return get_object_or_404(rounds_readable_by(actor), uuid=uuid)


def rounds_to_offer_in(schools: "QuerySet[School]", *, today: date) -> "QuerySet[Round]":
    """Return the rounds, not started yet, that these schools may offer courses in."""
    rounds = Round.objects.filter(
        period__authority_id__in=schools.order_by().values("authority_id"), starts_on__gt=today
    )
    return rounds.select_related("period__authority").order_by("starts_on", "period__name")


def courses_to_offer(text: str, *, today: date) -> list[NationalCourse]:
    """Return the courses that may be offered and whose name, code or subject has every word of the text, by name."""
    rows = NationalCourse.objects.filter(
        Q(cancelled_from__isnull=True) | Q(cancelled_from__gt=today),
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        searchable=True,
    )
    for word in text.split():
        rows = rows.filter(search_key__contains=as_sort_key(word))
    found = rows.order_by("name_key", "code")[:MOST_COURSES_SHOWN]
    return [course for course in found if not _never_from(course, today)]


def _never_from(course: NationalCourse, today: date) -> bool:
    first = max(today, course.valid_from or today)
    return bool(against_offering(course.facts(), starts_on=first, ends_on=first))
