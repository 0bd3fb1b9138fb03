"""Reading the municipality's registers: for its own pages, and for every picker."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.models import covering, not_over
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import CHOSEN_BY_MEANING, PRICED, Register


def in_force(authority_id: int, register: Register, *, on: date) -> QuerySet[RegisterEntry]:
    """Return the entries that may be chosen on a day, by name."""
    return entries(authority_id, register).filter(covering(on))


def entries(authority_id: int, register: Register) -> QuerySet[RegisterEntry]:
    """Return every entry of a register, also those that have ended, by name."""
    return RegisterEntry.objects.filter(authority_id=authority_id, register=register.value).order_by("name_key", "pk")


def for_picker(
    authority_id: int, register: Register, *, on: date, shows_inactive: bool = False
) -> QuerySet[RegisterEntry]:
    """Return what a filter offers: the entries in force, or all where the person has chosen *Visa inaktiva* (R09).

    For registration use `in_force`: what has ended is never chosen anew.
    """
    return entries(authority_id, register) if shows_inactive else in_force(authority_id, register, on=on)


def choices_for(authority_id: int, register: Register, on: date) -> list[tuple[str, str]]:
    """Return what may be chosen on a day, as choices of a form field: the value, and the municipality's name for it.

    The value is the meaning for a study form (at most one entry for each is in force) and the code for the others.
    """
    return [(value_of(entry), entry.name) for entry in in_force(authority_id, register, on=on)]


def chosen(authority_id: int, register: Register, value: str, on: date) -> RegisterEntry | None:
    """Return the entry in force that a value of `choices_for` stands for, or None."""
    field = "meaning" if register in CHOSEN_BY_MEANING else "code"
    return in_force(authority_id, register, on=on).filter(**{field: value}).first()


def value_of(entry: RegisterEntry) -> str:
    """Return what `choices_for` gives for an entry."""
    return entry.meaning if Register(entry.register) in CHOSEN_BY_MEANING else entry.code


def names_of(authority_ids: Iterable[int], register: Register) -> dict[tuple[int, str], str]:
    """Return what each authority calls each value, also of what has ended (the latest name), for one query.

    For lists: a value that stands on old rows is still called something.
    """
    wanted = list(authority_ids)
    if not wanted:
        return {}
    rows = RegisterEntry.objects.filter(authority_id__in=wanted, register=register.value)
    return {(row.authority_id, value_of(row)): row.name for row in rows.order_by("starts_on", "pk")}


def registers_for(actor: Actor, authority_id: int) -> list[Register]:
    """Return the registers that the actor reads: all who keeps them, those with prices who sets prices."""
    if authority_id in actor.authorities(Permission.EDIT_SETTINGS):
        return list(Register)
    return list(PRICED) if authority_id in actor.authorities(Permission.EDIT_PRICES) else []


def entry_for(actor: Actor, uuid: UUID) -> RegisterEntry:
    """Return an entry of an authority whose registers the actor keeps, or 404."""
    kept = RegisterEntry.objects.filter(authority_id__in=actor.authorities(Permission.EDIT_SETTINGS))
    return get_object_or_404(kept.select_related("authority"), uuid=uuid)


def listed(rows: QuerySet[RegisterEntry], *, on: date, shows_inactive: bool) -> QuerySet[RegisterEntry]:
    """Return what the page of a register shows: what is or will be in force, and all with *Visa inaktiva* (R09)."""
    return rows if shows_inactive else rows.filter(not_over(on))
