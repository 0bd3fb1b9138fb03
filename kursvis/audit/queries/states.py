"""What a row was: its fields at a moment, read from the log backwards."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Max, Q

from kursvis.audit.models import Event
from kursvis.audit.queries.reading import about
from kursvis.audit.rules import Effect, Unknown, rewound


def as_on(row: models.Model, moment: datetime) -> dict[str, Any] | None:
    """Return the columns of a student, choice, enrolment or grade as they were at a moment; None before it was made.

    `rules.Unknown.ERASED` stands for what has been erased. A step at the very moment is counted as taken. The row must
    have been reached through its own queryset; it is read anew. Three queries.
    """
    latest = _changing(row).filter(at__lte=moment).aggregate(id=Max("id"))["id"]
    return right_after(row, event_id=latest or 0)


def right_after(row: models.Model, *, event_id: int) -> dict[str, Any] | None:
    """Return the columns as they were right after an event; None where the row was not yet made.

    The row is read before its events: what changes meanwhile is then taken back too.
    """
    columns = [field for field in row._meta.concrete_fields if not field.generated]
    stored = type(row)._default_manager.filter(pk=row.pk).values(*(field.attname for field in columns)).get()
    values = rewound(stored, _effects(row, event_id))
    if values is None:
        return None
    return {field.attname: _typed(field, values[field.attname]) for field in columns}


def _changing(row: models.Model) -> "models.QuerySet[Event]":
    return about(row).filter(~Q(changed_fields=[]) | Q(is_creation=True))


def _effects(row: models.Model, event_id: int) -> list[Effect]:
    """Return what was done to the row after an event, newest first. The row is locked by who changes it, so that its
    events' ids have the order of its changes, whatever the clocks said."""
    later = _changing(row).filter(id__gt=event_id).order_by("-id")
    found = later.values_list("is_creation", "changed_fields", "detail__changes")
    return [
        Effect(is_creation, frozenset(changed), {name: old for name, (old, _new) in (changes or {}).items()})
        for is_creation, changed, changes in found
    ]


def _typed(field: "models.Field[Any, Any]", value: Any) -> Any:
    return value if value is None or isinstance(value, Unknown) else field.to_python(value)
