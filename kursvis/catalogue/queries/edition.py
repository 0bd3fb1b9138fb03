"""Reading the register's editions: the one in force, the one in the files, and their difference."""

import csv
import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.db.models import Count, Prefetch

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import Correspondence, CourseStart, Package, PackageCourse, Prerequisite, RegisterEdition
from kursvis.catalogue.queries.courses import national_courses
from kursvis.catalogue.rules import edition as rules
from kursvis.catalogue.rules.edition import Comparison, Edition, Line, PackageLine, Pair
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.register import is_searchable

_DATA = Path(__file__).resolve().parents[1] / "data"
_DATES = ("valid_from", "valid_to", "cancelled_from")
_NAMES = ("name", "level", "level_name", "subject_code", "subject_name")
_TEXTS = (*_NAMES, "school_form", "curriculum", "kind", "status", "alias_of", "source")
FIELDS = (*_TEXTS, *_DATES, "points", "searchable")


@dataclass(frozen=True)
class Files:
    """Where an edition stands: the files that come with the installed version unless told otherwise."""

    courses: Path = _DATA / "courses.csv"
    prerequisites: Path = _DATA / "prerequisites.csv"
    correspondence: Path = _DATA / "correspondence.csv"
    packages: Path = _DATA / "packages.csv"
    package_courses: Path = _DATA / "package_courses.csv"


SHIPPED = Files()


def read_edition(files: Files = SHIPPED) -> Edition:
    """Return what the files say, with their digest.

    Raises ValueError when a file names a course twice.
    """
    every = (files.courses, files.prerequisites, files.correspondence, files.packages, files.package_courses)
    parts = [path.read_bytes() for path in every]
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    courses, prerequisites, correspondence, *packages = parts
    return Edition(
        digest,
        _courses(files.courses, courses),
        _prerequisites(prerequisites),
        _correspondences(files.correspondence, correspondence),
        _packages(*packages),
    )


def in_force() -> RegisterEdition | None:
    """Return the edition that was applied last, or None before the first."""
    return RegisterEdition.objects.order_by("-pk").first()


def courses_in_force() -> dict[str, dict[str, Any]]:
    """Return the fields of every course of the national register, by code, without municipalities' own courses."""
    return {row["code"]: row for row in national_courses().values("code", *FIELDS)}


def compared(edition: Edition, *, today: date) -> Comparison:
    """Return what an edition would do to the register as it stands. Raises ValueError when it names unknown courses."""
    courses = courses_in_force()
    unknown = _named_in(edition) - {*courses, *edition.courses}
    if unknown:
        raise ValueError(f"the files name {', '.join(sorted(unknown))}, which the register does not have")
    return rules.compare(
        courses=courses,
        prerequisites=prerequisites_in_force(),
        correspondences=correspondences_in_force(),
        packages=packages_in_force(),
        edition=edition,
        today=today,
    )


def prerequisites_in_force() -> dict[str, list[Line]]:
    """Return what each course builds on, by its code."""
    found: dict[str, list[Line]] = defaultdict(list)
    columns = ("course__code", "alternative", "required__code", "kind", "note", "source")
    rows = Prerequisite.objects.filter(course__authority=None).order_by("pk")
    for code, alternative, required, *rest in rows.values_list(*columns):
        found[code].append((alternative, required or "", *rest))
    return dict(found)


def correspondences_in_force() -> dict[str, Pair]:
    """Return which level corresponds to each course, by the course's code."""
    rows = Correspondence.objects.filter(course__authority=None)
    return {code: (level, source) for code, level, source in rows.values_list("course__code", "level__code", "source")}


def packages_in_force() -> dict[str, PackageLine]:
    """Return the national packages that have not ended, by code."""
    found: dict[str, PackageLine] = {}
    for package in Package.objects.filter(authority=None, ended_on=None).prefetch_related(
        Prefetch("courses", PackageCourse.objects.select_related("course").order_by("position"))
    ):
        courses = tuple((row.course.code, row.alternative) for row in package.courses.all())
        texts = (package.name, package.programme, package.description, package.points, package.source)
        found[package.code] = PackageLine(*texts, courses)
    return found


def used_by(actor: Actor, codes: Collection[str], *, today: date) -> dict[str, int]:
    """Return how many course starts of the actor's municipalities, not started and not cancelled, use each course."""
    rows = CourseStart.objects.filter(
        authority_id__in=actor.authorities(Permission.EDIT_SETTINGS),
        course__authority=None,
        course__code__in=codes,
        starts_on__gt=today,
    ).exclude(status=CourseStartStatus.CANCELLED.value)
    return dict(rows.order_by().values_list("course__code").annotate(starts=Count("pk")))


def sources_in_force() -> list[tuple[str, int]]:
    """Return where the courses of the register come from, and how many from each, most first."""
    rows = national_courses().order_by().values_list("source").annotate(courses=Count("pk"))
    return list(rows.order_by("-courses", "source"))


def _named_in(edition: Edition) -> set[str]:
    lines = [(code, line[1]) for code, of_course in edition.prerequisites.items() for line in of_course]
    levels = [(code, level) for code, (level, _source) in edition.correspondences.items()]
    parts = [pair for package in edition.packages.values() for pair in package.courses]
    return {name for pair in lines + levels for name in pair if name} | {code for code, _alternative in parts}


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(StringIO(content.decode("utf-8"), newline="")):
        yield {name: unicodedata.normalize("NFC", value) for name, value in row.items()}


def _courses(path: Path, content: bytes) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(content):
        if row["code"] in found:
            raise ValueError(f"{path.name} has {row['code']} twice")
        found[row["code"]] = (
            {name: row[name] for name in _TEXTS}
            | {name: date.fromisoformat(row[name]) if row[name] else None for name in _DATES}
            | {"points": int(row["points"]) if row["points"] else None}
            | {"searchable": is_searchable(code=row["code"], kind=row["kind"], status=row["status"])}
        )
    return found


def _prerequisites(content: bytes) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for row in _rows(content):
        line = (int(row["alternative"]), row["required_code"], row["kind"], row["note"], row["source"])
        found[row["code"]].append(line)
    return dict(found)


def _correspondences(path: Path, content: bytes) -> dict[str, Pair]:
    rows = list(_rows(content))
    found = {row["code"]: (row["level_code"], row["source"]) for row in rows}
    if len(found) != len(rows):
        raise ValueError(f"{path.name} has a course twice")
    return found


def _packages(packages: bytes, lines: bytes) -> dict[str, PackageLine]:
    courses: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in sorted(_rows(lines), key=lambda row: int(row["position"])):
        courses[row["package_code"]].append((row["course_code"], int(row["alternative"] or 0)))
    return {
        row["code"]: PackageLine(
            row["name"],
            row["programme"],
            row["note"],
            int(row["points"]) if row["points"] else None,
            row["source"],
            tuple(courses[row["code"]]),
        )
        for row in _rows(packages)
    }
