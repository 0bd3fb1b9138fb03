"""Many course starts edited at once in a table: what of a row was changed, and by whom first (help page R15)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kursvis.catalogue.rules.weekly_pattern import written
from kursvis.core.reasons import Reason

COLUMNS = ("seats", "ends_on", "study_form", "place", "weekly_pattern", "schedule_note", "description")
"""The fields of a course start that the table edits."""


def as_text(value: Any) -> str:
    """Return a field's value as the table shows it, one way of writing it for each value."""
    if isinstance(value, tuple):
        return written(value).capitalize()
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n").strip()


def changed(new: Mapping[str, Any], seen: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed in a row that differs from what was seen there."""
    return {name: value for name, value in new.items() if name not in seen or as_text(value) != seen[name]}


def against_overwriting(new: Mapping[str, Any], seen: Mapping[str, str], standing: Mapping[str, Any]) -> list[Reason]:
    """Return why changes may not be saved as they are: somebody else has changed the same field since it was seen.

    What others changed that this one did not touch is no matter: it stays as they left it.
    """
    reasons = []
    for name, value in new.items():
        now = as_text(standing[name])
        if now not in (seen.get(name, now), as_text(value)):
            told = {"field": ("course_start_field", name), "now": now or "–"}
            reasons.append(Reason("catalogue.changed_by_another", told))
    return reasons
