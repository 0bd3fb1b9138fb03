"""Reading the courses: the national ones, and those that a municipality has decided for itself."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.catalogue.models import Correspondence, NationalCourse, Prerequisite
from kursvis.catalogue.rules import register as rules
from kursvis.core.models import as_sort_key
from kursvis.core.reasons import Reason
from kursvis.organisation.models import School

MOST_COURSES_SHOWN = 100
_FEW = 20


def national_courses() -> "QuerySet[NationalCourse]":
    """Return the national register, without what municipalities have decided for themselves."""
    return NationalCourse.objects.filter(authority=None)


def course_by_code(code: str, *, authority_id: int) -> NationalCourse | None:
    """Return the course with this code, written in any case: the national one before the municipality's own."""
    either = Q(authority=None) | Q(authority_id=authority_id)
    found = NationalCourse.objects.filter(either, code__iexact=code.strip())
    return found.order_by(F("authority_id").desc(nulls_first=True)).first()


def courses_of(schools: "QuerySet[School]") -> "QuerySet[NationalCourse]":
    """Return the courses that these schools may use, each with what it is a part of."""
    own = Q(authority_id__in=schools.order_by().values("authority_id"))
    return NationalCourse.objects.filter(Q(authority=None) | own).select_related("part_of")


def get_course(uuid: UUID, *, schools: "QuerySet[School]") -> NationalCourse:
    """Return a course that these schools may use, or 404."""
    return get_object_or_404(courses_of(schools), uuid=uuid)


def advice_before(course: NationalCourse) -> list[list[str]]:
    """Return what the course builds on, as advice: alternatives, each of which is met as a whole."""
    alternatives: dict[int, list[str]] = {}
    rows = Prerequisite.objects.filter(course=course).select_related("required").order_by("alternative", "pk")
    for row in rows:
        alternatives.setdefault(row.alternative, []).append(str(row.required) if row.required else row.note)
    return list(alternatives.values())


def against_offering(
    course: NationalCourse, *, authority_id: int, starts_on: date, ends_on: date, points: int | None = None
) -> list[Reason]:
    """Return every reason why a municipality's schools may not offer the course with these dates and points.

    A local part follows its whole; a course that Gy25 has replaced names the level that corresponds (rules.md part 4).
    """
    if course.authority_id not in (None, authority_id):
        return [Reason("catalogue.course_of_another_authority", {"code": course.code})]
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    reasons = rules.against_offering(course.facts(), **dates)
    if course.authority_id and course.part_of:
        reasons += rules.against_offering(course.part_of.facts(), **dates)
    if points is not None:
        reasons += rules.against_orientation_points(course.facts(), points=points)
    return rules.with_level_instead(reasons, {code: str(row) for code, row in _instead_in(reasons).items()})


def _instead_in(reasons: list[Reason]) -> dict[str, NationalCourse]:
    return levels_instead([str(reason.values["code"]) for reason in reasons if reason.code == rules.CANCELLED])


def levels_instead(codes: Collection[str]) -> dict[str, NationalCourse]:
    """Return the level of Gy25 that corresponds to each of these courses of Gy11, where one is known: a proposal."""
    if not codes:
        return {}
    rows = Correspondence.objects.filter(course__authority=None, course__code__in=codes)
    return {row.course.code: row.level for row in rows.select_related("course", "level")}


def courses_to_offer(text: str, *, today: date, schools: "QuerySet[School]") -> list[NationalCourse]:
    """Return the courses that may be offered and whose name, code or subject has every word of the text, by name."""
    rows = courses_of(schools).filter(
        Q(cancelled_from__isnull=True) | Q(cancelled_from__gt=today),
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        searchable=True,
    )
    found = _with_words(rows, text).order_by("name_key", "code")[:MOST_COURSES_SHOWN]
    return [course for course in found if not _never_from(course, today)]


def replaced_courses(text: str, *, today: date) -> list[tuple[NationalCourse, NationalCourse]]:
    """Return courses of Gy11 with every word of the text that begin no more, each with the level that replaces it."""
    rows = _with_words(national_courses(), text).filter(
        cancelled_from__lte=today, searchable=True, corresponds__level__searchable=True
    )
    found = rows.select_related("corresponds__level").order_by("name_key", "code")[:_FEW]
    return [(course, course.corresponds.level) for course in found]


def _with_words(rows: "QuerySet[NationalCourse]", text: str) -> "QuerySet[NationalCourse]":
    for word in text.split():
        rows = rows.filter(search_key__contains=as_sort_key(word))
    return rows


def _never_from(course: NationalCourse, today: date) -> bool:
    first = max(today, course.valid_from or today)
    its = [course, course.part_of] if course.authority_id and course.part_of else [course]
    return any(rules.against_offering(one.facts(), starts_on=first, ends_on=first) for one in its)
