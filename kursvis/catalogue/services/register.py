"""Loading the national register, as often as wanted: what left the files is ended, not deleted."""

import csv
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import NationalCourse, Prerequisite
from kursvis.catalogue.rules.register import CourseStatus, is_searchable, part_of
from kursvis.core.time import swedish_date

_DATA = Path(__file__).resolve().parents[1] / "data"
COURSES = _DATA / "courses.csv"
PREREQUISITES = _DATA / "prerequisites.csv"
_DATES = ("valid_from", "valid_to", "cancelled_from")
_NAMES = ("name", "level", "level_name", "subject_code", "subject_name")
_TEXTS = (*_NAMES, "school_form", "curriculum", "kind", "status", "alias_of", "source")
_FIELDS = (*_TEXTS, *_DATES, "points", "searchable")
_ONE_LOAD_AT_A_TIME = 7_102_001
"""The key of the lock; any number that no other lock has."""


@dataclass(frozen=True)
class LoadResult:
    """What a load did: numbers of courses, and whether the prerequisites were written anew."""

    added: int
    changed: int
    unchanged: int
    ended: int
    prerequisites_rewritten: bool


@transaction.atomic
def load_register(
    *, by: Actor, now: datetime, courses_path: Path = COURSES, prerequisites_path: Path = PREREQUISITES
) -> LoadResult:
    """Make the register say what the files say, in one transaction, and log it once.

    Courses that are no longer in the file are kept, since grades point at them: they expire and leave every picker.
    Raises ValueError, and changes nothing, when a file names a course twice or one that is not there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOAD_AT_A_TIME])
    wanted = _courses(courses_path)
    known = {course.code: course for course in NationalCourse.objects.all()}
    added = NationalCourse.objects.bulk_create(
        [NationalCourse(code=code, **fields) for code, fields in wanted.items() if code not in known], batch_size=500
    )
    changed = [course for code, course in known.items() if code in wanted and _apply(course, wanted[code])]
    ended = [course for code, course in known.items() if code not in wanted and _end(course, swedish_date(now))]
    NationalCourse.objects.bulk_update([*changed, *ended], _FIELDS, batch_size=500)
    _link_parts(wanted)
    result = LoadResult(
        added=len(added),
        changed=len(changed),
        unchanged=len(wanted) - len(added) - len(changed),
        ended=len(ended),
        prerequisites_rewritten=_write_prerequisites(prerequisites_path),
    )
    if any_course := NationalCourse.objects.order_by("pk").first():
        audit.record(verb="register.loaded", by=by, subject=any_course, authority_id=None, now=now, **vars(result))
    return result


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: unicodedata.normalize("NFC", value) for name, value in row.items()}


def _courses(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(path):
        if row["code"] in found:
            raise ValueError(f"{path.name} has {row['code']} twice")
        found[row["code"]] = (
            {name: row[name] for name in _TEXTS}
            | {name: date.fromisoformat(row[name]) if row[name] else None for name in _DATES}
            | {"points": int(row["points"]) if row["points"] else None}
            | {"searchable": is_searchable(code=row["code"], kind=row["kind"], status=row["status"])}
        )
    return found


def _apply(course: NationalCourse, fields: dict[str, Any]) -> bool:
    differing = {name: value for name, value in fields.items() if getattr(course, name) != value}
    for name, value in differing.items():
        setattr(course, name, value)
    return bool(differing)


def _end(course: NationalCourse, today: date) -> bool:
    if course.status == CourseStatus.EXPIRED and not course.searchable:
        return False
    course.status, course.searchable = CourseStatus.EXPIRED.value, False
    if course.valid_to is None or course.valid_to > today:
        course.valid_to = max(today, course.valid_from or today)
    return True


def _link_parts(wanted: Collection[str]) -> None:
    courses = {course.code: course for course in NationalCourse.objects.filter(code__in=wanted)}
    moved = []
    for code, course in courses.items():
        whole = part_of(code=code, kind=course.kind, known=wanted)
        whole_id = courses[whole].pk if whole else None
        if course.part_of_id != whole_id:
            course.part_of_id = whole_id
            moved.append(course)
    NationalCourse.objects.bulk_update(moved, ["part_of"], batch_size=500)


def _write_prerequisites(path: Path) -> bool:
    ids = dict(NationalCourse.objects.values_list("code", "pk"))
    wanted = [_prerequisite(row, ids, path) for row in _rows(path)]
    columns = ("course_id", "alternative", "required_id", "kind", "note", "source")
    stored = Prerequisite.objects.order_by("pk").values_list(*columns)
    if list(stored) == [tuple(getattr(row, column) for column in columns) for row in wanted]:
        return False
    Prerequisite.objects.all().delete()
    Prerequisite.objects.bulk_create(wanted, batch_size=500)
    return True


def _prerequisite(row: dict[str, str], ids: dict[str, int], path: Path) -> Prerequisite:
    missing = {code for code in (row["code"], row["required_code"]) if code and code not in ids}
    if missing:
        raise ValueError(f"{path.name} names {', '.join(sorted(missing))}, which the register does not have")
    return Prerequisite(
        course_id=ids[row["code"]],
        alternative=int(row["alternative"]),
        required_id=ids[row["required_code"]] if row["required_code"] else None,
        kind=row["kind"],
        note=row["note"],
        source=row["source"],
    )
