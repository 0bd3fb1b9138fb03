"""Reading the national courses, for who offers and who applies."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from kursvis.catalogue.models import NationalCourse, Prerequisite
from kursvis.catalogue.rules.register import against_offering
from kursvis.core.models import as_sort_key

MOST_COURSES_SHOWN = 100


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
