"""What a municipality has decided, on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.audit.models import Event
from kursvis.organisation.models import SettingValue
from kursvis.organisation.rules.settings import KINDS, Kind, Setting, Values, values_on, written


def settings_of(authority_id: int, *, on: date) -> Values:
    """Return every setting of an authority on a day, for one query."""
    return values_of([authority_id], on=on)[authority_id]


def values_of(authority_ids: Iterable[int], *, on: date) -> dict[int, Values]:
    """Return every setting of each authority on a day, for one query."""
    wanted = list(authority_ids)
    rows: dict[int, list[tuple[Setting, int, date]]] = defaultdict(list)
    stored = SettingValue.objects.filter(authority_id__in=wanted, starts_on__lte=on)
    for authority_id, setting, value, first in stored.values_list("authority_id", "setting", "value", "starts_on"):
        rows[authority_id].append((Setting(setting), value, first))
    return {authority_id: values_on(rows[authority_id], day=on) for authority_id in wanted}


@dataclass(frozen=True)
class Decided:
    """A value from a day on: None where it is the one from the beginning."""

    value: str
    starts_on: date | None
    uuid: UUID | None = None
    who: str = ""


@dataclass(frozen=True)
class SettingOnPage:
    """A setting: what counts today, what comes, and what has been, latest first."""

    setting: Setting
    kind: Kind
    now: Decided
    coming: list[Decided]
    past: list[Decided]


def settings_on_page(authority_id: int, *, today: date) -> list[SettingOnPage]:
    """Return every setting of an authority with its values, for two queries."""
    rows: dict[Setting, list[SettingValue]] = defaultdict(list)
    for row in SettingValue.objects.filter(authority_id=authority_id).order_by("starts_on"):
        rows[Setting(row.setting)].append(row)
    deciders = _deciders(authority_id)
    return [_on_page(setting, rows[setting], deciders, today) for setting in Setting]


def _deciders(authority_id: int) -> dict[int, str]:
    events = Event.objects.filter(subject=SettingValue._meta.label_lower, authority_id=authority_id)
    return {event.subject_id or 0: event.actor_name for event in events.order_by("id")}


def _on_page(setting: Setting, rows: list[SettingValue], deciders: dict[int, str], today: date) -> SettingOnPage:
    default = Decided(written(setting, KINDS[setting].default), None)
    stored = [Decided(written(setting, row.value), row.starts_on, row.uuid, deciders.get(row.pk, "")) for row in rows]
    begun = [default, *(value for value in stored if value.starts_on and value.starts_on <= today)]
    coming = [value for value in stored if value.starts_on and value.starts_on > today]
    return SettingOnPage(setting, KINDS[setting], begun[-1], coming, begun[-2::-1] if len(begun) > 1 else [])


def value_for(actor: Actor, uuid: UUID) -> SettingValue:
    """Return a value of an authority whose settings the actor decides, or 404."""
    decided = SettingValue.objects.filter(authority_id__in=actor.authorities(Permission.EDIT_SETTINGS))
    return get_object_or_404(decided.select_related("authority"), uuid=uuid)
