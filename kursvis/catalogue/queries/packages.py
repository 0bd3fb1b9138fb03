"""Reading packages, and what the schools offer of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import (
    CourseStart,
    NationalCourse,
    Package,
    PackageCourse,
    PackageStart,
    PackageStartCourse,
)
from kursvis.catalogue.rules import packages as rules
from kursvis.catalogue.rules import register
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.packages import PartStart, Places, Totals
from kursvis.core.reasons import Reason
from kursvis.organisation.models import Authority, School

_IN_ORDER = Prefetch("courses", PackageCourse.objects.select_related("course").order_by("position"))
_STARTS = Prefetch(
    "courses",
    PackageStartCourse.objects.select_related("course_start__course", "course_start__round__period").order_by(
        "position"
    ),
)
_CANCELLED, _PUBLISHED = CourseStartStatus.CANCELLED.value, CourseStartStatus.PUBLISHED.value


@dataclass(frozen=True)
class Place:
    """One place of a package as its page shows it: a course, or those that stand for each other."""

    number: int
    courses: tuple[NationalCourse, ...]


def _authorities_of(actor: Actor) -> Q:
    """Match the national packages and those of the municipalities where the actor sees the offer."""
    seen = Permission.SEE_OFFER
    of_schools = School.objects.filter(pk__in=actor.schools(seen)).values("authority_id")
    own = Q(authority_id__in=actor.authorities(seen)) | Q(authority_id__in=of_schools)
    return Q(authority=None) | own


def packages_readable_by(actor: Actor, *, today: date, ended_too: bool = False) -> "QuerySet[Package]":
    """Return the packages that the actor may read, her municipality's own first, with their courses in order."""
    rows = Package.objects.filter(_authorities_of(actor)).select_related("authority").prefetch_related(_IN_ORDER)
    if not ended_too:
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=today))
    return rows.annotate(used=Count("starts", distinct=True)).order_by("authority_id", "name_key", "code")


def get_for(actor: Actor, uuid: UUID) -> Package:
    """Return a package that the actor may read, or 404."""
    rows = Package.objects.filter(_authorities_of(actor)).select_related("authority").prefetch_related(_IN_ORDER)
    return get_object_or_404(rows, uuid=uuid)


def places_of(package: Package) -> Places:
    """Return the places of a package, by the codes of its courses."""
    return rules.places_of([(row.course.code, row.alternative) for row in package.courses.all()])


def shown_places(package: Package) -> list[Place]:
    """Return the places of a package with their courses."""
    by_code = {row.course.code: row.course for row in package.courses.all()}
    return [
        Place(number, tuple(by_code[code] for code in codes))
        for number, codes in enumerate(places_of(package), start=1)
    ]


def totals_of(package: Package) -> Totals:
    """Return the points of a package; what its source says where its courses are not known."""
    if not package.courses.all() and package.points:
        return Totals(package.points, package.points)
    return rules.totals([[course.points or 0 for course in place.courses] for place in shown_places(package)])


def is_taken(code: str, authority: Authority) -> bool:
    """Say whether a national package, or one of the municipality's own, has the code."""
    return Package.objects.filter(Q(authority=None) | Q(authority=authority), code__iexact=code).exists()


def against_putting_in(course: NationalCourse, today: date) -> list[Reason]:
    """Return why a course has no place in a package: it is never offered, or begins no more."""
    first = max(today, course.valid_from or today)
    return register.against_offering(course.facts(), starts_on=first, ends_on=first)


def package_starts_readable_by(actor: Actor) -> "QuerySet[PackageStart]":
    """Return what the units where the actor sees the offer offer of packages, by name."""
    seen = Permission.SEE_OFFER
    rows = _package_starts().filter(Q(authority_id__in=actor.authorities(seen)) | Q(school_id__in=actor.schools(seen)))
    return rows.order_by("package__name_key", "school__name_key", "pk")


def get_start_for(actor: Actor, uuid: UUID) -> PackageStart:
    """Return a package that a school offers and that the actor may read, or 404."""
    return get_object_or_404(package_starts_readable_by(actor), uuid=uuid)


def _package_starts() -> "QuerySet[PackageStart]":
    rows = PackageStart.objects.select_related("authority", "school", "package")
    return rows.prefetch_related(_STARTS, Prefetch("package__courses", _IN_ORDER.queryset))


def starts_in(package_start: PackageStart) -> list[CourseStart]:
    """Return the course starts of a package that a school offers, in order."""
    return [row.course_start for row in package_start.courses.all()]


def part(start: CourseStart) -> PartStart:
    """Return what the rules of packages need to know of a course start."""
    return PartStart(
        code=start.course.code,
        school_id=start.school_id,
        starts_on=start.starts_on,
        ends_on=start.ends_on,
        points=start.points,
        is_cancelled=start.status == _CANCELLED,
    )


def starts_to_choose(package: Package, schools: "QuerySet[School]", *, today: date) -> dict[str, list[CourseStart]]:
    """Return, by course, the starts of these schools that may go in the package: not ended, not cancelled."""
    codes = {code for codes in places_of(package) for code in codes}
    rows = CourseStart.objects.filter(
        school__in=schools, course__code__in=codes, course__in=package.courses.values("course"), ends_on__gte=today
    ).exclude(status=_CANCELLED)
    found: dict[str, list[CourseStart]] = {code: [] for code in codes}
    for start in rows.select_related("course", "school").order_by("starts_on", "pk"):
        found[start.course.code].append(start)
    return found


def published_package_starts(*, today: date) -> "QuerySet[PackageStart]":
    """Return the packages that the public sees: every course start of them is published, and none has begun."""
    its = PackageStartCourse.objects.filter(package_start=OuterRef("pk"))
    shown = Q(course_start__status=_PUBLISHED, course_start__starts_on__gt=today)
    return _package_starts().filter(Exists(its), ~Exists(its.exclude(shown))).order_by("package__name_key", "pk")


def package_start_for(uuid: UUID) -> PackageStart:
    """Return a package that a school offers to all, also when it has begun; 404 unless all of it is published."""
    its = PackageStartCourse.objects.filter(package_start=OuterRef("pk"))
    rows = _package_starts().filter(Exists(its), ~Exists(its.exclude(course_start__status=_PUBLISHED)))
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def packages_with(starts: Iterable[CourseStart], *, today: date) -> "QuerySet[PackageStart]":
    """Return the published packages that any of the course starts is a part of."""
    return published_package_starts(today=today).filter(courses__course_start__in=list(starts)).distinct()


def schools_that_offer(package: Package, schools: "QuerySet[School]") -> "QuerySet[School]":
    """Return those of the schools that may offer the package: a municipality's own is offered by its schools alone."""
    return schools if package.authority_id is None else schools.filter(authority_id=package.authority_id)
