"""Reading the municipality's registers: for its own pages, and for every picker."""

from datetime import date

from django.db.models import Q, QuerySet

from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import Register


def in_force(authority_id: int, register: Register, *, on: date) -> QuerySet[RegisterEntry]:
    """Return the entries that may be chosen on a day, by name."""
    return entries(authority_id, register).filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))


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
