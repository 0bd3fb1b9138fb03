"""Remember rows as a walk goes on; afterwards the log must say of each what was remembered."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Max

from kursvis.audit.models import Event
from kursvis.audit.queries import right_after

Rows = dict[tuple[type[models.Model], int], dict[str, Any]]
LOOKS = 3
"""How many of a walk's steps are looked back to: the first, and others spread over it."""


class Memory:
    """What the rows of some tables were after each step."""

    def __init__(self, *tables: type[models.Model]) -> None:
        self.tables = tables
        self.kept: list[tuple[int, Rows]] = []
        self.keep()

    def keep(self) -> None:
        """Remember every row as it is now."""
        latest = Event.objects.aggregate(id=Max("id"))["id"] or 0
        if not self.kept or self.kept[-1][0] != latest:
            self.kept.append((latest, self._rows()))

    def check(self) -> None:
        """Assert that the log gives back what was remembered, for rows that were and rows that were not yet."""
        for event_id, remembered in self.kept[:: max(1, len(self.kept) // LOOKS)]:
            for model, pk in self._rows():
                was = right_after(model._default_manager.get(pk=pk), event_id=event_id)
                assert was == remembered.get((model, pk)), (model.__name__, self._differ(was, remembered, model, pk))

    def _rows(self) -> Rows:
        return {(table, row["id"]): row for table in self.tables for row in _columns(table)}

    def _differ(self, was: Mapping[str, Any] | None, remembered: Rows, model: type[models.Model], pk: int) -> Any:
        expected = remembered.get((model, pk)) or {}
        return {name: (value, expected.get(name)) for name, value in (was or {}).items() if value != expected.get(name)}


def _columns(table: type[models.Model]) -> "models.QuerySet[Any, dict[str, Any]]":
    return table._default_manager.values(*(f.attname for f in table._meta.concrete_fields if not f.generated))
