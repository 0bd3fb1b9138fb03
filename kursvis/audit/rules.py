"""How the log is sealed, and how a row is taken back to what it was."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

CHAIN_BEGINS: Final = "0" * 64
"""What the first batch stands on."""
FIXED: Final = (
    "id",
    "at",
    "authority_id",
    "actor_id",
    "verb",
    "subject",
    "subject_id",
    "student_id",
    "is_creation",
    "changed_fields",
    "detail_digest",
)
"""The fields of an event that are sealed. Names and details are sealed by their digest, so that they can be erased."""
ANY_FIELD: Final = "*"
"""What an event from before changes were recorded may have changed."""


class Unknown(Enum):
    """Why a value cannot be told: what was recorded about it has been erased, or it was never recorded."""

    ERASED = "erased"


def detail_digest(salt: str, actor_name: str, detail: Mapping[str, Any]) -> str:
    """Return the digest of an event's personal part. Who does not have the salt cannot guess the part from it."""
    return hashlib.sha256(salt.encode() + _canonical([actor_name, detail])).hexdigest()


@dataclass(frozen=True)
class Seal:
    """What a batch says about the events in it."""

    digest: str
    count: int
    first_id: int
    last_id: int


def sealed(events: Iterable[Sequence[Any]], *, previous: str, number: int, sealed_at: datetime) -> Seal:
    """Digest events, each as its `FIXED` values, in order, over the previous batch's digest."""
    digest = hashlib.sha256(previous.encode())
    ids = []
    for event in events:
        ids.append(event[0])
        digest.update(_canonical([_written(value) for value in event]) + b"\n")
    first_id, last_id = (ids[0], ids[-1]) if ids else (0, 0)
    digest.update(_canonical([number, len(ids), first_id, last_id, _written(sealed_at)]))
    return Seal(digest.hexdigest(), len(ids), first_id, last_id)


def _written(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _canonical(value: Any) -> bytes:
    """Return JSON as bytes, in the one way that does not depend on who wrote it."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


@dataclass(frozen=True)
class Effect:
    """What one event did to a row: made it, or changed fields, from what to what. An erased one knows the names."""

    is_creation: bool = False
    changed: frozenset[str] = frozenset()
    old: Mapping[str, Any] = field(default_factory=dict)


def rewound(current: Mapping[str, Any], after: Iterable[Effect]) -> dict[str, Any] | None:
    """Return a row's values as they were before the effects, which are given newest first.

    None where one of them made the row. A value that an erased effect changed is `Unknown.ERASED`, until an older
    effect tells again what stood there.
    """
    values = dict(current)
    for effect in after:
        if effect.is_creation:
            return None
        names = values.keys() if ANY_FIELD in effect.changed else effect.changed & values.keys()
        values.update({name: effect.old.get(name, Unknown.ERASED) for name in names})
    return values
