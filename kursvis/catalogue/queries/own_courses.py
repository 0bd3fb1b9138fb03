"""Reading what municipalities have decided for themselves: local parts and individual courses."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.queries.courses import national_courses
from kursvis.catalogue.rules import own_courses as rules
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.register import CourseKind
from kursvis.core.models import as_sort_key
from kursvis.core.reasons import Reason
from kursvis.organisation.models import Authority

_MOST_WHOLES = 30
_PART = CourseKind.LOCAL_PART.value


def own_courses_of(authority: Authority, *, today: date, ended_too: bool = False) -> "QuerySet[NationalCourse]":
    """Return the municipality's own courses by name, with what each is a part of and how many starts are to come."""
    to_come = Q(starts__starts_on__gt=today) & ~Q(starts__status=CourseStartStatus.CANCELLED.value)
    rows = NationalCourse.objects.filter(authority=authority).select_related("part_of")
    if not ended_too:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return rows.annotate(to_come=Count("starts", filter=to_come)).order_by(
        F("part_of__name_key").asc(nulls_last=True), "code"
    )


def get_for(actor: Actor, uuid: UUID) -> NationalCourse:
    """Return a course that is the own of a municipality where the actor decides on courses, or 404."""
    rows = NationalCourse.objects.filter(authority_id__in=actor.authorities(Permission.DECIDE_COURSES))
    return get_object_or_404(rows.select_related("part_of", "authority"), uuid=uuid)


def get_whole(uuid: UUID) -> NationalCourse:
    """Return a national course that may be divided, or 404."""
    return get_object_or_404(national_courses(), uuid=uuid)


def wholes_with(text: str, *, today: date) -> list[tuple[NationalCourse, list[Reason]]]:
    """Return the national courses with every word of the text, each with why it is not divided locally."""
    rows = national_courses().filter(searchable=True)
    for word in text.split():
        rows = rows.filter(search_key__contains=as_sort_key(word))
    found = list(rows.filter(cancelled_from=None).order_by("name_key", "code")[:_MOST_WHOLES])
    divided = _with_national_parts(found)
    return [(one, against_dividing(one, today=today, has_national_parts=one.pk in divided)) for one in found]


def against_dividing(whole: NationalCourse, *, today: date, has_national_parts: bool | None = None) -> list[Reason]:
    """Return why nobody may make local parts of the course."""
    if has_national_parts is None:
        has_national_parts = bool(_with_national_parts([whole]))
    return rules.against_dividing(whole.facts(), has_national_parts=has_national_parts, today=today)


def _with_national_parts(wholes: Collection[NationalCourse]) -> set[int]:
    parts = NationalCourse.objects.filter(part_of__in=wholes, kind=CourseKind.NATIONAL_PART.value)
    return set(parts.values_list("part_of_id", flat=True))


def points_of_parts(whole: NationalCourse, authority: Authority, *, today: date) -> int:
    """Return the points of the municipality's own parts of a course that have not ended."""
    parts = NationalCourse.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), part_of=whole, authority=authority)
    return parts.aggregate(points=Sum("points"))["points"] or 0


def is_taken(code: str, authority: Authority) -> bool:
    """Say whether a national course, or one of the municipality's own, has the code."""
    rows = NationalCourse.objects.filter(Q(authority=None) | Q(authority=authority))
    return rows.filter(code__iexact=code).exists()


def codes_taken(authority: Authority, *, beginning: str) -> set[str]:
    """Return the codes that begin so, of the register and of the municipality's own."""
    rows = NationalCourse.objects.filter(Q(authority=None) | Q(authority=authority), code__startswith=beginning)
    return set(rows.values_list("code", flat=True))


def suggested_code(authority: Authority, whole: NationalCourse | None = None) -> str:
    """Return a code that nobody has, for a part of the course; without one for an individual course."""
    if whole is None:
        return rules.suggested_individual_code(taken=codes_taken(authority, beginning=rules.INDIVIDUAL))
    return rules.suggested_part_code(whole.code, taken=codes_taken(authority, beginning=whole.code[:-1]))


def starts_to_come(course: NationalCourse, *, today: date) -> int:
    """Return how many course starts of the course are to come."""
    rows = CourseStart.objects.filter(course=course, starts_on__gt=today)
    return rows.exclude(status=CourseStartStatus.CANCELLED.value).count()
