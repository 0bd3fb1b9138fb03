"""Whose a row is: the authority, school and student that it names, however many foreign keys away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from kursvis.accounts.models import User
from kursvis.accounts.queries import actor_of
from kursvis.core import time
from kursvis.organisation.models import Authority, School
from kursvis.people.models import Student
from tests.attack.field import Asker, Write

MODELS: dict[str, type[models.Model]] = {model._meta.db_table: model for model in apps.get_models()}
STEPS = 3


@dataclass(frozen=True)
class Unit:
    """One end of a row's keys."""

    kind: str
    pk: int


class Units:
    """Finds them, each row once."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], Any], frozenset[Unit]] = {}
        self._may: dict[str, tuple[frozenset[int], frozenset[int], bool]] = {}

    def of(self, model: type[models.Model], row: dict[str, Any], steps: int = STEPS) -> frozenset[Unit]:
        """Return the units of a row, given by its columns."""
        found = set(_own(model, row))
        for key in model._meta.concrete_fields if steps else ():
            if isinstance(key, models.ForeignKey) and row.get(key.column) is not None:
                found |= self._at(key.related_model, row[key.column], steps)
        return frozenset(found)

    def _at(self, model: Any, pk: Any, steps: int) -> frozenset[Unit]:
        if model is User or not model.__module__.startswith("kursvis."):
            return frozenset()
        if (model, pk) not in self._known:
            columns = [field.attname for field in model._meta.concrete_fields if not field.many_to_many]
            keep = [name for name in columns if name.endswith("_id") or name in ("id", "user")]
            row = model._base_manager.filter(pk=pk).values(*keep).first()
            if row is None:
                return frozenset()
            self._known[(model, pk)] = self.of(model, row, steps - 1)
        return self._known[(model, pk)]

    def beyond(self, asker: Asker, writes: list[Write]) -> list[str]:
        """Return the writes that touch or name a unit where the asker has nothing to do."""
        wrong = []
        for write in writes:
            model = MODELS.get(write.table)
            rows = [row for row in (write.was, write.became) if row] if model else []
            units = frozenset().union(*(self.of(model, row) for row in rows)) if model else frozenset()
            if write.was is None:  # a new school is nobody's yet; whose it becomes, its authority says
                units -= frozenset(_own(model, write.became or {})) if model is School else frozenset()
            if any(not self.within(asker, unit) for unit in units):
                wrong.append(f"{write.table} {write.changed and sorted(write.changed)[:6]}")
        return wrong

    def within(self, asker: Asker, unit: Unit) -> bool:
        """Say whether a unit is one of the asker's: her authority, her school, herself."""
        authorities, schools, is_student = self._limits(asker)
        if is_student:
            return unit.kind != "student of" or asker.user is not None and unit.pk == asker.user.pk
        if unit.kind == "authority":
            return unit.pk in authorities
        return unit.kind != "school" or unit.pk in schools

    def _limits(self, asker: Asker) -> tuple[frozenset[int], frozenset[int], bool]:
        if asker.key not in self._may:
            held = actor_of(asker.user, today=time.today()).held if asker.user else ()
            whole = {one.authority_id for one in held if one.school_id is None}
            schools = {one.school_id for one in held if one.school_id}
            schools |= set(School.objects.filter(authority__in=whole).values_list("pk", flat=True))
            authorities = frozenset(one.authority_id for one in held)
            self._may[asker.key] = (authorities, frozenset(pk for pk in schools if pk), not held)
        return self._may[asker.key]


def _own(model: type[models.Model], row: dict[str, Any]) -> Iterator[Unit]:
    if model is Authority:
        yield Unit("authority", row["id"])
    elif model is School:
        yield Unit("school", row["id"])
    elif model is Student and row.get("user_id"):
        yield Unit("student of", row["user_id"])


class Rows:
    """Every row that has an address, by the address; to find others of its kind."""

    def __init__(self, units: Units) -> None:
        self.kind_of: dict[str, type[models.Model]] = {}
        self._rows: dict[type[models.Model], list[tuple[str, int, frozenset[Unit]]]] = {}
        for model in apps.get_models():
            names = {field.name for field in model._meta.concrete_fields}
            if "uuid" in names and model.__module__.startswith("kursvis."):
                keys = [f.attname for f in model._meta.concrete_fields if f.attname.endswith("_id") or f.name == "id"]
                for row in model._base_manager.order_by("-pk").values("uuid", *keys)[:400]:
                    self.kind_of[str(row["uuid"])] = model
                    entry = (str(row["uuid"]), row["id"], units.of(model, row))
                    self._rows.setdefault(model, []).append(entry)
        self._units = units

    def foreign(self, asker: Asker, uuid: str, *, most: int = 2) -> list[tuple[str, int]]:
        """Return rows of the same kind that are no business of the asker's: address and key."""
        rows = self._rows.get(self.kind_of.get(uuid), [])  # type: ignore[arg-type]
        beyond = [(key, pk) for key, pk, units in rows if any(not self._units.within(asker, u) for u in units)]
        return beyond[: most - 1] + beyond[-1:] if len(beyond) >= most else beyond
