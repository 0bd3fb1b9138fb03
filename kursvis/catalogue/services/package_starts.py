"""What a school offers of a package: course starts of its own, in the package's order."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import CourseStart, Package, PackageStart, PackageStartCourse
from kursvis.catalogue.queries import packages as queries
from kursvis.catalogue.rules import packages as rules
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import School


@transaction.atomic
def create_package_start(
    *, package: Package, school: School, starts: Sequence[CourseStart], description: str, by: Actor, now: datetime
) -> PackageStart:
    """Put a school's course starts together to a package.

    Raises `Refused` when a part is missing, dates do not follow the package's order, a start is another school's, or
    the package has ended, is another municipality's, or has no known courses.
    """
    refuse_if(_against(package, school, starts, today=swedish_date(now)))
    row = PackageStart.objects.create(
        authority_id=school.authority_id, school=school, package=package, description=description
    )
    _write(row, starts)
    _record("created", row, starts, by=by, now=now, is_creation=True, package=package.code)
    return row


@transaction.atomic
def edit_package_start(
    *, package_start: PackageStart, starts: Sequence[CourseStart], description: str, by: Actor, now: datetime
) -> None:
    """Choose other course starts, or say something else of the package. Raises `Refused` as creating does."""
    locked = (
        PackageStart.objects.select_for_update(of=("self",))
        .select_related("package", "school")
        .get(pk=package_start.pk)
    )
    refuse_if(_against(locked.package, locked.school, starts, today=swedish_date(now)))
    changes = {"description": (locked.description, description)} if locked.description != description else None
    PackageStart.objects.filter(pk=locked.pk).update(description=description)
    locked.courses.all().delete()
    _write(locked, starts)
    _record("edited", locked, starts, by=by, now=now, changes=changes)


@transaction.atomic
def remove_package_start(*, package_start: PackageStart, by: Actor, now: datetime) -> None:
    """Take a package out of the offer. Its course starts, and who has applied to them, stay as they are."""
    locked = PackageStart.objects.select_for_update(of=("self",)).get(pk=package_start.pk)
    _record("removed", locked, queries.starts_in(locked), by=by, now=now)
    locked.delete()


def _against(package: Package, school: School, starts: Sequence[CourseStart], *, today: date) -> list[Reason]:
    if package.authority_id not in (None, school.authority_id):
        return [Reason("catalogue.package_of_another_authority")]
    places = queries.places_of(package)
    return rules.against_offering(places, ended_on=package.ended_on, today=today) or rules.against_starts(
        places, [queries.part(start) for start in starts], school_id=school.pk
    )


def _write(row: PackageStart, starts: Sequence[CourseStart]) -> None:
    PackageStartCourse.objects.bulk_create(
        PackageStartCourse(package_start=row, position=position, course_start=start)
        for position, start in enumerate(starts, start=1)
    )


def _record(
    verb: str, row: PackageStart, starts: Sequence[CourseStart], *, by: Actor, now: datetime, **detail: Any
) -> None:
    audit.record(
        verb=f"package_start.{verb}",
        by=by,
        subject=row,
        authority_id=row.authority_id,
        now=now,
        courses=[f"{start.course.code} {start.starts_on}" for start in starts],
        **detail,
    )
