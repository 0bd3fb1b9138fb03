"""What can be done with many rows at once. Each process tells it in its `bulk.py`, which is found here by its name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.reasons import Reason

Rows = Mapping[int, Any]


@dataclass(frozen=True)
class Shown:
    """A row as lists show it: a protected person is her alias."""

    name: str
    under: str
    detail: str
    address: str


Outcome = dict[str, Any] | list[Reason]
"""What came of one row: what `undo` needs to take it back, or why it was refused."""


@dataclass(frozen=True)
class Together:
    """How a step is taken for a whole chunk in a few statements, where row by row would take too long.

    Each row has an outcome by its key. Whatever one row raises, the chunk is gone through row by row instead (`do` and
    `undo` of the kind), so that a wrong row never stops a right one.
    """

    chunk: int
    do: Callable[[Sequence[Any], Actor, datetime, int], Mapping[int, Outcome]]
    undo: Callable[[Sequence[tuple[Any, Mapping[str, Any]]], Actor, datetime, int], Mapping[int, Outcome]]


@dataclass(frozen=True)
class Kind:
    """One step for many rows. `name` is also the kind of its words in `wording.py`: title, do, doing, did, undo.

    `rows` reads those with the keys of one authority, with all that the others need, in a few queries. `against` asks
    the rules that the step itself asks. `do` takes the step for one row and returns what `undo` needs to take it back;
    both raise `Refused`. `list_name` is the list that the rows are chosen in. `page` is where a run of the kind is
    shown, by its id, when its process has a page of its own for it. `saying` returns the kind as it is with what was
    said once for all rows when a run of it was made, where such a thing can be said.
    """

    name: str
    permission: Permission
    list_name: str
    rows: Callable[[Collection[int], int], Rows]
    shown: Callable[[Any], Shown]
    against: Callable[[Rows, Actor, datetime], Mapping[int, list[Reason]]]
    do: Callable[[Any, Actor, datetime, int], dict[str, Any]]
    undo: Callable[[Any, Mapping[str, Any], Actor, datetime, int], object]
    together: Together | None = None
    page: Callable[[int], str] | None = None
    saying: "Callable[[Mapping[str, Any]], Kind] | None" = None


@lru_cache(maxsize=1)
def all_kinds() -> dict[str, Kind]:
    """Return every kind of run by its name."""
    found: dict[str, Kind] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("kursvis.") and find_spec(f"{config.name}.bulk") is not None:
            found |= {kind.name: kind for kind in import_module(f"{config.name}.bulk").KINDS}
    return found


def kind_of(name: str) -> Kind:
    """Return the kind with the name. Raises KeyError when no process has told of it."""
    return all_kinds()[name]
