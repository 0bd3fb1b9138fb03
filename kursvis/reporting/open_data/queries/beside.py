"""What the catalogue as JSON says beside each course start: what courses build on, and packages."""

from datetime import date

from django.db.models import QuerySet

from kursvis.catalogue.models import CourseStart, PackageStart, Prerequisite
from kursvis.catalogue.queries import packages
from kursvis.catalogue.queries.agreement import with_agreement_missing
from kursvis.catalogue.queries.basket import prerequisites_of
from kursvis.reporting.open_data.queries.items import course_starts


def prior_knowledge(*, today: date) -> dict[int, list[list[Prerequisite]]]:
    """Return what each course that is offered builds on: alternatives, each of which is met as a whole."""
    return prerequisites_of(set(course_starts(today=today).order_by().values_list("course_id", flat=True)))


def starts_with_agreements(*, today: date) -> "QuerySet[CourseStart]":
    """Return the course starts, with `lacks_agreement`: nobody may apply, for the school may not offer it (R09)."""
    return with_agreement_missing(course_starts(today=today), today=today)


def package_starts(*, today: date) -> list[tuple[PackageStart, list[CourseStart]]]:
    """Return the packages that the open catalogue shows, each with its course starts in order."""
    return [(row, packages.starts_in(row)) for row in packages.published_package_starts(today=today)]
