"""Moves between states, as compare-and-set: of two people who press at once, one wins and the other is told."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from kursvis.core.reasons import Reason, Refused

State = TypeVar("State", bound=StrEnum)
CHANGED_MEANWHILE = "core.changed_meanwhile"
Changes = dict[str, tuple[Any, Any]]
"""What a step changed in a row: by column, from what to what."""


def may_move(table: Mapping[State, frozenset[State]], old: State, new: State) -> bool:
    """Say whether the table has an arrow from old to new."""
    return new in table[old]


def move(row: Any, new: StrEnum, *, field: str = "status", **also: Any) -> Changes:
    """Set the row's state if it still is what we read; set the other named fields in the same statement.

    Returns what was changed, for the log. Raises `Refused` when somebody else was first. The row in memory is changed
    only when the database was.
    """
    return change(row, still=(field,), **{field: new.value, **also})


def change(row: Any, *, still: Iterable[str] = (), **values: Any) -> Changes:
    """Set the named fields, if the row's columns in `still` are what we read; return what was changed, for the log.

    Writes nothing when nothing is new and nothing was asked. Raises `Refused` as `move` does.
    """
    changes = {name: (getattr(row, name), new) for name, new in values.items() if getattr(row, name) != new}
    seen = {name: getattr(row, name) for name in still}
    if (changes or seen) and not type(row).objects.filter(pk=row.pk, **seen).update(**values):
        raise Refused(Reason(CHANGED_MEANWHILE))
    for name, value in values.items():
        setattr(row, name, value)
    return changes
