"""The catalogue as JSON: one object a course start. Its description is data/kurskatalog.schema.json."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from json import dumps, loads
from pathlib import Path
from typing import Any

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules import offer
from kursvis.catalogue.rules.pace import percent, points_a_week
from kursvis.core.time import SWEDEN

FORMAT = "kursvis-catalogue-1"
"""Raised when the structure changes so that a reader must know."""


def course_start(row: Any, *, today: date, page_of: Callable[[CourseStart], str], builds_on: str) -> dict[str, Any]:
    """Return what the catalogue says of a course start. Raises nothing: what is unknown is empty."""
    course, school, authority = row.course, row.school, row.authority
    dates = {"starts_on": row.starts_on, "ends_on": row.ends_on}
    is_cancelled = row.status == offer.CourseStartStatus.CANCELLED
    return {
        "id": str(row.uuid),
        "url": "" if is_cancelled else page_of(row),
        "changed_at": row.edited.astimezone(SWEDEN).isoformat(timespec="seconds"),
        "is_cancelled": is_cancelled,
        "course": {
            "id": str(course.uuid),
            "code": course.code,
            "name": course.name,
            "points": row.points,
            "level": course.level,
            "school_form": course.school_form,
            "subject_code": course.subject_code,
            "subject": course.subject_name,
            "is_national": course.authority_id is None,
            "builds_on": builds_on,
        },
        "municipality": {"code": authority.municipality_code, "name": authority.name},
        "school": {
            "id": str(school.uuid),
            "name": school.name,
            "unit_code": school.unit_code,
            "street": school.street,
            "postal_code": school.postal_code,
            "locality": school.locality,
            "email": school.email,
            "phone": school.phone,
            "provider": school.provider.name,
        },
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "apply_from": row.round.period.opens_on.isoformat(),
        "apply_by": row.round.apply_by.isoformat(),
        "can_be_applied_for": not row.lacks_agreement and not offer.against_applying(row.facts(), today=today),
        "seats": row.seats,
        "seats_left": row.seats_left,
        "study_form": row.study_form,
        "pace": percent(points_a_week(row.points, **dates)),
        "lessons": [
            {"day": lesson.day, "from": _clock(lesson.starts), "to": _clock(lesson.ends)}
            for lesson in row.weekly_pattern
        ],
        "schedule_note": row.schedule_note,
        "place": row.place,
        "description": row.description,
    }


def package(row: Any, starts: list[Any], *, url: str) -> dict[str, Any]:
    """Return what the catalogue says of a package that a school offers."""
    texts = (row.description, row.package.description if row.package.authority_id else "")
    return {
        "id": str(row.uuid),
        "url": url,
        "code": row.package.code,
        "name": row.package.name,
        "points": sum(start.points for start in starts),
        "municipality": {"code": row.authority.municipality_code, "name": row.authority.name},
        "school": {"id": str(row.school.uuid), "name": row.school.name},
        "starts_on": min(start.starts_on for start in starts).isoformat(),
        "ends_on": max(start.ends_on for start in starts).isoformat(),
        "course_starts": [str(start.uuid) for start in starts],
        "description": "\n\n".join(text for text in texts if text.strip()),
    }


def document(
    starts: Iterable[dict[str, Any]], packages: Iterable[dict[str, Any]], *, about: str, schema: str, now: datetime
) -> Iterator[str]:
    """Return the document piece by piece: its head, each course start and package on a line of its own, its end."""
    head = {
        "format": FORMAT,
        "about": about,
        "schema": schema,
        "licence": "CC0-1.0",
        "made_at": now.astimezone(SWEDEN).isoformat(timespec="seconds"),
    }
    yield dumps(head, ensure_ascii=False)[:-1]
    for name, rows in (("course_starts", starts), ("packages", packages)):
        yield f', "{name}": ['
        comma = "\n"
        for row in rows:
            yield comma + dumps(row, ensure_ascii=False)
            comma = ",\n"
        yield "\n]"
    yield "}\n"


def described(schema: Path, meanings: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Return the fields of the document, of a course start and of a package: name, in Swedish, in English."""
    whole, swedish = (loads(path.read_text(encoding="utf-8")) for path in (schema, meanings))
    lists = {"course_starts", "packages"}
    top = {"properties": {name: part for name, part in whole["properties"].items() if name not in lists}}
    parts = {"document": top} | {name: whole["properties"][name]["items"] for name in sorted(lists)}
    return {
        of: [(name, swedish[of][name], english) for name, english in _fields(part, "")] for of, part in parts.items()
    }


def _fields(part: dict[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, inner in part["properties"].items():
        if "description" in inner:
            yield f"{before}{name}", inner["description"]
        below = inner.get("items", inner)
        if "properties" in below:
            yield from _fields(below, f"{before}{name}.")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
