"""A municipality's own packages: made, described, and their courses put in order. National ones are locked."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import NationalCourse, Package, PackageCourse
from kursvis.catalogue.queries import packages as queries
from kursvis.catalogue.queries.courses import course_by_code
from kursvis.catalogue.queries.package_copies import proposal
from kursvis.catalogue.rules import own_courses
from kursvis.catalogue.rules import packages as rules
from kursvis.catalogue.rules.package_copies import places_of_copy
from kursvis.catalogue.rules.packages import Change, Places
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority


@transaction.atomic
def create_package(
    *, authority: Authority, code: str, name: str, description: str, by: Actor, now: datetime
) -> Package:
    """Make a package of the municipality's own, without courses as yet."""
    taken = queries.is_taken(code, authority)
    refuse_if([Reason("catalogue.package_code_taken", {"code": code})] if taken else [])
    refuse_if(own_courses.against_naming(code=code, name=name, taken=False))
    package = Package.objects.create(authority=authority, code=code, name=name.strip(), description=description)
    _record("created", package, by=by, now=now, is_creation=True, code=code, name=package.name)
    return package


@transaction.atomic
def copy_package(*, package: Package, authority: Authority, code: str, name: str, by: Actor, now: datetime) -> Package:
    """Make the municipality's own copy of a package, with levels in place of the courses that begin no more.

    A course without a known level is left out. Raises `Refused` when nothing would be left.
    """
    copy = proposal(package, today=swedish_date(now))
    refuse_if(copy.against())
    made = create_package(authority=authority, code=code, name=name, description=package.description, by=by, now=now)
    _write(made, places_of_copy(copy.places), added=copy.courses.values(), by=by, now=now)
    return made


@transaction.atomic
def edit_package(
    *, package: Package, name: str, description: str, ended_on: date | None, by: Actor, now: datetime
) -> None:
    """Change what a package is called and says, or from which day it is not offered."""
    locked = _locked(package)
    refuse_if(own_courses.against_naming(code=locked.code, name=name, taken=False))
    new: dict[str, Any] = {"name": name.strip(), "description": description, "ended_on": ended_on}
    changes = {
        field: (getattr(locked, field), value) for field, value in new.items() if getattr(locked, field) != value
    }
    if changes:
        Package.objects.filter(pk=locked.pk).update(**{field: value for field, (_old, value) in changes.items()})
        _record("edited", locked, by=by, now=now, changes=changes)


@transaction.atomic
def add_course(*, package: Package, code: str, by: Actor, now: datetime) -> None:
    """Put a course last in a package. Raises `Refused` for one that nobody offers, KURSPAKET among them (R33)."""
    locked = _locked(package)
    assert locked.authority_id is not None
    course = course_by_code(code, authority_id=locked.authority_id)
    if course is None:
        refuse_if([Reason("catalogue.course_unknown", {"code": code})])
        return
    places = queries.places_of(locked)
    refuse_if(rules.against_adding(places, course.code, is_offered=course.searchable))
    refuse_if(queries.against_putting_in(course, swedish_date(now)))
    _write(locked, rules.with_course(places, course.code), added=[course], by=by, now=now)


@transaction.atomic
def change_course(*, package: Package, code: str, change: Change, by: Actor, now: datetime) -> None:
    """Move a course of a package, join it to the one above as an alternative, let it stand alone, or take it out."""
    locked = _locked(package)
    places = queries.places_of(locked)
    after = rules.changed(places, code, change)
    if after != places:
        _write(locked, after, by=by, now=now)


def _locked(package: Package) -> Package:
    locked = Package.objects.select_for_update(of=("self",)).get(pk=package.pk)
    refuse_if(rules.against_changing(is_national=locked.authority_id is None))
    return locked


def _write(package: Package, places: Places, *, by: Actor, now: datetime, added: Iterable[NationalCourse] = ()) -> None:
    ids = {row.course.code: row.course_id for row in package.courses.select_related("course")}
    ids |= {course.code: course.pk for course in added}
    package.courses.all().delete()
    PackageCourse.objects.bulk_create(
        PackageCourse(package=package, position=position, course_id=ids[code], alternative=alternative)
        for position, (code, alternative) in enumerate(rules.numbered(places), start=1)
    )
    _record("courses_changed", package, by=by, now=now, courses=[" / ".join(codes) for codes in places])


def _record(verb: str, package: Package, *, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(verb=f"package.{verb}", by=by, subject=package, authority_id=package.authority_id, now=now, **detail)
