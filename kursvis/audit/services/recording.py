"""Writing the log. Called by services only, inside the transaction of the step."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models

from kursvis.access.actors import Actor
from kursvis.audit.models import Event
from kursvis.audit.rules import detail_digest
from kursvis.core.transitions import Changes


def record(
    *,
    verb: str,
    by: Actor,
    subject: models.Model,
    now: datetime,
    authority_id: int | None,
    student_id: int | None = None,
    is_creation: bool = False,
    changes: Changes | None = None,
    **detail: Any,
) -> None:
    """Write one event: `verb` ("course_start.published") by an actor about a row.

    `is_creation` where the step made the row; `changes` is what it changed in it, as `core.transitions` returns it:
    from these the row is taken back to what it was on a day. `detail` is what else there is to say. Personal values
    may stand in `changes` and `detail`: they can be erased.
    """
    event_of(
        verb=verb,
        by=by,
        subject=subject,
        now=now,
        authority_id=authority_id,
        student_id=student_id,
        is_creation=is_creation,
        changes=changes,
        **detail,
    ).save(force_insert=True)


def record_many(events: Iterable[Event]) -> None:
    """Write many events, in their order, in one statement: those of a step for many rows, each as `event_of` made it.

    Called inside the transaction of the step, as `record` is; the same digests, the same seal.
    """
    Event.objects.bulk_create(list(events), batch_size=500)


def event_of(
    *,
    verb: str,
    by: Actor,
    subject: models.Model,
    now: datetime,
    authority_id: int | None,
    student_id: int | None = None,
    is_creation: bool = False,
    changes: Changes | None = None,
    **detail: Any,
) -> Event:
    """Return an event that `record_many` writes, with what `record` would have written."""
    if changes:
        detail["changes"] = {name: [old, new] for name, (old, new) in changes.items()}
    told = _plain(detail)
    salt = secrets.token_hex(32)
    return Event(
        at=now,
        authority_id=authority_id,
        actor_id=by.user_id,
        actor_name=by.name,
        verb=verb,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        student_id=student_id,
        is_creation=is_creation,
        changed_fields=sorted(changes or ()),
        detail=told,
        salt=salt,
        detail_digest=detail_digest(salt, by.name, told),
    )


def _plain(value: Any) -> Any:
    """Return a value as it will come back from the database; raise TypeError for one that would come back another."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | Decimal | UUID):
        return value.value if isinstance(value, StrEnum) else str(value)
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"the log cannot keep a {type(value).__name__}")
