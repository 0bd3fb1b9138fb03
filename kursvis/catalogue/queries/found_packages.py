"""The packages that a search of the open catalogue shows beside the courses."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg

from kursvis.catalogue.models import CourseStart, PackageStart
from kursvis.catalogue.queries import packages
from kursvis.catalogue.queries.search import Found
from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.facets import Wanted
from kursvis.catalogue.rules.packages import weekly_points
from kursvis.catalogue.rules.search import mentions

MOST_PACKAGES = 3


@dataclass(frozen=True)
class FoundPackage:
    """A package that a school offers, with its course starts in order."""

    package_start: PackageStart
    starts: list[CourseStart]

    @property
    def points(self) -> int:
        """Return the points of its course starts together."""
        return sum(start.points for start in self.starts)

    @property
    def points_a_week(self) -> Decimal:
        """Return its points a week, from its first day to its last."""
        return pace.shown(weekly_points([packages.part(start) for start in self.starts]))


def found_packages(wanted: Wanted, found: Found, *, today: date) -> list[FoundPackage]:
    """Return the packages that the words name, then those that a course start that was found is a part of.

    Where something is narrowed, a course start of it must have been found. One query where there are none.
    """
    published = packages.published_package_starts(today=today)
    keys = {key for course in found.courses for key in course.starts}
    ranked: list[tuple[bool, int, int]] = []
    for key, name, code, starts in (
        published.prefetch_related(None)
        .order_by("package__name_key", "pk")
        .values_list("pk", "package__name", "package__code", ArrayAgg("courses__course_start_id"))
    ):
        is_named = bool(found.query.terms) and mentions(f"{name} {code}", found.query)
        if keys.intersection(starts) or is_named and not wanted.chosen:
            ranked.append((not is_named, len(ranked), key))
    shown = [key for _named, _place, key in sorted(ranked)[:MOST_PACKAGES]]
    rows = {row.pk: row for row in published.filter(pk__in=shown)} if shown else {}
    return [FoundPackage(rows[key], packages.starts_in(rows[key])) for key in shown if key in rows]
