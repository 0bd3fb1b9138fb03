"""The fields of a course start that an import writes: as values, as texts to show, and plain to keep and compare."""

from datetime import date
from typing import Any

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.weekly_pattern import read, written

FIELDS = (
    "course",
    "round",
    "starts_on",
    "ends_on",
    "points",
    "seats",
    "study_form",
    "place",
    "description",
    "weekly_pattern",
    "schedule_note",
    "industry",
    "reference",
)
_DAYS = ("starts_on", "ends_on", "submitted_on")
_KEYS = ("course", "round", "industry")
_CAME_IN = ("submitted_on", "late_reason")
"""When the offer came in, and why late: forgotten when it moves to another period (R13)."""
_STATE = ("status", "status_reason", "stopped")
WRITTEN = (*FIELDS, *_CAME_IN)
"""The columns that an import writes, and that taking it back writes."""


def values_of(course_start: CourseStart) -> dict[str, Any]:
    """Return the fields of a course start as they are."""
    return {name: getattr(course_start, name) for name in FIELDS}


def shown(name: str, value: Any) -> str:
    """Return a value as a text that the log and the list of changes show."""
    if value is None:
        return ""
    if name == "round":
        return str(value.starts_on)
    if name in ("course", "industry"):
        return str(value.code)
    return written(value) if name == "weekly_pattern" else str(value)


def plain(course_start: CourseStart) -> dict[str, Any]:
    """Return the fields and the state of a course start as JSON keeps them."""
    kept: dict[str, Any] = {name: _plain(name, course_start) for name in WRITTEN}
    return kept | {name: getattr(course_start, name) for name in _STATE}


def _plain(name: str, course_start: CourseStart) -> Any:
    if name in _KEYS:
        return getattr(course_start, f"{name}_id")
    value = getattr(course_start, name)
    if name in _DAYS:
        return value and value.isoformat()
    return written(value) if name == "weekly_pattern" else value


def given_back(kept: dict[str, Any]) -> dict[str, Any]:
    """Return kept fields as columns are set to them."""
    columns: dict[str, Any] = {}
    for name in WRITTEN:
        value = kept[name]
        if name in _KEYS:
            columns[f"{name}_id"] = value
        elif name in _DAYS:
            columns[name] = value and date.fromisoformat(value)
        else:
            columns[name] = read(value)[0] if name == "weekly_pattern" else value
    return columns
