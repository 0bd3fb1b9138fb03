"""Many course starts entered and changed in one go: each for itself, so that a wrong one stops no other (R11, R15)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.table import COLUMNS, against_overwriting
from kursvis.catalogue.services import continuous, offer
from kursvis.catalogue.services.offer.row import locked_row
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.organisation.models import School

_WHOLE = ("course", "round", "points", "industry", "reference", *COLUMNS)


@dataclass(frozen=True)
class RowEdit:
    """What somebody changed in a row of the table, and what stood there, as text, when it was shown to her."""

    course_start: CourseStart
    changes: Mapping[str, Any]
    seen: Mapping[str, str]


@dataclass(frozen=True)
class RowAdded:
    """A new row of the table: all that a course start is entered from, with a round or the day that it starts on."""

    school: School
    offer: Mapping[str, Any]


@dataclass
class TableSaved:
    """What became of each row, by the key it came with."""

    edited: dict[str, CourseStart] = field(default_factory=dict)
    added: dict[str, CourseStart] = field(default_factory=dict)
    refused: dict[str, list[Reason]] = field(default_factory=dict)


@transaction.atomic
def save_table(*, rows: Mapping[str, RowEdit | RowAdded], by: Actor, now: datetime) -> TableSaved:
    """Save the rows that may be saved; say of each of the others why not. Refuses no row because of another.

    Those that start on an own day come first: they lock the period, which who changes its rounds locks before these.
    """
    saved = TableSaved()
    for key, row in sorted(rows.items(), key=lambda one: not _has_own_day(one[1])):
        try:
            with transaction.atomic():
                if isinstance(row, RowAdded):
                    saved.added[key] = _add(row, by=by, now=now)
                else:
                    saved.edited[key] = _edit(row, by=by, now=now)
        except Refused as refusal:
            saved.refused[key] = list(refusal.reasons)
    return saved


def _has_own_day(row: RowEdit | RowAdded) -> bool:
    return isinstance(row, RowAdded) and "starts_on" in row.offer


def _add(row: RowAdded, *, by: Actor, now: datetime) -> CourseStart:
    create = continuous.create_course_start if _has_own_day(row) else offer.create_course_start
    return create(school=row.school, by=by, now=now, **dict(row.offer))


def _edit(row: RowEdit, *, by: Actor, now: datetime) -> CourseStart:
    """Change a row's changed fields, unless somebody else has changed the same ones meanwhile."""
    standing = locked_row(row.course_start.pk)
    values = {name: getattr(standing, name) for name in _WHOLE}
    refuse_if(against_overwriting(row.changes, row.seen, values))
    offer.edit_course_start(course_start=standing, by=by, now=now, **(values | dict(row.changes)))
    return standing
