"""Writing the log. Called by services only, inside the transaction of the step."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import models

from kursvis.access.actors import Actor
from kursvis.audit.models import Event


def record(
    *,
    verb: str,
    by: Actor,
    subject: models.Model,
    now: datetime,
    authority_id: int | None,
    student_id: int | None = None,
    **detail: Any,
) -> None:
    """Write one event: `verb` ("course_start.published") by an actor about a row; `detail` holds what was changed."""
    Event.objects.create(
        at=now,
        authority_id=authority_id,
        actor_id=by.user_id,
        actor_name=by.name,
        verb=verb,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        student_id=student_id,
        detail={name: _plain(value) for name, value in detail.items()},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value
