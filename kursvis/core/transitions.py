"""Moves between states, as compare-and-set: of two people who press at once, one wins and the other is told."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from kursvis.core.reasons import Reason, Refused

State = TypeVar("State", bound=StrEnum)
CHANGED_MEANWHILE = "core.changed_meanwhile"


def may_move(table: Mapping[State, frozenset[State]], old: State, new: State) -> bool:
    """Say whether the table has an arrow from old to new."""
    return new in table[old]


def move(row: Any, new: StrEnum, *, field: str = "status", **also: Any) -> None:
    """Set the row's state if it still is what we read; set the other named fields in the same statement.

    Raises `Refused` when somebody else was first. The row in memory is changed only when the database was.
    """
    old = getattr(row, field)
    changes = {field: new.value, **also}
    moved = type(row).objects.filter(pk=row.pk, **{field: old}).update(**changes)
    if not moved:
        raise Refused(Reason(CHANGED_MEANWHILE))
    for name, value in changes.items():
        setattr(row, name, value)
