"""Applying an edition of the national register, as often as wanted: what left the files is ended, not deleted."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import (
    Correspondence,
    NationalCourse,
    Package,
    PackageCourse,
    Prerequisite,
    RegisterEdition,
)
from kursvis.catalogue.queries import edition as queries
from kursvis.catalogue.queries.courses import national_courses
from kursvis.catalogue.queries.edition import SHIPPED, Files
from kursvis.catalogue.rules import edition as rules
from kursvis.catalogue.rules.edition import Comparison, Edition, Line, PackageChange
from kursvis.catalogue.rules.register import part_of
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date

_ONE_LOAD_AT_A_TIME = 7_102_001
"""The key of the lock; any number that no other lock has."""
_BATCH = 500


@transaction.atomic
def load_register(*, by: Actor, now: datetime, files: Files = SHIPPED) -> Comparison:
    """Make the register say what the files say, in one transaction, and return what was different.

    Courses that are no longer in the file are kept, since grades point at them: they expire and leave every picker.
    Raises ValueError, and changes nothing, when a file names a course twice or one that is not there.
    """
    _lock()
    edition = queries.read_edition(files)
    comparison = queries.compared(edition, today=swedish_date(now))
    _apply(edition, comparison, by=by, now=now)
    return comparison


@transaction.atomic
def apply_edition(*, shown: str, based_on: str, by: Actor, now: datetime, files: Files = SHIPPED) -> Comparison:
    """Apply the edition that somebody was shown, by its digest, to the one that it was compared with.

    Raises `Refused` when the files have changed since, another edition has been applied, or nothing is different.
    """
    _lock()
    edition, in_force = queries.read_edition(files), queries.in_force()
    based_on_now = in_force.digest if in_force else ""
    refuse_if(
        rules.against_applying_edition(shown=shown, files=edition.digest, based_on=based_on, in_force=based_on_now)
    )
    comparison = queries.compared(edition, today=swedish_date(now))
    refuse_if(rules.against_applying_nothing(comparison))
    _apply(edition, comparison, by=by, now=now)
    return comparison


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOAD_AT_A_TIME])


def _apply(edition: Edition, comparison: Comparison, *, by: Actor, now: datetime) -> None:
    codes = [change.code for change in comparison.added]
    NationalCourse.objects.bulk_create(
        [NationalCourse(code=code, **edition.courses[code]) for code in codes], batch_size=_BATCH
    )
    _write_changes(comparison)
    _link_parts(edition.courses)
    _write_prerequisites(edition, [change.code for change in comparison.prerequisites])
    _write_correspondences(edition, [change.code for change in comparison.correspondences])
    _write_packages(comparison.packages, today=swedish_date(now))
    counts: dict[str, Any] = {
        "added": len(comparison.added),
        "changed": len(comparison.changed),
        "ended": len(comparison.ended),
        "prerequisites": len(comparison.prerequisites),
        "correspondences": len(comparison.correspondences),
        "packages": len(comparison.packages),
    }
    row = RegisterEdition.objects.create(
        loaded_at=now, loaded_by=by.name, digest=edition.digest, courses=len(edition.courses), **counts
    )
    audit.record(
        verb="register.loaded", by=by, subject=row, authority_id=None, now=now, digest=edition.digest, **counts
    )


def _write_changes(comparison: Comparison) -> None:
    """Write the fields that differ, for one statement for all courses where the same fields do."""
    changes = {change.code: change.fields for change in (*comparison.changed, *comparison.ended)}
    together: dict[tuple[str, ...], list[NationalCourse]] = defaultdict(list)
    for course in national_courses().filter(code__in=changes):
        for part in changes[course.code]:
            setattr(course, part.field, part.new)
        together[tuple(part.field for part in changes[course.code])].append(course)
    for fields, courses in together.items():
        NationalCourse.objects.bulk_update(courses, fields, batch_size=_BATCH)


def _link_parts(wanted: Collection[str]) -> None:
    courses = {course.code: course for course in national_courses().filter(code__in=wanted)}
    moved = []
    for code, course in courses.items():
        whole = part_of(code=code, kind=course.kind, known=wanted)
        whole_id = courses[whole].pk if whole else None
        if course.part_of_id != whole_id:
            course.part_of_id = whole_id
            moved.append(course)
    NationalCourse.objects.bulk_update(moved, ["part_of"], batch_size=_BATCH)


def _write_prerequisites(edition: Edition, codes: Collection[str]) -> None:
    ids = _ids()
    Prerequisite.objects.filter(course_id__in=[ids[code] for code in codes]).delete()
    lines = [(code, line) for code in codes for line in edition.prerequisites.get(code, ())]
    Prerequisite.objects.bulk_create([_prerequisite(code, line, ids) for code, line in lines], batch_size=_BATCH)


def _write_correspondences(edition: Edition, codes: Collection[str]) -> None:
    ids = _ids()
    Correspondence.objects.filter(course_id__in=[ids[code] for code in codes]).delete()
    pairs = [(code, *edition.correspondences[code]) for code in codes if code in edition.correspondences]
    Correspondence.objects.bulk_create(
        [Correspondence(course_id=ids[code], level_id=ids[level], source=source) for code, level, source in pairs],
        batch_size=_BATCH,
    )


def _write_packages(changes: Iterable[PackageChange], *, today: date) -> None:
    """Write the packages that differ; one that left the files is ended, since offers may point at it."""
    ids = _ids()
    for change in changes:
        if change.new is None:
            Package.objects.filter(authority=None, code=change.code).update(ended_on=today)
            continue
        line = change.new
        fields = {name: getattr(line, name) for name in ("name", "programme", "description", "points", "source")}
        package, _is_new = Package.objects.update_or_create(
            authority=None, code=change.code, defaults={**fields, "ended_on": None}
        )
        package.courses.all().delete()
        PackageCourse.objects.bulk_create(
            PackageCourse(package=package, position=place, course_id=ids[code], alternative=alternative)
            for place, (code, alternative) in enumerate(line.courses, start=1)
        )


def _ids() -> dict[str, int]:
    return dict(national_courses().values_list("code", "pk"))


def _prerequisite(code: str, line: Line, ids: dict[str, int]) -> Prerequisite:
    alternative, required, kind, note, source = line
    return Prerequisite(
        course_id=ids[code],
        alternative=alternative,
        required_id=ids[required] if required else None,
        kind=kind,
        note=note,
        source=source,
    )
