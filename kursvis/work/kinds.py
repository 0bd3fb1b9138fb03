"""What can be done with many rows at once. Each process tells it in its `bulk.py`, which is found here by its name."""

from collections.abc import Callable, Collection, Mapping
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


@dataclass(frozen=True)
class Kind:
    """One step for many rows. `name` is also the kind of its words in `wording.py`: title, do, doing, did, undo.

    `rows` reads those with the keys of one authority, with all that the others need, in a few queries. `against` asks
    the rules that the step itself asks. `do` takes the step for one row and returns what `undo` needs to take it back;
    both raise `Refused`. `list_name` is the list that the rows are chosen in.
    """

    name: str
    permission: Permission
    list_name: str
    rows: Callable[[Collection[int], int], Rows]
    shown: Callable[[Any], Shown]
    against: Callable[[Rows, Actor, datetime], Mapping[int, list[Reason]]]
    do: Callable[[Any, Actor, datetime, int], dict[str, Any]]
    undo: Callable[[Any, Mapping[str, Any], Actor, datetime, int], object]


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
