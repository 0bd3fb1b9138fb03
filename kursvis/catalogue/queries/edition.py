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

from django.db.models import Count

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart, NationalCourse, Prerequisite, RegisterEdition
from kursvis.catalogue.rules import edition as rules
from kursvis.catalogue.rules.edition import Comparison, Edition, Line
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


SHIPPED = Files()


def read_edition(files: Files = SHIPPED) -> Edition:
    """Return what the files say, with their digest.

    Raises ValueError when a file names a course twice, or a prerequisite that is in no file.
    """
    parts = [path.read_bytes() for path in (files.courses, files.prerequisites)]
    digest = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    return Edition(digest, _courses(files.courses, parts[0]), _prerequisites(files.prerequisites, parts[1]))


def in_force() -> RegisterEdition | None:
    """Return the edition that was applied last, or None before the first."""
    return RegisterEdition.objects.order_by("-pk").first()


def courses_in_force() -> dict[str, dict[str, Any]]:
    """Return the fields of every course of the register, by code."""
    return {row["code"]: row for row in NationalCourse.objects.values("code", *FIELDS)}


def compared(edition: Edition, *, today: date) -> Comparison:
    """Return what an edition would do to the register as it stands. Raises ValueError when it names unknown courses."""
    courses = courses_in_force()
    unknown = _named_in(edition) - {*courses, *edition.courses}
    if unknown:
        raise ValueError(f"the prerequisites name {', '.join(sorted(unknown))}, which the register does not have")
    return rules.compare(courses=courses, prerequisites=prerequisites_in_force(), edition=edition, today=today)


def prerequisites_in_force() -> dict[str, list[Line]]:
    """Return what each course builds on, by its code."""
    found: dict[str, list[Line]] = defaultdict(list)
    columns = ("course__code", "alternative", "required__code", "kind", "note", "source")
    for code, alternative, required, *rest in Prerequisite.objects.order_by("pk").values_list(*columns):
        found[code].append((alternative, required or "", *rest))
    return dict(found)


def used_by(actor: Actor, codes: Collection[str], *, today: date) -> dict[str, int]:
    """Return how many course starts of the actor's municipalities, not started and not cancelled, use each course."""
    rows = CourseStart.objects.filter(
        authority_id__in=actor.authorities(Permission.EDIT_SETTINGS), course__code__in=codes, starts_on__gt=today
    ).exclude(status=CourseStartStatus.CANCELLED.value)
    return dict(rows.order_by().values_list("course__code").annotate(starts=Count("pk")))


def sources_in_force() -> list[tuple[str, int]]:
    """Return where the courses of the register come from, and how many from each, most first."""
    rows = NationalCourse.objects.order_by().values_list("source").annotate(courses=Count("pk"))
    return list(rows.order_by("-courses", "source"))


def _named_in(edition: Edition) -> set[str]:
    lines = [(code, line[1]) for code, of_course in edition.prerequisites.items() for line in of_course]
    return {name for pair in lines for name in pair if name}


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


def _prerequisites(path: Path, content: bytes) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for row in _rows(content):
        line = (int(row["alternative"]), row["required_code"], row["kind"], row["note"], row["source"])
        found[row["code"]].append(line)
    return dict(found)
