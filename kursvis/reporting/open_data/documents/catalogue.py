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


def course_start(row: Any, *, today: date, page_of: Callable[[CourseStart], str]) -> dict[str, Any]:
    """Return what the catalogue says of a course start. Raises nothing: what is unknown is null or empty."""
    course, school, authority = row.course, row.school, row.authority
    dates = {"starts_on": row.starts_on, "ends_on": row.ends_on}
    is_cancelled = row.status == offer.CourseStartStatus.CANCELLED
    return {
        "id": str(row.uuid),
        "url": "" if is_cancelled else page_of(row),
        "changed_at": row.edited.astimezone(SWEDEN).isoformat(timespec="seconds"),
        "is_cancelled": is_cancelled,
        "course": {
            "code": course.code,
            "name": course.name,
            "points": row.points,
            "level": course.level,
            "school_form": course.school_form,
            "subject_code": course.subject_code,
            "subject": course.subject_name,
            "is_national": course.authority_id is None,
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
        "can_be_applied_for": not offer.against_applying(row.facts(), today=today),
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


def document(rows: Iterable[dict[str, Any]], *, about: str, now: datetime) -> Iterator[str]:
    """Return the document piece by piece: its head, each course start on a line of its own, its end."""
    head = {
        "format": FORMAT,
        "about": about,
        "licence": "CC0-1.0",
        "made_at": now.astimezone(SWEDEN).isoformat(timespec="seconds"),
    }
    yield dumps(head, ensure_ascii=False)[:-1] + ', "course_starts": ['
    comma = "\n"
    for row in rows:
        yield comma + dumps(row, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def described(schema: Path) -> list[tuple[str, str]]:
    """Return every field of a description, by its way from a course start, with what it means."""
    whole = loads(schema.read_text(encoding="utf-8"))
    return list(_fields(whole["properties"]["course_starts"]["items"], ""))


def _fields(part: dict[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for name, inner in part["properties"].items():
        if "description" in inner:
            yield f"{before}{name}", inner["description"]
        below = inner.get("items", inner)
        if "properties" in below:
            yield from _fields(below, f"{before}{name}.")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
