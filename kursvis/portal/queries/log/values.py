"""Fields and their values in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kursvis.core import personnummer
from kursvis.core.time import SWEDEN
from kursvis.core.wording import labels

_FIELD_WORDS = ("log_field", "setup_field", "course_start_field", "user_field", "round_field")
_VALUE_WORDS = {
    "protection": "protection",
    "return_reason": "return_reason",
    "lock_reason": "lock_reason",
    "study_form": "study_form",
    "role": "role",
    "kind": "setup_value",
    "admissions.choice.status": "choice",
    "admissions.choice.outcome": "outcome",
    "studies.enrolment.outcome": "enrolment",
    "studies.group.kind": "group_kind",
    "grades.grade.status": "grade",
    "grades.catalogue.status": "grade_catalogue",
    "catalogue.coursestart.status": "course_start",
}
"""What the values of a column are called: of every table, or of one."""
_NAMES_BY_TABLE = {"studies.enrolment.outcome": _lazy("status"), "grades.grade.locked_at": _lazy("betyget låst")}
"""Where a column's name means something of its own in a table."""
_MOMENT = len("2026-11-23T")
SINCE = "status_at"
"""When a state began: the event's own time says so."""


def changes_of(detail: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what an event says was changed, from what to what: under `changes`, or by the field's own name."""
    told = detail.get("changes")
    pairs = told if isinstance(told, Mapping) else detail
    return {
        name: (value[0], value[1])
        for name, value in pairs.items()
        if isinstance(value, list) and len(value) == 2 and name != SINCE and (told is not None or _is_field(name))
    }


def field_name(name: str, table: str = "") -> str:
    """Return what a column is called."""
    own = _NAMES_BY_TABLE.get(f"{table}.{name}")
    if own:
        return str(own)
    short = name.removesuffix("_id")
    for kind in _FIELD_WORDS:
        found = labels()[kind].get(short)
        if found:
            return str(found.text).lower()
    return _("annan uppgift")


def said(name: str, value: Any, table: str = "") -> str:
    """Return a column's value as people write it."""
    if value is None or value == "":
        return _("inget")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if name == "personnummer":
        return personnummer.shown(str(value))
    if name.endswith("_id"):
        return _("en annan rad")
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    known = labels().get(_VALUE_WORDS.get(f"{table}.{name}") or _VALUE_WORDS.get(name, ""), {})
    return str(known[text].text) if text in known else _moment(text)


def _is_field(name: str) -> bool:
    return any(name.removesuffix("_id") in labels()[kind] for kind in _FIELD_WORDS)


def _moment(text: str) -> str:
    """Return an ISO moment as Swedish time; every other text as it is."""
    if text[_MOMENT - 1 : _MOMENT] != "T":
        return text
    try:
        return _swedish(datetime.fromisoformat(text))
    except ValueError:
        return text


def _swedish(at: datetime) -> str:
    return at.astimezone(SWEDEN).strftime("%Y-%m-%d %H:%M")
